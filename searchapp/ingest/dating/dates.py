"""Dates as they stand in a text, in many formats and languages, with what stands around them.

What a text leaves open (the year, the order of day and month) is left open here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final, Literal, cast

from searchapp.article import Dated
from searchapp.calendar import (
    ENGLISH_MONTHS,
    MONTH,
    MONTHS,
    VIETNAMESE_MONTH,
    WEEKDAYS,
    day_exists,
    either,
    in_month,
    in_year,
    month_number,
    on_day,
)

Format = Literal["iso", "compact", "numeric", "day month", "month day", "month", "labelled month", "partial"]
Label = Literal["published", "updated", "date"]
MAX_METADATA: Final = 200  # code points of a metadata field or a line that holds a date and nothing else
_REACH = 80  # code points on either side of a digit
_GAP = r"[^\S\n]"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
# A year may be glued to what follows, "20199. Februar 2019" or "202310:43", but is no part of a longer number.
_YEAR = (
    r"(?:1[89]|20)\d\d(?:(?!\d)|"
    rf"(?=\d{{1,2}}(?:[:h]\d\d|[.,]?{_GAP}?{MONTH}|[./-]\d{{1,2}}[./-]))|(?=\d(?!\d|[.,]\d)))"
)
_OF = rf"(?:(?:de|del|of|năm){_GAP})?"
_FLAGS = re.IGNORECASE
_DIGITS_FIRST = {
    "iso": rf"(?P<y>{_YEAR})(?<![\d.]\d{{4}})(?P<sep>[-/.年])(?P<m>1[0-2]|0?[1-9])"
    rf"(?:(?P=sep)|月)(?P<d>{_DAY})(?!\d|[-/.]\d)",
    # "20210305" is a date at the start of a line, where nothing but a time of day follows; elsewhere it is a number.
    "compact": rf"(?P<y>(?:19|20)\d\d)(?<![^\n]\d{{4}})(?P<m>1[0-2]|0[1-9])(?P<d>3[01]|[12]\d|0[1-9])"
    rf"(?={_GAP}{{0,9}}(?![^\n])|[T ]\d\d:\d\d)",
    "numeric": rf"(?P<a>\d(?<![\d./-]\d)\d?)(?P<sep>[./-]|{_GAP}\|)(?:{_GAP}?)(?P<b>\d{{1,2}})(?P=sep){_GAP}?"
    rf"(?P<y>{_YEAR}|(?<=[./])\d\d(?![\d%]|[.,:/-]\d))",
    "day month": rf"(?:(?<!\d)(?<!\d[.,:/])|(?<=\D(?:19|20)\d\d))(?P<d>{_DAY})"
    rf"(?:st|nd|rd|th|er|\.?º|\.)?(?:{_GAP}|[-/,]){{0,2}}{_OF}"
    rf"(?P<m>{MONTH})(?![^\W\d_])\.?"
    rf"(?:(?:{_GAP}|[,./-]){{0,3}}{_OF}(?P<y>{_YEAR}|(?<=-)\d\d(?!\d)|['’]\d\d(?!\d)))?",
    "partial": rf"(?:ngày|sáng|chiều|tối|trưa)\s(?P<a>{_DAY})[/-](?P<b>1[0-2]|0?[1-9])(?![/-]?\d)",
    "month": rf"(?P<m>{VIETNAMESE_MONTH})(?:,|{_GAP}năm)?{_GAP}(?P<y>{_YEAR})",
    # "2010-11" is a month behind a label ("Published: 2010-11"); elsewhere it is a season or a score.
    "labelled month": rf"(?P<y>(?:19|20)\d\d)-(?<=(?:[^\W\d_]|:){_GAP}\d{{4}}-)(?P<m>1[0-2]|0[1-9])(?![\d/-])",
}
_FINDERS = {name: re.compile(pattern, _FLAGS) for name, pattern in _DIGITS_FIRST.items()}
# What a text must hold somewhere for these to be worth a search: found at once, as it begins with a digit or sign.
_HINTS = {"partial": re.compile(r"\d[/-]\d"), "month": re.compile("[áÁ]ng")}
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
# Where a month stands first, words before digits are looked up; only at those that are months is a date read.
_WORD_BEFORE_DIGIT = re.compile(rf"(?<![^\W\d_])([^\W\d_]{{3,30}})\.?(?:{_GAP}|[,./-]){{0,3}}{_OF}(?=\d)", _FLAGS)
_GLUED_MONTH = re.compile(r"(?<=[a-zß])[A-ZД][^\W\d_]+\Z")
_AFTER_MONTH = {
    "month day": rf"(?P<m>[^\W\d_]+)\.?(?:{_GAP}|[,-]){{0,3}}(?P<d>{_DAY})(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)"
    rf"(?:(?:{_GAP}|[,./-]){{0,3}}(?P<y>{_YEAR}))?",
    "month": rf"(?P<m>[^\W\d_]+)\.?(?:{_GAP}|[,/-]){{1,3}}{_OF}(?P<y>{_YEAR})",
}
_READERS = {name: re.compile(pattern, _FLAGS) for name, pattern in _AFTER_MONTH.items()}
_NUMBERED = re.compile(  # "Issue 12, March 2021": the number is no day
    rf"(?<![^\W\d_])(?:issue|number|n[or]\.|vol(?:ume|\.)|page|p\.|chapter|room|part|edition|episode){_GAP}?\Z", _FLAGS
)
_OLDER = re.compile(rf"{_GAP}?,?{_GAP}?1[0-7]\d\d(?!\d)")  # a year before there was news
_ISO_DAY = re.compile(r"((?:1[89]|20)\d\d)-(\d\d)-(\d\d)", re.ASCII)
_COMPACT = re.compile(r"((?:1[89]|20)\d\d)(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])")
_WEEKDAY_BEFORE = re.compile(
    rf"(?<![^\W\d_])({either(WEEKDAYS)})\.?[\s,|/-]{{0,3}}(?:the |den |dem |le |ngày )?\Z", _FLAGS
)
_TIME = re.compile(
    r"\d{1,2}\s?[:.h]\s?\d\d(?:[:.]\d\d)?(?:\.\d+)?\s?(?:[ap]\.?\s?m\b\.?|uhr|h\b)?|(?<!\d)\d{1,2}\s?(?:[ap]\.?m\b\.?|uhr\b)"
    r"|T\d\d:\d\d(?::\d\d)?(?:\.\d+)?|(?<![:\d])\d{4}(?=\s(?:GMT|UTC|[A-Z]{2,3}T)\b)",
    _FLAGS,
)
_ZONE = re.compile(
    r"\(?\b(?:GMT|UTC|[ECMPB][SED]?T|AEST|AEDT|CEST|CET|BST|IST|MESZ|MEZ|HKT|SGT|JST|MSK|WIB|WITA|WIT|МСК|Z|"
    r"local time)\b"
    r"(?:\s?[+-]\d{1,2}(?::?\d\d)?)?\)?|[+-]\d\d:?\d\d\b",
    _FLAGS,
)
_UPDATED = (
    r"last\s(?:updated|modified|edited|changed|revised|reviewed|update)|re-?edited|updated|modified|edited|revised|update|"
    r"zuletzt\s(?:aktualisiert|geändert|bearbeitet|überarbeitet)|letzte\s(?:aktualisierung|änderung|bearbeitung)|stand|"
    r"aktualisiert|aktualisierung|geändert|bearbeitet|mise? à jour|modifié|modification|"
    r"actualizad[oa]|actualización|modificado|ultima modifica|aggiornat[oa]|aggiornamento|bijgewerkt|"
    r"обновлено|обновлён|изменено|cập nhật|diperbarui|diupdate"
)
_PUBLISHED = (
    r"(?:first|originally)\s(?:published|posted)|publish(?:ed)?(?:\s?date)?|publication date|date published|"
    r"posted|post date|date posted|released|release date|filed|created|issued|submitted|"
    r"erstveröffentlich\w{0,4}|erstmals\serschienen|veröffentlicht|veröffentlichung|veröffentlichungsdatum|erscheinungsdatum|"
    r"erschienen|erstellt|erstellungsdatum|eingestellt|gepostet|geschrieben|verfasst|gespeichert|publiziert|"
    r"publié|mis en ligne|paru|publicado|publicación|pubblicat[oa]|creato|gepubliceerd|geplaatst|"
    r"опубликовано|дата публикации|размещено|đăng lúc|đăng ngày|ngày đăng|xuất bản|diterbitkan|dipublikasikan"
)
_DATE_LABEL = r"date|datum|fecha|дата|tanggal|ngày|beginndatum|start date"
_LABEL = re.compile(
    rf"(?<![^\W\d_])(?<!-)(?:(?P<updated>{_UPDATED})|(?P<published>{_PUBLISHED})|(?P<date>{_DATE_LABEL}))(?:(?![^\W\d_])|(?=[A-Z]))",
    _FLAGS,
)
_PARTICIPLE = re.compile(
    r"\b(?:(?P<updated>geändert|aktualisiert|bearbeitet)|(?P<published>veröffentlicht|gepostet|publiziert|eingestellt))\b"
)
_FILLER = re.compile(
    r"(?<![^\W\d_])(?:on|at|the|um|am|vom|von|le|à|el|a las|alle|il|lúc|ngày|pukul|в|г|года|noch|uhr|and|"
    rf"{either(WEEKDAYS)})(?![^\W\d_])",
    _FLAGS,
)
_WORD = re.compile(r"[^\W\d_]+")
_PREFIX = re.compile(
    rf"\s{{0,20}}(?:{_DATE_LABEL}|published)\s?:?\s{{1,5}}\d{{4}}-\d\d-\d\d"
    r"(?:[T ]\d\d:\d\d(?::\d\d)?)?(?!\w)[ \t]*",
    _FLAGS,
)
_PREFIXES = re.compile(rf"^{_PREFIX.pattern}", _FLAGS | re.MULTILINE)
# A line that names who wrote an article; its date is often in the same line.
BYLINE: Final = re.compile(
    r"(?i:by|(?:written|posted|published|reported|story|words|text|compiled|translated|edited) by|author"
    r"|(?:reporting|editing|writing|additional reporting|translation) by|von|par|por|oleh|di|автор|текст"
    r"|tác giả)\b"
    r"(?: ?:)? ?(?=[A-ZÀ-ÞĐА-Я@#])|(?:[^@\n]{2,40}[,|( ] ?)?@\w{2,30}\)?$",
)
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])(?!\d)")


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


# Finding


def find_dates(text: str) -> list[Candidate]:
    """Return every date of ``text`` in order of place, none overlapping. Time is linear in its length."""
    return list(_found(text)) if _DIGITS.search(text) else []


@lru_cache(maxsize=16)
def _found(text: str) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    for name, match in _matches(text):
        candidate = _read(name, match)
        if candidate and not _is_no_date(text, candidate):
            found.append(candidate)
    found.sort(key=lambda c: (c.start, -c.end, c.year is None))
    return tuple(_around(text, _apart(found)))


def _is_no_date(text: str, candidate: Candidate) -> bool:
    """Tell whether the text beside a date shows that it is none: "Issue 12, March 2021", "4 March 1621"."""
    if candidate.year is None and _OLDER.match(text, candidate.end):
        return True
    before = text[max(0, candidate.start - 12) : candidate.start]
    return candidate.format == "day month" and _NUMBERED.search(before) is not None


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
    words = {word.lower() for word in _LETTERS.findall(text, first, last)}
    for name, finder in _FINDERS.items():
        if name in _HINTS and not _HINTS[name].search(text, first, last):
            continue
        if name == "day month" and not _may_name_month(words):
            continue
        for match in finder.finditer(text, first, last):
            yield name, match
    for word in _WORD_BEFORE_DIGIT.finditer(text, first, last):
        start = word.start()
        if word[1].lower() not in MONTHS:
            glued = _GLUED_MONTH.search(word[1])
            if not glued or glued[0].lower() not in MONTHS:
                continue
            start += glued.start()
        for name, reader in _READERS.items():
            if read := reader.match(text, start):
                yield name, read


def _may_name_month(words: set[str]) -> bool:
    return not MONTHS.keys().isdisjoint(words) or any(
        word[:2] in ("st", "nd", "rd", "th", "er", "de", "of") and word[2:] in MONTHS for word in words
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


def _read(name: str, match: re.Match[str]) -> Candidate | None:
    start, end = match.span()
    groups = match.groupdict()
    year = _year_number(groups.get("y"))
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


def _year_number(text: str | None) -> int | None:
    """Two digits are read with the pivot POSIX strptime has: 69 is 1969, 68 is 2068; news is older than that."""
    if text is None:
        return None
    number = int(text.lstrip("'’"))
    if number >= 100:
        return number
    return number + (1900 if number >= 69 else 2000)


def _is_word(month: str) -> bool:
    """English months begin with a capital; "may 20 people" and "march 5 miles" are no dates."""
    return month[0].islower() and (month in ENGLISH_MONTHS or len(month) <= 3)


def day_first_evidence(text: str) -> int:
    """Return how many numeric dates of ``text`` can only be read day first, less those only month first.

    Dates with dots are always day first, in every country that writes them, and say nothing of the others.
    """
    evidence = 0
    for match in _FINDERS["numeric"].finditer(text):
        if match["sep"] not in ("/", "-"):
            continue
        first, second = int(match["a"]), int(match["b"])
        year = _year_number(match["y"])
        evidence += (day_exists(year, second, first) and first > 12) - (day_exists(year, first, second) and second > 12)
    return evidence


# What stands around a date


def _around(text: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates with what stands around them: weekday, label, time of day."""
    previous = 0
    for candidate in candidates:
        start, end = candidate.start, candidate.end
        before = text[max(previous, start - 80) : start]
        line = before.rpartition("\n")
        weekday = _WEEKDAY_BEFORE.search(before[-24:])
        day = WEEKDAYS[" ".join(weekday[1].lower().split())] if weekday else None
        after = text[end : end + 60].partition("\n")[0]
        label = _last_label(line[2]) or _label_after(after) or (_label_line(line[0]) if not line[2].strip() else None)
        timed = bool(_TIME.search(text[end : end + 16].partition("\n")[0]) or _TIME.search(line[2][-24:]))
        candidate = replace(candidate, weekday=day, label=label, timed=timed)
        previous = end
        if label or candidate.format != "labelled month":
            yield _settled_by_weekday(candidate)


