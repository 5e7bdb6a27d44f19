"""What OpenSearch is given: the form of its indexes, and articles and statements as its documents.

Words are analysed here and handed over parted by spaces, which OpenSearch's own ``whitespace`` analyzer takes as they
are. Stems, with positions, are what words and phrases look for; words as written what prefixes and fuzzy words do. A
value that is a list leaves a gap between its items that no phrase crosses. Of an article its whole JSON is stored.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from searchapp.analysis import stem, terms
from searchapp.article import Article, Dated, Speaker, Statement, cited_keys, named, said_on
from searchapp.engines.ranking import K1, TITLE, B
from searchapp.fields import NAME_FIELDS, SAID_OF, VALUE_OF, Facet, View
from searchapp.written import forms, names_in

LONGEST = 127  # code points of a term: OpenSearch splits at 255 UTF-16 units; only runs of ligatures are that long
LONGEST_ID = 500  # bytes; OpenSearch takes 512
APART = 1000  # positions between the items of a list: more than words near each other can be apart
_STEMS = {"type": "text", "analyzer": "whitespace", "position_increment_gap": APART}
_WRITTEN = {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"}
_NAME = {"type": "text", "analyzer": "whitespace", "norms": False}
_VALUE = {"type": "keyword"}
_DAY = {"type": "integer"}  # its ordinal
_SAID = {
    "said": _STEMS,
    "said_words": _WRITTEN,
    "said_forms": _WRITTEN,
    **dict.fromkeys(("speaker", *SAID_OF), _VALUE),
    **{f"{facet}_name": _NAME for facet in ("speaker", *SAID_OF) if facet in NAME_FIELDS},
}
_SHARED: dict[str, Any] = {
    "id": _VALUE,
    "title": _STEMS,
    "title_words": _WRITTEN,
    "title_forms": _WRITTEN,
    **dict.fromkeys(VALUE_OF, _VALUE),
    **{f"{facet}_name": _NAME for facet in VALUE_OF if facet in NAME_FIELDS},
    "first": _DAY,
    "last": _DAY,
    "added": _DAY,
}
_FIELDS: dict[View, dict[str, Any]] = {
    "articles": _SHARED
    | {
        "text": _STEMS,  # title and body as one, the title several times
        "body": _STEMS,
        "body_words": _WRITTEN,
        "body_forms": _WRITTEN,
        "speaker": _VALUE,
        "speaker_name": _NAME,
        "sketch": {"type": "integer"},
        "key": _VALUE,
        "digest": {"type": "keyword", "index": False},
        "statements": {"type": "nested", "properties": _SAID | {"statement": _VALUE}},
        "article": {"type": "object", "enabled": False},
    },
    "statements": _SHARED
    | _SAID
    | {"article": _VALUE, "number": {"type": "integer", "index": False}, "said_first": _DAY, "said_last": _DAY},
}
_STORED: dict[View, list[str]] = {"articles": ["article"], "statements": ["article", "id", "number"]}


def form(kind: View, shards: int, replicas: int) -> dict[str, Any]:
    """Return settings and mapping of an index. Nothing that is written shows before the index is refreshed."""
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",
            "similarity": {"default": {"type": "BM25", "k1": K1, "b": B}},
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"includes": _STORED[kind]},
            "properties": _FIELDS[kind],
        },
    }


def article_document(article: Article) -> bytes:
    """Return the document of an article, its statements nested in it."""
    names = names_in(article.title or "", article.body)
    shared = _shared(article, names)
    body = terms(article.body)
    stems = _stems(body)
    return msgspec.json.encode(
        shared
        | _speakers(article.speakers)
        | {
            "text": [shared["title"]] * TITLE + [stems],
            "body": stems,
            "body_words": _written(body),
            "body_forms": _written(forms(article.body, names)),
            "sketch": article.sketch,
            "key": cited_keys(article),
            "digest": article.digest,
            "statements": [_said(article, each, names) | {"statement": each.id} for each in article.statements],
            "article": article,
        }
    )


def statement_documents(article: Article) -> Iterator[tuple[str, bytes]]:
    """Yield id and document of each statement of an article, with what the article is filtered and sorted by."""
    names = names_in(article.title or "", article.body)
    shared, key = _shared(article, names), hashlib.sha256(article.id.encode()).hexdigest()
    for number, statement in enumerate(article.statements):
        own: dict[str, Any] = {"id": statement.id, "article": article.id, "number": number}
        own |= _days(said_on(article, statement), "said_")
        yield f"{key}-{number}", msgspec.json.encode(shared | _said(article, statement, names) | own)


def article_key(article_id: str) -> str:
    """Return the id of an article's document: the article's own, unless that is longer than OpenSearch takes."""
    data = article_id.encode()
    return article_id if len(data) <= LONGEST_ID else hashlib.sha256(data).hexdigest()


def indexed(term: str) -> str:
    """Return a term as it is stored."""
    return term[:LONGEST]


def _shared(article: Article, names: Collection[str]) -> dict[str, Any]:
    title, published = terms(article.title or ""), article.published
    dated = _days(published) | ({"added": article.added.toordinal()} if article.added else {})
    return {
        "id": article.id,
        "title": _stems(title),
        "title_words": _written(title),
        "title_forms": _written(forms(article.title or "", names)),
        **dated,
        **_having({facet: value_of(article) for facet, value_of in VALUE_OF.items()}),
    }


def _days(dated: Dated | None, kind: str = "") -> dict[str, int]:
    """Return the first and the last day that it may be of; ``kind`` begins their names."""
    return {f"{kind}first": dated.first.toordinal(), f"{kind}last": dated.last.toordinal()} if dated else {}


def _said(article: Article, statement: Statement, names: Collection[str]) -> dict[str, Any]:
    texts = [article.body[start:end] for start, end in statement.content]
    spans = list(map(terms, texts))
    return {
        "said": list(map(_stems, spans)),
        "said_words": list(map(_written, spans)),
        "said_forms": [_written(forms(text, names)) for text in texts],
        **_speakers(statement.speakers),
        **_having({facet: said_of(statement) for facet, said_of in SAID_OF.items()}),
    }


def _speakers(speakers: Iterable[Speaker]) -> dict[str, Any]:
    return dict(_values("speaker", named(speakers) or [""]))


def _having(about: Mapping[Facet, str]) -> dict[str, Any]:
    return {key: held for facet, value in about.items() for key, held in _values(facet, [value])}


def _values(facet: Facet, values: list[str]) -> Iterator[tuple[str, list[str]]]:
    yield facet, values
    if facet in NAME_FIELDS:
        yield f"{facet}_name", [_written(terms(value)) for value in values]


def _stems(words: Iterable[str]) -> str:
    return " ".join([indexed(stem(word)) for word in words])


def _written(words: Iterable[str]) -> str:
    return " ".join(map(indexed, words))
