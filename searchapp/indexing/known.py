"""What the files of a corpus held when they were last read, so that an update need not read them again.

A file counts as unchanged while its stamp is the same: size, both times, inode. One that was altered just before it was
read may change once more without another time on it, so it is read again next time, as git does with its index (its
Documentation/technical/racy-git.txt). What is remembered are facts about files, whatever an index holds: they stay
right when that is made anew, restored or damaged.
"""

import hashlib
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from searchapp import __version__
from searchapp.ingest import INGEST
from searchapp.ingest.files import Found, Stamp, is_read

_FORM = 1  # counted up when what is remembered changes its form
_GRAIN = 2_000_000_000  # nanoseconds: the coarsest times that a file system keeps (FAT)
_CHECKSUM = 16  # bytes
_MOST_REFUSED = 1_000  # items of a file that are no articles: one of more is read again, so that memory stays bounded


class Entry(msgspec.Struct, array_like=True):
    """An item of a file: its number in it, and its article's id and digest; "" where that was not asked for."""

    number: int | None
    id: str = ""
    digest: str = ""


class Contents(msgspec.Struct, array_like=True):
    """What was in a file with this stamp, or that files of its kind are not read: its ``entries``, as JSON lines; those
    of them that are no article, whatever else the corpus holds, by number and reason; and what is wrong with the file
    itself, "" if nothing is."""

    stamp: Stamp
    is_read: bool = True
    entries: bytes = b""
    refused: list[tuple[int | None, str]] = []
    fault: str = ""

    def items(self) -> list[Entry]:
        return _ENTRIES.decode_lines(self.entries)


class _Written(msgspec.Struct, array_like=True):
    reading: str = ""
    ingesting: str = ""
    files: dict[str, Contents] = {}


# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_ENTRIES, _WRITTEN = msgspec.json.Decoder(Entry), msgspec.msgpack.Decoder(_Written)
_encode = msgspec.json.Encoder().encode


@dataclass(slots=True)
class _Reading:
    """What is found in a file while it is read."""

    file: Found
    entries: bytearray = field(default_factory=bytearray)
    refused: list[tuple[int | None, str]] = field(default_factory=list)
    fault: str = ""
    is_whole: bool = False


class KnownFiles:
    """What is known of the files of a corpus from the run before, and what this run finds in them.

    ``file`` keeps it between runs; None: nothing is known, nor kept. With ``anew`` nothing that it tells counts; nor
    does what was read under another version of the program or its libraries. Why items are no articles counts only
    while ``ingesting`` is the same, which stands for all that ingest goes by beside the item.
    """

    def __init__(self, file: Path | None = None, ingesting: str = "", anew: bool = False) -> None:
        self._file = file
        self._began = time.time_ns()
        before = _read(file) if file and not anew else _Written()
        self._before = before.files if before.reading == _versions() else {}
        self._same_ingest = before.ingesting == ingesting
        self._now: dict[str, Contents] = {}
        self._readings: dict[str, _Reading | None] = {}  # None: not to be remembered

    def of(self, file: Found) -> Contents | None:
        """Return what is in a file, None if that is not known."""
        known = self._before.get(file.name)
        if known is None or known.stamp != file.stamp or (known.refused and not self._same_ingest):
            return None
        return known

    def is_read(self, file: Found) -> bool:
        """Say whether a file is read, without looking into it where that is known."""
        known = self.of(file)
        if known.is_read if known else is_read(file):
            return True
        self.keep(file, known or Contents(file.stamp, False))
        return False

    def keep(self, file: Found, contents: Contents) -> None:
        """Remember what is in a file, unless it was altered so lately that it may change under the same stamp."""
        if max(file.stamp.written, file.stamp.altered) + _GRAIN < self._began:
            self._now[file.name] = contents

    def begin(self, file: Found) -> None:
        """Remember what is read of a file from now on, once ``end`` tells that it was read whole."""
        if self._file:
            is_second = file.name in self._readings  # names that are no UTF-8 may look alike
            self._readings[file.name] = None if is_second else _Reading(file)

    def note(self, name: str, entry: Entry) -> None:
        """Take a note of an item of the file of this name."""
        if reading := self._readings.get(name):
            reading.entries += _encode(entry) + b"\n"

    def refuse(self, name: str, number: int | None, reason: str) -> None:
        """Note that an item is no article, whatever else the corpus holds."""
        if reading := self._readings.get(name):
            reading.refused.append((number, reason))
            if len(reading.refused) > _MOST_REFUSED:
                self._readings[name] = None

    def end(self, name: str, fault: str = "") -> None:
        """Note that a file was read to its end, or as far as its own ``fault`` lets anybody."""
        if reading := self._readings.get(name):
            reading.fault, reading.is_whole = fault, True

    def save(self, ingesting: str) -> None:
        """Keep what this run knows of the files that it saw. Where that cannot be written, the next run reads them."""
        for each in self._readings.values():
            if each and each.is_whole:
                self.keep(each.file, Contents(each.file.stamp, True, bytes(each.entries), each.refused, each.fault))
        if self._file and not (self._now == self._before and self._same_ingest):
            written = msgspec.msgpack.encode(_Written(_versions(), ingesting, self._now))
            with suppress(OSError):
                new = self._file.with_name(f"{self._file.name}.new")
                new.parent.mkdir(parents=True, exist_ok=True)
                new.write_bytes(_checksum(written) + written)
                new.replace(self._file)


def _read(file: Path) -> _Written:
    """Return what was written, nothing where that is missing or damaged."""
    try:
        found = file.read_bytes()
        checksum, written = found[:_CHECKSUM], found[_CHECKSUM:]
        return _WRITTEN.decode(written) if _checksum(written) == checksum else _Written()
    except (OSError, msgspec.DecodeError):
        return _Written()


def _checksum(written: bytes) -> bytes:
    return hashlib.blake2b(written, digest_size=_CHECKSUM).digest()


def _versions() -> str:
    """Return what stands for the program and all its libraries, as they are installed."""
    installed = (each.name for folder in sys.path for each in Path(folder).glob("*.dist-info"))
    told = "\n".join((str(_FORM), str(INGEST), __version__, *sorted(installed)))
    return hashlib.blake2b(told.encode(), digest_size=_CHECKSUM).hexdigest()
