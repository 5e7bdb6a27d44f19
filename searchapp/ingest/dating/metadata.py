"""Days that fields of metadata give."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from searchapp.article import Dated
from searchapp.calendar import day_exists, in_month, in_year, on_day
from searchapp.ingest.dating.dates import find_dates
from searchapp.ingest.dating.details import MAX_DETAILS
from searchapp.ingest.dating.languages import is_weekday, month_named, with_plain_digits, without_buddhist_years
from searchapp.ingest.dating.stamps import stamped
from searchapp.ingest.dating.surroundings import blanked

_ISO_DAY = re.compile(r"((?:1[89]|20)\d\d)-(\d\d)-(\d\d)", re.ASCII)
_COMPACT = re.compile(r"((?:1[89]|20)\d\d)(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])")
_ZONE: Final = (
    r"\s?\(?(?:(?P<utc>Z|UTC|GMT)(?![^\W_])(?!\s?[+-]\d)"
    r"|(?:UTC|GMT)?\s?(?P<sign>[+-])(?P<ahead>\d\d?)(?::?(?P<rest>[0-5]\d))?(?!\d))"
)
_MOMENT: Final = re.compile(
    r"(?<!\d)(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
    rf"\s?(?P<half>[ap]\.?m\.?)?{_ZONE}",
    re.IGNORECASE,
)
_COMPACT_MOMENT: Final = re.compile(
    rf"T?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?P<half>){_ZONE}"
)
_MOST_AHEAD: Final = timedelta(hours=15)  # a bound on zones; Kiribati's is 14
_MONTH_ALONE: Final = re.compile(
    r"(?P<name>[^\s\d,]{2,24})\s(?P<year>(?:1[89]|20)\d\d)"
    r"|(?P<its_year>(?:1[89]|20)\d\d)\s?[年년]\s?(?P<number>[1-9]\d?)\s?[月월]"
)
_SAID_BESIDE: Final = 3  # words beside a date in another language: its weekday, "at", "o'clock"


def parse_date(text: str, *, origin: str, day_first: bool | None = None) -> Dated | None:
    """Return the one date that a metadata field holds, or None if it holds none or anything besides.

    Read are ISO 8601 (also ``2021-04``, ``2021``, ``20210427``, with time and zone), RFC 822 and dates written in many
    languages and digits (see ``languages``). The day is the one written, in whatever zone; with time and zone it is
    ``Stamped``. A numeric date whose order of day and month is open is known to the year only, unless ``day_first``
    tells.
    """
    text = with_plain_digits(" ".join(text.split()))
    if not text or len(text) > MAX_DETAILS:
        return None
    if (written := _ISO_DAY.fullmatch(text)) and day_exists(*(numbers := tuple(map(int, written.groups())))):
        return on_day(date(*numbers), origin)
    if short := re.fullmatch(r"((?:1[5-9]|20)\d\d)(?:[-/](1[0-2]|0?[1-9]))?", text):
        year = int(short[1])
        return in_month(year, int(short[2]), origin) if short[2] else in_year(year, origin)
    if compact := re.fullmatch(rf"{_COMPACT.pattern}(T?\d{{2,6}}(?:Z|[+-]\d\d:?\d\d)?)?", text):
        year, month, day = (int(part) for part in compact.groups()[:3])
        if not day_exists(year, month, day):
            return None
        return _stamped(on_day(date(year, month, day), origin), _COMPACT_MOMENT.match(compact[4] or ""))
    dated = _written(text, origin, day_first)
    return _stamped(dated, _MOMENT.search(text)) if dated else None


def _written(text: str, origin: str, day_first: bool | None) -> Dated | None:
    """Return the one date of a text that holds little besides."""
    dates = [c.ordered(day_first) for c in find_dates(text)]
    if not dates and (western := without_buddhist_years(text)) != text:
        dates, text = [c.ordered(day_first) for c in find_dates(western)], western
    beside = [word for word in blanked(text, dates).split() if re.search(r"[^\W_]", word)]
    if not dates:
        return _month(text, origin)
    few = _are_few_words(beside) and dates and _is_foreign(text, dates[0].format)
    if len(dates) != 1 or not (few or all(map(is_weekday, beside))):
        return None
    return dates[0].dated(origin)


def _month(text: str, origin: str) -> Dated | None:
    """Return the month that a text is in another language ("sierpień 2021", "2021年8月")."""
    found = _MONTH_ALONE.fullmatch(text)
    if not found:
        return None
    month = int(found["number"]) if found["number"] else month_named(found["name"])
    year = int(found["year"] or found["its_year"])
    return in_month(year, month, origin) if month and month <= 12 else None


def _is_foreign(text: str, form: str) -> bool:
    return form == "other language" or not text.isascii()


def _are_few_words(words: list[str]) -> bool:
    return len(words) <= _SAID_BESIDE and not any(character.isdecimal() for word in words for character in word)


def _stamped(dated: Dated, found: re.Match[str] | None) -> Dated:
    """Return a day with its moment, if one with a zone was ``found``."""
    if not found or dated.precision != "day":
        return dated
    hour = int(found["hour"]) % 12 + 12 * (found["half"][0] in "pP") if found["half"] else int(found["hour"])
    ahead = timedelta(hours=int(found["ahead"] or 0), minutes=int(found["rest"] or 0))
    if ahead >= _MOST_AHEAD:
        return dated
    zone = timezone(-ahead if found["sign"] == "-" else ahead) if ahead else UTC
    clock = time(hour, int(found["minute"]), int(found["second"] or 0))
    return stamped(datetime.combine(dated.first, clock, zone), dated.origin)
