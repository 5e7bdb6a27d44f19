"""A search over time: how much is found of each day, week, month or year, and how much the archive holds of it."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Literal

from searchapp.answers.wording import begun, days, written
from searchapp.fields import FACETS, Facet, View
from searchapp.query import Dates, Everything, leaves
from searchapp.search import DayCounts, SearchRequest

Span = tuple[int, int]  # the ordinals of the first and the last day
Unit = Literal["day", "week", "month", "year", "decade", "century"]
# The days from the first to the last up to which each unit is taken: that makes some seventy periods at most.
_UP_TO: dict[Unit, int] = {"day": 45, "week": 420, "month": 2200, "year": 25_600, "decade": 256_000}
_YEARS: Mapping[Unit, int] = {"year": 1, "decade": 10, "century": 100}
TOLD = 3  # gaps
# Hits that a gap would have if they were spread as the archive is: of articles by chance one in 150 has none (e**-5);
# statements come several to an article.
EXPECTED: Mapping[View, int] = {"articles": 5, "statements": 25}
_LEAST: Mapping[Unit, int] = {"day": 4}  # periods that make a gap of the archive, else 2: a long weekend is none
_LAST = date.max.toordinal()
_NOTHING: Mapping[Facet, str] = {"speaker": "Nothing by this speaker", "source": "Nothing of this source"}


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included: how much is ``found`` that is or may be of them, and how much
    the archive has ``held`` of them."""

    first: date
    last: date
    found: int
    held: int

    @property
    def share(self) -> float:
        """Which part of what the archive holds is found."""
        return self.found / self.held if self.held else 0.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is found and held over all the time that a search is narrowed to, or that the archive knows: ``periods``
    follow each other without a gap, whole units but for the ends of what is asked for. ``gaps`` are sentences."""

    unit: Unit
    periods: tuple[Period, ...]
    undated: int
    gaps: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all is found that the archive holds."""
        return all(each.found == each.held for each in self.periods)


def timeline(request: SearchRequest, total: int, found: DayCounts, held: DayCounts) -> Timeline | None:
    """Return the ``total`` hits of ``request`` over time, beside what the archive holds; None if nothing in it has a
    day that is asked for."""
    span = _span(request, held)
    if span is None:
        return None
    unit: Unit = next((unit for unit, most in _UP_TO.items() if span[1] - span[0] < most), "century")
    of_found, of_held = _Sums(found), _Sums(held)
    periods = tuple(
        Period(date.fromordinal(first), date.fromordinal(last), of_found.of(first, last), of_held.of(first, last))
        for first, last in _parted(request, span, unit)
    )
    undated = total - sum(found.first.values())
    return Timeline(unit, periods, undated, _gaps(request, unit, periods, span, of_found, of_held))


def label(period: Period, unit: Unit) -> str:
    """Return what a period is called: "3 May 2020", "2 to 8 March 2021", "March 2021", "2021", "1990 to 1999"."""
    first, last = period.first, period.last
    if first == last:
        return written(first)
    if unit == "month":
        return f"{first:%B} {first.year}"
    if unit == "week":
        return f"{begun(first, last)} to {written(last)}"
    return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"


class _Sums:
    """Counts of days, summed up so that those of any period are told by two look-ups."""

    def __init__(self, counts: DayCounts) -> None:
        self._begun, self._ended = _summed(counts.first), _summed(counts.last)

    def of(self, first: int, last: int) -> int:
        """Return how many are, or may be, of the days from ``first`` to ``last``."""
        return _before(last + 1, *self._begun) - _before(first, *self._ended)

    def widened(self, first: int, last: int, span: Span) -> tuple[date, date]:
        """Return the days of ``span`` around those from ``first`` to ``last`` that have, as these, none."""
        (ended, _), (begun, _) = self._ended, self._begun
        before, after = bisect_left(ended, first), bisect_left(begun, last)
        return (
            date.fromordinal(max(span[0], ended[before - 1] + 1) if before else span[0]),
            date.fromordinal(min(span[1], begun[after] - 1) if after < len(begun) else span[1]),
        )


def _summed(counts: Mapping[int, int]) -> tuple[list[int], list[int]]:
    days = sorted(counts)
    return days, [0, *accumulate(map(counts.__getitem__, days))]


