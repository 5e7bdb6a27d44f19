"""Plain text, and fields that hold some."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from searchapp.ingest.formats.decoding import tidy
from searchapp.ingest.raw import MAX_URL, Raw
from searchapp.sanitize import plain


def from_text(raw: Raw, text: str) -> Raw:
    return replace(raw, text=_without_markup(text))


def _without_markup(text: str) -> str:
    """Return ``text`` tidy and without markup. What its entities stood for is tidied, too."""
    without = plain(tidy(text))
    return without if without == text else tidy(without)


def one_line(text: str | None, limit: int) -> str | None:
    if not text:
        return None
    line = " ".join(_without_markup(text[: 4 * limit]).split())
    return (line if len(line) <= limit else line[: limit - 1].rstrip() + "…") or None


def web_address(url: str | None) -> str | None:
    url = (url or "").strip()
    if not 0 < len(url) <= MAX_URL or not url.isprintable() or re.search(r"[\s<>\"]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
