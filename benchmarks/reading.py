"""Large files of one kind or another, read beside what others would put together for the same: a web archive through
``reindex`` beside a loop of fastwarc and trafilatura, and a table that is only read and cut into articles.

Run as a program it is that loop: ``python -m benchmarks.reading WARC LINES`` writes the pages of WARC as JSON lines.
"""

import csv
import gzip
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.archive import SHARED
from benchmarks.processes import Spent, watched
from searchapp.ingest.formats import identify, items

PAGES = SHARED.parent / "eval" / "cleaning" / "html"
TIMES = 100  # that each page stands in the web archive, under an address of its own
COLUMNS = ("id", "title", "text", "date", "source")
_LEVEL = 1  # of gzip: making the archive is not what is measured


@dataclass(frozen=True, slots=True)
class Read:
    """What ``searchapp reindex`` and the loop took for the same pages, of which there were so many."""

    pages: int
    ours: Spent
    theirs: Spent


def web_archive(folder: Path, times: int) -> Read:
    """Index a web archive of the pages beside the project, as a user does, with the command, on all cores; then let the
    loop read it, on one."""
    corpus, index = folder / "corpus", folder / "index"
    corpus.mkdir()
    warc = corpus / "pages.warc.gz"
    pages = _write_warc(warc, times)
    theirs = watched(["benchmarks.reading", str(warc), str(folder / "pages.jsonl")])
    ours = watched(["searchapp", "reindex", "--corpus", str(corpus), "--index", str(index), "--json"])
    made = json.loads(ours.output)
    if made["articles"] + len(made["rejected"]) + len(made["earlier"]) != pages:
        raise RuntimeError(f"Of {pages} pages only {made['articles']} became articles, and not all others were told.")
    return Read(pages, ours, theirs)


def table(archive: Path) -> tuple[float, float]:
    """Return how many bytes a second of CPU of an archive (as ``make_archive`` makes it) written as CSV are cut into
    articles, and how many are cut and told apart by their ids and digests: all that comes before ingest."""
    file = _write_csv(archive)
    cutting = _spent(items(file, file.parent))
    whole = _spent(identify(item) for item in items(file, file.parent))
    size = file.stat().st_size
    file.unlink()
    return size / cutting, size / whole


def _spent(work: Iterator[Any]) -> float:
    began = time.process_time()
    for _ in work:
        pass
    return time.process_time() - began


def _write_csv(archive: Path) -> Path:
    file = archive.with_suffix(".csv")
    with archive.open(encoding="utf8") as lines, file.open("w", encoding="utf8", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS, extrasaction="ignore")
        rows.writeheader()
        rows.writerows(map(json.loads, lines))
    return file


def _write_warc(file: Path, times: int) -> int:
    """Write each page so many times, a gzipped record each, as crawlers do; return how many records there are."""
    pages = [gzip.decompress(page.read_bytes()) for page in sorted(PAGES.glob("*.html.gz"))]
    with file.open("wb") as out:
        for time_ in range(times):
            for number, page in enumerate(pages):
                out.write(gzip.compress(record(f"https://paper{number}.example/{time_}/story.html", page), _LEVEL))
    return times * len(pages)


def record(address: str, page: bytes) -> bytes:
    """Return a record of a web archive: the page with which a server answered."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-04-27T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _loop(warc: Path, lines: Path) -> None:
    """Read a web archive in the shortest way there is, on one core."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType
    from trafilatura import extract

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with warc.open("rb") as stream, lines.open("w", encoding="utf8") as out:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            text = extract(record.reader.read())
            address = record.headers.get("WARC-Target-URI")
            out.write(json.dumps({"url": address, "text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    _loop(*map(Path, sys.argv[1:]))
