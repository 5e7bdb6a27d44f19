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
    GLUED,
    GLUED_MONTH,
    MONTH_HINT,
    NUMBERED,
    OLDER,
    PARTED,
    READERS,
    WORD_BEFORE,
    small_words,
)
from searchapp.ingest.dating.languages import days_in_other_languages, eastern_days, with_plain_digits
from searchapp.ingest.dating.surroundings import around

_REACH = 80  # code points on either side of a number
_BACK = 45  # code points in which the word before a number stands, with "of" behind it
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
    numbers = [number.span() for number in _DIGITS.finditer(text)]
    if not numbers and "年" not in text:
        return []
    if not text.isascii() and not all(text[start:end].isascii() for start, end in numbers):
        text = with_plain_digits(text)
    found = [*eastern_days(text)] if "年" in text or "년" in text else []
    found += days_in_other_languages(text, numbers)
    for name, match in _matches(text, numbers):
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


def _matches(text: str, found: list[tuple[int, int]]) -> Iterator[tuple[str, re.Match[str]]]:
    for numbers in _near(found):
        first, last = max(0, numbers[0][0] - _REACH), min(len(text), numbers[-1][1] + _REACH)
        month = _names_month(text[first:last])
        for name in _worth_a_search(text, numbers, first, last, month):
            for match in FINDERS[name].finditer(text, first, last):
                yield name, match
        for start, _ in numbers if month or GLUED.search(text, first, last) else ():
            yield from _after_month(text, start)


def _near(numbers: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield those numbers of a text (start, end) together that dates may stand between."""
    near: list[tuple[int, int]] = []
    for start, end in numbers:
        if near and start - _REACH > near[-1][1] + _REACH:
            yield near
            near = []
        near.append((start, end))
    if near:
        yield near


def _worth_a_search(text: str, numbers: list[tuple[int, int]], first: int, last: int, month: bool) -> list[str]:
    """Return which patterns may match between two places, by what follows the numbers that stand there, and by whether
    the name of a ``month`` does."""
    parted = any(PARTED.match(text, end) for _, end in numbers)
    worth = {
        "iso": parted,
        "compact": any(end - start == len("20210305") for start, end in numbers),
        "numeric": parted,
        "day month": month,
        "partial": parted,
        "month": MONTH_HINT.search(text, first, last) is not None,
        "labelled month": parted,
    }
    return [name for name, is_worth in worth.items() if is_worth]


def _names_month(text: str) -> bool:
    """Tell whether one of the words of ``text`` is a month, be it glued to an ordinal ("3rdMay")."""
    words = small_words(text)
    return not _MONTH_WORDS.isdisjoint(words) or any(
        word.removeprefix(ordinal) in _MONTH_WORDS
        for word in words
        if word.startswith(_ORDINALS)
        for ordinal in _ORDINALS
    )


def _after_month(text: str, number: int) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the dates that begin with the month before a number ("May 5, 2020")."""
    word = WORD_BEFORE.search(text, max(0, number - _BACK), number)
    if word is None:
        return
    start = word.start()
    if word[1].lower() not in MONTHS:
        glued = GLUED_MONTH.search(word[1])
        if not glued or glued[0].lower() not in MONTHS:
            return
        start += glued.start()
    for name, reader in READERS.items():
        if match := reader.match(text, start):
            yield name, match


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
