"""The site: what each address answers, what stands on its page, and what it never does."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_articles import ARABIC, ARTICLES, BRASK, OKORO, day, said, written
from web_articles import FERRY as FERRY_BODY
from werkzeug.test import TestResponse

from searchapp.analysis import Span, fold
from searchapp.answers import parameters as params
from searchapp.answers.wording import manner
from searchapp.article import Act, Article, Polarity, Speaker, Statement
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.protocol import Engine
from searchapp.sameness import sketch
from searchapp.settings import Settings
from searchapp.web import create_app
from searchapp.web.layout import as_said

FERRY = "/articles/2021/ferry%20night.txt"
HOSTILE = "<script>alert(1)</script>"


def site(*articles: Article, engine: Engine | None = None, **settings: Any) -> Flask:
    engine = engine or MemoryEngine()
    with engine.lock():
        engine.reindex(articles)
    app = create_app(Settings(title="The Lessing Archive", **settings), engine=engine)
    app.testing = False  # errors become pages, as they do for readers
    return app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return site(*ARTICLES, engine=open_engine(f"tantivy:{tmp_path_factory.mktemp('index')}"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


class Links(HTMLParser):
    """The addresses a page leads to, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src", "action") and value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def text(answer: TestResponse) -> str:
    """What a page says, without markup."""
    return " ".join("".join(Links(answer.text).words).split())


def inner(links: list[str]) -> Iterator[str]:
    return (link for link in links if link.startswith("/") and not link.startswith("//"))


# Pages


def test_the_start_page_says_what_the_archive_holds(client: FlaskClient) -> None:
    page = text(client.get("/"))
    assert "15 articles from 4 sources, 7 March 2017 to 6 March 2023, with 21 statements by 5 speakers" in page
    assert "The Lessing Archive" in page
    assert "Harbour fees to rise by two per cent" in page


