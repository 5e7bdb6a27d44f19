"""The engine of small archives: Whoosh stores, and what it stored is matched, ranked and counted in arrays."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import accumulate, chain, compress
from pathlib import Path

import msgspec
import numpy as np

from searchapp.analysis import terms, this_analysis
from searchapp.article import Article, cited_key, cited_keys
from searchapp.engines.protocol import SCHEMA, day
from searchapp.engines.ranking import TITLE
from searchapp.engines.stored import AT_ONCE, Read, brief, whole
from searchapp.engines.vocabulary import Vocabulary
from searchapp.engines.whoosh.columns import Bools, Columns, ColumnsBuilder, Int32s
from searchapp.engines.whoosh.matching import Matching, Texts
from searchapp.engines.whoosh.postings import BODY, Segment, SegmentWriter, occurrences, open_segment, segments
from searchapp.errors import IndexFault
from searchapp.fields import Facet, TextField, View
from searchapp.search import FacetCounts, Hit, IndexInfo, Results, SearchRequest, Walk
from searchapp.written import forms, names_in

APART = 1 << 10  # positions between two stretches of what was said: more than words near each other can be apart
MAX_MEMORY = 192 << 20  # bytes of postings held before a segment is written and another one begun
MAX_SEGMENTS = 16  # of articles, after which an update writes the small ones as one


@dataclass(frozen=True)
class WhooshArchive:
    """A generation of Whoosh segments with their columns; see ``Archive`` for the methods. Thread-safe."""

    folder: Path
    info: IndexInfo
    columns: Columns
    articles: Texts
    statements: Texts

    @classmethod
    def open(cls, folder: Path, info: IndexInfo) -> "WhooshArchive":
        columns = Columns.load(folder)

        def texts(kind: View, alive: Bools, lengths: Mapping[TextField, Int32s]) -> Texts:
            opened = [open_segment(each) for each in segments(folder, kind)]
            if sum(each.size for each in opened) != len(alive):
                raise IndexFault(f"Segments of {kind} are missing.")
            return Texts(opened, alive, lengths)

        titles, whole = columns.title_length, columns.length
        lengths: dict[TextField, Int32s] = {"text": whole, "title": titles, "body": whole - TITLE * titles}
        articles = texts("articles", columns.alive, lengths)
        statements = texts("statements", columns.said_alive, {"said": columns.said_length})
        return cls(folder, info, columns, articles, statements)

    @classmethod
    def build(cls, folder: Path, articles: Iterable[Article], corpus: str) -> IndexInfo:
        return _write(folder, articles, ColumnsBuilder(Columns.empty(), [], []), (), corpus)

    def extend(self, folder: Path, articles: Iterable[Article], deleted: Iterable[str]) -> IndexInfo:
        kept = self.columns.head(self.rows_to_keep())
        held = _first(self.articles, len(kept.length)), _first(self.statements, len(kept.said_length))
        for name in chain.from_iterable(segment.files for segment in chain(*held)):
            os.link(self.folder / name, folder / name)
        written = chain(self.live_articles(len(kept.length)), articles)
        return _write(folder, written, ColumnsBuilder(kept, *map(_ids, held)), deleted, self.info.corpus)

    @cached_property
    def words(self) -> Vocabulary:
        every: Counter[str] = Counter()
        titles: Counter[str] = Counter()
        for segment in self.articles.segments:
            for word, articles, in_titles in segment.counted():
                every[word] += articles
                titles[word] += in_titles
        return Vocabulary(every.items(), ((word, count) for word, count in titles.items() if count))

    def search(self, request: SearchRequest) -> Results:
        matching = Matching(self.columns, self.articles, self.statements)
        ranking = matching.ranking(request)
        page = ranking.page(request.offset, request.limit)
        facets: dict[Facet, FacetCounts] = {facet: matching.facet(facet, request) for facet in request.counted}
        hits = tuple(self.hits(page, request.view))
        return Results(len(ranking.rows), hits, facets, self.info.generation, tuple(matching.cut))

    def walk(self, request: SearchRequest, *, brief: bool) -> Walk:
        matching = Matching(self.columns, self.articles, self.statements)
        every = max(len(self.columns.alive), len(self.columns.said_alive))
        ranking = matching.ranking(replace(request, offset=0, limit=every))
        page = ranking.page(request.offset, every)
        parts = (page[start : start + AT_ONCE] for start in range(0, len(page), AT_ONCE))
        hits = chain.from_iterable(self.hits(part, request.view, in_brief=brief) for part in parts)
        return Walk(len(ranking.rows), hits, self.info.generation, tuple(matching.cut))

    def get(self, ids: Iterable[str]) -> Mapping[str, Article]:
        rows = {identity: self.articles.row_of(identity) for identity in ids}
        return {identity: self.article(row) for identity, row in rows.items() if row is not None}

    def article_of(self, statement_id: str) -> str | None:
        key = cited_key(statement_id)
        articles = map(self.article, self.columns.cited_by(key).tolist())
        return next((each.id for each in articles if key in cited_keys(each)), None)

    def digests(self) -> Iterator[tuple[str, str]]:
        keys = (zip(each.keys.ids, each.keys.digests, strict=True) for each in self.articles.segments)
        return compress(chain.from_iterable(keys), self.columns.alive.tolist())

    def article(self, row: int, read: Read = whole) -> Article:
        segment, own = self.articles.segment_of(row)
        return read(segment.stored(own))

    def live_articles(self, first: int) -> Iterator[Article]:
        """Yield the articles from row ``first`` on that are neither deleted nor replaced."""
        return (self.article(first + row) for row in np.flatnonzero(self.columns.alive[first:]).tolist())

    def rows_to_keep(self) -> int:
        """Return the first how many rows of articles an update leaves in their segments; it writes the others anew.

        While there are few segments, all. Else those of segments at least twice as large as all after them, so
        that an article is written again only as often as the archive has doubled behind it.
        """
        sizes = self.articles.sizes
        if len(sizes) < MAX_SEGMENTS:
            return sum(sizes)
        kept, rest = 0, sum(sizes)
        for size in sizes:
            rest -= size
            if size < 2 * rest:
                break
            kept += size
        return kept

    def hits(self, page: list[tuple[int, float]], view: View, *, in_brief: bool = False) -> Iterator[Hit]:
        if view == "articles":
            read = brief if in_brief else whole
            yield from (Hit(self.article(row, read), None, score) for row, score in page)
            return
        columns = self.columns
        articles = {row: self.article(row) for row in {int(columns.said_article[row]) for row, _ in page}}
        for row, score in page:
            article = articles[int(columns.said_article[row])]
            yield Hit(article, article.statements[columns.said_index[row]], score)


def _write(
    folder: Path, articles: Iterable[Article], columns: ColumnsBuilder, deleted: Iterable[str], corpus: str
) -> IndexInfo:
    """Write articles as new segments beside those in ``folder``, and the columns of all."""
    writers: dict[View, SegmentWriter] = {}

    def writer(kind: View) -> SegmentWriter:
        if kind not in writers:
            writers[kind] = SegmentWriter(folder / f"{kind}-{len(segments(folder, kind)) + 1:04}")
        return writers[kind]

    def commit() -> None:
        for kind in list(writers):
            writers.pop(kind).commit()

    try:
        for article in articles:
            title, body = terms(article.title or ""), terms(article.body)
            names = names_in(article.title or "", article.body)
            words = occurrences(((0, title), (BODY, body)))
            words |= occurrences(
                (start, [form])
                for start, text in ((0, article.title or ""), (BODY, article.body))
                for form in forms(text, names)
            )
            writer("articles").add(article.id, words, msgspec.json.encode(article), article.digest)
            said_lengths = []
            for statement in article.statements:
                texts = [article.body[start:end] for start, end in statement.content]
                spans = list(map(terms, texts))
                said_lengths.append(sum(map(len, spans)))
                written = {form: [0] for text in texts for form in forms(text, names)}
                writer("statements").add(statement.id, occurrences(_apart(spans)) | written)
            columns.add(article, TITLE * len(title) + len(body), len(title), said_lengths)
            if sum(each.held for each in writers.values()) > MAX_MEMORY:
                commit()
        commit()
    except BaseException:
        for each in writers.values():
            each.cancel()
        raise
    built = columns.build(deleted)
    built.save(folder)
    return _info(folder.name, built, corpus)


def _apart(spans: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield each span with the position of its first word, so far apart that nothing near crosses over."""
    start = 0
    for words in spans:
        yield start, words
        start += len(words) + APART


