"""A speaker's page: what it counts, whom it shows, and that each count is what its link finds."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from web_articles import BRASK, OKORO, day, said, written

from searchapp.article import Article, Speaker
from searchapp.cli import main
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.portraits import portrait
from searchapp.engines.protocol import Engine
from searchapp.settings import Settings
from searchapp.web import create_app

PILOT, MASTER = Speaker(OKORO.name, "harbour pilot"), Speaker(OKORO.name, "harbour master")


def articles() -> Iterator[Article]:
    for number, (year, speaker) in enumerate([(2018, PILOT), (2019, PILOT), (2021, MASTER), (2021, MASTER)]):
        body = f"“The fog is in for day {number},” said Tomas Okorowski. “No,” said Edvin Brask."
        first, second = body.split(" “No")
        yield written(
            f"fog-{number}",
            f"The fog, part {number}",
            body,
            said(body, first, f"“The fog is in for day {number},”", speaker),
            *([said(body, "“No" + second, "“No,”", BRASK)] if number > 1 else []),
            published=day(f"{year}-03-0{number + 1}"),
            source="Quay Gazette" if number else "Lantern Wire",
        )


@pytest.fixture(scope="module", params=["memory", "whoosh", "tantivy"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    kind, folder = request.param, tmp_path_factory.mktemp("speakers")
    made: Engine = MemoryEngine() if kind == "memory" else open_engine(f"{kind}:{folder}")
    with made.lock():
        made.reindex(articles())
    return made


@pytest.fixture(scope="module")
def client(engine: Engine) -> FlaskClient:
    return create_app(Settings(), engine=engine).test_client()


def test_a_portrait_counts_years_sources_and_companions(engine: Engine) -> None:
    found = portrait(engine, OKORO.name)
    assert found
    assert (found.statements, found.articles) == (4, 4)
    assert [(each.year, each.said, each.statements) for each in found.years] == [
        ("2021", 2, 4),
        ("2019", 1, 1),
        ("2018", 1, 1),
    ]
    assert found.years[0].in_a_thousand == 500
    assert [(each.value, each.count) for each in found.sources] == [("Quay Gazette", 3), ("Lantern Wire", 1)]
    assert [(each.value, each.count) for each in found.companions] == [(BRASK.name, 2)]
    assert found.latest[0].article.id == "fog-3"
    assert found.earliest[0].article.id == "fog-0"


def test_the_latest_role_comes_first_with_the_days_it_was_borne(engine: Engine) -> None:
    found = portrait(engine, OKORO.name)
    assert found
    borne = [(each.role, each.first, each.last) for each in found.roles]
    assert borne == [
        ("harbour master", day("2021-03-03"), day("2021-03-04")),
        ("harbour pilot", day("2018-03-01"), day("2019-03-02")),
    ]


def test_nobody_has_no_portrait(engine: Engine, client: FlaskClient) -> None:
    assert portrait(engine, "Ilse Nobody") is None
    answer = client.get("/speakers/Ilse%20Nobody")
    assert answer.status_code == 404
    assert "Nobody called" in answer.text


def test_every_count_on_the_page_is_what_its_link_finds(client: FlaskClient) -> None:
    page = client.get("/speakers/Tomas%20Okorowski").text
    years = re.findall(r'<th scope="row"><a href="([^"]+)">[^<]*</a></th><td>([0-9]+)</td>', page)
    sources = re.findall(r'<a class="value" href="(/search[^"]+)">.*?<span class="count">([0-9]+)</span>', page)
    assert (len(years), len(sources)) == (3 + 3, 2)  # by year, and over time by month
    for link, count in [*years, *sources]:
        answer = client.get(unescape(link).replace("/search?", "/search.json?"))
        assert answer.get_json()["total"] == int(count)


def test_the_page_tells_roles_first_and_last_day_and_what_was_said(client: FlaskClient) -> None:
    page = " ".join(re.sub("<[^>]+>", " ", unescape(client.get("/speakers/Tomas%20Okorowski").text)).split())
    assert "4 statements 4 articles first said 1 March 2018 last said 4 March 2021" in page
    assert "harbour master, 3 March 2021 to 4 March 2021" in page
    assert "“The fog is in for day 3,” said Tomas Okorowski." in page


def test_json_has_the_same(client: FlaskClient) -> None:
    told = client.get("/speakers/Tomas%20Okorowski.json").get_json()
    assert told["years"][0] == {"year": "2021", "statements": 2, "of": 4}
    assert [each["name"] for each in told["companions"]] == [BRASK.name]
    assert len(told["latest"]) == 4


def test_other_pages_lead_to_it(client: FlaskClient) -> None:
    hit = client.get("/search.json?view=statements&q=fog").get_json()["hits"][0]
    assert 'href="/speakers/Tomas%20Okorowski"' in client.get(hit["link"]).text
    assert 'href="/speakers/Tomas%20Okorowski"' in client.get("/search?speaker=Tomas%20Okorowski").text
    assert client.get("/speakers?q=fog").location == "/facets/speaker?q=fog"


def test_the_command_tells_it_too(tmp_path: Path) -> None:
    made = open_engine(f"whoosh:{tmp_path}")
    with made.lock():
        made.reindex(articles())
    run = CliRunner().invoke(main, ["speaker", OKORO.name, "--index", f"whoosh:{tmp_path}"])
    assert run.exit_code == 0
    assert "4 statements in 4 articles" in run.output
    assert "harbour master, 2021-03-03 to 2021-03-04" in run.output
    run = CliRunner().invoke(main, ["speaker", OKORO.name, "--index", f"whoosh:{tmp_path}", "--json"])
    assert json.loads(run.output)["statements"] == 4
    nobody = CliRunner().invoke(main, ["speaker", "Ilse Nobody", "--index", f"whoosh:{tmp_path}"])
    assert nobody.exit_code == 2
    assert "Nobody called" in nobody.output
