"""Days written in languages, digits and calendars whose months ``searchapp.calendar`` does not know.

The names of months and days of the week are those of CLDR, in ``names.tsv``, which ``python -m tests.calendar_names``
writes. They are looked up by script, and only once a text holds a day, a word and a year beside each other.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from searchapp.calendar import ENGLISH_MONTHS, MONTHS, day_exists
from searchapp.ingest.dating.candidates import Candidate

Names = Mapping[str, Mapping[tuple[str, bool], tuple[int, ...]]]
_TABLE: Final = files("searchapp.ingest.dating").joinpath("names.tsv")
# The months of Iran's calendar, which CLDR's data for Babel leave out; letters as Persian writes them.
_IRANIAN: Final = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()
_IRANIAN_YEARS: Final = range(1300, 1473)
_BUDDHIST_YEARS, _BUDDHIST = range(2443, 2643), 543  # of Thailand, and how far ahead they are
_ERAS: Final = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911}
_NUMERALS: Final = {numeral: number for number, numeral in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}

_GAP = r"[^\S\n]"
_YEAR = r"(?P<y>[12]\d{3})(?!\d)"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])(?![\d:])"
_NAME = r"[^\s\d,،:;()|]{2,24}"
_OF = rf"(?:(?:de|del|da|di){_GAP}|d['’])?"
_DAY_FIRST: Final = (
    re.compile(  # "27 kwietnia 2021", "27. huhtikuuta 2021", "27 نيسان/أبريل 2021", "27 เมษายน พ.ศ. 2564"
        rf"(?<![\d.,:/-]){_DAY}(?P<dot>[.º]?)(?:{_GAP}|-){{0,2}}{_OF}(?P<m>{_NAME}(?:{_GAP}{_NAME})?)"
        rf"{_GAP}?[,،]?{_GAP}?{_OF}{_YEAR}"
    )
)
_NO_YEAR: Final = rf"(?!,?{_GAP}[12]\d{{3}})"
_YEAR_FIRST: Final = (
    # "2021. április 27.", "2021 m. balandžio 27 d."
    re.compile(rf"(?<!\d){_YEAR}\.?{_GAP}(?:[^\s\d]{{1,5}}\.?{_GAP})?(?P<m>{_NAME}){_GAP}{_DAY}(?P<dot>\.?){_NO_YEAR}"),
    # "2021. gada 27. aprīlis", "2021 ж. 27 сәуір"
    re.compile(rf"(?<!\d){_YEAR}\.?{_GAP}[^\s\d]{{1,5}}\.?{_GAP}{_DAY}(?P<dot>\.?){_GAP}(?P<m>{_NAME}){_NO_YEAR}"),
    # "2021. 4. 27."
    re.compile(rf"(?<![\d.]){_YEAR}\.{_GAP}(?P<m>1[0-2]|0?[1-9])\.{_GAP}{_DAY}(?P<dot>\.?){_NO_YEAR}"),
)
_MONTH_FIRST: Final = re.compile(
    rf"(?<![^\s(]){_OF}(?P<m>{_NAME}){_GAP}{_DAY}(?P<dot>\.?)(?:st|nd|rd|th)?,?{_GAP}{_YEAR}"
)
_EASTERN: Final = re.compile(
    rf"(?:(?P<era>{'|'.join(_ERAS)}){_GAP}?(?P<n>\d{{1,3}}|元)|(?<!\d)(?P<y>[12]\d{{3}})){_GAP}?[年년]{_GAP}?"
    rf"(?P<m>\d{{1,2}}){_GAP}?[月월]{_GAP}?(?P<d>\d{{1,2}})(?!\d){_GAP}?[日일号號]?"
)
_NUMERAL_DAY: Final = re.compile(
    r"(?P<y>[〇零○一二三四五六七八九]{4})年(?P<m>十?[一二三四五六七八九]|十)月(?P<d>[二三]?十?[一二三四五六七八九十])[日号號]"
)
_WIDEST: Final = 64  # code points between day and year
_LENGTHS: Final = {(1, 4), (2, 4), (4, 1), (4, 2)}  # of the digits of a day or month and a year
_FIELD: Final = 200  # code points of a line in which the month may come first
_MARKS: Final = re.compile("[\u0300-\u036f\u064b-\u065f]")  # accents of Western and of Arabic letters
_VARIANTS: Final = str.maketrans("يىكۀıς", "ییکهiσ")
_FAR_YEAR: Final = re.compile(r"(?<!\d)2[456]\d\d(?!\d)")
_OTHER_DIGIT: Final = re.compile(r"(?![0-9])\d")
_SHORT_PARTICLE: Final = 5  # code points of a word between month and year: "พ.ศ.", "року"


def with_plain_digits(text: str) -> str:
    """Return ``text`` with the digits of other scripts ("٢٧", "२७", "２７") as 0 to 9; it stays as long as it was."""
    if text.isascii():
        return text
    return _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def without_buddhist_years(text: str) -> str:
    """Return ``text`` with the years of Thailand's calendar ("27/04/2564") as Western ones."""
    return _FAR_YEAR.sub(lambda year: str(int(year[0]) - (_BUDDHIST if int(year[0]) in _BUDDHIST_YEARS else 0)), text)


