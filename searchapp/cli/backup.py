"""The command that copies an index while it serves."""

from pathlib import Path

import click

from searchapp.cli.console import json_line, setting_option
from searchapp.errors import BadSetting
from searchapp.settings import load


@click.command()
@click.argument("destination", metavar="DEST")
@setting_option("index", metavar="URL")
@click.option("--link", is_flag=True, help="Make hard links instead of copies: at once, on the same disk only.")
@click.option("--json", "as_json", is_flag=True, help="Print what was copied as JSON.")
def backup(destination: str, index: str | None, link: bool, as_json: bool) -> None:
    """Copy the index into the folder DEST, while it serves, and compare each file with its checksum.

    DEST is an index itself: another host can serve it, and it switches only when the copy is whole. The generation that
    it held before stays beside. To restore, back up the other way round.

    \b
    Examples:
      searchapp backup /backup/index
      searchapp backup /data/index --index /backup/index
      30 3 * * * searchapp backup /backup/index --index /data/index
    """
    from searchapp.answers.wording import counted
    from searchapp.engines import folder_of
    from searchapp.engines.folder.backup import back_up

    url = load({"index": index}).index
    folder = folder_of(url)
    if folder is None:
        raise BadSetting(
            "What OpenSearch holds is backed up by its snapshots, or as JSON lines: searchapp export archive.jsonl.gz"
        )
    made = back_up(folder, Path(destination), link)
    if as_json:
        told = {"generation": made.info.generation, "articles": made.info.articles, "was_there": made.was_there}
        click.echo(json_line({**told, "files": made.files, "bytes": made.size}))
    else:
        done = "already holds" if made.was_there else "now holds"
        click.echo(
            f'"{destination}" {done} the generation {made.info.generation}: {counted(made.info.articles, "article")} '
            f"in {counted(made.files, 'file')}, {made.size:,} bytes, each file as it was sealed."
        )
