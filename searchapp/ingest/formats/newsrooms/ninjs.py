"""ninjs 1 to 3, the News in JSON of the IPTC, and Superdesk's form of it: an item a file, a list of them, or lines."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, Final

from searchapp.errors import Rejected
from searchapp.ingest.formats.decoding import beginning
from searchapp.ingest.formats.newsrooms.elements import element_of
from searchapp.ingest.formats.newsrooms.field_html import from_markup
from searchapp.ingest.formats.newsrooms.nitf import from_nitf
from searchapp.ingest.formats.newsrooms.objects import cut_objects, is_object, object_of, objects_in, text_of
from searchapp.ingest.formats.newsrooms.stated import (
    apart,
    byline,
    dated,
    identity,
    language_of_tag,
    place_of,
    refuse_unreleased,
    trimmed,
)
from searchapp.ingest.formats.records.jsonl import JsonLines
from searchapp.ingest.formats.text import from_text, one_line, web_address
from searchapp.ingest.raw import MAX_NAME, MAX_TITLE, Item, Raw
from searchapp.ingest.reasons import Reason

_OBJECT = re.compile(r'\s{0,99}\[?\s{0,99}\{\s{0,99}"')
_NAMED = re.compile(r'"(?:uri|guid)"\s{0,9}:')
_OWN = re.compile(
    r'"(?:version[cC]reated|pub[sS]tatus|representation[tT]ype|body_(?:x?html|text|main)|headline_main|headlines|bodies)"\s{0,9}:'
    r'|"name"\s{0,9}:\s{0,9}"ninjs"'
)
_MAX_LINE = 2**20  # bytes of the first lines that are looked at
_NOT_TEXT: Final = ("picture", "photo", "graphic", "video", "audio")
_MARKUP = re.compile(r"html|richtext|body_main", re.IGNORECASE)


class Ninjs:
    """News items in JSON, as their keys show."""

    called = "news items (ninjs)"
    suffixes = (".ninjs",)

    def sniff(self, head: bytes) -> bool:
        """Say whether an object with keys of the standard begins so."""
        text = beginning(head)
        line = text.partition("\n")[0]
        text = line if is_object(line.encode()) else text  # of lines each is an item
        return bool(_OBJECT.match(text) and _NAMED.search(text) and _OWN.search(text))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the items; of lines each by itself, so that a damaged one costs no other."""
        first, second = stream.readline(_MAX_LINE), stream.readline(_MAX_LINE)
        stream.seek(0)
        are_lines = second.strip() and is_object(first)
        return JsonLines().split(stream, path) if are_lines else cut_objects(stream, path)

    def identify(self, item: Item) -> str:
        """Return the item's uri or guid, else its place."""
        fields, _ = object_of(item)
        return identity(item, text_of(fields, "uri"), text_of(fields, "guid"))

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in the text and its metadata. Raises Rejected if there is none, or it may not be shown (yet)."""
        fields, _ = object_of(item)
        embargo = fields.get("embargoed")
        until = None if embargo in (None, False) else embargo if isinstance(embargo, str) else ""
        version = text_of(fields, "versioncreated", "versionCreated")
        refuse_unreleased(text_of(fields, "pubstatus", "pubStatus"), until, version)
        kind = text_of(fields, "type")
        if kind in _NOT_TEXT:
            raise Rejected(f"It is no article: its type is {kind!r}.")
        sources = objects_in(fields, "infosource", "infosources", "infoSources", "provider")
        source = text_of(fields, "source") or next((name for each in sources if (name := text_of(each, "name"))), "")
        raw = replace(
            raw,
            title=one_line(_valued(fields, "headline", "headlines") or text_of(fields, "title"), MAX_TITLE),
            url=web_address(text_of(fields, "uri")) if _is_page(fields) else None,
            source=one_line(source, MAX_NAME),
            place=one_line(place_of(text_of(fields, "located")), MAX_NAME),
            language=language_of_tag(text_of(fields, "language")),
            removed=apart(
                {
                    Reason.BYLINE: byline([text_of(fields, "byline", "by") or "; ".join(_authors(fields))]),
                    Reason.STANDFIRST: _valued(fields, "description", "descriptions"),
                    Reason.SLUG: text_of(fields, "slugline", "slug"),
                    Reason.NOTICE: text_of(fields, "ednote", "edNote"),
                }
            ),
        )
        first = [text_of(fields, name) for name in ("firstpublished", "firstPublished", "firstcreated", "firstCreated")]
        raw = dated(raw, [*first, text_of(fields, "contentcreated", "contentCreated"), version], [version])
        return _with_text(raw, fields, item)


def _is_page(fields: dict[str, Any]) -> bool:
    return not re.search(r"//[^/]{0,99}(?:newsitem|ninjs|api|content)", text_of(fields, "uri"))


def _authors(fields: dict[str, Any]) -> list[str]:
    return [text_of(each, "name") for each in objects_in(fields, "authors") if text_of(each, "role") != "editor"]


def _valued(fields: dict[str, Any], name: str, plural: str) -> str:
    """Return a text of several forms: a field (or one that begins so), or the main one of a list of objects."""
    forms = objects_in(fields, plural)
    main = [each for each in forms if text_of(each, "role") in ("main", "")] or forms
    listed = next((value for each in main if (value := text_of(each, "value"))), "")
    names = sorted((each for each in fields if each.startswith(f"{name}_")), key=lambda each: "main" not in each)
    return listed or text_of(fields, name, f"{name}_text", *names)


def _with_text(raw: Raw, fields: dict[str, Any], item: Item) -> Raw:
    """Fill in the body: the form with paragraphs before that without."""
    bodies = [
        (text_of(each, "value"), f"{text_of(each, 'contentType', 'contenttype')} {text_of(each, 'role')}")
        for each in objects_in(fields, "bodies")
    ]
    bodies += [(text_of(fields, name), name) for name in fields if name.startswith("body_")]
    for text, kind in sorted(bodies, key=lambda body: not _MARKUP.search(body[1])):
        if text.lstrip().startswith(("<nitf", "<?xml")) and "<nitf" in text[:2_000]:
            return from_nitf(raw, element_of(replace(item, data=text.encode()), ("nitf",)))
        filled = (
            from_markup(raw, text) if _MARKUP.search(kind) or text.lstrip().startswith("<") else from_text(raw, text)
        )
        if any(letter.isalnum() for letter in filled.text):
            return filled
    brief = from_markup(raw, _valued(fields, "description", "descriptions"))
    if any(letter.isalnum() for letter in brief.text) and text_of(fields, "type") in ("", "text"):
        return trimmed(brief, is_summary=True)
    raise Rejected("There is no text in it: it has no body.")
