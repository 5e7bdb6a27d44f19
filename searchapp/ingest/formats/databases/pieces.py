"""A file of many articles is cut into them while it is read, in bounded memory."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Final

from searchapp.ingest.raw import MAX_ARTICLE

LINE: Final = rb"(?<![^\r\n])"  # where a line begins
_CHUNK = 2**18  # bytes that are read at once
_REACH = 2_000  # bytes that a mark may have


def pieces(stream: BinaryIO, mark: re.Pattern[bytes], *, behind: bool = False) -> Iterator[bytes]:
    """Yield a stream cut before each match of ``mark`` but the first, or ``behind`` each: none is lost.

    A piece is cut off behind ``MAX_ARTICLE`` + 1 bytes. What a mark matches has less than ``_REACH`` bytes.
    """
    held = bytearray()  # from the beginning of a piece on
    searched = 0
    marked = behind
    while True:
        chunk = stream.read(_CHUNK)
        held += chunk
        while found := mark.search(held, searched):
            if chunk and found.end() > len(held) - _REACH:  # it may go on, or end otherwise
                break
            cut = found.end() if behind else found.start()
            if marked and cut:
                yield bytes(held[: min(cut, MAX_ARTICLE + 1)])
                del held[:cut]
                searched = found.end() - cut
            else:
                searched = found.end()
            marked = True
        if not chunk:
            break
        searched = found.start() if found else max(searched, len(held) - _REACH)
        if searched > MAX_ARTICLE + 2:  # the byte before it stays: a mark may stand at the beginning of a line
            del held[MAX_ARTICLE + 1 : searched - 1]
            searched = MAX_ARTICLE + 2
    if held:
        yield bytes(held[: MAX_ARTICLE + 1])


def articles(cut: Iterable[bytes], is_article: Callable[[bytes], object]) -> Iterator[bytes]:
    """Yield the pieces that are articles, each with those behind it that are none, the first also with those before:
    covers, lists of contents, notices.

    What is none is kept as far as it has its place within ``MAX_ARTICLE`` bytes.
    """
    before, held = b"", None
    for piece in cut:
        if is_article(piece):
            if held is not None:
                yield held
            held, before = before + piece, b""
        elif held is None:
            before = (before + piece)[: MAX_ARTICLE + 1]
        elif len(held) + len(piece) <= MAX_ARTICLE:
            held += piece
    if held is not None or before.strip():
        yield held if held is not None else before
