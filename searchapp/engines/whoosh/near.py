"""Words near each other, found in arrays of their places."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from searchapp.engines.whoosh.postings import Int64s
from searchapp.query import Link


class Places(NamedTuple):
    """Where a word or phrase begins, ascending, and the places of its last words: row and position as one number."""

    firsts: Int64s
    lasts: Int64s


def together(alternatives: Sequence[Places]) -> Places:
    """Return where one of the alternatives stands."""
    if len(alternatives) == 1:
        return alternatives[0]
    firsts, lasts = (np.concatenate(each) for each in zip(*alternatives, strict=True))
    order = np.argsort(firsts, kind="stable")
    return Places(firsts[order], lasts[order])


def chained(parts: Sequence[Places], links: Sequence[Link]) -> Int64s:
    """Return where the last of ``parts`` stands, each at most as far from the one before as its link says. Sentences
    and paragraphs are not known here: of such links only the number of words is looked at."""
    reached = parts[0]
    for link, part in zip(links, parts[1:], strict=True):
        near = _behind(part.firsts, np.sort(reached.lasts), link.words)
        if not link.after:
            near |= _before(part.lasts, reached.firsts, link.words)
        reached = Places(part.firsts[near], part.lasts[near])
    return reached.firsts


def _behind(places: Int64s, others: Int64s, most: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell of each place whether one of the ``others`` is at most so far before it."""
    if not len(others):
        return np.zeros(len(places), np.bool_)
    at = np.searchsorted(others, places) - 1
    return (at >= 0) & (places - others[np.maximum(at, 0)] <= most)


def _before(places: Int64s, others: Int64s, most: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell of each place whether one of the ``others`` is at most so far behind it."""
    if not len(others):
        return np.zeros(len(places), np.bool_)
    at = np.searchsorted(others, places, "right")
    return (at < len(others)) & (others[np.minimum(at, len(others) - 1)] - places <= most)
