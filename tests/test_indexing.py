"""From a folder to a generation: everything is accounted for, and nothing is lost when it is interrupted."""

import gzip
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from searchapp import indexing
from searchapp.analysis import Analysis
from searchapp.engines import open_engine, protocol
from searchapp.engines.folder.seals import content_of
from searchapp.engines.protocol import Engine
from searchapp.engines.whoosh import archive as whoosh
from searchapp.errors import BadPeople, CorpusFault, IndexBusy, IndexMissing, IndexOutdated, WorkStopped
from searchapp.indexing import check, reindex, update
from searchapp.indexing.guards import Allowed
from searchapp.indexing.passes import READING, all_items
from searchapp.indexing.report import Report, Tally
from searchapp.ingest import formats as readers
from searchapp.query import parse
from searchapp.search import SearchRequest

STORY = """{place}, March {day} - The new harbour in {place} will open in spring, its master {name} said on Monday.

"We have waited for {count} years and the last crane arrives this week," {name} told reporters. She thanked the
fishermen of the town for their patience.
"""


def story(number: int, name: str = "Ada Lindgren") -> str:
    place = ("Selwyn", "Marrow", "Ostby")[number % 3]
    return STORY.format(place=place, day=number % 28 + 1, count=number + 2, name=name)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for number in range(6):
        file = folder / "gazette" / f"2021-03-0{number + 1}" / "harbour.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(story(number), encoding="utf8")
    return folder


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(f"whoosh:{tmp_path / 'index'}")


def found(engine: Engine, text: str) -> set[str]:
    return {hit.article.id for hit in engine.search(SearchRequest(parse(text), limit=1000)).hits}


def snapshot(engine: Engine) -> dict[str, str]:
    return {each: repr(engine.get([each])[each]) for each, _ in engine.digests()}


def test_a_folder_becomes_an_index_that_is_searched(corpus: Path, engine: Engine) -> None:
    report = reindex(engine, corpus, jobs=1)
    assert (report.articles, report.added, report.rejected, report.undated) == (6, 6, (), 0)
    assert found(engine, "harbour") == {f"gazette/2021-03-0{number}/harbour" for number in range(1, 7)}
    assert found(engine, "speaker:lindgren said:crane source:gazette date:2021") == found(engine, "harbour")


def test_the_report_says_what_changed_since_the_generation_before(corpus: Path, engine: Engine) -> None:
    reindex(engine, corpus, jobs=1)
    (corpus / "gazette/2021-03-01/harbour.txt").unlink()
    (corpus / "gazette/2021-03-02/harbour.txt").write_text(story(7), encoding="utf8")
    (corpus / "new.txt").write_text(story(8), encoding="utf8")
    report = reindex(engine, corpus, jobs=1)
    assert (report.added, report.changed, report.unchanged, report.removed) == (1, 1, 4, 1)
    assert "new" in found(engine, "harbour")


def test_reading_is_told_in_bytes_of_the_files_as_they_lie_on_the_disk(corpus: Path, engine: Engine) -> None:
    for name in ("first", "second"):
        lines = (json.dumps({"id": f"{name} {number}", "text": os.urandom(9_000).hex()}) for number in range(20))
        (corpus / f"{name}.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    size = sum(file.stat().st_size for file in corpus.rglob("*") if file.is_file())
    tally = Tally()
    read = [tally.read for _ in all_items(corpus, tally)]
    assert read == sorted(read)
    assert 0 < read[0] < read[10] < read[30] < size
    told: list[tuple[int, int | None]] = []
    reindex(engine, corpus, jobs=1, progress=lambda what, *done: told.append(done) if what == READING else None)
    assert told
    assert set(told) == {(size, size)}


def test_nothing_is_lost_silently(corpus: Path, engine: Engine) -> None:
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "twice.jsonl").write_text(
        "\n".join(
            [
                json.dumps({"id": "gazette/2021-03-03/harbour", "text": story(9)}),
                "{not json",
                json.dumps({"id": "fine", "text": story(10)}),
            ]
        ),
        encoding="utf8",
    )
    for name in ("a.doc", "b.DOC", "c.png"):
        (corpus / name).write_bytes(b"x")
    report = reindex(engine, corpus, jobs=1)
    assert report.articles == 7
    assert report.ignored == {".doc": 2, ".png": 1}
    where = [(each.path, each.line) for each in report.rejected]
    assert where == [("empty.txt", None), ("twice.jsonl", 1), ("twice.jsonl", 2)]
    assert "gazette/2021-03-03/harbour.txt" in report.rejected[1].reason


