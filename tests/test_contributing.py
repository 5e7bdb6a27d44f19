"""CONTRIBUTING.md leads a newcomer to places that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "searchapp"
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf8")
PATH = re.compile(r"`([\w./-]*/[\w./-]*|\w+\.(?:py|md|toml|tsv))`")

ROOMS = TEXT.split("\n## The rooms\n", 1)[1].split("\n## ", 1)[0]
OF_ROOMS = sorted(
    {
        (line.split("`")[1] if line.startswith("|") else "", path)
        for line in ROOMS.split("\n")
        for path in PATH.findall(line)
    }
)
OTHERS = sorted(set(PATH.findall(TEXT.replace(ROOMS, ""))))


def is_there(path: Path, written: str) -> bool:
    return path.is_dir() if written.endswith("/") else path.is_file()


@pytest.mark.parametrize("path", OTHERS)
def test_a_path_that_is_named_exists(path: str) -> None:
    assert is_there(ROOT / path, path)


@pytest.mark.parametrize(("row", "path"), OF_ROOMS)
def test_what_the_table_of_rooms_names_lies_in_the_package_or_in_the_room_of_its_row(row: str, path: str) -> None:
    assert any(is_there(folder / path, path) for folder in (ROOT, PACKAGE, PACKAGE / row))


def test_every_package_has_its_row() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages
    assert {name for name in packages if not re.search(rf"^\|[^|]*`{name}/", ROOMS, re.MULTILINE)} == set()


def test_the_commands_that_are_named_exist() -> None:
    named = set(re.findall(r"`make ([\w-]+)", TEXT))
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf8"), re.MULTILINE))
    assert {"quick", "test", "check"} <= named
    assert named - targets == set()


@pytest.mark.parametrize(
    ("name", "file"), [("SCHEMA", "searchapp/engines/protocol.py"), ("MEASURED", "tests/test_engines.py")]
)
def test_a_name_of_the_code_stands_where_it_says(name: str, file: str) -> None:
    assert f"`{name}`" in TEXT
    assert re.search(rf"^{name}\b", (ROOT / file).read_text(encoding="utf8"), re.MULTILINE)
