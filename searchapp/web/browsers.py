"""What browsers, crawlers and programs ask a site for beside its pages: how it is searched, what may be
read, and whether it is well."""

from flask import Blueprint, Response, current_app, jsonify, render_template

from searchapp.answers import parameters
from searchapp.help.completions import completions
from searchapp.web import asking
from searchapp.web.links import here

browsers = Blueprint("browsers", __name__)
_CRAWLED = ("q", "view", "match", "synonyms")  # parameters that crawlers may follow: words, and how they are meant
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
    """What crawlers may ask for (RFC 9309): nothing, unless the archive is open to them; never what has no end, which
    are facets, searches narrowed by them, orders, and pages after the first."""
    closed = [here(path) for path in ("/facets/", "/search.", "/suggestions.json", "/opensearch.json")]
    closed += [f"{here('/')}*{sign}{name}=" for name in parameters.KNOWN if name not in _CRAWLED for sign in "?&"]
    paths = closed if current_app.config["CRAWLERS"] else [here("/")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths)]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@browsers.get("/openapi.json")
def description_for_programs() -> Response:
    """What programs can ask for, and what they are answered (OpenAPI 3.1)."""
    from searchapp.answers.openapi import document  # here, since few ask for it

    parameters.refuse_unknown(asking.given(), ())
    return jsonify(document(here("")))


@browsers.get("/healthz")
def healthz() -> Response:
    """Whether the process answers; it asks nothing of the index."""
    return jsonify({"status": "ok"})


@browsers.get("/readyz")
def readyz() -> Response:
    """Whether the site can answer: 200 with the generation it serves, or the 503 of every page."""
    info = asking.engine().info()
    return jsonify({"status": "ok", "engine": info.engine, "generation": info.generation, "articles": info.articles})
