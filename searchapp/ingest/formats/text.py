"""Plain text, a file an article; and fields that hold some."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit

from searchapp.ingest.formats.decoding import decode, tidy
from searchapp.ingest.raw import MAX_ARTICLE, MAX_ID, MAX_URL, Item, Raw
from searchapp.sanitize import plain


class Text:
    """Plain text. What is called so may be of another format: its beginning tells."""

    called = "plain text"
    suffixes: tuple[str, ...] = (".txt",)

    def sniff(self, head: bytes) -> bool:  # noqa: ARG002
        """No text is only text: whatever has another's beginning is the other's."""
        return False

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the file as its one item."""
        yield whole(stream, path)

    def identify(self, item: Item) -> str:
        """Return the path without what tells its type."""
        return bare(item.path, self.suffixes)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in the text."""
        return from_text(raw, decode(item.data))


def whole(stream: BinaryIO, path: str) -> Item:
    """Return a file as one item."""
    return Item(path, None, stream.read(MAX_ARTICLE + 1))


def bare(path: str, suffixes: tuple[str, ...]) -> str:
    """Return ``path`` without one of ``suffixes``, and without ``.gz`` behind it."""
    name = path[:-3] if path.lower().endswith(".gz") else path
    suffix = PurePosixPath(name).suffix
    return name.removesuffix(suffix) if suffix.lower() in suffixes else name


def numbered(item: Item, suffixes: tuple[str, ...] = ()) -> str:
    """Return the id of an article that tells none itself: the path of its file and which one of it it is; where it is
    the only one, the path without what tells its type."""
    path = bare(item.path, () if item.number else suffixes)
    return f"{path[: MAX_ID - 12]}#{item.number}" if item.number else path


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


_COPY = re.compile(
    r"https?://[^\s/]{1,200}/(?:[\w.~-]{1,60}/){0,3}(?:19|20)\d{2,12}(?:[a-z]{2}_)?/((?:https?:/{1,2}|www\.)\S+)",
    re.IGNORECASE,
)


def original(url: str | None) -> str | None:
    """Return the address of a page of which ``url`` is that of a copy in a web archive; any other as it is."""
    copy = _COPY.fullmatch((url or "").strip()[:MAX_URL])
    if not copy:
        return url
    scheme, _, rest = copy[1].rpartition(":/") if ":/" in copy[1][:7] else ("http", "", copy[1])
    return f"{scheme}://{rest.lstrip('/')}"


def web_address(url: str | None) -> str | None:
    url = (url or "").strip()
    if not 0 < len(url) <= MAX_URL or not url.isprintable() or re.search(r"[\s<>\"]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