def test_the_examples_of_the_start_page_find_something(client: FlaskClient) -> None:
    page = client.get("/").text
    examples = re.search(r'class="examples">(.*?)</p>', page, re.DOTALL)
    assert examples
    links = Links(examples[1]).found
    assert len(links) == 3
    for link in links:
        assert "Nothing was found" not in client.get(link).text


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/search", "15 articles"),
        ("/search?q=zwieback", "0 articles with zwieback"),
        ("/search?q=coffee", "1 article with coffee"),
        ("/search?q=vaccine&speaker=Edvin%20Brask&year=2021",
         "1 article with vaccine, with the speaker Edvin Brask, published in 2021"),
        ("/search?view=statements&speaker=Edvin%20Brask", "3 statements with the speaker Edvin Brask"),
        ("/search?q=said:vaccine&speaker=Irena%20Velacourt", "with a statement by Irena Velacourt that says vaccine"),
        ("/search?place=&not_source=The%20Mole", "4 articles not from the source The Mole, without a place"),
        ("/search?year=&from=", "1 article undated"),
        ("/search?from=2021-05&to=2021", "published from May to December 2021"),
    ],
)  # fmt: skip
def test_the_total_is_a_sentence(client: FlaskClient, address: str, sentence: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert sentence in text(answer)


def test_a_hit_shows_its_words_marked_and_who_where_and_when(client: FlaskClient) -> None:
    page = client.get("/search?q=bolt").text
    assert "We counted every <mark>bolt</mark> twice" in page
    assert '<time datetime="2021-04-28">28 April 2021</time>' in page
    assert f'href="{FERRY}?q=bolt&amp;hit=1"' in page
    assert "and 1 more" in page


def test_an_untitled_article_shows_its_first_words_and_says_so(client: FlaskClient) -> None:
    page = text(client.get("/search?q=accordion"))
    assert "Fog closed the harbour of Port Lessing for nine hours." in page
    assert "untitled" in page
    assert "undated" in page


def test_a_date_keeps_its_precision(client: FlaskClient) -> None:
    page = client.get("/articles/pilots-2020")
    assert '<time datetime="2020-11">November 2020</time>, day not known' in page.text


def test_facets_lead_to_what_they_say(client: FlaskClient) -> None:
    found = client.get("/search.json?q=ferry").get_json()
    assert list(found["facets"]) == ["speaker", "source", "place", "year", "language"]
    for values in found["facets"].values():
        for value in values:
            narrowed = client.get(value["link"]).get_json()
            assert narrowed["total"] == value["count"]
    nowhere = next(each for each in found["facets"]["place"] if each["value"] == "")
    assert (nowhere["label"], nowhere["count"], nowhere["selected"], nowhere["excluded"]) == (
        "no place",
        4,
        False,
        False,
    )


@pytest.mark.parametrize("view", ["articles", "statements"])
@pytest.mark.parametrize(
    "asked",
    [
        "",
        "q=ferry",
        "not_speaker=Irena%20Velacourt",
        "q=ferry&not_speaker=Irena%20Velacourt&not_speaker=Edvin%20Brask&not_speaker=",
        "q=said:vaccine&not_speaker=Edvin%20Brask&source=The%20Mole",
        "not_source=The%20Mole&not_place=Skarn&not_place=&not_year=2021&not_year=",
        "year=2021&not_source=Lessing%20Courier&from=2020",
    ],
)
def test_every_count_is_what_its_link_finds(client: FlaskClient, asked: str, view: str) -> None:
    address = f"/search?{asked}&view={view}"
    found = client.get(address.replace("?", ".json?")).get_json()
    counted = [
        (each["link"], each["count"])
        for values in found["facets"].values()
        if not any(each["selected"] for each in values)
        for each in values
    ]
    pages = [address, *(address.replace("/search", f"/facets/{facet}") for facet in found["facets"])]
    for page in (client.get(each).text for each in pages):
        rows = re.findall(
            r'<a class="value" href="([^"]+)"><span class="label">[^<]*</span> <span class="count">(\d+)<', page
        )
        bars = re.findall(r'<a href="([^"]+)" tabindex="-1"><title>[^:]+: (\d+) ', page)
        links = [(unescape(link).replace("/search", "/search.json"), int(count)) for link, count in rows + bars]
        counted += [(link, count) for link, count in links if not re.search(r"[?&](source|year)=.*&\1=", link)]
    assert counted
    for link, count in set(counted):
        assert client.get(link).get_json()["total"] == count, link


def test_a_facet_that_gives_no_choice_is_not_shown(client: FlaskClient) -> None:
    found = client.get("/search.json?q=umbrella").get_json()
    assert [len(found["facets"][facet]) for facet in ("source", "language")] == [1, 1]
    shown = client.get("/search?q=umbrella").text
    assert "<h2>Speaker" in shown
    assert "<h2>Source" not in shown
    assert "<h2>Language" not in shown
    assert "<h2>Source" in client.get("/search").text


def test_what_is_left_out_stays_out_until_its_facet_is_chosen_from(client: FlaskClient) -> None:
    page = client.get("/search?not_source=The%20Mole&not_place=Sund").text
    assert 'href="/search?source=Lessing%20Courier&amp;not_place=Sund"' in page
    assert 'href="/search?not_place=Skarn&amp;not_place=Sund&amp;not_source=' not in page
    assert 'href="/search?not_source=The%20Mole&amp;not_place=Skarn&amp;not_place=Sund"' in page
    both = client.get("/search?source=The%20Mole").text
    assert 'href="/search?source=The%20Mole&amp;not_source=Lessing%20Courier"' in both


@pytest.mark.parametrize(
    ("asked", "shut", "why"),
    [
        ("q=body:ferry", "Statements", "body: works only for articles"),
        ("q=GRAIN+FERRY+SAILED+OR&match=any", "all words", "nothing follows it here"),
    ],
)
def test_what_cannot_be_read_so_is_no_link_and_says_why(client: FlaskClient, asked: str, shut: str, why: str) -> None:
    page = client.get(f"/search?{asked}")
    assert page.status_code == 200
    assert re.search(rf'<span class="shut" title="[^"]*{why}[^"]*">{shut}<', page.text)
    assert not re.search(rf"<a [^>]*>{shut}<", page.text)


def test_a_chosen_value_stands_first_and_can_be_unselected(client: FlaskClient) -> None:
    page = client.get("/search?q=ferry&source=The%20Mole&not_place=Sund").text
    rows = re.findall(r'<li class="row[^"]*">.*?</li>', page, re.DOTALL)
    assert any('aria-current="true"' in row and "The Mole" in row for row in rows)
    assert 'href="/search?q=ferry&amp;not_place=Sund"' in page
    assert 'href="/search?q=ferry&amp;source=The%20Mole"' in page
    assert "Clear all" in page


def test_a_search_without_hits_says_what_to_do_without(client: FlaskClient) -> None:
    page = client.get("/search?q=zeppelin+ferry&speaker=Edvin%20Brask&year=2021")
    said = text(page)
    assert page.status_code == 200
    assert "Nothing was found" in said
    assert "With any of the words 1 article" in said
    assert "Without the word zeppelin 1 article" in said
    narrow = text(client.get("/search?q=coffee&year=2021&source=The%20Mole"))
    assert "Without any filter 1 article" in narrow
    assert "Without the filter source The Mole" not in narrow


@pytest.mark.parametrize(
    "asked",
    [
        "q=zeppelin+ferry&speaker=Edvin%20Brask&year=2021",
        "q=ferry+zeppelin&match=any&place=Nowhere",
        "q=ferry+zeppelin&match=any&place=Nowhere&view=statements&sort=oldest",
        "q=vaccine+OR+fees&speaker=brask&from=2021",
        "q=said:ferry&speaker=velacourt",
        "q=zeppelin*+-coffee+title:harbour&not_place=&to=2020",
        "q=said:zeppelin+ferry",
        "q=(zeppelin)+AND+NOT+ferry+AND+fees",
    ],
)
def test_what_is_offered_where_nothing_was_found_is_found_there(client: FlaskClient, asked: str) -> None:
    page = client.get(f"/search?{asked}").text
    offered = re.findall(r'<li><a href="([^"]+)">[^<]+</a> <span class="count">([0-9]+) ', page)
    assert offered
    for link, count in offered:
        assert client.get(unescape(link).replace("/search", "/search.json")).get_json()["total"] == int(count), link
    assert not re.search(r"<h2>[^<]+</h2>\s*<ul>\s*</ul>", page)


def test_where_words_and_filters_leave_nothing_less_of_both_is_offered(client: FlaskClient) -> None:
    page = client.get("/search?q=zeppelin+coffee&year=2018&not_year=2018")
    offered = re.findall(r'<li><a href="([^"]+)">([^<]+)</a> <span class="count">([^<]+)<', page.text)
    both = "With any of the words and without any filter"
    assert offered == [("/search?q=zeppelin%20coffee&amp;match=any", both, "1 article")]
    for one in ("q=coffee&year=2018", "q=zeppelin+coffee&match=any&year=2018", "q=zeppelin+coffee"):
        assert both not in client.get(f"/search?{one}").text


def test_a_value_that_is_wanted_and_not_wanted_is_named_once(client: FlaskClient) -> None:
    page = text(client.get("/search?q=ferry&year=2018&not_year=2018"))
    assert "Without the filter year 2018 12 articles" in page


@pytest.mark.parametrize(
    ("asked", "offered"),
    [
        ("said:zeppelin ferry", {"Without said:zeppelin": "ferry", "Without the word ferry": None}),
        ("title:zeppelin ferry", {"Without title:zeppelin": "ferry"}),
        ("ferry title: zeppelin", {"Without title: zeppelin": "ferry"}),
        ("Title:(zeppelin) ferry", {"Without Title:(zeppelin)": "ferry"}),
        ("NOT ferry zeppelin", {"Without the word zeppelin": "NOT ferry", "Without NOT ferry": None}),
        ("-ferry zeppelin", {"Without the word zeppelin": "-ferry"}),
        (
            "ferry -title:( ferry ) -said:ferry -body:ferry",
            {"Without -body:ferry": "ferry -title:( ferry ) -said:ferry"},
        ),
        ("ferry NOT (ferry)", {"Without NOT (ferry)": "ferry"}),
        ("speaker:nobody ferry", {"Without speaker:nobody": "ferry"}),
        ("ferry source:nowhere", {"Without source:nowhere": "ferry"}),
        ("ferry date:1999", {"Without date:1999": "ferry"}),
        ("ferry AND zeppelin", {"Without the word zeppelin": "ferry"}),
        ('"night zeppelin" ferry', {'Without "night zeppelin"': "ferry"}),
        ("ferry speaker:(brask zeppelin)", {"Without the word zeppelin": "ferry speaker:(brask )"}),
    ],
)
def test_a_word_goes_with_what_belongs_to_it_alone(
    client: FlaskClient, asked: str, offered: dict[str, str | None]
) -> None:
    page = client.get(f"/search?q={quote(asked)}").text
    links = {unescape(said): unescape(link) for link, said in re.findall(r'<li><a href="([^"]+)">([^<]+)</a> <', page)}
    assert "Nothing was found" in page
    expected = {said: rest and f"/search?q={quote(rest)}" for said, rest in offered.items()}
    assert {said: links.get(said) for said in offered} == expected


def test_clearing_keeps_any_word(client: FlaskClient) -> None:
    page = client.get("/search?q=vaccine+ferry&match=any&place=Skarn&sort=oldest").text
    assert '<a class="clear" href="/search?q=vaccine%20ferry&amp;match=any&amp;sort=oldest">' in page


def test_a_part_of_a_name_is_no_filter_but_a_query(client: FlaskClient) -> None:
    page = text(client.get("/search?q=vaccine&speaker=brask"))
    assert "With speaker:brask as part of a name 1 article" in page


def test_statements_put_the_words_first(client: FlaskClient) -> None:
    page = text(client.get("/search?view=statements&q=vaccine"))
    sentence = "“Whoever wants a vaccine will have one before the herring come,” Irena Velacourt said in Skarn."
    assert f"{sentence} Irena Velacourt, Harbour Minister" in page
    assert "Found automatically" in page


def test_an_article_marks_the_words_it_was_found_by(client: FlaskClient) -> None:
    page = client.get(f"{FERRY}?q=vaccine+ferry").text
    assert page.count('<mark id="m-') == 4
    assert '<mark id="m-1"><a href="#m-2">ferry</a></mark>' in page
    assert '<mark id="m-4"><a href="#m-1">' in page
    assert "What was cut from the file (2)" in page
    assert "updated" in page
    assert 'href="https://www.lessing-courier.example/2021/04/ferry" rel="noopener noreferrer nofollow"' in page


def test_statements_are_narrowed_and_told_over_time_by_the_day_on_which_they_were_said(client: FlaskClient) -> None:
    asked = "view=statements&q=passenger&from=2021-04-27&to=2021-04-27"
    page = client.get(f"/search?{asked}&day=said")
    assert "1 statement with passenger, said on 27 April 2021" in text(page)
    assert 'href="/search?q=passenger&amp;view=statements&amp;from=2021-04-27&amp;to=2021-04-27">published' in page.text
    assert "0 statements with passenger, published on 27 April 2021" in text(client.get(f"/search?{asked}"))
    told = client.get(f"/search.json?{asked}&day=said&timeline=on").get_json()
    assert [(each["found"], each["held"]) for each in told["timeline"]["periods"]] == [(1, 1)]
    assert told["day"] == "said"


@pytest.mark.parametrize("asked", ["", "?q=ferry&source=Harbour%20List&sort=oldest&page=1", "?view=statements&page=2",
                                   "?view=statements&q=ferry&speaker=Tomas%20Okorowski&from=2018"])  # fmt: skip
def test_a_hit_leads_to_those_beside_it_and_back(client: FlaskClient, asked: str) -> None:
    def links(page: str, pattern: str) -> list[str]:
        return [unescape(link) for link in re.findall(pattern, page)]

    results = client.get(f"/search{asked}").text
    hits = links(results, r'<h2[^>]*><a href="([^"]+)"')
    assert len(hits) >= 3
    heading = re.search(r'<h1 class="total">([\d,]+) ', results)
    assert heading
    for link, after in pairwise(hits):
        page = client.get(link).text
        number = int(link.rpartition("hit=")[2])
        assert f"Hit {number} of {heading[1]}" in page
        assert links(page, r'rel="next" href="([^"]+)"') == [after]
        assert links(client.get(after).text, r'rel="prev" href="([^"]+)"') == [link]
        back = links(page, r'class="back" href="([^"]+)"')
        assert links(client.get(back[0]).text, r'<h2[^>]*><a href="([^"]+)"') == hits
        assert '<link rel="canonical" href="' + link.partition("?")[0] in page or "/statements/" in link


@pytest.mark.parametrize("hit", ["0", "2", "x", "99999999", "1&q=%22x", "1&q=zeppelin"])
def test_a_hit_that_is_another_one_now_leads_nowhere(client: FlaskClient, hit: str) -> None:
    (link,) = re.findall(r'<h2[^>]*><a href="([^"]+)hit=1"', client.get("/search?q=bolt").text)
    page = client.get(f"{unescape(link)}hit={hit}" if "q=" not in hit else f"{FERRY}?hit={hit}")
    assert page.status_code == 200
    assert 'class="turning"' not in page.text


def test_the_page_of_an_article_tells_by_what_its_days_are_known(client: FlaskClient) -> None:
    page = text(client.get(FERRY))
    assert "28 April 2021, by its dateline" in page
    assert "updated 7 May 2021, by update line" in page
    assert "27 April 2021, by sentence" in page
    assert "November 2020, day not known, by its file’s name" in text(client.get("/articles/pilots-2020"))


def test_beside_the_text_a_name_opens_its_statement_and_the_list_is_folded(client: FlaskClient) -> None:
    page = client.get(f"{FERRY}?q=bolt").text
    margin = re.findall(r'<ul class="margin".*?</ul>', page, re.DOTALL)
    opened = [unescape(link) for each in margin for link in Links(each).found]
    assert opened == [f"/statements/{each.id}?q=bolt" for each in ARTICLES[0].statements]
    assert re.search(r'<details class="statements">\s*<summary><h2[^>]*>What was said \(4\)', page)


def test_each_mark_leads_to_the_one_before_and_after(client: FlaskClient) -> None:
    page = client.get(f"{FERRY}?q=vaccine+ferry").text
    turns = re.findall(r'<span class="turn" data-place="(\d) of 4">(.*?)</span>', page)
    assert [number for number, _ in turns] == ["1", "2", "3", "4"]
    assert [Links(links).found for _, links in turns] == [["#m-2"], ["#m-1", "#m-3"], ["#m-2", "#m-4"], ["#m-3"]]


def test_words_in_the_title_alone_are_said_to_stand_there(client: FlaskClient) -> None:
    page = client.get("/articles/fees?q=title:fees")
    assert re.search(r"<h1\b[^>]*>.*<mark>fees</mark>.*</h1>", page.text)
    assert "The words you searched for appear only in the title." in text(page)
    assert "are not marked here" not in text(page)
    for nothing_to_mark in ("source:courier", "-ferry", "date:2021", "speaker:brask"):
        assert 'class="marks"' not in client.get(f"/articles/fees?q={nothing_to_mark}").text
    assert "are not marked here" in text(client.get("/articles/fees?q=zeppelin"))


def test_a_statement_leads_to_its_words_marked_in_the_article(client: FlaskClient) -> None:
    page = client.get("/search?view=statements&q=bolt+OR+herring&match=any").text
    links = re.findall(r'<span>in <a href="([^"]+)"', page)
    assert len(links) == 2
    for link in links:
        address, _, anchor = unescape(link).partition("#")
        assert address.endswith("?q=bolt%20OR%20herring&match=any")
        answer = client.get(address).text
        assert f'id="{anchor}"' in answer
        assert "<mark" in answer
        alone = re.search(r'<a href="([^"]+)">This statement on its own', answer)
        assert alone
        assert unescape(alone[1]).endswith("?q=bolt%20OR%20herring&match=any")


@pytest.mark.parametrize("view", ["articles", "statements"])
@pytest.mark.parametrize("words", ["GRAIN FERRY SAILED OR", "she ferry", "bolt"])
def test_a_hit_of_any_words_leads_to_them_marked(client: FlaskClient, words: str, view: str) -> None:
    page = client.get(f"/search?match=any&q={quote(words)}&view={view}").text
    links = re.findall(r'<h2[^>]*><a href="([^"]+)"', page)
    assert links
    for link in links:
        found = client.get(unescape(link))
        assert found.status_code == 200
        assert "<mark" in found.text
        assert "match=any" in link
        assert '<input type="hidden" name="match" value="any">' in found.text
        assert not re.search(r"<mark[^>]*>(<a[^>]*>)?she", found.text, re.IGNORECASE)


def test_words_that_cannot_be_read_hide_no_article(client: FlaskClient) -> None:
    page = client.get(f"{FERRY}?q=%22bolt")
    assert page.status_code == 200
    assert "We counted every bolt twice" in text(page)
    assert "are not marked here. This quotation mark has no partner" in text(page)
    assert 'value="&#34;bolt"' in page.text
    statement = client.get("/search.json?view=statements&q=bolt").get_json()["hits"][0]["link"]
    assert client.get(f"{statement}?q=bolt+OR").status_code == 200


def test_a_possessive_finds_and_marks_its_word(client: FlaskClient) -> None:
    page = client.get("/search?q=Minister’s+coffee").text
    assert "<mark>Minister</mark>" in page
    assert "<mark>coffee</mark>" in page


def test_the_margin_names_who_speaks_in_a_paragraph_once() -> None:
    body = "“The fog is in,” said Tomas Okorowski. “It will stay,” said Tomas Okorowski. “No,” said Edvin Brask."
    sayings = [
        said(body, "“The fog is in,” said Tomas Okorowski.", "“The fog is in,”", OKORO),
        said(body, "“It will stay,” said Tomas Okorowski.", "“It will stay,”", OKORO),
        said(body, "“No,” said Edvin Brask.", "“No,”", BRASK),
    ]
    page = site(written("fog", None, body, *sayings)).test_client().get("/articles/fog").text
    margin = re.search(r'<ul class="margin".*?</ul>', page, re.DOTALL)
    assert margin
    assert re.findall(r">([^<>]+)</a>", margin[0]) == ["Tomas Okorowski", "Edvin Brask"]


def test_the_text_of_an_article_is_whole(client: FlaskClient) -> None:
    for article in ARTICLES[:6]:
        page = client.get("/articles/" + quote(article.id) + "?q=ferry+harbour").text
        shown = re.search(r'<div class="text"[^>]*>(.*?)</div>', page, re.DOTALL)
        assert shown
        paragraphs = re.findall(r"<p\b[^>]*>(.*?)</p>", shown[1], re.DOTALL)
        assert [unescape(re.sub("<[^>]+>", "", each)) for each in paragraphs] == article.body.split("\n\n")


def test_only_web_addresses_are_linked(client: FlaskClient) -> None:
    assert "javascript:" not in client.get("/articles/a%26b/c%2Bd%20%C3%BC.txt").text


def test_no_page_shows_a_denial_as_a_claim() -> None:
    body = "Tomas Okorowski denied that the ferry had sunk. Edvin Brask said that the bridge was closed."
    denied = said(body, body[:47], "the ferry had sunk", OKORO, verb="denied", kind="indirect")
    claimed = said(body, body[48:], "the bridge was closed", BRASK, kind="indirect")
    article = written("one", "One", body, replace(denied, polarity="denied", act="denied"), claimed)
    identity, other = (each.id for each in article.statements)
    client = site(article).test_client()
    for page in ("/articles/one", f"/statements/{identity}", "/search?q=ferry&view=statements"):
        shown = text(client.get(page))
        assert "Tomas Okorowski denied that the ferry had sunk." in shown, page
        assert "denial" in shown, page
    for page in (f"/statements/{other}", "/search?q=bridge&view=statements"):
        assert "denial" not in text(client.get(page)), page


def test_a_statement_stands_in_its_paragraph_and_leads_to_its_place(client: FlaskClient) -> None:
    hit = client.get("/search.json?view=statements&q=bolt").get_json()["hits"][0]
    page = client.get(hit["link"])
    assert "“We counted every bolt twice" in text(page)
    assert "Đào Thị Linh, director of the Lessing Ferry Line" in text(page)
    assert f'href="{FERRY}#s-{hit["id"]}"' in page.text
    assert f'id="s-{hit["id"]}"' in client.get(FERRY).text


@pytest.mark.parametrize(
    ("on", "published", "shown"),
    [
        ("2017-12-26", "2018-01-01", "said 26 December 2017 in The fog, 1 January 2018"),
        ("2017-12-26", "", "said 26 December 2017 in The fog, undated"),
        ("2018-01-01", "2018-01-01", "1 January 2018 in The fog"),
        ("", "2018-01-01", "1 January 2018 in The fog"),
    ],
)
def test_where_a_statement_is_of_another_day_than_its_article_both_are_shown(
    on: str, published: str, shown: str
) -> None:
    body = "“The fog is in,” said Tomas Okorowski."
    saying = said(body, body, "“The fog is in,”", OKORO, on=on)
    article = written("fog", "The fog", body, saying, published=day(published) if published else None)
    client = site(article).test_client()
    page = client.get("/search?view=statements").text
    line = " ".join(re.findall(r"<span>(.*?)</span>", page)[-2:])
    assert unescape(re.sub("<[^>]+>", "", line)) == shown
    alone = text(client.get(client.get("/search.json?view=statements").get_json()["hits"][0]["link"]))
    when, where = shown.split(" in ")
    assert (
        f"word for word {when} Found automatically Not the right person? In context {where} “The fog is in,”" in alone
    )


def test_text_of_an_article_has_its_direction_and_language() -> None:
    client = site(ARABIC).test_client()
    article, statement = "/articles/arabic", f"/statements/{ARABIC.statements[0].id}"
    words = "[\u0621-\u0652]"
    for address, parts in {
        article: ("h1", "p", "blockquote", "dd"),
        statement: ("blockquote", "a", "p"),
        f"/search?q={quote('برغي')}": ("h2", "p"),
        "/search?view=statements": ("h2", "a"),
        f"/search?q=%22{quote('برغي')}": ("p",),
    }.items():
        page = client.get(address).text
        for part in parts:
            assert re.search(rf'<{part}\b[^>]* dir="auto"[^>]*>[^\n]*{words}', page), (address, part)
        assert ('lang="ar"' in page) == ("%22" not in address)
        assert not re.search(r'lang="ar"[^>]*>[^<]*[0-9]+ April', page)


def test_a_facet_has_a_page_with_all_its_values(tmp_path: Path) -> None:
    body = "“The band paid for its own ferry,” said Tomas Okorowski."
    many = [
        written(f"{number}", None, body, said(body, body, body[:34], OKORO), source=f"Paper {number:03}")
        for number in range(320)
    ]
    client = site(*many, engine=open_engine(f"tantivy:{tmp_path}")).test_client()
    first = client.get("/search?q=ferry").text
    assert 'href="/facets/source?q=ferry">more' in first
    page = client.get("/facets/source?q=ferry").text
    assert page.count('class="row') == 300
    assert "320 sources among the articles with ferry" in page
    rest = client.get("/facets/source?q=ferry&page=2").text
    assert rest.count('class="row') == 20
    assert client.get("/facets/source?q=ferry&page=3").status_code == 404
    assert client.get("/facets/colour").status_code == 404


def test_the_values_of_a_facet_for_programs_are_those_of_its_page(tmp_path: Path) -> None:
    many = [Article(f"{number}", None, "The ferry sailed.", source=f"Paper {number:03}") for number in range(320)]
    unsigned = Article("unsigned", None, "The ferry sank.")
    client = site(*many, unsigned, engine=open_engine(f"tantivy:{tmp_path}")).test_client()
    found = client.get("/search.json?q=ferry&not_source=Paper%20111&limit=3&offset=2").get_json()
    assert found["more"] == {
        "speaker": None,
        "source": "/facets/source.json?q=ferry&not_source=Paper%20111",
        "place": None,
        "year": None,
        "language": None,
    }
    assert len(found["facets"]["source"]) == 11
    address, seen = found["more"]["source"], []
    while address:
        answer = client.get(address).get_json()
        assert list(answer) == ["facet", "query", "understood", "view", "match", "generation", "total", "cut", "values",
                                "next"]  # fmt: skip
        page = client.get(address.replace(".json", ""))
        labels = re.findall(r'<span class="label">(?:<span[^>]*>✕ </span><s>)?([^<]+)<', page.text)
        assert [each["label"] for each in answer["values"]] == labels
        seen += [each["value"] for each in answer["values"] if not each["excluded"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == answer["total"] - 1 == 320
    assert answer["values"][-1]["link"].startswith("/search.json?q=ferry&source=")
    assert client.get("/facets/source.json?page=3").get_json()["detail"] == "There is no page 3 of these values."
    assert client.get("/facets/colour.json").status_code == 404
    assert client.get("/facets/source.json?limit=2").status_code == 400
    below = client.get("/search.json", environ_overrides={"SCRIPT_NAME": "/old"}).get_json()["more"]["source"]
    assert below == "/old/facets/source.json"


def test_a_name_has_three_counts_each_a_link(client: FlaskClient) -> None:
    page, told = client.get("/search?q=Velacourt").text, client.get("/search.json?q=Velacourt").get_json()["of_name"]
    assert [each["how"] for each in told] == ["said by", "mentioned in", "said about"]
    for each in told:
        assert f">{each['how']}</a> ({each['total']})" in page
        assert client.get(each["link"]).get_json()["total"] == each["total"]
    assert "said by</a>" not in client.get("/search?q=ferry").text


def test_what_is_told_of_statements_is_counted_among_statements(client: FlaskClient) -> None:
    page = client.get("/search?view=statements&q=ferry").text
    assert "direct speech" in page
    assert "view=statements&act=" not in client.get("/search?q=ferry").text
    for ending in ("", ".json", ".csv"):
        refused = client.get(f"/facets/act{ending}")
        assert refused.status_code == 404
        assert "add view=statements" in refused.text
        assert client.get(f"/facets/act{ending}?view=statements").status_code == 200
    counted = client.get("/search.json?view=statements").get_json()["facets"]["kind"]
    for each in counted:
        found = client.get(f"/search.json?view=statements&kind={each['value']}").get_json()
        assert found["total"] == each["count"]
        assert {hit["kind"] for hit in found["hits"]} == {each["value"]}


def test_the_values_of_a_facet_fit_together_though_the_archive_changes(tmp_path: Path) -> None:
    engine = open_engine(f"whoosh:{tmp_path}")
    papers = [Article(f"{number}", None, "The ferry sailed.", source=f"Paper {number:03}") for number in range(320)]

    def update(day: str) -> None:
        with engine.lock():
            engine.update([replace(each, id=f"{each.id} {day}") for each in papers[300:]])

    with engine.lock():
        engine.reindex(papers)
    client = create_app(Settings(), engine=engine).test_client()
    first, page = client.get("/facets/source.json").get_json(), client.get("/facets/source").text
    onward = re.search(r'rel="next" href="([^"]+)"', page)
    assert onward
    update("Monday")  # and what came last is commonest now
    rest = client.get(first["next"]).get_json()
    assert (rest["generation"], rest["next"]) == (first["generation"], None)
    assert sorted(each["value"] for each in first["values"] + rest["values"]) == [each.source for each in papers]
    shown = client.get(unescape(onward[1]))
    assert re.findall(r'<span class="label">([^<]+)<', shown.text) == [each["value"] for each in rest["values"]]
    assert "archive has changed" not in text(shown)
    update("Tuesday")
    assert "archive has changed" in text(client.get(unescape(onward[1])))


def test_no_place_is_a_value_but_not_a_place(client: FlaskClient) -> None:
    assert "3 places among the articles." in text(client.get("/facets/place"))
    assert "5 speakers" in text(client.get("/"))
    assert "5 speakers among the articles." in text(client.get("/facets/speaker"))
    body = "The ferry sailed."
    many = [
        Article(f"{place}-{time}", None, body, place=f"Quay {place:03}") for place in range(310) for time in range(2)
    ]
    among = site(*many, Article("nowhere", None, body)).test_client()
    for page in (1, 2):
        assert "310 places among the articles." in text(among.get(f"/facets/place?page={page}"))


def test_about_says_how_statements_are_found_and_which_index_serves(client: FlaskClient) -> None:
    page = text(client.get("/about"))
    assert "They were found by a program, not by a reader." in page
    assert client.get("/readyz").get_json()["generation"] in page
    assert re.search(r"Built\s*[0-9]+ \w+ [0-9]{4}, [0-9]{2}:[0-9]{2} UTC", page)


@pytest.mark.parametrize("address", ["/", "/search?q=ferry", "/search?q=ferry&view=statements", FERRY + "?q=ferry",
                                     "/facets/speaker?q=ferry", "/about", "/search?q=zeppelin+ferry",
                                     "/search?q=body:ferry", "/search?q=GRAIN+FERRY+SAILED+OR&match=any",
                                     "/search?q=ferry&from=x&year=2021", "/search?q=%22ferry&year=2021"])  # fmt: skip
def test_every_link_of_a_page_leads_somewhere(client: FlaskClient, address: str) -> None:
    page = client.get(address)
    links = set(inner(Links(page.text).found)) - {"/search"}  # where the box leads
    assert len(links) > 3
    for link in links:
        assert client.get(link.partition("#")[0], buffered=True).status_code == 200, link
    anchors = {link.partition("#")[2] for link in Links(page.text).found if link.startswith("#")}
    assert anchors <= set(re.findall(r' id="([^"]+)"', page.text))


def test_pages_lead_on_and_back_and_end(client: FlaskClient) -> None:
    seen: list[str] = []
    address = "/search.json?q=harbour"
    while address:
        found = client.get(address).get_json()
        seen += [hit["id"] for hit in found["hits"]]
        address = found["next"]
    assert len(seen) == len(set(seen)) == found["total"] > 10
    assert "at=" + quote(found["generation"]) in client.get("/search?q=harbour").text
    assert 'href="/search?q=harbour"' in client.get("/search?q=harbour&page=2").text
    assert client.get("/search?q=harbour&page=3").status_code == 404
    assert "archive has changed" not in text(client.get(f"/search?q=harbour&page=2&at={found['generation']}"))
    assert "archive has changed" in text(client.get("/search?q=harbour&page=2&at=older"))


def test_where_pages_end_before_the_hits_they_say_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(params, "REACH", 10)
    ends = "Pages end at hit 10 of 15: narrow the search, or reverse its order, to see the others."
    assert ends in text(client.get("/search"))
    past = client.get("/search?page=2")
    assert past.status_code == 404
    assert "The last page that can be shown is 1,000: narrow the search" in text(past)
    assert "Pages end" not in text(client.get("/search?q=bolt"))
    found = client.get("/search.json").get_json()  # a program goes on
    assert found["cut"] == []
    assert len(client.get(found["next"]).get_json()["hits"]) == 5


@pytest.mark.parametrize(("limit", "offset"), [(3, 0), (7, 2), (10, 5), (1000, 0)])
def test_a_program_leads_itself_on_in_its_own_steps(client: FlaskClient, limit: int, offset: int) -> None:
    seen: list[str] = []
    address = f"/search.json?q=harbour&limit={limit}&offset={offset}"
    while address:
        found = client.get(address).get_json()
        assert found["limit"] == limit
        assert found["offset"] == offset + len(seen)
        seen += [hit["id"] for hit in found["hits"]]
        address = found["next"]
    assert len(seen) == len(set(seen)) == found["total"] - offset
    assert client.get("/search.json?q=harbour&limit=0").get_json()["next"] is None
    past = client.get("/search.json?q=harbour&limit=3&offset=500")
    assert past.status_code == 404
    assert "There is no hit 501" in past.get_json()["detail"]
    for far, sentence in (
        ("offset=9999999", "There is no hit 10,000,000: "),
        ("limit=1000&page=11", "There is no page 11: "),
    ):
        beyond = client.get(f"/search.json?{far}")
        assert beyond.status_code == 404
        assert beyond.get_json()["detail"].startswith(sentence)
    assert client.get("/search?q=harbour&limit=3").text == client.get("/search?q=harbour").text, "a page has ten"


def test_links_for_programs_keep_their_limit(client: FlaskClient) -> None:
    found = client.get("/search.json?q=harbour&limit=3&offset=3").get_json()
    for values in found["facets"].values():
        for value in values:
            narrowed = client.get(value["link"]).get_json()
            assert (narrowed["limit"], narrowed["offset"], narrowed["total"]) == (3, 0, value["count"])
    assert "limit" not in client.get("/").text


# JSON


def test_search_json_has_the_promised_form(client: FlaskClient) -> None:
    found = client.get("/search.json?q=vaccine").get_json()
    assert list(found) == ["query", "understood", "view", "match", "sort", "day", "engine", "generation", "total",
                           "also", "of_name", "cut", "meant", "offset", "limit", "hits", "facets", "more", "timeline",
                           "next"]  # fmt: skip
    hit = next(hit for hit in found["hits"] if hit["id"] == "2021/ferry night.txt")
    assert set(hit) == {
        "id",
        "title",
        "published",
        "updated",
        "source",
        "place",
        "url",
        "speakers",
        "link",
        "passages",
    }
    assert hit["published"] == {"day": "2021-04-28", "first": "2021-04-28", "last": "2021-04-28", "precision": "day",
                                "origin": "dateline"}  # fmt: skip
    body = ARTICLES[0].body
    for passage in hit["passages"]:
        assert set(passage) == {"field", "text", "start", "end", "marks"}
        assert passage["text"] == body[passage["start"] : passage["end"]]
        assert [passage["text"][start:end] for start, end in passage["marks"]] == ["vaccine"]


def test_a_statement_hit_adds_what_was_said(client: FlaskClient) -> None:
    hit = client.get("/search.json?q=bolt&view=statements").get_json()["hits"][0]
    assert hit["article"] == "2021/ferry night.txt"
    assert hit["text"] == ARTICLES[0].body[hit["start"] : hit["end"]]
    assert {"verb", "kind", "day", "title", "passages", "speakers", "link"} <= set(hit)
    alone = client.get(f"/statements/{hit['id']}.json").get_json()
    assert alone["text"] == hit["text"]
    assert alone["article"] == hit["article"]


def test_article_json_has_the_keys_of_inspect_and_same(client: FlaskClient) -> None:
    found = client.get(f"{FERRY}.json").get_json()
    assert set(found) == {"id", "path", "title", "body", "published", "updated", "source", "place", "url", "language",
                          "speakers", "statements", "removed", "noticed", "past", "corrected", "authors", "added",
                          "same"}  # fmt: skip
    for statement in found["statements"]:
        keys = {"id", "speakers", "verb", "kind", "polarity", "act", "day", "confidence", "start", "end", "text"}
        evidence = {"content", "subject", "cue"}
        assert set(statement) == keys | evidence
        assert statement["text"] == found["body"][statement["start"] : statement["end"]]
        assert all(statement["start"] <= start < end <= statement["end"] for start, end in statement["content"])


def test_an_article_leads_to_the_same_story_elsewhere() -> None:
    outlets = (
        ("wire", "Lantern Wire", "2021-04-28"),
        ("copy", "Quay Gazette", "2021-04-29"),
        ("late", None, "2021-05-02"),
    )
    bodies = (FERRY_BODY, FERRY_BODY.replace("\n\n", " ").upper(), FERRY_BODY[: len(FERRY_BODY) // 2])
    told = [
        Article(name, f"Ferry in the {name}", body, published=day(on), source=source, sketch=sketch(body))
        for (name, source, on), body in zip(outlets, bodies, strict=True)
    ]
    client = site(*ARTICLES, *told).test_client()
    page = client.get("/articles/copy")
    assert "The same story in other articles" in text(page)
    assert [
        link for link in Links(page.text.partition("</head>")[2]).found if re.fullmatch("/articles/[a-z]+", link)
    ] == [
        "/articles/wire",
        "/articles/late",
    ]
    assert "Ferry in the wire 28 April 2021 · Lantern Wire".replace(" · ", "") in text(page)
    same = client.get("/articles/wire.json").get_json()["same"]
    assert [each["id"] for each in same] == ["copy", "late"]
    assert same[0] == {
        "id": "copy",
        "title": "Ferry in the copy",
        "source": "Quay Gazette",
        "published": same[0]["published"],
        "link": "/articles/copy",
    }
    assert same[0]["published"]["day"] == "2021-04-29"


def test_an_article_that_stands_alone_says_nothing_of_others(client: FlaskClient) -> None:
    assert "The same story" not in client.get(FERRY).text
    assert client.get(f"{FERRY}.json").get_json()["same"] == []


def test_an_id_that_ends_in_json_is_that_article_first() -> None:
    both = [Article("x", "Without", "one"), Article("x.json", "With", "two"), Article("y", "Y", "three")]
    client = site(*both).test_client()
    assert "With" in text(client.get("/articles/x.json"))
    assert client.get("/articles/x.json.json").get_json()["id"] == "x.json"
    assert client.get("/articles/y.json").get_json()["id"] == "y"
    assert client.get("/articles/z.json").get_json()["status"] == 404


@pytest.mark.parametrize("identity", ["a//b", "/a", "a/", "ü?#%", "a b", "..x/.y", "x" * 300, "a\\b", "1+1=2&c;d"])
def test_any_id_has_an_address(identity: str) -> None:
    client = site(Article(identity, "There", "it is"), Article("other", "Other", "no")).test_client()
    link = client.get("/search.json?q=it").get_json()["hits"][0]["link"]
    assert "There" in text(client.get(link))
    assert client.get(link + ".json").get_json()["id"] == identity


# Errors


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/search?q=%22harbour", 400, "quotation mark"),
        ("/search?q=speker:x", 400, "speker"),
        ("/search?page=x", 400, "page"),
        ("/search?page=7", 404, "There is no page 7: the last one is 2."),
        ("/search?q=zwieback&page=2", 404, "nothing was found"),
        ("/search?from=2021-02-30", 400, "from"),
        ("/search?view=red", 400, "view"),
        ("/articles/none", 404, "There is no article"),
        ("/articles/fees.json?w=1", 400, 'There is no parameter "w": this page takes none.'),
        ("/articles/fees.json?q=y", 400, 'There is no parameter "q": this page takes none.'),
        ("/articles/fees?match=some", 400, "match"),
        ("/statements/0123456789abcdef", 404, "There is no statement"),
        ("/nowhere", 404, "no such page"),
        ("/static/none.css", 404, "no such page"),
    ],
)
def test_errors_say_what_is_wrong(client: FlaskClient, address: str, status: int, sentence: str) -> None:
    page = client.get(address)
    assert page.status_code == status
    assert sentence in (page.get_json(force=True)["detail"] if ".json" in address else text(page))
    assert page.mimetype == ("application/problem+json" if ".json" in address else "text/html")
    if address.startswith("/search"):
        answer = client.get(address.replace("/search", "/search.json"))
        assert answer.status_code == status
        assert answer.mimetype == "application/problem+json"
        assert set(answer.get_json()) == {"type", "title", "status", "detail", "fault", "mended"}
        assert sentence in answer.get_json()["detail"]


def test_a_fault_in_a_query_is_shown_and_mended(client: FlaskClient) -> None:
    address = "/search?q=%22harbour%20fee&view=statements"
    page = client.get(address)
    assert "<mark>" in page.text
    mended = "/search?q=%22harbour%20fee%22&amp;view=statements"
    assert f'href="{mended}"' in page.text
    answer = client.get(address.replace("/search", "/search.json")).get_json()
    assert answer["fault"]["start"] == 0
    assert client.get(answer["mended"]).status_code == 200


def test_a_mended_query_stays_where_it_was_asked(client: FlaskClient) -> None:
    for path in ("/facets/source", "/facets/source.json", "/search.json"):
        answer = client.get(f"{path}?q=%22harbour&page=2&year=2021").text
        assert f"{path}?q=%22harbour%22&year=2021" in unescape(answer)
    below = client.get("/facets/source.json?q=%22harbour", environ_overrides={"SCRIPT_NAME": "/old"})
    assert below.get_json(force=True)["mended"] == "/old/facets/source.json?q=%22harbour%22"


def test_a_search_that_is_linked_to_at_the_start_page_is_found(client: FlaskClient) -> None:
    answer = client.get("/?q=ferry+harbour&utm_source=x&view=statements")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/search?q=ferry%20harbour&view=statements")
    below = client.get("/?q=ferry", environ_overrides={"SCRIPT_NAME": "/old"})
    assert below.headers["Location"] == "/old/search?q=ferry"
    assert client.get("/?q=%22ferry", follow_redirects=True).status_code == 400


def test_a_statement_that_is_gone_leaves_its_search(client: FlaskClient) -> None:
    page = client.get("/statements/0123456789abcdef?q=bolt+vaccine&match=any")
    assert page.status_code == 404
    link = unescape(re.findall(r'Find <a href="([^"]+)">', page.text)[0])
    assert link == "/search?q=bolt%20vaccine&view=statements&match=any"
    assert client.get(link).status_code == 200
    assert 'href="/search?view=statements"' in client.get("/statements/0123456789abcdef?q=body:bolt").text


def test_a_page_in_error_keeps_what_can_be_read(client: FlaskClient) -> None:
    page = client.get(
        "/search?q=%22bolt&speaker=Edvin%20Brask&not_place=&view=statements&sort=newest&from=2021&page=2&to=x&colour=red"
    ).text
    carried = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    assert set(carried) == {
        ("view", "statements"),
        ("speaker", "Edvin Brask"),
        ("not_place", ""),
        ("from", "2021"),
        ("sort", "newest"),
    }
    assert 'value="&#34;bolt"' in page


@pytest.mark.parametrize(
    ("address", "link", "said"),
    [
        ("/search?q=ferry&from=x&year=2021", "/search?q=ferry&year=2021", "articles with ferry, published in 2021"),
        ("/search?from=2022&to=2021", "/search?from=2022-01-01", "articles published on 1 January 2022 or later"),
        ("/search?view=statements&to=x", "/search?view=statements", "all statements"),
        ("/search?q=ferry&page=70", "/search?q=ferry", "articles with ferry"),
        ("/facets/source?q=ferry&sort=best", "/search?q=ferry", "articles with ferry"),
    ],
)
def test_a_parameter_in_error_leaves_a_way_back_to_the_search(
    client: FlaskClient, address: str, link: str, said: str
) -> None:
    page = client.get(address)
    assert page.status_code in (400, 404)
    assert f'<a href="{link.replace("&", "&amp;")}">{said}</a>' in page.text
    assert client.get(link).status_code == 200


ADDED = "utm_source=x&fbclid=abc&submit=Find&lang=en&ref=home&x=1&x=2"


@pytest.mark.parametrize(
    "address",
    ["/", "/about", "/help", "/archive", "/search?q=ferry", f"{FERRY}?q=bolt", "/facets/source?q=ferry",
     "/search?q=%22x", "/speakers/Edvin%20Brask", "/articles/fees.bib"],
)  # fmt: skip
def test_what_others_add_to_the_link_of_a_page_is_passed_over(client: FlaskClient, address: str) -> None:
    plain = client.get(address)
    added = client.get(f"{address}{'&' if '?' in address else '?'}{ADDED}")
    assert (added.status_code, added.text) == (plain.status_code, plain.text)


@pytest.mark.parametrize("address", ["/search.json", f"{FERRY}.json", "/facets/source.json",
                                     "/speakers/Edvin%20Brask.json"])  # fmt: skip
def test_programs_are_told_of_every_unknown_parameter(client: FlaskClient, address: str) -> None:
    assert client.get(f"{address}?utm_source=x").status_code == 400


def test_what_cannot_be_done_here_says_what_can(client: FlaskClient) -> None:
    answer = client.post("/search")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("address", ["/", "/search?q=x", "/articles/x", "/about", "/readyz", "/search.json"])
def test_an_unbuilt_index_says_in_the_log_which_command_builds_it(
    tmp_path: Path, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(Settings(index=str(tmp_path / "index"))).test_client()
    answer = client.get(address)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "There is nothing to search yet" in unescape(answer.text)
    assert "searchapp reindex" in caplog.text
    assert "reindex" not in answer.text  # strangers read it
    assert str(tmp_path) not in answer.text


def test_a_failure_of_ours_is_a_page_that_gives_nothing_away(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(MemoryEngine):
        def info(self) -> Any:
            raise RuntimeError("secret")

    client = create_app(Settings(), engine=Broken()).test_client()
    answer = client.get("/about")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "secret" in caplog.text
    assert client.get("/readyz").get_json()["status"] == 500


def test_an_address_begins_no_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(MemoryEngine):
        def info(self) -> Any:
            raise RuntimeError("x")

    client = create_app(Settings(), engine=Broken()).test_client()
    assert client.get("/articles/a%0AERROR%20forged%1B[2J").status_code == 500
    assert r"GET '/articles/a\nERROR forged\x1b[2J' failed" in caplog.text


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/search/?q=ferry", "/search?q=ferry"),
        ("/about//", "/about"),
        ("/facets/speaker.json/?q=a%26b", "/facets/speaker.json?q=a%26b"),
        ("/speakers/", "/speakers"),
        ("/articles/a%26b/c%2Bd%20%C3%BC.txt/", "/articles/a%26b/c%2Bd%20%C3%BC.txt"),
        ("//elsewhere.example/", "/elsewhere.example"),
    ],
)
def test_a_slash_at_the_end_leads_to_the_page_without_it(client: FlaskClient, address: str, there: str) -> None:
    answer = (
        client.get(address, base_url="http://lessing.example")
        if address[1] != "/"
        else client.get("/", environ_overrides={"PATH_INFO": address})
    )
    assert (answer.status_code, answer.headers["Location"]) == (301, there)


# What the archive holds


def test_each_example_of_the_help_finds_what_it_says(client: FlaskClient) -> None:
    page = client.get("/help").text
    examples = re.findall(r'<dt><a href="([^"]+)"><code>([^<]+)</code></a> <span class="count">(\d+)</span>', page)
    assert len(examples) >= 12
    for link, typed, count in examples:
        found = client.get(unescape(link).replace("/search", "/search.json")).get_json()
        assert (found["query"], found["total"]) == (unescape(typed), int(count))


def test_examples_are_left_out_where_they_would_find_nothing() -> None:
    client = site(Article("one", None, "Fog.")).test_client()
    assert "<code>" not in client.get("/help").text
    assert "Try " not in text(client.get("/"))


def test_the_examples_of_the_start_page_have_their_counts(client: FlaskClient) -> None:
    page = client.get("/").text
    said = re.search(r'<a href="([^"]+)">what Tomas Okorowski said</a> <span class="count">\((\d+)\)', page)
    assert said
    assert client.get(unescape(said[1]).replace("/search", "/search.json")).get_json()["total"] == int(said[2]) == 11
    assert {"/speakers", "/facets/source", "/facets/place", "/archive"} <= set(Links(page).found)


def test_the_archive_is_a_table_of_sources_and_months(client: FlaskClient) -> None:
    page = client.get("/archive").text
    cells = re.findall(r'<td class="t(\d)" title="Lessing Courier, (\w+ \d+): (\d+)"', page)
    assert len(cells) == 73, "from March 2017 to March 2023"
    assert [(month, count) for _, month, count in cells if count != "0"] == [
        ("February 2019", "1"), ("April 2021", "1"), ("October 2022", "1"),
    ]  # fmt: skip
    assert all((shade == "0") == (count == "0") for shade, _, count in cells)
    assert 'colspan="10"><a href="/search?year=2017' in page
    assert "1 article is undated" in text(client.get("/archive"))
    for link, count in re.findall(r'<span><a href="([^"]+)">[^<]+</a> (\d+)</span>', page):
        assert client.get(unescape(link).replace("/search", "/search.json")).get_json()["total"] == int(count)


def test_gaps_are_told_in_words_and_a_long_archive_by_years() -> None:
    months = [f"2020-{month:02}-05" for month in (1, 2, 3, 4, 9, 10, 11)]
    told = [Article(f"a{on}", "Fog", "It is foggy.", published=day(on), source="The Mole") for on in months]
    page = site(*told).test_client().get("/archive")
    assert "Nothing of The Mole from May 2020 to August 2020." in text(page)
    old = Article("old", "Fog", "It was foggy.", published=day("1899-01-01"), source="The Mole")
    assert 'title="The Mole, 1920: 0"' not in site(*told, old).test_client().get("/archive").text
    assert 'title="The Mole, 1921: 0"' in site(*told, old).test_client().get("/archive").text
    assert site(Article("none", None, "Fog.")).test_client().get("/archive").status_code == 200


# What browsers and crawlers ask for


def test_a_browser_is_told_how_the_archive_is_searched(client: FlaskClient) -> None:
    link = re.search(
        r'<link rel="search" type="application/opensearchdescription\+xml" href="([^"]+)"', client.get("/").text
    )
    assert link
    answer = client.get(link[1], environ_overrides={"SCRIPT_NAME": "/old"})
    assert answer.mimetype == "application/opensearchdescription+xml"
    described = ElementTree.fromstring(answer.data)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(described.findtext(f"{space}ShortName") or "") in range(1, 17)
    templates = {each.get("type"): str(each.get("template")) for each in described.findall(f"{space}Url")}
    assert templates["text/html"] == "http://localhost/old/search?q={searchTerms}"
    asked = (
        templates["application/x-suggestions+json"]
        .removeprefix("http://localhost/old")
        .format(searchTerms="ferry+bras")
    )
    suggested = client.get(asked)
    assert suggested.mimetype == "application/x-suggestions+json"
    assert suggested.get_json() == ["ferry bras", ['ferry speaker:"Edvin Brask"']]
    assert client.get("/opensearch.json?lang=en").status_code == 400


def test_crawlers_are_kept_out_or_from_what_has_no_end() -> None:
    closed, opened = (site(*ARTICLES[:1], crawlers=each).test_client() for each in (False, True))
    assert closed.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert "Disallow: /facets/\n" in opened.get("/robots.txt").text
    assert "Disallow: /\n" not in opened.get("/robots.txt").text


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=ferry&view=statements", FERRY, "/archive", "/speakers", f"/speakers/{quote('Edvin Brask')}"],
)
def test_crawlers_that_are_let_in_are_kept_from_just_what_is_in_no_index(address: str) -> None:
    opened = site(*ARTICLES, crawlers=True).test_client()
    rules = re.findall("^Disallow: (.+)$", opened.get("/robots.txt").text, re.MULTILINE)
    shut = re.compile("|".join(re.escape(rule).replace(r"\*", ".*") for rule in rules))
    links = {link.split("#")[0] for link in inner(Links(opened.get(address).text).found) if "/static/" not in link}
    pages = {link: answer for link in links if (answer := opened.get(link)).mimetype == "text/html"}
    unindexed = {link for link, answer in pages.items() if 'name="robots" content="noindex' in answer.text}
    assert unindexed
    assert {link for link in pages if shut.match(link)} == unindexed


@pytest.mark.parametrize(
    ("address", "indexed"),
    [
        ("/search?q=ferry", True), ("/search", True), ("/search?q=ferry&match=any", True),
        ("/search?sort=oldest", False), ("/search?page=2", False),
        ("/search?q=ferry&year=2021", False), ("/facets/speaker", False), (FERRY, True),
    ],
)  # fmt: skip
def test_facets_orders_and_further_pages_are_in_no_index(client: FlaskClient, address: str, indexed: bool) -> None:
    assert ('<meta name="robots" content="noindex, nofollow">' not in client.get(address).text) == indexed


def test_an_article_tells_machines_what_it_is(client: FlaskClient) -> None:
    page = client.get(f"{FERRY}?q=bolt&hit=1").text
    told = dict(re.findall(r'<meta (?:itemprop|property|name)="([^"]+)" content="([^"]*)">', page))
    assert '<article itemscope itemtype="https://schema.org/NewsArticle">' in page
    assert told["datePublished"] == "2021-04-28"
    assert told["dateModified"] == "2021-05-07"
    assert told["og:url"] == told["url"] == "http://localhost" + FERRY
    assert told["og:title"] == "Night ferry to the Skarn islands sails again"
    assert told["description"].startswith("PORT LESSING – The night ferry between")
    assert len(told["description"]) <= 201
    assert 'itemprop="datePublished" content="2020-11">' in client.get("/articles/pilots-2020").text


# What holds everywhere


def without_ours(page: str) -> str:
    """A page without the two scripts of ours, which stand in files."""
    ours = r'<script src="/static/(?:suggest|keys)\.js\?v=[0-9a-f]{8}" defer(?: data-help="/help#keys")?></script>'
    return re.sub(ours, "", page, count=2)


@pytest.mark.parametrize("address", ["/", "/search?q=ferry", FERRY, "/about", "/nowhere", "/search.json", "/healthz"])
def test_headers_keep_strangers_out(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"]
    assert " style=" not in answer.text
    assert "<script" not in without_ours(answer.text)
    assert not re.search(r"\son\w+=", answer.text)


def test_the_archive_can_be_opened_to_crawlers() -> None:
    answer = site(*ARTICLES[:1], crawlers=True).test_client().get("/")
    assert "X-Robots-Tag" not in answer.headers


def test_what_articles_hold_never_becomes_markup() -> None:
    body = f"{HOSTILE} & <b>“The band”</b> said Tomas Okorowski."
    hostile = written(
        f'"{HOSTILE}', f"Title {HOSTILE}", body, said(body, body, "“The band”", OKORO, verb=HOSTILE),
        published=day("2021-01-01"), source=HOSTILE, place=f'"{HOSTILE}', url=f'https://x.example/"{HOSTILE}',
    )  # fmt: skip
    client = site(hostile).test_client()
    link = client.get("/search.json").get_json()["hits"][0]["link"]
    statement = client.get("/search.json?view=statements").get_json()["hits"][0]["link"]
    asked = quote(f'"{HOSTILE}"')
    for address in ("/", f"/search?q={asked}", f"/search?view=statements&source={quote(HOSTILE)}", link, statement,
                    f"/facets/source?q={asked}", f"/search?q={quote(HOSTILE)}:x", f"/{HOSTILE}"):  # fmt: skip
        page = client.get(address)
        assert "<script" not in without_ours(page.text), address
        assert "<b>“" not in page.text


def test_below_a_prefix_every_link_has_it(app: Flask) -> None:
    client = app.test_client()
    for address in ("/", "/search?q=ferry", FERRY, "/about", "/search?q=%22x", "/search.json?q=ferry"):
        answer = client.get(address, environ_overrides={"SCRIPT_NAME": "/old news"})
        links = Links(answer.text).found
        if answer.is_json:
            found = answer.get_json()
            links = [
                found["next"],
                *(hit["link"] for hit in found["hits"]),
                found["facets"]["year"][0]["link"],
            ]
        assert links
        for link in inner(links):
            assert link.startswith("/old%20news/"), link


def test_pages_are_light(client: FlaskClient) -> None:
    for address in (
        "/search",
        "/search?q=ferry&view=statements",
        "/search?q=ferry&speaker=Irena%20Velacourt",
        FERRY,
    ):
        assert len(client.get(address).data) < 60_000
    assert len(client.get("/search").data) < 25_000


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_pages_are_packed_as_the_browser_takes_them(client: FlaskClient, coding: str) -> None:
    plain, packed = client.get("/search"), client.get("/search", headers={"Accept-Encoding": coding})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == coding
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert len(packed.data) < min(len(plain.data) / 3, 15_000)
    unchanged = {"Accept-Encoding": coding, "If-None-Match": packed.headers["ETag"]}
    assert client.get("/search", headers=unchanged).status_code == 304
    style = re.search(r'href="(/static/style[^"]+)"', plain.text)
    assert style
    assert (
        client.get(style[1], headers={"Accept-Encoding": "zstd"}, buffered=True).headers["Content-Encoding"] == "zstd"
    )


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/search?q=vaccine&year=2021", "2 articles with vaccine, published in 2021 · The Lessing Archive"),
        ("/search?view=statements", "21 statements · The Lessing Archive"),
    ],
)
def test_the_title_of_the_page_is_the_total(client: FlaskClient, address: str, title: str) -> None:
    assert f"<title>{title}</title>" in client.get(address).text


def test_in_the_document_the_hits_come_before_what_narrows_them(client: FlaskClient) -> None:
    page = client.get("/search?q=ferry").text
    parts = ['role="status"', 'class="hits"', 'class="timeline"', 'class="controls"', "<summary>Narrow", 'id="from"']
    assert [page.index(part) for part in parts] == sorted(page.index(part) for part in parts)


def test_what_narrows_is_one_form_that_keeps_all_of_the_search(client: FlaskClient) -> None:
    page = client.get("/search?q=umbrella&view=statements&match=any&source=Lessing+Courier&speaker=Edvin+Brask"
                      "&not_speaker=Edvin+Brask&not_place=Sund&from=2020").text  # fmt: skip
    form = page[page.index('<form class="facets"') : page.index("</aside>")]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    ticked = re.findall(r'name="([^"]+)" value="([^"]*)" checked', form)
    assert sorted(hidden + ticked) == [
        ("match", "any"), ("not_place", "Sund"), ("not_speaker", "Edvin Brask"), ("q", "umbrella"),
        ("source", "Lessing Courier"), ("speaker", "Edvin Brask"), ("view", "statements"),
    ]  # fmt: skip


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/search?q=ferry")
    again = client.get("/search?q=ferry", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert first.headers["Cache-Control"] == "no-cache"


def test_static_files_are_kept_long_and_change_their_address(client: FlaskClient) -> None:
    style = re.search(r'href="(/static/style\.css\?v=[0-9a-f]{8})"', client.get("/").text)
    assert style
    assert "max-age=31536000" in client.get(style[1], buffered=True).headers["Cache-Control"]


def test_each_page_has_one_heading_and_its_landmarks(client: FlaskClient) -> None:
    for address in (
        "/",
        "/search?q=ferry",
        "/search?q=nothingatall",
        FERRY,
        "/about",
        "/help",
        "/nowhere",
        "/facets/year",
    ):
        page = client.get(address).text
        assert len(re.findall(r"<h1\b", page)) == 1, address
        assert re.findall(r"<(header|main|footer)\b[^>]*(?:class=\"(?:top|bottom)\"|id=\"main\")", page) == [
            "header",
            "main",
            "footer",
        ]
        assert re.search(r'class="skip" href="#(main|hits)"', page)
        assert 'lang="en"' in page
    assert '<div role="status"><h1' in client.get("/search?q=ferry").text


@pytest.mark.parametrize("address", ["/", "/search?q=ferry", "/search?q=ferry&view=statements", "/search?q=zeppelin",
                                     f"{FERRY}?q=ferry", "/facets/year", "/about", "/nowhere"])  # fmt: skip
def test_headings_are_an_outline(client: FlaskClient, address: str) -> None:
    headings = re.findall(r"<h([1-6])\b([^>]*)>", client.get(address).text)
    assert not any("role=" in attributes for _, attributes in headings)
    levels = [int(level) for level, _ in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_search_box_keeps_what_narrows(client: FlaskClient) -> None:
    page = client.get("/search?q=ferry&speaker=Irena%20Velacourt&view=statements").text
    assert '<input type="hidden" name="speaker" value="Irena Velacourt">' in page
    assert '<input type="hidden" name="view" value="statements">' in page
    assert 'name="q" type="search" value="ferry"' in page


def test_json_is_readable_utf8(client: FlaskClient) -> None:
    answer = client.get("/search.json?q=bolt")
    assert "Đào Thị Linh" in answer.data.decode()
    assert json.loads(answer.data)["total"] == 1


def test_a_statement_is_shown_as_its_sentence_with_the_attribution_told_apart() -> None:
    body = "Without light in the harbour, she said, no boat will leave."
    spans = (Span(0, 28), Span(40, 59))
    statement = Statement((Speaker("Ada Lindgren"),), "said", "indirect", None, 0.9, 0, len(body), spans)
    shown = as_said(Article("a", None, body), statement, [Span(48, 52)], Span(0, len(body)))
    runs = [(run.said, "".join(piece.text for piece in run.pieces)) for run in shown]
    assert runs == [(True, body[:28]), (False, ", she said, "), (True, body[40:])]
    assert [piece.text for run in shown for piece in run.pieces if piece.mark] == ["will"]


def test_where_nothing_was_said_the_sentence_is_read_in_full_ink() -> None:
    body = "Ada Lindgren declined to comment."
    statement = Statement((Speaker("Ada Lindgren"),), "declined", "indirect", None, 0.9, 0, len(body), ())
    assert [run.said for run in as_said(Article("a", None, body), statement, (), Span(0, len(body)))] == [True]


def test_of_a_very_long_statement_the_part_with_the_words_is_shown() -> None:
    told = "and the ferry ran on time " * 60
    body = f"Tomas Okorowski said that the fog was in {told}but the lantern was out."
    saying = said(body, body, body[26:], OKORO, kind="indirect")
    page = text(site(written("fog", "The fog", body, saying)).test_client().get("/search?q=lantern&view=statements"))
    assert "the lantern was out." in page
    assert "that the fog was in" not in page


def test_every_way_to_say_something_has_a_name() -> None:
    names = {(polarity, act): manner(polarity, act) for polarity in get_args(Polarity) for act in get_args(Act)}
    assert [pair for pair, name in names.items() if not name] == [("affirmed", "said")]
    assert names["denied", "said"] == "denial"
    assert names["affirmed", "promised"] == "promise"


# Help at the moment of need


def test_a_name_is_looked_for_among_the_values_of_a_facet(client: FlaskClient) -> None:
    every = [each["value"] for each in client.get("/facets/speaker.json").get_json()["values"]]
    found = [each["value"] for each in client.get("/facets/speaker.json?find=bra").get_json()["values"]]
    assert found == [each for each in every if any(word.startswith("Bra") for word in each.split())]
    assert 0 < len(found) < len(every)
    by_letter = [each["value"] for each in client.get("/facets/speaker.json?letter=b").get_json()["values"]]
    assert set(found) <= set(by_letter) < set(every)
    sorted_ = [
        each["value"] for each in client.get("/facets/speaker.json?order=name").get_json()["values"] if each["value"]
    ]
    assert sorted_ == sorted(sorted_, key=lambda name: fold(name.split()[-1]))
    page = client.get("/facets/speaker?q=ferry&find=bra")
    assert 'value="bra"' in page.text
    assert "person, 1 November 2020 to 12 June 2021" in text(page)  # whether it is one, and from when to when


@pytest.mark.parametrize("given", ["letter=5", "letter=ab", "order=length", "find=a&find=b", f"find={'x' * 101}"])
def test_what_is_looked_for_wrongly_is_refused(client: FlaskClient, given: str) -> None:
    assert client.get(f"/facets/speaker?{given}").status_code == 400


def test_a_page_asks_what_was_meant(client: FlaskClient) -> None:
    page = client.get("/search?q=vacine")
    assert "Did you mean vaccine" in text(page)
    (meant,) = client.get("/search.json?q=vacine").get_json()["meant"]
    assert meant["query"] == "vaccine"
    assert client.get(meant["link"]).get_json()["total"] == meant["total"] > 0
    assert client.get("/search.json?q=vaccine").get_json()["meant"] == []


def test_suggestions_say_how_a_query_may_go_on(client: FlaskClient) -> None:
    found = client.get("/suggestions.json?q=ferry+bras").get_json()
    assert found["query"] == "ferry bras"
    assert found["suggestions"][0] == {
        "query": 'ferry speaker:"Edvin Brask"', "text": "Edvin Brask", "kind": "speaker",
        "articles": found["suggestions"][0]["articles"],
    }  # fmt: skip
    assert client.get("/suggestions.json").get_json() == {"query": "", "suggestions": []}
    assert client.get("/suggestions.json?q=a&colour=red").status_code == 400
