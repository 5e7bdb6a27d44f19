"""Find the article's own text among what a scraper took along, and keep what is cut with its reason.

A text is read as *pieces*: its lines, hard wraps undone, with date prefixes and fused captions split off. Each piece
is labelled by the marks it bears (``marks``), by its form and by the archive's profile; the body is the run of
pieces with the best balance of sentences against dirt. What is cut there without a mark of its own is cut
only beside marked dirt: text that shows none is left alone. The rules and their reasons: docs/ingest.md.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise

from searchapp.ingest import marks
from searchapp.ingest.dates import date_prefix, is_date_label, is_date_line
from searchapp.ingest.profile import Profile, line_key
from searchapp.ingest.spacing import is_split, part_glued, part_sentences
from searchapp.model import Removed

_MAX_MARK_LINE = 400  # code points: longer lines are prose and bear no mark as a whole
_MAX_PAGER = 4  # digits of a line that is one number
_CAPTION = 25  # words of a caption at most, where only its number shows it
_MAX_NUMBERED = 5  # numbered captions split off one line
_SENTENCE_WORDS = 6  # words of a line that end like a sentence and count as prose
_MUCH_TEXT = 40  # words of prose after which a mark may end the article
_ALONE = 0.4  # the weight of prose between lines that are none: teasers, notices
_DIRTY = 0.08  # of the lines beside the body bear marks: the rest there goes with them
_SIGNATURE = 240  # code points at the end of the last paragraph in which it is signed
_DIGEST = 200  # paragraphs that are looked at for datelines
_LIST = 10  # lines before the first mark behind the last paragraph: a list of the article's own
_COMMON = 0.1  # of a site's sampled articles hold a line that is boilerplate
_PARAGRAPH = 12  # words of a repeated line that may be an earlier take's paragraph
_BROKEN = 2  # sentences that run on in the next line: then others may, too
_SAME = 40  # letters in which two copies of a caption agree
_LINKS = 3  # headlines of other stories in a row between two paragraphs
_HEADLINE = 6  # words that a headline has at least, a heading seldom
_MANY, _SHORT_LINE = 4, 8  # articles that have a short line; words of one
_TIMED = 3  # lines with clock times that make a list of news
_ROW = 2  # numbers in a line: a row of a table, which is like others once numbers do not count
_SHORT = 60  # code points: lines of a list, a table, a poem stay lines
_STANDFIRST = 8  # pieces among which standfirst and bullets stand
_REPEATS, _RETOLD = 0.85, 0.7  # the share of the letters of a standfirst, of a bullet, that a paragraph repeats
_SENTENCE_END = re.compile(r"[.!?…:;。][\"'”’»)\]]{0,3}$")
_ELLIPSIS = re.compile(r"(?:…|(?<!\.)\.{3,4}|\[…\]|\[\.\.\.\])[)\]]?$")
_INNER_END = re.compile(r"[a-z0-9)”\"][.!?][”\"’)]?\s(?=[A-Z“\"])")
_TWO_SENTENCES = re.compile(r"\w{3}[.!?]['\"”’]? \S")
_DIGIT = re.compile(r"\d")
_DETAIL = re.compile(r"\s?[·•|]\s?|(?<=(?:19|20)\d\d)\s?/\s?|\s/\s")  # parts the details of a line below a headline
_SAID = re.compile(r"\bsaid\b")
_NUMBER = re.compile(r"\d[\d.,:/-]*")
_INITIALS = re.compile(r"[–—-]? ?[A-ZĐ]{2,8}")
_LETTERS = re.compile(r"[^\W_]+")
_NOTICE = re.compile(
    r"\b(?:sign up (?:for|to)|subscribe to|(?:our|daily|free|email) newsletters?|all rights reserved"
    r"|follow us on"
    r"|download (?:the|our)|(?:privacy|cookie) policy|terms of (?:use|service)|support our journalism"
    r"|may not be (?:published|reproduced)"
    r"|letters to the editor|your email address|this (?:material|site is protected)|comments? (?:are"
    r"|will be) (?:closed|moderated))\b",
    re.IGNORECASE,
)
_NOT_DATING = frozenset({None, "caption", "photo credit", "standfirst repeats the lead"})
_FIXED = frozenset({"date line", "break", "caption", "byline", "credits", "source line", "repeated headline"})


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


@dataclass(slots=True, eq=False)
class _Piece:
    text: str
    gap: bool  # an empty line stands before it
    reason: str | None = None  # why it is cut; None: it stays
    indented: bool = False
    title: bool = False
    words: int = field(init=False)
    ends: bool = field(init=False)  # like a sentence
    teaser: bool = field(init=False)  # breaks off in dots

    def __post_init__(self) -> None:
        self.words = self.text.count(" ") + 1
        self.ends = bool(_SENTENCE_END.search(self.text[-4:]))
        self.teaser = bool(_ELLIPSIS.search(self.text[-6:]))

    @property
    def prose(self) -> bool:
        if self.reason is not None or self.teaser or self.words < _SENTENCE_WORDS:
            return False
        return self.ends or (self.words >= 25 and bool(_INNER_END.search(self.text)))


def clean(text: str, *, title: str | None, is_html: bool, site: str, profile: Profile) -> Cleaned:
    """Return the article in ``text``: its body with one empty line between paragraphs, and what was cut.

    ``title`` is the headline where metadata give it; else it is looked for. Of HTML the main text was found before:
    there only pieces that bear a mark are cut. The body is made of ``text`` with only white space changed.
    """
    pieces = list(_lines(text))
    pieces = list(_without_date_prefix(pieces))
    pieces = _with_initials(pieces)
    if not is_html:
        pieces = _unwrapped(pieces, begun=title is not None)
    pieces = [part for piece in pieces for part in _parted_captions(piece)]
    pieces = [part for number, piece in enumerate(pieces) for part in _parted_dateline(piece, number)]
    _label(pieces, profile, site)
    end = _end(pieces)
    start, stop = (0, end) if is_html else _span(pieces[:end])
    _cut_head(pieces, start, stop, title)
    _cut_tail(pieces, stop, end)
    if title is None and not any(piece.title for piece in pieces):
        pieces = _with_hidden_title(pieces)
    title = title or next((piece.text for piece in pieces if piece.title), None)
    _cut_inside(pieces, title)
    _keep_some(pieces)
    pieces, dateline, place, agency = _without_dateline(pieces)
    pieces, signed = _without_end_mark(pieces, agency)
    source = agency or _source(pieces) or signed
    return _assembled(pieces, title, place, source, dateline, profile)


def _lines(text: str) -> Iterator[_Piece]:
    gap = False
    for line in text.split("\n"):
        stripped = " ".join(line.split()) if "  " in line or "\t" in line else line.strip()
        if stripped:
            yield _Piece(stripped, gap, indented=line.startswith(("  ", "\t")))
            gap = False
        else:
            gap = True


def _without_date_prefix(pieces: list[_Piece]) -> Iterator[_Piece]:
    for number, piece in enumerate(pieces):
        length = date_prefix(piece.text) if number < 3 else 0
        if length:
            yield _Piece(piece.text[:length].strip(), piece.gap, "date line")
            piece = _Piece(piece.text[length:].strip(), False)
        if piece.text:
            yield piece


def _with_initials(pieces: list[_Piece]) -> list[_Piece]:
    """Give words back the large initial ("S" above or before "elwyn", "L" above "ORVIK –") set apart from them."""
    joined: list[_Piece] = []
    for piece in pieces:
        initial = joined[-1].text if joined else ""
        if len(initial) == 1 and initial.isupper() and (piece.text[0].islower() or _dateline(piece.text)):
            parted = piece.text[0].islower() and is_split(initial, piece.text)
            joined[-1] = _Piece(initial + (" " if parted else "") + piece.text, joined[-1].gap)
        elif _lost_initial(piece):
            joined.append(_Piece(piece.text[0] + piece.text[2:], piece.gap, piece.reason, indented=piece.indented))
        else:
            joined.append(piece)
    return joined


def _lost_initial(piece: _Piece) -> bool:
    """Tell whether a line begins with a capital and a space that part one word ("T he railway", "L ORVIK –")."""
    text = piece.text
    if piece.reason is not None or text[1:2] != " " or not text[0].isupper() or text[0] in "AIO":
        return False
    if text[2].islower():
        return not is_split(text[0], text[2:])
    return text[0] not in "NSEW" and bool(_dateline(text[2:]))


# Hard wraps


def _unwrapped(pieces: list[_Piece], *, begun: bool) -> list[_Piece]:
    """Join the lines of paragraphs that were wrapped at a fixed width; leave other text as it is.

    ``begun`` says that no headline is to be expected: then a short first line had lost its dateline.
    """
    width = _wrap_width(pieces)
    if not width:
        return pieces
    joined: list[list[_Piece]] = []
    indents = 1 < sum(piece.indented for piece in pieces) < 0.6 * len(pieces)  # then they begin paragraphs
    for piece in pieces:
        last = joined[-1][-1] if joined else None
        if (
            last is not None
            and not piece.gap
            and not (indents and piece.indented)
            and last.reason is None
            and (_continues(last, piece, width) or (begun and last is pieces[0] and not last.ends))
        ):
            joined[-1].append(piece)
        else:
            joined.append([piece])
    return [lines[0] if len(lines) == 1 else _Piece(_glue(lines), lines[0].gap) for lines in joined]


def _glue(lines: list[_Piece]) -> str:
    """Return the lines as one; a word parted at a hyphen is not parted further."""
    text = " ".join(line.text for line in lines)
    return (
        re.sub(r"(?<=[^\W\d_]-) (?=[a-z])", "", text) if any(line.text.endswith("-") for line in lines[:-1]) else text
    )


def _wrap_width(pieces: list[_Piece]) -> int:
    lengths = sorted(len(piece.text) for piece in pieces)
    if len(lengths) < 2 or not 40 <= lengths[len(lengths) * 98 // 100 - (len(lengths) < 50)] <= 110:
        return 0
    width = lengths[-1] if lengths[-1] <= 110 else lengths[len(lengths) * 98 // 100]
    pairs = [(one, two) for one, two in pairwise(pieces) if not two.gap]
    wraps = sum(not one.ends and len(one.text) >= 0.6 * width and two.text[0].islower() for one, two in pairs)
    return width if wraps and wraps >= 0.25 * len(pairs) else 0


def _continues(last: _Piece, piece: _Piece, width: int) -> bool:
    if last.ends and marks.SIGNED.fullmatch(piece.text):
        return False
    word = piece.text.split(" ", 1)[0]
    fits = len(last.text) + 1 + len(word) <= width - (4 if last.ends else 8)
    runs_on = piece.text[0].islower() or (len(last.text) >= 0.6 * width and last.text.rsplit(" ", 1)[-1].islower())
    return not fits or (not last.ends and runs_on)


# Splitting


def _parted_captions(piece: _Piece) -> Iterator[_Piece]:
    """Split a piece after each mark of a photo; what stands before the mark is a caption."""
    if piece.reason or (
        "(" not in piece.text and "[" not in piece.text and not marks.NUMBERED_PHOTO.search(piece.text)
    ):
        yield piece
        return
    rest, gap = piece.text, piece.gap
    for _ in range(_MAX_NUMBERED):
        found = marks.NUMBERED_PHOTO.search(rest[:_MAX_MARK_LINE])
        if not found:
            break
        yield _Piece(rest[: found.end()], gap, "caption")
        rest, gap = rest[found.end() :].lstrip(), False
    if rest != piece.text and rest.count(" ") < _CAPTION and not _AGENCY_DASH.search(rest):
        yield _Piece(rest, gap, "caption")
        return
    at = 0
    for found in marks.PHOTO_BRACKETS.finditer(rest):
        begin = _caption_start(rest[at : found.start()]) + at
        if rest[at:begin].strip():
            yield _Piece(rest[at:begin].strip(), gap)
            gap = False
        end = found.end() + (rest[found.end() : found.end() + 1] in tuple(".,"))
        yield _Piece(rest[begin:end].strip(), gap, "caption")
        at, gap = end, False
    if rest[at:].strip():
        yield _Piece(rest[at:].strip(), gap)


def _caption_start(before: str) -> int:
    """Return where in the text before a photo mark its caption begins: all of it, or its last sentence."""
    ends = [found.end() for found in _INNER_END.finditer(before.rstrip())]
    if before.count(" ") < 60 and len(ends) < 2 and not marks.DATELINES[0].match(before[:200]):
        return 0
    if before.count(" ", ends[-1] if ends else 0) >= 60:
        return len(before)
    return ends[-1] if ends else 0


_AGENCY_DASH = re.compile(rf" ?\((?:{marks.AGENCIES}|[A-Z]{{2,8}})\) ?[–—-]")


def _parted_dateline(piece: _Piece, number: int) -> Iterator[_Piece]:
    """Split off what is fused to the front of a dateline with an agency, near the text's beginning."""
    found = None if piece.reason or number > 5 else _AGENCY_DASH.search(piece.text[:_MAX_MARK_LINE])
    at = _place_start(piece.text[: found.start()]) if found else 0
    if not at:
        yield piece
        return
    before = _Piece(piece.text[:at].strip(), piece.gap)
    if not before.ends and number:
        before.reason = "caption"
    yield before
    yield _Piece(piece.text[at:].strip(), False)


