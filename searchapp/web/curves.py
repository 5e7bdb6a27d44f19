"""Searches compared over time as a page draws them: a line each on one axis, and the same as a table."""

from dataclasses import dataclass

from searchapp.answers.comparison import Comparison, Series
from searchapp.answers.timeline import Unit, label
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
    the highest point of all stands for."""

    names: list[Link]
    paths: list[str]
    columns: list[Column]
    unit: Unit
    ends: tuple[str, str]
    most: str
    gaps: list[tuple[str, str]]  # of which series, and in words


def curves(shown: Comparison, noun: str, *, by_thousand: bool) -> Curves | None:
    """Return a comparison as it is drawn, what is found being called ``noun``: as counts, or as so many of a thousand
    of the archive. None where there is no time to show."""
    if shown.unit is None or len(shown.periods) < 2:
        return None
    unit = shown.unit
    values = [[each.share if by_thousand else each.found for each in series.periods] for series in shown.series]
    most = max(map(max, values))
    first, *_, last = shown.series[0].periods
    return Curves(
        names=[Link(each.name, str(address_of(each.request)), each.total) for each in shown.series],
        paths=[line(each, most) for each in values],
        columns=[_column(shown, number, unit) for number in range(len(shown.periods))],
        unit=unit,
        ends=(label(first, unit), label(last, unit)),
        most=f"{_told(most, noun, by_thousand=by_thousand)} in a {unit}",
        gaps=[(each.name, sentence) for each in shown.series for sentence in _gaps(each)],
    )


def _column(shown: Comparison, number: int, unit: Unit) -> Column:
    periods = shown.periods[number]
    name = label(periods[0], unit)
    told = "; ".join(f"{each.name} {period.found:,}" for each, period in zip(shown.series, periods, strict=True))
    return Column(
        name,
        f"{name}: {told}",
        [
            Link(name, address_of(each.request).between(period.first, period.last), period.found)
            for each, period in zip(shown.series, periods, strict=True)
        ],
        [told_share(each.share, by_thousand=True) for each in periods],
        periods[0].held,
        WIDTH * number,
    )


def _told(most: float, noun: str, *, by_thousand: bool) -> str:
    return f"{told_share(most, by_thousand=True)} of 1,000 {noun}s" if by_thousand else counted(round(most), noun)


def _gaps(series: Series) -> tuple[str, ...]:
    return series.timeline.gaps if series.timeline else ()
