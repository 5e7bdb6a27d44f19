"""A stamp in UTC becomes the day it was at the outlet, or is marked as not being that."""

import json
from datetime import UTC, date, datetime

import pytest

from searchapp.article import Article, Dated
from searchapp.ingest import ingest
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.statement_days import statement_day
from searchapp.ingest.dating.metadata import parse_date
from searchapp.ingest.dating.stamps import UNSURE, Stamped, plain
from searchapp.ingest.dating.zones import days_at, zones_of_host, zones_of_place
from searchapp.ingest.formats.html import from_html
from searchapp.ingest.formats.records.jsonl import JsonLines
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import Item, Raw

NIGHT = "2021-04-26T22:30:00Z"  # 05:30 on the 27th, a Tuesday, in Hanoi
NEWS = (
    "The council of Orle adopted a plan for the river on Tuesday. “We start with the dikes,” said Jonas Pell, who leads"
    " the council.\n\nThe work will take four years, Pell said on Tuesday."
)
STORY = (
    "<p>Olga Stenn left the harbour board on Thursday after a vote that took two hours in the hall of the town.</p>"
    "<p>The board meets next week to set a date for the vote. Nobody else has said whether they will run for it.</p>"
)


def raw(**fields: str) -> Raw:
    blank = Raw(id="x", path="x.jsonl", number=1, digest="0" * 32, text="")
    return JsonLines().parse(Item("x.jsonl", 1, json.dumps(fields).encode()), blank)


def article(**fields: str) -> Article:
    told = {"title": "Council adopts river plan", "date": NIGHT, "text": NEWS} | fields
    return ingest(raw(**told), Profile(), People())


def page(*, head: str = "", beside: str = "") -> Article:
    html = f"<!DOCTYPE html><html><head><title>Stenn leaves</title>{head}</head><body><article><h1>Stenn leaves</h1>"
    blank = Raw(id="x", path="x.html", number=None, digest="0" * 32, text="")
    return ingest(from_html(blank, f"{html}{beside}{STORY}</article></body></html>"), Profile(), People())


def meta(name: str, content: str) -> str:
    return f'<meta property="article:{name}" content="{content}">'


def days(found: Article) -> tuple[str | None, str | None]:
    published, updated = (dated.first.isoformat() if dated else None for dated in (found.published, found.updated))
    return published, updated


@pytest.mark.parametrize(
    ("fields", "day", "known_by"),
    [
        ({"text": f"HANOI, April 27 (PNT) - {NEWS}"}, 27, "the dateline"),
        ({"text": f"HANOI, April 27 (PNT) - {NEWS}", "date": "Mon, 26 Apr 2021 22:30:00 GMT"}, 27, "the dateline"),
        ({"text": f"HANOI, April 27 (PNT) - {NEWS}", "date": "20210426T223000Z"}, 27, "the dateline"),
        ({"text": f"HANOI, April 27 (PNT) - {NEWS}", "date": "2021-04-26T18:30:00-04:00"}, 27, "the dateline"),
        ({"text": f"WASHINGTON, April 26 (PNT) - {NEWS}", "date": "2021-04-27T02:30:00Z"}, 26, "the dateline"),
        ({"text": f"Tuesday, 27 April 2021, 05:30 (GMT+7)\n\n{NEWS}"}, 27, "page shows"),
        ({"text": f"Published 27/04/2021 05:30\n\n{NEWS}"}, 27, "page shows"),
        ({"text": f"TOKYO (PNT) - {NEWS}"}, 27, "its place"),
        ({"place": "Perth, Australia"}, 27, "its place"),
        ({"place": "Washington, D.C.", "date": "2021-04-27T02:30:00Z"}, 26, "its place"),
        ({"url": "https://courier.example.vn/plan"}, 27, "its country"),
    ],
)
def test_a_stamp_becomes_the_day_at_the_outlet(fields: dict[str, str], day: int, known_by: str) -> None:
    published = article(**fields).published
    assert published
    assert published.first == date(2021, 4, day)
    assert known_by in published.origin


@pytest.mark.parametrize(
    "stamp",
    ["2021-04-27T00:00:00Z", "2021-04-27T09:00:00Z", "2021-04-27T05:30:00+07:00", "2021-04-27 05:30:00", "2021-04-27"],
)
def test_a_day_that_is_the_same_all_over_or_in_the_outlets_own_zone_stays(stamp: str) -> None:
    published = article(date=stamp, place="" if "Z" in stamp else "Washington").published
    assert published == Dated(date(2021, 4, 27), date(2021, 4, 27), "day", "metadata")


