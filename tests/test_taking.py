"""What is found, taken away: files of all hits, feeds, tables of a facet, and pages that lead to the end."""

import csv
import html
import json
import warnings
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from io import StringIO
from itertools import islice
from typing import Any
from xml.etree import ElementTree

import bibtexparser
import pytest
import rispy
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from web_articles import ARTICLES, written

from searchapp.answers import files
from searchapp.answers import parameters as params
from searchapp.article import Article
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.protocol import Engine
from searchapp.search import FacetValue, SearchRequest, Walk
from searchapp.settings import Settings
from searchapp.web import create_app

SEARCHES = ["", "?q=harbour", "?q=harbour&sort=oldest", "?view=statements", "?view=statements&q=harbour&sort=relevance",
            "?source=Lessing%20Courier&not_year=", "?q=nothingatall"]  # fmt: skip
ATOM = {"": "http://www.w3.org/2005/Atom", "dc": "http://purl.org/dc/elements/1.1/"}
HOSTILE = ("=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "＝1", "＠x")


def client_of(*articles: Article, engine: Engine | None = None) -> FlaskClient:
    engine = engine or MemoryEngine()
    engine.reindex(articles)
    return create_app(Settings(title="The Lessing Archive"), engine=engine).test_client()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(*ARTICLES, engine=open_engine(f"tantivy:{tmp_path_factory.mktemp('index')}"))


def hits_of(client: FlaskClient, search: str) -> list[dict[str, Any]]:
    """Return all hits of a search as its JSON has them."""
    return client.get(f"/search.json{search}{'&' if search else '?'}limit=1000").get_json()["hits"]


def table(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


# Files


@pytest.mark.parametrize("search", SEARCHES)
def test_each_file_holds_all_that_is_found_in_its_order(client: FlaskClient, search: str) -> None:
    expected = hits_of(client, search)
    ids = [hit["id"] for hit in expected]
    answers = {ending: client.get(f"/search{ending}{search}") for ending in files.FORMS}
    assert {int(answer.headers["X-Total"]) for answer in answers.values()} == {len(ids)}
    assert [row["id"] for row in table(answers[".csv"].data)] == ids
    lines = answers[".jsonl"].text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    assert [entry["title"] for entry in rispy.loads(answers[".ris"].text.replace("\r\n", "\n"))] == [
        hit["title"] or "Untitled" for hit in expected
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        entries = bibtexparser.parse_string(answers[".bib"].text)
    assert len(entries.entries) == len(ids)
    assert not entries.failed_blocks


def test_a_line_of_json_is_the_json_of_its_page(client: FlaskClient) -> None:
    for search in ("?q=harbour", "?view=statements&q=harbour"):
        for line in client.get(f"/search.jsonl{search}").text.splitlines():
            made = json.loads(line)
            page = client.get(made["link"].removeprefix("http://localhost") + ".json").get_json()
            assert {**page, "link": made["link"]} == made | {key: page[key] for key in ("same",) if key in page}


def test_a_table_keeps_texts_whole_and_runs_no_formula() -> None:
    body = 'It said "go", twice.\n\nThen; it, went\ton.' + " More of it." * 4000
    hostile = [written(f"h{number:02}", title, body, source=title) for number, title in enumerate(HOSTILE)]
    rows = table(client_of(*hostile).get("/search.csv?sort=oldest").data)
    assert {row["text"] for row in rows} == {body}
    assert [row["title"] for row in rows] == [f"'{title}" for title in HOSTILE]
    for row in rows:
        for cell in row.values():
            assert cell is not None
            assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=("Cs",))), st.integers(0, 9)), max_size=4))
def test_any_value_is_read_back_from_a_table(values: list[tuple[str, int]]) -> None:
    rows = table(files.facet_table("source", [FacetValue(value, count) for value, count in values]))
    assert [(row["value"].removeprefix("'"), int(row["count"])) for row in rows] == [
        (value.removeprefix("'"), count) for value, count in values
    ]


def test_the_columns_of_tables_are_named_in_their_order(client: FlaskClient) -> None:
    for view, columns in (("articles", files.ARTICLE_COLUMNS), ("statements", files.STATEMENT_COLUMNS)):
        assert tuple(table(client.get(f"/search.csv?view={view}").data)[0]) == columns


