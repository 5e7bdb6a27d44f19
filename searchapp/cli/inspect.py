"""The command that shows what ingest makes of a file."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from searchapp.cli.console import json_line, when
from searchapp.settings import load


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--index", metavar="URL", help="Clean with what this index has learned about the archive.")
@click.option("--people", metavar="FILE", type=click.Path(path_type=Path), help="Read names from this people.toml.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if a file was rejected.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
def inspect(paths: tuple[Path, ...], index: str | None, people: Path | None, strict: bool, as_json: bool) -> None:
    """Show what ingest makes of files: the cleaned article, its dates and statements, and what was cut.

    Nothing is written, and no index is needed. Here a file is known only by its name, in an index by its path below
    the corpus: so its id differs there, and so may a source or a day that only the path tells.

    \b
    Examples:
      searchapp inspect corpus/mna/story.txt
      searchapp inspect --json articles.jsonl | jq '.speakers[].name'
    """
    from searchapp.engines import open_engine
    from searchapp.ingest.attribution.people import People, load_people
    from searchapp.ingest.profile import Profile

    settings = load({"index": index})
    learned = None if index is None else open_engine(settings.index).profile()
    profile = Profile(earliest=settings.earliest) if learned is None else Profile.from_bytes(learned)
    known = load_people(people) if people else People()
    rejected = False
    for made in _inspected(paths, profile, known):
        rejected |= "rejected" in made
        click.echo(json_line(made) if as_json else "\n".join(_shown(made)))
    if strict and rejected:
        sys.exit(1)


def _inspected(paths: Iterable[Path], profile: Any, people: Any) -> Iterator[dict[str, Any]]:
    """What ingest makes of each article of the files, as the objects ``inspect --json`` prints."""
    from searchapp.answers import payloads
    from searchapp.errors import Rejected
    from searchapp.ingest import formats, ingest, raw

    for path in paths:
        if not path.is_file():
            raise click.UsageError(f'"{path}" is not a file.')
        name, unnamed = raw.as_text(path), raw.as_text(path.name)
        try:
            for item in formats.read(path):
                identity, line = unnamed, f"Item {item.number}: " if item.number else ""
                try:
                    identity = formats.identify(item)[0]
                    article = ingest(formats.parse(item), profile, people)
                    yield {**payloads.article(article), "path": name}
                except Rejected as reason:
                    yield {"id": identity, "path": name, "rejected": f"{line}{reason}"}
        except Rejected as reason:
            yield {"id": unnamed, "path": name, "rejected": str(reason)}


def _shown(made: dict[str, Any]) -> Iterator[str]:
    """What ingest made of one article, as lines to read."""
    from searchapp.answers.wording import manner

    if "rejected" in made:
        yield f"{made['path']}: rejected: {made['rejected']}"
        return
    yield click.style(made["title"] or "(untitled)", bold=True)
    for key in ("id", "source", "place", "url", "language"):
        if made[key]:
            yield f"{key:>10}: {made[key]}"
    for key in ("published", "updated"):
        if made[key]:
            yield f"{key:>10}: {when(made[key])} (from {made[key]['origin']})"
        elif key == "published":
            yield f"{key:>10}: undated"
    for author in made["authors"]:
        yield f"{'author':>10}: {author}"
    for speaker in made["speakers"]:
        yield f"{'speaker':>10}: " + ", ".join(filter(None, (speaker["name"], speaker["role"], speaker["type"])))
    yield ""
    yield made["body"]
    yield ""
    for statement in made["statements"]:
        names = " and ".join(speaker["name"] for speaker in statement["speakers"])
        told = ", ".join(filter(None, (statement["kind"], manner(statement["polarity"], statement["act"]))))
        yield f"{click.style(names, bold=True)} {statement['verb']} ({told}): {statement['text']}"
    for removed in made["removed"]:
        yield click.style(f"cut ({removed['reason']}): {removed['text']}", dim=True)
    for noticed in made["noticed"]:
        yield click.style(f"noticed ({noticed['field']}): {noticed['reason']}", dim=True)
    yield ""