def _place_start(before: str) -> int:
    words = [
        found.start()
        for found in re.finditer(r"(?<=[a-z0-9.)”])(?=[A-ZĐ])|(?<=[A-Z]{2})(?=[A-ZĐ][a-z])|(?<=\s)(?=[A-ZĐ])", before)
    ]
    for start in words[-4:]:
        if before[start:].strip(" ,").casefold() in marks.PLACES:
            return start
    glued = [start for start in words[-3:] if before[start - 1 : start].strip()]
    return glued[-1] if glued else 0


# Labels


def _label(pieces: list[_Piece], profile: Profile, site: str) -> None:
    for number, piece in enumerate(pieces):
        if piece.reason is None and len(piece.text) <= _MAX_MARK_LINE:
            piece.reason = _mark(piece, near_head=number < 8)
    for label, piece in pairwise(pieces):
        if piece.reason == "date line" and label.reason is None and is_date_label(label.text):
            label.reason = "date line"
    _unlabel_rows(pieces)
    _unlabel_rows(pieces[::-1])
    _label_repeated(pieces, profile, site)
    _label_numbers(pieces)
    _label_numbers(pieces[::-1])
    for before, piece in pairwise(pieces):
        if piece.reason == "photo credit" and before.reason is None and not before.ends and 4 <= before.words <= 60:
            before.reason = "caption"
    _label_second_captions(pieces)


