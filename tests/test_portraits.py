"""A speaker's page: what it counts, whom it shows, and that each count is what its link finds."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from web_articles import BOARD, BRASK, OKORO, day, said, written

from searchapp.article import Article, Speaker
from searchapp.cli import main
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.portraits import portrait
from searchapp.engines.protocol import Engine
from searchapp.settings import Settings
from searchapp.web import create_app, speaker_pages

CLOSED = "The northern channel stays closed until the fog has lifted,"
PILOT, MASTER = Speaker(OKORO.name, "harbour pilot"), Speaker(OKORO.name, "harbour master")


def articles() -> Iterator[Article]:
    for number, (year, speaker) in enumerate([(2018, PILOT), (2019, PILOT), (2021, MASTER), (2021, MASTER)]):
        closed = f"“{CLOSED}” said Edvin Brask."
        body = f"“The fog is in for day {number},” said Tomas Okorowski. {closed} The {BOARD.name} said yes."
        first, _ = body.split(f" {closed}")
        yield written(
            f"fog-{number}",
            f"The fog, part {number}",
            body,
            replace(
                said(body, first, f"“The fog is in for day {number},”", speaker),
                act="promised" if number == 1 else "said",
            ),
            *([said(body, closed, f"“{CLOSED}”", BRASK)] if number > 1 else []),
            *([said(body, f"The {BOARD.name} said yes.", "yes", BOARD)] if not number else []),
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
        ("2018", 1, 2),
    ]
    assert found.years[0].in_a_thousand == 500
    assert [(each.value, each.count) for each in found.sources] == [("Quay Gazette", 3), ("Lantern Wire", 1)]
    assert [(each.value, each.count) for each in found.companions] == [(BRASK.name, 2), (BOARD.name, 1)]
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
    assert [each["name"] for each in told["companions"]] == [BRASK.name, BOARD.name]
    assert len(told["latest"]) == 4


def test_other_pages_lead_to_it(client: FlaskClient) -> None:
    hit = client.get("/search.json?view=statements&q=fog").get_json()["hits"][0]
    assert 'href="/speakers/Tomas%20Okorowski"' in client.get(hit["link"]).text
    assert 'href="/speakers/Tomas%20Okorowski"' in client.get("/search?speaker=Tomas%20Okorowski").text
    assert client.get("/speakers?q=fog").location == "/facets/speaker?q=fog"


def test_all_who_speak_are_listed_with_counts_days_and_kind(client: FlaskClient) -> None:
    told = client.get("/speakers.json").get_json()
    assert told["total"] == 3
    assert [(each["name"], each["kind"], each["statements"], each["articles"]) for each in told["listed"]] == [
        (OKORO.name, "person", 4, 4),
        (BRASK.name, "person", 2, 2),
        (BOARD.name, "organisation", 1, 1),
    ]
    assert [(each["first"]["day"], each["last"]["day"]) for each in told["listed"]] == [
        ("2018-03-01", "2021-03-04"),
        ("2021-03-03", "2021-03-04"),
        ("2018-03-01", "2018-03-01"),
    ]
    page = " ".join(re.sub("<[^>]+>", " ", client.get("/speakers").text).split())
    assert f"{OKORO.name} 4 1 March 2018 to 4 March 2021 {BRASK.name} 2" in page
    assert f"{BOARD.name} 1 organisation, 1 March 2018" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("find=okoro", [OKORO.name]),
        ("find=tom+OKO", [OKORO.name]),
        ("find=korow", []),
        ("letter=b", [BRASK.name, BOARD.name]),
        ("order=name", [BOARD.name, BRASK.name, OKORO.name]),
    ],
)
def test_who_speaks_is_looked_for_by_name_letter_and_order(client: FlaskClient, asked: str, found: list[str]) -> None:
    told = client.get(f"/speakers.json?{asked}").get_json()
    assert [each["name"] for each in told["listed"]] == found
    page = unescape(client.get(f"/speakers?{asked}").text)
    assert re.findall(r'class="value" href="[^"]+"><span class="label" dir="auto">([^<]+)', page) == found
    rows = client.get(f"/speakers.csv?{asked}").data.decode("utf-8-sig").splitlines()
    assert [row.split('","')[0].strip('"') for row in rows[1:]] == found


def test_who_speaks_is_paged(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaker_pages, "PAGE", 2)
    first = client.get("/speakers.json?order=name").get_json()
    assert [each["name"] for each in first["listed"]] == [BOARD.name, BRASK.name]
    second = client.get(first["next"]).get_json()
    assert ([each["name"] for each in second["listed"]], second["next"]) == ([OKORO.name], None)
    page = client.get("/speakers?page=2").text
    assert 'rel="prev" href="/speakers"' in page
    assert 'rel="next"' not in page
    assert client.get("/speakers?page=3").status_code == 404
    assert client.get("/speakers.json?page=x").status_code == 400
    assert "There is no parameter" in client.get("/speakers.json?q=fog").get_json(force=True)["detail"]


def test_acts_are_counted_and_lead_to_their_statements(engine: Engine, client: FlaskClient) -> None:
    found = portrait(engine, OKORO.name)
    assert found
    assert [(each.value, each.count) for each in found.acts] == [("promised", 1)]
    (told,) = client.get("/speakers/Tomas%20Okorowski.json").get_json()["acts"]
    assert client.get(told["link"]).get_json()["total"] == told["statements"] == 1
    assert ">promised</a> 1" in client.get("/speakers/Tomas%20Okorowski").text


def test_what_several_articles_tell_is_listed_once_with_the_others(client: FlaskClient) -> None:
    told = client.get("/speakers/Edvin%20Brask.json").get_json()
    assert [each["article"] for each in told["latest"]] == ["fog-2"]
    (again,) = told["retold"]
    assert (again["of"], again["source"]) == (told["latest"][0]["id"], "Quay Gazette")
    assert client.get(f"{again['link']}.json").get_json()["article"] == "fog-3"
    assert re.search(r'also in <a href="/statements/[^"]+" dir="auto">Quay Gazette</a>', client.get(told["link"]).text)


def test_words_are_told_with_when_they_were_said_first_and_last(client: FlaskClient) -> None:
    said = client.get("/speakers/Tomas%20Okorowski.json?said=fog").get_json()["said"]
    assert (said["total"], said["first"]["article"], said["last"]["article"]) == (4, "fog-0", "fog-3")
    assert client.get(said["link"]).get_json()["total"] == 4
    page = client.get("/speakers/Tomas%20Okorowski?said=herring").text
    assert "says nothing with these words" in page
    assert client.get("/speakers/Tomas%20Okorowski.json").get_json()["said"] is None
    assert client.get("/speakers/Tomas%20Okorowski?said=%22fog").status_code == 400
    assert client.get("/speakers/Tomas%20Okorowski.json?said=a&said=b").status_code == 400


def test_statements_of_a_speaker_are_had_as_files_and_as_a_feed(client: FlaskClient) -> None:
    for ending in (".csv", ".atom", ".jsonl"):
        led = client.get(f"/speakers/Tomas%20Okorowski{ending}")
        assert led.location == f"/search{ending}?view=statements&speaker=Tomas%20Okorowski"
        assert client.get(led.location).text.count("/statements/") >= 4


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