def test_a_line_that_is_too_large_is_rejected_as_such(
    corpus: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in ("formats", "formats.records.jsonl"):
        monkeypatch.setattr(f"searchapp.ingest.{room}.MAX_ARTICLE", 2000)
    (corpus / "large.jsonl").write_text(json.dumps({"id": "large", "text": "word " * 1000}), encoding="utf8")
    (rejected,) = reindex(engine, corpus, jobs=1).rejected
    assert (rejected.path, rejected.line) == ("large.jsonl", 1)
    assert "too large" in rejected.reason


def test_raw_files_are_never_changed(corpus: Path, engine: Engine) -> None:
    before = {path: path.read_bytes() for path in corpus.rglob("*.txt")}
    reindex(engine, corpus, jobs=1)
    assert {path: path.read_bytes() for path in corpus.rglob("*.txt")} == before


@pytest.mark.slow
def test_the_number_of_jobs_changes_nothing(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    names = ["Ada Lindgren", "Ida Brandt", "Sergei Orlan", "Sergey Orlan"]
    (corpus / "many.jsonl").write_text(
        "".join(json.dumps({"id": f"{n:03}", "text": story(n, names[n % 4])}) + "\n" for n in range(200)),
        encoding="utf8",
    )
    alone, together = (open_engine(f"whoosh:{tmp_path / name}") for name in ("alone", "together"))
    reports: list[Report] = [reindex(alone, corpus, jobs=1), reindex(together, corpus, jobs=2)]
    assert reports[0].articles == reports[1].articles == 200
    assert snapshot(alone) == snapshot(together)
    assert alone.profile() == together.profile()


def test_spellings_of_one_name_are_one_speaker_named_as_most_articles_write_it(tmp_path: Path, engine: Engine) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, name in enumerate(["Sergei Orlan", "Sergey Orlan", "Sergei Orlan"]):
        (corpus / f"{number}.txt").write_text(story(number, name), encoding="utf8")
    reindex(engine, corpus, jobs=1)
    counts = engine.search(SearchRequest(parse(""))).facets["speaker"].values
    assert [(each.value, each.count) for each in counts] == [("Sergei Orlan", 3)]


def test_people_toml_overrules(corpus: Path, engine: Engine) -> None:
    (corpus / "people.toml").write_text('["Ada Lindgren-Holm"]\nvariants = ["Ada Lindgren"]\n', encoding="utf8")
    reindex(engine, corpus, jobs=1)
    assert found(engine, 'speaker:"Ada Lindgren-Holm"') == found(engine, "harbour")


def test_a_fault_in_people_toml_is_named_and_leaves_the_index(corpus: Path, engine: Engine) -> None:
    reindex(engine, corpus, jobs=1)
    (corpus / "people.toml").write_text('["Ada Lindgren"]\nvariant = ["A. Lindgren"]\n', encoding="utf8")
    with pytest.raises(BadPeople, match=r"line 2.*variant"):
        reindex(engine, corpus, jobs=1)
    assert len(found(engine, "harbour")) == 6


@pytest.mark.parametrize("wreck", ["missing", "empty", "unreadable"])
def test_a_corpus_without_articles_is_refused_and_leaves_the_index(wreck: str, corpus: Path, engine: Engine) -> None:
    reindex(engine, corpus, jobs=1)
    corpus.rename(corpus.with_name("away"))
    if wreck != "missing":
        corpus.mkdir()
    if wreck == "unreadable":
        (corpus / "blank.txt").write_text(" \n", encoding="utf8")
    with pytest.raises(CorpusFault):
        reindex(engine, corpus, jobs=1)
    assert len(found(engine, "harbour")) == 6


def test_two_writers_are_kept_apart(corpus: Path, engine: Engine, tmp_path: Path) -> None:
    other = open_engine(f"whoosh:{tmp_path / 'index'}")
    with other.lock(), pytest.raises(IndexBusy):
        reindex(engine, corpus, jobs=1)
    assert reindex(engine, corpus, jobs=1).articles == 6


def test_a_running_reader_takes_up_the_new_generation(corpus: Path, engine: Engine, tmp_path: Path) -> None:
    reader = open_engine(f"whoosh:{tmp_path / 'index'}")
    reindex(engine, corpus, jobs=1)
    assert len(found(reader, "harbour")) == 6
    (corpus / "new.txt").write_text(story(8), encoding="utf8")
    reindex(engine, corpus, jobs=1)
    assert len(found(reader, "harbour")) == 7


def test_update_takes_in_only_what_changed(corpus: Path, engine: Engine) -> None:
    reindex(engine, corpus, jobs=1)
    untouched = snapshot(engine)
    (corpus / "gazette/2021-03-01/harbour.txt").unlink()
    (corpus / "gazette/2021-03-02/harbour.txt").write_text(story(7), encoding="utf8")
    (corpus / "new.txt").write_text(story(8), encoding="utf8")
    report = update(engine, corpus, jobs=1)
    assert (report.articles, report.added, report.changed, report.unchanged, report.removed) == (6, 1, 1, 4, 1)
    assert "new" in found(engine, "harbour")
    now = snapshot(engine)
    kept = untouched.keys() - {"gazette/2021-03-01/harbour", "gazette/2021-03-02/harbour"}
    assert {each: now[each] for each in kept} == {each: untouched[each] for each in kept}
    assert not check(engine, corpus)


def test_an_update_without_changes_publishes_nothing(corpus: Path, engine: Engine) -> None:
    before = reindex(engine, corpus, jobs=1).generation
    assert update(engine, corpus, jobs=1).generation == before


def test_a_dry_run_says_what_an_update_would_do(corpus: Path, engine: Engine) -> None:
    before = reindex(engine, corpus, jobs=1).generation
    (corpus / "new.txt").write_text(story(8), encoding="utf8")
    report = update(engine, corpus, jobs=1, dry_run=True)
    assert (report.added, report.articles) == (1, 7)
    assert engine.info().generation == before
    assert len(found(engine, "harbour")) == 6


def test_a_dry_run_foresees_what_the_update_does(corpus: Path, engine: Engine) -> None:
    (corpus / "other.txt").write_text(story(3, "Ida Brandt"), encoding="utf8")
    reindex(engine, corpus, jobs=1)
    (corpus / "people.toml").write_text('["Ida Brandt-Moor"]\nvariants = ["Ida Brandt"]\n', encoding="utf8")
    (corpus / "gazette/2021-03-01/harbour.txt").unlink()
    (corpus / "gazette/2021-03-02/harbour.txt").write_text("The pier of Ostby is closed.", encoding="utf8")
    (corpus / "new.txt").write_text(story(8), encoding="utf8")
    foreseen = update(engine, corpus, jobs=1, dry_run=True)
    assert (foreseen.added, foreseen.changed, foreseen.unchanged, foreseen.removed) == (1, 2, 4, 1)
    done = update(engine, corpus, jobs=1)
    assert replace(foreseen, generation="", seconds=0) == replace(done, generation="", seconds=0)


def test_a_folder_that_cannot_be_listed_loses_nothing(
    corpus: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):  # so that those of one folder are few enough to be removed without a question
        (corpus / f"{number}.txt").write_text(story(number), encoding="utf8")
    reindex(engine, corpus, jobs=1)
    before, scandir = snapshot(engine), os.scandir

    def refused(folder: str | Path) -> object:
        if Path(folder).name == "2021-03-01":
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refused)
    for run in (update, reindex, check):
        with pytest.raises(CorpusFault, match="2021-03-01"):
            run(engine, corpus)
    assert snapshot(engine) == before


@pytest.fixture
def unreadable(corpus: Path, engine: Engine) -> dict[str, str]:
    """A corpus that is indexed, and of which a file, some JSON lines and a folder are away. What the index holds."""
    (corpus / "wire.jsonl").write_text(
        "".join(json.dumps({"id": f"wire-{number}", "text": story(number, "Ida Brandt")}) + "\n" for number in (1, 2)),
        encoding="utf8",
    )
    reindex(engine, corpus, jobs=1)
    for name in ("gazette/2021-03-01/harbour.txt", "gazette/2021-03-02", "wire.jsonl"):
        away = corpus.with_name("away") / name
        away.parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).rename(away)
        (corpus / name).symlink_to(corpus.with_name("no disk") / name)
    return snapshot(engine)