def _label_second_captions(pieces: list[_Piece]) -> None:
    """Label a caption's second copy that lost its mark."""
    captions = {
        letters
        for piece in pieces
        if piece.reason == "caption" and not marks.NUMBERED_PHOTO.search(piece.text[:_MAX_MARK_LINE])
        if len(letters := _letters(piece.text[:_MAX_MARK_LINE])[:_SAME]) == _SAME
    }
    for piece in pieces[1:] if captions else ():
        if piece.reason is None and len(piece.text) <= _MAX_MARK_LINE and _letters(piece.text)[:_SAME] in captions:
            piece.reason = "caption"


def _mark(piece: _Piece, *, near_head: bool) -> str | None:
    text, sentence = piece.text, piece.ends and piece.words >= 8 and not piece.teaser
    if "ookie" in text and piece.words <= 60 and marks.COOKIES.search(text):
        return "cookie notice"
    if marks.CREDITS.match(text):
        return "credits"
    if near_head and piece.words <= 80 and marks.CACHED.search(text):
        return "cache notice"
    if piece.words <= 60 and marks.NOTICE.match(text):
        return "notice"
    if piece.words <= 12 and (marks.SIGNED.fullmatch(text) or marks.SOURCE.match(text)):
        return "source line"
    if marks.LINK.match(text) and (not sentence or "http" in text):
        return "related link"
    if piece.words <= 40 and (not piece.ends or (near_head and not _SAID.search(text))) and marks.PICTURED.search(text):
        return "caption"
    if sentence:
        return None
    if _DIGIT.search(text) and (text[-1] != "." or text[-3:] == ".m.") and is_date_line(text):
        return "date line"
    if piece.words <= 12 and marks.AGE.fullmatch(_DETAIL.split(text)[0]):
        return "date line"
    if piece.words <= 40 and marks.CREDIT.search(text):
        return "photo credit" if marks.CREDIT.match(text) and piece.words <= 12 else "caption"
    if piece.words <= 14 and not piece.ends and (marks.BYLINE.match(text) or _has_date(text, near_head)):
        return "byline"
    if piece.words <= 6 and marks.END_LINE.match(text):
        return "end mark"
    if piece.words <= 14 and marks.SHARE.match(text):
        return "share controls"
    if piece.words <= 8 and marks.TAIL.match(text):
        return "other stories"
    if piece.words <= 40 and marks.BREADCRUMB.match(text):
        return "menu or control"
    if piece.words <= 14 and marks.IMPRINT.match(text):
        return "imprint"
    if piece.words <= 6 and marks.WEATHER.search(text):
        return "menu or control"
    if piece.words <= 14 and not _DIGIT.search(text) and marks.MENU.fullmatch(text):
        return "menu or control"
    if piece.words <= 12 and marks.FURNITURE.match(text):
        return "menu or control" if _LETTERS.search(text) or len(text) < 2 else "break"
    return None


