"""Which files of a corpus are read."""

import os
import stat
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from searchapp.errors import CorpusFault, Rejected
from searchapp.ingest.formats import is_read, type_of
from searchapp.ingest.raw import as_text, path_below, unreadable

_NOTES = ("people.toml", "sources.toml", "words.toml", "corrections.toml")  # the archivist's


@dataclass(frozen=True, slots=True)
class CorpusFiles:
    """The files of a corpus that are read, sorted by their path below it; how many are not, by their suffix; and why
    others (by ``path_below``) cannot be read at all."""

    files: tuple[Path, ...]
    ignored: Mapping[str, int]
    rejected: Mapping[str, Rejected]


def must_exist(corpus: Path) -> None:
    """Raise CorpusFault when a corpus is missing."""
    if not corpus.is_dir():
        raise CorpusFault(f"There is no folder {corpus}: name the one that holds the articles with --corpus.")


def find(corpus: Path, links_out: bool = False) -> CorpusFiles:
    """Return what files a corpus has. Raises CorpusFault when it is missing, or a folder of it cannot be listed.

    Links within the corpus are followed, those that lead out of it only with ``links_out``: they would publish what
    they lead to. A folder to which several paths lead is read under one of them: its own if that is in the corpus, else
    its first link. What an archivist wrote (people.toml, sources.toml, words.toml, corrections.toml, a README at
    the top, columns.toml anywhere) and all that is hidden are passed over.
    """
    must_exist(corpus)
    files: list[Path] = []
    ignored: Counter[str] = Counter()
    rejected: dict[str, Rejected] = {}
    for file in _files(corpus, links_out, rejected):
        if file.name == "columns.toml" or (file.parent == corpus and _is_about_the_corpus(file.name)):
            continue
        if is_read(file):
            files.append(file)
        else:
            ignored[type_of(as_text(file.name))] += 1
    files.sort(key=lambda file: path_below(file, corpus))
    return CorpusFiles(tuple(files), dict(sorted(ignored.items())), rejected)


def _files(corpus: Path, links_out: bool, rejected: dict[str, Rejected]) -> Iterator[Path]:
    """Yield the regular files of a corpus, and note what cannot be one of them."""
    root = corpus.resolve()
    folders, links, seen = deque([corpus]), deque[Path](), set[tuple[int, int]]()
    while folders or links:  # own paths come first, so that they count
        folder = folders.popleft() if folders else links.popleft()
        place, entries = _entries_of(folder)
        if place in seen:
            rejected[path_below(folder, corpus)] = Rejected("This folder has already been read, under another path.")
            continue
        seen.add(place)
        for entry in entries:
            path = Path(entry.path)
            try:
                mode = entry.stat().st_mode
            except OSError as fault:
                rejected[path_below(path, corpus)] = unreadable(fault)
                continue
            if entry.is_symlink() and not links_out and not path.resolve().is_relative_to(root):
                rejected[path_below(path, corpus)] = Rejected(
                    "It is a link that leads out of the corpus: copy what it leads to, or set links_out to true."
                )
            elif stat.S_ISDIR(mode):
                (links if entry.is_symlink() else folders).append(path)
            elif stat.S_ISREG(mode):
                yield path
            else:
                rejected[path_below(path, corpus)] = Rejected("It is a pipe, a socket or a device, not a file.")


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
