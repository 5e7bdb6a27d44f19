"""JSON Feed, an item an article (https://www.jsonfeed.org/version/1.1/)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO
from urllib.parse import urljoin

from searchapp.errors import Rejected
from searchapp.ingest.formats.decoding import beginning
from searchapp.ingest.formats.newsrooms.field_html import from_markup
from searchapp.ingest.formats.newsrooms.objects import cut_objects, object_of, objects_in, text_of
from searchapp.ingest.formats.newsrooms.stated import (
    apart,
    byline,
    dated,
    host_of,
    identity,
    language_of_tag,
    trimmed,
)
from searchapp.ingest.formats.text import from_text, one_line, web_address
from searchapp.ingest.raw import MAX_NAME, MAX_TITLE, Item, Raw
from searchapp.ingest.reasons import Reason

_VERSION = re.compile(r'\s{0,99}\{[^\0]{0,4096}"version"\s{0,9}:\s{0,9}"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/')


class JsonFeed:
    """Feeds in JSON."""

    called = "feeds (JSON Feed)"
    suffixes = ()

    def sniff(self, head: bytes) -> bool:
        """Say whether an object begins so that names a version of the format."""
        return bool(_VERSION.match(beginning(head)))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the items, each with what stands before them in the feed."""
        return cut_objects(stream, path)

    def identify(self, item: Item) -> str:
        """Return the item's id, else its address, else its place."""
        fields, feed = object_of(item)
        link = _link(fields, feed)
        return identity(item, text_of(fields, "id"), link, within=host_of(link or text_of(feed, "home_page_url")))

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what the item holds; a summary where it has no content."""
        fields, feed = object_of(item)
        authors = [text_of(each, "name") for each in _authors(fields) or _authors(feed)]
        raw = replace(
            raw,
            title=one_line(text_of(fields, "title"), MAX_TITLE),
            url=_link(fields, feed),
            source=one_line(text_of(feed, "title"), MAX_NAME),
            language=language_of_tag(text_of(fields, "language") or text_of(feed, "language")),
            removed=apart({Reason.BYLINE: byline(authors)}),
        )
        raw = dated(raw, [text_of(fields, "date_published")], [text_of(fields, "date_modified")])
        for name in ("content_html", "content_text", "summary"):
            text = text_of(fields, name)
            filled = from_markup(raw, text) if name == "content_html" else from_text(raw, text)
            if any(letter.isalnum() for letter in filled.text):
                return trimmed(filled, is_summary=name == "summary")
        raise Rejected("There is no text in it, only a headline." if raw.title else "There is no text in it.")


def _authors(fields: dict[str, Any]) -> list[dict[str, Any]]:
    return objects_in(fields, "authors", "author")


def _link(fields: dict[str, Any], feed: dict[str, Any]) -> str | None:
    written = text_of(fields, "url", "external_url")
    try:
        return web_address(urljoin(text_of(feed, "home_page_url"), written)) if written else None
    except ValueError:
        return None
