"""What the documentation says of the program is true."""

import re
from pathlib import Path

import pytest

from searchapp.cli import main
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


def test_make_targets_that_the_readme_names_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf8"), re.M))
    assert set(re.findall(r"make (\w+)", (ROOT / "README.md").read_text("utf8"))) - {"and"} <= targets | {"it"}
