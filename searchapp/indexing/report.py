"""What came of a corpus: counted while it streams by, told when it is done."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from searchapp.article import Article, PastVersion
from searchapp.errors import Rejected, Unreadable
from searchapp.indexing.known import KnownFiles
from searchapp.ingest.corrected import CORRECTIONS
from searchapp.ingest.raw import Raw
from searchapp.search import IndexInfo

MOST_LISTED = 100  # of what was rejected, in reports and in memory; a callback is told of all
MOST_TOLD = 5  # kinds of what was noticed, in words; JSON has all


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file, or a line of one (counted from 1), that did not become an article, and why."""

    path: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ForNow(Rejection):
    """One that may become an article though it stays as it is."""


@dataclass(slots=True)
class Rejections:
    """What was rejected: how many in all, and the first of them by path and line. ``each`` is told of all of them as
    they come."""

    each: Callable[[Rejection], None] = lambda _: None
    total: int = 0
    _listed: list[Rejection] = field(default_factory=list)

    def add(self, rejection: Rejection) -> None:
        self.total += 1
        self.each(rejection)
        self._listed.append(rejection)
        if len(self._listed) > 2 * MOST_LISTED:
            self._listed = list(self.listed())

    def listed(self) -> tuple[Rejection, ...]:
        """Return the first, in order."""
        return tuple(sorted(self._listed, key=lambda each: (each.path, each.line or 0))[:MOST_LISTED])

    def add_to_reasons(self, paths: Collection[str], sentence: str) -> None:
        """Say more of why what lies at these paths was rejected."""
        self._listed = [
            replace(each, reason=f"{each.reason} {sentence}") if each.path in paths else each for each in self._listed
        ]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What is no article, since its agency has taken it back: all versions of that ``id`` up to ``seen``."""

    rejection: Rejection
    id: str
    seen: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier version of an article: where it lies, and the id of the ``article`` that counts instead."""

    path: str
    line: int | None
    article: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a reindex or an update did, or would do. ``added`` to ``removed`` compare with the generation before, by
    path and raw bytes; in an update what people.toml names otherwise has changed too. ``rejected`` has the first
    MOST_LISTED of ``rejected_in_all``; ``unreadable`` files and folders could not be read this time. ``undated`` to
    ``not_english`` count among the articles that were ingested this time, since statements are looked for in English
    only; so does ``noticed``: how many had a field that was left out or doubted, by its name and the reason. ``unmet``
    are variants of people.toml that stand nowhere in the archive, as a reindex finds them; ``unfit`` tells which
    entries of corrections.toml do not fit what the index holds now, and why."""

    generation: str
    engine: str
    articles: int
    statements: int
    added: int
    changed: int
    unchanged: int
    removed: int
    rejected: tuple[Rejection, ...]
    rejected_in_all: int
    unreadable: int
    earlier: tuple[Earlier, ...]
    ignored: Mapping[str, int]
    noticed: Mapping[str, Mapping[str, int]]
    undated: int
    untitled: int
    speakerless: int
    not_english: int
    seconds: float
    unmet: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What ``check`` found: ids of articles that the index lacks, has in another form, or has beyond the corpus; and a
    sentence for each part of the index that is ``damaged``."""

    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.changed or self.surplus or self.damaged)