def test_a_file_is_written_while_it_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []

    class Slow(MemoryEngine):
        def walk(self, request: SearchRequest, *, brief: bool = False) -> Walk:
            walk = super().walk(request, brief=brief)
            return replace(walk, hits=(read.append(hit.article.id) or hit for hit in walk.hits))

    monkeypatch.setattr(files, "_PIECE", 1)
    answer = client_of(*ARTICLES, engine=Slow()).get("/search.csv")
    next(answer.iter_encoded())
    assert len(read) < 3
    assert answer.headers.get("Content-Length") is None


def test_a_file_that_breaks_off_does_not_end_well() -> None:
    class Broken(MemoryEngine):
        def walk(self, request: SearchRequest, *, brief: bool = False) -> Walk:
            walk = super().walk(request, brief=brief)

            def hits() -> Iterator[Any]:
                yield from islice(walk.hits, 2)
                raise OSError("the disk is gone")

            return replace(walk, hits=hits())

    client = client_of(*ARTICLES, engine=Broken())
    with pytest.raises(OSError, match="the disk is gone"):  # so a server ends the connection, and not the body
        b"".join(client.get("/search.jsonl").iter_encoded())


def test_a_file_that_broke_off_is_resumed(client: FlaskClient) -> None:
    whole = client.get("/search.csv?q=harbour")
    generation = whole.headers["X-Generation"]
    rest = client.get(f"/search.csv?q=harbour&offset=4&at={generation}")
    assert table(rest.data) == table(whole.data)[4:]
    assert rest.headers["X-Total"] == whole.headers["X-Total"]
    gone = client.get("/search.csv?q=harbour&offset=4&at=older")
    assert gone.status_code == 410
    assert gone.get_json()["mended"] == "/search.csv?q=harbour"


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    for ending in (*files.FORMS, *files.FEEDS):
        tag = client.get(f"/search{ending}").headers["ETag"]
        assert client.get(f"/search{ending}", headers={"If-None-Match": tag}).status_code == 304


def test_what_is_wrong_with_a_file_is_said_as_to_a_program(client: FlaskClient) -> None:
    for path in ("/search.csv?page=2", "/search.ris?limit=5", "/search.atom?offset=1", "/search.rss?page=2",
                 "/search.feed.json?limit=3", "/search.bib?q=%22a", "/search.jsonl?utm_source=x",
                 "/facets/speaker.csv?page=2"):  # fmt: skip
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json"), path
    assert client.get("/facets/colour.csv").status_code == 404


def test_all_values_of_a_facet_are_a_table(client: FlaskClient) -> None:
    for search in ("", "?q=harbour", "?find=o", "?order=name"):
        listed = client.get(f"/facets/speaker.json{search}").get_json()["values"]
        rows = table(client.get(f"/facets/speaker.csv{search}").data)
        assert [(row["value"], row["label"], int(row["count"])) for row in rows] == [
            (each["value"], each["label"], each["count"]) for each in listed
        ]


# Feeds


