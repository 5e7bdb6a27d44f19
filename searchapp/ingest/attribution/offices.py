"""Offices ("the Russian minister", "a former mayor of Oldbay"): what words name one, and whether a phrase means it.

An office belongs to a country, a party or a body; the former, deputy, acting, shadow, elect or late holder is not the
holder.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from searchapp.analysis import fold
from searchapp.ingest.attribution.lexicon import (
    ADVERB,
    CAPITAL,
    COMMON,
    DOMAIN,
    FUNCTION,
    GIVEN,
    GROUP,
    NAMED,
    ROLE,
    TIME,
    TITLE,
    country_of,
    tag,
)

_SAME_ROLE = {"pm": ("prime", "minister"), "fm": ("foreign", "minister"), "vp": ("vice", "president"),
              "sen": ("senator",), "rep": ("representative",), "gov": ("governor",), "prof": ("professor",),
              "gen": ("general",), "premier": ("prime", "minister"), "pres": ("president",), "dr": ("doctor",),
              "nominee": ("candidate",), "frontrunner": ("candidate",), "front-runner": ("candidate",),
              "contender": ("candidate",), "congressman": ("representative",), "hopeful": ("candidate",),
              "congresswoman": ("representative",), "lawmaker": ("representative", "senator")}  # fmt: skip
_NOT_A_COUNTRY = TITLE | DOMAIN | ROLE | GROUP | NAMED | COMMON | GIVEN | TIME | ADVERB
# What parts somebody from the holder of an office -> how it is counted.
STANDINGS = {"former": "former", "ex": "former", "onetime": "former", "one-time": "former", "erstwhile": "former",
             "past": "former", "previous": "former", "retired": "former", "ousted": "former",
             "deposed": "former", "sometime": "former", "emeritus": "former", "then": "former",
             "late": "late", "deceased": "late",
             "deputy": "deputy", "vice": "deputy", "assistant": "deputy", "associate": "deputy", "acting": "acting",
             "interim": "acting", "caretaker": "acting", "shadow": "shadow", "elect": "elect", "designate": "elect",
             "incoming": "elect"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """What words say of somebody's office, folded: the words for it, what parts from it, and whose it is."""

    words: frozenset[str]
    standing: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()  # of a place, party or body
    domain: frozenset[str] = frozenset()  # of ``words`` those that tell one office from another ("foreign")


@lru_cache(maxsize=1 << 12)
def office_of(words: tuple[str, ...]) -> Office:
    """Return the office that ``words`` name ("former", "Oldbay", "mayor")."""
    found: set[str] = set()
    standing, names, domain = set[str](), set[str](), set[str]()
    for word in _parts(words):
        folded, bits = fold(word), tag(word)
        if folded in STANDINGS:
            standing.add(STANDINGS[folded])
        elif folded and not bits & FUNCTION and not _country(word, folded):
            same = _SAME_ROLE.get(folded, (folded,))
            found.update(same)
            domain.update(each for each in same if tag(each) & DOMAIN)
            if bits & CAPITAL and not bits & (TITLE | ROLE | DOMAIN | GROUP | NAMED):
                names.add(folded)
    return Office(frozenset(found), frozenset(standing), frozenset(names), frozenset(domain))


def _parts(words: Iterable[str]) -> Iterable[str]:
    """Yield words, and of "ex-president" and "president-elect" both parts."""
    for word in words:
        first, _, last = word.partition("-")
        yield from (first, last) if last and STANDINGS.keys() & {fold(first), fold(last)} else (word,)


def fit(phrase: Office, heads: frozenset[str], office: Office, *, exact: bool) -> float:
    """Return how well a phrase ("the French minister") names an office, 0 if not at all.

    ``heads`` are the words of its noun. ``exact`` asks that all words of the phrase belong to the office.
    """
    if phrase.standing != office.standing or not heads & (office.words | office.standing):
        return 0
    if office.domain and not phrase.domain <= office.domain:
        return 0
    if exact and not phrase.words <= office.words:
        return 0
    if phrase.names and office.names and not phrase.names & office.names:
        return 0
    prime = 0.5 * ("prime" in office.domain - phrase.domain)  # "the minister" is rather another one
    return 1 + len(phrase.words & office.words) - prime


@lru_cache(maxsize=1 << 12)
def role_words(words: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the folded words of a role, abbreviations spelt out, and the countries it names."""
    found: set[str] = set()
    countries: set[str] = set()
    for word in words:
        folded = fold(word)
        country = _country(word, folded)
        if country:
            countries.add(country)
        else:
            found.update(_SAME_ROLE.get(folded, (folded,)))
    return frozenset(found), frozenset(countries)


def _country(word: str, folded: str) -> str | None:
    return "vietnam" if folded == "viet" else country_of(folded) or _unknown_country(word, folded)


def _unknown_country(word: str, folded: str) -> str | None:
    """Return what the names of a country and of its people have in common (``Torvia``, ``Torvian`` -> ``torv``)."""
    if not word[0].isupper() or len(word) < 5 or tag(word) & _NOT_A_COUNTRY:
        return None
    for ending in ("ese", "an", "i", "a"):
        if folded.endswith(ending):
            return folded.removesuffix(ending).rstrip("aeiou")
    return None
