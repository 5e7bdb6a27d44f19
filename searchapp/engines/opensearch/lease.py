"""A lock that is a document: whoever creates it writes, renews it meanwhile, and deletes it in the end.

A writer that dies leaves a lease that ends by itself. The clocks of hosts that write must agree to some seconds.
"""

import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

import msgspec

from searchapp.engines.opensearch.cluster import THERE, Cluster
from searchapp.errors import EngineUnavailable, IndexBusy, IndexFault

LEASE = 60.0  # seconds a lock outlives its writer; it is renewed four times as often, and tried more often if need be


class _Claim(msgspec.Struct):
    holder: str
    since: str
    mark: str  # of this lease alone: a request that was repeated finds by it that it had succeeded
    ends: float  # seconds of the epoch


class _Version(msgspec.Struct):
    """Which version of the document is meant."""

    seq_no: int = msgspec.field(name="_seq_no")
    term: int = msgspec.field(name="_primary_term")


class _Document(_Version):
    held: _Claim = msgspec.field(name="_source")


# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_DOCUMENTS, _VERSIONS = msgspec.json.Decoder(_Document), msgspec.json.Decoder(_Version)


class Lease:
    """The lock of one archive, for one engine; the thread that has it may take it again."""

    def __init__(self, cluster: Cluster, index: str, replicas: int) -> None:
        self._cluster, self._index, self._replicas = cluster, index, replicas
        self._writing = threading.RLock()
        self._depth = 0
        self._ends = 0.0  # seconds of the epoch
        self._lost = threading.Event()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other writers out. Raises IndexBusy when there is one."""
        if not self._writing.acquire(blocking=False):
            raise IndexBusy("This process is already writing to the index: wait until it is done.")
        try:
            if self._depth:
                yield
                return
            self._depth += 1
            try:
                with self._taken():
                    yield
            finally:
                self._depth -= 1
        finally:
            self._writing.release()

    def check(self) -> None:
        """Raise IndexBusy if another writer took the lock, which had ended, and EngineUnavailable while one may."""
        if self._lost.is_set():
            raise IndexBusy(
                "OpenSearch could not be reached for so long that the lock on the index ran out, and another writer "
                "took it: start again."
            )
        if self._ends < time.time():
            raise EngineUnavailable("The lock on the index could not be renewed in time: start again.")

    @contextmanager
    def _taken(self) -> Iterator[None]:
        settings = {"settings": {"number_of_shards": 1, "number_of_replicas": self._replicas}}
        if self._cluster.call("PUT", f"/{self._index}", settings, allowed=(THERE,)):
            self._cluster.settle(self._index)
        holder, since = f"process {os.getpid()} on {socket.gethostname()}", f"{datetime.now():%Y-%m-%d %H:%M:%S}"
        held = _Claim(holder, since, secrets.token_hex(8), 0)
        version = self._take(held)
        self._ends = held.ends
        self._lost.clear()
        done = threading.Event()
        renewing = threading.Thread(target=self._renew, args=(held, version, done), daemon=True)
        renewing.start()
        try:
            yield
        finally:
            done.set()
            renewing.join()
            with suppress(IndexFault):  # else it ends by itself
                self._release(held)

    def _release(self, held: _Claim) -> None:
        there = self._read()
        if there and there.held.mark == held.mark:
            self._cluster.call("DELETE", f"/{self._index}/_doc/writer", allowed=(404, 409), **_if(there))

    def _take(self, held: _Claim) -> _Version:
        while True:
            if made := self._put(held, "_create"):
                return made
            there = self._read()
            if not there:
                continue  # it was released just now
            if there.held.mark == held.mark:
                return there
            if there.held.ends > time.time():
                ends = f"{datetime.fromtimestamp(there.held.ends):%H:%M:%S}"
                raise IndexBusy(
                    f"The index has been locked for writing by {there.held.holder} since {there.held.since}: wait "
                    f"until it is done. If it has died, its lock runs out at {ends}."
                )
            if taken := self._put(held, "_doc", there):
                return taken

    def _read(self) -> _Document | None:
        text = self._cluster.call("GET", f"/{self._index}/_doc/writer", allowed=(404,))
        return _DOCUMENTS.decode(text) if text else None

    def _put(self, held: _Claim, how: str, version: _Version | None = None) -> _Version | None:
        """Store the lock in place of ``version``, and return its new one; None if another version is there."""
        held.ends = time.time() + LEASE
        replacing = _if(version) if version else {}
        made = self._cluster.call("PUT", f"/{self._index}/{how}/writer", held, allowed=(409,), **replacing)
        return _VERSIONS.decode(made) if made else None

    def _renew(self, held: _Claim, version: _Version, done: threading.Event) -> None:
        pause = LEASE / 4
        while not done.wait(pause):
            try:
                renewed, ends = self._put(held, "_doc", version), held.ends
                if not renewed and (there := self._read()) and there.held.mark == held.mark:
                    renewed, ends = there, there.held.ends
            except IndexFault:
                pause = LEASE / 30
                continue
            if not renewed:
                self._lost.set()
                return
            version, self._ends, pause = renewed, ends, LEASE / 4


def _if(version: _Version) -> dict[str, int]:
    return {"if_seq_no": version.seq_no, "if_primary_term": version.term}
