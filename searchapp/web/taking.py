"""What is found, to take away: all hits as a file, the newest as a feed, all values of a facet as a table."""

from dataclasses import dataclass, replace

from flask import Blueprint, Response, current_app, jsonify, render_template

from searchapp.answers import files, parameters, wording
from searchapp.answers.address import Address
from searchapp.engines.notes import notes
from searchapp.errors import BadRequest
from searchapp.search import SearchRequest
from searchapp.web import asking, feed
from searchapp.web.links import here, root
from searchapp.web.looking import Looking

taking = Blueprint("taking", __name__)
_ENDINGS, _FEEDS = (", ".join(f"'{ending}'" for ending in forms) for forms in (files.FORMS, files.FEEDS))


@dataclass(frozen=True, slots=True)
class Way:
    """A link to what is found in some form; of a feed also its media ``kind``, by which programs find it."""

    text: str
    url: str
    kind: str = ""


@taking.get(f"/search<any({_ENDINGS}):ending>")
def hits(ending: str) -> Response:
    """All hits of a search, in its order; ``offset`` and ``at`` resume a file that broke off.

    The file is written while it is sent. An error that comes too late for a status ends the connection before the body
    is whole, and ``X-Total`` tells how many hits there are: half a file is not taken for a whole one.
    """
    form, wanted = files.FORMS[ending], _wanted("offset")
    walk = asking.engine().walk(wanted, brief=form.brief)
    asking.refuse_other_generation(wanted, walk.generation)
    pieces = files.written(form, wanted.view, walk.hits, root())
    response = Response(pieces, content_type=form.kind, direct_passthrough=True)  # else all is read to be measured
    response.headers["Content-Disposition"] = f'attachment; filename="{wanted.view}{ending}"'
    response.headers["X-Total"] = str(walk.total)
    response.headers["X-Generation"] = walk.generation
    response.set_etag(walk.generation, weak=True)
    return response


@taking.get(f"/search<any({_FEEDS}):ending>")
def newest(ending: str) -> Response:
    """The hits of a search that the archive took in last, as a feed, whatever the search's order."""
    form, wanted = files.FEEDS[ending], replace(_wanted(), sort="added", limit=feed.ENTRIES, facets=(), at="")
    results, address = asking.engine().search(wanted), Address(wanted)
    found = feed.Feed(
        id=feed.stable_id("search", str(address)),
        title=wording.understood(wanted) or f"all {wanted.view}",
        itself=root() + address.page(0, path=f"/search{ending}"),
        page=root() + address.page(0),
        built=asking.engine().info().built,
        entries=[feed.entry(hit, wanted.tree(), root()) for hit in results.hits],
    )
    if form.kind.endswith("xml"):
        page = render_template(f"{ending.removeprefix('.')}.xml", feed=found)
        return Response(page, content_type=f"{form.kind}; charset=utf-8")
    response = jsonify(feed.as_json(found, current_app.config["TITLE"]))
    response.mimetype = form.kind
    return response


@taking.get("/facets/<name>.csv")
def values(name: str) -> Response:
    """All values of a facet under a search, or those looked for, with their counts."""
    given = asking.given()
    looked = Looking.of(given)
    wanted = asking.counting(_wanted(given=given), name)
    (name,) = wanted.facets
    results = asking.engine().search(wanted)
    asking.refuse_other_generation(wanted, results.generation)
    found = looked.among(name, results.facets[name].values)
    response = Response(files.facet_table(name, found), content_type=files.FORMS[".csv"].kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}s.csv"'
    response.headers["X-Total"] = str(len(found))
    return response


def ways(address: Address) -> list[Way]:
    """Return the links to all that a search finds in each form, and to its feeds."""
    of_files = [
        Way(form.called, address.page(0, path=here(f"/search{ending}"))) for ending, form in files.FORMS.items()
    ]
    of_feeds = [
        Way(form.called, address.page(0, path=here(f"/search{ending}")), form.kind)
        for ending, form in files.FEEDS.items()
    ]
    return of_files + of_feeds


def _wanted(*places: str, given: parameters.Given | None = None) -> SearchRequest:
    """Return what the address asks for; of the parameters that choose some of the hits only ``places`` may stand."""
    asked = asking.given() if given is None else given
    for name in ("page", "limit", "offset"):
        if name in asked and name not in places:
            raise BadRequest(f"{name} is for pages and their JSON: leave it out here.")
    return notes(asking.engine()).resolved(parameters.parse(asked, sized=True))
