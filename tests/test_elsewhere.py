"""The archive on other sites: sitemaps, forms to copy, statements shown by oEmbed, scripts of other origins."""

import re
from html import unescape
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from web_articles import ARTICLES, OKORO, day, said, written

from searchapp.engines.memory import MemoryEngine
from searchapp.errors import BadSetting
from searchapp.settings import Settings
from searchapp.web import crawlers, create_app

SPACE = {"": "http://www.sitemaps.org/schemas/sitemap/0.9"}
PAPER = {"Origin": "https://paper.example"}


def site(*more: Any, **settings: Any) -> FlaskClient:
    engine = MemoryEngine()
    engine.reindex([*ARTICLES, *more])
    return create_app(Settings(title="The Lessing Archive", **settings), engine=engine).test_client()


@pytest.fixture(scope="module")
def closed() -> FlaskClient:
    return site()


@pytest.fixture(scope="module")
def opened() -> FlaskClient:
    return site(crawlers=True, cors="https://paper.example http://[::1]:8080")


# Crawlers


def locations(client: FlaskClient, path: str, **more: Any) -> list[str]:
    found = ElementTree.fromstring(client.get(path, **more).data).iterfind("*/loc", SPACE)
    return [str(each.text) for each in found]


def test_a_sitemap_leads_to_every_article_once(opened: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawlers, "PART", 4)
    assert "Sitemap: http://localhost/sitemap.xml\n" in opened.get("/robots.txt").text
    parts = [locations(opened, part) for part in locations(opened, "/sitemap.xml")]
    assert [len(part) for part in parts] == [4, 4, 4, 3]
    titles = {re.findall("<title>(.*?) · ", opened.get(address).text)[0] for part in parts for address in part}
    assert titles == {
        unescape(each.title or "Untitled article").replace("<", "&lt;").replace(">", "&gt;") for each in ARTICLES
    }
    assert [opened.get(f"/sitemap-{number}.xml").status_code for number in (0, 5, 10**30)] == [404, 404, 404]
    assert "<lastmod>2021-05-07</lastmod>" in "".join(opened.get(f"/sitemap-{each}.xml").text for each in range(1, 5))


def test_below_a_prefix_a_sitemap_has_it(opened: FlaskClient) -> None:
    below = {"environ_overrides": {"SCRIPT_NAME": "/old"}}
    assert locations(opened, "/sitemap.xml", **below) == ["http://localhost/old/sitemap-1.xml"]
    assert all(
        each.startswith("http://localhost/old/articles/") for each in locations(opened, "/sitemap-1.xml", **below)
    )


def test_a_closed_archive_has_no_sitemap_and_shows_nothing_elsewhere(closed: FlaskClient) -> None:
    for path in ("/sitemap.xml", "/sitemap-1.xml", "/oembed?url=http://localhost/statements/x"):
        assert closed.get(path).status_code == 404
        assert "not open to" in closed.get(path).text
    assert "Sitemap" not in closed.get("/robots.txt").text
    assert "oembed" not in closed.get(f"/statements/{ARTICLES[0].statements[0].id}").text


def test_an_archive_in_which_people_sign_in_is_open_to_no_crawler() -> None:
    client = site(crawlers=True, user_header="X-User", proxy_addresses="127.0.0.1")
    for path in ("/sitemap.xml", "/sitemap-1.xml", "/oembed"):
        assert client.get(path, headers={"X-User": "ada"}).status_code == 404
    assert "Sitemap" not in client.get("/robots.txt", headers={"X-User": "ada"}).text


# Statements


def test_a_statement_is_shown_where_its_address_is_written(opened: FlaskClient) -> None:
    (statement, *_) = ARTICLES[0].statements
    page = opened.get(f"/statements/{statement.id}").text
    link = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]*)"', page)
    answer = opened.get(unescape(link[0]).removeprefix("http://localhost") + "&maxwidth=320&omit_script=1").get_json()
    assert (answer["version"], answer["type"], answer["width"], answer["height"]) == ("1.0", "rich", 320, None)
    assert (answer["author_name"], answer["provider_name"]) == ("Irena Velacourt", "The Lessing Archive")
    shown = re.sub("<[^>]+>", "", unescape(answer["html"]))
    assert "“No passenger will pay more than before the fire,” Harbour Minister Irena Velacourt said" in shown
    assert shown.endswith(
        "Irena Velacourt, Harbour Minister · 27 April 2021 · "
        "Night ferry to the Skarn islands sails again, Lessing Courier"
    )
    assert f'href="http://localhost/statements/{statement.id}"' in answer["html"]


