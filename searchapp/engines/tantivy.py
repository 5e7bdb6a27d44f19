"""The engine of large archives on one machine: Tantivy stores, matches, ranks and counts."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, groupby, product
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from tantivy import DocAddress, Document, FieldType, Occur, Order, Query, Schema, Searcher

from searchapp.analysis import stem
from searchapp.engines import SCHEMA
from searchapp.engines.columns import Counts, Names, day, listed
from searchapp.engines.ranking import PHRASE
from searchapp.engines.tantivy_store import KINDS, OTHERS, Found, Kind, Writer, columns, link_indexes, mark, open_index
from searchapp.errors import UnsupportedQuery
from searchapp.model import FACETS, Article, Facet, FacetCounts, Hit, IndexInfo, Results, SearchRequest, Sort, View
from searchapp.query import (
    Alike,
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
    neighbours,
)

Leaf = Words | Prefix | Fuzzy
_Scored = tuple[float, DocAddress]

SPARE = 32  # hits asked for beyond a page, so that those of equal score can mostly be put in order at once
MOST_READ = 200  # hits of equal score and day whose ids are read one by one
FEW = 2000  # hits up to which all are fetched, and their facets read one by one: a second search takes longer
BUCKETS = 65_000  # of one aggregation; tantivy refuses more
MOST_MARKS = 64  # alternatives up to which one statement is found by its marks
MOST_TERMS = 300  # up to which a union of terms is faster than tantivy's set of terms
MOST_EDITS = 2  # that tantivy's automata are built for
_AS_WRITTEN: dict[TextField, tuple[str, ...]] = {
    "text": ("title_words", "body_words"),
    "title": ("title_words",),
    "body": ("body_words",),
    "said": ("said_words",),
}

_BY_DAY: dict[Sort, dict[str, Any]] = {
    "newest": {"order_by_field": "day", "order": Order.Desc},
    "oldest": {"order_by_field": "oldest", "order": Order.Asc},
}
_COUNTING = ThreadPoolExecutor(thread_name_prefix="facets")


class Shelf(NamedTuple):
    """One of the indexes, opened."""

    searcher: Searcher
    schema: Schema


@dataclass(frozen=True)
class TantivyArchive:
    """A generation of three tantivy indexes; see ``Archive`` for the methods. Thread-safe."""

    folder: Path
    info: IndexInfo
    shelves: Mapping[Kind, Shelf]
    rows: int
    statement_rows: int
    names: Mapping[Facet, Names]

    @classmethod
    def open(cls, folder: Path, info: IndexInfo) -> "TantivyArchive":
        found = msgspec.json.decode((folder / "found.json").read_bytes(), type=Found)
        names = {facet: Names(list(numbers)) for facet, numbers in found.numbers.items()}
        return cls(
            folder, info, {kind: _shelf(folder, kind) for kind in KINDS}, found.rows, found.statement_rows, names
        )

    @classmethod
    def build(cls, folder: Path, articles: Iterable[Article], corpus: str) -> IndexInfo:
        found = Found({facet: {"": 0} for facet in FACETS})
        return _write(folder, articles, (), found, lambda _: False, corpus)

    def extend(self, folder: Path, articles: Iterable[Article], deleted: Iterable[str]) -> IndexInfo:
        link_indexes(self.folder, folder)
        numbers = {facet: dict(names.numbers) for facet, names in self.names.items()}
        found = Found(numbers, self.rows, self.statement_rows)
        return _write(folder, articles, deleted, found, self._holds, self.info.corpus)

    def _holds(self, identity: str) -> bool:
        return self.find("articles", identity) is not None

    def search(self, request: SearchRequest) -> Results:
        asking = _Asking(self)
        found = asking.found(request)
        many = found.few is None and request.facets
        facets = _Counting(asking, request) if many else asking.facets(request, found.few)
        hits = tuple(self.articles_at(found.page) if request.view == "articles" else self.statements_at(found.page))
        return Results(found.total, hits, facets, self.info.generation)

    def get(self, ids: Iterable[str]) -> Mapping[str, Article]:
        found = {identity: self.find("articles", identity) for identity in ids}
        return {identity: self.article(address) for identity, address in found.items() if address}

    def article_of(self, statement_id: str) -> str | None:
        address = self.find("statements", statement_id)
        return None if address is None else str(self.stored("statements", address, "article"))

    def digests(self) -> Iterator[tuple[str, str]]:
        searcher = self.shelves["articles"].searcher
        for _, address in searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False).hits:
            document: Any = searcher.doc(address)
            yield document.get_first("id"), document.get_first("digest").decode()

    def find(self, kind: Kind, identity: str) -> DocAddress | None:
        """Return where the article or statement of this id is."""
        searcher, schema = self.shelves[kind]
        hits = searcher.search(Query.term_query(schema, "id", identity, "basic"), 1, count=False).hits
        return hits[0][1] if hits else None

    def stored(self, kind: Kind, address: DocAddress, field: str) -> Any:
        """Return what was stored in a field."""
        return self.shelves[kind].searcher.doc(address).get_first(field)

    def article(self, address: DocAddress) -> Article:
        """Return the article there."""
        return msgspec.json.decode(self.stored("articles", address, "stored"), type=Article)

    def articles_at(self, page: Iterable[_Scored]) -> Iterator[Hit]:
        """Yield the articles of a page of scores and addresses as hits."""
        return (Hit(self.article(address), None, score) for score, address in page)

    def statements_at(self, page: Iterable[_Scored]) -> Iterator[Hit]:
        """Yield the statements of a page of scores and addresses as hits."""
        searcher = self.shelves["statements"].searcher
        found = [(score, *_place(searcher.doc(address))) for score, address in page]
        articles = self.get({identity for _, identity, _ in found})
        for score, identity, place in found:
            yield Hit(articles[identity], articles[identity].statements[place], score)


class _Counting(Mapping[Facet, FacetCounts]):
    """The facets of many hits, which are counted while the reader of the results is busy with a page of them: tantivy
    leaves Python to others meanwhile, and half of the work is counting."""

    def __init__(self, asking: "_Asking", request: SearchRequest) -> None:
        self._counted = _COUNTING.submit(asking.facets, request)

    def __getitem__(self, facet: Facet) -> FacetCounts:
        return self._counted.result()[facet]

    def __iter__(self) -> Iterator[Facet]:
        return iter(self._counted.result())

    def __len__(self) -> int:
        return len(self._counted.result())

    def __repr__(self) -> str:
        return repr(self._counted.result())


class _Found(NamedTuple):
    """How many hits a request has, the scores and places of those of its page, and of all if they are ``few``."""

    total: int
    page: list[_Scored]
    few: list[DocAddress] | None = None


class _Asking:
    """One request's work: each part of its trees is compiled once, however many facets and filters share it."""

    def __init__(self, archive: TantivyArchive) -> None:
        self._archive = archive
        self._queries: dict[tuple[Node, Kind], Query] = {}

    def found(self, request: SearchRequest) -> _Found:
        """Return what is found, and in what order."""
        tree, view = request.tree(), request.view
        query, searcher = self._query(tree, view), self._archive.shelves[view].searcher
        end = min(request.offset + request.limit, searcher.num_docs)
        if end <= request.offset:
            return _Found(_count(searcher.search(query, 1)), [])
        ranked = request.sort == "relevance" and not _is_even(tree, view)
        if ranked:
            query = self._with_neighbours(query, tree, view)
        order = {} if ranked else _BY_DAY["oldest" if request.sort == "oldest" else "newest"]
        limit = max(end + SPARE, FEW if request.facets else 0)
        while True:
            found = searcher.search(query, min(limit, searcher.num_docs), **order)  # counting, it scores all in one way
            hits = found.hits
            if len(hits) < limit or hits[-1][0] != hits[end - 1][0]:
                break
            limit *= 4
        total = _count(found)
        page = self._page(hits, query, view, request.offset, end)
        few = [address for _, address in hits] if total == len(hits) else None
        return _Found(total, page if ranked else [(0.0, address) for _, address in page], few)

    def facets(self, request: SearchRequest, few: list[DocAddress] | None = None) -> dict[Facet, FacetCounts]:
        """Return the facets asked for, each counted without its own filters; ``few`` are all hits, if known."""
        whole, asked = request.tree(), defaultdict[Node, list[Facet]](list)
        for facet in request.facets:
            asked[request.tree(without=facet)].append(facet)
        counts: dict[Facet, Counts] = {}
        for tree, facets in asked.items():
            counts |= self._counts(tree, request.view, facets, few if tree == whole else None)
        found = {}
        for facet in request.facets:
            choice = request.filters.choice(facet)
            chosen = list(dict.fromkeys((*choice.wanted, *choice.unwanted)))
            most = None if facet == "year" else request.facet_limit
            found[facet] = listed(self._archive.names[facet], counts[facet], chosen, most)
        return found

    # Ranking

    def _with_neighbours(self, query: Query, tree: Node, view: View) -> Query:
        extra = [(Occur.Should, self._query(words, view)) for words in neighbours(tree)]
        return Query.boolean_query([(Occur.Must, query), *extra]) if extra else query

    def _page(self, hits: list[_Scored], query: Query, view: View, first: int, end: int) -> list[_Scored]:
        """Return the hits from ``first`` to ``end``, those of equal score (or day) newest first, then by id: tantivy
        leaves them as they were written. Among ``hits`` are all that tie with the last one of the page."""
        ordered: list[_Scored] = []
        for _, group in groupby(hits, key=lambda hit: hit[0]):
            tied = list(group)
            if len(tied) > 1 and first < len(ordered) + len(tied):
                tied = self._by_newest(tied, query, view, end - len(ordered))
            ordered += tied
            if len(ordered) >= end:
                break
        return ordered[first:end]

    def _by_newest(self, tied: list[_Scored], query: Query, view: View, needed: int) -> list[_Scored]:
        """Return at least the ``needed`` first of some of what ``query`` finds, sorted: newest first, then by id."""
        of_day: dict[int, list[_Scored]] = defaultdict(list)
        days = _values(self._archive.shelves[view].searcher, "day", [address for _, address in tied])
        for date, hit in zip(days, tied, strict=True):
            of_day[date].append(hit)
        ordered: list[_Scored] = []
        for date in sorted(of_day, reverse=True):
            if len(ordered) >= needed:
                break
            ordered += self._by_id(of_day[date], date, query, view, needed - len(ordered))
        return ordered

    def _by_id(self, tied: list[_Scored], date: int, query: Query, view: View, needed: int) -> list[_Scored]:
        """Return at least the ``needed`` first of some of what ``query`` finds on a day, sorted by id."""
        if len(tied) == 1:
            return tied
        if len(tied) <= MOST_READ:
            return sorted(tied, key=lambda hit: str(self._archive.stored(view, hit[1], "id")))
        by_place = {(address.segment_ord, address.doc): (score, address) for score, address in tied}
        searcher, schema = self._archive.shelves[view]
        on_day = _both(query, _range(schema, "day", date, date))
        limit = needed + SPARE
        while True:
            hits = searcher.search(on_day, limit, count=False, order_by_field="id", order=Order.Asc).hits
            places = ((address.segment_ord, address.doc) for _, address in hits)
            found = [by_place[place] for place in places if place in by_place]
            if len(found) >= needed or len(hits) < limit:
                return found
            limit *= 8

    # Facets

    def _counts(
        self, tree: Node, view: View, facets: Sequence[Facet], few: list[DocAddress] | None
    ) -> dict[Facet, Counts]:
        """Return for each facet how many hits, all of them if they are ``few``, have each of its values."""
        inside = in_statement(tree) if view == "articles" and "speaker" in facets else None
        if inside is None:
            return self._counted(view, self._query(tree, view), facets, few)
        others = [facet for facet in facets if facet != "speaker"]
        among = self._counted(view, self._query(tree, view), others, few) if others else {}
        return among | {"speaker": self._voices(tree, inside)}

    def _voices(self, tree: Node, inside: InStatement) -> Counts:
        """Return for each speaker how many of the articles that match ``tree`` hold a statement of theirs that is
        ``inside``."""
        said = self._query(inside, "voices")
        rest = [part for part in tree.parts if part is not inside] if isinstance(tree, And) else []
        if not all(isinstance(part, Values | Dates) for part in rest):  # what voices do not know
            articles, _ = _column(self._archive.shelves["articles"].searcher, self._query(tree, "articles"), "row")
            if len(articles) > MOST_TERMS:
                return self._voices_in(articles, said)
            rest, said = [], _both(said, _any_of(self._archive.shelves["voices"].schema, "row", articles.tolist()))
        query = _both(said, *(self._query(part, "voices") for part in rest))
        return self._counted("voices", query, ["speaker"])["speaker"]

    def _voices_in(self, articles: Counts, said: Query) -> Counts:
        """Return for each speaker how many voices ``said`` finds in these rows of articles."""
        searcher = self._archive.shelves["voices"].searcher
        wanted = np.zeros(self._archive.rows, np.bool_)
        wanted[articles] = True
        rows, places = _column(searcher, said, "row")
        speakers = np.array(_values(searcher, "speaker0_number", places), np.int64)
        return np.bincount(speakers[wanted[rows]] - 1, minlength=len(self._archive.names["speaker"].values))

    def _counted(
        self, kind: Kind, query: Query, facets: Sequence[Facet], few: list[DocAddress] | None = None
    ) -> dict[Facet, Counts]:
        shelf, of = self._archive.shelves[kind], _columns(facets, kind)
        sizes = {facet: len(self._archive.names[facet].values) for facet in facets}
        return _counted(shelf.searcher, query, of, sizes) if few is None else _read(shelf, few, of, sizes)

    # Trees

    def _query(self, node: Node, kind: Kind) -> Query:
        key = (node, kind)
        if key not in self._queries:
            self._queries[key] = self._compile(node, kind)
        return self._queries[key]

    def _compile(self, node: Node, kind: Kind) -> Query:
        schema = self._archive.shelves[kind].schema
        match node:
            case And(parts):
                return _both(*(self._query(part, kind) for part in parts))
            case Or(parts):
                return Query.boolean_query([(Occur.Should, self._query(part, kind)) for part in parts])
            case Not(part):
                return Query.boolean_query([(Occur.Must, _all()), (Occur.MustNot, self._query(part, kind))])
            case Everything():
                return _all()
            case Words() | Prefix() | Fuzzy() if kind != "voices" and (node.field == "said") == (kind == "statements"):
                return _leaf(node, schema)
            case Words(field="title") | Prefix(field="title") | Fuzzy(field="title") if kind == "statements":
                return _unscored(_leaf(node, schema))
            case Name(field=field) | Values(field=field) if field != "speaker" or kind != "voices":
                return _unscored(_any_of(schema, field, self._chosen(node)))
            case Dates(first, last):
                since = (first.toordinal() if first else 1, None)
                until = (None, last.toordinal() if last else None)
                spans = {"last": since} | ({"first": until} if last else {})
                return _unscored(_both(*(_range(schema, field, *bounds) for field, bounds in spans.items())))
            case Alike(sketch) if kind == "articles":
                return _unscored(_any_of(schema, "sketch", sketch))
            case InStatement(part) if kind != "statements":
                return _unscored(self._in_statement(part, kind))
        raise UnsupportedQuery(f"This part of a query cannot be answered for {kind}: {node}.")

    def _in_statement(self, part: Node, kind: Kind) -> Query:
        """Return which articles, or voices, have a statement that satisfies ``part``."""
        schema = self._archive.shelves[kind].schema
        marks = self._marks(part)
        if marks is None:
            column, field = ("article_row", "row") if kind == "articles" else ("row", "statement")
            searcher = self._archive.shelves["statements"].searcher
            rows, _ = _column(searcher, self._query(part, "statements"), column)
            return _any_of(schema, field, np.unique(rows).tolist())
        return Query.boolean_query([(Occur.Should, _at_one_place(schema, each)) for each in marks])

    def _marks(self, part: Node) -> list[frozenset[str]] | None:
        """Return alternatives: a statement satisfies ``part`` if all marks of one of them are on it. None if that
        cannot be told by marks, or by too many of them."""
        match part:
            case Words(field="said", terms=(term,)):
                return [frozenset((stem(term),))]
            case Name(field="speaker") | Values(field="speaker"):
                found = [frozenset((mark(value),)) for value in self._chosen(part)]
            case Or(parts) | And(parts):
                each = [marks for one in parts if (marks := self._marks(one)) is not None]
                if len(each) < len(parts):
                    return None
                if isinstance(part, Or):
                    found = list(chain(*each))
                elif prod(len(marks) for marks in each) > MOST_MARKS:
                    return None
                else:
                    found = [frozenset().union(*chosen) for chosen in product(*each)]
            case _:
                return None
        return found if len(found) <= MOST_MARKS else None

    def _chosen(self, node: Name | Values) -> list[str]:
        """Return the values of a facet that are asked for."""
        names = self._archive.names[node.field]
        return [names.values[number] for number in names.wanted(node)]


