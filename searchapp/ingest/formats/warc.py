"""Web archives: WARC files, and WACZ files, which are zip files of them. Each HTML page or PDF in them is an article.

Read after ISO 28500:2017. The readers of others were tried and lose pages: fastwarc 2.0.1 ends at an answer packed by
brotli or one that is not read to its end, warcio 1.8.1 fails at brotli 1.2 and does not know zstd.
"""

import gzip
import hashlib
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from email.message import Message
from typing import BinaryIO, cast

from searchapp.errors import Rejected
from searchapp.ingest.formats.decoding import beginning, decode
from searchapp.ingest.formats.documents.pdf import MAGIC as PDF
from searchapp.ingest.formats.documents.pdf import from_pdf
from searchapp.ingest.formats.html import from_html, is_page
from searchapp.ingest.formats.http import head_of, unpacked
from searchapp.ingest.formats.packed import ZIP, opened_zip
from searchapp.ingest.formats.text import original, web_address
from searchapp.ingest.raw import MAX_ARTICLE, MAX_ID, MAX_URL, Item, Raw

_RECORD = re.compile(rb"WARC/[0-9]\.[0-9]")
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_MAX_LINE, _MAX_LINES = 2**16, 200  # of the head of a record
_MAX_HEAD = 2**16  # bytes of the head of an answer, beside its body
_CHUNK = 2**20
_CUT_OFF = "The file ends within a record: fetch it again."


class Warc:
    """Web archives, plain or (as they mostly are) each record gzipped."""

    called = "web archives (WARC)"
    suffixes = (".warc",)

    def sniff(self, head: bytes) -> bool:
        """Say whether a record begins so."""
        return _RECORD.match(head) is not None

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the pages that servers answered with, by their number among these."""
        for number, data in enumerate(_pages(stream), 1):
            yield Item(path, number, data)

    def identify(self, item: Item) -> str:
        """Return the page's address."""
        head = _head(item.data)[0]
        if head.fault:
            raise Rejected(head.fault)
        url = original(head.url) or ""
        is_id = len(url) <= MAX_ID and url.isprintable() and {".", ".."}.isdisjoint(url.split("/"))
        return url if is_id else hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:16]

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in the page and its address. When it was fetched says nothing of when it was published."""
        head, body = _head(item.data)
        if head.fault:
            raise Rejected(head.fault)
        raw = replace(raw, url=web_address(original(head.url)))
        if body.startswith(PDF):
            return from_pdf(raw, body)
        return from_html(raw, decode(body, html=True, declared=head.charset or None))


class Wacz(Warc):
    """Web archives of WARC files in a zip file."""

    called = "web archives in a zip file (WACZ)"
    suffixes = (".wacz",)

    def sniff(self, head: bytes) -> bool:
        """Say whether it is a zip file with such files in it."""
        return head.startswith(ZIP) and re.search(rb"\narchive/[^\n]{1,500}\.warc(?:\.gz)?\n", head) is not None

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the pages of its files, by their number among all."""
        number = 0
        with opened_zip(stream) as packed:
            for name in sorted(packed.namelist()):
                if not name.endswith((".warc", ".warc.gz")):
                    continue
                with packed.open(name) as file, closing(_unzipped(cast(BinaryIO, file))) as records:
                    for data in _pages(records):
                        number += 1
                        yield Item(path, number, data)


@dataclass(frozen=True, slots=True)
class _Head:
    """What is known of a page besides itself, in an item a line each above it. ``fault``: why there is none."""

    url: str
    fetched: str = ""
    charset: str = ""
    fault: str = ""

    def above(self, body: bytes) -> bytes:
        lines = (self.url, self.fetched, self.charset, self.fault)
        return "\n".join(" ".join(line.split()) for line in lines).encode("utf-8", "replace") + b"\n" + body


def _head(data: bytes) -> tuple[_Head, bytes]:
    *lines, body = data.split(b"\n", 4)
    return _Head(*(line.decode("utf-8", "replace") for line in lines)), body


def _pages(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the pages of an archive with their heads above them; what is no page is passed over."""
    seen: set[bytes] = set()
    for fields, block in _records(stream):
        kind, url = (fields.get("WARC-Type") or "").lower(), (fields.get("WARC-Target-URI") or "").strip("<> ")
        if kind not in ("response", "revisit") or not url.lower().startswith("http"):
            continue
        head = _Head(url[:MAX_URL], fields.get("WARC-Date") or "")
        status, told, body = head_of(block)
        charset = told.get_content_charset() or ""
        named = told.get_content_type() if told.get("Content-Type") else ""
        digest = hashlib.sha256((fields.get("WARC-Payload-Digest") or "").encode()).digest()[:8]
        if kind == "revisit":
            if digest not in seen and status in (0, 200, 304) and named in {"", *_HTML}:
                why = "It says only that the page was the same as on an earlier visit, which is not in this file."
                yield replace(head, fault=why).above(b"")
            continue
        if status != 200 or (named and named not in _HTML and named != "application/pdf"):
            continue
        try:
            page = unpacked(told, body, MAX_ARTICLE)
        except Rejected as fault:
            yield replace(head, fault=str(fault)).above(b"")
            continue
        if page.startswith(PDF) or named in _HTML or is_page(beginning(page[:4_096])):
            seen.add(digest)
            yield replace(head, charset=charset).above(page)


def _records(stream: BinaryIO) -> Iterator[tuple[Message, bytes]]:
    """Yield the head and the block of each record, the block cut off behind what an article may have. What stands
    between records and is none is passed over."""
    while line := stream.readline(_MAX_LINE):
        if not _RECORD.match(line):
            continue
        fields = Message()
        for _ in range(_MAX_LINES):
            line = stream.readline(_MAX_LINE)
            name, colon, value = line.decode("utf-8", "replace").partition(":")
            if not line:
                raise Rejected(_CUT_OFF)
            if not line.strip():
                break
            if colon and name.strip():
                fields[name.strip()] = value.strip()
        length = fields.get("Content-Length") or ""
        size = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else 0
        block = stream.read(min(size, MAX_ARTICLE + _MAX_HEAD))
        left = size - len(block)
        while left > 0 and (passed := stream.read(min(left, _CHUNK))):
            left -= len(passed)
        if left > 0:
            raise Rejected(_CUT_OFF)
        yield fields, block


def _unzipped(file: BinaryIO) -> BinaryIO:
    """Return the records of a file that is within another, unzipped if they are gzipped."""
    if file.read(2) != b"\x1f\x8b":
        file.seek(0)
        return file
    file.seek(0)
    return cast(BinaryIO, gzip.GzipFile(fileobj=file))
