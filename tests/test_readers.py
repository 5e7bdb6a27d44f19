"""Raw files become decoded articles, or are rejected with a reason."""

import gzip
import json
import os
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import trafilatura
from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad
from hypothesis import given
from hypothesis import strategies as st

from searchapp.article import Dated, Noticed
from searchapp.errors import CorpusFault, Rejected, Unreadable
from searchapp.ingest import ingest
from searchapp.ingest.attribution.people import People
from searchapp.ingest.files import find
from searchapp.ingest.formats import FORMATS, identify, items, parse, read
from searchapp.ingest.formats.decoding import decode, is_mojibake, tidy
from searchapp.ingest.notices import Notice
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import Item, Raw, path_below, path_source

SENTENCE = "The harbour of Quellstadt will be dredged, Mayor Ansa Verlund told the council."
DAY, WIRE = "2021-04-27T06:30:00Z", "https://wire.example/harbour"
PAGE = f"""<!DOCTYPE html><html lang="de-AT"><head><title>Harbour to be dredged | The Quell Courier</title>
<meta property="og:site_name" content="The Quell Courier">
<meta property="og:title" content="Harbour to be dredged | The Quell Courier">
<meta property="article:published_time" content="2021-04-27T23:30:00-05:00">
<meta property="article:modified_time" content="2021-05-02">
<link rel="canonical" href="https://courier.example/harbour"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Harbour to be dredged</h1>
<p>{SENTENCE}</p><p>{" ".join(["It would cost nine million crowns, she said."] * 8)}</p></article>
<footer>© 2024 The Quell Courier. All rights reserved.</footer></body></html>"""


def line(**fields: Any) -> Raw:
    return parse(Item("wire.jsonl", 1, json.dumps(fields).encode()))


def page(text: str, path: str = "courier/harbour.html") -> Raw:
    return parse(Item(path, None, text.encode()))


def text(data: bytes) -> str:
    return parse(Item("a.txt", None, data)).text


# --- files


def corpus(folder: Path, names: dict[str, bytes]) -> Path:
    for name, data in names.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_find_tells_what_is_read_from_what_is_not(tmp_path: Path) -> None:
    names = "b/two.html a/one.txt a/one.txt.gz wire.jsonl.gz Z.HTM x.doc y.DOC z.doc.gz noname people.toml README.md"
    corpus(
        tmp_path,
        dict.fromkeys([*names.split(), ".hidden.txt", ".git/c.txt", "a/README.md", "a/README.txt"], b"x"),
    )
    found = find(tmp_path)
    assert [file.name for file in found.files] == sorted(
        ["Z.HTM", "a/README.md", "a/README.txt", "a/one.txt", "a/one.txt.gz", "b/two.html", "wire.jsonl.gz"]
    )
    assert found.ignored == {"": 1, ".doc": 2, ".doc.gz": 1}


def test_a_name_that_tells_nothing_leaves_it_to_the_beginning(tmp_path: Path) -> None:
    saved = b"<!-- saved from url=(0022)https://courier.example/ -->\n<!-- by hand -->\n" + PAGE.encode()
    pages = ["story.html?ref=rss", "story.php", "Default.aspx", "story", "story.2021", "index.php?id=7.gz"]
    corpus(tmp_path, dict.fromkeys(pages, saved) | {"program.php": b"<?php echo 1;", "data.bin": b"\0\1", "empty": b""})
    (tmp_path / "index.php?id=7.gz").write_bytes(gzip.compress(saved))
    (tmp_path / "zipped").write_bytes(gzip.compress(saved))
    (tmp_path / "broken.php").write_bytes(gzip.compress(saved)[:20])
    found = find(tmp_path)
    assert [file.name for file in found.files] == sorted([*pages, "zipped"])
    assert found.ignored == {"": 1, ".bin": 1, ".php": 2}
    for file in found.files:
        (item,) = items(file.path, tmp_path)
        assert (item.format, parse(item).title) == ("html", "Harbour to be dredged"), file


def test_a_page_that_is_zipped_whatever_its_name_is_read(tmp_path: Path) -> None:
    corpus(tmp_path, {"a.html": gzip.compress(PAGE.encode())})
    (item,) = read(tmp_path / "a.html")
    assert SENTENCE in parse(item).text


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusFault, match="nowhere"):
        find(tmp_path / "nowhere")


def below(folder: Path, links_out: bool = False) -> tuple[list[str], dict[str, str]]:
    """Return what is read of a corpus, and what is rejected and why."""
    found = find(folder, links_out)
    return [file.name for file in found.files], {path: str(reason) for path, reason in found.rejected.items()}


def test_a_folder_that_cannot_be_listed_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus(tmp_path, {"courier/2021/a.txt": b"x", "b.txt": b"x"})
    scandir = os.scandir

    def refused(folder: Path) -> object:
        if Path(folder).name == "2021":
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(CorpusFault, match=r'"[^"]*courier/2021" .*Permission denied'):
        find(tmp_path)


