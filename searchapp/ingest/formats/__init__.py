"""The table of formats, and the ways in: which format a file is of, its items, their ids, and what they hold.

``items`` and ``identify`` are cheap and stream; ``parse`` is the heavy part, and needs nothing but its item.
"""

import errno
import gzip
import hashlib
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, cast

from searchapp.errors import Rejected
from searchapp.ingest.formats.databases import EXPORTS, MayExport
from searchapp.ingest.formats.documents import docx, odt, pdf, rtf
from searchapp.ingest.formats.documents.docx import Docx
from searchapp.ingest.formats.documents.mail import Mail, Mhtml
from searchapp.ingest.formats.documents.markdown import Markdown
from searchapp.ingest.formats.documents.odt import Odt
from searchapp.ingest.formats.documents.pdf import Pdf
from searchapp.ingest.formats.documents.rtf import Rtf
from searchapp.ingest.formats.html import Html
from searchapp.ingest.formats.newsrooms.feeds import Feeds
from searchapp.ingest.formats.newsrooms.jsonfeed import JsonFeed
from searchapp.ingest.formats.newsrooms.newsml import Newsml1, NewsmlG2
from searchapp.ingest.formats.newsrooms.ninjs import Ninjs
from searchapp.ingest.formats.newsrooms.nitf import Nitf
from searchapp.ingest.formats.newsrooms.wires import Anpa, Iptc7901
from searchapp.ingest.formats.packed import head_of
from searchapp.ingest.formats.protocol import Format
from searchapp.ingest.formats.records.columns import columns_for
from searchapp.ingest.formats.records.json_file import Json
from searchapp.ingest.formats.records.jsonl import JsonLines
from searchapp.ingest.formats.records.record import Records
from searchapp.ingest.formats.records.sheets import Sheets
from searchapp.ingest.formats.records.tables import Tables
from searchapp.ingest.formats.text import Text
from searchapp.ingest.formats.warc import Wacz, Warc
from searchapp.ingest.raw import MAX_ARTICLE, Item, Raw, path_below, unreadable
from searchapp.ingest.steps import step

FORMATS: Final[dict[str, Format]] = {
    "warc": Warc(),
    "wacz": Wacz(),
    "mhtml": Mhtml(),
    "mail": Mail(),
    "pdf": MayExport(Pdf(), pdf.lines, pdf.first_lines),
    "docx": MayExport(Docx(), docx.paragraphs),
    "odt": MayExport(Odt(), odt.paragraphs),
    "rtf": MayExport(Rtf(), rtf.paragraphs),
    **EXPORTS,
    "feed": Feeds(),
    "newsml-g2": NewsmlG2(),
    "newsml": Newsml1(),
    "nitf": Nitf(),
    "jsonfeed": JsonFeed(),
    "ninjs": Ninjs(),
    "iptc7901": Iptc7901(),
    "anpa": Anpa(),
    "html": Html(),
    "json": Json(),
    "jsonl": JsonLines(),
    "table": Tables(),
    "sheet": Sheets(),
    "markdown": Markdown(),
    "text": Text(),
}
_GZIP = b"\x1f\x8b"


def is_read(file: Path) -> bool:
    """Say whether a file is read: its name tells that it is of a format, or else its beginning does. One that cannot be
    opened is, too, so that ``items`` tells why."""
    if _by_suffix(file.name):
        return True
    try:
        with _opened(file) as stream:
            return _shown(head_of(stream)) is not None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return False
    except OSError:
        return True


