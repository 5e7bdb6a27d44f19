"""The cast of an article: its persons and organisations, and where each is mentioned."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from searchapp.analysis import fold
from searchapp.ingest.attribution.lexicon import (
    ADVERB,
    COMMON,
    DOMAIN,
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


@dataclass(slots=True, eq=False)
class Entity:
    """A person, or what may be one, as this article names it."""

    words: tuple[str, ...]  # folded
    name: str
    order: int
    sure: bool
    given: bool = False
    role: str | None = None
    roles: set[str] = field(default_factory=set)  # words of its roles, folded
    countries: set[str] = field(default_factory=set)
    gender: int = 0  # MALE, FEMALE or 0
    full: int = 0  # how often the whole name stands in the article
    group: bool = False  # an organisation after all, as an apposition tells


@dataclass(slots=True, eq=False)
class Mention:
    """A place where a person, a group or a place is named.

    Words ``lead`` to ``first`` are the title, ``first`` to ``last`` (half-open) the name.
    """

    lead: int
    first: int
    last: int
    person: bool
    titled: bool
    weak: bool
    entity: Entity | None = None


@dataclass(slots=True)
class Cast:
    """All mentions of an article, by their first word (the title's) and by their last."""

    entities: list[Entity]
    mentions: list[Mention]
    starting: dict[int, Mention]
    ending: dict[int, Mention]


def role_words(words: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the folded words of a role, abbreviations spelt out, and the countries it names."""
    found: set[str] = set()
    countries: set[str] = set()
    for word in words:
        folded = fold(word)
        country = "vietnam" if folded == "viet" else country_of(folded) or _unknown_country(word, folded)
        if country:
            countries.add(country)
        else:
            found.update(_SAME_ROLE.get(folded, (folded,)))
    return found, countries


def _unknown_country(word: str, folded: str) -> str | None:
    """Return what the names of a country and of its people have in common (``Torvia``, ``Torvian`` -> ``torv``)."""
    if not word[0].isupper() or len(word) < 5 or tag(word) & _NOT_A_COUNTRY:
        return None
    for ending in ("ese", "an", "i", "a"):
        if folded.endswith(ending):
            return folded.removesuffix(ending).rstrip("aeiou")
    return None
