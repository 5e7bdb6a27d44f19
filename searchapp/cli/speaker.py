"""The command that tells what the archive knows of one speaker."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from searchapp.cli.console import json_line, setting_option, when
from searchapp.settings import load

if TYPE_CHECKING:
    from searchapp.answers import person_shapes


@click.command()
@click.argument("name")
@setting_option("index", metavar="URL")
@click.option("--said", metavar="WORDS", default="", help="Tell when words (a query) were said first and last.")
@click.option("--json", "as_json", is_flag=True, help="Print what /speakers/<name>.json answers.")
def speaker(name: str, index: str | None, said: str, as_json: bool) -> None:
    """Tell what a speaker said through the years, on what, in which roles and sources, and beside whom.

    NAME is the whole name in any spelling that the archive knows.

    \b
    Examples:
      searchapp speaker 'Andrei Velikanov'
      searchapp speaker 'Andrei Velikanov' --said vaccine
      searchapp speaker 'Andrei Velikanov' --json | jq '.years'
    """
    from searchapp.answers import spoken
    from searchapp.answers.changes import reread
    from searchapp.engines import open_engine
    from searchapp.engines.notes import notes
    from searchapp.engines.portraits import portrait, said_by, saying

    engine = open_engine(load({"index": index}).index)
    found = portrait(engine, notes(engine).persons.shown_as(name))
    if found is None:
        raise click.UsageError(f'Nobody called "{name}" speaks in this archive. Search for a part of the name.')
    asked = said_by(found.name)
    uses = saying(engine, notes(engine).resolved(reread(asked, text=said))) if said else None
    told = spoken.speaker(found, asked, uses)
    click.echo(json_line(told) if as_json else "\n".join(_lines(told)))


def _lines(told: "person_shapes.Portrait") -> Iterator[str]:
    """The answer of /speakers/<name>.json as lines to read."""
    from searchapp.answers.wording import counted

    yield click.style(told["name"], bold=True)
    yield f"{counted(told['statements'], 'statement')} in {counted(told['articles'], 'article')}"
    if told["spellings"]:
        yield f"Also written {', '.join(told['spellings'])}."
    if told["acts"]:
        yield ", ".join(f"{each['act']} {each['statements']:,}" for each in told["acts"])
    if told["topics"]:
        yield f"More than others of {', '.join(each['word'] for each in told['topics'])}."
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
    if told["said"]:
        yield f"{counted(told['said']['total'], 'statement')} with {told['said']['query']}:"
    shown = [told["said"]["first"], told["said"]["last"]] if told["said"] else told["latest"]
    for hit in filter(None, shown):
        yield f"{when(hit['published']):>10}  {' '.join(hit['text'].split())}"
