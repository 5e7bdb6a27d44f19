"""Find the article's own text among what a scraper took along, and keep what is cut with its reason.

A text is read as ``blocks``, and each is labelled (``labels``) by what it says, by its form and by the archive's
profile; the body is the run of blocks with the best balance of sentences against dirt. What is cut there without a
mark of its own is cut only beside marked dirt: text that shows none is left alone. The rules and their reasons:
docs/ingest.md.
"""

import re

from searchapp.ingest.cleaning import dirt, signatures
from searchapp.ingest.cleaning.blocks import SENTENCE_WORDS, Block, blocks_of
from searchapp.ingest.cleaning.closings import cut_closing, parted_closing
from searchapp.ingest.cleaning.headline import cut_head, with_hidden_title
from searchapp.ingest.cleaning.hyphens import undone
from searchapp.ingest.cleaning.inside import cut_inside
from searchapp.ingest.cleaning.labels import label
from searchapp.ingest.cleaning.mastheads import label_masthead
from searchapp.ingest.cleaning.paragraphs import Cleaned, Origin, assembled
from searchapp.ingest.cleaning.provenance import source_of, without_dateline, without_end_mark
from searchapp.ingest.cleaning.span import end_of, is_dirt, is_of_page, span_of
from searchapp.ingest.profile import Profile
from searchapp.ingest.reasons import HEADLINES, Reason

_LIST = 10  # lines before the first mark behind the last paragraph: a list of the article's own
_TIMED = 3  # lines with clock times that make a list of news
_INITIALS = re.compile(r"[–—-]? ?[A-ZĐ]{2,8}")


def clean(text: str, *, title: str | None, is_html: bool, site: str, profile: Profile) -> Cleaned:
    """Return the article in ``text``: its body with one empty line between paragraphs, and what was cut.

    ``title`` is the headline where metadata give it; else it is looked for. Of HTML the main text was found before:
    there only blocks that bear a mark are cut. The body is made of ``text`` with only white space, and hyphens at line
    ends, changed.
    """
    whole = undone(text, profile.knows, wrapped=not is_html)
    blocks = blocks_of(whole, titled=title is not None, is_html=is_html)
    blocks = [part for block in blocks for part in parted_closing(block)]
    label(blocks, profile, site)
    masthead = label_masthead(blocks, site)
    end = end_of(blocks)
    start, stop = (0, end) if is_html else span_of(blocks[:end])
    cut_head(blocks, start, stop, title)
    _cut_tail(blocks, stop, end)
    if title is None and not any(block.title for block in blocks):
        blocks = with_hidden_title(blocks)
    title = title or next((block.text for block in blocks if block.title), None)
    cut_inside(blocks, title)
    _keep_some(blocks)
    cut_closing(blocks)
    blocks, dateline, place, agency = without_dateline(blocks)
    blocks, signed = without_end_mark(blocks, agency)
    source = masthead.source or agency or source_of(blocks) or signed
    return assembled(blocks, title, Origin(place, source, dateline, masthead.url), profile)


# Behind the body


def _cut_tail(blocks: list[Block], stop: int, end: int) -> None:
    before = next((at for at in range(stop, 0, -1) if blocks[at - 1].reason or not blocks[at - 1].teaser), 0)
    if before and (stop - before >= 2 or stop < len(blocks)) and any(block.prose for block in blocks[:before]):
        stop = before
    if stop < end and blocks[stop].reason is None and signatures.LIFE.search(blocks[stop].text):
        stop += 1
    if end < len(blocks) and blocks[end].reason in (None, Reason.SOURCE_LINE) and _INITIALS.fullmatch(blocks[end].text):
        blocks[end].reason = Reason.SOURCE_LINE
    for block in blocks[end:]:
        block.reason = block.reason or _tail_reason(block)
    tail = blocks[stop:end]
    _label_clocks(tail)
    listed = next((number for number, block in enumerate(tail) if is_of_page(block)), len(tail))
    announced = any(block.text.endswith(":") for block in blocks[max(stop - 1, 0) : stop + 1])
    if listed >= _LIST or announced:
        tail = tail[listed:]
    if is_dirt(tail) and any(block.prose for block in blocks[:stop]):
        for block in tail:
            block.reason = block.reason or _tail_reason(block)


def _label_clocks(tail: list[Block]) -> None:
    """Label a list of other stories with their clock times; one that a colon announces is a programme."""
    timed = [block for block in tail if block.reason is None and not block.ends and dirt.CLOCK.match(block.text)]
    if len(timed) >= _TIMED and not any(block.text[-1] == ":" for block in tail):
        for block in timed:
            block.reason = Reason.RELATED_HEADLINE


def _tail_reason(block: Block) -> Reason:
    if block.teaser:
        return Reason.TEASER
    headline = block.words >= 4 and ":" not in block.text and not block.ends
    return Reason.RELATED_HEADLINE if headline else Reason.BELOW


def _keep_some(blocks: list[Block]) -> None:
    """Give a text that has hardly more than its headline (a flash) that headline back in its body, and one that is a
    single paragraph (an abstract that a copyright line begins, say) that paragraph."""
    if sum(block.words for block in blocks if not block.reason and not block.title) < SENTENCE_WORDS:
        for block in blocks:
            if block.reason in HEADLINES:
                block.reason = None
    only = blocks[0] if len(blocks) == 1 else None
    if only and only.ends and only.words >= 2 * SENTENCE_WORDS and only.reason != Reason.COOKIE_NOTICE:
        only.reason = None
