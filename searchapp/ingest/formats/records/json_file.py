"""JSON files of records: one object, a list of them, several in a row, or the list within what an API answered.

A file is cut by its brackets, in blocks, so that a list of any size takes no more memory than its largest record.
Parsers that stream (ijson) give objects, not their bytes, and lose what follows a damaged record.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from searchapp.errors import Rejected
from searchapp.ingest.formats.decoding import beginning
from searchapp.ingest.formats.records.record import Records
from searchapp.ingest.formats.records.streams import utf_8_blocks
from searchapp.ingest.raw import MAX_ARTICLE, Item

# Keys under which APIs answer with a list of articles, or with an object that holds it.
_LISTS: Final = (
    "articles data docs documents entries hits item items news posts records response result results stories value"
)
_LIST_KEY = re.compile(rf'"(?:{"|".join(_LISTS.split())})"\s{{0,20}}:\s{{0,20}}\Z'.encode())
_SCALAR = r'"[^"\n]{1,40}"\s{0,9}:\s{0,9}(?:"[^"\n]{0,200}"|[\w.+-]{1,30})\s{0,99},\s{0,99}'
_ANSWER = re.compile(
    rf'\s{{0,99}}\{{\s{{0,99}}(?:{_SCALAR}){{0,12}}"(?:{"|".join(_LISTS.split())})"\s{{0,9}}:\s{{0,9}}[\[{{]'
)
_LIST = re.compile(r"\s{0,99}\[\s{0,99}\{\s{0,99}[\"}]")
_OVER_LINES = re.compile(
    r'\s{0,99}\{[^\S\n]{0,99}(?:"[^"\n]{1,99}"\s{0,9}:[^\n]{0,4000}[,{\[][^\S\n]{0,9})?\n\s{0,99}"'
)
_MARK = re.compile(rb'["{}\[\]]')
_IN_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_BACKSLASH: Final = ord("\\")
_KEY_AT: Final = 80  # bytes before a list in which its key stands


class Json(Records):
    """A JSON file that is no JSON lines."""

    called = "records, answers of APIs (JSON)"
    suffixes = (".json",)

    def sniff(self, head: bytes) -> bool:
        """Say whether a list of objects begins so, an object over several lines, or what an API answers."""
        text = beginning(head)
        return any(pattern.match(text) for pattern in (_LIST, _OVER_LINES, _ANSWER))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the objects, numbered from 1 where there are several. Raises Rejected if there is none."""
        cutter = Cutter()
        first: bytes | None = None
        number = 0
        for piece in cutter.cut(stream):
            number += 1
            if number == 1 and not cutter.listed:
                first = piece  # it may be the only one, which has no number
                continue
            if first is not None:
                yield Item(path, 1, first, columns=self.columns)
                first = None
            yield Item(path, number, piece, columns=self.columns)
        if first is not None:
            yield Item(path, None, first, columns=self.columns)
        if not number:
            raise Rejected("There is no JSON object ({…}) in it.")


class Cutter:
    """Cuts a stream into the objects that are records. ``listed``: one stood in a list; ``around`` is what stands
    before that list in the object that holds it.

    ``_depth`` is how many brackets are open, ``_base`` how many around a record: none, or those of the lists.
    ``_others`` is how deep the brackets begin that hold no list of records, such as an object within a record.
    """

    def __init__(self) -> None:
        self.listed = False
        self.around = b""
        self._piece = bytearray()
        self._depth = self._base = 0
        self._others: int | None = None
        self._is_answer = False  # what is open at the top is no record itself: it held a list of them
        self._awaits = False  # a list has just begun that may be one of records

    def cut(self, stream: BinaryIO) -> Iterator[bytes]:
        in_string, carried = False, b""
        for block in utf_8_blocks(stream):
            block, carried = carried + block, b""
            kept = at = 0
            while True:
                if in_string:
                    at = _IN_STRING.match(block, at).end()  # type: ignore[union-attr]
                    if at == len(block):
                        break
                    if block[at] == _BACKSLASH:  # the last byte: what it escapes comes with the next block
                        block, carried = block[:at], b"\\"
                        break
                    at, in_string = at + 1, False
                mark = _MARK.search(block, at)
                if mark is None:
                    break
                at = mark.end()
                if mark[0] == b'"':
                    in_string, self._awaits = True, False
                elif self._is_deep():
                    self._depth += 1 if mark[0] in b"{[" else -1
                elif mark[0] in b"{[":
                    self._keep(block[kept : at - 1])
                    kept = at - 1 if self._open(mark[0]) else at
                else:
                    self._keep(block[kept:at])
                    kept = at
                    yield from self._closed()
            self._keep(block[kept:])
        if self._depth > self._base and self._piece and (self._base or not self._is_answer):
            yield bytes(self._piece)

    def _is_deep(self) -> bool:
        """Tell whether two brackets are open at least that are within a record, or hold no records."""
        return self._depth > 1 + (self._base or (self._depth if self._others is None else self._others))

    def _keep(self, data: bytes) -> None:
        if self._depth > self._base:
            self._piece += data[: max(0, MAX_ARTICLE + 1 - len(self._piece))]

    def _open(self, bracket: bytes) -> bool:
        """Go into a bracket, and say whether it belongs to what is kept."""
        awaited, self._awaits = self._awaits, False
        if self._depth == 0 and bracket == b"[":
            self._depth = self._base = 1
            self.listed = True
            return False
        if awaited and bracket == b"{":  # the first of a list of records within an answer
            self._base, self._is_answer, self.listed = self._depth, True, True
            self.around = self.around or bytes(self._piece)
            self._piece.clear()
        elif self._base == 0 and self._depth and self._others is None:
            if not _LIST_KEY.search(self._piece[-_KEY_AT:]):
                self._others = self._depth
            else:
                self._awaits = bracket == b"["
        self._depth += 1
        return True

    def _closed(self) -> Iterator[bytes]:
        self._depth = max(0, self._depth - 1)
        if self._others is not None and self._depth <= self._others:
            self._others = None
        if self._depth == self._base and self._piece:
            if self._base or not self._is_answer:
                yield bytes(self._piece)
            self._piece.clear()
        if self._depth < self._base:
            self._base = 0
        if self._depth == 0:
            self._is_answer = False
