"""A body's words, sentences and quotations: what the attribution rules read instead of characters."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from searchapp.ingest.attribution.lexicon import (
    ABBREVIATION,
    CAPITAL,
    CLOSE,
    FUNCTION,
    OPEN,
    POSSESSIVE,
    QUOTE,
    STOP,
    described,
    tag,
)

LONGEST_SENTENCE = 250  # words; a longer run of words is cut, so that looking around in a sentence stays bounded
# A word, a number, an abbreviation or a mark; what most are, a plain word, comes first. The first character is taken in
# front of all alternatives, which lets the search skip white space at once; each says what its first character must be.
_TOKEN = re.compile(
    r"(\S(?:"
    r"(?<=[A-Za-z])[A-Za-z]{1,99}+(?=[ ,.])"
    r"|(?<=[^\W\d_])(?:\w{1,99}(?:['’-]\w{1,100}){0,6}|\.(?:[^\W\d_]\.){1,7}|(?:['’-]\w{1,100}){0,6})"
    r"|(?<=[^\w\s])(?:(?<=')'|(?<=`)`|(?<=\.)\.{1,8}|(?<=-)-|)"
    r"|(?<=\d)\d{0,98}(?:[.,:]\d{1,99}){1,6}"
    r"|(?<=\w)\w{0,99}(?:['’-]\w{1,100}){0,6}"
    r"))"
)
_BREAK = re.compile(r"\n[^\S\n]{0,99}\n")  # between paragraphs
_OPENING = frozenset("“«„‘") | {"``"}
_CLOSING = frozenset("”»’")
_AFTER_STOP = frozenset(")]}")


class Sentence(NamedTuple):
    """A sentence: its words from ``first`` to ``last`` (half-open) and the number of its paragraph.

    Paragraphs over which one quotation goes on, each but the last without a closing mark, count as one.
    """

    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True, repr=False)
class Text:
    """A body read as words. All lists run in parallel; a word is without its possessive ending.

    ``starts`` and ``ends`` are code points of the body, half-open. ``quoted`` says of each word whether it
    stands in quotation marks, the marks themselves included. The mark that begins another paragraph of the same
    quotation is quoted, but does not open.
    """

    body: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    tags: list[int]
    quoted: list[bool]
    sentences: list[Sentence]

    def __repr__(self) -> str:
        """Return the words with their kinds, a sentence a line: ``Lee[CAPITAL] said[CUE]``."""
        return "\n".join(" ".join(map(self.described, range(first, last))) for first, last, _ in self.sentences)

    def described(self, at: int) -> str:
        """Return word ``at`` with the names of its kinds: ``Lee[CAPITAL]``."""
        kinds = described(self.tags[at])
        return f"{self.words[at]}[{kinds}]" if kinds else self.words[at]


def read(body: str) -> Text:
    """Return ``body`` as words, sentences and quotations. Linear in its length."""
    parts = _TOKEN.split(body)  # what stands between words, and words, by turns
    words = parts[1::2]
    places = list(accumulate(map(len, parts)))
    starts, ends = places[:-1:2], places[1::2]
    # the words before which a paragraph begins
    breaks = [*(bisect_left(starts, found.start()) for found in _BREAK.finditer(body)), len(words)]
    tags = list(map(tag, words))
    stops: list[int] = []  # the words that may end a sentence
    marks: list[int] = []
    for at in [at for at, word in enumerate(words) if not word.isalnum()]:
        word = words[at]
        if word[-1] == "s" and word[-2] in "'’" and len(word) > 2:
            words[at] = word[:-2]
            tags[at] = tag(word[:-2]) | POSSESSIVE
        elif word in ("--", "―"):
            words[at] = "—"
        elif tags[at] & QUOTE:
            marks.append(at)
        elif tags[at] & STOP or word[-1] == ".":
            stops.append(at)
    quoted, going_on = _quotations(body, words, starts, ends, tags, marks, breaks)
    sentences = _sentences(words, starts, ends, tags, stops, breaks, going_on)
    return Text(body, words, starts, ends, tags, quoted, sentences)


def _quotations(
    body: str,
    words: list[str],
    starts: list[int],
    ends: list[int],
    tags: list[int],
    marks: list[int],
    breaks: list[int],
) -> tuple[list[bool], set[int]]:
    """Tell for each word whether it is quoted, and before which words a quotation goes on over a break.

    Sets OPEN or CLOSE on the marks that are quotation marks.
    """
    quoted = [False] * len(words)
    going_on: set[int] = set()
    at = begin = 0
    unclosed = ""  # the mark that opened a quotation which its paragraph leaves open
    for limit in breaks:
        opened: int | None = None
        single = False
        if at < len(marks) and marks[at] == begin < limit and words[begin] == unclosed:
            going_on.add(begin)
        while at < len(marks) and marks[at] < limit:
            mark = marks[at]
            at += 1
            word = words[mark]
            before = body[starts[mark] - 1 : starts[mark]]
            after = body[ends[mark] : ends[mark] + 1]
            glued_left = bool(before) and not before.isspace() and before not in "([—–-"
            glued_right = bool(after) and not after.isspace() and after not in ")].,;:!?—–-"
            if word in "'‘’":
                if opened is None:
                    if word == "’" or glued_left or not glued_right or after.isdigit():
                        _note_possessive(words, starts, ends, tags, mark)
                        continue
                    if not _closes_later(body, words, starts, ends, marks, at, limit):
                        continue
                elif not single or not _is_closing_single(body, starts[mark], ends[mark]):
                    if not single or word == "‘" or after.isalnum():
                        continue
                    _note_possessive(words, starts, ends, tags, mark)
                    continue
                closing = opened is not None
                single = not closing
            elif single:
                continue
            elif word in _OPENING:
                closing = opened is not None and glued_left and not glued_right
            elif word in _CLOSING:  # »so«, and ”so” in Swedish
                closing = opened is not None or glued_left or not glued_right
            elif glued_left != glued_right:
                closing = glued_left
            else:
                closing = opened is not None
            if closing:
                if opened is not None:
                    quoted[opened : mark + 1] = [True] * (mark + 1 - opened)
                    tags[mark] |= CLOSE
                opened = None
            elif opened is None:
                opened = mark
                tags[mark] |= 0 if mark in going_on else OPEN
        unclosed = "" if opened is None else words[opened]
        if opened is not None:
            quoted[opened:limit] = [True] * (limit - opened)
        begin = limit
    return quoted, going_on


def _is_closing_single(body: str, start: int, end: int) -> bool:
    return body[start - 1 : start] in tuple(".,!?…") and not body[end : end + 1].isalnum()


def _closes_later(
    body: str, words: list[str], starts: list[int], ends: list[int], marks: list[int], at: int, limit: int
) -> bool:
    """Tell whether a single quotation mark is closed by one of the next marks of its paragraph."""
    for mark in marks[at : at + 20]:
        if mark >= limit:
            return False
        if words[mark] in "'’" and _is_closing_single(body, starts[mark], ends[mark]):
            return True
    return False


def _note_possessive(words: list[str], starts: list[int], ends: list[int], tags: list[int], mark: int) -> None:
    """Mark ``Sanders`` in ``Sanders' plan`` as possessive."""
    if mark and ends[mark - 1] == starts[mark] and words[mark - 1][-1] in "sxzSXZ":
        tags[mark - 1] |= POSSESSIVE


