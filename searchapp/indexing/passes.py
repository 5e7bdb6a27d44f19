"""The passes over a corpus: files to items, items to raw articles, those to articles."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path
from typing import TypeVar

from searchapp.article import Article, PastVersion
from searchapp.errors import Rejected, Withdrawn
from searchapp.indexing.fetches import Fetches, Version, key_of
from searchapp.indexing.report import Rejection, Tally, Withdrawal
from searchapp.ingest import ingest, persons_of, under_names
from searchapp.ingest.attribution.people import People
from searchapp.ingest.corrections import Corrections
from searchapp.ingest.files import find
from searchapp.ingest.formats import identify, items, parse
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import Item, Raw, path_below
from searchapp.workers import CHUNK, Spool, in_workers

Given = TypeVar("Given", Item, Raw)
Made = TypeVar("Made")
Progress = Callable[[str, int, int | None], None]
"""Told of (what is being done, how much is done, how much there is in all): of reading in bytes, as files have them on
the disk, of the rest in articles. What is in all is None where that is not known."""
READING = "Reading bytes"


def all_items(corpus: Path, tally: Tally) -> Iterator[Item]:
    found = find(corpus)
    tally.ignored = found.ignored
    for path, why in found.rejected.items():
        tally.reject(path, None, why)
    sizes = list(map(_size_of_file, found.files))
    tally.size = sum(sizes)
    before = 0

    def tell(read: int) -> None:
        tally.read = before + read

    for file, size in zip(found.files, sizes, strict=True):
        try:
            yield from items(file, corpus, tell)
        except Rejected as reason:
            tally.reject(path_below(file, corpus), None, reason)
        before += size
    tally.read = before


def _size_of_file(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:  # gone meanwhile, as reading it will tell
        return 0


def identified(found: Iterable[Item], tally: Tally) -> Iterator[Item]:
    """Yield each item with its article's id and digest."""
    for item in found:
        try:
            name, digest = identify(item)
        except Rejected as reason:
            tally.reject(item.path, item.number, reason)
        else:
            yield replace(item, id=name, digest=digest)


def fresh_items(
    corpus: Path, before: Mapping[str, str], passed: Mapping[str, str], aside: Spool[Item], tally: Tally
) -> Iterator[Item]:
    """Yield the items that are not in the index as they are. Those that ``passed`` names by their digests, since a
    later version counted, are laid ``aside``: what comes of them depends on that version."""
    for item in identified(all_items(corpus, tally), tally):
        if before.get(item.id) == item.digest and item.id not in tally.touched:
            tally.digests[item.id] = item.digest
            tally.places[item.id] = (item.path, item.number)
        elif item.digest in passed:
            aside.write(item)
        else:
            yield item


def left_aside(aside: Spool[Item], passed: Mapping[str, str], tally: Tally) -> Iterator[Item]:
    """Yield those of the items ``aside`` whose later version is not there as it was, and pass over the others again."""
    for item in aside:
        counts = passed[item.digest]
        if counts in tally.digests:
            tally.pass_over(PastVersion(item.id, None, "", item.path, item.number), item.digest, counts)
        else:
            yield item


def study(found: Iterator[Item], raws: Spool[Raw], jobs: int, tally: Tally, tell: Progress) -> Profile:
    """The first pass of a reindex: identify and decode every item, and learn what the archive as a whole can teach."""
    profile = Profile()
    for read, learned in in_workers(_read_and_learn, found, jobs, _size_of_item):
        profile = profile.merge(learned)
        _keep_read(read, raws, tally)
        tell(READING, min(tally.read, tally.size), tally.size)
    return profile


def read_all(found: Iterator[Item], raws: Spool[Raw], jobs: int, tally: Tally, tell: Progress) -> None:
    for read in in_workers(_read_chunk, found, jobs, _size_of_item):
        _keep_read(read, raws, tally)
        tell(READING, min(tally.read, tally.size), tally.size)


def _size_of_item(item: Item) -> int:
    return len(item.data)


def _keep_read(read: Iterable[Raw | Rejection | Withdrawal], raws: Spool[Raw], tally: Tally) -> None:
    for each in read:
        if isinstance(each, Withdrawal):
            tally.withdraw(each)
        elif isinstance(each, Rejection):
            tally.rejected.append(each)
        else:
            raws.write(each)


def standing(raws: Spool[Raw], kept: Spool[Raw], tally: Tally) -> Spool[Raw]:
    """Return those of ``raws`` that their agency has not taken back since, in ``kept`` if there are others."""
    if not tally.withdrawn:
        return raws
    for raw in raws:
        if not tally.is_withdrawn(raw):
            kept.write(raw)
    return kept


@dataclass(slots=True)
class Learned:
    """What the second pass learns: in how many articles each form of a name speaks, how many each source has, and the
    id of the article that counts for what its versions have in common."""

    forms: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    counting: dict[bytes, str] = field(default_factory=dict)

    def take(self, article: Article) -> None:
        self.forms.update(persons_of(article))
        self.sources.update([article.source] if article.source else ())
        if key := key_of(article):
            self.counting[key] = article.id


