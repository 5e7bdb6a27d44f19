"""Which files of a corpus are read, and by what it is told that one has changed."""

import hashlib
import os
import stat
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from searchapp.errors import CorpusFault, Rejected
from searchapp.ingest import formats
from searchapp.ingest.formats import type_of
from searchapp.ingest.formats.records.columns import FILE as COLUMNS
from searchapp.ingest.raw import as_text, path_below, unreadable

_NOTES = ("people.toml", "sources.toml", "words.toml", "corrections.toml")  # the archivist's


class Stamp(NamedTuple):
    """What tells that a file has changed, without reading it: its ``size``, the times (in nanoseconds) at which it was
    ``written``, as anybody may set it, and ``altered``, which only the system sets; its inode; and a digest of the
    columns.toml that counts for it, "" for none."""

    size: int
    written: int
    altered: int
    inode: int
    columns: str = ""


class Found(NamedTuple):
    """A file of a corpus: where it is; its ``name`` as ``path_below`` gives it."""

    at: str
    name: str
    stamp: Stamp

    @property
    def path(self) -> Path:
        return Path(self.at)  # made when it is needed: of 200,000 files that takes a third of finding them


@dataclass(frozen=True, slots=True)
class CorpusFiles:
    """The files of a corpus that are read, sorted by their path below it; how many are not, by their suffix; and why
    others (by ``path_below``) cannot be read at all."""

    files: tuple[Found, ...]
    ignored: Mapping[str, int]
    rejected: Mapping[str, Rejected]


def must_exist(corpus: Path) -> None:
    """Raise CorpusFault when a corpus is missing."""
    if not corpus.is_dir():
        raise CorpusFault(f"There is no folder {corpus}: name the one that holds the articles with --corpus.")


def is_read(file: Found) -> bool:
    """Say whether a file is read, as ``formats.is_read`` does."""
    return formats.is_read(file.path)


def find(corpus: Path, links_out: bool = False, is_read: Callable[[Found], bool] = is_read) -> CorpusFiles:
    """Return what files a corpus has. Raises CorpusFault when it is missing, or a folder of it cannot be listed.

    Links within the corpus are followed, those that lead out of it only with ``links_out``: they would publish what
    they lead to. A folder to which several paths lead is read under one of them: its own if that is in the corpus, else
    its first link. What an archivist wrote (people.toml, sources.toml, words.toml, corrections.toml, a README at
    the top, columns.toml anywhere) and all that is hidden are passed over. ``is_read`` tells which of the others are
    read; it is asked for each of them.
    """
    must_exist(corpus)
    files: list[Found] = []
    ignored: Counter[str] = Counter()
    rejected: dict[str, Rejected] = {}
    for file in _files(corpus, links_out, rejected):
        if is_read(file):
            files.append(file)
        else:
            ignored[type_of(PurePosixPath(file.name).name)] += 1
    files.sort(key=lambda file: file.name)
    return CorpusFiles(tuple(files), dict(sorted(ignored.items())), rejected)


def _files(corpus: Path, links_out: bool, rejected: dict[str, Rejected]) -> Iterator[Found]:
    """Yield the regular files of a corpus but those that tell about it, and note what cannot be one of them."""
    root, top = corpus.resolve(), _digest_of(corpus / COLUMNS)
    folders, links, seen = deque([corpus]), deque[Path](), set[tuple[int, int]]()
    while folders or links:  # own paths come first, so that they count
        folder = folders.popleft() if folders else links.popleft()
        place, entries = _entries_of(folder)
        if place in seen:
            rejected[path_below(folder, corpus)] = Rejected("This folder has already been read, under another path.")
            continue
        seen.add(place)
        below = "" if folder == corpus else f"{path_below(folder, corpus)}/"
        has_columns = any(entry.name == COLUMNS for entry in entries)
        columns = (_digest_of(folder / COLUMNS) if has_columns else "") or top
        for entry in entries:
            name = below + as_text(entry.name)
            try:
                status = entry.stat()
            except OSError as fault:
                rejected[name] = unreadable(fault)
                continue
            if entry.is_symlink() and not links_out and not Path(entry.path).resolve().is_relative_to(root):
                rejected[name] = Rejected(
                    "It is a link that leads out of the corpus: copy what it leads to, or set links_out to true."
                )
            elif stat.S_ISDIR(status.st_mode):
                (links if entry.is_symlink() else folders).append(Path(entry.path))
            elif not stat.S_ISREG(status.st_mode):
                rejected[name] = Rejected("It is a pipe, a socket or a device, not a file.")
            elif entry.name != COLUMNS and (below or not _is_about_the_corpus(entry.name)):
                times = status.st_mtime_ns, status.st_ctime_ns
                yield Found(entry.path, name, Stamp(status.st_size, *times, status.st_ino, columns))


def _digest_of(notes: Path) -> str:
    """Return a digest of what a columns.toml says, "" if there is none that can be read."""
    try:
        return hashlib.blake2b(notes.read_bytes(), digest_size=8).hexdigest() if notes.is_file() else ""
    except OSError:
        return ""


def _entries_of(folder: Path) -> tuple[tuple[int, int], list[os.DirEntry[str]]]:
    """Return where a folder is, whatever the path to it, and what is in it that is not hidden, sorted by name."""
    try:
        place = folder.stat()
        with os.scandir(folder) as entries:
            shown = sorted((each for each in entries if not each.name.startswith(".")), key=lambda each: each.name)
    except OSError as fault:
        raise CorpusFault(
            f'The folder "{as_text(folder)}" of the corpus cannot be listed ({fault.strerror}), so it is not known '
            "which articles are gone; nothing was done. Make it readable, or move it out of the corpus."
        ) from fault
    return (place.st_dev, place.st_ino), shown


def _is_about_the_corpus(name: str) -> bool:
    return name.lower() in _NOTES or PurePosixPath(name).stem.lower() == "readme"
