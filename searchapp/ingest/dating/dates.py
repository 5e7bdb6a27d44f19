"""Dates as they stand in a text, in many formats and languages.

What a text leaves open (the year, the order of day and month) is left open here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from searchapp.calendar import MONTHS, day_exists
from searchapp.ingest.dating.candidates import Candidate, read, year_number
from searchapp.ingest.dating.dialects import (
    FINDERS,
    GLUED_MONTH,
    HINTS,
    NUMBERED,
    OLDER,
    READERS,
    WORD,
    WORD_BEFORE_DIGIT,
)
from searchapp.ingest.dating.surroundings import around

_REACH = 80  # code points on either side of a digit
_DIGITS = re.compile(r"\d+")
_MONTH_WORDS = frozenset(name.split()[0] for name in MONTHS)
_ORDINALS = ("st", "nd", "rd", "th", "er", "º")


@dataclass(frozen=True)
class DatedText:
    """A text that is handed on with its dates, which are found once, when they are first asked for."""

    text: str

    @cached_property
    def dates(self) -> tuple[Candidate, ...]:
        return tuple(find_dates(self.text))


def find_dates(text: str) -> list[Candidate]:
    """Return every date of ``text`` in order of place, none overlapping. Time is linear in its length."""
    found: list[Candidate] = []
    for name, match in _matches(text):
        candidate = read(name, match)
        if candidate and not _is_no_date(text, candidate):
            found.append(candidate)
    found.sort(key=lambda c: (c.start, -c.end, c.year is None))
    return list(around(text, _apart(found)))


def _is_no_date(text: str, candidate: Candidate) -> bool:
    """Tell whether the text beside a date shows that it is none: "Issue 12, March 2021", "4 March 1621"."""
    if candidate.year is None and OLDER.match(text, candidate.end):
        return True
    before = text[max(0, candidate.start - 12) : candidate.start]
    return candidate.format == "day month" and NUMBERED.search(before) is not None


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for start, end in _around_digits(text):
        yield from _matches_between(text, start, end)


def _around_digits(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of ``text`` that dates can stand in: each has a digit, and none is longer than ``_REACH``
    on either side of it. Most of an article is none of them."""
    start = end = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() - _REACH > end:
            if end:
                yield start, end
            start = digits.start() - _REACH
        end = digits.end() + _REACH
    if end:
        yield start, min(end, len(text))


def _matches_between(text: str, first: int, last: int) -> Iterator[tuple[str, re.Match[str]]]:
    words = {word.lower() for word in WORD.findall(text, first, last)}
    for name, finder in FINDERS.items():
        if name in HINTS and not HINTS[name].search(text, first, last):
            continue
        if name == "day month" and not _names_month(words):
            continue
        for match in finder.finditer(text, first, last):
            yield name, match
    for word in WORD_BEFORE_DIGIT.finditer(text, first, last):
        start = word.start()
        if word[1].lower() not in MONTHS:
            glued = GLUED_MONTH.search(word[1])
            if not glued or glued[0].lower() not in MONTHS:
                continue
            start += glued.start()
        for name, reader in READERS.items():
            if read := reader.match(text, start):
                yield name, read


def _names_month(words: set[str]) -> bool:
    """Tell whether one of some words (in small letters) is a month, be it glued to an ordinal ("3rdMay")."""
    return not _MONTH_WORDS.isdisjoint(words) or any(
        word.removeprefix(ordinal) in _MONTH_WORDS
        for word in words
        if word.startswith(_ORDINALS)
        for ordinal in _ORDINALS
    )


def _apart(found: list[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates, of overlapping ones the one with a year, a day, the first, in that order."""
    kept: Candidate | None = None
    for candidate in found:
        if kept is None or candidate.start >= kept.end:
            if kept is not None:
                yield kept
            kept = candidate
        elif (candidate.year is not None, candidate.day is not None) > (
            kept.year is not None,
            kept.day is not None,
        ):
            kept = candidate
    if kept is not None:
        yield kept


def day_first_evidence(text: str) -> int:
    """Return how many numeric dates of ``text`` can only be read day first, less those only month first.

    Dates with dots are always day first, in every country that writes them, and say nothing of the others.
    """
    evidence = 0
    for match in FINDERS["numeric"].finditer(text):
        if match["sep"] not in ("/", "-"):
            continue
        first, second = int(match["a"]), int(match["b"])
        year = year_number(match["y"])
        evidence += (day_exists(year, second, first) and first > 12) - (day_exists(year, first, second) and second > 12)
    return evidence
