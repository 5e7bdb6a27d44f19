"""What users feel of a server: its start, its memory, its pages, how many of them, and how soon what is new shows."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.client import HTTPConnection
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

from benchmarks import bare
from benchmarks.archive import Wanted, new_article
from benchmarks.processes import memory
from searchapp.answers.address import canonical
from searchapp.engines import open_engine
from searchapp.query import parse
from searchapp.search import SearchRequest

_PATIENCE = 60.0  # seconds
_LOOK = 0.001  # seconds between two looks for what is new
_OURS: Sequence[str] = ()  # the app of its configuration
_BARE = ("benchmarks.bare:create_app()",)
CLIENTS = 4
LOADED = 10.0  # seconds under load
_TURNS = 300  # times that the queries are asked, the days moved each time


@dataclass(slots=True)
class Served:
    """Seconds from the start until the first page, of each page, and of the first one after each switch; and the bytes
    of memory that the worker and the process that started it take at most."""

    start: float = 0.0
    pages: list[float] = field(default_factory=list)
    switched: list[float] = field(default_factory=list)
    memory: int = 0
    private: int = 0  # without the files it has mapped, which the system drops when it needs the memory


@dataclass(frozen=True, slots=True)
class Loaded:
    """Pages a second under load, and the seconds that each took."""

    rate: float
    pages: list[float]


def serve(index: str, requests: Iterable[Wanted], switches: int) -> Served:
    """Measure one gunicorn worker over ``index``: started, asked each of ``requests`` for its HTML page, then asked
    once after each of several updates. Of requests to warm up the time is not kept."""
    served = Served()
    began = time.monotonic()
    with _gunicorn(_OURS, {"SEARCHAPP_INDEX": index}, 1) as (process, port):
        connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        _wait_for(port, process)
        for wanted in requests:
            seconds = _page(connection, canonical(wanted.request))
            served.start = served.start or time.monotonic() - began
            if wanted.measured:
                served.pages.append(seconds)
        served.memory = memory(process.pid)
        served.private = memory(process.pid, private=True)
        engine = open_engine(index)
        for number in range(switches):
            word = f"switched{number}"
            engine.update([new_article(number, word)])
            served.switched.append(_page(connection, canonical(SearchRequest(parse(word)))))
        served.memory = max(served.memory, memory(process.pid))
        served.private = max(served.private, memory(process.pid, private=True))
        connection.close()
    return served


def load(index: str, raw: Path, requests: Sequence[Wanted]) -> tuple[Loaded, Loaded]:
    """Have four clients ask our site over ``index`` for HTML pages, then the barest app over the ``raw`` tantivy index
    for the same queries, each with a worker a core; no request comes twice."""
    asked = _distinct(requests)
    pages = [canonical(request) for request in asked]
    bare_pages = [f"/search?{urlencode({'q': request.query.text, 'n': n})}" for n, request in enumerate(asked)]
    workers = len(os.sched_getaffinity(0))
    with _gunicorn(_OURS, {"SEARCHAPP_INDEX": index}, workers) as (process, port):
        _wait_for(port, process)
        ours = _load(port, pages)
    with _gunicorn(_BARE, {bare.INDEX: str(raw)}, workers) as (process, port):
        _wait_for(port, process)
        return ours, _load(port, bare_pages)


def _distinct(requests: Sequence[Wanted]) -> list[SearchRequest]:
    """Return the requests over and over, with the days of the filter moved each time."""
    dated = [wanted.request for wanted in requests if wanted.dated and wanted.measured]
    return [
        replace(request, filters=replace(request.filters, first=request.filters.first + timedelta(turn)))
        for turn in range(_TURNS)
        for request in dated
        if request.filters.first
    ]


def _load(port: int, pages: Sequence[str]) -> Loaded:
    """Ask for ``pages`` with four clients for some seconds, a few pages before them not counted."""
    seconds: list[list[float]] = [[] for _ in range(CLIENTS)]
    began = time.monotonic()
    warm, ends = began + LOADED / 5, began + LOADED * 6 / 5

    def ask(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        for page in pages[number::CLIENTS]:
            took = _page(connection, page)
            if time.monotonic() > ends:
                break
            if time.monotonic() > warm:
                seconds[number].append(took)
        else:
            raise RuntimeError("There were too few requests for this machine: raise _TURNS.")
        connection.close()

    clients = [Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    taken = [each for client in seconds for each in client]
    return Loaded(len(taken) / LOADED, taken)


def freshness(index: str, times: int) -> list[float]:
    """Return the seconds from the call that adds one article until another process finds it, ``times`` times."""
    engine, seconds = open_engine(index), []
    ours, theirs = get_context("spawn").Pipe()
    get_context("spawn").Process(target=_look_out, args=(index, times, theirs), daemon=True).start()
    for number in range(times):
        ours.recv()
        began = time.monotonic()
        engine.update([new_article(1000 + number, _fresh(number))])
        found: float = ours.recv()
        seconds.append(found - began)
    return seconds


def _fresh(number: int) -> str:
    return f"fresh{number}"


def _look_out(index: str, times: int, pipe: Connection) -> None:
    engine = open_engine(index)
    for number in range(times):
        request = SearchRequest(parse(_fresh(number)))
        engine.search(request)
        pipe.send(None)
        while not engine.search(request).total:
            time.sleep(_LOOK)
        pipe.send(time.monotonic())


@contextmanager
def _gunicorn(
    app: Sequence[str], environment: Mapping[str, str], workers: int
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Serve an app as our site is served."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "python:searchapp.web.serving", "--workers", str(workers)]
    settings = {"SEARCHAPP_HOST": "127.0.0.1", "SEARCHAPP_PORT": str(port), **environment}
    process = subprocess.Popen(
        [*command, *app], env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process, port
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), _PATIENCE).close()
            return
        except ConnectionRefusedError:
            if process.poll() is not None:
                raise RuntimeError("gunicorn ended before it served: start it by hand to see why.") from None
            time.sleep(_LOOK)


def _page(connection: HTTPConnection, address: str) -> float:
    began = time.perf_counter()
    connection.request("GET", address)
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise RuntimeError(f"{address} was answered with {response.status}.")
    return time.perf_counter() - began
