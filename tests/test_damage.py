"""Damage to an index is found, named and survived: no answer is silently wrong, none fails without a sentence.

The short form damages each engine's index a few times; ``--torture`` does it some hundred times.
"""

import logging
import math
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from damage import WAYS, damaged
from flask.testing import FlaskClient

from searchapp import indexing
from searchapp.cli import main
from searchapp.engines import open_engine
from searchapp.engines.folder import engine as embedded
from searchapp.engines.protocol import Engine
from searchapp.engines.watching import Watch
from searchapp.errors import IndexFault
from searchapp.indexing.guards import Allowed
from searchapp.settings import Settings
from searchapp.web import create_app

STORY = """Harbour {number} opens, marker{state}

Port Selwyn, {day} March 2021 - The ferry will sail again in spring, harbour master Ada Lindgren said on Monday.

"We waited for {number} years," Lindgren told reporters at the quay, and the grain of marker{state} was unloaded.
"""
ADDRESSES = (
    "/search.json?q=harbour",
    "/search.json?q=said:waited+speaker:lindgren&view=statements",
    "/search.json?q=gra*+OR+fery~&sort=oldest",
    "/articles/one.json",
    "/facets/speaker.json",
    "/suggestions.json?q=harb",
    "/search?q=grian",
)
SHORT, WHOLE = 3, 200  # times in each way
ANY_LOSS = Allowed(removals=True)


@dataclass(frozen=True)
class Archive:
    """A corpus and its index, which has been updated once."""

    index: Path
    corpus: Path
    answers: tuple[dict[str, Any], ...]  # of the generation before, and of the one that is served

    def engine(self) -> Engine:
        return open_engine(str(self.index))


def answers(client: FlaskClient) -> dict[str, Any]:
    found = {address: client.get(address) for address in ADDRESSES}
    return {address: (answer.status_code, _without_generation(answer.text)) for address, answer in found.items()}


def _without_generation(text: str) -> str:
    return re.sub(r"\d{8}T\d{6}-[0-9a-f]{6}", "", text)


def site(engine: Engine) -> FlaskClient:
    return create_app(Settings(), engine=engine).test_client()


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("damage")
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    made, engine = [], open_engine(f"{request.param}:{index}")
    for state, run in enumerate((indexing.reindex, indexing.update)):
        for number, name in enumerate(("one", "two", "three", "four")[: 3 + state]):
            if not state or name != "two":
                text = STORY.format(number=number + 2, state=state, day=number + 1)
                (corpus / f"{name}.txt").write_text(text, encoding="utf8")
        run(engine, corpus, jobs=1)
        made.append(answers(site(engine)))
    assert made[0] != made[1]
    return Archive(index, corpus, tuple(made))


