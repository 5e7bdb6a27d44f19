"""The gate on the quality of ingest: what it makes of figures and floors, without the data that it measures with."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quality import __main__ as gate
from quality import dumps, floors, measures
from quality.floors import Floor, Judged, Measured
from quality.measures import Bench, false_cuts

FLOORS = {("tide tables", "right"): Floor(0.9), ("tide tables", "wrong"): Floor(0.05, at_most=True)}


def run(monkeypatch: pytest.MonkeyPatch, figures: dict[str, float], *arguments: str) -> Result:
    def tide_tables(_bench: Bench) -> Iterator[Measured]:
        return (Measured("tide tables", measure, value) for measure, value in figures.items())

    monkeypatch.setattr(measures, "SHARED", Path(__file__).parent)
    monkeypatch.setattr(gate, "MEASURES", [tide_tables])
    monkeypatch.setattr(floors, "load", lambda: FLOORS)
    return CliRunner().invoke(gate.main, arguments)


def test_without_the_data_it_passes_and_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(measures, "SHARED", tmp_path / "shared")
    ran = CliRunner().invoke(gate.main)
    assert (ran.exit_code, ran.output.strip()) == (0, gate.ABSENT)
    told = json.loads(CliRunner().invoke(gate.main, ["--json"]).output)
    assert told == {"absent": gate.ABSENT, "figures": []}


def test_it_passes_when_every_floor_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, {"right": 0.9, "wrong": 0.05, "none": 0.01})
    assert ran.exit_code == 0
    assert "Every figure reaches its floor." in ran.output
    assert "Measuring tide tables" in ran.stderr


@pytest.mark.parametrize("figures", [{"right": 0.8999, "wrong": 0.01}, {"right": 0.95, "wrong": 0.051}])
def test_a_figure_on_the_wrong_side_of_its_floor_fails(
    figures: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run(monkeypatch, figures)
    assert ran.exit_code == 1
    assert "1 below" in ran.output


def test_a_floor_for_which_nothing_was_measured_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, {"right": 1.0})
    assert ran.exit_code == 1
    assert "not measured" in ran.output


def test_json_has_each_figure_with_its_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run(monkeypatch, {"right": 0.5, "wrong": 0.01, "none": 0.49}, "--json")
    assert ran.exit_code == 1
    assert json.loads(ran.stdout) == {
        "absent": None,
        "figures": [
            {"what": "tide tables", "measure": "right", "value": 0.5, "floor": ">= 0.9", "reached": False},
            {"what": "tide tables", "measure": "wrong", "value": 0.01, "floor": "<= 0.05", "reached": True},
            {"what": "tide tables", "measure": "none", "value": 0.49, "floor": None, "reached": True},
        ],
    }


def test_the_pinned_floors_can_be_read_and_miss_nothing_that_was_asked_for() -> None:
    pinned = floors.load()
    assert pinned["day of publication, plain text", "wrong"] == Floor(0.06, at_most=True)
    assert not any(each.reached for each in floors.judged([], pinned))


def test_a_floor_that_is_written_otherwise_is_refused(tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_text('["tide tables"]\nright.above = 0.9\n', encoding="utf8")
    with pytest.raises(ValueError, match="at_least"):
        floors.load(tmp_path / "floors.toml")


def test_what_has_no_floor_is_shown_and_cannot_fail() -> None:
    assert floors.judged([Measured("gulls", "seen", 0.0)], {}) == [Judged("gulls", "seen", 0.0, None)]


def test_false_cuts_are_words_parted_and_nothing_else() -> None:
    before = "the harbour master waved the ferry in , a lighthouse behind her".split()
    assert false_cuts(before, before) == 0
    assert false_cuts(before, before[3:]) == 0  # words that went are not cut
    assert false_cuts(before, "the harbour master waved the fer ry in , a light house behind her".split()) == 2
    assert false_cuts(["in", "to", "into"], ["in", "to"]) == 0  # they stood apart before


STORY = "The ferry of Nesk sails again. Its owner said so. Nobody had asked. The crew came home. It rained."


def test_a_dump_holds_its_story_below_a_headline_with_a_menu_or_a_caption_above_it() -> None:
    for seed in range(50):
        headline, page = dumps.dump("FERRY SAILS AGAIN", STORY, random.Random(seed))
        above, _, below = page.partition(headline)
        assert headline.casefold() == "ferry sails again"
        assert set(above.strip().split("\n")) - {""}
        assert STORY in " ".join(below.split())


def test_dumps_are_the_same_each_time() -> None:
    one, other = (dumps.dump("FERRY SAILS AGAIN", STORY, random.Random(7)) for _ in range(2))
    assert one == other
