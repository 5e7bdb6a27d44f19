"""A query tree over arrays: which rows match, their scores, and the facets.

Everything is an array operation on whole masks (one bool a row) and the postings of the words asked for. Articles
and statements are two kinds of rows; what concerns an article is found among articles and taken to statements.

Over 400 lines, since masks and scores of one segment are handed from rule to rule: they are read in one place.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from searchapp import budget
from searchapp.analysis import stem
from searchapp.article import Article
from searchapp.engines.facets import listed_of
from searchapp.engines.protocol import runs, too_many
from searchapp.engines.ranking import EXPANDED, K1, NAMED, PHRASE, TITLE, B, idf, in_steps, once, told_apart
from searchapp.engines.whoosh.columns import Bools, Columns, Int32s
from searchapp.engines.whoosh.near import Places, chained, together
from searchapp.engines.whoosh.postings import BODY, Int64s, Postings, Segment
from searchapp.errors import UnsupportedQuery
from searchapp.fields import SAID_OF, VALUE_OF, Facet, TextField, View
from searchapp.query import (
    Alike,
    And,
    Dates,
    Everything,
    Exact,
    Fuzzy,
    InStatement,
    Name,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Text,
    Values,
    Word,
    Words,
    found_near,
    in_statement,
    neighbours,
    preferred,
)
from searchapp.search import DayCounts, FacetCounts, SearchRequest
from searchapp.written import plain

Scores = NDArray[np.float64]
Ranks = NDArray[np.integer[Any]]
MOST_PREFIXED, MOST_FUZZY = 1000, 200  # words an expansion is bounded to
MOST_READ = 10_000  # texts looked through for sentences and paragraphs: two seconds
_ARTICLES = msgspec.json.Decoder(Article)  # made here: two threads that are the first to decode a type end the process
_COUNTS: dict[TextField, tuple[int, int]] = {
    "text": (TITLE, 1),
    "title": (1, 0),
    "body": (0, 1),
    "said": (1, 1),
}


class LeafRows(NamedTuple):
    """Where a leaf of the query stands: distinct rows, how often in each, and what finding it is worth."""

    rows: Int64s
    often: Scores
    idf: float


class Texts:
    """The words of all rows of one kind, over the segments that hold them."""

    def __init__(self, segments: Sequence[Segment], alive: Bools, lengths: Mapping[TextField, Int32s]) -> None:
        self.size = len(alive)
        self.alive = alive
        self.segments = segments
        self._all_alive = bool(alive.all())
        self._live = int(alive.sum())
        self._lengths = lengths
        self._damping: dict[TextField, Scores] = {}

    def _damped(self, field: TextField) -> Scores:
        if field not in self._damping:
            lengths = self._lengths[field]
            average = float(lengths[self.alive].mean()) if self._live else 0.0
            self._damping[field] = K1 * (1 - B + B * in_steps(lengths).astype(np.float64) / (average or 1.0))
        return self._damping[field]

    @property
    def sizes(self) -> list[int]:
        """How many rows each segment has."""
        return [segment.size for segment in self.segments]

    def scores(self, found: LeafRows, field: TextField) -> Scores:
        """Return the BM25 scores of the rows found in a field."""
        damping = self._damped(field)[found.rows]
        scores: Scores = found.idf * found.often * (K1 + 1) / (found.often + damping)
        return scores

    def segment_of(self, row: int) -> tuple[Segment, int]:
        """Return the segment that holds ``row``, and which of its rows it is."""
        for segment in self.segments:
            if row < segment.size:
                return segment, row
            row -= segment.size
        raise IndexError(row)

    def row_of(self, identity: str) -> int | None:
        """Return the row that is served under this id."""
        base = 0
        for segment in self.segments:
            for row in segment.rows_of(identity):
                if self.alive[base + row]:
                    return base + row
            base += segment.size
        return None

    def spelled(self, wanted: str) -> list[str]:
        """Return the words that have this stem."""
        return list({word: None for segment in self.segments for word in segment.spelled(wanted)})

    def beginning(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield words that begin with ``prefix``, and in how many rows of a segment each stands."""
        return (pair for segment in self.segments for pair in segment.beginning(prefix))

    def near(self, term: str, distance: int) -> Iterator[tuple[str, int]]:
        """Yield words at most ``distance`` edits from ``term``, and in how many rows of a segment each stands."""
        return (pair for segment in self.segments for pair in segment.near(term, distance))

    def postings(self, words: Sequence[str]) -> Postings:
        """Return where ``words`` stand in all rows."""
        parts, base, held = [], 0, 0
        for segment in self.segments:
            rows, starts, positions = segment.postings(words)
            parts.append((rows + base, starts + held, positions))
            base += segment.size
            held += len(positions)
        if not parts:
            return Postings(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint32))
        return Postings(*parts[0]) if len(parts) == 1 else Postings(*map(np.concatenate, zip(*parts, strict=True)))

    def weighed(self, rows: Int64s, often: NDArray[np.int64]) -> LeafRows:
        """Return those of ``rows`` that are served, each once, with the sum of its ``often``."""
        sums: Scores = np.bincount(rows, often, self.size).astype(np.float64, copy=False)
        if not self._all_alive:
            sums *= self.alive
        rows = np.flatnonzero(sums)
        return LeafRows(rows, sums[rows], idf(len(rows), self._live))