def _has_date(text: str, near_head: bool) -> bool:
    """Tell whether one of a line's details is a date ("Ilse Varga · 27 April 2021 · 7 comments")."""
    parts = _DETAIL.split(text)
    if near_head and marks.NAME.fullmatch(text.split(", ", 1)[0]):  # "Ilse Varga, 27 April 2021"
        parts = text.split(", ", 1)
    return 1 < len(parts) < 6 and any(_DIGIT.search(part) and is_date_line(part) for part in parts)


def _unlabel_rows(pieces: list[_Piece]) -> None:
    """Take the label off date lines ("MAR8 -- --") that follow a row of a table: they are rows too."""
    row = False
    for piece in pieces:
        if piece.reason == "date line" and row:
            piece.reason = None
        elif piece.reason != "date line":
            row = piece.reason is None and 2 * len(_NUMBER.findall(piece.text)) >= piece.words > 1


def _label_numbers(pieces: list[_Piece]) -> None:
    """Label lone numbers behind a control: those of a pager or of shares."""
    for before, piece in pairwise(pieces):
        control = piece.reason is None and before.reason in ("menu or control", "share controls")
        if control and len(piece.text) <= _MAX_PAGER and piece.text.isdecimal():
            piece.reason = before.reason


def _label_repeated(pieces: list[_Piece], profile: Profile, site: str) -> None:
    """Label what also stands in other articles of the site.

    A paragraph that others have too may come from an earlier take of the same story: one that leads on to a paragraph
    of this article's own is kept; so is a short line ("What comes next") between lines that are this article's own.
    """
    counts = profile.repeated(site)
    if not counts:
        return
    least = max(2 if site else 3, _COMMON * profile.articles(site))
    own = False  # the piece behind is prose of this article's own, or leads on to it
    for piece in reversed(pieces):
        known = counts.get(line_key(piece.text), 0) >= least and len(_NUMBER.findall(piece.text)) < _ROW
        own = piece.prose and (not known or (own and piece.words >= _PARAGRAPH and not _NOTICE.search(piece.text)))
        if known and not own and piece.reason is None:
            piece.reason = "boilerplate of the site"
    for before, piece, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
        few = piece.words < _SHORT_LINE and counts.get(line_key(piece.text), 0) < _MANY
        if few and piece.reason == "boilerplate of the site" and before.reason is None and after.reason is None:
            piece.reason = None


# Where the body begins and ends


def _end(pieces: list[_Piece]) -> int:
    """Return the index of the first piece that an end mark or the heading of other stories shuts out."""
    before = [0, *accumulate(piece.words if piece.prose else 0 for piece in pieces)]
    total = before[-1]
    for number, piece in enumerate(pieces):
        after = total - before[number + 1]
        if (
            piece.reason is None
            and piece.ends
            and _END_SLASH.search(piece.text[-60:])
            and before[number + 1] >= 0.25 * total
        ):
            return number + 1
        if piece.reason == "end mark" and before[number] >= max(20, after) and _LETTERS.search(piece.text):
            return number
        if piece.reason == "other stories" and before[number] >= _MUCH_TEXT:
            inside = marks.INSIDE.match(piece.text)
            if after <= (0.3 if inside else 2.0) * before[number] and not (inside and _goes_on(pieces, number)):
                return number
    return len(pieces)


_END_SLASH = re.compile(r"(?:\./\.|/\.|\./)\s?[^.!?]{0,25}$")


def _goes_on(pieces: list[_Piece], number: int) -> bool:
    """Tell whether plain paragraphs outnumber headlines after a heading that may stand inside an article."""
    following = [piece for piece in pieces[number + 1 : number + 13] if piece.reason is None]
    prose = sum(piece.prose and piece.words >= 12 for piece in following)
    return prose > 0.5 * len(following)


def _weight(piece: _Piece) -> float:
    if piece.reason in _FIXED or piece.reason == "notice":  # which stands among paragraphs as often as behind them
        return -1
    if piece.reason in ("related link", "other stories") and marks.INSIDE.match(piece.text):
        return -4
    if piece.reason or piece.teaser or (piece.words <= 60 and _NOTICE.search(piece.text)):
        return -10
    if piece.prose:
        return min(piece.words, 40)
    return -5 if piece.words < 25 else 0


def _span(pieces: list[_Piece]) -> tuple[int, int]:
    """Return the run of pieces with the greatest sum of weights (half-open); all of them without prose."""
    best, span, total, start = 0.0, (0, len(pieces)), 0.0, 0
    others = [piece for piece in pieces if piece.reason not in _FIXED and not piece.teaser]
    company = dict(zip(map(id, others), _neighbours([piece.prose for piece in others]), strict=True))
    for number, piece in enumerate(pieces):
        if total <= 0:
            total, start = 0.0, number
        weight = _weight(piece)
        total += weight * _ALONE if 0 < weight < 40 and not company[id(piece)] else weight
        if total > best:
            best, span = total, (start, number + 1)
    return span


def _neighbours(plain: list[bool]) -> list[bool]:
    """Tell of each whether the one before or after it is prose too."""
    return [before or after for before, after in zip([False, *plain], [*plain[1:], False, False], strict=False)][
        : len(plain)
    ]


def _is_mark(piece: _Piece) -> bool:
    return piece.teaser or (piece.reason is not None and piece.reason not in _FIXED)


def _is_dirt(pieces: list[_Piece], *, menus: bool = False) -> bool:
    """Tell whether pieces beside the body show dirt: marks of a page, dots, bylines, a run of menu items."""
    marked = sum(piece.teaser or (piece.reason is not None and piece.reason not in _FIXED) for piece in pieces)
    if marked and marked >= _DIRTY * len(pieces):
        return True
    if sum(piece.reason in ("byline", "date line") for piece in pieces) >= 3:
        return True
    runs = (len(list(run)) for short, run in groupby(pieces, _is_item) if short)
    longest = max(runs, default=0)
    return (longest >= 6 and 30 * marked >= len(pieces)) or (menus and longest >= 8)


