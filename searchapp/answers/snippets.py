"""Body and query to passages with marks: the part of an article that a reader sees before opening it.

Offsets are code points, half-open. A text is folded as a whole, letter by letter, and only those of its words are
looked at that begin like one of the query's (all for a fuzzy one): ten bodies cost less than reading their words.
Of a long body passages are looked for in one part after the other, and what is longer than any article is left.

Over 400 lines: passages and marks read one folded text by the same words, which are made here and nowhere else.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from searchapp import budget
from searchapp.analysis import MAX_TOKEN, SIGN, WORD, Span, Token, fold, stem, terms, tokens, word_pattern
from searchapp.article import Article, Statement
from searchapp.fields import FIELDS
from searchapp.query import (
    And,
    Exact,
    Fuzzy,
    InStatement,
    Name,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Text,
    Values,
    Word,
    Words,
    accepts,
    chooses,
    found_near,
    leaves,
)
from searchapp.search import Hit
from searchapp.written import bears, is_form, plain

PASSAGES = 2  # of a hit, at most
NEAR = 180  # words of the query this close together share a passage
LENGTH = 260  # of a passage that has to be cut
LEAD = 120  # how far before the first mark a sentence may begin
STATEMENT = 700  # a statement up to this long is shown whole
OTHERS = 200  # different characters beyond ASCII in a text that is folded as a whole: Vietnamese has 134 letters
PART = 50_000  # code points of a body that are looked through at once
LOOKED_THROUGH = 300_000  # code points of a body at most for passages; twice as many for its marks
FEW = 24  # up to so many words are looked for one by one; for more, every word of the text is looked at
LETTER = 8  # so many words cost as much as one of which only the first letter is known, since that stands everywhere
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,2}\s+|\n+")
_LETTER = re.compile(r"[^\W_]")
_RUN = re.compile(rf"[^\W_]{{{MAX_TOKEN + 1}}}")
_GAP = re.compile(r"[\W_]")
_NOT_ASCII = re.compile(r"[^\0-\x7f]")
_TEXT = frozenset({"text", "body"})
_TITLE = frozenset({"text", "title"})
_SAID = frozenset({"said"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article's ``field`` ("title" or "body"), from ``start`` to ``end``; ``marks`` count within
    ``text``."""

    field: str
    text: str
    start: int
    end: int
    marks: tuple[Span, ...]


class _Occurrence(NamedTuple):
    start: int
    end: int
    leaf: int


_Accept = Callable[[str], bool]
_Choose = Callable[[set[str]], Iterable[str]]


def marks(text: str, tree: Node, fields: Iterable[str]) -> list[Span]:
    """Return where the words that ``tree`` asks for in any of ``fields`` stand in ``text``, in order, disjoint."""
    return _joined(_find(text, _words(tree, frozenset(fields))))


def title_marks(article: Article, tree: Node) -> list[Span]:
    """Return where the query's words stand in the title."""
    return marks(article.title or "", tree, _TITLE)


def body_marks(article: Article, tree: Node) -> list[Span]:
    """Return where the query's words stand in the body (in its first 600,000 code points); those of ``said:`` only in
    the statements that match."""
    return _joined(_in_body(article, tree, 2 * LOOKED_THROUGH))


def statement_marks(article: Article, statement: Statement, tree: Node) -> list[Span]:
    """Return where the query's words stand in what was said, as offsets in the body."""
    return _joined(_in_content(article, statement, _words(tree, _SAID)))


def passages(hit: Hit, tree: Node) -> tuple[Passage, ...]:
    """Return the one or two passages of a hit that say best why it was found.

    An article's are the windows with the most different words of the query, in reading order; a title that alone
    holds them comes first; without any word of the query they are the first statement that is asked for, by its
    speaker or otherwise, or the beginning. A statement's is its own text. ``tree`` is query and filters
    (``SearchRequest.tree()``).
    """
    article, statement = hit.article, hit.statement
    if statement is not None:
        found = _in_content(article, statement, _words(tree, _SAID))
        return (_passage(article, found, statement_span(article, statement, found)),)
    found = _in_body(article, tree, PART)
    if found:
        return tuple(_passage(article, found, span) for span in _windows(article.body, found))
    begin = (_passage(article, [], _first_words(article, tree)),) if article.body else ()
    in_title = title_marks(article, tree)
    if article.title and in_title:
        return (Passage("title", article.title, 0, len(article.title), tuple(in_title)), *begin)
    return begin