def test_links_are_followed_and_each_folder_is_read_once(tmp_path: Path) -> None:
    folder, disk = tmp_path / "corpus", tmp_path / "disk"
    corpus(folder, {"own/a.txt": b"x", "own/deep/b.txt": b"x"})
    corpus(disk, {"c.txt": b"x", "inner/d.txt": b"x"})
    (disk / "round").symlink_to(disk)
    (folder / "again").symlink_to(folder / "own" / "deep")
    (folder / "loop").symlink_to(folder)
    (folder / "other").symlink_to(disk)
    (folder / "second").symlink_to(disk / "inner")
    (folder / "e.txt").symlink_to(disk / "c.txt")
    files, rejected = below(folder)
    assert files == ["own/a.txt", "own/deep/b.txt"]
    assert {name for name, reason in rejected.items() if "leads out of the corpus" in reason} == {
        "e.txt",
        "other",
        "second",
    }
    files, rejected = below(folder, links_out=True)
    assert files == ["e.txt", "other/c.txt", "other/inner/d.txt", "own/a.txt", "own/deep/b.txt"]
    assert rejected.keys() == {"again", "loop", "other/round", "second"}
    assert all("already" in reason for reason in rejected.values())


def test_what_is_no_regular_file_is_rejected_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "pipe.txt")
    (tmp_path / "null.jsonl").symlink_to("/dev/null")
    files, rejected = below(tmp_path, links_out=True)
    assert files == []
    assert rejected.keys() == {"pipe.txt", "link.txt", "null.jsonl"}
    assert all("not a file" in reason for reason in rejected.values())


def test_a_file_that_became_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(Unreadable, match="a pipe"):
        list(items(tmp_path / "a.txt", tmp_path))


def test_a_name_gives_no_commands_to_a_terminal(tmp_path: Path) -> None:
    corpus(tmp_path, {"a\x1b[2J\nRejected b.txt\u202e.txt": b"x"})
    (file,) = find(tmp_path).files
    assert path_below(file.path, tmp_path) == file.name == "a\\x1b[2J\\nRejected b.txt\\u202e.txt"


def test_a_link_that_leads_nowhere_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    rejected = find(tmp_path).rejected
    assert rejected.keys() == {"gone.txt", "round.txt"}
    assert all(isinstance(reason, Unreadable) for reason in rejected.values())


