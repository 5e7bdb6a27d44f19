"""Body and query to passages with marks: the part of an article that a reader sees before opening it.

Offsets are code points, half-open. Every different word of a text is looked at once, as it is written, and those that
the query accepts are then looked for, so ten bodies cost little more than reading their words.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from searchapp.analysis import MAX_TOKEN, WORD, Span, fold, stem, stemmed, terms
from searchapp.model import Article, Hit, Statement
from searchapp.query import (
    And,
    Fuzzy,
    InStatement,
    Name,
    Node,
    Not,
    Or,
    Prefix,
    Values,
    Words,
    accepts,
    leaves,
)

PASSAGES = 2  # of a hit, at most
NEAR = 180  # words of the query this close together share a passage
LENGTH = 260  # of a passage that has to be cut
LEAD = 120  # how far before the first mark a sentence may begin
STATEMENT = 700  # a statement up to this long is shown whole
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,2}\s+|\n+")
_LETTER = re.compile(r"\w")
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


class _Found(NamedTuple):
    start: int
    end: int
    leaf: int


_Accept = Callable[[str], bool]


def marks(text: str, tree: Node, fields: Iterable[str]) -> list[Span]:
    """Return where the words that ``tree`` asks for in any of ``fields`` stand in ``text``, in order, disjoint."""
    return _joined(_find(text, _words(tree, frozenset(fields))))


def title_marks(article: Article, tree: Node) -> list[Span]:
    """Return where the query's words stand in the title."""
    return marks(article.title or "", tree, _TITLE)


def body_marks(article: Article, tree: Node) -> list[Span]:
    """Return where the query's words stand in the body; those of ``said:`` only in the statements that match."""
    return _joined(_in_body(article, tree))


def statement_marks(article: Article, statement: Statement, tree: Node) -> list[Span]:
    """Return where the query's words stand in what was said, as offsets in the body."""
    return _joined(_in_content(article, statement, _words(tree, _SAID)))


def passages(hit: Hit, tree: Node) -> tuple[Passage, ...]:
    """Return the one or two passages of a hit that say best why it was found.

    An article's are the windows with the most different words of the query, in reading order; a title that alone
    holds them comes first; without any word of the query they are what a speaker asked for said first, or
    the beginning. A statement's is its own text. ``tree`` is query and filters (``SearchRequest.tree()``).
    """
    article, statement = hit.article, hit.statement
    if statement is not None:
        found = _in_content(article, statement, _words(tree, _SAID))
        return (_passage(article, found, _statement_span(article, statement, found)),)
    found = _in_body(article, tree)
    if found:
        return tuple(_passage(article, found, span) for span in _windows(article.body, found))
    begin = (_passage(article, [], _first_words(article, tree)),) if article.body else ()
    in_title = title_marks(article, tree)
    if article.title and in_title:
        return (Passage("title", article.title, 0, len(article.title), tuple(in_title)), *begin)
    return begin


def cut_ends(text: str, span: Span) -> tuple[bool, bool]:
    """Tell whether ``span`` begins, and whether it ends, in the middle of a sentence of ``text``."""
    before, after = text[max(0, span.start - 4) : span.start], text[max(0, span.end - 3) : span.end + 2]
    begins = not before.strip() or _SENTENCE_END.search(before) is not None
    ends = span.end >= len(text) or _SENTENCE_END.search(after + " ") is not None
    return not begins, not ends


def _in_body(article: Article, tree: Node) -> list[_Found]:
    found = _find(article.body, _words(tree, _TEXT))
    for inner in _statement_filters(tree):
        words = _words(inner.part, _SAID)
        offset = 1 + max((each.leaf for each in found), default=-1)
        for statement in article.statements:
            if words.tests and _holds(inner.part, article, statement):
                said = _in_content(article, statement, words)
                found += [_Found(each.start, each.end, each.leaf + offset) for each in said]
    return sorted(found)


def _in_content(article: Article, statement: Statement, words: "_Wanted") -> list[_Found]:
    return [
        _Found(start + found.start, start + found.end, found.leaf)
        for start, end in statement.content
        for found in _find(article.body[start:end], words)
    ]


def _find(text: str, words: "_Wanted") -> list[_Found]:
    if not words.tests or not text:
        return []
    written = set(WORD.findall(text))
    begun = words.begun(written)
    if not begun:
        return []
    found = []
    for word, start in _places(text, begun, whole=max(map(len, written)) < MAX_TOKEN):
        for number in begun[word]:
            end = _end(text, start + len(word), words.tests[number][1:])
            if end:
                found.append(_Found(start, end, number))
    return sorted(found)


