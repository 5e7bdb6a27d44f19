"""Which of the dates in a page's lines is that of publication."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from searchapp.article import Dated
from searchapp.calendar import EPOCH
from searchapp.ingest.dating.candidates import Candidate
from searchapp.ingest.dating.details import BYLINE, MAX_DETAILS, is_date_line
from searchapp.ingest.dating.dialects import WORD
from searchapp.ingest.dating.page import Line, opening_of, running_text
from searchapp.ingest.dating.stories import looks_back_on

CRAWLED = re.compile(
    r"\b(?:cached?|retrieved|accessed|crawled|archived|captured|snapshot|scraped|fetched|downloaded)\b", re.IGNORECASE
)
# What speaks for a line's date being that of publication, in the order found by looking at real pages: that the
# line holds nothing else, is labelled, names the time of day, and stands where the running text begins. What
# speaks against it: other days close by (a list of teasers), lines of the same shape (comments), the tail.
_ENOUGH, _ENOUGH_ALONE = 2.2, 1.0
_ALONE, _FEW_WORDS, _SOME_WORDS, _PROSE = 4.0, 3.0, 1.5, -2.5
_LABELS = {"published": 3.0, "date": 1.5}
_NEAR = 4.0
_REPEATED = 1.5
_OTHERS = 2.5
_SEVERAL = 5.0
# "14. - 20. January 2022", "Week of 14 – 20 January 2022": the last day of several.
_RANGE = re.compile(r"(?<![\d:])\d{1,2}\.?\s?[-–—]\s?\Z")
# What calls a day that of something else: a label that is none of ours ("Founded:"), "the last meeting of".
_ANOTHERS = re.compile(
    r"(?:\A|\s{2}|[|•·(])\W{0,3}(?:[^\W\d_]+\s){0,3}(?P<label>[^\W\d_]+)\s?[:：]\s?\Z"
    r"|\b(?:last|previous|next|letzten|vorigen|nächsten|dernière|última)\s(?:[\w’'-]{1,30}\s){1,3}(?:of|on|from|vom|du|del)\s\Z",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:zum|bis|ab|seit|by|from|until|till|since|before|after|for|jusqu['’]au|hasta|desde)\s\Z", re.IGNORECASE
)
_LONG = 20  # years
_IN_LIST = 3  # lines in a row that begin alike with a date and go on, and are a list of other stories
_PLACE_OF_DATE = 3  # code points by which dates in such lines stand apart


def likeliest_day(lines: list[Line], linked: Dated | None) -> Dated | None:
    """Return the date that most speaks for, if enough does: less where no other day is in question."""
    scored = [(score, dated) for score, dated, _ in _scored(lines, linked) if score > 0]
    if not scored:
        return None
    score, best = max(scored, key=lambda pair: pair[0])
    alone = len({dated.first for _, dated in scored}) == 1
    return best if score > (_ENOUGH_ALONE if alone else _ENOUGH) else None


def _scored(lines: list[Line], linked: Dated | None) -> Iterator[tuple[float, Dated, Line]]:
    """Yield (score, date, line) of every date with a day or an unsettled one that can be that of publication."""
    begin, after = running_text(lines)
    days = [_days(line) for line in lines]
    shapes = Counter(line.shape for line in lines)
    listed = _listed(lines)
    opening = opening_of(lines, begin)
    for number, line in enumerate(lines):
        for candidate in line.dates:
            dated = candidate.dated(_origin(line))
            if dated is None or candidate.day is None or candidate.label == "updated":
                continue
            if "://" in line.text[: candidate.start]:  # the day of another story, which a link leads to
                continue
            day = candidate.on()
            if number <= begin and _is_remembered(line, candidate, opening):
                continue
            if day == EPOCH or CRAWLED.search(line.text[:MAX_DETAILS]):
                continue
            nearby: set[date] = set().union(*days[max(0, number - 6) : number + 7]) - {day or dated.first}
            score = _standing(line, candidate, number - begin) + candidate.timed + _LABELS.get(candidate.label or "", 0)
            score += _NEAR * (8 / (8 + begin - number) if number < begin else 1.2 * after[number] - 0.4)
            score -= 0.7 * min(len(nearby), 4)
            score -= _REPEATED if shapes[line.shape] >= 2 and number > begin else 0
            score -= min((number - begin) / 40, 1.0) if number > begin else 0
            score -= _SEVERAL if _is_range(line) or _RANGE.search(line.text[: candidate.start]) else 0
            score -= _OTHERS if _is_of_another(line, candidate) else 0
            score -= _OTHERS if number in listed else 0
            score -= 2.0 if line.zone == "tail" else 0
            score += 4.0 if linked and linked.first == day else 0
            yield score, dated, line


def _is_of_another(line: Line, candidate: Candidate) -> bool:
    """Tell whether the words before a date without a label of ours say what else it is the day of."""
    found = _ANOTHERS.search(line.text[: candidate.start]) if candidate.label is None else None
    return found is not None and not BYLINE.match(line.text)


def _is_remembered(line: Line, candidate: Candidate, opening: str) -> bool:
    """Tell whether a headline names a day that its article looks back on from long after."""
    plain = line.rest and not candidate.label and not candidate.timed and not BYLINE.match(line.text)
    return bool(plain and candidate.year and looks_back_on(opening, candidate.year, least=_LONG))


def _listed(lines: list[Line]) -> set[int]:
    """Return the numbers of the lines that are a list of stories, each with its day before its headline."""
    listed: set[int] = set()
    row: list[int] = []
    for number, line in enumerate(lines):
        opens = bool(line.dates) and line.dates[0].start <= _PLACE_OF_DATE and line.rest > 2 and not line.dates[0].label
        row = [*row, number] if opens else []
        if len(row) >= _IN_LIST:
            listed.update(row[-_IN_LIST:])
    return listed


def _days(line: Line) -> set[date]:
    """Return the days a line of details gives, but for those of updates."""
    if not line.short:
        return set()
    return {day for c in line.dates if c.label != "updated" and (day := c.on())}


def _is_range(line: Line) -> bool:
    gaps = (line.text[one.end : other.start] for one, other in pairwise(line.dates))
    return any(gap.strip() in ("-", "–", "—", "bis", "to") for gap in gaps)


def _origin(line: Line) -> str:
    if line.zone == "body":
        return "head" if line.short else "dateline"
    return line.zone


def _standing(line: Line, candidate: Candidate, behind: int) -> float:
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
    if _BOUND.search(before):
        return False
    return len(WORD.findall(before)) <= 3 and bool(re.match(r"[\s)]*(?:[–—/|:.(-]|\s{2})", text[candidate.end :]))


def only_month(lines: list[Line]) -> Dated | None:
    """Return the only month that a line calls that of publication; else the only one that lines hold alone or behind
    an author, if it stands above the running text."""
    begin, _ = running_text(lines)
    labelled: dict[date, tuple[int, Dated]] = {}
    alone: dict[date, tuple[int, Dated]] = {}
    for number, line in enumerate(lines):
        for candidate in line.dates:
            dated = candidate.dated(_origin(line)) if candidate.day is None and candidate.label != "updated" else None
            if dated and _is_of_details(line.text):
                months = labelled if candidate.label == "published" else alone
                months.setdefault(dated.first, (number, dated))
    found = list((labelled or alone).values())
    return found[0][1] if len(found) == 1 and (labelled or found[0][0] < begin) else None


def _is_of_details(text: str) -> bool:
    """Tell whether a line is a byline or nothing but a date; "April 1983." ends a sentence that was wrapped."""
    return bool(BYLINE.match(text)) or (not text.endswith(".") and is_date_line(text))
