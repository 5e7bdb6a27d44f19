"""A corpus becomes a generation of the index, with progress and a report of what came of every file."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from searchapp.engines import Engine
from searchapp.errors import CorpusFault, IndexFault, Rejected
from searchapp.ingest import INGEST, ingest
from searchapp.ingest.names import People, canonical, load_people, renamed, spelling
from searchapp.ingest.profile import Profile
from searchapp.ingest.readers import Piece, Raw, find, identify, parse, pieces
from searchapp.model import Article, IndexInfo, SearchRequest, with_statement_ids
from searchapp.query import Query, Values
from searchapp.workers import CHUNK, Spool, in_workers

MOST_REMOVED = 0.2  # of the articles may go at once without --allow-removals

Progress = Callable[[str, int, int | None], None]
"""Told of (what is being done, articles done, articles in all or None while that is unknown)."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an archivist expressly allowed, because it is more often an accident."""

    other_corpus: bool = False
    empty: bool = False
    removals: bool = False


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file, or a line of one (counted from 1), that did not become an article, and why."""

    path: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a reindex or an update did. ``added`` to ``removed`` compare with the generation before, by the raw bytes;
    ``undated`` to ``speakerless`` count among the articles that were ingested this time."""

    generation: str
    engine: str
    articles: int
    statements: int
    added: int
    changed: int
    unchanged: int
    removed: int
    rejected: tuple[Rejection, ...]
    ignored: Mapping[str, int]
    undated: int
    untitled: int
    speakerless: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Difference:
    """What ``check`` found: ids of articles that the index lacks, has in another form, or has beyond the corpus."""

    missing: tuple[str, ...]
    changed: tuple[str, ...]
    surplus: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.surplus)


@dataclass(slots=True)
class _Tally:
    """What is counted while articles stream by."""

    started: float = field(default_factory=time.monotonic)
    rejected: list[Rejection] = field(default_factory=list)
    ignored: Mapping[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)  # of the articles of the new generation, by id
    undated: int = 0
    untitled: int = 0
    speakerless: int = 0

    def count(self, article: Article) -> None:
        self.undated += article.published is None
        self.untitled += article.title is None
        self.speakerless += not article.speakers

    def report(self, before: Mapping[str, str], info: IndexInfo) -> Report:
        kept = before.keys() & self.digests.keys()
        changed = sum(before[each] != self.digests[each] for each in kept)
        return Report(
            generation=info.generation,
            engine=info.engine,
            articles=info.articles,
            statements=info.statements,
            added=len(self.digests) - len(kept),
            changed=changed,
            unchanged=len(kept) - changed,
            removed=len(before) - len(kept),
            rejected=tuple(sorted(self.rejected, key=lambda each: (each.path, each.line or 0))),
            ignored=self.ignored,
            undated=self.undated,
            untitled=self.untitled,
            speakerless=self.speakerless,
            seconds=round(time.monotonic() - self.started, 3),
        )


def reindex(
    engine: Engine,
    corpus: Path,
    *,
    jobs: int = 0,
    progress: Progress | None = None,
    allowed: Allowed = Allowed(),
) -> Report:
    """Build a new generation from all of ``corpus`` and switch to it when it is whole.

    ``jobs`` processes ingest side by side (0: one a core); the result does not depend on their number. Memory
    stays bounded: articles wait in temporary files between the steps.

    Raises CorpusFault when the corpus is missing, or is empty, another one or much smaller than the index and that
    was not ``allowed``; BadPeople when its people.toml has an error; IndexBusy when another process is writing.
    """
    tell = progress or (lambda *_: None)
    people, tally = people_of(corpus), _Tally()
    with engine.lock(), ExitStack() as stack:
        before = _before(engine)
        _refuse_other_corpus(engine, corpus, before, allowed)
        raws: Spool[Raw] = Spool(stack.enter_context(tempfile.TemporaryFile()))
        articles: Spool[Article] = Spool(stack.enter_context(tempfile.TemporaryFile()))
        profile = _study(_all_pieces(corpus, tally), raws, jobs, tally, tell)
        forms = _ingest_all(raws, articles, partial(_ingest_chunk, profile, people), jobs, tally, tell)
        _refuse_losses(corpus, before, tally, allowed)
        profile = replace(profile, names=canonical(forms, people), people=people, version=INGEST)
        finished = _finished(articles, profile.names, tally, tell)
        info = engine.reindex(finished, profile=profile.to_bytes(), corpus=str(corpus.resolve()), count=articles.length)
    return tally.report(before, info)