def test_a_name_that_is_no_utf_8_gives_an_id_that_can_be_stored(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9t\xe9")).mkdir()
    for name in (b"/\xe9t\xe9/bad\xff.txt", b"/b.\xff"):
        Path(os.fsdecode(os.fsencode(tmp_path) + name)).write_bytes(SENTENCE.encode())
    found = find(tmp_path)
    assert found.ignored == {".\\xff": 1}
    (item,) = items(found.files[0].path, tmp_path)
    assert (item.path, identify(item)[0]) == (r"\xe9t\xe9/bad\xff.txt", r"\xe9t\xe9/bad\xff")


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_gzipped_files_read_as_plain_ones(tmp_path: Path, suffix: str) -> None:
    data = SENTENCE.encode()
    corpus(tmp_path, {f"courier/2021/a.txt{suffix}": gzip.compress(data) if suffix else data})
    (item,) = items(tmp_path / f"courier/2021/a.txt{suffix}", tmp_path)
    assert (item.path, item.number, item.data) == (f"courier/2021/a.txt{suffix}", None, data)
    assert parse(item).id == "courier/2021/a"


def test_jsonl_is_read_line_by_line_without_blank_ones(tmp_path: Path) -> None:
    corpus(tmp_path, {"w.jsonl": b'\xef\xbb\xbf{"id": "a", "text": "x"}\r\n\n  \n{"id": "b", "text": "y"}'})
    found = list(read(tmp_path / "w.jsonl"))
    assert [(item.path, item.number) for item in found] == [("w.jsonl", 1), ("w.jsonl", 4)]
    assert [parse(item).id for item in found] == ["a", "b"]


def test_what_stands_before_the_damage_of_a_gzip_file_is_read(tmp_path: Path) -> None:
    whole = gzip.compress(
        b"".join(json.dumps({"id": str(n), "text": f"{n} {n * n}"}).encode() + b"\n" for n in range(9999))
    )
    corpus(tmp_path, {"w.jsonl.gz": whole[: len(whole) // 2], "x.txt.gz": b"no gzip at all"})
    seen = []
    with pytest.raises(Rejected, match="damaged"):
        seen.extend(item for item in read(tmp_path / "w.jsonl.gz") if not seen.append(item))
    assert seen
    with pytest.raises(Rejected, match="damaged"):
        list(read(tmp_path / "x.txt.gz"))


def test_too_large_an_article_is_rejected_and_the_next_one_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in ("formats", "formats.records.jsonl"):
        monkeypatch.setattr(f"searchapp.ingest.{room}.MAX_ARTICLE", 100)
    long = json.dumps({"id": "long", "text": "x" * 1000}).encode()
    corpus(
        tmp_path,
        {"w.jsonl": long + b'\n{"id": "b", "text": "y"}\n', "bomb.txt.gz": gzip.compress(b"a " * 10**6)},
    )
    first, second = read(tmp_path / "w.jsonl")
    assert len(first.data) <= 101
    assert parse(second).id == "b"
    (bomb,) = read(tmp_path / "bomb.txt.gz")
    for item in (first, bomb):
        with pytest.raises(Rejected, match="too large"):
            parse(item)


@pytest.mark.parametrize("name", ["report.doc", "nothing.txt"])
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str) -> None:
    corpus(tmp_path, {"report.doc": b"x"})
    with pytest.raises(Rejected, match=r"not read|cannot be read"):
        list(read(tmp_path / name))


def test_the_first_folder_is_the_source() -> None:
    assert path_source("courier/2021/a.txt") == "courier"
    assert path_source("a.txt") is None


# --- text


def test_a_few_accents_are_read_as_western() -> None:
    text = "The minister, Aurora Peñalosa, spoke in the Cámara of the Unión about bread. " * 3
    assert decode(text.encode("cp1252")) == text


def test_letters_written_as_entities_are_unescaped() -> None:
    assert tidy("Pe&ntilde;alosa, Jos&eacute;, stra&szlig;e &copy; &lt;b&gt; AT&T &unknown;") == (
        "Peñalosa, José, straße © &lt;b&gt; AT&T &unknown;"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_found_out(encoding: str) -> None:
    words = "Die Bürgermeisterin erklärte, die Straße „am Fluß“ werde früh geöffnet – für alle."
    assert text(words.encode(encoding)) == words


@pytest.mark.parametrize(
    ("encodings", "words"),
    [
        ("iso8859_2 cp1250", "Rada portu w Velm wybrała w piątek Olgę Stenn na swoją przewodniczącą."),
        ("iso8859_2 cp1250 cp852", "Přístavní rada ve Velmu zvolila v pátek Olgu Stennovou svou předsedkyní."),
        ("iso8859_2 cp1250", "A velmi kikötői tanács pénteken Olga Stennt választotta elnökévé, ősszel újra indul."),
        ("iso8859_2 cp1250", "Lučko vijeće u Velmu izabralo je Olgu Stenn; dizalice će još čekati."),
        ("cp1254", "Velm liman kurulu Olga Stenn’i başkanlığa seçti; yeniden aday olacağını söyledi."),
        ("cp1257 iso8859_13", "Velmo uosto taryba penktadienį išrinko Olgą Stenn savo pirmininke, sakė savininkas."),
        ("cp1252 cp850", "Der Hafenrat von Velm hat Olga Stenn gewählt. Die Kräne sind müde, sagte der Reeder."),
        ("cp1252", "Hafnarráð Velm kaus á föstudag Olgu Stenn formann sinn, og það þótti mörgum rétt."),
        ("koi8_r cp1251 iso8859_5 cp866", "Совет порта Вельма избрал в пятницу Ольгу Стенн своей главой. Краны стоят."),
        ("shift_jis euc_jp iso2022_jp", "ベルム港湾委員会は金曜日、オルガ・ステン氏を議長に選んだ。"),
    ],
)
def test_letters_of_one_language_tell_the_encoding(encodings: str, words: str) -> None:
    for encoding in encodings.split():
        given = words.encode(encoding, "replace")
        assert text(given) == given.decode(encoding), encoding


def test_cyrillic_windows_encoding_is_found_out() -> None:
    words = "Мэр города сообщила, что мост через реку откроют весной."
    assert text(words.encode("cp1251")) == words


def test_single_broken_bytes_in_utf_8_lose_no_letter() -> None:
    assert text("Bộ trưởng Ngọ Lâm ".encode() + b"\x93said\x94 so") == "Bộ trưởng Ngọ Lâm “said” so"


def test_mojibake_is_mended_and_nothing_else_touched() -> None:
    assert tidy("Ministère: â€œcafÃ©â€\x9d") == "Ministère: “café”"
    for words in (
        "“Curly” quotes, ﬁne ligatures, ｗｉｄｅ letters",
        "Ảnh: Thế Sơn",
        "<GM.N> & 5 < 6",
        "Москва",
    ):
        assert tidy(words) == words


@pytest.mark.parametrize(
    "head",
    [
        "<title>Dam opened | Velm Post</title>",
        "<meta property='og:title' content='Dam &amp;amp; weir'><title>Other</title>",
        "<meta name='title' content=' Weir  opened '>",
        '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "headline": "Locks opened"}</script>',
        "<script type='application/ld+json'>{\"@type\": [</script><title>Locks</title>",
        "",
    ],
)
@pytest.mark.parametrize(
    "headings", ["", "<h1>Dam opened in Nesk</h1>", "<h1>Velm Post</h1><h1>Dam</h1>", "<h2>Dam</h2>"]
)
def test_the_title_of_a_page_is_the_one_that_trafilatura_tells(head: str, headings: str) -> None:
    page = f"<html><head>{head}</head><body>{headings}<p>{'The dam was opened by the mayor. ' * 20}</p></body></html>"
    title = trafilatura.extract_metadata(page).title
    assert parse(Item("a.html", None, page.encode())).title == (" ".join(title.split()) if title else None)


@pytest.mark.parametrize(
    "words", ["{0}", "a{0}b", "a {0} b", "Z{0}.", "x, {0}y\n", "{0}{0}", "É{0}x", "{0}€", "“{0} –", "в{0}В", "a {0}”c"]
)
def test_mojibake_is_looked_for_only_where_it_can_be(words: str) -> None:
    signs = [*"".join(MOJIBAKE_CATEGORIES.values()), *"ÂÃÎÐØÙàŒœ√≈‚Ä×āвЂβΒ"]
    assert [is_mojibake(words.format(sign)) for sign in signs] == [is_bad(words.format(sign)) for sign in signs]


def test_text_is_normal() -> None:
    assert tidy("a\u00a0b\u202fc\r\nd\re\u00ad\u200bf\x07\tg\u2028h") == "a b c\nd\nef g\nh"
    assert tidy("So\u031b\u0301n") == "S\u1edbn"
    assert (
        tidy("Fish &amp; chips&nbsp;&#8217;n &lt;b&gt; &#60;b&#62; &#x3c;i")
        == "Fish & chips ’n &lt;b&gt; &#60;b&#62; &#x3c;i"
    )
    assert tidy("half \ud83d emoji") == "half \ufffd emoji"


@given(st.text(max_size=300))
def test_tidy_text_is_idempotent_and_loses_no_letter(words: str) -> None:
    result = tidy(words)
    if "&" not in words and result.isascii():  # where nothing had to be mended
        assert [c for c in result if c.isalnum()] == [c for c in words if c.isalnum() and c.isascii()]
    assert "\r" not in result
    assert "\x00" not in result


@given(st.binary(max_size=400))
def test_any_bytes_are_an_article_or_rejected(data: bytes) -> None:
    for path in (
        "a.txt",
        "a.html",
        "a.jsonl",
        *(f"a{end}" for format in FORMATS.values() for end in format.suffixes[:1]),
    ):
        with suppress(Rejected):
            assert parse(Item(path, 1, data)).text.strip()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n", "blank space"),
        (b"\x89PNG x", "binary"),
        (b"a\0b", "binary"),
        (b"\x01\x02\x03\x04\x05", "binary"),
        (b"--- ...", "no text"),
    ],
)
def test_what_is_no_text_is_rejected(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        text(data)


def test_real_markup_in_plain_text_goes() -> None:
    assert text(b"One.<br>Two &amp; three.<script>go()</script>") == "One.\nTwo & three."
    assert text(b"<GM.N> rose.") == "<GM.N> rose."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            b"Harbour to be dredged\n\nCranes &amp; dredgers.",
            "Harbour to be dredged\n\nCranes & dredgers.",
        ),
        (b"Harbour to be <b>dredged</b>\n\nIt is time.", "Harbour to be dredged\n\nIt is time."),
        (b"<p>Harbour to be dredged.</p>", "Harbour to be dredged."),
    ],
)
def test_text_in_a_file_for_html_is_read_as_text(data: bytes, words: str) -> None:
    raw = parse(Item("a.html", None, data))
    assert (raw.text, raw.is_html) == (words, False)


