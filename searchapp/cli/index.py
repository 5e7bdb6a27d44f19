"""The commands that write an index or hold it against its corpus: reindex, update, check."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from searchapp.cli.console import json_line, setting_option
from searchapp.cli.export import opened
from searchapp.cli.progress import progress_shown
from searchapp.errors import BadSetting
from searchapp.settings import load

if TYPE_CHECKING:
    from searchapp.indexing.report import Difference, Report
    from searchapp.settings import Settings


def _indexes(command: Callable[..., None]) -> Callable[..., None]:
    """The options that reindex and update share."""
    options = [
        setting_option("corpus", metavar="DIR"),
        setting_option("index", metavar="URL"),
        setting_option("jobs", type=int, metavar="N"),
        click.option(
            "--strict", is_flag=True, help="Exit with status 1 if a file was rejected (the rest is still indexed)."
        ),
        click.option(
            "--allow-other-corpus", is_flag=True, help="Go on even if the index was built from another folder."
        ),
        click.option("--allow-empty", is_flag=True, help="Go on even if the corpus holds no article."),
        click.option(
            "--allow-removals", is_flag=True, help="Go on even if more than a fifth of the articles are gone."
        ),
        click.option(
            "--rejected",
            "list_of_rejected",
            type=click.File("w", "utf8"),
            metavar="FILE",
            help="List all that is rejected in this file, as JSON lines.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print the report as JSON."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


UNREADABLE = 3  # the exit status that says so
KNOWN = "files.known"  # remembers what the files of the corpus hold


@click.command()
@_indexes
@click.option("--from-export", metavar="FILE", help="Build it from what searchapp export wrote (- for standard input).")
def reindex(**given: Any) -> None:
    """Build a new index from the corpus, and switch to it once it is complete.

    Until then the old index goes on serving; a running server picks up the new one by itself. Whatever looks like an
    accident (another corpus, an empty one, many articles gone) is refused unless you give the option that allows it.

    \b
    Examples:
      searchapp reindex
      searchapp reindex --corpus /data/articles --index /data/index --jobs 4
      searchapp reindex --json | jq .rejected
      searchapp reindex --from-export archive.jsonl.gz --index /data/index
    """
    _index("reindex", given)


@click.command()
@_indexes
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--verify", is_flag=True, help="Read all files, those too that seem unchanged.")
def update(**given: Any) -> None:
    """Bring the index up to date with what was added, changed or removed in the corpus: all of it, or nothing.

    Articles that have not changed are left alone, except those of people whom people.toml now names differently and
    those that corrections.toml now corrects differently. A file whose size, times and inode are what they were when it
    was last read is not read again; --verify reads it all the same.

    \b
    Examples:
      searchapp update
      searchapp update --dry-run
      searchapp update --verify
      */10 * * * * searchapp update --strict --corpus /data/articles --index /data/index
    """
    _index("update", given)


@click.command()
@setting_option("corpus", metavar="DIR")
@setting_option("index", metavar="URL")
@click.option("--files-only", is_flag=True, help="Only look for damage in the index's own files; no corpus is needed.")
@click.option("--json", "as_json", is_flag=True, help="Print the ids as JSON.")
def check(as_json: bool, files_only: bool, **given: Any) -> None:
    """Say whether the index is as it was written, and whether it and the corpus agree; exit with status 1 if not.

    A damaged index is not compared with the corpus.

    \b
    Examples:
      searchapp check
      searchapp check --files-only --index /data/index
      searchapp check --json | jq .missing
    """
    from searchapp import indexing
    from searchapp.engines import open_engine
    from searchapp.indexing.report import Difference

    settings = load(given)
    engine = open_engine(settings.index)
    found = Difference(damaged=tuple(engine.damage()))
    if not found and not files_only:
        found = indexing.check(engine, Path(settings.corpus), links_out=settings.links_out)
    click.echo(json_line(asdict(found)) if as_json else "\n".join(_compared(found, files_only)))
    if found:
        sys.exit(1)


def _index(what: str, given: dict[str, Any]) -> None:
    from searchapp import indexing
    from searchapp.engines import open_engine
    from searchapp.indexing import exports, guards

    as_json, strict, file = given.pop("as_json"), given.pop("strict"), given.pop("from_export", None)
    allowed = guards.Allowed(*(given.pop(f"allow_{each}") for each in ("other_corpus", "empty", "removals")))
    listed = given.pop("list_of_rejected")
    only: dict[str, Any] = {each: given.pop(each) for each in ("dry_run", "verify") if each in given}
    if listed:
        only["rejected"] = lambda each: click.echo(json_line(asdict(each)), listed)
    settings = load(given)
    run = indexing.update if what == "update" else indexing.reindex
    engine = open_engine(settings.index)
    _keep_apart(settings)
    with progress_shown() as progress:
        if file:
            with opened(file) as lines:
                report = exports.restore(engine, lines, progress=progress, allowed=allowed)
        else:
            report = run(
                engine,
                Path(settings.corpus),
                jobs=settings.jobs,
                progress=progress,
                allowed=allowed,
                earliest=settings.earliest,
                links_out=settings.links_out,
                known=known_files(settings.index),
                **only,
            )
    done = "dry run" if only.get("dry_run") else what
    click.echo(json_line(asdict(report)) if as_json else "\n".join(_told(report, done)))
    notes = engine.info().notes
    if what == "reindex" and "engine" in notes and not as_json:
        click.echo(f"Engine: {notes['engine']}")
    if "outgrown" in notes:
        click.echo(f"Warning: {notes['outgrown']}", err=True)
    if strict and report.rejected:
        sys.exit(1)
    if report.unreadable:
        sys.exit(UNREADABLE)


def known_files(index: str) -> Path | None:
    """Return where it is remembered what the files of a corpus hold: in the folder of the index, or where that is in
    OpenSearch, in the cache of this user, who may have none."""
    from searchapp.engines import folder_of, without_password

    if folder := folder_of(index):
        return folder / KNOWN
    name = hashlib.blake2b(without_password(index).encode(), digest_size=8).hexdigest()
    with suppress(RuntimeError):  # no home
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(cache, "searchapp", f"{name}.{KNOWN}")
    return None


def _keep_apart(settings: "Settings") -> None:
    """Raise BadSetting when the index would be written into the corpus, which is never changed."""
    from searchapp.engines import folder_of

    folder, corpus = folder_of(settings.index), Path(settings.corpus)
    if folder and folder.resolve().is_relative_to(corpus.resolve()):
        raise BadSetting(
            f'The index "{folder}" would lie inside the corpus "{corpus}", which is never written to: choose another '
            "folder with --index."
        )


def _told(report: "Report", done: str) -> Iterator[str]:
    """What a report says of what was ``done``: a reindex, an update or a dry run of one."""
    from searchapp.answers.wording import counted
    from searchapp.indexing.report import do_not_fit, doubted, left_out, stand_nowhere

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
            f"Of the articles read, {report.undated:,} have no date, {report.untitled:,} no title and "
            f"{report.speakerless:,} no speaker."
        )
    if report.earlier:
        articles = len({each.article for each in report.earlier})
        yield (
            f"{counted(len(report.earlier), 'earlier version')} of {counted(articles, 'article')} passed over, "
            "since the latest counts; --json names them."
        )
    yield from doubted(report.noticed)
    yield from stand_nowhere(report.unmet)
    yield from do_not_fit(report.unfit)
    if report.not_english:
        yield f"No statements were looked for in {counted(report.not_english, 'article')} not in English."
    yield from left_out(report.ignored, report.rejected, report.rejected_in_all)
    if report.unreadable:
        yield (
            f"{counted(report.unreadable, 'file')} could not be read this time; what the index held of them is kept. "
            "Exit status 3 says so."
        )


def _compared(found: "Difference", files_only: bool) -> Iterator[str]:
    yield from found.damaged
    if not found:
        yield "The files of the index are whole." if files_only else "The index and the corpus agree."
    for what, ids in (
        ("Not in the index", found.missing),
        ("Changed since", found.changed),
        ("No longer in the corpus", found.surplus),
    ):
        yield from (f"{what}: {each}" for each in ids)
