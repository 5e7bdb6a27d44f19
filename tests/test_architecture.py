"""The layout shows the architecture: imports point one way, and what a command does not need it does not load."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "searchapp"

# Lower layers first; a module may import from layers below its own, and from its own room.
LAYERS = (
    {"errors"},
    {"analysis"},
    {"query"},
    {"model"},
    {"settings", "sanitize", "sameness", "workers"},
    {"snippets", "engines", "ingest"},
    {"indexing", "web"},
    {"cli"},
)
FORBIDDEN = {
    ("web", "ingest"),
    ("ingest", "engines"),
    ("engines", "ingest"),
    ("web", "indexing"),
    ("snippets", "engines"),
}
ENGINES = {"whoosh", "tantivy", "opensearch", "memory"}


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.name not in ("__init__.py", "__main__.py"))


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("searchapp.")}


def layer(name: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if name in layer)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down_only(path: Path) -> None:
    own = path.relative_to(PACKAGE).with_suffix("").parts[0]
    for imported in imports(path):
        other = room(imported)
        if other == own or other.startswith("__"):
            continue
        assert layer(other) < layer(own), f"{own} imports {imported}"
        assert (own, other) not in FORBIDDEN, f"{own} imports {imported}"


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_engines_do_not_know_each_other(engine: str) -> None:
    others = {f"searchapp.engines.{name}" for name in ENGINES - {engine}}
    assert not others & imports(PACKAGE / "engines" / f"{engine}.py")


@pytest.mark.parametrize("command", [["--help"], ["reindex", "--help"], ["search", "--help"]])
def test_help_loads_no_engine_and_no_reader(command: list[str]) -> None:
    heavy = "{'whoosh', 'tantivy', 'numpy', 'trafilatura', 'flask', 'lark'}"
    code = (
        "import sys; from searchapp.cli import main\n"
        f"try: main({command!r})\n"
        f"except SystemExit: print(sorted({heavy} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("bleach", {"sanitize.py"}),
        ("charset_normalizer", {"ingest/readers.py"}),
        ("click", {"cli.py"}),
        ("flask", {"web/__init__.py", "web/shown.py", "web/views.py"}),
        ("ftfy", {"ingest/readers.py"}),
        ("gunicorn", set()),
        ("lark", {"query/reading.py"}),
        ("lxml", {"ingest/readers.py"}),
        ("opensearchpy", {"engines/cluster.py"}),
        ("rich", {"cli.py"}),
        ("trafilatura", {"ingest/readers.py"}),
        ("whoosh", {"engines/postings.py"}),
        ("tantivy", {"engines/tantivy.py", "engines/tantivy_columns.py", "engines/tantivy_store.py"}),
    ],
)
def test_only_its_own_rooms_touch_a_library(library: str, rooms: set[str]) -> None:
    touching = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if re.search(rf"^\s*(import|from) {library}\b", path.read_text(encoding="utf8"), re.M)
    }
    assert touching == rooms