# --- JSON lines


def test_a_line_gives_its_fields() -> None:
    raw = line(
        id="w-1",
        text=SENTENCE,
        title="Harbour <b>dredged</b>",
        url="https://wire.example/1",
        date="2021-04-27",
        updated="2021-05",
        source="Quell Wire",
        place="Quellstadt",
        speakers=["Ansa Verlund", " "],
        topics=["ignored"],
    )
    assert (raw.id, raw.text, raw.title, raw.url) == (
        "w-1",
        SENTENCE,
        "Harbour dredged",
        "https://wire.example/1",
    )
    assert (raw.source, raw.place, raw.speakers, raw.is_html) == (
        "Quell Wire",
        "Quellstadt",
        ("Ansa Verlund",),
        False,
    )
    assert raw.published is not None
    assert (raw.published.first, raw.published.precision, raw.published.origin) == (
        date(2021, 4, 27),
        "day",
        "metadata",
    )
    assert raw.updated is not None
    assert raw.updated.precision == "month"
    assert len(raw.digest) == 32


def test_a_line_without_id_is_known_by_its_url_or_its_text() -> None:
    by_url = line(text="One.", url="https://wire.example/1").id
    assert by_url == line(text="Two.", url="https://wire.example/1").id
    assert line(text="One.").id == line(text="One.", title="x").id != line(text="Two.").id


def test_html_of_a_line_is_read() -> None:
    assert line(id="a", html="<p>One.</p><p>Two.</p>").text == "One.\n\nTwo."
    raw = line(id="a", html=PAGE, title="Given title")
    assert SENTENCE in raw.text
    assert (raw.title, raw.source, raw.is_html) == ("Given title", "The Quell Courier", True)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"id": "a", "text": ', "not JSON: .* at character"),
        (b'{"id": "a', "not JSON: Unterminated string starting at character 8"),
        (b'["a"]', "not a JSON object"),
        (b"[" * 100_000, "cannot be read"),
        (b'{"id": "a"}', "no text"),
        (b'{"id": "a", "text": ""}', "no text"),
        (b'{"id": "a", "text": "None", "content": null}', "no text"),
        (b'{"id": "a", "text": 7, "body": [{}]}', "no text"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        parse(Item("wire.jsonl", 3, data))


def test_the_words_and_numbers_of_an_article_are_read_where_they_can_be() -> None:
    assert line(id=7, text="x").id == "7"
    assert line(id=7.0, text="x").id == "7"
    assert line(id=" a ", text="x").id == "a"
    assert line(id={"$oid": "5f"}, text="x").id == "5f"
    assert line(text=["One.", "Two."]).text == "One.\n\nTwo."
    assert line(text="x", speakers="Ansa Verlund").speakers == ("Ansa Verlund",)
    assert line(text="x", title=1984).title == "1984"
    for raw in (line(text="x", source=["Quell Wire", "b"]), line(text="x", source={"id": None, "name": "Quell Wire"})):
        assert (raw.source, raw.noticed) == ("Quell Wire", ())


@pytest.mark.parametrize("name", ["a b\n\tc", "../../etc/passwd", "a/./b", "..", ["a"], "x" * 600])
def test_an_id_that_cannot_stand_in_a_link_is_replaced_by_a_digest(name: Any) -> None:
    raw = line(id=name, text="One.")
    assert raw.id == line(text="One.").id
    assert [each.field for each in raw.noticed] == ["id"]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1619476200, "2021-04-26"),
        (1619505000, "2021-04-27"),
        (1619505000.25, "2021-04-27"),
        (1619505000123, "2021-04-27"),
        (1619505000123456, "2021-04-27"),
        ("1619505000", "2021-04-27"),
        ("1619505000000", "2021-04-27"),
        (20210427, "2021-04-27"),
        (20210427063000, "2021-04-27"),
        (2021, "2021"),
        ("Tue Apr 27 06:30:00 2021", "2021-04-27"),
        ("Tue Apr 27 06:30:00 +0000 2021", "2021-04-27"),
        ("20210427T063000Z", "2021-04-27"),
        ({"$date": "2021-04-27T06:30:00Z"}, "2021-04-27"),
        ({"$date": {"$numberLong": "1619505000000"}}, "2021-04-27"),
        ({"date": "2021-04-27 06:30:00.000000", "timezone_type": 3, "timezone": "UTC"}, "2021-04-27"),
        ([2021, 4, 27, 6, 30], "2021-04-27"),
        (["2021-04-27"], "2021-04-27"),
        ("1970-01-01", "1970-01-01"),
    ],
)
def test_a_day_is_read_however_a_program_writes_it(value: Any, day: str) -> None:
    raw = line(text="x", date=value)
    assert (_day(raw.published), raw.noticed) == (day, ())


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("soon", Notice.NO_DAY),
        ("2021-02-30", Notice.NO_DAY),
        ("0000-00-00 00:00:00", Notice.NO_VALUE),
        ("0000-00-00", Notice.NO_VALUE),
        ("None", Notice.NO_VALUE),
        (" n/a ", Notice.NO_VALUE),
        (0, Notice.NO_DAY),
        (-1, Notice.NO_DAY),
        (17, Notice.NO_DAY),
        (True, Notice.NO_DAY),
        (float("inf"), Notice.NO_DAY),
        (10**30, Notice.NO_DAY),
        (1e13, Notice.FUTURE),
        ("1970-01-01T00:00:00Z", Notice.NO_DAY),
        ("2099-01-01", Notice.FUTURE),
        (32503680000, Notice.FUTURE),
        ("1588", Notice.TOO_EARLY),
    ],
)
def test_a_day_that_cannot_be_is_left_out_and_told(value: Any, reason: Notice) -> None:
    raw = line(text="x", date=value)
    assert raw.published is None
    assert raw.noticed == (Noticed("published", reason),)


