"""What is known of each article and each statement besides its words, as arrays: one row each, in the order of
the segments. Written whole with each generation, and mapped read-only."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from searchapp.article import Article, Dated, Speaker, Statement, cited_keys, named, said_on
from searchapp.engines.facets import Names
from searchapp.fields import FACETS, SAID_OF, VALUE_OF, Facet

Int32s = NDArray[np.int32]
Bools = NDArray[np.bool_]
_NEVER = np.iinfo(np.int32).max
_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")


@dataclass(frozen=True)
class Columns:
    """An element of each array belongs to the article of that row; in those that begin with ``said``, to the statement.

    Days (those of intake are ``added``) are proleptic ordinals, 0 where an article has no date. A facet's value is the
    index of it in ``values``; of facets of which an article has one value these are in ``numbers``, of those of which
    each statement has one in ``said_numbers``. An article may have several speakers and keys by which it is cited, and
    a sketch several values: these are pairs, with the row in ``speaker_row`` and the value at the same index in
    ``speaker``. Pairs of speakers ascend by row, those of sketches and keys by value; of a key (see
    ``article.cited_keys``) the value is its CRC-32. ``newest`` and ``oldest`` hold the rank of a row among all,
    sorted by day; undated ones come last, and equal ones by id. The same of the day on which statements were said begin
    with ``said_on``.
    """

    alive: Bools  # neither deleted nor replaced by a later row
    length: Int32s
    title_length: Int32s
    first: Int32s
    last: Int32s
    added: Int32s
    newest: Int32s
    oldest: Int32s
    speaker_row: Int32s
    speaker: Int32s
    sketch_row: Int32s
    sketch: Int32s
    cited_row: Int32s
    cited: Int32s

    said_length: Int32s
    said_article: Int32s  # the row of the article a statement stands in
    said_index: Int32s  # which of the article's statements it is
    said_newest: Int32s
    said_oldest: Int32s
    said_on_first: Int32s
    said_on_last: Int32s
    said_on_newest: Int32s
    said_on_oldest: Int32s
    said_speaker_row: Int32s
    said_speaker: Int32s

    numbers: dict[Facet, Int32s]
    said_numbers: dict[Facet, Int32s]
    values: dict[Facet, list[str]]

    @classmethod
    def empty(cls) -> "Columns":
        """Return the columns of no rows."""
        arrays: dict[str, Any] = {name: np.empty(0, np.int32) for name in _ARRAYS}
        return cls.of(arrays | {"alive": np.empty(0, np.bool_)}, {facet: [""] for facet in FACETS})

    @classmethod
    def of(cls, arrays: Mapping[str, Any], values: dict[Facet, list[str]]) -> "Columns":
        """Return columns made of all arrays by name."""
        own = {name: arrays[name] for name in _OWN}
        numbers = {facet: arrays[facet] for facet in VALUE_OF}
        said_numbers = {facet: arrays[_said(facet)] for facet in SAID_OF}
        return cls(**own, numbers=numbers, said_numbers=said_numbers, values=values)

    def arrays(self) -> dict[str, Any]:
        """Return all arrays by name."""
        said = {_said(facet): numbers for facet, numbers in self.said_numbers.items()}
        return {name: getattr(self, name) for name in _OWN} | self.numbers | said

    @classmethod
    def load(cls, folder: Path) -> "Columns":
        """Map the columns that ``save`` wrote."""
        about = _ABOUT.decode((folder / "columns.json").read_bytes())
        joined = np.load(folder / "columns.npy", mmap_mode="r").view(np.ndarray)
        parts = np.split(joined, np.cumsum(list(about.sizes.values()))[:-1])
        arrays: dict[str, Any] = dict(zip(about.sizes, parts, strict=True))
        return cls.of(arrays | {"alive": arrays["alive"].astype(np.bool_)}, about.values)

    def save(self, folder: Path) -> None:
        """Write the columns into a folder, all arrays as one: each file costs a wait for the disk."""
        arrays = self.arrays()
        np.save(folder / "columns.npy", np.concatenate(list(arrays.values()), dtype=np.int32))
        about = _About({name: len(array) for name, array in arrays.items()}, self.values)
        (folder / "columns.json").write_bytes(msgspec.json.encode(about))

    @cached_property
    def said_alive(self) -> Bools:
        """Which statements stand in articles that are alive."""
        return self.alive[self.said_article]

    def head(self, articles: int) -> "Columns":
        """Return the columns of the first so many rows of articles, and of the statements in them."""
        statements = int(np.searchsorted(self.said_article, articles))
        rows = {
            "speaker": int(np.searchsorted(self.speaker_row, articles)),
            "said_speaker": int(np.searchsorted(self.said_speaker_row, statements)),
        }

        def kept(name: str) -> slice | Bools:
            if name.removesuffix("_row") in _BY_VALUE:
                return np.asarray(getattr(self, f"{name.removesuffix('_row')}_row") < articles)
            of_all = statements if name.startswith("said_") else articles
            return slice(rows.get(name.removesuffix("_row"), of_all))

        return Columns.of({name: array[kept(name)] for name, array in self.arrays().items()}, self.values)

    def alike(self, sketch: Sequence[int]) -> Int32s:
        """Return the rows of articles that have a value of ``sketch``, one for each value they have."""
        return _rows_of(sketch, self.sketch, self.sketch_row)

    def cited_by(self, key: str) -> Int32s:
        """Return the rows of articles that are alive and one of whose keys may be ``key``: few have another of the same
        CRC-32."""
        rows = _rows_of([_signed(key)], self.cited, self.cited_row)
        return rows[self.alive[rows]]

    @cached_property
    def names(self) -> dict[Facet, Names]:
        """The facets' values."""
        return {facet: Names(values) for facet, values in self.values.items()}


