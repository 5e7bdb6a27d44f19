"""JSON lines: one article a line."""

import codecs
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from searchapp.article import Dated
from searchapp.errors import Rejected
from searchapp.ingest.dating.metadata import parse_date
from searchapp.ingest.formats.decoding import decode
from searchapp.ingest.formats.html import from_html, is_page
from searchapp.ingest.formats.text import from_text, one_line, web_address
from searchapp.ingest.raw import MAX_ARTICLE, MAX_ID, MAX_NAME, MAX_SPEAKERS, MAX_TITLE, MAX_URL, Piece, Raw


def lines_of(stream: BinaryIO, path: str) -> Iterator[Piece]:
    number = 0
    while line := stream.readline(MAX_ARTICLE + 1):
        number += 1
        rest = line
        while len(rest) > MAX_ARTICLE and not rest.endswith(b"\n"):  # the tail of a line that is too long
            rest = stream.readline(MAX_ARTICLE + 1)
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if not line.isspace():
            yield Piece(path, number, line.rstrip(b"\r\n") if len(line) <= MAX_ARTICLE else line)


def id_of_line(fields: dict[str, Any]) -> str:
    name = _text(fields, "id", MAX_ID)
    if name is not None:
        return name
    own = _url(fields) or _text(fields, "text", None) or _text(fields, "html", None) or ""
    return hashlib.sha256(own.encode("utf-8", "replace")).hexdigest()[:16]


def from_json(raw: Raw, fields: dict[str, Any]) -> Raw:
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


def fields_of_line(piece: Piece) -> dict[str, Any]:
    try:
        fields = json.loads(decode(piece.data), strict=False)
    except json.JSONDecodeError as fault:
        why = fault.msg.removesuffix(" at")
        raise Rejected(f"The line is not JSON: {why} at character {fault.pos + 1}.") from fault
    except (RecursionError, ValueError) as fault:
        raise Rejected(
            "The line is not JSON that can be read: it is nested too deep or holds too long a number."
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
        raise Rejected('"id" begins or ends with a space or holds a character that cannot be seen.')
    if key == "id" and not {".", ".."}.isdisjoint(value.split("/")):
        raise Rejected('"id" has a part "." or "..", which a browser takes out of the link.')
    return value


def _line(fields: dict[str, Any], key: str, limit: int) -> str | None:
    """Return a field that is one line of text."""
    return one_line(_text(fields, key, None), limit)


def _named(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), "of a wrong type")


def _url(fields: dict[str, Any]) -> str | None:
    url = _text(fields, "url", MAX_URL)
    if url is None:
        return None
    address = web_address(url)
    if address is None:
        raise Rejected(f'"url" is no address of the web (https://…): {url[:80]!r}.')
    return address


def _date(fields: dict[str, Any], key: str) -> Dated | None:
    value = _text(fields, key, None)
    if value is None:
        return None
    dated = parse_date(value, origin="metadata")
    if dated is None:
        raise Rejected(f'"{key}" is no date that can be read: {value[:80]!r}; write 2021-04-27.')
    return dated


def _speakers(fields: dict[str, Any]) -> tuple[str, ...]:
    names = fields.get("speakers") or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise Rejected('"speakers" is not a list of strings.')
    if len(names) > MAX_SPEAKERS:
        raise Rejected(f'"speakers" has more than {MAX_SPEAKERS} names.')
    return tuple(dict.fromkeys(line for name in names if (line := one_line(name, MAX_NAME))))
