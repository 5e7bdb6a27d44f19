"""Files larger than memory is meant to be: what reading them takes, and that it grows with no file.

``python -m benchmarks.large [--share S]`` makes a web archive, a table and a PDF as large as ``SIZES`` has them, or
that share of it, in a temporary folder, one after the other, of the articles and pages beside the project; each is
streamed to its end in a process of its own, as ``searchapp inspect`` does, without ingest.
"""

import csv
import gzip
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

import click
from rich.console import Console

from benchmarks import reading
from benchmarks.archive import REUTERS
from benchmarks.figures import MEGABYTE, Sheet
from benchmarks.processes import watched
from searchapp.errors import Rejected
from searchapp.ingest.formats import identify, items, parse

SIZES: Mapping[str, tuple[int, str]] = {
    "pages.warc": (5_000_000_000, "bytes"),
    "articles.csv": (3_000_000_000, "bytes"),
    "book.pdf": (2_000, "pages"),
}
MOST = 600  # MB of memory
PARSED = 50  # one item in so many is parsed, too
_LINES, _WIDTH = 44, 80  # of a page of the PDF; characters


@click.command()
@click.option("--share", default=1.0, help="Of the sizes only this share: 0.1 is a tenth.")
def main(share: float) -> None:
    """Make the files, read them, and print what it took."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (size, unit) in SIZES.items():
            file = Path(folder) / name
            MAKERS[name](file, int(size * share))
            read = watched(["benchmarks.large", "read", str(file)])
            number, tenth, whole, seconds = json.loads(read.output)
            length = file.stat().st_size
            file.unlink()
            rows.append(
                (
                    f"{name}, {length / MEGABYTE:,.0f} MB"
                    + (f", {size * share:,.0f} pages" if unit == "pages" else ""),
                    f"{number:,}",
                    f"{length / MEGABYTE / seconds:.0f}",
                    f"{tenth / MEGABYTE:.0f}",
                    f"{whole / MEGABYTE:.0f}",
                    "met" if whole < MOST * MEGABYTE else "missed",
                )
            )
    heads = ("", "items", "MB/s and core", "MB after a tenth", "MB at the most", f"<= {MOST} MB")
    Console(width=150, highlight=False).print(Sheet("Large files, read to their end", heads, rows).drawn())


def read(file: Path) -> None:
    """Print how many items a file has, how much memory was used at the most when a tenth of it was read and when all
    was, in bytes, and the seconds of CPU."""
    number, place, tenth = 0, 0, 0

    def tell(at: int) -> None:
        nonlocal place
        place = at

    size, began = file.stat().st_size, time.process_time()
    for number, item in enumerate(items(file, file.parent, tell), 1):
        identify(item)
        if number % PARSED == 1:
            with suppress(Rejected):  # some of the articles have no text
                parse(item)
        if not tenth and place > size / 10:
            tenth = _most()
    json.dump((number, tenth, _most(), time.process_time() - began), sys.stdout)


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _articles() -> Iterator[dict[str, str]]:
    """Yield the Reuters articles over and over, under other ids."""
    with gzip.open(REUTERS, "rt", encoding="utf8") as lines:
        articles = [json.loads(line) for line in lines]
    for again in count():
        for article in articles:
            yield article | {"id": f"{article['id']}-{again}"}


def _web_archive(file: Path, size: int) -> None:
    pages = [gzip.decompress(page.read_bytes()) for page in sorted(reading.PAGES.glob("*.html.gz"))]
    with file.open("wb") as out:
        for again in count():
            for number, page in enumerate(pages):
                out.write(reading.record(f"https://paper{number}.example/{again}/story.html", page))
            if out.tell() >= size:
                return


def _table(file: Path, size: int) -> None:
    with file.open("w", encoding="utf8", newline="") as out:
        rows = csv.DictWriter(out, ("id", "title", "text", "date"), extrasaction="ignore")
        rows.writeheader()
        for article in _articles():
            rows.writerow(article)
            if out.tell() >= size:
                return


def _pdf(file: Path, pages: int) -> None:
    """Write a PDF of lines of text, as few objects as it takes."""
    words = " ".join(article["text"] for article, _ in zip(_articles(), range(pages), strict=False)).split()
    source = chain.from_iterable(iter(lambda: words, None))
    places: list[int] = []
    with file.open("wb") as out:

        def write(body: str) -> None:
            places.append(out.tell())
            out.write(f"{len(places)} 0 obj\n{body}\nendobj\n".encode("latin-1", "replace"))

        out.write(b"%PDF-1.4\n")
        kids = " ".join(f"{3 + 2 * number + 1} 0 R" for number in range(pages))
        write("<< /Type /Catalog /Pages 2 0 R >>")
        write(f"<< /Type /Pages /Kids [{kids}] /Count {pages} /MediaBox [0 0 612 792] >>")
        write("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
        for _ in range(pages):
            own = len(places) + 1
            write(f"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F 3 0 R >> >> /Contents {own + 1} 0 R >>")
            text = "BT /F 9 Tf 12 TL 40 760 Td\n" + "\n".join(f"({_line(source)}) '" for _ in range(_LINES)) + "\nET"
            write(f"<< /Length {len(text.encode('latin-1', 'replace'))} >>\nstream\n{text}\nendstream")
        start = out.tell()
        table = "".join(f"{place:010} 00000 n \n" for place in places)
        out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode())
        out.write(f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())


def _line(words: Iterator[str]) -> str:
    line = ""
    while len(line) < _WIDTH:
        line += next(words) + " "
    return line.replace("\\", "").replace("(", "").replace(")", "")


MAKERS: Mapping[str, Callable[[Path, int], None]] = {
    "pages.warc": _web_archive,
    "articles.csv": _table,
    "book.pdf": _pdf,
}


if __name__ == "__main__":
    if sys.argv[1:2] == ["read"]:
        read(Path(sys.argv[2]))
    else:
        main()
