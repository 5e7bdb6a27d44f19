"""A search over time: its unit, its counts, its gaps in words, and that each count is what its link finds."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from web_articles import day, written

from searchapp.answers import parameters
from searchapp.answers.timeline import Timeline, label, timeline
from searchapp.article import Article, Dated
from searchapp.engines import open_engine
from searchapp.engines.holdings import days_held
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.protocol import Engine
from searchapp.search import DayCounts
from searchapp.settings import Settings
from searchapp.web import create_app

START = date(2021, 1, 4)  # a Monday
APRIL = Dated(date(2021, 4, 1), date(2021, 4, 30), "month", "path")


def articles() -> Iterator[Article]:
    """Two a day for eight months from two sources, but the archive is shut in June, and the Gull in March and April."""
    for number in range(240):
        on = START + timedelta(number)
        for source in ("Gull", "Tern"):
            if on.month != 6 and (source == "Tern" or on.month not in (3, 4)):
                told = f"The tide of day {number}" + (", and an eel" if number % 30 == 0 else "")
                yield written(f"{source}-{number:03}", told, f"{told}.", published=day(str(on)), source=source)
    yield written("in-april", "The eel of the month", "An eel.", published=APRIL, source="Tern")
    yield written("some-day", "The eel of old", "An eel.", source="Tern")


@pytest.fixture(scope="module", params=["memory", "whoosh", "tantivy"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    kind, folder = request.param, tmp_path_factory.mktemp("tides")
    made: Engine = MemoryEngine() if kind == "memory" else open_engine(f"{kind}:{folder}")
    with made.lock():
        made.reindex(articles())
    return made


@pytest.fixture(scope="module")
def client(engine: Engine) -> FlaskClient:
    return create_app(Settings(), engine=engine).test_client()


def drawn(held: dict[date, int], found: dict[date, int] | None = None, **asked: str) -> Timeline | None:
    """The timeline of what is ``found`` of an archive (all, if not given) by a search."""
    request = parameters.parse(parameters.Given({name: [value] for name, value in asked.items()}))
    counts = [
        {on.toordinal(): count for on, count in each.items()} for each in (held if found is None else found, held)
    ]
    return timeline(request, sum(counts[0].values()), *(DayCounts(each, each) for each in counts))


def every(first: str, days: int, step: int = 1) -> dict[date, int]:
    return {date.fromisoformat(first) + timedelta(number): 1 for number in range(0, days, step)}


@pytest.mark.parametrize(
    ("days", "unit", "periods"),
    [(2, "day", 2), (45, "day", 45), (46, "week", 7), (240, "week", 35), (600, "month", 20), (4000, "year", 11),
     (60_000, "decade", 17), (400_000, "century", 12)],
)  # fmt: skip
def test_the_unit_goes_by_how_long_the_archive_is(days: int, unit: str, periods: int) -> None:
    first = date(1850, 1, 1)
    found = drawn({first: 1, first + timedelta(days - 1): 1})
    assert found
    assert (found.unit, len(found.periods)) == (unit, periods)


@given(first=st.dates(), last=st.dates(), since=st.none() | st.dates(), until=st.none() | st.dates())
def test_periods_follow_each_other_and_hold_all_that_is_asked_for(
    first: date, last: date, since: date | None, until: date | None
) -> None:
    first, last = sorted((first, last))
    asked = {"from": str(since or ""), "to": str(until or "")}
    if since and until and since > until:
        return
    found = drawn({first: 1, last: 1}, **asked)
    if found is None:
        assert (since and since > last) or (until and until < first)
        return
    assert len(found.periods) < 110
    assert all(
        one.last + timedelta(1) == other.first for one, other in zip(found.periods, found.periods[1:], strict=False)
    )
    assert found.periods[0].first <= max(first, since or first)
    assert found.periods[-1].last >= min(last, until or last)
    assert not since or found.periods[0].first >= since
    assert not until or found.periods[-1].last <= until


def test_periods_are_called_as_people_call_them() -> None:
    def names(days: int, first: str = "2020-12-28", **asked: str) -> list[str]:
        found = drawn(every(first, days), **asked)
        assert found
        return [label(each, found.unit) for each in found.periods]

    assert names(3)[0] == "28 December 2020"
    assert names(50)[:2] == ["28 December 2020 to 3 January 2021", "4 to 10 January 2021"]
    assert names(50, "2021-03-29")[0] == "29 March to 4 April 2021"
    assert names(500)[:2] == ["December 2020", "January 2021"]
    assert names(5000)[1] == "2021"
    assert names(60_000, "1850-01-01")[0] == "1850 to 1859"


def test_below_the_strip_stand_its_first_and_last_day_or_period(client: FlaskClient) -> None:
    def ends(asked: str) -> list[tuple[str, str, str]]:
        shown = client.get(f"/search?{asked}").text
        return re.findall(
            r'<summary><span>(.*?)</span> <span class="about">by (\w+).*?<span>(.*?)</span></summary>', shown
        )

    assert ends("from=2021-01-04&to=2021-04-30") == [("4 January 2021", "week", "30 April 2021")]
    assert ends("q=source:Tern&from=2021-02-01&to=2021-02-03") == [("1 February 2021", "day", "3 February 2021")]


def test_gaps_are_told_in_words(client: FlaskClient) -> None:
    def gaps(asked: str) -> list[str]:
        told: list[str] = client.get(f"/search.json?timeline=on&{asked}").get_json()["timeline"]["gaps"]
        return told

    assert gaps("") == ["The archive holds no articles in June 2021."]
    assert gaps("source=Gull")[0] == "Nothing of this source from March to April 2021."
    assert gaps("source=Gull&q=tide")[0] == "Nothing is found from March to April 2021."
    assert gaps("q=eel") == gaps("")  # an eel a month leaves no gap that tells anything
    assert not any("is found" in each for each in gaps("q=date:2021-08"))  # nobody asked for the other months


def test_days_asked_for_are_shown_more_finely(client: FlaskClient) -> None:
    whole = client.get("/search.json?timeline=on&q=tide").get_json()["timeline"]
    assert (whole["unit"], whole["periods"][0]["first"]) == ("week", "2021-01-04")
    march = client.get("/search.json?timeline=on&q=tide&from=2021-03&to=2021-03").get_json()["timeline"]
    assert (march["unit"], len(march["periods"])) == ("day", 31)
    assert client.get("/search.json?timeline=on&from=1999&to=1999").get_json()["timeline"] is None
    assert client.get("/search.json?q=tide").get_json()["timeline"] is None


@pytest.mark.parametrize("asked", ["q=eel", "q=tide", "source=Gull", "q=eel&from=2021-04&to=2021-04", "year=2021"])
def test_every_count_is_what_its_link_finds(client: FlaskClient, asked: str) -> None:
    over_time = client.get(f"/search.json?timeline=on&limit=0&{asked}").get_json()["timeline"]
    assert any(each["found"] for each in over_time["periods"])
    for each in over_time["periods"][::5]:
        assert client.get(each["link"]).get_json()["total"] == each["found"]
        assert "limit=0&timeline=on" in each["link"]
        days = f"from={each['first']}&to={each['last']}"
        assert client.get(f"/search.json?limit=0&{days}").get_json()["total"] == each["held"]


def test_what_is_undated_is_told_apart(client: FlaskClient) -> None:
    assert client.get("/search.json?q=eel&timeline=on").get_json()["timeline"]["undated"] == 1
    link = re.findall(r'<a href="([^"]+)">1 undated</a>', client.get("/search?q=eel").text)
    assert client.get(unescape(link[0]).replace("/search?", "/search.json?")).get_json()["total"] == 1


def test_the_page_draws_bars_as_links_and_a_table_beside_them(client: FlaskClient) -> None:
    page = client.get("/search?q=eel").text
    bars = re.findall(r'<a href="([^"]+)" tabindex="-1"><title>([^<]+)</title>', page)
    rows = re.findall(r'<th scope="row"><a href="([^"]+)">', page)
    assert [link for link, _ in bars] == rows
    assert bars[0][1] == "4 to 10 January 2021: 2 articles of 14, 14 %"
    assert '<th scope="row">15 to 21 March 2021</th><td>0</td><td>7</td><td>0 %</td>' in page  # no link
    assert "against the whole archive" in page
    assert "of the archive behind" not in client.get("/search").text  # all of it is found
    assert "At any time" not in page
    assert 'href="/search?q=eel">At any time</a>' in client.get("/search?q=eel&from=2021-03").text


@pytest.mark.parametrize("asked", ["q=eel&from=2021-02-03&to=2021-02-03", "year=", "q=nothingness"])
def test_what_would_show_nothing_is_not_drawn(client: FlaskClient, asked: str) -> None:
    assert 'class="timeline"' not in client.get(f"/search?{asked}").text


def test_what_the_archive_holds_is_read_once_of_a_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    engine, asked = MemoryEngine(), []
    engine.reindex([written("one", "A tern", "A tern.", published=day("2021-01-01"))])
    search = MemoryEngine.search
    monkeypatch.setattr(MemoryEngine, "search", lambda self, request: asked.append(request) or search(self, request))
    for _ in range(3):
        held = days_held(engine, "articles", engine.info().generation)
    assert (len(asked), held.first) == (1, {date(2021, 1, 1).toordinal(): 1})
    engine.update([written("two", "A gull", "A gull.", published=day("2021-01-01"))])
    assert days_held(engine, "articles", engine.info().generation).first == {date(2021, 1, 1).toordinal(): 2}
    assert len(asked) == 2
