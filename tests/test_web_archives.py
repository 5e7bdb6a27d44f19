"""Web archives: every page that a server answered with, with its address, however it was packed; and nothing else."""

import gzip
import io
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest
import zstandard

from searchapp.errors import Rejected
from searchapp.ingest import ingest
from searchapp.ingest.attribution.people import People
from searchapp.ingest.formats import identify, items, parse
from searchapp.ingest.formats.text import original
from searchapp.ingest.profile import Profile
from searchapp.ingest.raw import Item

WORDS = "Mayor Ansa Verlund told the council that the harbour of Łódka will be dredged."
PAGE = f"<!DOCTYPE html><html><head><title>Harbour</title></head><body><h1>Harbour</h1><p>{WORDS}</p></body></html>"
HTML = "text/html; charset=iso-8859-2"
PACKINGS = {
    "": lambda body: body,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}


def record(
    block: bytes,
    kind: str = "response",
    url: str = "https://courier.example/a",
    digest: str = "",
) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2022-09-05T10:00:00Z\r\n"
    head += f"WARC-Payload-Digest: {digest}\r\n" if digest else ""
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def answer(
    page: str = PAGE,
    *,
    packing: str = "",
    chunked: bool = False,
    status: str = "200 OK",
    kind: str = "text/html; charset=iso-8859-2",
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n"
    body = PACKINGS[packing](page.encode("iso-8859-2", "replace"))
    if packing:
        head += f"Content-Encoding: {packing}\r\n"
    if chunked:
        head += "Transfer-Encoding: chunked\r\n"
        parts = [body[at : at + 50] for at in range(0, len(body), 50)]
        body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    return head.encode() + b"\r\n" + body


def found(folder: Path, data: bytes, name: str = "a.warc") -> list[Item]:
    (folder / name).write_bytes(data)
    return list(items(folder / name, folder))


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("chunked", [False, True])
def test_a_page_is_read_however_it_was_packed(tmp_path: Path, packing: str, chunked: bool) -> None:
    (item,) = found(tmp_path, record(answer(packing=packing, chunked=chunked)))
    raw = parse(item)
    assert (raw.id, raw.url, raw.number, raw.title) == ("https://courier.example/a",) * 2 + (1, "Harbour")
    assert WORDS in raw.text


def test_a_page_kept_unpacked_under_fields_that_say_otherwise_is_read(tmp_path: Path) -> None:
    fields = b"\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    (item,) = found(tmp_path, record(answer().replace(b"\r\n\r\n", fields, 1)))
    assert WORDS in parse(item).text


def test_the_day_of_the_visit_is_not_that_of_publication(tmp_path: Path) -> None:
    (item,) = found(tmp_path, record(answer()))
    assert ingest(parse(item), Profile(), People()).published is None


def test_only_pages_that_were_found_are_read(tmp_path: Path) -> None:
    others = [
        record(b"software: x\r\n", "warcinfo"),
        record(b"GET / HTTP/1.1\r\n\r\n", "request"),
        record(answer(status="404 Not Found")),
        record(answer(status="301 Moved")),
        record(answer(kind="image/png")),
        record(answer(), url="dns:courier.example"),
        record(b"", "metadata"),
    ]
    data = b"".join(others) + record(answer(), url="https://courier.example/b") + b"".join(others)
    (item,) = found(tmp_path, data)
    assert (identify(item)[0], item.number) == ("https://courier.example/b", 1)


def test_a_page_that_was_the_same_again_is_told_only_where_it_is_missing(tmp_path: Path) -> None:
    again = record(b"HTTP/1.1 200 OK\r\n\r\n", "revisit", digest="sha1:X")
    (item,) = found(tmp_path, record(answer(), digest="sha1:X") + again)
    assert WORDS in parse(item).text
    (lone,) = found(tmp_path, again)
    with pytest.raises(Rejected, match="earlier visit"):
        identify(lone)
    with pytest.raises(Rejected, match="earlier visit"):
        parse(lone)


@pytest.mark.parametrize("zipped", [False, True])
def test_what_stands_around_a_damaged_record_is_read(tmp_path: Path, zipped: bool) -> None:
    bad = record(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08nothing",
        url="https://a.example/x",
    )
    records = [record(answer(), url="https://a.example/1"), bad, record(answer(), url="https://a.example/2")]
    data = b"".join(gzip.compress(each) if zipped else b"no record\r\n" + each for each in records)
    first, second, third = found(
        tmp_path, data[len(b"no record\r\n") * (not zipped) :], "a.warc.gz" if zipped else "a.warc"
    )
    assert [parse(each).id for each in (first, third)] == ["https://a.example/1", "https://a.example/2"]
    with pytest.raises(Rejected, match="unpacked"):
        parse(second)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_what_stands_before_the_end_of_a_file_cut_off_is_read(tmp_path: Path, name: str) -> None:
    each = record(answer(), url="https://a.example/1")
    data = gzip.compress(each) + gzip.compress(each)[:-30] if name.endswith("gz") else each + each[:-300]
    (tmp_path / name).write_bytes(data)
    seen = []
    with pytest.raises(Rejected, match=r"damaged|ends within"):
        seen.extend(item for item in items(tmp_path / name, tmp_path) if not seen.append(item))
    assert seen


def test_a_zip_file_of_web_archives_is_read(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("datapackage.json", "{}")
        packed.writestr("archive/b.warc", record(answer(), url="https://a.example/2"))
        packed.writestr("archive/a.warc.gz", gzip.compress(record(answer(), url="https://a.example/1")))
    found_in = found(tmp_path, made.getvalue(), "visit")
    assert [(identify(each)[0], each.number, each.format) for each in found_in] == [
        ("https://a.example/1", 1, "wacz"),
        ("https://a.example/2", 2, "wacz"),
    ]
    assert WORDS in parse(found_in[1]).text


@pytest.mark.parametrize("packing", ["gzip", "br", "zstd"])
def test_a_page_that_grows_without_end_is_too_large(tmp_path: Path, packing: str) -> None:
    (bomb, after) = found(
        tmp_path, record(answer(" " * (32 << 20), packing=packing)) + record(answer(), url="https://a.example/2")
    )
    assert len(bomb.data) < 11 * 2**20
    with pytest.raises(Rejected, match="too large"):
        parse(bomb)
    assert WORDS in parse(after).text


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://web.archive.org/web/20190811030405/https://a.example/b?c=1", "https://a.example/b?c=1"),
        ("http://web.archive.org/web/2015id_/http://a.example/b", "http://a.example/b"),
        ("https://web.archive.org/web/20190811030405im_/http:/a.example/b", "http://a.example/b"),
        ("https://archive.example/20190811/https://a.example/", "https://a.example/"),
        ("https://copies.example/wayback/20190811030405mp_/www.a.example/b", "http://www.a.example/b"),
        ("https://a.example/2019/08/11/https-is-here", None),
        ("https://a.example/share?u=https://b.example/", None),
    ],
)
def test_a_copy_counts_under_the_address_of_its_page(url: str, own: str | None) -> None:
    assert original(url) == (own or url)


def test_the_bar_of_a_web_archive_is_no_part_of_a_page() -> None:
    bars = (
        '<div id="wm-ipp-base"><p>14 captures, 15 Jan 2015 - 2 Mar 2023</p></div>',
        '<div id="_wb_frame_top_banner"><p>This copy is of 15 Jan 2015</p></div>',
    )
    for bar in bars:
        page = PAGE.replace("<body>", f"<body>{bar}").replace(
            "</head>", '<link rel="canonical" href="https://copies.example/web/20150115/https://a.example/b"></head>'
        )
        article = ingest(parse(Item("a.html", None, page.encode())), Profile(), People())
        assert (article.published, article.url) == (None, "https://a.example/b")
        assert "captures" not in article.body
        assert WORDS in article.body


def test_the_bar_of_a_web_archive_tells_the_address() -> None:
    for bar in (
        '<input name="url" value="https://a.example/b">',
        '<a href="/web/20150115*/https://a.example/b">14 captures</a>',
    ):
        page = PAGE.replace("<body>", f'<body><div id="wm-ipp-base">{bar}</div>')
        raw = parse(Item("a.html", None, page.encode()))
        assert raw.url == "https://a.example/b"
