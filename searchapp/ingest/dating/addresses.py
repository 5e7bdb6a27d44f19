"""The days that addresses of pages and paths of files name."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from searchapp.article import Dated
from searchapp.calendar import MONTHS, day_exists, either, on_day

_MAX: Final = 2_000  # code points of an address or a path that are looked at
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_MONTH = r"(?P<m>1[0-2]|0?[1-9])"
# Names of months as addresses have them, without accents: all that are written in letters of ASCII.
_NAME = rf"(?P<m>{either(name for name in MONTHS if name.isascii())})"
_SEP = r"(?P<sep>[/_.-])"
_OF = r"(?:(?:of|de|del)[_ -])?"
_ANY_SEP = r"[/_. -]{0,2}"
_NO_DIGIT, _NO_MORE = r"(?<!\d)", r"(?!\d|[./-]\d{1,2}(?!\d))"
_NO_WORD = r"(?<![^\W_])"
_SHAPES: Final = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"{_NO_DIGIT}{_YEAR}{_SEP}{_MONTH}(?P=sep){_DAY}(?!\d)",  # /2013/01/14/
        rf"(?<=/){_YEAR}-?(?P<m>1[0-2]|0[1-9])/(?P<d>3[01]|[12]\d|0[1-9])(?=/|\Z)",  # /2013-01/14/, /201301/14/
        rf"(?<=/){_YEAR}/(?P<m>1[0-2]|0[1-9])-?(?P<d>3[01]|[12]\d|0[1-9])(?=/)",  # /2013/0114/, /2013/01-14/
        rf"{_NO_DIGIT}{_YEAR}{_ANY_SEP}{_NAME}{_ANY_SEP}{_DAY}(?!\d)",  # /2013/jan/14/
        # 20130114, also with a time of day
        rf"{_NO_DIGIT}{_YEAR}(?P<m>1[0-2]|0[1-9])(?P<d>3[01]|[12]\d|0[1-9])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d)",
        rf"(?<!\d)(?<!\d[./-])(?P<a>\d{{1,2}}){_SEP}(?P<b>\d{{1,2}})(?P=sep){_YEAR}{_NO_MORE}",  # /14-01-2013/
        rf"{_NO_DIGIT}{_DAY}(?:st|nd|rd|th)?{_ANY_SEP}{_OF}{_NAME}{_ANY_SEP}{_OF}{_YEAR}(?!\d)",  # -14-january-2013
        rf"{_NO_WORD}{_NAME}{_ANY_SEP}{_DAY}(?:st|nd|rd|th)?[/_., -]{{1,3}}{_YEAR}(?!\d)",  # -january-14-2013
    )
)
# What keeps copies of pages puts the moment of the copy and the page's own address behind its name.
_OWN_ADDRESS: Final = re.compile(r"(?<=[^:/])[/=?](?=(?:https?|ftp):/{1,2})", re.IGNORECASE)
_CAPTURE: Final = re.compile(r"/\d{4,14}(?:[a-z]{2}_)?/(?=[\w-]{1,63}\.[\w.-]{2,200}(?:[/:]|\Z))")
_ARCHIVES: Final = re.compile(
    r"(?:\A|\.)(?:archive\.(?:org|is|ph|today|li|vn|md|fo)|webcitation\.org|perma\.cc|arquivo\.pt|ghostarchive\.org"
    r"|freezepage\.com|webarchive\.[\w.-]{2,60}|cachedview\.\w{2,9}|webcache\.googleusercontent\.com)\Z",
    re.IGNORECASE,
)
_QUERY_DAYS: Final = frozenset("date day dt pubdate published datum fecha tag ymd".split())
_COPY: Final = re.compile(
    r"(?:crawl|captur|snapshot|wayback|scrape|fetch|download|archived|retrieved|export|dump|backup)[a-z]{0,3}"
    r"(?:ed|ing)?[\s/_.-]{0,3}(?:on|at)?[\s/_.-]{0,3}\Z|archive\.(?:org|is|ph|today|li|vn|md|fo)/(?:web/)?\Z",
    re.IGNORECASE,
)


def url_day(url: str | None) -> Dated | None:
    """Return the day that an article's address names (``/2020/06/01/``, ``/2013/jan/14/``, ``-14-january-2013``).

    The moment of a copy in an archive of the web is not such a day; the day in the address of what was copied is.
    """
    if not url:
        return None
    try:
        parts = urlsplit(_own(url[:_MAX]))
        host = parts.hostname or ""
    except ValueError:
        return None
    if _ARCHIVES.search(host):
        return None
    told = (value for key, value in parse_qsl(parts.query, max_num_fields=50) if key.lower() in _QUERY_DAYS)
    return next((day for text in (unquote(parts.path), *told) if (day := _day(text, "url"))), None)


def path_day(path: str) -> Dated | None:
    """Return the day in a file's path (``2021/04/27``, ``2021-04-27``, ``14-01-2013``), if there is one, and if it is
    not that of a crawl."""
    return _day(path[:_MAX], "path")


def _own(url: str) -> str:
    """Return the address that a copy in an archive is of; any other as it is."""
    kept = _ARCHIVES.search(urlsplit(url).hostname or "") is not None
    if inner := list(_OWN_ADDRESS.finditer(url if kept else url.partition("?")[0])):
        return url[inner[-1].end() :]
    if kept and (found := _CAPTURE.search(url)):
        return f"https://{url[found.end() :]}"
    return url


def _day(path: str, origin: str) -> Dated | None:
    """Return the day of the first shape that is found, if all of that shape name the same."""
    for shape in _SHAPES:
        days = {
            day for found in shape.finditer(path) if not _COPY.search(path, 0, found.start()) for day in _read(found)
        }
        if days:
            return on_day(days.pop(), origin) if len(days) == 1 else None
    return None


def _read(found: re.Match[str]) -> Iterator[date]:
    """Yield the day that was found, if there is such a day and its order leaves no other open."""
    year, groups = int(found["y"]), found.groupdict()
    if groups.get("a"):
        one, other = int(found["a"]), int(found["b"])
        readings = {(other, one), (one, other)}
        days = {date(year, month, day) for month, day in readings if day_exists(year, month, day)}
        yield from days if len(days) == 1 else ()
        return
    month = MONTHS.get(found["m"].lower()) or int(found["m"])
    if day_exists(year, month, int(found["d"])):
        yield date(year, month, int(found["d"]))
