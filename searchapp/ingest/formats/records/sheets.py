"""Spreadsheets of records: a record a row. Calamine reads them, nine times as fast as openpyxl in half the memory."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, Self

from searchapp.errors import Rejected
from searchapp.ingest.formats.packed import ZIP, on_disk
from searchapp.ingest.formats.records.record import Records
from searchapp.ingest.formats.records.tables import items_of
from searchapp.ingest.raw import Item

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_MAX_SIZE: Final = 400 * 2**20  # bytes, unzipped: the texts of all cells are held in memory
_BLOCK: Final = 2**20
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument.spreadsheet"


class Sheets(Records):
    """The rows of all sheets that have a column of texts; their numbers go on from one sheet to the next."""

    called = "spreadsheets"
    suffixes = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")

    def sniff(self, head: bytes) -> bool:
        """Say whether a zip file begins so that has a workbook in it."""
        return head.startswith(ZIP) and (b"xl/workbook" in head or b"xl/worksheets" in head or _OPEN_DOCUMENT in head)

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the rows as JSON objects. Raises Rejected when the file is damaged or locked, or has no texts."""
        with on_disk(stream) as file:
            _refuse_too_large(file)
            try:
                from python_calamine import CalamineError, CalamineWorkbook, PasswordError
            except ImportError as fault:
                raise Rejected("Spreadsheets are read with python-calamine, which is not installed.") from fault
            try:
                with CalamineWorkbook.from_filelike(file) as workbook:
                    yield from self._rows(workbook, path)
            except PasswordError as fault:
                raise Rejected("The spreadsheet is locked: save it without a password.") from fault
            except CalamineError as fault:
                raise Rejected(
                    "The spreadsheet is damaged, or of a kind that cannot be read: save it as CSV."
                ) from fault

    def _rows(self, workbook: "CalamineWorkbook", path: str) -> Iterator[Item]:
        """Yield the items of each sheet. Raises Rejected if none of them has texts, with why the first has none."""
        above, found, why = 0, False, None
        for name in workbook.sheet_names:
            rows = _Counted(workbook.get_sheet_by_name(name).iter_rows())
            try:
                for item in items_of(map(_plain, rows), path, self.columns):
                    found = True
                    yield Item(path, (item.number or 0) + above, item.data, columns=item.columns)
            except Rejected as reason:
                why = why or reason
            above += rows.count
        if why and not found:
            raise why


class _Counted:
    """Rows, and how many of them were taken."""

    def __init__(self, rows: Iterator[Sequence[Any]]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Sequence[Any]:
        row = next(self._rows)
        self.count += 1
        return row


def _plain(row: Sequence[Any]) -> list[object]:
    return [_value(cell) for cell in row]


def _value(cell: Any) -> object:
    """Return what stands in a cell as JSON can have it: days as ISO 8601 writes them, whole numbers as such."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else cell


def _refuse_too_large(file: IO[bytes]) -> None:
    """Raise Rejected when a file, or what is zipped in it, is too large; that is counted, whatever the file says."""
    size = file.seek(0, 2)
    file.seek(0)
    if file.read(4) == ZIP:
        try:
            with zipfile.ZipFile(file) as packed:
                for member in packed.infolist():
                    with packed.open(member) as unzipped:
                        while block := unzipped.read(_BLOCK):
                            size += len(block)
                            _refuse_size(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as fault:
            raise Rejected("The spreadsheet is damaged, or of a kind that cannot be read: save it as CSV.") from fault
    _refuse_size(size)
    file.seek(0)


def _refuse_size(size: int) -> None:
    if size > _MAX_SIZE:
        raise Rejected(f"The spreadsheet is too large: more than {_MAX_SIZE // 2**20} MB unzipped. Save it as CSV.")
