"""The connectors of press databases, which people bring along: named where they cannot be read as meant."""

import re
from typing import NamedTuple

_NEAR = re.compile(
    r"(?:w|pre|near|onear|adj|within|n)/(?:\d{1,3}|s|p|seg)|/[sp]|(?:near|adj|onear)\d{1,3}", re.IGNORECASE
)
_OFTEN = re.compile(r"atleast\d{1,2}", re.IGNORECASE)
_EITHER = re.compile(r"\|{1,2}")
_SHORTENED = re.compile(r"([^\W\d_]{3,})!")


class Advice(NamedTuple):
    """What is to be said of a word, and what may stand in its place."""

    sentence: str
    instead: str


def advice(word: str) -> Advice | None:
    """Return what to say if ``word``, as typed, is a connector of Nexis, Factiva or their like; else None."""
    if _NEAR.fullmatch(word):
        return Advice(f'How near words stand cannot be asked with "{word}": leave it out, or ask for a "phrase".', "")
    if _OFTEN.fullmatch(word):
        return Advice(f'How often a word stands cannot be asked with "{word}": leave it out.', "")
    if _EITHER.search(word):
        parts = [part for part in _EITHER.split(word) if part]
        return Advice('For one word or the other, write OR where you wrote "|".', " OR ".join(parts) or "OR")
    if (shortened := _SHORTENED.fullmatch(word)) and word.islower():
        return Advice(f'For words that begin with "{shortened[1]}", write {shortened[1]}*.', f"{shortened[1]}*")
    return None
