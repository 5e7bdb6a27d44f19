"""The archivist's names of columns: columns.toml, beside a file or at the top of the corpus."""

from pathlib import Path
from typing import Final

from searchapp.errors import BadColumns
from searchapp.ingest.archivist import Wrong, tables_of, told
from searchapp.ingest.formats.records.field_names import NAMES
from searchapp.ingest.formats.records.record import Columns

FILE: Final = "columns.toml"
_MAX_NAMES: Final = 50  # of one field


def columns_for(file: Path, corpus: Path) -> Columns:
    """Return what columns.toml says of the fields in a file: the one beside it, else that of the corpus; () if there is
    none. Raises BadColumns, which names line and key."""
    for folder in dict.fromkeys((file.parent, corpus)):
        if (folder / FILE).is_file():
            return load_columns(folder / FILE)
    return ()


def load_columns(path: Path) -> Columns:
    """Read columns.toml: to the name of a field of ours, the name of a column or a list of such names."""
    text, table = tables_of(path, BadColumns)
    found = []
    for ours, theirs in table.items():
        try:
            found += [(ours, name) for name in _names(ours, theirs)]
        except Wrong as wrong:
            raise BadColumns(told(path, text, ours, None, str(wrong))) from None
    return tuple(found)


def _names(ours: str, theirs: object) -> list[str]:
    if ours not in NAMES:
        raise Wrong(None, f"there is no such field; the fields are {', '.join(NAMES)}")
    given = theirs if isinstance(theirs, list) else [theirs]
    names = [name for name in given if isinstance(name, str) and name.strip()]
    if len(names) < len(given):
        raise Wrong(None, f'write the name of a column in quotation marks, or several: {ours} = ["Volltext", "Text"]')
    if len(names) > _MAX_NAMES:
        raise Wrong(None, f"no more than {_MAX_NAMES} names can stand for one field")
    return names
