"""An archive as JSON lines, and those as the same archive again."""

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from searchapp.cli import main
from searchapp.engines import open_engine
from searchapp.engines.memory import MemoryEngine
from searchapp.engines.protocol import Engine
from searchapp.errors import BadExport, CorpusFault
from searchapp.indexing import exports, parquet
from searchapp.indexing.guards import Allowed
from searchapp.indexing.report import Report
from searchapp.query import Everything, Query
from searchapp.search import SearchRequest
from searchapp.settings import Settings
from searchapp.web import create_app

Demo = tuple[Engine, Report]
SEARCHES = ("", "?q=ferry", "?q=said:vaccine+speaker:velikanov", "?view=statements&q=harbour&sort=oldest",
            "?q=%22night+ferry%22&match=any&year=2019")  # fmt: skip


@pytest.fixture(scope="module")
def exported(demo: Demo) -> bytes:
    """The demo archive as lines."""
    out = BytesIO()
    assert exports.export(demo[0], out) == demo[1].articles
    return out.getvalue()


def pages(engine: Engine) -> Iterator[dict[str, Any]]:
    site = create_app(Settings(), engine=engine).test_client()
    for search in SEARCHES:
        found = site.get(f"/search.json{search}{'&' if search else '?'}limit=1000").get_json()
        for changing in ("engine", "generation", "next"):
            del found[changing]
        yield found


@pytest.mark.parametrize("name", ["whoosh", "tantivy"])
def test_an_export_becomes_the_same_archive(demo: Demo, exported: bytes, tmp_path: Path, name: str) -> None:
    engine, before = demo[0], demo[1]
    built = open_engine(f"{name}:{tmp_path / 'index'}")
    report = exports.restore(built, BytesIO(exported))
    assert (report.articles, report.statements, report.undated) == (before.articles, before.statements, before.undated)
    assert dict(built.digests()) == dict(engine.digests())
    assert (built.profile(), built.info().corpus) == (engine.profile(), engine.info().corpus)
    assert list(pages(built)) == list(pages(engine))
    again = BytesIO()
    exports.export(built, again)
    assert again.getvalue() == exported


def test_its_lines_are_json_with_statements(demo: Demo, exported: bytes) -> None:
    head, *lines = map(json.loads, exported.splitlines())
    assert head["articles"] == len(lines) == demo[1].articles
    assert sum(len(line["statements"]) for line in lines) == demo[1].statements


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda lines: lines[:-1], "articles of"),
        (lambda lines: [*lines[:5], lines[5][:40]], "Line 6 of the export cannot be read"),
        (lambda lines: lines[1:], "no file that searchapp export wrote"),
        (lambda _: [], "no file that searchapp export wrote"),
        (lambda lines: [lines[0].replace(b'"export":1', b'"export":99'), *lines[1:]], "has form 99"),
    ],
)
def test_half_an_export_leaves_the_index_as_it_was(exported: bytes, harm: Any, sentence: str) -> None:
    engine = MemoryEngine()
    exports.restore(engine, BytesIO(exported))
    before = engine.info()
    with pytest.raises(BadExport, match=sentence):
        exports.restore(engine, harm(exported.splitlines(keepends=True)))
    assert engine.info() == before


def test_an_export_of_another_corpus_is_refused_until_allowed(exported: bytes) -> None:
    engine = MemoryEngine()
    exports.restore(engine, BytesIO(exported))
    head, rest = exported.split(b"\n", 1)
    other = json.dumps(json.loads(head) | {"corpus": "/elsewhere"}).encode() + b"\n" + rest
    with pytest.raises(CorpusFault, match="--allow-other-corpus"):
        exports.restore(engine, BytesIO(other))
    exports.restore(engine, BytesIO(other), allowed=Allowed(other_corpus=True))
    assert engine.info().corpus == "/elsewhere"


@pytest.mark.parametrize("name", ["archive.jsonl", "archive.jsonl.gz"])
def test_the_commands_write_and_read_files(exported: bytes, tmp_path: Path, name: str) -> None:
    index, copy, file = str(tmp_path / "one"), str(tmp_path / "two"), str(tmp_path / name)
    run = CliRunner().invoke
    restored = run(main, ["reindex", "--from-export", "-", "--index", index], input=exported)
    assert restored.exit_code == 0, restored.output
    assert run(main, ["export", file, "--index", index]).exit_code == 0
    assert run(main, ["reindex", "--from-export", file, "--index", copy]).exit_code == 0
    assert run(main, ["export", "--index", copy]).stdout_bytes == exported
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "one", "two"])
    missing = run(main, ["reindex", "--from-export", f"{file}.none", "--index", copy])
    assert (missing.exit_code, "cannot be read: No such file" in missing.output) == (1, True)


def test_the_tables_hold_every_article_statement_and_correction(demo: Demo, tmp_path: Path) -> None:
    read_table = pytest.importorskip("pyarrow.parquet").read_table
    engine = demo[0]
    assert parquet.write_tables(engine, tmp_path / "tables") == demo[1].articles
    assert {path.name for path in (tmp_path / "tables").iterdir()} == {f"{table}.parquet" for table in parquet.COLUMNS}
    found = {table: read_table(tmp_path / "tables" / f"{table}.parquet").to_pylist() for table in parquet.COLUMNS}
    for table, columns in parquet.COLUMNS.items():
        assert list(found[table][0]) == list(columns)
    everything = SearchRequest(Query("", Everything()), sort="newest", facets=())
    articles = {hit.article.id: hit.article for hit in engine.walk(everything).hits}
    assert [row["id"] for row in found["articles"]] == list(articles)
    for row in found["articles"]:
        article = articles[row["id"]]
        assert (row["body"], row["authors"], row["added"]) == (article.body, list(article.authors), article.added)
        assert row["published_last"] == (article.published and article.published.last)
    assert len(found["statements"]) == demo[1].statements
    for row in found["statements"]:
        (said,) = (each for each in articles[row["article"]].statements if each.id == row["id"])
        assert row["text"] == articles[row["article"]].body[row["start"] : row["end"]]
        assert (row["speakers"], row["act"]) == ([each.name for each in said.speakers], said.act)
    assert len(found["corrections"]) == sum(len(each.corrected) for each in articles.values()) > 0


def test_tables_that_cannot_be_written_leave_nothing(
    demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr(parquet, "_of_statement", lambda *_: {"start": 1 << 70})
    with pytest.raises(OverflowError):
        parquet.write_tables(demo[0], tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(BadExport, match="cannot be written: File exists"):
        parquet.write_tables(demo[0], tmp_path / "file")


def test_without_its_library_parquet_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = f"whoosh:{tmp_path / 'index'}"
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = CliRunner().invoke(main, ["export", "--parquet", str(tmp_path / "tables"), "--index", index])
    assert (ran.exit_code, "pip install 'searchapp[parquet]'" in ran.output) == (1, True)
    unnamed = CliRunner().invoke(main, ["export", "--parquet", "--index", index])
    assert (unnamed.exit_code, "Name the folder" in unnamed.output) == (2, True)
