"""The command that looks whether all that an archive needs is in order."""

import sys
from dataclasses import asdict
from typing import Any

import click

from searchapp.cli.console import json_line, setting_option

_SIGNS = {"ok": "  ok   ", "doubt": "  ?    ", "fault": "  FAULT"}


@click.command()
@setting_option("index", metavar="URL")
@setting_option("corpus", metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def doctor(as_json: bool, **given: Any) -> None:
    """Look whether versions, settings, index, disks, rights and clock are in order; exit with status 1 if not.

    A line that begins with ? is worth a look, and no fault. Nothing is changed, and the files of the index are not read
    whole: searchapp check --files-only does that.

    \b
    Examples:
      searchapp doctor
      searchapp doctor --index /data/index --corpus /data/articles
      searchapp doctor --json | jq '.[] | select(.state != "ok")'
    """
    from searchapp.checkup import examined

    found = list(examined(given))
    if as_json:
        click.echo(json_line([asdict(each) for each in found]))
    else:
        for each in found:
            click.echo(f"{_SIGNS[each.state]} {each.about}: {each.told}")
    if any(each.state == "fault" for each in found):
        sys.exit(1)
