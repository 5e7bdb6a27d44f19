"""The systems that are measured, ours and their peers, and which of them this machine and an archive's size allow."""

import os
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lanes import Making
from benchmarks.ours import Ours
from benchmarks.peers import Fts5, PlainWhoosh
from benchmarks.raw import RawTantivy, Rest

ROOT = Path(__file__).parents[1]
WHOOSH, TANTIVY, OPENSEARCH = "whoosh", "tantivy", "opensearch"
FTS5, PLAIN_WHOOSH, RAW_TANTIVY, REST = "fts5", "plain-whoosh", "raw-tantivy", "rest"
OURS = (WHOOSH, TANTIVY, OPENSEARCH)
LABELS: Mapping[str, str] = {
    WHOOSH: "searchapp on Whoosh",
    TANTIVY: "searchapp on Tantivy",
    OPENSEARCH: "searchapp on OpenSearch",
    FTS5: "SQLite FTS5",
    PLAIN_WHOOSH: "plain Whoosh",
    RAW_TANTIVY: "raw tantivy-py",
    REST: "OpenSearch, its own REST",
}
MOST = {WHOOSH: 200_000, FTS5: 200_000, PLAIN_WHOOSH: 21_578, OPENSEARCH: 200_000, REST: 200_000}  # unless asked for
INDEXES = {WHOOSH: "whoosh:{folder}", TANTIVY: "tantivy:{folder}"}


@dataclass(frozen=True, slots=True)
class Server:
    """The OpenSearch server to measure with: where it is, or why there is none."""

    host: str | None
    lack: str | None = None


def fitting(size: int, asked: Collection[str], server: Server) -> dict[str, Making]:
    """Return the systems to measure with ``size`` articles: those asked for, else all that such an archive suits."""
    names = [name for name in LABELS if name in asked or (not asked and size <= MOST.get(name, size))]
    return {name: _making(name, server, size) for name in names if server.host or name not in (OPENSEARCH, REST)}


def index_of(name: str, server: Server, size: int) -> str:
    """Return the URL of an index of ours, in which ``{folder}`` stands for its folder."""
    return INDEXES.get(name) or f"opensearch+http://{server.host}/bench-{size}"


@contextmanager
def opensearch(wanted: bool) -> Iterator[Server]:
    """Run a server meanwhile, if one is ``wanted`` and can be run; or take that which ``TEST_OPENSEARCH_AT`` names."""
    if at := os.environ.get("TEST_OPENSEARCH_AT"):
        yield Server(at)
        return
    if not wanted:
        yield Server(None)
        return
    sys.path.insert(0, str(ROOT))  # the tests know how to run one
    from tests import opensearch_server

    if lack := opensearch_server.missing():
        yield Server(None, lack)
        return
    with opensearch_server.running(optimised=True) as (node,):
        yield Server(node.host)


def _making(name: str, server: Server, size: int) -> Making:
    peers: dict[str, Making] = {FTS5: Fts5, PLAIN_WHOOSH: PlainWhoosh, RAW_TANTIVY: RawTantivy}
    if name == REST:
        return Rest(str(server.host))
    return peers.get(name) or Ours(index_of(name, server, size))
