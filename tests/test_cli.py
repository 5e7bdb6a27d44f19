"""The command line follows the conventions of its kind."""

import json
import os
import socket
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import cast

import pytest
from click.testing import CliRunner, Result

from searchapp.cli import main

TEXT = """Port Selwyn, March 3 - The ferry will sail again in spring, harbour master Ada Lindgren said.

"We waited for two years," Lindgren told reporters on 3 March 2021.
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "ferry.txt").write_text(TEXT, encoding="utf8")
    (corpus / "blank.txt").write_text("", encoding="utf8")
    done = run("reindex", "--corpus", corpus, "--index", tmp_path / "index", "--jobs", 1)
    assert done.exit_code == 0, done.output
    assert "1 article and" in done.output
    assert "Rejected blank.txt: " in done.output
    assert "Engine: Whoosh, which suits up to 20,000 articles." in done.output
    return tmp_path / "index"


def test_every_command_has_help_with_examples() -> None:
    assert "Examples:" in run("--help").output
    for name in main.commands:
        shown = run(name, "--help")
        assert shown.exit_code == 0
        assert f"searchapp {name}" in shown.output.split("Examples:")[1]


def test_reindex_reports_as_json(index: Path, tmp_path: Path) -> None:
    done = run("reindex", "--corpus", tmp_path / "corpus", "--index", index, "--jobs", 1, "--json")
    report = json.loads(done.stdout)
    assert (
        list(report)
        == (
            "generation engine articles statements added changed unchanged removed rejected rejected_in_all unreadable "
            "earlier ignored noticed undated untitled speakerless not_english seconds unmet unfit"
        ).split()
    )
    assert (report["engine"], report["articles"], report["unchanged"]) == ("whoosh", 1, 1)
    assert report["rejected"][0].keys() == {"path", "line", "reason"}


def test_strict_reindex_fails_when_something_was_rejected(index: Path, tmp_path: Path) -> None:
    assert run("reindex", "--corpus", tmp_path / "corpus", "--index", index, "--jobs", 1, "--strict").exit_code == 1


def test_search_prints_hits_without_colour_when_piped(index: Path) -> None:
    shown = run("search", "ferry", "--index", index)
    assert shown.exit_code == 0
    assert shown.output.startswith("1 article ")
    assert "harbour master Ada Lindgren" in shown.output
    assert "\x1b" not in shown.output


def test_search_json_answers_like_the_site(index: Path) -> None:
    answer = json.loads(run("search", "waited", "--view", "statements", "--index", index, "--json").stdout)
    assert set(answer) == set(
        "query understood view match sort day engine generation total "
        "also of_name cut meant offset limit hits facets more timeline next".split()
    )
    (hit,) = answer["hits"]
    assert {"article", "verb", "kind", "day", "start", "end", "text"} <= set(hit)
    assert [speaker["name"] for speaker in hit["speakers"]] == ["Ada Lindgren"]


def test_search_without_hits_is_no_failure(index: Path) -> None:
    assert run("search", "zeppelin", "--index", index).exit_code == 0


def test_filters_are_options(index: Path) -> None:
    for options, total in [
        (("--speaker", "Ada Lindgren"), 1),
        (("--not-speaker", "Ada Lindgren"), 0),
        (("--from", "2021-03", "--to", "2021"), 1),
        (("--to", "2020"), 0),
        (("--year", "2021"), 1),
        (("--limit", "0"), 1),
    ]:
        answer = json.loads(run("search", "ferry", *options, "--index", index, "--json").stdout)
        assert answer["total"] == total, options


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (["ferry", "spring"], "ferry spring"),
        (["-date:2020"], "-date:2020"),
        (["ferry", "-wheat", "-(a OR b)"], "ferry -wheat -(a OR b)"),
        (["-date:>=2022-01"], "-date:>=2022-01"),
        (["--", "-wheat", "ferry"], "-wheat ferry"),
        ([], ""),
    ],
)
def test_a_query_may_be_several_words_and_begin_with_a_minus(index: Path, words: list[str], query: str) -> None:
    answer = json.loads(run("search", "--index", index, "--json", *words).stdout)
    assert (answer["query"], answer["total"]) == (query, 1)
    assert "Examples:" in run("search", "-h").output


def test_search_json_leads_on(tmp_path: Path) -> None:
    text = "The old quay was dredged again. " * 4
    lines = [json.dumps({"id": f"quay-{number}", "text": f"{number}. {text}"}) for number in range(5)]
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "quays.jsonl").write_text("\n".join(lines), encoding="utf8")
    run("reindex", "--corpus", tmp_path / "corpus", "--index", tmp_path / "index", "--jobs", 1)
    answer = json.loads(run("search", "quay", "--limit", 3, "--json", "--index", tmp_path / "index").stdout)
    assert answer["next"].startswith("/search.json?q=quay&")
    assert {"offset=3", "limit=3"} <= set(answer["next"].split("&"))
    rest = run("search", "quay", "--limit", 3, "--offset", 3, "--json", "--index", tmp_path / "index")
    assert json.loads(rest.stdout)["next"] is None


def test_bytes_that_are_no_text_are_not_searched_for(index: Path) -> None:
    for arguments in (["\udcff", "ferry"], ["ferry", "--not-speaker", "\udcff"]):
        assert run("search", *arguments, "--index", index).output.startswith("1 article with ferry")


def test_search_says_what_it_left_out(index: Path) -> None:
    assert run("search", "the", "ferry", "&", "--index", index).output.splitlines()[:2] == [
        "1 article with ferry",
        "Too common to search for: the.",
    ]
    assert "Not searched for" not in run("search", "ferry", "-", "--index", index).output


def test_an_address_that_is_taken_is_told_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        done = run("serve", "--host", "127.0.0.1", "--port", port, "--index", tmp_path)
    assert done.exit_code == 2
    assert done.output == (
        f"searchapp: The site cannot listen on 127.0.0.1:{port} (Address already in use): set another host or port.\n"
    )
    assert "cannot listen on " in run("serve", "--host", "a" * 70, "--index", tmp_path).output


def test_serve_refuses_a_path_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIPT_NAME", "archive")
    monkeypatch.setattr(os, "execv", lambda *_: None)  # the server would take the place of the tests
    done = run("serve")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith('searchapp: SCRIPT_NAME is "archive": write a path such as /archive')


def test_a_statement_is_listed_with_its_own_day_and_that_of_the_article(tmp_path: Path) -> None:
    pages = [
        {"id": "earlier", "date": "2021-03-05", "text": TEXT},
        {"id": "same", "date": "2021-03-03", "text": TEXT},
        {"id": "unknown", "date": "2021-03-07", "text": "The ferry is late, Ada Lindgren has said more than once."},
    ]
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "ferry.jsonl").write_text("\n".join(map(json.dumps, pages)), encoding="utf8")
    run("reindex", "--corpus", tmp_path / "corpus", "--index", tmp_path / "index", "--jobs", 1)
    for words, view, days in [
        ("waited", "statements", ["said 2021-03-03 · 2021-03-05", "2021-03-03"]),
        ("late", "statements", ["2021-03-07"]),
        ("waited", "articles", ["2021-03-05", "2021-03-03"]),
    ]:
        shown = run("search", words, "--view", view, "--sort", "newest", "--index", tmp_path / "index").output
        quiet = [line.strip() for line in shown.splitlines() if " · " in line]
        assert [line.split(" · Port")[0].split(" · Ada")[0] for line in quiet] == days, shown


def test_search_says_why_it_lists_nothing(index: Path) -> None:
    beyond = run("search", "ferry", "--offset", 5000, "--index", index).output
    assert "--offset 5,000 is past the last hit" in beyond
    by_part = run("search", "ferry", "--speaker", "lindgren", "--index", index).output
    assert "--speaker needs the whole name. Did you mean: ferry speaker:lindgren (finds 1)" in by_part
    assert "Perhaps" not in run("search", "ferry", "--speaker", "nobody", "--index", index).output


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["search", '"grain deal'], "quotation mark"),
        (["search", "speker:lam"], "speker"),
        (["search", "x", "--from", "2021-13"], "2021-13"),
        (["search", "x", "--limit", "100000"], "1,000"),
        (["search", "x", "--offset", "-1"], "offset"),
        (["search", "x", "--limt", "3"], "--limt"),
        (["serve", "--port", "0"], "port"),
        (["reindex", "--index", "solr:there"], "solr:there"),
        (["inspect", "no-such-file.txt"], "no-such-file.txt"),
        (["inspect", __file__, "--index", ""], "index is empty"),
        (["reindex", "--corpus", ""], "corpus is empty"),
        (["reindex", "--index", ""], "index is empty"),
        (["search", "x", "--index", "whoosh:"], "whoosh:"),
    ],
)
def test_a_faulty_call_exits_2_and_names_the_fault(arguments: list[str], named: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert named in done.output
    assert "Traceback" not in done.output


def test_work_that_fails_exits_1_and_says_what_to_do(tmp_path: Path) -> None:
    done = run("search", "x", "--index", tmp_path / "nothing")
    assert done.exit_code == 1
    assert "searchapp reindex" in done.output
    done = run("reindex", "--corpus", tmp_path / "nothing", "--index", tmp_path / "index")
    assert done.exit_code == 1
    assert "nothing" in done.output


def test_inspect_shows_what_was_made_and_what_was_cut(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT + "\nThis website uses cookies.\nRead More\n", encoding="utf8")
    (tmp_path / "b.txt").write_text("", encoding="utf8")
    done = run("inspect", "--json", tmp_path / "a.txt", tmp_path / "b.txt")
    article, rejected = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 0
    assert (
        list(article)
        == (
            "id path title body published updated added source place url language authors speakers "
            "statements removed noticed past corrected"
        ).split()
    )
    assert (article["id"], article["published"]["day"]) == ("a", "2021-03-03")
    assert all(each["text"] == article["body"][each["start"] : each["end"]] for each in article["statements"])
    assert any("cookies" in each["text"] for each in article["removed"])
    assert set(rejected) == {"id", "path", "rejected"}
    shown = run("inspect", tmp_path / "a.txt").output
    assert "Ada Lindgren" in shown
    assert "cookies" in shown
    assert "updated:" not in shown
    assert run("inspect", "--strict", tmp_path / "a.txt").exit_code == 0
    assert run("inspect", "--strict", tmp_path / "b.txt", tmp_path / "a.txt").exit_code == 1


def test_inspect_names_the_file_where_a_line_has_no_id(tmp_path: Path) -> None:
    lines = [{"id": "quay", "text": TEXT}, {"id": 5, "text": None}, [1, 2], {"id": "pier", "text": ""}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf8")
    made = [json.loads(line) for line in run("inspect", "--json", tmp_path / "a.jsonl").stdout.splitlines()]
    assert [each["id"] for each in made] == ["quay", "5", "a.jsonl", "pier"]
    assert [each["rejected"][:8] for each in made[1:]] == ["Item 2: ", "Item 3: ", "Item 4: "]


def test_an_output_that_lacks_letters_shows_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "Café “Sơn” 🚢 opens in spring, Ada Lindgren said."
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "café-sơn.txt").write_text(said, encoding="utf8")
    (tmp_path / "corpus" / "Ωmega.txt").write_text("", encoding="utf8")
    monkeypatch.chdir(tmp_path)

    def printed(command: str, *options: str, encoding: str = "latin-1") -> str:
        with monkeypatch.context() as patch, TextIOWrapper(BytesIO(), encoding) as output:
            patch.setattr(sys, "stdout", output)
            with pytest.raises(SystemExit) as ended:
                main([command, *options])
            assert not ended.value.code
            output.flush()
            return cast(BytesIO, output.buffer).getvalue().decode(encoding)

    assert "Rejected ?mega.txt" in printed("reindex", "--jobs", "1")
    assert "Café ?S?n? ? opens" in printed("search", "opens")
    for encoding in ("latin-1", "ascii", "utf-8"):
        answer = printed("search", "opens", "--json", encoding=encoding)
        assert json.loads(answer)["hits"][0]["passages"][0]["text"] == said
        assert ("Sơn" in answer) == (encoding == "utf-8")
    assert json.loads(printed("inspect", "corpus/café-sơn.txt", "--json"))["body"] == said


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["--help"], ["search", "ferry"], ["inspect", "--json"]])
def test_output_that_cannot_be_written_is_told_in_one_sentence(index: Path, arguments: list[str]) -> None:
    more = {"search": ["--index", index], "inspect": [index.parent / "corpus" / "ferry.txt"]}.get(arguments[0], [])
    command = [sys.executable, "-m", "searchapp", *arguments, *map(str, more)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (
        1,
        "searchapp: The output cannot be written: No space left on device.\n",
    )


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_failure_to_tell(index: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "searchapp", "search", "ferry", "--index", str(index)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert done.stderr == ""


def test_inspect_shows_both_days(tmp_path: Path) -> None:
    page = {"id": "a", "text": "The ferry of Selwyn sails again.", "updated": "2021-05-02"}
    (tmp_path / "a.jsonl").write_text(json.dumps(page), encoding="utf8")
    shown = run("inspect", tmp_path / "a.jsonl").output
    assert "published: undated\n" in shown
    assert "updated: 2021-05-02 (from metadata)\n" in shown


def test_an_update_says_what_it_did_or_would_do(index: Path, tmp_path: Path) -> None:
    options = ["--corpus", tmp_path / "corpus", "--index", index, "--jobs", 1]
    still = run("update", *options).output
    assert still.startswith("Nothing has changed.\nRejected blank.txt: ")
    (tmp_path / "corpus" / "new.txt").write_text(TEXT, encoding="utf8")
    foreseen = run("update", "--dry-run", *options).output
    assert "Would add 1, change 0, remove 0 articles.\nOf the articles read, 0 have no date" in foreseen
    assert "indexed" not in foreseen
    assert "2 articles and 4 statements indexed" in run("update", *options).output
    assert "Nothing has changed." in run("update", *options).output


@pytest.mark.parametrize("command", ["reindex", "update"])
def test_a_corpus_that_is_not_there_is_not_taken_for_another(index: Path, tmp_path: Path, command: str) -> None:
    done = run(command, "--corpus", tmp_path / "corpsu", "--index", index)
    assert done.exit_code == 1
    assert f"There is no folder {tmp_path / 'corpsu'}" in done.output
    assert "--allow-other-corpus" not in done.output


@pytest.mark.parametrize("command", ["reindex", "update"])
@pytest.mark.parametrize("place", [".", "sub/index", "link"])
def test_nothing_is_written_into_the_corpus(tmp_path: Path, command: str, place: str) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "ferry.txt").write_text(TEXT, encoding="utf8")
    (tmp_path / "link").symlink_to(corpus)
    index = tmp_path / "link" if place == "link" else corpus / place
    for url in (index, f"tantivy:{index}"):
        done = run(command, "--corpus", corpus, "--index", url)
        assert done.exit_code == 2
        assert "would lie inside the corpus" in done.output
    assert [each.name for each in corpus.iterdir()] == ["ferry.txt"]