@dataclass(slots=True)
class Tally:
    """What is counted while articles stream by."""

    started: float = field(default_factory=time.monotonic)
    size: int = 0  # bytes of all files of the corpus on the disk, and how many of them were read
    read: int = 0
    files: KnownFiles = field(default_factory=KnownFiles)
    rejected: Rejections = field(default_factory=Rejections)
    unreadable: set[str] = field(default_factory=set)  # paths of files and folders, among those rejected
    ignored: Mapping[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)  # of the articles of the new generation, by id
    earlier: list[Earlier] = field(default_factory=list)
    passed: dict[str, str] = field(default_factory=dict)  # the digests of those -> the ids of what counts instead
    past: dict[str, list[PastVersion]] = field(default_factory=dict)  # those, by the id of what counts instead
    known: dict[tuple[str, int | None], PastVersion] = field(default_factory=dict)  # as the index has them, by place
    replaced: set[str] = field(default_factory=set)  # the ids of those
    places: dict[str, tuple[str, int | None]] = field(default_factory=dict)  # path and number by id
    touched: set[str] = field(default_factory=set)  # ids of articles to ingest anew though their bytes are the same
    withdrawn: dict[str, str] = field(default_factory=dict)  # up to when versions of an id are, "" for all of them
    retold: set[str] = field(default_factory=set)  # ids of those that stay as they are, but for their earlier versions
    noticed: Counter[tuple[str, str]] = field(default_factory=Counter)  # (field, reason)
    statements: int = 0
    undated: int = 0
    untitled: int = 0
    speakerless: int = 0
    not_english: int = 0
    unmet: list[str] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)

    def reject(self, path: str, line: int | None, reason: Rejected) -> None:
        self.rejected.add(Rejection(path, line, str(reason)))
        if isinstance(reason, Unreadable):
            self.unreadable.add(path)

    def refuse(self, each: Rejection) -> None:
        """Note that an item is no article by itself, whatever else the corpus holds."""
        self.rejected.add(each)
        if not isinstance(each, ForNow):
            self.files.refuse(each.path, each.line, each.reason)

    def withdraw(self, each: Withdrawal) -> None:
        """Note what its agency has taken back."""
        self.rejected.add(each.rejection)
        until = self.withdrawn.get(each.id, each.seen)
        self.withdrawn[each.id] = max(until, each.seen) if until and each.seen else ""

    def is_withdrawn(self, made: Raw | Article) -> bool:
        """Tell whether an article is taken back by what was noted, and reject it then."""
        until = self.withdrawn.get(made.id)
        if until is None or (until and made.seen > until):
            return False
        self.reject(made.path, made.number, Rejected("A later version of it says that the agency has withdrawn it."))
        return True

    def pass_over(self, version: PastVersion, digest: str, counts: str) -> None:
        """Note an earlier version, and the id of the one that ``counts``."""
        self.earlier.append(Earlier(version.path, version.number, counts))
        self.passed[digest] = counts
        self.replaced.add(version.id)
        self.past.setdefault(counts, []).append(version)

    def with_past(self, article: Article) -> Article:
        """Return ``article`` with its earlier versions as they are now. What was passed over again unread is told as
        the article itself, or one that it replaced, knew it."""
        known = {(each.path, each.number): each for each in article.past} | self.known
        past = [known.get((each.path, each.number), each) for each in self.past.get(article.id, ())]
        past.sort(key=lambda each: (each.seen, each.path, each.number or 0), reverse=True)
        return replace(article, past=tuple(past))

    def count(self, article: Article) -> None:
        self.statements += len(article.statements)
        self.undated += article.published is None
        self.untitled += article.title is None
        self.speakerless += not article.speakers
        self.not_english += article.language != "en"
        self.noticed.update({(each.field, each.reason) for each in article.noticed})

    def changed(self, before: Mapping[str, str]) -> set[str]:
        """Return the ids of the articles that were there ``before`` and come out different."""
        both = before.keys() & self.digests.keys()
        return {each for each in both if before[each] != self.digests[each] or each in self.touched}

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
            rejected=self.rejected.listed(),
            rejected_in_all=self.rejected.total,
            unreadable=len(self.unreadable),
            earlier=tuple(sorted(self.earlier, key=lambda each: (each.path, each.line or 0))),
            ignored=self.ignored,
            noticed=_by_field(self.noticed),
            undated=self.undated,
            untitled=self.untitled,
            speakerless=self.speakerless,
            not_english=self.not_english,
            seconds=round(time.monotonic() - self.started, 3),
            unmet=tuple(self.unmet),
            unfit=tuple(self.unfit),
        )


def stand_nowhere(variants: Sequence[str]) -> Iterator[str]:
    """Say which variants of people.toml are written in no article."""
    if variants:
        told = ", ".join(f'"{each}"' for each in variants[:MOST_TOLD])
        more = f" and {len(variants) - MOST_TOLD:,} more" if len(variants) > MOST_TOLD else ""
        yield f"These variants of people.toml stand in no article: {told}{more}. Correct them, or leave them out."


def do_not_fit(unfit: Sequence[str]) -> Iterator[str]:
    """Say which entries of corrections.toml do not fit the archive: all of them, since each is somebody's work."""
    yield from (f"Does not fit in corrections.toml: {each}." for each in unfit)


def _by_field(noticed: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (name, reason), count in sorted(noticed.items()):
        found.setdefault(name, {})[str(reason)] = count
    return found


def doubted(noticed: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Say what fields of articles that were kept could not be read or were not believed: the commonest reasons."""
    counts = Counter({(name, reason): count for name, reasons in noticed.items() for reason, count in reasons.items()})
    counts = Counter({each: count for each, count in counts.items() if each[0] != CORRECTIONS})  # told by do_not_fit
    most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:MOST_TOLD]
    if most:
        told = "; ".join(f"{name}: {reason} ({count:,})" for (name, reason), count in most)
        more = len(counts) - len(most)
        rest = f"; and {more:,} more, which --json lists" if more else ""
        yield f"Fields that could not be used, though the articles were kept: {told}{rest}."


def left_out(ignored: Mapping[str, int], rejected: Sequence[Rejection], in_all: int) -> Iterator[str]:
    """Say what of a corpus did not become articles: a line for the types that are not read, and one for each of those
    ``rejected``, the first of what was ``in_all``."""
    if ignored:
        types = ", ".join(f"{suffix or 'without a type'} {count:,}" for suffix, count in ignored.items())
        yield f"Ignored, because files of these types are not read: {types}."
    for each in rejected:
        yield f"Rejected {each.path}{f', item {each.line}' if each.line else ''}: {each.reason}"
    if in_all > len(rejected):
        yield f"Rejected {in_all - len(rejected):,} more; to list all of them in a file, add --rejected FILE."