class Reading:
    """The words of one request, found in ``texts``: each is read once, however many parts of the request it is in.

    ``cut`` gets a sentence for each thing that was bounded.
    """

    def __init__(self, texts: Texts, cut: dict[str, None]) -> None:
        self._texts = texts
        self._cut = cut
        self._postings: dict[str, Postings] = {}
        self._found: dict[Word, LeafRows] = {}

    def find(self, leaf: Word) -> LeafRows:
        """Return where ``leaf`` stands."""
        if leaf not in self._found:
            budget.check()
            self._found[leaf] = self._find(leaf)
        return self._found[leaf]

    def add_score(self, leaf: Word, scores: Scores) -> None:
        """Add to ``scores`` (one a row) what finding ``leaf`` is worth."""
        found = self.find(leaf)
        if isinstance(leaf, Words):
            self._add(found, leaf, scores)
        elif isinstance(leaf, Exact):
            in_any_form = self.find(Words(leaf.field, (plain(leaf.term),)))
            here = np.isin(in_any_form.rows, found.rows, assume_unique=True)
            self._add(LeafRows(in_any_form.rows[here], in_any_form.often[here], in_any_form.idf), leaf, scores)
        else:
            scores[found.rows] += EXPANDED

    def lift_names(self, names: Iterable[Exact], scores: Scores) -> None:
        """Add to ``scores`` what it is worth that a name is found as it is typed."""
        for name in names:
            scores[self.find(name).rows] += NAMED

    def add_neighbours(self, leaves: Sequence[Words], scores: Scores, rows: Int64s, needed: int) -> None:
        """Add to ``scores`` what it is worth that ``leaves``, which nobody has to match, are found as well.

        Only the ``needed`` best of ``rows`` have to be right: a row that would not be among them even if it had all
        of ``leaves`` keeps its score.
        """
        idfs = [[self.find(Words(leaf.field, (term,))).idf for term in leaf.terms] for leaf in leaves]
        most = sum(_worth(leaf) * sum(each) * (K1 + 1) for leaf, each in zip(leaves, idfs, strict=True))
        among = np.zeros(len(scores), np.bool_)
        among[_best(rows, scores[rows], needed, most)] = True
        for leaf in leaves:
            budget.check()
            found = self.find(leaf) if len(leaf.terms) == 1 else self._phrase(leaf, among)
            self._add(found, leaf, scores)

    def _add(self, found: LeafRows, leaf: Word, scores: Scores) -> None:
        scores[found.rows] += _worth(leaf) * self._texts.scores(found, leaf.field)

    def near(self, near: Near) -> Int64s:
        """Return the rows in which words stand near each other, whether in one sentence or paragraph or not."""
        places = chained([together([self._stretches(word) for word in part]) for part in near.parts], near.links)
        in_title, in_body = _COUNTS[near.field]
        in_field = np.where(places & 0xFFFFFFFF < BODY, in_title, in_body) > 0
        return np.unique(places[in_field] >> 32)

    def _stretches(self, word: Word) -> Places:
        """Return where a word or phrase begins and ends."""
        if not isinstance(word, Words):
            places = _placed(self._texts.postings(self._spelled(word)))
            return Places(places, places)
        each = [self._places(term, None) - number for number, term in enumerate(word.terms)]
        firsts = reduce(_common, sorted(each, key=len))
        return Places(firsts, firsts + (len(word.terms) - 1))

    def _find(self, leaf: Word) -> LeafRows:
        if isinstance(leaf, Words):
            return self._phrase(leaf) if len(leaf.terms) > 1 else self._count(self._read(leaf.terms[0]), leaf.field)
        if isinstance(leaf, Exact):
            return self._as_written(leaf)
        return self._count(self._texts.postings(self._spelled(leaf)), leaf.field)

    def _spelled(self, leaf: Exact | Prefix | Fuzzy) -> list[str]:
        """Return the words as written that ``leaf`` stands for."""
        if isinstance(leaf, Exact):
            return [leaf.term]
        if isinstance(leaf, Prefix):
            told = (
                f'{{:,}} words of this archive begin with "{leaf.prefix}"; only the {{:,}} most common were searched.'
            )
            return _commonest(self._texts.beginning(leaf.prefix), MOST_PREFIXED, told, self._cut)
        told = f'{{:,}} words of this archive are like "{leaf.term}"; only the {{:,}} most common were searched.'
        return _commonest(self._texts.near(leaf.term, leaf.distance), MOST_FUZZY, told, self._cut)

    def _as_written(self, leaf: Exact) -> LeafRows:
        """Find where a word is written so; it is worth what the word is worth in any form."""
        rows = self._count(self._texts.postings([leaf.term]), leaf.field).rows
        in_any_form = self.find(Words(leaf.field, (plain(leaf.term),)))
        often = np.zeros(self._texts.size)
        often[in_any_form.rows] = in_any_form.often
        return LeafRows(rows, often[rows], in_any_form.idf)

    def _read(self, term: str) -> Postings:
        """Return where all words with the stem of ``term`` stand."""
        wanted = stem(term)
        if wanted not in self._postings:
            self._postings[wanted] = self._texts.postings(self._texts.spelled(wanted))
        return self._postings[wanted]

    def _count(self, postings: Postings, field: TextField) -> LeafRows:
        """Treat all words of ``postings`` as one: their occurrences are summed."""
        in_title, in_body = _COUNTS[field]
        if not len(postings.rows):
            return LeafRows(postings.rows, np.empty(0), 0.0)
        if in_title == in_body:
            often = np.diff(postings.starts, append=len(postings.positions)) * in_body
        else:
            each = np.where(postings.positions < BODY, in_title, in_body)
            often = np.add.reduceat(each, postings.starts)
        return self._texts.weighed(postings.rows, often)

    def _phrase(self, leaf: Words, among: Bools | None = None) -> LeafRows:
        """Find rows (of those ``among``, if given) in which the words follow each other: their places, moved back by
        the number of the word in the phrase, are the same for all where the phrase begins."""
        worth = sum(self.find(Words(leaf.field, (term,))).idf for term in leaf.terms)
        places = sorted((self._places(term, among) - number for number, term in enumerate(leaf.terms)), key=len)
        common = reduce(_common, places)
        in_title, in_body = _COUNTS[leaf.field]
        often = np.where(common & 0xFFFFFFFF < BODY, in_title, in_body)
        return self._texts.weighed(common >> 32, often)._replace(idf=worth)

    def _places(self, term: str, among: Bools | None) -> Int64s:
        """Return the places of a word in ascending order: row and position as one number."""
        budget.check()
        return _placed(self._read(term), among)


