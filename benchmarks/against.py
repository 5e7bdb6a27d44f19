"""An older revision beside this one: how many articles a second each ingests, and which of them come out different.

``python -m benchmarks.against REVISION [--articles N] [--differences]``. The old code is taken out of the repository
into a temporary folder, and runs in the environment of this one. Each side is a single process that lives as long as
the comparison; they take turns over the same chunks of articles, so that what else the machine does hits both alike.
"""

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import click
from rich.console import Console

from benchmarks.archive import REUTERS
from benchmarks.figures import Sheet
from benchmarks.systems import ROOT

EVAL = REUTERS.parents[1] / "eval"
SIDE = Path(__file__).with_name("side.py")
SPEAKERS, DUMPS, DATES = TEXTS = ("eval: speakers", "eval: dumps of pages", "eval: dates")
WIRE, ALL_TEXTS, PAGES = "Reuters", "eval: all texts", "eval: HTML pages"
VARIANTS = ("full", "loose", "tight")  # of the dump of a page
CHUNK = 1_800  # articles that a side takes in one turn: some seconds
ROUNDS = 3  # turns at least, if need be over the same chunk again
WARMING = 50  # articles that each side takes before it is measured
NAMED = 5  # articles of a set that are named when they differ

Sets = dict[str, list[Path]]
"""Articles to compare with, by name: a folder for each chunk of them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What both sides took for one chunk, in seconds of CPU, and how many articles this revision made of it."""

    articles: int
    old: float
    new: float


