"""Long files in blocks: their encoding is told by how they begin, and they are never read whole."""

import codecs
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO, Final

from searchapp.ingest.formats.decoding import encoding_of

BLOCK: Final = 2**18  # bytes or code points that are read at once
_SAMPLE: Final = 2**17  # bytes by which the encoding is told


def utf_8_blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of a stream without a byte order mark, as UTF-8 if they are UTF-16 or UTF-32."""
    first = stream.read(BLOCK)
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        stream.seek(0)
        text = text_of(stream)
        while block := text.read(BLOCK):
            yield block.encode("utf-8", "replace")
        return
    yield first.removeprefix(codecs.BOM_UTF8)
    while block_of_bytes := stream.read(BLOCK):
        yield block_of_bytes


def text_of(stream: BinaryIO) -> TextIOWrapper:
    """Return a stream, which stands at its beginning, as text with its own line ends; its encoding is found out."""
    encoding = encoding_of(stream.read(_SAMPLE))
    stream.seek(0)
    errors = "searchapp-1252" if encoding == "utf-8" else "replace"
    return TextIOWrapper(stream, "utf-8-sig" if encoding == "utf-8" else encoding, errors, newline="")
