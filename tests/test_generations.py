"""Generations switch whole or not at all, whatever dies in between; writers are kept apart."""

import gc
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from engine_articles import article, invented

from searchapp.analysis import this_analysis
from searchapp.article import Article
from searchapp.engines import open_engine
from searchapp.engines.folder import engine as embedded
from searchapp.engines.folder import generations
from searchapp.engines.folder.seals import SEAL, checked, content_of
from searchapp.engines.protocol import Engine
from searchapp.errors import IndexBusy, IndexFault, IndexMissing, IndexOutdated
from searchapp.query import Everything, Query, Words
from searchapp.search import SearchRequest

EVERYTHING = SearchRequest(Query("", Everything()), limit=100)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture(params=["whoosh", "tantivy"])
def url(request: pytest.FixtureRequest, folder: Path) -> str:
    return f"{request.param}:{folder}"


@pytest.fixture
def engine(url: str) -> Engine:
    built = open_engine(url)
    built.reindex([article("old", "grain")])
    return built


def ids(engine: Engine) -> list[str]:
    return [hit.article.id for hit in engine.search(EVERYTHING).hits]


def kept(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir() if found.is_dir())


def rewrite(manifest: Path, *changes: tuple[str, str]) -> None:
    """Write a manifest anew, with its checksum."""
    content = content_of(manifest.read_bytes()).decode()
    for change in changes:
        content = content.replace(*change)
    manifest.write_bytes(checked(msgspec.json.decode(content)))


