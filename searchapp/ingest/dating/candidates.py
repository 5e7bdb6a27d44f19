"""A date as it stands in a text, and as much of it as the text settles."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

from searchapp.article import Dated
from searchapp.calendar import ENGLISH_MONTHS, day_exists, in_month, in_year, month_number, on_day

Format = Literal[
    "iso", "compact", "numeric", "day month", "month day", "month", "labelled month", "partial", "other language"
]
Label = Literal["published", "updated", "date"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date as it stands in a text: ``text[start:end]`` (code points, half-open).

    ``year`` is None where the text names none, ``day`` where it names only a month. ``either``: a numeric date
    that can be read day first (as given here) or month first. ``weekday``: 0 is Monday.
    """

    start: int
    end: int
    format: Format
    year: int | None
    month: int
    day: int | None
    either: bool = False
    weekday: int | None = None
    label: Label | None = None
    timed: bool = False

    def ordered(self, day_first: bool | None) -> "Candidate":
        """Return it with the order of day and month settled, as far as ``day_first`` can."""
        if not self.either or day_first is None or self.day is None:
            return self
        month, day = (self.month, self.day) if day_first else (self.day, self.month)
        return replace(self, month=month, day=day, either=False)

    def on(self) -> date | None:
        """Return the day it names, if it names one."""
        if self.year is None or self.day is None or self.either:
            return None
        return date(self.year, self.month, self.day)

    def dated(self, origin: str) -> Dated | None:
        """Return what is known for certain: the day, the month or the year. None without a year."""
        if self.year is None:
            return None
        if self.either:
            return in_year(self.year, f"{origin}, day or month first unknown")
        if self.day is None:
            return in_month(self.year, self.month, origin)
        return on_day(date(self.year, self.month, self.day), origin)


def read(name: str, match: re.Match[str]) -> Candidate | None:
    start, end = match.span()
    groups = match.groupdict()
    year = year_number(groups.get("y"))
    if name in ("numeric", "partial"):
        return _read_numeric(start, end, int(groups["a"]), int(groups["b"]), year, groups)
    month = month_number(groups["m"])
    day = int(groups["d"]) if groups.get("d") else None
    if day is not None and not day_exists(year, month, day):
        return None
    if year is None and _is_word(groups["m"]):
        return None
    return Candidate(start, end, cast(Format, name), year, month, day)


def _read_numeric(
    start: int, end: int, first: int, second: int, year: int | None, groups: dict[str, str | None]
) -> Candidate | None:
    day_first, month_first = day_exists(year, second, first), day_exists(year, first, second)
    form: Format = "numeric" if "y" in groups else "partial"
    if day_first:
        settled = not month_first or first == second or groups.get("sep") not in ("/", "-") or form == "partial"
        return Candidate(start, end, form, year, second, first, either=not settled)
    if month_first and groups.get("sep") in ("/", "-"):
        return Candidate(start, end, form, year, first, second)
    return None


def _is_word(month: str) -> bool:
    """English months begin with a capital; "may 20 people" and "march 5 miles" are no dates."""
    return month[0].islower() and (month in ENGLISH_MONTHS or len(month) <= 3)


def year_number(text: str | None) -> int | None:
    """Two digits are read with the pivot POSIX strptime has: 69 is 1969, 68 is 2068; news is older than that."""
    if text is None:
        return None
    number = int(text.lstrip("'’"))
    if number >= 100:
        return number
    return number + (1900 if number >= 69 else 2000)
