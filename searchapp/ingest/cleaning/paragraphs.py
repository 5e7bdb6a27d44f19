"""Blocks become paragraphs, and what is handed on: the cleaned text."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from searchapp.article import Removed
from searchapp.ingest.cleaning.blocks import SENTENCE_WORDS, Block
from searchapp.ingest.cleaning.reasons import UNDATED, Reason
from searchapp.ingest.cleaning.spacing import part_glued, part_sentences
from searchapp.ingest.profile import Profile

_BROKEN = 2  # sentences that run on in the next line: then others may, too
_SHORT = 60  # code points: lines of a list, a table, a poem stay lines


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What ``clean`` found.

    ``head`` and ``tail`` are what stood before and after the body, captions left out, and ``dateline`` is the
    dateline as written: where dates are looked for. ``place`` and ``source`` are what the text itself says.
    """

    title: str | None
    body: str
    place: str | None
    source: str | None
    head: str
    dateline: str
    tail: str
    removed: tuple[Removed, ...]


def assembled(
    blocks: list[Block],
    title: str | None,
    place: str | None,
    source: str | None,
    dateline: str,
    profile: Profile,
) -> Cleaned:
    body = [number for number, block in enumerate(blocks) if block.reason is None and not block.title]
    first, last = (body[0], body[-1]) if body else (len(blocks), len(blocks))
    outside = [block.text if block.reason is not None and block.reason not in UNDATED else "" for block in blocks]
    paragraphs, marks_between = _paragraphs([blocks[number] for number in body])
    paragraphs = part_glued([part_sentences(paragraph) for paragraph in paragraphs], profile.knows)
    text = "".join(part for pair in zip(marks_between, paragraphs, strict=True) for part in pair)
    inside = [
        text for number, text in enumerate(outside[first:last], first) if blocks[number].reason == Reason.DATE_LINE
    ]
    return Cleaned(
        title=title,
        body=text,
        place=place,
        source=source,
        head="\n".join(line for line in [*outside[:first], *inside] if line and line != dateline),
        dateline=dateline,
        tail="\n".join(line for line in outside[last + 1 :] if line),
        removed=tuple(_removed(blocks)),
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


def _removed(blocks: list[Block]) -> Iterator[Removed]:
    for reason, run in groupby(blocks, lambda block: None if block.title else block.reason):
        if reason is not None:
            yield Removed("\n".join(block.text for block in run), str(reason))
