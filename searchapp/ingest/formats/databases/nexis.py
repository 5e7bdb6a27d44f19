"""Exports of LexisNexis and Nexis until 2019, TXT and HTML: "3 of 262 DOCUMENTS" begins each article."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from searchapp.errors import Rejected
from searchapp.ingest.formats.databases.fragments import blocks
from searchapp.ingest.formats.databases.labels import ROLES, SURE_TERMS, TERMS, is_copyright, labelled
from searchapp.ingest.formats.databases.paragraphs import in_one_line, joined, paragraphs_of, width_of
from searchapp.ingest.formats.databases.pieces import LINE, articles, pieces
from searchapp.ingest.formats.databases.record import Cuttings, day_in, filled, set_apart, told_if_missing
from searchapp.ingest.formats.decoding import beginning, declaration, decode, in_utf8, tidy
from searchapp.ingest.formats.text import numbered
from searchapp.ingest.raw import Item, Raw
from searchapp.ingest.reasons import Reason

# "3 of 262 DOCUMENTS", "Dokument 3 von 262", "Document 3 de 262", "3 sur 262 DOCUMENTS"; far in also "3 sur 262".
_NAME: Final = r"(?:DO[CK]UMENT|Do[ck]ument)(?:O?S|E[NR]?|O|o?s|e[nr]?|o)?"
_OF: Final = r"(?:of|von|de|sur|van|di)"
_NUMBERS: Final = (
    rf"(?:{_NAME}\s{{1,9}}(\d{{1,6}})\s{{1,9}}{_OF}\s{{1,9}}(\d{{1,6}})(?!\d)"
    rf"|(?<!\d)(\d{{1,6}})\s{{1,9}}{_OF}\s{{1,9}}(\d{{1,6}})\s{{1,9}}{_NAME})"
)
_FAR_IN: Final = rf"[ \t]{{20,60}}(\d{{1,6}})[ \t]{{1,9}}{_OF}[ \t]{{1,9}}(\d{{1,6}})"
_MARK: Final = rf"(?:[ \t]{{0,80}}{_NUMBERS}|{_FAR_IN})[ \t]{{0,80}}"
_MARK_IN_TEXT = re.compile(rf"(?<![^\n]){_MARK}(?![^\n])")
_MARK_IN_BYTES = re.compile(LINE + rb"\f?" + _MARK.encode() + rb"(?![^\r\n])")
_ANCHOR = re.compile(rb"<A\s{1,9}NAME=[\"']?DOC_ID_\d{1,6}_\d{1,6}", re.IGNORECASE)
_NUMBERED = re.compile(rb"(?:" + _NUMBERS.encode() + rb"|" + _FAR_IN.encode() + rb")")
_COUNTED = re.compile(rb"<META\s[^>]{0,99}\bDOCUMENTS=[\"'](\d{1,6})", re.IGNORECASE)
_REQUESTED = re.compile(rb"(?:Download Request|Ausgabeauftrag)\s{0,3}:[^\d\r\n]{0,60}(\d[\d,; \t-]{0,400})")
_COVER = re.compile(r"\s{0,99}(?:Download Request|Ausgabeauftrag)\s?:|\s{0,99}Time Of Request\s?:")
_PAGE = re.compile(r"\s{0,99}<", re.IGNORECASE)
_NEXIS_PAGE = re.compile(r"<!-- LXNComment|<A NAME=[\"']?DOC_ID_\d|<META TOPIC=[^>]{0,99}DOCUMENTS=", re.IGNORECASE)
_EDITION = re.compile(r"correction appended|\b(?:edition|ausgabe|édition|edición|editie)\b", re.IGNORECASE)
_WORDS = re.compile(r"\d[\d.,]*\s?[^\W\d_]+")
_OPENING = 8  # paragraphs in which the first label stands
_PREAMBLE = 160  # code points of a paragraph that tells source or day
_NOTICE = 60  # words of what is no article


class Nexis:
    """Files with up to 500 articles."""

    called = "exports of LexisNexis: text, HTML"
    suffixes: tuple[str, ...] = ()

    def sniff(self, head: bytes) -> bool:
        """Say whether an export begins so: with its cover, or with its first article, numbered or at least labelled."""
        text = beginning(head)
        if _PAGE.match(text):
            return bool(_NEXIS_PAGE.search(text))
        found = _MARK_IN_TEXT.search(text.replace("\r", "\n"))
        if found and (found[1] or found[3]):
            return True
        labels = {_label(line) for line in text.split("\n")} & (ROLES.keys() | SURE_TERMS)
        return bool(
            _COVER.match(text) or (any(ROLES.get(label or "") == "length" for label in labels) and len(labels) > 1)
        )

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield its articles, the cover with the first. Raises Rejected behind the last if it says that it has more."""
        head = stream.read(2**14)
        stream.seek(0)
        mark = _ANCHOR if _PAGE.match(beginning(head)) and _ANCHOR.search(head) else _MARK_IN_BYTES
        before = declaration(head)
        counted: list[tuple[int, int]] = []
        number = 0
        for piece in articles(pieces(in_utf8(stream), mark), mark.search):
            number += 1
            if found := _NUMBERED.search(piece):
                here, of, *_ = (int(digits) for digits in found.groups() if digits)
                counted.append((here, of))
            yield Item(path, number, before + piece)
        told_if_missing(number, _expected(head, counted))

    def identify(self, item: Item) -> str:
        """Return the file's path and the article's number: the database gives no id."""
        return numbered(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what stands above and below the text, and the text."""
        text = decode(item.data, html=True)
        if _PAGE.match(text):
            text = "\n\n".join(block.text for block in blocks(text))
        return _read(raw, tidy(text))


def _expected(head: bytes, counted: list[tuple[int, int]]) -> int:
    """Return how many articles a file says it has: by its head or cover, or else by the numbers of its articles, of
    which only the first file of several tells the whole."""
    if found := _COUNTED.search(head):
        return int(found[1])
    if found := _REQUESTED.search(head):
        ranges = re.findall(rb"(\d{1,6})\s{0,3}(?:-\s{0,3}(\d{1,6}))?", found[1])
        return sum(int(last or first) - int(first) + 1 for first, last in ranges)
    if not counted:
        return 0
    (first, of), (last, _) = counted[0], counted[-1]
    return of if first == 1 else last - first + 1


def _read(raw: Raw, text: str) -> Raw:
    removed = Cuttings()
    mark = _MARK_IN_TEXT.search(text)
    removed.cut("\n\n".join(paragraphs_of(text[: mark.start()] if mark else "")), Reason.COVER_PAGE)
    paragraphs = paragraphs_of(text[mark.end() :] if mark else text)
    start, end = _header_end(paragraphs), len(paragraphs)
    labels = next((at for at in range(start) if _label(paragraphs[at])), start)
    end = _trailer(paragraphs, start)
    title, source, day, rest = _preamble(paragraphs[:labels] if labels < start else paragraphs[:end], removed)
    body = rest + paragraphs[start:end] if labels < start else rest
    said = set_apart(paragraphs[labels:start], removed)
    if labels == start and end == len(paragraphs) and sum(len(part.split()) for part in body) < _NOTICE:
        raise Rejected(f'The export holds no article here, only "{in_one_line(" ".join(paragraphs))[-200:]}".')
    said = set_apart(paragraphs[end:], removed) | said
    width = width_of(body)
    return filled(
        raw,
        title=title,
        source=source,
        place=said.get("place"),
        published=day_in(day),
        updated=day_in(said.get("loaded")),
        body=(joined(part, width) for part in body),
        removed=removed,
    )


def _label(paragraph: str) -> str | None:
    """Return the label in capitals with which a paragraph begins; None if there is none."""
    found = labelled(paragraph)
    return found[0] if found and paragraph.lstrip().startswith(found[0]) else None


def _header_end(paragraphs: list[str]) -> int:
    """Return where the labels above the text end: behind the last that stands in a row with the first, or behind that
    of the length."""
    end = 0
    for at, paragraph in enumerate(paragraphs[: 3 * _OPENING]):
        role = ROLES.get(_label(paragraph) or "")
        if role in (None, "loaded", "picture"):
            continue
        is_length = role == "length" and _WORDS.fullmatch((labelled(paragraph) or ("", ""))[1])
        if (end == 0 and at <= _OPENING) or at == end or (is_length and at <= end + 3):
            end = at + 1
    return end


def _trailer(paragraphs: list[str], start: int) -> int:
    """Return where what the database writes below the text begins, at ``start`` or later."""
    end, loose = len(paragraphs), 0
    for at in range(len(paragraphs) - 1, start - 1, -1):
        label = _label(paragraphs[at])
        notice = is_copyright(paragraphs[at]) and end - at <= 4
        if notice or label in SURE_TERMS or (label in TERMS and not loose):
            end, loose = at, 0
        elif label is None:
            loose += 1
        if loose > 3:
            break
    return end


def _preamble(paragraphs: list[str], removed: Cuttings) -> tuple[str | None, str | None, str | None, list[str]]:
    """Return (headline, source, the line with the day, what else is text) of what stands above the labels."""
    kept = []
    for paragraph in paragraphs:
        if is_copyright(paragraph):
            removed.cut(paragraph, Reason.COPYRIGHT)
        else:
            kept.append(in_one_line(paragraph) if len(paragraph) <= _PREAMBLE else paragraph)
    at = next((at for at, line in enumerate(kept[:5]) if len(line) <= _PREAMBLE and day_in(line)), None)
    if at is None:
        source, day, rest = (kept[0] if kept else None), None, kept[1:]
    else:
        day = kept[at]
        rest = [*kept[:at], *kept[at + 1 :]]
        source = rest.pop(0) if rest else None
        removed.cut(day, Reason.DATE_LINE)
    while rest and _EDITION.search(rest[0]) and len(rest[0].split()) <= 6 and len(rest) > 1:
        removed.cut(rest.pop(0), Reason.DATE_LINE)
    title = in_one_line(rest[0]) if rest else None
    return title, source, day, rest[1:]
