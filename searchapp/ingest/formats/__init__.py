"""Raw files to decoded articles: plain text, HTML and JSON lines, each also gzipped.

``find`` and ``pieces`` are cheap and stream; ``parse`` is the heavy part, and needs nothing but its piece.
"""

import codecs
import gzip
import hashlib
import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from searchapp.errors import Rejected
from searchapp.ingest.formats.decoding import as_1252, decode
from searchapp.ingest.formats.html import from_html, is_page
from searchapp.ingest.formats.jsonl import fields_of_line, from_json, id_of_line, lines_of
from searchapp.ingest.formats.text import from_text
from searchapp.ingest.raw import MAX_ARTICLE, Piece, Raw, path_below, unreadable
from searchapp.ingest.steps import step

TEXT, HTML, LINES = (".txt",), (".html", ".htm"), (".jsonl",)


def pieces(file: Path, corpus: Path) -> Iterator[Piece]:
    """Yield the raw articles of a file, one after the other: its whole content, or each line of a JSONL file.

    Raises Rejected when the file is damaged (after those before the damage), Unreadable when the disk or its rights
    are at fault. An article that is too large is yielded cut off, for ``parse`` to reject.
    """
    path = path_below(file, corpus)
    kind = kind_of(file.name)
    if kind is None:
        readable = " ".join(TEXT + HTML + LINES)
        raise Rejected(
            f'Files of type "{"".join(suffixes_of(file.name))}" are not read; {readable} are, and each of them as .gz.'
        )
    with step("reading it"):
        try:
            with _opened(file) as stream:
                if kind == LINES:
                    yield from lines_of(stream, path)
                else:
                    yield Piece(path, None, stream.read(MAX_ARTICLE + 1))
        except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
            raise Rejected(f"The gzip file is damaged: {str(fault).partition(' (')[0]}.") from fault
        except OSError as fault:
            raise unreadable(fault) from fault


def read(path: Path) -> Iterator[Piece]:
    """Yield the raw articles of a single file under its own name, as ``pieces`` does."""
    return pieces(path, path.parent)


def suffixes_of(name: str) -> list[str]:
    """Return the suffix that tells a file's type, lower-cased, and that of its compression."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    return suffixes[-2:] if suffixes[-1:] == [".gz"] else suffixes[-1:]


def kind_of(name: str) -> tuple[str, ...] | None:
    suffix = (suffixes_of(name) or [""])[0]
    return next((kind for kind in (TEXT, HTML, LINES) if suffix in kind), None)


def _opened(file: Path) -> BinaryIO:
    zipped = file.name.lower().endswith(".gz")
    return cast(BinaryIO, gzip.open(file, "rb")) if zipped else file.open("rb")


# --- articles --------------------------------------------------------------------------------------------


@step("reading it")
def identify(piece: Piece) -> tuple[str, str]:
    """Return the id of a piece's article and the digest of its path and raw bytes, without reading the article itself:
    moved elsewhere it may have another source, or be of another type.

    Raises Rejected when the piece is too large, a line is no JSON object or its id is none.
    """
    return _identity(piece, _fields_of(piece))


@step("reading it")
def parse(piece: Piece) -> Raw:
    """Return the article of a piece. Raises Rejected, with the reason, when there is none."""
    fields = _fields_of(piece)
    name, digest = _identity(piece, fields)
    raw = Raw(name, piece.path, piece.line, digest, "")
    if fields is not None:
        raw = from_json(raw, fields)
    else:
        html = kind_of(piece.path) == HTML
        text = decode(piece.data, html=html)
        raw = from_html(raw, text) if html or is_page(text) else from_text(raw, text)
    if not any(letter.isalnum() for letter in raw.text):
        raise Rejected("There is no text in it.")
    return raw


def _fields_of(piece: Piece) -> dict[str, Any] | None:
    """Return the fields of a JSONL line, None for a whole file."""
    if len(piece.data) > MAX_ARTICLE:
        raise Rejected(f"The article is too large: more than {MAX_ARTICLE // 2**20} MB.")
    return fields_of_line(piece) if kind_of(piece.path) == LINES else None


def _identity(piece: Piece, fields: dict[str, Any] | None) -> tuple[str, str]:
    name = _id_of(piece.path) if fields is None else id_of_line(fields)
    return name, hashlib.sha256(os.fsencode(piece.path) + b"\0" + piece.data).hexdigest()[:32]


def _id_of(path: str) -> str:
    name = re.sub(r"\.gz\Z", "", path, flags=re.IGNORECASE)
    return re.sub(r"\.(?:txt|html|htm)\Z", "", name, flags=re.IGNORECASE)


codecs.register_error("searchapp-1252", as_1252)
