"""The command that looks through corrections.toml."""

import sys
from pathlib import Path
from typing import Any

import click

from searchapp.cli.console import json_line, setting_option
from searchapp.settings import load

_NONE = "There is no corrections.toml beside the articles, or nothing in it."


@click.group()
def corrections() -> None:
    """Look through corrections.toml, in which an archivist puts right what was read wrongly.

    docs/corrections.md says what can be written there. `searchapp update` applies it.

    \b
    Examples:
      searchapp corrections check
      searchapp corrections check --json | jq .unfit
    """


@corrections.command()
@setting_option("corpus", metavar="DIR")
@setting_option("index", metavar="URL")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(as_json: bool, **given: Any) -> None:
    """Say which entries are valid and fit the archive; exit with status 1 if one does not.

    \b
    Examples:
      searchapp corrections check
      searchapp corrections check --json | jq .unfit
    """
    from searchapp.answers.wording import counted
    from searchapp.engines import open_engine
    from searchapp.indexing import corrections_of
    from searchapp.indexing.correcting import misfits
    from searchapp.ingest.corrected import told_name

    settings = load(given)
    found = corrections_of(Path(settings.corpus))
    unfit = list(misfits(open_engine(settings.index), found))
    names = {each.name for each in unfit}
    fit = [told_name(name) for name in found.entries() if name not in names]
    if as_json:
        told = [{"entry": told_name(each.name), "why": each.why} for each in unfit]
        click.echo(json_line({"fit": fit, "unfit": told}))
    else:
        for entry in fit:
            click.echo(f"Fits: {entry}")
        for each in unfit:
            click.echo(f"Does not fit: {each.why}.")
        every = counted(len(fit) + len(names), "correction")
        click.echo(f"{every}. Fit the archive: {len(fit):,}. Do not: {len(names):,}." if fit or names else _NONE)
    if unfit:
        sys.exit(1)
