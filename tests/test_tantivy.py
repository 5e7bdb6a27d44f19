"""Whatever bounds Tantivy's engine works within, its answers are those of the plain scan."""

from pathlib import Path

import pytest
from engine_articles import article, invented, statement
from engine_requests import found, requests, search
from hypothesis import given, settings

from searchapp.engines import Engine, open_engine, tantivy
from searchapp.engines.memory import MemoryEngine
from searchapp.errors import UnsupportedQuery
from searchapp.model import SearchRequest, Speaker
from searchapp.query import And, Everything, Fuzzy, InStatement, Name, Or, Prefix, Words

ARTICLES = invented(60)


@pytest.fixture(scope="module", params=["MOST_MARKS", "MOST_TERMS", "BUCKETS", "SPARE", "MOST_READ", "FEW"])
def bound(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    built = open_engine(f"tantivy:{tmp_path_factory.mktemp('index')}")
    built.reindex(ARTICLES[:30])
    built.update(ARTICLES[30:])
    return built


@pytest.fixture(scope="module")
def oracle() -> MemoryEngine:
    built = MemoryEngine()
    built.reindex(ARTICLES)
    return built


@settings(max_examples=150)
@given(request=requests())
def test_low_bounds_change_no_answer(bound: str, engine: Engine, oracle: MemoryEngine, request: SearchRequest) -> None:
    usual, expected = engine.search(request), oracle.search(request)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tantivy, bound, 2 if bound == "BUCKETS" else 0)
        results = engine.search(request)
        assert results == usual  # here, as facets may be counted after the hits are found
    assert sorted(found(results)) == sorted(found(expected))
    assert results.facets == expected.facets


def test_speakers_beyond_those_with_a_column_are_counted(tmp_path: Path) -> None:
    crowd = tuple(Speaker(f"Voter {number}") for number in range(9))
    body = "The grain stays, they said."
    engine = open_engine(f"tantivy:{tmp_path}")
    engine.reindex([article("one", body, speakers=crowd, statements=(statement(body, "The grain stays", by=crowd),))])
    for view in ("articles", "statements"):
        counts = search(engine, Everything(), view=view).facets["speaker"]
        assert {each.value: each.count for each in counts.values} == {speaker.name: 1 for speaker in crowd}


def test_a_name_that_many_bear_may_be_asked_for_often(tmp_path: Path) -> None:
    body = "The grain stays, they said."
    by = [Speaker(f"Given{number} Vellan") for number in range(32)]
    said = tuple(statement(body, "The grain stays", by=(each,)) for each in by)
    engine = open_engine(f"tantivy:{tmp_path}")
    engine.reindex([article("one", body, speakers=tuple(by), statements=said)])
    asked = (Words("said", ("grain",)), *[Name("speaker", ("vellan",))] * 13)  # 32 ** 13 = 2 ** 65 ways to satisfy it
    assert search(engine, InStatement(And(asked))).total == 1


def test_more_edits_than_automata_are_built_for_are_refused(engine: Engine) -> None:
    with pytest.raises(UnsupportedQuery, match="up to 2 edits"):
        search(engine, Fuzzy("text", "harbour", 3))


def test_what_ties_with_a_page_is_put_in_order_too(engine: Engine) -> None:
    tree = Or((Prefix("text", "gr"), Prefix("text", "vot"), Words("text", ("unheard",))))
    whole = found(search(engine, tree, limit=100))
    assert [found(search(engine, tree, limit=7, offset=at)) for at in range(0, len(whole), 7)] == [
        whole[at : at + 7] for at in range(0, len(whole), 7)
    ]
