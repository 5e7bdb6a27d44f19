"""A search over time as a page draws it: a low strip of bars, each a link to its days, and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from searchapp.answers import wording
from searchapp.answers.address import Address
from searchapp.answers.timeline import Period, Timeline, label, timeline
from searchapp.engines.holdings import days_held
from searchapp.engines.protocol import Engine
from searchapp.search import Results, SearchRequest
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
    """A timeline as it is drawn. ``ends`` tells where it begins and ends. ``behind`` is the outline of what the archive
    holds, on a scale of its own; "" if that is no more than what is found. ``rate`` is the line of the shares, on
    another, where these are told ``by_thousand``. ``wider`` leads to the same search at any time, if it is narrowed to
    some days."""

    bars: list[Bar]
    ends: tuple[str, str]
    unit: str
    behind: str
    rate: str
    gaps: tuple[str, ...]
    undated: Link | None
    wider: str | None


def over_time(engine: Engine, wanted: SearchRequest, results: Results) -> Timeline | None:
    """Return what was found over time, if its days were counted. Raises what ``days_held`` raises."""
    if results.days is None:
        return None
    return timeline(
        wanted, results.total, results.days, days_held(engine, wanted.view, results.generation, wanted.day_counted)
    )


def strip(address: Address, shown: Timeline | None, noun: str, *, by_thousand: bool = False) -> Strip | None:
    """Return a timeline of ``address`` as it is drawn, what is found being called ``noun``; None where it would show
    nothing. Shares of the archive are told in per cent, or as so many of a thousand, and then drawn, too."""
    if shown is None or len(shown.periods) < 2 or not any(each.found for each in shown.periods):
        return None
    most = max(each.found for each in shown.periods)
    compared, filters = not shown.is_whole, address.request.filters

    def bar(number: int, period: Period) -> Bar:
        name, share = label(period, shown.unit), told_share(period.share, by_thousand=by_thousand)
        told = f"{name}: {wording.counted(period.found, noun)}"
        return Bar(
            name,
            period.found,
            period.held,
            share,
            f"{told} of {period.held:,}, {share}{' in 1,000' if by_thousand else ''}" if compared else told,
            address.between(period.first, period.last) if period.found else None,
            WIDTH * number,
            _height(period.found, most),
        )

    published = address.request.day_counted == "published"  # else a year tells another day
    undated = Link("undated", address.toggled("year", ""), shown.undated) if shown.undated and published else None
    return Strip(
        bars=[bar(*each) for each in enumerate(shown.periods)],
        ends=_ends(shown),
        unit=shown.unit,
        behind=_outline([each.held for each in shown.periods]) if compared else "",
        rate=line([each.share for each in shown.periods]) if compared and by_thousand else "",
        gaps=shown.gaps,
        undated=undated if "" not in filters.year.wanted else None,
        wider=address.without("from", "to") if filters.first or filters.last else None,
    )


def _ends(shown: Timeline) -> tuple[str, str]:
    """Return what stands below the first and the last bar: their names, which for weeks would be two days each."""
    first, last = shown.periods[0], shown.periods[-1]
    if shown.unit == "week":
        return wording.written(first.first), wording.written(last.last)
    return label(first, shown.unit), label(last, shown.unit)


def _outline(counts: Sequence[int]) -> str:
    """Return counts as one stretch of steps: the path of SVG."""
    most = max(counts) or 1
    return f"M0 {HEIGHT}{''.join(f'V{HEIGHT - _height(each, most)}h{WIDTH}' for each in counts)}V{HEIGHT}z"


def _height(count: int, most: int) -> int:
    return max(1, round(HEIGHT * count / most)) if count else 0


def line(values: Sequence[float], most: float = 0.0) -> str:
    """Return values as a line from the middle of each period to that of the next: the path of SVG. The highest of them,
    or ``most``, is as high as the drawing."""
    highest = most or max(values) or 1
    points = (
        f"{WIDTH * number + WIDTH // 2} {HEIGHT - round(HEIGHT * each / highest, 1):g}"
        for number, each in enumerate(values)
    )
    return f"M{'L'.join(points)}"


def told_share(share: float, *, by_thousand: bool) -> str:
    """Return a share in per cent, or as so many of a thousand."""
    if by_thousand:
        return f"{1000 * share:.1f}"
    return f"{100 * share:.0f} %" if share >= 0.1 or not share else f"{100 * share:.2g} %"
