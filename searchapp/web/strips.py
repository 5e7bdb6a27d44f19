"""A search over time as a page draws it: a low strip of bars, each a link to its days, and the same as a table."""

from dataclasses import dataclass

from searchapp.answers import wording
from searchapp.answers.address import Address
from searchapp.answers.timeline import Period, Timeline, label
from searchapp.web.links import Link

HEIGHT = 40  # of the highest bar, in the units of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """A period: what it is called and counts, where it leads (None where nothing is found), and how high it is drawn,
    what is found before what the archive holds."""

    name: str
    found: int
    held: int
    share: str
    told: str
    url: str | None
    height: int
    behind: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A timeline as it is drawn. ``compared``: whether there is more in the archive than is found. ``wider`` leads to
    the same search at any time, if it is narrowed to some days."""

    bars: list[Bar]
    unit: str
    compared: bool
    gaps: tuple[str, ...]
    undated: Link | None
    wider: str | None


def strip(address: Address, timeline: Timeline | None, noun: str) -> Strip | None:
    """Return a timeline of ``address`` as it is drawn, what is found being called ``noun``; None where it would show
    nothing."""
    if timeline is None or len(timeline.periods) < 2 or not any(each.found for each in timeline.periods):
        return None
    most, all_most = (
        max(counts) or 1 for counts in zip(*((each.found, each.held) for each in timeline.periods), strict=True)
    )
    compared, filters = not timeline.is_whole, address.request.filters

    def bar(period: Period) -> Bar:
        name, share = label(period, timeline.unit), _percent(period.share)
        told = f"{name}: {wording.counted(period.found, noun)}"
        return Bar(
            name,
            period.found,
            period.held,
            share,
            f"{told} of {period.held:,}, {share}" if compared and period.held else told,
            address.between(period.first, period.last) if period.found else None,
            _height(period.found, most),
            _height(period.held, all_most) if compared else 0,
        )

    undated = Link("undated", address.toggled("year", ""), timeline.undated) if timeline.undated else None
    return Strip(
        bars=[bar(each) for each in timeline.periods],
        unit=timeline.unit,
        compared=compared,
        gaps=timeline.gaps,
        undated=undated if "" not in filters.year.wanted else None,
        wider=address.without("from", "to") if filters.first or filters.last else None,
    )


def _height(count: int, most: int) -> int:
    return max(1, round(HEIGHT * count / most)) if count else 0


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.1 or not share else f"{100 * share:.2g} %"
