"""What an address asks for, and of which archive."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, current_app, request

from searchapp.answers import parameters
from searchapp.engines.protocol import Engine
from searchapp.errors import BadRequest, NoLongerHeld, QueryFault
from searchapp.fields import FACETS
from searchapp.search import SearchRequest
from searchapp.web.faults import wants_json

Asked = ParamSpec("Asked")
Page = TypeVar("Page")
_TRIES = 3  # to make a page: generations are switched far more rarely


def engine() -> Engine:
    """Return the archive that the site shows."""
    held: Engine = current_app.extensions["searchapp"]
    return held


def given(*names: str) -> parameters.Given:
    """Return the parameters of the address; of a page those that it takes, ``names``."""
    return parameters.Given(request.args.lists()) if wants_json() else parameters.taken(request.args, names)


@contextmanager
def query_in(name: str) -> Iterator[None]:
    """Have a query that cannot be read be a fault of the parameter ``name``, which is not the page's search."""
    try:
        yield
    except QueryFault as fault:
        raise BadRequest(f"{name} cannot be read. {fault}") from None


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


def of_one_generation(view: Callable[Asked, Page]) -> Callable[Asked, Page]:
    """Make a page again that asks the archive several times, where another generation was published in between."""

    @wraps(view)
    def page(*args: Asked.args, **kwargs: Asked.kwargs) -> Page:
        for _ in range(_TRIES - 1):
            before = engine().info().generation
            made = view(*args, **kwargs)
            if engine().info().generation == before:
                return made
        return view(*args, **kwargs)

    return page
