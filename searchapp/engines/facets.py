"""The values of facets as every engine lists them: their numbers, their order, and how many of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from searchapp.analysis import terms
from searchapp.fields import Facet
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


def listed_counts(facet: Facet, names: Names, counts: Counts, request: SearchRequest) -> FacetCounts:
    """Return the commonest values (of years all, the latest first), and those chosen."""
    present = np.flatnonzero(counts)
    chosen = request.filters.choice(facet).values
    count_of = dict.fromkeys(chosen, 0) | {
        names.values[number]: int(counts[number])
        for number in _commonest_numbers(names, counts, present, most_listed(facet, request))
    }
    for value in chosen:
        if value in names.numbers:
            count_of[value] = int(counts[names.numbers[value]])
    more = len(present) > sum(map(bool, count_of.values()))
    return FacetCounts(tuple(FacetValue(value, count_of[value]) for value in ordered(facet, count_of)), more)


def most_listed(facet: Facet, request: SearchRequest) -> int | None:
    """Return how many of the commonest values are listed at most; None if all are."""
    return None if facet == "year" else request.facet_limit


def _commonest_numbers(names: Names, counts: Counts, present: Counts, most: int | None) -> list[int]:
    if most is None or len(present) <= most:
        return [int(number) for number in present]
    if not most:
        return []
    fewest = np.partition(counts[present], -most)[-most]
    candidates = present[counts[present] >= fewest].tolist()
    return sorted(candidates, key=lambda number: (-counts[number], names.values[number]))[:most]


def ordered(facet: Facet, counts: Mapping[str, int]) -> list[str]:
    """Return values in order: the commonest first, then by name; years the latest first, undated last."""
    if facet == "year":
        return sorted(counts, key=lambda value: (value != "", value.zfill(4)), reverse=True)
    return sorted(counts, key=lambda value: (-counts[value], value))
