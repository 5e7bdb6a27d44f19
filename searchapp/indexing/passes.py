"""The passes over a corpus: files to items, items to raw articles, those to articles."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path
from typing import TypeVar

from searchapp.article import Article, PastVersion
from searchapp.errors import Rejected, RejectedForNow, Withdrawn
from searchapp.indexing.fetches import Fetches, Version, key_of
from searchapp.indexing.known import Contents, Entry
from searchapp.indexing.report import ForNow, Rejection, Tally, Withdrawal
from searchapp.ingest import ingest, persons_of, under_names
from searchapp.ingest.attribution.people import People
from searchapp.ingest.corrections import Corrections
from searchapp.ingest.files import Found, find
from searchapp.ingest.formats import identify, items, parse
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import Item, Raw
from searchapp.workers import CHUNK, SECONDS, Spool, in_turn, in_workers

Given = TypeVar("Given", Item, Raw)
Made = TypeVar("Made")
Progress = Callable[[str, int, int | None], None]
"""Told of (what is being done, how much is done, how much there is in all): of reading in bytes, as files have them on
the disk, of the rest in articles. What is in all is None where that is not known."""
READING = "Reading bytes"


def all_items(
    corpus: Path,
    tally: Tally,
    links_out: bool = False,
    takes_over: Callable[[Found, Contents], bool] = lambda *_: False,
) -> Iterator[Item]:
    """Yield the items of a corpus; ``links_out`` as ``find`` takes it. Where it is known what is in a file,
    ``takes_over`` is asked whether that will do; then the file is not read."""
    found = find(corpus, links_out, tally.files.is_read)
    tally.ignored = found.ignored
    for path, why in found.rejected.items():
        tally.reject(path, None, why)
    tally.size = sum(file.stamp.size for file in found.files)
    before = 0

    def tell(read: int) -> None:
        tally.read = before + read

    for file in found.files:
        known = tally.files.of(file)
        if known and takes_over(file, known):
            tally.files.keep(file, known)
        else:
            yield from _items_of(file, corpus, tally, tell)
        before += file.stamp.size
    tally.read = before


def _items_of(file: Found, corpus: Path, tally: Tally, tell: Callable[[int], None] = lambda _: None) -> Iterator[Item]:
    tally.files.begin(file)
    try:
        yield from items(file.path, corpus, tell)
    except Rejected as reason:
        tally.reject(file.name, None, reason)
        if not isinstance(reason, RejectedForNow):
            tally.files.end(file.name, str(reason))
    else:
        tally.files.end(file.name)


def identified(found: Iterable[Item], tally: Tally) -> Iterator[Item]:
    """Yield each item with its article's id and digest."""
    for item in found:
        try:
            name, digest = identify(item)
        except Rejected as reason:
            tally.files.note(item.path, Entry(item.number))
            tally.refuse(_rejection(item, reason))
        else:
            tally.files.note(item.path, Entry(item.number, name, digest))
            yield replace(item, id=name, digest=digest)


