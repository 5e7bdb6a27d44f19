"""Tables, JSON files and spreadsheets are cut into the records in them, whatever manner they are written in."""

import csv
import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.errors import BadColumns, Rejected
from searchapp.ingest.files import find
from searchapp.ingest.formats import identify, items, parse, read
from searchapp.ingest.formats.records.json_file import Json
from searchapp.ingest.formats.records.tables import Tables
from searchapp.ingest.raw import Raw

HEAD = ["id", "title", "text", "date", "source"]
ROWS = [
    ["w-1", "Harbour dredged", 'The master said: "At last."\n\nShe thanked, all.', "2021-04-27", "Quell Wire"],
    ["w-2", "Crane; bought", "The crane came by ship | and road.", "2021-04-28", "Quell Wire"],
    ["w-3", "Brücke gesperrt", "Die Brücke ist gesperrt, sagte die Bürgermeisterin.", "2021-04-29", "Quell Wire"],
]


def table(rows: list[list[str]], **manner: Any) -> str:
    written = io.StringIO()
    csv.writer(written, **manner).writerows(rows)
    return written.getvalue()


def raws(folder: Path, name: str, data: bytes) -> list[Raw]:
    (folder / name).write_bytes(data)
    return [parse(item) for item in read(folder / name)]


def told(raw: Raw) -> list[Any]:
    return [raw.id, raw.title, raw.text, str(raw.published.first) if raw.published else None, raw.source]


# --- CSV and TSV


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_read_in_whatever_manner(tmp_path: Path, separator: str, encoding: str, end: str) -> None:
    data = table([HEAD, *ROWS], delimiter=separator, lineterminator=end).encode(encoding)
    assert [told(raw) for raw in raws(tmp_path, "a.csv", data)] == ROWS


def test_a_row_is_numbered_as_spreadsheets_do(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table([["Export of 3 May"], [], HEAD, *ROWS]), encoding="utf8")
    assert [item.number for item in read(tmp_path / "a.csv")] == [4, 5, 6]


def test_quotation_marks_may_be_guarded_by_a_backslash(tmp_path: Path) -> None:
    data = table([HEAD, *ROWS], doublequote=False, escapechar="\\").encode()
    assert [told(raw) for raw in raws(tmp_path, "a.csv", data)] == ROWS


def test_a_first_line_may_say_what_separates(tmp_path: Path) -> None:
    data = ("sep=;\r\n" + table([HEAD, *ROWS], delimiter=";")).encode()
    assert [told(raw) for raw in raws(tmp_path, "a.csv", data)] == ROWS


def test_a_table_of_one_column_has_no_separator(tmp_path: Path) -> None:
    found = raws(tmp_path, "a.csv", b"text\nHe came, saw; and left.\nShe stayed, too.\n")
    assert [raw.text for raw in found] == ["He came, saw; and left.", "She stayed, too."]


def test_a_table_is_known_by_its_first_line(tmp_path: Path) -> None:
    assert [told(raw) for raw in raws(tmp_path, "a.txt", table([HEAD, *ROWS]).encode())] == ROWS
    (only,) = raws(tmp_path, "b.txt", b"Title, text and date, she said, are all it takes.\n")
    assert only.number is None


def test_a_quotation_mark_that_does_not_close_costs_its_row_alone(tmp_path: Path) -> None:
    lines = table([HEAD, *([f"w-{n}", "Crane", f"The crane came {n}.", "2021-04-27", "Wire"] for n in range(50))])
    damaged = lines.replace("w-7,Crane", 'w-7,"Crane').replace("w-20,Crane", 'w-20,"Cr"a"ne","x')
    (tmp_path / "a.csv").write_text(damaged, encoding="utf8")
    kept, refused = [], []
    for item in read(tmp_path / "a.csv"):
        try:
            kept.append(parse(item).id)
        except Rejected as reason:
            refused.append((item.number, str(reason)))
    assert kept == [f"w-{n}" for n in range(50) if n not in (7, 20)]
    assert [number for number, _ in refused] == [9, 22]
    assert all("other columns than its table" in reason and "w-" in reason for _, reason in refused)


def test_a_row_with_too_many_columns_is_refused_and_a_short_one_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text,place\na,One.\nb,Two, and three.,Velm,more\nc,Four.,,,\n", encoding="utf8")
    first, second, third = read(tmp_path / "a.csv")
    assert (parse(first).text, parse(third).text) == ("One.", "Four.")
    with pytest.raises(Rejected, match="other columns"):
        identify(second)


def test_a_table_without_a_column_of_texts_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Nummer,Wortlaut\n1,One.\n2,Two.\n", encoding="utf8")
    with pytest.raises(Rejected, match=r'"Nummer", "Wortlaut".*columns.toml'):
        list(read(tmp_path / "a.csv"))


_CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n,;"|\t'), max_size=40)


@given(st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=20), st.sampled_from(",;\t|"))
def test_what_is_written_as_csv_is_read_again(rows: list[tuple[str, str]], separator: str) -> None:
    written = table([["title", "text", "url"], *([*row, "x"] for row in rows)], delimiter=separator)
    found = list(Tables().split(io.BytesIO(written.encode()), "a.csv"))
    assert [json.loads(item.data) for item in found] == [
        {name: value for name, value in (("title", title), ("text", text), ("url", "x")) if value}
        for title, text in rows
    ]


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_rejected(data: bytes) -> None:
    for head in (b"", b"title,text\n"):
        try:
            found = list(Tables().split(io.BytesIO(head + data), "a.csv"))
        except Rejected:
            continue
        assert all(json.loads(item.data) for item in found)


# --- JSON files

A = {"id": "a", "text": 'x "q" \\ [{', "n": {"m": [1, {"z": 2}]}, "data": {"k": 1}, "items": ["s"]}
B = {"id": "b", "text": 'y }]\\"', "articles": []}


@pytest.mark.parametrize(
    ("document", "numbers"),
    [
        (A, [None]),
        ([A], [1]),
        ([A, B], [1, 2]),
        ({"status": "ok", "totalResults": 2, "articles": [A, B], "more": [{"y": 1}]}, [1, 2]),
        ({"response": {"status": "ok", "results": [A, B]}}, [1, 2]),
        ({"response": {"docs": [A, B], "meta": {"hits": 2}}}, [1, 2]),
        ({"hits": {"total": {"value": 3}, "hits": [A, B]}}, [1, 2]),
        ({"data": [A], "meta": {"n": 1}, "items": [B]}, [1, 2]),
    ],
)
@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize("block", [1, 2, 7, 2**18])
def test_the_records_of_a_json_file_are_its_own_bytes(
    document: Any, numbers: list[int | None], indent: int | None, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchapp.ingest.formats.records.streams.BLOCK", block)
    data = json.dumps(document, indent=indent).encode()
    found = list(Json().split(io.BytesIO(data), "a.json"))
    assert [item.number for item in found] == numbers
    assert [json.loads(item.data) for item in found] == [A, B][: len(numbers)]
    assert all(item.data in data for item in found)


def test_objects_one_after_the_other_are_read_too(tmp_path: Path) -> None:
    data = json.dumps(A, indent=2).encode() + b"\n" + json.dumps(B, indent=2).encode()
    assert [raw.id for raw in raws(tmp_path, "a.json", data)] == ["a", "b"]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.ndjson", "a.jl", "a.txt", "a.json.gz"])
@pytest.mark.parametrize("form", ["list", "lines", "indented", "answer"])
def test_json_is_known_by_how_it_begins(tmp_path: Path, name: str, form: str) -> None:
    story = {"id": "a", "title": "Harbour", "text": "It opens. " * 600}
    forms = {
        "list": json.dumps([story]),
        "lines": json.dumps(story) + "\n",
        "indented": json.dumps(story, indent=4),
        "answer": json.dumps({"status": "ok", "totalResults": 1, "articles": [story]}),
    }
    data = forms[form].encode()
    (raw,) = raws(tmp_path, name, gzip.compress(data) if name.endswith(".gz") else data)
    assert (raw.id, raw.title) == ("a", "Harbour")


def test_a_damaged_record_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"id": "a", "text": "x"}, {"id": "b", text: 1}, {"id": "c", "text": "y"}, {"id"')
    first, second, third, last = read(tmp_path / "a.json")
    assert [parse(first).id, parse(third).id] == ["a", "c"]
    for item in (second, last):
        with pytest.raises(Rejected, match="not JSON"):
            parse(item)


@pytest.mark.parametrize("data", ["[]", "17", '["a", "b"]', ""])
def test_a_file_without_objects_says_so(tmp_path: Path, data: str) -> None:
    (tmp_path / "a.json").write_text(data)
    with pytest.raises(Rejected, match="no JSON object"):
        list(read(tmp_path / "a.json"))


@given(st.binary(max_size=300))
def test_any_bytes_are_cut_or_rejected(data: bytes) -> None:
    for begun in (b"", b"[{", b'{"articles": [{'):
        try:
            found = list(Json().split(io.BytesIO(begun + data), "a.json"))
        except Rejected:
            continue
        assert sum(len(item.data) for item in found) <= len(begun + data)


class _Endless(io.RawIOBase):
    """A long list of records, which is nowhere whole."""

    def __init__(self, begin: bytes, again: bytes, size: int) -> None:
        self._blocks = self._made(begin, again, size)

    def _made(self, begin: bytes, again: bytes, size: int) -> Iterator[bytes]:
        yield begin
        for _ in range(size // len(again)):
            yield again

    def read(self, _: int = -1) -> bytes:
        return next(self._blocks, b"")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "begin", "again"),
    [
        (40, b"[", json.dumps({"text": "word " * 20_000}).encode() + b","),
        (40, b'[{"text": "', b"word " * 50_000),
        (0.1, b"[" * 1_000, b"[" * 10_000),
    ],
    ids=["many", "one", "deep"],
)
def test_a_large_json_file_takes_no_more_memory_than_a_record(size: float, begin: bytes, again: bytes) -> None:
    tracemalloc.start()
    for _ in Json().split(_Endless(begin, again, int(size * 2**20)), "a.json"):  # type: ignore[arg-type]
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30 << 20