def _placed(postings: Postings, among: Bools | None = None) -> Int64s:
    rows, starts, positions = postings
    sizes = np.diff(starts, append=len(positions))
    if among is not None:
        chosen = among[rows]
        positions = positions[np.repeat(chosen, sizes)]
        rows, sizes = rows[chosen], sizes[chosen]
    places = (np.repeat(rows, sizes) << 32) + positions
    return np.sort(places, kind="stable")  # the places of several spellings are several runs in order


def _worth(leaf: Word) -> float:
    return PHRASE if isinstance(leaf, Words) and len(leaf.terms) > 1 else 1.0


def _common(few: Int64s, many: Int64s) -> Int64s:
    """Return what two sorted arrays have in common."""
    if not len(few) or not len(many):
        return few[:0]
    common: Int64s = few[many[np.minimum(np.searchsorted(many, few), len(many) - 1)] == few]
    return common


def _commonest(expanded: Iterable[tuple[str, int]], most: int, told: str, cut: dict[str, None]) -> list[str]:
    rows: Counter[str] = Counter()
    for word, count in expanded:
        rows[word] += count
    if len(rows) <= most:
        return list(rows)
    cut[told.format(len(rows), most)] = None
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
        self._reading: dict[View, Reading] = {view: Reading(texts, self.cut) for view, texts in self._texts.items()}

    def ranking(self, request: SearchRequest) -> "Ranking":
        """Return what matches, ranked as far as the page that is asked for."""
        columns, tree, view, sort = self._columns, request.tree(), request.view, request.sort
        rows = np.flatnonzero(self._alive(tree, view))
        scores = self._scores(tree, view) if sort == "relevance" else None
        if scores is not None:
            needed = request.offset + request.limit
            self._reading[view].lift_names(preferred(tree), scores)
            self._reading[view].add_neighbours(neighbours(tree), scores, rows, needed)
        if view == "articles":
            newest, oldest = columns.newest, columns.oldest
        elif request.day == "said":
            newest, oldest = columns.said_on_newest, columns.said_on_oldest
        else:
            newest, oldest = columns.said_newest, columns.said_oldest
        rank: Ranks = (oldest if sort == "oldest" else newest)[rows]
        if sort == "added":
            added = columns.added[rows if view == "articles" else columns.said_article[rows]]
            rank = np.argsort(np.lexsort((rank, -added)))
        return Ranking(rows, np.zeros(len(rows)) if scores is None else told_apart(scores[rows]), rank)

    def facet(self, facet: Facet, request: SearchRequest) -> FacetCounts:
        """Return how many hits there would be with each value of ``facet`` alone of it."""
        budget.check()
        names = self._columns.names[facet]
        counts = np.bincount(
            self._values(facet, request.tree(without=facet), request.view), minlength=len(names.values)
        )
        return listed_of(facet, names, counts, request)

    def days(self, request: SearchRequest) -> DayCounts:
        """Return how many hits there are of each day."""
        columns, mask = self._columns, self._alive(request.tree(), request.view)
        if request.day_counted == "said":
            return DayCounts(_counted(columns.said_on_first[mask]), _counted(columns.said_on_last[mask]))
        rows = columns.said_article[mask] if request.view == "statements" else mask
        return DayCounts(_counted(columns.first[rows]), _counted(columns.last[rows]))

    def _values(self, facet: Facet, tree: Node, view: View) -> Int32s:
        """Return the numbers of the values of ``facet``, each once for each hit that has it."""
        columns, mask = self._columns, self._alive(tree, view)
        if facet in SAID_OF:
            return columns.said_numbers[facet][mask]
        if facet != "speaker":
            values = columns.numbers[facet]
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
        distinct: Int32s = np.unique(article * among + columns.said_speaker[chosen]) % among
        return distinct

    def _alive(self, tree: Node, view: View) -> Bools:
        return self._mask(tree, view) & self._texts[view].alive

    def _mask(self, node: Node, view: View) -> Bools:
        key = (node, view)
        if key not in self._masks:
            budget.check()
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
            case Words() | Exact() | Prefix() | Fuzzy() if (node.field == "said") == (view == "statements"):
                mask = ~self._all(view)
                mask[self._reading[view].find(node).rows] = True
                return mask
            case Near() if (node.field == "said") == (view == "statements"):
                return self._near(node, view)
            case Name("speaker") | Values("speaker"):
                return self._speaker(node, view)
            case Name(field=field) | Values(field=field) if view == "statements" and field in SAID_OF:
                return self._wanted(node)[self._columns.said_numbers[field]]
            case Dates(of="said") if view == "statements":
                return _within(node, self._columns.said_on_first, self._columns.said_on_last)
            case Near(field="title") if view == "statements":
                return self._mask(node, "articles")[self._columns.said_article]
            case Words() | Exact() | Prefix() | Fuzzy() | Name() | Values() | Dates() if (
                node.of != "said" if isinstance(node, Dates) else node.field == "title" or node.field in VALUE_OF
            ):
                if view == "statements":
                    return self._mask(node, "articles")[self._columns.said_article]
                return self._article(node)
            case Alike(sketch) if view == "articles":
                mask = ~self._all(view)
                mask[self._columns.alike(sketch)] = True
                return mask
            case InStatement(part) if view == "articles":
                mask = ~self._all(view)
                mask[self._columns.said_article[self._mask(part, "statements")]] = True
                return mask
        raise UnsupportedQuery(f"This part of a query cannot be answered for {view}: {node}.")

    def _near(self, near: Near, view: View) -> Bools:
        mask = ~self._all(view)
        mask[self._reading[view].near(near)] = True
        if any(link.unit for link in near.links):
            rows = np.flatnonzero(mask & self._texts[view].alive).tolist()
            if len(rows) > MOST_READ:
                raise too_many(len(rows), MOST_READ)
            mask[rows] = [self._stands(near, row, view) for row in rows]
        return mask

    def _stands(self, near: Near, row: int, view: View) -> bool:
        """Read the text of a row to tell whether words stand in it as asked."""
        budget.check()
        columns = self._columns
        segment, own = self._texts["articles"].segment_of(row if view == "articles" else columns.said_article[row])
        article = _ARTICLES.decode(segment.stored(own))
        statement = article.statements[columns.said_index[row]] if view == "statements" else None
        return any(found_near(near, text) for text in runs(near.field, article, statement))

    def _each(self, parts: Iterable[Node], view: View) -> Iterator[Bools]:
        return (self._mask(part, view) for part in parts)

    def _all(self, view: View) -> Bools:
        return np.ones(self._texts[view].size, np.bool_)

    def _article(self, node: Node) -> Bools:
        columns = self._columns
        if isinstance(node, Dates):
            return _within(node, *((columns.added,) * 2 if node.of == "added" else (columns.first, columns.last)))
        assert isinstance(node, Name | Values)
        return self._wanted(node)[columns.numbers[node.field]]

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
        names = self._columns.names[node.field]
        wanted = np.zeros(len(names.values), np.bool_)
        wanted[names.wanted(node)] = True
        return wanted

    def _scores(self, node: Node, view: View) -> Scores | None:
        """Return the score of each row, 0 where ``node`` does not match, or None if it has none at all."""
        if isinstance(node, And | Or):
            scored = [scores for part in once(node.parts) if (scores := self._scores(part, view)) is not None]
            if not scored:
                return None
            scores = reduce(np.add, scored)
            return np.where(self._mask(node, view), scores, 0.0) if isinstance(node, And) else scores
        if isinstance(node, Text) and (node.field == "said") == (view == "statements"):
            if isinstance(node, Near):  # worth what its words are worth
                worth = self._scores(node.words, view)
                return None if worth is None else np.where(self._mask(node, view), worth, 0.0)
            scores = np.zeros(self._texts[view].size)
            self._reading[view].add_score(node, scores)
            return scores
        return None


