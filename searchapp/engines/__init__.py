"""Engines store, match, rank and count; what a query means and how an answer looks is settled above them."""

import re
from pathlib import Path

from searchapp.engines.protocol import Engine
from searchapp.errors import BadSetting
from searchapp.settings import Settings, load


def open_engine(url: str, settings: Settings | None = None) -> Engine:
    """Return the engine an index URL names: ``DIR`` for one that suits the size of the archive, or ``whoosh:DIR`` or
    ``tantivy:DIR``, or ``opensearch+https://[user:password@]host[:9200][,host...]/name``, which goes by ``settings``
    (None: those in force).

    Raises BadSetting when it names none. Opening is cheap and needs no index yet.
    """
    if url.startswith("opensearch+"):
        return _opensearch(url.removeprefix("opensearch+"), settings or load())
    from searchapp.engines.folder.engine import NAMES, EmbeddedEngine

    name, colon, rest = url.partition(":")
    if not colon:
        return EmbeddedEngine(Path(url))
    for known in NAMES:
        if name == known and rest:
            return EmbeddedEngine(Path(rest), known)
    raise BadSetting(
        f'"{url}" does not name an engine: write a folder such as "index", or "whoosh:" or "tantivy:" before a folder.'
    )


def folder_of(url: str) -> Path | None:
    """Return the folder that an index URL for ``open_engine`` names, None if the index is in OpenSearch."""
    return None if url.startswith("opensearch+") else Path(url.partition(":")[2] or url)


def without_password(url: str) -> str:
    """Return an index URL as it may be shown: without user and password."""
    return re.sub(r"(?<=://)[^/]*@", "", url)


def _opensearch(url: str, settings: Settings) -> Engine:
    try:
        from searchapp.engines.opensearch.engine import OpenSearchEngine
    except ModuleNotFoundError as missing:
        if missing.name != "opensearchpy":
            raise
        raise BadSetting(
            "OpenSearch needs another package. Install it with: pip install 'searchapp[opensearch]'"
        ) from None
    return OpenSearchEngine(
        url,
        shards=settings.opensearch_shards,
        replicas=settings.opensearch_replicas,
        ca_file="" if settings.opensearch_ca == "system" else settings.opensearch_ca,
    )