def _is_even(node: Node, view: View) -> bool:
    """Say whether all that matches has the same score, so that it need not be computed."""
    match node:
        case And(parts):
            return all(_is_even(part, view) for part in parts)
        case Or(parts):
            return all(_is_even(part, view) and not isinstance(part, And | Or | Leaf) for part in parts)
    return not isinstance(node, Words) or (node.field == "said") != (view == "statements")


def _leaf(leaf: Leaf, schema: Schema) -> Query:
    """Return a query for words. A prefix or a fuzzy word is worth the same wherever it is found."""
    if isinstance(leaf, Words):
        stems: list[str | tuple[int, str]] = list(map(stem, leaf.terms))
        if len(stems) == 1:
            return Query.term_query(schema, leaf.field, stems[0])
        return Query.boost_query(Query.phrase_query(schema, leaf.field, stems), PHRASE)
    if isinstance(leaf, Fuzzy) and leaf.distance > MOST_EDITS:
        raise UnsupportedQuery(f"Tantivy finds words up to {MOST_EDITS} edits away, not {leaf.distance}.")
    each = [
        Query.fuzzy_term_query(schema, field, leaf.prefix, 0, prefix=True)  # a regex takes half a millisecond to make
        if isinstance(leaf, Prefix)
        else Query.fuzzy_term_query(schema, field, leaf.term, leaf.distance)
        for field in _AS_WRITTEN[leaf.field]
    ]
    return Query.const_score_query(Query.boolean_query([(Occur.Should, query) for query in each]), 1.0)


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _all() -> Query:
    return _unscored(Query.all_query())


