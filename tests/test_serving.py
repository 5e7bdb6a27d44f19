"""The server under clients that are slow, many or greedy: one reader more still gets an answer."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from itertools import count

import pytest
from live import Archive, Server, serving, until
from web_articles import ARTICLES

from searchapp import budget
from searchapp.budget import Budget, Line
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.protocol import Engine
from searchapp.errors import OutOfTime
from searchapp.query import parse
from searchapp.search import Results, SearchRequest
from searchapp.settings import Settings
from searchapp.web import create_app, pages
from searchapp.web.places import PLACES

SLOW = 200  # clients
UNREAD = b"GET /search.json?limit=100 HTTP/1.1\r\nHost: archive\r\n\r\n"
HALF_OPEN = {
    "not a byte": b"",
    "half a header": b"GET /search?q=harbour HTTP/1.1\r\nHost: archive\r\nX-Slow: ",
    "half a body": b"POST /search HTTP/1.1\r\nHost: archive\r\nContent-Length: 100\r\n\r\nq=",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    archive = Archive(folder, articles=100)
    archive.run("reindex")
    with serving(archive, folder / "server.log", 1) as served:
        asked(served, "/search?q=harbour")  # what the first page loads, no later one waits for
        yield served


def asked(server: Server, path: str) -> tuple[int, float]:
    """Return the status of a page, and the seconds it took."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    try:
        connection.request("GET", path, headers={"Connection": "close"})
        response = connection.getresponse()
        response.read()
        return response.status, time.monotonic() - began
    finally:
        connection.close()


@contextmanager
def slow_clients(server: Server, number: int, sent: bytes) -> Iterator[Iterator[socket.socket]]:
    """Open connections one by one and send the same over each; keep all open."""
    with ExitStack() as stack:

        def opened() -> Iterator[socket.socket]:
            for _ in range(number):
                client = stack.enter_context(socket.socket())
                client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
                client.settimeout(5)
                client.connect(("127.0.0.1", server.port))
                client.sendall(sent)
                yield client

        yield opened()


def in_time(server: Server) -> None:
    for path in ("/healthz", "/search?q=harbour", "/search?q=crane"):
        status, seconds = asked(server, path)
        assert status == 200
        assert seconds < 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", HALF_OPEN)
def test_two_hundred_half_open_requests_keep_no_reader_waiting(server: Server, kind: str) -> None:
    with slow_clients(server, SLOW, HALF_OPEN[kind]) as clients:
        assert len(list(clients)) == SLOW
        in_time(server)


@pytest.mark.slow
def test_clients_that_do_not_read_keep_no_reader_waiting(server: Server) -> None:
    with slow_clients(server, SLOW // 5, UNREAD) as clients:
        assert all(client.recv(9) == b"HTTP/1.1 " for client in clients)
        in_time(server)


@pytest.mark.slow
def test_who_asks_for_much_at_once_gets_the_first_answer(server: Server) -> None:
    with socket.socket() as client:
        client.settimeout(5)
        client.connect(("127.0.0.1", server.port))
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" * 50)
        answer = b"".join(iter(lambda: client.recv(1 << 16), b""))
    assert answer.count(b"HTTP/1.1 200") == 1


class Blocking(MemoryEngine):
    """An engine whose searches wait until they may go on."""

    def __init__(self) -> None:
        super().__init__()
        self.reindex(ARTICLES)
        self.begun, self.may_go_on = threading.Semaphore(0), threading.Event()

    def search(self, request: SearchRequest) -> Results:
        self.begun.release()
        assert self.may_go_on.wait(10)
        budget.check()
        return super().search(request)


def test_beyond_capacity_a_search_is_sent_away_at_once_and_the_health_of_the_process_told() -> None:
    engine = Blocking()
    app = create_app(Settings(seconds=60), engine=engine)
    answers = []
    searching = [
        threading.Thread(target=lambda: answers.append(app.test_client().get("/search?q=ferry").status_code))
        for _ in range(PLACES)
    ]
    for each in searching:
        each.start()
        engine.begun.acquire()
    shed = app.test_client().get("/search?q=ferry")
    health = []
    for path in ("/healthz", "/readyz", "/static/style.css"):
        with app.test_client().get(path) as answer:
            health.append(answer.status_code)
    engine.may_go_on.set()
    for each in searching:
        each.join()
    assert shed.status_code == 503
    assert shed.headers["Retry-After"]
    assert "Too many people search this archive just now" in shed.text
    assert health == [200, 200, 200]
    assert answers == [200] * PLACES
    assert app.test_client().get("/search?q=ferry").status_code == 200  # every place was given back


def test_who_has_used_less_goes_first() -> None:
    line, order, waiting = Line(), list[str](), threading.Barrier(3)
    budgets = {name: Budget(5, line) for name in ("holder", "dear", "cheap")}
    assert line.wait(budgets["holder"], 0.0, 5)

    def work(name: str, used: float) -> None:
        waiting.wait()
        assert line.wait(budgets[name], used, 5)
        order.append(name)
        line.leave(budgets[name])

    working = [threading.Thread(target=work, args=each) for each in (("dear", 3.0), ("cheap", 1.0))]
    for each in working:
        each.start()
    waiting.wait()
    assert until(lambda: line.waiting == 2, 5)
    line.leave(budgets["holder"])
    for each in working:
        each.join()
    assert order == ["cheap", "dear"]


def test_time_that_is_over_ends_what_is_done_in_it() -> None:
    with budget.limited(Budget(0, Line())), pytest.raises(OutOfTime, match="within 0 seconds"):
        budget.check()
    budget.check()  # there is no budget any more


def test_what_cannot_be_stopped_waits_for_its_turn_no_longer_than_its_time() -> None:
    line = Line()
    assert line.wait(Budget(5, line), 0.0, 5)
    with budget.limited(Budget(0.01, line)), pytest.raises(OutOfTime):
        budget.take_turn()
    assert line.waiting == 0


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    engine = open_engine(f"{request.param}:{tmp_path_factory.mktemp('index')}")
    with engine.lock():
        engine.reindex(ARTICLES)
    return engine


@pytest.mark.parametrize("query", ["fe* OR pi* OR th*", "ferri~", '"will rise by two"', "ferry w/5 weeks w/9 dock"])
def test_a_dear_search_ends_with_its_time(engine: Engine, query: str) -> None:
    with budget.limited(Budget(0, Line())), pytest.raises(OutOfTime):
        engine.search(SearchRequest(parse(query)))
    assert engine.search(SearchRequest(parse(query))).generation


def test_a_page_that_took_too_long_says_so(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    site = create_app(Settings(), engine=engine)
    monkeypatch.setattr(budget.time, "monotonic", count(step=3).__next__)  # each look at the clock takes 3 seconds
    answer = site.test_client().get("/search?q=fe*")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "This was not done within 2 seconds" in answer.text


def test_what_was_found_is_shown_without_help_that_there_was_no_time_for(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object) -> None:
        raise OutOfTime(2)

    monkeypatch.setattr(pages, "meant", late)
    site = create_app(Settings(seconds=60), engine=engine).test_client()
    assert "no time left to look for other spellings" in site.get("/search?q=ferry").text
    assert "no time left" in site.get("/search.json?q=ferry").get_json()["cut"][0]
    monkeypatch.setattr(pages.snippets, "body_marks", late)
    article = site.get(f"/articles/{ARTICLES[0].id}?q=ferry")
    assert article.status_code == 200
    assert "The words you searched for are not marked here. This was not done within 2 seconds" in article.text
