"""The engine of large archives on one machine: Tantivy stores, matches, ranks and counts.

Over 400 lines: compiling a tree, ranking, counting and building share three open indexes and the numbers of their rows;
what needs none of them stands in ``queries``, ``columns`` and ``store``.
"""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain, groupby, product
from math import prod
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
import numpy as np
from tantivy import DocAddress, Document, Occur, Order, Query, Schema

from searchapp import budget
from searchapp.analysis import stem, this_analysis
from searchapp.article import Article, cited_key, named
from searchapp.engines.facets import Counts, Names, listed_of, most_listed
from searchapp.engines.protocol import SCHEMA, day, runs, too_many
from searchapp.engines.ranking import NAMED, once, place_of, told_apart
from searchapp.engines.stored import AT_ONCE, Read, whole
from searchapp.engines.stored import brief as in_brief
from searchapp.engines.tantivy.columns import Sought, column, counted, counted_among, days_counted, values
from searchapp.engines.tantivy.queries import (
    MOST_TERMS,
    all_of,
    any_of,
    as_written,
    at_one_place,
    both,
    effort,
    is_even,
    leaf_query,
    near_query,
    range_query,
    unscored,
)
from searchapp.engines.tantivy.store import (
    KINDS,
    Kind,
    Numbering,
    Shelf,
    Writer,
    let_read,
    link_indexes,
    mark,
    number_of_deleted,
    open_shelf,
    since,
)
from searchapp.engines.vocabulary import MOST_WORDS, Vocabulary
from searchapp.errors import UnsupportedQuery
from searchapp.fields import FACETS, VALUE_OF, Facet, Sort, View
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
    Values,
    Words,
    found_near,
    in_statement,
    neighbours,
    preferred,
)
from searchapp.search import DayCounts, FacetCounts, Hit, IndexInfo, Results, SearchRequest, Walk

# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_NUMBERING = msgspec.json.Decoder(Numbering)
_Scored = tuple[float, DocAddress]
_Name = tuple[Literal["speaker", "source"], str]
SPARE = 32  # hits asked for beyond a page, so that those of equal score can mostly be put in order at once
MOST_READ = 200  # hits of equal score and day whose ids are read one by one
FEW = 2000  # hits up to which all are fetched, and their facets read one by one: a second search takes longer
MOST_MARKS = 64  # alternatives up to which one statement is found by its marks
MOST_LOOKED_THROUGH = 10_000  # texts that are read for sentences and paragraphs: two seconds
QUICK = 12  # effort that a search may take without waiting for its turn: two beginnings of words and two words
MOST_CHANGED = 300  # names of speakers and sources up to which each is looked for, before and after an update
ALWAYS_ANEW = 1000  # articles up to which nothing deleted is left in the indexes: they are written within a second
MOST_DELETED = 0.05  # of the articles, beyond that: so writing them anew takes less than making them did
_BY_DAY: dict[Sort, dict[str, Any]] = {
    "newest": {"order_by_field": "day", "order": Order.Desc},
    "oldest": {"order_by_field": "oldest", "order": Order.Asc},
    "added": {"order_by_field": "arrival", "order": Order.Desc},
}