def days_in_other_languages(text: str, numbers: list[tuple[int, int]]) -> Iterator[Candidate]:
    """Yield the days that ``text`` gives with their year by names of months that ``calendar`` does not know, or with
    the year first.

    ``numbers`` are those of the text (start, end) in order; digits are taken to be 0 to 9.
    """
    year_last = False  # behind a day, somewhere
    for (start, end), (following, its_end) in pairwise(numbers):
        lengths = end - start, its_end - following
        if following - end > _WIDEST or lengths not in _LENGTHS or "\n" in text[end:following]:
            continue
        if lengths[0] == len("2021"):
            for shape in _YEAR_FIRST:
                found = shape.match(text, start)
                if found and (
                    found["m"][0].isupper() or text[end] == "." or bare_name(found["m"]) not in ENGLISH_MONTHS
                ):
                    yield from _named(found)
            continue
        year_last = True
        found = _DAY_FIRST.match(text, start)
        if found and (text[found.start("m") - 1] in "'’" or bare_name(found["m"].split()[0]) not in MONTHS):
            yield from _named(found)
    for found in _MONTH_FIRST.finditer(text) if year_last and len(text) <= _FIELD else ():
        if bare_name(found["m"]) not in MONTHS:
            yield from _named(found)


def eastern_days(text: str) -> Iterator[Candidate]:
    """Yield the days that ``text`` gives as 2021年4月27日, 2021년 4월 27일, 令和3年4月27日, 二〇二一年四月二十七日."""
    for found in _EASTERN.finditer(text):
        number = 1 if found["n"] == "元" else int(found["n"] or 0)
        year = _ERAS[found["era"]] + number if found["era"] else int(found["y"])
        yield from _day(found, year, int(found["m"]), int(found["d"]))
    for found in _NUMERAL_DAY.finditer(text):
        year = int("".join(str(_NUMERALS[numeral]) for numeral in found["y"]))
        yield from _day(found, year, _below_hundred(found["m"]), _below_hundred(found["d"]))