def test_what_articles_hold_is_no_markup_elsewhere() -> None:
    body = "“<script>alert(1)</script> is no harbour,” said Tomas Okorowski."
    nasty = written(
        "n", "</a><img src=x>", body, said(body, body, body[:45], OKORO), source='"><b>', published=day("2021-01-01")
    )
    client = site(nasty, crawlers=True)
    address = quote(f"http://localhost/statements/{nasty.statements[0].id}?q=x#y", safe="")
    html = client.get(f"/oembed?url={address}").get_json()["html"]
    assert set(re.findall(r"<(\w+)", html)) == {"blockquote", "p", "footer", "a"}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("", 404), ("?url=", 404), ("?url=http://localhost/statements/", 404),
        ("?url=http://localhost/articles/fees", 404), ("?url=http://localhost/statements/0000", 404),
        ("?url=http://elsewhere.example/statements/{id}", 404), ("?url=http://[/statements/{id}", 404),
        ("?url=http://localhost/statements/{id}&format=xml", 501), ("?url=https://localhost/statements/{id}", 200),
        ("?url=http://localhost/statements/{id}&maxwidth=-1", 200),
    ],
)  # fmt: skip
def test_only_statements_of_this_archive_are_shown(opened: FlaskClient, asked: str, status: int) -> None:
    answer = opened.get("/oembed" + asked.format(id=ARTICLES[0].statements[0].id))
    assert (answer.status_code, answer.mimetype.removeprefix("application/")) == (
        status,
        "json" if status == 200 else "problem+json",
    )


def test_pages_tell_what_a_shared_link_shows(closed: FlaskClient) -> None:
    statement = ARTICLES[0].statements[0]
    for path, title, kind in (
        ("/", "The Lessing Archive", "website"),
        ("/speakers/Irena%20Velacourt", "Irena Velacourt", "profile"),
        (f"/statements/{statement.id}", "Irena Velacourt · The Lessing Archive", "article"),
    ):
        told = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', closed.get(path).text))
        assert (told["og:title"], told["og:type"], told["og:url"]) == (title, kind, f"http://localhost{path}")
        assert 10 < len(told["og:description"]) <= 203


# Forms and scripts


def test_the_form_to_copy_searches_from_anywhere(closed: FlaskClient) -> None:
    assert 'href="/embed"' in closed.get("/help").text
    copied = [unescape(each) for each in re.findall(r'<pre class="entry">(.*?)</pre>', closed.get("/embed").text, re.S)]
    assert len(copied) == 1
    assert 'action="http://localhost/search" method="get"' in copied[0]
    assert 'name="q"' in copied[0]
    assert "script" not in copied[0]


def test_where_other_sites_may_read_the_form_suggests(opened: FlaskClient) -> None:
    page = opened.get("/embed").text
    (_, copied) = [unescape(each) for each in re.findall(r'<pre class="entry">(.*?)</pre>', page, re.S)]
    assert "https://paper.example, http://[::1]:8080" in page
    for address in re.findall(r'(?:src|href|data-suggestions)="http://localhost([^"]*)"', copied):
        answer = opened.get(address, headers=PAPER)
        answer.close()
        assert answer.status_code == 200
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer.headers["Access-Control-Allow-Origin"] == "https://paper.example"


@pytest.mark.parametrize(
    ("cors", "origin", "allowed"),
    [
        ("none", "https://paper.example", None), ("any", "https://paper.example", "*"), ("any", "", "*"),
        ("https://paper.example", "https://paper.example", "https://paper.example"),
        ("https://paper.example", "https://paper.example.evil.example", None), ("https://paper.example", "null", None),
    ],
)  # fmt: skip
def test_scripts_of_other_sites_read_only_where_they_may(cors: str, origin: str, allowed: str | None) -> None:
    client = site(cors=cors)
    for path in ("/search.json", "/search.csv", "/search.json?colour=red", "/openapi.json"):
        headers = client.get(path, headers={"Origin": origin}).headers
        assert headers.get("Access-Control-Allow-Origin") == allowed
        assert ("Origin" in headers.get("Vary", "")) == (cors not in ("none", "any"))
    page = client.get("/search", headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in page.headers
    assert page.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "cors", ["paper.example", "https://paper.example/", "*", "https://a.example,https://b.example", ""]
)
def test_what_is_no_origin_is_refused(cors: str) -> None:
    with pytest.raises(BadSetting, match="with spaces between"):
        Settings(cors=cors)
