"""The columns of tantivy's indexes: what stands in them for some hits, and how many of those that match have each value
of a facet.

A value's number may stand in several columns (the first speakers of an article have one each), so counts of columns are
summed. Of many values only the commonest are told of each column: to hand them over takes longer than to count them.
What is listed is exact all the same: a value that a column does not tell stands there at most as often as the last one
that it does tell, which bounds what may be missing. (This is one round of the algorithm without random access of Fagin,
Lotem and Naor, "Optimal aggregation algorithms for middleware", 2001.) If the bound leaves the order open, all values
are counted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from tantivy import DocAddress, Query, Searcher

from searchapp.engines.facets import Counts
from searchapp.engines.tantivy.store import OTHERS, Kind, Shelf, columns
from searchapp.fields import Facet

BUCKETS = 65_000  # of one aggregation; tantivy refuses more
# Values asked of each column of a facet, more of the later ones: who is mostly named first in an article is seldom
# named third, and would be missing among few.
TOLD = (500, 500, 20_000, 20_000, 15_000)
_EVERY = 1 << 31  # of the values of a segment, before those of all segments are summed


class Sought(NamedTuple):
    """Which of a facet's ``size`` values are to be counted: the ``most`` commonest (all, if None) and those ``chosen``,
    by number, and as many more as tell whether there are others."""

    size: int
    most: int | None
    chosen: list[int]


def counted(shelf: Shelf, query: Query, kind: Kind, sought: Mapping[Facet, Sought]) -> dict[Facet, Counts]:
    """Return for each facet how many of those that match have each value, by its number. Of some values that are not
    ``sought`` it is 0."""
    counts = _commonest(shelf.searcher, query, kind, sought)
    unsettled = {facet: each for facet, each in sought.items() if facet not in counts}
    return counts | (_all(shelf.searcher, query, kind, unsettled) if unsettled else {})


def counted_among(
    shelf: Shelf, hits: list[DocAddress], kind: Kind, sought: Mapping[Facet, Sought]
) -> dict[Facet, Counts]:
    """Return the same for these hits. Their columns are read, but for the one that holds several values for some."""
    of = _columns_of(sought, kind)
    counts = {facet: np.zeros(each.size + 1, np.int64) for facet, each in sought.items()}
    for column, facet in of.items():
        if column != OTHERS:
            numbers = np.array(values(shelf.searcher, column, hits), np.int64)
            counts[facet] += np.bincount(numbers, minlength=len(counts[facet]))
    if OTHERS in of and (rows := _rows_with(shelf.searcher, hits, OTHERS)):
        query = Query.term_set_query(shelf.schema, "row", rows)
        for bucket in _parts(shelf.searcher, query, OTHERS):
            counts["speaker"][bucket["key"]["number"]] += bucket["doc_count"]
    return {facet: each[1:] for facet, each in counts.items()}


def days_counted(shelf: Shelf, query: Query, name: str, hits: list[DocAddress] | None) -> dict[int, int]:
    """Return how many of those that match, which are ``hits`` if these are known, have each day in a column of days
    (ordinals), those without a day left out."""
    if hits is not None:
        found: Mapping[int, int] = Counter(values(shelf.searcher, name, hits))
    else:
        asked = {name: {"terms": {"field": name, "size": BUCKETS, "segment_size": _EVERY}}}
        buckets = shelf.searcher.aggregate(query, asked)[name]["buckets"]
        found = {int(bucket["key"]): bucket["doc_count"] for bucket in buckets}
    return {day: count for day, count in found.items() if day}


def values(searcher: Searcher, column: str, hits: list[DocAddress]) -> list[Any]:
    """Return what hits have in a column of numbers, None where one has nothing."""
    return searcher.fast_field_values(column, hits)


def column(searcher: Searcher, query: Query, name: str) -> tuple[Counts, list[DocAddress]]:
    """Return what all that matches has in a column of numbers, and where it is."""
    hits = searcher.search(query, max(1, searcher.num_docs), count=False, order_by_field=name).hits
    return np.array([number for number, _ in hits], np.int64), [address for _, address in hits]


def _columns_of(facets: Iterable[Facet], kind: Kind) -> dict[str, Facet]:
    return {column: facet for facet in facets for column in columns(facet, kind)}


def _commonest(searcher: Searcher, query: Query, kind: Kind, sought: Mapping[Facet, Sought]) -> dict[Facet, Counts]:
    """Return the counts of the facets that are settled by the commonest values of each column."""
    asked = {
        column: {"terms": {"field": column, "size": size, "segment_size": _EVERY}}
        for facet in sought
        for column, size in zip(columns(facet, kind), TOLD, strict=False)
    }
    found = searcher.aggregate(query, asked)
    settled = {}
    for facet, wanted in sought.items():
        counts, beyond = (np.zeros(wanted.size + 1, np.int64) for _ in range(2))
        for position, each in enumerate(columns(facet, kind)):
            buckets = found[each]["buckets"]
            numbers = np.array([bucket["key"] for bucket in buckets], np.int64)
            counts[numbers] += np.array([bucket["doc_count"] for bucket in buckets], np.int64)
            if found[each]["sum_other_doc_count"]:
                first = 2 if position else 1  # number 1 stands for no value, and in the first column only
                beyond[first:] += buckets[-1]["doc_count"]
                beyond[numbers] -= buckets[-1]["doc_count"]
        if _settles(counts[1:], beyond[1:], wanted):
            settled[facet] = np.where(beyond, 0, counts)[1:]
    return settled


def _settles(counts: Counts, beyond: Counts, wanted: Sought) -> bool:
    """Say whether counts tell all that is wanted, if each value may occur so often ``beyond`` its count."""
    unsure = beyond > 0
    if not unsure.any():
        return True
    if wanted.most is None or unsure[wanted.chosen].any():
        return False
    needed = wanted.most + len(wanted.chosen) + 1
    sure = np.sort(counts[~unsure])[-needed:]
    return len(sure) == needed and bool(sure[0] > (counts + beyond)[unsure].max())


def _all(searcher: Searcher, query: Query, kind: Kind, sought: Mapping[Facet, Sought]) -> dict[Facet, Counts]:
    """Return the counts of all values: together as far as tantivy tells so many, else column by column."""
    of, room = _columns_of(sought, kind), BUCKETS
    counts = {facet: [0] * (each.size + 1) for facet, each in sought.items()}
    together = {}
    for column, facet in of.items():
        if room > sought[facet].size:
            together[column] = {"terms": {"field": column, "size": BUCKETS}}
            room -= sought[facet].size + 1
    for column, found in (searcher.aggregate(query, together) if together else {}).items():
        for bucket in found["buckets"]:
            counts[of[column]][bucket["key"]] += bucket["doc_count"]
    for column in of.keys() - together.keys():
        for bucket in _parts(searcher, query, column):
            counts[of[column]][bucket["key"]["number"]] += bucket["doc_count"]
    return {facet: np.array(each[1:], np.int64) for facet, each in counts.items()}


def _parts(searcher: Searcher, query: Query, column: str) -> Iterator[dict[str, Any]]:
    """Yield the buckets of a column that may have any number of values, as many at a time as tantivy tells."""
    part: dict[str, Any] = {"size": BUCKETS, "sources": [{"number": {"terms": {"field": column}}}]}
    while True:
        found = searcher.aggregate(query, {"all": {"composite": part}})["all"]
        yield from found["buckets"]
        if len(found["buckets"]) < BUCKETS:
            break
        part["after"] = found["after_key"]


def _rows_with(searcher: Searcher, hits: list[DocAddress], name: str) -> list[int]:
    there, rows = values(searcher, name, hits), values(searcher, "row", hits)
    return [row for row, number in zip(rows, there, strict=True) if number is not None]
