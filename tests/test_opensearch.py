"""What OpenSearch alone has to keep: addresses and secrets, locks, generations, points in time, and nodes that die."""

import json
import os
import re
import signal
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest
from engine_articles import article, invented, on, statement
from engine_requests import found, search
from opensearch_server import Node, new_archive, require, running
from rapidfuzz.distance import OSA

from searchapp.analysis import Analysis, this_analysis
from searchapp.article import Article, Speaker
from searchapp.engines import open_engine, without_password
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.opensearch import engine as module
from searchapp.engines.opensearch.cluster import ATTEMPTS, Address, Cluster, Operation, Search
from searchapp.engines.opensearch.engine import OpenSearchEngine
from searchapp.engines.protocol import SCHEMA
from searchapp.errors import (
    BadSetting,
    EngineUnavailable,
    IndexBusy,
    IndexFault,
    IndexMissing,
    IndexOutdated,
    UnsupportedQuery,
)
from searchapp.fields import FACETS
from searchapp.query import Everything, Fuzzy, InStatement, Query, Words
from searchapp.search import IndexInfo, SearchRequest
from searchapp.web import create_app

EVERYTHING = SearchRequest(Query("", Everything()), limit=1000)
NOWHERE = "127.0.0.1:9"  # a port that nobody listens on

Make = Callable[[], OpenSearchEngine]


@pytest.fixture
def make(opensearch: str) -> Make:
    """Makes engines, all of one new archive."""
    name = new_archive(opensearch)._name
    return lambda: OpenSearchEngine(f"http://{opensearch}/{name}", shards=2, replicas=0)


@dataclass(frozen=True)
class Pretender:
    """A server that only pretends: where it is, and what it was asked for, such as ``POST /_msearch``."""

    host: str
    asked: list[str]

    def cluster(self) -> Cluster:
        return Cluster(Address.of(f"http://{self.host}/archive"))


@contextmanager
def pretending(*answers: tuple[int | None, object], certificate: Path | None = None) -> Iterator[Pretender]:
    """Run a server that gives these answers, each a status and what it says, one after the other and then the last
    for ever. To the status None belongs no answer. With a certificate it speaks TLS."""
    ended, asked = threading.Event(), list[str]()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, told = answers[min(len(asked), len(answers) - 1)]
            asked.append(f"{self.command} {self.path.partition('?')[0]}")
            if status is None:
                ended.wait(10)
                return
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_POST = do_DELETE = answer

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Pretender(f"127.0.0.1:{server.server_port}", asked)
        finally:
            ended.set()
            server.shutdown()


def soon(holds: Callable[[], bool], within: float = 60.0) -> None:
    """Wait until something holds: machines differ in how long that takes."""
    ends = time.monotonic() + within
    while not holds():
        assert time.monotonic() < ends, f"not within {within:.0f} s"
        time.sleep(0.05)


def ids(engine: OpenSearchEngine) -> list[str]:
    return sorted(found(engine.search(EVERYTHING)))


def indexes(engine: OpenSearchEngine) -> set[str]:
    """Return the generations whose indexes are there."""
    text = engine._cluster.call("GET", f"/_cat/indices/{engine._name}-*", h="index") or ""
    return set(re.findall(rf"{engine._name}-(\S+?-[0-9a-f]{{6}})-", text))


# Addresses and secrets


def test_an_address_names_nodes_user_and_archive() -> None:
    address = Address.of("https://reader:p%40ss:w@one:9201,two/news_2021")
    assert address == Address((("one", 9201), ("two", 9200)), True, "news_2021", "reader", "p@ss:w")
    assert str(address) == "https://one:9201, https://two:9200"


@pytest.mark.parametrize(
    "url",
    ["http://host:9200", "http://host:9200/", "http:///name", "http://host:x/name", "ftp://host/name", "http://h/A"],
)
def test_a_malformed_address_is_refused_without_telling_the_password(url: str) -> None:
    with pytest.raises(BadSetting) as refused:
        open_engine("opensearch+" + url.replace("://", "://me:hush@"))
    assert "hush" not in str(refused.value)


