"""The calendar: what months and weekdays are called in many languages, which days exist, and periods as dates."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from searchapp.article import Dated

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
EPOCH: Final = date(1970, 1, 1)  # the day of publication that a program gives which knows none
_VIETNAMESE_NUMBERS = "một hai ba tư năm sáu bảy tám chín mười mười.một mười.hai".split()
# The number of each month, 1 to 12, by its names.
MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()} | {
    f"tháng {n.replace('.', ' ')}": i for i, n in enumerate(_VIETNAMESE_NUMBERS, 1)
}
ENGLISH_MONTHS: Final = frozenset(
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
# The number of each weekday, Monday is 0, by its names.
WEEKDAYS: Final = (
    {name: number for number, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}
    | {f"thứ {n}": i for i, n in enumerate(("hai", "ba", "tư", "năm", "sáu", "bảy"))}
    | {f"thứ {i + 2}": i for i in range(6)}
    | {"chủ nhật": 6}
)


def either(words: Iterable[str]) -> str:
    """Return a pattern that matches any of ``words``, the longest first, whatever white space parts them."""
    return "|".join(re.escape(word).replace("\\ ", r"\s") for word in sorted(words, key=len, reverse=True))


# Patterns of a month by name; "tháng 4" is one in Vietnamese.
VIETNAMESE_MONTH: Final = rf"tháng\s(?:1[0-2]|0?[1-9]|{either(_VIETNAMESE_NUMBERS)})(?!\w)"
MONTH: Final = rf"(?:{either(MONTHS)}|{VIETNAMESE_MONTH})"


def month_number(text: str) -> int:
    """Return the number, 1 to 12, of what ``MONTH`` matched or of a month in digits."""
    name = " ".join(text.lower().split())
    if name.isdecimal():
        return int(name)
    return MONTHS.get(name) or int(name.rpartition(" ")[2])


def day_exists(year: int | None, month: int, day: int) -> bool:
    """Tell whether there is such a day; without a year, whether there is in a leap year."""
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def on_day(day: date, origin: str) -> Dated:
    """Return ``day`` as a date found at ``origin``, known to the day."""
    return Dated(day, day, "day", origin)


def in_month(year: int, month: int, origin: str) -> Dated:
    """Return a date found at ``origin`` that is known to the month, all its days."""
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return Dated(date(year, month, 1), last, "month", origin)


def in_year(year: int, origin: str) -> Dated:
    """Return a date found at ``origin`` that is known to the year, all its days."""
    return Dated(date(year, 1, 1), date(year, 12, 31), "year", origin)
