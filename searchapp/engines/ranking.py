"""What makes one article the better answer: one formula for every engine.

BM25 over one combined field in which a word of the title counts ``TITLE`` times; what the words of a query are worth
is summed, each once, however often it is typed (``once``). A phrase (``Words`` of several terms) is worth ``PHRASE``
times its BM25, with the sum of its words' idf: its words count by themselves, as do those typed side by side, which are
worth a little more where they stand side by side: an engine adds the score of ``query.neighbours(tree)`` to what
matches, and ``NAMED`` for each of ``query.preferred(tree)``, which is more than a word can be worth otherwise. Of
equals the newer comes first.

BM25 is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with Lucene's idf, which is
never negative; Tantivy's K1 and B cannot be set, so they are everybody's. PHRASE is the weight that Metzler and Croft,
"A Markov Random Field Model for Term Dependencies" (2005), found for neighbouring words.

The order is the same on every engine, whatever the history of its index: lengths count in the steps in which Tantivy
and Lucene keep them (``in_steps``), averages and idf are those of the articles that are served, prefixes and misspelt
words are worth ``EXPANDED`` wherever they stand, a word as it is written what it is worth in any form, and scores that
differ by no more than single precision can tell are equal (``told_apart``).
"""

from collections.abc import Iterable
from math import log1p
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from searchapp.analysis import stem
from searchapp.fields import Day, Sort
from searchapp.query import Node, Words
from searchapp.search import Hit

K1, B = 1.2, 0.75
TITLE = 3
PHRASE = 0.1
NAMED = 50.0
EXPANDED = 1.0
Part = TypeVar("Part", bound=Node)
_EXACT, _LEADING = 24, 4  # lengths below that are kept as they are; bits of what is beyond
_NOISE = 4  # bits of a single's mantissa of 23: the last of them depend on the order of a sum


def once(parts: Iterable[Part]) -> list[Part]:
    """Return the parts of a conjunction or disjunction, but of words with the same stems only the first."""
    found: dict[object, Part] = {}
    for part in parts:
        key = (part.field, *map(stem, part.terms)) if isinstance(part, Words) else part
        found.setdefault(key, part)
    return list(found.values())


def idf(found: int, number: int) -> float:
    """Return Lucene's idf of a word that is in ``found`` of ``number`` articles."""
    return log1p((number - found + 0.5) / (found + 0.5))


def in_steps(lengths: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """Return lengths (in words) as a byte of Lucene's keeps them (``SmallFloat.intToByte4``), and Tantivy's the same:
    exact up to 40, and then in steps of a sixteenth to an eighth."""
    lengths = lengths.astype(np.int64)
    beyond = np.maximum(lengths - _EXACT, 0)
    _, bits = np.frexp(beyond)
    dropped = np.maximum(bits - _LEADING, 0)
    return np.where(beyond > 0, _EXACT + (beyond >> dropped << dropped), lengths)


def place_of(hit: Hit, sort: Sort, day: Day = "published") -> tuple[float, bool, int, str]:
    """Return what hits are sorted by: the score, or the day of intake, if asked to; then the ``day`` that counts
    (undated ones last), then the id."""
    dated = hit.on(day)
    first = dated.first.toordinal() if dated else 0
    added = hit.article.added.toordinal() if hit.article.added else 0
    return (
        -hit.score if sort == "relevance" else -added if sort == "added" else 0,
        not first,
        first if sort == "oldest" else -first,
        hit.statement.id if hit.statement else hit.article.id,
    )


def told_apart(scores: NDArray[np.float64] | list[float]) -> NDArray[np.float64]:
    """Return scores (none below 0) without what is noise in them: those that are equal but for it become equal."""
    kept = (np.asarray(scores, np.float32).view(np.int32) + (1 << _NOISE >> 1)) >> _NOISE << _NOISE
    return kept.view(np.float32).astype(np.float64)
