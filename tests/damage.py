"""Ways in which the files of an index are damaged, for the tests."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

BLOCK = 512  # bytes that a disk loses at once


def flip(file: Path, rng: random.Random) -> None:
    data = bytearray(file.read_bytes())
    bit = rng.randrange(8 * len(data))
    data[bit // 8] ^= 1 << bit % 8
    file.write_bytes(data)


def truncate(file: Path, rng: random.Random) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: rng.randrange(len(data))])


def zero(file: Path, rng: random.Random) -> None:
    """Zero a block that holds something else."""
    data = bytearray(file.read_bytes())
    start = rng.choice([at for at in range(0, len(data), BLOCK) if any(data[at : at + BLOCK])])
    data[start : start + BLOCK] = bytes(len(data[start : start + BLOCK]))
    file.write_bytes(data)


def remove(file: Path, _: random.Random) -> None:
    file.unlink()


WAYS: tuple[Callable[[Path, random.Random], None], ...] = (flip, truncate, zero, remove)


def damaged(folder: Path, times: int, seed: int = 1) -> Iterator[str]:
    """Damage a file of an index, ``times`` in each way, and mend it when the next is asked for; yield what was done."""
    rng = random.Random(seed)
    files = sorted(each for each in folder.rglob("*") if each.stat().st_size and each.is_file() and _counts(each))
    for way in WAYS:
        for _ in range(times):
            file = rng.choice(files)
            whole, mode = file.read_bytes(), file.stat().st_mode
            way(file, rng)
            if file.exists() and file.read_bytes() == whole:
                continue
            try:
                yield f"{way.__name__} {file.relative_to(folder)}"
            finally:
                file.write_bytes(whole)
                file.chmod(mode)


def _counts(file: Path) -> bool:
    return file.name != "lock" and file.suffix != ".lock"
