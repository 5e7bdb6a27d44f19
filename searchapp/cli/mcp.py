"""The command that lets assistants read the archive."""

import click

from searchapp.cli.console import setting_option
from searchapp.errors import BadSetting
from searchapp.settings import load


@click.command()
@setting_option("index", metavar="URL")
@click.option(
    "--site", default="", metavar="URL", help="Where people read the archive: links in answers begin with it."
)
@click.option(
    "--http", is_flag=True, help="Listen as a server at /mcp instead of answering the program that starts it."
)
@setting_option("host", metavar="ADDRESS")
@setting_option("port", type=int, metavar="N")
def mcp(index: str | None, site: str, http: bool, host: str | None, port: int | None) -> None:
    """Let an assistant search and read the archive, by the Model Context Protocol.

    An assistant starts this command itself, and speaks to it through its standard input and output. It can search
    articles and statements, read an article and look at a speaker; it can change nothing.

    \b
    Examples:
      searchapp mcp --index /data/index --site https://archive.example.org
      searchapp mcp --http --port 8001
    """
    settings = load({"index": index, "host": host, "port": port})
    try:
        from searchapp.assistants import listen, server
    except ModuleNotFoundError as fault:
        raise BadSetting("Assistants need a package that is not installed: pip install 'searchapp[mcp]'.") from fault
    from searchapp.engines import open_engine

    answers = server(open_engine(settings.index), site.rstrip("/"), strangers=http)
    if http:
        click.echo(f"Answering assistants at http://{settings.address}/mcp", err=True)
        listen(answers, settings)
    else:
        answers.run("stdio")
