"""The pages that help to correct: evidence, and entries that are read as they stand there."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from web_articles import BRASK, OKORO, day, said, written

from searchapp.article import Speaker
from searchapp.engines.memory import MemoryEngine
from searchapp.ingest.attribution.people import load_people
from searchapp.ingest.corrections import load_corrections
from searchapp.settings import Settings
from searchapp.web import create_app

BODY = "“The fog is in,” said Tomas Okorowski. “No,” said Edvin Brask."
OTHER = Speaker("Tomasz Okorowski", OKORO.role)
SAID = said(BODY, "“The fog is in,” said Tomas Okorowski.", "“The fog is in,”", OKORO)
NO = said(BODY, "“No,” said Edvin Brask.", "“No,”", BRASK)
FOG = written("fog", "The fog", BODY, SAID, NO, published=day("2021-03-02"), source="Quay Gazette")
LATER = [
    written(f"fog-{number}", "Fog again", BODY, said(BODY, BODY[:38], "“The fog is in,”", OKORO), published=day(on))
    for number, on in enumerate(("2020-01-01", "2021-02-01", "2022-05-01", "2023-05-01"))
]
MIST = written("mist", "The mist", BODY, said(BODY, BODY[:38], "“The fog is in,”", OTHER), published=day("2021-03-02"))


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    engine = MemoryEngine()
    with engine.lock():
        engine.reindex([FOG, MIST, *LATER])
    return create_app(Settings(), engine=engine).test_client()


def entry_of(page: str) -> str:
    return unescape(re.findall(r'<pre class="entry">(.*?)</pre>', page, re.DOTALL)[0])


def test_a_statement_leads_to_its_evidence_and_an_entry_that_says_what_is_known(
    client: FlaskClient, tmp_path: Path
) -> None:
    statement = FOG.statements[0]
    link = f"/correct/statements/{statement.id}"
    assert f'<a href="{link}">Not the right person?</a>' in client.get(f"/statements/{statement.id}").text
    page = client.get(link).text
    assert "about 18 in 20 were right" in page
    (tmp_path / "corrections.toml").write_text(entry_of(page), encoding="utf8")
    read = load_corrections(tmp_path / "corrections.toml").statements[statement.id]
    assert (read.speakers, read.content, read.polarity) == (statement.speakers, ("“The fog is in,”",), "affirmed")
    assert client.get("/correct/statements/0").status_code == 404


def test_a_speaker_leads_to_who_may_be_the_same_and_the_entry(client: FlaskClient, tmp_path: Path) -> None:
    link = "/correct/speakers/Tomas%20Okorowski"
    assert f'href="{link}"' in client.get("/speakers/Tomas%20Okorowski").text
    page = client.get(link).text
    assert "Tomasz Okorowski" in page
    (tmp_path / "people.toml").write_text(entry_of(page), encoding="utf8")
    assert load_people(tmp_path / "people.toml").name_of("Tomasz Okorowski") == "Tomas Okorowski"
    assert "No other name" in client.get("/correct/speakers/Edvin%20Brask").text
    assert client.get("/correct/speakers/Nobody").status_code == 404


def test_a_statement_tells_where_its_days_come_from_and_what_was_said_before_and_after(client: FlaskClient) -> None:
    page = client.get(f"/statements/{FOG.statements[0].id}").text
    shown = " ".join(unescape(re.sub("<[^>]+>", " ", page)).split())
    assert "Where the days come from Published 2 March 2021 , by its dateline" in shown
    earlier, later = (page.partition(f"{heading} by Tomas Okorowski")[2] for heading in ("Earlier", "Later"))
    dates = [re.findall(r'datetime="([\d-]+)"', each.partition("</section>")[0]) for each in (earlier, later)]
    assert dates == [["2021-02-01", "2020-01-01"], ["2022-05-01", "2023-05-01"]]


def test_a_statement_is_a_quotation_for_programs(client: FlaskClient) -> None:
    page = client.get(f"/statements/{FOG.statements[0].id}").text
    assert '<article itemscope itemtype="https://schema.org/Quotation">' in page
    assert '<meta itemprop="text" content="“The fog is in,”">' in page
    assert f'<meta itemprop="name" content="{OKORO.name}">' in page
    assert '<meta itemprop="datePublished" content="2021-03-02">' in page
