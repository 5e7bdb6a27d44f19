"""The same requests for several systems, one after the other, each in a process of its own.

So they share no cache and no interpreter, and what else the machine does meets all of them alike.
"""

import resource
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from benchmarks.archive import Wanted, articles, new_article
from benchmarks.processes import memory
from searchapp.article import Article
from searchapp.query import parse
from searchapp.search import SearchRequest

_PAUSE = 0.5  # seconds between two looks at a process that builds


class System(Protocol):
    """Something that can be asked for pages."""

    def build(self, articles: Iterable[Article]) -> None:
        """Index an archive in the folder that was named when this was made."""

    def page(self, request: SearchRequest) -> int:
        """Do a page's whole work (ten hits with their articles, total, four facets, snippets); return the total."""

    def add(self, article: Article) -> None:
        """Add one article; when this returns, the next page finds it."""


class Making(Protocol):
    """A class of systems."""

    def __call__(self, folder: Path) -> System: ...


@dataclass(frozen=True, slots=True)
class Built:
    """What building took: seconds by the clock and of CPU, and the most memory its process ever took, in bytes
    (a server's own not included)."""

    wall: float
    cpu: float
    memory: int
    private: int = 0  # without the files it has mapped, which the system drops when it needs the memory


@dataclass(frozen=True, slots=True)
class Page:
    """How long a page's work took, in milliseconds, and what it found."""

    kind: str
    text: str
    milliseconds: float
    total: int


class Lane:
    """A system at work in a process of its own."""

    def __init__(self, make: Making, folder: Path, archive: Path) -> None:
        folder.mkdir()
        self._ours, theirs = get_context("spawn").Pipe()
        work = get_context("spawn").Process(target=_work, args=(make, folder, archive, theirs), daemon=True)
        work.start()
        self._process = work.pid or 0
        theirs.close()  # so that what is asked of a process that died raises EOFError instead of waiting for ever

    def built(self) -> Built:
        """Wait until the index is built; return what it took."""
        private = 0
        while not self._ours.poll(_PAUSE):
            private = max(private, memory(self._process, private=True))
        built: Built = self._ours.recv()
        return replace(built, private=private)

    def page(self, wanted: Wanted) -> Page:
        """Ask for a page, and wait for it."""
        seconds, total = self._ask("page", wanted.request)
        return Page(wanted.kind, wanted.request.query.text, seconds * 1000, total)

    def added(self, times: int) -> list[float]:
        """Return the milliseconds from the call that adds one article until a page has it, ``times`` times."""
        return [self._ask("added", number)[0] * 1000 for number in range(times)]

    def close(self) -> None:
        """Let the process end."""
        self._ours.send(None)

    def _ask(self, *what: Any) -> tuple[float, int]:
        self._ours.send(what)
        answer: tuple[float, int] = self._ours.recv()
        return answer


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
    began, cpu = time.monotonic(), time.process_time()
    system = make(folder)
    system.build(articles(archive))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    pipe.send(Built(time.monotonic() - began, time.process_time() - cpu, most))
    while (asked := pipe.recv()) is not None:
        what, argument = asked
        start = time.perf_counter()
        total = system.page(argument) if what == "page" else _added(system, argument)
        pipe.send((time.perf_counter() - start, total))


def _added(system: System, number: int) -> int:
    word = f"latecomer{number}"
    system.add(new_article(5000 + number, word))
    if (total := system.page(SearchRequest(parse(word)))) != 1:
        raise RuntimeError(f"{system} added an article, and finds {total} of it.")
    return total
