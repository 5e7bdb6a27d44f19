"""The command line: reindex, update, check, search, inspect and serve an archive."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from io import TextIOWrapper
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

import click

from searchapp import __version__
from searchapp.errors import BadRequest, BadSetting, QueryFault, SearchappError
from searchapp.settings import help_of, load, site_prefix

if TYPE_CHECKING:
    from searchapp.engines.protocol import Engine
    from searchapp.indexing.passes import Progress
    from searchapp.indexing.report import Difference, Report
    from searchapp.search import SearchRequest
    from searchapp.settings import Settings

# The commands import what they need when they run, so that --help and completion answer at once.


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


def _json(made: object) -> str:
    """``made`` as a line of JSON; where the output is not in UTF-8, escapes stand for what is not ASCII."""
    in_utf_8 = "utf" in (sys.stdout.encoding or "utf").lower()
    return json.dumps(made, ensure_ascii=not in_utf_8)


def _explained(fault: SearchappError) -> Iterator[str]:
    yield f"searchapp: {fault}"
    if isinstance(fault, QueryFault) and fault.mended:
        yield f"Perhaps: {fault.mended}"


def _option(name: str, **more: Any) -> Callable[[Any], Any]:
    return click.option(f"--{name}", default=None, help=help_of(name), **more)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="searchapp")
def main() -> None:
    """Who said what, and when: index a folder of news articles and search it.

    \b
    Examples:
      searchapp reindex --corpus articles
      searchapp search 'vaccine* speaker:velikanov' --from 2021
      searchapp serve --port 9000

    Settings come from the command line, from SEARCHAPP_<NAME> in the environment, or from searchapp.toml in the
    working folder, in this order. Exit status: 0 done (rejected files are no failure without --strict), 1 the
    work failed, 2 the call or the query is faulty.
    """


def _indexes(command: Callable[..., None]) -> Callable[..., None]:
    """The options that reindex and update share."""
    options = [
        _option("corpus", metavar="DIR"),
        _option("index", metavar="URL"),
        _option("jobs", type=int, metavar="N"),
        click.option(
            "--strict", is_flag=True, help="Exit 1 when a file was rejected (the rest is indexed all the same)."
        ),
        click.option("--allow-other-corpus", is_flag=True, help="The index was built from another folder."),
        click.option("--allow-empty", is_flag=True, help="The corpus holds no article."),
        click.option("--allow-removals", is_flag=True, help="More than a fifth of the articles are gone."),
        click.option("--json", "as_json", is_flag=True, help="Print the report as JSON."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@_indexes
def reindex(**given: Any) -> None:
    """Build the index anew from the corpus, and switch to it when it is whole.

    The old index serves until then; a server that runs takes up the new one by itself. What looks like an accident
    (another corpus, an empty one, many articles gone) is refused until the option that allows it is given.

    \b
    Examples:
      searchapp reindex
      searchapp reindex --corpus /data/articles --index /data/index --jobs 4
      searchapp reindex --json | jq .rejected
    """
    _index("reindex", given)


@main.command()
@_indexes
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def update(**given: Any) -> None:
    """Take in what was added to the corpus, changed or removed since: all of it or nothing.

    Articles that did not change are left alone, but for those of persons whom people.toml now names otherwise.

    \b
    Examples:
      searchapp update
      searchapp update --dry-run
      */10 * * * * searchapp update --strict --corpus /data/articles --index /data/index
    """
    _index("update", given)


@main.command()
@_option("corpus", metavar="DIR")
@_option("index", metavar="URL")
@click.option("--json", "as_json", is_flag=True, help="Print the ids as JSON.")
def check(as_json: bool, **given: Any) -> None:
    """Say whether index and corpus agree; exit 1 where they do not.

    \b
    Examples:
      searchapp check
      searchapp check --json | jq .missing
    """
    from searchapp import indexing
    from searchapp.engines import open_engine

    settings = load(given)
    found = indexing.check(open_engine(settings.index), Path(settings.corpus))
    click.echo(_json(asdict(found)) if as_json else "\n".join(_compared(found)))
    if found:
        sys.exit(1)


def _index(what: str, given: dict[str, Any]) -> None:
    from searchapp import indexing
    from searchapp.engines import open_engine
    from searchapp.indexing import guards

    as_json, strict = given.pop("as_json"), given.pop("strict")
    allowed = guards.Allowed(*(given.pop(f"allow_{each}") for each in ("other_corpus", "empty", "removals")))
    only = {"dry_run": given.pop("dry_run")} if "dry_run" in given else {}
    settings = load(given)
    run = indexing.update if what == "update" else indexing.reindex
    engine = open_engine(settings.index)
    _keep_apart(settings)
    with _progress() as progress:
        report = run(
            engine,
            Path(settings.corpus),
            jobs=settings.jobs,
            progress=progress,
            allowed=allowed,
            **only,
        )
    done = "dry run" if only.get("dry_run") else what
    click.echo(_json(asdict(report)) if as_json else "\n".join(_told(report, done)))
    notes = engine.info().notes
    if what == "reindex" and "engine" in notes and not as_json:
        click.echo(f"Engine: {notes['engine']}")
    if "outgrown" in notes:
        click.echo(f"Warning: {notes['outgrown']}", err=True)
    if strict and report.rejected:
        sys.exit(1)


def _keep_apart(settings: "Settings") -> None:
    """Raise BadSetting when the index would be written into the corpus, which is never changed."""
    from searchapp.engines import folder_of

    folder, corpus = folder_of(settings.index), Path(settings.corpus)
    if folder and folder.resolve().is_relative_to(corpus.resolve()):
        raise BadSetting(
            f'The index "{folder}" would lie in the corpus "{corpus}", which is never written to: name another folder '
            "with --index."
        )


class _Query(click.Command):
    """Takes what begins with one minus, such as -wheat and -date:2021, as a part of the query: all options but -h have
    two. A space before it keeps it from being read as an option."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        minus = re.compile(r"-(?!-|h$)\S")
        return super().parse_args(context, [f" {each}" if minus.match(each) else each for each in args])


