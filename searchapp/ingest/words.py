"""The general word list."""

import gzip
from functools import cache
from importlib.resources import files


@cache
def word_levels() -> dict[str, int]:
    """Return the general word list (SCOWL): word -> size class, 10 the commonest, 70 the rarest."""
    levels: dict[str, int] = {}
    packed = files("searchapp.ingest").joinpath("words.txt.gz").read_bytes()
    for line in gzip.decompress(packed).decode().splitlines():
        level, *words = line.split(" ")
        levels.update(dict.fromkeys(words, int(level)))
    return levels
