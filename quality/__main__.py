"""Measure how right ingest is: ``python -m quality [--json]``. Exit 1 when a figure is below its floor."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console

from benchmarks.figures import Sheet
from quality import dumps, floors, measures, stories
from quality.floors import Judged, Measured
from quality.measures import Bench

MEASURES: Sequence[Callable[[Bench], Iterator[Measured]]] = (
    measures.bodies,
    measures.bodies_of_one_archive,
    dumps.headlines,
    measures.dates,
    measures.speakers,
    measures.seeds,
    measures.contents,
    measures.glued_words,
    stories.sameness,
    measures.speed,
)
ABSENT = "Nothing is measured: the data to measure with are not beside this project (../shared)."
WIDTH = 120  # of the table; a log has no width of its own


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def main(as_json: bool) -> None:
    """Measure ingest on the data beside the project; it takes some minutes.

    Where they are not, say so, and pass.
    """
    if not measures.SHARED.is_dir():
        click.echo(json.dumps({"absent": ABSENT, "figures": []}) if as_json else ABSENT)
        return
    with tempfile.TemporaryDirectory() as name:
        rows = floors.judged(_measured(Bench(measures.SHARED, Path(name))), floors.load())
    if as_json:
        click.echo(json.dumps({"absent": None, "figures": [each.payload() for each in rows]}))
    else:
        _show(rows)
    sys.exit(not all(each.reached for each in rows))


def _measured(bench: Bench) -> Iterator[Measured]:
    for measure in MEASURES:
        click.echo(f"Measuring {measure.__name__.replace('_', ' ')} ...", err=True)
        yield from measure(bench)


def _show(rows: Sequence[Judged]) -> None:
    words = {True: "ok", False: "below"}
    shown = [
        (
            each.what,
            each.measure,
            "not measured" if each.value is None else f"{each.value:.3f}".rstrip("0").rstrip("."),
            str(each.floor or ""),
            words[each.reached] if each.floor else "",
        )
        for each in rows
    ]
    sheet = Sheet("How right ingest is", ("what", "measure", "figure", "floor", ""), shown)
    Console(width=WIDTH, highlight=False).print(sheet.drawn())
    below = sum(not each.reached for each in rows)
    click.echo(f"{below} below their floors." if below else "Every figure reaches its floor.")


if __name__ == "__main__":
    main()
