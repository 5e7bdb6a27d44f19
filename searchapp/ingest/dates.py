"""When an article was published, when it was updated, and on what day a statement was made.

Dates are found in many formats and languages (``find_dates``); ``decide`` weighs them by where they stand and
what stands around them. What is not known is not guessed: a wrong day files an article under a day when it
was not said, which is worse than no day. Nothing here looks at a clock.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Literal, cast

from searchapp.model import Dated

Format = Literal["iso", "compact", "numeric", "day month", "month day", "month", "partial"]
Label = Literal["published", "updated", "date"]

# Only so much of an article is searched for its date; an article's own date never stands deeper.
MAX_HEAD, MAX_BODY, MAX_TAIL, MAX_STATEMENT, MAX_METADATA = 50_000, 200_000, 50_000, 5_000, 200
MAX_PER_LINE = 8  # dates

_MONTH_NAMES = (
    "january jan januar jänner jän janvier janv enero ene januari gennaio gen janeiro января январь янв",
    "february feb februar feber février févr fév fevrier febrero februari febbraio fevereiro февраля февраль фев",
    "march mar märz mär mrz mars marzo março marco maret maart marts марта март мар",
    "april apr avril avr abril abr aprile апреля апрель апр",
    "may mai mayo mei maio maj maggio mag мая май",
    "june jun juni juin junio junho giugno giu июня июнь июн",
    "july jul juli juillet juil julio julho luglio lug июля июль июл",
    "august aug août aout agosto ago agustus agu ags augustus августа август авг",
    "september sept sep septembre septiembre settembre setembro set сентября сентябрь сент сен",
    "october oct oktober okt octobre octubre outubro ottobre ott октября октябрь окт",
    "november nov novembre noviembre novembro nopember ноября ноябрь нояб ноя",
    "december dec dezember dez décembre déc decembre diciembre dezembro dic desember des dicembre декабря декабрь дек",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_VIETNAMESE_NUMBERS = "một hai ba tư năm sáu bảy tám chín mười mười.một mười.hai".split()
_MONTHS |= {f"tháng {n.replace('.', ' ')}": i for i, n in enumerate(_VIETNAMESE_NUMBERS, 1)}
_ENGLISH_MONTHS = frozenset(
    "january jan february feb march mar april apr may june jun july jul august aug september sept sep october"
    " oct november nov december dec".split()
)
_WEEKDAY_NAMES = (
    "monday mon montag mo lundi lun lunes lunedì senin понедельник понедельника пн",
    "tuesday tues tue dienstag di mardi martes martedì selasa вторник вторника вт",
    "wednesday wed mittwoch mi mercredi mer miércoles miercoles mercoledì rabu среда среду среды ср",
    "thursday thurs thur thu donnerstag do jeudi jeu jueves giovedì kamis четверг четверга чт",
    "friday fri freitag fr vendredi ven viernes venerdì jumat jum'at пятница пятницу пятницы пт",
    "saturday sat samstag sonnabend sa samedi sam sábado sabado sabato sabtu суббота субботу субботы сб",
    "sunday sun sonntag so dimanche dim domingo domenica minggu воскресенье воскресенья вс",
)
_WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}
_WEEKDAYS |= {f"thứ {n}": i for i, n in enumerate(("hai", "ba", "tư", "năm", "sáu", "bảy"))}
_WEEKDAYS |= {f"thứ {i + 2}": i for i in range(6)} | {"chủ nhật": 6}


def _either(words: Iterable[str]) -> str:
    """Return an alternation of ``words``, the longest first."""
    return "|".join(re.escape(word).replace("\\ ", r"\s") for word in sorted(words, key=len, reverse=True))


_VIETNAMESE_MONTH = rf"tháng\s(?:1[0-2]|0?[1-9]|{_either(_VIETNAMESE_NUMBERS)})(?!\w)"
_MONTH = rf"(?:{_either(_MONTHS)}|{_VIETNAMESE_MONTH})"
_GAP = r"[^\S\n]"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
# A year may be glued to what follows, "20199. Februar 2019" or "202310:43", but is no part of a longer number.
_YEAR = (
    r"(?:1[89]|20)\d\d(?:(?!\d)|"
    rf"(?=\d{{1,2}}(?:[:h]\d\d|[.,]?{_GAP}?{_MONTH}|[./-]\d{{1,2}}[./-]))|(?=\d(?!\d|[.,]\d)))"
)
_OF = rf"(?:(?:de|del|of|năm){_GAP})?"
_FLAGS = re.IGNORECASE

_DIGITS_FIRST = {
    "iso": rf"(?<![\d.])(?P<y>{_YEAR})(?P<sep>[-/.年])(?P<m>1[0-2]|0?[1-9])(?:(?P=sep)|月)(?P<d>{_DAY})(?!\d|[-/.]\d)",
    "numeric": rf"(?<![\d./-])(?P<a>\d{{1,2}})(?P<sep>[./-]|{_GAP}\|)(?:{_GAP}?)(?P<b>\d{{1,2}})(?P=sep){_GAP}?"
    rf"(?P<y>{_YEAR}|(?<=[./])\d\d(?![\d%]|[.,:/-]\d))",
    "day month": rf"(?:(?<!\d)(?<!\d[.,:/])|(?<=\D(?:19|20)\d\d))(?P<d>{_DAY})"
    rf"(?:st|nd|rd|th|er|\.?º|\.)?(?:{_GAP}|[-/,]){{0,2}}{_OF}"
    rf"(?P<m>{_MONTH})(?![^\W\d_])\.?"
    rf"(?:(?:{_GAP}|[,./-]){{0,3}}{_OF}(?P<y>{_YEAR}|(?<=-)\d\d(?!\d)|['’]\d\d(?!\d)))?",
    "partial": rf"(?:ngày|sáng|chiều|tối|trưa)\s(?P<a>{_DAY})[/-](?P<b>1[0-2]|0?[1-9])(?![/-]?\d)",
    "month": rf"(?P<m>{_VIETNAMESE_MONTH})(?:,|{_GAP}năm)?{_GAP}(?P<y>{_YEAR})",
}
_FINDERS = {name: re.compile(pattern, _FLAGS) for name, pattern in _DIGITS_FIRST.items()}
# Where a month stands first, words before digits are looked up; only at those that are months is a date read.
_WORD_BEFORE_DIGIT = re.compile(rf"(?<![^\W\d_])([^\W\d_]{{3,30}})\.?(?:{_GAP}|[,./-]){{0,3}}{_OF}(?=\d)", _FLAGS)
_GLUED_MONTH = re.compile(r"(?<=[a-zß])[A-ZД][^\W\d_]+\Z")
_AFTER_MONTH = {
    "month day": rf"(?P<m>[^\W\d_]+)\.?(?:{_GAP}|[,-]){{0,3}}(?P<d>{_DAY})(?:st|nd|rd|th)?(?![\d%]|[.,:]\d)"
    rf"(?:(?:{_GAP}|[,./-]){{0,3}}(?P<y>{_YEAR}))?",
    "month": rf"(?P<m>[^\W\d_]+)\.?(?:{_GAP}|[,/-]){{1,3}}{_OF}(?P<y>{_YEAR})",
}
_READERS = {name: re.compile(pattern, _FLAGS) for name, pattern in _AFTER_MONTH.items()}
_OLDER = re.compile(rf"{_GAP}?,?{_GAP}?1[0-7]\d\d(?!\d)")  # a year before there was news
_COMPACT = re.compile(r"((?:1[89]|20)\d\d)(1[0-2]|0[1-9])(3[01]|[12]\d|0[1-9])")
_WEEKDAY_BEFORE = re.compile(
    rf"(?<![^\W\d_])({_either(_WEEKDAYS)})\.?[\s,|/-]{{0,3}}(?:the |den |dem |le |ngày )?\Z", _FLAGS
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
    rf"{_either(_WEEKDAYS)})(?![^\W\d_])",
    _FLAGS,
)
_WORD = re.compile(r"[^\W\d_]+")
_PREFIX = re.compile(
    rf"\s{{0,20}}(?:{_DATE_LABEL}|published)\s?:?\s{{1,5}}\d{{4}}-\d\d-\d\d"
    r"(?:[T ]\d\d:\d\d(?::\d\d)?)?(?!\w)[ \t]*",
    _FLAGS,
)
_PREFIXES = re.compile(rf"^{_PREFIX.pattern}", _FLAGS | re.MULTILINE)
_MAX_PREFIX_APART = 30  # days
_SOON = 3  # days in which most events are reported, and most articles updated
_FEW = 8  # dates of open order that are compared with events
_LONG_AFTER = 300  # days after which a page was crawled rather than published


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
            return _year(self.year, f"{origin}, day or month first unknown")
        if self.day is None:
            return _month(self.year, self.month, origin)
        return _day(date(self.year, self.month, self.day), origin)


def _day(day: date, origin: str) -> Dated:
    return Dated(day, day, "day", origin)


def _month(year: int, month: int, origin: str) -> Dated:
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return Dated(date(year, month, 1), last, "month", origin)


def _year(year: int, origin: str) -> Dated:
    return Dated(date(year, 1, 1), date(year, 12, 31), "year", origin)


def _exists(year: int | None, month: int, day: int) -> bool:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


# --- finding ---------------------------------------------------------------------------------------------


_REACH = 80  # code points


def find_dates(text: str) -> list[Candidate]:
    """Return every date of ``text`` in order of place, none overlapping. Time is linear in its length."""
    found: list[Candidate] = []
    for name, match in _matches(text):
        candidate = _read(name, match)
        if candidate and not (candidate.year is None and _OLDER.match(text, candidate.end)):
            found.append(candidate)
    found.sort(key=lambda c: (c.start, -c.end, c.year is None))
    return list(_around(text, _apart(found)))


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for start, end in _around_digits(text):
        yield from _matches_between(text, start, end)


def _around_digits(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of ``text`` that dates can stand in: each has a digit, and none is longer than ``_REACH``
    on either side of it. Most of an article is none of them."""
    start = end = 0
    for digits in re.finditer(r"\d+", text):
        if digits.start() - _REACH > end:
            if end:
                yield start, end
            start = digits.start() - _REACH
        end = digits.end() + _REACH
    if end:
        yield start, min(end, len(text))


