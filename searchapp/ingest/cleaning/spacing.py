"""Part words that a scraper glued together where it joined two lines ("the formof the treaty")."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median

from searchapp.ingest.words import word_levels

_WORD = re.compile(r"[^\W\d_]+(?:[’'][a-z]+)?")
_SENTENCES = re.compile(r"[.!?”»](?:(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]* )|(?<=[a-z][.!?][”»])(?=[A-Z“]))")
_AFTER_MARK = re.compile(r"(?<=[a-z][,;])(?=[a-z]{2})|(?<=[\w]\))(?=[a-z]{2})")
_CAPITALS = re.compile(r"([A-Z]{2,10})([a-z]{2,30})")
_HUMP = re.compile(r"([a-z]{2,30}|[A-Z][a-z]{3,30})([A-Z]\w{1,30})")
_POSSESSIVE = re.compile(r"([^\W\d_]+(?:[’']s|n[’']t))([^\W\d_]{2,30})")
_LONGEST = 40  # code points of a token that is looked at: two long words
_FEWEST, _PER = 3, 150  # the symptom: at least three glued words, and one in 150 words
_FLUENT = 0.6  # of the words are English, else nothing is parted
FUNCTION = frozenset(
    "a about after against all also among an and any are as at be been before being between both but by"
    " can could did do"
    " does during each for from had has have he her him his how if in including into is it its may more"
    " most must no not"
    " of on or other our out over said shall she should so some such than that the their them then there"
    " these they this"
    " those through to under until up upon was we were what when where which while who whom whose will"
    " with within"
    " without would you your".split()
)
_SHORT = frozenset("a an as at be by do go he if in is it me my no of on or so to up us we".split())
# What compounds and derivations begin or end with: no evidence of a lost space beside a content word.
PREFIXES = frozenset(
    "ante anti auto back bio co counter cross cyber de dis down eco electro euro ex fore geo hand head"
    " home hydro inter land"
    " life macro mega micro mid mini mis mono multi news non off out over paper para photo poly post pre"
    " pro pseudo"
    " radio re sea self semi side sub super tele time trans ultra un under up video water web work".split()
)
_SUFFIXES = frozenset(
    "able age based born bound day ed er ers est ful hood house ing ism ist ists land less like line long"
    " made man men"
    " ness out over proof room ship side son some sons time ton town up ward wards ware way ways wide"
    " wise woman women work works".split()
)


@dataclass(frozen=True, slots=True)
class _Join:
    at: int  # in its paragraph
    sure: bool  # one half is a function word, or the case of the letters shows the seam


def part_sentences(text: str) -> str:
    """Return ``text`` with a space where a sentence begins right after the full stop of the last one."""
    return _SENTENCES.sub(r"\g<0> ", text)


def part_glued(paragraphs: Sequence[str], known: Callable[[str], bool]) -> list[str]:
    """Return ``paragraphs`` with a space put into glued words, if the text shows that lines were joined blindly.

    ``known`` tells whether the rest of the archive uses a word. A word is parted where both halves are words: of
    the general list, of the archive, or standing alone elsewhere in this text. Where neither half is a
    function word ("fosterrecovery") it may be a compound: then it is parted only about a line's length
    from its neighbours that were surely glued. Only spaces are added.
    """
    chunks = Counter("\n".join(paragraphs).split())
    levels = word_levels()
    odd = {chunk: _WORD.findall(chunk) for chunk in chunks if chunk not in levels or not chunk.isalpha()}
    found = set(chain.from_iterable(odd.values()))
    unknown = [word for word in found if word not in levels and not (word.isalpha() and word.lower() in levels)]
    strange = {word for word in unknown if 4 <= len(word) <= _LONGEST and not _is_word(word)}
    if len(strange) < _FEWEST:
        return list(paragraphs)
    counts = Counter({chunk: count for chunk, count in chunks.items() if chunk not in odd})
    for chunk, words in odd.items():
        for word in words:
            counts[word] += chunks[chunk]
    if not _is_fluent(counts):
        return list(paragraphs)
    own = {word for word in counts if word not in strange or (counts[word] > 1 and len(word) > 2)}
    own |= {word for word in strange if word[0].isupper() and known(word)}
    cuts = _cuts(strange, counts, own, known)
    if sum(sure for _, sure in cuts.values()) < max(_FEWEST, counts.total() / _PER):
        return list(paragraphs)
    cuts = _cuts(strange, counts, own | (strange - cuts.keys()), known)
    joins = [_joins(paragraph, cuts) for paragraph in paragraphs]
    width = _width(joins)
    return [_parted(paragraph, _accepted(found, width)) for paragraph, found in zip(paragraphs, joins, strict=True)]


def is_split(first: str, text: str) -> bool:
    """Tell whether the letter ``first`` ("A") stands by itself before ``text`` ("man went"), not cut off its word."""
    found = _WORD.match(text)
    if not found:
        return False
    levels = word_levels()
    whole = (first + found[0]).lower()
    return levels.get(found[0], 99) < levels.get(whole, 99)


def _is_word(word: str) -> bool:
    levels = word_levels()
    base = word[:-2] if word[-2:] in ("’s", "'s") else word
    return base in levels or base.lower() in levels or base.capitalize() in levels or base.isupper()


def _is_fluent(counts: Counter[str]) -> bool:
    levels = word_levels()
    lower = {word: count for word, count in counts.items() if word.islower()}
    return sum([count for word, count in lower.items() if word in levels]) >= _FLUENT * sum(lower.values())


def _cuts(
    words: Iterable[str], counts: Counter[str], own: set[str], known: Callable[[str], bool]
) -> dict[str, tuple[int, bool]]:
    """Return of the words that can be parted where, and whether that is sure."""
    return {word: cut for word in words if (cut := _cut(word, counts[word], own, known)) is not None}


def _cut(word: str, count: int, own: set[str], known: Callable[[str], bool]) -> tuple[int, bool] | None:
    """Return where to part ``word`` and whether that is sure; None to leave it whole."""
    seam = _seam(word, count, own)
    if seam is not None:
        return seam
    levels = word_levels()
    best: tuple[int, int, bool] | None = None
    for at in range(1, len(word)):
        first, second = word[:at], word[at:]
        if not second.islower() or not _plausible(first, second) or (cost := _cost(first, own, known)) > 90:
            continue
        if (cost := cost + _cost(second, own, known)) > 90:
            continue
        named = first[0].isupper() and first in own and levels.get(second, 99) <= 20 and len(second) > 3
        sure = named or second in FUNCTION or (first.lower() in FUNCTION and first not in PREFIXES)
        if not sure and (cost > 75 or count > 1 or min(len(first), len(second)) < 3):
            continue
        if first[0].isupper() and first not in own and not _begins_a_name(first, second):
            continue
        if best is None or cost < best[0]:
            best = (cost, at, sure)
    return best and best[1:]


def _begins_a_name(first: str, second: str) -> bool:
    """Tell whether a common word written with a capital ("Compact") may stand before a longer function word."""
    if first.lower() in FUNCTION:
        return True
    return len(first) > 4 and word_levels().get(first.lower(), 99) <= 35 and second in FUNCTION and len(second) > 2


def _seam(word: str, count: int, own: set[str]) -> tuple[int, bool] | None:
    """Return the place where the letters show it: ``herRussian``, ``ASEANand``, ``Russia’splan``."""
    if found := _HUMP.fullmatch(word):
        first = found[1]
        if first[0].isupper() and count > 1:  # a name with a hump
            return None
        if first in own or min(word_levels().get(first, 99), word_levels().get(first.lower(), 99)) <= 50:
            return found.end(1), first.islower()
    elif (found := _CAPITALS.fullmatch(word)) and found[2] not in ("es", "ed", "ing"):
        if found[2] in FUNCTION or word_levels().get(found[2], 99) <= 35:
            return found.end(1), True
    elif (found := _POSSESSIVE.fullmatch(word)) and _is_word(found[2]):
        return found.end(1), True
    return None


def _plausible(first: str, second: str) -> bool:
    if first in PREFIXES:
        return second in FUNCTION or first in FUNCTION
    return second not in _SUFFIXES or first.lower() in FUNCTION


def _cost(half: str, own: set[str], known: Callable[[str], bool]) -> int:
    """Return how unlikely ``half`` is as a word: 0 for a function word, beyond 90 for none at all."""
    if half in FUNCTION or half.lower() in FUNCTION:
        return 0
    if len(half) <= 2:
        return 15 if half in _SHORT else 99
    levels = word_levels()
    level = min(levels.get(half, 99), levels.get(half.lower(), 99))
    if half in own:
        level = min(level, 20)
    if level > 50 and half[-2:] in ("’s", "'s") and (half[:-2] in own or half[:-2] in levels):
        level = 30
    return level if level <= 50 or (level <= 70 and len(half) >= 7) else 45 if known(half) else 99


def _joins(paragraph: str, cuts: dict[str, tuple[int, bool]]) -> list[_Join]:
    found = [
        _Join(word.start() + cuts[word[0]][0], cuts[word[0]][1])
        for word in _WORD.finditer(paragraph)
        if word[0] in cuts
    ]
    found += [_Join(mark.start(), True) for mark in _AFTER_MARK.finditer(paragraph)]
    return sorted({join.at: join for join in found}.values(), key=lambda join: join.at)


def _width(joins: list[list[_Join]]) -> float:
    """Return the length of the lines that were joined: the median distance of sure joins."""
    gaps = []
    for found in joins:
        sure = [0, *(join.at for join in found if join.sure)]
        gaps += [after - before for before, after in pairwise(sure) if 40 <= after - before <= 130]
    return median(gaps) if gaps else 0.0


def _accepted(found: list[_Join], width: float) -> list[int]:
    """Return the places to part a paragraph at: a doubtful one must stand a line away from a sure one."""
    sure = [0, *(join.at for join in found if join.sure)]
    places = []
    for join in found:
        if join.sure:
            places.append(join.at)
            continue
        last = max((place for place in (0, *places[-1:]) if place <= join.at), default=0)
        right = bisect_left(sure, join.at)
        before = join.at - max(last, sure[right - 1])
        after = sure[right] - join.at if right < len(sure) else 0
        fits = [0.6 * width <= gap <= 1.25 * width for gap in (before, after)]
        near = before < 0.6 * width or 0 < after < 0.6 * width
        if any(fits) and not near:
            places.append(join.at)
    return places


def _parted(paragraph: str, places: list[int]) -> str:
    edges = [0, *places, len(paragraph)]
    return " ".join(paragraph[start:end] for start, end in pairwise(edges))
