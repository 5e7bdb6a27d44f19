"""What a web server answered, as web archives keep it: head and body, however the body was packed for its way."""

import zlib
from dataclasses import dataclass
from email.message import Message
from io import BytesIO

import brotli
import zstandard

from searchapp.errors import Rejected

_MAX_WINDOW = 2**27  # bytes that a zstd frame may ask to be kept
_DAMAGED = "The answer of the server is damaged: its body cannot be unpacked."


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` as in 200, 0 if there is none; ``kind`` as in "text/html", lower-cased; ``body`` is unpacked."""

    status: int
    kind: str
    charset: str | None
    body: bytes


def head_of(block: bytes) -> tuple[int, Message, bytes]:
    """Return the status, the fields and the packed body of an answer."""
    head, _, body = block.partition(b"\r\n\r\n")
    if len(head) == len(block):
        head, _, body = block.partition(b"\n\n")
    first, *lines = head.decode("utf-8", "replace").splitlines()[:200] or [""]
    fields = Message()
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and name.strip():
            fields[name.strip()] = value.strip()
    status = first.split()[1] if first.startswith("HTTP/") and len(first.split()) > 1 else ""
    return int(status) if status.isascii() and status.isdigit() else 0, fields, body


def unpacked(fields: Message, body: bytes, limit: int) -> bytes:
    """Return a body as it was before it was sent, cut off behind ``limit`` bytes.

    Some archives keep bodies unpacked, and the fields as they were. Raises Rejected if it is damaged.
    """
    if "chunked" in (fields.get("Transfer-Encoding") or "").lower():
        body = _joined(body)
    packings = [each.strip().lower() for each in (fields.get("Content-Encoding") or "").split(",")]
    try:
        for packing in reversed(packings[:3]):
            body = _unpacked(packing, body, limit + 1)
    except (zlib.error, brotli.error, zstandard.ZstdError, MemoryError) as fault:
        raise Rejected(_DAMAGED) from fault
    return body[: limit + 1]


def _unpacked(packing: str, body: bytes, limit: int) -> bytes:
    if packing in ("gzip", "x-gzip"):
        return zlib.decompressobj(wbits=31).decompress(body, limit) if body.startswith(b"\x1f\x8b") else body
    if packing == "deflate":
        try:
            return zlib.decompressobj().decompress(body, limit)
        except zlib.error:
            return body if b"<" in body[:200] else zlib.decompressobj(wbits=-15).decompress(body, limit)
    if packing == "br":
        try:
            return bytes(brotli.Decompressor().process(body, output_buffer_limit=limit))
        except brotli.error:
            if b"<" in body[:200]:
                return body
            raise
    if packing == "zstd" and body.startswith(b"\x28\xb5\x2f\xfd"):
        with zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW).stream_reader(BytesIO(body)) as reader:
            return reader.read(limit)
    return body


def _joined(body: bytes) -> bytes:
    """Return the chunks of a body as one; a body that does not come in chunks as it is."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\n", at, at + 100)
        size = body[at : max(end, at)].partition(b";")[0].strip()
        try:
            length = int(size, 16)
        except ValueError:
            return b"".join(parts) if parts else body
        if length <= 0 or end < 0:
            break
        parts.append(body[end + 1 : end + 1 + length])
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return b"".join(parts) if parts else body