def test_tomorrow_is_believed_since_it_has_begun_somewhere() -> None:
    for days, believed in ((1, True), (2, False)):
        raw = line(text="x", date=str(date.today() + timedelta(days=days)))
        assert (raw.published is not None) is believed


def test_what_says_nothing_is_not_told() -> None:
    assert line(id=None, text="x", date="", url=None, source=[], speakers={}).noticed == ()


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("herald.example/story", "https://herald.example/story"),
        ("//www.herald.example/a?b=1", "https://www.herald.example/a?b=1"),
        ("herald.example:8080/a", "https://herald.example:8080/a"),
        (["https://herald.example/a"], "https://herald.example/a"),
        ("javascript:steal()", None),
        ("/2021/04/27/story", None),
        ("story.html", None),
        ("ftp://herald.example/a", None),
        ("see the paper", None),
        (17, None),
    ],
)
def test_an_address_without_its_beginning_is_read_if_it_looks_like_one(value: Any, url: str | None) -> None:
    raw = line(text="x", url=value)
    assert raw.url == url
    assert raw.noticed == (() if url else (Noticed("url", Notice.NO_ADDRESS),))


@pytest.mark.parametrize(
    ("fields", "source", "url"),
    [
        (
            {"source": "https://herald.example/a", "hostname": "herald.example"},
            "herald.example",
            "https://herald.example/a",
        ),
        ({"source": "https://herald.example/a"}, None, "https://herald.example/a"),
        ({"source": "www.herald.example/a"}, None, "https://www.herald.example/a"),
        ({"url": "https://web.archive.org/web/20210427103000id_/https://a.example/b"}, None, "https://a.example/b"),
        ({"source": "https://www.herald.example/"}, "herald.example", None),
        ({"source": "https://herald.example/feed", "url": "https://a.example/b"}, None, "https://a.example/b"),
        ({"source": "Unknown", "publisher": "Quell Wire"}, "Quell Wire", None),
    ],
)
def test_an_address_is_no_outlet(fields: dict[str, Any], source: str | None, url: str | None) -> None:
    raw = line(text="x", **fields)
    assert (raw.source, raw.url) == (source, url)


