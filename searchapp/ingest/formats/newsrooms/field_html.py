"""HTML that is the article's throughout: a field of a feed, or of an agency's item. Nothing is extracted from it."""

import re
from dataclasses import replace
from html import unescape
from typing import Final, cast

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from searchapp.article import Removed
from searchapp.ingest.formats.decoding import tidy
from searchapp.ingest.formats.html import from_html, is_page
from searchapp.ingest.formats.markup import LINE, speaking, words_of
from searchapp.ingest.formats.newsrooms.elements import shown
from searchapp.ingest.formats.text import from_text
from searchapp.ingest.raw import Raw
from searchapp.ingest.reasons import Reason

_ELEMENT = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|q|s|em|strong|ul|ol|li|h[1-6]|blockquote|img|figure|table|hr|pre|section|article|cite"
    r"|del|ins|sup|sub|small|code|dl|font|center|iframe|script|style|video|header)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"<(?:p|br)\b", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:div|ul|ol|li|h[1-6]|blockquote|table|section|article|pre)\b", re.IGNORECASE)
_TICKER = re.compile(r"<(?=[A-Z][A-Z0-9]{0,5}(?:\.[A-Z]{1,3})?>)")
_EMPTY_LINES = re.compile(r"\n[ \t\r]{0,99}(?:\n[ \t\r]{0,99}){1,99}")
_UNREAD: Final = frozenset("noscript iframe select button svg object".split())


def from_markup(raw: Raw, text: str, without: frozenset[str] = frozenset()) -> Raw:
    """Fill in a text that is HTML: a page, a piece of one, or words with no more of it than entities. What is struck
    out, captions and elements called as in ``without`` are removed.

    Where no paragraphs are marked, an empty line parts them, as WordPress writes them.
    """
    if is_page(text):
        page = from_html(raw, text)
        return replace(raw, text=page.text, is_html=True, removed=page.removed)
    body = _body(text) if _ELEMENT.search(text) else None
    if body is None:
        return replace(from_text(raw, text if "<" in text else unescape(text)), is_html=True)
    cuts = [Removed(tidy(each), Reason.STRUCK) for each in speaking(body)]
    for reason, names in ((Reason.CAPTION, {"figcaption"}), (Reason.ABOVE, without)):
        cuts += [
            Removed(tidy(each), reason) for name in names for found in body.iter(name) if (each := words_of(found))
        ]
    words = shown(body, without | _UNREAD | {"figcaption"}).replace(LINE, "\n")
    return replace(raw, text=tidy(words), is_html=True, removed=(*raw.removed, *cuts))


def _body(text: str) -> HtmlElement | None:
    """Return the elements of a piece of HTML; None if it is nested too deeply to be read as one."""
    text = _TICKER.sub("&lt;", text.replace("\r\n", "\n").replace("\0", ""))
    if not _PARAGRAPH.search(text):
        text = _EMPTY_LINES.sub("<br><br>", text)
        text = text if _BLOCK.search(text) else text.replace("\n", "<br>")
    parser = HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(f"<html><body>{text}</body></html>", parser=parser)
    except (LxmlError, ValueError, RecursionError, AssertionError):
        return None
    is_whole = all("depth" not in fault.message for fault in parser.error_log)
    return cast(HtmlElement, tree.body) if is_whole and tree.find("body") is not None else None
