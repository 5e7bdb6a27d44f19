"""What narrows a search: facets, chips, and the ways to see it otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from searchapp.answers import parameters, payloads, wording
from searchapp.answers.address import Address, facet_path
from searchapp.errors import QueryFault
from searchapp.fields import DAYS, FACETS, FIELDS, VIEWS, Facet
from searchapp.search import Results
from searchapp.web.links import Link, here


@dataclass(frozen=True, slots=True)
class Way:
    """One of a few ways to look at the same search; ``why`` there is no ``url``: its words cannot be read so."""

    text: str
    current: bool
    url: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A value of a facet, and where selecting and excluding it (or no longer) lead."""

    value: str
    label: str
    count: int
    selected: bool
    excluded: bool
    toggle: str
    exclude: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class FacetBox:
    """A facet beside the results: its rows, the chosen ones first; ``more`` leads to all of its values."""

    name: Facet
    heading: str
    rows: tuple[Row, ...]
    more: str | None


def narrows(listed: payloads.Listed, results: Results) -> bool:
    """Say whether the values of a facet give a choice: a single one that all hits have gives none."""
    return any(each.count < results.total for each in listed.values) or len(listed.values) > 1


def box(
    address_of: Address, facet: Facet, listed: payloads.Listed, told: Mapping[str, str] = MappingProxyType({})
) -> FacetBox:
    """Return a facet with its values as rows, and what is ``told`` of some."""
    choice = address_of.request.filters.choice(facet)
    rows = tuple(
        Row(
            value=each.value,
            label=wording.label(facet, each.value),
            count=each.count,
            selected=each.value in choice.wanted,
            excluded=each.value in choice.unwanted,
            toggle=address_of.toggled(facet, each.value),
            exclude=address_of.excluded(facet, each.value),
            told=told.get(each.value, ""),
        )
        for each in listed.values
    )
    more = address_of.page(0, path=here(facet_path(facet))) if listed.more else None
    return FacetBox(facet, FIELDS[facet].heading, rows, more)


def chips(address_of: Address) -> list[Link]:
    """Return what narrows the search beside its words, each leading to the search without it."""
    filters = address_of.request.filters
    chips = []
    for facet in FACETS:
        choice = filters.choice(facet)
        for value in choice.wanted:
            text = f"{facet} {wording.label(facet, value)}" if value else FIELDS[facet].none
            chips.append(Link(text, address_of.toggled(facet, value)))
        for value in choice.unwanted:
            text = f"not {facet} {wording.label(facet, value)}" if value else FIELDS[facet].some
            chips.append(Link(text, address_of.excluded(facet, value)))
    if filters.first:
        chips.append(Link(f"from {wording.written(filters.first)}", address_of.without("from")))
    if filters.last:
        chips.append(Link(f"to {wording.written(filters.last)}", address_of.without("to")))
    return chips


def views(address_of: Address) -> list[Way]:
    """Return articles and statements to choose from."""
    return [_way(address_of, "view", view, view.capitalize()) for view in VIEWS]


def matches(address_of: Address) -> list[Way]:
    """Return "all words" and "any word" to choose from, when there are several words."""
    if len(address_of.request.query.text.split()) < 2:
        return []
    return [_way(address_of, "match", "all", "all words"), _way(address_of, "match", "any", "any word")]


def sorts(address_of: Address) -> list[Way]:
    """Return the orders to choose from, as what comes first."""
    current = address_of.request.sort
    return [
        Way("best" if sort == "relevance" else sort, sort == current, address_of.ordered(sort))
        for sort in parameters.SORTS
    ]


def days(address_of: Address) -> list[Way]:
    """Return the days of a statement to choose from, as that which counts."""
    current = address_of.request.day
    return [Way(day, day == current, address_of.counting(day)) for day in DAYS]


def _way(address_of: Address, name: Literal["view", "match"], value: str, text: str) -> Way:
    current = value == getattr(address_of.request, name)
    try:
        return Way(text, current, address_of.page(0) if current else address_of.reread(name, value))
    except QueryFault as fault:
        return Way(text, current, None, str(fault))
