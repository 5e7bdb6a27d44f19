"""The head of a text: its title, and what stands above and below it."""

import re
from collections import Counter
from itertools import accumulate, takewhile

from searchapp.analysis import letters
from searchapp.ingest.cleaning import dirt, pictures
from searchapp.ingest.cleaning.blocks import Block
from searchapp.ingest.cleaning.datelines import opens_like_dateline
from searchapp.ingest.cleaning.hints import MAX_LINE
from searchapp.ingest.cleaning.inside import STANDFIRST
from searchapp.ingest.cleaning.spacing import FUNCTION
from searchapp.ingest.cleaning.span import is_dirt, is_signature
from searchapp.ingest.profile import line_key
from searchapp.ingest.reasons import SIGNATURES, Reason

_HEAD = 3  # blocks above the headline at most, where the body begins with it
_KICKER = 3  # words above a headline: a section, a genre
_LEAD, _LEAD_LETTERS = 4, 800  # paragraphs, and code points of each, that tell again what a headline says
_STEM = 5  # letters of a word that its endings leave alone
_TOLD = 14  # the weight of that, a whole headline told again
_NEAR = 8  # blocks above the text among which a headline is that is not the first line
_HEADLINE_WORDS = 14  # of such a headline; what is longer is a standfirst
_MOST = 0.5  # of a line's words must be told again for it to come before the first
_CONTENT = re.compile(r"[^\W\d_]{4,}")
_SITE_SIGN = re.compile(r"\s[|·•»:–—-]\s")  # parts a headline from the name of its site
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
            if block.reason is None and not block.ends and not block.entry and block.words <= 30:
                block.reason = Reason.ABOVE


def _find_title(blocks: list[Block], start: int, stop: int, dirty: bool) -> None:
    """Mark the block that is the headline: in a head without dirt the first, among dirt the likeliest."""
    first = next((number for number, block in enumerate(blocks[:stop]) if block.reason is None), None)
    if first is None or not any(block.prose for block in blocks[first + 1 : stop]):
        return
    lead = _lead(blocks[start:stop])
    if not dirty:
        _find_first_title(blocks, first, max(start, _HEAD))
        _correct_title(blocks, start, lead)
        return
    prose = [0, *accumulate(block.words if block.prose else 0 for block in blocks[start:stop])]
    last = next((at for at, words in enumerate(prose) if words > 0.25 * prose[-1]), 0) + start
    near = range(min(max(start + 1, min(last, start + 6)), stop))
    keys = [line_key(block.text) for block in blocks[: near.stop]]
    counts = Counter(keys)
    fit = [at for at in near if (at <= start or _is_signed(blocks, at)) and _may_be_title(blocks[at], lead)]
    whole = {letters(blocks[at].text) for at in fit if blocks[at].words > _KICKER}
    likely = [
        (
            _likelihood(blocks, at, start)
            + 6 * (counts[keys[at]] > 1)
            + _TOLD * (at <= start and _told(blocks[at], lead))
            - _TOLD * _holds_another(blocks[at], whole),
            at,
        )
        for at in fit
    ]
    if likely and max(likely)[0] > 0:
        blocks[max(likely)[1]].title, blocks[max(likely)[1]].reason = True, None


def _holds_another(block: Block, whole: set[str]) -> bool:
    """Tell whether a line is another candidate with the site's name beside it."""
    parts = _SITE_SIGN.split(block.text)
    return len(parts) > 1 and any(letters(part) in whole for part in parts)


def _correct_title(blocks: list[Block], start: int, lead: frozenset[str]) -> None:
    """Take another line of the head for the headline, where its words are told below and those of the first are not."""
    titled = next((block for block in blocks[: start + 1] if block.title), None)
    if titled is not None and _told(titled, lead):
        return
    above = blocks[max(start - _NEAR, 0) : start]
    others = [
        block
        for block in above
        if block is not titled and block.words <= _HEADLINE_WORDS and _may_be_title(block, lead)
    ]
    best = max(others, key=lambda block: _told(block, lead), default=None)
    if best is not None and _told(best, lead) >= _MOST:
        best.title, best.reason = True, None
        if titled is not None:
            titled.title, titled.reason = False, Reason.ABOVE


def _lead(body: list[Block]) -> frozenset[str]:
    """Return the words that the first paragraphs tell a story in."""
    prose = [block for block in body if block.prose][:_LEAD]
    return frozenset(word for block in prose for word in _content(block.text[:_LEAD_LETTERS]))


def _content(text: str) -> frozenset[str]:
    """Return the beginnings of the longer words of a text, which their endings leave alone."""
    return frozenset(word[:_STEM] for word in _CONTENT.findall(text.casefold()) if word not in FUNCTION)


def _told(block: Block, lead: frozenset[str]) -> float:
    """Return the share of a line's words that the lead tells again; one word alone tells nothing."""
    words = _content(block.text)
    shared = len(words & lead)
    return shared / len(words) if shared > 1 else 0.0


def _is_marked(text: str) -> bool:
    """Tell whether a line says itself that it belongs to a picture."""
    found = pictures.PHOTO_BRACKETS.search(text) or pictures.NUMBERED_PHOTO.search(text[:MAX_LINE])
    return found is not None or pictures.CREDIT.found_in(text) or pictures.PICTURED.found_in(text)


def _may_be_title(block: Block, lead: frozenset[str]) -> bool:
    """Tell whether a line is a headline by its shape, be it taken for a caption only by the credit that follows it."""
    if block.reason == Reason.CAPTION:
        return not _is_marked(block.text) and _told(block, lead) >= _MOST and _is_headline(block)
    return block.reason is None and _is_headline(block)


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
    below = blocks[number + 2 : number + 3]
    signed = headline.reason is None and (is_signature(below) or any(_opens(block) for block in below))
    return signed and headline.words > _KICKER and not headline.text.isupper() and _is_headline(headline)


def _opens(block: Block) -> bool:
    return block.reason == Reason.SOURCE_LINE or (block.reason is None and opens_like_dateline(block.text))


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
        and not block.entry
        and block.text[0] not in "*•·-–—@#"
        and not _TWO_SENTENCES.search(block.text)
        and not opens_like_dateline(block.text)
    )
