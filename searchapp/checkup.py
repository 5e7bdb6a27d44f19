"""What an archive needs to be served and brought up to date: looked at from outside, without changing anything."""

import os
import platform
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from searchapp import __version__
from searchapp.engines import folder_of, open_engine, without_password
from searchapp.errors import SearchappError
from searchapp.search import IndexInfo
from searchapp.settings import ANY, Settings, load, site_prefix

State = Literal["ok", "doubt", "fault"]
_LIBRARIES = ("whoosh", "tantivy", "opensearch-py", "lxml", "flask", "gunicorn", "waitress", "prometheus-client")
_FILES = 1024  # that a process may have open: connections, and the files of an index
_SLACK = timedelta(minutes=5)  # by which clocks of several hosts may differ
_THIS_MACHINE = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it stands, and a sentence on it."""

    about: str
    state: State
    told: str


def examined(given: Mapping[str, object]) -> Iterator[Finding]:
    """Yield what is found of all that matters; ``given`` are settings of the command line."""
    yield Finding("versions", "ok", _versions())
    try:
        settings = load(given)
        site_prefix(os.environ)
    except SearchappError as fault:
        yield Finding("settings", "fault", str(fault))
        return
    yield Finding("settings", "ok", "All of them can be read.")
    info = None
    try:
        info = open_engine(settings.index, settings).info()
        yield _index(settings, info)
    except SearchappError as fault:
        yield Finding("index", "fault", str(fault))
    looks: tuple[Callable[[Settings, IndexInfo | None], Iterator[Finding]], ...] = (
        _room,
        _rights,
        _corpus,
        _clock,
        _site,
    )
    for look in looks:
        yield from look(settings, info)


def _versions() -> str:
    found = [f"searchapp {__version__}", f"Python {platform.python_version()}"]
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(found) + "."


def _index(settings: Settings, info: IndexInfo) -> Finding:
    if damage := info.notes.get("damage"):
        return Finding("index", "fault", damage)
    held = f'"{without_password(settings.index)}" holds {info.articles:,} articles, written by {info.engine}'
    if outgrown := info.notes.get("outgrown"):
        return Finding("index", "doubt", f"{held}. {outgrown}")
    return Finding("index", "ok", f"{held}, generation {info.generation}.")


def _room(settings: Settings, info: IndexInfo | None) -> Iterator[Finding]:
    folder = folder_of(settings.index)
    if folder and folder.is_dir():
        size = _size_of(folder / info.generation) if info else 0
        free = shutil.disk_usage(folder).free
        state: State = "ok" if free > 2 * size else "doubt"
        told = f"{free:,} bytes are free for the index, of which a generation takes {size:,}"
        yield Finding(
            "room", state, f"{told}." if state == "ok" else f"{told}: a reindex needs as much again. Make room."
        )
    temporary = Path(tempfile.gettempdir())
    free, corpus = shutil.disk_usage(temporary).free, Path(settings.corpus)
    needed = _size_of(corpus) if corpus.is_dir() else 0
    told = f'{free:,} bytes are free in "{temporary}", and the corpus takes {needed:,}'
    if free > 3 * needed:
        yield Finding("room", "ok", f"{told}.")
    else:
        yield Finding("room", "doubt", f"{told}: a reindex may need three times that. Set TMPDIR to another folder.")


def _rights(settings: Settings, _: IndexInfo | None) -> Iterator[Finding]:
    folder = folder_of(settings.index)
    if folder and folder.is_dir():
        if not os.access(folder, os.R_OK | os.X_OK):
            yield Finding("rights", "fault", f'This user may not read "{folder}".')
        elif not os.access(folder, os.W_OK):
            yield Finding(
                "rights", "doubt", f'This user may read "{folder}" and not write it: enough to serve it only.'
            )
        else:
            yield Finding("rights", "ok", f'This user may read and write "{folder}".')
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if 0 <= limit < _FILES:
        yield Finding(
            "rights", "doubt", f"A process may open {limit} files: raise that to {_FILES} or more (ulimit -n)."
        )


def _corpus(settings: Settings, info: IndexInfo | None) -> Iterator[Finding]:
    corpus = Path(settings.corpus)
    if not corpus.is_dir():
        yield Finding("corpus", "doubt", f'There is no folder "{corpus}": enough to serve, and not to update.')
    elif not os.access(corpus, os.R_OK | os.X_OK):
        yield Finding("corpus", "fault", f'This user may not list "{corpus}".')
    elif info and info.corpus not in ("", str(corpus.resolve())):
        yield Finding("corpus", "doubt", f'The index was built from "{info.corpus}", and "{corpus}" is another folder.')
    else:
        yield Finding("corpus", "ok", f'"{corpus}" can be read.')


def _clock(_: Settings, info: IndexInfo | None) -> Iterator[Finding]:
    now = datetime.now(UTC)
    then = info.built if info and info.built else now
    if then > now + _SLACK:
        yield Finding(
            "clock", "fault", f"It is {now:%Y-%m-%d %H:%M} UTC here, and the index is of {then:%Y-%m-%d %H:%M}."
        )
    else:
        yield Finding("clock", "ok", f"It is {now:%Y-%m-%d %H:%M} UTC.")


def _site(settings: Settings, _: IndexInfo | None) -> Iterator[Finding]:
    is_open = settings.host not in _THIS_MACHINE
    if is_open and not settings.closed and not settings.proxies:
        yield Finding(
            "site", "doubt", f"Whoever reaches {settings.address} can read the archive: nobody has to sign in."
        )
    elif settings.proxies and is_open and settings.proxy_addresses == ANY:
        told = f"Whoever reaches {settings.address} passes for a proxy: name yours in proxy_addresses."
        yield Finding("site", "doubt", told)
    else:
        proxies = f"{settings.proxies} in front of it" if settings.proxies else "no proxy in front of it"
        yield Finding("site", "ok", f"It listens at {settings.address}, with {proxies}.")


def _size_of(folder: Path) -> int:
    """Return how many bytes the files of a folder have, as far as they can be seen."""
    total = 0
    for place, _, files in os.walk(folder):
        for name in files:
            try:
                total += Path(place, name).lstat().st_size
            except OSError:
                continue
    return total
