"""Speakers or words beside each other over time, and two statements: what is drawn, told and linked."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from web_articles import BRASK, OKORO, VELA, day, said, written

from searchapp.answers.comparison import only_here
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.topics import topics
from searchapp.engines.utterances import told_once
from searchapp.query import parse
from searchapp.search import SearchRequest
from searchapp.web import create_app

SAYINGS = (
    (VELA, "2020-01-07", "The harbour will open in spring with nine new cranes,"),
    (VELA, "2020-02-11", "The harbour opens in spring, and so do the nine cranes,"),
    (OKORO, "2020-02-18", "The ferry is late again,"),
    (VELA, "2020-04-03", "A ferry needs a harbour,"),
    (BRASK, "2020-04-03", "The pilots are asleep,"),
)


@pytest.fixture(scope="module")
def engine() -> MemoryEngine:
    made = MemoryEngine()
    made.reindex(
        written(f"note-{number}", f"Note {number}", body, said(body, body, content, speaker), published=day(on))
        for number, (speaker, on, content) in enumerate(SAYINGS)
        if (body := f"“{content}” {speaker.name} said.")
    )
    return made


@pytest.fixture(scope="module")
def client(engine: MemoryEngine) -> FlaskClient:
    return create_app(engine=engine).test_client()


@pytest.mark.parametrize(
    ("asked", "names", "found"),
    [
        ("speaker=Irena+Velacourt&speaker=Tomas+Okorowski", [VELA.name, OKORO.name], (3, 1)),
        ("q=harbour&q=ferry", ["harbour", "ferry"], (3, 2)),
        ("q=harbour&q=ferry&speaker=Irena+Velacourt", ["harbour", "ferry"], (3, 1)),
        ("q=ferry&speaker=Irena+Velacourt&speaker=Tomas+Okorowski", [VELA.name, OKORO.name], (1, 1)),
        ("q=ferry&q=pilots&from=2020-04&to=2020-04", ["ferry", "pilots"], (1, 1)),
    ],
)
def test_each_count_is_what_its_link_finds(
    client: FlaskClient, asked: str, names: list[str], found: tuple[int, ...]
) -> None:
    told = client.get(f"/compare.json?{asked}").get_json()
    assert [each["name"] for each in told["series"]] == names
    assert tuple(each["total"] for each in told["series"]) == found
    for number, each in enumerate(told["series"]):
        assert client.get(each["link"]).get_json()["total"] == each["total"]
        assert sum(period["found"][number] for period in told["periods"]) == each["total"]
    page = unescape(client.get(f"/compare?{asked}").text)
    counted = re.findall(r'<td><a href="(/search[^"]+)">([0-9]+)</a></td>', page)
    assert counted
    for link, count in counted:
        assert client.get(link.replace("/search?", "/search.json?")).get_json()["total"] == int(count)


def test_a_page_draws_a_line_each_and_tells_the_same_in_a_table(client: FlaskClient) -> None:
    page = unescape(client.get("/compare?q=harbour&q=ferry").text)
    drawn = re.findall(r'<path class="line s([12])" d="M5 [0-9.]+(?:L[0-9]+ [0-9.]+)+"/>', page)
    assert drawn == ["1", "2"]
    assert "<h1>harbour and ferry</h1>" in page
    assert "at most 1 article in a week" in page
    shares = client.get("/compare?q=harbour&q=ferry&scale=share").text
    assert "at most 1000.0 of 1,000 articles in a week" in shares
    assert 'href="/compare?q=harbour&amp;q=ferry&amp;scale=share" aria-current="true"' in shares


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", "nothing to compare"),
        ("speaker=Irena+Velacourt&speaker=", "nothing to compare"),
        ("q=a&q=b&speaker=c&speaker=d", "Either several speakers or several words"),
        ("q=a&q=b&q=c&q=d&q=e", "at most 4"),
        ("statement=x", "Two statements"),
        ("q=a&q=b&scale=wide", "scale is"),
        ("q=a&q=b&colour=red", "There is no parameter"),
    ],
)
def test_what_cannot_be_compared_is_told(client: FlaskClient, asked: str, told: str) -> None:
    answer = client.get(f"/compare.json?{asked}")
    assert answer.status_code == 400
    assert told in answer.get_json(force=True)["detail"]


def test_the_page_without_anything_is_a_form(client: FlaskClient) -> None:
    assert client.get("/compare").text.count("<form") == 3
    assert 'value="Irena Velacourt"' in client.get("/compare?speaker=Irena+Velacourt&speaker=").text


def test_a_part_of_a_name_leads_to_the_whole(client: FlaskClient) -> None:
    page = client.get("/compare?speaker=Irena+Velacourt&speaker=okorowski").text
    assert "Nobody called “okorowski” speaks" in page
    assert 'href="/compare?speaker=Irena%20Velacourt&amp;speaker=Tomas%20Okorowski"' in page


def test_two_statements_stand_side_by_side_with_what_only_one_has(engine: MemoryEngine, client: FlaskClient) -> None:
    articles = list(engine.get(["note-0", "note-1"]).values())
    one, other = ((each, each.statements[0]) for each in articles)
    only = [one[0].body[start:end] for start, end in only_here(*one, *other)]
    assert only == ["will", "with", "new"]
    told = client.get(f"/compare.json?statement={one[1].id}&statement={other[1].id}").get_json()["sides"]
    assert [each["statement"]["article"] for each in told] == ["note-0", "note-1"]
    assert told[0]["only"] == [list(each) for each in only_here(*one, *other)]
    page = client.get(f"/compare?statement={one[1].id}&statement={other[1].id}").text
    assert re.findall("<mark>([^<]+)</mark>", page) == ["will", "with", "new", "and so do"]
    assert client.get("/compare?statement=0123456789abcdef&statement=0123456789abcdee").status_code == 404


def test_topics_are_words_that_are_said_more_often_than_the_archive_has_them() -> None:
    made = MemoryEngine()
    bodies = [f"“Every dredger digs and number {number} digs,” Edvin Brask said." for number in range(6)]
    other = [f"“Every winter has its number {number},” Irena Velacourt said." for number in range(30)]
    made.reindex(
        written(f"{speaker.name}-{body}", None, body, said(body, body, body.split("”")[0] + "”", speaker))
        for speaker, some in ((BRASK, bodies), (VELA, other))
        for body in some
    )
    every = made.search(SearchRequest(parse("", view="statements"), view="statements", sort="newest", limit=40)).hits
    mine = [hit for hit in every if hit.statement and hit.statement.speakers == (BRASK,)]
    assert topics(made, BRASK.name, mine) == ("digs", "dredger")
    assert topics(made, "Every Dredger", mine) == ("digs",)
    assert topics(made, BRASK.name, mine[:1]) == ()


def test_utterances_of_one_article_or_far_apart_are_not_one() -> None:
    content = "“The northern channel stays closed until the fog has lifted,”"
    body = f"{content} Edvin Brask said."
    days = ("2021-03-01", "2021-03-03", "2021-06-01")
    articles = [
        written(f"fog-{number}", None, body, said(body, body, content, BRASK), published=day(on))
        for number, on in enumerate(days)
    ]
    made = MemoryEngine()
    made.reindex(articles)
    hits = made.search(SearchRequest(parse("", view="statements"), view="statements", sort="newest")).hits
    assert [[each.article.id for each in same] for same in told_once(hits)] == [["fog-2"], ["fog-0", "fog-1"]]
    assert [len(same) for same in told_once([hits[0], hits[0]])] == [1, 1]
