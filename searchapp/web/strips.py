"""A search over time as a page draws it: a low strip of bars, each a link to its days, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from searchapp.answers import wording
from searchapp.answers.address import Address
from searchapp.answers.timeline import Period, Timeline, label
from searchapp.web.links import Link

WIDTH, HEIGHT = 10, 40  # of a period, and of the highest bar, in the units of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """A period: what it is called and counts, where it leads (None where nothing is found), and where and how high it
    is drawn, in the units of the drawing."""

    name: str
    found: int
    held: int
    share: str
    told: str
    url: str | None
    x: int
    height: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A timeline as it is drawn. ``behind`` is the outline of what the archive holds, on a scale of its own; "" if that
    is no more than what is found. ``wider`` leads to the same search at any time, if it is narrowed to some days."""

    bars: list[Bar]
    unit: str
    behind: str
    gaps: tuple[str, ...]
    undated: Link | None
    wider: str | None


def strip(address: Address, timeline: Timeline | None, noun: str) -> Strip | None:
    """Return a timeline of ``address`` as it is drawn, what is found being called ``noun``; None where it would show
    nothing."""
    if timeline is None or len(timeline.periods) < 2 or not any(each.found for each in timeline.periods):
        return None
    most = max(each.found for each in timeline.periods)
    compared, filters = not timeline.is_whole, address.request.filters

    def bar(number: int, period: Period) -> Bar:
        name, share = label(period, timeline.unit), _percent(period.share)
        told = f"{name}: {wording.counted(period.found, noun)}"
        return Bar(
            name,
            period.found,
            period.held,
            share,
            f"{told} of {period.held:,}, {share}" if compared else told,
            address.between(period.first, period.last) if period.found else None,
            WIDTH * number,
            _height(period.found, most),
        )

    undated = Link("undated", address.toggled("year", ""), timeline.undated) if timeline.undated else None
    return Strip(
        bars=[bar(*each) for each in enumerate(timeline.periods)],
        unit=timeline.unit,
        behind=_outline([each.held for each in timeline.periods]) if compared else "",
        gaps=timeline.gaps,
        undated=undated if "" not in filters.year.wanted else None,
        wider=address.without("from", "to") if filters.first or filters.last else None,
    )


def _outline(counts: Sequence[int]) -> str:
    """Return counts as one stretch of steps: the path of SVG."""
    most = max(counts) or 1
    return f"M0 {HEIGHT}{''.join(f'V{HEIGHT - _height(each, most)}h{WIDTH}' for each in counts)}V{HEIGHT}z"


def _height(count: int, most: int) -> int:
    return max(1, round(HEIGHT * count / most)) if count else 0


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.1 or not share else f"{100 * share:.2g} %"
