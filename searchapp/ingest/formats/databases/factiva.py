"""Exports of Factiva: HTML, text (with its codes of two letters or without), what is text in RTF and DOCX, and XML.

Each form is read as entries (code, text) first: HD headline, BY byline, WC words, PD day, ET time, SN source, LP and TD
text, AN number, and so on; where a form names no codes, the order of its lines tells them.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import BinaryIO, Final

from searchapp.ingest.formats.databases.fragments import Block, blocks, leaves
from searchapp.ingest.formats.databases.labels import is_copyright
from searchapp.ingest.formats.databases.paragraphs import in_one_line, joined, paragraphs_of, width_of
from searchapp.ingest.formats.databases.pieces import LINE, articles, pieces
from searchapp.ingest.formats.databases.record import Cuttings, day_in, filled, told_if_missing
from searchapp.ingest.formats.decoding import beginning, declaration, decode, in_utf8, tidy, tidy_beginning
from searchapp.ingest.formats.text import numbered
from searchapp.ingest.raw import Item, Raw
from searchapp.ingest.reasons import Reason

Entry = tuple[str, str]

_ID: Final = r"([A-Z][A-Z0-9]{2,11}\d{8}[0-9a-z-]{4,16})"
_DOCUMENT: Final = rf"[^\W\d_]{{2,16}}\s{{1,3}}{_ID}"  # "Document KESCOU0020210301eh310001a", in any language
_LAST_LINE = re.compile(
    LINE + rb"(?:AN[ \t|]{1,40})?[ \t]{0,80}[^\s\d]{4,24}[ \t]{1,3}" + _ID.encode() + rb"[ \t]{0,80}(?![^\r\n])"
)
_ID_IN_PAGE = re.compile(rb">\s{0,9}[^\s\d<>]{4,24}(?:\s|&nbsp;){1,3}" + _ID.encode() + rb"\s{0,9}<")
_ARTICLE = re.compile(rb"<div\b[^<>]{0,200}?\bclass=[\"']article [a-z]{2,6}Article\b")
_ARTICLE_IN_TEXT = re.compile(_ARTICLE.pattern.decode())
_FACTIVA_PAGE = re.compile(rf"<title>[^<]{{0,40}}Factiva|{_ARTICLE.pattern.decode()}")
_PAGE = re.compile(r"\s{0,99}<")
_CODES: Final = (
    "SE HD CR WC PD ET SN SC ED PG VOL LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN CX CLM BY NGC GC ART DE".split()
)
_CODE_LINE: Final = rf"({'|'.join(_CODES)})(?:[ \t]{{2,40}}|\t|[ \t]{{0,9}}\|[ \t|]{{0,9}}|[ \t]{{0,9}}(?![^\r\n]))"
_CODE_IN_TEXT = re.compile(rf"(?<![^\n]){_CODE_LINE}")
_NARROW_CODE = re.compile(rf"(?<![^\n])({'|'.join(_CODES)})(?:[ \t|]{{1,40}}|(?![^\n]))")
_NARROW = re.compile(r"(?<![^\n])WC \d[^\n]{0,30}\n{1,3}PD \d")  # one space between code and text
_HEADLINE = re.compile(LINE + rb"HD(?:[ \t|]{1,40}|(?![^\r\n]))")
_SECTION = re.compile(LINE + rb"(?:SE|CLM)(?:[ \t|]{2,40}|\t|[ \t]{0,9}[\r\n])[^\r\n]{1,200}\s{1,9}\Z")
_WORDS = re.compile(r"\d[\d.,\s]{0,9}\s?[^\W\d_]{1,16}\.?")
_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[A-Z]{2,4})?")
_BY = re.compile(r"(?:by|von|par|por|di|da|door)\s", re.IGNORECASE)
_REASONS: Final = {
    "SE": Reason.SECTION_NAME, "CLM": Reason.SECTION_NAME, "PG": Reason.SECTION_NAME, "ED": Reason.SECTION_NAME,
    "BY": Reason.BYLINE, "CR": Reason.CREDITS, "CT": Reason.CREDITS, "PD": Reason.DATE_LINE, "ET": Reason.DATE_LINE,
    "CY": Reason.COPYRIGHT, "ART": Reason.CAPTION, "WC": Reason.RECORD, "LA": Reason.RECORD, "SC": Reason.RECORD,
    "AN": Reason.RECORD, "PUB": Reason.RECORD, "VOL": Reason.RECORD, "TOC": Reason.COVER_PAGE,
}  # fmt: skip
_HEADED = re.compile(r"[a-z]{0,9}headline|#hd")
_NAME = 4  # words of an author's name
_SENTENCE = 8  # words; what is longer behind the text is no publisher's name but a caption
_TOP = 14  # lines among which that of the length stands
_ELEMENTS: Final = {
    "headline": "HD", "leadparagraph": "LP", "tailparagraphs": "TD", "publicationdate": "PD", "publicationtime": "ET",
    "sourcename": "SN", "byline": "BY", "credit": "CR", "copyright": "CY", "pages": "PG", "page": "PG", "art": "ART",
    "sectionname": "SE", "columnname": "CLM", "edition": "ED", "wordcount": "WC", "accessionno": "AN",
    "baselanguage": "LA", "publishername": "PUB", "contact": "CT", "sourcecode": "SC", "reference": "AN",
    "corrections": "TD",
}  # fmt: skip
_RESULTS = re.compile(rb"<(?:\w{1,20}:)?ppsarticleResultSet\b[^<>]{0,200}?\bcount=[\"'](\d{1,6})", re.IGNORECASE)
_ELEMENT = re.compile(rb"<(?:\w{1,20}:)?article[\s>]")
_FACTIVA_XML = re.compile(r"<(?:\w{1,20}:)?(?:PPSResponse|ppsArticleResponse|ppsarticle)\b|global\.factiva\.com/")
_ACCESSION = re.compile(rb"<(?:\w{1,20}:)?accessionNo>\s{0,99}([A-Za-z0-9-]{6,60})\s{0,99}<")
_INDENTED = re.compile(r"\n[ \t]{2,}|\n\s*\n")


class Factiva:
    """Files with up to 100 articles, as HTML or text."""

    called = "exports of Factiva: HTML, text"
    suffixes: tuple[str, ...] = ()

    def sniff(self, head: bytes) -> bool:
        """Say whether a page of Factiva begins so, or a text with its codes, or with the lines above its articles."""
        text = tidy_beginning(head)
        if _PAGE.match(text):
            return bool(_FACTIVA_PAGE.search(text))
        codes = {found[1] for found in _codes(text)}
        if "HD" in codes and not codes.isdisjoint({"PD", "SN", "WC"}):
            return True
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        at = _length_at(lines[:_TOP])
        return at is not None and any(is_copyright(line) for line in lines[at : at + 10])

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield its articles, what stands before them with the first, what behind with the last."""
        head = stream.read(2**14)
        stream.seek(0)
        if _PAGE.match(beginning(head)):
            cut = articles(pieces(in_utf8(stream), _ARTICLE), _ARTICLE.search)
        else:
            ended = pieces(in_utf8(stream), _LAST_LINE, behind=True)
            cut = articles(_at_headlines(ended), lambda piece: _HEADLINE.search(piece) or _LAST_LINE.search(piece))
        before = declaration(head)
        for number, piece in enumerate(cut, 1):
            yield Item(path, number, before + piece)

    def identify(self, item: Item) -> str:
        """Return the number that the database gives an article, else the file's path and the article's number."""
        pattern = _ID_IN_PAGE if _ARTICLE.search(item.data) else _LAST_LINE
        found = [each[1] for each in pattern.finditer(item.data)]
        return found[-1].decode("ascii") if found else numbered(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what stands above and below the text, and the text."""
        text = decode(item.data, html=True)
        if not _PAGE.match(text):
            return _read(raw, _of_text(tidy(text)))
        start = _ARTICLE_IN_TEXT.search(text)
        cover = blocks(text[: start.start()]) if start and start.start() else []
        shown = blocks(text[start.start() :] if start else text, apart=_HEADED)
        return _read(raw, [*(("TOC", block.text) for block in cover), *_of_page(shown)])


class FactivaXml:
    """Results of Factiva's services."""

    called = "exports of Factiva: XML"
    suffixes: tuple[str, ...] = ()

    def sniff(self, head: bytes) -> bool:
        """Say whether results begin so."""
        text = beginning(head)
        return bool(_PAGE.match(text) and _FACTIVA_XML.search(text))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield its articles. Raises Rejected behind the last if it says that it has more."""
        head = stream.read(2**14)
        stream.seek(0)
        number, before, counted = 0, declaration(head), _RESULTS.search(head)
        for piece in articles(pieces(in_utf8(stream), _ELEMENT), _ELEMENT.search):
            number += 1
            found = _ELEMENT.search(piece)
            yield Item(path, number, before + (piece[found.start() :] if found else piece))
        told_if_missing(number, int(counted[1]) if counted else 0)

    def identify(self, item: Item) -> str:
        """Return the number that the database gives an article, else the file's path and the article's number."""
        found = _ACCESSION.search(item.data)
        return found[1].decode("ascii") if found else numbered(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what the elements say."""
        text = decode(item.data, html=True)
        entries = []
        for path, words in leaves(text[max(0, text.find("<", 1 if text.startswith("<meta") else 0)) :]):
            names = path.split("/")
            code = next((_ELEMENTS[name] for name in reversed(names) if name in _ELEMENTS), "NS")
            indented = names[-1] in ("leadparagraph", "tailparagraphs")
            entries += [(code, in_one_line(part)) for part in (_INDENTED.split(words) if indented else [words])]
        return _read(raw, entries)


def _at_headlines(ended: Iterable[bytes]) -> Iterator[bytes]:
    """Yield pieces that hold at most one headline each: where the numbers that end articles were not exported."""
    for piece in ended:
        begun = [found.start() for found in _HEADLINE.finditer(piece)][1:]
        cuts = [before.start() if (before := _SECTION.search(piece, max(0, at - 300), at)) else at for at in begun]
        yield from (piece[start:end] for start, end in zip([0, *cuts], [*cuts, len(piece)], strict=True))


def _length_at(lines: list[str]) -> int | None:
    """Return the line that tells the length ("71 words"): the one before that with the day."""
    pairs = enumerate(pairwise(lines))
    return next((at for at, (line, day) in pairs if _WORDS.fullmatch(line) and len(day) < 60 and day_in(day)), None)


def _codes(text: str) -> list[re.Match[str]]:
    return list((_NARROW_CODE if _NARROW.search(text) else _CODE_IN_TEXT).finditer(text))


def _of_text(text: str) -> list[Entry]:
    codes = _codes(text)
    if {"HD", "LP", "TD", "SN"} & {found[1] for found in codes}:
        ends = [*(found.start() for found in codes[1:]), len(text)]
        parts = [(found[1], text[found.end() : end]) for found, end in zip(codes, ends, strict=True)]
        return [("TOC", text[: codes[0].start()])] + [
            (code, part) for code, each in parts for part in paragraphs_of(each)
        ]
    lines = [line.strip() for line in text.split("\n")]
    full = [at for at, line in enumerate(lines) if line]
    length = _length_at([lines[at] for at in full[: 10 * _TOP]])
    if length is None:
        return [("TD", part) for part in paragraphs_of(text)]
    top = [lines[at] for at in full[:length]]
    rights = next(
        (at for at in full[length : length + 12] if is_copyright(lines[at])), full[min(length + 5, len(full) - 1)]
    )
    meta = [lines[at] for at in full[length:] if at <= rights]
    return [*_of_top(top), *_of_meta(meta), *_of_rest(paragraphs_of("\n".join(lines[rights + 1 :])))]


def _of_top(lines: list[str]) -> list[Entry]:
    """Return what lines above the length are: the headline, and the author if one is named."""
    named = len(lines) - (len(lines) > 1 and _is_name(lines[-1]) and not _is_name(lines[-2]))
    signed = next((at for at, line in enumerate(lines) if at and _BY.match(line)), named)
    return [("HD", " ".join(lines[:signed])), *(("BY", line) for line in lines[signed:])]


def _of_meta(lines: list[str]) -> list[Entry]:
    """Return what lines from the length to the notice of rights are: length, day, time, source, its code, the rest."""
    codes = ["WC", "PD", "ET", "SN", "SC"]
    if len(lines) > 2 and not _TIME.fullmatch(lines[2]):
        codes.remove("ET")
    named = [(code, line) for code, line in zip(codes, lines, strict=False)]
    return named + [("CY" if is_copyright(line) else "LA", line) for line in lines[len(codes) :]]


def _of_rest(paragraphs: list[str]) -> list[Entry]:
    """Return the text, the number behind it, and what the database writes behind its last article."""
    number = next((at for at, part in enumerate(paragraphs) if re.fullmatch(_DOCUMENT, part)), len(paragraphs))
    codes = ["TD"] * number + ["AN"] + ["TOC"] * len(paragraphs)
    return list(zip(codes, paragraphs, strict=False))


def _is_name(line: str) -> bool:
    """Tell whether a line can be that of an author without a "By"."""
    words = line.split()
    return 2 <= len(words) <= _NAME and all(word[0].isupper() for word in words) and not re.search(r"[\d.!?:]\Z", line)


def _of_page(shown: list[Block]) -> list[Entry]:
    """Return the entries of an article in HTML: of a table with codes, or of lines whose order and classes tell."""
    if any("index" in block.names for block in shown):
        entries, code = [], "SE"
        for block in shown:
            if "index" in block.names:
                code = in_one_line(block.text)
            else:
                entries.append((code if "article" in block.names else "TOC", block.text))
        return entries
    kinds = [_kind(block) for block in shown]
    first = next((at for at, kind in enumerate(kinds) if kind == "TD"), len(shown))
    last = max((at for at, kind in enumerate(kinds) if kind == "TD"), default=first)
    length = _length_at([block.text for block in shown[:first]])
    entries, headed = [], kinds.index("HD") if "HD" in kinds else first
    for at, (block, kind) in enumerate(zip(shown, kinds, strict=True)):
        if at > last:
            kind = "ART" if len(block.text.split()) > _SENTENCE else "PUB"
            kind = "AN" if re.fullmatch(_DOCUMENT, block.text) else kind if "article" in block.names else "TOC"
        if length is None or not length <= at < first:
            entries.append((kind or ("ART" if first < at else "SE" if at < headed else "BY"), block.text))
    return entries + (_of_meta([block.text for block in shown[length:first]]) if length is not None else [])


def _kind(block: Block) -> str:
    if any(map(_HEADED.fullmatch, block.names)):
        return "HD"
    if any(name.startswith("articleparagraph") for name in block.names):
        return "TD"
    return "BY" if "author" in block.names else ""


def _read(raw: Raw, entries: list[Entry]) -> Raw:
    said: dict[str, str] = {}
    removed, body = Cuttings(), []
    for code, text in entries:
        said.setdefault(code, text)
        if code in ("LP", "TD"):
            body.append(text)
        elif code == "HD":
            said["HD"] = f"{said['HD']} {text}" if said["HD"] is not text else text
        elif code != "SN":
            removed.cut(text, _REASONS.get(code, Reason.INDEX_TERMS))
    width = width_of(body)
    language = said.get("LA", "").strip().lower()
    return filled(
        raw,
        title=in_one_line(said.get("HD", "")),
        source=in_one_line(said.get("SN", "")),
        published=day_in(said.get("PD")),
        language=language if re.fullmatch("[a-z]{2}", language) else None,
        body=(joined(part, width) for part in body),
        removed=removed,
    )
