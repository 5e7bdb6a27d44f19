"""Progress of what takes its time."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from searchapp.indexing.passes import Progress

LITTLE = 1000  # articles or bytes: a log does not tell that so few are being worked on


@contextmanager
def progress_shown() -> Iterator["Progress"]:
    """A progress bar on a terminal; in a log a plain line for each tenth of the work, and none for what is little."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress as Bar

        with Bar(console=Console(stderr=True), transient=True) as bar:
            tasks: dict[str, Any] = {}

            def draw(what: str, done: int, total: int | None) -> None:
                task = tasks.setdefault(what, None) or bar.add_task(what)
                tasks[what] = task
                bar.update(task, completed=done, total=total)

            yield draw
        return
    told: dict[str, int] = {}

    def log(what: str, done: int, total: int | None) -> None:
        step = max((total or 0) // 10, LITTLE)
        before = told.get(what, 0)
        if done > before and (LITTLE <= done == total or done // step > before // step):
            told[what] = done
            click.echo(f"{what}: {done:,}" + (f" of {total:,}" if total else ""), err=True)

    yield log
