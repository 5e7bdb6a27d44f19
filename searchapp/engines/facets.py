"""The values of facets as every engine lists them: their numbers, their order, and how many of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from searchapp.analysis import terms
from searchapp.fields import FIELDS, Facet
from searchapp.query import Name, Values
from searchapp.search import FacetCounts, FacetValue, SearchRequest

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Names:
    """The distinct values of a facet; their numbers are their places here. The first is "", for none."""

    values: list[str]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each value."""
        return {value: number for number, value in enumerate(self.values)}

    @cached_property
    def _folded(self) -> list[str]:
        return [f" {' '.join(terms(value))} " for value in self.values]

    def wanted(self, node: Name | Values) -> list[int]:
        """Return the numbers of the values that a part of a query asks for."""
        if isinstance(node, Values):
            return [self.numbers[value] for value in node.values if value in self.numbers]
        asked = f" {' '.join(node.terms)} "
        return [number for number, folded in enumerate(self._folded) if asked in folded]


def listed_of(facet: Facet, names: Names, counts: Counts, request: SearchRequest) -> FacetCounts:
    """Return what ``listed`` does, of all values' counts by their numbers."""
    most, chosen = most_listed(facet, request), request.filters.choice(facet).values
    enough = None if most is None else most + len(chosen) + 1  # so one is left over, if there are more
    numbers = [
        *_commonest(names, counts, enough),
        *(names.numbers[value] for value in chosen if value in names.numbers),
    ]
    return listed(facet, {names.values[number]: int(counts[number]) for number in numbers}, request)


def listed(facet: Facet, counts: Mapping[str, int], request: SearchRequest) -> FacetCounts:
    """Return the commonest values (of some facets all), and those chosen.

    ``counts`` has all values; or those chosen, and so many of the commonest that one is left over if there are more.
    """
    most, chosen = most_listed(facet, request), request.filters.choice(facet).values
    counts = {**dict.fromkeys(chosen, 0), **counts}
    values = _ordered(facet, counts)
    if most is not None:
        shown = {*[value for value in values if counts[value]][:most], *chosen}
        values = [value for value in values if value in shown]
    return FacetCounts(tuple(FacetValue(value, counts[value]) for value in values), len(counts) > len(values))


def most_listed(facet: Facet, request: SearchRequest) -> int | None:
    """Return how many of the commonest values are listed at most; None if all are."""
    return None if FIELDS[facet].by_value else request.facet_limit


def _commonest(names: Names, counts: Counts, most: int | None) -> list[int]:
    """Return the numbers of the ``most`` commonest values that there are, of all if there are no more."""
    present = np.flatnonzero(counts)
    if most is None or len(present) <= most:
        return list(map(int, present))
    fewest = np.partition(counts[present], -most)[-most]
    candidates = present[counts[present] >= fewest].tolist()
    return sorted(candidates, key=lambda number: (-counts[number], names.values[number]))[:most]


def _ordered(facet: Facet, counts: Mapping[str, int]) -> list[str]:
    """Return values in order: the commonest first, then by name; or the highest first, none last."""
    if FIELDS[facet].by_value:
        return sorted(counts, key=lambda value: (value != "", value.zfill(4)), reverse=True)
    return sorted(counts, key=lambda value: (-counts[value], value))
