"""What an archive knows beside its articles: spellings of persons, and synonyms. All persons are invented."""

from pathlib import Path

import pytest

from searchapp import indexing
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.notes import Notes, notes, other_spellings
from searchapp.engines.protocol import Engine
from searchapp.errors import BadWords
from searchapp.ingest.synonyms import load_words
from searchapp.query import parse
from searchapp.search import Choice, Filters, SearchRequest
from tests.engine_requests import found

ARTICLES = {
    "one": 'Volodymyr Dransky said on Monday that the corridor is safe. "It is safe," Dransky said.',
    "two": "President Volodymyr Dranskiy said the harbour would open. Dranskiy added that ships wait.",
    "three": "Volodymyr Dransky said on Tuesday that the grain of Viet Nam is sold.",
    "four": "Helga Mordant said the vote was fair. Mordant said that twice.",
    "five": "The Harbour Millers' Guild said on Friday that the European Union was wrong.",
    "six": "The Guild of Harbour Millers said on Friday that Vietnam and the EU were right.",
}
PEOPLE = """
["Helga Mordant"]
variants = ["H. Mordaunt", "Old Helga"]
["Guild of Harbour Millers"]
variants = ["Harbour Millers' Guild"]
type = "organisation"
"""


@pytest.fixture(scope="module", params=["memory", "whoosh", "tantivy"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    corpus = tmp_path_factory.mktemp("corpus")
    for name, text in ARTICLES.items():
        (corpus / f"{name}.txt").write_text(f"Report of {name}\n\n2021-05-03\n\n{text}\n", encoding="utf8")
    (corpus / "people.toml").write_text(PEOPLE, encoding="utf8")
    (corpus / "words.toml").write_text('"Viet Nam" = "Vietnam"\nEU = ["European Union"]\n', encoding="utf8")
    engine: Engine = MemoryEngine()
    if request.param != "memory":
        engine = open_engine(f"{request.param}:{tmp_path_factory.mktemp('index')}")
    report = indexing.reindex(engine, corpus, jobs=1)
    assert report.unmet == ("H. Mordaunt", "Old Helga")
    return engine


def ids(engine: Engine, request: SearchRequest) -> set[str]:
    return set(found(engine.search(notes(engine).resolved(request))))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("speaker:Dransky", {"one", "two", "three"}),
        ("speaker:Dranskiy", {"one", "two", "three"}),
        ("speaker:dranskij", {"one", "two", "three"}),
        ("speaker:Дранский", {"one", "two", "three"}),
        ("speaker:mordaunt", {"four"}),
        ('speaker:"Old Helga"', {"four"}),
        ("speaker:nobody", set()),
        ('speaker:"Harbour Millers\' Guild"', {"five", "six"}),
        ("said:safe speaker:Dranskiy", {"one"}),
        ("-speaker:dranskiy vote", {"four"}),
    ],
)
def test_every_spelling_finds_the_speaker(archive: Engine, query: str, expected: set[str]) -> None:
    assert ids(archive, SearchRequest(parse(query))) == expected


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Volodymyr Dranskiy", "Volodymyr Dransky"),
        ("h mordaunt", "Helga Mordant"),
        ("Harbour Millers' Guild", "Guild of Harbour Millers"),
        ("Nobody", "Nobody"),
    ],
)
def test_a_filter_becomes_the_name_that_is_used(archive: Engine, spelling: str, name: str) -> None:
    request = SearchRequest(parse(""), filters=Filters(speaker=Choice((spelling,), ("Helga Mordant",))))
    assert notes(archive).resolved(request).filters.speaker == Choice((name,), ("Helga Mordant",))


def test_other_spellings_of_bare_words_are_counted(archive: Engine) -> None:
    def others(query: str) -> list[tuple[str, int]]:
        return [(spelling, total) for spelling, _, total in other_spellings(archive, SearchRequest(parse(query)))]

    assert others("Dranskiy") == [("Dransky", 2)]
    assert others("harbour Volodymyr Dransky") == [("Volodymyr Dranskiy", 1)]
    assert others("old helga vote") == [("Helga Mordant", 1)]
    assert others("harbour") == others("speaker:Dranskiy") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("EU", {"five", "six"}),
        ("european union", {"five", "six"}),
        ('"European Union"', {"five"}),
        ("Viet Nam", {"three", "six"}),
        ("vietnam grain", {"three"}),
        ("vietnam -EU", {"three"}),
        ("said:EU", {"five", "six"}),
        ("said:(EU right)", {"six"}),
        ("title:EU", set()),
        ("EU OR vote", {"four", "five", "six"}),
    ],
)
def test_synonyms_are_found_too(archive: Engine, query: str, expected: set[str]) -> None:
    assert ids(archive, SearchRequest(parse(query))) == expected


def test_a_request_can_do_without_synonyms(archive: Engine) -> None:
    assert ids(archive, SearchRequest(parse("EU"), synonyms=False)) == {"six"}
    assert ids(archive, SearchRequest(parse("EU grain", match="any"), match="any")) == {"three", "five", "six"}


def test_a_profile_of_another_make_tells_nothing() -> None:
    request = SearchRequest(parse("EU speaker:lam"))
    for profile in (b"", b"learned", b"\x93\x01\x02\x03"):
        assert Notes.of(profile).resolved(request) == request


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("EU = 3", ["line 1", "'EU'", "list of texts"]),
        ('\nEU = ["Union", 3]', ["line 2", "list of texts"]),
        ('"Viet Nam" = "viet nam"', ["as it is"]),
        ('EU = ""', ["letter"]),
        ('"&" = "and"', ["letter"]),
        ("EU = []", ["list of texts"]),
        ('U.S = "US"', ["quotation marks"]),
        ("EU = ", ["not valid TOML"]),
        ('EU = "a"\nEU = "b"', ["not valid TOML"]),
    ],
)
def test_a_fault_in_words_toml_is_one_sentence(tmp_path: Path, text: str, words: list[str]) -> None:
    (tmp_path / "words.toml").write_text(text, encoding="utf8")
    with pytest.raises(BadWords) as fault:
        load_words(tmp_path / "words.toml")
    assert all(word in str(fault.value) for word in words)
    assert "words.toml" in str(fault.value)