def _said(facet: Facet) -> str:
    """Return the name of the array with the numbers of what statements have of a facet."""
    return f"said_{facet}"


class _About(msgspec.Struct):
    sizes: dict[str, int]  # of the arrays, in the order in which they are joined
    values: dict[Facet, list[str]]


# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_ABOUT = msgspec.json.Decoder(_About)
_OWN = tuple(field.name for field in fields(Columns) if field.name not in ("numbers", "said_numbers", "values"))
_ARRAYS = (*_OWN, *VALUE_OF, *map(_said, SAID_OF))
_BY_VALUE = ("sketch", "cited")  # pairs that ascend by value


class ColumnsBuilder:
    """Collects columns, on top of those ``before``, whose articles and statements have these ids (the lists go on with
    what is added)."""

    def __init__(self, before: Columns, articles: list[str], statements: list[str]) -> None:
        self._before = before
        self._articles, self._statements = articles, statements
        self._numbers: dict[Facet, dict[str, int]] = {facet: dict(before.names[facet].numbers) for facet in FACETS}
        self._added: dict[str, array[int]] = {name: array("i") for name in _ARRAYS}

    def add(self, article: Article, length: int, title_length: int, said_lengths: Sequence[int]) -> None:
        """Add an article and its statements; lengths are in words, that of the title in ``length`` as often as it
        counts."""
        row, published = len(self._articles), article.published
        self._articles.append(article.id)
        self._append(
            length=length,
            title_length=title_length,
            first=published.first.toordinal() if published else 0,
            last=published.last.toordinal() if published else 0,
            added=article.added.toordinal() if article.added else 0,
            **{facet: self._number(facet, value_of(article)) for facet, value_of in VALUE_OF.items()},
        )
        self._add_speakers("speaker", row, article.speakers)
        for value in article.sketch:
            self._append(sketch=value, sketch_row=row)
        for key in cited_keys(article):
            self._append(cited=_signed(key), cited_row=row)
        for index, (statement, said_length) in enumerate(zip(article.statements, said_lengths, strict=True)):
            self._add_statement(statement, said_length, row, index, said_on(article, statement))

    def build(self, deleted: Iterable[str] = ()) -> Columns:
        """Return the columns. Of several rows with one id the last counts; of those in ``deleted`` none does."""
        before = self._before.arrays()
        arrays: dict[str, Any] = {
            name: np.concatenate((before[name], np.array(added, np.int32))) for name, added in self._added.items()
        }
        arrays["alive"] = self._alive(set(deleted))
        for name in _BY_VALUE:
            arrays |= self._by_value(name)
        article, first, said_on = arrays["said_article"], arrays["first"], arrays["said_on_first"]
        ranked = (
            ("", first, self._articles),
            ("said_", first[article], self._statements),
            ("said_on_", said_on, self._statements),
        )
        for kind, days, ids in ranked:
            newest, oldest = f"{kind}newest", f"{kind}oldest"
            arrays[newest] = _ranks(-days, ids, before[newest])
            arrays[oldest] = _ranks(np.where(days == 0, _NEVER, days), ids, before[oldest])
        return Columns.of(arrays, {facet: list(numbers) for facet, numbers in self._numbers.items()})

    def _alive(self, deleted: set[str]) -> Bools:
        held, ids = len(self._before.alive), self._articles
        last_row = {each: row for row, each in enumerate(ids[held:], held)}
        gone = deleted | last_row.keys()
        alive = np.zeros(len(ids), np.bool_)
        alive[:held] = self._before.alive
        alive[[row for row, each in enumerate(ids[:held]) if each in gone]] = False
        alive[[row for each, row in last_row.items() if each not in deleted]] = True
        return alive

    def _by_value(self, name: str) -> dict[str, Int32s]:
        """Return the two columns of pairs that ascend by value, with what was added put between what is in order."""
        before, row = self._before.arrays(), f"{name}_row"
        values, rows = np.array(self._added[name]), np.array(self._added[row])
        by_value = np.argsort(values, kind="stable")
        places = np.searchsorted(before[name], values[by_value], "right")
        return {
            name: np.insert(before[name], places, values[by_value]),
            row: np.insert(before[row], places, rows[by_value]),
        }

    def _add_statement(self, statement: Statement, length: int, article: int, index: int, day: Dated | None) -> None:
        self._add_speakers("said_speaker", len(self._statements), statement.speakers)
        self._statements.append(statement.id)
        numbers = {_said(facet): self._number(facet, said_of(statement)) for facet, said_of in SAID_OF.items()}
        self._append(
            said_length=length,
            said_article=article,
            said_index=index,
            said_on_first=day.first.toordinal() if day else 0,
            said_on_last=day.last.toordinal() if day else 0,
            **numbers,
        )

    def _add_speakers(self, column: str, row: int, speakers: Iterable[Speaker]) -> None:
        for name in named(speakers) or [""]:
            self._append(**{column: self._number("speaker", name), f"{column}_row": row})

    def _number(self, facet: Facet, value: str) -> int:
        numbers = self._numbers[facet]
        return numbers.setdefault(value, len(numbers))

    def _append(self, **values: int) -> None:
        for name, value in values.items():
            self._added[name].append(value)


