"""Engines store, match, rank and count; what a query means and how an answer looks is settled above them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from searchapp.errors import BadSetting
from searchapp.model import Article, IndexInfo, Results, SearchRequest
from searchapp.settings import Settings, load

SCHEMA = 3  # counted up when what generations hold changes its form


class Engine(Protocol):
    """What every engine can do. Each method raises EngineUnavailable when the engine cannot be reached, and
    (but for ``reindex`` and ``lock``) IndexMissing while nothing has been published."""

    def search(self, request: SearchRequest) -> Results:
        """Return a page of hits. Raises UnsupportedQuery rather than approximate."""

    def get(self, ids: Iterable[str]) -> Mapping[str, Article]:
        """Return those of the articles that exist, by id."""

    def article_of(self, statement_id: str) -> str | None:
        """Return the id of the article in which a statement stands, or None."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield (article id, digest of its path and raw bytes) of every article, in no order."""

    def profile(self) -> bytes:
        """Return the profile that was published with the articles."""

    def lock(self) -> AbstractContextManager[None]:
        """Keep other writers out meanwhile. Raises IndexBusy when another one is at work."""

    def reindex(
        self, articles: Iterable[Article], *, profile: bytes = b"", corpus: str = "", count: int = 0
    ) -> IndexInfo:
        """Build a new generation and switch to it when it is whole. The old one serves until then, and stays
        as it is if ``articles`` raises or the process dies. Call it inside ``lock()``.

        ``count`` tells how many articles to expect, as far as that is known.
        """

    def update(
        self,
        articles: Iterable[Article],
        *,
        deleted: Iterable[str] = (),
        profile: bytes | None = None,
        corpus: str | None = None,
    ) -> None:
        """Publish the next generation: the current one with these articles added or replaced, those deleted.

        Profile and corpus stay as they are unless others are given.
        """

    def info(self) -> IndexInfo:
        """Return what the current generation holds."""


def open_engine(url: str, settings: Settings | None = None) -> Engine:
    """Return the engine an index URL names: ``DIR`` for one that suits the size of the archive, or ``whoosh:DIR`` or
    ``tantivy:DIR``, or ``opensearch+https://[user:password@]host[:9200][,host...]/name``, which goes by ``settings``
    (None: those in force).

    Raises BadSetting when it names none. Opening is cheap and needs no index yet.
    """
    if url.startswith("opensearch+"):
        return _opensearch(url.removeprefix("opensearch+"), settings or load())
    from searchapp.engines.embedded import NAMES, EmbeddedEngine

    name, colon, rest = url.partition(":")
    if not colon:
        return EmbeddedEngine(Path(url))
    for known in NAMES:
        if name == known and rest:
            return EmbeddedEngine(Path(rest), known)
    raise BadSetting(f'"{url}" names no engine: write a folder ("index"), or "whoosh:" or "tantivy:" and a folder.')


def folder_of(url: str) -> Path | None:
    """Return the folder that an index URL for ``open_engine`` names, None if the index is in OpenSearch."""
    return None if url.startswith("opensearch+") else Path(url.partition(":")[2] or url)


def without_password(url: str) -> str:
    """Return an index URL as it may be shown: without user and password."""
    return re.sub(r"(?<=://)[^/]*@", "", url)


def _opensearch(url: str, settings: Settings) -> Engine:
    try:
        from searchapp.engines.opensearch import OpenSearchEngine
    except ModuleNotFoundError as missing:
        if missing.name != "opensearchpy":
            raise
        raise BadSetting("OpenSearch needs a package more: pip install 'searchapp[opensearch]'.") from None
    return OpenSearchEngine(
        url,
        shards=settings.opensearch_shards,
        replicas=settings.opensearch_replicas,
        ca_file="" if settings.opensearch_ca == "system" else settings.opensearch_ca,
    )
