"""What the documentation says of the program is true."""

import re
import shlex
from pathlib import Path

import click
import pytest

from searchapp import indexing, query
from searchapp.cli import _request, main
from searchapp.engines.memory import MemoryEngine
from searchapp.model import SearchRequest
from searchapp.settings import settings_fields

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "CHANGELOG.md"]


def test_every_setting_is_documented_with_its_default_and_help() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `([^`]+)` \| (.+) \|$", (ROOT / "docs/settings.md").read_text("utf8"), re.M)
    expected = [
        (name, str(field.default).lower() if field.type is bool else str(field.default), field.metadata["help"])
        for name, field in settings_fields().items()
    ]
    assert rows == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_that_are_named_exist(page: Path) -> None:
    for line in re.findall(
        r"searchapp ((?:reindex|search|inspect|serve|update|check)\b[^`|\n]*)", page.read_text("utf8")
    ):
        name, *words = line.split()
        assert name in main.commands, line
        known = {option for parameter in main.commands[name].params for option in parameter.opts} | {"--help"}
        assert {word for word in words if word.startswith("--")} <= known, line


@pytest.fixture(scope="module")
def demo() -> MemoryEngine:
    engine = MemoryEngine()
    indexing.reindex(engine, ROOT / "corpus", jobs=1)
    return engine


@pytest.mark.parametrize("page", ["README.md", "docs/query-language.md"])
def test_each_example_finds_something_in_the_demo_archive(demo: MemoryEngine, page: str) -> None:
    rows = re.findall(r"^\| (`.+`) \|.*\|$", (ROOT / page).read_text("utf8"), re.M)
    examples = [example for row in rows for example in re.findall("`([^`]+)`", row.split(" | ")[0])]
    assert len(examples) > 5
    for example in examples:
        assert demo.search(SearchRequest(query.parse(example), limit=0, facets=())).total, example


@pytest.mark.parametrize("page", ["README.md", "docs/query-language.md", "searchapp/cli.py"])
def test_each_search_that_is_shown_finds_something(demo: MemoryEngine, page: str) -> None:
    shown = re.findall(r"^ +searchapp (search .+?)(?: \|.*)?$", (ROOT / page).read_text("utf8"), re.M)
    for line in shown:
        program = click.Context(main, **main.context_settings)
        context = main.commands["search"].make_context("search", shlex.split(line)[1:], parent=program)
        given = {name: value for name, value in context.params.items() if name not in ("query", "index", "as_json")}
        assert demo.search(_request(" ".join(context.params["query"]), given)).total, line


def test_make_targets_that_the_readme_names_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf8"), re.M))
    assert set(re.findall(r"make (\w+)", (ROOT / "README.md").read_text("utf8"))) - {"and"} <= targets | {"it"}
