"""The demo corpus as a whole: what its README promises of each file is what the index holds."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from searchapp.analysis import fold
from searchapp.article import Article, Dated
from searchapp.engines.protocol import Engine
from searchapp.indexing.report import Report
from searchapp.ingest.formats import FORMATS, items
from searchapp.sameness import alike

ROOT = Path(__file__).parent.parent
GOLD: dict[str, Any] = json.loads((ROOT / "tests/golden/corpus.json").read_text(encoding="utf8"))


@pytest.fixture(scope="module")
def indexed(demo: tuple[Engine, Report]) -> tuple[Report, Mapping[str, Article]]:
    engine, report = demo
    return report, engine.get(each for each, _ in engine.digests())


def shown(dated: Dated | None) -> dict[str, str | None] | None:
    if dated is None:
        return None
    day = dated.first.isoformat() if dated.precision == "day" else None
    return {"day": day, "first": dated.first.isoformat(), "last": dated.last.isoformat(), "precision": dated.precision}


def words(text: str) -> list[str]:
    return text.split()


def test_everything_is_accounted_for(indexed: tuple[Report, Mapping[str, Article]]) -> None:
    report, articles = indexed
    assert set(articles) == {gold["id"] for gold in GOLD["articles"]}
    assert [(each.path, each.line) for each in report.rejected] == [
        (each["path"], each["line"]) for each in GOLD["rejected"]
    ]
    assert report.ignored == GOLD["ignored"]


def test_every_format_that_is_read_has_a_file_in_it() -> None:
    corpus = ROOT / "corpus"
    paths = {each["path"] for each in GOLD["articles"]}
    assert {item.format for path in paths for item in items(corpus / path, corpus)} == set(FORMATS)
    assert [path for path in paths if (corpus / path).stat().st_size > 20_000] == []


@pytest.mark.parametrize("gold", GOLD["articles"], ids=lambda gold: gold["id"])
def test_article(gold: dict[str, Any], indexed: tuple[Report, Mapping[str, Article]]) -> None:
    article = indexed[1][gold["id"]]
    assert article.title == gold["title"]
    assert shown(article.published) == gold["published"]
    assert (article.updated and article.updated.first.isoformat()) == gold["updated"]
    assert article.source == gold["source"]
    assert fold(article.place or "") == fold(gold["place"] or "")
    assert words(article.body)[: len(words(gold["first"]))] == words(gold["first"])
    assert words(article.body)[-len(words(gold["last"])) :] == words(gold["last"])
    assert [held for held in gold["holds"] if held not in article.body] == []
    persons = {speaker.name for speaker in article.speakers if speaker.type == "person"}
    assert persons == set(gold["speakers"])
    assert [each for each in GOLD["absent"]["body"] if each in article.body] == []


def test_the_authors_of_each_format_are_known(indexed: tuple[Report, Mapping[str, Article]]) -> None:
    authors = {(each.path, each.number): each.authors for each in indexed[1].values()}
    assert authors["feeds/delta-herald.rss", 1] == ("Mai Hoa", "Le Van Bach")
    assert authors["exports/harbour.txt", 2] == ("Enid Carrow",)
    assert authors["exports/rowing-mail.ris", 1] == ("Tom Sayle",)
    assert authors["wires/dredger.nitf", None] == ("Fatou Diagne",)
    assert authors["Tidewater/new-night-ferry.txt", None] == ("Enid Carrow",)


def test_glued_words_are_parted(indexed: tuple[Report, Mapping[str, Article]]) -> None:
    glued = [each for each in GOLD["glued"] if "".join(each["parts"]) in indexed[1][each["id"]].body]
    assert len(glued) <= len(GOLD["glued"]) / 20, glued  # a compound of two rare words may stay


def test_nobody_speaks_who_stands_only_in_what_was_cut(indexed: tuple[Report, Mapping[str, Article]]) -> None:
    speaking = {speaker.name for article in indexed[1].values() for speaker in article.speakers}
    assert speaking & set(GOLD["absent"]["speakers"]) == set()


def test_one_story_in_several_outlets_is_found_to_be_one(indexed: tuple[Report, Mapping[str, Article]]) -> None:
    """Those of a row of the README's table are the same story, and no others."""
    table = (ROOT / "corpus/README.md").read_text(encoding="utf8").split("## One story, several outlets")[1]
    rows = [
        set(re.findall(r"`([^`]+)`", row)) for row in re.findall(r"^\| .+ \| (`.+) \|$", table.split("##")[0], re.M)
    ]
    articles = list(indexed[1].values())
    found = {
        (one.path, one.id, other.path, other.id) for one in articles for other in alike(one, articles) if one != other
    }
    holding = [
        {number for number, names in enumerate(rows) if names & {path, one} and names & {other_path, other}}
        for path, one, other_path, other in found
    ]
    assert all(holding)
    assert set().union(*holding) == set(range(len(rows)))
