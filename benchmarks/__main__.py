"""Measure all, print it, and say which targets are met: ``python -m benchmarks [--plot FILE]``."""

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console

from benchmarks import ingesting, plot, serving
from benchmarks.archive import REUTERS, Wanted, make_archive, make_queries, newest_first
from benchmarks.figures import MEGABYTE, Figure, at_most, beside, percentile, spread, table, verdicts
from benchmarks.lanes import Lane, Making, Page, side_by_side
from benchmarks.ours import Ours
from benchmarks.peers import Fts5, PlainWhoosh

ARTICLES = 21_578
SWITCHES = 10  # updates under a running server
ADDED = 40  # articles added one by one: enough for segments to be merged twice, so that this is measured too
OURS, FTS5, WHOOSH = "searchapp", "SQLite FTS5", "plain Whoosh"
SYSTEMS: dict[str, Making] = {OURS: Ours, FTS5: Fts5, WHOOSH: PlainWhoosh}
WIDTH = 120  # of the tables; a log has no width of its own
SPREAD = "p50 / p95 / p99 / max"

Pages = Mapping[str, Sequence[Page]]


@click.command()
@click.option("--plot", "picture", type=click.Path(path_type=Path), help="Draw the times of all queries as an SVG.")
def main(picture: Path | None) -> None:
    """Measure the whole and its peers on real articles; it takes some minutes."""
    console = Console(width=WIDTH, highlight=False)
    if not REUTERS.is_file():
        console.print(
            "Nothing is measured: the articles to measure with are not beside this project (../shared/bench)."
        )
        return
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        figures = _all(Path(name), console, picture)
    console.print(verdicts(figures))
    cores = len(os.sched_getaffinity(0))
    console.print(f"Where four values stand: {SPREAD}. {cores} cores, load {load:.1f} before the run.")


def _all(folder: Path, console: Console, picture: Path | None) -> list[Figure]:
    console.print("Indexing the Reuters articles ...")
    figures = _real_path(folder)
    archive = make_archive(folder, ARTICLES)
    requests = make_queries(archive)
    console.print("Building the archive with statements in each system ...")
    lanes = {name: Lane(make, folder / name, archive) for name, make in SYSTEMS.items()}
    built = {name: lane.built() for name, lane in lanes.items()}
    console.print("Asking all systems the same ...")
    pages = _ask(lanes, requests)
    newest = _ask(lanes, [newest_first(each) for each in requests if each.dated])
    for lane in lanes.values():
        lane.close()
    console.print(_systems(built, pages, newest, folder))
    console.print(_classes(pages))
    console.print(*_differences(pages), sep="\n")
    figures += _page_figures(pages, newest)
    if picture:
        note = (
            f"{ARTICLES:,} articles with statements, {len(pages[OURS])} queries, one stroke each; a page's whole work"
        )
        times = {name: [page.milliseconds for page in asked] for name, asked in pages.items()}
        picture.write_text(plot.draw(times, "How long a page of results takes", note), "utf8")
    console.print("Serving it ...")
    return figures + _server(folder / OURS, requests)


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


def _ask(lanes: Mapping[str, Lane], requests: Sequence[Wanted]) -> Pages:
    return dict(zip(lanes, side_by_side(list(lanes.values()), requests), strict=True))


def _page_figures(pages: Pages, newest: Pages) -> list[Figure]:
    p95, p95_newest = (
        {name: percentile(_times(asked), 95) for name, asked in each.items()} for each in (pages, newest)
    )
    slowest = max(pages[OURS], key=lambda page: page.milliseconds)
    median = percentile(_times(pages[OURS]), 50)
    return [
        beside("a page's work, p95, beside plain Whoosh", p95[OURS], p95[WHOOSH], 1 / 12),
        beside("a page's work, p95, beside FTS5", p95[OURS], p95[FTS5], 1.5),
        beside(f"slowest page beside the median: {slowest.text}", slowest.milliseconds, median, 10),
        beside("by date, newest first, p95, beside Whoosh", p95_newest[OURS], p95_newest[WHOOSH], 1 / 10),
    ]


def _server(index: Path, requests: Sequence[Wanted]) -> list[Figure]:
    served = serving.serve(index, requests, SWITCHES)
    fresh = serving.freshness(index, ADDED)
    late, memory = percentile(fresh, 95), served.memory / MEGABYTE
    return [
        Figure("server: from its start to its first page", f"{served.start:.2f} s"),
        Figure("  an HTML page over HTTP", f"{spread(_milli(served.pages))} ms"),
        Figure("  the first page after a switch", f"{spread(_milli(served.switched))} ms"),
        at_most("  memory with one worker", f"{memory:.0f} MB", memory, 250, "MB"),
        at_most("an article added until it is found", f"{spread(fresh, '{:.2f}')} s", late, 1, "s"),
    ]


def _systems(built: Mapping[str, float], pages: Pages, newest: Pages, folder: Path) -> object:
    return table(
        f"A page's whole work in milliseconds, {SPREAD}",
        ("", "build, s of CPU", "index, MB", "all queries", "by date, newest first"),
        (
            (
                name,
                f"{built[name]:.0f}",
                f"{ingesting.size_of(folder / name) / MEGABYTE:.0f}",
                spread(_times(pages[name])),
                spread(_times(newest[name])),
            )
            for name in SYSTEMS
        ),
    )


def _classes(pages: Pages) -> object:
    kinds = dict.fromkeys(page.kind for page in pages[OURS])
    return table(
        "The same by class of query, p50 / p95 / max",
        ("", *pages),
        (
            (kind, *(_short([page for page in asked if page.kind == kind]) for asked in pages.values()))
            for kind in kinds
        ),
    )


def _differences(pages: Pages) -> list[str]:
    """Say where the systems did not find the same: then they did not do the same work."""
    differ = [same for same in zip(*pages.values(), strict=True) if len({page.total for page in same}) > 1]
    lines = [f"  {same[0].text}: {', '.join(str(page.total) for page in same)}" for same in differ]
    return [f"The totals agree for {len(pages[OURS]) - len(differ)} of {len(pages[OURS])} queries.", *lines]


def _short(pages: Sequence[Page]) -> str:
    times = _times(pages)
    return f"{percentile(times, 50):.1f} / {percentile(times, 95):.1f} / {max(times):.1f}"


def _times(pages: Sequence[Page]) -> list[float]:
    return [page.milliseconds for page in pages]


def _milli(seconds: Sequence[float]) -> list[float]:
    return [each * 1000 for each in seconds]


if __name__ == "__main__":
    main()