def _settled_by_weekday(candidate: Candidate) -> Candidate:
    if not candidate.either or candidate.weekday is None:
        return candidate
    readings = [candidate.ordered(True), candidate.ordered(False)]
    fitting = [r for r in readings if (day := r.on()) and day.weekday() == candidate.weekday]
    return fitting[0] if len(fitting) == 1 else candidate


def _last_label(text: str) -> Label | None:
    """Return the label nearest before a date, unless other words stand between ("updated by Jane Roe on" may)."""
    nearest = max(_LABEL.finditer(text), key=lambda label: label.start(), default=None)
    if nearest is None or len(_WORD.findall(blanked(text[nearest.end() :], ()))) > 3:
        return None
    return cast(Label, nearest.lastgroup)


def _label_after(text: str) -> Label | None:
    """German puts it behind: "zuletzt am 3. Mai 2019 geändert"."""
    found = _PARTICIPLE.search(text)
    if not found or len(_WORD.findall(blanked(text[: found.start()], ()))) > 3:
        return None
    return cast(Label, found.lastgroup)


def _label_line(before: str) -> Label | None:
    """Return the label if the line before holds nothing but one ("Last updated:")."""
    line = before.rstrip().rpartition("\n")[2].strip()
    match = _LABEL.match(line)
    if match is None or len(_WORD.findall(line)) > len(_WORD.findall(match[0])) + 1:
        return None
    return cast(Label, match.lastgroup)


