"""A request and its answer in words, as people read them."""

from calendar import month_name
from collections.abc import Iterable
from datetime import date

from searchapp.answers import parameters
from searchapp.fields import FACETS, FIELDS, Facet
from searchapp.query import describe, in_statement
from searchapp.search import Choice, Results, SearchRequest

_MONTHS = tuple(month_name)


def cut(request: SearchRequest, results: Results) -> list[str]:
    """Return a sentence for each thing that was bounded; where pages end before the hits do, also what to do then."""
    end = request.offset + request.limit
    if not request.limit or not parameters.REACH <= end < results.total:
        return list(results.cut)
    ends = f"Pages end at hit {end:,} of {results.total:,}: narrow the search, or turn its order round, to see others."
    return [*results.cut, ends]


def label(facet: Facet, value: str) -> str:
    """Return how a facet value is called: itself, or "undated" and its like for none."""
    return value or FIELDS[facet].none


def understood(request: SearchRequest) -> str:
    """Return query and filters in words, as they follow "37 articles": "with vaccine, said by ..."."""
    filters = request.filters
    parts = [describe(request.query)]
    one_statement = request.view == "statements" or in_statement(request.query.tree)
    before = {"speaker": "said by" if one_statement else "quoting", "year": "in"}
    for facet in FACETS:
        parts += _chosen(facet, before.get(facet, "from"), filters.choice(facet))
    if filters.first and filters.last:
        parts.append(f"published from {written(filters.first)} to {written(filters.last)}")
    elif filters.first:
        parts.append(f"published on {written(filters.first)} or later")
    elif filters.last:
        parts.append(f"published on {written(filters.last)} or earlier")
    return ", ".join(filter(None, parts))


def written(day: date) -> str:
    """Return a day as people write it: "29 May 2020"."""
    return f"{day.day} {_MONTHS[day.month]} {day.year}"


def _chosen(facet: Facet, before: str, choice: Choice) -> list[str]:
    field = FIELDS[facet]
    wanted = [f"{before} {_listed(choice.wanted)}"] if any(choice.wanted) else []
    unwanted = [f"not {before} {_listed(choice.unwanted)}"] if any(choice.unwanted) else []
    wanted += [field.without] if "" in choice.wanted else []
    unwanted += [field.some] if "" in choice.unwanted else []
    return [*filter(None, [" or ".join(wanted)]), *unwanted]


def _listed(values: Iterable[str]) -> str:
    return " or ".join(filter(None, values))