@dataclass(frozen=True)
class TantivyArchive:
    """A generation of three tantivy indexes; see ``Archive`` for the methods. Thread-safe."""

    folder: Path
    info: IndexInfo
    shelves: Mapping[Kind, Shelf]
    rows: int
    statement_rows: int
    precise: bool
    names: Mapping[Facet, Names]

    @classmethod
    def open(cls, folder: Path, info: IndexInfo) -> "TantivyArchive":
        numbering = _NUMBERING.decode((folder / "found.json").read_bytes())
        names = {facet: Names(list(numbers)) for facet, numbers in numbering.numbers.items()}
        shelves: dict[Kind, Shelf] = {kind: open_shelf(folder, kind) for kind in KINDS}
        return cls(folder, info, shelves, numbering.rows, numbering.statement_rows, numbering.precise, names)

    @classmethod
    def build(cls, folder: Path, articles: Iterable[Article], corpus: str) -> IndexInfo:
        return _write(folder, articles, (), Numbering({facet: {"": 0} for facet in FACETS}), None, corpus)

    def extend(self, folder: Path, articles: Iterable[Article], deleted: Iterable[str]) -> IndexInfo:
        link_indexes(self.folder, folder)
        numbers = {facet: dict(names.numbers) for facet, names in self.names.items()}
        numbering = Numbering(numbers, self.rows, self.statement_rows, self.precise)
        info = _write(folder, articles, deleted, numbering, self, self.info.corpus)
        written = self.open(folder, info)
        if not written.is_worn():
            return info
        return replace(_written_anew(folder, written.all_articles(), info.corpus), generation=info.generation)

    def is_worn(self) -> bool:
        """Tell whether so much of the indexes is deleted that they are to be written anew: until then what is deleted
        counts in averages and idf, by which articles are ranked."""
        gone = max(number_of_deleted(self.folder, kind) for kind in KINDS)
        return gone > (0 if self.info.articles <= ALWAYS_ANEW else MOST_DELETED * self.info.articles)

    def all_articles(self) -> Iterator[Article]:
        """Yield the articles, in no order."""
        searcher = self.shelves["articles"].searcher
        for _, address in searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False).hits:
            yield self.article(address)

    @cached_property
    def words(self) -> Vocabulary:
        listed = self.shelves["articles"].searcher.terms_with_prefix
        return Vocabulary(*(listed(field, "", limit=MOST_WORDS) for field in ("text_words", "title_words")))

    def search(self, request: SearchRequest) -> Results:
        asking = _Asking(self, request)
        if effort(request.tree()) > QUICK:
            budget.take_turn()  # tantivy cannot be stopped on the way
        ranked = asking.hit_page()
        hits = self.articles_at(ranked.page) if request.view == "articles" else self.statements_at(ranked.page)
        days = asking.days(ranked.few) if request.days else None
        return Results(ranked.total, tuple(hits), asking.facets(ranked.few), self.info.generation, days=days)

    def walk(self, request: SearchRequest, *, brief: bool) -> Walk:
        total, parts = _Asking(self, request).parts()
        return Walk(total, self._walked(parts, request, in_brief if brief else whole), self.info.generation)

    def _walked(self, parts: Iterable[list[_Scored]], request: SearchRequest, read: Read) -> Iterator[Hit]:
        to_pass = request.offset
        for part in parts:
            if to_pass < len(part):
                part.sort(key=lambda hit: (hit[1].segment_ord, hit[1].doc))  # what lies together is unpacked once
                hits = self.articles_at(part, read) if request.view == "articles" else self.statements_at(part)
                yield from sorted(hits, key=lambda hit: place_of(hit, request.sort, request.day))[to_pass:]
            to_pass = max(0, to_pass - len(part))

    def get(self, ids: Iterable[str]) -> Mapping[str, Article]:
        found = {identity: self.find("articles", identity) for identity in ids}
        return {identity: self.article(address) for identity, address in found.items() if address}

    def article_of(self, statement_id: str) -> str | None:
        address = self.find("articles", cited_key(statement_id), "key")
        return None if address is None else str(self.stored("articles", address, "id"))

    def digests(self) -> Iterator[tuple[str, str]]:
        searcher = self.shelves["articles"].searcher
        for _, address in searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False).hits:
            document: Any = searcher.doc(address)
            yield document.get_first("id"), document.get_first("digest").decode()

    def find(self, kind: Kind, identity: str, field: Literal["id", "key"] = "id") -> DocAddress | None:
        """Return where the article or statement of this id, or article with this key, is."""
        searcher, schema = self.shelves[kind]
        hits = searcher.search(Query.term_query(schema, field, identity, "basic"), 1, count=False).hits
        return hits[0][1] if hits else None

    def stored(self, kind: Kind, address: DocAddress, field: str) -> Any:
        """Return what was stored in a field."""
        return self.shelves[kind].searcher.doc(address).get_first(field)

    def article(self, address: DocAddress, read: Read = whole) -> Article:
        """Return the article there."""
        return read(self.stored("articles", address, "stored"))

    def articles_at(self, page: Iterable[_Scored], read: Read = whole) -> Iterator[Hit]:
        """Yield the articles of a page of scores and addresses as hits."""
        return (Hit(self.article(address, read), None, score) for score, address in page)

    def statements_at(self, page: Iterable[_Scored]) -> Iterator[Hit]:
        """Yield the statements of a page of scores and addresses as hits."""
        searcher = self.shelves["statements"].searcher
        found = [(score, *_statement_number(searcher.doc(address))) for score, address in page]
        articles = self.get({identity for _, identity, _ in found})
        for score, identity, number in found:
            yield Hit(articles[identity], articles[identity].statements[number], score)