def statement_span(article: Article, statement: Statement, found: Sequence[Sequence[int]] = ()) -> Span:
    """Return which part of a statement's sentences is shown: all, or of very long ones the words about the first that
    are ``found`` (start and end in the body), else about the first that were said."""
    whole = Span(statement.start, statement.end)
    if whole.end - whole.start <= STATEMENT:
        return whole
    start, end, *_ = next(iter(found or statement.content), whole)
    return _grown(article.body, start, min(end, start + NEAR), whole)


def cut_ends(text: str, span: Span) -> tuple[bool, bool]:
    """Tell whether ``span`` begins, and whether it ends, in the middle of a sentence of ``text``."""
    before, after = text[max(0, span.start - 4) : span.start], text[max(0, span.end - 3) : span.end + 2]
    begins = not before.strip() or _SENTENCE_END.search(before) is not None
    ends = span.end >= len(text) or _SENTENCE_END.search(after + " ") is not None
    return not begins, not ends


def _in_body(article: Article, tree: Node, part: int) -> list[_Occurrence]:
    """Return what is found in the first part of the body, so long, in which there is something, and in statements."""
    found = next(filter(None, _in_parts(article.body, _words(tree, _TEXT), part)), [])
    for inner in _statement_filters(tree):
        words = _words(inner.part, _SAID)
        offset = 1 + max((each.leaf for each in found), default=-1)
        for statement in article.statements:
            if (words.tests or words.near) and _holds(inner.part, article, statement):
                said = _in_content(article, statement, words)
                found += [_Occurrence(each.start, each.end, each.leaf + offset) for each in said]
    return sorted(found)


def _in_parts(body: str, words: "_Wanted", part: int) -> Iterator[list[_Occurrence]]:
    """Yield what is found in each part of the body, cut between words where they are no longer than usual."""
    start = 0
    while start < min(len(body), max(part, LOOKED_THROUGH)):
        end = start + part
        if end < len(body):
            end = max(body.rfind(" ", start, end), body.rfind("\n", start, end)) + 1 or end
        yield [_Occurrence(start + each.start, start + each.end, each.leaf) for each in _find(body[start:end], words)]
        start = end


def _in_content(article: Article, statement: Statement, words: "_Wanted") -> list[_Occurrence]:
    return [
        _Occurrence(start + found.start, start + found.end, found.leaf)
        for start, end in statement.content
        for found in _find(article.body[start:end], words)
    ]


def _find(text: str, words: "_Wanted") -> list[_Occurrence]:
    budget.check()
    found = set()  # "ferr*" and "ferry" come upon the same words
    for term, start, end in _candidates(text, words) if words.tests else ():
        for number in words.begun(term):
            last = _end(text, end, words.tests[number][1:])
            if last and (number not in words.forms or bears(text[start:end], words.forms[number])):
                found.add(_Occurrence(start, last, number))
    for number, near in enumerate(words.near, len(words.tests)):
        found.update(_Occurrence(*span, number) for span in found_near(near, text))
    return sorted(found)


def _candidates(text: str, words: "_Wanted") -> Iterable[Token]:
    """Return tokens of ``text``, among them all that any of ``words`` begins with."""
    folded = _folded(text)
    if folded is None:
        return tokens(text)
    whole: set[str] = set()
    if not folded.isascii():
        whole = {
            word for word in set(word_pattern(folded).findall(folded)) if not word.isascii() and words.begun(fold(word))
        }
    if words.anyhow:
        written = set(terms(folded) if folded.isascii() else word_pattern(folded).findall(folded))
        whole.update(*(choose(written) for choose in words.anyhow))
    if len(whole) > FEW:
        known, beginnings = set(map(fold, whole)), tuple(words.beginnings)
        return (token for token in tokens(folded) if token.term in known or token.term.startswith(beginnings))
    return (token for letters in words.beginnings | whole for token in _beginning(folded, letters))


def _beginning(folded: str, letters: str) -> Iterator[Token]:
    """Yield the tokens that begin with ``letters``."""
    start = folded.find(letters)
    while start >= 0:
        end = start + len(letters)
        if not (start and _LETTER.match(folded, start - 1)):
            gap = _GAP.search(folded, end)
            end = gap.start() if gap else len(folded)
            yield Token(fold(folded[start:end]), start, end)
        start = folded.find(letters, end)


