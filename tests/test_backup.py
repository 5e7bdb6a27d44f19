"""A backup is whole or not there, and an index that can be served."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from searchapp.cli import main
from searchapp.engines import open_engine
from searchapp.engines.folder import backup, seals
from searchapp.engines.folder.backup import back_up
from searchapp.engines.folder.generations import Generations
from searchapp.engines.protocol import Engine
from searchapp.errors import EngineUnavailable, IndexDamaged, IndexFault, IndexMissing
from searchapp.indexing import reindex, update
from searchapp.query import parse
from searchapp.search import SearchRequest

FERRY = "Port Selwyn, March 3 - The ferry will sail again in spring, harbour master Ada Lindgren said.\n"


@pytest.fixture(params=["whoosh", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "ferry.txt").write_text(FERRY)
    reindex(open_engine(f"{request.param}:{tmp_path / 'index'}"), tmp_path / "corpus", jobs=1)
    return tmp_path / "index"


def found(folder: Path) -> int:
    return open_engine(str(folder)).search(SearchRequest(parse("ferry"))).total


def bring_another(index: Path) -> Engine:
    number = len(list((index.parent / "corpus").iterdir()))
    (index.parent / "corpus" / f"{number}.txt").write_text(FERRY.replace("Selwyn", f"Marrow {number}"))
    engine = open_engine(str(index))
    update(engine, index.parent / "corpus", jobs=1)
    return engine


@pytest.mark.parametrize("link", [False, True])
def test_a_backup_answers_and_so_does_what_is_restored_from_it(link: bool, index: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup"
    made = back_up(index, copy, link)
    assert (found(copy), made.was_there, made.info.articles) == (1, False, 1)
    assert back_up(index, copy).was_there
    bring_another(index)
    assert (found(index), found(copy)) == (2, 1)
    assert not back_up(index, copy, link).was_there
    assert found(copy) == 2
    assert list(open_engine(str(copy)).damage()) == []
    shutil.rmtree(index)
    back_up(copy, index)
    assert bring_another(index).info().articles == 3


def test_a_backup_goes_on_from_the_generation_before(index: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup"
    first = back_up(index, copy).info.generation
    bring_another(index)
    back_up(index, copy)
    shutil.rmtree(copy / open_engine(str(index)).info().generation)
    info = open_engine(str(copy)).info()
    assert (info.generation, "damage" in info.notes) == (first, True)
    assert not back_up(index, copy).was_there
    assert "damage" not in open_engine(str(copy)).info().notes


def test_what_is_damaged_is_not_backed_up(index: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup"
    back_up(index, copy)
    engine = bring_another(index)
    largest = max((index / engine.info().generation).iterdir(), key=lambda file: file.stat().st_size)
    data = bytearray(largest.read_bytes())
    data[len(data) // 2] ^= 1
    largest.unlink()
    largest.write_bytes(data)
    with pytest.raises(IndexDamaged, match=largest.name):
        back_up(index, copy)
    assert found(copy) == 1


def test_a_backup_that_fails_leaves_the_one_before(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "backup"
    back_up(index, copy)
    bring_another(index)

    def without_room(source: Path, into: Path) -> None:
        if source.name == "seal.json":
            raise OSError(28, "No space left on device")
        shutil.copyfile(source, into)

    monkeypatch.setattr(shutil, "copy2", without_room)
    with pytest.raises(IndexFault, match="No space left"):
        back_up(index, copy)
    assert found(copy) == 1
    assert len([each for each in copy.iterdir() if each.is_dir()]) == 1


def test_what_cannot_be_a_backup_is_named(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(IndexMissing):
        back_up(tmp_path / "nowhere", tmp_path / "backup")
    with pytest.raises(IndexFault, match="is the index itself"):
        back_up(index, tmp_path / "corpus" / ".." / "index")
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "a.txt").write_text(FERRY)
    reindex(open_engine(str(tmp_path / "other")), tmp_path / "others", jobs=1)
    with pytest.raises(IndexFault, match=r"holds the articles of .*others"):
        back_up(index, tmp_path / "other")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 9))
    with pytest.raises(IndexFault, match="has room for 9"):
        back_up(index, tmp_path / "backup")


@pytest.mark.parametrize("often", [1, 9])
def test_an_index_that_is_published_meanwhile_is_copied_anew(
    often: int, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, times = seals.read_seal, iter(range(often))

    def slowly(generation: Path) -> object:
        seal = read(generation)
        if next(times, None) is not None:
            bring_another(index), bring_another(index)  # so the generation that is copied is cleared away
        return seal

    monkeypatch.setattr(backup, "read_seal", slowly)
    if often == 1:
        assert back_up(index, tmp_path / "backup").info.articles == 3
        return
    with pytest.raises(EngineUnavailable, match="too often"):
        back_up(index, tmp_path / "backup")


def test_the_command_tells_what_it_copied(index: Path, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        given = ["backup", str(tmp_path / "backup"), "--index", str(index), *words]
        return CliRunner().invoke(main, given, catch_exceptions=False).output

    assert "now holds the generation" in run()
    assert "already holds the generation" in run()
    assert json.loads(run("--json")).keys() == {"generation", "articles", "was_there", "files", "bytes"}
    shown = CliRunner().invoke(main, ["backup", "x", "--index", "opensearch+http://host/x"])
    assert shown.exit_code == 2
    assert "snapshots" in shown.output


def test_what_cannot_be_cleared_away_behind_a_backup_takes_nothing_of_it(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "backup"
    clear = Generations._clear

    def failing(generations: Generations) -> None:
        clear(generations)
        if (copy / "manifest.json").exists():
            raise OSError("the disk is read-only now")

    monkeypatch.setattr(Generations, "_clear", failing)
    back_up(index, copy)
    assert found(copy) == 1