def _places(text: str, words: Iterable[str], *, whole: bool) -> Iterator[tuple[str, int]]:
    """Yield where ``words`` stand in ``text``, which is looked through for each: there are few, and that is many times
    as fast as to look at every word. Not so where runs of letters were cut into several words (``whole`` is false)."""
    if not whole:
        wanted = set(words)
        yield from ((place[0], place.start()) for place in WORD.finditer(text) if place[0] in wanted)
        return
    for word in words:
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if not (_LETTER.match(text, end) or (start and _LETTER.match(text, start - 1))):
                yield word, start
            start = text.find(word, start + 1)


def _end(text: str, at: int, following: Iterable[_Accept]) -> int | None:
    """Return the end of the words that stand at ``at`` if they are those that are to follow, else None."""
    for accept in following:
        place = WORD.search(text, at)
        if not place or not accept(place[0]):
            return None
        at = place.end()
    return at


class _Wanted(NamedTuple):
    """The words and phrases that are wanted: tests for the words of each, and which of them begin with a stem, or are
    told by their test only."""

    tests: tuple[tuple[_Accept, ...], ...]
    stems: dict[str, list[int]]
    others: list[int]

    def begun(self, words: Iterable[str]) -> dict[str, list[int]]:
        """Return which of those wanted begin with each of ``words`` (as written), if any do."""
        begun = {word: numbers for word in words if (numbers := self.stems.get(stemmed(word)))} if self.stems else {}
        for number in self.others:
            for word in filter(self.tests[number][0], words):
                begun[word] = [*begun.get(word, ()), number]
        return begun


@lru_cache(maxsize=128)
def _words(tree: Node, fields: frozenset[str]) -> _Wanted:
    """Return the words and phrases that are wanted in ``fields``."""
    wanted = [leaf for leaf in leaves(tree, positive=True) if isinstance(leaf, Words | Prefix | Fuzzy)]
    wanted = [leaf for leaf in wanted if leaf.field in fields]
    stems: dict[str, list[int]] = {}
    for number, leaf in enumerate(wanted):
        if isinstance(leaf, Words):
            stems.setdefault(stem(leaf.terms[0]), []).append(number)
    others = [number for number, leaf in enumerate(wanted) if not isinstance(leaf, Words)]
    return _Wanted(tuple(tuple(map(_as_written, accepts(leaf))) for leaf in wanted), stems, others)


def _as_written(accept: _Accept) -> _Accept:
    return lru_cache(maxsize=1 << 13)(lambda word: accept(fold(word)))


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
        case Name("speaker", wanted):
            return any(_names(name, wanted) for name in _speakers(statement))
        case Values("speaker", values):
            return not (_speakers(statement) or {""}).isdisjoint(values)
        case Words() | Prefix() | Fuzzy():
            return bool(_in_content(article, statement, _words(node, _SAID)))
        case _:
            return True


def _speakers(statement: Statement) -> set[str]:
    return {speaker.name for speaker in statement.speakers if speaker.type != "unnamed"}


def _names(name: str, wanted: tuple[str, ...]) -> bool:
    words = tuple(terms(name))
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def _windows(body: str, found: Sequence[_Found]) -> list[Span]:
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


def _best(found: Sequence[_Found], seen: set[int]) -> tuple[int, int]:
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


def _statement_span(article: Article, statement: Statement, found: Sequence[_Found]) -> Span:
    whole = Span(statement.start, statement.end)
    if whole.end - whole.start <= STATEMENT:
        return whole
    at = found[0] if found else Span(*(statement.content[0] if statement.content else whole))
    return _grown(article.body, at[0], min(at[1], at[0] + NEAR), whole)


def _first_words(article: Article, tree: Node) -> Span:
    named = [
        leaf for leaf in leaves(tree, positive=True) if isinstance(leaf, Name | Values) and leaf.field == "speaker"
    ]
    for statement in article.statements:
        if any(_holds(leaf, article, statement) for leaf in named):
            return _statement_span(article, statement, [])
    return _grown(article.body, 0, 0, Span(0, len(article.body)))


def _passage(article: Article, found: Iterable[_Found], span: Span) -> Passage:
    start, end = span
    near = _joined(each for each in found if each.start < end and start < each.end)
    inside = [Span(max(each.start, start) - start, min(each.end, end) - start) for each in near]
    return Passage("body", article.body[start:end], start, end, tuple(inside))


def _joined(found: Iterable[_Found]) -> list[Span]:
    joined: list[Span] = []
    for start, end, _ in sorted(found):
        if joined and start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    return joined
