"""What is measured with an archive of one size: building, pages, statements, adding, and a server under load."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from benchmarks import joins, reading, serving
from benchmarks.archive import Wanted, make_archive, make_queries, newest_first
from benchmarks.figures import MEGABYTE, Figure, Sheet, at_least, at_most, beside, percentile, spread
from benchmarks.ingesting import size_of
from benchmarks.lanes import Built, Lane, Making, Page, side_by_side
from benchmarks.systems import (
    FTS5,
    INDEXES,
    LABELS,
    OPENSEARCH,
    OURS,
    PLAIN_WHOOSH,
    RAW_TANTIVY,
    REST,
    TANTIVY,
    WHOOSH,
)

SMALL, LARGE = 21_578, 1_000_000
SWITCHES = 10  # updates under a running server
ADDED = 40  # articles added one by one: enough for segments to be merged twice, so that this is measured too
WARMED = 4  # times that the queries to warm up are asked: a Java server compiles what it does often
SPREAD = "p50 / p95 / p99 / max"

Pages = Mapping[str, Sequence[Page]]


@dataclass(slots=True)
class Measured:
    """What was measured: tables, figures, and the pages of each system."""

    sheets: list[Sheet] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pages: dict[str, Sequence[Page]] = field(default_factory=dict)


def measure(
    folder: Path, size: int, makings: Mapping[str, Making], parts: Collection[str], console: Console
) -> Measured:
    """Build an archive of ``size`` articles in each system, and measure the ``parts`` asked for."""
    console.print(f"Making an archive of {size:,} articles with statements ...")
    archive, measured, lanes = make_archive(folder, size), Measured(), {}
    if "table" in parts:
        console.print("Reading it as a table ...")
        measured.figures += _table(archive, size)
    if parts == {"table"}:
        return measured
    requests = make_queries(archive)
    built: dict[str, Built] = {}
    for name, make in makings.items():
        console.print(f"Building it: {LABELS[name]} ...")
        lanes[name] = Lane(make, folder / name, archive)
        built[name] = lanes[name].built()
    _building(measured, built, folder, size)
    if "pages" in parts:
        console.print("Asking all systems the same ...")
        _pages(measured, lanes, requests, size)
    ours = {name: lane for name, lane in lanes.items() if name in OURS}
    if "joins" in parts and ours:
        console.print("Asking what was said ...")
        _statements(measured, ours, archive, size)
    if "adding" in parts:
        console.print("Adding articles one by one ...")
        _adding(measured, lanes)
    for lane in lanes.values():
        lane.close()
    if "serving" in parts:
        console.print("Serving it ...")
        for name in INDEXES.keys() & ours.keys():
            _serving(measured, name, folder, requests, size)
        if {TANTIVY, RAW_TANTIVY} <= makings.keys():
            _load(measured, folder, requests)
    return measured


def _table(archive: Path, size: int) -> list[Figure]:
    cut, whole = (each / MEGABYTE for each in reading.table(archive))
    return [
        Figure(f"a CSV of {size:,} articles, cut into articles", f"{cut:.1f} MB/s and core"),
        Figure("  with their ids and digests", f"{whole:.1f} MB/s and core", "", ">= 20", whole >= 20),
    ]


def _building(measured: Measured, built: Mapping[str, Built], folder: Path, size: int) -> None:
    measured.sheets.append(
        Sheet(
            f"Building, {size:,} articles with statements, ingest apart",
            ("", "s", "s of CPU", "peak memory, MB", "without mapped files, MB", "index, MB"),
            [
                (
                    LABELS[name],
                    f"{each.wall:.0f}",
                    f"{each.cpu:.0f}",
                    f"{each.memory / MEGABYTE:.0f}",
                    f"{each.private / MEGABYTE:.0f}",
                    "in the server" if name in (OPENSEARCH, REST) else f"{size_of(folder / name) / MEGABYTE:.0f}",
                )
                for name, each in built.items()
            ],
        )
    )
    if {TANTIVY, RAW_TANTIVY} <= built.keys():
        ours, theirs = built[TANTIVY].wall, built[RAW_TANTIVY].wall
        measured.figures.append(beside("building: Tantivy beside raw tantivy", ours, theirs, 4, "s"))
    if size >= LARGE and TANTIVY in built:
        memory = built[TANTIVY].private / MEGABYTE
        what = "peak memory of building, Tantivy, without mapped files"
        measured.figures.append(at_most(what, f"{memory:.0f} MB", memory, 2000, "MB"))


def _pages(measured: Measured, lanes: Mapping[str, Lane], requests: Sequence[Wanted], size: int) -> None:
    warming = [each for each in requests if not each.measured]
    pages = _ask(lanes, [*warming * (WARMED - 1), *requests])
    newest = _ask(lanes, [newest_first(each) for each in requests if each.dated])
    measured.pages.update(pages)
    measured.sheets += [_systems(pages, newest, size), _classes(pages)]
    measured.notes += _differences({name: asked for name, asked in pages.items() if name not in (RAW_TANTIVY, REST)})
    p95, p95_newest = (
        {name: percentile(_times(asked), 95) for name, asked in each.items()} for each in (pages, newest)
    )
    limits = [
        (TANTIVY, RAW_TANTIVY, 2.0),
        (TANTIVY, REST, 1.0),
        (OPENSEARCH, REST, 1.5),
        (WHOOSH, PLAIN_WHOOSH, 1 / 12),
        (WHOOSH, FTS5, 1.5 if size <= SMALL else float("inf")),
    ]
    for one, other, limit in limits:
        if {one, other} <= pages.keys() and limit < float("inf"):
            what = f"a page's work, p95: {LABELS[one]} beside {LABELS[other]}"
            measured.figures.append(beside(what, p95[one], p95[other], limit))
    if {WHOOSH, PLAIN_WHOOSH} <= pages.keys():
        what = "by date, newest first, p95, Whoosh beside plain Whoosh"
        measured.figures.append(beside(what, p95_newest[WHOOSH], p95_newest[PLAIN_WHOOSH], 1 / 10))
    for name in (WHOOSH, TANTIVY):
        if name in pages and size <= SMALL:
            slowest = max(pages[name], key=lambda page: page.milliseconds)
            median = percentile(_times(pages[name]), 50)
            what = f"{LABELS[name]}: slowest page beside the median: {slowest.text}"
            measured.figures.append(beside(what, slowest.milliseconds, median, 10))


def _statements(measured: Measured, lanes: Mapping[str, Lane], archive: Path, size: int) -> None:
    joined, said = _ask(lanes, joins.joins(archive)), _ask(lanes, joins.statements(archive))
    measured.sheets.append(
        Sheet(
            f"{joins.NUMBER} queries about what was said, {size:,} articles, ms: {SPREAD}",
            ("", "the articles in which it was", "the statements themselves"),
            [(LABELS[name], spread(_times(joined[name])), spread(_times(said[name]))) for name in lanes],
        )
    )
    measured.notes += _differences(joined) + _differences(said)
    if TANTIVY in joined:
        times = _times(joined[TANTIVY])
        p95, worst = percentile(times, 95), max(times)
        measured.figures += [
            at_most("what was said, Tantivy, p95", f"{p95:.1f} ms", p95, 60, "ms"),
            at_most("  worst", f"{worst:.1f} ms", worst, 250, "ms"),
        ]


def _adding(measured: Measured, lanes: Mapping[str, Lane]) -> None:
    added = {name: lane.added(ADDED) for name, lane in lanes.items()}
    rows = [(LABELS[name], spread(times)) for name, times in added.items()]
    measured.sheets.append(Sheet(f"One article added, until a page has it, ms: {SPREAD}", ("", f"{ADDED} times"), rows))
    for name in INDEXES.keys() & added.keys():
        p95 = percentile(added[name], 95)
        measured.figures.append(
            at_most(f"an article added, until a page has it, {LABELS[name]}, p95", f"{p95:.0f} ms", p95, 100, "ms")
        )


def _serving(measured: Measured, name: str, folder: Path, requests: Sequence[Wanted], size: int) -> None:
    index = INDEXES[name].format(folder=folder / name)
    served = serving.serve(index, requests, SWITCHES)
    memory, private = served.memory / MEGABYTE, served.private / MEGABYTE
    most = 400 if size >= LARGE else 250
    measured.figures += [
        Figure(f"a server on {LABELS[name]}: from its start to its first page", f"{served.start:.2f} s"),
        Figure("  an HTML page over HTTP", f"{spread(_milli(served.pages))} ms"),
        Figure("  the first page after a switch", f"{spread(_milli(served.switched))} ms"),
        Figure("  memory with one worker, files it has mapped included", f"{memory:.0f} MB"),
        at_most("  without them", f"{private:.0f} MB", private, most, "MB"),
    ]
    if size <= SMALL:
        fresh = serving.freshness(index, ADDED)
        late = percentile(fresh, 95)
        measured.figures.append(
            at_most("  an article added until another process has it", f"{spread(fresh, '{:.2f}')} s", late, 1, "s")
        )


def _load(measured: Measured, folder: Path, requests: Sequence[Wanted]) -> None:
    index = INDEXES[TANTIVY].format(folder=folder / TANTIVY)
    ours, bare = serving.load(index, folder / RAW_TANTIVY / "articles", requests)
    median, p99 = percentile(_milli(ours.pages), 50), percentile(_milli(ours.pages), 99)
    measured.figures += [
        at_least("HTML pages of four clients beside the barest JSON page", ours.rate, bare.rate, 0.4, "pages/s"),
        Figure(f"  theirs, ms: {SPREAD}", spread(_milli(bare.pages))),
        Figure(f"  ours, ms: {SPREAD}", spread(_milli(ours.pages))),
        beside("  ours: p99 beside the median", p99, median, 5),
    ]


def _ask(lanes: Mapping[str, Lane], requests: Sequence[Wanted]) -> dict[str, list[Page]]:
    return dict(zip(lanes, side_by_side(list(lanes.values()), requests), strict=True))


def _systems(pages: Pages, newest: Pages, size: int) -> Sheet:
    return Sheet(
        f"A page's whole work, {size:,} articles, ms: {SPREAD}",
        ("", "all queries", "by date, newest first"),
        [(LABELS[name], spread(_times(asked)), spread(_times(newest[name]))) for name, asked in pages.items()],
    )


def _classes(pages: Pages) -> Sheet:
    kinds = dict.fromkeys(page.kind for asked in pages.values() for page in asked)
    return Sheet(
        "The same by class of query, ms: p50 / p95 / max",
        ("", *(LABELS[name] for name in pages)),
        [
            (kind, *(_short([page for page in asked if page.kind == kind]) for asked in pages.values()))
            for kind in kinds
        ],
    )


def _differences(pages: Pages) -> list[str]:
    """Say where systems that should find the same did not: then they did not do the same work."""
    if len(pages) < 2:
        return []
    together = list(zip(*pages.values(), strict=True))
    differ = [same for same in together if len({page.total for page in same}) > 1]
    lines = [f"  {same[0].text}: {', '.join(str(page.total) for page in same)}" for same in differ]
    names = ", ".join(LABELS[name] for name in pages)
    return [f"The totals agree for {len(together) - len(differ)} of {len(together)} queries ({names}).", *lines]


def _short(pages: Sequence[Page]) -> str:
    times = _times(pages)
    return f"{percentile(times, 50):.1f} / {percentile(times, 95):.1f} / {max(times):.1f}"


def _times(pages: Iterable[Page]) -> list[float]:
    return [page.milliseconds for page in pages]


def _milli(seconds: Iterable[float]) -> list[float]:
    return [each * 1000 for each in seconds]
