"""An archive asked from a Python program, over HTTP."""

import ast
import json
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from searchapp import client as client_module
from searchapp.client import Archive, Refused, frame
from searchapp.engines.protocol import Engine
from searchapp.indexing.report import Report
from searchapp.web import create_app


@contextmanager
def listening(app: Any) -> Iterator[str]:
    """Serve an application meanwhile, and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def archive(demo: tuple[Engine, Report]) -> Iterator[Archive]:
    with listening(create_app(engine=demo[0])) as address:
        yield Archive(f"{address}/")


def test_all_that_is_found_comes_in_order_over_several_answers(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    total = archive.search(view="statements", speaker="Andrei Velikanov", limit=0)["total"]
    monkeypatch.setattr(client_module, "_AT_ONCE", 7)
    said = list(archive.statements(speaker="Andrei Velikanov", sort="oldest"))
    days = [each["published"]["first"] for each in said if each["published"]]
    assert len({each["id"] for each in said}) == len(said) == total > 7
    assert days == sorted(days)


def test_parameters_are_those_of_the_site_with_names_that_python_allows(archive: Archive) -> None:
    found = list(
        archive.articles("ferry", source=["Tidewater", "Kestrel"], since=2021, until="2021-12", not_place=None)
    )
    assert found
    assert {each["source"] for each in found} <= {"Tidewater", "Kestrel"}
    assert {each["published"]["first"][:4] for each in found} == {"2021"}


def test_what_was_found_can_be_read_whole(archive: Archive) -> None:
    hit = next(archive.statements("vaccine"))
    article = archive.article(hit["article"])
    assert archive.statement(hit["id"])["text"] == hit["text"] == article["body"][hit["start"] : hit["end"]]


def test_a_speaker_answers_to_any_spelling_and_a_facet_tells_all_its_values(archive: Archive) -> None:
    known = archive.speaker("Andrey Velikanov")
    counts = {each["value"]: each["count"] for each in archive.values("speaker", view="statements")}
    assert counts[known["name"]] == known["statements"]
    assert len(counts) > 10


@pytest.mark.parametrize(
    ("query", "wanted", "status", "sentence"),
    [
        ('"ferry', {}, 400, "This quotation mark has no partner"),
        ("", {"colour": "red"}, 400, 'There is no parameter "colour"'),
    ],
)
def test_what_is_wrong_is_said_in_the_archives_own_sentence(
    archive: Archive, query: str, wanted: dict[str, str], status: int, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as told:
        archive.search(query, **wanted)
    assert told.value.status == status


def test_a_fault_tells_what_was_probably_meant(archive: Archive) -> None:
    with pytest.raises(Refused) as told:
        archive.search("speker:velikanov")
    assert "speaker%3Avelikanov" in str(told.value.mended)


def test_what_is_not_there_is_refused(archive: Archive) -> None:
    with pytest.raises(Refused, match='There is no article "nowhere') as told:
        archive.article("nowhere")
    assert told.value.status == 404


def test_a_busy_archive_is_asked_again_as_often_as_was_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(client_module.time, "sleep", pauses.append)
    busy = iter([503, 429, 200, 503, 503, 503])

    @Request.application
    def app(_: Request) -> Response:
        status = next(busy)
        return Response('{"total": 3}' if status == 200 else "", status, headers={"Retry-After": "5"})

    with listening(app) as address:
        assert Archive(address, tries=3).search()["total"] == 3
        with pytest.raises(Refused, match="503") as told:
            Archive(address, tries=3).search()
    assert told.value.status == 503
    assert pauses == [5.0] * 4


def test_no_archive_is_told_in_a_sentence() -> None:
    with pytest.raises(Refused, match="Nothing answers at http://127"):
        Archive("http://127.0.0.1:9").search()
    with pytest.raises(Refused, match="is no address of an archive"):
        Archive("archive.example.org")


def test_the_notebook_runs_from_its_first_cell_to_its_last(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", SimpleNamespace(DataFrame=lambda rows, **_: list(rows)))
    text = (Path(__file__).parent.parent / "docs" / "client.ipynb").read_text(encoding="utf8")
    cells = [each for each in json.loads(text)["cells"] if each["cell_type"] == "code"]
    assert [(each["outputs"], each["execution_count"]) for each in cells] == [([], None)] * len(cells)  # cleared
    names: dict[str, Any] = {}
    for cell in cells:
        tree = ast.parse("".join(cell["source"]).replace("http://127.0.0.1:8000", archive.url))
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "client.ipynb", "exec"), names)
        if isinstance(last, ast.Expr):
            shown = eval(compile(ast.Expression(last.value), "client.ipynb", "eval"), names)
            assert all(shown), cell["source"]
    assert names["said"]


def test_answers_become_a_table_of_plain_values(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    tables: list[list[dict[str, Any]]] = []

    def table(rows: Iterable[dict[str, Any]], **_: Any) -> list[dict[str, Any]]:
        tables.append(list(rows))
        return tables[-1]

    monkeypatch.setitem(sys.modules, "polars", SimpleNamespace(DataFrame=table))
    rows = frame(archive.statements("vaccine"))
    assert rows == tables[0] != []
    assert all(isinstance(value, str | int | float | None) for row in rows for value in row.values())
    assert any("Andrei Velikanov" in row["speakers"] for row in rows)


def test_the_manuals_example_runs(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    manual = (Path(__file__).parent.parent / "docs" / "api.md").read_text("utf8")
    example = re.search(r"\n\n(    from searchapp\.client import .*?)\n\n[^ ]", manual, re.DOTALL)
    assert example
    code = textwrap.dedent(example[1]).replace("http://127.0.0.1:8000", archive.url)
    told: list[tuple[Any, ...]] = []
    monkeypatch.setitem(sys.modules, "polars", SimpleNamespace(DataFrame=lambda rows, **_: rows))
    names: dict[str, Any] = {"print": lambda *given: told.append(given)}
    exec(code, names)
    assert told
    assert names["counts"]
    assert names["table"]
