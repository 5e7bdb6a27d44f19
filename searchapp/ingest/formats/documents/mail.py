"""Newsletters kept as mail: EML, a message a file, and MBOX, many; and MHTML, a page saved with its pictures."""

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from typing import BinaryIO

from searchapp.errors import Rejected
from searchapp.ingest.dating.metadata import parse_date
from searchapp.ingest.formats.decoding import decode, tidy
from searchapp.ingest.formats.html import from_html
from searchapp.ingest.formats.text import bare, from_text, numbered, one_line, web_address
from searchapp.ingest.raw import MAX_ARTICLE, MAX_ID, MAX_NAME, MAX_TITLE, Item, Raw

_FIELD = re.compile(
    rb"^(?:from|to|subject|date|message-id|received|return-path|delivered-to|mime-version|content-type|reply-to"
    rb"|sender)[ \t]{0,9}:",
    re.IGNORECASE | re.MULTILINE,
)
_ANY_FIELD = re.compile(rb"[!-9;-~]{1,80}[ \t]{0,9}:")
_ENVELOPE = re.compile(rb"From \S{1,200} .{1,200}\d\d:\d\d")
_FEWEST = 3  # fields of a head by which it is known
_MAX_PAGE = 8 * MAX_ARTICLE  # bytes of a page saved with its pictures


class Mail:
    """One message, or a box of them."""

    called = "mail: messages, mailboxes"
    suffixes = (".eml", ".mbox")

    def sniff(self, head: bytes) -> bool:
        """Say whether a message or a box begins so."""
        is_box = _ENVELOPE.match(head) is not None
        first = head.partition(b"\n")[2] if is_box else head
        return _ANY_FIELD.match(first) is not None and len(_fields(first)) >= _FEWEST

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the messages; that of a file that holds no more than one has no number."""
        messages = _messages(stream)
        first = next(messages, b"")
        second = next(messages, None)
        if second is None:
            yield Item(path, None, first)
            return
        yield Item(path, 1, first)
        yield Item(path, 2, second)
        for number, data in enumerate(messages, 3):
            yield Item(path, number, data)

    def identify(self, item: Item) -> str:
        """Return the path without what tells its type; of a box the message's own id, or its number."""
        if item.number is None:
            return bare(item.path, self.suffixes)
        head = item.data[: MAX_ID * 100].partition(b"\n\n")[0]
        found = re.search(rb"^message-id[ \t]*:\s{0,9}<([!-=?-~]{1,400})>", head, re.IGNORECASE | re.MULTILINE)
        own = found[1].decode("ascii") if found else ""
        return own if own and {".", ".."}.isdisjoint(own.split("/")) else numbered(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in the text of a message, who sent it, under which subject, and when."""
        message = _read(item.data)
        raw = _with_text(raw, message)
        name, address = parseaddr(_line(message, "From"))
        return replace(
            raw,
            title=one_line(_line(message, "Subject"), MAX_TITLE),
            published=parse_date(re.sub(r"\s*\([^)]*\)\s*\Z", "", _line(message, "Date")), origin="metadata")
            or raw.published,
            source=one_line(name, MAX_NAME) or one_line(address.rpartition("@")[2], MAX_NAME),
        )


class Mhtml:
    """Pages that browsers save in one file."""

    called = "pages saved in one file (MHTML)"
    suffixes = (".mhtml", ".mht")

    def sniff(self, head: bytes) -> bool:
        """Say whether a saved page begins so."""
        return (
            _ANY_FIELD.match(head) is not None
            and len(_fields(head)) >= _FEWEST - 1
            and b"multipart/related" in head.lower()
        )

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the page as its one item, without its pictures if they are large."""
        data = stream.read(_MAX_PAGE)
        if len(data) > MAX_ARTICLE:
            message = _read(data)
            page = _part(message, "text/html")
            page_data = b"" if page is None else _payload(page)
            charset = "utf-8" if page is None else page.get_content_charset("utf-8")
            head = f"Content-Type:text/html;charset={charset}\nContent-Location:{_location(message, page)}\n\n"
            data = head.encode("utf-8", "replace") + page_data
        yield Item(path, None, data)

    def identify(self, item: Item) -> str:
        """Return the path without what tells its type."""
        return bare(item.path, self.suffixes)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in the page. When it was saved says nothing of when it was published."""
        message = _read(item.data)
        page = _part(message, "text/html")
        if page is None:
            raise Rejected("There is no HTML page in it.")
        raw = replace(raw, url=web_address(_location(message, page)))
        return from_html(raw, decode(_payload(page), html=True, declared=page.get_content_charset()))


def _fields(head: bytes) -> set[bytes]:
    """Return the known fields of the head of a message, up to its first empty line."""
    head = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return {found.rstrip(b" \t:").lower() for found in _FIELD.findall(head)}


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the messages of a box (or the one that a file is), each cut off behind MAX_ARTICLE bytes."""
    lines: list[bytes] = []
    size, after_blank = 0, True
    while line := stream.readline(MAX_ARTICLE):
        if after_blank and _ENVELOPE.match(line):
            if size:
                yield b"".join(lines)
            lines, size, after_blank = [], 0, False
            continue
        after_blank = not line.strip()
        if line.startswith(b">") and re.match(rb">+From ", line):
            line = line[1:]
        if size <= MAX_ARTICLE:
            lines.append(line)
            size += len(line)
    if size:
        yield b"".join(lines)


def _read(data: bytes) -> Message:
    try:
        return email.message_from_bytes(data)
    except (RecursionError, ValueError, LookupError) as fault:
        raise Rejected("The message is damaged, or its parts are nested too deeply.") from fault


def _with_text(raw: Raw, message: Message) -> Raw:
    for kind in ("text/html", "text/plain"):
        part = _part(message, kind)
        data = b"" if part is None else _payload(part)
        if part is None or not data.strip():
            continue
        text = decode(data, html=kind == "text/html", declared=part.get_content_charset())
        return from_html(raw, text) if kind == "text/html" else from_text(raw, text)
    raise Rejected("There is no text in the message.")


def _part(message: Message, kind: str) -> Message | None:
    """Return the first part of a message of a kind that is no attachment."""
    try:
        parts = list(message.walk())
    except RecursionError as fault:
        raise Rejected("The message is damaged, or its parts are nested too deeply.") from fault
    shown = (part for part in parts if part.get_content_disposition() != "attachment" and not part.is_multipart())
    return next((part for part in shown if part.get_content_type() == kind), None)


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _location(message: Message, page: Message | None) -> str:
    found = message.get("Snapshot-Content-Location") or (page and page.get("Content-Location"))
    return str(found or message.get("Content-Location") or "").strip()


def _line(message: Message, name: str) -> str:
    """Return a field of the head as one line, decoded."""
    value = str(message.get(name) or "")[: 4 * MAX_TITLE]
    with suppress(ValueError, LookupError):
        value = str(make_header(decode_header(value)))
    return " ".join(tidy(value).split())
