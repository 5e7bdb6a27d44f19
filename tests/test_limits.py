"""How often a client may ask."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from web_articles import ARTICLES

from searchapp.engines.memory import MemoryEngine
from searchapp.errors import BadSetting
from searchapp.settings import Settings
from searchapp.web import create_app, doors

HERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def site() -> Callable[..., FlaskClient]:
    engine = MemoryEngine()
    with engine.lock():
        engine.reindex(ARTICLES[:1])

    def made(**settings: Any) -> FlaskClient:
        return create_app(Settings(**settings), engine=engine).test_client()

    return made


def statuses(client: FlaskClient, address: str, number: int, by: str = "203.0.113.9") -> list[int]:
    return [client.get(address, environ_overrides={"REMOTE_ADDR": by}).status_code for _ in range(number)]


def test_who_asks_too_often_is_told_when_to_go_on(site: Callable[..., FlaskClient]) -> None:
    client = site(limit=3)
    assert statuses(client, "/about", 4) == [200, 200, 200, 429]
    page, answer = (client.get(address, environ_overrides=HERE) for address in ("/search", "/search.json"))
    assert page.status_code == answer.status_code == 429
    assert (page.mimetype, answer.mimetype) == ("text/html", "application/problem+json")
    for each in (page, answer):
        assert 0 < int(each.headers["Retry-After"]) <= 60
        assert "More than 3 requests came from you within a minute" in each.text
    assert set(answer.get_json()) == {"type", "title", "status", "detail", "fault", "mended"}
    assert statuses(client, "/healthz", 5) == [200] * 5
    with client.get("/static/style.css", environ_overrides=HERE) as style:
        assert style.status_code == 200
    assert statuses(client, "/about", 1, by="203.0.113.10") == [200]


def test_by_itself_there_is_no_limit(site: Callable[..., FlaskClient]) -> None:
    assert set(statuses(site(), "/about", 100)) == {200}


def test_the_addresses_of_one_connection_are_one_client(site: Callable[..., FlaskClient]) -> None:
    client = site(limit=2)
    assert [statuses(client, "/about", 1, f"2001:db8:0:1::{number}") for number in (1, 2, 3)] == [[200], [200], [429]]
    assert statuses(client, "/about", 1, "2001:db8:0:2::1") == [200]


def test_behind_a_proxy_its_clients_are_told_apart(site: Callable[..., FlaskClient]) -> None:
    client = site(limit=1, proxies=1)
    for number, status in [(1, 200), (2, 200), (1, 429)]:
        answer = client.get("/about", headers={"X-Forwarded-For": f"192.0.2.{number}"})
        assert answer.status_code == status


def test_where_redis_is_away_each_process_counts_by_itself(
    site: Callable[..., FlaskClient], caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("redis")
    client = site(limit=2, counters="redis://127.0.0.1:1")
    with caplog.at_level(logging.CRITICAL, "flask-limiter"):
        assert statuses(client, "/about", 3) == [200, 200, 429]


@pytest.mark.parametrize("counters", ["disk", "http://127.0.0.1", "redis"])
def test_what_cannot_count_is_told(counters: str) -> None:
    with pytest.raises(BadSetting, match="counters is"):
        doors.refuse_misfit(Settings(limit=1, counters=counters))
