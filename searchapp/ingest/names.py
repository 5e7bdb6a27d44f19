"""Names of persons: their words, which forms are one name, people.toml, and one name over the whole archive."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from searchapp.analysis import fold
from searchapp.errors import BadPeople
from searchapp.ingest.lexicon import HONORIFICS, NICKNAME_GROUPS, SPELLINGS, SUFFIXES, TITLE_WORDS
from searchapp.model import Article, Speaker, SpeakerType

_WORD = re.compile(r"\w{1,100}(?:['’]\w{1,100}){0,3}")
_PREFIXES = frozenset("al el ul".split())


@dataclass(frozen=True, slots=True)
class Known:
    """What people.toml says of a person."""

    name: str
    role: str | None = None
    type: SpeakerType = "person"


@dataclass(frozen=True, slots=True)
class People:
    """What an archivist knows of the archive's persons; ``People()`` knows nobody."""

    forms: Mapping[str, Known] = field(default_factory=dict)  # by folded form

    def known(self, form: str) -> Known | None:
        """Return who is written so, or None if people.toml does not have the form."""
        return self.forms.get(spelling(form)) if self.forms else None

    def name_of(self, form: str) -> str | None:
        """Return the name to use for a form, or None if people.toml does not have it."""
        known = self.known(form)
        return known.name if known else None


def spelling(form: str) -> str:
    """Return what forms that differ in case, accents, hyphens or spaces only have in common."""
    return " ".join(fold(word) for word in _WORD.findall(form))


def name_words(form: str) -> tuple[str, ...]:
    """Return the folded words of a name without honorifics, suffixes and the Arabic article."""
    words = [fold(word).replace("'", "").replace("’", "") for word in _WORD.findall(form)]
    while len(words) > 1 and words[0] in HONORIFICS:
        words.pop(0)
    while len(words) > 1 and words[-1] in SUFFIXES:
        words.pop()
    if len(words) > 1:
        words = [word for word in words[:-1] if word not in _PREFIXES] + words[-1:]
    return tuple(words)


def same_given(one: str, other: str) -> bool:
    """Tell whether two given names can be one: equal, an initial, a nickname, or another spelling."""
    if one == other or (one[0] == other[0] and 1 in (len(one), len(other))):
        return True
    if one in NICKNAME_GROUPS and NICKNAME_GROUPS[one] & NICKNAME_GROUPS.get(other, frozenset()):
        return True
    return sound(one) == sound(other)


def compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names inside one article, of two words or more and equal in the last, can be one person's."""
    short, full = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < 2:
        return True
    if full[-len(short) :] == short:
        return True
    if not same_given(short[0], full[0]):
        return False
    if len(short) == len(full):
        return all(same_given(a, b) for a, b in zip(short[1:-1], full[1:-1], strict=True))
    return all(any(same_given(a, b) for b in full[1:-1]) for a in short[1:-1])


# Spellings that transliterations of one name differ by; a word of three letters or fewer is taken as it stands.
_SOUNDS = (("tch", "ch"), ("sch", "sh"), ("ck", "k"), ("dh", "d"), ("x", "ks"), ("ou", "u"), ("oo", "u"), ("oe", "o"),
           ("ue", "u"), ("iy", "i"), ("yi", "i"), ("y", "i"))  # fmt: skip
_INNER_SOUNDS = (("kh", "h"), ("ph", "f"))


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """Return a key that the spellings of one folded name share (``sergei`` and ``sergey``)."""
    if word in SPELLINGS:
        return SPELLINGS[word]
    if len(word) < 4:
        return word
    for written, spoken in _SOUNDS:
        word = word.replace(written, spoken)
    for written, spoken in _INNER_SOUNDS:
        word = word[0] + word[1:].replace(written, spoken)
    return "".join(letter for letter, before in zip(word, " " + word, strict=False) if letter != before)


# -- people.toml ------------------------------------------------------------------------------------------


