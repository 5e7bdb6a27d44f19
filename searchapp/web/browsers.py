"""What browsers and crawlers ask a site for beside its pages: how it is searched, and what may be looked through."""

from flask import Blueprint, Response, current_app, jsonify, render_template

from searchapp.answers import parameters
from searchapp.help.completions import completions
from searchapp.web import asking
from searchapp.web.links import here

browsers = Blueprint("browsers", __name__)
DESCRIPTION = "application/opensearchdescription+xml"


@browsers.get("/opensearch.xml")
def description() -> Response:
    """How a browser searches the archive from its own box (OpenSearch 1.1, draft 6)."""
    return Response(render_template("opensearch.xml"), content_type=f"{DESCRIPTION}; charset=utf-8")


@browsers.get("/opensearch.json")
def suggestions() -> Response:
    """How a query may go on, as browsers read it (OpenSearch Suggestions 1.1): what was typed, then the queries."""
    asked = asking.given()
    parameters.refuse_unknown(asked, ("q",))
    typed = (asked.getlist("q") or [""])[0]
    response = jsonify([typed, [each.query for each in completions(asking.engine(), typed)]])
    response.mimetype = "application/x-suggestions+json"
    return response


@browsers.get("/robots.txt")
def robots() -> Response:
    """What crawlers may ask for: nothing, unless the archive is open to them; never what has no end."""
    closed = [f"{here(path)}" for path in ("/facets/", "/search.", "/suggestions.json", "/opensearch.json")]
    paths = closed if current_app.config["CRAWLERS"] else [here("/")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths)]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