def _both(*queries: Query) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def _any_of(schema: Schema, field: str, values: Sequence[str] | Sequence[int]) -> Query:
    if len(values) > MOST_TERMS:
        return Query.term_set_query(schema, field, values)
    return Query.boolean_query([(Occur.Should, Query.term_query(schema, field, value, "basic")) for value in values])


def _range(schema: Schema, field: str, lowest: int | None, highest: int | None) -> Query:
    return Query.range_query(schema, field, FieldType.Unsigned, lowest, highest)


def _at_one_place(schema: Schema, marks: frozenset[str]) -> Query:
    if len(marks) == 1:
        return Query.term_query(schema, "said", next(iter(marks)))
    return Query.phrase_query(schema, "said", [(0, each) for each in marks])


def _place(statement: Document) -> tuple[str, int]:
    """Return the article of a stored statement, and which of its statements it is."""
    article: Any = statement.get_first("article")
    place: Any = statement.get_first("index")
    return article, place


def _count(found: Any) -> int:
    """Return how many there are in all: tantivy's annotations lack it."""
    return int(found.count)


# Counting


def _columns(facets: Iterable[Facet], kind: Kind) -> dict[str, Facet]:
    return {column: facet for facet in facets for column in columns(facet, kind)}


def _counted(
    searcher: Searcher, query: Query, of: Mapping[str, Facet], sizes: Mapping[Facet, int]
) -> dict[Facet, Counts]:
    """Return for some facets, with so many values each, how many of those that match have each value, by the columns
    ``of`` them."""
    counts = {facet: [0] * (size + 1) for facet, size in sizes.items()}
    at_once = {column: {"terms": {"field": column, "size": BUCKETS}} for column in of if sizes[of[column]] < BUCKETS}
    for column, found in (searcher.aggregate(query, at_once) if at_once else {}).items():
        often = counts[of[column]]
        for bucket in found["buckets"]:
            often[bucket["key"]] += bucket["doc_count"]
    for column in of.keys() - at_once.keys():
        often = counts[of[column]]
        for bucket in _many_buckets(searcher, query, column):
            often[bucket["key"]["number"]] += bucket["doc_count"]
    return {facet: np.array(often[1:], np.int64) for facet, often in counts.items()}