# --- spreadsheets


def workbook(folder: Path, *sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def test_the_sheets_of_a_workbook_are_read(tmp_path: Path) -> None:
    notes: list[list[Any]] = [["Exported on Monday"], []]
    own = [["ID", "Headline", "Text", "Date", "Source"], [7, "A", "One.\n\nTwo.", date(2021, 4, 27), "Quell Wire"]]
    more = [["Title", "Body", "Published at"], ["B", "Three.", datetime(2021, 4, 28, 6, 30)]]
    file = workbook(tmp_path, [*notes, *own], [["nothing"]], more)
    found = list(read(file))
    assert [item.number for item in found] == [4, 7]
    assert [told(parse(item))[1:] for item in found] == [
        ["A", "One.\n\nTwo.", "2021-04-27", "Quell Wire"],
        ["B", "Three.", "2021-04-28", None],
    ]
    assert parse(found[0]).id == "7"
    zipped = tmp_path / "b.xlsx.gz"
    zipped.write_bytes(gzip.compress(file.read_bytes()))
    assert [item.data for item in read(zipped)] == [item.data for item in found]


def test_a_spreadsheet_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Rejected, match="known to hold the text"):
        list(read(workbook(tmp_path, [["Nummer", "Wortlaut"], [1, "One."]])))
    whole = (tmp_path / "a.xlsx").read_bytes()
    for data in (whole[: len(whole) // 2], b"PK\x03\x04", b"", b"no workbook"):
        (tmp_path / "b.xlsx").write_bytes(data)
        with pytest.raises(Rejected, match=r"damaged|text"):
            list(map(parse, read(tmp_path / "b.xlsx")))
    monkeypatch.setattr("searchapp.ingest.formats.records.sheets._MAX_SIZE", 1_000)
    with pytest.raises(Rejected, match="too large"):
        list(read(tmp_path / "a.xlsx"))


# --- columns.toml


def test_columns_toml_names_the_fields_of_a_file_or_a_corpus(tmp_path: Path) -> None:
    for name in ("top.csv", "beside/a.csv", "beside/b.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        record = {"Nummer": "17", "Wortlaut": "One.", "Kurz": "Two.", "text": "Three."}
        written = table([list(record), list(record.values())]) if name.endswith("csv") else json.dumps(record)
        (tmp_path / name).write_text(written, encoding="utf8")
    (tmp_path / "columns.toml").write_text('text = "WORT-LAUT"\nid = ["none", "nummer"]\n', encoding="utf8")
    (tmp_path / "beside/columns.toml").write_text('text = "Kurz"\n', encoding="utf8")
    found = find(tmp_path)
    assert found.ignored == {}
    made = {item.path: parse(item) for file in found.files for item in items(file.path, tmp_path)}
    assert {path: raw.text for path, raw in made.items()} == {
        "beside/a.csv": "Two.",
        "beside/b.jsonl": "Two.",
        "top.csv": "One.",
    }
    assert made["top.csv"].id == "17"


def test_a_changed_columns_toml_changes_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "x", "Kurz": "y"}', encoding="utf8")
    digests = set()
    for columns in (None, 'text = "Kurz"', 'title = "Kurz"'):
        if columns:
            (tmp_path / "columns.toml").write_text(columns, encoding="utf8")
        digests.add(identify(next(items(tmp_path / "a.jsonl", tmp_path)))[1])
    assert len(digests) == 3


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("text = ", "not valid TOML"),
        ('\ntxet = "a"', "line 2, key 'txet': there is no such field; the fields are id, text"),
        ("text = 7", "line 1, key 'text': write the name of a column in quotation marks"),
        ('text = ["a", ""]', "line 1, key 'text': write the name"),
        ('[text]\nname = "a"', "line 1, key 'text': write the name"),
    ],
)
def test_a_fault_in_columns_toml_is_named(tmp_path: Path, columns: str, said: str) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "text": "x"}', encoding="utf8")
    (tmp_path / "columns.toml").write_text(columns, encoding="utf8")
    with pytest.raises(BadColumns, match=r"columns\.toml") as caught:
        list(read(tmp_path / "a.jsonl"))
    assert said in str(caught.value)
