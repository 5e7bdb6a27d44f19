"""What is cut inside the body: captions, links, leads told twice."""

import re

from searchapp.analysis import letters
from searchapp.ingest.cleaning import dirt, pictures, signatures
from searchapp.ingest.cleaning.blocks import SENTENCE_WORDS, Block
from searchapp.ingest.cleaning.datelines import FULL_DATE, NO_PLACE, dateline_of
from searchapp.ingest.profile import line_key
from searchapp.ingest.reasons import LINKS, Reason

_LINKS = 3  # headlines of other stories in a row between two paragraphs
_HEADLINE = 6  # words that a headline has at least, a heading seldom
STANDFIRST = 8  # blocks among which standfirst and bullets stand
_REPEATS, _RETOLD = 0.85, 0.7  # the share of the letters of a standfirst, of a bullet, that a paragraph repeats


def cut_inside(blocks: list[Block], title: str | None) -> None:
    key = line_key(title) if title else b""
    after_link = 0
    wire = _is_wire(blocks)
    teasers = sum(block.reason == Reason.TEASER for block in blocks)
    prose = [number for number, block in enumerate(blocks) if block.prose]
    inside = blocks[prose[0] : prose[-1]] if prose else []
    bars = [block for block in inside if block.reason == Reason.DATE_LINE and dirt.CLOCK.search(block.text)]
    for block in inside:
        dated = block.reason == Reason.DATE_LINE and bars != [block] and not dirt.AGE.pattern.match(block.text)
        if block.reason == Reason.BREAK or dated:
            block.reason = None  # deep in the body: a row of a table, a heading, a line of stars
    for number, block in enumerate(blocks):
        if block.reason in LINKS:
            after_link = 6
        elif block.reason is None and after_link and not block.ends and block.words < 25:
            block.reason, after_link = Reason.RELATED_HEADLINE, after_link - 1
        elif block.reason is None:
            after_link = 0
        if key and block.reason is None and not block.title and block.words <= 30 and line_key(block.text) == key:
            block.reason = Reason.REPEATED_HEADLINE
        elif block.reason is None and not block.title and _is_shouted(blocks, number):
            block.reason = Reason.RELATED_HEADLINE
        elif block.reason is None and not block.title and _is_lone_caption(blocks, number):
            block.reason = Reason.CAPTION
        elif wire and block.reason is None and not block.title and _is_lone_headline(blocks, number):
            block.reason = Reason.RELATED_HEADLINE
        elif teasers > 1 and block.reason is None and block.teaser and block.words >= SENTENCE_WORDS:
            block.reason = Reason.TEASER
    _cut_section_name(blocks, title)
    _cut_last_name(blocks)
    _cut_repeated_lead(blocks)


def _cut_last_name(blocks: list[Block]) -> None:
    """Cut a name, and nothing else, that stands below the last paragraph: it is the author's or the agency's."""
    kept = [block for block in blocks if block.reason is None][-2:]
    if len(kept) == 2 and kept[0].prose and re.fullmatch(r"[A-ZĐ]{3,8}", kept[1].text):
        kept[1].reason = Reason.SOURCE_LINE
    elif len(kept) == 2 and kept[0].prose and signatures.NAME.fullmatch(kept[1].text.strip("()")):
        words = kept[1].text.casefold().replace(".", "").split()
        kept[1].reason = None if NO_PLACE.intersection(words) else Reason.BYLINE


def _cut_section_name(blocks: list[Block], title: str | None) -> None:
    """Cut one or two words ("Fisheries") that stand alone between headline and first paragraph."""
    kept = [block for block in blocks if block.reason is None and not block.title][:2]
    if (
        title
        and len(kept) == 2
        and len(kept[0].text) > 1
        and kept[0].words <= 2
        and not kept[0].ends
        and kept[1].prose
        and kept[1].words >= 12
    ):
        kept[0].reason = Reason.SECTION_NAME


def _is_shouted(blocks: list[Block], number: int) -> bool:
    """Tell whether a line is a link in capitals between paragraphs, longer than a heading would be."""
    block = blocks[number]
    return not block.ends and block.words >= 5 and block.text.isupper() and _is_lone(blocks, number)


def _is_lone(blocks: list[Block], number: int) -> bool:
    around = [
        other
        for other in blocks[max(number - 1, 0) : number + 2]
        if other is not blocks[number] and other.reason is None
    ]
    return len(around) == 2 and all(other.prose and other.words >= 12 and other.text[-1] != ":" for other in around)


def _is_lone_caption(blocks: list[Block], number: int) -> bool:
    """Tell whether a line without an end stands alone among paragraphs and is too long for a heading."""
    block = blocks[number]
    if block.ends or not 8 <= block.words <= 45 or block.text[0] in '-–—•*·"“' or block.small:
        return False
    if signatures.LIFE.search(block.text):
        return False
    dated = bool(FULL_DATE.search(block.text) or pictures.PICTURED.found_in(block.text))
    below_title = dated and number > 0 and blocks[number - 1].title and _is_lead(blocks[number + 1 : number + 2])
    if not (below_title or _is_lone(blocks, number)) or blocks[number + 1].small:
        return False
    early = number <= 4 and block.gap and blocks[number + 1].gap
    return early or dated


def _is_lead(blocks: list[Block]) -> bool:
    return bool(blocks) and blocks[0].prose and blocks[0].words >= 12


def _is_wire(blocks: list[Block]) -> bool:
    """Tell whether an agency wrote the text: it has a dateline or an end mark. Such texts have no headings."""
    kept = [block for block in blocks if block.reason is None and not block.title]
    return bool(kept) and bool(
        any(dateline_of(block.text) for block in kept[:4]) or signatures.END.search(kept[-1].text[-80:])
    )


def _is_lone_headline(blocks: list[Block], number: int) -> bool:
    """Tell whether a line is as long as a headline and stands alone between paragraphs: a link to another story."""
    first = last = number
    while number - first < _LINKS and first and _is_like_headline(blocks[first]):
        first -= 1
    while last - number < _LINKS and last < len(blocks) - 1 and _is_like_headline(blocks[last]):
        last += 1
    if not first < number < last or blocks[last].small:
        return False
    return all(block.prose and block.text[-1] != ":" for block in (blocks[first], blocks[last]))


def _is_like_headline(block: Block) -> bool:
    shaped = (
        not block.ends and _HEADLINE <= block.words <= 20 and block.text[-1] not in '?”"' and block.text[0].isupper()
    )
    return shaped and not block.title and block.reason in (None, Reason.RELATED_HEADLINE)


def _cut_repeated_lead(blocks: list[Block]) -> None:
    """Cut a standfirst, or bullets, that say word for word what the first paragraphs say again."""
    kept = [block for block in blocks if block.reason is None and not block.title][:STANDFIRST]
    dated = next((number for number, block in enumerate(kept) if dateline_of(block.text)), 0)
    for number, block in enumerate(kept[:-1]):
        bullet = dirt.BULLET.match(block.text)
        if (number < dated or bullet) and block.words >= SENTENCE_WORDS:
            first = letters(block.text)[:600]
            following = [
                letters(other.text)[:1_200] for other in kept[number + 1 :] if not dirt.BULLET.match(other.text)
            ]
            if any(_shared(first, second) >= (_RETOLD if bullet else _REPEATS) for second in following):
                block.reason = Reason.REPEATED_LEAD


def _shared(first: str, second: str) -> float:
    parts = {first[at : at + 8] for at in range(max(len(first) - 7, 1))}
    return sum(part in second for part in parts) / len(parts)
