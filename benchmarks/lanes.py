"""The same requests for several systems, one after the other, each in a process of its own.

So they share no cache and no interpreter, and what else the machine does meets all of them alike.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from benchmarks.archive import Wanted, articles
from searchapp.model import Article, SearchRequest


class System(Protocol):
    """Something that can be asked for pages."""

    def build(self, articles: Iterable[Article]) -> None:
        """Index an archive in the folder that was named when this was made."""

    def page(self, request: SearchRequest) -> int:
        """Do a page's whole work (ten hits with their articles, total, four facets, snippets); return the total."""


class Making(Protocol):
    """A class of systems."""

    def __call__(self, folder: Path) -> System: ...


@dataclass(frozen=True, slots=True)
class Page:
    """How long a page's work took, in milliseconds, and what it found."""

    kind: str
    text: str
    milliseconds: float
    total: int


class Lane:
    """A system at work in a process of its own. It begins to build at once."""

    def __init__(self, make: Making, folder: Path, archive: Path) -> None:
        folder.mkdir()
        self._ours, theirs = get_context("spawn").Pipe()
        get_context("spawn").Process(target=_work, args=(make, folder, archive, theirs), daemon=True).start()

    def built(self) -> float:
        """Wait until the index is built; return the CPU seconds it took."""
        seconds: float = self._ours.recv()
        return seconds

    def page(self, wanted: Wanted) -> Page:
        """Ask for a page, and wait for it."""
        self._ours.send(wanted.request)
        seconds, total = self._ours.recv()
        return Page(wanted.kind, wanted.request.query.text, seconds * 1000, total)

    def close(self) -> None:
        """Let the process end."""
        self._ours.send(None)


def side_by_side(lanes: Sequence[Lane], requests: Iterable[Wanted]) -> list[list[Page]]:
    """Put each request to each of ``lanes`` in turn, beginning with another one each time; return their pages,
    those of requests that only warm up left out."""
    pages: list[list[Page]] = [[] for _ in lanes]
    for turn, wanted in enumerate(requests):
        for number in range(len(lanes)):
            at = (turn + number) % len(lanes)
            page = lanes[at].page(wanted)
            if wanted.measured:
                pages[at].append(page)
    return pages


def _work(make: Making, folder: Path, archive: Path, pipe: Connection) -> None:
    began = time.process_time()
    system = make(folder)
    system.build(articles(archive))
    pipe.send(time.process_time() - began)
    while (request := pipe.recv()) is not None:
        start = time.perf_counter()
        total = system.page(request)
        pipe.send((time.perf_counter() - start, total))
