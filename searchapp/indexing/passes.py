"""The passes over a corpus: files to pieces, pieces to raw articles, those to articles."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import TypeVar

from searchapp.article import Article
from searchapp.errors import Rejected
from searchapp.indexing.report import Rejection, Tally
from searchapp.ingest import ingest, persons_of, under_names
from searchapp.ingest.attribution.people import People
from searchapp.ingest.files import find
from searchapp.ingest.formats import identify, parse, pieces
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import Piece, Raw, path_below
from searchapp.workers import CHUNK, Spool, in_workers

Item = TypeVar("Item", Piece, Raw)
Made = TypeVar("Made")
Progress = Callable[[str, int, int | None], None]
"""Told of (what is being done, articles done, articles in all or None while that is unknown)."""


def all_pieces(corpus: Path, tally: Tally) -> Iterator[Piece]:
    found = find(corpus)
    tally.ignored = found.ignored
    for path, why in found.rejected.items():
        tally.reject(path, None, why)
    for file in found.files:
        try:
            yield from pieces(file, corpus)
        except Rejected as reason:
            tally.reject(path_below(file, corpus), None, reason)


def identified(found: Iterable[Piece], tally: Tally) -> Iterator[tuple[Piece, str, str]]:
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
            tally.reject(piece.path, piece.line, Rejected(f'The id "{name}" is already used by {place}.'))
            continue
        yield piece, name, digest


def fresh_pieces(corpus: Path, before: Mapping[str, str], tally: Tally) -> Iterator[Piece]:
    for piece, name, digest in identified(all_pieces(corpus, tally), tally):
        if before.get(name) == digest and name not in tally.touched:
            tally.digests[name] = digest
        else:
            yield piece


def study(found: Iterator[Piece], raws: Spool[Raw], jobs: int, tally: Tally, tell: Progress) -> Profile:
    """The first pass of a reindex: decode every piece, and learn what the archive as a whole can teach."""
    unique = (piece for piece, _, _ in identified(found, tally))
    profile = Profile()
    for read, learned in in_workers(_read_and_learn, unique, jobs, _size_of_piece):
        profile = profile.merge(learned)
        _keep_read(read, raws, tally)
        tell("Reading", raws.length, None)
    return profile


def read_all(found: Iterator[Piece], raws: Spool[Raw], jobs: int, tally: Tally, tell: Progress) -> None:
    for read in in_workers(_read_chunk, found, jobs, _size_of_piece):
        _keep_read(read, raws, tally)
        tell("Reading", raws.length, None)


def _size_of_piece(piece: Piece) -> int:
    return len(piece.data)


def _keep_read(read: Iterable[Raw | Rejection], raws: Spool[Raw], tally: Tally) -> None:
    for each in read:
        if isinstance(each, Rejection):
            tally.rejected.append(each)
        else:
            raws.write(each)


def ingest_all(
    raws: Spool[Raw],
    articles: Spool[Article],
    work: Callable[[Sequence[Raw]], list[Article | Rejection]],
    jobs: int,
    tally: Tally,
    tell: Progress,
) -> Counter[str]:
    """The second pass: clean, date and attribute; return in how many articles each form of a name speaks."""
    forms: Counter[str] = Counter()
    for made in in_workers(work, iter(raws), jobs, lambda raw: len(raw.text)):
        for each in made:
            if isinstance(each, Rejection):
                tally.rejected.append(each)
                continue
            forms.update(persons_of(each))
            articles.write(each)
            tally.digests[each.id] = each.digest
        tell("Ingesting", articles.length, raws.length)
    return forms


def finish(
    articles: Spool[Article], names: Mapping[str, str], tally: Tally, tell: Progress, refuse: Callable[[], None]
) -> Iterator[Article]:
    """The third pass: name the speakers. ``refuse`` raises if so few articles are left that none may be published."""
    for number, article in enumerate(articles, 1):
        try:
            finished = under_names(article, names)
        except Rejected as reason:
            tally.reject(article.path, None, Rejected(f'{reason} The article has the id "{article.id}".'))
            del tally.digests[article.id]
        else:
            tally.count(finished)
            yield finished
        if number % CHUNK == 0 or number == articles.length:
            tell("Indexing", number, articles.length)
    refuse()


def _read_chunk(chunk: Sequence[Piece]) -> list[Raw | Rejection]:
    return _made_of_each(parse, chunk)


def _read_and_learn(chunk: Sequence[Piece]) -> tuple[list[Raw | Rejection], Profile]:
    read = _made_of_each(_studied, chunk)
    learned = [each[1] for each in read if not isinstance(each, Rejection)]
    raws = [each if isinstance(each, Rejection) else each[0] for each in read]
    return raws, reduce(Profile.merge, learned, Profile())


def ingest_chunk(profile: Profile, people: People, chunk: Sequence[Raw]) -> list[Article | Rejection]:
    return _made_of_each(lambda raw: ingest(raw, profile, people), chunk)


def is_rejected(piece: Piece, profile: Profile, people: People) -> bool:
    try:
        ingest(parse(piece), profile, people)
    except Rejected:
        return True
    return False


def _made_of_each(work: Callable[[Item], Made], items: Iterable[Item]) -> list[Made | Rejection]:
    made: list[Made | Rejection] = []
    for item in items:
        try:
            made.append(work(item))
        except Rejected as reason:
            made.append(Rejection(item.path, item.line, str(reason)))
    return made


def _studied(piece: Piece) -> tuple[Raw, Profile]:
    raw = parse(piece)
    return raw, Profile.of([raw])
