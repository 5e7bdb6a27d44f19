"""Exports that only their lines part into articles: plain text, in whatever encoding of its country."""

import codecs
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import BinaryIO, cast

from searchapp.ingest.formats.decoding import beginning, encoding_of, in_utf8
from searchapp.ingest.raw import MAX_ARTICLE, Item

_MAX_LINE = 2**18  # bytes of a line that is read at once
REACH = 32  # lines up to the one that tells that an article begins, among which it does
_HIGH = re.compile(rb"[\x80-\xff]")
_SHARE = 10  # of so many bytes one at least is none of ASCII, in a text of another script
# Rules, and numbers of articles: "1件目（全2件）", "001/002", "Документ № 1 из 25", "Document 3 of 7", "[2]".
_NUMBER = re.compile(
    r"\W{0,5}(?:(?:документ|document|dokument|no|nr|記事|文書)\W{0,4})?\d{1,5}(?:\s?(?:件目?|/|из|of|von|de|／|[(（].{0,12}))?"
    r"[\s\d/()（）全件中]{0,12}\W{0,5}|[\s=*_#~─━－-]{3,200}",
    re.IGNORECASE,
)


def is_furniture(line: str) -> bool:
    """Tell whether a line parts articles and says nothing of one: it is blank, a rule, or the number of an article."""
    return not line.strip() or _NUMBER.fullmatch(line.strip()) is not None


@lru_cache(maxsize=4)
def opening(head: bytes) -> str:
    """Return the first bytes of a file as text: of one in no Unicode and another script by a guess."""
    encoding = _encoding(head)
    return beginning(head) if encoding is None else head.decode(encoding, "ignore")


def parted(stream: BinaryIO, path: str, begins: Callable[[list[str]], int | None]) -> Iterator[Item]:
    """Yield the articles of a file, in UTF-8, each cut off behind ``MAX_ARTICLE`` + 1 bytes; what stands before the
    first comes with it. ``begins`` is asked of the last ``REACH`` lines read so far, and tells at which of them one
    begins if the last one shows that."""
    for number, piece in enumerate(_pieces(stream, begins), 1):
        yield Item(path, number, piece)


def _pieces(stream: BinaryIO, begins: Callable[[list[str]], int | None]) -> Iterator[bytes]:
    encoding = _encoding(stream.read(2**14))
    stream.seek(0)
    recoded = cast(BinaryIO, codecs.EncodedFile(stream, "utf-8", encoding or "utf-8", "replace"))
    source = in_utf8(stream) if encoding is None else recoded
    held: list[str] = []
    size, found = 0, False
    while line := source.readline(_MAX_LINE):
        held.append(line.decode("utf-8", "replace"))
        size += len(line)
        if size > MAX_ARTICLE:
            held[:-REACH] = ["".join(held[:-REACH])[: MAX_ARTICLE + 1]]
            size = sum(map(len, held[-REACH:]))
        at = begins(held[-REACH:])
        if at is None:
            continue
        cut = max(0, len(held) - REACH) + at
        if found and cut:
            yield _encoded(held[:cut])
            del held[:cut]
            size = sum(map(len, held))
        found = True
    if held:
        yield _encoded(held)


def above(lines: list[str], at: int) -> int:
    """Return where what only parts articles begins above a line."""
    while at and is_furniture(lines[at - 1]):
        at -= 1
    return at


def _encoded(lines: list[str]) -> bytes:
    return "".join(lines).encode()[: MAX_ARTICLE + 1]


def _encoding(head: bytes) -> str | None:
    """Return the encoding of a text in another script; None for Unicode and for what is nearly all ASCII."""
    if len(_HIGH.findall(head)) * _SHARE < len(head) or "\ufffd" not in head.decode("utf-8", "replace")[:-1]:
        return None
    return encoding_of(head)
