"""The words that an archive holds, for who mistypes one or has not finished typing."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import islice
from math import log
from operator import itemgetter
from typing import Literal, Protocol

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from searchapp.analysis import terms
from searchapp.query import Exact, Fuzzy, Node, Prefix, Query
from searchapp.search import Results, SearchRequest

Counted = tuple[str, int]  # a word as written, folded, and in how many articles it stands
MOST_WORDS = 200_000  # of an archive that are kept, the commonest: 30 MiB; a million articles hold ten times as many
MOST_COMPARED = 30_000  # of them with which a word is compared: 5 ms
MOST_EDITS = 2
SHORT = 5  # letters of a word of which one may be wrong, as of a word~
_ASKED = 30  # articles in which an engine that does not list its words is asked for some


class Known(Protocol):
    """The words of an archive, as written in titles and bodies."""

    def near(self, word: str, most: int) -> list[Counted]:
        """Return words one or two edits from ``word`` (optimal string alignment), the likeliest first."""

    def count(self, words: Iterable[str]) -> dict[str, int]:
        """Return in how many articles each of these stands."""

    def titled(self, beginning: str, most: int) -> list[Counted]:
        """Return words of titles that begin so, the commonest first."""


class Vocabulary:
    """The commonest words of an archive that lists them."""

    def __init__(self, words: Iterable[Counted], in_titles: Iterable[Counted]) -> None:
        self._counts = dict(nlargest(MOST_WORDS, words, key=itemgetter(1)))
        self._titles = sorted(nlargest(MOST_WORDS, in_titles, key=itemgetter(1)))

    def near(self, word: str, most: int) -> list[Counted]:
        found: list[tuple[Counted, int]] = []
        allowed = edits_allowed(word)
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            choices = self._by_length.get(length, [])
            if choices:
                edits = cdist([word], choices, scorer=OSA.distance, score_cutoff=allowed, dtype=np.uint8)[0]
                for at in np.flatnonzero(edits <= allowed).tolist():
                    found.append(((choices[at], self._counts[choices[at]]), int(edits[at])))
        return likeliest(word, found, most)

    def count(self, words: Iterable[str]) -> dict[str, int]:
        return {word: self._counts.get(word, 0) for word in words}

    def titled(self, beginning: str, most: int) -> list[Counted]:
        start = bisect_left(self._titles, (beginning, 0))
        end = bisect_left(self._titles, (beginning + "\U0010ffff", 0), start)
        return nlargest(most, self._titles[start:end], key=itemgetter(1))

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        lengths = defaultdict(list)
        for word in islice(self._counts, MOST_COMPARED):
            lengths[len(word)].append(word)
        return lengths


class FoundWords:
    """The words of an archive that does not list them: those of the articles that it finds."""

    def __init__(self, search: Callable[[SearchRequest], Results]) -> None:
        self._search = search

    def near(self, word: str, most: int) -> list[Counted]:
        counts: Counter[str] = Counter()
        allowed = edits_allowed(word)
        for text in self._texts(Fuzzy("text", word, allowed), "body"):
            counts.update(set(terms(text)))
        edits = ((each, OSA.distance(word, each[0], score_cutoff=allowed)) for each in counts.items())
        return likeliest(word, [(each, distance) for each, distance in edits if distance <= allowed], most)

    def count(self, words: Iterable[str]) -> dict[str, int]:
        asked = {word: SearchRequest(Query("", Exact("text", word)), limit=0, facets=()) for word in words}
        return {word: self._search(request).total for word, request in asked.items()}

    def titled(self, beginning: str, most: int) -> list[Counted]:
        counts: Counter[str] = Counter()
        for title in self._texts(Prefix("title", beginning), "title"):
            counts.update({word for word in terms(title) if word.startswith(beginning)})
        return counts.most_common(most)

    def _texts(self, tree: Node, field: Literal["title", "body"]) -> Iterable[str]:
        hits = self._search(SearchRequest(Query("", tree), limit=_ASKED, facets=())).hits
        for hit in hits:
            yield hit.article.title or ""
            if field == "body":
                yield hit.article.body


def edits_allowed(word: str) -> int:
    """Return how many letters may be other than in ``word``, of a short one less."""
    return 1 if len(word) <= SHORT else MOST_EDITS


def likeliest(word: str, found: Sequence[tuple[Counted, int]], most: int) -> list[Counted]:
    """Return words with their counts from such with their distances from ``word``: an edit less is worth as much as to
    be thirty times as common, and the same first letter as ten times. ``word`` itself is left out, and what is farther
    from it than the likeliest."""

    def worth(each: tuple[Counted, int]) -> tuple[float, str]:
        (known, count), distance = each
        return log(count + 1) - log(30) * distance + log(10) * (known[:1] == word[:1]), known

    best = nlargest(most + 1, found, key=worth)
    others = [each for each in best if each[1]]
    return [counted for counted, distance in others if distance <= others[0][1]][:most]