class Ranking(NamedTuple):
    """Rows that match, their scores, and the rank of each among those of equal score."""

    rows: Int64s
    scores: Scores
    rank: Ranks

    def page(self, offset: int, limit: int) -> list[tuple[int, float]]:
        """Return the rows of a page with their scores, best first."""
        rows, scores, rank = self
        needed = offset + limit
        best = _best(np.arange(len(rows)), scores, needed)
        rows, scores, rank = rows[best], scores[best], rank[best]
        order = np.lexsort((rank, -scores))[offset:needed]
        return list(zip(rows[order].tolist(), scores[order].tolist(), strict=True))


def _within(dates: Dates, firsts: Int32s, lasts: Int32s) -> Bools:
    """Return which days overlap those that are asked for; 0 is no day."""
    mask = firsts > 0
    if dates.first:
        mask &= lasts >= dates.first.toordinal()
    if dates.last:
        mask &= firsts <= dates.last.toordinal()
    return mask


def _counted(days: Int32s) -> dict[int, int]:
    """Return how often each day (an ordinal) is there, no day (0) left out."""
    days = days[days > 0]
    earliest = int(days.min()) if len(days) else 0
    counts = np.bincount(days - earliest)
    present = np.flatnonzero(counts)
    return dict(zip((present + earliest).tolist(), counts[present].tolist(), strict=True))


def _best(rows: Int64s, scores: Scores, needed: int, slack: float = 0.0) -> Int64s:
    """Return those of ``rows`` whose score is at most ``slack`` below that of the ``needed``-th best."""
    if not 0 < needed < len(rows):
        return rows
    worst = float(np.partition(scores, -needed)[-needed])
    best: Int64s = rows[scores >= worst - slack]
    return best
