"""The engine that users get, asked for a page's whole work."""

from collections.abc import Iterable
from pathlib import Path

from searchapp import snippets
from searchapp.engines import open_engine
from searchapp.model import Article, SearchRequest


class Ours:
    """The engine of ``--index``: Whoosh stores, arrays match, rank and count."""

    def __init__(self, folder: Path) -> None:
        self._engine = open_engine(str(folder))

    def build(self, articles: Iterable[Article]) -> None:
        with self._engine.lock():
            self._engine.reindex(articles)

    def page(self, request: SearchRequest) -> int:
        results, tree = self._engine.search(request), request.tree()
        for hit in results.hits:
            snippets.passages(hit, tree)
        return results.total
