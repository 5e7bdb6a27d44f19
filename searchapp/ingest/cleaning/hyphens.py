"""Undo the hyphens that a typesetter put where lines end ("the govern-", "ment said"), as scans and PDF text keep them.

Hyphens of compounds ("well-known") and of names ("Jong-un") stay. What a word is says, in this order: the text itself,
the general word list, the archive.
"""

import re
from collections.abc import Callable
from functools import cached_property
from itertools import islice
from typing import Final

from searchapp.ingest.cleaning.spacing import PREFIXES
from searchapp.ingest.language import language_of
from searchapp.ingest.words import word_levels

_MARKS = "¬‐⸗-"  # "¬" is what readers of scans write for a hyphen that they believe to be the line's
_LETTERS = r"[^\W\d_]"
_BREAK = re.compile(rf"[{_MARKS}][ \t]{{0,20}}\n")
_AT_END = re.compile(
    rf"(?P<compound>-?)(?<!{_LETTERS})(?P<first>{_LETTERS}{{1,40}}|\d{{1,9}})(?P<mark>[{_MARKS}])[ \t]{{0,20}}\n"
    rf"(?P<gap>[ \t]{{0,20}}\n)?[ \t]{{0,80}}(?P<second>{_LETTERS}{{1,40}}|\d{{1,9}})"
    rf"(?P<rest>(?:[^\s{_MARKS}]|[{_MARKS}](?!\s)){{0,60}})(?P<end>[ \t]{{0,20}}(?:\n|$)|(?=[\s{_MARKS}]))"
)
_IN_LINE = re.compile(
    rf"(?P<compound>-?)(?<!{_LETTERS})(?P<first>{_LETTERS}{{2,40}})(?P<mark>[‐-] |¬ ?)(?P<second>{_LETTERS}{{2,40}})"
)
_IN_LINE_SIGN = re.compile(rf"[‐-] (?<={_LETTERS}..)(?={_LETTERS})|¬")  # what each has, found much faster
_GLUED = re.compile(r"(?<![\w-])(?P<first>[a-z]{2,20})-(?P<second>[a-z]{2,20})(?![\w-])")
WRAP: Final = "\v"  # a line's end inside a word's paragraph, as the hyphen before it has shown
_FEWEST = 3  # words of one text with a hyphen inside that no compound has, before any of them is mended
_MAX_ENDS = 200  # hyphens at line ends that are looked at
_COMMON, _RARE = 35, 60  # size classes of the word list: halves that make a compound, a word that is hardly one
_COMPOUND = re.compile(rf"{_LETTERS}{{1,40}}-{_LETTERS}{{1,40}}")
_WORD = re.compile(rf"{_LETTERS}{{2,80}}")
# What other languages put behind a hyphen of their own.
_CLITICS: Final = frozenset(
    "a as ce ci elle elles il ils je la las le les lhe lhes lo los me moi nos on os se t te toi tu vos vous y".split()
)


def undone(text: str, known: Callable[[str], bool], *, wrapped: bool) -> str:
    """Return ``text`` with the parts of words that hyphens part at line ends on one line, as one word where they are
    one. ``known`` tells whether the rest of the archive uses a word; ``wrapped`` that lines may end within a sentence,
    as those of HTML do not. Only hyphens and white space change; where a hyphen showed that a line goes on in the next
    one, a run of ``WRAP`` stands between them."""
    words = _Words(text, known)
    if wrapped and _BREAK.search(text):
        text = _AT_END.sub(words.at_end, text)
    if _IN_LINE_SIGN.search(text):
        text = _IN_LINE.sub(words.in_line, text)
    if text.count("-") >= _FEWEST:
        hyphened = " ".join(chunk for chunk in text.split() if "-" in chunk)
        if sum(words.is_parted(*found.groups()) for found in _GLUED.finditer(hyphened)) >= _FEWEST:
            text = _GLUED.sub(words.glued, text)
    return text


