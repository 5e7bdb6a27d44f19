"""What stands around a date: its weekday, its label, the time of day."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final, cast

from searchapp.calendar import WEEKDAYS
from searchapp.ingest.dating.candidates import Candidate, Label
from searchapp.ingest.dating.dialects import (
    FILLER,
    FILLER_WORDS,
    LABEL,
    LABEL_HEADS,
    PARTICIPLE,
    TIME,
    WEEKDAY_BEFORE,
    WORD,
    ZONE,
    ZONES,
    small_words,
)

_DIGIT = re.compile(r"\d")


def around(text: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates with what stands around them: weekday, label, time of day."""
    previous = 0
    found = list(candidates)
    for candidate, following in pairwise((*found, None)):
        if candidate is None:
            continue
        start, end = candidate.start, candidate.end
        before = text[max(previous, start - 80) : start]
        line = before.rpartition("\n")
        weekday = WEEKDAY_BEFORE.search(before[-24:])
        day = WEEKDAYS[" ".join(weekday[1].lower().split())] if weekday else None
        until = min(end + 60, following.start) if following else end + 60
        after = text[end:until].partition("\n")[0]
        label = _last_label(line[2]) or _label_after(after) or (_label_line(line[0]) if not line[2].strip() else None)
        timed = bool(TIME.search(text[end : end + 16].partition("\n")[0]) or TIME.search(line[2][-24:]))
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
    nearest = max(LABEL.finditer(text), key=lambda label: label.start(), default=None)
    if nearest is None or len(WORD.findall(blanked(text[nearest.end() :], ()))) > 3:
        return None
    return cast(Label, nearest.lastgroup)


def _label_after(text: str) -> Label | None:
    """German and Chinese put it behind: "zuletzt am 3. Mai 2019 geändert"."""
    found = PARTICIPLE.search(text)
    if not found or len(WORD.findall(blanked(text[: found.start()], ()))) > 3:
        return None
    return "updated" if found["changed"] else cast(Label, found.lastgroup)


def _label_line(before: str) -> Label | None:
    """Return the label if the line before holds nothing but one ("Last updated:")."""
    line = before.rstrip().rpartition("\n")[2].strip()
    match = LABEL.match(line)
    if match is None or len(WORD.findall(line)) > len(WORD.findall(match[0])) + 1:
        return None
    return cast(Label, match.lastgroup)


def blanked(line: str, dates: Iterable[Candidate]) -> str:
    """Return a line with blanks for its dates, times, zones, labels and the small words that join them."""
    kept: list[str] = []
    place = 0
    for candidate in dates:
        kept += line[place : candidate.start], " " * (candidate.end - candidate.start)
        place = candidate.end
    line = "".join(kept) + line[place:]
    for pattern, may_stand_in in _BLANKED:
        if may_stand_in(line):
            line = pattern.sub(lambda found: " " * len(found[0]), line)
    return line


# What is blanked, and a quick look whether a line may hold any.
_BLANKED: Final[tuple[tuple[re.Pattern[str], Callable[[str], object]], ...]] = (
    (TIME, _DIGIT.search),
    (ZONE, lambda line: _DIGIT.search(line) or not ZONES.isdisjoint(small_words(line))),
    (LABEL, lambda line: not LABEL_HEADS.isdisjoint({word[:2] for word in small_words(line)})),
    (FILLER, lambda line: not FILLER_WORDS.isdisjoint(small_words(line))),
)