def _is_item(piece: _Piece) -> bool:
    """Tell whether a line is as short as those of a menu, and no row of a table."""
    return piece.words <= 4 and not piece.ends and not _NUMBER.search(piece.text)


def _cut_head(pieces: list[_Piece], start: int, stop: int, title: str | None) -> None:
    dirty = _is_dirt(pieces[:start], menus=True)
    if title is None:
        _find_title(pieces, start, stop, dirty)
    _cut_subtitles(pieces, start)
    if dirty:
        titled = next((number for number, piece in enumerate(pieces) if piece.title), 0)
        for piece in pieces[: max(start, titled)]:
            if piece.reason is None and not piece.title:
                piece.reason = "before the article"


def _cut_subtitles(pieces: list[_Piece], start: int) -> None:
    """Cut what stands between the headline and the byline or date below it."""
    titled = next((number for number, piece in enumerate(pieces[: start + 1]) if piece.title), None)
    signed = [number for number, piece in enumerate(pieces[: start + 2]) if piece.reason in ("byline", "date line")]
    if titled is not None and signed:
        for piece in pieces[titled + 1 : signed[-1]]:
            if piece.reason is None and not piece.ends and piece.words <= 30:
                piece.reason = "before the article"


def _find_title(pieces: list[_Piece], start: int, stop: int, dirty: bool) -> None:
    """Mark the piece that is the headline: in a head without dirt the first, among dirt the likeliest."""
    first = next((number for number, piece in enumerate(pieces[:stop]) if piece.reason is None), None)
    if first is None or not any(piece.prose for piece in pieces[first + 1 : stop]):
        return
    if not dirty:
        if _is_headline(pieces[first]) and first <= max(start, 3) and not pieces[first + 1].text[0].islower():
            pieces[first].title = True
        return
    prose = [0, *accumulate(piece.words if piece.prose else 0 for piece in pieces[start:stop])]
    last = next((at for at, words in enumerate(prose) if words > 0.25 * prose[-1]), 0) + start
    near = range(min(max(start + 1, min(last, start + 6)), stop))
    keys = [line_key(piece.text) for piece in pieces[: near.stop]]
    counts = Counter(keys)
    likely = [
        (_likelihood(pieces, at, start) + 6 * (counts[keys[at]] > 1), at)
        for at in near
        if pieces[at].reason is None and _is_headline(pieces[at]) and (at <= start or _is_signed(pieces, at))
    ]
    if likely and max(likely)[0] > 0:
        pieces[max(likely)[1]].title = True


def _with_hidden_title(pieces: list[_Piece]) -> list[_Piece]:
    """Part the headline from the caption it is glued to or the notice of a cache, where it stands nowhere else."""
    for number, piece in enumerate(pieces[:_STANDFIRST]):
        found = marks.CACHED.search(piece.text) if piece.reason == "cache notice" else None
        start, end = found.span("title") if found else (-1, -1)
        if piece.reason == "caption" and (found := marks.NUMBERED_PHOTO.search(piece.text[:_MAX_MARK_LINE])):
            start, end = 0, found.start()
        title = piece.text[start:end].strip() if start >= 0 else ""
        if title.count(" ") >= 2:
            parts = (piece.text[:start], title, piece.text[end:])
            split = [_Piece(text.strip(), piece.gap, piece.reason) for text in parts if text.strip()]
            for part in split:
                part.title = part.text == title
                part.reason = None if part.title else part.reason
            return [*pieces[:number], *split, *pieces[number + 1 :]]
    return pieces


def _likelihood(pieces: list[_Piece], at: int, start: int) -> float:
    """Return how likely a line is the headline: by its length, by a byline or date below it, by its place."""
    return min(pieces[at].words, 12) + 6 * _is_signed(pieces, at) - 0.3 * min(abs(start - at), 20)


def _is_signed(pieces: list[_Piece], at: int) -> bool:
    return any(piece.reason in ("byline", "date line") for piece in pieces[at + 1 : at + 4])


def _is_headline(piece: _Piece) -> bool:
    return (
        2 <= piece.words <= 30
        and len(piece.text) <= 220
        and (not piece.ends or (piece.text[-1] in "?!’'”\")" and piece.words <= 12))
        and not piece.teaser
        and not piece.text[0].islower()
        and piece.text[0] not in "*•·-–—@#"
        and not _TWO_SENTENCES.search(piece.text)
        and not any(pattern.match(piece.text[:200]) for pattern in marks.DATELINES[:3])
    )


def _cut_tail(pieces: list[_Piece], stop: int, end: int) -> None:
    before = next((at for at in range(stop, 0, -1) if pieces[at - 1].reason or not pieces[at - 1].teaser), 0)
    if before and (stop - before >= 2 or stop < len(pieces)) and any(piece.prose for piece in pieces[:before]):
        stop = before
    if end < len(pieces) and pieces[end].reason in (None, "source line") and _INITIALS.fullmatch(pieces[end].text):
        pieces[end].reason = "source line"
    for piece in pieces[end:]:
        piece.reason = piece.reason or _tail_reason(piece)
    tail = pieces[stop:end]
    _label_clocks(tail)
    listed = next((number for number, piece in enumerate(tail) if _is_mark(piece)), len(tail))
    if listed >= _LIST:
        tail = tail[listed:]
    if _is_dirt(tail) and any(piece.prose for piece in pieces[:stop]):
        for piece in tail:
            piece.reason = piece.reason or _tail_reason(piece)


def _label_clocks(tail: list[_Piece]) -> None:
    """Label a list of other stories with their clock times; one that a colon announces is a programme."""
    timed = [piece for piece in tail if piece.reason is None and not piece.ends and marks.CLOCK.match(piece.text)]
    if len(timed) >= _TIMED and not any(piece.text[-1] == ":" for piece in tail):
        for piece in timed:
            piece.reason = "related headline"


