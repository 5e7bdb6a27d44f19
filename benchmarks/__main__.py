"""Measure all, print it, and say which targets are met.

``python -m benchmarks [--size N]... [--only NAME,...] [--times N] [--plot FILE] [--write FILE]``; see
docs/performance.md.
"""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from benchmarks import ingesting, plot, ranking, reading, sized
from benchmarks.archive import REUTERS
from benchmarks.figures import MEGABYTE, Figure, Sheet, at_least, at_most, verdicts
from benchmarks.sized import SMALL, Measured, measure
from benchmarks.systems import LABELS, OURS, Server, fitting, index_of, opensearch

PARTS = ("reindex", "warc", "ranking", "table", "building", "pages", "joins", "adding", "serving")
ONCE = ("reindex", "warc", "ranking")  # parts that take real articles or pages as they are, whatever the size
WIDTH = 150  # of the tables; a log has no width of its own


@click.command()
@click.option("--size", "sizes", type=int, multiple=True, default=(SMALL, 200_000), help="Articles; may be repeated.")
@click.option("--only", default="", help=f"Of {', '.join((*LABELS, *PARTS))} only these, joined by commas.")
@click.option("--times", default=reading.TIMES, help="How often each page stands in the web archive that is read.")
@click.option("--plot", "picture", type=click.Path(path_type=Path), help="Draw the times of all queries as an SVG.")
@click.option(
    "--write",
    "page",
    type=click.Path(path_type=Path, exists=True),
    help="Put the tables into this page, where it has a place.",
)
def main(sizes: Sequence[int], only: str, times: int, picture: Path | None, page: Path | None) -> None:
    """Measure the whole and its peers on real articles; it takes some minutes, and at a million some hours."""
    console = Console(width=WIDTH, highlight=False)
    if not REUTERS.is_file():
        console.print(
            "Nothing is measured: the articles to measure with are not beside this project (../shared/bench)."
        )
        return
    asked = set(filter(None, only.split(",")))
    if unknown := asked - {*LABELS, *PARTS}:
        raise click.UsageError(f"--only knows no {', '.join(sorted(unknown))}.")
    parts, systems = asked & set(PARTS) or set(PARTS), asked & LABELS.keys()
    with opensearch(not systems or not systems.isdisjoint({"opensearch", "rest"})) as server:
        if server.lack:
            console.print(f"What needs OpenSearch is not measured. {server.lack}")
        if parts & set(ONCE) and (SMALL in sizes or parts <= set(ONCE)):
            _show(_once(parts, systems, server, times, console), "once", console, page)
        for size in sizes if parts - set(ONCE) else ():
            with tempfile.TemporaryDirectory() as folder:
                measured = measure(Path(folder), size, fitting(size, systems, server), parts, console)
            _show(measured, str(size), console, page)
            if picture and measured.pages:
                _draw(measured, size, picture)


def _once(parts: set[str], systems: set[str], server: Server, times: int, console: Console) -> Measured:
    measured = Measured()
    with tempfile.TemporaryDirectory() as name:
        if "reindex" in parts:
            console.print("Indexing the Reuters articles ...")
            measured.figures.extend(_real_path(Path(name)))
        if "warc" in parts and reading.PAGES.is_dir():
            console.print("Indexing a web archive, and reading it in a loop ...")
            measured.figures.extend(_web_archive(Path(name), times))
        if "ranking" in parts:
            console.print("Looking for articles by their headlines ...")
            ours = [each for each in OURS if each in (systems or OURS) and (each != "opensearch" or server.host)]
            indexes = {LABELS[each]: index_of(each, server, 0) for each in ours}
            _ranking(measured, ranking.rank(Path(name), indexes), list(indexes))
    return measured


def _real_path(folder: Path) -> list[Figure]:
    done = ingesting.reindex(folder)
    whole, alone = ingesting.ingest_alone()
    wall, cpu, memory = done.spent.wall, done.spent.cpu, done.spent.memory / MEGABYTE
    rate = f"{done.articles / cpu:.0f} articles/s and core"
    return [
        Figure("reindex", f"{done.articles:,} articles in {wall:.0f} s, {cpu:.0f} s of CPU: {rate}"),
        Figure("  size of the index", f"{done.size / MEGABYTE:.0f} MB"),
        at_most("  peak memory, all processes", f"{memory:.0f} MB", memory, 600, "MB"),
        Figure("ingest alone", f"{alone:.0f} articles/s and core", "", ">= 150", alone >= 150),
        Figure("  with reading and learning", f"{whole:.0f} articles/s and core", "", ">= 150", whole >= 150),
    ]


def _web_archive(folder: Path, times: int) -> list[Figure]:
    read = reading.web_archive(folder, times)
    ours, theirs = (read.pages / spent.wall for spent in (read.ours, read.theirs))
    what = f"a WARC of {read.pages:,} pages: reindex, beside fastwarc and extract on one core"
    memory = read.ours.memory / MEGABYTE
    return [
        at_least(what, ours, theirs, 1.5, "pages/s"),
        Figure("  CPU", f"{read.ours.cpu:.0f} : {read.theirs.cpu:.0f} s", f"{read.ours.cpu / read.theirs.cpu:.3g}"),
        at_most("  peak memory, all processes", f"{memory:.0f} MB", memory, 600, "MB"),
    ]


def _ranking(measured: Measured, ranked: dict[str, ranking.Ranked], ours: Sequence[str]) -> None:
    rows = [(name, f"{each.mrr:.4f}", f"{each.recall:.4f}") for name, each in ranked.items()]
    title = f"The article of each of {ranking.HEADLINES:,} headlines, looked for among all bodies"
    measured.sheets.append(Sheet(title, ("", "MRR@10", "recall@10"), rows))
    best = max(each.mrr for name, each in ranked.items() if name not in ours)
    for name in ours:
        mrr = ranked[name].mrr
        measured.figures.append(
            Figure(f"MRR@10 beside the better peer: {name}", f"{mrr:.4f} : {best:.4f}", "", ">= 1", mrr >= best)
        )


def _show(measured: Measured, mark: str, console: Console, page: Path | None) -> None:
    sheets = [*measured.sheets, verdicts(measured.figures)]
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    note = f"Where four values stand: {sized.SPREAD}. {cores} cores, load {load:.1f} at the end."
    for sheet in sheets:
        console.print(sheet.drawn())
        console.print()
    console.print(*measured.notes, note, sep="\n")
    if page and f"<!-- bench {mark} -->" in page.read_text("utf8"):
        _put(page, mark, "\n".join((*(sheet.markdown() for sheet in sheets), *measured.notes, "", note, "")))


def _put(page: Path, mark: str, text: str) -> None:
    """Put ``text`` where the page has a place for it: between two comments that name ``mark``."""
    comment = f"<!-- bench {mark} -->\n"
    before, *_, after = page.read_text("utf8").split(comment)
    page.write_text(comment.join((before, text, after)), "utf8")


def _draw(measured: Measured, size: int, picture: Path) -> None:
    times = {LABELS[name]: [page.milliseconds for page in asked] for name, asked in measured.pages.items()}
    queries = len(next(iter(times.values())))
    note = f"{size:,} articles with statements, {queries} queries, one stroke each; a page's whole work"
    picture.write_text(plot.draw(times, "How long a page of results takes", note), "utf8")


if __name__ == "__main__":
    main()
