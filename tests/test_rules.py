"""Each rule of attribution shows in its docstring what it does, and does it: ``Shows: a text -> who speaks in it``."""

import importlib
import inspect
import re
import sys
from collections.abc import Callable
from types import CodeType, FrameType

import pytest

from searchapp.ingest.attribution.statements import attribute
from searchapp.ingest.attribution.text import read

WING = "searchapp.ingest.attribution"
# Whose methods are rules; of these the longer ones must show what they do.
ROOMS = {
    "asides": "Asides",
    "coreference": "Coreference",
    "denials": "Denials",
    "phrase_ends": "PhraseEnds",
    "phrase_starts": "PhraseStarts",
    "scopes": "Scopes",
    "signs": "Signs",
    "subjects": "Subjects",
    "utterances": "Utterances",
    "verb_reports": "VerbReports",
    "verbals": "Verbals",
}
LEAST_LINES = 9  # of code, the docstring included
# Longer ones that are no rule of their own: they only hand on to the rules.
NO_RULES = {
    "coreference.Coreference.read",
    "coreference.Coreference._keep",
    "coreference.Coreference._pass",
    "coreference.Coreference._meaning",
}
_EXAMPLE = re.compile(r"Shows: (.+?) -> (.+?)(?= Shows: |$)")


def rules() -> dict[str, Callable[..., object]]:
    found: dict[str, Callable[..., object]] = {}
    for room, name in ROOMS.items():
        rooms_class = getattr(importlib.import_module(f"{WING}.{room}"), name)
        for method in vars(rooms_class).values():
            if inspect.isfunction(method) and method.__name__ != "__init__":
                found[f"{room}.{method.__qualname__}"] = method
    return found


def examples(rule: Callable[..., object]) -> list[tuple[str, list[str]]]:
    """Return the texts in the docstring of a rule, each with the names of those who speak in it, in order."""
    told = " ".join((rule.__doc__ or "").split())
    return [(text, [] if names == "nobody" else names.split("; ")) for text, names in _EXAMPLE.findall(told)]


RULES = rules()
EXAMPLES = [(name, text, speakers) for name, rule in RULES.items() for text, speakers in examples(rule)]


def speakers_and_rules(text: str) -> tuple[list[str], set[CodeType]]:
    """Return who speaks in a text, and the code of every function that was asked."""
    asked: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            asked.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        speakers, _ = attribute(text)
    finally:
        sys.setprofile(before)
    return [speaker.name for speaker in speakers], asked


@pytest.mark.parametrize(("name", "text", "speakers"), EXAMPLES, ids=[f"{name}: {text}" for name, text, _ in EXAMPLES])
def test_what_a_rule_shows_is_so(name: str, text: str, speakers: list[str]) -> None:
    found, asked = speakers_and_rules(text)
    assert found == speakers
    assert RULES[name].__code__ in asked, "the example never asks its rule"


def test_every_longer_rule_shows_what_it_does() -> None:
    longer = {name for name, rule in RULES.items() if len(inspect.getsource(rule).splitlines()) >= LEAST_LINES}
    assert longer >= NO_RULES
    assert not sorted(longer - NO_RULES - {name for name, _, _ in EXAMPLES})


def test_words_can_be_shown_with_their_kinds() -> None:
    assert repr(read("“It sank,” said Torv.\n\nTorv’s boat")).splitlines() == [
        "“[OPEN QUOTE] It[CAPITAL PRONOUN COMMON STARTER] sank , ”[CLOSE QUOTE] said[CUE] Torv[CAPITAL] .[STOP]",
        "Torv[CAPITAL POSSESSIVE] boat",
    ]