class _Words:
    """Which words a text, the word list and the archive know."""

    def __init__(self, text: str, known: Callable[[str], bool]) -> None:
        self._text = text
        self._known = known

    @cached_property
    def _own(self) -> frozenset[str]:
        whole = _AT_END.sub(" ", self._text)
        return frozenset(found[0].casefold() for found in _WORD.finditer(whole))

    @cached_property
    def _compounds(self) -> frozenset[str]:
        return frozenset(found[0].casefold() for found in _COMPOUND.finditer(self._text))

    @cached_property
    def _typeset(self) -> bool:
        """Whether words of the text are parted at line ends, as hyphens between halves that are none show."""
        ends = ((found["first"], found["second"]) for found in islice(_AT_END.finditer(self._text), _MAX_ENDS))
        return sum(not (self._level(first) and self._level(second)) for first, second in ends) >= _FEWEST

    @cached_property
    def _english(self) -> bool:
        return language_of(self._text) == "en"

    def at_end(self, found: re.Match[str]) -> str:
        """Return what stands at the end of a line and the beginning of the next one with the whole word on the first,
        and behind it as many ``WRAP`` as letters were moved; as it was, if an empty line parts them and a capital may
        begin something else."""
        if found["gap"] and not found["second"][0].islower():
            return found[0]
        moved = found["second"] + found["rest"]
        rest = "\n" if found["end"] else WRAP * (len(moved) + 1)
        return found["compound"] + found["first"] + self._sign(found) + moved + rest

    def in_line(self, found: re.Match[str]) -> str:
        """Return two parts in one line as one word, if it is known and they are no two words; else as they were."""
        first, second = found["first"], found["second"]
        if found["mark"][0] == "¬":
            return f"{found['compound']}{first}{self._sign(found)}{second}"
        same_case = second.islower() or (first.isupper() and second.isupper())
        one = same_case and self._is_word(first + second) and not (self._level(first) and self._level(second))
        return f"{found['compound']}{first}{second}" if one else found[0]

    def glued(self, found: re.Match[str]) -> str:
        return found[1] + found[2] if self.is_parted(found[1], found[2]) else found[0]

    def is_parted(self, first: str, second: str) -> bool:
        """Tell whether two halves that a hyphen joins are one word, of which one half at least is none."""
        if first in PREFIXES or (self._level(first) and self._level(second)):
            return False
        return 0 < self._level(first + second) <= _RARE

    def _sign(self, found: re.Match[str]) -> str:
        """Return the hyphen that belongs between two parts, or "" if they are one word."""
        first, second = found["first"], found["second"]
        if f"{first}-{second}".casefold() in self._compounds:
            return "-"
        if (first + second).casefold() in self._own:
            return ""
        if not (first + second).isalpha() or (second[0].isupper() and not first.isupper()):
            return "-"
        soft = found["mark"] != "-"
        halves = bool(self._level(first) and self._level(second))
        if self._is_word(first + second):
            compound = self._is_compound(first, second, in_compound=bool(found["compound"]))
            return "-" if compound and not soft else ""
        if soft:
            return "-" if halves else ""
        if self._english:
            return "" if first.islower() and not self._level(first) and not self._level(second) else "-"
        return "-" if self._is_foreign_compound(first, second) else ""

    def _is_compound(self, first: str, second: str, *, in_compound: bool) -> bool:
        """Tell whether two parts that also are a word in one ("reelected") are rather written with a hyphen."""
        if first[-1] == second[0] and first[-1].casefold() in "aeiou" and first.casefold() in PREFIXES:
            return True
        common = 0 < self._level(first) <= _COMMON and 0 < self._level(second) <= _COMMON
        return common and (in_compound or (self._level(first + second) >= _RARE and not self._typeset))

    def _is_foreign_compound(self, first: str, second: str) -> bool:
        if second in _CLITICS or first.casefold() == second.casefold():
            return True
        both = first.casefold() in self._own and second.casefold() in self._own
        return both or (first[0].isupper() and language_of(self._text) != "de")

    def _is_word(self, word: str) -> bool:
        return self._level(word) > 0 or word.casefold() in self._own or self._known(word)

    @staticmethod
    def _level(word: str) -> int:
        """Return the size class of a word, be its case another; 0 for none."""
        levels = word_levels()
        return levels.get(word) or levels.get(word.lower()) or levels.get(word.capitalize()) or 0
