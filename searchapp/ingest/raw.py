"""A raw article, before and after it is decoded, and the bounds of what is taken in."""

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from searchapp.article import Dated, Noticed, Pickled, Removed
from searchapp.errors import Unreadable

_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")  # to a terminal, in a name
MAX_ARTICLE = 10 * 2**20  # bytes of one article, unzipped; the longest novel has a third of it
MAX_ID, MAX_NAME, MAX_TITLE, MAX_URL, MAX_SPEAKERS = 500, 200, 500, 2_000, 200  # characters; how many


@dataclass(frozen=True, slots=True)
class Item(Pickled):
    """One raw article as it lies in a file, undecoded but unzipped.

    ``path`` is as ``path_below`` gives it; ``number`` tells from 1 which one of a file of many it is (of JSON lines:
    the line; of tables: the row), and is None where the file is one article. ``format`` names what it was read as;
    ``columns`` what the archivist said of the names of its fields (ours, theirs). ``id`` and ``digest`` are empty until
    it is identified.
    """

    path: str
    number: int | None
    data: bytes
    format: str = ""
    id: str = ""
    digest: str = ""
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Raw(Pickled):
    """A decoded article before cleaning. ``digest`` is the beginning of the SHA-256 of its path and raw bytes, 32
    hex digits.

    ``text`` is NFC, free of markup, mojibake and control characters; lines end with "\\n". ``is_html``: it is the
    main text of an HTML page, found by trafilatura; then ``page`` is all that the page shows, comments and what stands
    beside the article left out, if its metadata give no day of publication: where that is looked for. ``removed`` is
    what the format itself set apart from the text: a cover page, index terms, a notice of rights. ``noticed`` tells
    what of its metadata was left out. ``seen`` is the latest time that it tells of itself, in UTC as ISO 8601 writes it
    (a day alone is its beginning), be it published, updated or fetched then; "" if it tells none. ``last_title`` and
    ``last_day`` are what the properties of a document say; they count where nothing else tells.
    """

    id: str
    path: str
    number: int | None
    digest: str
    text: str
    is_html: bool = False
    title: str | None = None
    url: str | None = None
    published: Dated | None = None
    updated: Dated | None = None
    source: str | None = None
    place: str | None = None
    language: str | None = None
    speakers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    page: str = ""
    removed: tuple[Removed, ...] = ()
    noticed: tuple[Noticed, ...] = ()
    seen: str = ""
    last_title: str | None = None
    last_day: Dated | None = None


def path_below(path: Path, corpus: Path) -> str:
    """Return the path of a file or folder below the corpus, by which it is known, ``as_text``."""
    return as_text(path.relative_to(corpus))


def as_text(path: Path | str) -> str:
    """Return a path as text that can be stored and printed: bytes of it that are no UTF-8, and characters that move the
    cursor, break a line or turn the direction of writing, as escapes (``\\xff``, ``\\u202e``)."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return _COMMANDS.sub(lambda found: found[0].encode("unicode-escape").decode(), text)


def path_source(path: str) -> str | None:
    """Return the first folder below the corpus, which names the source where nothing else does."""
    parts = PurePosixPath(path).parts if "/" in path else ()
    return parts[0] if len(parts) > 1 else None


def unreadable(fault: OSError) -> Unreadable:
    return Unreadable(f"The file cannot be read: {fault.strerror or fault}.")
