"""Exports of Europresse and Eureka, HTML: an ``article`` each, until 2014 a table each."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from searchapp.ingest.formats.databases.fragments import Block, blocks
from searchapp.ingest.formats.databases.labels import is_copyright
from searchapp.ingest.formats.databases.pieces import articles, pieces
from searchapp.ingest.formats.databases.record import Cuttings, day_in, filled
from searchapp.ingest.formats.decoding import beginning, declaration, decode, in_utf8
from searchapp.ingest.formats.text import numbered
from searchapp.ingest.raw import Item, Raw
from searchapp.ingest.reasons import Reason

_EUROPRESSE = re.compile(r"docpublicationname|rdp__articletitle|cedrom-sni\.com|(?:europresse|eureka)\.(?:com|cc)/")
_PAGE = re.compile(r"\s{0,99}<")
_ARTICLE = re.compile(rb"<article\b", re.IGNORECASE)
_OLD_ARTICLE = re.compile(rb"<table\b(?=[^<>]{0,200}?\balign=[\"']center)(?=[^<>]{0,200}?table-layout)", re.IGNORECASE)
_NAMED = re.compile(rb"DocPublicationName|titreArticleVisu|rdp__articletitle", re.IGNORECASE)
_TITLE, _SOURCE = {"titrearticlevisu", "rdp__articletitle"}, {"docpublicationname", "rdp__docpublicationname"}
_NUMBER: Final = r"\bnews\s?·\s?([\w]{4,8}\s?·\s?[\w-]{1,12}\s?·\s?[\w-]{2,60})"
_APART = re.compile(
    r"(?:rdp__)?docpublicationname|docheader|titrearticlevisu|rdp__articletitle|docauthors|doctitresoussection"
)
_ISSUE = re.compile(r",\s(?:no\.?|n°|nº|numéro|issue)\s.{0,60}\Z", re.IGNORECASE)
_RECORD = re.compile(
    r"numéro de document|ce certificat|date d'émission|le présent document est protégé|this certificate|issue date"
    r"|document number|this document is protected|news\s?·",
    re.IGNORECASE,
)
_NOTES = re.compile(r"illustration\(s\)|note\(s\)|encadré\(s\)|photo\(s\)|tableau\(x\)", re.IGNORECASE)
_AUTHOR = 8  # words of a line below the headline that names the author


class Europresse:
    """Files with up to 1,000 articles."""

    called = "exports of Europresse: HTML"
    suffixes: tuple[str, ...] = ()

    def sniff(self, head: bytes) -> bool:
        """Say whether a page of the database begins so."""
        text = beginning(head)
        return bool(_PAGE.match(text) and _EUROPRESSE.search(text.lower()))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield its articles, what stands behind the last with it."""
        head = stream.read(2**14)
        stream.seek(0)
        before = declaration(head)
        mark = _ARTICLE if _ARTICLE.search(head) or not _OLD_ARTICLE.search(head) else _OLD_ARTICLE
        cut = articles(pieces(in_utf8(stream), mark), lambda piece: _NAMED.search(piece, _start(mark, piece)))
        for number, piece in enumerate(cut, 1):
            yield Item(path, number, before + piece)

    def identify(self, item: Item) -> str:
        """Return the number that the database gives an article, else the file's path and the article's number."""
        found = re.search(_NUMBER, item.data.decode("utf-8", "replace"))
        found = found or re.search(_NUMBER, item.data.decode("cp1252", "replace"))
        return "news·" + re.sub(r"\s", "", found[1]) if found else numbered(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what stands above and below the text, and the text."""
        page = decode(item.data, html=True)
        start = re.search(r"<article\b", page, re.IGNORECASE)
        removed = Cuttings()
        for block in blocks(page[: start.start()]) if start and start.start() else []:
            removed.cut(block.text, Reason.COVER_PAGE)
        return _read(raw, blocks(page[start.start() :] if start else page, apart=_APART), removed)


def _start(mark: re.Pattern[bytes], piece: bytes) -> int:
    found = mark.search(piece)
    return found.start() if found else 0


def _read(raw: Raw, shown: list[Block], removed: Cuttings) -> Raw:
    title: list[str] = []
    source, author = None, None
    header: list[str] = []
    body: list[str] = []
    for block in shown:
        text, names = block.text, block.names
        if names & _TITLE:
            title.append(text)
        elif names & _SOURCE:
            source = source or _ISSUE.sub("", " ".join(text.split()))
        elif "docheader" in names:
            header.append(text)
        elif _is_record(block):
            removed.cut(text, Reason.COPYRIGHT if is_copyright(text) else Reason.RECORD)
        elif "aside" in names or _NOTES.match(text):
            removed.cut(text, Reason.CAPTION)
        elif "docauthors" in names or ("header" in names and title):
            removed.cut(text, Reason.BYLINE)
        elif title and not body and author is None and _is_author(text, names):
            author = text
            removed.cut(text, Reason.BYLINE)
        elif not title or "header" in names:
            removed.cut(text, Reason.SECTION_NAME)
        else:
            body.append(text)
    line = " ".join(header)
    removed.cut(line, Reason.DATE_LINE)
    return filled(
        raw,
        title=" ".join(" ".join(title).split()),
        source=source,
        published=day_in(line),
        body=body,
        removed=removed,
    )


def _is_record(block: Block) -> bool:
    """Tell whether the database wrote a block below the text: rights, number, certificate."""
    below = not block.names.isdisjoint({"footer", "txtcertificat", "#divpublic"})
    return below or is_copyright(block.text) or bool(_RECORD.match(block.text))


def _is_author(text: str, names: frozenset[str]) -> bool:
    """Tell whether the line below the headline names the author: the old form has it there, and it is no sentence."""
    return (
        names.isdisjoint({"doctext", "article", "section"})
        and len(text.split()) <= _AUTHOR
        and text[-1] not in '.!?…»"'
    )