def as_large_ones_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let generations be opened as large ones are, which are not read whole before they answer."""
    monkeypatch.setattr(embedded, "SMALL", 0)


@pytest.mark.parametrize("at_once", [True, False])
def test_no_damage_is_silent_or_fails_without_a_sentence(
    archive: Archive,
    at_once: bool,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if not at_once:
        as_large_ones_are(monkeypatch)
    times = WHOLE if request.config.getoption("--torture") else SHORT
    for done in damaged(archive.index, times, seed=at_once):
        engine = archive.engine()
        try:
            told = [] if at_once else list(engine.damage())
        except IndexFault as fault:
            told = [str(fault)]
        caplog.clear()
        given = answers(site(engine))
        assert {status for status, _ in given.values()} <= {200, 503}, done
        if given not in archive.answers:
            assert {status for status, _ in given.values()} == {503}, done
            assert caplog.text.count("searchapp reindex") >= len(given), done
            assert not any("searchapp reindex" in text or str(archive.index) in text for _, text in given.values())
        elif given != archive.answers[1]:
            assert engine.info().notes["damage"], done
            assert at_once or told, done


def test_what_is_found_while_serving_answers_no_more(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    as_large_ones_are(monkeypatch)
    engine = archive.engine()
    client = site(engine)
    assert answers(client) == archive.answers[1]
    served = archive.index / engine.info().generation
    (own,) = [each for each in served.rglob("*") if each.name in ("columns.npy", "found.json")]
    whole = own.read_bytes()
    own.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    watch = Watch(engine, logging.getLogger("test"), pace=math.inf)
    watch.look()
    assert f"{own.name} has other bytes than were written" in caplog.text
    assert f"The generation {engine.info().generation} answers." in caplog.text
    caplog.clear()
    watch.look()
    assert not caplog.text
    assert answers(client) == archive.answers[0]
    assert own.name in engine.info().notes["damage"]
    own.write_bytes(whole)
    assert not list(engine.damage())
    assert answers(client) == archive.answers[1]
    assert "damage" not in engine.info().notes


@pytest.fixture
def copied(archive: Archive, tmp_path: Path) -> Iterator[Archive]:
    shutil.copytree(archive.index, tmp_path / "index")
    yield Archive(tmp_path / "index", archive.corpus, archive.answers)
    shutil.rmtree(tmp_path / "index")


def test_one_command_mends_whatever_is_broken(archive: Archive, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    times = WHOLE if request.config.getoption("--torture") else 1
    copy = tmp_path / "index"
    for done in damaged(archive.index, times, seed=3):
        shutil.copytree(archive.index, copy)
        indexing.reindex(open_engine(str(copy)), archive.corpus, jobs=1, allowed=ANY_LOSS)
        engine = open_engine(str(copy))
        assert not list(engine.damage()), done
        assert set(dict(engine.digests())) == {"one", "two", "three", "four"}, done
        shutil.rmtree(copy)


def test_all_ways_damage_something(archive: Archive) -> None:
    done = {each.split()[0] for each in damaged(archive.index, 1)}
    assert done == {way.__name__ for way in WAYS}
    assert answers(site(archive.engine())) == archive.answers[1]


def test_a_reindex_that_does_not_know_what_was_lost_asks_for_the_flag(copied: Archive) -> None:
    for each in (copied.index / "manifest.json", *copied.index.glob("*/seal.json")):
        each.write_bytes(b"")
    command = ["reindex", "--corpus", copied.corpus, "--index", copied.index, "--jobs", 1]
    refused = CliRunner().invoke(main, [str(each) for each in command], catch_exceptions=False)
    assert refused.exit_code == 1
    assert "not known what the index held" in refused.output
    assert "searchapp reindex --allow-removals" in refused.output
    done = CliRunner().invoke(main, [str(each) for each in [*command, "--allow-removals"]], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def test_check_names_the_damage_and_what_mends_it(copied: Archive) -> None:
    command = ["check", "--files-only", "--index", str(copied.index)]
    assert CliRunner().invoke(main, command).output == "The files of the index are whole.\n"
    seals = list(copied.index.glob("*/seal.json"))
    seals[0].unlink()
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 1
    assert "is damaged (seal.json is missing). Rebuild the index with: searchapp reindex" in told.output


def test_a_library_that_panics_is_one_sentence(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class PanicException(BaseException):
        """As pyo3 names that of a library in Rust."""

    def panic(*_: object) -> None:
        raise PanicException("index out of bounds")

    engine = archive.engine()
    monkeypatch.setattr(type(engine._archive()), "search", panic)  # type: ignore[attr-defined]
    answer = site(engine).get("/search.json?q=harbour")
    assert answer.status_code == 503
    assert "searchapp itself failed (PanicException in test_damage.py" in caplog.text
    assert "PanicException" not in answer.text


def test_an_update_does_not_spread_damage(copied: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    as_large_ones_are(monkeypatch)
    engine = copied.engine()
    written_anew = copied.index / engine.info().generation / "profile"
    data = bytearray(written_anew.read_bytes())
    data[len(data) // 2] ^= 1
    written_anew.write_bytes(data)
    (copied.corpus / "five.txt").write_text(STORY.format(number=9, state=2, day=5), encoding="utf8")
    with pytest.raises(IndexFault, match="is damaged"):
        indexing.update(engine, copied.corpus, jobs=1)
    (copied.corpus / "five.txt").unlink()
