"""Tables of records: CSV and TSV, with whatever separator, quotation and encoding."""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO, Final, NamedTuple, Self

import msgspec

from searchapp.errors import Rejected
from searchapp.ingest.formats.decoding import beginning
from searchapp.ingest.formats.records.field_names import known
from searchapp.ingest.formats.records.record import Columns, Records
from searchapp.ingest.formats.records.streams import text_of
from searchapp.ingest.raw import MAX_ARTICLE, Item, Raw

csv.field_size_limit(MAX_ARTICLE)  # code points; the library's own limit of 131,072 is less than a long report has
_MAX_HEAD: Final = 20  # rows of notes above that with the names
_MAX_AGAIN: Final = 2**26  # code points of damaged rows that are read a second time, in all
_SEPARATORS: Final = ",;\t|"
_NO_SEPARATOR: Final = "\x1f"
_SAMPLE: Final = 2**17  # code points by which the separator is told
_SAID: Final = re.compile(r'"?sep=([^"\n])"?\s{0,9}\Z', re.IGNORECASE)  # as Excel has it in the first line
_OF_TEXT: Final = {"text", "html", "summary"}
_DAMAGED: Final = b'"'  # begins the item of a row that is none: its first line as a JSON string


class Manner(NamedTuple):
    """How a table is written: what parts its columns, whether a backslash guards a quotation mark, how many columns."""

    separator: str
    escape: str | None = None
    width: int = 1

    def rows(self, lines: Iterator[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self.separator, escapechar=self.escape)


class Tables(Records):
    """A record a row; the first row, or one soon after, has their names."""

    called = "tables (CSV, TSV)"
    suffixes = (".csv", ".tsv", ".tab")

    def sniff(self, head: bytes) -> bool:
        """Say whether the first line names a text and something else."""
        first = beginning(head).split("\n", 1)[0].strip("\r")
        found = (known([name.strip(' "') for name in first.split(separator)]) for separator in _SEPARATORS)
        return len(first) < 1_000 and any(len(each) > 2 and each & _OF_TEXT for each in found)

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the rows as JSON objects. Raises Rejected when no column is known to hold text."""
        text = text_of(stream)
        try:
            manner = manner_of(text.read(_SAMPLE))
            text.seek(0)
            lines = _Lines(iter(lambda: text.readline(MAX_ARTICLE + 1), ""))
            yield from items_of(_rows(lines, manner), path, self.columns)
        finally:
            text.detach()

    def identify(self, item: Item) -> str:
        """Return the record's id, else a digest of its url or text. Raises Rejected for a damaged row."""
        _refuse_damaged(item)
        return super().identify(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        _refuse_damaged(item)
        return super().parse(item, raw)


def items_of(rows: Iterator[Sequence[object] | str], path: str, columns: Columns) -> Iterator[Item]:
    """Yield the rows of a table below that with the names, as JSON objects without what is empty. A row's number counts
    those above, too; one that is text is damaged.

    Raises Rejected when no column is known to hold text.
    """
    head = list(islice(rows, _MAX_HEAD))
    names = next((row for row in head if not isinstance(row, str) and _name_text(row, columns)), None)
    if names is None:
        seen = ", ".join(f'"{name}"' for name in (head or [[]])[0] if name)[:300]
        raise Rejected(
            f"No column is known to hold the text; the first row is: {seen or 'empty'}. Say which one does in a "
            'columns.toml beside the file: text = "…".'
        )
    keys = [str(name).strip() or f"column {number}" for number, name in enumerate(names, 1)]
    encode = msgspec.json.Encoder().encode
    is_below = False
    for number, row in enumerate(chain(head, rows), 1):
        if row is names:
            is_below = True
        elif isinstance(row, str):
            yield Item(path, number, encode(row), columns=columns)
        elif is_below:
            record = {key: value for key, value in zip(keys, row, strict=False) if value not in ("", None)}
            if record:
                yield Item(path, number, encode(record), columns=columns)


def _name_text(row: Sequence[object], columns: Columns) -> bool:
    """Tell whether a row has the names of columns, one of a text among them."""
    return not _OF_TEXT.isdisjoint(known([str(name) for name in row], columns))


def manner_of(sample: str) -> Manner:
    """Return how a table is written that begins so: in the manner that gives it the most names that are known, then the
    most rows as wide as most are, then the most columns."""
    first, _, rest = sample.partition("\n")
    if said := _SAID.match(first):
        return _tried(rest, Manner(said[1]))[1]
    tried = [_tried(sample, Manner(each, escape)) for each in _SEPARATORS for escape in (None, "\\")]
    best = max(tried, key=lambda each: each[0])
    return best[1] if best[1].width > 1 else Manner(_NO_SEPARATOR)


def _tried(sample: str, manner: Manner) -> tuple[tuple[int, float, int], Manner]:
    """Return how well a manner fits a sample, and the manner with the width of its row of names."""
    lines = sample.splitlines(keepends=True)
    try:
        rows = [row for row in manner.rows(iter(lines)) if row]
    except csv.Error:
        return (0, 0.0, 0), manner
    whole = rows[:-1] or rows  # the last may be cut through
    names = max(whole[:_MAX_HEAD], key=lambda row: len(known(row)), default=[""])
    as_wide = sum(len(row) == len(names) for row in whole)
    return (len(known(names)), as_wide / max(1, len(whole)), len(names)), manner._replace(width=len(names))


class _Lines:
    """The lines of a table: ``read`` are those since it was last emptied, and may be put back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._again = lines, deque[str]()
        self.read: list[str] = []
        self._left = 2 * MAX_ARTICLE

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.read.append(line)
        self._left -= len(line)
        if self._left < 0:
            raise csv.Error("row larger than row limit")
        return line

    def begin(self) -> None:
        self.read, self._left = [], 2 * MAX_ARTICLE

    def put_back(self, lines: list[str]) -> None:
        self._again.extendleft(reversed(lines))


def _rows(lines: _Lines, manner: Manner) -> Iterator[list[str] | str]:
    """Yield the rows. Of one that is damaged (a quotation mark that does not close swallowed others) its first line
    comes as text, and the rest is read anew."""
    reader, again = manner.rows(lines), 0
    while True:
        lines.begin()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = None
        if row is not None and _is_whole(row, manner.width, len(lines.read)):
            yield row
            continue
        first, *others = lines.read
        yield first[:200]
        again += sum(map(len, others))
        if others and again <= _MAX_AGAIN:
            lines.put_back(others)
            reader = manner.rows(lines)


def _is_whole(row: list[str], width: int, lines: int) -> bool:
    return len(row) == width or (lines == 1 if len(row) < width else not any(row[width:]))


def _refuse_damaged(item: Item) -> None:
    if item.data.startswith(_DAMAGED):
        raise Rejected(
            "The row has other columns than its table, or is too large: perhaps a quotation mark in it is not doubled. "
            f"It begins {msgspec.json.decode(item.data)[:80]!r}."
        )
