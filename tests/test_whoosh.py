"""What Whoosh's engine bounds, it bounds well."""

from pathlib import Path

import pytest
from engine_articles import article, invented
from engine_requests import found, search

from searchapp.engines import matching, open_engine, whoosh
from searchapp.query import Fuzzy, Prefix, Words


def test_segments_of_bounded_size_hold_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(whoosh, "MAX_MEMORY", 20_000)
    whole, parted = (open_engine(f"whoosh:{tmp_path / name}") for name in ("whole", "parted"))
    parted.reindex(invented(60))
    monkeypatch.undo()
    whole.reindex(invented(60))
    assert len(list(tmp_path.glob("parted/*/articles-*"))) > 1
    for tree in (Words("text", ("grain",)), Prefix("text", "vo"), Words("text", ("of", "grain"))):
        assert [(hit.article, hit.score) for hit in search(whole, tree).hits] == [
            (hit.article, hit.score) for hit in search(parted, tree).hits
        ]


def test_bounded_expansions_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(matching, "MOST_PREFIXED", 2)
    monkeypatch.setattr(matching, "MOST_FUZZY", 1)
    engine = open_engine(f"whoosh:{tmp_path / 'index'}")
    engine.reindex([article("1", "graan"), article("2", "grbbn grccn"), article("3", "grccn")])
    results = search(engine, Prefix("text", "gr"))
    assert results.cut == ('"gr*" begins 3 words of this archive; the 2 commonest were searched.',)
    assert sorted(found(results)) == ["1", "2", "3"]
    results = search(engine, Fuzzy("text", "grban", 1))
    assert results.cut == ('"grban~" is near 2 words of this archive; the 1 commonest were searched.',)
    assert found(results) == ["1"]
