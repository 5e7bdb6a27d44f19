"""Whom an archive knows by which names: a speaker is found by every spelling of the name.

An archive names its speakers one way each. What else it has read for them (forms that ingest found to be one person's,
and the variants of people.toml) stands in the profile of its generation, and is read from there once.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock
from weakref import WeakKeyDictionary

import msgspec

from searchapp.analysis import terms
from searchapp.engines.protocol import Engine
from searchapp.errors import QueryFault
from searchapp.query import Name, Node, Query, Values, Words, disjunction, leaves, mapped, parse
from searchapp.search import Choice, SearchRequest
from searchapp.sounds import transliterated

MOST_NAMES = 20  # of one part of a query, that it stands for
MOST_OTHERS = 3  # spellings that are offered for words of a query


class _Known(msgspec.Struct):
    name: str


class _People(msgspec.Struct):
    forms: dict[str, _Known] = {}
    variants: list[str] = []


# Of the profile that ingest wrote (``ingest/profile.py``): forms with the names they stand for, what people.toml says.
# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_PARTS = msgspec.msgpack.Decoder(list[msgspec.Raw])
_NAMES, _PEOPLE = msgspec.msgpack.Decoder(dict[str, str]), msgspec.msgpack.Decoder(_People)


@dataclass(frozen=True)
class Persons:
    """The names of an archive's speakers, by their other spellings: folded words parted by spaces."""

    names: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by spelling
    written: Mapping[str, str] = field(default_factory=dict)  # spellings as they are written
    shown: frozenset[str] = frozenset()  # the names that speakers have

    @classmethod
    def of(cls, profile: bytes) -> "Persons":
        """Return whom a profile knows; of one that ingest did not write, nobody."""
        try:
            _, _, names_read, people_read, *_ = _PARTS.decode(profile)
            forms, people = _NAMES.decode(names_read), _PEOPLE.decode(people_read)
        except (msgspec.DecodeError, ValueError):
            return cls()
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
_held: "WeakKeyDictionary[Engine, tuple[str, Persons]]" = WeakKeyDictionary()
_holding = Lock()


def persons(engine: Engine) -> Persons:
    """Return whom the archive that ``engine`` serves knows. Raises what ``Engine.info`` raises."""
    generation = engine.info().generation
    held = _held.get(engine)
    if held is None or held[0] != generation:
        with _holding:
            held = _held[engine] = (generation, Persons.of(engine.profile()))
    return held[1]


def also(
    engine: Engine, request: SearchRequest, others: Iterable[tuple[str, str]]
) -> tuple[tuple[str, SearchRequest, int], ...]:
    """Return those of other spellings, each with its query, that find something: with the search for it and how much
    that finds."""
    found = []
    for spelling, text in others:
        with suppress(QueryFault):
            query = parse(text, match=request.match, view=request.view)
            wanted = replace(request, query=query, offset=0, at="")
            total = engine.search(replace(wanted, limit=0, facets=())).total
            found += [(spelling, wanted, total)] if total else []
    return tuple(found)


def _spelling(form: str) -> str:
    return " ".join(terms(form))


def _runs(words: list[Words]) -> Iterator[tuple[list[Words], str]]:
    """Yield words that are typed side by side, the longest runs first, and what they are together."""
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            yield run, " ".join(" ".join(each.terms) for each in run)
