"""Prometheus is told how a site fares, by all its processes together, and nobody else is."""

import re
import socket
from http.client import HTTPConnection
from pathlib import Path

import pytest
from live import Archive, serving
from prometheus_client.exposition import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import CollectorRegistry

from searchapp import indexing, lastrun
from searchapp.engines import open_engine
from searchapp.errors import BadSetting, Overloaded
from searchapp.settings import Settings
from searchapp.web import create_app, metrics


def told(registry: CollectorRegistry) -> dict[tuple[str, ...], float]:
    return values(generate_latest(registry).decode())


def values(text: str) -> dict[tuple[str, ...], float]:
    """Return the figures of a page for Prometheus by their names and labels."""
    families = text_string_to_metric_families(text)
    return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}


@pytest.fixture
def index(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "ferry.txt").write_text("The ferry will sail again in spring, Ada Lindgren said.\n")
    return tmp_path / "index"


def test_answers_and_what_is_sent_away_are_counted(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, engine = Settings(index=str(index), metrics="127.0.0.1:9100"), open_engine(f"whoosh:{index}")
    indexing.reindex(engine, index.parent / "corpus", jobs=1)
    client, before = create_app(settings, engine=engine).test_client(), told(metrics.registry(settings, engine))
    assert client.get("/search?q=ferry").status_code == 200

    def overloaded(*_: object, **__: object) -> None:
        raise Overloaded("Too many.")

    monkeypatch.setattr(engine, "search", overloaded)
    assert client.get("/search?q=ferry").status_code == 503
    assert client.get("/metrics").status_code == 404
    now = told(metrics.registry(settings, engine))
    grown = {key: value - before.get(key, 0) for key, value in now.items()}
    assert grown["searchapp_answers_total", "pages.search", "200"] == 1
    assert grown["searchapp_answers_total", "pages.search", "503"] == 1
    assert grown["searchapp_answer_seconds_count", "whoosh", "pages.search"] == 2
    assert grown["searchapp_refused_total", "shed"] == 1
    assert now["searchapp_articles",] == 1
    assert (now["searchapp_index_up",], now["searchapp_index_damaged",]) == (1, 0)


def test_an_index_that_is_damaged_or_gone_is_told(index: Path) -> None:
    settings, engine = Settings(index=str(index)), open_engine(f"whoosh:{index}")
    assert told(metrics.registry(settings, engine))["searchapp_index_up",] == 0
    for _ in range(2):
        indexing.reindex(engine, index.parent / "corpus", jobs=1)
    (index / engine.info().generation / "profile").unlink()
    engine = open_engine(f"whoosh:{index}")
    assert told(metrics.registry(settings, engine))["searchapp_index_damaged",] == 1
    assert create_app(settings, engine=engine).test_client().get("/readyz").get_json()["damaged"] is True


def test_what_the_last_run_came_to_is_told(index: Path) -> None:
    index.mkdir()
    assert lastrun.read(index) is None
    lastrun.write(index, lastrun.LastRun("update", 1_800_000_000.0, 2.5, 9, 1, 2, 5, 3, 4, 0))
    found = told(metrics.registry(Settings(index=str(index)), open_engine(str(index))))
    assert found["searchapp_last_run_timestamp_seconds",] == 1_800_000_000
    assert [found[f"searchapp_last_run_{name}",] for name in ("added", "changed", "removed", "rejected")] == [
        1,
        2,
        3,
        4,
    ]
    (index / lastrun.FILE).write_bytes(b"{")
    assert lastrun.read(index) is None


def test_the_manual_names_every_figure(index: Path) -> None:
    engine = open_engine(f"whoosh:{index}")
    indexing.reindex(engine, index.parent / "corpus", jobs=1)
    lastrun.write(index, lastrun.LastRun("update", 0, 0, 0, 0, 0, 0, 0, 0, 0))
    text = generate_latest(metrics.registry(Settings(index=str(index)), engine)).decode()
    told = {re.sub("searchapp_(answers|refused)$", r"\g<0>_total", each) for each in re.findall(r"# TYPE (\w+)", text)}
    manual = (Path(__file__).parent.parent / "docs/operations.md").read_text("utf8")
    rows = "".join(re.findall(r"^\| (`searchapp_.*?) \|", manual, re.M))
    assert {each for each in told if not each.endswith("_created")} == set(re.findall(r"`(\w+)`", rows))


@pytest.mark.parametrize("address", ["9100", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:99999", "203.0.113.1:9100"])
def test_an_address_where_nobody_can_listen_is_named(address: str) -> None:
    with pytest.raises(BadSetting, match="write a host and a port"):
        metrics.refuse_misfit(Settings(metrics=address))


@pytest.mark.slow
def test_processes_are_counted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    archive = Archive(tmp_path, articles=3)
    archive.run("reindex")
    monkeypatch.setenv("SEARCHAPP_METRICS", f"127.0.0.1:{port}")
    with serving(archive, tmp_path / "server.log", 2) as server:
        for _ in range(20):
            assert page(server.port, "/search?q=harbour").startswith("<!doctype")
        counts = {values(page(port, "/"))["searchapp_answers_total", "pages.search", "200"] for _ in range(8)}
        assert counts == {20}
        assert values(page(port, "/"))["searchapp_last_run_added",] > 0


def page(port: int, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()
