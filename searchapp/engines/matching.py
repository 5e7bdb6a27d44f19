"""A query tree over arrays: which rows match, their scores, and the facets.

Everything is an array operation on whole masks (one bool a row) and the postings of the words asked for. Articles
and statements are two kinds of rows; what concerns an article is found among articles and taken to statements.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchapp.analysis import stem
from searchapp.engines.columns import Bools, Columns, Names
from searchapp.engines.columns import Ints as Numbers
from searchapp.engines.postings import BODY, Ints, Postings, Segment
from searchapp.errors import UnsupportedQuery
from searchapp.model import Facet, FacetCounts, FacetValue, SearchRequest, View
from searchapp.query import (
    And,
    Dates,
    Everything,
    Fuzzy,
    InStatement,
    Name,
    Node,
    Not,
    Or,
    Prefix,
    TextField,
    Values,
    Words,
    in_statement,
)

Scores = NDArray[np.float64]
Leaf = Words | Prefix | Fuzzy

K1, B = (
    1.2,
    0.75,
)  # BM25 as Robertson and Zaragoza (2009) have it, with the idf of Lucene, which is never negative
TITLE = 3  # how often a word of the title counts
MOST_PREFIXED, MOST_FUZZY = 1000, 200  # words an expansion is bounded to
_COUNTS: dict[TextField, tuple[int, int]] = {
    "text": (TITLE, 1),
    "title": (1, 0),
    "body": (0, 1),
    "said": (1, 1),
}


class Found(NamedTuple):
    """Where a leaf of the query stands: distinct rows, how often in each, and what finding it is worth."""

    rows: Ints
    often: Scores
    idf: float


class Texts:
    """The words of all rows of one kind, over the segments that hold them."""

    def __init__(self, segments: Sequence[Segment], alive: Bools, lengths: Numbers) -> None:
        self.size = len(alive)
        self.alive = alive
        self._segments = segments
        self._all_alive = bool(alive.all())
        self._live = int(alive.sum())
        average = float(lengths[alive].mean()) if self._live else 0.0
        self._damping = K1 * (1 - B + B * lengths / max(average, 1.0))

    @property
    def sizes(self) -> list[int]:
        """How many rows each segment has."""
        return [segment.size for segment in self._segments]

    def find(self, leaf: Leaf, cut: Callable[[str], None]) -> Found:
        """Return where ``leaf`` stands; tell ``cut`` of words left out."""
        if isinstance(leaf, Words):
            slots = [self._spelled(stem(term)) for term in leaf.terms]
            return self._phrase(slots, leaf.field) if len(slots) > 1 else self._union(slots[0], leaf.field)
        if isinstance(leaf, Prefix):
            expanded = (pair for segment in self._segments for pair in segment.beginning(leaf.prefix))
            told = f'"{leaf.prefix}*" begins {{:,}} words of this archive; the {{:,}} commonest were searched.'
            return self._union(_commonest(expanded, MOST_PREFIXED, told, cut), leaf.field)
        expanded = (pair for segment in self._segments for pair in segment.near(leaf.term, leaf.distance))
        told = f'"{leaf.term}~" is near {{:,}} words of this archive; the {{:,}} commonest were searched.'
        return self._union(_commonest(expanded, MOST_FUZZY, told, cut), leaf.field)

    def scores(self, found: Found) -> Scores:
        """Return the BM25 score of every row, 0 where nothing was found."""
        scores = np.zeros(self.size)
        scores[found.rows] = found.idf * found.often * (K1 + 1) / (found.often + self._damping[found.rows])
        return scores

    def segment_of(self, row: int) -> tuple[Segment, int]:
        """Return the segment that holds ``row``, and which of its rows it is."""
        for segment in self._segments:
            if row < segment.size:
                return segment, row
            row -= segment.size
        raise IndexError(row)

    def row_of(self, identity: str) -> int | None:
        """Return the row that is served under this id."""
        base = 0
        for segment in self._segments:
            for row in segment.rows_of(identity):
                if self.alive[base + row]:
                    return base + row
            base += segment.size
        return None

    def _spelled(self, wanted: str) -> list[str]:
        return list({word: None for segment in self._segments for word in segment.spelled(wanted)})

    def _read(self, words: Sequence[str]) -> Postings:
        parts, base, held = [], 0, 0
        for segment in self._segments:
            rows, starts, positions = segment.postings(words)
            parts.append((rows + base, starts + held, positions))
            base += segment.size
            held += len(positions)
        if not parts:
            return Postings(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint32))
        return Postings(*parts[0]) if len(parts) == 1 else Postings(*map(np.concatenate, zip(*parts, strict=True)))

    def _union(self, words: Sequence[str], field: TextField) -> Found:
        """Treat ``words`` as one word: their occurrences are summed."""
        return self._counted(self._read(words), field)

    def _counted(self, postings: Postings, field: TextField) -> Found:
        in_title, in_body = _COUNTS[field]
        if not len(postings.rows):
            return Found(postings.rows, np.empty(0), 0.0)
        if in_title == in_body:
            often = np.diff(postings.starts, append=len(postings.positions)) * in_body
        else:
            each = np.where(postings.positions < BODY, in_title, in_body)
            often = np.add.reduceat(each, postings.starts)
        return self._summed(postings.rows, often)

    def _summed(self, rows: Ints, often: NDArray[np.int64]) -> Found:
        sums: Scores = np.bincount(rows, often, self.size).astype(np.float64, copy=False)
        if not self._all_alive:
            sums *= self.alive
        rows = np.flatnonzero(sums)
        return Found(rows, sums[rows], float(np.log1p((self._live - len(rows) + 0.5) / (len(rows) + 0.5))))

    def _phrase(self, slots: Sequence[Sequence[str]], field: TextField) -> Found:
        """Find rows in which a word of each slot follows one of the slot before: places as one number, of row and
        position, moved back by the slot's number, are the same for all slots where the phrase begins."""
        places, idf = [], 0.0
        for number, words in enumerate(slots):
            postings = self._read(words)
            idf += self._counted(postings, field).idf
            sizes = np.diff(postings.starts, append=len(postings.positions))
            keys = (np.repeat(postings.rows, sizes) << 32) + postings.positions - number
            places.append(np.sort(keys) if len(words) > 1 else keys)
        places.sort(key=len)
        common = reduce(_common, places)
        in_title, in_body = _COUNTS[field]
        often = np.where(common & 0xFFFFFFFF < BODY, in_title, in_body)
        return self._summed(common >> 32, often)._replace(idf=idf)


