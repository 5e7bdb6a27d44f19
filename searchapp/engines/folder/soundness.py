"""Which generations are whole and which are damaged, as far as this process knows; and why a library failed."""

import logging
import re
import time
from math import inf
from pathlib import Path
from traceback import extract_tb

from searchapp.engines.folder.generations import RIGHTS, damaged_generation
from searchapp.engines.folder.seals import damage_in
from searchapp.errors import EngineFailed, IndexDamaged, IndexFault, SearchappError
from searchapp.search import IndexInfo

LOG = logging.getLogger(__name__)
SMALL = 64 << 20  # bytes of a generation that is read whole before it answers: some hundredths of a second
_SURE_FOR = 600.0  # seconds for which a generation that was read whole is not read again when its library fails
_OUT_OF_REACH = re.compile("PermissionDenied|ReadOnlyFilesystem|Too many open files")  # in what tantivy tells


class Soundness:
    """Remembers what was found of generations, by their names. Thread-safe."""

    def __init__(self) -> None:
        self._whole: dict[str, float] = {}  # when each was read whole, as time.monotonic tells
        self._damaged: dict[str, IndexDamaged] = {}

    def damaged(self) -> frozenset[str]:
        """Return the names of the generations that are known to be damaged."""
        return frozenset(self._damaged)

    def refuse_damaged(self, folder: Path, info: IndexInfo, at_most: float) -> None:
        """Raise IndexDamaged if a generation is known to be, or is found to be: it is read if it has ``at_most`` so
        many bytes and was not read before, else the lengths of its files are compared. Raises IndexFault when it cannot
        be read."""
        if known := self._damaged.get(folder.name):
            raise known
        if folder.name not in self._whole:
            self._compare(folder, info, inf, at_most)

    def verify(self, folder: Path, info: IndexInfo, pace: float = inf) -> None:
        """Read a generation whole, ``pace`` bytes a second at most. Raises as ``refuse_damaged``."""
        self._compare(folder, info, pace, inf)
        self._whole[folder.name] = time.monotonic()

    def cause(self, folder: Path, info: IndexInfo, error: BaseException) -> IndexFault:
        """Return why the library of a generation raised: it cannot be read, it is damaged, or neither is so, which is a
        fault of the program."""
        if is_out_of_reach(error):
            return _unreadable(folder, error)
        try:
            if time.monotonic() - self._whole.get(folder.name, -inf) > _SURE_FOR:
                self.verify(folder, info)
        except IndexFault as fault:
            return fault
        if isinstance(error, IndexFault):
            return error
        place = extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
        failed = EngineFailed(
            f"searchapp itself failed ({where}), though the index is whole: please report this with the search."
        )
        LOG.error("%s", failed)
        LOG.debug("%s failed", info.engine, exc_info=error)
        return failed

    def _compare(self, folder: Path, info: IndexInfo, pace: float, at_most: float) -> None:
        try:
            found = damage_in(folder, pace, at_most)
        except OSError as error:
            raise _unreadable(folder, error) from error
        if found:
            self._whole.pop(folder.name, None)
            self._damaged[folder.name] = damaged_generation(folder, found, info)
            raise self._damaged[folder.name]
        self._damaged.pop(folder.name, None)


def is_failure(error: BaseException) -> bool:
    """Tell whether the library of an engine failed, a panic included: that of one in Rust is no Exception, and has no
    public name. What is said for a user already is no failure, but for what is wrong with the index."""
    if isinstance(error, SearchappError):
        return isinstance(error, IndexFault)
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def is_out_of_reach(error: BaseException) -> bool:
    """Tell whether files could not be read for another reason than damage."""
    rights = isinstance(error, OSError) and not isinstance(error, FileNotFoundError)
    return rights or _OUT_OF_REACH.search(str(error)) is not None


def _unreadable(folder: Path, error: BaseException) -> IndexFault:
    return IndexFault(f'The generation "{folder}" cannot be read ({error}): {RIGHTS}')