def update(
    engine: Engine,
    corpus: Path,
    *,
    jobs: int = 0,
    progress: Progress | None = None,
    allowed: Allowed = Allowed(),
    dry_run: bool = False,
) -> Report:
    """Take in what was added, changed or removed since, as one new generation: all of it or nothing.

    Articles whose bytes did not change are left alone, but for those of persons whom a changed people.toml names
    otherwise. Ingest goes by the profile that the last ``reindex`` learned. With ``dry_run`` nothing is published.

    Raises what ``reindex`` raises, and IndexMissing when there is no index to update.
    """
    tell = progress or (lambda *_: None)
    people, tally = people_of(corpus), _Tally()
    with engine.lock(), ExitStack() as stack:
        before = dict(engine.digests())
        _refuse_other_corpus(engine, corpus, before, allowed)
        profile = Profile.from_bytes(engine.profile())
        touched = _touched(engine, profile, people, before)
        raws: Spool[Raw] = Spool(stack.enter_context(tempfile.TemporaryFile()))
        articles: Spool[Article] = Spool(stack.enter_context(tempfile.TemporaryFile()))
        fresh = _fresh_pieces(corpus, before, touched, tally)
        _read_all(fresh, raws, jobs, tally, tell)
        forms = _ingest_all(raws, articles, partial(_ingest_chunk, profile, people), jobs, tally, tell)
        _refuse_losses(corpus, before, tally, allowed)
        names = {**profile.names, **_named_anew(forms, profile, people)}
        gone = before.keys() - tally.digests.keys()
        finished = _finished(articles, names, tally, tell)
        if dry_run:
            for _ in finished:
                pass
            info = replace(engine.info(), articles=len(tally.digests))
        elif articles.length or gone or people != profile.people:
            kept = replace(profile, names=names, people=people, version=INGEST).to_bytes()
            engine.update(finished, deleted=gone, profile=kept)
            info = engine.info()
        else:
            info = engine.info()
    return tally.report(before, info)


def check(engine: Engine, corpus: Path) -> Difference:
    """Compare the index with the corpus, by ids and raw bytes; files that ingest rejects count on neither side.

    Raises IndexMissing, and CorpusFault when the corpus is missing.
    """
    people = people_of(corpus)
    profile = Profile.from_bytes(engine.profile())
    indexed, standing = dict(engine.digests()), {}
    for piece, name, digest in _identified(_all_pieces(corpus, _Tally()), _Tally()):
        if indexed.get(name) == digest or not _is_rejected(piece, profile, people):
            standing[name] = digest
    both = indexed.keys() & standing.keys()
    touched = _touched(engine, profile, people, indexed)
    return Difference(
        tuple(sorted(standing.keys() - both)),
        tuple(sorted(name for name in both if indexed[name] != standing[name] or name in touched)),
        tuple(sorted(indexed.keys() - both)),
    )


def people_of(corpus: Path) -> People:
    """Return what ``people.toml`` beside the articles says; nobody where there is none. Raises BadPeople."""
    file = corpus / "people.toml"
    return load_people(file) if file.is_file() else People()


# What is refused until it is allowed


def _before(engine: Engine) -> dict[str, str]:
    try:
        return dict(engine.digests())
    except IndexFault:  # none yet, or none that can be read: all is new
        return {}


def _refuse_other_corpus(engine: Engine, corpus: Path, before: Mapping[str, str], allowed: Allowed) -> None:
    built_from = engine.info().corpus if before else ""
    if built_from and built_from != str(corpus.resolve()) and not allowed.other_corpus:
        raise CorpusFault(
            f'The index was built from "{built_from}", not from "{corpus.resolve()}"; it was left as it is. '
            "To build it from this one all the same, add --allow-other-corpus."
        )


def _refuse_losses(corpus: Path, before: Mapping[str, str], tally: _Tally, allowed: Allowed) -> None:
    if not tally.digests and not allowed.empty:
        raise CorpusFault(
            f'"{corpus}" holds no article that can be read ({len(tally.rejected)} rejected); the index was left as '
            "it is. If it is meant to be empty, add --allow-empty."
        )
    removed = len(before.keys() - tally.digests.keys())
    if removed > MOST_REMOVED * len(before) and tally.digests and not allowed.removals:
        raise CorpusFault(
            f"{removed:,} of {len(before):,} articles are no longer in the corpus; the index was left as it is. "
            "If they are meant to go, add --allow-removals."
        )


# From files to articles


def _all_pieces(corpus: Path, tally: _Tally) -> Iterator[Piece]:
    found = find(corpus)
    tally.ignored = found.ignored
    for file in found.files:
        try:
            yield from pieces(file, corpus)
        except Rejected as reason:
            tally.rejected.append(Rejection(file.relative_to(corpus).as_posix(), None, str(reason)))


def _identified(found: Iterable[Piece], tally: _Tally) -> Iterator[tuple[Piece, str, str]]:
    """Yield each piece with its article's id and digest; an id used twice is rejected the second time."""
    where: dict[str, Piece] = {}
    for piece in found:
        try:
            name, digest = identify(piece)
        except Rejected as reason:
            tally.rejected.append(Rejection(piece.path, piece.line, str(reason)))
            continue
        first = where.setdefault(name, replace(piece, data=b""))
        if first != replace(piece, data=b""):
            place = first.path + (f" line {first.line}" if first.line else "")
            tally.rejected.append(Rejection(piece.path, piece.line, f'The id "{name}" is used before, by {place}.'))
            continue
        yield piece, name, digest


