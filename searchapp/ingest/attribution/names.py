"""Names of persons: their words, which forms are one name, people.toml, and one name over the whole archive."""

import re
from functools import lru_cache

from searchapp.analysis import fold
from searchapp.ingest.attribution.lexicon import HONORIFICS, NICKNAME_GROUPS, SPELLINGS, SUFFIXES
from searchapp.sounds import by_sound

WORD = re.compile(r"\w{1,100}(?:['’]\w{1,100}){0,3}")
GENERATIONS = frozenset(("jr", "sr"))
_GENERATION_WORDS = SUFFIXES - {"esq"}
_PREFIXES = frozenset("al el ul".split())


@lru_cache(maxsize=1 << 14)
def name_words(form: str) -> tuple[str, ...]:
    """Return the folded words of a name without honorifics, suffixes and the Arabic article."""
    folded = (fold(word).replace("'", "").replace("’", "") for word in WORD.findall(form))
    words = [word for word in folded if word]  # a stroke that only lengthens letters folds to nothing
    while len(words) > 1 and words[0] in HONORIFICS:
        words.pop(0)
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    if len(words) > 1:
        words = [word for word in words[:-1] if word not in _PREFIXES] + words[-1:]
    return tuple(words)


@lru_cache(maxsize=1 << 14)
def generation_of(form: str) -> str:
    """Return what tells a son from his father ("jr", "sr", "iii"), or nothing."""
    words = WORD.findall(form)
    last = fold(words[-1]) if words else ""
    return last if last in _GENERATION_WORDS else ""


def same_given(one: str, other: str) -> bool:
    """Tell whether two given names can be one: equal, an initial, a nickname, or another spelling."""
    if one == other or (one[0] == other[0] and 1 in (len(one), len(other))):
        return True
    if one in NICKNAME_GROUPS and NICKNAME_GROUPS[one] & NICKNAME_GROUPS.get(other, frozenset()):
        return True
    return sound(one) == sound(other)


def compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names inside one article, of two words or more and equal in the last, can be one person's."""
    short, full = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < 2:
        return True
    if full[-len(short) :] == short:
        return True
    if not same_given(short[0], full[0]):
        return False
    if len(short) == len(full):
        return all(same_given(a, b) for a, b in zip(short[1:-1], full[1:-1], strict=True))
    return all(any(same_given(a, b) for b in full[1:-1]) for a in short[1:-1])


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """Return a key that the spellings of one folded name share (``sergei`` and ``sergey``)."""
    return SPELLINGS[word] if word in SPELLINGS else by_sound(word)