@pytest.mark.parametrize(
    "fields",
    [
        {"date_publish": DAY, "maintext": SENTENCE, "source_domain": "Quell Wire", "url": WIRE, "title": "Dredging"},
        {
            "publish_date": DAY, "text": SENTENCE, "meta_site_name": "Quell Wire", "canonical_link": WIRE,
            "title": "Dredging",
        },
        {"publishing_date": DAY, "plaintext": SENTENCE, "publisher": "Quell Wire", "url": WIRE, "title": "Dredging"},
        {
            "date": DAY, "text": SENTENCE, "sitename": "Quell Wire", "hostname": "q.example", "url": WIRE,
            "title": "Dredging",
        },
        {"publish_date": DAY, "text": SENTENCE, "media_name": "Quell Wire", "url": WIRE, "title": "Dredging"},
        {
            "webPublicationDate": DAY, "webTitle": "Dredging", "webUrl": WIRE,
            "fields": {"bodyText": SENTENCE, "publication": "Quell Wire", "body": f"<p>{SENTENCE}</p>"},
        },
        {
            "pub_date": DAY, "headline": {"main": "Dredging", "print_headline": None}, "web_url": WIRE,
            "source": "Quell Wire", "lead_paragraph": "The harbour.", "body": SENTENCE,
        },
        {
            "publishedAt": DAY, "title": "Dredging", "url": WIRE, "source": {"id": "qw", "name": "Quell Wire"},
            "description": "The harbour.", "content": SENTENCE,
        },
        {"Date": DAY, "Title": "Dredging", "Article Text": SENTENCE, "Publication": "Quell Wire", "URL": WIRE},
        {
            "datePublished": DAY, "headline": "Dredging", "articleBody": SENTENCE, "url": WIRE,
            "publisher": {"name": "Quell Wire"},
        },
        {"_source": {"date": DAY, "title": "Dredging", "content": SENTENCE, "outlet": "Quell Wire", "link": WIRE}},
        {"page_content": SENTENCE, "metadata": {"date": DAY, "title": "Dredging", "source": "Quell Wire", "url": WIRE}},
        {
            "date": DAY, "title": {"rendered": "Dredging"}, "content": {"rendered": f"<p>{SENTENCE}</p>"},
            "link": WIRE, "site-name": "Quell Wire",
        },
        {
            "source/name": "Quell Wire", "fields.headline": "Dredging", "fields.bodyText": SENTENCE,
            "PUBLISH-DATE": DAY, "Link": WIRE,
        },
        {"Datum": "27.4.2021", "Titel": "Dredging", "Volltext": SENTENCE, "Quelle": "Quell Wire", "url": WIRE},
        {
            "year": 2021, "month": 4, "day": 27, "title": "Dredging", "article": SENTENCE,
            "publication": "Quell Wire", "url": WIRE,
        },
    ],
)  # fmt: skip
def test_fields_are_read_by_the_names_that_others_give_them(fields: dict[str, Any]) -> None:
    raw = line(**fields)
    assert (raw.title, raw.text, _day(raw.published), raw.source, raw.url) == (
        "Dredging",
        SENTENCE,
        "2021-04-27",
        "Quell Wire",
        WIRE,
    )
    assert raw.noticed == ()


def test_a_summary_alone_is_marked_as_one() -> None:
    raw = line(title="Dredging", description="The harbour will be dredged.", content=None)
    assert (raw.text, raw.noticed) == ("The harbour will be dredged.", (Noticed("text", Notice.ONLY_SUMMARY),))


def test_a_text_that_was_cut_off_is_marked_as_such() -> None:
    raw = line(title="Dredging", content="The harbour will be dredged, said the… [+1234 chars]")
    assert raw.text == "The harbour will be dredged, said the"
    assert raw.noticed == (Noticed("text", Notice.CUT_OFF),)
    assert [each.text for each in raw.removed] == ["… [+1234 chars]"]


@pytest.mark.parametrize(
    ("value", "code"),
    [("en", "en"), ("en-GB", "en"), ("de_AT", "de"), ("German", "de"), ("Deutsch", "de"), ("deu", "de")],
)
def test_a_language_is_read_by_code_or_name(value: str, code: str) -> None:
    assert line(text="x", language=value).language == code


def test_the_latest_time_of_a_record_is_kept() -> None:
    raw = line(text="x", date="2021-04-27", updated="2021-04-28T10:00:00+02:00", date_download=1619690400)
    assert raw.seen == "2021-04-29T10:00:00"
    assert line(text="x", date="2021-04-27", updated="2021-04-28T10:00:00+02:00").seen == "2021-04-28T08:00:00"
    assert line(text="x", date="27 April 2021").seen == "2021-04-27T00:00:00"
    assert line(text="x", date="soon").seen == ""


def test_dots_within_a_part_of_an_id_are_its_own() -> None:
    assert line(id="v1.2/.../a..b", text="x").id == "v1.2/.../a..b"


# --- HTML


def test_a_page_gives_its_main_text_and_metadata() -> None:
    raw = page(PAGE)
    assert raw.is_html
    assert SENTENCE in raw.text.split("\n\n")
    assert "Sport" not in raw.text
    assert (raw.id, raw.title, raw.source, raw.language) == (
        "courier/harbour",
        "Harbour to be dredged",
        "The Quell Courier",
        "de",
    )
    assert raw.url == "https://courier.example/harbour"
    assert raw.published is not None
    assert (raw.published.first, raw.published.origin) == (date(2021, 4, 27), "metadata")
    assert raw.updated is not None
    assert raw.updated.first == date(2021, 5, 2)


