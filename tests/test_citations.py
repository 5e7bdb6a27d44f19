"""Citations: what reference managers read of them, whatever the titles hold."""

import json
import re
import warnings
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import bibtexparser
import pytest
import rispy
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from web_articles import OKORO, said, written

from searchapp.analysis import Span
from searchapp.answers import citations
from searchapp.article import Article, Dated, Speaker, Statement
from searchapp.engines.memory import MemoryEngine
from searchapp.settings import Settings
from searchapp.web import create_app

BODY = "The fog came at noon. “It will stay,” said Tomas Okorowski."
DAY = Dated(date(2021, 4, 27), date(2021, 4, 27), "day", "metadata")
SAID = Dated(date(2021, 4, 26), date(2021, 4, 26), "day", "weekday")
MONTH = Dated(date(2021, 4, 1), date(2021, 4, 30), "month", "metadata")
YEAR = Dated(date(2021, 1, 1), date(2021, 12, 31), "year", "metadata")
STATEMENT = Statement(
    (Speaker("Tomas Okorowski", "harbour pilot"),),
    "said",
    "direct",
    SAID,
    0.9,
    22,
    len(BODY),
    (Span(22, 37),),
    "0123abcd",
)
ARTICLE = Article("fog", "The fog is in", BODY, DAY, source="Lessing Courier", place="Skarn", statements=(STATEMENT,))
LINK = "https://archive.example/statements/0123abcd"

titles = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60)


def cited(**changes: Any) -> citations.Citation:
    return citations.cited(replace(ARTICLE, **changes), LINK, STATEMENT)


def test_a_statement_is_cited_with_speaker_days_outlet_address_and_digests() -> None:
    line = citations.text(cited())
    assert line.startswith("Tomas Okorowski, harbour pilot (26 April 2021): “It will stay,” said Tomas Okorowski. — ")
    assert f"“The fog is in”, Lessing Courier, 27 April 2021, {LINK} (SHA-256: sentence " in line
    assert re.search(r"sentence [0-9a-f]{16}, text [0-9a-f]{16}[)]$", line)


def test_another_text_has_another_digest_and_the_same_sentence_the_same() -> None:
    one, other = cited(), cited(body=BODY + " It did not.")
    assert one.said_digest == other.said_digest
    assert one.digest != other.digest


@given(titles)
def test_bibtex_is_read_back(title: str) -> None:
    library = bibtexparser.parse_string(citations.bibtex(cited(title=title)))
    assert not library.failed_blocks
    (entry,) = library.entries
    plain = entry["title"].strip("{}") if entry["title"].startswith("{") else entry["title"]
    assert entry["journal"] == "Lessing Courier"
    assert len(plain) >= len(cited(title=title).title.strip("{}"))


def test_what_bibtex_would_take_for_commands_is_written_out() -> None:
    entry = citations.bibtex(cited(title="Profits up 5% & {costs} down_under \\ #1 ~ $2 ^"))
    wanted = r"Profits up 5\% \& \{costs\} down\_under \textbackslash{} \#1 \textasciitilde{} \$2 \textasciicircum{}"
    assert f"title = {{{{{wanted}}}}}," in entry


@given(titles, titles)
def test_ris_is_read_back(title: str, outlet: str) -> None:
    citation = cited(title=title, source=outlet)
    (entry,) = rispy.loads(citations.ris(citation).replace("\r\n", "\n"))
    assert entry["type_of_reference"] == "NEWS"
    assert entry["title"].split() == citation.title.split()
    assert LINK in "".join(entry["notes"])


@pytest.mark.parametrize(
    ("published", "in_bibtex", "in_ris", "in_csl"),
    [
        (DAY, "date = {2021-04-27}", "DA  - 2021/04/27/", [2021, 4, 27]),
        (MONTH, "month = apr", "DA  - 2021/04//", [2021, 4]),
        (YEAR, "year = {2021}", "DA  - 2021///", [2021]),
    ],
)
def test_a_date_is_cited_as_exactly_as_it_is_known(
    published: Dated, in_bibtex: str, in_ris: str, in_csl: list[int]
) -> None:
    citation = cited(published=published)
    assert in_bibtex in citations.bibtex(citation)
    assert in_ris in citations.ris(citation)
    assert citations.csl(citation)[0]["issued"] == {"date-parts": [in_csl]}


