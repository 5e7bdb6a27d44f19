"""Web addresses: which spellings are of one page."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from courlan.clean import clean_query

# Whatever keeps copies of pages puts the moment of the copy and the page's own address behind its own.
_COPY: Final = re.compile(
    r"(?<=.)/(?:(?:web/)?\d{4,14}(?:[a-z]{2}_)?/https?:/{1,2}|web/\d{4,14}(?:[a-z]{2}_)?/(?=[\w-]{1,63}\.[\w.:-]{2,200}/))"
)
_CACHED: Final = re.compile(r"\A//[^/]{1,200}/(?:amp|c|v|c/s|v/s|amp/s)/(?=[\w-]{1,63}\.[\w.-]{2,200}/)")
_SCHEME: Final = re.compile(r"\A\w{1,9}:")
_HOST: Final = re.compile(r"\A(?:www\d?|amp|m|mobile)\.(?=[^.]+\.)")
_PATH: Final = re.compile(r"/(?:amp(?=/|\Z))|(?:[./]amp)(?=\.html?\Z)|/index\.(?:html?|php|aspx?)\Z", re.IGNORECASE)
_OWN_TRACKERS: Final = re.compile(
    r"(?:utm|at|ns|hsa|wt|mc|ga|itm|mtm|pk|vero|oly)[_.]|(?:cmp|cmpid|smid|ito|ncid|spm|share|shared|amp|output|outputtype|igsh|rss"
    r"|feed|sh|_ga|_gl|print|partner|[a-z]{1,3}clk?id)\Z",
    re.IGNORECASE,
)


def page_of(url: str | None) -> str | None:
    """Return what all spellings of the address of a page have in common; None for a site's front page, on which many
    articles stand, and for what is no address.

    Scheme, ``www.``, ``/amp/``, a fragment, a slash at the end and what only tracks the reader do not count; the
    address of a copy in a web archive is that of the original.
    """
    if not url:
        return None
    address = _SCHEME.sub("", url[:4_000])
    for copy in (_COPY, _CACHED):
        _, *original = copy.split(address, maxsplit=1)
        address = f"//{original[0]}" if original else address
    try:
        parts = urlsplit(address)
        host, path, query = parts.hostname or "", parts.path, parts.query
    except ValueError:
        return None
    kept = sorted((name, value) for name, value in parse_qsl(query, max_num_fields=200) if not _tracks(name, value))
    path = re.sub(r"/{2,}", "/", _PATH.sub("", unquote(path))).rstrip("/")
    if not host or not (path or kept):
        return None
    return _HOST.sub("", host) + path + (f"?{urlencode(kept)}" if kept else "")


def host_of(url: str | None) -> str:
    """Return the host of an address without ``www.``, "" if it has none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _tracks(name: str, value: str) -> bool:
    """Tell whether a parameter says how a reader came to a page, and not which page it is. A number under a name that
    some sites give their articles ("cid") may be one."""
    return bool(_OWN_TRACKERS.match(name)) or (not value.isdigit() and _is_known_tracker(name))


@lru_cache(maxsize=1 << 12)
def _is_known_tracker(name: str) -> bool:
    return clean_query(urlencode({name: "x"})) == ""
