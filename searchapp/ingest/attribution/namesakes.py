"""Spellings of one name become one person, over a whole archive."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from searchapp.article import Article, Speaker
from searchapp.ingest.attribution.lexicon import NICKNAME_GROUPS, TITLE_WORDS
from searchapp.ingest.attribution.names import generation_of, name_words, sound
from searchapp.ingest.attribution.people import People

_ARTICLE = re.compile(r"\A(?i:the) ")


NOBODY = People()


class _Groups:
    """Disjoint sets of forms (union-find)."""

    def __init__(self) -> None:
        self.parents: dict[str, str] = {}

    def root(self, form: str) -> str:
        path = []
        while (parent := self.parents.get(form, form)) != form:
            path.append(form)
            form = parent
        for passed in path:
            self.parents[passed] = form
        return form

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        if low != high:
            self.parents[high] = low


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A name by sound: given name, what stands between, last name; ``given`` also as written."""

    written: str
    given: str
    middle: tuple[str, ...]
    last: str


def canonical(forms: Mapping[str, int], people: People) -> dict[str, str]:
    """Return for each form of a name the one name to use for it over the whole archive.

    ``forms`` counts for each full name, as written, the articles whose speaker stands so. Spellings of one name
    are one person, named as most articles write it (of equals the first in the alphabet); what people.toml says
    comes before all. Names that could be two persons' stay two. Does not depend on the order of ``forms``.
    """
    groups = _Groups()
    by_last: dict[str, list[tuple[_Parsed, str]]] = defaultdict(list)
    by_letters: dict[str, str] = {}
    free = sorted(form for form in forms if people.known(form) is None)
    families = _families(free)
    for form in free:
        words = _bare_words(form)
        if len(words) < 2:
            continue
        last = sound(words[-1])
        parted = len(families[last, words[0][0]]) > 1
        generation = f" {generation_of(form)}" if parted else ""
        groups.join(form, by_letters.setdefault("".join(sound(word) for word in words) + generation, form))
        parsed = _Parsed(words[0], sound(words[0]), tuple(sound(word) for word in words[1:-1]), last + generation)
        by_last[parsed.last].append((parsed, form))
    for named in by_last.values():
        _join_namesakes(named, groups)
    return _most_written(forms, free, groups, people)


def _families(forms: list[str]) -> dict[tuple[str, str], set[str]]:
    """Return for each last name and initial what parts fathers and sons in ``forms``: of "jr" and "sr" none is both,
    and who bears neither may be either."""
    families: dict[tuple[str, str], set[str]] = defaultdict(set)
    for form in forms:
        words, generation = _bare_words(form), generation_of(form)
        families[sound(words[-1]) if words else "", words[0][0] if words else ""].update({generation} - {""})
    return families


def _bare_words(form: str) -> tuple[str, ...]:
    words = name_words(form)
    while len(words) > 2 and words[0] in TITLE_WORDS:
        words = words[1:]
    return words


def _join_namesakes(named: list[tuple[_Parsed, str]], groups: _Groups) -> None:
    """Join those of one last name whose given names and middle names can only be one person's."""
    by_given: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    written: dict[str, set[str]] = defaultdict(set)
    for parsed, form in named:
        groups.join(form, by_given[parsed.given].setdefault(parsed.middle, form))
        written[parsed.given].add(parsed.written)
    for middles in by_given.values():
        _join_middles(middles, groups)
    _join_short_givens(by_given, written, groups)


def _join_middles(middles: dict[tuple[str, ...], str], groups: _Groups) -> None:
    """Join ``Ann Lee``, ``Ann B. Lee`` and ``Ann Bea Lee``, unless an ``Ann Carla Lee`` makes the first doubtful."""
    full = {middle: form for middle, form in middles.items() if any(len(word) > 1 for word in middle)}
    by_initials: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for middle, form in full.items():
        by_initials[tuple(word[0] for word in middle)].append(form)
    for middle, form in middles.items():
        if middle and middle not in full:
            fitting = by_initials[middle]
            if len({groups.root(f) for f in fitting}) == 1:
                groups.join(form, fitting[0])
    bare = middles.get(())
    others = {groups.root(form) for middle, form in middles.items() if middle}
    if bare and len(others) == 1:
        groups.join(bare, others.pop())


def _join_short_givens(
    by_given: dict[str, dict[tuple[str, ...], str]], written: dict[str, set[str]], groups: _Groups
) -> None:
    """Join ``S. Lee`` and ``Sam Lee``, ``Mike Lee`` and ``Michael Lee``, where that leaves one person."""
    people = {given: {groups.root(form) for form in middles.values()} for given, middles in by_given.items()}
    lone = {given: roots.copy().pop() for given, roots in people.items() if len(roots) == 1}
    by_nickname: dict[int, list[str]] = defaultdict(list)
    for given in lone:
        for name in written[given]:
            for number in NICKNAME_GROUPS.get(name, ()):
                by_nickname[number].append(given)
    for fitting in by_nickname.values():
        for given in fitting[1:]:
            groups.join(lone[fitting[0]], lone[given])
    by_initial: dict[str, set[str]] = defaultdict(set)
    for given, roots in people.items():
        if len(given) > 1:
            by_initial[given[0]].update(groups.root(root) for root in roots)
    for given, root in lone.items():
        if len(given) == 1 and len(by_initial[given]) == 1:
            groups.join(root, next(iter(by_initial[given])))


def _most_written(forms: Mapping[str, int], free: list[str], groups: _Groups, people: People) -> dict[str, str]:
    best: dict[str, str] = {}
    for form in free:  # in alphabetical order, so that of equals the first stays
        root = groups.root(form)
        if root not in best or forms[form] > forms[best[root]]:
            best[root] = form
    names = {form: best[groups.root(form)] for form in free}
    return names | {form: people.name_of(form) or form for form in forms if form not in names}


def renamed(article: Article, names: Mapping[str, str], people: People = NOBODY) -> Article:
    """Return ``article`` with its speakers, and those of its statements, under their archive names; itself if all are.
    Whom ``people`` knows, be it as an organisation, is called and is what they say.
    """

    def called(speaker: Speaker) -> Speaker:
        if speaker.type != "unnamed" and (known := people.known(_ARTICLE.sub("", speaker.name, count=1))):
            return Speaker(known.name, known.role or speaker.role, known.type)
        return replace(speaker, name=names.get(speaker.name, speaker.name)) if speaker.type == "person" else speaker

    def under_names(speakers: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
        found: dict[str, Speaker] = {}
        for speaker in map(called, speakers):
            found.setdefault(speaker.name, speaker)
        named = tuple(found.values())
        return speakers if named == speakers else named

    speakers = under_names(article.speakers)
    statements = tuple((each, under_names(each.speakers)) for each in article.statements)
    if speakers is article.speakers and all(own is each.speakers for each, own in statements):
        return article
    renamed_statements = tuple(replace(each, speakers=own) for each, own in statements)
    return replace(article, speakers=speakers, statements=renamed_statements)
