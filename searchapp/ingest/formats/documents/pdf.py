"""PDF with text, a file an article: the lines of its pages become paragraphs."""

import ctypes
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from typing import IO, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from searchapp.article import Removed
from searchapp.errors import Rejected
from searchapp.ingest.formats.decoding import tidy
from searchapp.ingest.formats.documents.document import Document, from_document
from searchapp.ingest.formats.packed import on_disk
from searchapp.ingest.formats.text import bare
from searchapp.ingest.raw import MAX_ARTICLE, Item, Raw
from searchapp.ingest.reasons import Reason

MAGIC = b"%PDF-"
_TEXT = b"%text of a PDF\n"  # above the text of one that is too large to be kept whole
_NARROW = 4  # the part of the gaps in an export that is narrow at least: most of its paragraphs are short
_OPENING = 3  # pages by which an export is known
_LAST = 200  # lines before a page among which the headline stands that its header repeats
_EDGE = 3  # lines at the top and the foot of a page, in which what runs through all of them stands
_OFTEN = 3  # pages on which it does, and half of them
_GAP, _INDENT = 1.45, 0.6  # of the usual distance of lines, and of the height of one: where a paragraph begins
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_DIGITS = re.compile(r"\d+")
_RULE = re.compile(r"[\W_]+")  # a line drawn with signs
_WORD = re.compile(r"\S+")
_PAGE_NUMBER = re.compile(r"(?:[^\W\d_]{1,9}\.? )?(\d{1,5})(?: ?/ ?| [^\W\d_]{1,4} )(\d{1,5})")  # "Page 2 of 9"
_HYPHENS = re.compile("[\x02\ufffe]")  # and the break behind it, as PDFium writes both
_GUTTER, _ALIGNED, _FEWEST_ROWS = 1.5, 4, 3  # heights of a line between columns; units; rows that show columns


class Pdf:
    """Documents in PDF that hold their text; scans without one are rejected."""

    called = "documents with text (PDF)"
    suffixes = (".pdf",)

    def sniff(self, head: bytes) -> bool:
        """Say whether a PDF begins so."""
        return MAGIC in head[:1_024]

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the document as its one item; of a large one its text, read page by page."""
        data = stream.read(MAX_ARTICLE + 1)
        if len(data) > MAX_ARTICLE:
            stream.seek(0)
            with on_disk(stream) as file:
                document, running = _read(file)
            fields = {"paragraphs": document.paragraphs, "named": document.named, "made": document.made}
            data = _TEXT + json.dumps([fields, running]).encode()
        yield Item(path, None, data)

    def identify(self, item: Item) -> str:
        """Return the path without what tells its type."""
        return bare(item.path, self.suffixes)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in its paragraphs, and what its properties say as a last resort."""
        return from_pdf(raw, item.data)