def _before(day: int, days: Sequence[int], sums: Sequence[int]) -> int:
    return sums[bisect_left(days, day)]


def _span(request: SearchRequest, held: DayCounts) -> Span | None:
    """Return the first and the last day to show: those of the archive, as far as they are asked for."""
    if not held.first:
        return None
    filters, years = request.filters, [int(year) for year in request.filters.year.wanted if year]
    firsts, lasts = [min(held.first)], [max(held.last)]
    if years and "" not in filters.year.wanted:
        firsts.append(date(max(min(years), 1), 1, 1).toordinal())
        lasts.append(date(max(*years, 1), 12, 31).toordinal())
    if filters.first:
        firsts.append(filters.first.toordinal())
    if filters.last:
        lasts.append(filters.last.toordinal())
    first, last = max(firsts), min(lasts)
    return (first, last) if first <= last else None


def _parted(request: SearchRequest, span: Span, unit: Unit) -> Iterator[Span]:
    """Yield the periods of ``span`` as ordinals: whole units, cut off where days are asked for."""
    least = request.filters.first.toordinal() if request.filters.first else 1
    most = request.filters.last.toordinal() if request.filters.last else _LAST
    day = span[0]
    while day <= span[1]:
        first, last = _whole(date.fromordinal(day), unit)
        yield max(first, least), min(last, most)
        day = last + 1


def _whole(day: date, unit: Unit) -> Span:
    """Return the first and the last day of the unit in which a day is; weeks begin on Mondays."""
    if unit == "day":
        return day.toordinal(), day.toordinal()
    if unit == "week":
        monday = day.toordinal() - day.weekday()
        return monday, min(monday + 6, _LAST)
    if unit == "month":
        last = monthrange(day.year, day.month)[1]
        return day.replace(day=1).toordinal(), day.replace(day=last).toordinal()
    size = _YEARS[unit]
    year = day.year // size * size
    return date(max(year, 1), 1, 1).toordinal(), date(min(year + size - 1, 9999), 12, 31).toordinal()


def _gaps(
    request: SearchRequest, unit: Unit, periods: Sequence[Period], span: Span, found: _Sums, held: _Sums
) -> tuple[str, ...]:
    """Return a sentence on the times of which nothing is held, and one on those of which nothing is found, though that
    is not to be expected: of many only the greatest are told."""
    every = [Period(each.first, each.last, each.held, 1) for each in periods]
    enough = EXPECTED[request.view]
    told = [(*gap, f"The archive holds no {request.view}", held) for gap in _empty(every, enough, _LEAST.get(unit, 2))]
    if not request.filters.year.values and not any(isinstance(leaf, Dates) for leaf in leaves(request.query.tree)):
        told += [(*gap, _nothing(request), found) for gap in _empty(periods, enough)]
    greatest = sorted(sorted(told, key=itemgetter(0), reverse=True)[:TOLD], key=itemgetter(3, 1))
    return tuple(
        f"{nothing} {' and '.join(days(*sums.widened(first, last, span)) for _, first, last, _, sums in gaps)}."
        for nothing, gaps in groupby(greatest, key=itemgetter(3))
    )


def _empty(periods: Sequence[Period], enough: int, least: int = 1) -> Iterator[tuple[float, int, int]]:
    """Yield how many hits were to be expected, and the first and the last day, of each time of at least so many periods
    that has none where ``enough`` were expected."""
    share = sum(each.found for each in periods) / (sum(each.held for each in periods) or 1)
    for found, group in groupby(periods, key=lambda period: period.found > 0):
        run = list(group)
        expected = share * sum(each.held for each in run)
        if not found and len(run) >= least and expected >= enough:
            yield expected, run[0].first.toordinal(), run[-1].last.toordinal()


def _nothing(request: SearchRequest) -> str:
    """Return how it is told that nothing is found: of whom or where, if that is all that is asked for."""
    filters = request.filters
    narrowed = [facet for facet in FACETS if filters.choice(facet).values]
    if isinstance(request.query.tree, Everything) and len(narrowed) == 1 and narrowed[0] in _NOTHING:
        choice = filters.choice(narrowed[0])
        if len(choice.wanted) == 1 and choice.wanted[0]:
            return _NOTHING[narrowed[0]]
    return "Nothing is found"
