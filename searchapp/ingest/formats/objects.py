"""JSON files of many articles: cut into the objects that hold one each, by their brackets, in bounded memory."""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from searchapp.errors import Rejected
from searchapp.ingest.formats.decoding import decode
from searchapp.ingest.raw import MAX_ARTICLE, Item

_CHUNK = 2**16  # bytes that are read at once
_MAX_LINE = 2**20  # bytes of a first line that is looked at: whether it is a whole object
_BRACKET = re.compile(rb'["{}\[\]]')
_IN_STRING = re.compile(rb'\\|"')
_KEY = re.compile(rb'"([^"\\]{1,40})"\s{0,99}:\s{0,99}\Z')
LISTS: Final = ("items", "item", "_items", "entries", "results", "data", "news")


def cut_objects(stream: BinaryIO, path: str) -> Iterator[Item]:
    """Yield the objects of a JSON file, each as ``{"feed": ..., "item": ...}``: those of a list, those that stand one
    after the other, or those in a list (``LISTS``) of an object, whose other fields so far are ``feed``.

    Each is cut off behind ``MAX_ARTICLE`` bytes. Where there is only the one object, its item has no number.
    """
    cutter = _Cutter(stream)
    pieces = iter(cutter)
    first, second = next(pieces, None), next(pieces, None)
    number = 0
    for piece in (first, second):
        if piece is not None:
            number += 1
            yield _item(path, number if second is not None or cutter.listed else None, cutter.feed, piece)
    for piece in pieces:
        number += 1
        yield _item(path, number, cutter.feed, piece)


def object_of(item: Item) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (the fields of an item, those of its feed). Raises Rejected if they are none."""
    try:
        found = json.loads(decode(item.data), strict=False)
    except json.JSONDecodeError as fault:
        why = fault.msg.removesuffix(" at")
        raise Rejected(f"It is not JSON: {why} at character {fault.pos + 1}.") from fault
    except (RecursionError, ValueError) as fault:
        raise Rejected("Its JSON cannot be read: it is nested too deeply, or holds too long a number.") from fault
    if isinstance(found, dict) and found.keys() == {"feed", "item"} and isinstance(found["feed"], dict):
        found, feed = found["item"], found["feed"]
    else:
        feed = {}
    if not isinstance(found, dict):
        raise Rejected("It is not a JSON object.")
    return found, feed


def text_of(fields: dict[str, Any], *names: str) -> str:
    """Return the first of the fields that holds text, or a number, as text."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def objects_in(fields: dict[str, Any], *names: str) -> list[dict[str, Any]]:
    """Return the objects of the first of the fields that holds some: one, or a list."""
    for name in names:
        value = fields.get(name)
        found = [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]
        if found:
            return found
    return []


def _item(path: str, number: int | None, feed: bytes, piece: bytes) -> Item:
    if len(piece) > MAX_ARTICLE:
        return Item(path, number, piece)
    return Item(path, number, b'{"feed":' + feed + b',"item":' + piece + b"}" if feed else piece)


class _Cutter:
    """The objects of a stream. ``listed``: they stand in a list; ``feed`` is the object around it, as far as known."""

    def __init__(self, stream: BinaryIO) -> None:
        self.listed, self.feed = False, b""
        self._stream = stream
        self._piece = bytearray()
        self._depth, self._base = 0, 0  # how deep we are; how deep what is cut stands

    def __iter__(self) -> Iterator[bytes]:
        in_string = is_escaped = False
        while chunk := self._stream.read(_CHUNK):
            at = 0
            while at < len(chunk):
                if is_escaped:
                    self._keep(chunk[at : at + 1])
                    at, is_escaped = at + 1, False
                    continue
                match = (_IN_STRING if in_string else _BRACKET).search(chunk, at)
                to = match.end() if match else len(chunk)
                mark = match[0] if match else b""
                if mark in (b"]", b"}") and mark:
                    self._keep(chunk[at:to])
                    yield from self._closed()
                elif mark in (b"[", b"{") and mark:
                    self._opened(chunk[at : to - 1], mark)
                else:
                    self._keep(chunk[at:to])
                    in_string ^= mark == b'"'
                    is_escaped = mark == b"\\"
                at = to
        if self._piece.strip(b" \t\r\n,"):
            yield bytes(self._piece)

    def _keep(self, data: bytes) -> None:
        if self._depth > self._base:
            self._piece += data[: max(0, MAX_ARTICLE + 1 - len(self._piece))]

    def _opened(self, before: bytes, bracket: bytes) -> None:
        """Go one deeper. What is cut stands in the list that the file is, or in one of a known name in its object."""
        self._keep(before)
        self._depth += 1
        key = _KEY.search(self._piece[-200:]) if bracket == b"[" and (self._depth, self._base) == (2, 0) else None
        if key and key[1].decode("ascii", "replace") in LISTS:
            self.feed, self._piece = bytes(self._piece) + b"null}", bytearray()
        if (bracket == b"[" and self._depth == 1) or (key and self.feed):
            self.listed, self._base = True, self._depth
        else:
            self._keep(bracket)

    def _closed(self) -> Iterator[bytes]:
        self._depth = max(0, self._depth - 1)
        if self._depth == self._base and self._piece:
            yield bytes(self._piece)
            self._piece = bytearray()
        if self._depth == 0:
            self._base = 0
