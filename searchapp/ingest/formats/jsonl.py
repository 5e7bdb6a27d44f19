"""JSON lines: one article a line."""

import codecs
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from searchapp.article import Dated
from searchapp.errors import Rejected
from searchapp.ingest.dating.metadata import parse_date
from searchapp.ingest.formats.decoding import beginning, decode
from searchapp.ingest.formats.html import from_html, is_page
from searchapp.ingest.formats.text import from_text, one_line, web_address
from searchapp.ingest.raw import MAX_ARTICLE, MAX_ID, MAX_NAME, MAX_SPEAKERS, MAX_TITLE, MAX_URL, Item, Raw

_OBJECT = re.compile(r'\s{0,99}\{\s{0,99}"[^"\n]{1,99}"\s{0,99}:')


class JsonLines:
    """One object a line, with ``text`` or ``html``; docs/ingest.md names the fields."""

    suffixes = (".jsonl",)

    def sniff(self, head: bytes) -> bool:
        """Say whether an object with a key begins so."""
        return bool(_OBJECT.match(beginning(head)))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the lines that are not blank."""
        number = 0
        while line := stream.readline(MAX_ARTICLE + 1):
            number += 1
            rest = line
            while len(rest) > MAX_ARTICLE and not rest.endswith(b"\n"):  # the tail of a line that is too long
                rest = stream.readline(MAX_ARTICLE + 1)
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if not line.isspace():
                yield Item(path, number, line.rstrip(b"\r\n") if len(line) <= MAX_ARTICLE else line)

    def identify(self, item: Item) -> str:
        """Return the line's ``id``, else a digest of its url or text."""
        fields = _fields(item)
        name = _text(fields, "id", MAX_ID)
        if name is not None:
            return name
        own = _url(fields) or _text(fields, "text", None) or _text(fields, "html", None) or ""
        return hashlib.sha256(own.encode("utf-8", "replace")).hexdigest()[:16]

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what the fields of the line say; they count before what a page in them says of itself."""
        fields = _fields(item)
        text, page = _text(fields, "text", None), _text(fields, "html", None)
        if text is None and page is None:
            raise Rejected('There is no text in it: "text" and "html" are missing or empty.')
        raw = replace(raw, url=_url(fields))
        if text is not None:
            raw = from_text(raw, text)
        elif page is not None:
            raw = from_html(raw, page) if is_page(page) else replace(from_text(raw, page), is_html=True)
        return replace(
            raw,
            title=_line(fields, "title", MAX_TITLE) or raw.title,
            published=_date(fields, "date") or raw.published,
            updated=_date(fields, "updated") or raw.updated,
            source=_line(fields, "source", MAX_NAME) or raw.source,
            place=_line(fields, "place", MAX_NAME) or raw.place,
            speakers=_speakers(fields),
        )


def _fields(item: Item) -> dict[str, Any]:
    """Return the object of a line. Raises Rejected if there is none."""
    try:
        fields = json.loads(decode(item.data), strict=False)
    except json.JSONDecodeError as fault:
        why = fault.msg.removesuffix(" at")
        raise Rejected(f"The line is not JSON: {why} at character {fault.pos + 1}.") from fault
    except (RecursionError, ValueError) as fault:
        raise Rejected(
            "The JSON of the line cannot be read: it is nested too deeply, or holds too long a number."
        ) from fault
    if not isinstance(fields, dict):
        raise Rejected('The line is not a JSON object ({"id": …, "text": …}).')
    return fields


def _text(fields: dict[str, Any], key: str, limit: int | None) -> str | None:
    value = fields.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise Rejected(f'"{key}" is {_named(value)}, not a string.')
    if limit is not None and len(value) > limit:
        raise Rejected(f'"{key}" is longer than {limit} characters.')
    if key == "id" and (not value.isprintable() or value != value.strip()):
        raise Rejected('"id" begins or ends with a space or holds an invisible character.')
    if key == "id" and not {".", ".."}.isdisjoint(value.split("/")):
        raise Rejected('"id" has a part "." or "..", which browsers drop from a link.')
    return value


def _line(fields: dict[str, Any], key: str, limit: int) -> str | None:
    """Return a field that is one line of text."""
    return one_line(_text(fields, key, None), limit)


def _named(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), "of the wrong type")


def _url(fields: dict[str, Any]) -> str | None:
    url = _text(fields, "url", MAX_URL)
    if url is None:
        return None
    address = web_address(url)
    if address is None:
        raise Rejected(f'"url" is not a web address (https://…): {url[:80]!r}.')
    return address


def _date(fields: dict[str, Any], key: str) -> Dated | None:
    value = _text(fields, key, None)
    if value is None:
        return None
    dated = parse_date(value, origin="metadata")
    if dated is None:
        raise Rejected(f'"{key}" is not a date that can be read: {value[:80]!r}; write it like 2021-04-27.')
    return dated


def _speakers(fields: dict[str, Any]) -> tuple[str, ...]:
    names = fields.get("speakers") or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Rejected('"speakers" is not a list of strings.')
    if len(names) > MAX_SPEAKERS:
        raise Rejected(f'"speakers" has more than {MAX_SPEAKERS} names.')
    return tuple(dict.fromkeys(line for name in names if (line := one_line(name, MAX_NAME))))
