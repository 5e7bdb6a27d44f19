"""The words of English that attribution knows, as data: a file a kind, a word a line, with comments at its top.

All were written from general knowledge of newspaper English; nothing was counted or learned from texts.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_FOLDER = files("searchapp.ingest.attribution.english")


def lines(name: str) -> list[str]:
    """Return the lines of one of the files without the comments at its top."""
    return [line for line in _FOLDER.joinpath(name).read_text("utf8").splitlines() if not line.startswith("# ")]


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of one kind: those of the file ``<kind>.txt``."""
    return frozenset(lines(f"{kind}.txt"))


def pairs(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (first column, words of the second) of each line of a table of one or two columns."""
    for line in lines(name):
        head, _, tail = line.partition("\t")
        yield head, tail.split()


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table whose first line names its columns: column -> cell, empty behind a row's end."""
    header, *others = (line.split("\t") for line in lines(name))
    for row in others:
        yield dict(zip(header, row + [""] * (len(header) - len(row)), strict=True))
