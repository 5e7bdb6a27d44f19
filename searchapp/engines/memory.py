"""A plain scan over articles in memory: slow, and simple enough to be right by reading it. The tests hold the other
engines to it."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import numpy as np

from searchapp.analysis import terms, this_analysis
from searchapp.article import Article, Statement, cited_key, cited_keys, said_on
from searchapp.engines.protocol import SCHEMA
from searchapp.engines.ranking import (
    EXPANDED,
    K1,
    NAMED,
    PHRASE,
    TITLE,
    B,
    idf,
    in_steps,
    once,
    place_of,
    told_apart,
)
from searchapp.engines.vocabulary import Vocabulary
from searchapp.errors import IndexBusy, IndexMissing, UnsupportedQuery
from searchapp.fields import FIELDS, Day, Facet, TextField
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
    accepts,
    found_near,
    neighbours,
    preferred,
)
from searchapp.search import Choice, DayCounts, FacetCounts, FacetValue, Hit, IndexInfo, Results, SearchRequest, Walk
from searchapp.written import forms, is_form, names_in, plain

Found = tuple[Article, Statement | None]


class MemoryEngine:
    """Keeps articles in a dictionary; see ``Engine`` for the methods."""

    def __init__(self) -> None:
        self._articles: dict[str, Article] = {}
        self._info: IndexInfo | None = None
        self._profile = b""
        self._writing = threading.Lock()

    def search(self, request: SearchRequest) -> Results:
        hits = self._ranked(request)
        return Results(
            total=len(hits),
            hits=tuple(hits[request.offset : request.offset + request.limit]),
            facets={facet: self._count(facet, request) for facet in request.counted},
            generation=self.info().generation,
            days=_days(hits, request.day) if request.days else None,
        )

    def walk(self, request: SearchRequest, *, brief: bool = False) -> Walk:  # noqa: ARG002
        hits = self._ranked(request)
        return Walk(len(hits), iter(hits[request.offset :]), self.info().generation)

    def _ranked(self, request: SearchRequest) -> list[Hit]:
        """Return all hits in their order."""
        found = self._found(request)
        if request.sort == "relevance":
            scoring, tree = _Scoring(self._all(request)), request.tree()
            scores = told_apart([scoring.score(tree, each) for each in found]).tolist()
            hits = [Hit(*each, score) for each, score in zip(found, scores, strict=True)]
        else:
            hits = [Hit(*each, 0.0) for each in found]
        return sorted(hits, key=lambda hit: place_of(hit, request.sort, request.day))

    def get(self, ids: Iterable[str]) -> Mapping[str, Article]:
        articles = self._served()
        return {identity: articles[identity] for identity in ids if identity in articles}

    def article_of(self, statement_id: str) -> str | None:
        key = cited_key(statement_id)
        return next((each.id for each in self._served().values() if key in cited_keys(each)), None)

    def digests(self) -> Iterator[tuple[str, str]]:
        return ((article.id, article.digest) for article in self._served().values())

    def profile(self) -> bytes:
        self.info()
        return self._profile

    @contextmanager
    def lock(self) -> Iterator[None]:
        if not self._writing.acquire(blocking=False):
            raise IndexBusy("The index in memory is being written: wait until it is done.")
        try:
            yield
        finally:
            self._writing.release()

    def reindex(
        self,
        articles: Iterable[Article],
        *,
        profile: bytes = b"",
        corpus: str = "",
        count: int = 0,  # noqa: ARG002
    ) -> IndexInfo:
        return self._publish({article.id: article for article in articles}, profile, corpus)

    def update(
        self,
        articles: Iterable[Article],
        *,
        deleted: Iterable[str] = (),
        profile: bytes | None = None,
        corpus: str | None = None,
    ) -> None:
        after = self._served() | {article.id: article for article in articles}
        for identity in deleted:
            after.pop(identity, None)
        profile = self._profile if profile is None else profile
        self._publish(after, profile, self.info().corpus if corpus is None else corpus)

    def words(self) -> Vocabulary:
        articles = self._served().values()
        titles = Counter(word for each in articles for word in set(terms(each.title or "")))
        every = Counter(word for each in articles for word in {*terms(each.title or ""), *terms(each.body)})
        return Vocabulary(every.items(), titles.items())

    def info(self) -> IndexInfo:
        if not self._info:
            raise IndexMissing("There is no index in memory yet. Build it with: reindex")
        return self._info

    def damage(self, pace: float = 0) -> Iterator[str]:  # noqa: ARG002
        return iter(())

    def _served(self) -> dict[str, Article]:
        self.info()
        return self._articles

    def _publish(self, articles: dict[str, Article], profile: bytes, corpus: str) -> IndexInfo:
        dated = [article.published for article in articles.values() if article.published]
        self._articles, self._profile = articles, profile
        self._info = IndexInfo(
            engine="memory",
            generation=str(int(self._info.generation) + 1 if self._info else 1),
            articles=len(articles),
            statements=sum(len(article.statements) for article in articles.values()),
            speakers=len({name for article in articles.values() for name in FIELDS["speaker"].values(article) if name}),
            sources=len({article.source for article in articles.values() if article.source}),
            first=min((each.first for each in dated), default=None),
            last=max((each.last for each in dated), default=None),
            built=datetime.now(UTC),
            corpus=corpus,
            schema=SCHEMA,
            analysis=this_analysis(),
        )
        return self._info

    def _found(self, request: SearchRequest) -> list[Found]:
        tree = request.tree()
        return [each for each in self._all(request) if _holds(tree, *each)]

    def _all(self, request: SearchRequest) -> list[Found]:
        """Return all articles, or all statements with theirs."""
        return [
            (article, statement)
            for article in self._served().values()
            for statement in (article.statements if request.view == "statements" else (None,))
        ]

    def _count(self, facet: Facet, request: SearchRequest) -> FacetCounts:
        """Count by the definition: how many hits there are when a value is chosen alone of its facet."""
        chosen = set(request.filters.choice(facet).values)
        known = {
            value
            for article in self._articles.values()
            for statement in (None, *article.statements)
            for value in FIELDS[facet].values(article, statement)
        }
        counts = {}
        for value in known | chosen:
            narrowed: dict[str, Any] = {facet: Choice(wanted=(value,))}
            alone = replace(request.filters, **narrowed)
            counts[value] = len(self._found(replace(request, filters=alone)))
        found = {value: count for value, count in counts.items() if count or value in chosen}
        if FIELDS[facet].by_value:
            listed = sorted(found, key=lambda value: (value == "", -int(value or 0)))
        else:
            by_count = sorted(found, key=lambda value: (-found[value], value))
            best = {value for value in by_count if found[value]}
            top = [value for value in by_count if value in best][: request.facet_limit]
            listed = [value for value in by_count if value in chosen or value in top]
        return FacetCounts(tuple(FacetValue(value, found[value]) for value in listed), len(found) > len(listed))


def _holds(node: Node, article: Article, statement: Statement | None) -> bool:
    match node:
        case And(parts):
            return all(_holds(part, article, statement) for part in reversed(parts))  # filters, being quick, are last
        case Or(parts):
            return any(_holds(part, article, statement) for part in parts)
        case Not(part):
            return not _holds(part, article, statement)
        case Everything():
            return True
        case Alike(sketch) if statement is None:
            return not set(sketch).isdisjoint(article.sketch)
        case InStatement(part) if statement is None:
            return any(_holds(part, article, each) for each in article.statements)
        case Words() | Exact() | Prefix() | Fuzzy() | Near():
            return _occurrences(node, article, statement) > 0
        case Name():
            return any(_holds_run(terms(value), node.terms) for value in FIELDS[node.field].values(article, statement))
        case Values():
            return any(value in node.values for value in FIELDS[node.field].values(article, statement))
        case Dates(of="added"):
            added = article.added
            return (
                added is not None
                and (node.first is None or added >= node.first)
                and (node.last is None or added <= node.last)
            )
        case Dates() if node.of == "published" or statement:
            dated = said_on(article, statement) if node.of == "said" and statement else article.published
            return (
                dated is not None
                and (node.first is None or dated.last >= node.first)
                and (node.last is None or dated.first <= node.last)
            )
    raise UnsupportedQuery(f"This part of a query looks for statements inside a statement: {node}.")


class _Scoring:
    """The scores of one request, by the formula of ``engines/ranking.py``; ``served`` are all articles (statements)."""

    def __init__(self, served: Sequence[Found]) -> None:
        self._served = served
        self._known: dict[Text, tuple[float, float]] = {}

    def score(self, tree: Node, hit: Found) -> float:
        """Return what a hit is worth that ``tree`` finds, with what else is worth something in it."""
        beside = sum(self._worth(words, hit) for words in neighbours(tree))
        return self._worth(tree, hit) + beside + sum(NAMED for name in preferred(tree) if _holds(name, *hit))

    def _worth(self, node: Node, hit: Found) -> float:
        if isinstance(node, And | Or) and _holds(node, *hit):
            return sum(self._worth(part, hit) for part in once(node.parts))
        if not isinstance(node, Text) or (node.field == "said") != (hit[1] is not None) or not _holds(node, *hit):
            return 0.0
        if isinstance(node, Words):
            return self._bm25(node, hit) * (PHRASE if len(node.terms) > 1 else 1)
        if isinstance(node, Near):
            return self._worth(node.words, hit)
        return self._bm25(Words(node.field, (plain(node.term),)), hit) if isinstance(node, Exact) else EXPANDED

    def _bm25(self, words: Words, hit: Found) -> float:
        rare, average = self._statistics(words)
        (length,) = in_steps(np.array([_length(words.field, hit)])).tolist()
        often = _occurrences(words, *hit)
        score: float = rare * often * (K1 + 1) / (often + K1 * (1 - B + B * length / average))
        return score

    def _statistics(self, words: Words) -> tuple[float, float]:
        """Return how rare words are, the sum of each, and the average length of their field."""
        if words not in self._known:
            number = len(self._served)
            found = (
                sum(_occurrences(Words(words.field, (term,)), *each) > 0 for each in self._served)
                for term in words.terms
            )
            rare = sum(idf(each, number) for each in found)
            self._known[words] = rare, sum(_length(words.field, each) for each in self._served) / number
        return self._known[words]


def _length(field: TextField, hit: Found) -> int:
    return sum(worth * len(terms(text)) for worth, text in _runs(field, *hit))


def _occurrences(leaf: Text, article: Article, statement: Statement | None) -> int:
    """Count where a leaf stands; beside the body a place in the title counts three times."""
    if (leaf.field == "said") != (statement is not None) and leaf.field != "title":
        raise UnsupportedQuery(f"This field cannot be searched here: {leaf.field}.")
    texts = _runs(leaf.field, article, statement)
    if isinstance(leaf, Near):
        return sum(worth * len(found_near(leaf, text)) for worth, text in texts)
    if isinstance(leaf, Exact) and is_form(leaf.term):
        names = names_in(article.title or "", article.body)
        return sum(worth for worth, text in texts if leaf.term in forms(text, names))
    return sum(worth * _places(leaf, text) for worth, text in texts)


def _runs(field: TextField, article: Article, statement: Statement | None) -> list[tuple[int, str]]:
    """Return the texts of a field, and how often each counts."""
    title, body = article.title or "", article.body
    if field == "said":
        return [(1, body[start:end]) for start, end in (statement.content if statement else ())]
    return {"text": [(TITLE, title), (1, body)], "title": [(1, title)], "body": [(1, body)]}[field]


@lru_cache(maxsize=1 << 15)  # counting facets asks for the same leaves over and over
def _places(leaf: Word, text: str) -> int:
    asked, found = accepts(leaf), _terms(text)
    windows = (found[start : start + len(asked)] for start in range(len(found) - len(asked) + 1))
    return sum(all(accept(term) for accept, term in zip(asked, window, strict=True)) for window in windows)


@lru_cache(maxsize=1 << 12)
def _terms(text: str) -> list[str]:
    return terms(text)


def _holds_run(words: list[str], run: tuple[str, ...]) -> bool:
    return any(tuple(words[start : start + len(run)]) == run for start in range(len(words)))


def _days(hits: Iterable[Hit], day: Day) -> DayCounts:
    dated = [each for hit in hits if (each := hit.on(day))]
    return DayCounts(
        Counter(each.first.toordinal() for each in dated), Counter(each.last.toordinal() for each in dated)
    )
