"""What crawlers ask for: which addresses they may read, and, where the archive is open to them, all its articles."""

from dataclasses import replace
from itertools import islice

from flask import Blueprint, Response, abort, current_app, render_template

from searchapp.answers import parameters
from searchapp.answers.address import article_path
from searchapp.web import asking
from searchapp.web.feed import last_changed
from searchapp.web.links import everything, here, root

crawlers = Blueprint("crawlers", __name__)
_ENDLESS = ("/facets/", "/search.", "/speakers?", "/speakers/*?", "/compare", "/suggestions.json", "/opensearch.json")
_CRAWLED = ("q", "view", "match", "synonyms")  # parameters that crawlers may follow: words, and how they are meant
PART = 2_000  # articles of a part: written well within a second; the protocol allows 50,000 parts of 50,000


@crawlers.get("/robots.txt")
def robots() -> Response:
    """What crawlers may ask for (RFC 9309): nothing, unless the archive is open to them; never what has no end, which
    are facets, searches narrowed by them, orders, comparisons, and pages after the first."""
    lines = [f"Disallow: {here('/')}"]
    if is_open():
        closed = [here(path) for path in _ENDLESS]
        closed += [f"{here('/')}*{sign}{name}=" for name in parameters.KNOWN if name not in _CRAWLED for sign in "?&"]
        lines = [*(f"Disallow: {path}" for path in closed), f"Sitemap: {root()}/sitemap.xml"]
    return Response("\n".join(["User-agent: *", *lines]) + "\n", content_type="text/plain; charset=utf-8")


@crawlers.get("/sitemap.xml")
def sitemap() -> Response:
    """The parts of the sitemap (https://www.sitemaps.org/protocol.html)."""
    _refuse_where_closed()
    parts = [f"{root()}/sitemap-{number}.xml" for number in range(1, _parts() + 1)]
    return _xml(render_template("sitemap_index.xml", parts=parts, built=asking.engine().info().built))


@crawlers.get("/sitemap-<int:number>.xml")
def part(number: int) -> Response:
    """A part of the sitemap: pages of articles, the oldest first, so that what comes changes the last parts alone."""
    _refuse_where_closed()
    if not 0 < number <= _parts():
        abort(404, f"There is no part {number:,} of the sitemap.")
    wanted = replace(everything().request, sort="oldest", offset=(number - 1) * PART, facets=())
    articles = (hit.article for hit in islice(asking.engine().walk(wanted, brief=True).hits, PART))
    pages = [(root() + article_path(each.id), last_changed(each)) for each in articles]
    return _xml(render_template("sitemap.xml", pages=pages))


def is_open() -> bool:
    """Tell whether the archive is open to web search engines and other sites."""
    return bool(current_app.config["OPEN"])


def _parts() -> int:
    return -(-asking.engine().info().articles // PART)


def _refuse_where_closed() -> None:
    if not is_open():
        abort(404, "This archive is not open to web search engines.")


def _xml(text: str) -> Response:
    return Response(text, content_type="application/xml; charset=utf-8")