def _folded(text: str) -> str | None:
    """Return ``text`` folded, each character in its place, but for letters that become two (``æ``): its tokens are runs
    of letters and digits. None where a run is so long that it is cut, where signs are tokens or marks stand by
    themselves, or characters are too odd."""
    if not text.isascii() and word_pattern(text) is WORD:
        return None
    at = 0
    while len(text) - at > MAX_TOKEN:
        at = text.rfind(" ", at, at + MAX_TOKEN + 1) + 1
        if not at:
            if _RUN.search(text):
                return None
            break
    others = set() if text.isascii() else set(_NOT_ASCII.findall(text))
    if len(others) > OTHERS or SIGN.search("".join(others)):
        return None
    for other in others:
        small = fold(other) if _LETTER.match(other) else " "
        if small != small.lower():
            return None
        text = text.replace(other, small if len(small) == 1 else other)
    return text.lower()


def _end(text: str, at: int, following: Iterable[_Accept]) -> int | None:
    """Return the end of the words that stand at ``at`` if they are those that are to follow, else None."""
    for accept in following:
        place = WORD.search(text, at)
        if not place or not accept(fold(place[0])):
            return None
        at = place.end()
    return at


class _Wanted(NamedTuple):
    """The words and phrases that are wanted: tests for the words of each; which of them begin with a stem, or are told
    by their test only; and how to find their first words: by how they begin, or by choosing among all words. Those near
    each other are apart: they count only together."""

    tests: tuple[tuple[_Accept, ...], ...]
    stems: dict[str, list[int]]
    others: list[int]
    beginnings: frozenset[str]
    anyhow: list[_Choose]
    forms: dict[int, str]  # of those that are to be written so
    near: tuple[Near, ...]

    def begun(self, term: str) -> list[int]:
        """Return which of those wanted begin with ``term``."""
        numbers = self.stems.get(stem(term), [])
        return numbers + [number for number in self.others if self.tests[number][0](term)] if self.others else numbers


@lru_cache(maxsize=128)
def _words(tree: Node, fields: frozenset[str]) -> _Wanted:
    """Return the words and phrases that are wanted in ``fields``."""
    every = [leaf for leaf in leaves(tree, positive=True) if isinstance(leaf, Text) and leaf.field in fields]
    wanted = [leaf for leaf in every if isinstance(leaf, Word)]
    near = tuple(dict.fromkeys(leaf for leaf in every if isinstance(leaf, Near)))
    stems: dict[str, list[int]] = {}
    for number, leaf in enumerate(wanted):
        if isinstance(leaf, Words):
            stems.setdefault(stem(leaf.terms[0]), []).append(number)
    tests = tuple(map(accepts, wanted))
    others = [number for number, leaf in enumerate(wanted) if not isinstance(leaf, Words)]
    forms = {number: leaf.term for number, leaf in enumerate(wanted) if isinstance(leaf, Exact) and is_form(leaf.term)}
    beginnings = frozenset(_begins(leaf) for leaf in wanted if not isinstance(leaf, Fuzzy))
    if sum(1 if len(letters) > 1 else LETTER for letters in beginnings) > FEW:
        accepted: list[_Accept] = [lambda term: stem(term) in stems, *(tests[number][0] for number in others)]
        return _Wanted(tests, stems, others, frozenset(), [partial(filter, accept) for accept in accepted], forms, near)
    nearly: list[_Choose] = [chooses(leaf) for leaf in wanted if isinstance(leaf, Fuzzy)]
    return _Wanted(tests, stems, others, beginnings, nearly, forms, near)


def _begins(leaf: Words | Exact | Prefix) -> str:
    """Return letters that all words begin with which ``leaf`` can begin with: those of the stem but the last, which
    Snowball may have changed (``cities`` to ``citi``, ``making`` to ``make``), and of ``die`` (``dying``) the first."""
    if not isinstance(leaf, Words):
        return plain(leaf.term) if isinstance(leaf, Exact) else leaf.prefix
    whole = stem(leaf.terms[0])
    return whole[:1] if whole.endswith("ie") else whole[: max(2, len(whole) - 1)]


def _statement_filters(tree: Node) -> Iterator[InStatement]:
    if isinstance(tree, InStatement):
        yield tree
    elif isinstance(tree, And | Or):
        for part in tree.parts:
            yield from _statement_filters(part)


