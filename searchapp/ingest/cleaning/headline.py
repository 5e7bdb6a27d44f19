"""The head of a text: its title, and what stands above and below it."""

import re
from collections import Counter
from itertools import accumulate, takewhile

from searchapp.ingest.cleaning import dirt, pictures
from searchapp.ingest.cleaning.blocks import Block
from searchapp.ingest.cleaning.datelines import opens_like_dateline
from searchapp.ingest.cleaning.hints import MAX_LINE
from searchapp.ingest.cleaning.inside import STANDFIRST
from searchapp.ingest.cleaning.span import is_dirt, is_signature
from searchapp.ingest.profile import line_key
from searchapp.ingest.reasons import SIGNATURES, Reason

_HEAD = 3  # blocks above the headline at most, where the body begins with it
_KICKER = 3  # words above a headline: a section, a genre
_TWO_SENTENCES = re.compile(r"\w{3}[.!?]['\"”’]? \S")


def cut_head(blocks: list[Block], start: int, stop: int, title: str | None) -> None:
    dirty = is_dirt(blocks[:start], menus=True)
    if title is None:
        _find_title(blocks, start, stop, dirty)
    _cut_subtitles(blocks, start)
    if dirty:
        titled = next((number for number, block in enumerate(blocks) if block.title), 0)
        for block in blocks[: max(start, titled)]:
            if block.reason is None and not block.title:
                block.reason = Reason.ABOVE


def _cut_subtitles(blocks: list[Block], start: int) -> None:
    """Cut what stands between the headline and the byline or date below it."""
    titled = next((number for number, block in enumerate(blocks[: start + 1]) if block.title), None)
    signed = [number for number, block in enumerate(blocks[: start + 2]) if block.reason in SIGNATURES]
    if titled is not None and signed:
        for block in takewhile(lambda block: not dirt.BULLET.match(block.text), blocks[titled + 1 : signed[-1]]):
            if block.reason is None and not block.ends and block.words <= 30:
                block.reason = Reason.ABOVE


def _find_title(blocks: list[Block], start: int, stop: int, dirty: bool) -> None:
    """Mark the block that is the headline: in a head without dirt the first, among dirt the likeliest."""
    first = next((number for number, block in enumerate(blocks[:stop]) if block.reason is None), None)
    if first is None or not any(block.prose for block in blocks[first + 1 : stop]):
        return
    if not dirty:
        _find_first_title(blocks, first, max(start, _HEAD))
        return
    prose = [0, *accumulate(block.words if block.prose else 0 for block in blocks[start:stop])]
    last = next((at for at, words in enumerate(prose) if words > 0.25 * prose[-1]), 0) + start
    near = range(min(max(start + 1, min(last, start + 6)), stop))
    keys = [line_key(block.text) for block in blocks[: near.stop]]
    counts = Counter(keys)
    likely = [
        (_likelihood(blocks, at, start) + 6 * (counts[keys[at]] > 1), at)
        for at in near
        if blocks[at].reason is None and _is_headline(blocks[at]) and (at <= start or _is_signed(blocks, at))
    ]
    if likely and max(likely)[0] > 0:
        blocks[max(likely)[1]].title = True


def _find_first_title(blocks: list[Block], first: int, last: int) -> None:
    """Mark a headline at ``first``, up to ``last``; or below a kicker ("WORLD NEWS"), if a byline or date follows."""
    title = first + 1 if _is_kicker(blocks, first) else first
    below = blocks[title + 1]
    if title <= last and _is_headline(blocks[title]) and (below.reason or not below.small):
        blocks[title].title = True
        if title > first:
            blocks[first].reason = Reason.SECTION_NAME


def _is_kicker(blocks: list[Block], number: int) -> bool:
    """Tell whether a line is a word, or a few in capitals, above a longer headline that a byline or date signs."""
    line, headline = blocks[number : number + 2]
    if line.ends or line.words > _KICKER or not (line.words == 1 or line.text.isupper()):
        return False
    signed = headline.reason is None and is_signature(blocks[number + 2 : number + 3])
    return signed and headline.words > _KICKER and not headline.text.isupper() and _is_headline(headline)


def with_hidden_title(blocks: list[Block]) -> list[Block]:
    """Part the headline from the caption it is glued to or the notice of a cache, where it stands nowhere else."""
    for number, block in enumerate(blocks[:STANDFIRST]):
        found = dirt.CACHED.search(block.text) if block.reason == Reason.CACHE_NOTICE else None
        start, end = found.span("title") if found else (-1, -1)
        if block.reason == Reason.CAPTION and (found := pictures.NUMBERED_PHOTO.search(block.text[:MAX_LINE])):
            start, end = 0, found.start()
        title = block.text[start:end].strip() if start >= 0 else ""
        if title.count(" ") >= 2:
            parts = (block.text[:start], title, block.text[end:])
            split = [Block(text.strip(), block.gap, block.reason) for text in parts if text.strip()]
            for part in split:
                part.title = part.text == title
                part.reason = None if part.title else part.reason
            return [*blocks[:number], *split, *blocks[number + 1 :]]
    return blocks


def _likelihood(blocks: list[Block], at: int, start: int) -> float:
    """Return how likely a line is the headline: by its length, by a byline or date below it, by its place."""
    return min(blocks[at].words, 12) + 6 * _is_signed(blocks, at) - 0.3 * min(abs(start - at), 20)


def _is_signed(blocks: list[Block], at: int) -> bool:
    return is_signature(blocks[at + 1 : at + 4])


def _is_headline(block: Block) -> bool:
    return (
        2 <= block.words <= 30
        and len(block.text) <= 220
        and (not block.ends or (block.text[-1] in "?!’'”\")" and block.words <= 12))
        and not block.teaser
        and not block.small
        and block.text[0] not in "*•·-–—@#"
        and not _TWO_SENTENCES.search(block.text)
        and not opens_like_dateline(block.text)
    )
