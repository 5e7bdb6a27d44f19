"""Dates as people write them in a query, as days. Nothing is guessed: without a year it is no date, unless it is told
from today."""

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
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_RELATIVE = re.compile(
    rf"(?P<day>today|yesterday)|(?P<which>this|last) (?P<whole>week|month|year|{'|'.join(_WEEKDAYS)})"
    r"|(?:last|past) (?P<some>[0-9]{1,4}) (?P<past>day|week|month|year)s?"
    r"|(?P<ago>[0-9]{1,4}) (?P<unit>day|week|month|year)s? ago"
)
_COMPARED = re.compile(r"(?P<sign>[<>]=?) ?(?P<rest>.+)")


def period(written: str) -> tuple[date, date] | None:
    """Return the first and the last day of ``2021``, ``2021-04``, ``27 April 2021``, ``last week``, ...; None if it is
    no date, or no such day exists. Weeks begin on Mondays."""
    try:
        return _period(" ".join(written.lower().split()))
    except (ValueError, OverflowError):
        return None


def days(written: str) -> Days | None:
    """Return the days meant by what ``period`` reads, and by ``2020..2021``, ``>=2021-04``, ...

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
    if relative := _RELATIVE.fullmatch(words):
        return _relative(relative, date.today())
    found = next(filter(None, (form.fullmatch(words) for form in (_NUMBERS, _DAY_FIRST, _MONTH_FIRST))), None)
    if not found:
        raise ValueError(words)
    year, month, day = int(found["year"]), found["month"], found["day"]
    if not month:
        return _year(year)
    number = int(month) if month.isdecimal() else _MONTHS.get(month, 0)
    if day:
        only = date(year, number, int(day))
        return only, only
    return _month(date(year, number, 1))


def _month(day: date, before: int = 0) -> tuple[date, date]:
    """Return the first and the last day of the month of ``day``, or so many months ``before`` it."""
    year, month = divmod(day.year * 12 + day.month - 1 - before, 12)
    first = date(year, month + 1, 1)
    return first, date(year, 12, 31) if month == 11 else date(year, month + 2, 1) - _DAY


def _relative(found: re.Match[str], today: date) -> tuple[date, date]:
    if found["day"]:
        only = today - _DAY * (found["day"] == "yesterday")
        return only, only
    if found["past"]:
        return _earlier(today, int(found["some"]), found["past"]) + _DAY, today
    if unit := found["unit"]:
        day = _earlier(today, int(found["ago"]), unit)
        return _month(day) if unit == "month" else _year(day.year) if unit == "year" else (day, day)
    back = int(found["which"] == "last")
    if found["whole"] in _WEEKDAYS:
        days_back = (today.weekday() - _WEEKDAYS.index(found["whole"]) - back) % 7 + back
        only = today - _DAY * days_back
        return only, only
    if found["whole"] == "week":
        monday = today - _DAY * (today.weekday() + 7 * back)
        return monday, monday + 6 * _DAY
    return _month(today, back) if found["whole"] == "month" else _year(today.year - back)


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _earlier(day: date, many: int, unit: str) -> date:
    """Return the day so many days, weeks, months or years earlier; the last of its month where that is shorter."""
    if unit in ("day", "week"):
        return day - many * _DAY * (7 if unit == "week" else 1)
    first, last = _month(day, many * (12 if unit == "year" else 1))
    return min(last, first + (day.day - 1) * _DAY)


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
