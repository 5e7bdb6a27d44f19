"""Engines that keep their generations in a folder: what they share, and which of them a folder gets."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Literal, Protocol, TypeVar

from searchapp.article import Article
from searchapp.engines.folder.generations import Generations, noting_damage
from searchapp.engines.folder.seals import damage_in
from searchapp.engines.folder.soundness import LOG, SMALL, Soundness, is_failure
from searchapp.engines.vocabulary import Vocabulary
from searchapp.errors import IndexDamaged, IndexFault
from searchapp.search import Hit, IndexInfo, Results, SearchRequest, Walk

Name = Literal["whoosh", "tantivy"]
NAMES: tuple[Name, ...] = ("whoosh", "tantivy")
WHOOSH_FITS = 20_000  # articles; beyond, its pages and builds get slow (docs/performance.md)


Made = TypeVar("Made")


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
        self._soundness = Soundness()

    def search(self, request: SearchRequest) -> Results:
        return self._ask(lambda archive: archive.search(request), request.at)

    def walk(self, request: SearchRequest, *, brief: bool = False) -> Walk:
        archive = self._archive_at(request.at)
        walk = self._of(archive, lambda archive: archive.walk(request, brief=brief))
        return replace(walk, hits=self._hits(archive, walk.hits))

    def get(self, ids: Iterable[str]) -> Mapping[str, Article]:
        wanted = list(ids)
        return self._ask(lambda archive: archive.get(wanted))

    def article_of(self, statement_id: str) -> str | None:
        return self._ask(lambda archive: archive.article_of(statement_id))

    def digests(self) -> Iterator[tuple[str, str]]:
        return iter(self._of(self._served(), lambda archive: list(archive.digests())))

    def profile(self) -> bytes:
        return self._ask(lambda archive: (archive.folder / "profile").read_bytes())

    def lock(self) -> AbstractContextManager[None]:
        return self._generations.lock()

    def reindex(
        self, articles: Iterable[Article], *, profile: bytes = b"", corpus: str = "", count: int = 0
    ) -> IndexInfo:
        name, reason = _choice(self._engine, count)

        def build(folder: Path) -> IndexInfo:
            (folder / "profile").write_bytes(profile)
            return _noted(_archive_class(name).build(folder, articles, corpus), reason)

        return self._generations.publish(build, kept=self._kept())

    def update(
        self,
        articles: Iterable[Article],
        *,
        deleted: Iterable[str] = (),
        profile: bytes | None = None,
        corpus: str | None = None,
    ) -> None:
        def build(folder: Path) -> IndexInfo:
            if profile is None:
                os.link(archive.folder / "profile", folder / "profile")
            else:
                (folder / "profile").write_bytes(profile)
            info = archive.extend(folder, articles, deleted)
            return _noted(
                info if corpus is None else replace(info, corpus=corpus), archive.info.notes.get("engine", "")
            )

        with self.lock():
            archive = self._archive()
            with self._blamed_if_damaged(archive):
                self._generations.publish(build, archive.folder, archive.info)

    def words(self) -> Vocabulary:
        return self._ask(lambda archive: archive.words)

    def info(self) -> IndexInfo:
        return self._served().info

    def _kept(self) -> IndexInfo | None:
        """Return what a reindex keeps as the generation before: what is served, unless files of it are missing."""
        with suppress(IndexFault, OSError):  # none yet, or none that can be read
            served = self._served()
            return None if damage_in(served.folder, at_most=0) else served.info
        return None

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
                    self._before = self._open_whole(*held)
                except IndexFault:  # damaged, or cleared away by another switch: it is no longer held
                    return served
            return self._before

    def _open(self) -> Archive:
        """Open the generation that is published; where it is damaged, the one before, if that is whole."""
        folder, info = self._generations.current()
        try:
            return self._open_whole(folder, info)
        except IndexDamaged as damage:
            if self._generations.current()[0] != folder:  # cleared away by two switches meanwhile
                return self._open()
            before = self._generations.previous()
            if before is None:
                raise
            try:
                served = self._open_whole(before[0], noting_damage(before[1], str(damage)), inf)
            except IndexFault:
                raise damage from None
            LOG.warning("%s Until then, the generation before it answers.", damage)
            return served

    def _open_whole(self, folder: Path, info: IndexInfo, at_most: float | None = None) -> Archive:
        """Open a generation, which is read whole before if it is small, or has ``at_most`` so many bytes. Raises
        IndexDamaged, EngineFailed, or IndexFault when it cannot be read."""
        self._soundness.refuse_damaged(folder, info, SMALL if at_most is None else at_most)
        try:
            return _archive_class(info.engine).open(folder, info)
        except BaseException as error:  # Whoosh, numpy, pickle and tantivy raise whatever they like
            if not is_failure(error):
                raise
            raise self._soundness.cause(folder, info, error) from error

    # Damage

    def damage(self, pace: float = inf) -> Iterator[str]:
        before = self._soundness.damaged()
        if told := self._generations.current()[1].notes.get("damage"):
            yield told
        for generation in self._held():
            try:
                self._soundness.verify(*generation, pace)
            except IndexFault as fault:
                if generation[0] in [folder for folder, _ in self._held()]:  # else it was cleared away meanwhile
                    yield str(fault)
        if self._soundness.damaged() != before:
            with self._opening:
                self._opened = self._before = None

    def _held(self) -> Iterator[tuple[Path, IndexInfo]]:
        yield self._generations.current()
        if before := self._generations.previous():
            yield before

    def _ask(self, work: Callable[[Archive], Made], at: str = "") -> Made:
        """Return what ``work`` makes of the generation named so or, if that turns out to be damaged, of another."""
        archive = self._archive_at(at)
        try:
            return self._of(archive, work)
        except IndexDamaged:
            if self._generations.is_writing():  # what it began with one generation it cannot end with another
                raise
            with self._opening:
                self._opened = self._before = None
            if self._archive_at(at).info.generation == archive.info.generation:
                raise
            return self._of(self._archive_at(at), work)

    def _of(self, archive: Archive, work: Callable[[Archive], Made]) -> Made:
        """Return what ``work`` makes of a generation. Raises IndexFault for whatever its library raises."""
        try:
            return work(archive)
        except BaseException as error:
            if not is_failure(error):
                raise
            raise self._soundness.cause(archive.folder, archive.info, error) from error

    def _hits(self, archive: Archive, hits: Iterator[Hit]) -> Iterator[Hit]:
        while (hit := self._of(archive, lambda _: next(hits, None))) is not None:
            yield hit

    @contextmanager
    def _blamed_if_damaged(self, archive: Archive) -> Iterator[None]:
        """Raise IndexDamaged instead of what is raised because a generation is damaged."""
        try:
            yield
        except BaseException as error:
            if is_failure(error):
                self._soundness.verify(archive.folder, archive.info)
            raise


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
