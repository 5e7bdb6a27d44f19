"""Blocks become paragraphs, and what is handed on: the cleaned text."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import NamedTuple

from searchapp.article import Removed
from searchapp.ingest.cleaning.blocks import SENTENCE_WORDS, Block
from searchapp.ingest.cleaning.spacing import part_glued, part_sentences
from searchapp.ingest.profile import Profile
from searchapp.ingest.reasons import UNDATED, Reason

_BROKEN = 2  # sentences that run on in the next line: then others may, too
_SHORT = 60  # code points: lines of a list, a table, a poem stay lines


class Line(NamedTuple):
    """A block of a text with what became of it."""

    text: str
    reason: Reason | None  # why it was cut; None: it stayed
    title: bool

    @property
    def dates(self) -> bool:
        """Whether the article's date may stand in it."""
        return self.reason is not None and self.reason not in UNDATED


class Origin(NamedTuple):
    """Where a text itself says that it comes from; ``dateline`` is the dateline as written, "" without one."""

    place: str | None
    source: str | None
    dateline: str
    url: str | None


@dataclass(frozen=True)
class Cleaned:
    """What ``clean`` found. ``lines`` are all blocks of the text in their order."""

    title: str | None
    body: str
    origin: Origin
    lines: tuple[Line, ...]

    @property
    def place(self) -> str | None:
        return self.origin.place

    @property
    def source(self) -> str | None:
        return self.origin.source

    @property
    def dateline(self) -> str:
        return self.origin.dateline

    @property
    def url(self) -> str | None:
        return self.origin.url

    @cached_property
    def removed(self) -> tuple[Removed, ...]:
        """What was cut, in its order: what was cut for one reason, and stood together, as one."""
        runs = groupby(self.lines, lambda line: None if line.title else line.reason)
        return tuple(
            Removed("\n".join(line.text for line in run), str(reason)) for reason, run in runs if reason is not None
        )

    @cached_property
    def captions(self) -> frozenset[str]:
        """The lines that are captions, white space in them made one blank."""
        return frozenset(line.text for line in self.lines if line.reason == Reason.CAPTION and not line.title)

    @property
    def head(self) -> str:
        """What was cut before the body, line by line, and the date lines inside it: where dates are looked for."""
        first, last = self._body
        inside = [line for line in self.lines[first:last] if line.reason == Reason.DATE_LINE]
        lines = (line for line in (*self.lines[:first], *inside) if line.dates and line.text != self.dateline)
        return "\n".join(line.text for line in lines)

    @property
    def tail(self) -> str:
        """What was cut behind the body, line by line."""
        return "\n".join(line.text for line in self.lines[self._body[1] + 1 :] if line.dates)

    @cached_property
    def _body(self) -> tuple[int, int]:
        """The first and the last line of the body."""
        kept = [number for number, line in enumerate(self.lines) if line.reason is None and not line.title]
        return (kept[0], kept[-1]) if kept else (len(self.lines), len(self.lines))


def assembled(blocks: list[Block], title: str | None, origin: Origin, profile: Profile) -> Cleaned:
    """Return what is handed on of ``blocks`` whose reasons are settled."""
    kept = [block for block in blocks if block.reason is None and not block.title]
    paragraphs, between = _paragraphs(kept)
    paragraphs = part_glued([part_sentences(paragraph) for paragraph in paragraphs], profile.knows)
    return Cleaned(
        title=title,
        body="".join(part for pair in zip(between, paragraphs, strict=True) for part in pair),
        origin=origin,
        lines=tuple(Line(block.text, block.reason, block.title) for block in blocks),
    )


def _paragraphs(blocks: list[Block]) -> tuple[list[str], list[str]]:
    """Return the paragraphs, sentences broken over lines made whole, and the white space before each."""
    paragraphs: list[str] = []
    between: list[str] = []
    last: Block | None = None
    broken = sum(_runs_on(one, other) for one, other in pairwise(blocks)) >= _BROKEN
    for block in blocks:
        if last is not None and (_runs_on(last, block) or (broken and _is_broken(last))):
            paragraphs[-1] += f" {block.text}"
        else:
            lines = last is not None and not block.gap and max(len(last.text), len(block.text)) < _SHORT
            between.append("" if last is None else "\n" if lines else "\n\n")
            paragraphs.append(block.text)
        last = block
    return paragraphs, between


def _runs_on(last: Block, block: Block) -> bool:
    """Tell whether a sentence begun in one line goes on in the next."""
    return not last.ends and last.words > 4 and (block.small or last.text[-1] == ",")


def _is_broken(block: Block) -> bool:
    """Tell whether a line of a text whose sentences are broken breaks off before a name."""
    return not block.ends and block.words >= SENTENCE_WORDS and block.text[-1].isalpha()
