"""What the documentation says of the program is true."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from searchapp import query
from searchapp.answers.files import ARTICLE_COLUMNS, STATEMENT_COLUMNS
from searchapp.cli import main
from searchapp.cli.people import _told
from searchapp.cli.search import _request
from searchapp.engines.protocol import Engine
from searchapp.help.same_person import speakers_of, suggested
from searchapp.indexing.report import Difference, Report
from searchapp.ingest.formats import FORMATS
from searchapp.search import SearchRequest
from searchapp.settings import Settings, settings_fields
from searchapp.web import create_app

ROOT = Path(__file__).parent.parent
PAGES = [
    *(ROOT / f"{name}.md" for name in ("README", "CHANGELOG", "CONTRIBUTING", "SECURITY")),
    *sorted((ROOT / "docs").glob("*.md")),
]
Demo = tuple[Engine, Report]


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


@pytest.mark.parametrize("page", ["README.md", "docs/query-language.md"])
def test_each_example_finds_something_in_the_demo_archive(demo: Demo, page: str) -> None:
    engine, _ = demo
    rows = re.findall(r"^\| (`.+`) \|.*\|$", (ROOT / page).read_text("utf8"), re.M)
    examples = [example for row in rows for example in re.findall("`([^`]+)`", row.split(" | ")[0])]
    assert len(examples) > 5
    for example in examples:
        assert engine.search(SearchRequest(query.parse(example), limit=0, facets=())).total, example


@pytest.mark.parametrize(
    "page",
    ["README.md", "docs/query-language.md", "docs/api.md", "searchapp/cli/search.py", "searchapp/cli/__init__.py"],
)
def test_each_search_that_is_shown_finds_something(demo: Demo, page: str) -> None:
    engine, _ = demo
    shown = re.findall(r"^ +searchapp (search .+?)(?: \|.*)?$", (ROOT / page).read_text("utf8"), re.M)
    for line in shown:
        program = click.Context(main, **main.context_settings)
        context = main.commands["search"].make_context("search", shlex.split(line)[1:], parent=program)
        given = {name: value for name, value in context.params.items() if name not in ("query", "index", "as_json")}
        assert engine.search(_request(" ".join(context.params["query"]), given)).total, line


def test_make_targets_that_the_readme_names_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf8"), re.M))
    assert set(re.findall(r"make (\w+)", (ROOT / "README.md").read_text("utf8"))) - {"and"} <= targets | {"it"}


# The API

API = (ROOT / "docs/api.md").read_text("utf8")
TYPES: dict[str, Any] = {
    "text": str,
    "number": (int, float),
    "true or false": bool,
    "object": dict,
    "date": dict,
    "timeline": dict,
    "null": type(None),
}


@pytest.fixture(scope="module")
def site(demo: Demo) -> FlaskClient:
    engine, _ = demo
    return create_app(Settings(), engine=engine).test_client()


def documented(heading: str) -> dict[str, str]:
    """The keys that the first table after ``heading`` names, with their types."""
    table = API.split(heading, 1)[1].split("|---|---|---|\n", 1)[1].split("\n\n", 1)[0]
    return dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", table, re.M))


def is_of(value: Any, written: str) -> bool:
    if written == "true or false":
        return isinstance(value, bool)
    return any(isinstance(value, list if one.startswith("list of ") else TYPES[one]) for one in written.split(" or "))


def shapes(answer: Any) -> Iterator[tuple[str, Any]]:
    """All objects in an answer, each with the heading under which it is documented."""
    for one in [answer, *answer.get("hits", [])]:
        for key in ("published", "updated", "day"):
            if isinstance(one.get(key), dict):
                yield "### A date", one[key]
        if isinstance(one.get("timeline"), dict):
            yield "### A timeline", one["timeline"]
            yield from (("### A period", each) for each in one["timeline"]["periods"])
        for key, heading in {
            "speakers": "### A speaker",
            "passages": "### A passage",
            "values": "### A value of a facet",
            "statements": "### A statement of an article",
            "removed": "### What was cut",
            "same": "### An article of the same story",
            "also": "### Another spelling",
        }.items():
            if isinstance(one.get(key), list):
                yield from ((heading, each) for each in one[key])
    for hit in answer.get("hits", []):
        yield f"### A hit among {answer['view']}", hit
    for hit in [*answer.get("latest", []), *answer.get("earliest", [])]:
        yield "### A hit among statements", hit
        yield from (("### A passage", each) for each in hit["passages"])
    for values in answer.get("facets", {}).values():
        yield from (("### A value of a facet", each) for each in values)


@pytest.mark.parametrize(
    ("heading", "url"),
    [
        ("### `/search.json`", "/search.json?q=vaccine&limit=5"),
        ("### `/search.json`", "/search.json?q=vaccine&view=statements&limit=100"),
        ("### `/search.json`", "/search.json?limit=100&timeline=on"),
        ("### `/facets/<name>.json`", "/facets/speaker.json?q=ferry"),
        ("### `/articles/<id>.json`", "/articles/MNA/2021/04/27/foreign-ministers-hold-phone-talks.json"),
        ("### `/statements/<id>.json`", "/statements/4ad2db638e0d144bb2ab.json"),
        ("### `/speakers/<name>.json`", "/speakers/Andrei%20Velikanov.json"),
        ("### `/speakers/<name>.json`", "/speakers/Andrei%20Velikanov.json?said=vaccine"),
        ("### `/speakers.json`", "/speakers.json?find=ve"),
        ("### `/compare.json`", "/compare.json?q=vaccine&q=ferry"),
        ("### `/suggestions.json`", "/suggestions.json?q=fer"),
        ("### `/healthz`", "/healthz"),
        ("### `/readyz`", "/readyz"),
        ("## Errors", "/search.json?q=speker:velikanov"),
        ("## Errors", "/search.json?page=0"),
    ],
)
def test_every_key_of_an_answer_is_documented_with_its_type(site: FlaskClient, heading: str, url: str) -> None:
    answer = site.get(url).get_json(force=True)
    found = [(heading, answer), *shapes(answer)]
    assert len({each for each, _ in found}) > 2 or heading in (
        "### `/healthz`",
        "### `/readyz`",
        "### `/suggestions.json`",
        "### `/speakers.json`",
        "### `/compare.json`",
        "## Errors",
        "### `/facets/<name>.json`",
    )
    for each, shown in found:
        keys = documented(each)
        assert list(shown) == list(keys), each
        for key, value in shown.items():
            assert is_of(value, keys[key]), (each, key, value)


def test_every_parameter_is_documented(site: FlaskClient) -> None:
    refused = site.get("/search.json?colour=red").get_json(force=True)["detail"]
    names = refused.split("The parameters are: ")[1].rstrip(".").split(", ")
    assert re.findall(r"^\| `(\w+)` \|", API.split("## Parameters")[1].split("\n\n")[2], re.M) == names


def test_columns_of_tables_are_documented_in_their_order() -> None:
    told = " ".join(API.split("Columns of articles:")[1].split("- **")[0].split())
    of_articles, of_statements = (tuple(re.findall(r"`(\w+)`", part)) for part in told.split("; of statements:"))
    assert (of_articles, of_statements) == (ARTICLE_COLUMNS, STATEMENT_COLUMNS)


def test_what_the_commands_print_as_json_is_documented(demo: Demo) -> None:
    report = asdict(demo[1])
    assert list(documented("`searchapp reindex --json`")) == list(report)
    assert list(documented("`searchapp check --json`")) == list(asdict(Difference((), (), ())))
    speakers = speakers_of(demo[0])
    people = _told(speakers, suggested(demo[0], speakers, 1))
    assert list(documented("`searchapp people --json`")) == list(people)
    assert list(documented("Each suggestion:")) == list(people["suggestions"][0])
    file = str(ROOT / "corpus/notes/broken.jsonl")
    made = [json.loads(line) for line in CliRunner().invoke(main, ["inspect", "--json", file]).stdout.splitlines()]
    assert any("rejected" in each for each in made)
    article = [key for key in documented("### `/articles/<id>.json`") if key != "same"]
    for each in made:
        assert list(each) == (list(documented("`searchapp inspect --json`")) if "rejected" in each else article)


@pytest.mark.parametrize("page", ["README.md", "docs/api.md"])
def test_each_address_that_is_asked_with_curl_answers(site: FlaskClient, page: str) -> None:
    asked = re.findall(r"^ +curl .*?'http://127\.0\.0\.1:8000(/[^']*)'", (ROOT / page).read_text("utf8"), re.M)
    assert asked
    for url in asked:
        found = site.get(url)
        if "X-Total" in found.headers:
            assert found.headers["X-Total"] != "0", unquote(url)
            continue
        answer = found.get_json(force=True)
        if "speker" in url:
            assert answer["mended"]
        elif "hits" in answer:
            assert answer["total"], unquote(url)
        else:
            assert answer.get("values") or answer.get("text") or answer.get("statements") or answer["articles"], url


def test_the_picture_shows_the_run_that_the_tables_tell_of() -> None:
    drawn = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", (ROOT / "docs/performance.svg").read_text("utf8")))
    shown = re.findall(r"median ([\d.]+) ms 95 % within ([\d.]+) ms", drawn)
    (section,) = re.findall(
        r"^## 21,578 articles$(.*?)^## ", (ROOT / "docs/performance.md").read_text("utf8"), re.M | re.S
    )
    (table,) = re.findall(r"A page's whole work.*?\n\n(.*?)\n\n", section, re.S)
    told = re.findall(r"^\| [^|]+ \| ([\d.]+) / ([\d.]+) / ", table, re.M)
    assert len(shown) == 5
    assert shown == told


def test_the_manual_of_formats_lists_each() -> None:
    listed = (ROOT / "docs" / "formats.md").read_text(encoding="utf8").split("<!-- formats -->")[1].split("\n")
    ends = [" ".join(f"`{end}`" for end in each.suffixes) or "as others do" for each in FORMATS.values()]
    rows = [f"| {each.called} | {names} |" for each, names in zip(FORMATS.values(), ends, strict=True)]
    assert [line for line in listed if line][2:] == rows


def test_formats_are_printed() -> None:
    shown = CliRunner().invoke(main, ["formats"]).output.splitlines()
    assert [line.partition("  ")[0] for line in shown] == [each.called for each in FORMATS.values()]
    told = [json.loads(line) for line in CliRunner().invoke(main, ["formats", "--json"]).output.splitlines()]
    assert {each["name"]: tuple(each["suffixes"]) for each in told} == {
        name: each.suffixes for name, each in FORMATS.items()
    }