def from_pdf(raw: Raw, data: bytes) -> Raw:
    """Fill in what a PDF holds. Raises Rejected if it is damaged, encrypted or without text."""
    if data.startswith(_TEXT):
        fields, running = json.loads(data.removeprefix(_TEXT))
        document = Document(**fields)
    else:
        document, running = _read(BytesIO(data))
    raw = from_document(raw, document)
    return replace(raw, removed=(*raw.removed, *(Removed(tidy(each), Reason.RUNNING) for each in running)))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: where it begins, its height, and its words. Units of the page, upwards and to the right."""

    words: str
    left: float
    right: float
    bottom: float
    height: float


def lines(data: bytes) -> list[str]:
    """Return the lines of a PDF as its writer made them: those that were broken only since the next word would not have
    fitted are joined. Raises Rejected if it is damaged, encrypted or without text."""
    return _whole_lines(_pages(BytesIO(data))[0])


def first_lines(data: bytes) -> list[str]:
    """Return the lines of the first pages as ``lines`` does."""
    return _whole_lines(_pages(BytesIO(data), _OPENING)[0])


def _read(file: IO[bytes]) -> tuple[Document, list[str]]:
    """Return the paragraphs of a PDF, and what runs through its pages."""
    pages, about = _pages(file)
    running = _running(pages)
    made = _DATE.match(about.get("CreationDate") or "")
    named = about.get("Title") or None
    paragraphs = ["\n".join(line.words for line in part) for page in pages for part in _paragraphs(page, running)]
    told = {line.words: None for page in pages for line in _edges(page) if _key(line) in running}
    return Document(paragraphs, named=named, made="-".join(made.groups()) if made else None), list(told)


def _pages(file: IO[bytes], most: int | None = None) -> tuple[list[list[_Line]], dict[str, str]]:
    """Return the lines of the pages of a PDF, of the first ``most`` if that is given; and its properties."""
    try:
        with closing(pypdfium2.PdfDocument(file)) as document:
            pages = [_lines(document, number) for number in range(len(document))[:most]]
            about = document.get_metadata_dict()
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower() or "security" in str(fault).lower():
            raise Rejected("The PDF is encrypted: save it without a password.") from fault
        raise Rejected("The PDF is damaged: it cannot be opened.") from fault
    if not any(pages):
        raise Rejected("There is no text in the PDF, only pictures of it: put it through text recognition (OCR) first.")
    return pages, about


def _whole_lines(pages: list[list[_Line]]) -> list[str]:
    running = _running(pages)
    margin = max((line.right for page in pages for line in page), default=0.0)
    gaps = sorted(gap for page in pages for gap in _gaps(page))
    usual = gaps[len(gaps) // _NARROW] if gaps else 0.0
    found: list[str] = []
    for page in pages:
        for part in _paragraphs(_without_headline(page, running, set(found[-_LAST:])), running, usual):
            found += _unbroken(part, margin)
    return found


def _without_headline(page: list[_Line], running: set[tuple[str, int]], above: set[str]) -> list[_Line]:
    """Return the lines of a page without the headline that an export repeats in the header of each next page."""
    top = page[:_EDGE]
    if not any(_key(line) in running for line in top):
        return page
    end = next((at for at, line in enumerate(top) if _key(line) not in running and line.words not in above), len(top))
    return [line for line in page[:end] if _key(line) in running] + page[end:]


def _unbroken(part: list[_Line], margin: float) -> list[str]:
    """Return the lines of a paragraph, joined where the next word would have been wider than up to ``margin``."""
    found = [part[0].words]
    for above, line in pairwise(part):
        width = (line.right - line.left) / max(len(line.words), 1)
        fits = above.right + width * (1 + len(line.words.split(" ", 1)[0])) <= margin
        if fits or _RULE.fullmatch(above.words) or _RULE.fullmatch(line.words):
            found.append(line.words)
        else:
            found[-1] += f" {line.words}"
    return [line.replace("-\n", "") for line in found]


def _lines(document: pypdfium2.PdfDocument, number: int) -> list[_Line]:
    """Return the lines of a page in the order in which they are read: column by column."""
    rows: list[list[_Line]] = []
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        at = 0
        for words in text.get_text_range(errors="replace").split("\r\n"):
            if parts := list(_parts(text, words, at)):
                rows.append(parts)
            at += len(words) + 2
    return _in_columns(rows)


def _parts(text: pypdfium2.PdfTextPage, words: str, at: int) -> Iterator[_Line]:
    """Yield the parts of a row of a page, from ``at`` in its text, between which a wide gap lies."""
    part: list[_Line] = []
    for found in _WORD.finditer(words):
        word = _line(text, found[0], at + found.start(), at + found.end() - 1)
        if part and word.left - part[-1].right > _GUTTER * max(part[0].height, word.height):
            yield _whole(part)
            part = []
        part.append(word)
    if part:
        yield _whole(part)


def _in_columns(rows: list[list[_Line]]) -> list[_Line]:
    """Return the lines of a page whose rows run across columns, column by column; a line across them parts them."""
    parted = [row for row in rows if len(row) > 1]
    lefts = Counter(round(part.left / _ALIGNED) for row in parted for part in row[1:])
    starts = sorted(left * _ALIGNED for left, count in lefts.items() if count >= max(_FEWEST_ROWS, len(parted) / 3))
    sizes = [len(part.words.split()) for row in parted for part in row]
    if not starts or sum(sizes) < 1.5 * len(sizes):  # none, or a table of figures
        return [_whole(row) for row in rows]
    lines: list[_Line] = []
    columns: list[list[_Line]] = [[] for _ in range(len(starts) + 1)]
    for part in (part for row in rows for part in row):
        column = sum(part.left >= start - _ALIGNED for start in starts)
        if column < len(starts) and part.right > starts[column] + _ALIGNED:
            lines += [*(line for each in columns for line in each), part]
            columns = [[] for _ in columns]
        else:
            columns[column].append(part)
    return [*lines, *(line for each in columns for line in each)]


def _whole(row: list[_Line]) -> _Line:
    first = row[0]
    return _Line(" ".join(part.words for part in row), first.left, row[-1].right, first.bottom, first.height)


def _line(text: pypdfium2.PdfTextPage, words: str, first: int, last: int) -> _Line:
    """Return words as a line, by the boxes of their first and last character; where there is none, all is at 0."""
    boxes = pdfium.FS_RECTF(), pdfium.FS_RECTF()  # asked directly, since the class around it takes ten times as long
    for box, at in zip(boxes, (first, last), strict=True):
        pdfium.FPDFText_GetLooseCharBox(text.raw, at, ctypes.byref(box))
    begins, ends = boxes
    return _Line(_HYPHENS.sub("-\n", words), begins.left, ends.right, begins.bottom, abs(begins.top - begins.bottom))


def _edges(page: list[_Line]) -> list[_Line]:
    """Return the lines at the top and the foot of a page."""
    return page if len(page) <= 2 * _EDGE else page[:_EDGE] + page[-_EDGE:]


def _key(line: _Line) -> tuple[str, int]:
    """Return the words of a line and its height on the page, by which it is known on other pages; numbers count up."""
    return _DIGITS.sub("0", line.words), round(line.bottom / _ALIGNED)


def _running(pages: list[list[_Line]]) -> set[tuple[str, int]]:
    """Return what stands at the edges of most pages, numbers apart: their headers and footers; and what tells there
    which page of how many it is."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    counted = {
        _key(line)
        for number, page in enumerate(pages, 1)
        for line in _edges(page)
        if (found := _PAGE_NUMBER.fullmatch(line.words)) and found.groups() == (str(number), str(len(pages)))
    }
    return counted | {key for key, count in seen.items() if count >= _OFTEN and count >= len(pages) / 2}


def _gaps(lines: list[_Line]) -> list[float]:
    return sorted(above.bottom - line.bottom for above, line in pairwise(lines) if above.bottom > line.bottom)


def _paragraphs(page: list[_Line], running: set[tuple[str, int]], usual: float = 0.0) -> Iterator[list[_Line]]:
    """Yield the paragraphs of a page: lines that follow one another without a gap or an indent. ``usual`` is how far
    apart lines of one are; 0 lets the page tell."""
    edges = {id(line) for line in _edges(page) if _key(line) in running}
    lines = [line for line in page if id(line) not in edges]
    gaps = _gaps(lines)
    usual = usual or (gaps[len(gaps) // 2] if gaps else 0.0)
    part: list[_Line] = []
    for above, line in zip([None, *lines], lines, strict=False):
        if above and _begins(above, line, usual) and part:
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _begins(above: _Line, line: _Line, usual: float) -> bool:
    """Tell whether a line begins a paragraph, not a column: a word may go on there."""
    gap = above.bottom - line.bottom
    if gap < 0:
        return above.words.endswith((".", "!", "?", "”", '"'))
    is_indented = line.left - above.left > _INDENT * line.height
    return gap > _GAP * usual or is_indented or abs(line.height - above.height) > above.height / 4