def _read(
    shelf: Shelf, hits: list[DocAddress], of: Mapping[str, Facet], sizes: Mapping[Facet, int]
) -> dict[Facet, Counts]:
    """Return the same for these hits, whose columns are read: all but the one that holds several values for some."""
    searcher, schema = shelf
    counts = {facet: np.zeros(size + 1, np.int64) for facet, size in sizes.items()}
    for column, facet in of.items():
        if column != OTHERS:
            numbers = np.array(_values(searcher, column, hits), np.int64)
            counts[facet] += np.bincount(numbers, minlength=sizes[facet] + 1)
    counted = {facet: each[1:] for facet, each in counts.items()}
    if OTHERS in of and (rows := _rows_with(searcher, hits, OTHERS)):
        counted["speaker"] += _counted(searcher, _any_of(schema, "row", rows), {OTHERS: "speaker"}, sizes)["speaker"]
    return counted


def _rows_with(searcher: Searcher, hits: list[DocAddress], column: str) -> list[int]:
    there, rows = _values(searcher, column, hits), _values(searcher, "row", hits)
    return [row for row, number in zip(rows, there, strict=True) if number is not None]


def _many_buckets(searcher: Searcher, query: Query, column: str) -> Iterator[dict[str, Any]]:
    """Yield the buckets of a column that may have any number of values, as they come: some at a time."""
    part: dict[str, Any] = {"size": BUCKETS, "sources": [{"number": {"terms": {"field": column}}}]}
    while True:
        found = searcher.aggregate(query, {"all": {"composite": part}})["all"]
        yield from found["buckets"]
        if len(found["buckets"]) < BUCKETS:
            break
        part["after"] = found["after_key"]


