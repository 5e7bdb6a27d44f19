"""On what day a statement was made, by what its own sentence says."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from searchapp.analysis import Span
from searchapp.article import Dated
from searchapp.calendar import WEEKDAYS, day_exists, either, on_day
from searchapp.ingest.attribution.verbs import PLAIN
from searchapp.ingest.dating.candidates import Candidate
from searchapp.ingest.dating.dates import find_dates
from searchapp.ingest.dating.stamps import UNSURE, Stamped
from searchapp.ingest.dating.stories import is_told

_MAX_STATEMENT = 5_000  # code points
_QUOTED = re.compile(r"“[^”]{0,2000}”|\"[^\"]{0,2000}\"|«[^»]{0,2000}»|„[^“”]{0,2000}[“”]")
_LONG_WEEKDAYS = {
    name: number for name, number in WEEKDAYS.items() if len(name) > 5 or name in ("lundi", "mardi", "senin")
}
_RELATIVE = {
    "today": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tonight": 0, "yesterday": -1, "heute": 0,
    "gestern": -1, "aujourd'hui": 0, "aujourd’hui": 0, "hier": -1, "hoy": 0, "ayer": -1, "сегодня": 0, "вчера": -1,
    "hôm nay": 0, "hôm qua": -1, "hari ini": 0, "kemarin": -1,
}  # fmt: skip
# The names of days begin with these words, which are looked for first.
_DAY_NAMES = frozenset(re.split(r"[ '’]", name)[0] for name in (*_LONG_WEEKDAYS, *_RELATIVE))
_BEGIN_DAYS = _DAY_NAMES | {"last"}
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = {code: chr(code).lower() if chr(code).isalpha() else " " for code in range(128)}
_DIGIT = re.compile(r"\d")
_DAY_WORD = re.compile(
    rf"(?<![^\W\d_])(?:(?P<last>last\s)?(?P<weekday>{either(_LONG_WEEKDAYS)})|(?P<relative>{either(_RELATIVE)}))(?![^\W\d_])(?!['’]s)",
    re.IGNORECASE,
)
_NOT_ITS_OWN = re.compile(
    r"\b(?:will|would|shall|to be|upcoming|scheduled|slated|planned|due|next|expected|that|which|who)\b[^,;]{0,40}\Z|"
    r"\b(?:ahead of|until|till|by|from|since|before|after|between|of|for|every|each)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\b(?:{'|'.join(PLAIN)}|says|met|held|sagte|erklärte|déclaré|dijo|сказал|заявил|заявила|cho biết|mengatakan)\b",
    re.IGNORECASE,
)


def statement_day(text: str, published: Dated | None, clauses: Iterable[Span] = ()) -> Dated | None:
    """Return the day a statement's sentence gives for itself ("said on Tuesday", "on November 12", "yesterday").

    Weekdays are counted back from the day of publication, of a stamp whose day at the outlet is not known from the
    last that it can have been, and the origin says so; of a day without a year the nearest is meant. None where
    the sentence gives no day, several, or one that cannot be known; days inside quotation marks, those in ``clauses``,
    which tell what was said, and those still to come are not its own.
    """
    text = text[:_MAX_STATEMENT]
    if not _names_day(text) and not _DIGIT.search(text):
        return None
    text = _QUOTED.sub(lambda found: " " * len(found[0]), text)
    for start, end in clauses:
        text = text[:start] + " " * len(text[start:end]) + text[end:]
    known = published.first if published and published.precision == "day" else None
    latest = published.latest if isinstance(published, Stamped) else known
    days = {
        place: day
        for place, day in _days_named(text, known, latest)
        if not _NOT_ITS_OWN.search(text[max(0, place - 60) : place])
    }
    beside = {day for place, day in days.items() if _SAID.search(text[max(0, place - 40) : place])}
    chosen = beside if len(beside) == 1 else set(days.values())
    if len(chosen) != 1:
        return None
    day = chosen.pop()
    if known is not None and day > known + timedelta(1):
        return None
    return on_day(day, f"statement, counted from a {UNSURE}" if isinstance(published, Stamped) else "statement")


def _days_named(text: str, published: date | None, latest: date | None) -> Iterator[tuple[int, date]]:
    """Yield (place, day) of every day named, a weekday that belongs to a date counted once, with its date."""
    dates = find_dates(text)
    for candidate in dates:
        if candidate.year is not None and is_told(text, candidate.start, candidate.end, fresh=False):
            continue
        if (day := candidate.on()) or (day := _nearest(candidate, published)):
            yield candidate.start, day
    if published is None or latest is None or not _names_day(text):
        return
    taken = {place for c in dates for place in range(max(0, c.start - 12), c.end)}
    for found in _day_words(text):
        if found.start() in taken:
            continue
        if found["relative"]:
            yield found.start(), published + timedelta(_RELATIVE[" ".join(found["relative"].lower().split())])
        else:
            back = (latest.weekday() - _LONG_WEEKDAYS[" ".join(found["weekday"].lower().split())]) % 7
            yield found.start(), latest - timedelta(back or (7 if found["last"] else 0))


def _names_day(text: str) -> bool:
    words = text.translate(_PLAIN).split() if text.isascii() else _WORD.findall(text.lower())
    return not _DAY_NAMES.isdisjoint(words)


def _day_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the names of days, none overlapping; they are looked for only where a word begins one."""
    behind = 0
    for word in _WORD.finditer(text):
        begins = word.start() >= behind and word[0].lower() in _BEGIN_DAYS
        if begins and (found := _DAY_WORD.match(text, word.start())):
            behind = found.end()
            yield found


def _nearest(candidate: Candidate, published: date | None) -> date | None:
    """Return the day nearest to publication that has this day and month, where the year is not named."""
    if published is None or candidate.year is not None or candidate.day is None:
        return None
    years = [y for y in range(published.year - 1, published.year + 2) if day_exists(y, candidate.month, candidate.day)]
    days = (date(year, candidate.month, candidate.day) for year in years)
    return min(days, key=lambda day: abs(day - published), default=None)