def _sentences(
    words: list[str],
    starts: list[int],
    ends: list[int],
    tags: list[int],
    stops: list[int],
    breaks: list[int],
    going_on: set[int],
) -> list[Sentence]:
    found: list[Sentence] = []
    first = at = paragraph = behind = following = 0
    for limit in breaks:
        while at < len(stops) and stops[at] < limit:
            stop = stops[at]
            at += 1
            if stop < first:
                continue
            if stop >= behind:  # else it stands in the run of stops and quotes that is known already
                behind = stop + 1
                while behind < limit and (
                    tags[behind] & (STOP | CLOSE) or words[behind] in _AFTER_STOP or _closes(starts, ends, tags, behind)
                ):
                    behind += 1
                following = _word_after(words, tags, behind)
            if behind < limit and _ends(words, starts, ends, tags, stop, behind, following):
                _add(found, first, behind, paragraph)
                first = behind
        _add(found, first, limit, paragraph)
        first = limit
        paragraph += first not in going_on
    return found


def _closes(starts: list[int], ends: list[int], tags: list[int], at: int) -> bool:
    """Tell whether a quotation mark without a known side is glued to the word before it only."""
    return bool(tags[at] & QUOTE) and not tags[at] & OPEN and starts[at] == ends[at - 1]


def _add(found: list[Sentence], first: int, last: int, paragraph: int) -> None:
    while last - first > LONGEST_SENTENCE:
        found.append(Sentence(first, first + LONGEST_SENTENCE, paragraph))
        first += LONGEST_SENTENCE
    if first < last:
        found.append(Sentence(first, last, paragraph))


def _word_after(words: list[str], tags: list[int], at: int) -> int:
    """Return where the next word stands that is no opening quote, bracket or dash."""
    while at < len(words) and (tags[at] & QUOTE or words[at] in "([—–-"):
        at += 1
    return at


def _ends(
    words: list[str], starts: list[int], ends: list[int], tags: list[int], stop: int, after: int, following: int
) -> bool:
    """Tell whether the stop ends its sentence: ``after`` is what stands behind it and its quotes, ``following`` the
    first word there."""
    if following >= len(words):
        return True
    next_word, bits = words[following], tags[following]
    if next_word[0].islower() or next_word in ",;:)":
        return False
    if len(words[stop]) > 2 and words[stop][0].isalpha():  # U.S.
        return bool(bits & FUNCTION) and bool(bits & CAPITAL)
    if words[stop] != "." or after > stop + 1:
        return bool(bits & CAPITAL) or not next_word[0].isalpha() or following > after
    if starts[stop] > ends[stop - 1] or not stop:
        return True
    before = words[stop - 1]
    if starts[after] == ends[stop] and not tags[after] & QUOTE:  # example.com, 3.5
        return bool(bits & CAPITAL) and before[-1].islower() and len(before) > 2
    if len(before) == 1 and before.isupper() and before != "I":
        return False
    if tags[stop - 1] & ABBREVIATION and (before[0].isupper() or before in ("vs", "etc", "approx")):
        return bool(tags[following] & FUNCTION) and bool(bits & CAPITAL) and before.lower() not in _BEFORE_NAMES
    return True


_BEFORE_NAMES = frozenset(
    "mr mrs ms dr prof sen sens rep reps gov govs gen lt col maj capt sgt rev fr hon pres st ste vs messrs".split()
)


def written(text: Text, first: int, last: int) -> str:
    """Return words ``first`` to ``last`` (half-open) as written, white space made single, without a last ``'s``."""
    if last - first == 1 and text.words[first][0].isalnum():
        return text.words[first]
    end = text.ends[last - 1]
    if text.tags[last - 1] & POSSESSIVE:
        end = text.starts[last - 1] + len(text.words[last - 1])
    return " ".join(text.body[text.starts[first] : end].split())
