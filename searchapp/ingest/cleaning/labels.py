"""Label the blocks that are dirt by what they say, their neighbours, and the archive's profile."""

import re
from itertools import pairwise

from searchapp.analysis import letters
from searchapp.ingest.attribution.verbs import PLAIN
from searchapp.ingest.cleaning import dirt, pictures, signatures
from searchapp.ingest.cleaning.blocks import Block, in_company
from searchapp.ingest.cleaning.hints import MAX_LINE
from searchapp.ingest.dating.details import BYLINE, is_date_label, is_date_line
from searchapp.ingest.profile import Profile, line_key
from searchapp.ingest.reasons import CONTROLS, Reason

_MAX_PAGER = 4  # digits of a line that is one number
_COMMON = 0.1  # of a site's sampled articles hold a line that is boilerplate
_COMMON_PARAGRAPH = 1 / 2  # the same for what looks like a paragraph of a story
_TOLD = 20  # words from which running text does
_RETOLD = 0.5  # of an article's words of prose that another one holds which tells the same story
_PARAGRAPH = 12  # words of a repeated line that may be an earlier take's paragraph
_SAME = 40  # letters in which two copies of a caption agree
_MANY, _SHORT_LINE = 4, 8  # articles that have a short line; words of one
_ROW = 2  # numbers in a line: a row of a table, which is like others once numbers do not count
_ENTRIES, _ENTRY = 3, 6  # of a live blog at least; blocks of one among which its first paragraph is
_DIGIT = re.compile(r"\d")
_DETAIL = re.compile(r"\s?[·•|]\s?|(?<=(?:19|20)\d\d)\s?/\s?|\s/\s")  # parts the details of a line below a headline
_DETAIL_SIGN = re.compile("[·•|/]")
_SAID = re.compile(r"\bsaid\b")
_REPORTED = re.compile(rf"[“”„«»\"]|\b(?:{'|'.join(PLAIN)}|says|according to)\b")
_HAPPENED = re.compile(r"\b(?:\w{2,}ed|sa(?:id|ys)|told|was|were|did|ha(?:d|s|ve)|will|would|could|can|must)\b")
_NUMBER = re.compile(r"\d[\d.,:/-]*")


def label(blocks: list[Block], profile: Profile, site: str) -> None:
    """Set the ``reason`` of each of an article's blocks that is known as dirt, wherever it stands.

    ``profile`` tells what also stands in other articles of ``site``.
    """
    for number, block in enumerate(blocks):
        if block.reason is None and len(block.text) <= MAX_LINE:
            block.reason = _reason_of(block, near_head=number < 8)
    for before, block in pairwise(blocks):
        if block.reason == Reason.DATE_LINE and before.reason is None and is_date_label(before.text):
            before.reason = Reason.DATE_LINE
    if any(block.reason == Reason.DATE_LINE for block in blocks):
        _unlabel_rows(blocks)
        _unlabel_rows(blocks[::-1])
    _label_repeated(blocks, profile, site)
    _label_numbers(blocks)
    _label_numbers(blocks[::-1])
    _label_interruptions(blocks)
    _label_interruptions(blocks[::-1])
    _label_credited_captions(blocks)
    _label_second_captions(blocks)
    _mark_entries(blocks)


def _mark_entries(blocks: list[Block]) -> None:
    """Mark the clock times of a live blog, and the headlines below them, as the article's own: of such times most have
    a paragraph below them, as those of a list of other stories have not."""
    clocks = [number for number, block in enumerate(blocks) if _is_clock(block)]
    entries: list[list[Block]] = []
    for at, following in pairwise([*clocks, len(blocks)]):
        stretch = blocks[at : min(following, at + _ENTRY)]
        prose = next((number for number, block in enumerate(stretch) if block.prose), 0)
        if prose or stretch[0].prose:
            entries.append(stretch[:prose])
    if len(entries) < max(_ENTRIES, 0.7 * len(clocks)):
        return
    for block in (block for stretch in entries for block in stretch):
        if block.reason in (None, Reason.DATE_LINE):
            block.reason, block.entry = None, True


def _is_clock(block: Block) -> bool:
    """Tell whether a line is a time of day, or begins with one before what happened then."""
    return block.reason in (None, Reason.DATE_LINE) and dirt.CLOCK.match(block.text) is not None


def _label_credited_captions(blocks: list[Block]) -> None:
    """Label what stands above a photo credit, unless it can be a paragraph: a sentence must be the first, and tell, as
    captions do, what is seen rather than what happened."""
    begun = False
    for before, block in pairwise(blocks):
        seen = not before.ends or not (begun or before.words >= _TOLD or _HAPPENED.search(before.text))
        begun = begun or before.prose
        if block.reason == Reason.PHOTO_CREDIT and before.reason is None and seen and 4 <= before.words <= 60:
            before.reason = Reason.CAPTION