def ingest_all(
    raws: Spool[Raw],
    articles: Spool[Article],
    work: Callable[[Sequence[Raw]], list[Article | Rejection]],
    jobs: int,
    tally: Tally,
    tell: Progress,
    held: Mapping[bytes, Version] | None = None,
) -> Learned:
    """The second pass: clean, date and attribute the latest version of each article; where that is rejected, the one
    before. ``held`` are those in the index that may be versions of the same."""
    held = held or {}
    fetches, learned = Fetches.among(raws, held), Learned()

    def make(some: Iterable[Raw], versions: Fetches) -> Iterator[tuple[str, int | None]]:
        for made in in_workers(
            work, _distinct(versions.latest(some), versions, tally), jobs, lambda raw: len(raw.text)
        ):
            for each in made:
                if isinstance(each, Rejection):
                    tally.rejected.append(each)
                    yield each.path, each.line
                    continue
                learned.take(each)
                articles.write(each)
                tally.digests[each.id] = each.digest
            tell("Ingesting", articles.length, raws.length)

    rest = fetches.without(make(raws, fetches))
    if rest.groups:
        with Spool[Raw]() as others:
            for raw in raws:
                if key_of(raw) in rest.groups:
                    others.write(raw)
            while rest.groups:
                rest = rest.without(make(others, rest))
    _pass_over(fetches, held, tally)
    return learned


def _distinct(some: Iterable[Raw], fetches: Fetches, tally: Tally) -> Iterator[Raw]:
    """Yield the raw articles but those with an id that another has, which is no version of the same."""
    for raw in some:
        here = (raw.path, raw.number)
        path, number = tally.places.setdefault(raw.id, here)
        if (path, number) != here and not fetches.share(raw, path, number):
            place = path + (f", item {number}" if number else "")
            tally.reject(*here, Rejected(f'The id "{raw.id}" is already used by {place}.'))
        else:
            yield raw


def _pass_over(fetches: Fetches, held: Mapping[bytes, Version], tally: Tally) -> None:
    """Pass over the versions before those that count, and let what the index holds of them go."""
    made = set(tally.digests.values())
    for key, versions in fetches.groups.items():
        at = next((n for n, version in enumerate(versions) if version.digest in made), len(versions))
        for earlier in versions[at + 1 :]:
            counts = versions[at].id
            tally.pass_over(earlier.passed(), earlier.digest, counts)
            if held.get(key) == earlier and earlier.id != counts:
                del tally.digests[earlier.id]


def finish(
    articles: Spool[Article],
    names: Mapping[str, str],
    people: People,
    named: Callable[[Article], Article],
    tally: Tally,
    tell: Progress,
    refuse: Callable[[], None],
) -> Iterator[Article]:
    """The third pass: name the speakers, and the source as ``named`` does, and tell of earlier versions. ``refuse``
    raises if so few articles are left that none may be published."""
    for number, article in enumerate(articles, 1):
        try:
            finished = tally.with_past(under_names(named(article), names, people))
        except Rejected as reason:
            tally.reject(article.path, None, Rejected(f'{reason} The article has the id "{article.id}".'))
            del tally.digests[article.id]
        else:
            if finished.id not in tally.retold:
                tally.count(finished)
            yield finished
        if number % CHUNK == 0 or number == articles.length:
            tell("Indexing", number, articles.length)
    refuse()


def _read_chunk(chunk: Sequence[Item]) -> list[Raw | Rejection | Withdrawal]:
    return _made_of_each(_parsed, chunk)


def _read_and_learn(chunk: Sequence[Item]) -> tuple[list[Raw | Rejection | Withdrawal], Profile]:
    read = _made_of_each(_studied, chunk)
    learned = [each[1] for each in read if isinstance(each, tuple)]
    raws = [each[0] if isinstance(each, tuple) else each for each in read]
    return raws, reduce(Profile.merge, learned, Profile())


def ingest_chunk(
    profile: Profile, people: People, corrections: Corrections, chunk: Sequence[Raw]
) -> list[Article | Rejection]:
    return _made_of_each(lambda raw: ingest(raw, profile, people, corrections), chunk)


def rejection_of(item: Item, profile: Profile, people: People) -> Rejected | None:
    """Return why an item is no article, None if it is one."""
    try:
        ingest(parse(item), profile, people)
    except Rejected as reason:
        return reason
    return None


def _made_of_each(work: Callable[[Given], Made], given: Iterable[Given]) -> list[Made | Rejection]:
    made: list[Made | Rejection] = []
    for item in given:
        try:
            made.append(work(item))
        except Rejected as reason:
            made.append(Rejection(item.path, item.number, str(reason)))
    return made


def _studied(item: Item) -> tuple[Raw, Profile] | Withdrawal:
    raw = _parsed(item)
    return raw if isinstance(raw, Withdrawal) else (raw, Profile.of([raw]))


def _parsed(item: Item) -> Raw | Withdrawal:
    try:
        return parse(item)
    except Withdrawn as reason:
        name = item.id or identify(item)[0]
        return Withdrawal(Rejection(item.path, item.number, str(reason)), name, reason.seen)
