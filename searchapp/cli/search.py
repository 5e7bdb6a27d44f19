"""The command that searches: the options as a request, and its hits as lines to read."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import click

from searchapp.cli.console import json_line, setting_option, when
from searchapp.fields import FACETS, FIELDS, Day, Sort
from searchapp.settings import load

if TYPE_CHECKING:
    from searchapp.answers import shapes
    from searchapp.engines.protocol import Engine
    from searchapp.search import SearchRequest


class _Query(click.Command):
    """Takes what begins with one minus, such as -wheat and -date:2021, as a part of the query: all options but -h have
    two. A space before it keeps it from being read as an option."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        minus = re.compile(r"-(?!-|h$)\S")
        return super().parse_args(context, [f" {each}" if minus.match(each) else each for each in args])


def _filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add for each field the options that ask for its values and that leave them out."""
    for field in reversed(list(FIELDS.values())):  # the last to be added is the first to be shown
        wanted = f"Only {field.before} this {field.name} (repeatable; '' for {field.none})."
        denied = f"{field.denied.capitalize()} this {field.name}."
        for option, help_text in ((f"--not-{field.name}", denied), (f"--{field.name}", wanted)):
            command = click.option(option, multiple=True, metavar=field.metavar, help=help_text)(command)
    return command


@click.command(cls=_Query)
@click.argument("query", nargs=-1)
@setting_option("index", metavar="URL")
@click.option(
    "--match", type=click.Choice(["all", "any"]), help="Find hits with all of the words (the default) or any of them."
)
@click.option("--synonyms", type=click.Choice(["on", "off"]), help="Whether to find the synonyms of words.toml, too.")
@click.option("--view", type=click.Choice(["articles", "statements"]), help="What to find; articles by default.")
@click.option("--sort", type=click.Choice(get_args(Sort)), help="The order of the hits.")
@_filter_options
@click.option("--from", "from_", metavar="DAY", help="Published on this day (month, year) or later.")
@click.option("--to", metavar="DAY", help="Published on this day (month, year) or earlier.")
@click.option("--day", type=click.Choice(get_args(Day)), help="Which day of a statement counts; published by default.")
@click.option("--limit", type=int, default=10, show_default=True, help="How many hits to print, at most 1,000.")
@click.option("--offset", type=int, default=0, help="How many hits to skip.")
@click.option("--json", "as_json", is_flag=True, help="Print what /search.json answers.")
def search(query: tuple[str, ...], index: str | None, as_json: bool, **given: Any) -> None:
    """Search the index and print the hits, with what was found marked.

    Put a query with quotation marks, brackets, * or > in single quotes, so that the shell leaves it alone.

    \b
    Examples:
      searchapp search grain -wheat
      searchapp search '"safe passage" OR corridor' --speaker 'Andrei Velikanov' --from 2022-07
      searchapp search 'said:vaccine speaker:lam' --view statements --sort newest
      searchapp search 'ferry*' --json | jq '.hits[].title'
    """
    from searchapp.answers import payloads
    from searchapp.engines import open_engine
    from searchapp.engines.notes import notes, other_spellings
    from searchapp.help.bearers import of_name
    from searchapp.help.meant import meant

    engine = open_engine(load({"index": index}).index)
    request = _request(" ".join(word.strip() for word in query), given)
    request = notes(engine).resolved(request)
    results = engine.search(request)
    answer = payloads.search(
        request,
        results,
        engine=engine.info().engine,
        also=other_spellings(engine, request),
        meant=meant(engine, request, results),
        of_name=of_name(engine, request),
    )
    if as_json:
        click.echo(json_line(answer))
        return
    click.echo("\n".join(_lines(answer, request.query.left_out)))
    if not answer["total"]:
        for line in _by_words(engine, request):
            click.echo(line)


def _request(query: str, given: dict[str, Any]) -> "SearchRequest":
    from werkzeug.datastructures import MultiDict

    from searchapp.answers import parameters

    named = {"q": query} | {name.rstrip("_"): value for name, value in given.items() if value not in (None, ())}
    asked = MultiDict(named)
    for name, values in asked.lists():
        asked.setlist(name, [_encodable(str(value)) for value in values])
    return parameters.parse(asked, sized=True)


def _encodable(argument: str) -> str:
    """Return an argument of the command line with "?" for each byte of it that is no text."""
    return argument.encode("utf-8", "replace").decode()


def _by_words(engine: "Engine", request: "SearchRequest") -> Iterator[str]:
    """What finds something where a filter wants a name that is only a part of one."""
    from searchapp.answers.changes import by_words
    from searchapp.engines.notes import notes

    for facet in FACETS:
        if meant := by_words(request, facet):
            total = engine.search(notes(engine).resolved(replace(meant, limit=0, facets=()))).total
            if total:
                yield f"--{facet} needs the whole name. Did you mean: {meant.query.text} (finds {total:,})"


def _lines(answer: "shapes.Search[Any]", left_out: Sequence[str]) -> Iterator[str]:
    """The answer of /search.json as lines to read, and the words that were not searched for."""
    from searchapp.answers.wording import counted

    noun = answer["view"].removesuffix("s")
    yield " ".join(filter(None, (counted(answer["total"], noun), answer["understood"])))
    if left_out:
        yield f"Too common to search for: {', '.join(left_out)}."
    if answer["also"]:
        yield f"Also as {'; '.join(_other(each) for each in answer['also'])}."
    if bearer := answer["of_name"]:
        counts = ", ".join(f"{each['how']} {each['total']:,}" for each in bearer)
        yield f"{bearer[0]['name']}: {counts}."
    for each in answer["meant"]:
        yield f"Did you mean: {each['query']} (finds {each['total']:,})"
    yield from answer["cut"]
    if answer["total"] and answer["offset"] >= answer["total"]:
        yield f"--offset {answer['offset']:,} is past the last hit: give a smaller one."
    for number, hit in enumerate(answer["hits"], answer["offset"] + 1):
        yield ""
        titles = [passage for passage in hit["passages"] if passage["field"] == "title"]
        title = _marked(titles[0]) if titles else hit["title"] or "(untitled)"
        yield f"{number:>3}  {click.style(title, bold=True)}"
        for passage in hit["passages"]:
            if passage["field"] != "title":
                yield f"     {_marked(passage)}"
        speakers = ", ".join(speaker["name"] for speaker in hit["speakers"][:3])
        quiet = filter(None, (_manner(hit), *_days(hit), hit["source"], hit["place"], speakers, hit["link"]))
        yield "     " + click.style(" · ".join(quiet), dim=True)


def _other(spelling: "shapes.Spelling") -> str:
    return f"{spelling['spelling']}: {spelling['total']:,}"


def _marked(passage: "shapes.Passage") -> str:
    text, pieces, at = passage["text"], [], 0
    for start, end in passage["marks"]:
        pieces += [text[at:start], click.style(text[start:end], fg="yellow", bold=True)]
        at = end
    return " ".join("".join([*pieces, text[at:]]).split())


def _manner(hit: dict[str, Any]) -> str | None:
    """What a statement is called that is no plain claim."""
    from searchapp.answers.wording import manner

    return manner(hit["polarity"], hit["act"]) if "act" in hit else None


def _days(hit: dict[str, Any]) -> Iterator[str]:
    """When its article was published, and first when it was said itself, where that is known and another day."""
    published, said = when(hit["published"]), hit.get("day")
    if said and when(said) != published:
        yield f"said {when(said)}"
    yield published
