"""What an archive holds of each day: what the hits of a search are compared with, read once of a generation."""

from functools import partial
from itertools import product

from searchapp.engines.held import Held
from searchapp.engines.protocol import Engine
from searchapp.fields import DAYS, VIEWS, Day, View
from searchapp.query import parse
from searchapp.search import DayCounts, Results, SearchRequest


def days_held(engine: Engine, view: View, generation: str, day: Day = "published") -> DayCounts:
    """Return how many articles or statements there are of each day in a generation, as long as that is held; ``day``
    tells which one of a statement counts. Raises what ``Engine.info`` and ``Engine.search`` raise."""
    held = _held[view, day].of(engine)
    if held.generation != generation:  # of a page that began before an update
        held = _everything(view, day, engine, at=generation)
    return held.days or DayCounts({}, {})


def _everything(view: View, day: Day, engine: Engine, at: str = "") -> Results:
    asked = SearchRequest(parse("", view=view), view=view, sort="newest", day=day, limit=0, facets=(), days=True, at=at)
    return engine.search(asked)


_held: dict[tuple[View, Day], Held[Results]] = {
    each: Held(partial(_everything, *each)) for each in product(VIEWS, DAYS)
}
