"""The seal of a generation: what it holds, and the length and checksum of each of its files, by which damage is found.

A seal is written when its generation is whole, before that is published. XXH3 (128 bits) is the checksum: nobody who
can write to an index is kept from writing a false seal, and it reads 9 GB a second where BLAKE2b reads half of one.
"""

import errno
import time
from collections.abc import Iterator, Mapping
from math import inf
from pathlib import Path

import msgspec
from xxhash import xxh3_128, xxh3_128_hexdigest

from searchapp.search import IndexInfo

SEAL = "seal.json"
_BLOCK = 1 << 20  # bytes read at a time


class Seal(msgspec.Struct):
    """What a sealed generation holds, and its files by their path in it: bytes, checksum."""

    info: IndexInfo
    files: dict[str, tuple[int, str]]


class _Checked(msgspec.Struct):
    checksum: str
    content: msgspec.Raw


class Broken(ValueError):
    """What was written by ``checked`` is no longer what it was."""


# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_CHECKED, _SEALS = msgspec.json.Decoder(_Checked), msgspec.json.Decoder(Seal)


def checked(content: object) -> bytes:
    """Return ``content`` as JSON that carries its own checksum."""
    body = msgspec.json.format(msgspec.json.encode(content), indent=2)
    return b'{\n"checksum": "%s",\n"content": %s\n}\n' % (xxh3_128_hexdigest(body).encode(), body)


def content_of(written: bytes) -> bytes:
    """Return the JSON of the content that ``checked`` wrote. Raises Broken when a byte of it is another."""
    try:
        found = _CHECKED.decode(written)
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise Broken(str(fault)) from None
    body = bytes(found.content)
    if xxh3_128_hexdigest(body) != found.checksum:
        raise Broken("its checksum is another")
    return body


def seal(folder: Path, info: IndexInfo, before: Path | None) -> list[str]:
    """Write the seal of a generation. Files that it shares with the one ``before`` keep the checksum that they have
    there, so that damage is not sealed.

    Returns what is damaged of the others ``before``, from which the generation may have been made: then it must not be
    published. Raises OSError.
    """
    known = read_seal(before).files if before else {}
    files = {}
    for file in sorted(each for each in folder.rglob("*") if each.is_file() and each.suffix != ".lock"):
        name = file.relative_to(folder).as_posix()
        shared = before is not None and name in known and file.samefile(before / name)
        files[name] = known.pop(name) if shared else (file.stat().st_size, _checksum(file, inf))
    (folder / SEAL).write_bytes(checked(Seal(info, files)))
    return list(_damage(before, known, inf)) if before else []


def read_seal(folder: Path) -> Seal:
    """Return the seal of a generation. Raises Broken when it is missing or damaged, OSError when it cannot be read."""
    try:
        return _SEALS.decode(content_of((folder / SEAL).read_bytes()))
    except (FileNotFoundError, NotADirectoryError):
        raise Broken("is missing") from None
    except msgspec.DecodeError as fault:
        raise Broken(str(fault)) from None


def damage_in(folder: Path, pace: float = inf, at_most: float = inf) -> list[str]:
    """Return a part of a sentence for each file of a generation that is no longer what was sealed, reading ``pace``
    bytes a second at most; of a generation larger than ``at_most`` bytes only lengths are compared.

    Raises OSError when its files cannot be read for another reason than damage.
    """
    try:
        files = read_seal(folder).files
    except Broken as fault:
        return [f"{SEAL} {fault}" if str(fault) == "is missing" else f"{SEAL} is damaged: {fault}"]
    thorough = sum(size for size, _ in files.values()) <= at_most
    return list(_damage(folder, files, pace if thorough else 0))


def _damage(folder: Path, files: Mapping[str, tuple[int, str]], pace: float) -> Iterator[str]:
    """Yield what is damaged; with a ``pace`` of 0 no file is read."""
    for name, (size, checksum) in files.items():
        file = folder / name
        try:
            found = file.stat().st_size
            if file.is_file() and found != size:
                yield f"{name} has {found:,} bytes instead of {size:,}"
            elif pace and _checksum(file, pace) != checksum:
                yield f"{name} has other bytes than were written"
        except (FileNotFoundError, NotADirectoryError):
            yield f"{name} is missing"
        except OSError as fault:
            if fault.errno != errno.EIO:
                raise
            yield f"{name} cannot be read ({fault.strerror})"


def _checksum(file: Path, pace: float) -> str:
    found, began, read = xxh3_128(), time.monotonic(), 0
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            found.update(block)
            read += len(block)
            time.sleep(max(0.0, began + read / pace - time.monotonic()))
    return found.hexdigest()
