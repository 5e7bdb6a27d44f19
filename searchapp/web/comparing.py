"""Speakers or words compared over time, and two statements side by side; each with its twin in JSON."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, jsonify, render_template

from searchapp.answers import parameters, spoken
from searchapp.answers.address import quoted
from searchapp.answers.changes import reread, with_choice
from searchapp.answers.comparison import MOST, Comparison, Series, only_here
from searchapp.engines.notes import notes
from searchapp.engines.portraits import said_by
from searchapp.errors import BadRequest
from searchapp.help.names import names_of
from searchapp.search import Choice, SearchRequest
from searchapp.web import asking, cited, hits
from searchapp.web.curves import curves
from searchapp.web.faults import wants_json
from searchapp.web.links import Link, everything, here
from searchapp.web.narrowing import Way
from searchapp.web.strips import over_time

comparing = Blueprint("comparing", __name__)
TAKES = ("speaker", "q", "statement", "view", "from", "to", "scale")
SCALES = {"count": "how many", "share": "of 1,000"}
_TWO = 2
OFFERED = 3  # names for one that is not known
_FORM: dict[str, object] = {"asked": "", "carried": []}


@comparing.get("/compare")
@comparing.get("/compare.json")
@asking.of_one_generation
def compare() -> str | Response:
    """Two to four speakers (``speaker``) or words (``q``) on one axis; or two statements (``statement``, by their ids).

    One word may stand beside several speakers, and one speaker beside several words.
    """
    given = asking.given(*TAKES)
    parameters.refuse_unknown(given, TAKES)
    if identities := _filled(given, "statement"):
        return _statements(identities)
    by_thousand = _scale(given) == "share"
    speakers, words, common = _filled(given, "speaker"), _filled(given, "q"), _common(given)
    asked = _asked(speakers, words, common)
    if wants_json() and len(asked) < 2:
        raise BadRequest(f"There is nothing to compare: give two to {MOST} speakers (speaker=) or words (q=).")
    found = Comparison(tuple(_found(name, wanted) for name, wanted in asked))
    if wants_json():
        return jsonify(spoken.comparison(found, root=here("")))
    noun = asked[0][1].view.removesuffix("s") if asked else "statement"
    return render_template(
        "compare.html",
        speakers=_boxes(speakers),
        words=_boxes(words),
        by_speaker=len(speakers) > 1,
        shown=curves(found, noun, by_thousand=by_thousand) if len(asked) > 1 else None,
        scales=_scales(by_thousand=by_thousand),
        noun=noun,
        most=MOST,
        unknown=[(each, _meant(each)) for each in _unknown(speakers, found)],
        **_FORM,
    )


def _statements(identities: Sequence[str]) -> str | Response:
    """Two statements side by side. Raises BadRequest, and what ``cited.statement_of`` does."""
    if len(identities) != _TWO:
        raise BadRequest("Two statements stand side by side: give statement= twice, with two ids.")
    one, other = (cited.statement_of(asking.engine(), each) for each in identities)
    told = [(*one, only_here(*one, *other)), (*other, only_here(*other, *one))]
    if wants_json():
        return jsonify(spoken.comparison(Comparison(()), told, root=here("")))
    return render_template(
        "side_by_side.html",
        sides=[
            (article, said, hits.sentence(article, said, marks, whole=True), bool(marks))
            for article, said, marks in told
        ],
        narrowed=everything("statements").only,
        **_FORM,
    )


def _filled(given: parameters.Given, name: str) -> list[str]:
    """Return the values of a parameter that forms may send empty, each once. Raises BadRequest for too many."""
    values = list(dict.fromkeys(filter(None, map(str.strip, given.getlist(name)))))
    if len(values) > MOST:
        raise BadRequest(f"{name} is given {len(values)} times: at most {MOST} can be compared.")
    return values


def _scale(given: parameters.Given) -> str:
    scale = (_filled(given, "scale") or ["count"])[0]
    if scale not in SCALES:
        raise BadRequest(f'scale is "{scale[:80]}": it must be {" or ".join(SCALES)}.')
    return scale


def _common(given: parameters.Given) -> SearchRequest:
    """Return the search that all have in common: its view and days. Raises BadRequest."""
    taken = {name: given.getlist(name) for name in ("view", "from", "to")}
    return replace(parameters.parse(parameters.Given(taken)), limit=0, facets=(), days=True)


def _asked(speakers: Sequence[str], words: Sequence[str], common: SearchRequest) -> list[tuple[str, SearchRequest]]:
    """Return the searches to compare, each with its name. Raises BadRequest."""
    if len(speakers) > 1 and len(words) > 1:
        raise BadRequest("Either several speakers or several words can be compared: give only one of the other.")
    known, asked = notes(asking.engine()), []
    for speaker in map(known.persons.shown_as, speakers or [""]):
        wanted = with_choice(common, "speaker", Choice((speaker,) if speaker else ()))
        for word in words or ([""] if speaker else []):
            with asking.query_in("q"):
                request = reread(wanted, text=word, view="statements" if speaker else common.view)
            asked.append((word if len(words) > 1 or not speaker else speaker, known.resolved(request)))
    return asked


def _found(name: str, wanted: SearchRequest) -> Series:
    results = asking.engine().search(wanted)
    return Series(name, wanted, results.total, over_time(asking.engine(), wanted, results))


def _unknown(speakers: Sequence[str], found: Comparison) -> list[str]:
    """Return those names that nobody who speaks has; of whom something was ``found`` is known."""
    heard = {name for each in found.series if each.total for name in each.request.filters.speaker.wanted}
    named = {each: notes(asking.engine()).persons.shown_as(each) for each in speakers}
    return [
        each
        for each, name in named.items()
        if name not in heard and not asking.engine().search(replace(said_by(name), limit=0, facets=())).total
    ]


def _meant(name: str) -> list[Link]:
    """Return comparisons with whom may be meant by a name that nobody has."""
    found = names_of(asking.engine()).beginning(name, OFFERED)
    return [Link(each.value, _link(name, each.value)) for each in found if each.field == "speaker"]


def _scales(*, by_thousand: bool) -> list[Way]:
    return [Way(text, (scale == "share") == by_thousand, _link(scale=scale)) for scale, text in SCALES.items()]


def _boxes(values: Sequence[str]) -> list[str]:
    """Return what stands in the boxes of a form: two at least, and an empty one where there may be more."""
    return [*values, "", ""][: max(2, min(len(values) + 1, MOST))]


def _link(instead_of: str = "", name: str = "", *, scale: str = "") -> str:
    """Return the address of this comparison with another name, or on another scale."""
    given = asking.given(*TAKES)
    if scale:
        given["scale"] = [scale]
    written = (
        f"{parameter}={quoted(name if parameter == 'speaker' and value.strip() == instead_of else value)}"
        for parameter in TAKES
        for value in given.getlist(parameter)
        if value.strip()
    )
    return f"{here('/compare')}?{'&'.join(written)}"