def test_the_day_of_a_stamp_that_nothing_settles_is_marked() -> None:
    found = article()
    assert days(found) == ("2021-04-26", None)
    assert found.published
    assert found.published.origin == f"metadata, {UNSURE}"
    assert type(found.published) is Dated


def test_a_dateline_of_the_day_before_does_not_move_a_stamp_of_the_morning() -> None:
    assert days(article(text=f"HANOI, April 26 (PNT) - {NEWS}", date="2021-04-27T10:00:00Z"))[0] == "2021-04-27"


def test_the_weekday_of_a_statement_is_counted_from_the_outlets_day() -> None:
    for text in (f"HANOI, April 27 (PNT) - {NEWS}", NEWS):
        said = [each.day for each in article(text=text).statements if each.day]
        assert {each.first for each in said} == {date(2021, 4, 27)}
        assert all((UNSURE in each.origin) == (text == NEWS) for each in said)


def test_other_days_of_a_statement_are_less_sure_under_a_doubtful_stamp() -> None:
    stamp = parse_date(NIGHT, origin="metadata")
    for text, day in (("She said so on Monday.", 26), ("She said so on Sunday.", 25), ("Pell said so today.", 26)):
        said = statement_day(text, stamp)
        assert said
        assert (said.first, UNSURE in said.origin) == (date(2021, 4, day), True)
    sure = statement_day("She said so on Monday.", plain(stamp))
    assert sure
    assert sure.origin == "statement"


def test_a_birth_or_a_deed_does_not_date_a_statement() -> None:
    published = parse_date("2021-04-27", origin="metadata")
    assert statement_day("Dora Quint, born on 7 April 1956, announced the plan.", published) is None
    assert statement_day("The president, sworn in on 20 January 2013, said he would not run.", published) is None


def test_a_change_after_publication_is_not_before_it() -> None:
    found = article(text=f"HANOI, April 27 (PNT) - {NEWS}", updated="2021-04-26T23:30:00Z")
    assert days(found) == ("2021-04-27", "2021-04-27")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021-04-26T22:30:00Z", datetime(2021, 4, 26, 22, 30, tzinfo=UTC)),
        ("2021-04-26 22:30 UTC", datetime(2021, 4, 26, 22, 30, tzinfo=UTC)),
        ("April 27, 2021 5:30 AM (GMT+7)", datetime(2021, 4, 26, 22, 30, tzinfo=UTC)),
        ("2021-04-26T22:30:00.000+0000", datetime(2021, 4, 26, 22, 30, tzinfo=UTC)),
        ("2021-04-26T18:00:00-04:30", datetime(2021, 4, 26, 22, 30, tzinfo=UTC)),
    ],
)
def test_a_stamp_keeps_its_moment(text: str, moment: datetime) -> None:
    stamp = parse_date(text, origin="x")
    assert isinstance(stamp, Stamped)
    assert stamp.moment == moment


@pytest.mark.parametrize("text", ["2021-04-26 22:30", "2021-04-26T22:30:00+99:00", "2021-04-26T25:30:00Z"])
def test_without_a_zone_or_an_hour_there_is_no_moment(text: str) -> None:
    assert not isinstance(parse_date(text, origin="x"), Stamped)


def test_zones_are_known_of_cities_countries_and_domains() -> None:
    moment = datetime(2021, 4, 26, 22, 30, tzinfo=UTC)
    for place in ("HANOI", "Hà Nội", "Vietnam", "Ho Chi Minh City", "NEW DELHI", "Kyiv, Ukraine", "Melbourne"):
        assert days_at(moment, zones_of_place(place)) == {date(2021, 4, 27)}, place
    for place in ("London", "WASHINGTON, D.C.", "New York", "Brazil", "San Francisco"):
        assert days_at(moment, zones_of_place(place)) == {date(2021, 4, 26)}, place
    for nowhere in ("", None, "Kestrin", "x" * 999):
        assert not zones_of_place(nowhere)
    assert len(days_at(moment, zones_of_place("Russia"))) == 1
    assert zones_of_host("https://courier.example.co.uk/plan") == {"Europe/London"}
    for host in ("https://courier.example.com", "https://courier.example.tv", "https://[", None):
        assert not zones_of_host(host)


# --- pages

STAMP = meta("published_time", "2019-08-08T22:10:00Z")