def _matches_between(text: str, first: int, last: int) -> Iterator[tuple[str, re.Match[str]]]:
    for name, finder in _FINDERS.items():
        for match in finder.finditer(text, first, last):
            yield name, match
    for word in _WORD_BEFORE_DIGIT.finditer(text, first, last):
        start = word.start()
        if word[1].lower() not in _MONTHS:
            glued = _GLUED_MONTH.search(word[1])
            if not glued or glued[0].lower() not in _MONTHS:
                continue
            start += glued.start()
        for name, reader in _READERS.items():
            if read := reader.match(text, start):
                yield name, read


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
    month = _month_number(groups["m"])
    day = int(groups["d"]) if groups.get("d") else None
    if day is not None and not _exists(year, month, day):
        return None
    if year is None and _is_word(groups["m"]):
        return None
    return Candidate(start, end, cast(Format, name), year, month, day)


def _read_numeric(
    start: int, end: int, first: int, second: int, year: int | None, groups: dict[str, str | None]
) -> Candidate | None:
    day_first, month_first = _exists(year, second, first), _exists(year, first, second)
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


def _month_number(text: str) -> int:
    name = " ".join(text.lower().split())
    if name.isdecimal():
        return int(name)
    return _MONTHS.get(name) or int(name.rpartition(" ")[2])