def test_what_cannot_be_read_this_time_stays_as_it_is(corpus: Path, engine: Engine, unreadable: dict[str, str]) -> None:
    (corpus / "gazette/2021-03-03/harbour.txt").unlink()
    (corpus / "never.txt").symlink_to(corpus / "nowhere")
    report = update(engine, corpus, jobs=1)
    assert (report.added, report.changed, report.unchanged, report.removed) == (0, 0, 7, 1)
    assert snapshot(engine) == {each: held for each, held in unreadable.items() if each != "gazette/2021-03-03/harbour"}
    said = {each.path: "What the index already holds of it is kept." in each.reason for each in report.rejected}
    assert said == {
        "gazette/2021-03-01/harbour.txt": True,
        "gazette/2021-03-02": True,
        "never.txt": False,
        "wire.jsonl": True,
    }
    assert not check(engine, corpus)


def test_a_file_whose_reading_fails_stays_as_it_is(
    corpus: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reindex(engine, corpus, jobs=1)
    before, opened = snapshot(engine), readers._opened

    def failing(file: Path) -> object:
        if "2021-03-01" in str(file):
            raise OSError(5, "Input/output error")
        return opened(file)

    monkeypatch.setattr(readers, "_opened", failing)
    report = update(engine, corpus, jobs=1)
    assert snapshot(engine) == before
    assert [each.reason for each in report.rejected] == [
        "The file cannot be read: Input/output error. What the index already holds of it is kept."
    ]


@pytest.mark.usefixtures("unreadable")
def test_names_that_changed_while_a_file_could_not_be_read_are_taken_in_later(corpus: Path, engine: Engine) -> None:
    (corpus / "people.toml").write_text('["Ida Brandt-Moor"]\nvariants = ["Ida Brandt"]\n', encoding="utf8")
    update(engine, corpus, jobs=1)
    assert found(engine, 'speaker:"Brandt-Moor"') == set()
    (corpus / "wire.jsonl").unlink()
    (corpus.with_name("away") / "wire.jsonl").rename(corpus / "wire.jsonl")
    update(engine, corpus, jobs=1)
    assert found(engine, 'speaker:"Brandt-Moor"') == {"wire-1", "wire-2"}
    assert not check(engine, corpus)


def test_a_reindex_holds_what_it_can_read(corpus: Path, engine: Engine, unreadable: dict[str, str]) -> None:
    report = reindex(engine, corpus, jobs=1, allowed=Allowed(removals=True))
    assert (len(unreadable), report.articles, report.removed, len(report.rejected)) == (8, 4, 4, 3)
    assert not any("stays" in each.reason for each in report.rejected)


@pytest.mark.parametrize("run", [reindex, update])
def test_names_that_are_no_utf_8_are_indexed(run: Callable[..., Report], corpus: Path, engine: Engine) -> None:
    reindex(engine, corpus, jobs=1)
    moved = Path(os.fsdecode(os.fsencode(corpus) + b"-\xff"))
    corpus.rename(moved)
    (moved / os.fsdecode(b"bad\xff.txt")).write_text(story(8), encoding="utf8")
    assert run(engine, moved, jobs=1, allowed=Allowed(other_corpus=True)).added == 1
    assert r"bad\xff" in found(engine, "harbour")
    assert engine.info().corpus == rf"{corpus}-\xff"


@pytest.mark.parametrize("run", [reindex, update])
def test_a_temporary_folder_without_room_is_named(
    run: Callable[..., Report], corpus: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reindex(engine, corpus, jobs=1)
    before = snapshot(engine)
    (corpus / "long.txt").write_text(story(1) * 100, encoding="utf8")
    monkeypatch.setattr(tempfile, "TemporaryFile", partial(Path("/dev/full").open, "r+b"))
    with pytest.raises(WorkStopped, match=rf"No space left.*{tempfile.gettempdir()}.*TMPDIR"):
        run(engine, corpus, jobs=1)
    assert snapshot(engine) == before


def test_a_changed_people_toml_is_a_change_of_the_articles_it_touches(corpus: Path, engine: Engine) -> None:
    (corpus / "other.txt").write_text(story(3, "Ida Brandt"), encoding="utf8")
    reindex(engine, corpus, jobs=1)
    (corpus / "people.toml").write_text('["Ida Brandt-Moor"]\nvariants = ["Ida Brandt"]\n', encoding="utf8")
    assert check(engine, corpus).changed == ("other",)
    update(engine, corpus, jobs=1)
    assert found(engine, 'speaker:"Brandt-Moor"') == {"other"}
    assert not check(engine, corpus)
    (corpus / "people.toml").unlink()
    update(engine, corpus, jobs=1)
    assert found(engine, 'speaker:"Brandt-Moor"') == set()
    assert found(engine, 'speaker:"Ida Brandt"') == {"other"}


def test_an_update_gives_new_spellings_the_name_the_archive_uses(tmp_path: Path, engine: Engine) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "0.txt").write_text(story(0, "Sergei Orlan"), encoding="utf8")
    reindex(engine, corpus, jobs=1)
    for number in range(1, 4):
        (corpus / f"{number}.txt").write_text(story(number, "Sergey Orlan"), encoding="utf8")
        update(engine, corpus, jobs=1)
    counts = engine.search(SearchRequest(parse(""))).facets["speaker"].values
    assert [(each.value, each.count) for each in counts] == [("Sergei Orlan", 4)]


def test_after_a_change_of_ingest_every_article_is_taken_in_anew(
    corpus: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reindex(engine, corpus, jobs=1).generation
    monkeypatch.setattr(indexing, "INGEST", indexing.INGEST + 1)
    assert len(check(engine, corpus).changed) == 6
    assert update(engine, corpus, jobs=1).generation != before
    assert not check(engine, corpus)


def test_check_names_what_differs(corpus: Path, engine: Engine) -> None:
    reindex(engine, corpus, jobs=1)
    (corpus / "gazette/2021-03-01/harbour.txt").unlink()
    (corpus / "gazette/2021-03-02/harbour.txt").write_text(story(7), encoding="utf8")
    (corpus / "new.txt").write_text(story(8), encoding="utf8")
    (corpus / "broken.jsonl").write_text("{", encoding="utf8")
    difference = check(engine, corpus)
    assert difference.missing == ("new",)
    assert difference.changed == ("gazette/2021-03-02/harbour",)
    assert difference.surplus == ("gazette/2021-03-01/harbour",)


@pytest.mark.parametrize("run", [reindex, update])
def test_another_corpus_is_refused_until_it_is_allowed(
    run: Callable[..., Report], corpus: Path, engine: Engine
) -> None:
    reindex(engine, corpus, jobs=1)
    other = corpus.with_name("other")
    corpus.rename(other)
    with pytest.raises(CorpusFault, match="--allow-other-corpus"):
        run(engine, other, jobs=1)
    assert run(engine, other, jobs=1, allowed=Allowed(other_corpus=True)).unchanged == 6
    assert run(engine, other, jobs=1).unchanged == 6


@pytest.mark.parametrize("run", [reindex, update])
def test_an_empty_corpus_is_refused_until_it_is_allowed(
    run: Callable[..., Report], corpus: Path, engine: Engine
) -> None:
    reindex(engine, corpus, jobs=1)
    shutil.rmtree(corpus)
    corpus.mkdir()
    with pytest.raises(CorpusFault, match="--allow-empty"):
        run(engine, corpus, jobs=1)
    assert len(found(engine, "harbour")) == 6
    assert run(engine, corpus, jobs=1, allowed=Allowed(empty=True)).articles == 0
    assert found(engine, "") == set()


@pytest.mark.parametrize("run", [reindex, update])
def test_a_corpus_of_which_all_is_rejected_is_told_why(
    run: Callable[..., Report], corpus: Path, engine: Engine
) -> None:
    reindex(engine, corpus, jobs=1)
    before = snapshot(engine)
    shutil.rmtree(corpus)
    corpus.mkdir()
    (corpus / "a.jsonl").write_text("{not json\n" * 7, encoding="utf8")
    (corpus / "b.txt").write_text(" \n", encoding="utf8")
    (corpus / "c.doc").write_bytes(b"x")
    with pytest.raises(CorpusFault) as caught:
        run(engine, corpus, jobs=1)
    first, ignored, *rejected, last = str(caught.value).splitlines()
    assert first == f'"{corpus}" holds no article that can be read; the index was left unchanged.'
    assert ignored == "Ignored, because files of these types are not read: .doc 1."
    assert [each.split(": ")[0] for each in rejected] == [f"Rejected a.jsonl, item {line}" for line in range(1, 6)]
    assert last == "Rejected 3 more."  # and no --allow-empty: the archive would be lost
    assert snapshot(engine) == before
    assert run(engine, corpus, jobs=1, allowed=Allowed(empty=True)).articles == 0


def test_what_moves_is_taken_in_anew(corpus: Path, engine: Engine) -> None:
    """Its folder may be its source, and its name its type."""
    (corpus / "wire.jsonl").write_text(json.dumps({"id": "one", "text": story(7)}), encoding="utf8")
    reindex(engine, corpus, jobs=1)
    assert engine.get(["one"])["one"].source is None
    (corpus / "Marrow Post").mkdir()
    (corpus / "wire.jsonl").rename(corpus / "Marrow Post" / "wire.jsonl")
    assert check(engine, corpus).changed == ("one",)
    assert update(engine, corpus, jobs=1).changed == 1
    moved = engine.get(["one"])["one"]
    assert (moved.source, moved.path) == ("Marrow Post", "Marrow Post/wire.jsonl")
    assert not check(engine, corpus)


def test_an_index_of_another_version_is_not_lost_either(corpus: Path, engine: Engine, tmp_path: Path) -> None:
    reindex(engine, corpus, jobs=1)
    (manifest,) = tmp_path.rglob("manifest.json")
    content = re.sub(rb'"schema": \d+', b'"schema": 1', content_of(manifest.read_bytes()))
    manifest.write_bytes(content)  # as it was before there were checksums
    outdated = manifest.read_text()
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text(story(1), encoding="utf8")
    with pytest.raises(CorpusFault, match="--allow-other-corpus"):
        reindex(engine, other, jobs=1)
    for number in (1, 2):
        (corpus / f"gazette/2021-03-0{number}/harbour.txt").unlink()
    with pytest.raises(CorpusFault, match="2 of 6 articles are no longer in the corpus"):
        reindex(engine, corpus, jobs=1)
    assert manifest.read_text() == outdated
    assert reindex(engine, corpus, jobs=1, allowed=Allowed(removals=True)).articles == 4


def test_another_stemmer_is_told_before_anything_is_missed(
    corpus: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reindex(engine, corpus, jobs=1)
    other = Analysis("0" * 16, "PyStemmer 9.0.0")
    for room in (protocol, whoosh):
        monkeypatch.setattr(room, "this_analysis", lambda: other)
    for work in (update, check):
        with pytest.raises(IndexOutdated, match=r"was written with PyStemmer .*, but PyStemmer 9\.0\.0 would index"):
            work(engine, corpus)
    shutil.rmtree(corpus / "gazette/2021-03-01")
    shutil.rmtree(corpus / "gazette/2021-03-02")
    with pytest.raises(CorpusFault, match="2 of 6 articles are no longer in the corpus"):
        reindex(engine, corpus, jobs=1)
    assert reindex(engine, corpus, jobs=1, allowed=Allowed(removals=True)).articles == 4
    assert len(found(engine, "harbour")) == 4


@pytest.mark.parametrize("run", [reindex, update])
def test_many_removals_are_refused_until_they_are_allowed(
    run: Callable[..., Report], corpus: Path, engine: Engine
) -> None:
    reindex(engine, corpus, jobs=1)
    for number in (1, 2):
        (corpus / f"gazette/2021-03-0{number}/harbour.txt").unlink()
    with pytest.raises(CorpusFault, match="--allow-removals"):
        run(engine, corpus, jobs=1)
    assert len(found(engine, "harbour")) == 6
    assert run(engine, corpus, jobs=1, allowed=Allowed(removals=True)).removed == 2
    (corpus / "gazette/2021-03-03/harbour.txt").unlink()
    with pytest.raises(CorpusFault):
        run(engine, corpus, jobs=1)  # one of four is more than a fifth


def test_an_update_without_an_index_says_what_to_do(corpus: Path, engine: Engine) -> None:
    with pytest.raises(IndexMissing, match="searchapp reindex"):
        update(engine, corpus, jobs=1)