def _label_second_captions(blocks: list[Block]) -> None:
    """Label a caption's second copy that lost its mark."""
    captions = {
        copied
        for block in blocks
        if block.reason == Reason.CAPTION and not pictures.NUMBERED_PHOTO.search(block.text[:MAX_LINE])
        if len(copied := letters(block.text[:MAX_LINE])[:_SAME]) == _SAME
    }
    for block in blocks[1:] if captions else ():
        if block.reason is None and len(block.text) <= MAX_LINE and letters(block.text)[:_SAME] in captions:
            block.reason = Reason.CAPTION


def _reason_of(block: Block, *, near_head: bool) -> Reason | None:
    """Return what a line is taken for by what it says; near the head of a text some lines are more than elsewhere."""
    sentence = block.ends and block.words >= 8 and not block.teaser
    reason = _reason_of_any(block, sentence, near_head)
    if reason is None and sentence:
        return Reason.OTHER_STORIES if signatures.RIGHTS.fullmatch(block.text) else None
    return reason or _reason_of_detail(block, near_head) or _reason_of_control(block)


def _reason_of_any(block: Block, sentence: bool, near_head: bool) -> Reason | None:
    """Return what a line is taken for, be it a sentence."""
    text = block.text
    if "ookie" in text and block.words <= 60 and dirt.COOKIES.search(text):
        return Reason.COOKIE_NOTICE
    if _is_credits(text):
        return Reason.CREDITS
    if near_head and block.words <= 80 and dirt.CACHED.search(text):
        return Reason.CACHE_NOTICE
    if block.words <= 60 and dirt.NOTICE.match(text):
        return Reason.NOTICE
    if block.words <= 12 and (signatures.SIGNED.fullmatch(text) or signatures.SOURCE.match(text)):
        return Reason.SOURCE_LINE
    if near_head and block.words <= 14 and not block.ends and signatures.DATED_SOURCE.match(text):
        return Reason.SOURCE_LINE
    if _is_link(text) and (not sentence or "http" in text):
        return Reason.RELATED_LINK
    told = block.ends and (not near_head or _SAID.search(text) is not None)
    return Reason.CAPTION if block.words <= 40 and not told and pictures.PICTURED.found_in(text) else None


def _reason_of_detail(block: Block, near_head: bool) -> Reason | None:
    """Return what a line is taken for that gives a date, an author or the maker of a picture."""
    text = block.text
    if near_head and block.words <= 8 and dirt.EDITION.fullmatch(text):
        return Reason.MASTHEAD
    if near_head and block.words <= 8 and dirt.GENRE.fullmatch(text):
        return Reason.SECTION_NAME
    if (
        _DIGIT.search(text)
        and (text[-1] != "." or (text[-3:].lower() if near_head else text[-3:]) == ".m.")
        and is_date_line(text)
    ):
        return Reason.DATE_LINE
    if _DIGIT.search(text) and block.words <= 14 and _is_signed_date(text):
        return Reason.SOURCE_LINE if signatures.AGENCY.search(text) else Reason.DATE_LINE
    if block.words <= 12 and dirt.AGE.pattern.fullmatch(_details(text)[0]):
        return Reason.DATE_LINE
    if block.words <= 40 and pictures.CREDIT.found_in(text):
        return Reason.PHOTO_CREDIT if pictures.CREDIT.pattern.match(text) and block.words <= 12 else Reason.CAPTION
    if (
        block.words <= 14
        and not block.ends
        and (BYLINE.match(text) or signatures.INTERVIEWED.match(text) or _has_date(text, near_head))
    ):
        return Reason.BYLINE
    return None


def _reason_of_control(block: Block) -> Reason | None:
    """Return what a short line is taken for that belongs to the page."""
    text, words = block.text, block.words
    if words <= 6 and signatures.END_LINE.match(text):
        return Reason.END_MARK
    if words <= 14 and dirt.SHARE.match(text):
        return Reason.SHARE_CONTROLS
    if words <= 8 and dirt.TAIL.match(text):
        return Reason.OTHER_STORIES
    if words <= 40 and dirt.BREADCRUMB.match(text):
        return Reason.MENU
    if words <= 14 and dirt.IMPRINT.match(text):
        return Reason.IMPRINT
    if words <= 6 and dirt.WEATHER.search(text):
        return Reason.MENU
    if words <= 14 and not _DIGIT.search(text) and dirt.MENU.fullmatch(text):
        return Reason.MENU
    if (words <= 12 and dirt.FURNITURE.match(text)) or (words <= 8 and dirt.INTERRUPTION.match(text)):
        return Reason.MENU if any(map(str.isalnum, text)) or len(text) < 2 else Reason.BREAK
    return None


def _is_signed_date(text: str) -> bool:
    """Tell whether a line holds a date, and nothing else but an agency ("Xinhua") or how long ago that is."""
    rest = dirt.AGE.blanked(signatures.AGENCY.sub(" ", text))
    return rest != text and is_date_line(rest)


def _details(text: str) -> list[str]:
    """Return the details of a line ("Ilse Varga · 27 April 2021 · 7 comments")."""
    return _DETAIL.split(text) if _DETAIL_SIGN.search(text) else [text]


