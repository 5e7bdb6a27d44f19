"""The command line: a command a module.

The commands import what they need when they run, so that --help and completion answer at once.
"""

import os
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from traceback import walk_tb
from typing import Any

import click

from searchapp import __version__
from searchapp.cli import (
    alerts,
    corrections,
    export,
    formats,
    index,
    inspect,
    mcp,
    people,
    search,
    serve,
    speaker,
    users,
)
from searchapp.errors import BadRequest, BadSetting, QueryFault, SearchappError


class _Group(click.Group):
    """Says errors that are the user's to mend in one line: exit 2 for how it was asked, 1 for work that failed."""

    def main(self, *arguments: Any, **named: Any) -> Any:
        if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
            sys.stdout.reconfigure(errors="replace")  # articles hold letters that a terminal's encoding may lack
        try:
            return super().main(*arguments, **named)
        except OSError as fault:
            *_, (frame, _) = walk_tb(fault.__traceback__)
            if frame.f_code is not click.echo.__code__:
                raise
            click.echo(f"searchapp: The output cannot be written: {fault.strerror}.", err=True)
            sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 (else Python tries once more as it ends)
            sys.exit(1)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except SearchappError as fault:
            for line in _explained(fault):
                click.echo(line, err=True)
            context.exit(2 if isinstance(fault, BadRequest | BadSetting) else 1)


def _explained(fault: SearchappError) -> Iterator[str]:
    yield f"searchapp: {fault}"
    if isinstance(fault, QueryFault) and fault.mended:
        yield f"Did you mean: {fault.mended}"


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="searchapp")
def main() -> None:
    """Who said what, and when: index a folder of news articles and search it.

    \b
    Examples:
      searchapp reindex --corpus articles
      searchapp search 'vaccine* speaker:velikanov' --from 2021
      searchapp serve --port 9000

    Settings are read from the command line, from SEARCHAPP_<NAME> in the environment, and from searchapp.toml in
    the current folder; the first that has a value counts. Exit status: 0 for success (rejected files count as a
    failure only with --strict), 1 if the work failed, 2 if the command or the query was wrong, 3 if
    files of the corpus could not be read this time (the rest is indexed, what the index held of them is kept).
    """


for _command in (
    index.reindex,
    index.update,
    index.check,
    export.export,
    alerts.alerts,
    search.search,
    speaker.speaker,
    inspect.inspect,
    formats.formats,
    serve.serve,
    mcp.mcp,
    users.users,
    people.people,
    corrections.corrections,
):
    main.add_command(_command)