def _tail_reason(piece: _Piece) -> str:
    if piece.teaser:
        return "teaser"
    headline = piece.words >= 4 and ":" not in piece.text and not piece.ends
    return "related headline" if headline else "after the article"


def _cut_inside(pieces: list[_Piece], title: str | None) -> None:
    key = line_key(title) if title else b""
    after_link = 0
    wire = _is_wire(pieces)
    teasers = sum(piece.reason == "teaser" for piece in pieces)
    prose = [number for number, piece in enumerate(pieces) if piece.prose]
    inside = pieces[prose[0] : prose[-1]] if prose else []
    bars = [piece for piece in inside if piece.reason == "date line" and marks.CLOCK.search(piece.text)]
    for piece in inside:
        if piece.reason == "break" or (piece.reason == "date line" and bars != [piece]):
            piece.reason = None  # deep in the body: a row of a table, a heading, a line of stars
    for number, piece in enumerate(pieces):
        if piece.reason in ("other stories", "related link"):
            after_link = 6
        elif piece.reason is None and after_link and not piece.ends and piece.words < 25:
            piece.reason, after_link = "related headline", after_link - 1
        elif piece.reason is None:
            after_link = 0
        if key and piece.reason is None and not piece.title and piece.words <= 30 and line_key(piece.text) == key:
            piece.reason = "repeated headline"
        elif piece.reason is None and not piece.title and _is_shouted(pieces, number):
            piece.reason = "related headline"
        elif piece.reason is None and not piece.title and _is_lone_caption(pieces, number):
            piece.reason = "caption"
        elif wire and piece.reason is None and not piece.title and _is_lone_headline(pieces, number):
            piece.reason = "related headline"
        elif teasers > 1 and piece.reason is None and piece.teaser and piece.words >= _SENTENCE_WORDS:
            piece.reason = "teaser"
    _cut_section_name(pieces, title)
    _cut_last_name(pieces)
    _cut_repeated_lead(pieces)


def _cut_last_name(pieces: list[_Piece]) -> None:
    """Cut a name, and nothing else, that stands below the last paragraph: it is the author's or the agency's."""
    kept = [piece for piece in pieces if piece.reason is None][-2:]
    if len(kept) == 2 and kept[0].prose and re.fullmatch(r"[A-ZĐ]{3,8}", kept[1].text):
        kept[1].reason = "source line"
    elif len(kept) == 2 and kept[0].prose and marks.NAME.fullmatch(kept[1].text.strip("()")):
        words = kept[1].text.casefold().replace(".", "").split()
        kept[1].reason = None if marks.NO_PLACE.intersection(words) else "byline"


def _cut_section_name(pieces: list[_Piece], title: str | None) -> None:
    """Cut one or two words ("Fisheries") that stand alone between headline and first paragraph."""
    kept = [piece for piece in pieces if piece.reason is None and not piece.title][:2]
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


def _keep_some(pieces: list[_Piece]) -> None:
    """Give a text that has hardly more than its headline (a flash) that headline back in its body, and one that is a
    single paragraph (an abstract that a copyright line begins, say) that paragraph."""
    if sum(piece.words for piece in pieces if not piece.reason and not piece.title) < _SENTENCE_WORDS:
        for piece in pieces:
            if piece.reason in ("repeated headline", "related headline", "before the article"):
                piece.reason = None
    only = pieces[0] if len(pieces) == 1 else None
    if only and only.ends and only.words >= 2 * _SENTENCE_WORDS and only.reason != "cookie notice":
        only.reason = None


def _is_shouted(pieces: list[_Piece], number: int) -> bool:
    """Tell whether a line is a link in capitals between paragraphs, longer than a heading would be."""
    piece = pieces[number]
    return not piece.ends and piece.words >= 5 and piece.text.isupper() and _is_lone(pieces, number)


def _is_lone(pieces: list[_Piece], number: int) -> bool:
    around = [
        other
        for other in pieces[max(number - 1, 0) : number + 2]
        if other is not pieces[number] and other.reason is None
    ]
    return len(around) == 2 and all(other.prose and other.words >= 12 and other.text[-1] != ":" for other in around)


def _is_lone_caption(pieces: list[_Piece], number: int) -> bool:
    """Tell whether a line without an end stands alone among paragraphs and is too long for a heading."""
    piece = pieces[number]
    if piece.ends or not 8 <= piece.words <= 45 or piece.text[0] in '-–—•*·"“' or piece.text[0].islower():
        return False
    dated = bool(marks.FULL_DATE.search(piece.text) or marks.PICTURED.search(piece.text))
    below_title = dated and number > 0 and pieces[number - 1].title and _is_lead(pieces[number + 1 : number + 2])
    if not (below_title or _is_lone(pieces, number)) or pieces[number + 1].text[0].islower():
        return False
    early = number <= 4 and piece.gap and pieces[number + 1].gap
    return early or dated


def _is_lead(pieces: list[_Piece]) -> bool:
    return bool(pieces) and pieces[0].prose and pieces[0].words >= 12


def _is_wire(pieces: list[_Piece]) -> bool:
    """Tell whether an agency wrote the text: it has a dateline or an end mark. Such texts have no headings."""
    kept = [piece for piece in pieces if piece.reason is None and not piece.title]
    return bool(kept) and bool(
        any(_dateline(piece.text) for piece in kept[:4]) or marks.END.search(kept[-1].text[-80:])
    )


def _is_lone_headline(pieces: list[_Piece], number: int) -> bool:
    """Tell whether a line is as long as a headline and stands alone between paragraphs: a link to another story."""
    first = last = number
    while number - first < _LINKS and first and _is_like_headline(pieces[first]):
        first -= 1
    while last - number < _LINKS and last < len(pieces) - 1 and _is_like_headline(pieces[last]):
        last += 1
    if not first < number < last or pieces[last].text[0].islower():
        return False
    return all(piece.prose and piece.text[-1] != ":" for piece in (pieces[first], pieces[last]))


