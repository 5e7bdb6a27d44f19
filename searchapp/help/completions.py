"""What may be meant by a query that is still being typed: names of speakers, sources and places, and words of titles."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from searchapp.analysis import Token, tokens
from searchapp.answers.changes import named
from searchapp.engines.protocol import Engine
from searchapp.help.names import NAMED, Name, Names, names_of

LONGEST = 200  # code points of a query that is completed
FEWEST = 2  # letters that must have been typed
WORDS_OF_A_NAME = 3  # of what is typed last that may be its beginning
MOST = 8  # completions
MOST_WORDS = 4  # of them words of titles, if there are names


@dataclass(frozen=True, slots=True)
class Completion:
    """A query as it may go on: the whole of it; what is added and of what kind; how many articles have that."""

    query: str
    text: str
    kind: Literal["speaker", "source", "place", "language", "word"]
    articles: int


def completions(engine: Engine, typed: str) -> list[Completion]:
    """Return how a query may go on that was typed so far, the likeliest first. Behind a field only its names are
    offered; within a phrase nothing is."""
    words = tokens(typed[-LONGEST:])
    if len(typed) > LONGEST or not words or words[-1].end < len(typed) or len(words[-1].term) < FEWEST:
        return []
    field, start = _field(typed, words)
    if typed[:start].count('"') % 2:
        return []
    names = list(_names(names_of(engine), typed, words, field, start))
    if field:
        return names[:MOST]
    last = words[-1]
    told = engine.words().titled(last.term, MOST)
    shown = [Completion(typed[: last.start] + _as(typed[last.start], word), word, "word", count) for word, count in told]
    room = max(MOST_WORDS, MOST - len(names))
    return [*names[: MOST - min(room, len(shown))], *shown[:room]][:MOST]


def _field(typed: str, words: list[Token]) -> tuple[str, int]:
    """Return the field of names behind whose colon the last words stand, if there is one, and where they begin."""
    for field in NAMED:
        at = typed.lower().rfind(f"{field}:")
        begin = at + len(field) + 1
        behind = typed[begin:].lstrip(' "')
        if at >= 0 and (at == 0 or typed[at - 1] in " (") and '"' not in behind and "(" not in behind:
            start = len(typed) - len(behind)
            if typed[begin:start].strip() == '"' or " " not in behind:
                return field, begin
    return "", words[-1].start


def _names(names: Names, typed: str, words: list[Token], field: str, start: int) -> Iterator[Completion]:
    """Yield names that go on from the last words typed, first those that go on from the most of them."""
    seen = set[Name]()
    if field:
        for name in names.beginning(typed[start:], 4 * MOST):
            if name.field == field:
                yield Completion(typed[:start] + named(name.field, name.value).split(":", 1)[1], *_told(name))
        return
    for many in range(min(WORDS_OF_A_NAME, len(words)), 0, -1):
        begin = words[-many].start
        before, typed_name = typed[:begin], typed[begin:]
        if before.endswith(("-", ":", "=")) or not all(letter.isalnum() or letter in " -.'’" for letter in typed_name):
            continue
        for name in names.beginning(typed_name, MOST):
            if name not in seen and '"' not in name.value:
                seen.add(name)
                yield Completion(before + named(name.field, name.value), *_told(name))


def _told(name: Name) -> tuple[str, Literal["speaker", "source", "place", "language"], int]:
    return name.value, name.field, name.articles


def _as(first: str, word: str) -> str:
    """Return a word with a capital if what was typed of it has one: it is a name."""
    return word[:1].upper() + word[1:] if first.isupper() else word