def entries(client: FlaskClient, search: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(client.get(f"/search.atom{search}").data).findall("entry", ATOM)


def of(entry: ElementTree.Element, name: str) -> str | None:
    return entry.findtext(name, namespaces=ATOM)


def test_a_feed_has_the_newest_hits_with_day_speaker_and_outlet(client: FlaskClient) -> None:
    hits = hits_of(client, "?view=statements&sort=added")
    found = entries(client, "?view=statements&sort=oldest")
    assert [of(each, "summary") for each in found] == [" ".join(hit["text"].split()) for hit in hits]
    for entry, hit in zip(found, hits, strict=True):
        assert of(entry, "dc:publisher") == hit["source"]
        published = hit["published"]
        assert of(entry, "dc:date") == (
            published and published["first"][: {"day": 10, "month": 7, "year": 4}[published["precision"]]]
        )
        people = [each.findtext("name", namespaces=ATOM) for each in entry.findall("author", ATOM)]
        assert people == [each["name"] for each in hit["speakers"] if each["type"] != "unnamed"]
        assert entry.find("link", ATOM).attrib["href"] == f"http://localhost{hit['link']}"  # type: ignore[union-attr]


@pytest.mark.parametrize("search", ["", "?view=statements&q=harbour", "?q=nothingatall"])
def test_each_form_of_a_feed_tells_the_same(client: FlaskClient, search: str) -> None:
    atom = entries(client, search)
    rss = list(ElementTree.fromstring(client.get(f"/search.rss{search}").data).iter("item"))
    answer = client.get(f"/search.feed.json{search}")
    assert answer.mimetype == "application/feed+json"
    made = answer.get_json(force=True)
    assert client.get(made["feed_url"]).data == answer.data
    assert client.get(made["home_page_url"]).status_code == 200
    assert (
        [of(each, "id") for each in atom] == [each.findtext("guid") for each in rss] == [x["id"] for x in made["items"]]
    )
    for one, two, three in zip(atom, rss, made["items"], strict=True):
        assert of(one, "title") == two.findtext("title") == three["title"]
        assert of(one, "summary") == html.unescape(two.findtext("description") or "") == three["content_text"]
        days = of(one, "published"), two.findtext("pubDate"), three.get("date_published")
        assert all(days) or not any(days)
        if days[1]:
            assert days[0] == f"{parsedate_to_datetime(days[1]):%Y-%m-%dT%H:%M:%SZ}"
            assert days[2] == parsedate_to_datetime(days[1]).isoformat()
        names = [each.findtext("name", namespaces=ATOM) for each in one.findall("author", ATOM)]
        assert names == [each.text for each in two.findall("dc:creator", ATOM)] == [x["name"] for x in three["authors"]]
        outlet = of(one, "dc:publisher")
        assert outlet == two.findtext("dc:publisher", namespaces=ATOM) == (three["_searchapp"]["source"] or None)


def test_entries_keep_their_ids_when_the_archive_is_built_anew() -> None:
    ids = [[of(each, "id") for each in entries(client_of(*some), "")] for some in (ARTICLES, ARTICLES[::-1])]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ARTICLES)


def test_a_feed_is_xml_whatever_articles_hold() -> None:
    nasty = written("n", "A & <b>bold</b> \x0c\ud7ff\ufffe claim ]]>", "He said \x01 this & <that>.", source="\x02Q<")
    client = client_of(nasty)
    (entry,) = entries(client, "")
    assert of(entry, "title") == "A & <b>bold</b> \ud7ff claim ]]>"
    assert of(entry, "dc:publisher") == "Q<"
    (item,) = ElementTree.fromstring(client.get("/search.rss").data).iter("item")
    assert item.findtext("title") == of(entry, "title")
    assert item.findtext("description") == "He said  this &amp; &lt;that&gt;."  # readers take it for HTML


def test_a_page_of_results_offers_its_feed_and_files(client: FlaskClient) -> None:
    page = client.get("/search?q=harbour&page=2").text
    for ending, form in files.FEEDS.items():
        assert f'<link rel="alternate" type="{form.kind}" href="/search{ending}?q=harbour"' in page
        assert f'href="/search{ending}"' in client.get("/").text
        spoken = f'href="/search{ending}?view=statements&amp;speaker=Tomas+Okorowski'
        assert spoken.replace("+", "%20") in client.get("/speakers/Tomas%20Okorowski").text
    for ending in files.FORMS:
        assert f'href="/search{ending}?q=harbour"' in page
    assert "/search.csv" not in client.get("/search?q=nothingatall").text


# Pages for programs


def test_a_program_is_led_to_the_end_past_the_last_page_for_people(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(params, "REACH", 4)
    seen, address = [], "/search.json?q=harbour&limit=3"
    while address:
        found = client.get(address).get_json()
        seen += [hit["id"] for hit in found["hits"]]
        address = found["next"]
        assert found["cut"] == []
    assert seen == [hit["id"] for hit in hits_of(client, "?q=harbour")]
    assert len(seen) > 10


def test_a_program_learns_that_the_archive_has_changed_and_where_to_start_again() -> None:
    engine = MemoryEngine()
    client = client_of(*ARTICLES, engine=engine)
    link = client.get("/search.json?q=harbour&limit=3").get_json()["next"]
    assert client.get(link).status_code == 200
    engine.reindex(ARTICLES[:-1])
    answer = client.get(link)
    assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")
    assert "start again" in answer.get_json()["detail"]
    assert answer.get_json()["mended"] == "/search.json?q=harbour&limit=3"
    assert client.get(answer.get_json()["mended"]).status_code == 200
    assert client.get("/facets/speaker.json?at=older").status_code == 410