def test_a_password_is_never_shown() -> None:
    url = f"opensearch+http://me:hush@{NOWHERE}/name"
    assert without_password(url) == f"opensearch+http://{NOWHERE}/name"
    assert without_password("a folder@home") == "a folder@home"
    engine = open_engine(url)
    assert "hush" not in repr(Address.of(url.removeprefix("opensearch+")))
    with pytest.raises(EngineUnavailable) as fault:
        engine.info()
    assert "hush" not in str(fault.value)
    assert NOWHERE in str(fault.value)


def test_without_its_package_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "opensearchpy.py").write_text("raise ModuleNotFoundError('gone', name='opensearchpy')")
    code = "from searchapp.engines import open_engine; open_engine('opensearch+http://host/name')"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert "pip install 'searchapp[opensearch]'" in ran.stderr.splitlines()[-1]


def test_who_is_not_let_in_learns_why() -> None:
    with pretending((401, {"error": "Unauthorized"})) as server:
        engine = OpenSearchEngine(f"http://me:hush@{server.host}/name")
        with pytest.raises(IndexFault, match="check the name and the password") as fault:
            engine.info()
    assert not isinstance(fault.value, EngineUnavailable)


def test_certificates_are_verified_by_the_authority_that_is_named(tmp_path: Path) -> None:
    file = tmp_path / "certificate.pem"
    making = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=tests -addext subjectAltName=IP:127.0.0.1".split()
    subprocess.run([*making, "-keyout", str(file), "-out", str(tmp_path / "public")], check=True, capture_output=True)
    with file.open("ab") as both:
        both.write((tmp_path / "public").read_bytes())
    with pretending((200, {}), certificate=file) as server:
        address = Address.of(f"https://{server.host}/name")
        assert Cluster(address, str(tmp_path / "public")).call("GET", "/") == "{}"
        with pytest.raises(EngineUnavailable, match="opensearch_ca"):
            Cluster(address).call("GET", "/")


# A cluster that is away


