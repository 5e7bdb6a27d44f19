"""Two peers, SQLite FTS5 and plain Whoosh: they do the same page's work on the same archive.

Both are given what lets them find the same articles as we do: stems in one index, and in another the words as written,
with which prefixes and misspelt words are compared. What a page needs besides is done as each of them would have it:
SQLite groups and sorts in SQL and leaves snippets to our code; Whoosh has sortable columns, ``groupedby`` and
highlights.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from whoosh import query as asked
from whoosh.analysis import LowercaseFilter, RegexTokenizer, StemFilter
from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, TEXT, Schema
from whoosh.index import create_in
from whoosh.sorting import Count, FieldFacet

from searchapp.analysis import stem, terms
from searchapp.answers import snippets
from searchapp.article import Article
from searchapp.engines.ranking import TITLE
from searchapp.query import And, Fuzzy, Node, Or, Prefix, Words
from searchapp.search import Hit, SearchRequest

_TABLES = """
PRAGMA temp_store = MEMORY;
PRAGMA mmap_size = 1073741824;
CREATE VIRTUAL TABLE stems USING fts5(title, body, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '_'");
CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize="unicode61 remove_diacritics 0 tokenchars '_'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, row);
CREATE TABLE stored(row INTEGER PRIMARY KEY, article BLOB);
CREATE TABLE facts(row INTEGER PRIMARY KEY, day INTEGER, source TEXT, place TEXT, year INTEGER);
CREATE TABLE speakers(row INTEGER, speaker TEXT, PRIMARY KEY(row, speaker)) WITHOUT ROWID;
CREATE TEMP TABLE found(row INTEGER PRIMARY KEY, score REAL, day INTEGER, source TEXT, place TEXT, year INTEGER);
"""
_FIND = """
INSERT INTO found SELECT {table}.rowid, {score}, day, source, place, year
FROM {table} CROSS JOIN facts ON row = {table}.rowid WHERE {table} MATCH ? AND day BETWEEN ? AND ?
"""  # CROSS: the words first, then the facts of each row found; the other way round takes over ten times as long
_HITS = "SELECT article FROM (SELECT row FROM found ORDER BY {order} LIMIT ?) CROSS JOIN stored USING (row)"
_FACETS = (
    "SELECT speaker, count(*) FROM found CROSS JOIN speakers USING (row) GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
    "SELECT source, count(*) FROM found GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
    "SELECT place, count(*) FROM found GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
    "SELECT year, count(*) FROM found GROUP BY 1 ORDER BY 1 DESC",
)


class Fts5:
    """SQLite's full-text index, from the standard library."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts5.sqlite")
        self._connection.executescript(_TABLES)

    def build(self, articles: Iterable[Article]) -> None:
        put = self._connection.execute
        for article in articles:
            self._put(article)
        for table in ("stems", "words"):
            put(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        self._connection.commit()
        self._vocabulary = [word for (word,) in put("SELECT term FROM vocabulary")]

    def add(self, article: Article) -> None:
        self._put(article)
        self._connection.commit()

    def _put(self, article: Article) -> None:
        assert article.published
        put, day = self._connection.execute, article.published.first
        row = put("INSERT INTO stored(article) VALUES (?)", (msgspec.json.encode(article),)).lastrowid
        title, body = terms(article.title or ""), terms(article.body)
        put("INSERT INTO words(rowid, title, body) VALUES (?, ?, ?)", (row, " ".join(title), " ".join(body)))
        title, body = list(map(stem, title)), list(map(stem, body))
        put("INSERT INTO stems(rowid, title, body) VALUES (?, ?, ?)", (row, " ".join(title), " ".join(body)))
        facts = (row, day.toordinal(), article.source, article.place, day.year)
        put("INSERT INTO facts VALUES (?, ?, ?, ?, ?)", facts)
        for speaker in article.speakers:
            put("INSERT INTO speakers VALUES (?, ?)", (row, speaker.name))

    def page(self, request: SearchRequest) -> int:
        ask = self._connection.execute
        newest = request.sort == "newest"
        table, wanted = self._wanted(request.query.tree)
        score = "0" if newest else f"bm25({table}, {TITLE}, 1)"
        ask("DELETE FROM found")
        ask(_FIND.format(table=table, score=score), (wanted, *days(request)))
        (total,) = ask("SELECT count(*) FROM found").fetchone()
        stored = ask(_HITS.format(order="day DESC" if newest else "score"), (request.limit,)).fetchall()
        for facet in _FACETS:
            ask(facet).fetchall()
        tree = request.tree()
        for (article,) in stored:
            snippets.passages(Hit(msgspec.json.decode(article, type=Article), None, 0.0), tree)
        return int(total)

    def _wanted(self, tree: Node) -> tuple[str, str]:
        """Return the table to ask, and for what."""
        match tree:
            case Prefix(prefix=prefix):
                return "words", f'"{prefix}" *'
            case Fuzzy():
                return "words", " OR ".join(f'"{word}"' for word in _near(tree, self._vocabulary)) or '""'
        return "stems", _expression(tree)


def _expression(node: Node) -> str:
    match node:
        case Words(terms=words):
            return f'"{" ".join(map(stem, words))}"'
        case And(parts=parts):
            return " AND ".join(map(_expression, parts))
        case Or(parts=parts):
            return " OR ".join(map(_expression, parts))
    raise ValueError(f"No query of the benchmark holds {node}.")


_TOKENS = RegexTokenizer(r"\w+") | LowercaseFilter()
_SCHEMA = Schema(
    article=STORED,
    stems=TEXT(_TOKENS | StemFilter(stem)),
    words=TEXT(_TOKENS, phrase=False),
    day=NUMERIC(sortable=True),
    speaker=KEYWORD(commas=True),
    source=ID(sortable=True),
    place=ID(sortable=True),
    year=NUMERIC(sortable=True),
)


class PlainWhoosh:
    """Whoosh 2.7.4 with a searcher of its own, as its manual has it."""

    def __init__(self, folder: Path) -> None:
        self._index = create_in(folder, _SCHEMA)

    def build(self, articles: Iterable[Article]) -> None:
        writer = self._index.writer(limitmb=256)
        for article in articles:
            writer.add_document(**_fields(article))
        writer.commit()
        self._searcher = self._index.searcher()
        self._vocabulary = list(self._searcher.lexicon("words"))

    def add(self, article: Article) -> None:
        writer = self._index.writer()
        writer.add_document(**_fields(article))
        writer.commit()
        self._searcher = self._index.searcher()

    def page(self, request: SearchRequest) -> int:
        dated = request.filters.first is not None
        results = self._searcher.search(
            self._query(request.query.tree),
            limit=request.limit,
            sortedby="day" if request.sort == "newest" else None,
            reverse=request.sort == "newest",
            filter=asked.NumericRange("day", *days(request)) if dated else None,
            groupedby={
                "speaker": FieldFacet("speaker", allow_overlap=True, maptype=Count),
                "source": FieldFacet("source", maptype=Count),
                "place": FieldFacet("place", maptype=Count),
                "year": FieldFacet("year", maptype=Count),
            },
        )
        field = "words" if isinstance(request.query.tree, Prefix | Fuzzy) else "stems"
        for hit in results[: request.limit]:
            article = msgspec.json.decode(hit["article"], type=Article)
            hit.highlights(field, text=article.body, top=snippets.PASSAGES)
        for facet in request.facets:
            results.groups(facet)
        return len(results)

    def _query(self, node: Node) -> asked.Query:
        match node:
            case Words(terms=words):
                stems = list(map(stem, words))
                return asked.Phrase("stems", stems) if len(stems) > 1 else asked.Term("stems", stems[0])
            case Prefix(prefix=prefix):
                return asked.Prefix("words", prefix)
            case Fuzzy():
                return asked.Or([asked.Term("words", word) for word in _near(node, self._vocabulary)])
            case And(parts=parts):
                return asked.And(list(map(self._query, parts)))
            case Or(parts=parts):
                return asked.Or(list(map(self._query, parts)))
        raise ValueError(f"No query of the benchmark holds {node}.")


def _fields(article: Article) -> dict[str, Any]:
    assert article.published
    day = article.published.first
    text = f"{article.title or ''} _ {article.body}"  # no phrase reaches from title to body
    return {
        "article": msgspec.json.encode(article),
        "stems": text,
        "words": text,
        "day": day.toordinal(),
        "speaker": ",".join(speaker.name for speaker in article.speakers),
        "source": article.source or "",
        "place": article.place or "",
        "year": day.year,
    }


def _near(leaf: Fuzzy, vocabulary: list[str]) -> list[str]:
    """Return the words that a misspelt one may mean: FTS5 has nothing for it, and Whoosh takes a second."""
    found = extract(leaf.term, vocabulary, scorer=OSA.distance, score_cutoff=leaf.distance, limit=None)
    return [word for word, _, _ in found]


def days(request: SearchRequest) -> tuple[int, int]:
    """Return the first and the last day wanted, as ordinals."""
    first, last = request.filters.first, request.filters.last
    return first.toordinal() if first else 0, last.toordinal() if last else date.max.toordinal()