class _HitPage(NamedTuple):
    """How many hits a request has, the scores and addresses of those of its page, and of all if they are ``few``."""

    total: int
    page: list[_Scored]
    few: list[DocAddress] | None = None


class _Asking:
    """One request's work: each part of its trees is compiled once, however many facets and filters share it."""

    def __init__(self, archive: TantivyArchive, request: SearchRequest) -> None:
        self._archive = archive
        self._request = request
        self._queries: dict[tuple[Node, Kind], Query] = {}
        self._said = "said_" if request.day_counted == "said" else ""
        self._day = f"{self._said}day"

    def hit_page(self) -> _HitPage:
        """Return the page of hits that is asked for, in order."""
        request, view = self._request, self._request.view
        query, order = self._ordered()
        ranked, searcher = not order, self._archive.shelves[view].searcher
        end = min(request.offset + request.limit, searcher.num_docs)
        if end <= request.offset:
            return _HitPage(_count(searcher.search(query, 1)), [])
        limit = max(end + SPARE, FEW if request.counted else 0)
        while True:
            budget.check()
            found = searcher.search(
                query, min(limit, searcher.num_docs), **order
            )  # with a count, so that equal hits get equal scores
            hits, total = _told_apart(found.hits) if ranked else found.hits, _count(found)
            whole = len(hits) == total
            if whole or hits[-1][0] != hits[end - 1][0]:
                break
            if not ranked:
                hits = self._with_ties(hits, query, view, order["order_by_field"], end)
                break
            limit *= 4
        page = self._page(hits, query, view, request.offset, end)
        few = [address for _, address in hits] if whole else None
        return _HitPage(total, page if ranked else [(0.0, address) for _, address in page], few)

    def facets(self, few: list[DocAddress] | None) -> dict[Facet, FacetCounts]:
        """Return the facets asked for, each counted without its own filters; ``few`` are all hits, if known."""
        request, whole, asked = self._request, self._request.tree(), defaultdict[Node, list[Facet]](list)
        for facet in request.counted:
            asked[request.tree(without=facet) if request.filters.choice(facet).values else whole].append(facet)
        counts: dict[Facet, Counts] = {}
        for tree, facets in asked.items():
            budget.check()
            counts |= self._counts(tree, request.view, facets, few if tree == whole else None)
        names = self._archive.names
        return {facet: listed_of(facet, names[facet], counts[facet], request) for facet in request.counted}

    def parts(self) -> tuple[int, Iterator[list[_Scored]]]:
        """Return how many hits there are, and all of them, in parts of about ``AT_ONCE``. The parts are in order, and
        hits that tie by score or day stand in one, in any order; or if they are more than that, in order in several."""
        query, order = self._ordered()
        searcher = self._archive.shelves[self._request.view].searcher
        found = searcher.search(query, max(1, searcher.num_docs), **order)
        return _count(found), self._parted(found.hits if order else _told_apart(found.hits), query, scored=not order)

    def _parted(self, hits: list[_Scored], query: Query, *, scored: bool) -> Iterator[list[_Scored]]:
        part: list[_Scored] = []
        for value, group in groupby(hits, key=lambda hit: hit[0]):
            tied = [(value if scored else 0.0, address) for _, address in group]
            if len(part) + len(tied) > AT_ONCE:
                yield part
                part = []
            if len(tied) > AT_ONCE:
                ordered = self._by_newest(tied, query, self._request.view, len(tied))
                yield from (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))
            else:
                part += tied
        yield part

    def days(self, few: list[DocAddress] | None) -> DayCounts:
        """Return how many hits there are of each day; ``few`` are all hits, if known."""
        shelf, query = self._archive.shelves[self._request.view], self._query(self._request.tree(), self._request.view)
        first = days_counted(shelf, query, self._day, few)
        as_exact = self._archive.precise and self._day == "day"
        return DayCounts(first, first if as_exact else days_counted(shelf, query, f"{self._said}last", few))

    # Ranking

    def _ordered(self) -> tuple[Query, dict[str, Any]]:
        """Return what finds the hits, and the column of days that they are sorted by; none if that is by score."""
        request, tree, view = self._request, self._request.tree(), self._request.view
        query = self._query(tree, view)
        if request.sort == "relevance" and not is_even(tree, view):
            return self._with_neighbours(query, tree, view), {}
        sort: Sort = "newest" if request.sort == "relevance" else request.sort
        return query, _BY_DAY[sort] | {"order_by_field": f"{self._said}{_BY_DAY[sort]['order_by_field']}"}

    def _with_neighbours(self, query: Query, tree: Node, view: View) -> Query:
        schema = self._archive.shelves[view].schema
        lifts = [Query.const_score_query(as_written(name, schema), NAMED) for name in preferred(tree)]
        extra = [(Occur.Should, each) for each in (*(self._query(words, view) for words in neighbours(tree)), *lifts)]
        return Query.boolean_query([(Occur.Must, query), *extra]) if extra else query

    def _with_ties(self, hits: list[_Scored], query: Query, view: View, by: str, end: int) -> list[_Scored]:
        """Return the first ``end`` hits of all, sorted ``by`` a day: of the many of the last day those that come first
        by id."""
        searcher, schema = self._archive.shelves[view]
        last = int(hits[end - 1][0])
        before = [hit for hit in hits if hit[0] != last]
        on_day = both(query, range_query(schema, by, last, last))
        tied = searcher.search(on_day, end - len(before), count=False, order_by_field="id", order=Order.Asc).hits
        return [*before, *((last, address) for _, address in tied)]

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
        days = values(self._archive.shelves[view].searcher, self._day, [address for _, address in tied])
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
        by_address = {(address.segment_ord, address.doc): (score, address) for score, address in tied}
        searcher, schema = self._archive.shelves[view]
        on_day = both(query, range_query(schema, self._day, date, date))
        limit = needed + SPARE
        while True:
            hits = searcher.search(on_day, limit, count=False, order_by_field="id", order=Order.Asc).hits
            addresses = ((address.segment_ord, address.doc) for _, address in hits)
            found = [by_address[address] for address in addresses if address in by_address]
            if len(found) >= needed or len(hits) < limit:
                return found
            limit *= 8

    # Facets

    def _counts(
        self, tree: Node, view: View, facets: Sequence[Facet], few: list[DocAddress] | None
    ) -> dict[Facet, Counts]:
        """Return for each facet how many hits, all of them if they are ``few``, have each of the values that are to be
        listed."""
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
            articles, _ = column(self._archive.shelves["articles"].searcher, self._query(tree, "articles"), "row")
            if len(articles) > MOST_TERMS:
                return self._voices_in(articles, said)
            rest, said = [], both(said, any_of(self._archive.shelves["voices"].schema, "row", articles.tolist()))
        query = both(said, *(self._query(part, "voices") for part in rest))
        return self._counted("voices", query, ["speaker"])["speaker"]

    def _voices_in(self, articles: Counts, said: Query) -> Counts:
        """Return for each speaker how many voices ``said`` finds in these rows of articles."""
        searcher = self._archive.shelves["voices"].searcher
        wanted = np.zeros(self._archive.rows, np.bool_)
        wanted[articles] = True
        rows, addresses = column(searcher, said, "row")
        speakers = np.array(values(searcher, "speaker0_number", addresses), np.int64)
        return np.bincount(speakers[wanted[rows]] - 1, minlength=len(self._archive.names["speaker"].values))

    def _counted(
        self, kind: Kind, query: Query, facets: Sequence[Facet], few: list[DocAddress] | None = None
    ) -> dict[Facet, Counts]:
        shelf, sought = self._archive.shelves[kind], {facet: self._sought(facet) for facet in facets}
        return counted(shelf, query, kind, sought) if few is None else counted_among(shelf, few, kind, sought)

    def _sought(self, facet: Facet) -> Sought:
        names, chosen = self._archive.names[facet], self._request.filters.choice(facet).values
        numbers = [names.numbers[value] for value in chosen if value in names.numbers]
        return Sought(len(names.values), most_listed(facet, self._request), numbers)

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
                return both(*(self._query(part, kind) for part in once(parts)))
            case Or(parts):
                return Query.boolean_query([(Occur.Should, self._query(part, kind)) for part in once(parts)])
            case Not(part):
                return Query.boolean_query([(Occur.Must, all_of()), (Occur.MustNot, self._query(part, kind))])
            case Everything():
                return all_of()
            case Words() | Exact() | Prefix() | Fuzzy() if kind != "voices" and (node.field == "said") == (
                kind == "statements"
            ):
                return leaf_query(node, schema)
            case Words() | Exact() | Prefix() | Fuzzy() if node.field == "title" and kind == "statements":
                return unscored(leaf_query(node, schema))
            case Near() if kind != "voices" and (
                (node.field == "said") == (kind == "statements") or node.field == "title"
            ):
                near = self._near(node, kind)
                return unscored(near) if kind == "statements" and node.field == "title" else near
            case Name(field=field) | Values(field=field) if _has_values(kind, field):
                return unscored(any_of(schema, field, self._chosen(node)))
            case Dates(first, last, of="added"):
                least = since(first.toordinal() if first else 1)
                return unscored(
                    range_query(schema, "arrival", least, since(last.toordinal() + 1) - 1 if last else None)
                )
            case Dates(first, last, of=of) if of == "published" or kind == "statements":
                bounds = (first.toordinal() if first else 1, last.toordinal() if last else None)
                return unscored(self._dated(schema, *bounds, "said_" if of == "said" else ""))
            case Alike(sketch) if kind == "articles":
                return unscored(any_of(schema, "sketch", sketch))
            case InStatement(part) if kind != "statements":
                return unscored(self._in_statement(part, kind))
        raise UnsupportedQuery(f"This part of a query cannot be answered for {kind}: {node}.")

    def _near(self, near: Near, kind: View) -> Query:
        """Return what finds words near each other; it is worth what its words are worth."""
        shelf = self._archive.shelves[kind]
        found, sure = near_query(near, shelf.schema)
        if not sure:
            found = unscored(any_of(shelf.schema, "row", self._standing(near, found, kind)))
        return both(self._compile(near.words, kind), found)

    def _standing(self, near: Near, found: Query, kind: View) -> list[int]:
        """Return the rows of those texts that are ``found`` in which words stand as asked: each is read."""
        rows, addresses = column(self._archive.shelves[kind].searcher, found, "row")
        if len(rows) > MOST_LOOKED_THROUGH:
            raise too_many(len(rows), MOST_LOOKED_THROUGH)
        archive, page = self._archive, [(0.0, address) for address in addresses]
        hits = archive.articles_at(page) if kind == "articles" else archive.statements_at(page)
        return [
            row
            for row, hit in zip(rows.tolist(), hits, strict=True)
            if any(found_near(near, text) for text in runs(near.field, hit.article, hit.statement))
        ]

    def _dated(self, schema: Schema, first: int, last: int | None, kind: str) -> Query:
        """Return what may be of one of these days; ``kind`` begins the names of the columns. Each range has its
        price."""
        if self._archive.precise and not kind:  # which tells of published days only
            return range_query(schema, "first", first, last)
        since = range_query(schema, f"{kind}last", first, None)
        return both(since, range_query(schema, f"{kind}first", None, last)) if last else since

    def _in_statement(self, part: Node, kind: Kind) -> Query:
        """Return which articles, or voices, have a statement that satisfies ``part``."""
        schema = self._archive.shelves[kind].schema
        marks = self._marks(part)
        if marks is None:
            name, field = ("article_row", "row") if kind == "articles" else ("row", "statement")
            searcher = self._archive.shelves["statements"].searcher
            rows, _ = column(searcher, self._query(part, "statements"), name)
            return any_of(schema, field, np.unique(rows).tolist())
        return Query.boolean_query([(Occur.Should, at_one_place(schema, each)) for each in marks])

    def _marks(self, part: Node) -> list[frozenset[str]] | None:
        """Return alternatives: a statement satisfies ``part`` if all marks of one of them are on it. None if that
        cannot be told by marks, or by too many of them."""
        match part:
            case Words(field="said", terms=(term,)):
                return [frozenset((stem(term),))]
            case Name(field=field) | Values(field=field) if field not in VALUE_OF:
                found = [frozenset((mark(field, value),)) for value in self._chosen(part)[: MOST_MARKS + 1]]
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