def test_the_site_says_503_while_the_cluster_is_away_and_recovers_by_itself(make: Make) -> None:
    make().reindex([article("one", "grain")])
    engine = make()
    client = create_app(engine=engine).test_client()
    assert client.get("/search.json?q=grain").json["total"] == 1
    there = engine._cluster
    engine._cluster = Cluster(Address.of(f"http://{NOWHERE}/name"))
    for path in ("/search?q=grain", "/articles/one", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    engine._cluster = there
    assert client.get("/search.json?q=grain").json["total"] == 1


def test_a_node_that_is_away_is_passed_over(opensearch: str, make: Make) -> None:
    make().reindex([article("one", "grain")])
    both = OpenSearchEngine(f"http://{NOWHERE},{opensearch}/{make()._name}")
    assert [ids(both) for _ in range(4)] == [["one"]] * 4


def test_a_cluster_that_does_not_answer_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchapp.engines.opensearch.cluster.ANSWER_WITHIN", 0.2)
    with pretending((None, None)) as server, pytest.raises(EngineUnavailable, match="no answer in time"):
        server.cluster().call("GET", "/", timeout=0.2)


# What a cluster refuses, and what passes when it is asked again


ALL = Search({"query": {"match_all": {}}}, "archive-articles")
FOUND = {"status": 200, "hits": {"total": {"value": 7}, "hits": []}}


def failed(status: int, *causes: str) -> dict[str, Any]:
    """Return what a search brings that failed on its shards."""
    roots = [{"type": cause, "reason": "[node-9]"} for cause in causes]
    return {"status": status, "error": {"type": "search_phase_execution_exception", "reason": "", "root_cause": roots}}


def brought(*answers: dict[str, Any]) -> tuple[int, object]:
    """Return the answer to as many searches."""
    return 200, {"responses": answers}


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets no time pass between two attempts."""
    monkeypatch.setattr("searchapp.engines.opensearch.cluster.PAUSES", (0.0,) * 10)


PASSING = [
    failed(500, "node_disconnected_exception"),
    failed(500, "node_not_connected_exception"),
    failed(503, "no_shard_available_action_exception"),
    failed(503),
    failed(429, "rejected_execution_exception"),
    failed(429, "circuit_breaking_exception"),
    failed(404, "search_context_missing_exception"),
    failed(404, "index_shard_closed_exception"),
]


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fault", PASSING)
def test_a_search_that_a_dying_node_fails_is_asked_again(fault: dict[str, Any]) -> None:
    with pretending(brought(FOUND, fault), brought(FOUND, FOUND)) as server:
        answers = server.cluster().search([ALL, ALL])
    assert [answer.hits.total.value for answer in answers] == [7, 7]
    assert server.asked == ["POST /_msearch"] * 2


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("fault", PASSING)
def test_a_search_that_keeps_failing_is_given_up_for_now(fault: dict[str, Any]) -> None:
    with pretending(brought(fault)) as server:
        with pytest.raises(EngineUnavailable, match="cannot answer just now"):
            server.cluster().search([ALL])
        assert len(server.asked) == ATTEMPTS
        page = create_app(engine=OpenSearchEngine(f"http://{server.host}/archive")).test_client().get("/search?q=grain")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "10")


def test_a_search_is_not_repeated_when_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchapp.engines.opensearch.cluster.PAUSES", (1.1,))
    with pretending(brought(PASSING[0])) as server, pytest.raises(EngineUnavailable):
        server.cluster().search([ALL], timeout=1.0)
    assert len(server.asked) == 2


@pytest.mark.parametrize("beside", [FOUND, PASSING[0]])
@pytest.mark.parametrize(
    ("fault", "raised", "told"),
    [
        (failed(400, "parsing_exception"), IndexFault, "refused a request .parsing_exception"),
        (failed(404, "resource_not_found_exception"), IndexFault, "refused a request"),
        (failed(500, "too_many_clauses"), UnsupportedQuery, "more parts than this OpenSearch allows"),
        (failed(400, "query_shard_exception", "too_many_nested_clauses"), UnsupportedQuery, "more parts"),
        (failed(500, "task_cancelled_exception"), EngineUnavailable, "takes too long over this search"),
    ],
)
def test_a_search_that_cannot_succeed_is_not_asked_again(
    fault: dict[str, Any], raised: type[Exception], told: str, beside: dict[str, Any]
) -> None:
    with pretending(brought(beside, fault)) as server, pytest.raises(raised, match=told) as refused:
        server.cluster().search([ALL, ALL])
    assert type(refused.value) is raised
    assert server.asked == ["POST /_msearch"]


def test_a_search_is_cancelled_before_its_time_is_up() -> None:
    assert json.loads(ALL.lines(1.5)[0])["cancel_after_time_interval"] == "1500000000nanos"


@pytest.mark.parametrize("fault", [failed(404, "search_context_missing_exception"), PASSING[0]])
def test_what_a_point_in_time_lost_is_told_and_not_waited_for(fault: dict[str, Any]) -> None:
    with pretending(brought(FOUND, fault)) as server:
        held = Search({"pit": {"id": "held"}})
        found, lost = server.cluster().search([ALL, held])
    assert (found.error, bool(lost.error), server.asked) == (None, True, ["POST /_msearch"])


def test_an_index_that_is_missing_is_told() -> None:
    with pretending(brought({"status": 404, "error": {"type": "index_not_found_exception", "reason": "no"}})) as server:
        (answer,) = server.cluster().search([ALL])
        with pytest.raises(IndexMissing, match="There is no index"):
            OpenSearchEngine(f"http://{server.host}/archive").info()
    assert answer.missing


def manifest_of(info: IndexInfo) -> dict[str, Any]:
    """Return what a search for the manifest is answered."""
    manifest = module._Manifest(info, module._Searchable("one", "archive-one"), None, ())
    hit = {"_id": "manifest", "_source": {"manifest": msgspec.to_builtins(manifest)}}
    return {"responses": [{"hits": {"hits": [hit], "total": {"value": 1}}, "status": 200}]}


def test_an_index_of_other_terms_is_told_by_what_made_them() -> None:
    info = IndexInfo("opensearch", "one", 7, 9, 2, 1, None, None, corpus="/articles", schema=SCHEMA)
    older = replace(info, analysis=Analysis("0" * 16, "PyStemmer 3.0.0"))
    same = replace(info, analysis=replace(this_analysis(), versions="PyStemmer 3.1.9"))
    with pretending((200, manifest_of(older))) as server:
        engine = OpenSearchEngine(f"http://{server.host}/archive")
        for ask in (engine.info, engine.profile, lambda: engine.search(EVERYTHING)):
            with pytest.raises(
                IndexOutdated, match=r"was written with PyStemmer 3\.0\.0, but PyStemmer .* reindex"
            ) as told:
                ask()
    assert (told.value.corpus, told.value.articles) == ("/articles", 7)
    with pretending((200, manifest_of(same))) as server:
        assert OpenSearchEngine(f"http://{server.host}/archive").info() == same


@pytest.mark.parametrize(
    ("outcomes", "raised", "told"),
    [
        ([(200, ""), (503, "unavailable_shards_exception")], EngineUnavailable, "accepts no articles just now"),
        ([(500, "node_disconnected_exception"), (201, "")], EngineUnavailable, "accepts no articles just now"),
        ([(429, "rejected_execution_exception")] * 2, EngineUnavailable, "accepts no articles just now"),
        (
            [(503, "unavailable_shards_exception"), (400, "mapper_parsing_exception")],
            IndexFault,
            'refuses to store "two"',
        ),
        ([(404, "index_not_found_exception"), (200, "")], IndexFault, 'refuses to store "one"'),
    ],
)
def test_writing_tells_what_passes_from_what_is_refused(
    outcomes: list[tuple[int, str]], raised: type[Exception], told: str
) -> None:
    items = [{"index": {"status": status} | ({"error": {"type": t}} if t else {})} for status, t in outcomes]
    with pretending((200, {"items": items})) as server, pytest.raises(raised, match=told) as refused:
        server.cluster().write([Operation("archive-articles", each, b"{}") for each in ("one", "two")])
    assert type(refused.value) is raised


@pytest.mark.parametrize(
    ("status", "cause", "raised"),
    [
        (500, "node_disconnected_exception", EngineUnavailable),
        (429, "circuit_breaking_exception", EngineUnavailable),
        (503, "cluster_manager_not_discovered_exception", EngineUnavailable),
        (400, "validation_exception", IndexFault),
        (404, "index_not_found_exception", IndexFault),
    ],
)
def test_a_request_that_fails_says_whether_it_may_succeed_later(
    status: int, cause: str, raised: type[Exception]
) -> None:
    answer = (status, {"error": {"type": cause, "reason": "so it is"}, "status": status})
    with pretending(answer) as server:
        with pytest.raises(raised, match=f"{cause}: so it is") as refused:
            server.cluster().call("GET", "/_alias/archive-meta")
        assert server.cluster().call("PUT", "/archive", {}, allowed=(cause,)) is None
    assert type(refused.value) is raised


@pytest.mark.parametrize(
    ("shards", "health", "shown"),
    [
        ((6, 6, 0), None, True),
        ((6, 3, 0), "yellow", True),  # second copies are missing
        ((6, 4, 0), "red", False),  # a shard is away, and OpenSearch calls that no failure
        ((6, 5, 1), None, False),
    ],
)
def test_a_refresh_that_passes_a_shard_over_is_not_taken_for_one(
    shards: tuple[int, int, int], health: str | None, shown: bool
) -> None:
    refreshed = {"_shards": dict(zip(("total", "successful", "failed"), shards, strict=True))}
    refused = nullcontext() if shown else pytest.raises(EngineUnavailable, match="cannot yet show everything")
    with pretending((200, refreshed), (200, {"status": health})) as server, refused:
        server.cluster().refresh("archive-articles")
    asked = ["POST /archive-articles/_refresh", "GET /_cluster/health/archive-articles"]
    assert server.asked == asked[: 2 if health else 1]


@pytest.mark.usefixtures("hasty")
def test_work_is_insisted_on_while_the_cluster_is_away_and_no_longer() -> None:
    outcomes = iter([EngineUnavailable("away"), EngineUnavailable("away"), "done"])

    def work() -> str:
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return str(outcome)

    def refused() -> None:
        tried.append("once")
        raise IndexFault("refused")

    tried = list[str]()
    cluster = Cluster(Address.of(f"http://{NOWHERE}/name"))
    assert cluster.insist(work) == "done"
    with pytest.raises(IndexFault, match="refused"):
        cluster.insist(refused)
    assert tried == ["once"]


# Exact answers


def test_fuzzy_words_are_those_of_optimal_string_alignment(make: Make) -> None:
    words = ["".join(letters) for size in (1, 2, 3, 4) for letters in product("abc", repeat=size)]
    engine = make()
    engine.reindex([article(word, word) for word in words])
    for term, distance in product(("a", "ab", "abc", "cab", "abca", "cabb"), (1, 2)):
        expected = sorted(word for word in words if OSA.distance(word, term) <= distance)
        hits = search(engine, Fuzzy("body", term, distance), limit=1000)
        assert sorted(found(hits)) == expected
        assert not hits.cut


@pytest.mark.parametrize("beyond", [0, 3, 200])
def test_more_values_than_are_told_at_once_are_counted_in_parts(
    make: Make, monkeypatch: pytest.MonkeyPatch, beyond: int
) -> None:
    monkeypatch.setattr("searchapp.engines.opensearch.clauses.BEYOND", beyond)
    monkeypatch.setattr("searchapp.engines.opensearch.clauses.MOST_VALUES", dict.fromkeys(FACETS, 2))
    crowd = tuple(Speaker(f"Voter {number}") for number in range(9))
    body = "The grain stays, they said."
    articles = [
        article(
            str(n),
            body,
            source=f"Source {n}",
            speakers=crowd,
            statements=(statement(body, "grain", by=crowd[: n + 1]),),
        )
        for n in range(9)
    ]
    engine, oracle = make(), MemoryEngine()
    assert engine.reindex(articles) == replace(
        oracle.reindex(articles), engine="opensearch", generation=engine.info().generation, built=engine.info().built
    )
    for tree, limit in product((Everything(), InStatement(Words("said", ("grain",)))), (0, 1, 10, None)):
        assert search(engine, tree, facet_limit=limit).facets == search(oracle, tree, facet_limit=limit).facets


def test_pages_beyond_the_window_go_on(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WINDOW", 7)
    engine, oracle = make(), MemoryEngine()
    for each in (engine, oracle):
        each.reindex(invented(30))
    for sort, view in product(("newest", "oldest"), ("articles", "statements")):
        request = replace(EVERYTHING, sort=sort, view=view, limit=5)
        for offset in range(0, 30, 5):
            page = replace(request, offset=offset)
            assert found(engine.search(page)) == found(oracle.search(page))
    assert Counter(engine.digests()) == Counter(oracle.digests())
    ranked = SearchRequest(Query("", Words("text", ("grain",))), limit=5)
    pages = [engine.search(replace(ranked, offset=offset)).hits for offset in range(0, 30, 5)]
    monkeypatch.undo()
    assert [hit for page in pages for hit in page] == list(engine.search(replace(ranked, limit=30)).hits)


def test_scores_do_not_depend_on_shards(opensearch: str) -> None:
    articles = invented(40)
    scores = []
    for shards in (1, 5):
        engine = new_archive(opensearch, shards)
        engine.reindex(articles)
        hits = search(engine, Words("text", ("grain",)), limit=40).hits
        scores.append([(hit.article.id, hit.score) for hit in hits])
    assert scores[0] == scores[1]


def test_a_new_generation_has_one_segment_a_shard(opensearch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = new_archive(opensearch, shards=1)
    monkeypatch.setattr(module, "BATCH", 1)
    write = engine._write

    def write_segment(held: Any, *others: Any) -> None:
        write(held, *others)
        engine._refresh(held)

    monkeypatch.setattr(engine, "_write", write_segment)
    engine.reindex(invented(6))
    told = engine._cluster.call("GET", f"/_cat/segments/{engine._name}-*-articles", h="shard,segment,searchable")
    assert [line.split()[2] for line in (told or "").splitlines() if line.endswith("true")] == ["true"]


def test_long_ids_and_ids_like_paths_are_kept(make: Make) -> None:
    names = ["a/b c.txt", "ü" * 700, "ü" * 700 + "x", "_x", '"']
    engine = make()
    engine.reindex([article(name, "grain") for name in names])
    assert sorted(engine.get(names)) == ids(engine) == sorted(names)
    engine.update([], deleted=names[1:3])
    assert ids(engine) == sorted([names[0], *names[3:]])


# Generations


def test_two_generations_are_kept_and_what_dead_runs_left_is_cleared(make: Make) -> None:
    engine = make()
    first = engine.reindex([article("first", "grain")]).generation

    def broken() -> Iterator[Article]:
        yield article("second", "grain")
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        engine.reindex(broken())
    assert (ids(engine), indexes(engine)) == (["first"], {first})
    abandoned = "20200101t000000-abcdef"
    engine._create(module._Searchable(abandoned, f"{engine._name}-{abandoned}"))
    assert indexes(engine) == {first, abandoned}
    second = engine.reindex([article("second", "grain")]).generation
    third = engine.reindex([article("third", "grain")]).generation
    assert indexes(engine) == {second, third}
    assert ids(make()) == ["third"]


@pytest.mark.parametrize("fault", [EngineUnavailable("the answer was lost"), KeyboardInterrupt()])
@pytest.mark.usefixtures("hasty")
def test_a_generation_stays_if_only_the_answer_to_the_switch_was_lost(
    make: Make, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    engine = make()
    engine.reindex([article("old", "grain")])
    call = engine._cluster.call

    def losing(method: str, path: str, *rest: object, **others: Any) -> str | None:
        answer = call(method, path, *rest, **others)
        if path == "/_aliases":
            raise fault
        return answer

    monkeypatch.setattr(engine._cluster, "call", losing)
    with pytest.raises(type(fault)):
        engine.reindex([article("new", "grain")])
    assert ids(make()) == ["new"]


def test_indexes_may_be_made_twice_but_not_badly(make: Make) -> None:
    engine = make()
    held = module._Searchable("20200101t000000-abcdef", f"{engine._name}-20200101t000000-abcdef")
    engine._create(held)
    engine._create(held)
    engine._shards = 100_000
    with pytest.raises(IndexFault, match="refused a request") as refused:
        engine._create(module._Searchable("other", f"{engine._name}-other"))
    assert not isinstance(refused.value, EngineUnavailable)


def test_the_old_one_serves_until_the_switch(make: Make) -> None:
    engine, reader, seen = make(), make(), []
    engine.reindex([article("old", "grain")])

    def articles() -> Iterator[Article]:
        yield article("new", "grain")
        seen.append(ids(reader))

    engine.reindex(articles())
    assert seen == [["old"]]
    assert ids(reader) == ["new"]


@pytest.mark.parametrize("how", ["reindex", "update"])
def test_next_pages_come_from_the_generation_the_first_came_from(make: Make, how: str) -> None:
    engine, reader = make(), make()
    body = "The grain stays."
    engine.reindex(
        [article(str(n), body, published=on(2000 + n), statements=(statement(body, "grain"),)) for n in range(6)]
    )
    at = reader.search(EVERYTHING).generation
    pages = {view: reader.search(replace(EVERYTHING, view=view)) for view in ("articles", "statements")}
    ranked = SearchRequest(Query("", Words("text", ("grain",))), limit=4)
    scored = reader.search(ranked).hits
    new = [article("new", body, published=on(2020), statements=(statement(body, "grain"),))]
    if how == "reindex":
        engine.reindex(new)
    else:
        engine.update(new, deleted=["3"])
    for view, before in pages.items():
        after = reader.search(replace(EVERYTHING, view=view, at=at))
        assert (after.generation, found(after), after.facets) == (at, found(before), before.facets)
        now = reader.search(replace(EVERYTHING, view=view))
        assert now.generation == engine.info().generation != at
        assert "new" in {hit.article.id for hit in now.hits}
    assert [(hit.article.id, hit.score) for hit in reader.search(replace(ranked, at=at)).hits] == [
        (hit.article.id, hit.score) for hit in scored
    ]
    engine.update([article("newer", body)])
    assert reader.search(replace(EVERYTHING, at=at)).generation == engine.info().generation


def test_a_point_in_time_that_ended_leaves_what_is_served(make: Make) -> None:
    engine = make()
    at = engine.reindex([article("one", "grain")]).generation
    engine.update([article("two", "grain")])
    engine._cluster.call("DELETE", "/_search/point_in_time/_all")
    results = engine.search(replace(EVERYTHING, at=at))
    assert (results.generation, results.total) == (engine.info().generation, 2)


def test_an_update_shows_whole_or_not_at_all_and_one_that_died_is_made_up_for(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, reader = make(), make()
    body = "The grain stays. The harbour opens."
    old = article("one", body, statements=(statement(body, "grain"), statement(body, "harbour")))
    engine.reindex([old, article("two", "treaty")])
    changed = replace(
        article("one", "The treaty holds.", statements=(statement("The treaty holds.", "treaty"),)), digest="2"
    )

    def dying() -> Iterator[Article]:
        yield changed
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "BATCH", 1)
    with pytest.raises(KeyboardInterrupt):
        engine.update(dying())
    assert reader.get(["one"]) == {"one": old}
    assert search(reader, Words("said", ("harbour",)), view="statements").total == 1
    engine.update([changed], deleted=["two"])
    assert reader.get(["one", "two"]) == {"one": changed}
    assert search(reader, Everything(), view="statements").total == reader.info().statements == 1


def test_a_profile_of_many_pieces_comes_back(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PIECE", 100)
    engine, profile = make(), bytes(range(256)) * 9
    engine.reindex([article("one", "grain")], profile=profile)
    assert make().profile() == profile
    engine.update([], profile=profile[1:])
    assert make().profile() == profile[1:]


# Locks


def test_one_writer_keeps_others_out_and_says_who_it_is(make: Make) -> None:
    engine, other = make(), make()
    with engine.lock():
        with engine.lock(), pytest.raises(IndexBusy, match=rf"process {os.getpid()} on .* since 20"):
            other.reindex([])
        with pytest.raises(IndexMissing):
            other.info()
    other.reindex([])


def test_a_lock_is_renewed_while_its_writer_lives_and_ends_when_it_died(make: Make, opensearch: str) -> None:
    code = f"""
import time
from searchapp.engines import open_engine
from searchapp.engines.opensearch import lease
lease.LEASE = 6.0
with open_engine("opensearch+http://{opensearch}/{make()._name}").lock():
    print("held", flush=True)
    time.sleep(120)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "held\n"
        first = _ends(make())
        soon(lambda: _ends(make()) > first + 2)
        told = rf"process {writer.pid} on .* If it has died, its lock runs out at"
        with pytest.raises(IndexBusy, match=told), make().lock():
            pass
        writer.kill()
    ends = _ends(make())
    soon(lambda: _can_lock(make()))
    assert time.time() > ends


def _can_lock(engine: OpenSearchEngine) -> bool:
    try:
        with engine.lock():
            return True
    except IndexBusy:
        return False


def _ends(engine: OpenSearchEngine) -> float:
    """Return when the lock ends that someone has."""
    there = engine._lease._read()
    assert there
    return there.held.ends


def test_requests_for_the_lock_may_be_repeated(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchapp.engines.opensearch.lease.LEASE", 6.0)
    engine = make()
    call = engine._cluster.call

    def twice(method: str, path: str, *rest: object, **others: Any) -> str | None:
        if method == "PUT":
            call(method, path, *rest, **others)  # the answer is lost
        return call(method, path, *rest, **others)

    monkeypatch.setattr(engine._cluster, "call", twice)
    with engine.lock():
        first = _ends(engine)
        soon(lambda: _ends(engine) > first + 2)
        engine._lease.check()
        with pytest.raises(IndexBusy), make().lock():
            pass


def test_a_lock_that_could_not_be_renewed_is_waited_for_and_lost_only_to_another(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchapp.engines.opensearch.lease.LEASE", 2.0)
    engine, other, tried = make(), make(), threading.Event()

    def away(*_: object) -> None:
        tried.set()
        raise EngineUnavailable("away")

    with engine.lock():
        for lost in (False, True):
            tried.clear()
            with monkeypatch.context() as patch:
                patch.setattr(engine._lease, "_put", away)
                soon(lambda: tried.is_set() and time.time() > engine._lease._ends)
                with pytest.raises(EngineUnavailable, match="could not be renewed"):
                    engine._lease.check()
                if lost:
                    with other.lock():
                        pass
            if not lost:
                engine._cluster.insist(engine._lease.check)
        soon(engine._lease._lost.is_set)
        with pytest.raises(IndexBusy, match="lock on the index ran out"):
            engine._lease.check()


def test_a_writer_that_lost_its_lock_publishes_nothing(make: Make) -> None:
    engine = make()
    engine.reindex([article("one", "grain")])
    with engine.lock():
        engine._lease._lost.set()
        with pytest.raises(IndexBusy, match="lock on the index ran out"):
            engine.reindex([article("two", "grain")])
    assert ids(engine) == ["one"]


# Nodes that die


@pytest.mark.slow
def test_a_node_killed_while_indexing_and_searching_loses_and_doubles_nothing(pytestconfig: pytest.Config) -> None:
    if not (pytestconfig.getoption("--torture") or os.environ.get("CI")):
        pytest.skip("A minute of three servers: add --torture.")
    require()
    articles = invented(3000, seed=5)
    with running(3) as nodes, pytest.MonkeyPatch.context() as patch:
        for each in (Cluster.call, Cluster.search):  # who answers is asked here, not how soon: a machine may be slow
            patch.setitem(each.__kwdefaults__, "timeout", 60.0)
        engine = OpenSearchEngine(f"http://{','.join(node.host for node in nodes)}/archive", shards=3, replicas=1)
        engine.reindex(articles[:300])
        engine._cluster.settle("archive-*")
        reader = OpenSearchEngine(f"http://{','.join(node.host for node in nodes)}/archive")
        stopped, answers = threading.Event(), Counter[object]()
        asking = threading.Thread(target=_ask_on, args=(reader, stopped, answers))
        asking.start()
        try:
            patch.setattr(module, "BATCH", 100_000)
            info = engine.reindex(_killing(nodes[0], articles, answers))
        finally:
            stopped.set()
            asking.join()
        assert nodes[0].process.poll() is not None
        assert (info.articles, info.statements) == (3000, sum(len(each.statements) for each in articles))
        assert Counter(engine.digests()) == Counter((each.id, each.digest) for each in articles)
        assert set(answers) <= {300, 3000}, "an answer was wrong, or there was none"


def _killing(node: Node, articles: list[Article], answers: Counter[object]) -> Iterator[Article]:
    """Yield articles, kill a node at half of them, and end when searches were answered for a while without it."""
    half = len(articles) // 2
    yield from articles[:half]
    node.process.send_signal(signal.SIGKILL)
    before = answers[300]
    yield from articles[half:]
    soon(lambda: answers[300] > before + 20, within=300)


def _ask_on(engine: OpenSearchEngine, stopped: threading.Event, answers: Counter[object]) -> None:
    while not stopped.wait(0.05):
        try:
            results = engine.search(replace(EVERYTHING, limit=10))
            answers[results.total] += 1
        except IndexFault as fault:
            answers[str(fault)] += 1
