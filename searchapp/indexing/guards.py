"""What is refused until it is allowed by name, because it is more often an accident."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from searchapp.engines.protocol import Engine
from searchapp.errors import CorpusFault, IndexDamaged, IndexFault, IndexMissing, IndexOutdated
from searchapp.indexing.report import Tally, left_out
from searchapp.ingest.raw import as_text

MOST_NAMED = 5  # of what was rejected, where that was all
MOST_REMOVED = 0.2  # of the articles may go at once without --allow-removals


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an archivist expressly allowed, because it is more often an accident."""

    other_corpus: bool = False
    empty: bool = False
    removals: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What the index holds before: the digests of its articles, as far as they can be read; from which ``corpus``, and
    how many ``articles``; why not even that is known, "" if it is."""

    digests: Mapping[str, str]
    corpus: str = ""
    articles: int = 0
    unknown: str = ""


def held_by(engine: Engine) -> Held:
    try:
        info = engine.info()
    except IndexMissing:
        return Held({})
    except (IndexOutdated, IndexDamaged) as fault:
        return Held({}, fault.corpus, fault.articles, "" if fault.corpus or fault.articles else str(fault))
    except IndexFault as fault:
        return Held({}, unknown=str(fault))
    try:
        return Held(dict(engine.digests()), info.corpus, info.articles)
    except IndexFault:  # it is damaged
        return Held({}, info.corpus, info.articles)


def refuse_other_corpus(corpus: Path, held: Held, allowed: Allowed) -> None:
    if corpus.is_dir():  # else find() says that it is missing
        refuse_other_archive(held, corpus_name(corpus), allowed)


def refuse_other_archive(held: Held, corpus: str, allowed: Allowed) -> None:
    """Raise CorpusFault where the index holds articles of another corpus than the one of this name, or it is not known
    what it holds."""
    if held.unknown and not allowed.removals:
        raise CorpusFault(
            f"{held.unknown} So it is not known what the index held, nor whether articles would be lost; it was left "
            f'unchanged. If "{corpus}" is the right corpus: searchapp reindex --allow-removals'
        )
    if held.articles and held.corpus not in ("", corpus) and not allowed.other_corpus:
        raise CorpusFault(
            f'The index holds the articles of "{held.corpus}", not of "{corpus}"; it was left unchanged. '
            "If it should hold the articles of this folder from now on, add --allow-other-corpus."
        )


def refuse_losses(corpus: Path, held: Held, tally: Tally, allowed: Allowed) -> None:
    if not tally.digests and not allowed.empty:
        raise CorpusFault("\n".join(_without_articles(corpus, tally)))
    gone = held.digests.keys() - tally.digests.keys() - tally.replaced
    removed = len(gone) if held.digests else held.articles - len(tally.digests) - len(tally.replaced)
    if removed > MOST_REMOVED * held.articles and tally.digests and not allowed.removals:
        raise CorpusFault(
            f"{removed:,} of {held.articles:,} articles are no longer in the corpus; the index was left unchanged. "
            "If they are meant to go, add --allow-removals."
        )


def _without_articles(corpus: Path, tally: Tally) -> Iterator[str]:
    rejected = tally.all_rejected()
    yield f'"{corpus}" holds no article that can be read; the index was left unchanged.'
    yield from left_out(tally.ignored, rejected[:MOST_NAMED])
    if len(rejected) > MOST_NAMED:
        yield f"Rejected {len(rejected) - MOST_NAMED:,} more."
    if not rejected:
        yield "If it is meant to be empty, add --allow-empty."


def corpus_name(corpus: Path) -> str:
    return as_text(corpus.resolve())