@dataclass(frozen=True, slots=True)
class Fresh:
    """Which items of a ``corpus`` are not in the index as they are: what it holds ``before``, by id and digest, and the
    earlier versions that ``passed`` names by their digests. These are laid ``aside``, or stay ``unread`` in files that
    are known: what comes of them depends on the later version."""

    corpus: Path
    before: Mapping[str, str]
    passed: Mapping[str, str]
    aside: Spool[Item]
    tally: Tally
    unread: list[tuple[Found, Entry]] = field(default_factory=list)

    def items(self, links_out: bool) -> Iterator[Item]:
        """Yield those items but the earlier versions; ``links_out`` as ``find`` takes it."""
        for item in identified(all_items(self.corpus, self.tally, links_out, self._takes_over), self.tally):
            if self._is_held(item.id, item.digest):
                self._keep(item.path, item)
            elif item.digest in self.passed:
                self.aside.write(item)
            else:
                yield item

    def left_aside(self) -> Iterator[Item]:
        """Yield those of the earlier versions whose later one is not there as it was; pass over the others again."""
        yield from (item for item in self.aside if not self._is_passed(item.path, item))
        anew: dict[Found, set[str]] = {}
        for file, entry in self.unread:
            if not self._is_passed(file.name, entry):
                anew.setdefault(file, set()).add(entry.digest)
        for file, digests in anew.items():
            read = identified(_items_of(file, self.corpus, self.tally), self.tally)
            yield from (item for item in read if item.digest in digests)

    def _takes_over(self, file: Found, known: Contents) -> bool:
        """Take over what is in a file, if that is in the index as it is, earlier versions, or no articles."""
        refused, entries = dict(known.refused), known.items()
        held = [self._is_held(entry.id, entry.digest) for entry in entries]
        if not all(
            is_held or entry.digest in self.passed or entry.number in refused
            for is_held, entry in zip(held, entries, strict=True)
        ):
            return False
        for is_held, entry in zip(held, entries, strict=True):
            if is_held:
                self._keep(file.name, entry)
            elif entry.digest in self.passed:
                self.unread.append((file, entry))
            else:
                self.tally.rejected.add(Rejection(file.name, entry.number, refused[entry.number]))
        if known.fault:
            self.tally.reject(file.name, None, Rejected(known.fault))
        return True

    def _is_held(self, name: str, digest: str) -> bool:
        return digest != "" and self.before.get(name) == digest and name not in self.tally.touched

    def _keep(self, path: str, each: Item | Entry) -> None:
        self.tally.digests[each.id] = each.digest
        self.tally.places[each.id] = (path, each.number)

    def _is_passed(self, path: str, each: Item | Entry) -> bool:
        """Pass over an earlier version again, if the later one counts as before."""
        counts = self.passed[each.digest]
        if counts not in self.tally.digests:
            return False
        self.tally.pass_over(PastVersion(each.id, None, "", path, each.number), each.digest, counts)
        return True


def study(found: Iterator[Item], raws: Spool[Raw], jobs: int, tally: Tally, tell: Progress) -> Profile:
    """The first pass of a reindex: identify and decode every item, and learn what the archive as a whole can teach."""
    profile = Profile()
    for read, learned in in_workers(_read_and_learn, found, jobs, _size_of_item):
        profile = profile.merge(learned)
        for each in read:
            tally.files.note(*_entry_of(each))
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
            tally.refuse(each)
        else:
            raws.write(each)


def _entry_of(read: Raw | Rejection | Withdrawal) -> tuple[str, Entry]:
    """Return the path of what was read, and what is remembered of it."""
    if isinstance(read, Raw):
        return read.path, Entry(read.number, read.id, read.digest)
    told = read.rejection if isinstance(read, Withdrawal) else read
    return told.path, Entry(told.line)


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
                    tally.refuse(each)
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


def _made_of_each(work: Callable[[Given], Made], given: Sequence[Given]) -> list[Made | Rejection]:
    made: list[Made | Rejection] = []
    for item, took_too_long in in_turn(given):
        try:
            if took_too_long:
                raise RejectedForNow(
                    f"Reading it takes more than {SECONDS:.0f} seconds, so it was left out: cut it into smaller files."
                )
            made.append(work(item))
        except Rejected as reason:
            made.append(_rejection(item, reason))
    return made


def _rejection(item: Item | Raw, reason: Rejected) -> Rejection:
    kind = ForNow if isinstance(reason, RejectedForNow) else Rejection
    return kind(item.path, item.number, str(reason))


def _studied(item: Item) -> tuple[Raw, Profile] | Withdrawal:
    raw = _parsed(item)
    return raw if isinstance(raw, Withdrawal) else (raw, Profile.of([raw]))


def _parsed(item: Item) -> Raw | Withdrawal:
    try:
        return parse(item)
    except Withdrawn as reason:
        name = item.id or identify(item)[0]
        return Withdrawal(Rejection(item.path, item.number, str(reason)), name, reason.seen)