def _is_like_headline(piece: _Piece) -> bool:
    shaped = (
        not piece.ends and _HEADLINE <= piece.words <= 20 and piece.text[-1] not in '?”"' and piece.text[0].isupper()
    )
    return shaped and not piece.title and piece.reason in (None, "related headline")


def _cut_repeated_lead(pieces: list[_Piece]) -> None:
    """Cut a standfirst, or bullets, that say word for word what the first paragraphs say again."""
    kept = [piece for piece in pieces if piece.reason is None and not piece.title][:_STANDFIRST]
    dated = next((number for number, piece in enumerate(kept) if _dateline(piece.text)), 0)
    for number, piece in enumerate(kept[:-1]):
        bullet = marks.BULLET.match(piece.text)
        if (number < dated or bullet) and piece.words >= _SENTENCE_WORDS:
            first = _letters(piece.text)[:600]
            following = [
                _letters(other.text)[:1_200] for other in kept[number + 1 :] if not marks.BULLET.match(other.text)
            ]
            if any(_shared(first, second) >= (_RETOLD if bullet else _REPEATS) for second in following):
                piece.reason = "standfirst repeats the lead"


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text.casefold()))


def _shared(first: str, second: str) -> float:
    parts = {first[at : at + 8] for at in range(max(len(first) - 7, 1))}
    return sum(part in second for part in parts) / len(parts)


# Dateline, end mark, source


def _dateline(text: str) -> re.Match[str] | None:
    """Return the match of the dateline that ``text`` begins with, if one does."""
    ornament = marks.ORNAMENT.match(text)
    for number, pattern in enumerate(marks.DATELINES):
        found = pattern.match(text[:200], ornament.end() if ornament else 0)
        if found and _is_dateline(number, found, text[found.end() : found.end() + _MAX_MARK_LINE]):
            return found
    return None


def _is_dateline(number: int, found: re.Match[str], following: str) -> bool:
    parts = found.groupdict()
    place, agency = (parts.get("place") or "").strip(" ,."), parts.get("agency") or ""
    known_place, known_agency = (
        place.casefold() in marks.PLACES,
        bool(re.fullmatch(marks.AGENCIES, agency.strip())),
    )
    if not following or (following[0].islower() and not known_agency) or (place and not place[0].isupper()):
        return False
    if following.count(" ") < 3 or marks.DATE.match(following):  # "ZURICH GOLD - APRIL 7": the heading of a table
        return False
    if marks.WEB_NAME.fullmatch(place) or marks.NO_PLACE & set(re.findall(r"[a-z&]+", place.casefold())):
        return False
    colon = ":" in found["dash"] or not found["dash"].strip()
    prose = following.count(" ") >= 8 and not following.isupper()
    if number == 0:
        short = "".join(word[0] for word in place.split() if word[0].isupper())
        sure = known_place or place.isupper() or bool(parts.get("when")) or (prose and agency.isupper())
        return known_agency or ((not colon or bool(parts.get("when"))) and sure and agency != short)
    if number in (1, 2):
        sure = known_place or bool(parts.get("when"))
        return place.isupper() and (sure or (not colon and prose and len(place) > 3 and place.count(" ") < 3))
    if number == 3:
        return not colon or known_place
    initials = prose and ((agency.isupper() and 2 <= len(agency) <= 8) or bool(marks.WEB_NAME.fullmatch(agency)))
    return known_agency or initials if number in (4, 5) else known_place


def _without_dateline(pieces: list[_Piece]) -> tuple[list[_Piece], str, str | None, str | None]:
    """Split the dateline off the first paragraph that has one; return it, its place and its agency."""
    kept = [number for number, piece in enumerate(pieces) if piece.reason is None and not piece.title]
    for number in kept[:4]:
        piece = pieces[number]
        if found := _dateline(piece.text):
            if _is_digest([pieces[other].text for other in kept], found.groupdict().get("place") or ""):
                break
            cut = _Piece(piece.text[: found.end()].strip(), piece.gap, "dateline")
            rest = _Piece(piece.text[found.end() :].strip(), False)
            parts = found.groupdict()
            agency = parts.get("agency")
            return (
                [*pieces[:number], cut, rest, *pieces[number + 1 :]],
                cut.text,
                _place(parts.get("place")),
                _named(agency),
            )
    for number in kept[:1]:  # of a dateline that was lost the dash is left
        dashes = sum(pieces[other].text[0] in "–—-" for other in kept[:_DIGEST])
        if dashes == 1 and (found := marks.LEFT_DASH.match(pieces[number].text)):
            cut = _Piece(found[0].strip(), pieces[number].gap, "dateline")
            rest = _Piece(pieces[number].text[found.end() :], False)
            return [*pieces[:number], cut, rest, *pieces[number + 1 :]], "", None, None
    return pieces, "", None, None


def _is_digest(texts: list[str], place: str) -> bool:
    """Tell whether some paragraph is dated from elsewhere: then the text is a round-up, and no dateline is its own."""
    others = filter(None, map(_dateline, texts[:_DIGEST]))
    return any("place" in found.re.groupindex and (found["place"] or "") not in ("", place) for found in others)


_VOWEL = re.compile(r"[^BCDFGHJKLMNPQRSTVWXZ /]")
_PARTICLES = frozenset("de da do del di la el al and of the es upon".split())


def _place(written: str | None) -> str | None:
    """Return a place as a name: ``HANOI`` is Hanoi."""
    place = (written or "").strip(" ,.–—-")
    if place.isupper() and len(place) > 3:
        first, *rest = re.split(r"(?<=[ /])", place)
        place = _titled(first) + "".join(
            word.lower() if rest[1:] and word.strip(" /").lower() in _PARTICLES else _titled(word) for word in rest
        )
    return place or None


