"""The engine of small archives: Whoosh stores, and what it stored is matched, ranked and counted in arrays."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate, chain
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np

from searchapp.analysis import terms
from searchapp.engines import SCHEMA
from searchapp.engines.columns import Columns, ColumnsBuilder, Keys, day
from searchapp.engines.matching import Matching, Texts
from searchapp.engines.postings import BODY, Segment, SegmentWriter, occurrences
from searchapp.engines.ranking import TITLE
from searchapp.model import Article, Facet, FacetCounts, Hit, IndexInfo, Results, SearchRequest

Kind = Literal["articles", "statements"]

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
        columns = Columns.load(folder / "columns")
        articles = [Segment(each) for each in _segments(folder, "articles")]
        statements = [Segment(each) for each in _segments(folder, "statements")]
        return cls(
            folder,
            info,
            columns,
            Texts(articles, columns.alive, columns.length),
            Texts(statements, columns.said_alive, columns.said_length),
        )

    @classmethod
    def build(cls, folder: Path, articles: Iterable[Article], corpus: str) -> IndexInfo:
        return _write(folder, articles, ColumnsBuilder(), (), corpus)

    def extend(self, folder: Path, articles: Iterable[Article], deleted: Iterable[str]) -> IndexInfo:
        kept = self.columns.head(self.rows_to_keep())
        for segment in self.segments_of(kept):
            _link(segment, folder / segment.name)
        written = chain(self.live_articles(len(kept.length)), articles)
        return _write(folder, written, ColumnsBuilder(kept, self.keys()), list(deleted), self.info.corpus)

    def search(self, request: SearchRequest) -> Results:
        matching = Matching(self.columns, self.articles, self.statements)
        ranking = matching.ranking(request)
        page = ranking.page(request.offset, request.limit)
        facets: dict[Facet, FacetCounts] = {facet: matching.facet(facet, request) for facet in request.facets}
        hits = tuple(self.hits(page, request.view))
        return Results(len(ranking.rows), hits, facets, self.info.generation, tuple(matching.cut))

    def get(self, ids: Iterable[str]) -> Mapping[str, Article]:
        rows = {identity: self.articles.row_of(identity) for identity in ids}
        return {identity: self.article(row) for identity, row in rows.items() if row is not None}

    def article_of(self, statement_id: str) -> str | None:
        row = self.statements.row_of(statement_id)
        return None if row is None else self.article(int(self.columns.said_article[row])).id

    def digests(self) -> Iterator[tuple[str, str]]:
        keys = self.keys()
        for row in np.flatnonzero(self.columns.alive).tolist():
            yield keys.articles[row], keys.digests[row]

    def keys(self) -> Keys:
        return msgspec.json.decode((self.folder / "keys.json").read_bytes(), type=Keys)

    def article(self, row: int) -> Article:
        segment, own = self.articles.segment_of(row)
        return msgspec.json.decode(segment.stored(own), type=Article)

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

    def segments_of(self, columns: Columns) -> Iterator[Path]:
        """Yield the folders of the segments that hold the rows of ``columns``, the head of its own."""
        held: tuple[tuple[Kind, Texts, int], ...] = (
            ("articles", self.articles, len(columns.length)),
            ("statements", self.statements, len(columns.said_length)),
        )
        for kind, texts, rows in held:
            ends = zip(_segments(self.folder, kind), accumulate(texts.sizes), strict=True)
            yield from (segment for segment, end in ends if end <= rows)

    def hits(self, page: list[tuple[int, float]], view: Kind) -> Iterator[Hit]:
        if view == "articles":
            yield from (Hit(self.article(row), None, score) for row, score in page)
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
    writers: dict[Kind, SegmentWriter] = {}

    def writer(kind: Kind) -> SegmentWriter:
        if kind not in writers:
            writers[kind] = SegmentWriter(folder / f"{kind}-{len(_segments(folder, kind)) + 1:04}")
        return writers[kind]

    def commit() -> None:
        for kind in list(writers):
            writers.pop(kind).commit()

    try:
        for article in articles:
            title, body = terms(article.title or ""), terms(article.body)
            words = occurrences(((0, title), (BODY, body)))
            writer("articles").add(article.id, words, msgspec.json.encode(article))
            said_lengths = []
            for statement in article.statements:
                spans = [terms(article.body[start:end]) for start, end in statement.content]
                said_lengths.append(sum(map(len, spans)))
                writer("statements").add(statement.id, occurrences(_apart(spans)))
            columns.add(article, TITLE * len(title) + len(body), said_lengths)
            if sum(each.held for each in writers.values()) > MAX_MEMORY:
                commit()
        commit()
    except BaseException:
        for each in writers.values():
            each.cancel()
        raise
    built = columns.build(deleted)
    built.save(folder / "columns")
    (folder / "keys.json").write_bytes(msgspec.json.encode(columns.keys))
    return _info(folder.name, built, corpus)


def _apart(spans: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield each span with the position of its first word, leaving one free so that no phrase crosses over."""
    start = 0
    for words in spans:
        yield start, words
        start += len(words) + 1


def _info(generation: str, columns: Columns, corpus: str) -> IndexInfo:
    alive = columns.alive
    first, last = columns.first[alive], columns.last[alive]
    return IndexInfo(
        engine="whoosh",
        generation=generation,
        articles=int(alive.sum()),
        statements=int(columns.said_alive.sum()),
        speakers=int(np.count_nonzero(np.unique(columns.speaker[alive[columns.speaker_row]]))),
        sources=int(np.count_nonzero(np.unique(columns.source[alive]))),
        first=day(int(first[first > 0].min(initial=0x7FFFFFFF))) if first.any() else None,
        last=day(int(last.max(initial=0))),
        built=datetime.now(UTC),
        corpus=corpus,
        schema=SCHEMA,
    )


def _segments(folder: Path, kind: Kind) -> list[Path]:
    return sorted(folder.glob(f"{kind}-*"))


def _link(segment: Path, to: Path) -> None:
    """Give a segment a second folder: its files never change, so none is copied."""
    to.mkdir()
    for file in segment.iterdir():
        os.link(file, to / file.name)
