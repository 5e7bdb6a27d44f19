"""What a site tells of itself: what its archive holds, how it is searched, how its statements were found."""

import math
from calendar import month_abbr
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template

from searchapp.answers import wording
from searchapp.answers.address import Address
from searchapp.calendar import in_month, in_year
from searchapp.engines.survey import Row, Survey, survey
from searchapp.fields import Facet
from searchapp.help.examples import Example, written
from searchapp.search import FacetValue
from searchapp.web import asking
from searchapp.web.links import Link, everything, search_link

holdings = Blueprint("holdings", __name__)
SHADES = 5  # beside none
GAP = 3  # periods without an article that are told of
GAPS = 12  # that are told, the longest


@dataclass(frozen=True, slots=True)
class Cell:
    """How many articles a source has of a period, as a number and as a shade from 0 to ``SHADES``."""

    count: int
    shade: int
    told: str


@dataclass(frozen=True, slots=True)
class Line:
    """A source with its cells; ``all`` leads to its articles."""

    all: Link
    cells: list[Cell]
    undated: int


@holdings.get("/archive")
def archive() -> str:
    """What the archive holds of each source and when, with its gaps in words."""
    seen, address = survey(asking.engine()), everything()
    periods = [_called(seen, number) for number in range(len(seen.periods))]
    return render_template(
        "archive.html",
        info=asking.engine().info(),
        seen=seen,
        years=[(Link(str(year), address.toggled("year", str(year))), many) for year, many in _years(seen)],
        months=[month_abbr[first.month] for first, _ in seen.periods] if seen.monthly else [],
        lines=[_line(row, periods, address) for row in seen.rows],
        gaps=gaps(seen),
        undated=Link("undated", address.toggled("year", ""), seen.undated) if seen.undated else None,
        languages=_links("language", seen.languages, address),
        acts=_links("act", seen.acts, everything("statements")),
        kinds=_links("kind", seen.kinds, everything("statements")),
        asked="",
        carried=[],
    )


@holdings.get("/help")
def manual() -> str:
    """How to search, each way with an example that finds something here, and the keys."""
    return render_template(
        "help.html", examples=[_example(each) for each in written(asking.engine())], asked="", carried=[]
    )


@holdings.get("/about")
def about() -> str:
    """How statements were found, and what the index holds."""
    return render_template("about.html", info=asking.engine().info(), asked="", carried=[])


def gaps(seen: Survey) -> list[str]:
    """Return the longest stretches in which a source that has something of most periods has nothing, in words."""
    found: list[tuple[int, str]] = []
    for row in seen.rows:
        held = [number for number, count in enumerate(row.counts) if count]
        if not row.source or not held or 2 * len(held) < held[-1] - held[0] + 1:
            continue
        for empty, numbers in groupby(range(held[0], held[-1]), key=lambda number: not row.counts[number]):
            stretch = list(numbers)
            if empty and len(stretch) >= GAP:
                begin, end = _called(seen, stretch[0]), _called(seen, stretch[-1])
                found.append((len(stretch), f"Nothing of {row.source} from {begin} to {end}."))
    found.sort(key=lambda each: -each[0])
    return [sentence for _, sentence in found[:GAPS]]


def _line(row: Row, periods: Sequence[str], address: Address) -> Line:
    most = math.log1p(max(row.counts, default=0)) or 1
    source = wording.label("source", row.source)
    cells = [
        Cell(count, math.ceil(SHADES * math.log1p(count) / most), f"{source}, {period}: {count:,}")
        for count, period in zip(row.counts, periods, strict=True)
    ]
    return Line(Link(source, address.toggled("source", row.source), row.articles), cells, row.undated)


def _called(seen: Survey, number: int) -> str:
    first = seen.periods[number][0]
    return wording.when(in_month(first.year, first.month, "") if seen.monthly else in_year(first.year, ""))


def _years(seen: Survey) -> Iterator[tuple[int, int]]:
    """Yield each year with how many of the periods are its."""
    for year, periods in groupby(first.year for first, _ in seen.periods):
        yield year, len(list(periods))


def _links(facet: Facet, values: Iterable[FacetValue], address: Address) -> list[Link]:
    return [Link(wording.label(facet, each.value), address.toggled(facet, each.value), each.count) for each in values]


def _example(example: Example) -> tuple[Link, str]:
    return Link(example.request.query.text, search_link(example.request), example.total), example.told
