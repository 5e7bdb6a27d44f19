"""The commands that say who may sign in to a closed archive."""

import sys
from pathlib import Path

import click

from searchapp.cli.console import setting_option
from searchapp.errors import BadSetting
from searchapp.settings import NONE, load

_file_option = setting_option("passwords", metavar="FILE")


@click.group()
def users() -> None:
    """Say who may sign in to a closed archive.

    \b
    Examples:
      searchapp users add ada --passwords passwords.txt
      searchapp users list --passwords passwords.txt
      SEARCHAPP_PASSWORDS=passwords.txt searchapp serve
    """


@users.command()
@click.argument("name")
@click.option(
    "--stdin", is_flag=True, help="Read the password from standard input, one line, instead of asking for it."
)
@_file_option
def add(name: str, stdin: bool, passwords: str | None) -> None:
    """Let NAME sign in, or give NAME another password.

    \b
    Examples:
      searchapp users add ada --passwords passwords.txt
      pwgen 20 1 | searchapp users add reader --stdin
    """
    from searchapp.passwords import put

    file = _file(passwords)
    if stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt="The same again", err=True)
    is_new = put(file, name, password)
    click.echo(f"{name} may sign in." if is_new else f"{name} has another password now, and is signed out everywhere.")


@users.command()
@click.argument("name")
@_file_option
def remove(name: str, passwords: str | None) -> None:
    """Let NAME sign in no longer; who is signed in by that name is out at once.

    \b
    Example:
      searchapp users remove ada
    """
    from searchapp.passwords import remove as removed

    removed(_file(passwords), name)
    click.echo(f"{name} may sign in no longer.")


@users.command("list")
@_file_option
def listed(passwords: str | None) -> None:
    """Tell who may sign in, a name a line.

    \b
    Example:
      searchapp users list
    """
    from searchapp.passwords import names

    for name in names(_file(passwords)):
        click.echo(name)


def _file(given: str | None) -> Path:
    file = load({"passwords": given}).passwords
    if file == NONE:
        raise BadSetting("It is not said which file holds the passwords: add --passwords FILE, or set passwords.")
    return Path(file)
