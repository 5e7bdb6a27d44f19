"""How an article's text is laid out to be read: paragraphs, in them what was said, in that the marked words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from searchapp.analysis import Span
from searchapp.article import Article, Statement

_GAP = re.compile(r"\n\n+")
_START, _END = attrgetter("start"), attrgetter("end")


class Piece(NamedTuple):
    """A few words; ``mark`` counts the marked ones of the page from 1, and is 0 for the others."""

    text: str
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a paragraph: of statements (those that begin here stand in ``begun``), or of none; or words of a
    statement: of what was ``said``, or of its attribution."""

    said: bool
    begun: tuple[Statement, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and the first statement that each of those who speak begins in it."""

    stretches: tuple[Stretch, ...]
    voices: tuple[Statement, ...]


def pieces(text: str, marks: Iterable[Sequence[int]], first: int = 1) -> list[Piece]:
    """Return ``text`` cut at ``marks`` (ascending and disjoint), these numbered from ``first`` on."""
    cut, at = [], 0
    for number, (start, end) in enumerate(marks, first):
        cut += [Piece(text[at:start]), Piece(text[start:end], number)]
        at = end
    return [piece for piece in (*cut, Piece(text[at:])) if piece.text]


def within(marks: Sequence[Span], span: Sequence[int]) -> list[Span]:
    """Return those parts of ``marks`` (ascending and disjoint) that lie in ``span``, counted from its start."""
    start, end = span
    return [Span(max(mark.start, start) - start, min(mark.end, end) - start) for mark in touched(marks, span)]


def as_said(article: Article, statement: Statement, marks: Sequence[Span], shown: Span) -> list[Stretch]:
    """Return the part ``shown`` of the sentences of a statement, what was said told apart from its attribution.

    Where nothing was said ("declined to comment"), the sentence is what there is to read, and all counts as said.
    """
    content = sorted(statement.content) or [Span(statement.start, statement.end)]
    return [
        Stretch(said, (), tuple(pieces(article.body[start:end], within(marks, (start, end)))))
        for start, end, said in _alternating(shown, content)
    ]


def paragraphs(article: Article, marks: Sequence[Span]) -> list[Paragraph]:
    """Return the body as paragraphs, with ``marks`` (ascending, disjoint offsets in it) numbered from 1."""
    laid_out, number = [], 1
    statements, together = sorted(article.statements, key=_START), _together(article.statements)
    for paragraph in _parted(article.body):
        stretches: list[Stretch] = []
        for start, end, said in _alternating(paragraph, together):
            cut = pieces(article.body[start:end], within(marks, (start, end)), number)
            number += sum(1 for piece in cut if piece.mark)
            begun = statements[bisect_left(statements, start, key=_START) : bisect_left(statements, end, key=_START)]
            stretches.append(Stretch(said, tuple(begun), tuple(cut)))
        voices: dict[tuple[str, ...], Statement] = {}
        for each in (statement for stretch in stretches for statement in stretch.begun):
            voices.setdefault(tuple(speaker.name for speaker in each.speakers), each)
        laid_out.append(Paragraph(tuple(stretches), tuple(voices.values())))
    return laid_out


def surroundings(article: Article, statement: Statement) -> Span:
    """Return the paragraphs that hold ``statement``."""
    start = article.body.rfind("\n\n", 0, statement.start + 1)
    end = article.body.find("\n\n", max(statement.end - 1, 0))
    return Span(0 if start < 0 else start + 2, len(article.body) if end < 0 else end)


def opening(article: Article, length: int = 70) -> str:
    """Return the first words of the body, for an article without a title."""
    words = article.body[: length * 2].split()
    text = ""
    for word in words:
        if len(text) + len(word) > length:
            return f"{text or word[:length]}…"
        text = f"{text} {word}".strip()
    return text


def _parted(body: str) -> Iterator[Span]:
    at = 0
    for gap in _GAP.finditer(body):
        yield Span(at, gap.start())
        at = gap.end()
    yield Span(at, len(body))


def _together(statements: Iterable[Statement]) -> list[Span]:
    """Return the stretches covered by statements, those that overlap or touch as one."""
    covered: list[Span] = []
    for start, end in sorted((each.start, each.end) for each in statements):
        if covered and start < covered[-1].end:
            covered[-1] = Span(covered[-1].start, max(end, covered[-1].end))
        else:
            covered.append(Span(start, end))
    return covered


def touched(spans: Sequence[Span], span: Sequence[int]) -> Sequence[Span]:
    """Return those of ``spans`` (ascending and disjoint) that share something with ``span``."""
    start, end = span
    return spans[bisect_right(spans, start, key=_END) : bisect_left(spans, end, key=_START)]


def _alternating(span: Span, covered: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    at, stop = span
    for start, end in touched(covered, span):
        if at < start:
            yield at, start, False
        yield max(at, start), min(end, stop), True
        at = min(end, stop)
    if at < stop:
        yield at, stop, False
