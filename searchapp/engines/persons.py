"""Whom an archive knows by which names: a speaker is found by every spelling of the name.

An archive names its speakers one way each. What else it has read for them (forms that ingest found to be one person's,
and the variants of people.toml) stands in the profile of its generation, and is read from there once.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import msgspec

from searchapp.analysis import terms
from searchapp.query import Name, Node, Query, Values, Words, disjunction, leaves, mapped
from searchapp.search import Choice, SearchRequest
from searchapp.sounds import transliterated

MOST_NAMES = 20  # of one part of a query, that it stands for
MOST_OTHERS = 3  # spellings that are offered for words of a query


class _Known(msgspec.Struct):
    name: str


class KnownPeople(msgspec.Struct):
    """What of people.toml is needed here."""

    forms: dict[str, _Known] = {}
    variants: list[str] = []


@dataclass(frozen=True)
class Persons:
    """The names of an archive's speakers, by their other spellings: folded words parted by spaces."""

    names: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by spelling
    written: Mapping[str, str] = field(default_factory=dict)  # spellings as they are written
    shown: frozenset[str] = frozenset()  # the names that speakers have

    @classmethod
    def of(cls, forms: Mapping[str, str], people: KnownPeople) -> "Persons":
        """Return the persons of an archive that has these forms of names, each with the name it stands for."""
        names: dict[str, set[str]] = defaultdict(set)
        for form, name in (*forms.items(), *((form, known.name) for form, known in people.forms.items())):
            names[_spelling(form)].add(name)
        written = {_spelling(form): form for form in sorted({*forms, *people.variants, *forms.values()})}
        shown = frozenset(forms.values()) | {known.name for known in people.forms.values()}
        for name in shown:
            names[_spelling(name)].add(name)
        return cls({spelling: frozenset(found) for spelling, found in names.items() if spelling}, written, shown)

    def resolved(self, request: SearchRequest) -> SearchRequest:
        """Return ``request`` as one that finds the speakers it means by the names that they have in the archive."""
        choice = request.filters.speaker
        wanted, unwanted = self._chosen(choice.wanted), self._chosen(choice.unwanted)
        if (wanted, unwanted) != (choice.wanted, choice.unwanted):
            request = replace(request, filters=replace(request.filters, speaker=Choice(wanted, unwanted)))
        if not any(isinstance(leaf, Name) and leaf.field == "speaker" for leaf in leaves(request.query.tree)):
            return request
        tree = mapped(request.query.tree, self._in_every_spelling)
        return replace(request, query=replace(request.query, tree=tree))

    def spellings(self, name: str) -> tuple[str, ...]:
        """Return how else the name of a speaker is written in the archive or in people.toml."""
        own = _spelling(name)
        found = (self.written.get(each, "") for each, names in self.names.items() if name in names and each != own)
        return tuple(sorted(filter(None, found)))

    def shown_as(self, name: str) -> str:
        """Return the one name that the archive shows for ``name``, or ``name`` where it knows none or several."""
        known = self._chosen((name,))
        return known[0] if len(known) == 1 else name

    def also(self, query: Query) -> Iterator[tuple[str, str]]:
        """Yield other spellings of names among the bare words of a query, each with the query that asks for it."""
        words = [leaf for leaf in leaves(query.tree, positive=True) if isinstance(leaf, Words) and leaf.field == "text"]
        for run, spelling in _runs(words):
            others = [other for other in self._others.get(spelling, ()) if other != spelling][:MOST_OTHERS]
            for other in others:
                start, end = run[0].span.start, run[-1].span.end
                before, after = query.text[:start], query.text[end:]
                words_of_it = self._as_written(other)
                yield words_of_it, f'{before.rstrip(_QUOTES)}"{words_of_it}"{after.lstrip(_QUOTES)}'
            if others:
                return

    def _as_written(self, spelling: str) -> str:
        whole = self.written.get(spelling) or self._lasts.get(spelling, spelling)
        return re.sub(r'["“”„‟«»()]', " ", whole)

    @cached_property
    def _lasts(self) -> Mapping[str, str]:
        return {_spelling(word): word for form in self.written.values() for word in form.split()[-1:]}

    def _chosen(self, values: tuple[str, ...]) -> tuple[str, ...]:
        """Return names that are chosen as the archive has them; what it does not know stays as it is."""
        found: dict[str, None] = {}
        for value in values:
            known = () if value in self.shown else sorted(self.names.get(_spelling(value), ()))
            found |= dict.fromkeys(known or (value,))
        return tuple(sorted(found))

    def _in_every_spelling(self, leaf: Node) -> Node:
        if not isinstance(leaf, Name) or leaf.field != "speaker":
            return leaf
        asked = f" {' '.join(leaf.terms)} "
        meant = {name for spelling, names in self.names.items() if asked in f" {spelling} " for name in names}
        if not meant:
            asked = f" {' '.join(map(transliterated, leaf.terms))} "
            meant = {name for sounds, names in self._sounds for name in names if asked in sounds}
        others = sorted(name for name in meant if f" {' '.join(leaf.terms)} " not in f" {_spelling(name)} ")
        if not others:
            return leaf
        return disjunction([leaf, Values("speaker", tuple(others[:MOST_NAMES]))])

    @cached_property
    def _sounds(self) -> list[tuple[str, frozenset[str]]]:
        return [
            (f" {' '.join(map(transliterated, spelling.split()))} ", names) for spelling, names in self.names.items()
        ]

    @cached_property
    def _others(self) -> Mapping[str, list[str]]:
        """For each spelling of a name, and of its last word, how else that is written."""
        forms: dict[str, list[str]] = defaultdict(list)
        for spelling, names in self.names.items():
            for name in names:
                forms[name].append(spelling)
        others: dict[str, dict[str, None]] = defaultdict(dict)
        for name, spellings in forms.items():
            first = _spelling(name)
            several = sorted(spellings, key=lambda each: (each != first, each))
            lasts = list(dict.fromkeys(each.split()[-1] for each in several))
            for group in (several, lasts):
                for each in group if len(group) > 1 else ():
                    others[each] |= dict.fromkeys(group)
        return {each: list(found) for each, found in others.items()}


_QUOTES = '"“”'


def _spelling(form: str) -> str:
    return " ".join(terms(form))


def _runs(words: list[Words]) -> Iterator[tuple[list[Words], str]]:
    """Yield words that are typed side by side, the longest runs first, and what they are together."""
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            yield run, " ".join(" ".join(each.terms) for each in run)
