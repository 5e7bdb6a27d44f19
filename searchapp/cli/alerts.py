"""The command that tells what is new for saved searches."""

from pathlib import Path

import click

from searchapp.cli.console import setting_option
from searchapp.errors import AlertsStopped
from searchapp.settings import load


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@setting_option("index", metavar="URL")
@click.option(
    "--memory", metavar="FILE", type=click.Path(path_type=Path), help="What was told; beside FILE by default (.told)."
)
def alerts(file: Path, index: str | None, memory: Path | None) -> None:
    """Tell what is new for the saved searches in FILE, each article or utterance once: by mail, to a webhook, printed.

    Run it after each update. A search begins with what comes after its first run. What could not be sent is sent in the
    next run, and the exit status is 1.

    \b
    Examples:
      searchapp alerts alerts.toml
      */10 * * * * searchapp update && searchapp alerts /data/alerts.toml
    """
    from searchapp.alerts import run
    from searchapp.alerts.memory import remembered
    from searchapp.alerts.saved import load_alerts
    from searchapp.engines import open_engine

    saved, engine = load_alerts(file), open_engine(load({"index": index}).index)
    with remembered(memory or file.with_name(f"{file.name}.told")) as told:
        outcome = run(engine, saved, told, click.echo)
    for sentence in outcome.told:
        click.echo(sentence, err=True)
    if outcome.failed:
        raise AlertsStopped("\n".join(outcome.failed))