def _info(generation: str, columns: Columns, corpus: str) -> IndexInfo:
    alive = columns.alive
    first, last = columns.first[alive], columns.last[alive]
    return IndexInfo(
        engine="whoosh",
        generation=generation,
        articles=int(alive.sum()),
        statements=int(columns.said_alive.sum()),
        speakers=_distinct(columns.speaker[alive[columns.speaker_row]]),
        sources=_distinct(columns.numbers["source"][alive]),
        first=day(int(first[first > 0].min(initial=0x7FFFFFFF))) if first.any() else None,
        last=day(int(last.max(initial=0))),
        built=datetime.now(UTC),
        corpus=corpus,
        schema=SCHEMA,
        analysis=this_analysis(),
    )


def _first(texts: Texts, rows: int) -> list[Segment]:
    """Return the segments that hold the first so many rows."""
    ends = accumulate(texts.sizes)
    return [segment for segment, end in zip(texts.segments, ends, strict=True) if end <= rows]


def _ids(held: Iterable[Segment]) -> list[str]:
    return list(chain.from_iterable(segment.keys.ids for segment in held))


def _distinct(numbers: Int32s) -> int:
    """Return how many values there are, "" (number 0) left out."""
    return int(np.count_nonzero(np.bincount(numbers)[1:]))
