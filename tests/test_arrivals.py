"""The day on which the archive first took an article in stays, and is searched and sorted by."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from searchapp import indexing
from searchapp.engines import open_engine
from searchapp.engines.protocol import Engine
from searchapp.indexing.guards import Allowed
from searchapp.query import parse
from searchapp.search import SearchRequest

LONG_AGO = date(2020, 5, 4)
TEXT = "PORT LESSING, 3 March 2019 - The {what} of the harbour will be painted again, Ada Lindgren said on Sunday.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for what in ("crane", "mole"):
        (folder / f"{what}.txt").write_text(TEXT.format(what=what))
    return folder


@pytest.fixture
def engine(tmp_path: Path, corpus: Path) -> Engine:
    """An index that took all of the corpus in long ago."""
    engine = open_engine(f"whoosh:{tmp_path / 'index'}")
    indexing.reindex(engine, corpus, jobs=1)
    engine.update([replace(each, added=LONG_AGO) for each in engine.get(["crane", "mole"]).values()])
    return engine


def days(engine: Engine) -> dict[str, date | None]:
    return {each.id: each.added for each in engine.get(["crane", "mole", "quay"]).values()}


@pytest.mark.parametrize("way", ["update", "reindex"])
def test_the_day_of_intake_stays_however_often_an_article_changes(engine: Engine, corpus: Path, way: str) -> None:
    (corpus / "mole.txt").write_text(TEXT.format(what="old mole"))
    (corpus / "quay.txt").write_text(TEXT.format(what="quay"))
    run = indexing.update if way == "update" else indexing.reindex
    run(engine, corpus, jobs=1, allowed=Allowed(removals=True))
    assert days(engine) == {"crane": LONG_AGO, "mole": LONG_AGO, "quay": datetime.now(UTC).date()}
    found = engine.search(SearchRequest(parse("added:>2020-05"), facets=())).hits
    assert [hit.article.id for hit in found] == ["quay"]
    ordered = engine.search(SearchRequest(parse("harbour"), sort="added", facets=())).hits
    assert [hit.article.id for hit in ordered] == ["quay", "crane", "mole"]
