"""Names that may be one person's: what is suggested, with what evidence, and the entries to copy. All persons are
invented."""

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from web_articles import BRASK, OKORO, said, written

from searchapp.answers import entries
from searchapp.article import Article, Speaker, Statement
from searchapp.cli import main
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.help.same_person import SamePerson, speakers_of, suggested
from searchapp.ingest.attribution.people import load_people
from searchapp.ingest.corrections import load_corrections

FOG, NO = "“The fog is in,” said somebody.", "“No,” said somebody else."


def article(identity: str, *speakers: Speaker) -> Article:
    body = f"{FOG} {NO}"
    first = said(body, FOG, "“The fog is in,”", speakers[0])
    return written(identity, "The fog", body, first, *(said(body, NO, "“No,”", each) for each in speakers[1:]))


def pairs(*articles: Article, of: str = "") -> list[SamePerson]:
    engine = MemoryEngine()
    with engine.lock():
        engine.reindex(articles)
    return suggested(engine, speakers_of(engine), 10, of)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Volodymyr Dransky", "Volodymir Dranski"),
        ("Volodymyr Dransky", "Володимир Дранский"),
        ("Shen Yulan", "Yulan Shen"),
        ("Tomas Arden", "T. Arden"),
        ("Tomas Arden", "Arden"),
        ("Nasser al-Qadiri", "Nasir Al-Qadiri"),
        ("Helena Mordaunt", "Helen Mordaunt"),
    ],
)
def test_names_that_differ_in_spelling_order_or_length_are_suggested(name: str, other: str) -> None:
    (pair,) = pairs(article("one", Speaker(name)), article("two", Speaker(name)), article("three", Speaker(other)))
    assert (pair.name, pair.other, pair.articles, pair.against) == (name, other, (2, 1), ())


@pytest.mark.parametrize(
    ("name", "other"),
    [("Pham Vinh Kha", "Pham Thi Uyen"), ("Tomas Arden", "Ina Arden"), ("Ina Bresk", "Ina Moreno")],
)
def test_who_shares_a_part_of_the_name_only_is_not(name: str, other: str) -> None:
    assert not pairs(article("one", Speaker(name)), article("two", Speaker(other)))


def test_roles_and_company_speak_for_it_and_one_article_against_it() -> None:
    first, second = Speaker("Ina Bresk", "mayor of Skarn"), Speaker("Inna Bresk", "Mayor of Skarn")
    (pair,) = pairs(article("one", first, BRASK), article("two", second, BRASK))
    assert pair.reasons[1:] == ("both are called “mayor of Skarn”", f"both speak beside {BRASK.name}")
    (other,) = pairs(article("one", first, second))
    assert other.against == ("both speak in 1 of the same articles",)
    assert other.weight < pair.weight


def test_suggestions_for_one_name_are_those_of_all_that_name_it() -> None:
    some = [article(name, Speaker(name)) for name in ("Ina Bresk", "Inna Bresk", "Tomas Arden", "Thomas Arden")]
    assert [(each.name, each.other) for each in pairs(*some, of="Inna Bresk")] == [("Ina Bresk", "Inna Bresk")]
    assert len(pairs(*some)) == 2


@pytest.mark.parametrize("name", ['Ada "Deck" Lindgren', "Đào Thị Linh", "back\\slash \x7f Lee"])
def test_entries_are_read_as_they_are_meant(tmp_path: Path, name: str) -> None:
    file = tmp_path / "people.toml"
    file.write_text(entries.person(name, ["Deck Lindgren"]), encoding="utf8")
    assert load_people(file).name_of("Deck Lindgren") == name
    (made,) = article("one", Speaker(name, 'the "boss"')).statements
    file.write_text(entries.statement(article("one", Speaker(name, 'the "boss"')), made), encoding="utf8")
    (entry,) = load_corrections(file).statements.values()
    assert entry.speakers == made.speakers
    assert (entry.content, entry.polarity) == (("“The fog is in,”",), "affirmed")


def test_an_entry_of_what_was_not_said_has_no_content() -> None:
    silent = Statement((OKORO,), "declined", "indirect", None, 0.9, 0, len(FOG), (), polarity="declined")
    made = written("one", "The fog", FOG, silent)
    assert (
        "content" not in tomllib.loads(entries.statement(made, made.statements[0]))["statements"][made.statements[0].id]
    )


def test_the_command_prints_toml_or_json(tmp_path: Path) -> None:
    engine = open_engine(f"whoosh:{tmp_path}")
    with engine.lock():
        engine.reindex([article("one", Speaker("Ina Bresk")), article("two", Speaker("Inna Bresk"))])
    printed = CliRunner().invoke(main, ["people", "--index", str(tmp_path)])
    assert tomllib.loads(printed.output) == {"Ina Bresk": {"variants": ["Inna Bresk"]}}
    assert "#       1  Ina Bresk" in printed.output
    told = json.loads(CliRunner().invoke(main, ["people", "--json", "--index", str(tmp_path)]).output)
    assert [each["variant"] for each in told["suggestions"]] == ["Inna Bresk"]
    unknown = CliRunner().invoke(main, ["people", "Nobody", "--index", str(tmp_path)])
    assert unknown.exit_code == 2
