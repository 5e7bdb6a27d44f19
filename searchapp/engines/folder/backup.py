"""A copy of the generation that is served, in a folder that can be served too; made while the index serves."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from searchapp.engines.folder.engine import NAMES
from searchapp.engines.folder.generations import Generations, damaged_generation
from searchapp.engines.folder.seals import SEAL, Broken, damage_in, read_seal
from searchapp.errors import EngineUnavailable, IndexDamaged, IndexFault
from searchapp.search import IndexInfo

_TRIES = 3  # at an index whose generations are cleared away while they are copied


class BackedUp(NamedTuple):
    """What a backup holds, in so many ``files`` and bytes; and whether it held that already."""

    info: IndexInfo
    files: int
    size: int
    was_there: bool


def back_up(folder: Path, destination: Path, link: bool = False) -> BackedUp:
    """Copy the generation that the index in ``folder`` serves into the one in ``destination``, which need not exist,
    and switch that to it once all its files, as they lie there, are what was sealed. With ``link`` they are hard links.

    What was served there stays as the generation before. Raises IndexMissing, IndexOutdated; IndexDamaged when what is
    to be copied is damaged; IndexBusy when another process writes to ``destination``; IndexFault when that is the index
    itself, holds another corpus, lacks room or cannot be written; EngineUnavailable when the index changes too often.
    """
    if destination.resolve() == folder.resolve():
        raise IndexFault(f'"{destination}" is the index itself: name another folder for its backup.')
    source, copy = Generations(folder, NAMES), Generations(destination, NAMES)
    for _ in range(_TRIES):
        generation, info = source.current()
        if "damage" in info.notes:
            raise IndexDamaged(info.notes["damage"], info.corpus, info.articles)
        try:
            return _copied(generation, info, copy, link)
        except IndexFault:
            if source.current()[0] == generation:
                raise
    raise EngineUnavailable(f'The index "{folder}" is published anew too often: back it up when that is done.')


def _copied(generation: Path, info: IndexInfo, copy: Generations, link: bool) -> BackedUp:
    try:
        files = read_seal(generation).files
    except Broken as fault:
        raise damaged_generation(generation, [f"{SEAL} {fault}"], info) from None
    except OSError as fault:
        raise IndexFault(f'The generation "{generation}" cannot be read ({fault}).') from fault
    size, held = sum(size for size, _ in files.values()), copy.served()
    if held and held.corpus != info.corpus:
        raise IndexFault(
            f'"{copy.folder}" holds the articles of "{held.corpus}", not of "{info.corpus}": name another folder.'
        )
    was_there = held is not None and held.generation == info.generation
    if not was_there or damage_in(copy.folder / info.generation):
        was_there = False
        copy.adopt(lambda into: _fill(into, generation, (*files, SEAL), 0 if link else size, info), info)
    return BackedUp(info, len(files), size, was_there)


def _fill(into: Path, generation: Path, names: Iterable[str], size: int, info: IndexInfo) -> None:
    """Copy files of a generation, which have so many bytes; 0: link them."""
    free = shutil.disk_usage(into).free
    if size > free:
        raise IndexFault(
            f'The backup takes {size:,} bytes, and "{into.parent}" has room for {free:,}: make room there.'
        )
    for name in names:
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        if size:
            shutil.copy2(generation / name, into / name)
        else:
            os.link(generation / name, into / name)
    if damaged := damage_in(into):
        if at_its_source := damage_in(generation):
            raise damaged_generation(generation, at_its_source, info)
        raise IndexFault(
            f'What was written to "{into.parent}" is not what was copied ({damaged[0]}): look at that disk.'
        )
