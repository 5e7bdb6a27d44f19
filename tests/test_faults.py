"""A fault of ours costs the article that it meets in, says so, and costs no other; faults of the machine stop the work.

A fault is planted in each step from a file to an article: there a function fails on what has to do with "Faulty".
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from click.testing import CliRunner

from searchapp import indexing, ingest
from searchapp.article import Article
from searchapp.cli import main
from searchapp.engines import open_engine
from searchapp.engines.protocol import Engine
from searchapp.errors import CorpusFault, Rejected, WorkStopped
from searchapp.indexing import check, passes, reindex, update
from searchapp.indexing.report import Report
from searchapp.ingest import formats as readers
from searchapp.ingest import profile
from searchapp.ingest.attribution import namesakes
from searchapp.ingest.attribution.people import People
from searchapp.ingest.formats import text
from searchapp.ingest.steps import Step, step

STORY = """Selwyn, March 3 - The new harbour in Selwyn will open in spring, its master {name} said on Monday.

"We have waited for {count} years and the last crane arrives this week," {name} told reporters. She thanked the
fishermen of the town for their patience.
"""
PLACES: list[tuple[ModuleType, str, Step]] = [
    (readers, "_identity", "reading it"),
    (text, "decode", "reading it"),
    (profile, "line_key", "learning from it"),
    (profile, "day_first_evidence", "learning from it"),
    (ingest, "clean_text", "cleaning it"),
    (ingest, "language_of", "cleaning it"),
    (ingest, "sketch", "cleaning it"),
    (ingest, "decide", "dating it"),
    (ingest, "attribute", "attributing its statements"),
    (ingest, "renamed", "naming its speakers"),
    (namesakes, "name_words", "naming its speakers"),
]


def plant(
    monkeypatch: pytest.MonkeyPatch, room: ModuleType, name: str, fault: type[BaseException] = IndexError
) -> None:
    sound = getattr(room, name)

    def faulty(*given: Any, **named: Any) -> Any:
        if "faulty" in repr((given, named)).lower():
            raise fault("planted")
        return sound(*given, **named)

    monkeypatch.setattr(room, name, faulty)


def write(folder: Path, name: str, speaker: str, count: int = 2) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(STORY.format(name=speaker, count=count), encoding="utf8")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for name in ("a", "b", "d", "e"):
        write(folder, name, "Ada Lindgren")
    write(folder, "c", "Ida Faulty")
    return folder


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(f"whoosh:{tmp_path / 'index'}")


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)
    return done.exit_code, done.stdout


def held(engine: Engine) -> list[str]:
    return sorted(name for name, _ in engine.digests())


def test_every_step_has_a_fault_planted() -> None:
    assert {doing for _, _, doing in PLACES} == set(get_args(Step))


@pytest.mark.parametrize(("room", "name", "doing"), PLACES, ids=[name for _, name, _ in PLACES])
class TestAFault:
    def test_costs_a_reindex_that_article_alone(
        self,
        room: ModuleType,
        name: str,
        doing: Step,
        corpus: Path,
        engine: Engine,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        plant(monkeypatch, room, name)
        if name == "_identity":  # sees no text
            (corpus / "c.txt").rename(corpus / "faulty.txt")
        report = reindex(engine, corpus, jobs=1)
        assert (report.articles, held(engine)) == (4, ["a", "b", "d", "e"])
        (rejected,) = report.rejected
        assert rejected.path in ("c.txt", "faulty.txt")
        assert rejected.reason.startswith(f"searchapp itself failed while {doing} (IndexError in test_faults.py, line ")
        assert rejected.reason.endswith("): please report this together with the file.")

    def test_costs_inspect_that_article_alone(
        self, room: ModuleType, name: str, doing: Step, corpus: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if room is profile:
            pytest.skip("inspect learns nothing")
        plant(monkeypatch, room, name)
        if name == "_identity":
            (corpus / "c.txt").rename(corpus / "faulty.txt")
        status, printed = run("inspect", "--strict", "--json", *sorted(corpus.iterdir()))
        made = [json.loads(line) for line in printed.splitlines()]
        assert status == 1
        assert len(made) == 5
        (rejected,) = [each["rejected"] for each in made if "rejected" in each]
        assert rejected.startswith(f"searchapp itself failed while {doing} (IndexError")


def test_strict_tells_it_by_the_exit_status(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch, ingest, "attribute")
    given = ("reindex", "--corpus", corpus, "--index", tmp_path / "index", "--jobs", 1)
    status, printed = run(*given)
    assert status == 0
    assert "Rejected c.txt: searchapp itself failed while attributing its statements (IndexError in" in printed
    assert run(*given, "--strict")[0] == 1


def test_an_update_takes_out_what_it_cannot_take_in_anew(
    corpus: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reindex(engine, corpus, jobs=1)
    write(corpus, "c", "Ida Faulty", count=5)
    write(corpus, "f", "Ada Lindgren")
    plant(monkeypatch, ingest, "decide")
    report = update(engine, corpus, jobs=1)
    assert [each.path for each in report.rejected] == ["c.txt"]
    assert (report.added, report.removed) == (1, 1)
    assert held(engine) == ["a", "b", "d", "e", "f"]
    assert not check(engine, corpus)


def faulty_at_last(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    """Let speakers fail when they get the names of the archive, and not before."""
    sound = passes.under_names

    @step("naming its speakers")
    def faulty(article: Article, *names: Any) -> Article:
        if named in article.body:
            raise KeyError(named)
        return sound(article, *names)

    monkeypatch.setattr(passes, "under_names", faulty)


@pytest.mark.parametrize("work", [reindex, update])
def test_what_fails_at_last_is_rejected_too(
    work: Callable[..., Report], corpus: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reindex(engine, corpus, jobs=1)
    write(corpus, "c", "Ida Faulty", count=5)
    faulty_at_last(monkeypatch, "Faulty")
    report = work(engine, corpus, jobs=1)
    (rejected,) = report.rejected
    assert (rejected.path, report.articles, report.removed) == ("c.txt", 4, 1)
    assert 'The article has the id "c".' in rejected.reason
    assert held(engine) == ["a", "b", "d", "e"]


@pytest.mark.parametrize("work", [reindex, update])
def test_a_fault_in_many_articles_leaves_the_index_as_it_was(
    work: Callable[..., Report], corpus: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reindex(engine, corpus, jobs=1)
    for name in ("a", "b"):
        write(corpus, name, "Ada Lindgren", count=7)
    faulty_at_last(monkeypatch, "Lindgren")
    with pytest.raises(CorpusFault, match="--allow-removals"):
        work(engine, corpus, jobs=1)
    assert held(engine) == ["a", "b", "c", "d", "e"]


@dataclass(frozen=True)
class FaultyPeople(People):
    """Fails over one name, in other processes too."""

    def name_of(self, form: str) -> str | None:
        if form == "Ida Faulty":
            raise ValueError(form)
        return super().name_of(form)


@pytest.mark.slow
def test_a_fault_in_another_process_costs_that_article_alone(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "people_of", lambda _: FaultyPeople())
    (tmp_path / "corpus").mkdir()
    lines = [
        {"id": f"{n:03}", "text": f"The harbour of Selwyn opened in 19{n % 90 + 10}.", "speakers": [speaker]}
        for n in range(300)
        for speaker in ["Ida Faulty" if n in (5, 299) else "Ada Lindgren"]
    ]
    (tmp_path / "corpus/many.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf8")
    report = reindex(engine, tmp_path / "corpus", jobs=2)
    assert report.articles == 298
    assert [(each.path, each.line) for each in report.rejected] == [("many.jsonl", 6), ("many.jsonl", 300)]
    assert "while attributing its statements (ValueError in test_faults.py, line " in report.rejected[0].reason


def test_want_of_memory_stops_the_work_and_leaves_the_index(
    corpus: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reindex(engine, corpus, jobs=1)
    plant(monkeypatch, ingest, "attribute", MemoryError)
    with pytest.raises(
        WorkStopped, match="not enough memory for an article while attributing its statements; the index"
    ):
        reindex(engine, corpus, jobs=1)
    assert len(held(engine)) == 5


@pytest.mark.parametrize("fault", [KeyboardInterrupt, SystemExit])
def test_what_is_no_fault_passes(
    fault: type[BaseException], corpus: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch, ingest, "clean_text", fault)
    with pytest.raises(fault):
        reindex(engine, corpus, jobs=1)


@pytest.mark.parametrize("said", [Rejected("Too large."), WorkStopped("The disk is full.")])
def test_what_is_said_for_a_user_already_is_passed_on(said: Exception) -> None:
    with pytest.raises(type(said)) as passed, step("reading it"):
        raise said
    assert passed.value is said


@pytest.mark.parametrize("prefix", [" date 2021-04-27 ", "Date 2021-04-27 \t\n", "Published: 2021-04-27 10:15  \n\n"])
def test_a_line_that_is_only_a_date_prefix_dates_the_text_below(prefix: str, corpus: Path, engine: Engine) -> None:
    said = STORY.format(name="Ada Lindgren", count=3).partition(" - ")[2]
    (corpus / "line.txt").write_text(f"{prefix}\n{said}", encoding="utf8")
    (corpus / "only.txt").write_text(prefix, encoding="utf8")
    report = reindex(engine, corpus, jobs=1)
    assert [(each.path, each.reason) for each in report.rejected] == [
        ("only.txt", "No text is left once menus, captions and notices are cut.")
    ]
    made = engine.get(["line"])["line"]
    assert [(cut.text, cut.reason) for cut in made.removed] == [(prefix.strip(), "date line")]
    assert made.published is not None
    assert made.published.first.isoformat() == made.published.last.isoformat() == "2021-04-27"