def load_people(path: Path) -> People:
    """Read people.toml: a table for each name; ``variants`` (other forms), ``role`` and ``type`` are optional.

    Raises ``BadPeople``, which names the line and the key.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise BadPeople(f"{path} cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise BadPeople(f"{path} is not valid TOML: {error}") from error
    forms: dict[str, Known] = {}
    for name, table in tables.items():
        try:
            known = _known(name, table)
        except _Wrong as wrong:
            raise _bad(path, text, name, wrong.key, str(wrong)) from None
        variants = table.get("variants", [])
        for form in (name, *variants):
            other = forms.setdefault(spelling(form), known)
            if other.name != name:
                key = "variants" if form in variants else None
                sentence = f"{form!r} already stands for {other.name!r}; leave it under one name only"
                raise _bad(path, text, name, key, sentence)
    return People(forms)


class _Wrong(Exception):
    def __init__(self, key: str | None, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


def _known(name: str, table: object) -> Known:
    if not isinstance(table, dict):
        raise _Wrong(None, f'a name is a table: write ["{name}"] and its variants below')
    for key in table:
        if key not in ("variants", "role", "type"):
            raise _Wrong(key, "there is no such key; use variants, role or type")
    if not spelling(name):
        raise _Wrong(None, "a name needs a letter")
    variants = table.get("variants", [])
    if not isinstance(variants, list) or not all(isinstance(form, str) and spelling(form) for form in variants):
        raise _Wrong("variants", 'variants is a list of names: ["S. Lee", "Sam Lee"]')
    role = table.get("role")
    if role is not None and not isinstance(role, str):
        raise _Wrong("role", "role is a text in quotation marks")
    kind = table.get("type", "person")
    if kind not in ("person", "organisation"):
        raise _Wrong("type", 'type is "person" or "organisation"')
    return Known(name, role, kind)


def _bad(path: Path, text: str, name: str, key: str | None, sentence: str) -> BadPeople:
    where = f"key {name!r}" if key is None else f"key {name!r}.{key}"
    return BadPeople(f"{path}, line {_line_of(text, name, key)}, {where}: {sentence}.")


def _line_of(text: str, name: str, key: str | None) -> int:
    """Return the number of the line where ``key`` of the table ``name`` stands, or where the table begins."""
    lines = text.splitlines()
    begin = next((n for n, line in enumerate(lines) if _is_header(line, name)), None)
    if begin is None:
        begin = next((n for n, line in enumerate(lines) if name in line), 0)
    elif key:
        for number in range(begin + 1, len(lines)):
            if lines[number].lstrip().startswith("["):
                break
            if lines[number].split("=")[0].strip(" \t\"'") == key:
                return number + 1
    return begin + 1


def _is_header(line: str, name: str) -> bool:
    if not line.lstrip().startswith("["):
        return False
    try:
        return name in tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return False


# -- one name over the whole archive ----------------------------------------------------------------------


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
    for form in free:
        words = _bare_words(form)
        if len(words) < 2:
            continue
        groups.join(form, by_letters.setdefault("".join(sound(word) for word in words), form))
        parsed = _Parsed(words[0], sound(words[0]), tuple(sound(word) for word in words[1:-1]), sound(words[-1]))
        by_last[parsed.last].append((parsed, form))
    for named in by_last.values():
        _join_namesakes(named, groups)
    return _most_written(forms, free, groups, people)


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


def renamed(article: Article, names: Mapping[str, str]) -> Article:
    """Return ``article`` with its speakers, and those of its statements, under their archive names.

    Statement ids follow from names: the caller gives them anew (``with_statement_ids``).
    """

    def under_names(speakers: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
        found: dict[str, Speaker] = {}
        for speaker in speakers:
            name = names.get(speaker.name, speaker.name) if speaker.type == "person" else speaker.name
            found.setdefault(name, replace(speaker, name=name))
        return tuple(found.values())

    return replace(
        article,
        speakers=under_names(article.speakers),
        statements=tuple(replace(s, speakers=under_names(s.speakers)) for s in article.statements),
    )
