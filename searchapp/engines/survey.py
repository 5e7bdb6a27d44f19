"""What an archive holds of each source through the months, or through the years where these are too many."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from searchapp.calendar import in_month, in_year
from searchapp.engines.held import Held
from searchapp.engines.protocol import Engine
from searchapp.fields import Facet, View
from searchapp.query import parse
from searchapp.search import Choice, FacetValue, Filters, IndexInfo, Results, SearchRequest

MONTHS = 120  # that are told apart: ten years
YEARS = 100  # the latest, where there are more
SOURCES = 20  # the commonest


@dataclass(frozen=True, slots=True)
class Row:
    """A source ("" for none): all its articles, how many of each period, and how many undated. What is known to the
    year only counts in all its months, as a search for one of them finds it."""

    source: str
    articles: int
    counts: tuple[int, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Survey:
    """The ``periods``, as first and last days, are months if ``monthly``, else years; ``more`` sources have no row.
    ``acts`` and ``kinds`` count statements."""

    monthly: bool
    periods: tuple[tuple[date, date], ...]
    rows: tuple[Row, ...]
    more: int
    undated: int
    languages: tuple[FacetValue, ...]
    acts: tuple[FacetValue, ...]
    kinds: tuple[FacetValue, ...]


def survey(engine: Engine) -> Survey:
    """Return what the archive that ``engine`` serves holds. It is counted once a generation, by a search a period."""
    return _held.of(engine)


def _counted(engine: Engine) -> Survey:
    info = engine.info()
    everything = _search(engine, Filters(), "source", "language", "year")
    said = _search(engine, Filters(), "act", "kind", view="statements")
    listed = everything.facets["source"].values
    undated = _sources(_search(engine, Filters(year=Choice(("",))), "source"))
    monthly, periods = _periods(info)
    found = [_sources(_search(engine, Filters(first=first, last=last), "source")) for first, last in periods]
    rows = [
        Row(each.value, each.count, tuple(of.get(each.value, 0) for of in found), undated.get(each.value, 0))
        for each in listed[:SOURCES]
    ]
    return Survey(
        monthly,
        periods,
        tuple(rows),
        max(0, len(listed) - SOURCES),
        sum(each.count for each in everything.facets["year"].values if not each.value),
        everything.facets["language"].values,
        said.facets["act"].values,
        said.facets["kind"].values,
    )


def _search(engine: Engine, filters: Filters, *facets: Facet, view: View = "articles") -> Results:
    query = parse("", view=view)
    return engine.search(SearchRequest(query, view=view, filters=filters, limit=0, facets=facets, facet_limit=None))


def _sources(results: Results) -> Mapping[str, int]:
    return {each.value: each.count for each in results.facets["source"].values}


def _periods(info: IndexInfo) -> tuple[bool, tuple[tuple[date, date], ...]]:
    """Return whether the periods are months, and from when to when each is; none where all is undated."""
    if not (info.first and info.last):
        return False, ()
    months = 12 * (info.last.year - info.first.year) + info.last.month - info.first.month + 1
    if months <= MONTHS:
        return True, tuple(_months(info.first, months))
    years = (in_year(year, "") for year in range(max(info.first.year, info.last.year - YEARS + 1), info.last.year + 1))
    return False, tuple((each.first, each.last) for each in years)


def _months(first: date, many: int) -> Iterator[tuple[date, date]]:
    for number in range(first.month - 1, first.month - 1 + many):
        month = in_month(first.year + number // 12, number % 12 + 1, "")
        yield month.first, month.last


_held = Held(_counted)
