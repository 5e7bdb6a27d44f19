"""Generations of an index in a folder: each in a folder of its own, published by one small manifest.

A folder holds ``manifest.json``, which names the generation that is served, ``lock``, and the generations, each with
its seal. The manifest is replaced last, when all the rest is safe on the disk; whatever dies before that changes
nothing. Where the manifest is damaged, the seals tell what it told.
"""

import fcntl
import os
import re
import secrets
import shlex
import shutil
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

import msgspec

from searchapp.engines.folder.seals import Broken, checked, content_of, read_seal, seal
from searchapp.engines.protocol import SCHEMA, other_terms
from searchapp.errors import IndexBusy, IndexDamaged, IndexFault, IndexMissing, IndexOutdated
from searchapp.search import IndexInfo

RIGHTS = "check the permissions of this user and the limit on open files."  # what keeps a sound index from being read
_SYNCED_AT_ONCE = 8  # files: a disk writes several sooner than one after another
REBUILD = "Rebuild the index with: searchapp reindex"
_FIRST_CHECKED = 8  # the SCHEMA since which manifests carry a checksum
_NAME = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is served, and the generation before it, which is kept until the next switch."""

    info: IndexInfo
    previous: IndexInfo | None


# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_MANIFESTS = msgspec.json.Decoder(Manifest)


class Generations:
    """The generations in ``folder``, which need not exist yet, written by any of these ``engines``."""

    def __init__(self, folder: Path, engines: Collection[str]) -> None:
        self.folder = folder
        self._engines = engines
        self._manifest = folder / "manifest.json"
        self._writing = threading.RLock()
        self._depth = 0

    def state(self) -> tuple[int, ...]:
        """Return what differs after each switch, cheaply. Raises IndexMissing, IndexFault when it may not be read."""
        try:
            found = self._manifest.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing() from None
        except OSError as error:
            raise self._unreadable(error) from None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def current(self) -> tuple[Path, IndexInfo]:
        """Return the folder of the generation that is served, and what it holds; where its manifest is damaged, the
        newest that is sealed, with a note.

        Raises IndexMissing, IndexOutdated, IndexDamaged, or IndexFault when it cannot be read.
        """
        info = self._read().info
        if why := self._why_outdated(info):
            sentence = f'The index "{self.folder}" {why}. Rebuild it with: searchapp reindex'
            raise IndexOutdated(sentence, info.corpus, info.articles)
        return self.folder / info.generation, info

    def previous(self) -> tuple[Path, IndexInfo] | None:
        """Return the folder of the generation before, and what it holds, if there is one. Raises as ``current``."""
        info = self._read().previous
        return (self.folder / info.generation, info) if info and not self._why_outdated(info) else None

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other writers out; a thread that has the lock may take it again. It ends with its process.

        Raises IndexBusy when another one has it, IndexFault when the folder cannot be written.
        """
        if not self._writing.acquire(blocking=False):
            raise IndexBusy(f'This process is already writing to the index "{self.folder}": wait until it is done.')
        try:
            if self._depth:
                yield
            else:
                self._depth += 1
                try:
                    with self._locked_file():
                        with self._os_errors_as_index_faults():
                            self._clear()
                        yield
                finally:
                    self._depth -= 1
        finally:
            self._writing.release()

    def is_writing(self) -> bool:
        """Tell whether this process holds the lock."""
        return self._depth > 0

    def publish(
        self, build: Callable[[Path], IndexInfo], made_from: Path | None = None, kept: IndexInfo | None = None
    ) -> IndexInfo:
        """Let ``build`` fill the folder of a new generation and say what it holds, then switch to it.

        ``made_from`` is the folder of a generation of which it takes over files, ``kept`` the one that stays as the one
        before. If ``build`` raises, the folder is removed and nothing has changed. Raises IndexBusy, IndexDamaged when
        what it was made from is damaged, and IndexFault when the folder cannot be written.
        """
        with self.lock():
            generation = self.folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
            with self._made(generation):
                info = build(generation)
                try:
                    damaged = seal(generation, info, made_from)
                except Broken as fault:
                    raise damaged_generation(made_from or generation, [f"its seal {fault}"], info) from None
                if damaged and made_from:
                    raise damaged_generation(made_from, damaged, info)
                _sync(generation)
                self._switch(Manifest(info, kept and _without_damage(kept)))
            return info

    def adopt(self, fill: Callable[[Path], None], info: IndexInfo) -> None:
        """Let ``fill`` make the folder of a generation that was published elsewhere, then switch to it; what is served
        now stays as the one before. Raises as ``publish``."""
        with self.lock():
            generation, before = self.folder / info.generation, self.served()
            shutil.rmtree(generation, ignore_errors=True)  # a damaged one of this name
            with self._made(generation):
                fill(generation)
                _sync(generation)
                self._switch(Manifest(info, before if before and before.generation != info.generation else None))

    @contextmanager
    def _made(self, generation: Path) -> Iterator[None]:
        """Make the folder of a generation, to be filled and switched to; it is removed if that raises. Raises
        IndexFault instead of OSError."""
        try:
            generation.mkdir()
            yield
        except OSError as error:
            shutil.rmtree(generation, ignore_errors=True)
            raise IndexFault(f'Writing the index "{self.folder}" failed ({error}); the index is unchanged.') from error
        except BaseException:
            shutil.rmtree(generation, ignore_errors=True)
            raise
        with suppress(OSError):  # else the next run clears it away
            self._clear()

    def served(self) -> IndexInfo | None:
        """Return what the generation that is served holds; None if there is none, or the manifest is damaged."""
        with suppress(IndexFault):
            info = self._read().info
            return None if "damage" in info.notes else info
        return None

    def _why_outdated(self, info: IndexInfo) -> str:
        """Say why a generation cannot be read here; "" if it can."""
        if info.engine in self._engines and info.schema == SCHEMA:
            return other_terms(info)
        engines = " or ".join(self._engines)
        return f"was written by {info.engine} in format {info.schema}, but {engines} in format {SCHEMA} is needed"

    def _read(self) -> Manifest:
        try:
            written = self._manifest.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing() from None
        except OSError as error:
            raise self._unreadable(error) from None
        try:
            return _MANIFESTS.decode(content_of(written))
        except (Broken, msgspec.DecodeError) as fault:
            return _unchecked(written) or self._sealed(fault)

    def _sealed(self, fault: Exception) -> Manifest:
        """Return what the seals of the newest generations tell. Raises IndexDamaged when there are none."""
        told = f'The manifest of the index "{self.folder}" is damaged ({fault}).'
        infos = []
        for found in sorted(self.folder.iterdir(), reverse=True):
            with suppress(Broken, OSError):
                if _NAME.fullmatch(found.name):
                    infos.append(read_seal(found).info)
        if not infos:
            raise IndexDamaged(f"{told} {REBUILD}")
        told += f" The newest generation of which it is known what it holds is served instead. {REBUILD}"
        return Manifest(noting_damage(infos[0], told), infos[1] if len(infos) > 1 else None)

    @contextmanager
    def _locked_file(self) -> Iterator[None]:
        with self._os_errors_as_index_faults():
            self.folder.mkdir(parents=True, exist_ok=True)
            file = (self.folder / "lock").open("a+b", buffering=0)
        with file:
            with self._os_errors_as_index_faults():
                self._take(file)
            try:
                yield
            finally:
                file.truncate(0)

    def _take(self, file: FileIO) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = (file.read(100) or b"").decode("utf8", "replace").strip() or "another process"
            raise IndexBusy(f'The index "{self.folder}" is being written by {holder}: wait until it is done.') from None
        file.truncate(0)
        file.write(f"process {os.getpid()} since {datetime.now():%Y-%m-%d %H:%M:%S}".encode())

    @contextmanager
    def _os_errors_as_index_faults(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise IndexFault(f'The index "{self.folder}" cannot be written: {error}.') from None

    def _switch(self, manifest: Manifest) -> None:
        new = self._manifest.with_suffix(".new")
        with new.open("wb") as file:
            file.write(checked(manifest))
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._manifest)
        _sync_one(self.folder)

    def _clear(self) -> None:
        """Remove what a killed process left, and generations that the manifest does not name; all of them stay while
        it is damaged."""
        self._manifest.with_suffix(".new").unlink(missing_ok=True)
        try:
            manifest = self._read()
        except IndexMissing:
            kept = set()
        except IndexDamaged:
            return
        else:
            if "damage" in manifest.info.notes:
                return
            kept = {info.generation for info in (manifest.info, manifest.previous) if info}
        for found in self.folder.iterdir():
            if _NAME.fullmatch(found.name) and found.name not in kept and found.is_dir() and not found.is_symlink():
                shutil.rmtree(found)

    def _unreadable(self, error: OSError) -> IndexFault:
        return IndexFault(f'The manifest of the index "{self.folder}" cannot be read ({error}): {RIGHTS}')

    def _missing(self) -> IndexMissing:
        command = f"searchapp reindex --index {shlex.quote(str(self.folder))}"
        return IndexMissing(f'There is no index in "{self.folder}" yet. Build it with: {command}')