def _holds(node: Node, article: Article, statement: Statement) -> bool:
    """Tell whether ``statement`` satisfies ``node``, the inside of an InStatement."""
    match node:
        case And(parts):
            return all(_holds(part, article, statement) for part in parts)
        case Or(parts):
            return any(_holds(part, article, statement) for part in parts)
        case Not(part):
            return not _holds(part, article, statement)
        case Name(field, wanted):
            return any(_names(name, wanted) for name in FIELDS[field].values(article, statement))
        case Values(field, values):
            return not set(FIELDS[field].values(article, statement)).isdisjoint(values)
        case Words() | Exact() | Prefix() | Fuzzy() | Near():
            return bool(_in_content(article, statement, _words(node, _SAID)))
        case _:
            return True


def _names(name: str, wanted: tuple[str, ...]) -> bool:
    words = tuple(terms(name))
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def _windows(body: str, found: Sequence[_Occurrence]) -> list[Span]:
    """Return the span with the most different words of the query, then the one that adds most to it."""
    spans: list[Span] = []
    seen: set[int] = set()
    for _ in range(PASSAGES):
        free = [each for each in found if not any(each.start < end and start < each.end for start, end in spans)]
        if not free:
            break
        first, last = _best(free, seen)
        near = free[first : last + 1]
        seen.update(each.leaf for each in near)
        room = Span(
            max((end for _, end in spans if end <= near[0].start), default=0),
            min((start for start, _ in spans if start >= near[0].end), default=len(body)),
        )
        spans.append(_grown(body, near[0].start, max(each.end for each in near), room))
    return sorted(spans)


def _best(found: Sequence[_Occurrence], seen: set[int]) -> tuple[int, int]:
    """Return the first and the last index of the words that stand near each other and differ most."""
    inside: dict[int, int] = {}
    best, best_worth, first = (0, 0), (-1, -1, -1), 0
    for last, each in enumerate(found):
        inside[each.leaf] = inside.get(each.leaf, 0) + 1
        while first < last and each.end - found[first].start > NEAR:
            left = found[first].leaf
            inside[left] -= 1
            if not inside[left]:
                del inside[left]
            first += 1
        worth = (len(inside.keys() - seen), len(inside), min(last - first, 3))
        if worth > best_worth:
            best, best_worth = (first, last), worth
    return best


def _grown(body: str, start: int, end: int, room: Span) -> Span:
    """Return the span widened within ``room`` to whole sentences where they are near, else to whole words."""
    left = max(room.start, start - LEAD)
    sentences = [left + each.end() for each in _SENTENCE_END.finditer(body[left:start])]
    begin = sentences[-1] if sentences else left if left == room.start else _word_start(body, start - LEAD // 2)
    limit = max(min(end, room.end), begin + LENGTH)
    if limit >= room.end:
        return _stripped(body, Span(begin, room.end))
    least = max(end, begin + LENGTH // 2)
    stops = [least + each.start() + 1 for each in _SENTENCE_END.finditer(body[least : limit + 1])]
    return _stripped(body, Span(begin, stops[-1] if stops else _word_end(body, limit, end)))


def _word_start(body: str, at: int) -> int:
    gap = re.compile(r"\s").search(body, at)
    return gap.end() if gap else at


def _word_end(body: str, at: int, least: int) -> int:
    gap = max(body.rfind(" ", least, at + 1), body.rfind("\n", least, at + 1))
    return gap if gap > least else at


def _stripped(body: str, span: Span) -> Span:
    text = body[span.start : span.end]
    return Span(span.start + len(text) - len(text.lstrip()), span.end - len(text) + len(text.rstrip()))


def _first_words(article: Article, tree: Node) -> Span:
    asked: list[Node] = [each.part for each in _statement_filters(tree)] or [
        leaf for leaf in leaves(tree, positive=True) if isinstance(leaf, Name | Values) and leaf.field == "speaker"
    ]
    for statement in article.statements:
        if any(_holds(each, article, statement) for each in asked):
            return statement_span(article, statement)
    return _grown(article.body, 0, 0, Span(0, len(article.body)))


def _passage(article: Article, found: Iterable[_Occurrence], span: Span) -> Passage:
    start, end = span
    near = _joined(each for each in found if each.start < end and start < each.end)
    inside = [Span(max(each.start, start) - start, min(each.end, end) - start) for each in near]
    return Passage("body", article.body[start:end], start, end, tuple(inside))


def _joined(found: Iterable[_Occurrence]) -> list[Span]:
    joined: list[Span] = []
    for start, end, _ in sorted(found):
        if joined and start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    return joined
