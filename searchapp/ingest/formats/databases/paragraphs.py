"""Paragraphs of texts that databases break into lines of a fixed width."""

import re
from itertools import pairwise

_NARROWEST, _WIDEST = 60, 80  # code points of a line; what is wider is a table, or was never broken
_EMPTY_LINES = re.compile(r"\n\s*\n")


def paragraphs_of(text: str) -> list[str]:
    """Return what empty lines part, each as its lines without the white space around them."""
    parts = (_lines(part) for part in _EMPTY_LINES.split(text))
    return [part for part in parts if part]


def _lines(part: str) -> str:
    return "\n".join(line.strip() for line in part.strip().split("\n"))


def width_of(paragraphs: list[str]) -> int:
    """Return at which width the lines of paragraphs were broken: 0 where none was, since each has but one line."""
    lines = [line for paragraph in paragraphs for line in paragraph.split("\n")]
    if len(lines) == len(paragraphs):
        return 0
    return min(max((len(line) for line in lines), default=0), _WIDEST)


def joined(paragraph: str, width: int) -> str:
    """Return a paragraph with its broken lines joined: those with which the next word would have been wider than
    ``width``. Shorter lines were meant so: a list, a verse, the turns of a talk."""
    if width < _NARROWEST:
        return paragraph
    lines = paragraph.split("\n")
    text = lines[0]
    for before, line in pairwise(lines):
        word = line.split(" ", 1)[0]
        text += (" " if len(before) + 1 + len(word) > width else "\n") + line
    return text


def in_one_line(paragraph: str) -> str:
    return " ".join(paragraph.split())
