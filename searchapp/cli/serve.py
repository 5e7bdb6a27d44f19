"""The command that serves the site."""

import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from searchapp.cli.console import setting_option
from searchapp.errors import BadSetting
from searchapp.settings import load, site_prefix

if TYPE_CHECKING:
    from searchapp.settings import Settings


@click.command()
@setting_option("index", metavar="URL")
@setting_option("host", metavar="ADDRESS")
@setting_option("port", type=int, metavar="N")
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
        why = fault.strerror if isinstance(fault, OSError) else "this is not the name of a host"
        raise BadSetting(f"The site cannot listen on {settings.address} ({why}): set another host or port.") from fault