def _has_values(kind: Kind, facet: Facet) -> bool:
    """Tell whether an index is asked for the values of a facet: articles and voices for those of statements by marks,
    articles for all their speakers."""
    return kind == "statements" or facet in VALUE_OF or (kind, facet) == ("articles", "speaker")


def _statement_number(statement: Document) -> tuple[str, int]:
    """Return the article of a stored statement, and which of its statements it is."""
    article: Any = statement.get_first("article")
    number: Any = statement.get_first("index")
    return article, number


def _told_apart(hits: list[_Scored]) -> list[_Scored]:
    scores = told_apart([score for score, _ in hits]).tolist()
    return [(score, address) for score, (_, address) in zip(scores, hits, strict=True)]


def _count(found: Any) -> int:
    """Return how many there are in all: tantivy's annotations lack it."""
    return int(found.count)


# Writing


@contextmanager
def _tantivy_faults_as_os_errors() -> Iterator[None]:
    """Raise OSError where the disk is full or broken: tantivy tells that by other errors."""
    try:
        yield
    except ValueError as error:
        if re.search("IO error|io::Error", str(error)):
            raise OSError(f"the disk is full or broken: {error}") from error
        raise


@_tantivy_faults_as_os_errors()
def _write(
    folder: Path,
    articles: Iterable[Article],
    deleted: Iterable[str],
    numbering: Numbering,
    before: TantivyArchive | None,
    corpus: str,
) -> IndexInfo:
    """Add articles to the indexes in ``folder``, numbered so far as ``numbering`` says: new ones, or ``before``'s."""
    writer, added = Writer(folder, numbering), set()
    changed: set[_Name] = set()
    try:
        for article in articles:
            old = before.get([article.id]) if before else {}
            if old or article.id in added:
                writer.delete(article.id)
            writer.add(article)
            added.add(article.id)
            changed.update(*map(_names_of, (article, *old.values())) if before else ())
        for identity in deleted:
            writer.delete(identity)
            changed.update(*map(_names_of, before.get([identity]).values()) if before else ())
        writer.commit()
    except BaseException:
        writer.cancel()
        raise
    (folder / "found.json").write_bytes(msgspec.json.encode(numbering))
    let_read(folder)
    shelf = open_shelf(folder, "articles")
    if before and len(changed) <= MOST_CHANGED:
        return _info(folder, shelf, _names_since(before, shelf, changed), corpus)
    return _info(folder, shelf, _names_in(shelf, numbering), corpus)