def _rows_of(values: Sequence[int], among: Int32s, rows: Int32s) -> Int32s:
    """Return those of ``rows`` whose value, at the same index of the ascending ``among``, is one of ``values``."""
    wanted = np.array(values, np.int32)
    firsts, ends = np.searchsorted(among, wanted), np.searchsorted(among, wanted, "right")
    spans = zip(firsts.tolist(), ends.tolist(), strict=True)
    return np.concatenate([rows[:0], *(rows[first:end] for first, end in spans)])


def _signed(key: str) -> int:
    """Return the CRC-32 of a key as a signed number of 32 bits."""
    return int.from_bytes(crc32(key.encode()).to_bytes(4, "big"), "big", signed=True)


def _ranks(days: Int32s, identities: Sequence[str], before: Int32s) -> Int32s:
    """Return the rank of each row when sorted by day, then id. ``before`` are ranks of the first rows among themselves:
    they stay in that order, and the others, mostly few, are put between them."""
    order = np.full(before.max(initial=-1) + 1, -1)
    order[before] = np.arange(len(before))
    order = order[order >= 0]  # rows that were left out leave gaps
    added = sorted(range(len(before), len(days)), key=lambda row: (days[row], identities[row]))
    sorted_days, places = days[order], []
    for row in added:
        first, last = (int(np.searchsorted(sorted_days, days[row], side)) for side in _SIDES)
        places.append(bisect_right(order, identities[row], first, last, key=identities.__getitem__))
    order = np.insert(order, places, added) if added else order
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order))
    return ranks
