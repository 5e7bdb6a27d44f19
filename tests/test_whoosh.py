"""What Whoosh's engine bounds, it bounds well."""

from pathlib import Path

import pytest
from engine_articles import article, invented
from engine_requests import found, search

from searchapp.engines import open_engine
from searchapp.engines.protocol import Engine
from searchapp.engines.whoosh import archive as whoosh
from searchapp.engines.whoosh import matching
from searchapp.engines.whoosh.postings import Segment
from searchapp.query import Fuzzy, Prefix, Words


def test_segments_of_bounded_size_hold_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(whoosh, "MAX_MEMORY", 20_000)
    whole, parted = (open_engine(f"whoosh:{tmp_path / name}") for name in ("whole", "parted"))
    parted.reindex(invented(60))
    monkeypatch.undo()
    whole.reindex(invented(60))
    assert len(list(tmp_path.glob("parted/*/articles-*.keys"))) > 1
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
    assert results.cut == ('3 words of this archive begin with "gr"; only the 2 most common were searched.',)
    assert sorted(found(results)) == ["1", "2", "3"]
    results = search(engine, Fuzzy("text", "grban", 1))
    assert results.cut == ('2 words of this archive are like "grban"; only the 1 most common were searched.',)
    assert found(results) == ["1"]


def test_a_generation_opens_only_what_the_one_before_it_had_not(tmp_path: Path) -> None:
    writing, serving = (open_engine(f"whoosh:{tmp_path / 'index'}") for _ in range(2))
    writing.reindex(invented(9))
    before = _segments(serving)
    writing.update([article("new", "grain")])
    after = _segments(serving)
    assert after[:1] == before[:1] == _segments(writing)[:1]
    assert len(after) == len(before) + 1


def test_segments_serve_when_the_folder_they_were_opened_in_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    engine, expected = open_engine(f"whoosh:{folder}"), invented(9)
    engine.reindex(expected)
    first = folder / engine.info().generation
    for number in range(3):
        assert search(engine, Words("text", ("grain",))).total
        expected.append(article(f"new{number}", "grain and COVID"))
        engine.update(expected[-1:])
    assert not first.exists()
    for each in (engine, open_engine(f"whoosh:{folder}")):
        assert each.get([made.id for made in expected]) == {made.id: made for made in expected}
        assert dict(each.digests()) == {made.id: made.digest for made in expected}
        assert {"new0", "new1", "new2"} <= set(found(search(each, Words("text", ("grain",)))))


def test_an_update_writes_few_files(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    engine = open_engine(f"whoosh:{folder}")
    engine.reindex(invented(9))
    engine.update([article("new", "grain")])  # each file is a wait for the disk
    fresh = [each for each in (folder / engine.info().generation).iterdir() if each.stat().st_nlink == 1]
    assert len(fresh) == len(
        {"columns.npy", "columns.json", "keys", "lexicon", "toc", "trm", "pst", "col", "seal.json"}
    )


def _segments(engine: Engine) -> list[Segment]:
    archive = engine._archive()  # type: ignore[attr-defined]
    return [*archive.articles.segments, *archive.statements.segments]
