"""Records: articles that come as named fields, whatever the file around them looks like."""

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast

import msgspec

from searchapp.article import Removed
from searchapp.errors import Rejected
from searchapp.ingest.formats.decoding import decode
from searchapp.ingest.formats.html import from_html, is_page
from searchapp.ingest.formats.protocol import Format
from searchapp.ingest.formats.records.field_names import Fields
from searchapp.ingest.formats.records.lenient import Reader, known_by, without_cut
from searchapp.ingest.formats.text import from_text
from searchapp.ingest.notices import Notice
from searchapp.ingest.raw import Item, Raw
from searchapp.ingest.reasons import Reason

Columns = tuple[tuple[str, str], ...]  # (our field, what it is called here), from columns.toml


@dataclass(frozen=True, slots=True)
class Records:
    """What formats of records have in common: an item is a JSON object; docs/formats.md names its fields. ``columns``
    is what the archivist says of their names in the file that is split."""

    columns: Columns = ()

    def with_columns(self, columns: Columns) -> "Format":
        """Return the format for files whose fields the archivist named so."""
        return cast(Format, type(self)(columns)) if columns else cast(Format, self)

    def identify(self, item: Item) -> str:
        """Return the record's id, else a digest of its url or text."""
        return known_by(Reader(_fields(item.data, item.columns)))

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what the fields say; they count before what a page in them says of itself."""
        reader = Reader(_fields(item.data, item.columns))
        reader.name()  # for what is noticed
        raw = _with_text(replace(raw, url=reader.url()), reader)
        return replace(
            raw,
            title=reader.title() or raw.title,
            published=reader.published() or raw.published,
            updated=reader.updated() or raw.updated,
            source=reader.source() or raw.source,
            place=reader.place() or raw.place,
            language=reader.language() or raw.language,
            speakers=reader.speakers(),
            authors=reader.authors() or raw.authors,
            seen=reader.seen() or raw.seen,
            noticed=(*raw.noticed, *reader.noticed),
        )


def _with_text(raw: Raw, reader: Reader) -> Raw:
    """Return ``raw`` with the text of its record, or at least a summary. Raises Rejected when there is neither."""
    text, page = reader.text(), None
    if text is None or is_page(text):
        text, page = None, text or reader.html()
    if text is None and page is None:
        text = reader.summary()
        if text is None:
            raise Rejected("There is no text in it: no field is known to hold it, or it is empty.")
        reader.tell("text", Notice.ONLY_SUMMARY)
    if text is not None:
        text, mark = without_cut(text)
        if mark:
            reader.tell("text", Notice.CUT_OFF)
            raw = replace(raw, removed=(*raw.removed, Removed(mark.strip(), Reason.CUT_OFF)))
        return from_text(raw, text)
    assert page is not None
    return from_html(raw, page) if is_page(page) else replace(from_text(raw, page), is_html=True)


@lru_cache(maxsize=1)  # an item is identified, and parsed right after
def _fields(data: bytes, columns: Columns) -> Fields:
    return Fields(object_in(data), columns)


def object_in(data: bytes) -> dict[str, Any]:
    """Return the JSON object that bytes hold. Raises Rejected if they hold none."""
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = _lenient(data)
    if not isinstance(found, dict):
        raise Rejected("It is not a JSON object ({…}).")
    return found


def _lenient(data: bytes) -> Any:
    """Return the JSON of ``data`` in whatever encoding, with line breaks within its texts and the like."""
    try:
        return json.loads(decode(data), strict=False)
    except json.JSONDecodeError as fault:
        why = fault.msg.removesuffix(" at")
        raise Rejected(f"It is not JSON: {why} at character {fault.pos + 1}.") from fault
    except (RecursionError, ValueError) as fault:
        raise Rejected("Its JSON cannot be read: it is nested too deeply, or holds too long a number.") from fault
