"""Errors as pages, or as problem+json where JSON was asked for."""

from collections.abc import Mapping

from flask import Response, current_app, jsonify, redirect, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound
from werkzeug.wrappers import Response as Redirect

from searchapp.analysis import Span
from searchapp.answers import parameters, payloads, wording
from searchapp.answers.address import quoted
from searchapp.errors import (
    BadRequest,
    IndexFault,
    NoLongerHeld,
    OutOfTime,
    Overloaded,
    QueryFault,
    SearchappError,
    TooOften,
    UnsupportedQuery,
)
from searchapp.search import SearchRequest
from searchapp.web import layout
from searchapp.web.links import Link, address_of, here, query_string

_TITLES = {
    400: "This search cannot be run",
    404: "Not found",
    405: "Not possible here",
    401: "This archive is closed",
    403: "This archive is closed",
    410: "This has changed",
    421: "Another site",
    429: "Too many requests",
    503: "The archive cannot be searched just now",
}
_SEARCHING = ("pages.home", "pages.search", "pages.facet", "pages.statement")
_KEPT = ("Allow", "Location", "WWW-Authenticate")  # headers of HTTP's own errors
_REPLACED = ("q", "page", "at")  # by what the reader types into the box of a page in error


def failed(fault: Exception) -> Response | Redirect:
    """Return an error as a page, or as application/problem+json where JSON was asked for.

    What is not there with a slash at its end is looked for without it."""
    bare = request.path.strip("/")
    if isinstance(fault, NotFound) and bare and request.path.endswith("/"):
        return redirect(here(f"/{quoted(bare)}") + query_string(), 301)
    status, headers = _status(fault)
    if status == 500:
        current_app.logger.error("%s %a failed", request.method, request.path, exc_info=fault)
    if isinstance(fault, IndexFault):
        current_app.logger.error("%s", fault)
    asked = request.args.get("q", "")
    in_query = fault if isinstance(fault, QueryFault) else None
    mended = None
    if isinstance(fault, NoLongerHeld):
        mended = here(parameters.mended(request.args, asked, request.path))
    if in_query and in_query.mended:
        mended = here(parameters.mended(request.args, in_query.mended, request.path))
    title, detail = _TITLES.get(status, "Something went wrong"), _detail(fault)
    if wants_json():
        place = (in_query.start, in_query.end) if in_query else None
        response = jsonify(payloads.problem(status, title, detail, fault=place, mended=mended))
        response.mimetype = "application/problem+json"
    else:
        place = Span(in_query.start, in_query.end) if in_query else Span(0, 0)
        readable = _readable()
        page = render_template(
            "error.html",
            status=status,
            heading=title,
            detail=detail,
            mended=Link(in_query.mended or "", mended) if in_query and mended else None,
            rest=_rest(fault, parameters.parse(readable)),
            faulty=layout.pieces(asked, [place]) if in_query and place.end > place.start else [],
            asked=asked,
            carried=[(name, value) for name in readable if name not in _REPLACED for value in readable[name]],
        )
        response = Response(page, mimetype="text/html")
    response.status_code = status
    response.headers.extend(headers)
    return response


def _readable() -> parameters.Given:
    """Return what can be read of the search that the address asks for, or comes from."""
    asked = parameters.Given(request.args.lists())
    if request.endpoint == "pages.statement":
        asked["view"] = ["statements"]
    return parameters.readable(asked)


def _rest(fault: Exception, readable: SearchRequest) -> Link | None:
    """Return what is left to search where another parameter than the query is wrong, or a statement is not there."""
    wrong = isinstance(fault, BadRequest | NotFound) and not isinstance(fault, QueryFault)
    if not wrong or request.endpoint not in _SEARCHING:
        return None
    understood = wording.understood(readable)
    said = f"{readable.view} {understood}" if understood else f"all {readable.view}"
    return Link(said, address_of(readable).page(0))


def _status(fault: Exception) -> tuple[int, Mapping[str, str]]:
    if isinstance(fault, BadRequest | UnsupportedQuery):
        return 400, {}
    if isinstance(fault, NoLongerHeld):
        return 410, {}
    if isinstance(fault, IndexFault):
        return 503, {"Retry-After": "10"}
    if isinstance(fault, OutOfTime | Overloaded):
        return 503, {"Retry-After": "2"}
    if isinstance(fault, TooOften):
        return 429, {"Retry-After": str(fault.seconds)}
    if isinstance(fault, HTTPException) and fault.code:
        kept = {name: value for name, value in fault.get_headers() if name in _KEPT}
        return fault.code, kept
    return 500, {}


def _detail(fault: Exception) -> str:
    """Return what a stranger may read of a fault: neither paths nor commands."""
    if isinstance(fault, IndexFault):
        return fault.for_strangers
    if isinstance(fault, SearchappError):
        return str(fault)
    if isinstance(fault, NotFound) and fault.description == NotFound.description:
        return "There is no such page on this site."
    if isinstance(fault, HTTPException) and not isinstance(fault, InternalServerError):
        return fault.description or fault.name
    return "The site failed to answer. The server's log says why."


def wants_json() -> bool:
    """Tell whether a program asks: for JSON, or for a file, whose errors are JSON."""
    return request.path.endswith(".json") or request.path in ("/healthz", "/readyz") or request.blueprint == "taking"
