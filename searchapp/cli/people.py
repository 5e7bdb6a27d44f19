"""The command that lists who speaks in an archive, and whom people.toml may have to bring together."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from searchapp.cli.console import json_line, setting_option
from searchapp.settings import load

if TYPE_CHECKING:
    from searchapp.help.same_person import SamePerson
    from searchapp.search import FacetValue


@click.command()
@click.argument("name", default="")
@setting_option("index", metavar="URL")
@click.option("--most", type=click.IntRange(0, 1000), default=20, show_default=True, help="Suggest at most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def people(name: str, index: str | None, most: int, as_json: bool) -> None:
    """List who speaks, in how many articles, and suggest who may be one person, as entries of people.toml.

    With NAME only those who may be this person. What is printed is TOML: names and reasons are comments, so delete the
    entries that are wrong and append the rest to people.toml. Nothing is written.

    \b
    Examples:
      searchapp people
      searchapp people 'Andrei Velikanov'
      searchapp people --most 100 > draft.toml
      searchapp people --json | jq '.suggestions[0].reasons'
    """
    from searchapp.engines import open_engine
    from searchapp.engines.notes import notes
    from searchapp.help.same_person import speakers_of, suggested

    engine = open_engine(load({"index": index}).index)
    speakers = speakers_of(engine)
    shown = notes(engine).persons.shown_as(name) if name else ""
    if name and shown not in {each.value for each in speakers}:
        raise click.UsageError(f'Nobody called "{name}" speaks in this archive. Search for a part of the name.')
    pairs = suggested(engine, speakers, most, shown)
    click.echo(json_line(_told(speakers, pairs)) if as_json else "\n".join(_lines(() if name else speakers, pairs)))


def _told(speakers: Sequence["FacetValue"], pairs: Sequence["SamePerson"]) -> dict[str, list[dict[str, object]]]:
    from searchapp.answers import entries

    return {
        "names": [{"name": each.value, "articles": each.count} for each in speakers],
        "suggestions": [
            {
                "name": each.name,
                "variant": each.other,
                "articles": list(each.articles),
                "likeness": each.likeness,
                "reasons": list(each.reasons),
                "against": list(each.against),
                "entry": entries.person(each.name, [each.other], each.type),
            }
            for each in pairs
        ],
    }


def _lines(speakers: Sequence["FacetValue"], pairs: Sequence["SamePerson"]) -> Iterator[str]:
    from searchapp.answers import entries

    yield from (f"# {each.count:>7,}  {each.value}" for each in speakers)
    if not pairs:
        yield "# No two names look like one person's."
    for each in pairs:
        yield ""
        yield f"# {'; '.join(each.reasons)}."
        yield from (f"# But {why}." for why in each.against)
        yield entries.person(each.name, [each.other], each.type)