@main.command(cls=_Query)
@click.argument("query", nargs=-1)
@_option("index", metavar="URL")
@click.option("--match", type=click.Choice(["all", "any"]), help="Hits hold all words (default), or any.")
@click.option("--view", type=click.Choice(["articles", "statements"]), help="What to find; articles by default.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), help="The order of the hits.")
@click.option("--speaker", multiple=True, metavar="NAME", help="Only with this speaker (repeatable; '' for none).")
@click.option("--not-speaker", multiple=True, metavar="NAME", help="Without this speaker.")
@click.option("--source", multiple=True, metavar="NAME", help="Only from this source.")
@click.option("--not-source", multiple=True, metavar="NAME", help="Not from this source.")
@click.option("--place", multiple=True, metavar="NAME", help="Only from this place.")
@click.option("--not-place", multiple=True, metavar="NAME", help="Not from this place.")
@click.option("--year", multiple=True, metavar="YYYY", help="Only of this year ('' for undated).")
@click.option("--not-year", multiple=True, metavar="YYYY", help="Not of this year.")
@click.option("--from", "from_", metavar="DAY", help="Published on this day (month, year) or later.")
@click.option("--to", metavar="DAY", help="Published on this day (month, year) or earlier.")
@click.option("--limit", type=int, default=10, show_default=True, help="How many hits, at most 1,000.")
@click.option("--offset", type=int, default=0, help="How many hits to pass over.")
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
    from searchapp.engines import open_engine
    from searchapp.web import payloads

    request = _request(" ".join(word.strip() for word in query), given)
    engine = open_engine(load({"index": index}).index)
    answer = payloads.search(request, engine.search(request), engine=engine.info().engine)
    if as_json:
        click.echo(_json(answer))
        return
    click.echo("\n".join(_listed(answer, request.query.left_out)))
    if not answer["total"]:
        for line in _by_words(engine, request):
            click.echo(line)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--index", metavar="URL", help="Clean with what this index has learned of the archive.")
@click.option("--people", metavar="FILE", type=click.Path(path_type=Path), help="Read names from this people.toml.")
@click.option("--strict", is_flag=True, help="Exit 1 when a file was rejected.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def inspect(paths: tuple[Path, ...], index: str | None, people: Path | None, strict: bool, as_json: bool) -> None:
    """Show what ingest makes of files: the cleaned article, its dates and statements, and what was cut.

    Nothing is written; no index is needed. A file is known by its name alone here, in the index by its path below the
    corpus: so its id is another there, and so may be a source or a day that only the path tells.

    \b
    Examples:
      searchapp inspect corpus/mna/story.txt
      searchapp inspect --json articles.jsonl | jq '.speakers[].name'
    """
    from searchapp.engines import open_engine
    from searchapp.ingest.attribution.people import People, load_people
    from searchapp.ingest.profile import Profile

    learned = None if index is None else open_engine(load({"index": index}).index).profile()
    profile = Profile() if learned is None else Profile.from_bytes(learned)
    known = load_people(people) if people else People()
    rejected = False
    for made in _inspected(paths, profile, known):
        rejected |= "rejected" in made
        click.echo(_json(made) if as_json else "\n".join(_shown(made)))
    if strict and rejected:
        sys.exit(1)


@main.command()
@_option("index", metavar="URL")
@_option("host", metavar="ADDRESS")
@_option("port", type=int, metavar="N")
def serve(**given: Any) -> None:
    """Serve the site with gunicorn.

    \b
    Examples:
      searchapp serve
      searchapp serve --index /data/index --host 0.0.0.0 --port 80
    """
    from searchapp.engines import without_password

    settings, prefix = load(given), site_prefix(os.environ)
    _refuse_taken_address(settings)
    os.environ.pop("WEB_CONCURRENCY", None)  # gunicorn would read it too, and stumble where it is empty
    for name, value in asdict(settings).items():
        os.environ[f"SEARCHAPP_{name.upper()}"] = str(value)
    click.echo(f"Serving {without_password(settings.index)} on http://{settings.address}{prefix}", err=True)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "--config", "python:searchapp.web.serving"])