@contextmanager
def another_process(code: str, url: str) -> Iterator[subprocess.Popen[str]]:
    """Run ``code`` until it prints a line; kill it in the end."""
    program = [sys.executable, "-W", "ignore", "-c", code, url]
    with subprocess.Popen(program, cwd=Path(__file__).parent, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


REINDEXING_FOR_EVER = """
import itertools, sys
from engine_articles import article
from searchapp.engines import open_engine
from searchapp.engines.whoosh import archive
archive.MAX_MEMORY = 100_000
def articles():
    for number in itertools.count():
        if number == 1000:
            print("under way", flush=True)
        yield article(str(number), f"grain{number}")
engine = open_engine(sys.argv[1])
with engine.lock():
    engine.reindex(articles())
"""

DYING_AT_THE_SWITCH = """
import os, signal, sys
from pathlib import Path
from engine_articles import article
from searchapp.engines import open_engine
def replaced(*_):
    print("whole", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
Path.replace = replaced
open_engine(sys.argv[1]).reindex([article("new", "grain")])
"""

LOCKING = """
import sys, time
from searchapp.engines import open_engine
with open_engine(sys.argv[1]).lock():
    print("locked", flush=True)
    time.sleep(100)
"""


@pytest.mark.slow
@pytest.mark.parametrize("code", [REINDEXING_FOR_EVER, DYING_AT_THE_SWITCH])
def test_a_killed_reindex_leaves_the_old_generation_and_litter_that_the_next_clears(
    engine: Engine, url: str, folder: Path, code: str
) -> None:
    (before,) = kept(folder)
    with another_process(code, url) as process:
        assert ids(engine) == ["old"]
    assert process.returncode == -signal.SIGKILL
    assert ids(engine) == ids(open_engine(url)) == ["old"]
    assert len(kept(folder)) == 2

    after = engine.reindex([article("next", "grain")]).generation
    assert kept(folder) == sorted([before, after])
    assert ids(engine) == ["next"]


def test_an_update_that_fails_changes_nothing(engine: Engine, folder: Path) -> None:
    def failing() -> Iterator[Article]:
        yield article("half", "grain")
        raise RuntimeError("the corpus went away")

    before = kept(folder)
    for write in (engine.update, engine.reindex):
        with pytest.raises(RuntimeError, match="went away"):
            write(failing())
        assert kept(folder) == before
        assert ids(engine) == ["old"]


def test_a_full_disk_is_told_and_changes_nothing(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    before = kept(folder)
    monkeypatch.setattr(generations, "_sync", full)
    with pytest.raises(IndexFault, match=r"No space left.*unchanged"):
        engine.reindex([article("new", "grain")])
    assert kept(folder) == before
    assert ids(engine) == ["old"]


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let writing fail when a file gets larger, as it does on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves files open
@pytest.mark.parametrize("size", [0, 700, 5_000])
def test_a_disk_that_gets_full_is_told_and_changes_nothing(engine: Engine, folder: Path, size: int) -> None:
    before = kept(folder)
    for write in (engine.reindex, engine.update):
        with (
            files_of_at_most(size),
            pytest.raises(IndexFault, match=r'index ".*index" (failed .*unchanged|cannot be written)'),
        ):
            write(invented(300))
        gc.collect()
        assert kept(folder) == before
        assert ids(engine) == ["old"]


def test_an_index_folder_with_a_folder_for_a_manifest_is_told(engine: Engine, folder: Path) -> None:
    (folder / "manifest.json").unlink()
    (folder / "manifest.json").mkdir()
    for ask in (ids, lambda engine: engine.reindex([])):
        with pytest.raises(IndexFault, match=r'"[^"]*index" cannot be (read|written).*manifest.json'):
            ask(engine)


def test_a_generation_without_its_profile_is_told(engine: Engine, folder: Path) -> None:
    (folder / kept(folder)[0] / "profile").unlink()
    with pytest.raises(IndexFault, match="is damaged"):
        engine.profile()


def test_litter_that_cannot_be_cleared_does_not_undo_a_switch(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.reindex([])

    def busy(folder: Path, *_: object, **__: object) -> None:
        raise OSError(16, "Device or resource busy", str(folder))

    monkeypatch.setattr(generations.shutil, "rmtree", busy)
    engine.reindex([article("new", "grain")])
    assert ids(engine) == ["new"]


def test_all_is_on_the_disk_before_the_switch(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    sync, replace = generations._sync_one, Path.replace
    monkeypatch.setattr(generations, "_sync_one", lambda path: (events.append(path.name), sync(path)))
    monkeypatch.setattr(Path, "replace", lambda *paths: (events.append("switch"), replace(*paths)))
    info = engine.reindex(invented(3))
    switch = events.index("switch")
    folder = engine._generations.folder / info.generation  # type: ignore[attr-defined]
    assert {found.name for found in folder.rglob("*")} | {info.generation} <= set(events[:switch])
    assert events[switch + 1 :] == [folder.parent.name]


def test_the_generation_before_is_kept_until_the_next_switch(engine: Engine, folder: Path) -> None:
    names = [engine.info().generation, *(engine.reindex(invented(2)).generation for _ in range(3))]
    assert set(kept(folder)) == set(names[-2:])
    engine.update([])
    assert set(kept(folder)) == {names[-1], engine.info().generation}


def test_other_folders_are_left_alone(engine: Engine, folder: Path) -> None:
    (folder / "my notes").mkdir()
    engine.reindex([])
    engine.reindex([])
    assert "my notes" in kept(folder)


def test_an_open_engine_takes_up_the_switch(engine: Engine, url: str) -> None:
    serving = open_engine(url)
    assert ids(serving) == ["old"]
    engine.reindex([article("new", "grain")])
    assert ids(serving) == ["new"]
    assert serving.info() == engine.info()
    engine.update([article("newer", "grain")], deleted=["new"])
    assert ids(serving) == ["newer"]


@pytest.mark.slow
def test_threads_search_while_generations_come_and_go(engine: Engine, url: str) -> None:
    serving, articles = open_engine(url), invented(30)
    engine.reindex(articles)
    request = SearchRequest(Query("", Words("text", ("grain",))), sort="newest", limit=100)
    expected = engine.search(request).hits

    def searching(_: int) -> bool:
        return all(serving.search(request).hits == expected for _ in range(40))

    with ThreadPoolExecutor(4) as threads:
        answers = threads.map(searching, range(4))
        for _ in range(5):
            engine.reindex(articles)
        assert all(answers)


def test_an_update_leaves_the_generation_it_came_from_untouched(engine: Engine, folder: Path) -> None:
    before = folder / engine.info().generation
    held = {found: found.read_bytes() for found in before.rglob("*") if found.is_file()}
    engine.update([article("new", "grain")], deleted=["old"])
    assert {found: found.read_bytes() for found in before.rglob("*") if found.is_file()} == held


def test_a_second_writer_is_told_who_is_at_work(engine: Engine, url: str) -> None:
    with another_process(LOCKING, url) as process:
        with pytest.raises(IndexBusy, match=rf"being written by process {process.pid} since \d"):
            engine.reindex([])
        assert ids(engine) == ["old"]
    engine.reindex([])  # the lock went with its process
    assert ids(engine) == []


def test_two_engines_of_one_process_are_kept_apart_too(engine: Engine, url: str) -> None:
    with open_engine(url).lock(), pytest.raises(IndexBusy):
        engine.update([])
    with engine.lock():
        engine.update([])


def test_without_a_manifest_says_what_builds_one(url: str) -> None:
    with pytest.raises(
        IndexMissing, match=r'no index in "(.*index)" yet\. Build it with: searchapp reindex --index \1$'
    ):
        open_engine(url).info()


@pytest.mark.parametrize(
    "manifest", [b"", b"{}", b'{"info": 3}', b"\xff\xfe", b'{"info": {"engine": "whoosh"}, "previous": null}']
)
def test_a_damaged_manifest_is_told_and_a_reindex_mends_it(engine: Engine, folder: Path, manifest: bytes) -> None:
    (folder / "manifest.json").write_bytes(manifest)
    assert ids(engine) == ["old"]  # the seal of the generation tells what the manifest told
    for told in (engine.info().notes["damage"], *engine.damage()):
        assert "manifest" in told
        assert "Rebuild the index with: searchapp reindex" in told
    (folder / kept(folder)[0] / SEAL).unlink()
    with pytest.raises(IndexFault, match="Rebuild the index with: searchapp reindex"):
        ids(open_engine(str(folder)))
    engine.reindex([article("new", "grain")])
    assert ids(engine) == ["new"]
    assert not list(engine.damage())


@pytest.mark.usefixtures("engine")
def test_a_sound_index_that_may_not_be_read_is_not_called_damaged(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(IndexFault, match=r"cannot be read .* check the permissions of this user"):
            open_engine(str(folder)).info()
    for file in folder.rglob("*"):
        if file.is_file() and file.name != "manifest.json":
            file.unlink()
            file.mkdir()
    with pytest.raises(IndexFault, match=r"cannot be read .* check the permissions of this user"):
        ids(open_engine(str(folder)))


@pytest.mark.parametrize("change", [('"schema": ', '"schema": 9'), ('"engine": "', '"engine": "other-')])
def test_an_index_of_another_form_is_told(engine: Engine, folder: Path, change: tuple[str, str]) -> None:
    held, manifest = engine.info(), folder / "manifest.json"
    rewrite(manifest, change)
    with pytest.raises(IndexOutdated, match=r"is needed\. Rebuild it with: searchapp reindex") as told:
        ids(engine)
    assert (told.value.corpus, told.value.articles) == (held.corpus, held.articles)


def test_an_index_of_other_terms_is_told_by_what_made_them_and_a_reindex_mends_it(
    engine: Engine, folder: Path, url: str
) -> None:
    here = this_analysis()
    held, manifest = engine.info(), folder / "manifest.json"
    assert held.analysis == here
    rewrite(manifest, (here.fingerprint, "0" * 16), (here.versions, "PyStemmer 3.0.0"))
    older = manifest.read_text()
    for open_one in (engine, open_engine(url)):
        with pytest.raises(
            IndexOutdated, match=r"was written with PyStemmer 3\.0\.0, but PyStemmer .* reindex"
        ) as told:
            ids(open_one)
        with pytest.raises(IndexOutdated):
            open_one.update([article("new", "grain")])
        with pytest.raises(IndexOutdated):
            open_one.profile()
    assert (told.value.corpus, told.value.articles) == (held.corpus, held.articles)
    assert manifest.read_text() == older
    assert engine.reindex([article("new", "grain")]).analysis == here
    assert ids(engine) == ["new"]


def test_a_harmless_release_of_the_stemmer_leaves_an_index_as_it_is(engine: Engine, folder: Path) -> None:
    manifest = folder / "manifest.json"
    rewrite(manifest, (this_analysis().versions, "PyStemmer 3.1.9 and Unicode 99"))
    assert ids(engine) == ["old"]


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("whoosh", "columns.npy"),
        ("whoosh", "columns.json"),
        ("whoosh", "articles-0001.lexicon"),
        ("whoosh", "articles-0001.keys"),
        ("tantivy", "found.json"),
        ("tantivy", "statements/meta.json"),
        ("tantivy", "articles/*.store"),
    ],
)
def test_a_damaged_generation_is_told(folder: Path, name: str, missing: str) -> None:
    engine = open_engine(f"{name}:{folder}")
    (damaged,) = (folder / engine.reindex([article("old", "grain")]).generation).glob(missing)
    damaged.unlink()
    with pytest.raises(IndexFault, match="is damaged"):
        ids(open_engine(str(folder)))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    engine = open_engine(str(tmp_path / "file"))
    with pytest.raises(IndexFault, match="cannot be written"):
        engine.reindex([])
    with pytest.raises(IndexMissing):
        engine.info()


def test_pages_do_not_shift_while_their_generation_is_held(engine: Engine, url: str) -> None:
    other = open_engine(url)  # a worker that never saw the first generation
    first = engine.info().generation
    assert ids(engine) == ["old"]
    second = engine.reindex([article("new", "grain")]).generation
    for reader in (engine, other):
        then = reader.search(replace(EVERYTHING, at=first))
        assert ([hit.article.id for hit in then.hits], then.generation) == (["old"], first)
        assert reader.search(EVERYTHING).generation == second
    third = engine.reindex([article("newest", "grain")]).generation
    for reader in (engine, other):
        later = reader.search(replace(EVERYTHING, at=first))
        assert ([hit.article.id for hit in later.hits], later.generation) == (["newest"], third)


# A folder whose engine goes by the size of the archive


@pytest.fixture
def grown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An engine that was served by Whoosh, until a reindex found too many articles for it."""
    monkeypatch.setattr(embedded, "WHOOSH_FITS", 2)
    engine = open_engine(str(folder))
    assert engine.reindex(invented(2), corpus="corpus", count=2).engine == "whoosh"
    assert engine.search(EVERYTHING).total == 2
    assert engine.reindex(invented(3), corpus="corpus", count=3).engine == "tantivy"
    return engine


def test_a_reindex_picks_the_engine_by_size_and_notes_why(grown: Engine) -> None:
    assert grown.info().notes == {"engine": "Tantivy, because 3 articles are more than the 2 that suit Whoosh."}
    grown.reindex(invented(2), count=2)
    assert grown.info().notes == {"engine": "Whoosh, which suits up to 2 articles."}


def test_an_engine_that_is_open_takes_up_another_one(grown: Engine, folder: Path) -> None:
    assert ids(grown) == ids(open_engine(str(folder)))
    assert sorted(ids(grown)) == ["a0", "a1", "a2"]
    assert grown.info().corpus == "corpus"


def test_pages_go_on_in_the_generation_of_another_engine(grown: Engine, folder: Path) -> None:
    (before,) = set(kept(folder)) - {grown.info().generation}
    for reader in (grown, open_engine(str(folder))):
        results = reader.search(replace(EVERYTHING, at=before))
        assert (results.total, results.generation) == (2, before)


def test_an_update_stays_with_the_engine_and_tells_when_it_is_outgrown(grown: Engine) -> None:
    grown.reindex(invented(2), count=2)
    grown.update([article("third", "grain")])
    assert grown.info().engine == "whoosh"
    assert "to move to Tantivy, reindex" in grown.info().notes["outgrown"]
    grown.update([], deleted=["third"])
    assert grown.info().notes.keys() == {"engine"}


def test_an_engine_that_is_forced_writes_and_does_not_read_what_another_one_wrote(grown: Engine, folder: Path) -> None:
    forced = open_engine(f"whoosh:{folder}")
    for ask in (
        ids,
        lambda engine: engine.profile(),
        lambda engine: engine.get(["a0"]),
        lambda engine: engine.update([]),
    ):
        with pytest.raises(IndexFault, match="was written by tantivy, not whoosh: leave"):
            ask(forced)
    assert dict(forced.digests()) == dict(grown.digests())  # what a reindex compares
    assert forced.reindex(invented(3), count=3).notes["engine"] == 'Whoosh, because --index asks for it ("whoosh:").'
    assert sorted(ids(grown)) == sorted(ids(forced)) == ["a0", "a1", "a2"]
    assert grown.info().engine == "whoosh"


FIRST_READERS = """
import os, sys, threading
from searchapp.engines import open_engine

def read(engine, start):
    start.wait()
    assert engine.get(["a1"])["a1"].id == "a1"

def serve():
    sys.setswitchinterval(1e-6)
    engine, start = open_engine(sys.argv[1]), threading.Barrier(8)
    threads = [threading.Thread(target=read, args=(engine, start)) for _ in range(8)]
    for each in threads: each.start()
    for each in threads: each.join()

def serve_often(times):
    for _ in range(times):
        if not (server := os.fork()):
            serve()
            os._exit(0)
        assert os.waitpid(server, 0)[1] == 0

serve_often(1)
from searchapp.engines.tantivy import archive
from searchapp.engines.whoosh import archive
serve_often(10)
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["whoosh", "tantivy"])
def test_a_server_s_first_readers_may_come_at_once(kind: str, tmp_path: Path) -> None:
    url = f"{kind}:{tmp_path / 'index'}"
    engine = open_engine(url)
    with engine.lock():
        engine.reindex([article("a1", "The harbour was closed.")])
    done = subprocess.run([sys.executable, "-c", FIRST_READERS, url], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
