"""Files in which an archivist says what only people know, as TOML; what is wrong in them is told by line and key."""

import tomllib
from pathlib import Path
from typing import Any

from searchapp.errors import BadNotes


class Wrong(Exception):
    """What is wrong with a table: the ``key`` in it (None: the table itself), and a sentence without its full stop."""

    def __init__(self, key: str | None, sentence: str) -> None:
        super().__init__(sentence)
        self.key = key


def tables_of(path: Path, fault: type[BadNotes]) -> tuple[str, dict[str, Any]]:
    """Return a file as its text and as TOML. Raises ``fault``."""
    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise fault(f"{path} cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise fault(f"{path} is not valid TOML: {error}") from error


def told(path: Path, text: str, name: str | tuple[str, ...], key: str | None, sentence: str) -> str:
    """Return what is wrong in a file: at ``key`` of the table ``name``, or with that table or key itself. A table that
    lies in others is named by all of them."""
    names = (name,) if isinstance(name, str) else name
    table = ".".join((*names[:-1], repr(names[-1])))
    where = f"key {table}" if key is None else f"key {table}.{key}"
    return f"{path}, line {_line_of(text, names, key)}, {where}: {sentence}."


def _line_of(text: str, names: tuple[str, ...], key: str | None) -> int:
    """Return the number of the line where ``key`` of a table stands, or where the table begins."""
    lines = text.splitlines()
    begin = next((n for n, line in enumerate(lines) if _is_header(line, names)), None)
    if begin is None:
        begin = next((n for n, line in enumerate(lines) if names[-1] in line), 0)
    elif key:
        for number in range(begin + 1, len(lines)):
            if lines[number].lstrip().startswith("["):
                break
            if lines[number].split("=")[0].strip(" \t\"'") == key:
                return number + 1
    return begin + 1


def _is_header(line: str, names: tuple[str, ...]) -> bool:
    if not line.lstrip().startswith("["):
        return False
    try:
        table: Any = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return False
    for name in names:
        if not isinstance(table, dict) or name not in table:
            return False
        table = table[name]
    return True
