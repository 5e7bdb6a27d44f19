"""A corpus becomes a generation of the index, with progress and a report of what came of every file."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath

from searchapp.article import Article, with_statement_ids
from searchapp.engines.protocol import Engine
from searchapp.errors import CorpusFault, IndexFault, IndexOutdated, Rejected, Unreadable
from searchapp.ingest import INGEST, ingest
from searchapp.ingest.attribution.namesakes import canonical, renamed
from searchapp.ingest.attribution.people import People, load_people, spelling
from searchapp.ingest.files import find
from searchapp.ingest.formats import identify, parse, pieces
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import Piece, Raw, as_text, path_below
from searchapp.query import Query, Values
from searchapp.search import IndexInfo, SearchRequest
from searchapp.workers import CHUNK, Spool, in_workers

MOST_NAMED = 5  # of what was rejected, where that was all
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
    """What a reindex or an update did, or would do. ``added`` to ``removed`` compare with the generation before, by
    path and raw bytes; in an update what people.toml names otherwise has changed too. ``undated`` to ``speakerless``
    count among the articles that were ingested this time."""

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
    unreadable: set[str] = field(default_factory=set)  # paths of files and folders, among those rejected
    ignored: Mapping[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)  # of the articles of the new generation, by id
    touched: set[str] = field(default_factory=set)  # ids of articles to ingest anew though their bytes are the same
    statements: int = 0
    undated: int = 0
    untitled: int = 0
    speakerless: int = 0

    def reject(self, path: str, line: int | None, reason: Rejected) -> None:
        self.rejected.append(Rejection(path, line, str(reason)))
        if isinstance(reason, Unreadable):
            self.unreadable.add(path)

    def count(self, article: Article) -> None:
        self.statements += len(article.statements)
        self.undated += article.published is None
        self.untitled += article.title is None
        self.speakerless += not article.speakers

    def changed(self, before: Mapping[str, str]) -> set[str]:
        """Return the ids of the articles that were there ``before`` and come out different."""
        both = before.keys() & self.digests.keys()
        return {each for each in both if before[each] != self.digests[each] or each in self.touched}

    def all_rejected(self) -> tuple[Rejection, ...]:
        """Return what was rejected, in the order of paths and lines."""
        return tuple(sorted(self.rejected, key=lambda each: (each.path, each.line or 0)))

    def report(self, before: Mapping[str, str], info: IndexInfo) -> Report:
        kept = before.keys() & self.digests.keys()
        changed = len(self.changed(before))
        return Report(
            generation=info.generation,
            engine=info.engine,
            articles=info.articles,
            statements=info.statements,
            added=len(self.digests) - len(kept),
            changed=changed,
            unchanged=len(kept) - changed,
            removed=len(before) - len(kept),
            rejected=self.all_rejected(),
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

    Raises CorpusFault when the corpus is missing or a folder of it cannot be listed, or it is empty, another one or
    much smaller than the index and that was not ``allowed``; BadPeople when its people.toml has an error; IndexBusy
    when another process is writing; WorkStopped when there is no room for the temporary files.
    """
    tell = progress or (lambda *_: None)
    people, tally = people_of(corpus), _Tally()
    with engine.lock(), Spool[Raw]() as raws, Spool[Article]() as articles:
        held = _held(engine)
        _refuse_other_corpus(corpus, held, allowed)
        profile = _study(_all_pieces(corpus, tally), raws, jobs, tally, tell)
        forms = _ingest_all(raws, articles, partial(_ingest_chunk, profile, people), jobs, tally, tell)
        _refuse_losses(corpus, held, tally, allowed)
        profile = replace(profile, names=canonical(forms, people), people=people, version=INGEST)
        finished = _finished(articles, profile.names, tally, tell)
        info = engine.reindex(finished, profile=profile.to_bytes(), corpus=_named(corpus), count=articles.length)
    return tally.report(held.digests, info)


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
    otherwise; so are those whose file cannot be read this time, which the report says. Ingest goes by the profile that
    the last ``reindex`` learned. With ``dry_run`` nothing is published.

    Raises what ``reindex`` raises, and IndexMissing when there is no index to update.
    """
    tell = progress or (lambda *_: None)
    people, tally = people_of(corpus), _Tally()
    with engine.lock(), Spool[Raw]() as raws, Spool[Article]() as articles:
        before, info = dict(engine.digests()), engine.info()
        held = _Held(before, info.corpus, info.articles)
        _refuse_other_corpus(corpus, held, allowed)
        profile = Profile.from_bytes(engine.profile())
        tally.touched = _touched(engine, profile, people, before)
        _read_all(_fresh_pieces(corpus, before, tally), raws, jobs, tally, tell)
        forms = _ingest_all(raws, articles, partial(_ingest_chunk, profile, people), jobs, tally, tell)
        late = _keep_unreadable(engine, before, tally) & tally.touched
        _refuse_losses(corpus, held, tally, allowed)
        names = {**profile.names, **_named_anew(forms, profile, people)}
        learned = replace(profile, names=names, people=people, version=INGEST)
        if late:  # what these articles lack is for an update that can read them
            tally.touched -= late
            learned = replace(profile, names=names)
        gone = before.keys() - tally.digests.keys()
        finished = _finished(articles, names, tally, tell)
        if dry_run:
            info = _foreseen(engine, finished, gone | tally.changed(before), tally)
        elif articles.length or gone or learned != profile or info.corpus != _named(corpus):
            engine.update(finished, deleted=gone, profile=learned.to_bytes(), corpus=_named(corpus))
            info = engine.info()
    return tally.report(before, info)


def check(engine: Engine, corpus: Path) -> Difference:
    """Compare the index with the corpus, by ids, paths and raw bytes, as an update would; files that ingest rejects
    count on neither side, nor do those that cannot be read this time.

    Raises IndexMissing, and CorpusFault when the corpus is missing or a folder of it cannot be listed.
    """
    people, tally = people_of(corpus), _Tally()
    profile = Profile.from_bytes(engine.profile())
    indexed = dict(engine.digests())
    tally.touched = _touched(engine, profile, people, indexed)
    for piece, name, digest in _identified(_all_pieces(corpus, tally), tally):
        if indexed.get(name) == digest or not _is_rejected(piece, profile, people):
            tally.digests[name] = digest
    tally.touched -= _keep_unreadable(engine, indexed, tally)
    return Difference(
        tuple(sorted(tally.digests.keys() - indexed.keys())),
        tuple(sorted(tally.changed(indexed))),
        tuple(sorted(indexed.keys() - tally.digests.keys())),
    )


def left_out(ignored: Mapping[str, int], rejected: Iterable[Rejection]) -> Iterator[str]:
    """Say what of a corpus did not become articles: a line for the types that are not read, and one for each that was
    rejected."""
    if ignored:
        types = ", ".join(f"{suffix or 'without a type'} {count:,}" for suffix, count in ignored.items())
        yield f"Ignored, as their type is not read: {types}."
    for each in rejected:
        yield f"Rejected {each.path}{f' line {each.line}' if each.line else ''}: {each.reason}"


def people_of(corpus: Path) -> People:
    """Return what ``people.toml`` beside the articles says; nobody where there is none. Raises BadPeople."""
    file = corpus / "people.toml"
    return load_people(file) if file.is_file() or file.is_symlink() else People()


# What is refused until it is allowed


@dataclass(frozen=True, slots=True)
class _Held:
    """What the index holds before: the digests of its articles, as far as they can be read; from which ``corpus``, and
    how many ``articles``."""

    digests: Mapping[str, str]
    corpus: str = ""
    articles: int = 0


def _held(engine: Engine) -> _Held:
    try:
        info = engine.info()
        return _Held(dict(engine.digests()), info.corpus, info.articles)
    except IndexOutdated as outdated:
        return _Held({}, outdated.corpus, outdated.articles)
    except IndexFault:  # none yet, or none that can be read: all is new
        return _Held({})


def _refuse_other_corpus(corpus: Path, held: _Held, allowed: Allowed) -> None:
    built_from = held.corpus if held.articles and corpus.is_dir() else ""  # find() says that a folder is missing
    if built_from and built_from != _named(corpus) and not allowed.other_corpus:
        raise CorpusFault(
            f'The index holds the articles of "{built_from}", not of "{_named(corpus)}"; it was left as it is. '
            "Should it hold those of this folder from now on, add --allow-other-corpus."
        )


def _refuse_losses(corpus: Path, held: _Held, tally: _Tally, allowed: Allowed) -> None:
    if not tally.digests and not allowed.empty:
        raise CorpusFault("\n".join(_without_articles(corpus, tally)))
    removed = len(held.digests.keys() - tally.digests.keys()) if held.digests else held.articles - len(tally.digests)
    if removed > MOST_REMOVED * held.articles and tally.digests and not allowed.removals:
        raise CorpusFault(
            f"{removed:,} of {held.articles:,} articles are no longer in the corpus; the index was left as it is. "
            "If they are meant to go, add --allow-removals."
        )


def _without_articles(corpus: Path, tally: _Tally) -> Iterator[str]:
    rejected = tally.all_rejected()
    yield f'"{corpus}" holds no article that can be read; the index was left as it is.'
    yield from left_out(tally.ignored, rejected[:MOST_NAMED])
    if len(rejected) > MOST_NAMED:
        yield f"Rejected {len(rejected) - MOST_NAMED:,} more."
    if not rejected:
        yield "If it is meant to be empty, add --allow-empty."


# What cannot be read this time


def _keep_unreadable(engine: Engine, before: Mapping[str, str], tally: _Tally) -> set[str]:
    """Let the articles of files that cannot be read this time stay as they are, and say so; return their ids."""
    if not tally.unreadable:
        return set()
    kept, holding = set(), set()
    for article in _articles(engine, before.keys() - tally.digests.keys()):
        path = PurePosixPath(article.path)
        found = tally.unreadable.intersection(map(str, (path, *path.parents)))
        if found:
            kept.add(article.id)
            holding |= found
    tally.digests |= {each: before[each] for each in kept}
    tally.rejected = [
        replace(each, reason=f"{each.reason} What the index holds of it stays.") if each.path in holding else each
        for each in tally.rejected
    ]
    return kept


def _foreseen(engine: Engine, finished: Iterable[Article], leaving: Iterable[str], tally: _Tally) -> IndexInfo:
    """Return what the index would hold without the articles that are ``leaving``, and with those ``finished``."""
    for _ in finished:
        pass
    info = engine.info()
    left = sum(len(article.statements) for article in _articles(engine, leaving))
    return replace(info, articles=len(tally.digests), statements=info.statements - left + tally.statements)


def _articles(engine: Engine, ids: Iterable[str]) -> Iterator[Article]:
    asked = iter(ids)
    while some := list(islice(asked, CHUNK)):
        yield from engine.get(some).values()


# From files to articles


def _named(corpus: Path) -> str:
    return as_text(corpus.resolve())


def _all_pieces(corpus: Path, tally: _Tally) -> Iterator[Piece]:
    found = find(corpus)
    tally.ignored = found.ignored
    for path, why in found.rejected.items():
        tally.reject(path, None, why)
    for file in found.files:
        try:
            yield from pieces(file, corpus)
        except Rejected as reason:
            tally.reject(path_below(file, corpus), None, reason)


def _identified(found: Iterable[Piece], tally: _Tally) -> Iterator[tuple[Piece, str, str]]:
    """Yield each piece with its article's id and digest; an id used twice is rejected the second time."""
    where: dict[str, Piece] = {}
    for piece in found:
        try:
            name, digest = identify(piece)
        except Rejected as reason:
            tally.reject(piece.path, piece.line, reason)
            continue
        first = where.setdefault(name, replace(piece, data=b""))
        if first != replace(piece, data=b""):
            place = first.path + (f" line {first.line}" if first.line else "")
            tally.reject(piece.path, piece.line, Rejected(f'The id "{name}" is used before, by {place}.'))
            continue
        yield piece, name, digest


