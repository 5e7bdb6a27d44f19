"""How a query may go on that is still being typed: names of speakers, sources and places, and words of titles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from searchapp.analysis import Token, tokens
from searchapp.answers.changes import named
from searchapp.engines.protocol import Engine
from searchapp.fields import NameField
from searchapp.help.names import NAMED, Name, Names, names_of

LONGEST = 200  # code points of a query that is completed
FEWEST = 2  # letters that must have been typed
WORDS_OF_A_NAME = 3  # of what is typed last that may be its beginning
MOST = 8  # completions
MOST_WORDS = 4  # of them words of titles, if there are names
MOST_LOOKED_AT = 200  # names of any field, of which those of one are offered
_BEHIND_FIELD = re.compile(
    rf'(?:^|[\s(-])(?P<field>{"|".join(NAMED)}):\s?(?:"(?P<name>[^"]+)|(?P<word>[^"\s()]+))$', re.IGNORECASE
)
_NO_NAME = re.compile(r"[^\w\s.'’-]|\b(?:OR|AND|NOT)\b")


@dataclass(frozen=True, slots=True)
class Completion:
    """A query as it may go on: the whole of it; what is added and of what kind; how many articles have that."""

    query: str
    text: str
    kind: NameField | Literal["word"]
    articles: int


def completions(engine: Engine, typed: str) -> list[Completion]:
    """Return how a query may go on that was typed so far, the likeliest first. Behind a field only its names are
    offered; within a phrase nothing is."""
    words = tokens(typed) if len(typed) <= LONGEST else []
    if not words or words[-1].end < len(typed):
        return []
    if behind := _BEHIND_FIELD.search(typed):
        return list(_of_field(names_of(engine), typed, behind))
    if typed.count('"') % 2:
        return []
    names, last = list(_names(names_of(engine), typed, words)), words[-1]
    told = engine.words().titled(last.term, MOST) if len(last.term) >= FEWEST else []
    shown = [
        Completion(typed[: last.start] + _as(typed[last.start], word), word, "word", count) for word, count in told
    ]
    room = max(MOST_WORDS, MOST - len(names))
    return [*names[: MOST - min(room, len(shown))], *shown[:room]]


def _of_field(names: Names, typed: str, behind: re.Match[str]) -> Iterator[Completion]:
    """Yield names of the field behind whose colon is typed."""
    found = [
        name
        for name in names.beginning(behind["name"] or behind["word"], MOST_LOOKED_AT)
        if name.field == behind["field"].lower()
    ]
    for name in found[:MOST]:
        yield Completion(typed[: behind.start("field")] + named(name.field, name.value), *_told(name))


def _names(names: Names, typed: str, words: list[Token]) -> Iterator[Completion]:
    """Yield names that go on from the last words typed, first those that go on from the most of them."""
    seen = set[Name]()
    for many in range(min(WORDS_OF_A_NAME, len(words)), 0, -1):
        before, beginning = typed[: words[-many].start], typed[words[-many].start :]
        if len(beginning) < FEWEST or before.endswith(("-", ":", "=")) or _NO_NAME.search(beginning):
            continue
        for name in names.beginning(beginning, MOST):
            if name not in seen and '"' not in name.value:
                seen.add(name)
                yield Completion(before + named(name.field, name.value), *_told(name))


def _told(name: Name) -> tuple[str, NameField, int]:
    return name.value, name.field, name.articles


def _as(first: str, word: str) -> str:
    """Return a word with a capital if what was typed of it has one: it is a name."""
    return word[:1].upper() + word[1:] if first.isupper() else word