@pytest.mark.parametrize(
    "beside",
    [
        '<p class="date">Friday 9 August 2019, 05:10 (GMT+7)</p>',
        '<time datetime="2019-08-08T22:10:00Z">Friday 9 August 2019, 05:10</time>',
        '<p class="date">09/08/2019 05:10</p>',
        '<p class="date">9 Ağustos 2019 Cuma 05:10</p>',
        "<p>HANOI, Aug. 9 (PNT) - The board of Velm lost its head after a vote of two hours in the town hall.</p>",
    ],
)
def test_what_a_page_shows_settles_its_stamp(beside: str) -> None:
    assert days(page(head=STAMP, beside=beside))[0] == "2019-08-09"


def test_a_stamp_that_a_page_only_repeats_stays_unsure() -> None:
    found = page(head=STAMP, beside='<time datetime="2019-08-08T22:10:00Z">3 hours ago</time>').published
    assert found
    assert (found.first, UNSURE in found.origin) == (date(2019, 8, 8), True)


@pytest.mark.parametrize(
    "beside",
    [
        '<time itemprop="dateModified" datetime="2021-05-05T10:00:00Z">Published 3 May 2021, updated 5 May 2021</time>',
        '<time datetime="2021-05-05T10:00:00+02:00">03/05/2021 10:30 | changed on 05/05/2021 12:00</time>',
        '<time datetime="2021-05-05T12:00:00+02:00">3. Mai 2021, 10:30 Uhr | geändert am 5. Mai 2021, 12:00 Uhr</time>',
        '<span itemprop="dateModified" content="2021-05-05">posted 3 May 2021; last touched 5 May 2021</span>',
        f'<time datetime="2021-05-05">3 May 2021</time>{meta("modified_time", "2021-05-05")}',
        f"<p>First published 3 May 2021</p><p>Updated 5 May 2021</p>{meta('published_time', '2021-05-05')}"
        f"{meta('modified_time', '2021-05-05')}",
    ],
)
def test_first_publication_and_last_change_are_kept_apart(beside: str) -> None:
    assert days(page(beside=beside)) == ("2021-05-03", "2021-05-05")


def test_a_record_of_the_last_change_does_not_hide_the_publication_that_its_text_tells() -> None:
    text = f"Published 3 May 2021, updated 5 May 2021\n\n{NEWS}"
    assert days(article(text=text, date="2021-05-05")) == ("2021-05-03", "2021-05-05")
    assert days(article(text=text, date="2021-05-04")) == ("2021-05-04", "2021-05-05")


@pytest.mark.parametrize("stamp", ["2091-03-18T08:00:00+01:00", "2091-03-18", "18 marca 2091"])
def test_a_day_to_come_is_left_out_and_the_article_kept(stamp: str) -> None:
    assert days(article(date=stamp)) == (None, None)
    assert days(article(date=stamp, text=f"27 April 2021\n\n{NEWS}")) == ("2021-04-27", None)
    assert days(article(date="2021-04-27", updated=stamp)) == ("2021-04-27", None)
    assert days(page(head=meta("published_time", stamp))) == (None, None)
    assert days(page(head=meta("published_time", stamp), beside="<p>27 April 2021</p>")) == ("2021-04-27", None)
    assert days(page(head=meta("published_time", stamp) + '<meta name="date" content="2021-04-27">'))[0] == "2021-04-27"


def test_the_bar_of_an_archive_of_the_web_dates_no_page() -> None:
    bar = '<div id="wm-ipp-base">14 captures<br>14 January 2013 - 5 March 2021</div>'
    assert days(page(beside=f"{bar}<p>27 April 2012</p>"))[0] == "2012-04-27"
    assert days(page(beside=bar)) == (None, None)


@pytest.mark.parametrize(
    ("told", "hour", "day"),
    [
        ("SYDNEY, May {next}, 2021 (PNT) - The board met on the quay.", "21:30:00Z", 27),
        ("The court sat.\n\nPublished {day} May 2021, 9:00 p.m.", "04:30:00Z", 25),
    ],
)
def test_the_sources_other_articles_tell_its_zone(told: str, hour: str, day: int) -> None:
    before = 1 if hour.startswith("04") else 0
    others = [
        raw(text=told.format(day=each - before, next=each + 1), date=f"2021-05-{each:02}T{hour}", source="Post")
        for each in range(10, 14)
    ]
    asked = raw(title="Board ends work", text="The board ended its work.", date=f"2021-04-26T{hour}", source="Post")
    learned = Profile.of(others[:2]).merge(Profile.of(others[2:]))
    published = ingest(asked, Profile.from_bytes(learned.to_bytes()), People()).published
    assert published
    assert (published.first, "its other articles" in published.origin) == (date(2021, 4, day), True)
    unsure = ingest(asked, Profile.of(others[:2]), People()).published
    assert unsure
    assert UNSURE in unsure.origin