def _is_credits(text: str) -> bool:
    return bool(signatures.CREDITS.match(text)) or signatures.CONTRIBUTED.found_in(text)


def _is_link(text: str) -> bool:
    return bool(dirt.LINK.match(text)) or dirt.CLICK_HERE.found_in(text)


def _has_date(text: str, near_head: bool) -> bool:
    """Tell whether one of a line's details is a date ("Ilse Varga · 27 April 2021 · 7 comments")."""
    parts = _details(text)
    if near_head and signatures.NAME.fullmatch(text.split(", ", 1)[0]):  # "Ilse Varga, 27 April 2021"
        parts = text.split(", ", 1)
    return 1 < len(parts) < 6 and any(_DIGIT.search(part) and is_date_line(part) for part in parts)


def _unlabel_rows(blocks: list[Block]) -> None:
    """Take the label off date lines ("MAR8 -- --") that follow a row of a table: they are rows too."""
    row = False
    for block in blocks:
        if block.reason == Reason.DATE_LINE and row:
            block.reason = None
        elif block.reason != Reason.DATE_LINE:
            row = block.reason is None and 2 * len(_NUMBER.findall(block.text)) >= block.words > 1


def _label_numbers(blocks: list[Block]) -> None:
    """Label lone numbers behind a control: those of a pager or of shares."""
    for before, block in pairwise(blocks):
        control = block.reason is None and before.reason in CONTROLS
        if control and len(block.text) <= _MAX_PAGER and block.text.isdecimal():
            block.reason = before.reason


def _label_interruptions(blocks: list[Block]) -> None:
    """Label what stands beside a sentence and no menu, so that it is no sign of the article's end."""
    for before, block in pairwise(blocks):
        beside = before.reason == Reason.INTERRUPTION or (before.reason is None and before.ends)
        if beside and block.reason == Reason.MENU and dirt.INTERRUPTION.match(block.text):
            block.reason = Reason.INTERRUPTION


def _label_repeated(blocks: list[Block], profile: Profile, site: str) -> None:
    """Label what also stands in other articles of the site, those that tell the same story left aside.

    What others have too may come from an earlier take of this story, or be its background: the more a block looks like
    a paragraph of a story, the more witnesses it needs. One that leads on to a paragraph of this article's own is kept,
    and so is a short line ("What comes next") between lines that are this article's own. Prose is left in any case.
    """
    holders = profile.holders(site)
    if not holders:
        return
    held = [holders.get(line_key(block.text), 0) for block in blocks]
    retold = _retold(blocks, held)
    counts = [1 + (articles & ~retold).bit_count() for articles in held]
    few = 2 if site else 3
    if max(counts, default=0) < few:
        return
    repeated: list[Block] = []
    own = False  # the block behind is prose of this article's own, or leads on to it
    for block, count in zip(reversed(blocks), reversed(counts), strict=True):
        known = (
            count >= few
            and count >= _least(block, profile.articles(site), few)
            and len(_NUMBER.findall(block.text)) < _ROW
        )
        leads_on = known and own and block.words >= _PARAGRAPH and not dirt.HOUSE_NOTICE.found_in(block.text)
        own = block.prose and (not known or leads_on)
        if known and not own and block.reason is None:
            repeated.append(block)
    if sum(block.prose for block in repeated) < sum(block.prose for block in blocks):  # else it is made of others
        for block in repeated:
            block.reason = Reason.BOILERPLATE
    for number, (before, block, after) in enumerate(zip(blocks, blocks[1:], blocks[2:], strict=False), 1):
        rare = block.words < _SHORT_LINE and counts[number] < _MANY
        if rare and block.reason == Reason.BOILERPLATE and before.reason is None and after.reason is None:
            block.reason = None


def _retold(blocks: list[Block], held: list[int]) -> int:
    """Return the articles (a bit each) that tell the same story, by the share of this one's prose that they hold: its
    copies and takes, and itself. ``held`` says which articles hold each block. Prose that stands alone does not count:
    other articles have the same teasers."""
    beside = zip(blocks, held, in_company(blocks), strict=True)
    prose = {block.text: (block.words, articles) for block, articles, company in beside if company}
    least = _RETOLD * sum(words for words, _ in prose.values())
    shared = [(words, articles) for words, articles in prose.values() if articles]
    most = max((articles.bit_length() for _, articles in shared), default=0)
    retold = (n for n in range(most) if sum(words for words, articles in shared if articles >> n & 1) >= least)
    return sum(1 << n for n in retold)


def _least(block: Block, articles: int, few: int) -> float:
    """Return how many of a site's articles must hold a block that is boilerplate."""
    told = block.prose and bool(_REPORTED.search(block.text))
    paragraph = told or (block.prose and block.words >= _TOLD)
    return max(_MANY if told else few, (_COMMON_PARAGRAPH if paragraph else _COMMON) * articles)
