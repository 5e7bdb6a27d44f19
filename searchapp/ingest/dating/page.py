"""A page as lines: which of them are details, which running text, and the dates in each."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Literal

from searchapp.ingest.dating.addresses import url_day
from searchapp.ingest.dating.bounds import believed
from searchapp.ingest.dating.candidates import Candidate
from searchapp.ingest.dating.dates import DatedText, day_first_evidence
from searchapp.ingest.dating.details import BYLINE
from searchapp.ingest.dating.dialects import WORD
from searchapp.ingest.dating.surroundings import blanked
from searchapp.ingest.dating.years import SOON

Zone = Literal["head", "dateline", "body", "tail"]
_OPENING = 400  # code points of a line at the beginning that are looked at
_MAX_PER_LINE = 8  # dates
_FEW = 8  # dates of open order that are compared with events
_WEEK = 7  # days
_LEADING = 3  # words between a day and that of the change
# What leads to the last of several days.
_TO = frozenset("to bis until till through and und et y e i và au à al a do po по до".split())
_SENTENCE = 13  # words from which a line is no line of details
_SEPARATOR = re.compile(r"\s{2,}|\s?[|•·]\s?")
_SHAPE = re.compile(r"\d+|[^\W\d_]+")
_EVERYDAY_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|for|by)\b", re.IGNORECASE)
_DAY_FIRST_DOMAIN = re.compile(r"\A\w+://[^/]{1,200}\.(?:uk|ie|au|nz|in|za|sg|my|hk|ng|ke)(?=[:/]|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
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


def lines_of(
    parts: Mapping[Zone, DatedText], day_first: bool | None, url: str | None, near: Collection[date] = ()
) -> list[Line]:
    """Return the lines of an article's parts that are not blank, with their dates, those to come left out.

    The order of day and month where those leave it open is ``day_first``, else what the whole shows. ``near``: days of
    which one is that of publication.
    """
    order = day_first
    if order is None:
        order = _order([c for part in parts.values() for c in part.dates], parts, url, near)
    return [line for zone, part in parts.items() for line in _lines(zone, part, order)]


def _lines(zone: Zone, part: DatedText, day_first: bool | None) -> Iterator[Line]:
    ordered = [c.ordered(day_first) for c in part.dates]
    dates = [c for c in ordered if c.year is None or believed(c.dated(""))]
    starts = [c.start for c in dates]
    start = 0
    for text in part.text.split("\n"):
        own = dates[bisect_left(starts, start) : bisect_left(starts, start + len(text) + 1)] if dates else []
        if text and not text.isspace():
            yield _line(text, zone, [replace(c, start=c.start - start, end=c.end - start) for c in own[:_MAX_PER_LINE]])
        start += len(text) + 1


def _line(text: str, zone: Zone, dates: list[Candidate]) -> Line:
    words = len(text.split())
    ends = text.rstrip("\"'”’»)] ")[-1:] in (".", "!", "?", "…", ":")
    if ends and dates and words < _SENTENCE and BYLINE.match(text):
        ends = False
    prose = min(words, 60) if (words >= 8 and ends) or words > 20 else 0
    if not dates:
        return Line(text, zone, (), words, prose)
    dates = _then_changed(text, dates)
    bare = blanked(text, dates)
    rest = len(WORD.findall(bare))
    if ends and rest >= 3 and not any(candidate.label for candidate in dates):
        rest = max(rest, _SENTENCE)
    elif rest > 6:
        rest = rest + 6 if ends else min(rest, 2 + _words_around(text, bare, dates[0]))
    shape = _SHAPE.sub(lambda found: "9" if found[0].isdecimal() else "a", text[:100])
    return Line(text, zone, tuple(dates), rest, prose, shape)


def _then_changed(text: str, dates: list[Candidate]) -> list[Candidate]:
    """Return the two days of a line with the second as that of a change, if a word without a meaning here leads from an
    earlier one to it ("3 May 2021 (amended 5 May 2021)")."""
    if len(dates) != 2:
        return dates
    (first, second), (day, changed) = dates, (each.on() for each in dates)
    if not day or not changed or day >= changed or first.label == "updated" or second.label:
        return dates
    between = WORD.findall(blanked(text[first.end : second.start], ()))
    words = len(WORD.findall(blanked(text, dates)))
    leads = 0 < len(between) <= _LEADING and not _TO.intersection(word.lower() for word in between)
    return [first, replace(second, label="updated")] if leads and words <= _FEW else dates


def _words_around(text: str, bare: str, candidate: Candidate) -> int:
    """Count the words in the part of a line ("Posted 5 May | By Jane Roe | Tags: …") that holds its first date."""
    start, end = 0, len(text)
    for separator in _SEPARATOR.finditer(text):
        if separator.end() <= candidate.start:
            start = separator.end()
        elif separator.start() >= candidate.end:
            end = separator.start()
            break
    return len(WORD.findall(bare[start:end]))


def _order(
    dates: list[Candidate], parts: Mapping[Zone, DatedText], url: str | None, near: Collection[date]
) -> bool | None:
    """Settle the order of day and month by other dates of the page, by its language, by its domain.

    Only English (of some countries) puts the month first.
    """
    doubtful = [c for c in dates if c.either]
    if not doubtful:
        return None
    linked = url_day(url)
    known = {c.on() for c in dates} - {None} | ({linked.first} if linked else set()) | set(near)
    votes = sum((c.ordered(True).on() in known) - (c.ordered(False).on() in known) for c in doubtful)
    votes = votes or day_first_evidence("\n".join(part.text for part in parts.values()))
    votes = votes or sum(_soon_changed(c, dates, True) - _soon_changed(c, dates, False) for c in doubtful[:_FEW])
    votes = votes or sum(
        _soon_after(c.ordered(True), dates) - _soon_after(c.ordered(False), dates) for c in doubtful[:_FEW]
    )
    if votes:
        return votes > 0
    sample = "\n".join(part.text[:5_000] for part in parts.values())
    words = len(sample.split())
    if words >= 50 and len(_EVERYDAY_ENGLISH.findall(sample)) < words * 0.05:
        return True
    return True if _DAY_FIRST_DOMAIN.match(url or "") else None


def _soon_changed(candidate: Candidate, dates: list[Candidate], day_first: bool) -> bool:
    """Tell whether a day is followed by that of an update within a week, when both are read in one order."""
    day = candidate.ordered(day_first).on() if candidate.label != "updated" else None
    changes = [c.ordered(day_first).on() for c in dates if c.label == "updated"][:_FEW] if day else []
    return any(day and changed and 0 <= (changed - day).days <= _WEEK for changed in changes)


def _soon_after(candidate: Candidate, dates: list[Candidate]) -> bool:
    """Tell whether a day lies not more than three days behind one of those without a year ("told him on June 3")."""
    day = candidate.on()
    events = {(c.month, c.day) for c in dates if c.year is None and c.day}
    return day is not None and any(
        (before.month, before.day) in events for before in (day - timedelta(back) for back in range(SOON + 1))
    )


def running_text(lines: list[Line]) -> tuple[int, list[float]]:
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


def opening_of(lines: list[Line], begin: int) -> str:
    """Return what stands around where the running text begins, the headline and the first paragraphs, in part."""
    return "\n".join(line.text[:_OPENING] for line in lines[max(0, begin - 3) : begin + 3])
