"""Links of a page: to searches, and to what a name narrows."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request

from searchapp import query
from searchapp.answers.address import Address, quoted
from searchapp.fields import Facet, View
from searchapp.search import SearchRequest

Narrow = Callable[[Facet, str], str]  # from a facet's value to the URL of the search narrowed to it


@dataclass(frozen=True, slots=True)
class Link:
    """Something to follow: what it says, where it leads, and how much is there (None: not counted)."""

    text: str
    url: str
    count: int | None = None


def here(path: str) -> str:
    """Return the URL of a path of the site, below its prefix if it has one."""
    return quoted(request.script_root) + path


def query_string() -> str:
    """Return the parameters of the address as they came, with the question mark; "" where there are none."""
    return f"?{request.query_string.decode()}" if request.query_string else ""


def host() -> str:
    """Return scheme and host of the site as it was asked for, for links that are read elsewhere."""
    return request.host_url.rstrip("/")


def root() -> str:
    """Return the full address of the site, without a slash at its end, before paths that are read elsewhere."""
    return host() + here("")


def address_of(wanted: SearchRequest) -> Address:
    """Return where a search is, for the links to its neighbours."""
    return Address(wanted, here("/search"))


def search_link(wanted: SearchRequest) -> str:
    """Return the URL of a search."""
    return str(address_of(wanted))


def everything(view: View = "articles") -> Address:
    """Return the address of the search that finds all articles or statements."""
    return address_of(SearchRequest(query.parse("", view=view), view=view, sort="newest"))