class Side:
    """A process that ingests with the code in a folder. Raises RuntimeError when it loads any other."""

    def __init__(self, code: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(SIDE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=code,
            env=_environment(code),
        )
        used = Path(self._answer())
        if used != code / "searchapp":
            self.close()
            raise RuntimeError(f"The code in {code} was to be measured, but it was {used} that was loaded.")

    def ingest(self, corpus: Path) -> tuple[int, float]:
        """Return how many articles a corpus made, and how many seconds of CPU that took."""
        assert self._process.stdin
        print(json.dumps(str(corpus)), file=self._process.stdin, flush=True)
        articles, seconds = self._answer()
        return articles, seconds

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _answer(self) -> Any:
        assert self._process.stdout
        if line := self._process.stdout.readline():
            return json.loads(line)
        raise RuntimeError("One of the sides has failed; what it says of that stands above.")


@click.command()
@click.argument("revision")
@click.option("--articles", type=click.IntRange(1), help="At most so many of each set; all by default.")
@click.option("--differences", is_flag=True, help="Say which articles come out different, and time nothing.")
def main(revision: str, articles: int | None, differences: bool) -> None:
    """Compare ingest as REVISION has it with ingest as it is here, on the articles beside the project."""
    console = Console(width=150, highlight=False)
    if not REUTERS.is_file() or not EVAL.is_dir():
        console.print("Nothing is compared: the articles to compare with are not beside this project (../shared).")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        old = _checked_out(revision, folder / "old")
        sets = _sets(folder / "sets", articles)
        if differences:
            for each, chunks in sets.items():
                first, *others = differences_of(old, chunks, folder)
                console.print(f"{each}: {first}", *others, sep="\n")
            return
        with closing(Side(old)) as before, closing(Side(ROOT)) as now:
            warming = _chunk(folder / "warming", islice(_texts(SPEAKERS), WARMING))
            for side in (before, now):
                side.ingest(warming)
            turns = {each: list(_turns(before, now, chunks)) for each, chunks in sets.items()}
    console.print(_speeds(turns, revision).drawn())
    console.print(
        f"After the ratio: the least, median and most of all turns. Load {os.getloadavg()[0]:.1f} at the end."
    )


# The two revisions


def _checked_out(revision: str, folder: Path) -> Path:
    """Put the code of a revision into a new folder, and return that. Raises UsageError when there is none such."""
    packed = subprocess.run(["git", "archive", revision, "searchapp"], cwd=ROOT, capture_output=True)
    if packed.returncode:
        raise click.UsageError(f'git has no code of the revision "{revision}": {packed.stderr.decode().strip()}')
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def _environment(code: Path) -> dict[str, str]:
    """Return an environment in which the code in a folder comes before the one installed, apart from settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SEARCHAPP_")}
    return kept | {"PYTHONPATH": str(code)}


# The articles


def _sets(folder: Path, most: int | None) -> Sets:
    """Write all sets as corpora below ``folder``, at most so many articles of each."""
    sets: Sets = {}
    for number, name in enumerate((WIRE, *TEXTS)):
        rows = islice(_texts(name), most)
        sets[name] = []
        while some := list(islice(rows, CHUNK)):
            sets[name].append(_chunk(folder / f"{number}-{len(sets[name])}", some))
    pages = folder / "pages"
    pages.mkdir()
    for page in islice(sorted((EVAL / "cleaning" / "html").glob("*.html.gz")), most):
        shutil.copy(page, pages)
    return sets | {PAGES: [pages]}


def _texts(name: str) -> Iterator[dict[str, Any]]:
    """Yield the articles of a set as the lines of a JSONL file: of Reuters all that is known, else id and text."""
    if name == WIRE:
        yield from _rows(REUTERS)
    elif name == DUMPS:
        for page in _rows(EVAL / "cleaning" / "pages.jsonl.gz"):
            yield from ({"id": f"{page['id']}-{variant}", "text": page[variant]} for variant in VARIANTS)
    else:
        files = {SPEAKERS: ("speakers/dev", "speakers/train"), DATES: ("dates/pages",)}[name]
        for file in files:
            yield from ({"id": row["id"], "text": row["text"]} for row in _rows(EVAL / f"{file}.jsonl.gz"))


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf8") as lines:
        yield from map(json.loads, lines)


def _chunk(folder: Path, rows: Iterable[dict[str, Any]]) -> Path:
    """Write a corpus of one file, and return its folder."""
    folder.mkdir(parents=True)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "articles.jsonl").write_text("".join(lines), "utf8")
    return folder


# Speed


def _turns(before: Side, now: Side, chunks: Sequence[Path]) -> Iterator[Turn]:
    """Let both sides take each chunk, the one or the other first in turn."""
    rounds = -(-ROUNDS // len(chunks))
    for number, chunk in enumerate([*chunks] * rounds):
        order = (before, now) if number % 2 else (now, before)
        taken = {side: side.ingest(chunk) for side in order}
        yield Turn(taken[now][0], taken[before][1], taken[now][1])


def _speeds(turns: Mapping[str, Sequence[Turn]], revision: str) -> Sheet:
    """Return the table of what was measured of each set, and of all texts of eval together."""
    together = [turn for name in TEXTS for turn in turns[name]]
    rows = [_row(name, taken) for name, taken in ({**turns, ALL_TEXTS: together}).items()]
    heads = ("articles a second and core", "articles", revision, "here", "ratio", "least", "median", "most")
    return Sheet("Reading, cleaning, dating and attributing", heads, rows)


def _row(name: str, turns: Sequence[Turn]) -> Sequence[str]:
    articles, old, new = (sum(getattr(turn, each) for turn in turns) for each in ("articles", "old", "new"))
    ratios = [turn.old / turn.new for turn in turns]
    figures = (old / new, min(ratios), median(ratios), max(ratios))
    return name, f"{articles:,}", f"{articles / old:.1f}", f"{articles / new:.1f}", *(f"{each:.2f}" for each in figures)


# Differences


def _inspected(code: Path, chunks: Sequence[Path], file: Path) -> subprocess.Popen[bytes]:
    """Begin to write into a file what the code in a folder prints of each article of the chunks."""
    articles = [str(article) for chunk in chunks for article in sorted(chunk.iterdir())]
    command = [sys.executable, "-P", "-m", "searchapp", "inspect", "--json", *articles]
    with file.open("wb") as output:
        return subprocess.Popen(command, stdout=output, cwd=file.parent, env=_environment(code))


def differences_of(old: Path, chunks: Sequence[Path], folder: Path) -> Iterator[str]:
    """Say how many articles come out different, and which keys of the first few."""
    files = {code: folder / f"{code.name}.jsonl" for code in (old, ROOT)}
    running = [_inspected(code, chunks, file) for code, file in files.items()]
    if sum(process.wait() for process in running):
        raise RuntimeError("The inspection by one of the sides has failed; what it says of that stands above.")
    with files[old].open(encoding="utf8") as before, files[ROOT].open(encoding="utf8") as now:
        number, different = 0, []
        for one, other in zip(before, now, strict=True):
            number += 1
            if one != other:
                different.append((one, other))
    yield f"{len(different):,} of {number:,} differ"
    for one, other in different[:NAMED]:
        was, is_now = json.loads(one), json.loads(other)
        keys = [key for key in was | is_now if was.get(key) != is_now.get(key)]
        yield f"  {is_now['id']}: {', '.join(keys) or 'the same but for the order of its keys'}"


if __name__ == "__main__":
    main()
