"""The command that lists what files are read."""

import click

from searchapp.cli.console import json_line


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
def formats(as_json: bool) -> None:
    """List what files are read, and the ends of their names.

    A file is known by how it begins, whatever it is called; each may be gzipped. docs/formats.md says what is taken
    from where.

    \b
    Examples:
      searchapp formats
      searchapp formats --json | jq -r 'select(.name == "warc").suffixes[]'
    """
    from searchapp.ingest.formats import FORMATS

    width = max(len(format.called) for format in FORMATS.values())
    for name, format in FORMATS.items():
        if as_json:
            click.echo(json_line({"name": name, "called": format.called, "suffixes": list(format.suffixes)}))
        else:
            click.echo(f"{format.called:<{width}}  {' '.join(format.suffixes)}".rstrip())
