"""Searches compared over time as a page draws them: a line each on one axis, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from searchapp.answers.comparison import Comparison, Series
from searchapp.answers.timeline import Period, Unit, label
from searchapp.answers.wording import counted
from searchapp.web.links import Link, address_of
from searchapp.web.strips import WIDTH, line, told_share


@dataclass(frozen=True, slots=True)
class Column:
    """A period: what it is called and all that is told of it, for each series how much is found and where that leads,
    and which part of what the archive has ``held``; where it is drawn."""

    name: str
    told: str
    found: list[Link]
    shares: list[str]
    held: int
    x: int


@dataclass(frozen=True, slots=True)
class Curves:
    """Series as they are drawn: their names and totals with where these lead, and the path of each. ``most`` tells what
    the highest point of all stands for. Without a ``unit`` there is no time to show."""

    names: list[Link]
    paths: list[str]
    columns: list[Column]
    unit: Unit | None
    ends: tuple[str, str]
    most: str
    gaps: list[tuple[str, str]]  # of which series, and in words


def curves(shown: Comparison, noun: str, *, by_thousand: bool) -> Curves:
    """Return a comparison as it is drawn, what is found being called ``noun``: as counts, or as so many of a thousand
    of the archive."""
    names = [Link(each.name, str(address_of(each.request)), each.total) for each in shown.series]
    unit, periods = shown.unit, shown.periods
    if unit is None:
        return Curves(names, [], [], None, ("", ""), "", [])
    values = [[each.share if by_thousand else each.found for each in series.periods] for series in shown.series]
    most = max(map(max, values))
    return Curves(
        names=names,
        paths=[line(each, most) for each in values],
        columns=[_column(shown.series, each, label(each[0], unit), at) for at, each in enumerate(periods)],
        unit=unit,
        ends=(label(periods[0][0], unit), label(periods[-1][0], unit)),
        most=f"{_told(most, noun, by_thousand=by_thousand)} in a {unit}",
        gaps=[(each.name, sentence) for each in shown.series if each.timeline for sentence in each.timeline.gaps],
    )


def _column(series: Sequence[Series], periods: Sequence[Period], name: str, number: int) -> Column:
    pairs = list(zip(series, periods, strict=True))
    told = "; ".join(f"{each.name} {period.found:,}" for each, period in pairs)
    return Column(
        name=name,
        told=f"{name}: {told}",
        found=[
            Link(name, address_of(each.request).between(period.first, period.last), period.found)
            for each, period in pairs
        ],
        shares=[told_share(each.share, by_thousand=True) for each in periods],
        held=periods[0].held,
        x=WIDTH * number,
    )


def _told(most: float, noun: str, *, by_thousand: bool) -> str:
    return f"{told_share(most, by_thousand=True)} of 1,000 {noun}s" if by_thousand else counted(round(most), noun)
