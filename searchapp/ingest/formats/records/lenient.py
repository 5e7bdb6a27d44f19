"""Fields of records, read where they can be: what cannot be read costs the field, not the article, and is told."""

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, TypeVar

from searchapp.article import Dated, Noticed
from searchapp.calendar import EPOCH, day_exists, on_day
from searchapp.ingest.dating.bounds import disbelief
from searchapp.ingest.dating.metadata import parse_date
from searchapp.ingest.dating.stamps import stamped
from searchapp.ingest.formats.records.field_names import Fields
from searchapp.ingest.formats.text import one_line, original, web_address
from searchapp.ingest.notices import Notice
from searchapp.ingest.raw import MAX_ID, MAX_NAME, MAX_SPEAKERS, MAX_TITLE

Read = TypeVar("Read")
_NOTHING: Final = frozenset(
    "none null nil nan nat n/a na #n/a n.a. undefined unknown - -- — ? 0000-00-00 0000-00-00t00:00:00".split()
)
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,20}(?::\d{1,5})?(?=[/?#]|\Z)")
_PAGE_OF_HOST = re.compile(r"\s{0,9}(?:[\w-]{1,63}\.){1,8}[a-z]{2,20}/[^\s/]")
_FILE = re.compile(r"[^/?#]*\.(?:html?|php|aspx?|jsp|pdf|txt|json|xml|csv|jpe?g|png|docx?)\Z", re.IGNORECASE)
_CTIME = re.compile(
    r"(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2}) {1,2}(\d{1,2}) \d\d:\d\d:\d\d(?: [A-Z+-][\w:]{1,6})? ((?:19|20)\d\d)"
)
_CUT_OFF = re.compile(r"\s{0,9}(?:…|\.\.\.)?\s{0,9}\[\+\d{1,9} chars\]\s{0,9}\Z")
_WITHIN: Final = (
    "rendered", "plain", "text", "content", "value", "summary", "headline", "paragraphs", "sections", "p",
    "bodyTextSummary",
)  # fmt: skip
_OF_A_DAY: Final = ("$date", "date", "iso", "value", "$numberLong", "seconds", "_seconds", "#text", "@value")
_MAX_PARTS, _MAX_DEPTH = 10_000, 6  # of a text in lists and objects: paragraphs, and lists within lists


class Reader:
    """Reads the fields of one record; ``noticed`` is what had to be left out so far."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self.noticed: dict[Noticed, None] = {}

    def tell(self, field: str, why: Notice) -> None:
        self.noticed[Noticed(field, why)] = None

    def first(self, ours: str, read: Callable[[Any], Read | Notice | None], field: str = "") -> Read | None:
        """Return what ``read`` makes of the first value that it can read. Where it can read none, what it says of the
        first is told. It gives None for what is not worth telling."""
        told: Notice | None = None
        for value in self._fields.of(ours):
            made = Notice.NO_VALUE if says_nothing(value) else read(value)
            if isinstance(made, Notice):
                told = told or made
            elif made is not None:
                return made
        if told:
            self.tell(field or ours, told)
        return None

    def text(self) -> str | None:
        return self.first("text", _prose)

    def html(self) -> str | None:
        return self.first("html", _prose, "text")

    def summary(self) -> str | None:
        return self.first("summary", _prose, "text")

    def name(self) -> str | None:
        """Return the record's own id."""
        return self.first("id", _name)

    def title(self) -> str | None:
        return self.first("title", lambda value: _line(value, MAX_TITLE))

    def place(self) -> str | None:
        return self.first("place", lambda value: _line(value, MAX_NAME))

    def language(self) -> str | None:
        return self.first("language", _language)

    def url(self) -> str | None:
        """Return the address: also where it stands in the place of the source, or is the record's own id."""
        url = self.first("url", _address)
        if url is not None:
            return url
        named = (value for value in self._fields.of("id") if isinstance(value, str) and "://" in value)
        found = (_address(value) for value in (*self._fields.of("source"), *named))
        return next((each for each in found if isinstance(each, str) and _is_of_a_page(each)), None)

    def source(self) -> str | None:
        return self.first("source", _outlet)

    def published(self) -> Dated | None:
        if found := self.first("published", _day):
            return found
        numbers = [next(self._fields.of(part), None) for part in ("year", "month", "day")]
        parts = "-".join(str(number).zfill(2) for number in numbers)
        return parse_date(parts, origin="metadata") if re.fullmatch(r"\d{4}-\d\d-\d\d", parts) else None

    def updated(self) -> Dated | None:
        return self.first("updated", _day)

    def seen(self) -> str:
        """Return the latest time that the record tells of itself, as ``Raw.seen`` has it."""
        told = (_moment(value) for ours in ("published", "updated", "fetched") for value in self._fields.of(ours))
        return max((each for each in told if each), default="")

    def speakers(self) -> tuple[str, ...]:
        return self.first("speakers", _names) or ()

    def authors(self) -> tuple[str, ...]:
        """Return who is said to have written it; whatever is no list of names tells nothing, and is not noticed."""
        found = (_names(_named(value)) for value in self._fields.of("authors"))
        return next((names for names in found if isinstance(names, tuple) and names), ())


def says_nothing(value: Any) -> bool:
    """Tell whether a value is what programs write where they have none: such a word, or what is no number."""
    if isinstance(value, float):
        return value != value
    return isinstance(value, str) and len(value) < 40 and value.strip().casefold().replace(" ", "t") in _NOTHING


def known_by(reader: Reader) -> str:
    """Return the id of a record: its own, else a digest of its address or its text."""
    own = reader.name()
    if own is not None:
        return own
    told = reader.url() or reader.text() or reader.html() or reader.summary() or ""
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def without_cut(text: str) -> tuple[str, str]:
    """Return a text without the mark that a news API cut it off ("… [+1234 chars]"), and that mark."""
    cut = _CUT_OFF.search(text[-100:])
    at = len(text[:-100]) + cut.start() if cut else len(text)
    return text[:at], text[at:]


# Each reads one value: what it is, why it cannot be read, or None where that need not be told.


def _prose(value: Any) -> str | Notice | None:
    if isinstance(value, str):
        return value if any(letter.isalnum() for letter in value) else None
    if isinstance(value, list | dict):
        return "\n\n".join(_parts(value, _MAX_DEPTH, [_MAX_PARTS])) or None
    return Notice.NO_TEXT


def _parts(value: Any, depth: int, left: list[int]) -> Iterator[str]:
    """Yield the paragraphs in lists and objects, in their order; ``left`` counts down how many more may come."""
    if isinstance(value, str):
        left[0] -= 1
        if value.strip():
            yield value
        return
    inner = (
        value
        if isinstance(value, list)
        else [value[key] for key in _WITHIN if key in value]
        if isinstance(value, dict)
        else ()
    )
    for each in inner:
        if not depth or left[0] <= 0:
            return
        yield from _parts(each, depth - 1, left)


def _name(value: Any) -> str | Notice | None:
    if isinstance(value, dict | bool):
        return None
    name = str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
    if isinstance(value, list) or not name.isprintable() or not {".", ".."}.isdisjoint(name.split("/")):
        return Notice.NO_ID
    return (name or None) if len(name) <= MAX_ID else Notice.TOO_LONG


def _line(value: Any, limit: int) -> str | Notice | None:
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return Notice.NO_TEXT
    return one_line(str(value), limit)


def _address(value: Any) -> str | Notice | None:
    value = value[0] if isinstance(value, list) and value else value
    if not isinstance(value, str):
        return None if isinstance(value, dict) else Notice.NO_ADDRESS
    url = value.strip()
    bare = url.removeprefix("//")
    if "://" not in url and _HOST.match(bare) and not _FILE.fullmatch(bare):
        url = f"https://{bare}"
    return web_address(original(url)) or Notice.NO_ADDRESS


def _is_of_a_page(url: str) -> bool:
    return bool(re.match(r"https?://[^/]+/[^\s/]", url))


def _outlet(value: Any) -> str | Notice | None:
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, str) and _PAGE_OF_HOST.match(value):
        return Notice.ADDRESS_AS_SOURCE
    if isinstance(value, str) and "://" in value:
        host = re.match(r"\w{1,9}://(?:www\.)?([\w.-]{1,200})/?\s*\Z", value.strip())
        return host[1] if host else Notice.ADDRESS_AS_SOURCE
    return Notice.NO_TEXT if isinstance(value, int | float) else _line(value, MAX_NAME)


def _named(value: Any) -> Any:
    """Return a value with the name of each object in it, if it holds objects."""
    listed = value if isinstance(value, list) else [value]
    return [each.get("name") if isinstance(each, dict) else each for each in listed]


def _names(value: Any) -> tuple[str, ...] | Notice | None:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return Notice.NO_LIST
    if len(names) > MAX_SPEAKERS:
        return Notice.TOO_LONG
    return tuple(dict.fromkeys(line for name in names if (line := one_line(name, MAX_NAME))))


def _language(value: Any) -> str | Notice | None:
    if not isinstance(value, str):
        return None
    word = value.strip().casefold()
    code = re.fullmatch(r"([a-z]{2})(?:[-_][a-z0-9-_]{1,20})?", word)
    return code[1] if code else _languages().get(word, Notice.NO_TEXT)


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """Return the codes (ISO 639-1) of languages by their English and their own names, and by codes of three letters."""
    from babel import Locale
    from babel.core import get_global

    english = {name.casefold(): code for code, name in Locale("en").languages.items() if len(code) == 2}
    own = {str(Locale(code).languages.get(code, code)).casefold(): code for code in _COMMON}
    longer = {
        long: short for long, short in get_global("language_aliases").items() if len(long) == 3 and len(short) == 2
    }
    return {**longer, **own, **english}


_COMMON: Final = "ar cs da de el en es fa fi fr he hi hu id it ja ko nl no pl pt ro ru sv th tr uk vi zh".split()


# Days and times


def _day(value: Any) -> Dated | Notice | None:
    """Return the day of a value, or why it is none: text, seconds or thousandths since 1970, [2021, 4, 27], or an
    object around one of these."""
    for _ in range(_MAX_DEPTH):
        if isinstance(value, list) and len(value) >= 3 and all(type(part) is int for part in value[:3]):
            value = "-".join(str(part).zfill(2) for part in value[:3])
        elif isinstance(value, list) and value:
            value = value[0]
        elif isinstance(value, dict):
            value = next((value[key] for key in _OF_A_DAY if key in value), None)
    if value is None or says_nothing(value):
        return None if value is None else Notice.NO_VALUE
    moment = _since_1970(value)
    if moment is not None:
        if why := disbelief(on_day(moment.date(), "metadata")):
            return why
        dated: Dated | None = stamped(moment, "metadata")
    elif isinstance(value, str):
        ctime = _CTIME.fullmatch(" ".join(value.split())[:99])
        written = f"{ctime[2]} {ctime[1]} {ctime[3]}" if ctime else value
        dated = parse_date(written, origin="metadata")
    else:
        dated = parse_date(str(value), origin="metadata") if type(value) is int else None
    if dated is None or (dated.first == EPOCH and not _is_a_day_alone(value)):
        return Notice.NO_DAY
    return disbelief(dated) or dated


def _is_a_day_alone(value: Any) -> bool:
    return isinstance(value, str) and len(value.strip()) <= len("1970-01-01")


def _since_1970(value: Any) -> datetime | None:
    """Return the time (UTC) of a number of seconds since 1970, or of thousandths, millionths or billionths; None for
    anything else, as for days that are written as a number (20210427, 20210427063000) or a year."""
    if isinstance(value, str) and re.fullmatch(r"\d{9,19}(?:\.\d{1,9})?", value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1e8 <= value < 2e19:
        return None
    written = str(int(value))
    if len(written) in (12, 14) and _is_written_day(written):
        return None
    for _ in range(3):
        if value >= 1e11:
            value /= 1_000
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value)
    except OverflowError:
        return None


def _is_written_day(digits: str) -> bool:
    year, month, day, hour = (int(digits[start:end]) for start, end in ((0, 4), (4, 6), (6, 8), (8, 10)))
    return 1800 <= year <= 2100 and day_exists(year, month, day) and hour < 24


def _moment(value: Any) -> str:
    """Return the time of a value in UTC as ISO 8601 writes it, or its day; "" where there is none to believe."""
    if isinstance(value, str):
        try:
            moment: datetime | None = datetime.fromisoformat(value.strip())
        except ValueError:
            moment = _since_1970(value)
    else:
        moment = _since_1970(value)
    if moment and date(1970, 1, 2) < moment.date() and not disbelief(on_day(moment.date(), "")):
        return (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat(timespec="seconds")[:19]
    dated = _day(value)
    return f"{dated.first}T00:00:00" if isinstance(dated, Dated) else ""