def _refuse_taken_address(settings: "Settings") -> None:
    """Raise BadSetting when the site cannot listen where it should: gunicorn would try for five seconds first."""
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[
            0
        ]
        with socket.socket(family, kind, protocol) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
            door.listen()
    except (OSError, UnicodeError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else "that is no name of a host"
        raise BadSetting(f"The site cannot listen on {settings.address} ({why}): set another host or port.") from fault


def _request(query: str, given: dict[str, Any]) -> "SearchRequest":
    from werkzeug.datastructures import MultiDict

    from searchapp.web import params

    named = {"q": query} | {name.rstrip("_"): value for name, value in given.items() if value not in (None, ())}
    asked = MultiDict(named)
    for name, values in asked.lists():
        asked.setlist(name, [_encodable(str(value)) for value in values])
    return params.parse(asked, sized=True)


def _encodable(argument: str) -> str:
    """Return an argument of the command line with "?" for each byte of it that is no text."""
    return argument.encode("utf-8", "replace").decode()


def _by_words(engine: "Engine", request: "SearchRequest") -> Iterator[str]:
    """What finds something where a filter wants a name that is only a part of one."""
    from searchapp.fields import FACETS
    from searchapp.web import params

    for facet in FACETS:
        if meant := params.by_words(request, facet):
            total = engine.search(replace(meant, limit=0, facets=())).total
            if total:
                yield f"--{facet} wants the whole name. Perhaps: {meant.query.text} (finds {total:,})"


@contextmanager
def _progress() -> Iterator["Progress"]:
    """A progress bar on a terminal; in a log a plain line for each tenth of the work."""
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
        step = max((total or 0) // 10, 1000)
        if done == total or done // step > told.get(what, 0):
            told[what] = done // step
            click.echo(f"{what}: {done:,}" + (f" of {total:,}" if total else ""), err=True)

    yield log


def _told(report: "Report", done: str) -> Iterator[str]:
    """What a report says of what was ``done``: a reindex, an update or a dry run of one."""
    from searchapp.indexing.report import left_out
    from searchapp.query import counted

    ingested = report.added or report.changed
    if done == "dry run":
        removed = counted(report.removed, "article")
        yield f"Would add {report.added:,}, change {report.changed:,}, remove {removed}."
    elif done == "update" and not ingested and not report.removed:
        yield "Nothing has changed."
    else:
        yield (
            f"{counted(report.articles, 'article')} and {counted(report.statements, 'statement')} indexed "
            f"in {report.seconds:.1f} s: {report.added:,} added, {report.changed:,} changed, "
            f"{report.unchanged:,} unchanged, {report.removed:,} removed."
        )
    if ingested or done == "reindex":
        yield (
            f"Of those ingested {report.undated:,} are without a date, {report.untitled:,} without a title, "
            f"{report.speakerless:,} without a speaker."
        )
    yield from left_out(report.ignored, report.rejected)


def _compared(found: "Difference") -> Iterator[str]:
    if not found:
        yield "Index and corpus agree."
    for what, ids in (
        ("Not in the index", found.missing),
        ("Changed since", found.changed),
        ("No longer in the corpus", found.surplus),
    ):
        yield from (f"{what}: {each}" for each in ids)


def _listed(answer: dict[str, Any], left_out: Sequence[str]) -> Iterator[str]:
    """The answer of /search.json as lines to read, and the words that were not searched for."""
    from searchapp.query import counted

    noun = answer["view"].removesuffix("s")
    yield " ".join(filter(None, (counted(answer["total"], noun), answer["understood"])))
    if left_out:
        yield f"Not searched for, as nearly every article has it: {', '.join(left_out)}."
    yield from answer["cut"]
    if answer["total"] and answer["offset"] >= answer["total"]:
        yield f"None of them comes after the first {answer['offset']:,}: give a smaller --offset."
    for number, hit in enumerate(answer["hits"], answer["offset"] + 1):
        yield ""
        titles = [passage for passage in hit["passages"] if passage["field"] == "title"]
        title = _marked(titles[0]) if titles else hit["title"] or "(untitled)"
        yield f"{number:>3}  {click.style(title, bold=True)}"
        for passage in hit["passages"]:
            if passage["field"] != "title":
                yield f"     {_marked(passage)}"
        speakers = ", ".join(speaker["name"] for speaker in hit["speakers"][:3])
        quiet = filter(None, (*_days(hit), hit["source"], hit["place"], speakers, hit["link"]))
        yield "     " + click.style(" · ".join(quiet), dim=True)


def _marked(passage: dict[str, Any]) -> str:
    text, pieces, at = passage["text"], [], 0
    for start, end in passage["marks"]:
        pieces += [text[at:start], click.style(text[start:end], fg="yellow", bold=True)]
        at = end
    return " ".join("".join([*pieces, text[at:]]).split())


def _days(hit: dict[str, Any]) -> Iterator[str]:
    """When its article was published, and first when it was said itself, where that is known and another day."""
    published, said = _when(hit["published"]), hit.get("day")
    if said and _when(said) != published:
        yield f"said {_when(said)}"
    yield published


def _when(dated: dict[str, Any] | None) -> str:
    if dated is None:
        return "undated"
    return str(dated["first"][: {"day": 10, "month": 7, "year": 4}[dated["precision"]]])


def _inspected(paths: Iterable[Path], profile: Any, people: Any) -> Iterator[dict[str, Any]]:
    """What ingest makes of each article of the files, as the objects ``inspect --json`` prints."""
    from searchapp.errors import Rejected
    from searchapp.ingest import formats, ingest, raw
    from searchapp.web import payloads

    for path in paths:
        if not path.is_file():
            raise click.UsageError(f'"{path}" is not a file.')
        name, unnamed = raw.as_text(path), raw.as_text(path.name)
        try:
            for piece in formats.read(path):
                identity, line = unnamed, f"Line {piece.line}: " if piece.line else ""
                try:
                    identity = formats.identify(piece)[0]
                    article = ingest(formats.parse(piece), profile, people)
                    yield payloads.article(article) | {"path": name}
                except Rejected as reason:
                    yield {"id": identity, "path": name, "rejected": f"{line}{reason}"}
        except Rejected as reason:
            yield {"id": unnamed, "path": name, "rejected": str(reason)}


def _shown(made: dict[str, Any]) -> Iterator[str]:
    """What ingest made of one article, as lines to read."""
    if "rejected" in made:
        yield f"{made['path']}: rejected: {made['rejected']}"
        return
    yield click.style(made["title"] or "(untitled)", bold=True)
    for key in ("id", "source", "place", "url", "language"):
        if made[key]:
            yield f"{key:>10}: {made[key]}"
    for key in ("published", "updated"):
        if made[key]:
            yield f"{key:>10}: {_when(made[key])} (from {made[key]['origin']})"
        elif key == "published":
            yield f"{key:>10}: undated"
    for speaker in made["speakers"]:
        yield f"{'speaker':>10}: " + ", ".join(filter(None, (speaker["name"], speaker["role"], speaker["type"])))
    yield ""
    yield made["body"]
    yield ""
    for statement in made["statements"]:
        names = " and ".join(speaker["name"] for speaker in statement["speakers"])
        yield f"{click.style(names, bold=True)} {statement['verb']} ({statement['kind']}): {statement['text']}"
    for removed in made["removed"]:
        yield click.style(f"cut ({removed['reason']}): {removed['text']}", dim=True)
    yield ""
