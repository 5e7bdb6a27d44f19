"""The command that tells what the archive knows of one speaker."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from searchapp.cli.console import json_line, setting_option, when
from searchapp.settings import load

if TYPE_CHECKING:
    from searchapp.answers import shapes


@click.command()
@click.argument("name")
@setting_option("index", metavar="URL")
@click.option("--json", "as_json", is_flag=True, help="Print what /speakers/<name>.json answers.")
def speaker(name: str, index: str | None, as_json: bool) -> None:
    """Tell what a speaker said through the years, in which roles and sources, and beside whom.

    NAME is the whole name in any spelling that the archive knows.

    \b
    Examples:
      searchapp speaker 'Andrei Velikanov'
      searchapp speaker 'Andrei Velikanov' --json | jq '.years'
    """
    from searchapp.answers import payloads
    from searchapp.engines import open_engine
    from searchapp.engines.notes import notes
    from searchapp.engines.portraits import portrait

    engine = open_engine(load({"index": index}).index)
    found = portrait(engine, notes(engine).persons.shown_as(name))
    if found is None:
        raise click.UsageError(f'Nobody called "{name}" speaks in this archive. Search for a part of the name.')
    told = payloads.speaker(found)
    click.echo(json_line(told) if as_json else "\n".join(_lines(told)))


def _lines(told: "shapes.Portrait") -> Iterator[str]:
    """The answer of /speakers/<name>.json as lines to read."""
    from searchapp.answers.wording import counted

    yield click.style(told["name"], bold=True)
    yield f"{counted(told['statements'], 'statement')} in {counted(told['articles'], 'article')}"
    if told["spellings"]:
        yield f"Also written {', '.join(told['spellings'])}."
    for role in told["roles"]:
        days = dict.fromkeys((when(role["first"]), when(role["last"])))
        yield f"{role['role']}, {' to '.join(days)}"
    yield ""
    for year in told["years"]:
        yield f"{year['year'] or 'undated':>7}  {year['statements']:>6,} of {year['of']:,}"
    sources = [(each["statements"], each["source"]) for each in told["sources"]]
    companions = [(each["articles"], each["name"]) for each in told["companions"]]
    for counts in filter(None, (sources, companions)):
        yield ""
        for count, name in counts:
            yield f"{count:>7,}  {name}"
    yield ""
    for hit in told["latest"]:
        yield f"{when(hit['published']):>10}  {' '.join(hit['text'].split())}"
