"""Markdown, as note-taking programs and static sites keep articles; front matter gives fields."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from searchapp.ingest.dating.metadata import parse_date
from searchapp.ingest.formats.decoding import decode
from searchapp.ingest.formats.documents.document import Document, from_document
from searchapp.ingest.formats.text import Text, one_line, web_address
from searchapp.ingest.raw import MAX_NAME, MAX_TITLE, Item, Raw
from searchapp.sanitize import plain

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\n(.{0,20000}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"^([A-Za-z][\w -]{0,40}?)[ \t]{0,9}[:=][ \t]{1,9}(\S.{0,2000})$", re.MULTILINE)
_FIELDS = {
    "title": ("title", "headline"),
    "published": ("date", "published", "pubdate", "published_at", "publish_date", "publication date"),
    "updated": ("updated", "modified", "lastmod", "last_modified"),
    "source": ("source", "publication", "newspaper", "site", "publisher", "outlet"),
    "url": ("url", "link", "canonical", "canonical_url", "source_url"),
    "author": ("author", "authors", "byline", "by"),
    "place": ("place", "location", "dateline"),
}


class Markdown(Text):
    """Texts in Markdown, by their name alone: nothing in them tells for sure."""

    called = "texts in Markdown"
    suffixes = (".md", ".markdown")

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in the text without its marks, and the fields of the front matter."""
        text = decode(item.data).replace("\r\n", "\n")
        front = _FRONT.match(text)
        fields = (
            {found[1].lower(): found[2].strip().strip("\"'") for found in _ENTRY.finditer(front[2])} if front else {}
        )
        given = {name: next((fields[key] for key in keys if key in fields), "") for name, keys in _FIELDS.items()}
        raw = from_document(raw, _document(text[front.end() :] if front else text))
        return replace(
            raw,
            title=one_line(given["title"], MAX_TITLE) or raw.title,
            published=parse_date(given["published"], origin="metadata"),
            updated=parse_date(given["updated"], origin="metadata"),
            source=one_line(given["source"], MAX_NAME),
            place=one_line(given["place"], MAX_NAME),
            authors=tuple(filter(None, [one_line(given["author"].strip("[]"), MAX_NAME)])),
            url=web_address(given["url"]) or web_address(given["source"]),
        )


def _document(text: str) -> Document:
    from markdown_it import MarkdownIt  # here, since few texts need it

    document = Document()
    heading = ""
    for token in MarkdownIt("commonmark").enable(["strikethrough", "table"]).parse(text):
        if token.type == "heading_open":
            heading = token.tag
        elif token.type == "inline":
            words = _words(token, document.struck)
            if heading == "h1" and document.title is None and not document.paragraphs:
                document.title = words
            document.paragraphs.append(words)
            heading = ""
        elif token.type in ("code_block", "fence"):
            document.paragraphs.append(token.content)
        elif token.type == "html_block":
            document.paragraphs.append(plain(token.content))
    return document


def _words(paragraph: "Token", struck: list[str]) -> str:
    """Return the words of a paragraph without its marks and pictures; what is struck out goes to ``struck``."""
    parts: list[str] = []
    gone: list[str] | None = None
    for token in paragraph.children or ():
        if token.type == "s_open":
            gone = []
        elif token.type == "s_close" and gone is not None:
            struck.append("".join(gone))
            gone = None
        elif token.type in ("text", "code_inline", "softbreak", "hardbreak", "text_special"):
            words = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
            (parts if gone is None else gone).append(words)
    return "".join(parts)