def _written_anew(folder: Path, articles: Iterable[Article], corpus: str) -> IndexInfo:
    """Write ``articles``, which come from the indexes in ``folder``, into new ones in their place."""
    whole = folder / "whole"
    whole.mkdir()
    info = TantivyArchive.build(whole, articles, corpus)
    for kind in KINDS:
        shutil.rmtree(folder / kind)
    for made in whole.iterdir():
        made.replace(folder / made.name)
    whole.rmdir()
    return info


def _names_of(article: Article) -> set[_Name]:
    sources: set[_Name] = {("source", article.source)} if article.source else set()
    return sources | {("speaker", name) for name in named(article.speakers) if name}


def _names_in(shelf: Shelf, numbering: Numbering) -> dict[Facet, int]:
    """Return how many speakers and sources the articles have."""
    sought: dict[Facet, Sought] = {
        facet: Sought(len(numbering.numbers[facet]), None, []) for facet in ("speaker", "source")
    }
    counts = counted(shelf, Query.all_query(), "articles", sought)
    return {facet: int(np.count_nonzero(each[1:])) for facet, each in counts.items()}


def _names_since(before: TantivyArchive, shelf: Shelf, changed: set[_Name]) -> dict[Facet, int]:
    """Return the same when only those ``changed`` may have come or gone: a large archive is not counted anew for each
    article."""
    names: dict[Facet, int] = {"speaker": before.info.speakers, "source": before.info.sources}
    for facet, name in changed:
        names[facet] += _has(shelf, facet, name) - _has(before.shelves["articles"], facet, name)
    return names


def _has(shelf: Shelf, facet: Facet, name: str) -> bool:
    query = Query.term_query(shelf.schema, facet, name, "basic")
    return bool(shelf.searcher.search(query, 1, count=False).hits)


def _info(folder: Path, articles: Shelf, names: Mapping[Facet, int], corpus: str) -> IndexInfo:
    asked = {"first": {"min": {"field": "first"}}, "last": {"max": {"field": "last"}}}
    days = articles.searcher.aggregate(Query.all_query(), asked)
    return IndexInfo(
        engine="tantivy",
        generation=folder.name,
        articles=articles.searcher.num_docs,
        statements=open_shelf(folder, "statements").searcher.num_docs,
        speakers=names["speaker"],
        sources=names["source"],
        first=day(int(days["first"]["value"] or 0)),
        last=day(int(days["last"]["value"] or 0)),
        built=datetime.now(UTC),
        corpus=corpus,
        schema=SCHEMA,
        analysis=this_analysis(),
    )
