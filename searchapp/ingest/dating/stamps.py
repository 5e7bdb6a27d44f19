"""The outlet's day of what metadata stamp with a moment, in whatever zone."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Final

from searchapp.article import Dated
from searchapp.ingest.dating.candidates import Candidate
from searchapp.ingest.dating.zones import days_at, zones_of_host, zones_of_place

# Hours ahead of UTC between which nearly all outlets lie: California in winter, New Zealand in summer.
_WEST, _EAST = timezone(timedelta(hours=-8)), timezone(timedelta(hours=13))
UNSURE: Final = "day in UTC"


@dataclass(frozen=True, slots=True)
class Stamped(Dated):
    """A day of metadata with the ``moment`` that it was given by, in its zone, which need not be the outlet's."""

    moment: datetime

    @property
    def earliest(self) -> date:
        """The day at that moment in the West."""
        return self.moment.astimezone(_WEST).date()

    @property
    def latest(self) -> date:
        """The day at that moment in the East."""
        return self.moment.astimezone(_EAST).date()

    @property
    def is_in_utc(self) -> bool:
        """Whether its zone is that of the world rather than of an outlet."""
        return not self.moment.utcoffset()


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells an outlet's day: the day its dateline gives, those that its page ``shows``, its place and address, and
    the days it was at the moment where the source's ``others`` show it to be."""

    opening: Candidate | None
    shown: Collection[date]
    place: str | None
    url: str | None
    others: Collection[date] = ()


def on_outlets_day(stamp: Stamped, signs: Signs) -> Dated:
    """Return the day it was at the outlet, of those it can have been at that moment, and by what that is known.

    First counts a day that the page shows, then the dateline's, then the zone of the address's country, that in which
    the source's other articles show it to be, and that of the place. Of a zone other than UTC it is supposed that it is
    the outlet's, unless the page or the dateline's place at that moment shows another day. Where nothing tells the day
    of a stamp in UTC it stays as it was stamped, with its moment and an origin that says so.
    """
    if stamp.earliest == stamp.latest:
        return _as(stamp, stamp.earliest, "")
    shown = {day for day in signs.shown if stamp.earliest <= day <= stamp.latest}
    if len(shown) == 1:
        return _as(stamp, shown.pop(), "day as the page shows it")
    at_place = days_at(stamp.moment, zones_of_place(signs.place))
    opening = [day for day in (stamp.earliest, stamp.latest) if signs.opening and is_on(signs.opening, day)]
    if opening and (stamp.is_in_utc or at_place == set(opening)):
        return _as(stamp, opening[0], "day by the dateline")
    if not stamp.is_in_utc:
        return _as(stamp, stamp.first, "")
    for days, by in (
        (days_at(stamp.moment, zones_of_host(signs.url)), "its country"),
        (signs.others, "its other articles"),
        (at_place, "its place"),
    ):
        if len(days) == 1:
            return _as(stamp, next(iter(days)), f"day by the zone of {by}")
    return replace(stamp, origin=f"{stamp.origin}, {UNSURE}")


def is_on(candidate: Candidate, day: date) -> bool:
    return (candidate.month, candidate.day) == (day.month, day.day) and candidate.year in (None, day.year)


def _as(stamp: Stamped, day: date, how: str) -> Dated:
    return Dated(day, day, "day", f"{stamp.origin}, {how}" if how else stamp.origin)


def stamped(moment: datetime, origin: str) -> Dated:
    """Return the day of a moment with it, or alone: midnight in UTC is what programs write that know but the day."""
    day, clock = moment.date(), (moment.hour, moment.minute, moment.second)
    if not moment.utcoffset() and clock == (0, 0, 0):
        return Dated(day, day, "day", origin)
    return Stamped(day, day, "day", origin, moment)


def plain(dated: Dated | None) -> Dated | None:
    """Return a date without its moment."""
    return Dated(dated.first, dated.last, dated.precision, dated.origin) if isinstance(dated, Stamped) else dated