def items(file: Path, corpus: Path, tell: Callable[[int], None] = lambda _: None) -> Iterator[Item]:
    """Yield the raw articles of a file, one after the other, as its format parts them; ``tell`` is told before each how
    many bytes of the file, as it lies on the disk, have been read for it.

    Raises Rejected when the file is damaged (after those before the damage), Unreadable when the disk or its rights
    are at fault. An article that is too large is yielded cut off, for ``parse`` to reject.
    """
    path = path_below(file, corpus)
    if not is_read(file):
        readable = " ".join(suffix for format in FORMATS.values() for suffix in format.suffixes)
        raise Rejected(f'Files of type "{type_of(file.name)}" are not read; {readable} are, and each of them as .gz.')
    with step("reading it"):
        try:
            with _opened(file) as stream:
                name = _format_of(file.name, head_of(stream))
                format = FORMATS[name]
                if isinstance(format, Records):
                    format = format.with_columns(columns_for(file, corpus))
                on_disk = getattr(stream, "fileobj", stream)  # what is being unzipped
                for item in format.split(stream, path):
                    tell(on_disk.tell())
                    yield Item(item.path, item.number, item.data, item.format or name, columns=item.columns)
        except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
            raise Rejected(f"The gzip file is damaged: {str(fault).partition(' (')[0]}.") from fault
        except OSError as fault:
            raise unreadable(fault) from fault


def read(path: Path) -> Iterator[Item]:
    """Yield the raw articles of a single file under its own name, as ``items`` does."""
    return items(path, path.parent)


@step("reading it")
def identify(item: Item) -> tuple[str, str]:
    """Return the id of an item's article and the digest of its path and raw bytes, without reading the article itself:
    moved elsewhere it may have another source, or be of another type.

    Raises Rejected when the item is too large, or its format finds no id in it.
    """
    return _identity(item)


@step("reading it")
def parse(item: Item) -> Raw:
    """Return the article of an item, identified or not. Raises Rejected, with the reason, when there is none."""
    name, digest = (item.id, item.digest) if item.digest else _identity(item)
    raw = FORMATS[_format(item)].parse(item, Raw(name, item.path, item.number, digest, ""))
    if not any(letter.isalnum() for letter in raw.text):
        raise Rejected("There is no text in it.")
    return raw if raw.seen else replace(raw, seen=_told_day(raw))


def _told_day(raw: Raw) -> str:
    return max((f"{dated.first}T00:00:00" for dated in (raw.published, raw.updated) if dated), default="")


def type_of(name: str) -> str:
    """Return the suffix that tells a file's type, lower-cased, and that of its compression behind it."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(name).suffixes]
    return "".join(suffixes[-2:] if suffixes[-1:] == [".gz"] else suffixes[-1:])


def _identity(item: Item) -> tuple[str, str]:
    if len(item.data) > MAX_ARTICLE:
        raise Rejected(f"The article is too large: more than {MAX_ARTICLE // 2**20} MB.")
    named = repr(item.columns).encode() if item.columns else b""
    digest = hashlib.sha256(os.fsencode(item.path) + b"\0" + item.data + named).hexdigest()[:32]
    return FORMATS[_format(item)].identify(item), digest


def _format(item: Item) -> str:
    return item.format or _format_of(item.path, head_of(BytesIO(item.data)))


def _format_of(name: str, head: bytes) -> str:
    """Return which format a file is of: the first of the table that its beginning shows, else the one of its name."""
    return _shown(head) or _by_suffix(name) or "text"


def _shown(head: bytes) -> str | None:
    return next((each for each, format in FORMATS.items() if format.sniff(head)), None)


def _by_suffix(name: str) -> str | None:
    suffix = type_of(name).removesuffix(".gz")
    return next((each for each, format in FORMATS.items() if suffix in format.suffixes), None)


def _opened(file: Path) -> BinaryIO:
    """Open a file, unzipped if its name or its first bytes say that it is gzipped."""
    stream = open(file, "rb", opener=_without_waiting)  # noqa: SIM115
    if file.name.lower().endswith(".gz") or stream.peek(2)[:2] == _GZIP:
        unzipped = gzip.GzipFile(fileobj=stream)
        unzipped.myfileobj = stream  # type: ignore[assignment]  # so that both are closed
        return cast(BinaryIO, unzipped)
    return stream


def _without_waiting(file: str, flags: int) -> int:
    """Open a file, and nothing that may keep whoever opens or reads it waiting: it may have become a pipe meanwhile."""
    opened = os.open(file, flags | os.O_NONBLOCK | os.O_NOCTTY)
    if stat.S_ISREG(os.fstat(opened).st_mode):
        return opened
    os.close(opened)
    raise OSError(errno.EINVAL, "It is a pipe, a socket or a device, not a file")
