"""Where the body of a text begins and ends."""

import re
from itertools import accumulate, groupby

from searchapp.ingest.cleaning import dirt
from searchapp.ingest.cleaning.blocks import Block, in_company
from searchapp.ingest.reasons import ARTICLE_PARTS, LINKS, SIGNATURES, Reason

_MUCH_TEXT = 40  # words of prose after which a mark may end the article
_ALONE = 0.4  # the weight of prose between lines that are none: teasers, notices
_INTERRUPTION = 3  # lines of dirt between two paragraphs at most that say nothing against them
_DIRTY = 0.08  # of the lines beside the body bear marks: the rest there goes with them
_END_SLASH = re.compile(r"(?:\./\.|/\.|\./)\s?[^.!?]{0,25}$")


def end_of(blocks: list[Block]) -> int:
    """Return the index of the first block that an end mark or the heading of other stories shuts out."""
    before = [0, *accumulate(block.words if block.prose else 0 for block in blocks)]
    total = before[-1]
    for number, block in enumerate(blocks):
        after = total - before[number + 1]
        if (
            block.reason is None
            and block.ends
            and _END_SLASH.search(block.text[-60:])
            and before[number + 1] >= 0.25 * total
        ):
            return number + 1
        if block.reason == Reason.END_MARK and before[number] >= max(20, after) and any(map(str.isalnum, block.text)):
            return number
        if block.reason == Reason.OTHER_STORIES and before[number] >= _MUCH_TEXT:
            inside = dirt.INSIDE.match(block.text)
            if after <= (0.3 if inside else 2.0) * before[number] and not (inside and _goes_on(blocks, number)):
                return number
    return len(blocks)


def _goes_on(blocks: list[Block], number: int) -> bool:
    """Tell whether plain paragraphs outnumber headlines after a heading that may stand inside an article."""
    following = [block for block in blocks[number + 1 : number + 13] if block.reason is None]
    prose = sum(block.prose and block.words >= 12 for block in following)
    return prose > 0.5 * len(following)


def _weight(block: Block) -> float:
    if block.entry:
        return 1
    if block.reason in ARTICLE_PARTS or block.reason == Reason.NOTICE:  # which stand among paragraphs as well
        return -1
    if block.reason in LINKS and dirt.INSIDE.match(block.text):
        return -4
    if block.reason or block.teaser or block.house:
        return -10
    if block.prose:
        return min(block.words, 40)
    if block.sentence:
        return 1
    return -5 if block.words < 25 else 0


def span_of(blocks: list[Block]) -> tuple[int, int]:
    """Return the run of blocks with the greatest sum of weights (half-open); all of them without prose."""
    best, span, total, start = 0.0, (0, len(blocks)), 0.0, 0
    company, between = in_company(blocks), _between_sentences(blocks)
    beside = [before or after for before, after in zip([False, *between], [*between[1:], False, False], strict=False)]
    for number, block in enumerate(blocks):
        if total <= 0:
            total, start = 0.0, number
        weight = 0 if between[number] else _weight(block)
        opens = not best and is_signature(blocks[number - 1 : number])
        alone = not (company[number] or beside[number] or opens)
        total += weight * _ALONE if 0 < weight < 40 and alone else weight
        if total > best:
            best, span = total, (start, number + 1)
    return span


def _between_sentences(blocks: list[Block]) -> list[bool]:
    """Tell of each block whether it is what stands between two paragraphs without parting them: a heading, or dirt that
    interrupts the text, as an advertisement does. A name with a date or byline parts them: it signs another text."""
    between = [False] * len(blocks)
    last, parting = -_INTERRUPTION - 2, 0  # the sentence before; how much of what came since parts the text
    for number, block in enumerate(blocks):
        if block.sentence and not block.house:
            if parting <= 1 and number - last <= _INTERRUPTION + 1:
                between[last + 1 : number] = [True] * (number - last - 1)
            last, parting = number, 0
        elif block.reason is None and not block.house and not block.entry:
            parting += 1 if block.heading else 2
        elif block.reason == Reason.OTHER_STORIES or block.reason in SIGNATURES:
            parting += 2 if block.reason == Reason.OTHER_STORIES else 1
    return between


def is_of_page(block: Block) -> bool:
    return block.teaser or (block.reason is not None and block.reason not in ARTICLE_PARTS)


def is_dirt(blocks: list[Block], *, menus: bool = False) -> bool:
    """Tell whether blocks beside the body show dirt: marks of a page, dots, bylines, a run of menu items."""
    marked = sum(map(is_of_page, blocks))
    if marked and marked >= _DIRTY * len(blocks):
        return True
    if sum(block.reason in SIGNATURES for block in blocks) >= 3:
        return True
    runs = (len(list(run)) for short, run in groupby(blocks, _is_item) if short)
    longest = max(runs, default=0)
    return (longest >= 6 and 30 * marked >= len(blocks)) or (menus and longest >= 8)


def _is_item(block: Block) -> bool:
    """Tell whether a line is as short as those of a menu, and no row of a table."""
    return block.words <= 4 and not block.ends and not any(map(str.isdecimal, block.text))


def is_signature(blocks: list[Block]) -> bool:
    """Tell whether some block is a byline or a date."""
    return any(block.reason in SIGNATURES for block in blocks)
