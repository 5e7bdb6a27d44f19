"""The same story in several outlets: a sketch by which candidates are found, and a closer look that decides.

Both compare runs of neighbouring words, folded; marks within numbers do not count (1,750 is 1750). The sketch are the
smallest hashes of long runs: "bottom-k" of shingles (Broder, On the resemblance and containment of documents, 1997).
A copy cut short keeps those of its part, and one with paragraphs added or rewritten keeps most. Long runs are rarely
shared by chance; the short ones that decide survive more changes.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, islice
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from searchapp.analysis import terms
from searchapp.article import Article

# Chosen on variants and successive takes of Reuters articles; docs/ingest.md has the figures.
LONG, KEPT = 8, 32  # words of a run of the sketch; how many values it has at most
CANDIDATE = 2  # values that are shared by two articles worth a closer look: one alone is often a phrase of the trade
SHORT = 4  # words of a run that decides
PART = 0.25  # of the runs of the shorter text must stand in the other: what is left where half is rewritten
LEAST, NEARLY_ALL = 20, 0.8  # and as many runs, or this part of a shorter text: fewer are such phrases
CONFLICTS = 0.1  # of the runs that are the same but for their numbers: more tell another take of one report
TOO_SHORT = 20  # words: below that two dividends read alike, so such a text has no sketch

Hashes = NDArray[np.uint64]
_POWERS = np.array([pow(0x9E3779B97F4A7C15, power, 1 << 64) for power in range(LONG)], np.uint64)
_NUMBER = np.uint64(1 << 32)  # the bit that marks the hash of a word with a number in it
_IN_NUMBER = re.compile(r"[.,](?<=\d.)(?=\d)")


def sketch(body: str) -> tuple[int, ...]:
    """Return at most 32 ascending numbers in [0, 2**31) that depend on the words of ``body`` and their order alone;
    none for less than 20 words.

    They are the smallest of all runs of eight words. A word counts as its CRC-32 (of UTF-8), plus 2**32 if it begins
    or ends with a digit; a run as the sum of its words, each times the next power of 0x9E3779B97F4A7C15 from 1 on,
    mixed as SplitMix64 does (Steele, Lea and Flood, 2014), all modulo 2**64; of that the upper 31 bits.
    """
    words = _words(body)
    if len(words) < TOO_SHORT:
        return ()
    ordered = np.sort(_runs(words, LONG) >> np.uint64(33))
    return tuple(islice((value for value, _ in groupby(ordered.tolist())), KEPT))


def same(one: str, other: str) -> bool:
    """Say whether two bodies tell the same story, mostly in the same words and with the same numbers."""
    return _Story.of(one).is_told_by(_Story.of(other))


def alike(article: Article, others: Iterable[Article]) -> Iterator[Article]:
    """Yield those of ``others`` that share values of the sketch with ``article`` and tell the same story."""
    own: _Story | None = None
    for other in others:
        if len(set(article.sketch).intersection(other.sketch)) >= CANDIDATE:
            own = own or _Story.of(article.body)
            if own.is_told_by(_Story.of(other.body)):
                yield other


class _Story(NamedTuple):
    """The short runs of a text, each once; and those that hold numbers, beside what they are with any number."""

    every: Hashes
    numbered: Hashes
    with_any: Hashes

    @classmethod
    def of(cls, body: str) -> "_Story":
        words = _words(body)
        exact, with_any = (_runs(each, SHORT) for each in (words, np.where(words & _NUMBER, _NUMBER, words)))
        holding = exact != with_any
        return cls(np.unique(exact), exact[holding], with_any[holding])

    def is_told_by(self, other: "_Story") -> bool:
        shared = len(np.intersect1d(self.every, other.every, assume_unique=True))
        fewest = min(len(self.every), len(other.every))
        if shared < max(PART * fewest, min(NEARLY_ALL * fewest, LEAST), 1):
            return False
        common = len(np.intersect1d(self.with_any, other.with_any))
        agreeing = len(np.unique(self.with_any[np.isin(self.numbered, other.numbered)]))
        return common - agreeing <= CONFLICTS * common


def _words(body: str) -> Hashes:
    words = terms(_IN_NUMBER.sub("", body))
    return np.fromiter(map(_hash, words), np.uint64, len(words))


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    return crc32(word.encode()) + ((word[0].isdigit() or word[-1].isdigit()) << 32)


def _runs(words: Hashes, length: int) -> Hashes:
    """Return a hash of each run of so many words, in their order; of all words where there are fewer."""
    length = min(length, len(words))
    count = len(words) - length + 1 if length else 0
    runs = np.ndarray((count, length), np.uint64, words, 0, (words.itemsize,) * 2) @ _POWERS[:length]
    runs = (runs ^ (runs >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    runs = (runs ^ (runs >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return runs ^ (runs >> np.uint64(31))
