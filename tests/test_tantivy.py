"""Whatever bounds Tantivy's engine works within, its answers are those of the plain scan."""

import os
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from engine_articles import article, invented, on, statement
from engine_requests import found, requests, search
from examples import examples
from hypothesis import given

from searchapp.article import Article, Dated, Speaker
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.protocol import Engine
from searchapp.engines.tantivy import archive as tantivy
from searchapp.engines.tantivy.columns import BUCKETS
from searchapp.engines.tantivy.store import SPEAKERS, number_of_deleted
from searchapp.errors import UnsupportedQuery
from searchapp.fields import VIEWS, Sort
from searchapp.query import And, Everything, Fuzzy, InStatement, Name, Or, Prefix, Words, parse
from searchapp.search import FacetValue, Filters, SearchRequest

ARTICLES = invented(60)


BOUNDS: list[dict[str, object]] = [
    {"tantivy.archive.MOST_MARKS": 0},
    {"tantivy.archive.MOST_TERMS": 0, "tantivy.queries.MOST_TERMS": 0},
    {"tantivy.archive.SPARE": 0},
    {"tantivy.archive.MOST_READ": 0},
    {"tantivy.archive.FEW": 0},
    {"tantivy.archive.FEW": 0, "tantivy.columns.TOLD": (1,) * 5},
    {"tantivy.archive.FEW": 0, "tantivy.columns.TOLD": (3,) * 5},
    {"tantivy.archive.FEW": 0, "tantivy.columns.TOLD": (1,) * 5, "tantivy.columns.BUCKETS": 2},
]


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


@pytest.mark.slow
@examples(300)
@given(request=requests())
def test_low_bounds_change_no_answer(engine: Engine, oracle: MemoryEngine, request: SearchRequest) -> None:
    usual, expected = engine.search(request), oracle.search(request)
    assert sorted(found(usual)) == sorted(found(expected))
    assert usual.facets == expected.facets
    for bounds in BOUNDS:  # the plain scan takes longer than all of them
        with pytest.MonkeyPatch.context() as patch:
            for name, bound in bounds.items():
                patch.setattr(f"searchapp.engines.{name}", bound)
            assert engine.search(request) == usual, bounds


def test_speakers_beyond_those_with_a_column_are_counted(tmp_path: Path) -> None:
    crowd = tuple(Speaker(f"Voter {number}") for number in range(9))
    body = "The grain stays, they said."
    engine = open_engine(f"tantivy:{tmp_path}")
    engine.reindex([article("one", body, speakers=crowd, statements=(statement(body, "The grain stays", by=crowd),))])
    for view in ("articles", "statements"):
        counts = search(engine, Everything(), view=view).facets["speaker"]
        assert {each.value: each.count for each in counts.values} == {speaker.name: 1 for speaker in crowd}


@pytest.mark.slow
def test_more_speakers_than_tantivy_tells_of_are_counted(tmp_path: Path) -> None:
    number = 1 + BUCKETS // SPEAKERS
    engine = open_engine(f"tantivy:{tmp_path}")
    engine.reindex(
        article(f"{each}", "grain", speakers=tuple(Speaker(f"Voter {each}-{place}") for place in range(SPEAKERS)))
        for each in range(number)
    )
    often = Speaker("Voter 1-1")
    engine.update(article(f"more-{each}", "grain", speakers=(often,)) for each in range(2))
    commonest = search(engine, Everything()).facets["speaker"]
    assert commonest.values[0] == FacetValue(often.name, 3)
    assert (len(commonest.values), commonest.more) == (10, True)
    every = search(engine, Everything(), facet_limit=None).facets["speaker"]
    assert (len(every.values), every.more) == (SPEAKERS * number, False)
    assert engine.info().speakers == SPEAKERS * number


def test_days_are_told_from_months_once_there_are_months(tmp_path: Path) -> None:
    """As long as all days are known, one range of days finds them."""

    def grain(identity: str, published: Dated | None) -> Article:
        return article(identity, "grain", statements=(statement("grain", "grain"),), published=published)

    days = [grain(f"day {day}", on(2021, 6, day)) for day in (1, 10, 20, 30)]
    june = Dated(date(2021, 6, 1), date(2021, 6, 30), "month", "dateline")
    engine, oracle = open_engine(f"tantivy:{tmp_path}"), MemoryEngine()
    engine.reindex(days)
    oracle.reindex(days)
    bounds = [None, *(date(2021, month, day) for month, day in ((5, 31), (6, 1), (6, 9), (6, 10), (6, 11), (7, 1)))]
    for added in ([], [grain("june", june), grain("never", None)]):
        engine.update(added)
        oracle.update(added)
        for first, last, view in product(bounds, bounds, VIEWS):
            request = SearchRequest(parse("grain", view=view), view=view, filters=Filters(first=first, last=last))
            results, expected = engine.search(request), oracle.search(request)
            assert found(results) == found(expected), request
            assert results.facets == expected.facets, request


