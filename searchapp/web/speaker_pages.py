"""The pages of those who speak: all of them, and one."""

from collections import Counter
from collections.abc import Callable, Iterable

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
from searchapp.web.links import here, query_string, root
from searchapp.web.narrowing import Way

speaker_pages = Blueprint("speaker_pages", __name__)
PAGE = 50  # names
KIND = "speakerkind"  # the parameter: which of these
KINDS = {"": "all", "person": "persons", "organisation": "organisations"}
COLUMNS = ("name", "type", "statements", "articles", "link")  # of the table
_FORM: dict[str, object] = {"asked": "", "carried": []}
_TAKES = (*looking.NAMES, KIND, "page")  # parameters
_TAKEN = (*files.FORMS, *files.FEEDS)  # as which a speaker's statements can be had
_SAID = "said"  # the parameter: words that a speaker said


@speaker_pages.get("/speakers")
@speaker_pages.get("/speakers.json")
@asking.of_one_generation
def everybody() -> str | Response | Redirect:
    """All who speak, or those looked for, some to a page; with .json for programs. Who speaks under a search is on the
    page of that facet."""
    if not wants_json() and not {*request.args}.isdisjoint({*parameters.KNOWN} - {*_TAKES}):
        return redirect(here(facet_path("speaker")) + query_string())
    looked, kind, page = _looked(*_TAKES)
    known, path = roster(asking.engine()), here("/speakers")
    meant = _meant(known, looked)
    found = [each for each in meant if kind in ("", each.kind)]
    shown = found[PAGE * (page - 1) : PAGE * page]
    if page > 1 and not shown:
        abort(404, f"There is no page {page:,} of these names.")
    rows = [(each, known.heard(asking.engine(), each.name)) for each in shown]
    further = len(found) > PAGE * page
    if wants_json():
        following = looked.link(_place(f"{path}.json", kind, page + 1)) if further else None
        return jsonify(spoken.speakers(known.generation, len(found), rows, following, root=here("")))
    return render_template(
        "speakers.html",
        rows=rows,
        total=len(found),
        everybody=len(known.everybody),
        kind=kind,
        kinds=_kinds(meant, kind, lambda each: looked.link(_place(path, each))),
        indexed=not request.args,
        looked=looked,
        look=looking.ways(looked, _place(path, kind)),
        table=looked.link(_place(f"{path}.csv", kind)),
        previous=looked.link(_place(path, kind, page - 1)) if page > 1 else None,
        following=looked.link(_place(path, kind, page + 1)) if further else None,
        **_FORM,
    )


@speaker_pages.get("/speakers.csv")
def table() -> Response:
    """All who speak, or those looked for, as a table."""
    looked, kind, _ = _looked(*looking.NAMES, KIND)
    found = [each for each in _meant(roster(asking.engine()), looked) if kind in ("", each.kind)]
    rows = (
        (each.name, each.kind, str(each.statements), str(each.articles), root() + speaker_path(each.name))
        for each in found
    )
    response = Response(files.table(COLUMNS, rows), content_type=files.FORMS[".csv"].kind)
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
        held = days_held(engine, "statements", found.generation)
        if ending:
            return jsonify(spoken.speaker(found, said_by(shown), said, held, root=here("")))
        told = speakers.shown(found, held, said)
        return render_template("speaker.html", shown=told, take=told.take, **_FORM)
    raise NotFound(f'Nobody called "{name[:200]}" speaks in this archive. Search for a part of the name.')


def _readings(name: str) -> dict[str, str]:
    """Return what the name in an address may be, each with the ending behind it."""
    ending = next((each for each in (*_TAKEN, ".json") if name.endswith(each)), "")
    return {name: "", name.removesuffix(ending): ending}


def _said(name: str, given: parameters.Given) -> Saying | None:
    """Return when the words that are asked for were said, None if there are none. Raises BadRequest."""
    words = given.getlist(_SAID)
    if len(words) > 1:
        raise BadRequest(f"{_SAID} is given {len(words)} times: give it once.")
    if not words or not words[0].strip():
        return None
    with asking.query_in(_SAID):
        wanted = reread(said_by(name), text=words[0].strip())
    return saying(asking.engine(), notes(asking.engine()).resolved(wanted))


def _looked(*names: str) -> tuple[looking.Looking, str, int]:
    """Return what is looked for among those who speak, of which kind ("": of any), and which page of it. Raises
    BadRequest."""
    given = asking.given(*names)
    parameters.refuse_unknown(given, names)
    looked, kinds = looking.Looking.of(given), given.pop(KIND, [])
    kind = kinds[0] if kinds else ""
    if len(kinds) > 1 or kind not in KINDS:
        raise BadRequest(f'{KIND} is "{" ".join(kinds)[:80]}": it must be {" or ".join(filter(None, KINDS))}.')
    return looked, kind, parameters.parse(given).offset // HITS + 1


def _meant(known: Roster, looked: looking.Looking) -> list[Known]:
    in_order = known.by_name if looked.order == "name" else known.everybody
    return [each for each in in_order if looked.means(each.words, each.spelled)]


def _kinds(meant: Iterable[Known], current: str, link: Callable[[str], str]) -> list[Way]:
    """Return the kinds of those looked for to choose from, each with how many there are."""
    counts: Counter[str] = Counter(each.kind for each in meant)
    numbers = {"": counts.total(), **counts}
    return [Way(f"{KINDS[each]} {numbers[each]:,}", each == current, link(each)) for each in KINDS if each in numbers]


def _place(path: str, kind: str, page: int = 1) -> str:
    """Return the address of a page of names."""
    written = [f"{KIND}={kind}"] if kind else []
    written += [f"page={page}"] if page > 1 else []
    return f"{path}?{'&'.join(written)}" if written else path
