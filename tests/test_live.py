"""An archive that lives: it is searched while it is written, and whatever dies while writing, nothing is lost.

The short form runs with all tests; ``--torture`` runs these whole, and is strict about the clock.
"""

import json
import logging
import os
import random
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from live import BALLAST, Archive, Load, Run, Seen, abandoned_semaphores, marks, serving, session, until

from searchapp.cli import main
from searchapp.settings import Settings
from searchapp.web import create_app

LOG = logging.getLogger(__name__)
WORKERS = 2

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Form:
    """How long and how strictly the archive is tried."""

    switches: str  # updates (u) and reindexes (r); after each group that ends with one the workers are measured
    kills: int
    visible: float  # seconds from the end of a command until every worker answers from what it wrote
    growth: float  # MB that a worker may gain after the first round
    pause: float  # seconds a client rests between requests


SHORT = Form(switches="r uuuuu rr", kills=6, visible=3, growth=8, pause=0.1)
WHOLE = Form(switches=f"rr uu rr {8 * 'u'} rr {20 * 'u'} rr {20 * 'u'} rr", kills=50, visible=1, growth=8, pause=0.02)


@pytest.fixture
def form(request: pytest.FixtureRequest) -> Form:
    return WHOLE if request.config.getoption("--torture") else SHORT


def test_generations_switch_under_load_and_nobody_notices(tmp_path: Path, form: Form) -> None:
    archive = Archive(tmp_path, articles=40)
    runs: dict[int, Run] = {0: archive.run("reindex")}
    handles: list[list[int]] = []
    memory: list[list[float]] = []

    def judge(path: str, text: str) -> tuple[int, str | None]:
        shown = marks(text)
        assert len(shown) == 1, f"shows the states {shown}"
        (state,) = shown
        if not path.startswith("/search.json"):
            return state, None
        answer = json.loads(text)
        marked = len(archive.ids(state))
        total = marked + (BALLAST if path == "/search.json" else 0)
        counts = {facet: sum(each["count"] for each in values) for facet, values in answer["facets"].items()}
        assert {answer["total"], *counts.values()} == {total}, answer
        return state, answer["generation"]

    with (
        serving(archive, tmp_path / "server.log", WORKERS) as server,
        Load(server, _paths(archive), judge, pause=form.pause) as load,
    ):
        load.shown_by_all(0, 30)
        waits = []
        for group in form.switches.split():
            for letter in group:
                archive.change()
                run = runs[archive.state] = archive.run({"u": "update", "r": "reindex"}[letter])
                assert run.report["articles"] == len(archive.ids(archive.state)) + BALLAST
                waits.append(load.shown_by_all(archive.state, 30) - run.ended)
            if group.endswith("r"):
                handles.append(server.handles())
                memory.append(server.memory())
        workers = server.workers()

    generations = {state: run.report["generation"] for state, run in runs.items()}
    stale = max(_stale(seen, runs) for seen in load.seen)
    LOG.info("%d answers over %d switches by workers %s", len(load.seen), len(runs) - 1, workers)
    LOG.info("shown by every worker %.3f s after the end of a command; latest stale answer %.3f s", max(waits), stale)
    LOG.info("memory of each worker after each reindex, MB: %s", memory)
    LOG.info("open files of each worker after each reindex: %s", handles)
    assert load.faults == []
    for seen in load.seen:
        assert seen.generation in (None, generations[seen.state])
        assert runs[seen.state].began < seen.had, "A state was shown before it was written."
        assert load.shown.get((seen.worker, seen.state + 1), seen.had) >= seen.asked, "A worker went back."
    assert max(*waits, stale) < form.visible
    assert {seen.worker for seen in load.seen} == set(workers)  # none was replaced by a new one
    assert all(last - first < form.growth for first, last in zip(memory[0], memory[-1], strict=True))
    assert all(last <= first for first, last in zip(handles[0], handles[-1], strict=True))
    assert "Traceback" not in (tmp_path / "server.log").read_text()