@pytest.mark.parametrize("bound", [0, 2, 300])
def test_speakers_and_sources_that_come_and_go_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: int
) -> None:
    monkeypatch.setattr(tantivy, "MOST_CHANGED", bound)
    one, other, third = (Speaker(name) for name in ("Oda Brisk", "Tomas Ferrow", "Iva Larn"))
    engine = open_engine(f"tantivy:{tmp_path}")
    engine.reindex([article("a", "grain", source="Gazette", speakers=(one, other))])
    changes: list[tuple[list[Article], list[str], tuple[int, int]]] = [
        ([article("b", "grain", source="Gazette", speakers=(other,))], [], (2, 1)),
        ([article("a", "grain", source="Lantern", speakers=(third,))], [], (2, 2)),
        ([article("b", "grain"), article("b", "grain", speakers=(one,))], [], (2, 1)),
        ([], ["a", "missing"], (1, 0)),
        ([article("b", "grain", speakers=(one,))], ["b"], (0, 0)),
    ]
    for added, deleted, expected in changes:
        engine.update(added, deleted=deleted)
        assert (engine.info().speakers, engine.info().sources) == expected


def test_an_index_that_must_not_be_written_is_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = tmp_path / "index"
    open_engine(f"tantivy:{index}").reindex(ARTICLES)
    for lock in index.rglob(".*.lock"):  # writing left it: to open it, as on a mount that is read-only, fails
        lock.unlink()
        lock.mkdir()
    before = sorted(index.rglob("*"))
    monkeypatch.setattr(os, "access", lambda *_: False)  # root, who may run this, may write everywhere
    hits = search(open_engine(f"tantivy:{index}"), Words("text", ("grain",))).hits
    assert hits
    assert all(hit.article.body for hit in hits)
    assert sorted(index.rglob("*")) == before


def test_others_than_its_builder_may_read_an_index(tmp_path: Path) -> None:
    engine, usual = open_engine(f"tantivy:{tmp_path}"), os.umask(0o022)
    try:
        engine.reindex(ARTICLES[:2])
        engine.update(ARTICLES[2:])
    finally:
        os.umask(usual)
    files = [file for file in tmp_path.rglob("*") if file.is_file() and file.suffix != ".lock"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o644}


@pytest.mark.parametrize(
    ("sort", "dates"), [("newest", (None,)), ("oldest", (None, on(2021))), ("newest", (on(2020),))]
)
def test_many_of_one_day_are_paged_by_id(tmp_path: Path, sort: Sort, dates: tuple[Dated | None, ...]) -> None:
    engine, oracle = open_engine(f"tantivy:{tmp_path}"), MemoryEngine()
    for each in (engine, oracle):
        each.reindex(article(f"{n * 7919 % 331:03}", "grain", published=dates[n % len(dates)]) for n in range(331))
    for limit, offset in ((10, 0), (10, 160), (7, 325), (50, 300)):
        request = {"sort": sort, "limit": limit, "offset": offset, "facets": ()}
        assert found(search(engine, Everything(), **request)) == found(search(oracle, Everything(), **request))


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


def test_an_archive_is_written_anew_before_what_is_gone_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tantivy, "ALWAYS_ANEW", 0)
    engine = open_engine(f"tantivy:{tmp_path / 'index'}")
    engine.reindex([article(f"a{number}", "grain") for number in range(60)])
    deleted = [number_of_deleted(_changed(engine, f"a{number}"), "articles") for number in range(8)]
    assert deleted == [1, 2, 3, 0, 1, 2, 3, 0]
    assert (engine.info().articles, search(engine, Words("text", ("treaty",))).total) == (60, 8)
    assert not list(tmp_path.rglob("whole"))


def _changed(engine: Engine, name: str) -> Path:
    """Replace an article, and return the folder of the generation that has it."""
    engine.update([article(name, "treaty")])
    archive: Any = engine._archive()  # type: ignore[attr-defined]
    return Path(archive.folder)
