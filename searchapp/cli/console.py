"""What the commands share: options that are settings, a line of JSON, a day as it is known."""

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from searchapp.settings import help_of

if TYPE_CHECKING:
    from searchapp.answers.shapes import Date


def json_line(made: object) -> str:
    """``made`` as a line of JSON; where the output is not in UTF-8, escapes stand for what is not ASCII."""
    in_utf_8 = "utf" in (sys.stdout.encoding or "utf").lower()
    return json.dumps(made, ensure_ascii=not in_utf_8)


def setting_option(name: str, **more: Any) -> Callable[[Any], Any]:
    """Return an option that overrides the setting ``name``, with the setting's own help."""
    return click.option(f"--{name}", default=None, help=help_of(name), **more)


def when(dated: "Date | None") -> str:
    """Return a date of the JSON as exactly as it is known: ``2021-04-27``, ``2021-04``, ``2021``, "undated"."""
    if dated is None:
        return "undated"
    return str(dated["first"][: {"day": 10, "month": 7, "year": 4}[dated["precision"]]])
