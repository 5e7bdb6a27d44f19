"""A text as *blocks*: its lines, hard wraps undone, with date prefixes, captions and fused datelines split off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from searchapp.ingest.cleaning import dirt, pictures, signatures
from searchapp.ingest.cleaning.datelines import PLACES, dateline_of, opens_with_agency
from searchapp.ingest.cleaning.hints import MAX_LINE
from searchapp.ingest.cleaning.hyphens import WRAP
from searchapp.ingest.cleaning.spacing import is_split
from searchapp.ingest.dating.details import date_prefix
from searchapp.ingest.reasons import Reason

SENTENCE_WORDS: Final = 6  # words of a line that end like a sentence and count as prose
_HEADING_WORDS = 3
_CAPTION = 25  # words of a caption at most, where only its number shows it
_MAX_NUMBERED = 5  # numbered captions split off one line
_SENTENCE_END = re.compile(r"[.!?…:;。！？：；｡．।؟۔።][\"'”’»)\]」』）】》]{0,3}$")
# Scripts without spaces, and how many of their letters make a word; Thai and its like have no full stop either.
_IDEOGRAM = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_STOPLESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_IDEOGRAMS, _LETTERS = 2, 5
_STOPLESS_SENTENCE = 60  # letters
# How speeches and letters begin, and end.
_SALUTATION = re.compile(
    r"(?:(?:mr|mrs|ms|madam|dear|ladies|gentlemen|your|honou?rable|distinguished|esteemed|excellenc(?:y|ies)|my"
    r"|fellow|colleagues|friends|brothers|sisters"
    r"|good (?:morning|afternoon|evening)|(?:yours|best|kind|warm|sincerely)\b).{0,150}),",
    re.IGNORECASE,
)
_RATE = re.compile(r"\([^()=]{1,30} = [^()=]{1,60}(?: = [^()=]{1,60})?\)")  # "($1 = 10.49 crowns)"
_FULL_STOP = re.compile(r"\w[.!][”\"’')]?$")
_NUMBERED = re.compile(r"\d{1,2}[.):]? |[–—•-]")
_ELLIPSIS = re.compile(r"(?:…|(?<!\.)\.{3,4}|\[…\]|\[\.\.\.\])[)\]]?$")
_INNER_END = re.compile(r"[a-z0-9)”\"][.!?][”\"’)]?\s(?=[A-Z“\"])")
_AGENCY_DASH = re.compile(rf" ?\((?:{signatures.AGENCIES}|[A-Z]{{2,8}})\) ?[–—-]")


@dataclass(slots=True, eq=False)
class Block:
    """A stretch of the text that is kept or cut as one: a line, wrapped lines made whole, or a part split off one.

    ``text`` is one line and not empty. ``reason`` and ``title`` are settled when it is labelled and cut.
    """

    text: str
    gap: bool  # an empty line stands before it
    reason: Reason | None = None  # why it is cut; None: it stays
    indented: bool = False
    wrapped: bool = False  # a hyphen at its end has shown that the next line goes on with it
    moved: int = 0  # letters that it had before its first one, of a word that is whole on the line before now
    title: bool = False  # the headline
    entry: bool = False  # the clock time or headline that begins an entry of a live blog
    words: int = field(init=False)
    ends: bool = field(init=False)  # like a sentence
    small: bool = field(init=False)  # begins with a small letter, as the rest of a sentence does; not so "iPhone"
    teaser: bool = field(init=False)  # breaks off in dots
    _house: bool | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.words = self.text.count(" ") + 1
        end = self.text[-4:]
        self.ends = not end.isalnum() and bool(_SENTENCE_END.search(end))
        if self.text[0] == "(" and _RATE.fullmatch(self.text):
            self.ends = True
        if end[-1] == "," and _SALUTATION.fullmatch(self.text):
            self.ends = True
        if not self.text.isascii():
            self._count_unspaced()
        self.small = self.text[0].islower() and not self.text[1:2].isupper()
        end = self.text[-6:]
        self.teaser = ("…" in end or "..." in end) and bool(_ELLIPSIS.search(end))

    def _count_unspaced(self) -> None:
        ideograms = len(_IDEOGRAM.findall(self.text))
        stopless = len(_STOPLESS.findall(self.text))
        self.words += ideograms // _IDEOGRAMS + stopless // _LETTERS
        self.ends = self.ends or stopless > _STOPLESS_SENTENCE

    @property
    def house(self) -> bool:
        """Whether it is a sentence that a site says for itself."""
        if self._house is None:
            self._house = self.words <= 60 and dirt.HOUSE_NOTICE.found_in(self.text)
        return self._house

    @property
    def prose(self) -> bool:
        """Whether it is uncut running text: it ends like a sentence, or is long and holds the end of one."""
        if self.reason is not None or self.teaser or self.words < SENTENCE_WORDS:
            return False
        return self.ends or (self.words >= 25 and bool(_INNER_END.search(self.text)))

    @property
    def sentence(self) -> bool:
        """Whether it is uncut and ends like a sentence, be it as short as "Never."."""
        plain = self.reason is None and not self.teaser
        return plain and (self.prose or bool(_FULL_STOP.search(self.text[-4:])) or (self.ends and self.text[-1] == ")"))

    @property
    def heading(self) -> bool:
        """Whether it is shaped like a heading, a question or a signature inside an article: such have a number or a
        dash or hardly three words, as the headlines of other stories seldom do."""
        if self.reason is not None or self.teaser or self.prose:
            return False
        return self.words <= _HEADING_WORDS or self.text.endswith(("?", ":")) or bool(_NUMBERED.match(self.text))


def blocks_of(text: str, *, titled: bool, is_html: bool) -> list[Block]:
    """Return the blocks of ``text`` in their order, with every letter of it.

    Date prefixes and captions that were split off have their ``reason``. ``titled`` says that no headline is to be
    expected: then a short first line had lost its dateline. HTML (``is_html``) has no hard wraps.
    """
    blocks = _with_initials(list(_without_date_prefix(list(_lines(text)))))
    if not is_html:
        blocks = _unwrapped(blocks, begun=titled)
    blocks = [part for block in blocks for part in _parted_captions(block)]
    return [part for number, block in enumerate(blocks) for part in _parted_dateline(block, number)]


def in_company(blocks: list[Block]) -> list[bool]:
    """Tell of each block whether it is prose next to prose, dirt left aside: teasers stand alone among headlines."""
    plain = [
        number for number, block in enumerate(blocks) if block.reason is None and not block.teaser and not block.house
    ]
    prose = [False, *(blocks[number].prose for number in plain), False]
    company = [False] * len(blocks)
    for place, number in enumerate(plain, 1):
        company[number] = prose[place] and (prose[place - 1] or prose[place + 1])
    return company


def _lines(text: str) -> Iterator[Block]:
    gap = False
    for line in text.split("\n"):
        parts = line.split(WRAP)
        moved = 0
        for number, part in enumerate(parts, 1):
            if not part and len(parts) > 1:
                moved += 1
                continue
            stripped = " ".join(part.split()) if "  " in part or "\t" in part else part.strip()
            if stripped:
                yield Block(
                    stripped, gap, indented=part.startswith(("  ", "\t")), wrapped=number < len(parts), moved=moved
                )
            gap, moved = not stripped, 0


def _without_date_prefix(blocks: list[Block]) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        length = date_prefix(block.text) if number < 3 else 0
        if length:
            yield Block(block.text[:length].strip(), block.gap, Reason.DATE_LINE)
            rest = block.text[length:].strip()
            if not rest:
                continue
            block = Block(rest, False)
        yield block


def _with_initials(blocks: list[Block]) -> list[Block]:
    """Give words back the large initial ("S" above or before "elwyn", "L" above "ORVIK –") set apart from them."""
    joined: list[Block] = []
    for block in blocks:
        initial = joined[-1].text if joined else ""
        if len(initial) == 1 and initial.isupper() and (block.small or dateline_of(block.text)):
            parted = block.small and is_split(initial, block.text)
            joined[-1] = Block(initial + (" " if parted else "") + block.text, joined[-1].gap)
        elif _lost_initial(block):
            joined.append(Block(block.text[0] + block.text[2:], block.gap, block.reason, indented=block.indented))
        else:
            joined.append(block)
    return joined


def _lost_initial(block: Block) -> bool:
    """Tell whether a line begins with a capital and a space that part one word ("T he railway", "L ORVIK –")."""
    text = block.text
    if block.reason is not None or text[1:2] != " " or not text[0].isupper() or text[0] in "AIO":
        return False
    if text[2].islower():
        return not is_split(text[0], text[2:])
    return text[0] not in "NSEW" and bool(dateline_of(text[2:]))


# Hard wraps


def _unwrapped(blocks: list[Block], *, begun: bool) -> list[Block]:
    """Join the lines of paragraphs that were wrapped at a fixed width; leave other text as it is.

    ``begun`` says that no headline is to be expected: then a short first line had lost its dateline.
    """
    width = _wrap_width(blocks)
    if not width and not any(block.wrapped for block in blocks):
        return blocks
    joined: list[list[Block]] = []
    indents = 1 < sum(block.indented for block in blocks) < 0.6 * len(blocks)  # then they begin paragraphs
    for block in blocks:
        last = joined[-1][-1] if joined else None
        if (
            last is not None
            and not block.gap
            and not (indents and block.indented)
            and last.reason is None
            and (
                last.wrapped
                or (width and (_continues(last, block, width) or (begun and last is blocks[0] and not last.ends)))
            )
        ):
            joined[-1].append(block)
        else:
            joined.append([block])
    return [
        lines[0] if len(lines) == 1 else Block(" ".join(line.text for line in lines), lines[0].gap) for lines in joined
    ]


def _wrap_width(blocks: list[Block]) -> int:
    lengths = sorted(len(block.text) for block in blocks)
    least = 20 if sum(block.wrapped for block in blocks) > 1 else 40  # a column of a paper, or a page
    if len(lengths) < 2 or not least <= lengths[len(lengths) * 98 // 100 - (len(lengths) < 50)] <= 110:
        return 0
    width = lengths[-1] if lengths[-1] <= 110 else lengths[len(lengths) * 98 // 100]
    pairs = [(one, two) for one, two in pairwise(blocks) if not two.gap]
    wraps = sum(one.wrapped or (not one.ends and len(one.text) >= 0.6 * width and two.small) for one, two in pairs)
    return width if wraps and wraps >= 0.25 * len(pairs) else 0


def _continues(last: Block, block: Block, width: int) -> bool:
    if last.ends and signatures.SIGNED.fullmatch(block.text):
        return False
    word = block.text.split(" ", 1)[0]
    length = last.moved + len(last.text)
    fits = length + 1 + len(word) <= width - (4 if last.ends else 8)
    runs_on = block.small or (length >= 0.6 * width and last.text.rsplit(" ", 1)[-1].islower())
    return not fits or (not last.ends and runs_on)


# Splitting


def _parted_captions(block: Block) -> Iterator[Block]:
    """Split a block after each mark of a photo; what stands before the mark is a caption."""
    if block.reason or (
        "(" not in block.text
        and "[" not in block.text
        and not (pictures.PHOTO_NUMBER.search(block.text) and pictures.NUMBERED_PHOTO.search(block.text))
    ):
        yield block
        return
    rest, gap = block.text, block.gap
    for _ in range(_MAX_NUMBERED):
        found = pictures.NUMBERED_PHOTO.search(rest[:MAX_LINE])
        if not found:
            break
        yield Block(rest[: found.end()], gap, Reason.CAPTION)
        rest, gap = rest[found.end() :].lstrip(), False
    if rest != block.text and rest.count(" ") < _CAPTION and not _AGENCY_DASH.search(rest):
        if rest:
            yield Block(rest, gap, Reason.CAPTION)
        return
    at = 0
    for found in pictures.PHOTO_BRACKETS.finditer(rest):
        begin = _caption_start(rest[at : found.start()]) + at
        if rest[at:begin].strip():
            yield Block(rest[at:begin].strip(), gap)
            gap = False
        end = found.end() + (rest[found.end() : found.end() + 1] in tuple(".,"))
        yield Block(rest[begin:end].strip(), gap, Reason.CAPTION)
        at, gap = end, False
    if rest[at:].strip():
        yield Block(rest[at:].strip(), gap)


def _caption_start(before: str) -> int:
    """Return where in the text before a photo mark its caption begins: all of it, or its last sentence."""
    ends = [found.end() for found in _INNER_END.finditer(before.rstrip())]
    if before.count(" ") < 60 and len(ends) < 2 and not opens_with_agency(before):
        return 0
    if before.count(" ", ends[-1] if ends else 0) >= 60:
        return len(before)
    return ends[-1] if ends else 0


def _parted_dateline(block: Block, number: int) -> Iterator[Block]:
    """Split off what is fused to the front of a dateline with an agency, near the text's beginning."""
    found = None if block.reason or number > 5 else _AGENCY_DASH.search(block.text[:MAX_LINE])
    at = _place_start(block.text[: found.start()]) if found else 0
    if not at:
        yield block
        return
    before = Block(block.text[:at].strip(), block.gap)
    if not before.ends and number:
        before.reason = Reason.CAPTION
    yield before
    yield Block(block.text[at:].strip(), False)


def _place_start(before: str) -> int:
    words = [
        found.start()
        for found in re.finditer(r"(?<=[a-z0-9.)”])(?=[A-ZĐ])|(?<=[A-Z]{2})(?=[A-ZĐ][a-z])|(?<=\s)(?=[A-ZĐ])", before)
    ]
    for start in words[-4:]:
        if before[start:].strip(" ,").casefold() in PLACES:
            return start
    glued = [start for start in words[-3:] if before[start - 1 : start].strip()]
    return glued[-1] if glued else 0