def test_linked_data_is_honoured() -> None:
    data = {"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "datePublished": "2020-02-03T10:00:00Z"}]}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    raw = page(f"<html><head>{head}</head><body><p>{SENTENCE}</p></body></html>")
    assert raw.published is not None
    assert raw.published.first == date(2020, 2, 3)


def dated(
    head: str = "", *, above: str = "", byline: str = "", below: str = ""
) -> tuple[str | None, str | None, str | None]:
    """The day an article's page gives (or its month or year), the one of its update, and where the first was found."""
    story = "".join(f"<p>{SENTENCE}</p>" for _ in range(5))
    body = f"{above}<article><h1>Harbour to be dredged</h1>{byline}{story}</article>{below}"
    raw = page(f"<html><head><title>Harbour to be dredged</title>{head}</head><body>{body}</body></html>")
    made = ingest(raw, Profile(), People())
    return _day(made.published), _day(made.updated), made.published.origin if made.published else None


def _day(dated: Dated | None) -> str | None:
    return str(dated.first)[: {"year": 4, "month": 7, "day": 10}[dated.precision]] if dated else None


def linked(*nodes: dict[str, str]) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@graph": nodes})}</script>'


@pytest.mark.parametrize(
    ("byline", "day", "updated"),
    [
        ("<p>Published 03/04/2021 | Updated 03/25/2021</p>", "2021-03-04", "2021-03-25"),
        ('<p class="date">04/03/2021</p>', "2021", None),
        ('<p class="date">4 March 2021</p>', "2021-03-04", None),
        ("<p>Updated 4 March 2021</p>", None, "2021-03-04"),
        ("<p>Published <time datetime='2021-03-04T23:00'>3 days ago</time></p>", "2021-03-04", None),
        ("<p><time datetime='2021-03-04'>04/03/2021</time></p>", "2021-03-04", None),
        ("<p><time datetime='2021-03-04'>Updated 4 March</time></p>", None, "2021-03-04"),
        ("<p><time datetime='PT3M'>3 minutes</time></p>", None, None),
        ("<p><time datetime='1970-01-01'></time>4 March 2021</p>", "2021-03-04", None),
        ("<footer>By <span>Marta Quill</span><span>4<sup>th</sup> March 2021</span></footer>", "2021-03-04", None),
    ],
)
def test_a_page_is_dated_as_its_text_would_be(byline: str, day: str | None, updated: str | None) -> None:
    assert dated(byline=byline)[:2] == (day, updated)


@pytest.mark.parametrize(
    "beside",
    [
        "<footer>Copyright 2019. Last updated 1 June 2023</footer>",
        "<div class='comments'><p>5 May 2022</p><p>It was about time, all of us have waited for it.</p></div>",
        "<ol id='comment-list'><li><article><time datetime='2022-05-05'>5 May</time></article></li></ol>",
        "<aside><h3>Ferry waits</h3><time datetime='2020-01-01'>1 January</time></aside>",
        "<aside><h3>Ferry waits</h3><time itemprop='datePublished' datetime='2020-01-01'>1 January</time></aside>",
        "<nav>Thursday, November 9, 2023</nav>",
    ],
)
def test_what_stands_beside_an_article_does_not_date_it(beside: str) -> None:
    assert dated(below=beside) == (None, None, None)
    assert dated(above=beside) == (None, None, None)
    own = "<time datetime='2021-03-04'>4 March</time>"
    assert dated(byline=own, above=beside) == ("2021-03-04", None, "head")
    assert dated(byline=own, below=beside) == ("2021-03-04", None, "head")


def test_an_article_that_is_called_by_its_comments_is_read() -> None:
    above, below = "<div class='post comments-open'>", "</div>"
    assert dated(byline="<p>4 March 2021</p>", above=above, below=below)[0] == "2021-03-04"


def test_the_time_of_the_article_under_the_headline_comes_first() -> None:
    other = "<article><h3>Ferry waits</h3><time itemprop='datePublished' datetime='2020-01-01'></time></article>"
    own = "<time itemprop='datePublished' datetime='2021-03-04'></time>"
    assert dated(byline=own, above=other) == ("2021-03-04", None, "metadata")


@pytest.mark.parametrize(
    "nodes",
    [
        [{"@type": "WebPage", "datePublished": "2019-01-01"}, {"@type": "NewsArticle", "datePublished": "2021-03-04"}],
        [
            {"@type": "NewsArticle", "headline": "Ferry waits", "datePublished": "2020-01-01"},
            {"@type": "NewsArticle", "headline": "Harbour to be dredged", "datePublished": "2021-03-04"},
        ],
        [{"@type": "WebPage", "datePublished": "2021-03-04"}],
        [{"@type": "NewsArticle", "datePublished": "1970-01-01T00:00:00Z"}],
    ],
    ids=["the article before the page", "the article of this headline", "the page", "no day at all"],
)
def test_linked_data_of_the_article_itself_count(nodes: list[dict[str, str]]) -> None:
    assert dated(linked(*nodes), byline="<p>4 March 2021</p>")[0] == "2021-03-04"


def test_no_date_is_guessed() -> None:
    raw = page(f"<html><body><p>{SENTENCE * 5}</p><footer>© 2019 The Quell Courier</footer></body></html>")
    assert raw.published is None
    modified = '<meta property="article:modified_time" content="2021-05-02">'
    raw = page(f"<html><head>{modified}</head><body><p>{SENTENCE * 5}</p></body></html>")
    assert raw.published is None
    assert raw.updated is not None


def test_a_declared_charset_is_honoured() -> None:
    words = "Мэр города сообщила, что мост откроют весной."
    data = f'<html><head><meta charset="windows-1251"></head><body><p>{words}</p></body></html>'.encode("cp1251")
    assert words in parse(Item("a.html", None, data)).text
    assert "мост" in decode(data, html=True)


def test_a_text_file_that_is_a_page_is_read_as_one() -> None:
    assert page(PAGE, "courier/harbour.txt").source == "The Quell Courier"


@pytest.mark.slow
def test_a_hostile_page_is_an_article_or_rejected() -> None:
    for body in ("<div>" * 50_000 + SENTENCE, "<p>" * 50_000 + SENTENCE, f"<p {'a=1 ' * 50_000}>{SENTENCE}"):
        assert SENTENCE[:20] in page(f"<html><body>{body}").text


# --- what the elements of a page say


AROUND = (
    "<p>The board meets next week to set a date for the vote. Nobody else has said whether they runs for it.</p>"
    "<p>Dockers stopped work for an hour to thank her. They said that the quay had been quiet and safe for years.</p>"
)


def within(body: str, head: str = "") -> Raw:
    """Return a page that has ``body`` among the paragraphs of its article."""
    beginning = f"<!DOCTYPE html><html><head><title>Harbour votes</title>{head}</head><body><article>"
    end = AROUND.replace("board", "town") + "</article></body></html>"
    return page(f"{beginning}<h1>Harbour board votes</h1>{AROUND}{body}{end}")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>She said <q>bread is dear</q> and left.</p>", "She said “bread is dear” and left."),
        ("<p>She said <q>he called it <q>dear</q></q> and left.</p>", "She said “he called it ‘dear’” and left."),
        (
            "<blockquote><p>Bread is dear.</p><footer>— Ilse Varga, baker</footer></blockquote>",
            "“Bread is dear.”\n— Ilse Varga, baker",
        ),
        (
            "<blockquote><p>Bread is dear.</p><p>And milk.</p><p><cite>Ilse Varga</cite></p></blockquote>",
            "“Bread is dear.\n\n“And milk.”\n— Ilse Varga",
        ),
        ("<blockquote>“Bread is dear.”<br>– <cite>Ilse Varga</cite></blockquote>", "“Bread is dear.”\n— Ilse Varga"),
        (
            "<figure><blockquote>Bread is dear.</blockquote><figcaption>Ilse Varga</figcaption></figure>",
            "“Bread is dear.”\n— Ilse Varga",
        ),
        ("<blockquote><p>I read <cite>The Loaf</cite> at night.</p></blockquote>", "I read The Loaf at night."),
        (
            "<p>Vote on <time datetime='2020-01-01'>1 January</time> for <output>two</output> <ins>days</ins>.</p>",
            "Vote on 1 January for two days.",
        ),
        ("<p>She paid <del>nine</del> ten crowns and <s>went</s> stayed.</p>", "She paid ten crowns and stayed."),
        ("<dl><dt>Ilse Varga</dt><dd>Bread is dear, I think.</dd></dl>", "Ilse Varga: Bread is dear, I think."),
        ("<dl><dt>Is bread dear?</dt><dd>It is, and milk too.</dd></dl>", "Is bread dear?\n\nIt is, and milk too."),
        ("<p>- Who pays?</p><p>- The town pays.</p>", "- Who pays?\n\n- The town pays."),
        (
            "<p>Some 10<sup>5</sup> loaves over 3 km<sup>2</sup>, the 5<sup>th</sup> time, she said.<sup>1</sup></p>",
            "Some 10⁵ loaves over 3 km², the 5th time, she said.",
        ),
        (
            "<p><a href=x>The mayor said that Stenn had asked to go in July.</a></p>",
            "The mayor said that Stenn had asked to go in July.",
        ),
        ("<table><tr><th>Town</th><th>Loaves</th></tr><tr><td>Velm</td><td>12</td></tr></table>", "| Velm | 12 |"),
    ],
)
def test_what_elements_say_is_said_by_the_words(body: str, words: str) -> None:
    assert words in "\n\n".join(part.strip() for part in within(body).text.split("\n\n"))


