"""Two peers as their manuals have them: tantivy-py, and OpenSearch over its own REST.

Each has its own analyzer, facets and highlighter, and so does not find quite the same as we do: how long it takes is
what is compared. Both are given articles and statements; only articles are asked for.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from typing import Any

from tantivy import Document, FieldType, Index, Occur, Order, Query, Schema, SchemaBuilder, SnippetGenerator

from benchmarks.peers import days
from searchapp.article import Article
from searchapp.query import And, Fuzzy, Node, Or, Prefix, Words
from searchapp.search import SearchRequest

_FIELDS = ["title", "body"]
_FACETS = ("speaker", "source", "place", "year")
_AGGREGATIONS = {facet: {"terms": {"field": facet, "size": 25 if facet == "year" else 10}} for facet in _FACETS}
_HEAP = 256 << 20  # bytes
_BULK = 1000  # documents of one request
_PATIENCE = 300.0  # seconds


class RawTantivy:
    """tantivy-py with its English analyzer and its snippets."""

    def __init__(self, folder: Path) -> None:
        self._index = _created(folder / "articles", _article_schema())
        self._statements = _created(folder / "statements", _statement_schema())

    def build(self, articles: Iterable[Article]) -> None:
        writer, said = self._index.writer(_HEAP), self._statements.writer(_HEAP)
        for article in articles:
            writer.add_document(_document(article))
            for statement in article.statements:
                said.add_document(
                    Document(
                        id=statement.id,
                        article=article.id,
                        said=article.body[statement.start : statement.end],
                        speaker=[speaker.name for speaker in statement.speakers],
                        **_about(article),
                    )
                )
        for each in (writer, said):
            each.commit()
            each.wait_merging_threads()
        self._index.reload()

    def add(self, article: Article) -> None:
        writer = self._index.writer(_HEAP >> 4, 1)
        writer.add_document(_document(article))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def page(self, request: SearchRequest) -> int:
        searcher, schema = self._index.searcher(), self._index.schema
        words = found = _tantivy_query(self._index, request.query.tree)
        if request.filters.first:
            dated = Query.range_query(schema, "day", FieldType.Integer, *days(request))
            found = Query.boolean_query([(Occur.Must, words), (Occur.Must, dated)])
        if request.sort == "newest":
            results = searcher.search(found, request.limit, order_by_field="day", order=Order.Desc)
        else:
            results = searcher.search(found, request.limit)
        searcher.aggregate(found, _AGGREGATIONS)
        generator = SnippetGenerator.create(searcher, words, schema, "body")
        for _, address in results.hits:
            document = searcher.doc(address)
            document.get_first("title")
            generator.snippet_from_doc(document).to_html()
        return int(results.count)  # type: ignore[attr-defined]


def top_ten(index: Index, text: str) -> dict[str, Any]:
    """Return what the barest page holds: the total, and ten hits with their snippets."""
    searcher = index.searcher()
    query = index.parse_query_lenient(text, _FIELDS)[0]
    results = searcher.search(query, 10)
    generator = SnippetGenerator.create(searcher, query, index.schema, "body")
    hits = []
    for score, address in results.hits:
        document = searcher.doc(address)
        snippet = generator.snippet_from_doc(document).to_html()
        hits.append({"title": document.get_first("title"), "score": score, "snippet": snippet})
    return {"total": results.count, "hits": hits}  # type: ignore[attr-defined]


def _created(folder: Path, schema: Schema) -> Index:
    folder.mkdir(parents=True)
    return Index(schema, str(folder))


def _article_schema() -> Schema:
    schema = SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("title", stored=True, tokenizer_name="en_stem")
    schema.add_text_field("body", stored=True, tokenizer_name="en_stem")
    return _with_facets(schema).build()


def _statement_schema() -> Schema:
    schema = SchemaBuilder()
    for name in ("id", "article"):
        schema.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("said", stored=True, tokenizer_name="en_stem")
    return _with_facets(schema).build()


def _with_facets(schema: SchemaBuilder) -> SchemaBuilder:
    for name in ("speaker", "source", "place"):
        schema.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    schema.add_integer_field("year", fast=True)
    schema.add_integer_field("day", fast=True, indexed=True)
    return schema


def _document(article: Article) -> Document:
    speakers = [speaker.name for speaker in article.speakers]
    return Document(id=article.id, title=article.title or "", body=article.body, speaker=speakers, **_about(article))


def _about(article: Article) -> dict[str, Any]:
    assert article.published
    day = article.published.first
    return {
        "source": article.source or "",
        "place": article.place or "",
        "year": day.year,
        "day": day.toordinal(),
    }


def _tantivy_query(index: Index, node: Node) -> Query:
    match node:
        case Words(terms=words):
            return index.parse_query(f'"{" ".join(words)}"', _FIELDS)
        case Prefix(prefix=prefix):
            return _either(Query.regex_query(index.schema, field, f"{prefix}.*") for field in _FIELDS)
        case Fuzzy(term=term, distance=distance):
            return _either(Query.fuzzy_term_query(index.schema, field, term, distance) for field in _FIELDS)
        case And(parts=parts):
            return Query.boolean_query([(Occur.Must, _tantivy_query(index, part)) for part in parts])
        case Or(parts=parts):
            return _either(_tantivy_query(index, part) for part in parts)
    raise ValueError(f"No query of the benchmark holds {node}.")


def _either(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


@dataclass(frozen=True)
class Rest:
    """Makes systems on an OpenSearch server, asked over its own REST."""

    host: str

    def __call__(self, folder: Path) -> "RestSystem":
        return RestSystem(self.host, f"rest-{folder.parent.name.lower()}")


class RestSystem:
    """OpenSearch as its manual has it: default analyzer, a match query, terms aggregations, its highlighter."""

    def __init__(self, host: str, index: str) -> None:
        self._connection = HTTPConnection(host, timeout=_PATIENCE)
        self._index = index

    def build(self, articles: Iterable[Article]) -> None:
        for index in (self._index, f"{self._index}-statements"):
            self._ask("PUT", f"/{index}", {"settings": _REST_SETTINGS, "mappings": {"properties": _REST_FIELDS}})
        lines = (line for article in articles for line in self._lines(article))
        while batch := "".join(islice(lines, _BULK)):
            self._bulk(batch)
        self._ask("POST", f"/{self._index}*/_refresh", None)

    def add(self, article: Article) -> None:
        self._bulk("".join(self._lines(article)), "?refresh=true")

    def page(self, request: SearchRequest) -> int:
        words = _rest_query(request.query.tree)
        first, last = days(request)
        dated = [{"range": {"day": {"gte": first, "lte": last}}}] if request.filters.first else []
        body = {
            "query": {"bool": {"must": [words], "filter": dated}},
            "size": request.limit,
            "track_total_hits": True,
            "aggs": _AGGREGATIONS,
            "highlight": {"fields": {"body": {"number_of_fragments": 2}}},
        }
        if request.sort == "newest":
            body["sort"] = [{"day": "desc"}]
        found = self._ask("POST", f"/{self._index}/_search?request_cache=false", body)
        return int(found["hits"]["total"]["value"])

    def _lines(self, article: Article) -> Iterator[str]:
        speakers = [speaker.name for speaker in article.speakers]
        about = _about(article)
        yield _line(
            self._index, article.id, {"title": article.title, "body": article.body, "speaker": speakers} | about
        )
        for statement in article.statements:
            said = article.body[statement.start : statement.end]
            names = [speaker.name for speaker in statement.speakers]
            yield _line(f"{self._index}-statements", statement.id, {"body": said, "speaker": names} | about)

    def _bulk(self, lines: str, how: str = "") -> None:
        answer = self._ask("POST", f"/_bulk{how}", lines)
        if answer["errors"]:
            raise RuntimeError("OpenSearch refused documents of the benchmark.")

    def _ask(self, method: str, path: str, body: Any) -> Any:
        written = body if isinstance(body, str) else json.dumps(body) if body else None
        self._connection.request(method, path, written, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        answer = json.loads(response.read())
        if response.status >= 400:
            raise RuntimeError(f"OpenSearch answered {response.status}: {answer}")
        return answer


_REST_SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": -1}
_REST_FIELDS = {
    **{name: {"type": "text"} for name in _FIELDS},
    **{name: {"type": "keyword"} for name in ("speaker", "source", "place")},
    **{name: {"type": "integer"} for name in ("year", "day")},
}


def _line(index: str, identity: str, document: dict[str, Any]) -> str:
    return f"{json.dumps({'index': {'_index': index, '_id': identity}})}\n{json.dumps(document)}\n"


def _rest_query(node: Node) -> dict[str, Any]:
    match node:
        case Words(terms=words):
            how = "phrase" if len(words) > 1 else "best_fields"
            return {"multi_match": {"query": " ".join(words), "fields": _FIELDS, "type": how}}
        case Prefix(prefix=prefix):
            return {"bool": {"should": [{"prefix": {field: prefix}} for field in _FIELDS]}}
        case Fuzzy(term=term, distance=distance):
            return {"multi_match": {"query": term, "fields": _FIELDS, "fuzziness": distance}}
        case And(parts=parts):
            return {"bool": {"must": list(map(_rest_query, parts))}}
        case Or(parts=parts):
            return {"bool": {"should": list(map(_rest_query, parts))}}
    raise ValueError(f"No query of the benchmark holds {node}.")
