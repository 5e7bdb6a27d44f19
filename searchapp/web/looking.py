"""Looking for a name among the many values of a facet: by its words, by a letter, from A to Z; when each was heard."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import Literal

from searchapp.analysis import terms
from searchapp.answers import parameters, wording
from searchapp.answers.address import quoted
from searchapp.answers.changes import with_choice
from searchapp.engines.protocol import Engine
from searchapp.errors import BadRequest
from searchapp.fields import Facet, Sort
from searchapp.search import Choice, FacetValue, SearchRequest
from searchapp.web.narrowing import Way

NAMES = ("find", "letter", "order")  # of the parameters
LETTERS = tuple(ascii_uppercase)
MOST_TOLD = 20  # values of which the first and the last article are looked up: two searches each
_ORDERS = {"count": "the commonest first", "name": "A to Z"}
_ENDS: tuple[Sort, Sort] = ("oldest", "newest")
LONGEST = 100  # code points of what is looked for


@dataclass(frozen=True, slots=True)
class Looking:
    """What values of a facet are looked for: words that begin like these, or with a letter; and in which order."""

    find: str = ""
    letter: str = ""
    order: Literal["count", "name"] = "count"

    @classmethod
    def of(cls, given: parameters.Given) -> "Looking":
        """Return what is asked for in ``given``, and take it out of there. Raises BadRequest when it is malformed."""
        values = {name: given.pop(name, [""]) for name in NAMES}
        for name, several in values.items():
            if len(several) > 1:
                raise BadRequest(f"{name} is given {len(several)} times: give it once.")
        find, letter, order = (values[name][0].strip() for name in NAMES)
        if len(find) > LONGEST:
            raise BadRequest(f"find has {len(find):,} characters: at most {LONGEST} are allowed.")
        if letter and letter.upper() not in LETTERS:
            raise BadRequest(f'letter is "{letter[:80]}": it must be a letter from A to Z.')
        if order not in ("", "count", "name"):
            raise BadRequest(f'order is "{order[:80]}": it must be count or name.')
        return cls(find, letter.upper(), "name" if order == "name" else "count")

    def among(self, facet: Facet, values: Sequence[FacetValue]) -> tuple[FacetValue, ...]:
        """Return those of a facet's values that are looked for, in order."""
        found = [each for each in values if self.means(" ".join(["", *terms(wording.label(facet, each.value))]))]
        if self.order == "name":
            found.sort(key=lambda each: _from_a_to_z(facet, each.value))
        return tuple(found)

    def link(self, url: str, **changes: str) -> str:
        """Return ``url``, of the first page, with what is looked for, or something else."""
        looked = {"find": self.find, "letter": self.letter, "order": self.order} | changes
        written = "&".join(f"{name}={quoted(value)}" for name, value in looked.items() if value not in ("", "count"))
        return f"{url}{'&' if '?' in url else '?'}{written}" if written else url

    def means(self, words: str, spelled: str = "") -> bool:
        """Tell whether a name is looked for. ``words`` are its words, folded, each with a space before it, ``spelled``
        also those of other spellings, where there are any."""
        if self.letter and f" {self.letter.lower()}" not in words:
            return False
        return all(f" {wanted}" in (spelled or words) for wanted in terms(self.find))


@dataclass(frozen=True, slots=True)
class Ways:
    """Where else may be looked: the letters and the orders, each with its link and whether it is in use."""

    letters: list[Way]
    orders: list[Way]
    everywhere: str


def ways(looked: Looking, url: str) -> Ways:
    """Return the ways to look among the values at ``url``."""
    letters = [Way(each, each == looked.letter, looked.link(url, letter=each)) for each in LETTERS]
    orders = [Way(text, each == looked.order, looked.link(url, order=each)) for each, text in _ORDERS.items()]
    return Ways(letters, orders, Looking(order=looked.order).link(url))


def heard(engine: Engine, wanted: SearchRequest, facet: Facet, values: Sequence[FacetValue]) -> dict[str, str]:
    """Return, for a few values, when each was heard first and last, and of a speaker whether it is a person; for more
    values nothing."""
    if len(values) > MOST_TOLD:
        return {}
    told = {}
    for each in values:
        alone = replace(with_choice(wanted, facet, Choice((each.value,))), limit=1, facets=())
        oldest, newest = (engine.search(replace(alone, sort=sort)).hits for sort in _ENDS)
        speakers = oldest[0].article.speakers if oldest and facet == "speaker" else ()
        kinds = [speaker.type for speaker in speakers if speaker.name == each.value][:1]
        dated = [hits[0].article.published for hits in (oldest, newest) if hits]
        days = dict.fromkeys(wording.written(each.first) for each in dated if each)
        told[each.value] = ", ".join(filter(None, [*kinds, " to ".join(days)]))
    return told


def _from_a_to_z(facet: Facet, value: str) -> tuple[str, ...]:
    """Return what a value is sorted by: of a speaker the last word comes first; what has no words comes last."""
    words = terms(wording.label(facet, value)) if value else []
    return ("\U0010ffff",) if not words else (words[-1], *words[:-1]) if facet == "speaker" else tuple(words)