def _titled(word: str) -> str:
    """Return a word of a place in capitals as it is written elsewhere: ``D.C.`` and ``HCM`` stay."""
    return word if "." in word or (len(word) <= 4 and not _VOWEL.search(word)) else word.capitalize()


def _named(source: str | None) -> str | None:
    name = (source or "").strip(" .,;:–—-/")
    return (
        name
        if name
        and "http" not in name
        and not re.fullmatch(r"[A-ZĐ]{2,8}/[A-ZĐ]{2,8}", name)
        and "www." not in name
        and name.count(" ") < 6
        else None
    )


def _without_end_mark(pieces: list[_Piece], agency: str | None) -> tuple[list[_Piece], str | None]:
    """Cut the end mark, the agency's name and the credits off the last paragraph; return that name."""
    last = max(
        (number for number, piece in enumerate(pieces) if piece.reason is None and not piece.title),
        default=None,
    )
    if last is None:
        return pieces, None
    text, gap = pieces[last].text, pieces[last].gap
    end = text[-_SIGNATURE:]
    signs = (marks.END, marks.SIGN_OFF, marks.CREDITED, marks.SIGNED_BY)
    found = next(filter(None, (sign.search(end) for sign in signs)), None)
    if not found and agency:
        found = re.search(rf"(?<=[.!?”\"’])\s?(?P<sign>[(\[/–—-]{{0,2}} ?{re.escape(agency)})[)\].]{{0,2}}$", end)
    if not found:
        return pieces, None
    begin = len(text) - len(end) + found.start()
    if text[begin : begin + 3] == "./.":  # the sentence keeps its full stop
        begin += 1
    kept, cut = text[:begin].rstrip(), text[begin:].strip()
    sign = (found["sign"] or "").strip(" /().–—-") if "sign" in found.re.groupindex else ""
    parts = [_Piece(kept, gap)] if kept else []
    return [*pieces[:last], *parts, _Piece(cut, False, "end mark"), *pieces[last + 1 :]], _named(sign)


def _source(pieces: list[_Piece]) -> str | None:
    """Return the name in a source line: the first after the body, else one before it."""
    body = [number for number, piece in enumerate(pieces) if piece.reason is None and not piece.title]
    last = body[-1] if body else 0
    lines = [(number, piece.text) for number, piece in enumerate(pieces) if piece.reason == "source line"]
    for _, text in [line for line in lines if line[0] > last][:1] + [line for line in lines if line[0] < last]:
        found = marks.SIGNED.fullmatch(text) or marks.SOURCE.match(text)
        if name := _named(found["name"] if found else text):
            return name
    owners = (
        _owner(piece)
        for number, piece in enumerate(pieces)
        if piece.reason not in (None, "caption", "photo credit") or (number > last and _RIGHTS.search(piece.text))
    )
    return next(filter(None, owners), None)


def _owner(piece: _Piece) -> str | None:
    """Return whom a line beside the article names as the owner of its text."""
    found = marks.COPYRIGHT.search(piece.text[-_MAX_MARK_LINE:])
    return _named(_RIGHTS.sub("", found["name"])) if found else None


_RIGHTS = re.compile(
    r"\s?\(?\b(?:all rights|terms|privacy|contact|reserved)\b.*|\s?(?:19|20)\d\d.*", re.IGNORECASE | re.DOTALL
)


# Putting together


def _assembled(
    pieces: list[_Piece],
    title: str | None,
    place: str | None,
    source: str | None,
    dateline: str,
    profile: Profile,
) -> Cleaned:
    body = [number for number, piece in enumerate(pieces) if piece.reason is None and not piece.title]
    first, last = (body[0], body[-1]) if body else (len(pieces), len(pieces))
    outside = [piece.text if piece.reason not in _NOT_DATING else "" for piece in pieces]
    paragraphs, marks_between = _paragraphs([pieces[number] for number in body])
    paragraphs = part_glued([part_sentences(paragraph) for paragraph in paragraphs], profile.knows)
    text = "".join(part for pair in zip(marks_between, paragraphs, strict=True) for part in pair)
    inside = [text for number, text in enumerate(outside[first:last], first) if pieces[number].reason == "date line"]
    return Cleaned(
        title=title,
        body=text,
        place=place,
        source=source,
        head="\n".join(line for line in [*outside[:first], *inside] if line and line != dateline),
        dateline=dateline,
        tail="\n".join(line for line in outside[last + 1 :] if line),
        removed=tuple(_removed(pieces)),
    )


def _paragraphs(pieces: list[_Piece]) -> tuple[list[str], list[str]]:
    """Return the paragraphs, sentences broken over lines made whole, and the white space before each."""
    paragraphs: list[str] = []
    between: list[str] = []
    last: _Piece | None = None
    broken = sum(_runs_on(one, other) for one, other in pairwise(pieces)) >= _BROKEN
    for piece in pieces:
        if last is not None and (_runs_on(last, piece) or (broken and _is_broken(last))):
            paragraphs[-1] += f" {piece.text}"
        else:
            lines = last is not None and not piece.gap and max(len(last.text), len(piece.text)) < _SHORT
            between.append("" if last is None else "\n" if lines else "\n\n")
            paragraphs.append(piece.text)
        last = piece
    return paragraphs, between


def _runs_on(last: _Piece, piece: _Piece) -> bool:
    """Tell whether a sentence begun in one line goes on in the next."""
    return not last.ends and last.words > 4 and (piece.text[0].islower() or last.text[-1] == ",")


def _is_broken(piece: _Piece) -> bool:
    """Tell whether a line of a text whose sentences are broken breaks off before a name."""
    return not piece.ends and piece.words >= _SENTENCE_WORDS and piece.text[-1].isalpha()


def _removed(pieces: list[_Piece]) -> Iterator[Removed]:
    for reason, run in groupby(pieces, lambda piece: None if piece.title else piece.reason):
        if reason is not None:
            yield Removed("\n".join(piece.text for piece in run), reason)
