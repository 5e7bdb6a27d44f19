"""How many hours ahead of UTC an outlet is, as those of its articles show whose day stands in their text."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from searchapp.ingest.dating.candidates import Candidate
from searchapp.ingest.dating.dates import find_dates
from searchapp.ingest.dating.details import MAX_DETAILS, is_date_line
from searchapp.ingest.dating.stamps import Stamped, is_on

_HOURS: Final = range(-8, 14)  # California in winter to New Zealand in summer
Votes = tuple[int, ...]  # how many articles there are, and for each of the hours how many of them it suits
NONE: Final[Votes] = (0,) * (1 + len(_HOURS))
_FEWEST = 3  # articles that show it
_SHARE = 0.9  # of them that an hour must suit: summer time changes, and a stamp may be of an update
_LINES = 30  # at the beginning and at the end of a text that are looked at
_OPENING = 90  # code points of a line in which a dateline stands
_BEFORE_DAY = re.compile(r"[^\W\d_][\w .,'’-]{1,60}?,? ?\(?\Z")
_BEHIND_DAY = re.compile(r",? ?(?:\d{4})?\)?,? ?(?:[(/–—-]|[A-Z]{2,10}\b)")


def votes_of(stamp: Stamped, text: str) -> Votes:
    """Return which hours suit an article, by its stamp in UTC and the day that its dateline, or a line with nothing but
    that day, gives in its ``text``; ``NONE`` where it shows none."""
    if not stamp.is_in_utc or stamp.earliest == stamp.latest:
        return NONE
    found = {day for day in (stamp.earliest, stamp.latest) for candidate in _days_in(text) if is_on(candidate, day)}
    if len(found) != 1:
        return NONE
    return (1, *(int(_day_at(stamp, hours) in found) for hours in _HOURS))


def added(one: Votes, other: Votes) -> Votes:
    return tuple(ours + theirs for ours, theirs in zip(one, other, strict=True))


def hours_of(votes: Votes) -> frozenset[int]:
    """Return the hours ahead of UTC at which an outlet can be: none where too few articles show it."""
    articles, *suited = votes
    if articles < _FEWEST:
        return frozenset()
    return frozenset(hours for hours, count in zip(_HOURS, suited, strict=True) if count >= _SHARE * articles)


def days_ahead(stamp: Stamped, hours: frozenset[int]) -> set[date]:
    """Return the days that a stamp can be on at an outlet so many hours ahead."""
    return {_day_at(stamp, each) for each in hours}


def _day_at(stamp: Stamped, hours: int) -> date:
    return (stamp.moment + timedelta(hours=hours)).date()


def _days_in(text: str) -> Iterator[Candidate]:
    lines = [line for line in text[:4_000].split("\n") if line.strip()][:_LINES]
    lines += [line for line in text[-500:].split("\n") if line.strip()][-_LINES:]
    for line in dict.fromkeys(lines):
        if len(line) <= MAX_DETAILS and is_date_line(line):
            yield from (each for each in find_dates(line) if each.label != "updated")
            continue
        opening = line[:_OPENING]
        for each in find_dates(opening)[:1]:
            if _BEFORE_DAY.match(opening[: each.start]) and _BEHIND_DAY.match(opening, each.end):
                yield each
