"""JSON that newsrooms write: its objects, and what stands around them."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO, Final

from searchapp.errors import Rejected
from searchapp.ingest.formats.records.json_file import Cutter
from searchapp.ingest.formats.records.record import object_in
from searchapp.ingest.raw import MAX_ARTICLE, Item

_MAX_HEAD = 2**16  # bytes before a list in which the title of what it is a list of is looked for
_KEPT: Final = ("title", "home_page_url", "language", "authors", "author")  # not how many there are, or when


def cut_objects(stream: BinaryIO, path: str) -> Iterator[Item]:
    """Yield the objects of a JSON file as ``Json`` cuts it. Where they stand in the list of an object that says what it
    is, they are ``{"feed": ..., "item": ...}``, if it says so before the list.

    Each is cut off behind ``MAX_ARTICLE`` bytes. Where there is only the one object, its item has no number.
    """
    cutter = Cutter()
    pieces = cutter.cut(stream)
    first, second = next(pieces, None), next(pieces, None)
    if first is None:
        raise Rejected("There is no JSON object ({…}) in it.")
    feed = _kept_of(cutter.around)
    alone = second is None and not cutter.listed
    for number, piece in enumerate(chain([first], [] if second is None else [second], pieces), 1):
        fits = feed and len(piece) <= MAX_ARTICLE
        data = b'{"feed":' + feed + b',"item":' + piece + b"}" if fits else piece
        yield Item(path, None if alone else number, data)


def _kept_of(around: bytes) -> bytes:
    """Return what is kept of the object around a list, which stands before that; nothing if it cannot be read."""
    try:
        found = json.loads(around[:_MAX_HEAD] + b"]}")
    except (ValueError, RecursionError):
        return b""
    kept = {name: found[name] for name in _KEPT if name in found}
    return json.dumps(kept).encode() if kept else b""


def object_of(item: Item) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return (the fields of an item, those of its feed). Raises Rejected if they are none."""
    found = object_in(item.data)
    if found.keys() != {"feed", "item"} or not isinstance(found["feed"], dict):
        return found, {}
    if not isinstance(found["item"], dict):
        raise Rejected("It is not a JSON object ({…}).")
    return found["item"], found["feed"]


def is_object(data: bytes) -> bool:
    """Tell whether bytes are one whole object."""
    try:
        return isinstance(json.loads(data, strict=False), dict)
    except (ValueError, RecursionError):
        return False


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
