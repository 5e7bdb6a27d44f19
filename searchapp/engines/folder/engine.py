"""Engines that keep their generations in a folder: what they share, and which of them a folder gets."""

import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Literal, Protocol

from searchapp.article import Article
from searchapp.engines.folder.generations import RIGHTS, Generations
from searchapp.engines.vocabulary import Vocabulary
from searchapp.errors import IndexFault
from searchapp.search import IndexInfo, Results, SearchRequest, Walk

Name = Literal["whoosh", "tantivy"]
NAMES: tuple[Name, ...] = ("whoosh", "tantivy")
_OUT_OF_REACH = re.compile("PermissionDenied|ReadOnlyFilesystem|Too many open files")  # in what tantivy tells
WHOOSH_FITS = 20_000  # articles; beyond, its pages and builds get slow (docs/performance.md)


class Archive(Protocol):
    """An opened generation, thread-safe, and how generations of its engine are written."""

    @property
    def folder(self) -> Path:
        """Where it is."""

    @property
    def info(self) -> IndexInfo:
        """What it holds."""

    @property
    def words(self) -> Vocabulary:
        """Its words, read when they are asked for first."""

    @classmethod
    def open(cls, folder: Path, info: IndexInfo) -> "Archive":
        """Open what was published. Raises whatever its library likes when it is damaged."""

    @classmethod
    def build(cls, folder: Path, articles: Iterable[Article], corpus: str) -> IndexInfo:
        """Write a generation into an empty folder. Of several articles with one id the last counts."""

    def extend(self, folder: Path, articles: Iterable[Article], deleted: Iterable[str]) -> IndexInfo:
        """Write into an empty folder what this one holds, with these articles added or replaced, those deleted."""

    def search(self, request: SearchRequest) -> Results:
        """As ``Engine.search``."""

    def walk(self, request: SearchRequest, *, brief: bool) -> Walk:
        """As ``Engine.walk``."""

    def get(self, ids: Iterable[str]) -> Mapping[str, Article]:
        """As ``Engine.get``."""

    def article_of(self, statement_id: str) -> str | None:
        """As ``Engine.article_of``."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """As ``Engine.digests``."""


class EmbeddedEngine:
    """Generations in a folder; see ``Engine`` for the methods. Thread-safe.

    ``engine`` forces the one that writes, and then what another one wrote is not searched. Else each generation is
    read by the engine that wrote it, and ``reindex`` picks by size.
    """

    def __init__(self, folder: Path, engine: Name | None = None) -> None:
        self._engine = engine
        self._generations = Generations(folder, NAMES)
        self._opening = threading.Lock()
        self._opened: tuple[tuple[int, ...], Archive] | None = None
        self._before: Archive | None = None  # for pages that began in the generation before

    def search(self, request: SearchRequest) -> Results:
        return self._archive_at(request.at).search(request)

    def walk(self, request: SearchRequest, *, brief: bool = False) -> Walk:
        return self._archive_at(request.at).walk(request, brief=brief)

    def get(self, ids: Iterable[str]) -> Mapping[str, Article]:
        return self._archive().get(ids)

    def article_of(self, statement_id: str) -> str | None:
        return self._archive().article_of(statement_id)

    def digests(self) -> Iterator[tuple[str, str]]:
        return self._served().digests()

    def profile(self) -> bytes:
        file = self._archive().folder / "profile"
        try:
            return file.read_bytes()
        except OSError as error:
            raise _damaged(file.parent, error) from error

    def lock(self) -> AbstractContextManager[None]:
        return self._generations.lock()

    def reindex(
        self, articles: Iterable[Article], *, profile: bytes = b"", corpus: str = "", count: int = 0
    ) -> IndexInfo:
        name, reason = _choice(self._engine, count)

        def build(folder: Path) -> IndexInfo:
            (folder / "profile").write_bytes(profile)
            return _noted(_archive_class(name).build(folder, articles, corpus), reason)

        return self._generations.publish(build)

    def update(
        self,
        articles: Iterable[Article],
        *,
        deleted: Iterable[str] = (),
        profile: bytes | None = None,
        corpus: str | None = None,
    ) -> None:
        def build(folder: Path) -> IndexInfo:
            archive = self._archive()
            if profile is None:
                os.link(archive.folder / "profile", folder / "profile")
            else:
                (folder / "profile").write_bytes(profile)
            info = archive.extend(folder, articles, deleted)
            return _noted(
                info if corpus is None else replace(info, corpus=corpus), archive.info.notes.get("engine", "")
            )

        with self.lock():
            self._generations.publish(build)

    def words(self) -> Vocabulary:
        return self._archive().words

    def info(self) -> IndexInfo:
        return self._served().info

    def _archive(self) -> Archive:
        """Return the generation that is served. Raises IndexFault if another engine is forced than wrote it."""
        archive = self._served()
        if self._engine and archive.info.engine != self._engine:
            raise IndexFault(
                f'The index "{self._generations.folder}" was written by {archive.info.engine}, not {self._engine}: '
                f'leave "{self._engine}:" out of --index, or rebuild it with: searchapp reindex'
            )
        return archive

    def _served(self) -> Archive:
        """Return the generation that is served; a new one is opened wholly before the old one is let go."""
        state = self._generations.state()
        opened = self._opened
        if opened and opened[0] == state:
            return opened[1]
        with self._opening:
            state = self._generations.state()
            if not self._opened or self._opened[0] != state:
                served = self._open()
                self._before = self._opened[1] if self._opened else None
                self._opened = state, served
            return self._opened[1]

    def _archive_at(self, generation: str) -> Archive:
        """Return the generation of this name while it is held, else the one that is served."""
        served = self._archive()
        if generation in ("", served.info.generation):
            return served
        with self._opening:
            held = self._generations.previous()
            if held is None or held[1].generation != generation:
                return served
            if self._before is None or self._before.info.generation != generation:
                try:
                    self._before = _archive_class(held[1].engine).open(*held)
                except Exception:  # damaged, or cleared away by another switch: it is no longer held
                    return served
            return self._before

    def _open(self) -> Archive:
        folder, info = self._generations.current()
        try:
            return _archive_class(info.engine).open(folder, info)
        except Exception as error:  # a damaged file makes Whoosh, numpy, pickle and tantivy raise whatever they like
            if self._generations.current()[0] != folder:  # cleared away by two switches meanwhile
                return self._open()
            raise _damaged(folder, error) from error


def _damaged(generation: Path, error: Exception) -> IndexFault:
    if (isinstance(error, OSError) and not isinstance(error, FileNotFoundError)) or _OUT_OF_REACH.search(str(error)):
        return IndexFault(f'The generation "{generation}" cannot be read ({error}): {RIGHTS}')
    return IndexFault(f'The generation "{generation}" is damaged ({error}). Rebuild the index with: searchapp reindex')


def _choice(forced: Name | None, count: int) -> tuple[Name, str]:
    """Return the engine for so many articles, and the sentence that says why."""
    if forced:
        return forced, f'{forced.title()}, because --index asks for it ("{forced}:").'
    if count <= WHOOSH_FITS:
        return "whoosh", f"Whoosh, which suits up to {WHOOSH_FITS:,} articles."
    return "tantivy", f"Tantivy, because {count:,} articles are more than the {WHOOSH_FITS:,} that suit Whoosh."


def _noted(info: IndexInfo, reason: str) -> IndexInfo:
    """Return what a generation holds with notes on its engine: why it was chosen, and whether it has been outgrown."""
    notes = {"engine": reason}
    if info.engine == "whoosh" and info.articles > WHOOSH_FITS:
        notes["outgrown"] = (
            f"Whoosh suits up to {WHOOSH_FITS:,} articles, and this archive holds {info.articles:,}: to move to "
            'Tantivy, reindex (with "whoosh:" left out of --index).'
        )
    return replace(info, notes=notes)


def _archive_class(engine: str) -> type[Archive]:
    """Return the class of an engine's archives. A library is loaded when it is needed first."""
    if engine == "tantivy":
        from searchapp.engines.tantivy.archive import TantivyArchive

        return TantivyArchive
    from searchapp.engines.whoosh.archive import WhooshArchive

    return WhooshArchive
