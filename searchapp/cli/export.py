"""The command that writes an archive as JSON lines, or as tables."""

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import click

from searchapp.cli.console import setting_option
from searchapp.cli.progress import progress_shown
from searchapp.errors import BadExport
from searchapp.settings import load

STANDARD = "-"  # input or output


@click.command()
@click.argument("file", default=STANDARD)
@click.option("--parquet", is_flag=True, help="Write tables for programs that analyse, into the folder FILE.")
@setting_option("index", metavar="URL")
def export(file: str, parquet: bool, index: str | None) -> None:
    """Write the whole archive as JSON lines, to FILE or to standard output.

    A line holds an article with its statements and all that is known of it; the first one holds what the archive has
    learned as a whole. searchapp reindex --from-export makes the same index of them again, without the corpus.

    With --parquet FILE is a folder, and gets three tables: articles, statements, corrections.

    \b
    Examples:
      searchapp export archive.jsonl.gz
      searchapp export --parquet tables
      searchapp export | jq -r '.title // empty'
    """
    from searchapp.engines import open_engine
    from searchapp.indexing import exports
    from searchapp.indexing import parquet as tables

    engine = open_engine(load({"index": index}).index)
    if parquet:
        if file == STANDARD:
            raise click.UsageError("Name the folder into which the tables are to be written.")
        with progress_shown() as progress:
            tables.write_tables(engine, Path(file), progress)
        return
    with progress_shown() as progress, _written(file) as out:
        exports.export(engine, out, progress)


@contextmanager
def _written(file: str) -> Iterator[BinaryIO]:
    """Give what becomes ``file`` once it is whole. Raises BadExport when it cannot be written."""
    if file == STANDARD:
        yield sys.stdout.buffer
        return
    path, new = Path(file), Path(f"{file}.new")
    try:
        with cast(BinaryIO, gzip.open(new, "wb") if path.suffix == ".gz" else new.open("wb")) as out:
            yield out
        new.replace(path)
    except OSError as fault:
        raise BadExport(f'The export "{file}" cannot be written: {fault.strerror or fault}.') from fault
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """Give what ``export`` wrote into ``file``. Raises BadExport when it cannot be read."""
    if file == STANDARD:
        yield sys.stdin.buffer
        return
    try:
        with cast(BinaryIO, gzip.open(file, "rb") if file.endswith(".gz") else Path(file).open("rb")) as lines:
            yield lines
    except (OSError, EOFError) as fault:
        raise BadExport(f'The export "{file}" cannot be read: {getattr(fault, "strerror", None) or fault}.') from fault
