"""What an archive holds of each day: what the hits of a search are compared with, read once of a generation."""

from functools import partial

from searchapp.engines.held import Held
from searchapp.engines.protocol import Engine
from searchapp.fields import VIEWS, View
from searchapp.query import parse
from searchapp.search import DayCounts, Results, SearchRequest


def days_held(engine: Engine, view: View, generation: str) -> DayCounts:
    """Return how many articles or statements there are of each day in a generation, as long as that is held. Raises
    what ``Engine.info`` and ``Engine.search`` raise."""
    held = _held[view].of(engine)
    if held.generation != generation:  # of a page that began before an update
        held = _everything(view, engine, at=generation)
    return held.days or DayCounts({}, {})


def _everything(view: View, engine: Engine, at: str = "") -> Results:
    everything = parse("", view=view)
    return engine.search(SearchRequest(everything, view=view, sort="newest", limit=0, facets=(), days=True, at=at))


_held: dict[View, Held[Results]] = {view: Held(partial(_everything, view)) for view in VIEWS}
