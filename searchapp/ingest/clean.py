"""Find the article's own text among what a scraper took along, and keep what is cut with its reason.

A text is read as ``blocks``, and each is labelled (``labels``) by the marks it bears, by its form and by the archive's
profile; the body is the run of blocks with the best balance of sentences against dirt. What is cut there without a
mark of its own is cut only beside marked dirt: text that shows none is left alone. The rules and their reasons:
docs/ingest.md.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise, takewhile

from searchapp.ingest import marks
from searchapp.ingest.blocks import SENTENCE_WORDS, Block, blocks_of, in_company, letters
from searchapp.ingest.datelines import dateline_of
from searchapp.ingest.labels import label
from searchapp.ingest.profile import Profile, line_key
from searchapp.ingest.provenance import source_of, without_dateline, without_end_mark
from searchapp.ingest.spacing import part_glued, part_sentences
from searchapp.model import Removed

_MUCH_TEXT = 40  # words of prose after which a mark may end the article
_ALONE = 0.4  # the weight of prose between lines that are none: teasers, notices
_INTERRUPTION = 3  # lines of dirt between two paragraphs at most that say nothing against them
_DIRTY = 0.08  # of the lines beside the body bear marks: the rest there goes with them
_LIST = 10  # lines before the first mark behind the last paragraph: a list of the article's own
_BROKEN = 2  # sentences that run on in the next line: then others may, too
_LINKS = 3  # headlines of other stories in a row between two paragraphs
_HEADLINE = 6  # words that a headline has at least, a heading seldom
_TIMED = 3  # lines with clock times that make a list of news
_HEAD = 3  # blocks above the headline at most, where the body begins with it
_KICKER = 3  # words above a headline: a section, a genre
_SHORT = 60  # code points: lines of a list, a table, a poem stay lines
_STANDFIRST = 8  # blocks among which standfirst and bullets stand
_REPEATS, _RETOLD = 0.85, 0.7  # the share of the letters of a standfirst, of a bullet, that a paragraph repeats
_TWO_SENTENCES = re.compile(r"\w{3}[.!?]['\"”’]? \S")
_INITIALS = re.compile(r"[–—-]? ?[A-ZĐ]{2,8}")
_END_SLASH = re.compile(r"(?:\./\.|/\.|\./)\s?[^.!?]{0,25}$")
_NOT_DATING = frozenset({None, "caption", "photo credit", "standfirst repeats the lead"})
_FIXED = frozenset(
    {"date line", "break", "interruption", "caption", "byline", "credits", "source line", "repeated headline"}
)


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


def clean(text: str, *, title: str | None, is_html: bool, site: str, profile: Profile) -> Cleaned:
    """Return the article in ``text``: its body with one empty line between paragraphs, and what was cut.

    ``title`` is the headline where metadata give it; else it is looked for. Of HTML the main text was found before:
    there only blocks that bear a mark are cut. The body is made of ``text`` with only white space changed.
    """
    blocks = blocks_of(text, titled=title is not None, is_html=is_html)
    label(blocks, profile, site)
    end = _end(blocks)
    start, stop = (0, end) if is_html else _span(blocks[:end])
    _cut_head(blocks, start, stop, title)
    _cut_tail(blocks, stop, end)
    if title is None and not any(block.title for block in blocks):
        blocks = _with_hidden_title(blocks)
    title = title or next((block.text for block in blocks if block.title), None)
    _cut_inside(blocks, title)
    _keep_some(blocks)
    blocks, dateline, place, agency = without_dateline(blocks)
    blocks, signed = without_end_mark(blocks, agency)
    source = agency or source_of(blocks) or signed
    return _assembled(blocks, title, place, source, dateline, profile)


# Where the body begins and ends


def _end(blocks: list[Block]) -> int:
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
        if block.reason == "end mark" and before[number] >= max(20, after) and any(map(str.isalnum, block.text)):
            return number
        if block.reason == "other stories" and before[number] >= _MUCH_TEXT:
            inside = marks.INSIDE.match(block.text)
            if after <= (0.3 if inside else 2.0) * before[number] and not (inside and _goes_on(blocks, number)):
                return number
    return len(blocks)


def _goes_on(blocks: list[Block], number: int) -> bool:
    """Tell whether plain paragraphs outnumber headlines after a heading that may stand inside an article."""
    following = [block for block in blocks[number + 1 : number + 13] if block.reason is None]
    prose = sum(block.prose and block.words >= 12 for block in following)
    return prose > 0.5 * len(following)


def _weight(block: Block) -> float:
    if block.reason in _FIXED or block.reason == "notice":  # which stands among paragraphs as often as behind them
        return -1
    if block.reason in ("related link", "other stories") and marks.INSIDE.match(block.text):
        return -4
    if block.reason or block.teaser or block.house:
        return -10
    if block.prose:
        return min(block.words, 40)
    if block.sentence:
        return 1
    return -5 if block.words < 25 else 0


def _span(blocks: list[Block]) -> tuple[int, int]:
    """Return the run of blocks with the greatest sum of weights (half-open); all of them without prose."""
    best, span, total, start = 0.0, (0, len(blocks)), 0.0, 0
    company, between = in_company(blocks), _between_sentences(blocks)
    beside = [before or after for before, after in zip([False, *between], [*between[1:], False, False], strict=False)]
    for number, block in enumerate(blocks):
        if total <= 0:
            total, start = 0.0, number
        weight = 0 if between[number] else _weight(block)
        opens = not best and _is_signature(blocks[number - 1 : number])
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
        elif block.reason is None and not block.house:
            parting += 1 if block.heading else 2
        elif block.reason in ("date line", "byline", "other stories"):
            parting += 2 if block.reason == "other stories" else 1
    return between


def _is_mark(block: Block) -> bool:
    return block.teaser or (block.reason is not None and block.reason not in _FIXED)


def _is_dirt(blocks: list[Block], *, menus: bool = False) -> bool:
    """Tell whether blocks beside the body show dirt: marks of a page, dots, bylines, a run of menu items."""
    marked = sum(map(_is_mark, blocks))
    if marked and marked >= _DIRTY * len(blocks):
        return True
    if sum(block.reason in ("byline", "date line") for block in blocks) >= 3:
        return True
    runs = (len(list(run)) for short, run in groupby(blocks, _is_item) if short)
    longest = max(runs, default=0)
    return (longest >= 6 and 30 * marked >= len(blocks)) or (menus and longest >= 8)


def _is_item(block: Block) -> bool:
    """Tell whether a line is as short as those of a menu, and no row of a table."""
    return block.words <= 4 and not block.ends and not any(map(str.isdecimal, block.text))


# Before the body: the headline


def _cut_head(blocks: list[Block], start: int, stop: int, title: str | None) -> None:
    dirty = _is_dirt(blocks[:start], menus=True)
    if title is None:
        _find_title(blocks, start, stop, dirty)
    _cut_subtitles(blocks, start)
    if dirty:
        titled = next((number for number, block in enumerate(blocks) if block.title), 0)
        for block in blocks[: max(start, titled)]:
            if block.reason is None and not block.title:
                block.reason = "before the article"


def _cut_subtitles(blocks: list[Block], start: int) -> None:
    """Cut what stands between the headline and the byline or date below it."""
    titled = next((number for number, block in enumerate(blocks[: start + 1]) if block.title), None)
    signed = [number for number, block in enumerate(blocks[: start + 2]) if block.reason in ("byline", "date line")]
    if titled is not None and signed:
        for block in takewhile(lambda block: not marks.BULLET.match(block.text), blocks[titled + 1 : signed[-1]]):
            if block.reason is None and not block.ends and block.words <= 30:
                block.reason = "before the article"


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
            blocks[first].reason = "section name"


def _is_kicker(blocks: list[Block], number: int) -> bool:
    """Tell whether a line is a word, or a few in capitals, above a longer headline that a byline or date signs."""
    line, headline = blocks[number : number + 2]
    if line.ends or line.words > _KICKER or not (line.words == 1 or line.text.isupper()):
        return False
    signed = headline.reason is None and _is_signature(blocks[number + 2 : number + 3])
    return signed and headline.words > _KICKER and not headline.text.isupper() and _is_headline(headline)


def _with_hidden_title(blocks: list[Block]) -> list[Block]:
    """Part the headline from the caption it is glued to or the notice of a cache, where it stands nowhere else."""
    for number, block in enumerate(blocks[:_STANDFIRST]):
        found = marks.CACHED.search(block.text) if block.reason == "cache notice" else None
        start, end = found.span("title") if found else (-1, -1)
        if block.reason == "caption" and (found := marks.NUMBERED_PHOTO.search(block.text[: marks.MAX_LINE])):
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
    return _is_signature(blocks[at + 1 : at + 4])


def _is_signature(blocks: list[Block]) -> bool:
    """Tell whether some block is a byline or a date."""
    return any(block.reason in ("byline", "date line") for block in blocks)


def _is_headline(block: Block) -> bool:
    return (
        2 <= block.words <= 30
        and len(block.text) <= 220
        and (not block.ends or (block.text[-1] in "?!’'”\")" and block.words <= 12))
        and not block.teaser
        and not block.small
        and block.text[0] not in "*•·-–—@#"
        and not _TWO_SENTENCES.search(block.text)
        and not any(pattern.match(block.text[:200]) for pattern in marks.DATELINES[:3])
    )


# Behind the body


def _cut_tail(blocks: list[Block], stop: int, end: int) -> None:
    before = next((at for at in range(stop, 0, -1) if blocks[at - 1].reason or not blocks[at - 1].teaser), 0)
    if before and (stop - before >= 2 or stop < len(blocks)) and any(block.prose for block in blocks[:before]):
        stop = before
    if stop < end and blocks[stop].reason is None and marks.LIFE.search(blocks[stop].text):
        stop += 1
    if end < len(blocks) and blocks[end].reason in (None, "source line") and _INITIALS.fullmatch(blocks[end].text):
        blocks[end].reason = "source line"
    for block in blocks[end:]:
        block.reason = block.reason or _tail_reason(block)
    tail = blocks[stop:end]
    _label_clocks(tail)
    listed = next((number for number, block in enumerate(tail) if _is_mark(block)), len(tail))
    announced = any(block.text.endswith(":") for block in blocks[max(stop - 1, 0) : stop + 1])
    if listed >= _LIST or announced:
        tail = tail[listed:]
    if _is_dirt(tail) and any(block.prose for block in blocks[:stop]):
        for block in tail:
            block.reason = block.reason or _tail_reason(block)


def _label_clocks(tail: list[Block]) -> None:
    """Label a list of other stories with their clock times; one that a colon announces is a programme."""
    timed = [block for block in tail if block.reason is None and not block.ends and marks.CLOCK.match(block.text)]
    if len(timed) >= _TIMED and not any(block.text[-1] == ":" for block in tail):
        for block in timed:
            block.reason = "related headline"


def _tail_reason(block: Block) -> str:
    if block.teaser:
        return "teaser"
    headline = block.words >= 4 and ":" not in block.text and not block.ends
    return "related headline" if headline else "after the article"


# Inside the body


def _cut_inside(blocks: list[Block], title: str | None) -> None:
    key = line_key(title) if title else b""
    after_link = 0
    wire = _is_wire(blocks)
    teasers = sum(block.reason == "teaser" for block in blocks)
    prose = [number for number, block in enumerate(blocks) if block.prose]
    inside = blocks[prose[0] : prose[-1]] if prose else []
    bars = [block for block in inside if block.reason == "date line" and marks.CLOCK.search(block.text)]
    for block in inside:
        dated = block.reason == "date line" and bars != [block] and not marks.AGE.match(block.text)
        if block.reason == "break" or dated:
            block.reason = None  # deep in the body: a row of a table, a heading, a line of stars
    for number, block in enumerate(blocks):
        if block.reason in ("other stories", "related link"):
            after_link = 6
        elif block.reason is None and after_link and not block.ends and block.words < 25:
            block.reason, after_link = "related headline", after_link - 1
        elif block.reason is None:
            after_link = 0
        if key and block.reason is None and not block.title and block.words <= 30 and line_key(block.text) == key:
            block.reason = "repeated headline"
        elif block.reason is None and not block.title and _is_shouted(blocks, number):
            block.reason = "related headline"
        elif block.reason is None and not block.title and _is_lone_caption(blocks, number):
            block.reason = "caption"
        elif wire and block.reason is None and not block.title and _is_lone_headline(blocks, number):
            block.reason = "related headline"
        elif teasers > 1 and block.reason is None and block.teaser and block.words >= SENTENCE_WORDS:
            block.reason = "teaser"
    _cut_section_name(blocks, title)
    _cut_last_name(blocks)
    _cut_repeated_lead(blocks)


def _cut_last_name(blocks: list[Block]) -> None:
    """Cut a name, and nothing else, that stands below the last paragraph: it is the author's or the agency's."""
    kept = [block for block in blocks if block.reason is None][-2:]
    if len(kept) == 2 and kept[0].prose and re.fullmatch(r"[A-ZĐ]{3,8}", kept[1].text):
        kept[1].reason = "source line"
    elif len(kept) == 2 and kept[0].prose and marks.NAME.fullmatch(kept[1].text.strip("()")):
        words = kept[1].text.casefold().replace(".", "").split()
        kept[1].reason = None if marks.NO_PLACE.intersection(words) else "byline"


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
        kept[0].reason = "section name"


def _keep_some(blocks: list[Block]) -> None:
    """Give a text that has hardly more than its headline (a flash) that headline back in its body, and one that is a
    single paragraph (an abstract that a copyright line begins, say) that paragraph."""
    if sum(block.words for block in blocks if not block.reason and not block.title) < SENTENCE_WORDS:
        for block in blocks:
            if block.reason in ("repeated headline", "related headline", "before the article"):
                block.reason = None
    only = blocks[0] if len(blocks) == 1 else None
    if only and only.ends and only.words >= 2 * SENTENCE_WORDS and only.reason != "cookie notice":
        only.reason = None


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
    if marks.LIFE.search(block.text):
        return False
    dated = bool(marks.FULL_DATE.search(block.text) or marks.PICTURED.search(block.text))
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
        any(dateline_of(block.text) for block in kept[:4]) or marks.END.search(kept[-1].text[-80:])
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
    return shaped and not block.title and block.reason in (None, "related headline")


def _cut_repeated_lead(blocks: list[Block]) -> None:
    """Cut a standfirst, or bullets, that say word for word what the first paragraphs say again."""
    kept = [block for block in blocks if block.reason is None and not block.title][:_STANDFIRST]
    dated = next((number for number, block in enumerate(kept) if dateline_of(block.text)), 0)
    for number, block in enumerate(kept[:-1]):
        bullet = marks.BULLET.match(block.text)
        if (number < dated or bullet) and block.words >= SENTENCE_WORDS:
            first = letters(block.text)[:600]
            following = [
                letters(other.text)[:1_200] for other in kept[number + 1 :] if not marks.BULLET.match(other.text)
            ]
            if any(_shared(first, second) >= (_RETOLD if bullet else _REPEATS) for second in following):
                block.reason = "standfirst repeats the lead"


def _shared(first: str, second: str) -> float:
    parts = {first[at : at + 8] for at in range(max(len(first) - 7, 1))}
    return sum(part in second for part in parts) / len(parts)


# Putting together


def _assembled(
    blocks: list[Block],
    title: str | None,
    place: str | None,
    source: str | None,
    dateline: str,
    profile: Profile,
) -> Cleaned:
    body = [number for number, block in enumerate(blocks) if block.reason is None and not block.title]
    first, last = (body[0], body[-1]) if body else (len(blocks), len(blocks))
    outside = [block.text if block.reason not in _NOT_DATING else "" for block in blocks]
    paragraphs, marks_between = _paragraphs([blocks[number] for number in body])
    paragraphs = part_glued([part_sentences(paragraph) for paragraph in paragraphs], profile.knows)
    text = "".join(part for pair in zip(marks_between, paragraphs, strict=True) for part in pair)
    inside = [text for number, text in enumerate(outside[first:last], first) if blocks[number].reason == "date line"]
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
            yield Removed("\n".join(block.text for block in run), reason)
