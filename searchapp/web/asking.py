"""What an address asks for, and of which archive."""

from dataclasses import replace

from flask import abort, current_app, request

from searchapp.answers import parameters
from searchapp.engines.protocol import Engine
from searchapp.errors import NoLongerHeld
from searchapp.fields import FACETS
from searchapp.search import SearchRequest
from searchapp.web.faults import wants_json


def engine() -> Engine:
    """Return the archive that the site shows."""
    held: Engine = current_app.extensions["searchapp"]
    return held


def given(*names: str) -> parameters.Given:
    """Return the parameters of the address; of a page those that it takes, ``names``."""
    return parameters.Given(request.args.lists()) if wants_json() else parameters.taken(request.args, names)


def counting(wanted: SearchRequest, facet: str) -> SearchRequest:
    """Return the request for all values of one facet. Raises NotFound where there is none of this name."""
    if facet not in FACETS:
        abort(404, f'There is no facet "{facet[:80]}". The facets are: {", ".join(FACETS)}.')
    asked = replace(wanted, offset=0, limit=0, facets=(facet,), facet_limit=None)
    if not asked.counted:
        abort(404, f"Articles have no {facet} of their own, but statements do: add view=statements.")
    return asked


def refuse_other_generation(wanted: SearchRequest, generation: str) -> None:
    """Raise NoLongerHeld where a program goes on in a generation and another one answers. A page says so itself."""
    if wanted.at not in ("", generation) and wants_json():
        raise NoLongerHeld(
            "The archive has changed since these hits were first asked for, so what follows would not fit what came "
            "before: start again from the first one."
        )