# Prefixes, lines and labels


def date_prefix(text: str) -> int:
    """Return the length of a leading `` date 2021-04-27 `` that a scraper left before the text, else 0."""
    found = _PREFIX.match(text)
    return found.end() if found else 0


def without_date_prefixes(text: str) -> str:
    """Return ``text`` without the prefixes (see ``date_prefix``) that its lines begin with."""
    return _PREFIXES.sub("", text)


def is_date_line(line: str) -> bool:
    """Say whether a line holds a date or a time of day, and nothing else but labels, weekdays and zones."""
    if len(line) > MAX_METADATA:
        return False
    dates = find_dates(line)
    if not dates and not _TIME.search(line):
        return False
    return not re.search(r"\w", blanked(line, dates))


def is_date_label(line: str) -> bool:
    """Say whether a line holds a label ("Last updated:") and no date."""
    return len(line) <= 40 and _LABEL.match(line) is not None and not re.search(r"\w", blanked(line, ()))


def blanked(line: str, dates: Iterable[Candidate]) -> str:
    """Return a line with blanks for its dates, times, zones, labels and the small words that join them."""
    kept: list[str] = []
    place = 0
    for candidate in dates:
        kept += line[place : candidate.start], " " * (candidate.end - candidate.start)
        place = candidate.end
    line = "".join(kept) + line[place:]
    for pattern in (_TIME, _ZONE, _LABEL, _FILLER):
        line = pattern.sub(lambda found: " " * len(found[0]), line)
    return line


# Metadata, addresses and paths


def parse_date(text: str, *, origin: str, day_first: bool | None = None) -> Dated | None:
    """Return the one date that a metadata field holds, or None if it holds none or anything besides.

    Read are ISO 8601 (also ``2021-04``, ``2021``, ``20210427``, with time and zone), RFC 822 and written dates of the
    languages known here. The day is the one written, in whatever zone. A numeric date whose order of day and month
    is open is known to the year only, unless ``day_first`` tells.
    """
    text = " ".join(text.split())
    if not text or len(text) > MAX_METADATA:
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
