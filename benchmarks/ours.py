"""The engines that users get, asked for a page's whole work."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from searchapp.answers import snippets
from searchapp.article import Article
from searchapp.engines import open_engine
from searchapp.search import SearchRequest


@dataclass(frozen=True)
class Ours:
    """Makes systems of one engine: ``index`` is the URL of an index, in which ``{folder}`` stands for its folder."""

    index: str

    def __call__(self, folder: Path) -> "OurSystem":
        return OurSystem(self.index.format(folder=folder))


class OurSystem:
    """An engine as the site asks it."""

    def __init__(self, index: str) -> None:
        self._engine = open_engine(index)

    def build(self, articles: Iterable[Article]) -> None:
        with self._engine.lock():
            self._engine.reindex(articles)

    def page(self, request: SearchRequest) -> int:
        results, tree = self._engine.search(request), request.tree()
        for hit in results.hits:
            snippets.passages(hit, tree)
        return results.total

    def add(self, article: Article) -> None:
        self._engine.update([article])