def _fresh_pieces(corpus: Path, before: Mapping[str, str], tally: _Tally) -> Iterator[Piece]:
    for piece, name, digest in _identified(_all_pieces(corpus, tally), tally):
        if before.get(name) == digest and name not in tally.touched:
            tally.digests[name] = digest
        else:
            yield piece


def _study(found: Iterator[Piece], raws: Spool[Raw], jobs: int, tally: _Tally, tell: Progress) -> Profile:
    """The first pass of a reindex: decode every piece, and learn what the archive as a whole can teach."""
    unique = (piece for piece, _, _ in _identified(found, tally))
    profile = Profile()
    for read, learned in in_workers(_read_and_learn, unique, jobs, _size_of_piece):
        profile = profile.merge(learned)
        _keep_read(read, raws, tally)
        tell("Reading", raws.length, None)
    return profile


def _read_all(found: Iterator[Piece], raws: Spool[Raw], jobs: int, tally: _Tally, tell: Progress) -> None:
    for read in in_workers(_read_chunk, found, jobs, _size_of_piece):
        _keep_read(read, raws, tally)
        tell("Reading", raws.length, None)


def _size_of_piece(piece: Piece) -> int:
    return len(piece.data)


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
    for made in in_workers(work, iter(raws), jobs, lambda raw: len(raw.text)):
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