def test_what_a_page_strikes_out_or_extraction_leaves_out_is_told() -> None:
    raw = within("<p>She paid <del>nine</del> ten.</p><figure><figcaption>Ilse Varga bakes.</figcaption></figure>")
    assert [(each.text, each.reason) for each in raw.removed] == [
        ("nine", "struck out"),
        ("Ilse Varga bakes.", "not in the main text"),
    ]


def test_a_page_laid_out_by_tables_gives_its_paragraphs_without_the_menu() -> None:
    cell = "<b>Harbour board votes</b><br><i>August 9, 2019</i>" + AROUND
    menu = "<a href=/>Home</a><br><a href=/news>News</a>"
    raw = page(f"<html><body><table><tr><td>{menu}</td><td>{cell}</td></tr></table></body></html>")
    assert "|" not in raw.text
    assert "News" not in raw.text
    assert "runs for it.\n\nDockers stopped" in raw.text


def test_the_posts_of_a_live_blog_keep_their_headlines() -> None:
    posts = "".join(
        f"<div class=post><time>{hour}:15</time><h2>{name} is late again</h2><p>The {name} is late by {hour} hours, "
        "the harbour master Olga Stenn said on the quay.</p></div>"
        for hour, name in enumerate(("Ferry", "Barge", "Tug", "Yacht"), 10)
    )
    raw = page(f"<html><body><main><h1>Storm in Velm</h1>{AROUND}{posts}</main></body></html>")
    assert [name for name in ("Ferry", "Barge", "Tug", "Yacht") if f"{name} is late again" not in raw.text] == []


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/ld+json; charset=utf-8">{}</script>',
        '<script type="application/ld+json"><!-- {} --></script>',
        '<script type="application/ld+json">//<![CDATA[\n{}\n//]]></script>',
        '<script type="application/ld+json">/*<![CDATA[*/{}/*]]>*/</script>',
        '<script type="application/ld+json">{};</script>',
    ],
)
def test_linked_data_is_read_in_whatever_it_is_wrapped(script: str) -> None:
    data = '{"@type": "NewsArticle", "headline": "Harbour,] board", "datePublished": "2020-02-03",}'
    raw = within("", script.replace("{}", data))
    assert raw.published
    assert raw.published.first == date(2020, 2, 3)
