"""Zip files, in which documents and web archives come: what is in them, within bounds."""

import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from gzip import BadGzipFile, GzipFile
from io import BytesIO
from typing import IO, BinaryIO, cast

from searchapp.errors import Rejected
from searchapp.ingest.raw import MAX_ARTICLE

HEAD = 2**14  # bytes by which a format is told: pages that programs write may name it only behind scripts and styles
ZIP = b"PK\x03\x04"
MAX_MEMBERS = 10_000  # of one zip file; a document has some dozens, a large web archive some hundreds
MAX_MEMBER = 16 * MAX_ARTICLE  # bytes of a member that is read whole, unzipped: markup is far longer than its text
MAX_COPY = 2**30  # bytes on the disk
_CHUNK = 2**20


def head_of(stream: BinaryIO) -> bytes:
    """Return the first bytes of a file, by which its format is told; of a zip file also the names of its members,
    each in a line of its own. ``stream`` stands at its beginning before and after."""
    head = _first_of(stream)
    if head.startswith(ZIP):
        with suppress(Rejected), opened_zip(stream) as packed:
            head = b"\n".join((head, *(name.encode("utf-8", "replace") for name in packed.namelist()), b""))
    stream.seek(0)
    return head


def _first_of(stream: BinaryIO) -> bytes:
    try:
        return stream.read(HEAD)
    except (
        EOFError,
        BadGzipFile,
        zlib.error,
    ):  # what stands before the damage can be peeked at
        stream.seek(0)
        return cast(GzipFile, stream).peek(HEAD)[:HEAD]


@contextmanager
def opened_zip(stream: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Open a zip file. Raises Rejected if it is none, is damaged, or has too many members."""
    with on_disk(stream) as file:
        with _faults_told():
            packed = zipfile.ZipFile(file)
        with packed:
            if len(packed.filelist) > MAX_MEMBERS:
                raise Rejected(f"It is a zip file of more than {MAX_MEMBERS:,} files: unpack it.")
            yield packed


def member(packed: zipfile.ZipFile, name: str, limit: int = MAX_MEMBER) -> bytes:
    """Return a member's bytes; none if there is no such member. Raises Rejected if it is damaged or encrypted, or has
    more than ``limit`` bytes, whatever the directory says."""
    if name not in packed.NameToInfo:
        return b""
    with _faults_told(), packed.open(name) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise Rejected(f'"{name}" in it is too large: more than {limit // 2**20} MB unzipped.')
    return data


@contextmanager
def _faults_told() -> Iterator[None]:
    try:
        yield
    except NotImplementedError as fault:
        raise Rejected("The zip file is packed in a way that cannot be read: unpack it.") from fault
    except RuntimeError as fault:  # what zipfile raises where a password is needed
        raise Rejected("The zip file is encrypted: save it without a password.") from fault
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OverflowError, struct.error) as fault:
        raise Rejected("The zip file is damaged: unpack or save it anew.") from fault


@contextmanager
def on_disk(stream: BinaryIO) -> Iterator[IO[bytes]]:
    """Give a stream that can be sought from its end: ``stream`` itself, or if it is being unzipped a copy of it."""
    if _seeks_from_its_end(stream):
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        while chunk := stream.read(_CHUNK):
            copy.write(chunk)
            if copy.tell() > MAX_COPY:
                raise Rejected(f"It is larger than {MAX_COPY // 2**30} GB when unzipped: unzip it.")
        copy.seek(0)
        yield copy


def _seeks_from_its_end(stream: BinaryIO) -> bool:
    try:
        stream.seek(0, 2)
    except (OSError, ValueError):
        return False
    finally:
        stream.seek(0)
    return True


def lean(stream: BinaryIO, names: Iterable[str]) -> bytes:
    """Return a zip file whole, or if it is larger than an article may be only with the members named."""
    data = stream.read(MAX_ARTICLE + 1)
    if len(data) <= MAX_ARTICLE:
        return data
    stream.seek(0)
    made = BytesIO()
    with opened_zip(stream) as packed, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as lighter:
        for name in names:
            if words := member(packed, name):
                lighter.writestr(zipfile.ZipInfo(name), words, zipfile.ZIP_DEFLATED)
    return made.getvalue()
