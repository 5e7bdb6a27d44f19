"""Days that metadata, addresses and paths of files give."""

import re
from datetime import date

from searchapp.article import Dated
from searchapp.calendar import day_exists, in_month, in_year, on_day
from searchapp.ingest.dating.dates import find_dates
from searchapp.ingest.dating.details import MAX_DETAILS
from searchapp.ingest.dating.surroundings import blanked

_ISO_DAY = re.compile(r"((?:1[89]|20)\d\d)-(\d\d)-(\d\d)", re.ASCII)
_COMPACT = re.compile(r"((?:1[89]|20)\d\d)(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])(?!\d)")


def parse_date(text: str, *, origin: str, day_first: bool | None = None) -> Dated | None:
    """Return the one date that a metadata field holds, or None if it holds none or anything besides.

    Read are ISO 8601 (also ``2021-04``, ``2021``, ``20210427``, with time and zone), RFC 822 and written dates of the
    languages known here. The day is the one written, in whatever zone. A numeric date whose order of day and month
    is open is known to the year only, unless ``day_first`` tells.
    """
    text = " ".join(text.split())
    if not text or len(text) > MAX_DETAILS:
        return None
    if (written := _ISO_DAY.fullmatch(text)) and day_exists(*(numbers := tuple(map(int, written.groups())))):
        return on_day(date(*numbers), origin)
    if short := re.fullmatch(r"((?:1[5-9]|20)\d\d)(?:[-/](1[0-2]|0?[1-9]))?", text):
        year = int(short[1])
        return in_month(year, int(short[2]), origin) if short[2] else in_year(year, origin)
    if compact := re.fullmatch(rf"{_COMPACT.pattern}(?:T?\d{{2,6}}(?:Z|[+-]\d\d:?\d\d)?)?", text):
        year, month, day = (int(part) for part in compact.groups())
        return on_day(date(year, month, day), origin) if day_exists(year, month, day) else None
    dates = [c.ordered(day_first) for c in find_dates(text)]
    if len(dates) != 1 or re.search(r"[^\W_]", blanked(text, dates)):
        return None
    return dates[0].dated(origin)


def url_day(url: str | None) -> Dated | None:
    """Return the day an article's address names (``/2020/06/01/``, ``-2020-06-01``, ``/20200601/``), if it does."""
    return _numeric_path(url or "", "url")


def path_day(path: str) -> Dated | None:
    """Return the day in a file's path (``2021/04/27`` or ``2021-04-27``), if there is one."""
    return _numeric_path(path, "path")


def _numeric_path(path: str, origin: str) -> Dated | None:
    for found in _URL_DAY.finditer(path[:2_000]):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
        if day_exists(year, month, day) and (found[2] or len(found[0]) == len("20200601")):
            return on_day(date(year, month, day), origin)
    return None
