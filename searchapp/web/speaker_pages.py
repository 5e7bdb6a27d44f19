"""The pages of those who speak: all of them, and one."""

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from searchapp.answers import files, parameters, spoken
from searchapp.answers.address import PAGE as HITS
from searchapp.answers.address import canonical, facet_path, speaker_path
from searchapp.answers.changes import reread
from searchapp.engines.holdings import days_held
from searchapp.engines.notes import notes
from searchapp.engines.portraits import portrait, said_by, saying
from searchapp.engines.roster import Roster, roster
from searchapp.errors import BadRequest
from searchapp.search import Known, Saying
from searchapp.web import asking, looking, speakers
from searchapp.web.faults import wants_json
from searchapp.web.links import here, host, query_string

speaker_pages = Blueprint("speaker_pages", __name__)
PAGE = 50  # names
COLUMNS = ("name", "statements", "articles", "link")  # of the table
_FORM: dict[str, object] = {"asked": "", "carried": []}
_TAKEN = (".csv", ".atom", ".jsonl", ".ris", ".bib")  # as which a speaker's statements can be had
_TAKEN_HERE = ("page",)  # of the parameters of searches
_SAID = "said"  # the parameter: words that a speaker said


@speaker_pages.get("/speakers")
@speaker_pages.get("/speakers.json")
@asking.of_one_generation
def everybody() -> str | Response | Redirect:
    """All who speak, or those looked for, some to a page; with .json for programs. What speaks under a search is on the
    page of that facet."""
    if not wants_json() and not set(parameters.KNOWN).isdisjoint({*request.args} - {*_TAKEN_HERE}):
        return redirect(here(facet_path("speaker")) + query_string())
    looked, page = _looked(*looking.NAMES, "page")
    known = roster(asking.engine())
    found = _among(known, looked)
    shown = found[PAGE * (page - 1) : PAGE * page]
    if page > 1 and not shown:
        abort(404, f"There is no page {page:,} of these names.")
    rows = [(each, known.heard(asking.engine(), each.name)) for each in shown]
    path = here("/speakers")
    beside = {turned: looked.link(_page(path, page + turned)) for turned in (-1, 1)}
    following = beside[1] if len(found) > PAGE * page else None
    if wants_json():
        further = looked.link(_page(f"{path}.json", page + 1)) if following else None
        return jsonify(spoken.speakers(known.generation, len(found), rows, further, root=here("")))
    return render_template(
        "speakers.html",
        rows=rows,
        total=len(found),
        everybody=len(known.everybody),
        looked=looked,
        look=looking.ways(looked, path),
        table=looked.link(f"{path}.csv"),
        previous=beside[-1] if page > 1 else None,
        following=following,
        **_FORM,
    )


@speaker_pages.get("/speakers.csv")
def table() -> Response:
    """All who speak, or those looked for, as a table."""
    looked, _ = _looked(*looking.NAMES)
    known = roster(asking.engine())
    found = _among(known, looked)
    told = files.table(
        COLUMNS,
        (
            (each.name, str(each.statements), str(each.articles), host() + here(speaker_path(each.name)))
            for each in found
        ),
    )
    response = Response(told, content_type=files.FORMS[".csv"].kind)
    response.headers["Content-Disposition"] = 'attachment; filename="speakers.csv"'
    response.headers["X-Total"] = str(len(found))
    return response


@speaker_pages.get("/speakers/<identity:name>")
@asking.of_one_generation
def speaker(name: str) -> str | Response | Redirect:
    """A speaker: statements through the years, acts, topics, roles, sources and companions; with ``said`` also when
    these words were said first and last. With .json the same for programs, with .csv or .atom the statements. Another
    spelling of the name leads to the one that the archive shows."""
    engine, known = asking.engine(), notes(asking.engine()).persons
    given = asking.given(_SAID)
    parameters.refuse_unknown(given, (_SAID,))
    for each, ending in _readings(name).items():
        shown = known.shown_as(each)
        found = portrait(engine, shown)
        if found is None:
            continue
        if shown != each:
            return redirect(here(speaker_path(shown, ending)) + query_string())
        if ending in _TAKEN:
            return redirect(canonical(said_by(shown), here(f"/search{ending}")))
        said = _said(shown, given)
        if ending:
            return jsonify(spoken.speaker(found, said_by(shown), said, root=here("")))
        held = days_held(engine, "statements", found.generation)
        return render_template("speaker.html", shown=speakers.shown(found, held, said), **_FORM)
    raise NotFound(f'Nobody called "{name[:200]}" speaks in this archive. Search for a part of the name.')


def _readings(name: str) -> dict[str, str]:
    """Return what the name in an address may be, each with the ending behind it."""
    ending = next((each for each in (".json", *_TAKEN) if name.endswith(each)), "")
    return {name: "", name.removesuffix(ending): ending}


def _said(name: str, given: parameters.Given) -> Saying | None:
    """Return when the words that are asked for were said, None if there are none. Raises BadRequest, QueryFault."""
    words = given.getlist(_SAID)
    if len(words) > 1:
        raise BadRequest(f"{_SAID} is given {len(words)} times: give it once.")
    if not words or not words[0].strip():
        return None
    wanted = reread(said_by(name), text=words[0].strip())
    return saying(asking.engine(), notes(asking.engine()).resolved(wanted))


def _looked(*names: str) -> tuple[looking.Looking, int]:
    """Return what is looked for among those who speak, and which page of it. Raises BadRequest."""
    given = asking.given(*names)
    parameters.refuse_unknown(given, names)
    looked = looking.Looking.of(given)
    return looked, parameters.parse(given).offset // HITS + 1


def _among(known: Roster, looked: looking.Looking) -> list[Known]:
    in_order = known.by_name if looked.order == "name" else known.everybody
    return [each for each in in_order if looked.means(each.words, each.spelled)]


def _page(path: str, number: int) -> str:
    return f"{path}?page={number}" if number > 1 else path
