"""How well what is searched for comes first: the headline of a Reuters article is the query, any word will do, only
bodies are indexed, and the article it belongs to is what should be found."""

import gzip
import json
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tantivy import Document, Index, SchemaBuilder

from benchmarks.archive import REUTERS
from searchapp.article import Article
from searchapp.engines import open_engine
from searchapp.errors import QueryFault
from searchapp.query import parse
from searchapp.search import SearchRequest

HEADLINES = 2000
SEED = 7
BEST = 10

Finding = Callable[[str], list[str]]  # from a headline to the ids of the ten best, best first


@dataclass(frozen=True, slots=True)
class Ranked:
    """Mean reciprocal rank, and the share of what was found at all, both among the ten best."""

    mrr: float
    recall: float


def rank(folder: Path, indexes: Mapping[str, str]) -> dict[str, Ranked]:
    """Measure our engines, by name and index URL (in which ``{folder}`` stands for a folder), and two peers."""
    texts = list(_texts())
    often = Counter(headline for _, headline, _ in texts)
    known = [(identity, headline) for identity, headline, body in texts if headline and body and often[headline] == 1]
    sample = random.Random(SEED).sample(known, HEADLINES)
    bodies = [(identity, body) for identity, _, body in texts if body]
    ranked = {}
    for name, index in indexes.items():
        ranked[name] = _ranked(_ours(index.format(folder=folder / f"ranking-{name.split()[0]}"), bodies), sample)
    ranked["SQLite FTS5, bm25, porter"] = _ranked(_fts5(bodies), sample)
    ranked["raw tantivy, en_stem"] = _ranked(_raw_tantivy(bodies), sample)
    return ranked


def _texts() -> Iterator[tuple[str, str, str]]:
    with gzip.open(REUTERS, "rt", encoding="utf8") as lines:
        for line in lines:
            made = json.loads(line)
            yield made["id"], (made["title"] or "").strip(), made["text"].strip()


def _ranked(find: Finding, sample: list[tuple[str, str]]) -> Ranked:
    places = []
    for identity, headline in sample:
        best = find(headline)
        places.append(best.index(identity) + 1 if identity in best else 0)
    found = [place for place in places if place]
    return Ranked(sum(1 / place for place in found) / len(sample), len(found) / len(sample))


def _ours(index: str, bodies: list[tuple[str, str]]) -> Finding:
    engine = open_engine(index)
    with engine.lock():
        engine.reindex(Article(identity, None, body) for identity, body in bodies)

    def find(headline: str) -> list[str]:
        try:
            query = parse(headline, match="any")
        except QueryFault as fault:
            query = parse(fault.mended or "", match="any")
        request = SearchRequest(query, match="any", limit=BEST, facets=())
        return [hit.article.id for hit in engine.search(request).hits]

    return find


def _fts5(bodies: list[tuple[str, str]]) -> Finding:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE found USING fts5(id UNINDEXED, body, tokenize='porter unicode61')")
    connection.executemany("INSERT INTO found VALUES (?, ?)", bodies)
    ask = f"SELECT id FROM found WHERE found MATCH ? ORDER BY bm25(found) LIMIT {BEST}"

    def find(headline: str) -> list[str]:
        wanted = " OR ".join(f'"{word}"' for word in _words(headline))
        return [identity for (identity,) in connection.execute(ask, (wanted,))]

    return find


def _raw_tantivy(bodies: list[tuple[str, str]]) -> Finding:
    schema = SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw")
    schema.add_text_field("body", tokenizer_name="en_stem")
    index = Index(schema.build())
    writer = index.writer(256 << 20, 1)
    for identity, body in bodies:
        writer.add_document(Document(id=identity, body=body))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def find(headline: str) -> list[str]:
        query = index.parse_query(" ".join(_words(headline)), ["body"])
        hits = searcher.search(query, BEST).hits
        return [str(searcher.doc(address).get_first("id")) for _, address in hits]

    return find


def _words(headline: str) -> list[str]:
    return re.findall(r"\w+", headline.lower())
