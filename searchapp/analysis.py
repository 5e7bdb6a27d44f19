"""Text to tokens: the one analysis that every engine, the snippets and the query language share."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import Stemmer

MAX_TOKEN = 100
STOP_WORDS = frozenset("the a an of and in".split())


class Span(NamedTuple):
    """A stretch of text: offsets in code points, half-open."""

    start: int
    end: int


class Token(NamedTuple):
    """A word of a text: the word folded, and where it stands in the text as written (code points, half-open)."""

    term: str
    start: int
    end: int


WORD = re.compile(rf"\w{{1,{MAX_TOKEN}}}")
_LETTERS = {
    "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "þ": "th", "ħ": "h", "ı": "i",
}  # fmt: skip
_snowball = Stemmer.Stemmer("english", 0)


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """Return ``word`` without case and accents, folded code point by code point (``Sơn`` -> ``son``)."""
    if word.isascii():
        return word.lower()
    return "".join(_fold_letter(letter) for letter in word)


@lru_cache(maxsize=1 << 17)
def stem(term: str) -> str:
    """Return the Snowball (English) stem of a folded word."""
    return str(_snowball.stemWord(term))


def tokens(text: str) -> list[Token]:
    """Return the tokens of ``text``: runs of ``\\w`` (a longer run than 100 code points is cut into several)."""
    return [Token(fold(found[0]), *found.span()) for found in WORD.finditer(text)]


def terms(text: str) -> list[str]:
    """Return the folded words of ``text``, in order."""
    return [fold(word) for word in WORD.findall(text)]


def _fold_letter(letter: str) -> str:
    decomposed = unicodedata.normalize("NFKD", letter.lower())
    return "".join(_LETTERS.get(part, part) for part in decomposed if not unicodedata.combining(part))
