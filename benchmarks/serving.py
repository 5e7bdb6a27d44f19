"""What a user feels of a server: its start, its memory, its pages over HTTP, and how soon it shows what is new."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.archive import Wanted, new_article
from benchmarks.processes import memory
from searchapp.engines import open_engine
from searchapp.model import SearchRequest
from searchapp.query import parse
from searchapp.web.params import canonical

_PATIENCE = 60.0  # seconds
_LOOK = 0.001  # seconds between two looks for what is new


@dataclass(slots=True)
class Served:
    """Seconds from the start until the first page, of each page, and of the first one after each switch; and the bytes
    of memory that the worker and the process that started it take at most."""

    start: float = 0.0
    pages: list[float] = field(default_factory=list)
    switched: list[float] = field(default_factory=list)
    memory: int = 0


def serve(index: Path, requests: Iterable[Wanted], switches: int) -> Served:
    """Measure one gunicorn worker over ``index``: started, asked each of ``requests`` for its HTML page, then asked
    once after each of several updates. Of requests to warm up the time is not kept."""
    served = Served()
    began = time.monotonic()
    with _gunicorn(index) as (process, port):
        connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        _wait_for(port, process)
        for wanted in requests:
            seconds = _page(connection, wanted.request)
            served.start = served.start or time.monotonic() - began
            if wanted.measured:
                served.pages.append(seconds)
        served.memory = memory(process.pid)
        engine = open_engine(str(index))
        for number in range(switches):
            word = f"switched{number}"
            engine.update([new_article(number, word)])
            served.switched.append(_page(connection, SearchRequest(parse(word))))
        served.memory = max(served.memory, memory(process.pid))
        connection.close()
    return served


def freshness(index: Path, times: int) -> list[float]:
    """Return the seconds from the call that adds one article until another process finds it, ``times`` times."""
    engine, seconds = open_engine(str(index)), []
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


def _look_out(index: Path, times: int, pipe: Connection) -> None:
    engine = open_engine(str(index))
    for number in range(times):
        request = SearchRequest(parse(_fresh(number)))
        engine.search(request)
        pipe.send(None)
        while not engine.search(request).total:
            time.sleep(_LOOK)
        pipe.send(time.monotonic())


@contextmanager
def _gunicorn(index: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "python:searchapp.web.serving", "--workers", "1"]
    settings = {"SEARCHAPP_INDEX": str(index), "SEARCHAPP_HOST": "127.0.0.1", "SEARCHAPP_PORT": str(port)}
    process = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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


def _page(connection: HTTPConnection, request: SearchRequest) -> float:
    began = time.perf_counter()
    connection.request("GET", canonical(request))
    response = connection.getresponse()
    response.read()
    if response.status != 200:
        raise RuntimeError(f"{canonical(request)} was answered with {response.status}.")
    return time.perf_counter() - began
