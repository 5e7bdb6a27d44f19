"""What an archive knows of one speaker: statements through the years, roles, sources, and who else speaks there."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from searchapp.article import Dated
from searchapp.engines.notes import notes
from searchapp.engines.protocol import Engine
from searchapp.query import Values, parse
from searchapp.search import Choice, DayCounts, Filters, Hit, Portrait, Role, SearchRequest, Year

READ = 10  # statements at each end of the years
MOST = 8  # sources and companions


def said_by(name: str) -> SearchRequest:
    """Return the search for all statements of a speaker, the newest first."""
    return SearchRequest(
        parse("", view="statements"), view="statements", sort="newest", filters=Filters(speaker=Choice((name,)))
    )


def portrait(engine: Engine, name: str) -> Portrait | None:
    """Return what the archive knows of the speaker of this name, None if nobody of it speaks."""
    wanted = said_by(name)
    said = engine.search(replace(wanted, limit=READ, facets=("source", "year"), facet_limit=MOST, days=True))
    if not said.total:
        return None
    earliest = engine.search(replace(wanted, sort="oldest", limit=READ, facets=(), at=said.generation)).hits
    everybody = replace(wanted, filters=Filters(), limit=0, facets=("year",), at=said.generation)
    of_all = {each.value: each.count for each in engine.search(everybody).facets["year"].values}
    # as a query, since a facet is counted without the filter on its own values
    speaking = replace(parse(""), tree=Values("speaker", (name,)))
    articles = engine.search(
        SearchRequest(speaking, limit=0, facets=("speaker",), facet_limit=MOST + 1, at=said.generation)
    )
    return Portrait(
        name,
        notes(engine).persons.spellings(name),
        said.total,
        articles.total,
        said.hits,
        earliest,
        tuple(_roles(name, (*earliest, *reversed(said.hits)))),
        tuple(Year(each.value, each.count, of_all.get(each.value, 0)) for each in said.facets["year"].values),
        said.days or DayCounts({}, {}),
        tuple(each for each in said.facets["source"].values if each.value),
        tuple(each for each in articles.facets["speaker"].values if each.value not in ("", name))[:MOST],
        said.generation,
    )


def _roles(name: str, hits: Iterable[Hit]) -> Iterator[Role]:
    """Yield the roles of a speaker in statements from the oldest to the newest; the one that was borne last comes
    first."""
    borne: dict[str, list[Dated | None]] = {}
    for hit in hits:
        for speaker in hit.statement.speakers if hit.statement else ():
            if speaker.name == name and speaker.role:
                days = borne.pop(speaker.role, [])
                borne[speaker.role] = [*days, hit.article.published]
    for role, days in reversed(borne.items()):
        yield Role(role, days[0], days[-1])
