"""Dates as people write them in a query, as days. Nothing is guessed: what has no year is no date."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

Days = tuple[date | None, date | None]  # first and last day, both included; None: open

_DAY = timedelta(1)
_MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
    for length in {3, 4 if name == "september" else 3, len(name)}
}
_NUMBERS = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?")
_DAY_FIRST = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)? (?:of )?)?(?P<month>[a-z]{3,9})\.?,? (?P<year>[0-9]{4})"
)
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<year>[0-9]{4})")
_BETWEEN = re.compile(r" ?\.\. ?| (?:[-–—]|to) |(?<=^[0-9]{4})[-–](?=[0-9]{4}$)")
_COMPARED = re.compile(r"(?P<sign>[<>]=?) ?(?P<rest>.+)")


def days(written: str) -> Days | None:
    """Return the days meant by ``2021``, ``2021-04``, ``27 April 2021``, ``2020..2021``, ``>=2021-04``, ...

    None if it is no date, or no such day exists, or the last day would come before the first.
    """
    words = " ".join(written.lower().split())
    before, dots, after = words.partition("..")
    try:
        if dots:
            return _between(before.strip(), after.strip())
        if compared := _COMPARED.fullmatch(words):
            return _beside(compared["sign"], *_period(compared["rest"]))
        return _period(words)
    except (ValueError, OverflowError):
        return None


def likely(written: str) -> Iterator[str]:
    """Yield dates that may be meant by something that is no date, the likeliest first."""
    numbers = re.sub("[/.]", "-", written)
    candidates = [joined(written), numbers, *(numbers.rsplit("-", cut)[0] for cut in (1, 2))]
    return (candidate for candidate in candidates if days(candidate))


def joined(words: str) -> str:
    """Return words that may be one date or one range as such are written: ``2020 - 2021`` as ``2020..2021``."""
    return _BETWEEN.sub("..", re.sub("(?<=[<>=]) ", "", " ".join(words.split())))


def in_order(written: str) -> str | None:
    """Return a range whose ends are exchanged the right way round, None if it is none."""
    before, dots, after = (part.strip() for part in written.partition(".."))
    exchanged = f"{after}{dots}{before}"
    return exchanged if dots and days(exchanged) else None


def _period(words: str) -> tuple[date, date]:
    found = next(filter(None, (form.fullmatch(words) for form in (_NUMBERS, _DAY_FIRST, _MONTH_FIRST))), None)
    if not found:
        raise ValueError(words)
    year, month, day = int(found["year"]), found["month"], found["day"]
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    number = int(month) if month.isdecimal() else _MONTHS.get(month, 0)
    if day:
        only = date(year, number, int(day))
        return only, only
    first = date(year, number, 1)
    return first, date(year, 12, 31) if number == 12 else date(year, number + 1, 1) - _DAY


def _between(before: str, after: str) -> Days:
    first = _period(before)[0] if before else None
    last = _period(after)[1] if after else None
    if not (first or last) or (first and last and first > last):
        raise ValueError
    return first, last


def _beside(sign: str, first: date, last: date) -> Days:
    match sign:
        case ">":
            return last + _DAY, None
        case ">=":
            return first, None
        case "<":
            return None, first - _DAY
    return None, last