def noting_damage(info: IndexInfo, damage: str) -> IndexInfo:
    """Return what a generation holds with a note on the damage to another for which it is served."""
    return replace(info, notes={**info.notes, "damage": damage})


def _without_damage(info: IndexInfo) -> IndexInfo:
    return replace(info, notes={name: note for name, note in info.notes.items() if name != "damage"})


def damaged_generation(folder: Path, damaged: Sequence[str], info: IndexInfo) -> IndexDamaged:
    """Return the error that says what of a generation is damaged."""
    more = f", and {len(damaged) - 1:,} more" if len(damaged) > 1 else ""
    sentence = f'The generation "{folder}" is damaged ({damaged[0]}{more}). {REBUILD}'
    return IndexDamaged(sentence, info.corpus, info.articles)


def _unchecked(written: bytes) -> Manifest | None:
    """Return a manifest that was written before there were checksums, None if it is none."""
    try:
        found = _MANIFESTS.decode(written)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if found.info.schema < _FIRST_CHECKED else None


def _sync(folder: Path) -> None:
    """Wait until the disk holds a folder and all in it, and the entry of the folder itself.

    A file with a second link was synced with the generation that wrote it.
    """
    fresh = [found for found in folder.rglob("*") if found.is_dir() or found.stat().st_nlink == 1]
    with ThreadPoolExecutor(_SYNCED_AT_ONCE) as threads:
        list(threads.map(_sync_one, fresh))
    _sync_one(folder)
    _sync_one(folder.parent)


def _sync_one(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
