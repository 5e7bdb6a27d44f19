"""A corpus becomes a generation of the index, with progress and a report of what came of every file."""

import os
import pickle
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

from searchapp.engines import Engine
from searchapp.errors import CorpusFault, IndexFault, Rejected
from searchapp.ingest import ingest
from searchapp.ingest.names import People, canonical, load_people, renamed
from searchapp.ingest.profile import Profile
from searchapp.ingest.readers import Piece, Raw, find, parse, pieces
from searchapp.model import Article, with_statement_ids

CHUNK = 64  # articles a worker is handed at a time
Item = TypeVar("Item")
Made = TypeVar("Made")

Progress = Callable[[str, int, int | None], None]
"""Told of (what is being done, articles done, articles in all or None while that is unknown)."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file, or a line of one (counted from 1), that did not become an article, and why."""

    path: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a reindex did. ``added`` to ``removed`` compare with the generation before, by the raw bytes."""

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


@dataclass(slots=True)
class _Tally:
    """What is counted while articles stream by."""

    rejected: list[Rejection] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    undated: int = 0
    untitled: int = 0
    speakerless: int = 0

    def count(self, article: Article) -> None:
        self.digests[article.id] = article.digest
        self.undated += article.published is None
        self.untitled += article.title is None
        self.speakerless += not article.speakers


def reindex(engine: Engine, corpus: Path, *, jobs: int = 0, progress: Progress | None = None) -> Report:
    """Build a new generation from all of ``corpus`` and switch to it when it is whole.

    ``jobs`` processes ingest side by side (0: one a core); the result does not depend on their number. Memory
    stays bounded: articles wait in temporary files between the steps.

    Raises CorpusFault when the corpus is missing or holds no article, BadPeople when its people.toml has an
    error, IndexBusy when another process is writing.
    """
    started = time.monotonic()
    tell = progress or (lambda *_: None)
    found = find(corpus)
    people = people_of(corpus)
    tally = _Tally()
    with engine.lock(), ExitStack() as stack:
        before = _digests(engine)
        raws: _Spool[Raw] = _Spool(stack.enter_context(tempfile.TemporaryFile()))
        articles: _Spool[Article] = _Spool(stack.enter_context(tempfile.TemporaryFile()))
        profile = _study(_all_pieces(found.files, corpus, tally), raws, jobs, tally, tell)
        if not raws.length:
            raise CorpusFault(
                f'"{corpus}" holds no article that can be read ({len(tally.rejected)} rejected): '
                "the index was left as it is."
            )
        forms = _ingest_all(raws, articles, partial(_ingest_chunk, profile, people), jobs, tally, tell)
        names = canonical(forms, people)
        info = engine.reindex(
            _finished(articles, names, tally, tell),
            profile=replace(profile, names=names).to_bytes(),
            corpus=str(corpus.resolve()),
        )
    return Report(
        generation=info.generation,
        engine=info.engine,
        articles=info.articles,
        statements=info.statements,
        rejected=tuple(sorted(tally.rejected, key=lambda each: (each.path, each.line or 0))),
        ignored=found.ignored,
        undated=tally.undated,
        untitled=tally.untitled,
        speakerless=tally.speakerless,
        seconds=round(time.monotonic() - started, 3),
        **_compared(before, tally.digests),
    )


def people_of(corpus: Path) -> People:
    """Return what ``people.toml`` beside the articles says; nobody where there is none. Raises BadPeople."""
    file = corpus / "people.toml"
    return load_people(file) if file.is_file() else People()


def _digests(engine: Engine) -> dict[str, str]:
    try:
        return dict(engine.digests())
    except IndexFault:  # none yet, or none that can be read: all is new
        return {}


def _compared(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, int]:
    kept = before.keys() & now.keys()
    changed = sum(before[each] != now[each] for each in kept)
    return {
        "added": len(now) - len(kept),
        "changed": changed,
        "unchanged": len(kept) - changed,
        "removed": len(before) - len(kept),
    }


def _all_pieces(files: Iterable[Path], corpus: Path, tally: _Tally) -> Iterator[Piece]:
    for file in files:
        try:
            yield from pieces(file, corpus)
        except Rejected as reason:
            tally.rejected.append(Rejection(file.relative_to(corpus).as_posix(), None, str(reason)))


def _study(found: Iterator[Piece], raws: "_Spool[Raw]", jobs: int, tally: _Tally, tell: Progress) -> Profile:
    """The first pass: decode every piece, and learn what the archive as a whole can teach."""
    profile = Profile()
    where: dict[str, str] = {}
    for read, learned in _in_workers(_read_and_learn, found, jobs):
        profile = profile.merge(learned)
        for each in read:
            if isinstance(each, Raw) and each.id in where:
                reason = f'The id "{each.id}" is used before, by {where[each.id]}.'
                each = Rejection(each.path, each.line, reason)
            if isinstance(each, Rejection):
                tally.rejected.append(each)
                continue
            where[each.id] = each.path + (f" line {each.line}" if each.line else "")
            raws.write(each)
        tell("Reading", raws.length, None)
    return profile


def _ingest_all(
    raws: "_Spool[Raw]",
    articles: "_Spool[Article]",
    work: "Callable[[Sequence[Raw]], list[Article | Rejection]]",
    jobs: int,
    tally: _Tally,
    tell: Progress,
) -> Counter[str]:
    """The second pass: clean, date and attribute; return in how many articles each form of a name speaks."""
    forms: Counter[str] = Counter()
    for made in _in_workers(work, iter(raws), jobs):
        for each in made:
            if isinstance(each, Rejection):
                tally.rejected.append(each)
                continue
            forms.update({speaker.name for speaker in each.speakers if speaker.type == "person"})
            articles.write(each)
        tell("Ingesting", articles.length, raws.length)
    return forms


def _finished(
    articles: "_Spool[Article]", names: Mapping[str, str], tally: _Tally, tell: Progress
) -> Iterator[Article]:
    for number, article in enumerate(articles, 1):
        finished = with_statement_ids(renamed(article, names))
        tally.count(finished)
        yield finished
        if number % CHUNK == 0 or number == articles.length:
            tell("Indexing", number, articles.length)


def _read_and_learn(chunk: Sequence[Piece]) -> tuple[list[Raw | Rejection], Profile]:
    read: list[Raw | Rejection] = []
    for piece in chunk:
        try:
            read.append(parse(piece))
        except Rejected as reason:
            read.append(Rejection(piece.path, piece.line, str(reason)))
    return read, Profile.of(each for each in read if isinstance(each, Raw))


def _ingest_chunk(profile: Profile, people: People, chunk: Sequence[Raw]) -> list[Article | Rejection]:
    made: list[Article | Rejection] = []
    for raw in chunk:
        try:
            made.append(ingest(raw, profile, people))
        except Rejected as reason:
            made.append(Rejection(raw.path, raw.line, str(reason)))
    return made


class _Spool(Generic[Item]):
    """A queue in a temporary file, which has no name: it is gone when closed, however the process ends."""

    def __init__(self, file: IO[bytes]) -> None:
        self.length = 0
        self._file = file

    def write(self, item: Item) -> None:
        pickle.dump(item, self._file, protocol=5)
        self.length += 1

    def __iter__(self) -> Iterator[Item]:
        self._file.seek(0)
        for _ in range(self.length):
            yield pickle.load(self._file)


def _in_workers(work: Callable[[Sequence[Item]], Made], items: Iterator[Item], jobs: int) -> Iterator[Made]:
    """Yield what ``work`` makes of each chunk of ``items``, in order, with few chunks under way at once.

    Processes are started only when there is more than one chunk and more than one job.
    """
    jobs = jobs or len(os.sched_getaffinity(0))
    chunks = iter(lambda: list(islice(items, CHUNK)), [])
    first = list(islice(chunks, 2))
    if jobs == 1 or len(first) < 2:
        yield from map(work, chain(first, chunks))
        return
    # Not forked: a forked child would inherit the lock, and hold it if this process is killed.
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(jobs, context, _start_worker, (work,)) as pool:
        waiting: deque[Future[Made]] = deque()
        for chunk in chain(first, chunks):
            waiting.append(pool.submit(_run_work, chunk))
            if len(waiting) > 2 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_work: Callable[[Sequence[Any]], Any]


def _start_worker(work: Callable[[Sequence[Any]], Any]) -> None:
    """Keep the work, with all it carries, once a process; and end when the process that started it is killed."""
    global _work
    _work = work

    def end_with_parent() -> None:
        parent: Any = parent_process()
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()


def _run_work(chunk: Sequence[Any]) -> Any:
    return _work(chunk)
