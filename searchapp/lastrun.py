"""What the last reindex or update came to, beside the index, for those who watch over it."""

from contextlib import suppress
from pathlib import Path

import msgspec

FILE = "last-run.json"  # in the folder of an index


class LastRun(msgspec.Struct, frozen=True):
    """What was ``done`` (reindex, update); when it ended, in seconds since 1970, and how many it took; its counts, as
    the report of that run has them."""

    done: str
    ended: float
    seconds: float
    articles: int
    added: int
    changed: int
    unchanged: int
    removed: int
    rejected: int
    unreadable: int


# Made as the module is loaded: two threads that are the first to decode a type end the process (msgspec 0.22).
_RUNS = msgspec.json.Decoder(LastRun)


def write(folder: Path, run: LastRun) -> None:
    """Keep what a run came to; where that cannot be written, it is not known."""
    with suppress(OSError):
        new = folder / f"{FILE}.new"
        new.write_bytes(msgspec.json.encode(run))
        new.replace(folder / FILE)


def read(folder: Path) -> LastRun | None:
    """Return what the last run came to, None if that is not known."""
    with suppress(OSError, msgspec.DecodeError):
        return _RUNS.decode((folder / FILE).read_bytes())
    return None