def _below_hundred(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


def _named(found: re.Match[str]) -> Iterator[Candidate]:
    year, day, name = int(found["y"]), int(found["d"]), found["m"]
    if name.isdecimal():
        yield from _day(found, year, int(name), day)
    elif bare_name(name) in _IRANIAN_MONTHS and year in _IRANIAN_YEARS:
        yield from _iranian(found, year, _IRANIAN_MONTHS[bare_name(name)], day)
    elif month := MONTHS.get(bare_name(name)) or month_named(name, dotted=found["dot"] == "."):
        yield from _day(found, year - _BUDDHIST if year in _BUDDHIST_YEARS else year, month, day)


def _day(found: re.Match[str], year: int, month: int, day: int) -> Iterator[Candidate]:
    if 1800 <= year < 2100 and day_exists(year, month, day):
        yield Candidate(*found.span(), "other language", year, month, day)


def month_named(name: str, *, dotted: bool = False) -> int | None:
    """Return the month, 1 to 12, that ``name`` is in one of the languages, None if it is none or several.

    ``dotted``: the day before it has a dot. Where two languages mean different months by a name, that tells them apart
    ("27 listopada" is Polish and in November, "27. listopada" Croatian and in October).
    """
    whole = _looked_up(name, dotted)
    first, _, second = name.partition(" ")
    if whole is None and second and len(second) <= _SHORT_PARTICLE:
        whole = _looked_up(first, dotted)
    if whole is None and "/" in name:
        both = {_looked_up(part, dotted) for part in name.split("/")}
        whole = both.pop() if len(both) == 1 else None
    return whole


def is_weekday(word: str) -> bool:
    """Tell whether ``word`` is a day of the week in one of the languages."""
    bare = bare_name(word.strip(",،()[]"))
    return bool(bare) and bare in _table()[1].get(script_of(bare), ())


def _looked_up(name: str, dotted: bool) -> int | None:
    bare = bare_name(name)
    if not bare:
        return None
    names = _table()[0].get(script_of(bare), {})
    months = names.get((bare, dotted)) or names.get((bare, not dotted)) or ()
    return months[0] if len(months) == 1 else None


def script_of(word: str) -> str:
    """Return the script of a word by how the names of its letters begin (Unicode): "LATIN"."""
    return unicodedata.name(word[0], "").partition(" ")[0]


@cache
def _table() -> tuple[Names, dict[str, frozenset[str]]]:
    """Return the months by script, and by name and whether the language puts a dot behind the day; and the days of the
    week by script."""
    months: defaultdict[str, dict[tuple[str, bool], tuple[int, ...]]] = defaultdict(dict)
    weekdays: defaultdict[str, list[str]] = defaultdict(list)
    for line in _TABLE.read_text("utf8").splitlines():
        script, name, kind, *numbers = line.split("\t")
        if kind == "weekday":
            weekdays[script].append(name)
        else:
            months[script][name, kind == "month behind a dot"] = tuple(map(int, numbers))
    return months, {script: frozenset(names) for script, names in weekdays.items()}


def bare_name(name: str) -> str:
    """Return a name of a month as it is looked up: small, without points, accents (capitals often have none) and the
    variants of Arabic letters."""
    small = _MARKS.sub("", unicodedata.normalize("NFD", name.casefold())).translate(_VARIANTS)
    return unicodedata.normalize("NFC", small).strip(".॰׳'- ")


_IRANIAN_MONTHS: Final = {bare_name(name): number for number, name in enumerate(_IRANIAN, 1)}


def _iranian(found: re.Match[str], year: int, month: int, day: int) -> Iterator[Candidate]:
    """Yield the day of Iran's calendar, whose years begin about 21 March and have a leap day eight times in 33.

    That rule is right for the years taken here (K. M. Borkowski, "The Persian calendar for 3000 years", 1996).
    """
    if day > (31 if month <= 6 else 30):
        return
    leaps = sum(1 for each in range(min(year, 1400), max(year, 1400)) if each % 33 in (1, 5, 9, 13, 17, 22, 26, 30))
    begin = date(2021, 3, 21) + timedelta(365 * (year - 1400) + (leaps if year >= 1400 else -leaps))
    on = begin + timedelta(min(month - 1, 6) * 31 + max(month - 7, 0) * 30 + day - 1)
    yield Candidate(*found.span(), "other language", on.year, on.month, on.day)