def _fresh_pieces(corpus: Path, before: Mapping[str, str], touched: set[str], tally: _Tally) -> Iterator[Piece]:
    for piece, name, digest in _identified(_all_pieces(corpus, tally), tally):
        if before.get(name) == digest and name not in touched:
            tally.digests[name] = digest
        else:
            yield piece


def _study(found: Iterator[Piece], raws: Spool[Raw], jobs: int, tally: _Tally, tell: Progress) -> Profile:
    """The first pass of a reindex: decode every piece, and learn what the archive as a whole can teach."""
    unique = (piece for piece, _, _ in _identified(found, tally))
    profile = Profile()
    for read, learned in in_workers(_read_and_learn, unique, jobs):
        profile = profile.merge(learned)
        _keep_read(read, raws, tally)
        tell("Reading", raws.length, None)
    return profile


def _read_all(found: Iterator[Piece], raws: Spool[Raw], jobs: int, tally: _Tally, tell: Progress) -> None:
    for read in in_workers(_read_chunk, found, jobs):
        _keep_read(read, raws, tally)
        tell("Reading", raws.length, None)


def _keep_read(read: Iterable[Raw | Rejection], raws: Spool[Raw], tally: _Tally) -> None:
    for each in read:
        if isinstance(each, Rejection):
            tally.rejected.append(each)
        else:
            raws.write(each)


def _ingest_all(
    raws: Spool[Raw],
    articles: Spool[Article],
    work: Callable[[Sequence[Raw]], list[Article | Rejection]],
    jobs: int,
    tally: _Tally,
    tell: Progress,
) -> Counter[str]:
    """The second pass: clean, date and attribute; return in how many articles each form of a name speaks."""
    forms: Counter[str] = Counter()
    for made in in_workers(work, iter(raws), jobs):
        for each in made:
            if isinstance(each, Rejection):
                tally.rejected.append(each)
                continue
            forms.update({speaker.name for speaker in each.speakers if speaker.type == "person"})
            articles.write(each)
            tally.digests[each.id] = each.digest
        tell("Ingesting", articles.length, raws.length)
    return forms


def _finished(articles: Spool[Article], names: Mapping[str, str], tally: _Tally, tell: Progress) -> Iterator[Article]:
    for number, article in enumerate(articles, 1):
        finished = with_statement_ids(renamed(article, names))
        tally.count(finished)
        yield finished
        if number % CHUNK == 0 or number == articles.length:
            tell("Indexing", number, articles.length)


def _read_chunk(chunk: Sequence[Piece]) -> list[Raw | Rejection]:
    read: list[Raw | Rejection] = []
    for piece in chunk:
        try:
            read.append(parse(piece))
        except Rejected as reason:
            read.append(Rejection(piece.path, piece.line, str(reason)))
    return read


def _read_and_learn(chunk: Sequence[Piece]) -> tuple[list[Raw | Rejection], Profile]:
    read = _read_chunk(chunk)
    return read, Profile.of(each for each in read if isinstance(each, Raw))


def _ingest_chunk(profile: Profile, people: People, chunk: Sequence[Raw]) -> list[Article | Rejection]:
    made: list[Article | Rejection] = []
    for raw in chunk:
        try:
            made.append(ingest(raw, profile, people))
        except Rejected as reason:
            made.append(Rejection(raw.path, raw.line, str(reason)))
    return made


def _is_rejected(piece: Piece, profile: Profile, people: People) -> bool:
    try:
        ingest(parse(piece), profile, people)
    except Rejected:
        return True
    return False


# Names in an update


def _named_anew(forms: Mapping[str, int], profile: Profile, people: People) -> dict[str, str]:
    """Return the archive's names for forms that are new to it; persons it knows keep the name they have."""
    settled = dict.fromkeys(profile.names.values(), max(forms.values(), default=0) + 1)
    named = canonical({**forms, **settled}, people)
    return {form: named[form] for form in forms.keys() - profile.names.keys()}


def _touched(engine: Engine, profile: Profile, people: People, indexed: Iterable[str]) -> set[str]:
    """Return the ids of the articles that come out different though their bytes are the same: those in whose speakers'
    names people.toml has changed something; all of them after a change of ingest itself."""
    if profile.version != INGEST:
        return set(indexed)
    old, new = profile.people.forms, people.forms
    changed = {form for form in old.keys() | new.keys() if old.get(form) != new.get(form)}
    if not changed:
        return set()
    names = {known.name for form in changed for known in (old.get(form), new.get(form)) if known}
    names |= {name for form, name in profile.names.items() if spelling(form) in changed}
    names |= {form for form in profile.names if spelling(form) in changed}
    wanted = SearchRequest(Query("", Values("speaker", tuple(sorted(names)))), limit=engine.info().articles, facets=())
    return {hit.article.id for hit in engine.search(wanted).hits}
