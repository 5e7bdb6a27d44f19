"""JSON lines: one record a line."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from searchapp.ingest.formats.decoding import beginning
from searchapp.ingest.formats.records.record import Records
from searchapp.ingest.raw import MAX_ARTICLE, Item

_OBJECT = re.compile(r'\s{0,99}\{\s{0,99}"[^"\n]{1,99}"\s{0,99}:')


class JsonLines(Records):
    """One object a line."""

    called = "records, one a line (JSON lines)"
    suffixes = (".jsonl", ".ndjson", ".jl")

    def sniff(self, head: bytes) -> bool:
        """Say whether an object with a key begins so."""
        return bool(_OBJECT.match(beginning(head)))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the lines that are not blank."""
        number = 0
        while line := stream.readline(MAX_ARTICLE + 1):
            number += 1
            rest = line
            while len(rest) > MAX_ARTICLE and not rest.endswith(b"\n"):  # the tail of a line that is too long
                rest = stream.readline(MAX_ARTICLE + 1)
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if not line.isspace():
                data = line.rstrip(b"\r\n") if len(line) <= MAX_ARTICLE else line
                yield Item(path, number, data, columns=self.columns)
