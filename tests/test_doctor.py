"""The doctor tells what is wrong before somebody else does."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from searchapp import checkup
from searchapp.checkup import Finding, examined
from searchapp.cli import main
from searchapp.engines import open_engine
from searchapp.indexing import reindex


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    for name in [each for each in os.environ if each.startswith("SEARCHAPP_") or each == "SCRIPT_NAME"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "ferry.txt").write_text("The ferry will sail again in spring, Ada Lindgren said.\n")
    reindex(open_engine("index"), Path("corpus"), jobs=1)
    return {"index": "index", "corpus": "corpus"}


def of(about: str, given: dict[str, object]) -> list[Finding]:
    return [each for each in examined(given) if each.about == about]


def test_where_all_is_well_nothing_else_is_told(given: dict[str, object]) -> None:
    found = list(examined(given))
    assert {each.state for each in found} == {"ok"}
    assert {each.about for each in found} == set("versions settings index room rights corpus clock site".split())


def test_damage_and_want_of_an_index_are_faults(given: dict[str, object]) -> None:
    next(each for each in Path("index").glob("*/profile")).unlink()
    assert [each.state for each in of("index", given)] == ["fault"]
    assert "searchapp reindex" in of("index", {**given, "index": "nowhere"})[0].told


def test_a_setting_that_cannot_be_read_ends_the_look(given: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHAPP_SECONDS", "soon")
    found = list(examined(given))
    assert [each.about for each in found] == ["versions", "settings"]
    assert "SEARCHAPP_SECONDS" in found[1].told


def test_want_of_room_is_told(given: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        free = 10

    monkeypatch.setattr(checkup.shutil, "disk_usage", lambda _: Full)
    assert [each.state for each in of("room", given)] == ["doubt", "doubt"]


def test_rights_that_do_not_suffice_are_told(given: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    assert [each.state for each in of("rights", given)] == ["doubt"]
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert [each.state for each in of("rights", given)] == ["fault"]
    assert [each.state for each in of("corpus", given)] == ["fault"]


def test_another_corpus_or_none_is_worth_a_look(given: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert "another folder" in of("corpus", {**given, "corpus": "other"})[0].told
    assert of("corpus", {**given, "corpus": "nowhere"})[0].state == "doubt"


def test_a_clock_that_was_put_back_is_a_fault(given: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # noqa: ARG003
            return datetime.now(UTC) - timedelta(hours=1)

    monkeypatch.setattr(checkup, "datetime", Earlier)
    assert [each.state for each in of("clock", given)] == ["fault"]


@pytest.mark.parametrize(
    ("settings", "state"),
    [
        ({"host": "127.0.0.1"}, "ok"),
        ({"host": "0.0.0.0"}, "doubt"),
        ({"host": "0.0.0.0", "proxies": 1}, "doubt"),
        ({"host": "0.0.0.0", "proxies": 1, "proxy_addresses": "10.0.0.0/8"}, "ok"),
        ({"host": "0.0.0.0", "passwords": "people.txt"}, "ok"),
    ],
)
def test_a_site_that_is_open_to_all_is_worth_a_look(
    settings: dict[str, object], state: str, given: dict[str, object]
) -> None:
    assert of("site", given | settings)[0].state == state


@pytest.mark.usefixtures("given")
def test_the_command_ends_with_what_it_found() -> None:
    done = CliRunner().invoke(main, ["doctor", "--json"])
    assert done.exit_code == 0
    assert {each["state"] for each in json.loads(done.stdout)} == {"ok"}
    done = CliRunner().invoke(main, ["doctor", "--index", "nowhere"])
    assert done.exit_code == 1
    assert "FAULT index: " in done.output
