"""The day of the event that an article's first paragraphs report, unless they tell a story from earlier times."""

import re

from searchapp.article import Dated
from searchapp.ingest.dating.candidates import Candidate
from searchapp.ingest.dating.page import Line, opening_of, running_text
from searchapp.ingest.dating.stories import is_past, is_told, looks_back_on, names_weekday
from searchapp.ingest.dating.years import FUTURE, Years

_OPENING = 400  # code points of a paragraph in which the day that it reports stands
_LONG_AGO = 5  # years
_OLD = 20  # years after which a day that a lead names with its year is rather history
# A dateline before it, or a word that says it was just now: "Velm – Talks began here on".
_NEWS = re.compile(
    r"[^–—\n]{2,40}\s?[–—]|[^-\n]{2,40}\s-\s|.{0,200}\b(?:today|here|heute|hier|aujourd['’]hui|hoy)\b", re.DOTALL
)
_OPENS = 3  # code points before a date that opens a paragraph
_PARTED = re.compile(r"\)?\s?[-–—:|]\s")  # what parts such a date from the rest
_SINCE = re.compile(r"\bsince\s(?:the\s)?\Z", re.IGNORECASE)
_ON = re.compile(
    r"(?:\A\W*|\b(?:on|am|le|el|il|ngày|pada|tanggal)\s|[,(–-]\s?)(?:the\s)?\Z|\A(?:ngày|\W)*\Z", re.IGNORECASE
)


def day_reported(lines: list[Line], years: Years) -> Dated | None:
    """Return the day of the event that the first paragraphs report, its year known or concluded."""
    begin, _ = running_text(lines)
    for line in lines[:begin]:
        for candidate in line.dates:
            if line.rest <= 6 and candidate.year is None and candidate.label != "updated" and line.zone != "tail":
                return years.dated(candidate, "dateline" if line.zone == "dateline" else "head")
    lead = lines[begin : begin + 2]
    opening = opening_of(lines, begin)
    sent = any(line.zone == "dateline" for line in lines[: begin + 2])
    for line in lead:
        if line.zone == "tail":
            break
        for candidate in line.dates:
            if _may_be_reported(line, candidate):
                dated = years.dated(candidate, "dateline" if line.zone == "dateline" else "lead")
                told = dated and _is_of_story(line, candidate, dated.first.year, opening, sent=sent)
                return None if told else dated
    return None


def _may_be_reported(line: Line, candidate: Candidate) -> bool:
    """Tell whether a date of the lead can be the day that the event it reports was on."""
    before = line.text[: candidate.start]
    if candidate.day is None or candidate.label == "updated" or candidate.start > _OPENING:
        return False
    if FUTURE.search(before[-80:]) or _SINCE.search(before[-12:]):
        return False
    return candidate.weekday is not None or _ON.search(before[-20:]) is not None


def _is_of_story(line: Line, candidate: Candidate, year: int, opening: str, *, sent: bool) -> bool:
    """Tell whether a date of the lead is one of a story from earlier times, by its sentence and by what stands around.

    News give the year of a day seldom, and call days nearby by their weekday. ``sent``: a dateline opens the text.
    """
    opens = candidate.start <= _OPENS and _PARTED.match(line.text, candidate.end) is not None
    if line.zone == "dateline" or opens:
        return False
    sent = sent or _NEWS.match(line.text[: candidate.start]) is not None
    fresh = sent or candidate.weekday is not None
    if is_told(line.text, candidate.start, candidate.end, fresh=fresh):
        return True
    if looks_back_on(opening, year, least=_LONG_AGO if fresh else 1):
        return True
    if candidate.year is None or sent:
        return False
    return is_past(year, _OLD) or (not fresh and names_weekday(opening))
