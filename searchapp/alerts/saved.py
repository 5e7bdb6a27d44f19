"""Saved searches, as an archivist writes them into a TOML file, and how their mail is sent."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import msgspec

from searchapp.answers import parameters
from searchapp.errors import BadAlerts, BadRequest
from searchapp.fields import View
from searchapp.search import SearchRequest

PRINTED = "print"  # instead of an address: to standard output


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How mail is sent. The password stands in the environment, in SEARCHAPP_MAIL_PASSWORD."""

    host: str
    sender: str = msgspec.field(name="from")
    unsubscribe: str  # where a reader asks to get no more: an address, or a https link
    port: int = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    ca: str = ""  # a file with the certificates to trust; "" for the operating system's


class Search(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A saved search: its ``query``, or a ``link`` to a page of results; and to whom what is new is told: all of it, or
    only what is said for the first time by anybody, or by its speaker; in every run, or in the first of a day or a week
    (from Monday on)."""

    name: str
    to: list[str] | str
    query: str | None = None
    link: str | None = None
    view: View = "articles"
    first_time_by: Literal["", "anybody", "speaker"] = ""
    every: Literal["run", "day", "week"] = "run"

    @property
    def recipients(self) -> list[str]:
        """Addresses of mail or of webhooks, or ``PRINTED``."""
        return list(dict.fromkeys([self.to] if isinstance(self.to, str) else self.to))

    def is_due(self, last: date | None, today: date) -> bool:
        """Say whether it is time to tell what is new, where that was looked for on the day ``last`` (None: never)."""
        if self.every == "run" or last is None:
            return True
        return today != last if self.every == "day" else today.isocalendar()[:2] != last.isocalendar()[:2]

    def request(self) -> SearchRequest:
        """Return what is asked for, the newest first. Raises BadRequest."""
        given = parse_qs(urlsplit(self.link or "").query, keep_blank_values=True)
        if self.query is not None:
            given = {"q": [self.query], "view": [self.view]}
        asked = parameters.parse(parameters.taken(parameters.Given(given), parameters.KNOWN))
        return replace(asked, sort="newest", offset=0, facets=(), at="")


class Alerts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says; ``site`` is the address of the archive's pages, before links."""

    search: list[Search]
    site: str = ""
    mail: Mail | None = None


def load_alerts(path: Path) -> Alerts:
    """Return what a file says. Raises BadAlerts."""
    try:
        found = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Alerts)
    except OSError as fault:
        raise BadAlerts(f"{path} cannot be read: {fault.strerror or fault}.") from fault
    except UnicodeDecodeError as fault:
        raise BadAlerts(f"{path} cannot be read: {fault}.") from fault
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise BadAlerts(f"{path}: {fault}.") from fault
    for wrong in _wrong(found):
        raise BadAlerts(f"{path}, {wrong}.")
    return found


def _wrong(alerts: Alerts) -> Iterator[str]:
    """Yield what is wrong with searches, each in a sentence without its full stop."""
    names = [search.name for search in alerts.search]
    for search in alerts.search:
        where = f'search "{search.name}"'
        if not search.name.strip() or names.count(search.name) > 1:
            yield f"{where}: give each search a name of its own"
        if (search.query is None) == (search.link is None):
            yield f"{where}: write either its query or its link"
        if not search.recipients:
            yield f"{where}: write into to who is told"
        for address in search.recipients:
            if address != PRINTED and not address.startswith(("https://", "http://")):
                if "@" not in address or any(sign in address for sign in " ,\r\n"):
                    yield f'{where}: "{address}" is no address: write one of mail, a link to a webhook, or "{PRINTED}"'
                elif alerts.mail is None:
                    yield f"{where}: mail needs a table [mail] with host, from and unsubscribe"
        try:
            view = search.request().view
        except BadRequest as fault:
            yield f"{where}: {str(fault).rstrip('.')}"
        else:
            if search.first_time_by == "speaker" and view != "statements":
                yield f'{where}: what is the first time by a speaker only statements tell: add view = "statements"'
