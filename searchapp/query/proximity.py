"""Where words stand near each other in a text: the one rule that the engines, the passages and the tests share."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from searchapp.analysis import Span, Token, tokens
from searchapp.query.nodes import Link, Near, Word, accepts

SENTENCE = 100  # words: in a sentence, and at most so many apart; the longest of newspapers have some eighty
PARAGRAPH = 500  # the same of a paragraph: texts that came without any are one
_PARAGRAPH_END = re.compile(r"\n\n+")  # as pages show them
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]{0,3}\s{1,100}(?=[\"'“‘«(\[]{0,3}([^\W_]))|[。！？]|\n\n+")
_NO_END = re.compile(
    r"(?:^|[\s(\"“])(?:[^\W\d_]|(?:[^\W\d_]\.){1,5}[^\W\d_]"
    r"|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Maj|Cmdr|Adm|Prof|Rev|Hon|Pres|No|vs|Jr|Sr)\.$"
)
_BACK = 14  # code points before a full stop in which an abbreviation is recognised


class _Place(NamedTuple):
    """Where a word or phrase stands: the numbers of its first and its last token."""

    first: int
    last: int


def found_near(near: Near, text: str) -> list[Span]:
    """Return the words and phrases of ``text`` that stand as ``near`` asks, ascending: of a chain each is one of those
    that reach from its first part to its last. None stands there if the list is empty."""
    words = tokens(text)
    places = [_places(part, words) for part in near.parts]
    if not all(places):
        return []
    units = {link.unit: _units(link.unit, words, text) for link in near.links}
    forth = [places[0]]
    for link, part in zip(near.links, places[1:], strict=True):
        forth.append(_linked(part, forth[-1], link, units[link.unit], link.after))
    back = [forth[-1]]
    for link, part in zip(reversed(near.links), reversed(forth[:-1]), strict=True):
        back.append(_linked(part, back[-1], link, units[link.unit], None if link.after else False))
    return sorted({Span(words[first].start, words[last].end) for part in back for first, last in part})


def _places(alternatives: Iterable[Word], words: Sequence[Token]) -> list[_Place]:
    """Return where one of the alternatives stands."""
    found = set()
    for leaf in alternatives:
        asked = accepts(leaf)
        begins = [at for at in range(len(words) - len(asked) + 1) if asked[0](words[at].term)]
        for at in begins:
            if all(accept(words[at + number].term) for number, accept in enumerate(asked)):
                found.add(_Place(at, at + len(asked) - 1))
    return sorted(found)


def _linked(
    part: Sequence[_Place], others: Sequence[_Place], link: Link, units: Sequence[int], behind: bool | None
) -> list[_Place]:
    """Return those of ``part`` that stand near one of the ``others``: ``behind`` it (True), before it (None), or either
    (False). The nearest on a side is looked at only, since what is farther away is in no nearer unit."""
    lasts, firsts = sorted(each.last for each in others), sorted(each.first for each in others)

    def has_before(place: _Place) -> bool:
        at = bisect_left(lasts, place.first) - 1
        return at >= 0 and place.first - lasts[at] <= link.words and units[lasts[at]] == units[place.first]

    def has_after(place: _Place) -> bool:
        at = bisect_right(firsts, place.last)
        return at < len(firsts) and firsts[at] - place.last <= link.words and units[firsts[at]] == units[place.last]

    sides: dict[bool | None, tuple[Callable[[_Place], bool], ...]] = {
        True: (has_before,),
        None: (has_after,),
        False: (has_before, has_after),
    }
    return [place for place in part if any(side(place) for side in sides[behind])]


def _units(unit: str, words: Sequence[Token], text: str) -> list[int]:
    """Return the number of the sentence or paragraph in which each word begins; without a unit all are in one."""
    if not unit:
        return [0] * len(words)
    ends = [end.end() for end in _PARAGRAPH_END.finditer(text)] if unit == "paragraph" else _sentence_ends(text)
    return [bisect_right(ends, word.start) for word in words]


def _sentence_ends(text: str) -> list[int]:
    """Return where sentences end: at a full stop or its like, unless a small letter follows, or an initial or a title
    stands before it, and at the end of a paragraph."""
    return [
        found.end()
        for found in _SENTENCE_END.finditer(text)
        if not found[1]
        or not (found[1].islower() or _NO_END.search(text, max(0, found.start() - _BACK), found.start()))
    ]