def _common(few: Ints, many: Ints) -> Ints:
    """Return what two sorted arrays have in common."""
    if not len(few) or not len(many):
        return few[:0]
    common: Ints = few[many[np.minimum(np.searchsorted(many, few), len(many) - 1)] == few]
    return common


def _commonest(expanded: Iterable[tuple[str, int]], most: int, told: str, cut: Callable[[str], None]) -> list[str]:
    rows: Counter[str] = Counter()
    for word, count in expanded:
        rows[word] += count
    if len(rows) <= most:
        return list(rows)
    cut(told.format(len(rows), most))
    return sorted(rows, key=lambda word: (-rows[word], word))[:most]


class Matching:
    """One request's work: each part of its trees is matched once, however many facets and filters share it.

    ``cut`` collects a sentence for each thing that was bounded.
    """

    def __init__(self, columns: Columns, articles: Texts, statements: Texts) -> None:
        self.cut: dict[str, None] = {}
        self._columns = columns
        self._texts: dict[View, Texts] = {"articles": articles, "statements": statements}
        self._masks: dict[tuple[Node, View], Bools] = {}
        self._found: dict[tuple[Leaf, View], Found] = {}

    def rows(self, tree: Node, view: View, sort: Literal["relevance", "newest", "oldest"]) -> "Ranking":
        """Return what matches, to be ranked."""
        columns = self._columns
        rows = np.flatnonzero(self._alive(tree, view))
        scores = self._scores(tree, view) if sort == "relevance" else None
        newest, oldest = (
            (columns.newest, columns.oldest) if view == "articles" else (columns.said_newest, columns.said_oldest)
        )
        rank = oldest if sort == "oldest" else newest
        return Ranking(rows, np.zeros(len(rows)) if scores is None else scores[rows], rank[rows])

    def facet(self, facet: Facet, request: SearchRequest) -> FacetCounts:
        """Return how many hits there would be with each value of ``facet`` alone of it."""
        names = self._columns.names[facet]
        counts = np.bincount(
            self._values(facet, request.tree(without=facet), request.view), minlength=len(names.values)
        )
        choice = request.filters.choice(facet)
        chosen = dict.fromkeys((*choice.wanted, *choice.unwanted))
        return _listed(names, counts, list(chosen), None if facet == "year" else request.facet_limit)

    def _values(self, facet: Facet, tree: Node, view: View) -> Numbers:
        """Return the numbers of the values of ``facet``, each once for each hit that has it."""
        columns, mask = self._columns, self._alive(tree, view)
        if facet != "speaker":
            values: Numbers = getattr(columns, facet)
            return values[mask] if view == "articles" else values[columns.said_article[mask]]
        if view == "statements":
            return columns.said_speaker[mask[columns.said_speaker_row]]
        inside = in_statement(tree)
        if not inside:
            return columns.speaker[mask[columns.speaker_row]]
        satisfying = self._mask(inside.part, "statements") & mask[columns.said_article]
        chosen = satisfying[columns.said_speaker_row]
        article = columns.said_article[columns.said_speaker_row[chosen]].astype(np.int64)
        among = len(columns.values["speaker"])
        distinct: Numbers = np.unique(article * among + columns.said_speaker[chosen]) % among
        return distinct

    def _alive(self, tree: Node, view: View) -> Bools:
        return self._mask(tree, view) & self._texts[view].alive

    def _mask(self, node: Node, view: View) -> Bools:
        key = (node, view)
        if key not in self._masks:
            self._masks[key] = self._match(node, view)
        return self._masks[key]

    def _match(self, node: Node, view: View) -> Bools:
        match node:
            case And(parts):
                return reduce(np.logical_and, self._each(parts, view), self._all(view))
            case Or(parts):
                return reduce(np.logical_or, self._each(parts, view), ~self._all(view))
            case Not(part):
                return ~self._mask(part, view)
            case Everything():
                return self._all(view)
            case Words() | Prefix() | Fuzzy() if (node.field == "said") == (view == "statements"):
                mask = ~self._all(view)
                mask[self._find(node, view).rows] = True
                return mask
            case Name("speaker") | Values("speaker"):
                return self._speaker(node, view)
            case Words(field="title") | Prefix(field="title") | Fuzzy(field="title") | Name() | Values() | Dates():
                if view == "statements":
                    return self._mask(node, "articles")[self._columns.said_article]
                return self._article(node)
            case InStatement(part) if view == "articles":
                mask = ~self._all(view)
                mask[self._columns.said_article[self._mask(part, "statements")]] = True
                return mask
        raise UnsupportedQuery(f"This part of a query cannot be answered for {view}: {node}.")

    def _each(self, parts: Iterable[Node], view: View) -> Iterator[Bools]:
        return (self._mask(part, view) for part in parts)

    def _all(self, view: View) -> Bools:
        return np.ones(self._texts[view].size, np.bool_)

    def _article(self, node: Node) -> Bools:
        columns = self._columns
        if isinstance(node, Dates):
            mask = columns.first > 0
            if node.first:
                mask &= columns.last >= node.first.toordinal()
            if node.last:
                mask &= columns.first <= node.last.toordinal()
            return mask
        assert isinstance(node, Name | Values)
        numbers: Numbers = getattr(columns, node.field)
        return self._wanted(node)[numbers]

    def _speaker(self, node: Name | Values, view: View) -> Bools:
        columns = self._columns
        rows, numbers = (
            (columns.speaker_row, columns.speaker)
            if view == "articles"
            else (columns.said_speaker_row, columns.said_speaker)
        )
        mask = ~self._all(view)
        mask[rows[self._wanted(node)[numbers]]] = True
        return mask

    def _wanted(self, node: Name | Values) -> Bools:
        """Return which values of a facet are asked for."""
        if isinstance(node, Name):
            asked = f" {' '.join(node.terms)} "
            return np.array([asked in folded for folded in self._columns.folded[node.field]], np.bool_)
        names = self._columns.names[node.field]
        wanted = np.zeros(len(names.values), np.bool_)
        wanted[[names.numbers[value] for value in node.values if value in names.numbers]] = True
        return wanted

    def _find(self, leaf: Leaf, view: View) -> Found:
        key = (leaf, view)
        if key not in self._found:
            self._found[key] = self._texts[view].find(leaf, lambda told: self.cut.setdefault(told))
        return self._found[key]

    def _scores(self, node: Node, view: View) -> Scores | None:
        """Return the score of each row, 0 where ``node`` does not match, or None if it has none at all."""
        if isinstance(node, And | Or):
            scored = [scores for part in node.parts if (scores := self._scores(part, view)) is not None]
            if not scored:
                return None
            scores = reduce(np.add, scored)
            return np.where(self._mask(node, view), scores, 0.0) if isinstance(node, And) else scores
        if isinstance(node, Leaf) and (node.field == "said") == (view == "statements"):
            return self._texts[view].scores(self._find(node, view))
        return None