def _values(searcher: Searcher, column: str, hits: list[DocAddress]) -> list[Any]:
    """Return what hits have in a column of numbers, None where one has nothing."""
    return searcher.fast_field_values(column, hits)


def _column(searcher: Searcher, query: Query, field: str) -> tuple[Counts, list[DocAddress]]:
    """Return what all that matches has in a column of numbers, and where it is."""
    hits = searcher.search(query, max(1, searcher.num_docs), count=False, order_by_field=field).hits
    return np.array([number for number, _ in hits], np.int64), [address for _, address in hits]


# Writing


@contextmanager
def _disk_told() -> Iterator[None]:
    """Raise OSError where the disk is full or broken: tantivy tells that by other errors."""
    try:
        yield
    except ValueError as error:
        if re.search("IO error|io::Error", str(error)):
            raise OSError(f"the disk is full or broken: {error}") from error
        raise


@_disk_told()
def _write(
    folder: Path,
    articles: Iterable[Article],
    deleted: Iterable[str],
    found: Found,
    held: Callable[[str], bool],
    corpus: str,
) -> IndexInfo:
    """Add articles to the indexes in ``folder``, which hold what is ``found`` and ids that are ``held``."""
    writer, added = Writer(folder, found), set()
    try:
        for article in articles:
            if article.id in added or held(article.id):
                writer.delete(article.id)
            writer.add(article)
            added.add(article.id)
        for identity in deleted:
            writer.delete(identity)
        writer.commit()
    except BaseException:
        writer.cancel()
        raise
    (folder / "found.json").write_bytes(msgspec.json.encode(found))
    return _info(folder, corpus, {facet: len(numbers) for facet, numbers in found.numbers.items()})


def _info(folder: Path, corpus: str, sizes: Mapping[Facet, int]) -> IndexInfo:
    searcher, everything = _shelf(folder, "articles").searcher, Query.all_query()
    counts = _counted(searcher, everything, _columns(("speaker", "source"), "articles"), sizes)
    asked = {"first": {"min": {"field": "first"}}, "last": {"max": {"field": "last"}}}
    days = searcher.aggregate(everything, asked)
    return IndexInfo(
        engine="tantivy",
        generation=folder.name,
        articles=searcher.num_docs,
        statements=_shelf(folder, "statements").searcher.num_docs,
        speakers=int(np.count_nonzero(counts["speaker"][1:])),
        sources=int(np.count_nonzero(counts["source"][1:])),
        first=day(int(days["first"]["value"] or 0)),
        last=day(int(days["last"]["value"] or 0)),
        built=datetime.now(UTC),
        corpus=corpus,
        schema=SCHEMA,
    )


def _shelf(folder: Path, kind: Kind) -> Shelf:
    index = open_index(folder, kind)
    return Shelf(index.searcher(), index.schema)
