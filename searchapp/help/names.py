"""The speakers, sources and places of an archive with how many articles each has: what may be typed as a name."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from heapq import nsmallest
from typing import NamedTuple

from searchapp.analysis import terms
from searchapp.engines.held import Held
from searchapp.engines.notes import notes
from searchapp.engines.protocol import Engine
from searchapp.engines.vocabulary import Vocabulary
from searchapp.fields import Facet, NameField
from searchapp.query import Everything, Query
from searchapp.search import SearchRequest

MOST_NAMES = 50_000  # of a facet that are kept, the commonest: 20 MiB
NAMED: tuple[NameField, ...] = ("speaker", "source", "place")


class Name(NamedTuple):
    """A value of a facet, and how many articles have it."""

    field: NameField
    value: str
    articles: int


class Names:
    """The commonest names of one generation."""

    def __init__(self, names: list[Name], variants: Mapping[str, Iterable[str]]) -> None:
        """``variants`` are other spellings of speakers, folded, each with the names it stands for."""
        self._names = sorted(names, key=lambda name: (-name.articles, name.value))
        self._variants = variants
        self._words: dict[NameField, Vocabulary] = {}

    def beginning(self, typed: str, most: int) -> list[Name]:
        """Return names with words that follow each other and begin as what is ``typed`` does, of which the last may be
        unfinished; the commonest first."""
        asked = " ".join(terms(typed))
        start = bisect_left(self._starts, (asked, 0)) if asked else len(self._starts)
        end = bisect_left(self._starts, (asked + "\U0010ffff", 0), start)
        return [self._names[number] for number in nsmallest(most, {number for _, number in self._starts[start:end]})]

    def words(self, field: NameField) -> Vocabulary:
        """Return the words of the names of a facet, as a vocabulary."""
        if field not in self._words:
            counts: Counter[str] = Counter()
            for name in self._names:
                if name.field == field:
                    counts.update(dict.fromkeys(terms(name.value), name.articles))
            self._words[field] = Vocabulary(counts.items(), ())
        return self._words[field]

    @cached_property
    def _starts(self) -> list[tuple[str, int]]:
        """Each name, in each spelling, from each of its words on, in ascending order, with the number of the name."""
        speakers = {name.value: number for number, name in enumerate(self._names) if name.field == "speaker"}
        spelled = [(terms(name.value), number) for number, name in enumerate(self._names)]
        spelled += [
            (spelling.split(), speakers[name])
            for spelling, names in self._variants.items()
            for name in names
            if name in speakers
        ]
        return sorted({(" ".join(words[at:]), number) for words, number in spelled for at in range(len(words))})


def _read(engine: Engine) -> Names:
    facets: tuple[Facet, ...] = NAMED
    everything = SearchRequest(Query("", Everything()), limit=0, facets=facets, facet_limit=MOST_NAMES)
    counted = engine.search(everything).facets
    names = [Name(field, each.value, each.count) for field in NAMED for each in counted[field].values if each.value]
    return Names(names, notes(engine).persons.names)


_held = Held(_read)


def names_of(engine: Engine) -> Names:
    """Return the names of the generation that is served; they are read once, when they are asked for first."""
    return _held.of(engine)