def _paths(archive: Archive) -> list[str]:
    """Return addresses of all kinds whose answers show the state."""
    report = _called(archive, "search", "crane", "--view", "statements", "--json")
    said = next(hit["id"] for hit in json.loads(report)["hits"] if not marks(hit["text"]))
    return [
        "/search.json?q=harbour",
        f"/articles/{archive.ids(0)[0]}",
        "/search?q=harbour&sort=newest",
        "/search.json?q=marker*",
        f"/statements/{said}",
        "/search.json",
        "/search?view=statements&q=spring",
        f"/articles/{archive.ids(0)[-1]}.json",
    ]


def _stale(seen: Seen, runs: dict[int, Run]) -> float:
    """Return for how long the state after the one that was seen had been written; below 0, it was not yet."""
    return seen.asked - runs[seen.state + 1].ended if seen.state + 1 in runs else -1


def _called(archive: Archive, command: str, *arguments: str, status: int = 0) -> str:
    """Run a command within this process and return what it prints."""
    called = CliRunner().invoke(main, [command, *arguments, "--index", str(archive.index)])
    assert called.exit_code == status, called.output
    return called.output


def _written(archive: Archive, command: str, status: int = 0) -> str:
    return _called(archive, command, "--corpus", str(archive.corpus), "--jobs", "1", "--json", status=status)


def test_killed_at_any_moment_the_old_state_or_the_new_one_serves(tmp_path: Path, form: Form) -> None:
    archive, chance = Archive(tmp_path, articles=280), random.Random(4)
    semaphores = abandoned_semaphores()
    usual = archive.run("reindex").seconds
    site = create_app(Settings(index=str(archive.index))).test_client()
    survived = 0
    for number in range(form.kills):
        old = archive.indexed_state()
        archive.change()
        with archive.started(("reindex", "update")[number % 2]) as process:
            time.sleep(chance.uniform(0, usual))
            process.kill()
            process.wait()
            assert until(lambda: session(process.pid) == [], 5), "Worker processes outlive the command."
        state = archive.indexed_state()
        survived += state == old
        assert state in (old, archive.state)
        assert _served(site) == (state, len(archive.ids(state)))
        _called(archive, "check", "--corpus", str(archive.before), status=int(state != old))
        _called(archive, "check", "--corpus", str(archive.corpus), status=int(state == old))

        _written(archive, chance.choice(["reindex", "update"]))
        assert archive.indexed_state() == archive.state
        assert _served(site) == (archive.state, len(archive.ids(archive.state)))
        _called(archive, "check", "--corpus", str(archive.corpus))
        assert archive.litter() == set()
    LOG.info("%d kills of commands that take %.1f s: the old state survived %d", form.kills, usual, survived)
    assert until(lambda: abandoned_semaphores() <= semaphores, 10)


def _served(site: FlaskClient) -> tuple[int, int]:
    answer = site.get("/search.json?q=harbour")
    (state,) = marks(answer.text)
    return state, answer.get_json()["total"]


def test_an_update_that_finds_nothing_to_do_still_clears_what_a_killed_reindex_left(tmp_path: Path) -> None:
    archive = Archive(tmp_path, articles=40)
    _written(archive, "reindex")
    archive.indexed_state()
    (archive.index / "20210301T000000-abcdef").mkdir()
    (archive.index / "manifest.new").write_text("{")
    _written(archive, "update")
    assert archive.litter() == set()


def test_of_two_writers_one_is_told_and_the_other_completes(tmp_path: Path) -> None:
    archive = Archive(tmp_path, articles=40)
    _written(archive, "reindex")
    archive.change()
    lock = archive.index / "lock"
    with archive.started("reindex") as first:
        assert until(lambda: lock.read_text().startswith(f"process {first.pid} "), 30)
        os.kill(first.pid, signal.SIGSTOP)  # so that it is surely at work when the others come
        for command in ("reindex", "update"):
            told = _written(archive, command, status=1)
            assert f"is being written by process {first.pid} since" in told
            assert "wait until it is done" in told
        assert archive.indexed_state() == 0
        os.kill(first.pid, signal.SIGCONT)
        output, complaint = first.communicate()
    assert first.returncode == 0, complaint
    assert json.loads(output)["changed"] == 40
    assert archive.indexed_state() == archive.state