def test_an_undated_article_is_cited_without_a_day() -> None:
    citation = cited(published=None, source=None)
    assert "undated" in citations.text(citation)
    assert "date =" not in citations.bibtex(citation)
    assert "DA  -" not in citations.ris(citation)
    assert "issued" not in citations.csl(citation)[0]


@given(st.lists(titles.filter(lambda name: name.split()), max_size=3))
def test_authors_are_cited_as_the_byline_has_them(authors: list[str]) -> None:
    citation = cited(authors=tuple(authors))
    (entry,) = rispy.loads(citations.ris(citation).replace("\r\n", "\n"))
    assert [each.split() for each in entry.get("authors", [])] == [each.split() for each in citation.authors]
    assert [each["literal"] for each in citations.csl(citation)[0].get("author", [])] == list(citation.authors)
    library = bibtexparser.parse_string(citations.bibtex(citation))
    assert not library.failed_blocks
    assert ("author" in library.entries[0]) == bool(citation.authors)


def test_a_collector_of_citations_reads_the_fields_of_a_page() -> None:
    told = dict(parse_qsl(citations.coins(cited(authors=("Ansa Verlund", "Đỗ Mai"), title="50 % & <more>"))))
    assert (told["rft_val_fmt"], told["rft.type"]) == ("info:ofi/fmt:kev:mtx:dc", "newspaperArticle")
    assert (told["rft.title"], told["rft.source"], told["rft.date"]) == (
        "50 % & <more>",
        "Lessing Courier",
        "2021-04-27",
    )
    assert (told["rft.place"], told["rft.identifier"], told["rft.creator"]) == ("Skarn", LINK, "Đỗ Mai")
    assert "“It will stay,” said Tomas Okorowski" in told["rft.description"]
    assert "rft.date" not in dict(parse_qsl(citations.coins(cited(published=None))))


def test_a_citation_processor_renders_it() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, of styles and schemas
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        items = citations.csl(cited())
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        bibliography.register(Citation([CitationItem(items[0]["id"])]))
        rendered = " ".join(map(str, bibliography.bibliography()))
    assert "The fog is in" in rendered
    assert "Lessing Courier" in rendered
    assert "2021" in rendered


@pytest.fixture
def client() -> FlaskClient:
    engine = MemoryEngine()
    saying = said(BODY, BODY[22:], "“It will stay,”", OKORO)
    with engine.lock():
        engine.reindex([written("fog/1 \u00fc", "The fog", BODY, saying)])
    return create_app(Settings(), engine=engine).test_client()


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        (".bib", "application/x-bibtex"),
        (".ris", "application/x-research-info-systems"),
        (".csl.json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_pages_offer_their_citations_as_files(client: FlaskClient, ending: str, kind: str) -> None:
    hit = client.get("/search.json?view=statements").get_json()["hits"][0]
    for page in (hit["link"], "/articles/fog/1%20%C3%BC"):
        text = client.get(page).text
        assert f'href="{page}{ending}"' in text
        (fields,) = re.findall('<span class="Z3988" title="([^"]*)" hidden>', text)
        assert ("rft.title", "The fog") in parse_qsl(unescape(fields))
        answer = client.get(page + ending)
        assert answer.content_type == f"{kind}; charset=utf-8"
        assert re.fullmatch(
            rf'attachment; filename="[a-z0-9-]+{re.escape(ending)}"', answer.headers["Content-Disposition"]
        )
        assert f"http://localhost{page}" in answer.text.replace("\\%", "%")
        if ending == ".csl.json":
            assert json.loads(answer.text)[0]["title"] == "The fog"