def _is_word(month: str) -> bool:
    """English months begin with a capital; "may 20 people" and "march 5 miles" are no dates."""
    return month[0].islower() and (month in _ENGLISH_MONTHS or len(month) <= 3)


def _around(text: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates with what stands around them: weekday, label, time of day."""
    previous = 0
    for candidate in candidates:
        start, end = candidate.start, candidate.end
        before = text[max(previous, start - 80) : start]
        line = before.rpartition("\n")
        weekday = _WEEKDAY_BEFORE.search(before[-24:])
        day = _WEEKDAYS[" ".join(weekday[1].lower().split())] if weekday else None
        after = text[end : end + 60].partition("\n")[0]
        label = _last_label(line[2]) or _label_after(after) or (_label_line(line[0]) if not line[2].strip() else None)
        timed = bool(_TIME.search(text[end : end + 16].partition("\n")[0]) or _TIME.search(line[2][-24:]))
        candidate = replace(candidate, weekday=day, label=label, timed=timed)
        previous = end
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
    if nearest is None or len(_WORD.findall(_bare(text[nearest.end() :], ()))) > 3:
        return None
    return cast(Label, nearest.lastgroup)


def _label_after(text: str) -> Label | None:
    """German puts it behind: "zuletzt am 3. Mai 2019 geändert"."""
    found = _PARTICIPLE.search(text)
    if not found or len(_WORD.findall(_bare(text[: found.start()], ()))) > 3:
        return None
    return cast(Label, found.lastgroup)


def _label_line(before: str) -> Label | None:
    """Return the label if the line before holds nothing but one ("Last updated:")."""
    line = before.rstrip().rpartition("\n")[2].strip()
    match = _LABEL.match(line)
    if match is None or len(_WORD.findall(line)) > len(_WORD.findall(match[0])) + 1:
        return None
    return cast(Label, match.lastgroup)


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
        evidence += (_exists(year, second, first) and first > 12) - (_exists(year, first, second) and second > 12)
    return evidence


# --- deciding --------------------------------------------------------------------------------------------

Zone = Literal["head", "dateline", "body", "tail"]

_SEPARATOR = re.compile(r"\s{2,}|\s?[|•·]\s?")
_SHAPE = re.compile(r"\d+|[^\W\d_]+")
_EVERYDAY_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|for|by)\b", _FLAGS)
_DAY_FIRST_DOMAIN = re.compile(r"\A\w+://[^/]{1,200}\.(?:uk|ie|au|nz|in|za|sg|my|hk|ng|ke)(?=[:/]|\Z)", _FLAGS)
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])(?!\d)")
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,500}", _FLAGS)
_FUTURE = re.compile(
    r"\b(?:will|would|shall|to be|be\s?(?:held|organi[sz]ed|hosted|convened)|upcoming|scheduled|slated|planned|plans|"
    r"due|next|expected|later)\b[^.;]{0,60}\Z|\b(?:until|till|by|from|before|ahead of)\s(?:the\s)?\Z",
    _FLAGS,
)
_SINCE = re.compile(r"\bsince\s(?:the\s)?\Z", _FLAGS)
_PAST = re.compile(
    r"\b(?:since|last|held|was|were|signed|had|after|adopted|born|died|founded|began|took|made|previous|earlier)\b[^.;]{0,60}\Z",
    _FLAGS,
)
_ON = re.compile(r"(?:\A\W*|\b(?:on|am|le|el|il|ngày|pada|tanggal)\s|[,(–-]\s?)(?:the\s)?\Z|\A(?:ngày|\W)*\Z", _FLAGS)
_CRAWLED = re.compile(
    r"\b(?:cached?|retrieved|accessed|crawled|archived|captured|snapshot|scraped|fetched|downloaded)\b", _FLAGS
)
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))[\s©(c)]{0,8}((?:19|20)\d\d)(?![\d–-])", _FLAGS)
_BARE_YEAR = re.compile(r"\b(?:in|during|for|throughout|im jahr|en|năm|pada|в)\s((?:19|20)\d\d)(?![\d-])", _FLAGS)

# What speaks for a line's date being that of publication, in the order found by looking at real pages: that the
# line holds nothing else, is labelled, names the time of day, and stands where the running text begins. What
# speaks against it: other days close by (a list of teasers), lines of the same shape (comments), the tail.
_ENOUGH, _ENOUGH_ALONE = 2.2, 1.0
_ALONE, _FEW_WORDS, _SOME_WORDS, _PROSE = 4.0, 3.0, 1.5, -2.5
_SENTENCE = 13  # words from which a line is no line of details
_LABELS = {"published": 3.0, "date": 1.5}
_NEAR = 4.0
_REPEATED = 1.5


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page that is not blank."""

    text: str
    zone: Zone
    dates: tuple[Candidate, ...]  # their offsets are those of the line
    rest: int  # words beside dates, times, labels and fillers, in the segment that holds a date
    prose: int  # words, if it is running text; else 0
    shape: str = ""  # the line with its words and numbers made alike; "" without a date

    @property
    def short(self) -> bool:
        """Whether it is a line of details rather than a sentence."""
        return self.rest < _SENTENCE


def decide(
    *,
    head: str,
    dateline: str,
    body: str,
    tail: str,
    url: str | None,
    day_first: bool | None,
    page: str = "",
) -> tuple[Dated | None, Dated | None]:
    """Return (published, updated) of an article.

    ``head`` is what was cut before the body and ``tail`` what was cut behind it, line by line; ``dateline`` the
    line or words that open it ("Hanoi, April 27 (VNA) –"). ``page`` is the text before anything was cut: lines
    that give a date are then looked for there, where each stands in its place. With all others empty ``body`` may
    be a whole page. ``day_first`` is the order of numeric dates at this source, if known. A prefix that a scraper
    left is the day of publication, unless the text gives another far from it: then it is the day of the crawl.
    """
    head, dateline, body, tail = head[:MAX_HEAD], dateline[:MAX_METADATA], body[:MAX_BODY], tail[:MAX_TAIL]
    prefix = _from_prefix(page or head) or _from_prefix(body)
    if prefix:
        page, head, body = (_PREFIXES.sub("", text) for text in (page, head, body))
    parts: list[tuple[Zone, str]] = [("head", head), ("dateline", dateline), ("body", body), ("tail", tail)]
    lines = _lines([("body", page[:MAX_BODY])] if page else parts, day_first, url)
    updated = _updated(lines)
    linked = url_day(url)
    published = _from_lines(lines, linked) or linked
    if prefix and (published is None or published.precision != "day" or _is_near(prefix, published)):
        published = prefix
    opening = _opening(dateline)
    if opening is not None and published is not None and _contradicts(opening, published):
        published = None
    if published is None or published.precision != "day":
        published = (opening.dated("dateline") if opening else None) or published
    lead = _from_lead(_lines(parts, day_first, url) if page else lines, _Years(body, tail, updated))
    if published is None or published.precision != "day" or (published is prefix and _disproves(lead, published)):
        published = lead or published
    return published, updated


def _opening(dateline: str) -> Candidate | None:
    """Return the date in a dateline, if it names a day."""
    return next((candidate for candidate in find_dates(dateline) if candidate.day and not candidate.either), None)


def _contradicts(opening: Candidate, published: Dated) -> bool:
    """Tell whether the dateline's day is far from the day given elsewhere: that is of a crawl or an update then."""
    if published.precision != "day" or opening.day is None:
        return False
    if day := opening.on():
        return not _is_near(published, _day(day, ""))
    return _apart_in_season(date(2000, opening.month, opening.day), published.first) > _MAX_PREFIX_APART


def _disproves(lead: Dated | None, prefix: Dated) -> bool:
    """Tell whether the day that the lead gives shows the prefix to be wrong.

    Its day and month are exchanged, or it is of a crawl long after, in another season.
    """
    if lead is None:
        return False
    exchanged = (lead.first.year, lead.first.day, lead.first.month) == (
        prefix.first.year, prefix.first.month, prefix.first.day,
    )  # fmt: skip
    later = (prefix.first - lead.first).days > _LONG_AFTER
    return exchanged or (later and _apart_in_season(lead.first, prefix.first) > _MAX_PREFIX_APART)


def _apart_in_season(one: date, other: date) -> int:
    """Return how many days lie between two days when years do not count."""
    apart = abs(one.timetuple().tm_yday - other.timetuple().tm_yday)
    return min(apart, 365 - apart)


def url_day(url: str | None) -> Dated | None:
    """Return the day an article's address names (``/2020/06/01/``, ``-2020-06-01``, ``/20200601/``), if it does."""
    return _numeric_path(url or "", "url")


def path_day(path: str) -> Dated | None:
    """Return the day in a file's path (``2021/04/27`` or ``2021-04-27``), if there is one."""
    return _numeric_path(path, "path")


def _numeric_path(path: str, origin: str) -> Dated | None:
    for found in _URL_DAY.finditer(path[:2_000]):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
        if _exists(year, month, day) and (found[2] or len(found[0]) == len("20200601")):
            return _day(date(year, month, day), origin)
    return None


def date_prefix(text: str) -> int:
    """Return the length of a leading `` date 2021-04-27 `` that a scraper left before the text, else 0."""
    found = _PREFIX.match(text)
    return found.end() if found else 0


def is_date_line(line: str) -> bool:
    """Say whether a line holds a date or a time of day, and nothing else but labels, weekdays and zones."""
    if len(line) > MAX_METADATA:
        return False
    dates = find_dates(line)
    if not dates and not _TIME.search(line):
        return False
    return not re.search(r"\w", _bare(line, dates))


def _soon_after(candidate: Candidate, dates: list[Candidate]) -> bool:
    """Tell whether a day lies not more than three days behind one of those without a year ("told him on June 3")."""
    day = candidate.on()
    events = {(c.month, c.day) for c in dates if c.year is None and c.day}
    return day is not None and any(
        (before.month, before.day) in events for before in (day - timedelta(back) for back in range(_SOON + 1))
    )


def is_date_label(line: str) -> bool:
    """Say whether a line holds a label ("Last updated:") and no date."""
    return len(line) <= 40 and _LABEL.match(line) is not None and not re.search(r"\w", _bare(line, ()))


def _lines(zones: list[tuple[Zone, str]], day_first: bool | None, url: str | None) -> list[_Line]:
    found = {zone: find_dates(text) for zone, text in zones}
    order = day_first
    if order is None:
        order = _order([c for dates in found.values() for c in dates], zones, url)
    lines: list[_Line] = []
    for zone, text in zones:
        dates = [c.ordered(order) for c in found[zone]]
        starts = [c.start for c in dates]
        start = 0
        for line in text.split("\n"):
            own = dates[bisect_left(starts, start) : bisect_left(starts, start + len(line) + 1)]
            if line and not line.isspace():
                lines.append(
                    _line(
                        line,
                        zone,
                        [replace(c, start=c.start - start, end=c.end - start) for c in own[:MAX_PER_LINE]],
                    )
                )
            start += len(line) + 1
    return lines


def _order(dates: list[Candidate], zones: list[tuple[Zone, str]], url: str | None) -> bool | None:
    """Settle the order of day and month by other dates of the page, by its language, by its domain.

    Only English (of some countries) puts the month first.
    """
    doubtful = [c for c in dates if c.either]
    if not doubtful:
        return None
    linked = url_day(url)
    known = {c.on() for c in dates} - {None} | ({linked.first} if linked else set())
    votes = sum((c.ordered(True).on() in known) - (c.ordered(False).on() in known) for c in doubtful)
    votes = votes or day_first_evidence("\n".join(text for _, text in zones))
    votes = votes or sum(
        _soon_after(c.ordered(True), dates) - _soon_after(c.ordered(False), dates) for c in doubtful[:_FEW]
    )
    if votes:
        return votes > 0
    sample = "\n".join(text[:5_000] for _, text in zones)
    words = len(sample.split())
    if words >= 50 and len(_EVERYDAY_ENGLISH.findall(sample)) < words * 0.05:
        return True
    return True if _DAY_FIRST_DOMAIN.match(url or "") else None


def _line(text: str, zone: Zone, dates: list[Candidate]) -> _Line:
    words = len(text.split())
    ends = text.rstrip("\"'”’»)] ")[-1:] in (".", "!", "?", "…", ":")
    prose = min(words, 60) if (words >= 8 and ends) or words > 20 else 0
    if not dates:
        return _Line(text, zone, (), words, prose)
    bare = _bare(text, dates)
    rest = len(_WORD.findall(bare))
    if ends and rest >= 3 and not any(candidate.label for candidate in dates):
        rest = max(rest, _SENTENCE)
    elif rest > 6:
        rest = rest + 6 if ends else min(rest, 2 + _words_around(text, bare, dates[0]))
    shape = _SHAPE.sub(lambda found: "9" if found[0].isdecimal() else "a", text[:100])
    return _Line(text, zone, tuple(dates), rest, prose, shape)


def _words_around(text: str, bare: str, candidate: Candidate) -> int:
    """Count the words in the part of a line ("Posted 5 May | By Jane Roe | Tags: …") that holds its first date."""
    start, end = 0, len(text)
    for separator in _SEPARATOR.finditer(text):
        if separator.end() <= candidate.start:
            start = separator.end()
        elif separator.start() >= candidate.end:
            end = separator.start()
            break
    return len(_WORD.findall(bare[start:end]))


def _bare(line: str, dates: Iterable[Candidate]) -> str:
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


def _is_near(prefix: Dated, published: Dated) -> bool:
    return abs((prefix.first - published.first).days) <= _MAX_PREFIX_APART


def _from_prefix(text: str) -> Dated | None:
    length = date_prefix(text)
    dates = find_dates(text[:length]) if length else []
    return dates[0].dated("prefix") if dates else None


def _updated(lines: list[_Line]) -> Dated | None:
    """Return the latest day that a line beside the running text calls that of an update."""
    days = [
        day
        for line in lines
        for candidate in line.dates
        if line.short and candidate.label == "updated" and (day := candidate.on())
    ]
    return _day(max(days), "head") if days else None


def _from_lines(lines: list[_Line], linked: Dated | None) -> Dated | None:
    """Return the date that most speaks for, if enough does: less where no other day is in question."""
    scored = [(score, dated) for score, dated, _ in _scored(lines, linked) if score > 0]
    if not scored:
        return None
    score, best = max(scored, key=lambda pair: pair[0])
    alone = len({dated.first for _, dated in scored}) == 1
    return best if score > (_ENOUGH_ALONE if alone else _ENOUGH) else None


def _scored(lines: list[_Line], linked: Dated | None) -> Iterator[tuple[float, Dated, _Line]]:
    """Yield (score, date, line) of every date with a day or an unsettled one that can be that of publication."""
    begin, after = _running_text(lines)
    days = [_days(line) for line in lines]
    shapes = Counter(line.shape for line in lines)
    for number, line in enumerate(lines):
        for candidate in line.dates:
            dated = candidate.dated(_origin(line))
            if dated is None or candidate.day is None or candidate.label == "updated":
                continue
            if "://" in line.text[: candidate.start]:  # the day of another story, which a link leads to
                continue
            if _CRAWLED.search(line.text[:MAX_METADATA]):
                continue
            day = candidate.on()
            nearby: set[date] = set().union(*days[max(0, number - 6) : number + 7]) - {day or dated.first}
            score = _standing(line, candidate, number - begin) + candidate.timed + _LABELS.get(candidate.label or "", 0)
            score += _NEAR * (8 / (8 + begin - number) if number < begin else 1.2 * after[number] - 0.4)
            score -= 0.7 * min(len(nearby), 4)
            score -= _REPEATED if shapes[line.shape] >= 2 and number > begin else 0
            score -= min((number - begin) / 40, 1.0) if number > begin else 0
            score -= 2.0 if _is_range(line) else 0
            score -= 2.0 if line.zone == "tail" else 0
            score += 4.0 if linked and linked.first == day else 0
            yield score, dated, line


def _days(line: _Line) -> set[date]:
    """Return the days a line of details gives, but for those of updates."""
    if not line.short:
        return set()
    return {day for c in line.dates if c.label != "updated" and (day := c.on())}


def _is_range(line: _Line) -> bool:
    gaps = (line.text[one.end : other.start] for one, other in pairwise(line.dates))
    return any(gap.strip() in ("-", "–", "—", "bis", "to") for gap in gaps)


def _origin(line: _Line) -> str:
    if line.zone == "body":
        return "head" if line.short else "dateline"
    return line.zone


def _standing(line: _Line, candidate: Candidate, behind: int) -> float:
    if "(@" in line.text:  # an embedded tweet
        return _PROSE
    opens = candidate.start <= 30 and line.zone != "tail" and 0 <= behind <= 1
    if line.zone == "dateline" or (opens and line.prose):
        return _FEW_WORDS if _opens_like_a_dateline(line.text, candidate) else _PROSE
    if line.rest == 0:
        return _ALONE
    if line.rest <= 6:
        return _FEW_WORDS
    return _SOME_WORDS if line.short else _PROSE


def _opens_like_a_dateline(text: str, candidate: Candidate) -> bool:
    """Whether a date stands at the very beginning, parted from the sentence ("Hanoi, (5 May 2020). ")."""
    before = text[: candidate.start]
    return len(_WORD.findall(before)) <= 3 and bool(re.match(r"[\s)]*(?:[–—/|:.(-]|\s{2})", text[candidate.end :]))


def _running_text(lines: list[_Line]) -> tuple[int, list[float]]:
    """Return the number of the line where the running text begins, and which share of it follows from each line on.

    The running text is the run of lines with the greatest sum (Kadane's maximum subarray), where a line of prose
    counts its words and any other line costs four.
    """
    total, begin, best, first, last = 0, 0, 0, 0, 0
    for number, line in enumerate(lines):
        if total <= 0:
            total, begin = 0, number
        total += line.prose if line.prose and line.zone in ("dateline", "body") else -4
        if total > best:
            best, first, last = total, begin, number
    masses = [line.prose if first <= number <= last else 0 for number, line in enumerate(lines)]
    whole = sum(masses) or 1
    return first, [1 - mass / whole for mass in accumulate([0, *masses])]


# --- days without a year ---------------------------------------------------------------------------------


def _from_lead(lines: list[_Line], years: "_Years") -> Dated | None:
    """Return the day of the event that the first paragraphs report, its year known or concluded."""
    begin, _ = _running_text(lines)
    for line in lines[:begin]:
        for candidate in line.dates:
            if line.rest <= 6 and candidate.year is None and candidate.label != "updated" and line.zone != "tail":
                return years.dated(candidate, "head")
    for line in lines[begin : begin + 2]:
        if line.zone == "tail":
            break
        for candidate in line.dates:
            before = line.text[: candidate.start]
            if candidate.day is None or candidate.label == "updated" or candidate.start > 400:
                continue
            if (
                _FUTURE.search(before[-80:])
                or _SINCE.search(before[-12:])
                or not (candidate.weekday is not None or _ON.search(before[-20:]))
            ):
                continue
            return years.dated(candidate, "dateline" if line.zone == "dateline" else "lead")
    return None


@dataclass(frozen=True, slots=True)
class _Years:
    """What an article lets conclude on the year it was written in."""

    body: str
    tail: str
    updated: Dated | None

    def dated(self, candidate: Candidate, origin: str) -> Dated | None:
        """Return the day a candidate names, in the one year that the evidence points to; None without such."""
        if candidate.either or candidate.day is None:
            return None
        if candidate.year is not None:
            return self._checked(candidate, origin)
        votes: defaultdict[int, float] = defaultdict(float)
        for year, weight in self._votes(candidate.month, candidate.day):
            if self._possible(candidate, year):
                votes[year] += weight
        ranked = sorted(votes.items(), key=lambda vote: -vote[1])
        needed = 1.0 if candidate.weekday is not None else 1.5
        if not ranked or ranked[0][1] < needed or (len(ranked) > 1 and ranked[1][1] > ranked[0][1] - 0.5):
            return None
        return _day(date(ranked[0][0], candidate.month, candidate.day), origin)

    def _checked(self, candidate: Candidate, origin: str) -> Dated | None:
        """A day with its year in the lead is the event's unless later years, not yet to come, are spoken of."""
        later = [
            c for c in find_dates(self.body) if c.year and c.year > (candidate.year or 0) and not self._cue(c, _FUTURE)
        ]
        return None if later or not self._possible(candidate, candidate.year or 0) else candidate.dated(origin)

    def _possible(self, candidate: Candidate, year: int) -> bool:
        if not _exists(year, candidate.month, candidate.day or 1):
            return False
        day = date(year, candidate.month, candidate.day or 1)
        right_weekday = candidate.weekday is None or day.weekday() == candidate.weekday
        return right_weekday and (self.updated is None or day <= self.updated.last)

    def _cue(self, candidate: Candidate, cue: re.Pattern[str]) -> bool:
        return bool(cue.search(self.body[max(0, candidate.start - 80) : candidate.start]))

    def _near(self, candidate: Candidate, month: int, day: int) -> bool:
        """Tell whether a date with its year lies within two weeks of this day of the same year."""
        on = candidate.on()
        return on is not None and _exists(on.year, month, day) and abs((date(on.year, month, day) - on).days) <= 14

    def _votes(self, month: int, day: int) -> Iterator[tuple[int, float]]:
        for candidate in find_dates(self.body):
            if candidate.year is None:
                continue
            earlier = (candidate.month, candidate.day or 31) < (month, day)
            if self._cue(candidate, _FUTURE):
                yield candidate.year - earlier, 2.0
            elif self._cue(candidate, _PAST):
                yield candidate.year + (not earlier), 0.5
            else:
                yield candidate.year, 2.0 if self._near(candidate, month, day) else 1.0
        if self.updated is not None:
            for year in (self.updated.first.year - 1, self.updated.first.year):
                if _exists(year, month, day) and 0 <= (self.updated.first - date(year, month, day)).days <= _SOON:
                    yield year, 1.5
        for year in {int(found[1]) for found in _BARE_YEAR.finditer(self.body)}:
            yield year, 0.5
        for year in {int(found[1]) for found in _COPYRIGHT.finditer(self.tail)}:
            yield year, 1.0  # pages also give the year they were fetched in: a weekday must agree
        for address in _ADDRESS.findall(self.tail):
            linked = url_day(address)
            if linked:
                for year in (linked.first.year - 1, linked.first.year, linked.first.year + 1):
                    if (
                        _exists(year, month, day)
                        and (apart := abs((date(year, month, day) - linked.first).days)) <= 183
                    ):
                        yield year, 2.0 if apart <= 60 else 1.0


# --- statements ------------------------------------------------------------------------------------------

_QUOTED = re.compile(r"“[^”]{0,2000}”|\"[^\"]{0,2000}\"|«[^»]{0,2000}»|„[^“”]{0,2000}[“”]")
_LONG_WEEKDAYS = {
    name: number for name, number in _WEEKDAYS.items() if len(name) > 5 or name in ("lundi", "mardi", "senin")
}
_RELATIVE = {
    "today": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tonight": 0, "yesterday": -1, "heute": 0,
    "gestern": -1, "aujourd'hui": 0, "aujourd’hui": 0, "hier": -1, "hoy": 0, "ayer": -1, "сегодня": 0, "вчера": -1,
    "hôm nay": 0, "hôm qua": -1, "hari ini": 0, "kemarin": -1,
}  # fmt: skip
_DAY_WORD = re.compile(
    rf"(?<![^\W\d_])(?:(?P<last>last\s)?(?P<weekday>{_either(_LONG_WEEKDAYS)})|(?P<relative>{_either(_RELATIVE)}))(?![^\W\d_])(?!['’]s)",
    _FLAGS,
)
_NOT_ITS_OWN = re.compile(
    r"\b(?:will|would|shall|to be|upcoming|scheduled|slated|planned|due|next|expected|that|which|who)\b[^,;]{0,40}\Z|"
    r"\b(?:ahead of|until|till|by|from|since|before|after|between|of|for|every|each)\s(?:the\s)?\Z",
    _FLAGS,
)
_SAID = re.compile(
    r"\b(?:said|says|told|stated|added|announced|affirmed|noted|stressed|pledged|urged|warned|called|declared|claimed|"
    r"confirmed|denied|argued|wrote|tweeted|reported|vowed|met|spoke|held|reiterated|insisted|sagte|erklärte|déclaré|dijo|"
    r"сказал|заявил|заявила|cho biết|mengatakan)\b",
    _FLAGS,
)


def statement_day(text: str, published: Dated | None) -> Dated | None:
    """Return the day a statement's sentence gives for itself ("said on Tuesday", "on November 12", "yesterday").

    Weekdays are counted back from the day of publication; of a day without a year the nearest is meant. None where
    the sentence gives no day, several, or one that cannot be known; days inside quotation marks and those still to
    come are not its own.
    """
    text = _QUOTED.sub(lambda found: " " * len(found[0]), text[:MAX_STATEMENT])
    known = published.first if published and published.precision == "day" else None
    days = {
        place: day
        for place, day in _days_named(text, known)
        if not _NOT_ITS_OWN.search(text[max(0, place - 60) : place])
    }
    beside = {day for place, day in days.items() if _SAID.search(text[max(0, place - 40) : place])}
    chosen = beside if len(beside) == 1 else set(days.values())
    if len(chosen) != 1:
        return None
    day = chosen.pop()
    return _day(day, "statement") if known is None or day <= known + timedelta(1) else None


def _days_named(text: str, published: date | None) -> Iterator[tuple[int, date]]:
    """Yield (place, day) of every day named, a weekday that belongs to a date counted once, with its date."""
    dates = find_dates(text)
    for candidate in dates:
        if (day := candidate.on()) or (day := _nearest(candidate, published)):
            yield candidate.start, day
    if published is None:
        return
    taken = {place for c in dates for place in range(max(0, c.start - 12), c.end)}
    for found in _DAY_WORD.finditer(text):
        if found.start() in taken:
            continue
        if found["relative"]:
            yield found.start(), published + timedelta(_RELATIVE[" ".join(found["relative"].lower().split())])
        else:
            back = (published.weekday() - _LONG_WEEKDAYS[" ".join(found["weekday"].lower().split())]) % 7
            yield found.start(), published - timedelta(back or (7 if found["last"] else 0))


def _nearest(candidate: Candidate, published: date | None) -> date | None:
    """Return the day nearest to publication that has this day and month, where the year is not named."""
    if published is None or candidate.year is not None or candidate.day is None:
        return None
    years = [y for y in range(published.year - 1, published.year + 2) if _exists(y, candidate.month, candidate.day)]
    days = (date(year, candidate.month, candidate.day) for year in years)
    return min(days, key=lambda day: abs(day - published), default=None)


# --- metadata --------------------------------------------------------------------------------------------


def parse_date(text: str, *, origin: str, day_first: bool | None = None) -> Dated | None:
    """Return the one date that a metadata field holds, or None if it holds none or anything besides.

    Read are ISO 8601 (also ``2021-04``, ``2021``, ``20210427``, with time and zone), RFC 822 and written dates of the
    languages known here. The day is the one written, in whatever zone. A numeric date whose order of day and month
    is open is known to the year only, unless ``day_first`` tells.
    """
    text = " ".join(text.split())
    if not text or len(text) > MAX_METADATA:
        return None
    if short := re.fullmatch(r"((?:1[5-9]|20)\d\d)(?:[-/](1[0-2]|0?[1-9]))?", text):
        year = int(short[1])
        return _month(year, int(short[2]), origin) if short[2] else _year(year, origin)
    if compact := re.fullmatch(rf"{_COMPACT.pattern}(?:T?\d{{2,6}}(?:Z|[+-]\d\d:?\d\d)?)?", text):
        year, month, day = (int(part) for part in compact.groups())
        return _day(date(year, month, day), origin) if _exists(year, month, day) else None
    dates = [c.ordered(day_first) for c in find_dates(text)]
    if len(dates) != 1 or re.search(r"[^\W_]", _bare(text, dates)):
        return None
    return dates[0].dated(origin)