class Ranking(NamedTuple):
    """Rows that match, their scores, and the rank of each among those of equal score."""

    rows: Ints
    scores: Scores
    rank: Numbers

    def page(self, offset: int, limit: int) -> list[tuple[int, float]]:
        """Return the rows of a page with their scores, best first."""
        rows, scores, rank = self
        needed = offset + limit
        if 0 < needed < len(rows):
            worst = np.partition(scores, -needed)[-needed]
            rows, scores, rank = (each[scores >= worst] for each in self)
        order = np.lexsort((rank, -scores))[offset:needed]
        return list(zip(rows[order].tolist(), scores[order].tolist(), strict=True))


def _listed(names: Names, counts: Ints, chosen: Sequence[str], most: int | None) -> FacetCounts:
    """Return the commonest values (all, and in descending order, if ``most`` is None), and those chosen."""
    present = np.flatnonzero(counts)
    count_of = dict.fromkeys(chosen, 0) | {
        names.values[number]: int(counts[number]) for number in _commonest_numbers(names, counts, present, most)
    }
    for value in chosen:
        if value in names.numbers:
            count_of[value] = int(counts[names.numbers[value]])
    distinct = len(present) + sum(count == 0 for count in count_of.values())
    if most is None:
        ordered = sorted(count_of, key=lambda value: (value != "", value.zfill(4)), reverse=True)
    else:
        ordered = sorted(count_of, key=lambda value: (-count_of[value], value))
    return FacetCounts(tuple(FacetValue(value, count_of[value]) for value in ordered), distinct)


def _commonest_numbers(names: Names, counts: Ints, present: Ints, most: int | None) -> list[int]:
    if most is None or len(present) <= most:
        return [int(number) for number in present]
    if not most:
        return []
    fewest = np.partition(counts[present], -most)[-most]
    candidates = present[counts[present] >= fewest].tolist()
    return sorted(candidates, key=lambda number: (-counts[number], names.values[number]))[:most]
