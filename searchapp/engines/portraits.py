"""What an archive knows of one speaker: statements through the years, acts, topics, roles, sources, and who else speaks
there."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from searchapp.analysis import terms
from searchapp.article import Speaker
from searchapp.engines.notes import notes
from searchapp.engines.protocol import Engine
from searchapp.engines.topics import topics
from searchapp.engines.utterances import told_once
from searchapp.query import Values, parse
from searchapp.search import Choice, DayCounts, Filters, Hit, Portrait, Role, Saying, SearchRequest, Year

LISTED = 10  # statements at each end of the years
READ = 60  # of the latest statements, for topics, roles, and for those that tell one utterance
MOST = 8  # sources and companions
_PLAIN_ACT = "said"  # it tells nothing


def said_by(name: str) -> SearchRequest:
    """Return the search for all statements of a speaker, the newest first."""
    everything = parse("", view="statements")
    return SearchRequest(everything, view="statements", sort="newest", filters=Filters(speaker=Choice((name,))))


def portrait(engine: Engine, name: str, *, read: int = READ) -> Portrait | None:
    """Return what the archive knows of the speaker of this name, None if nobody of it speaks. Topics, and the other
    places where the latest statements stand, are those of the ``read`` latest statements."""
    wanted = said_by(name)
    said = engine.search(replace(wanted, limit=read, facets=("source", "year", "act"), facet_limit=MOST, days=True))
    if not said.total:
        return None
    earliest = engine.search(replace(wanted, sort="oldest", limit=LISTED, facets=(), at=said.generation)).hits
    everybody = replace(wanted, filters=Filters(), limit=0, facets=("year",), at=said.generation)
    of_all = {each.value: each.count for each in engine.search(everybody).facets["year"].values}
    # as a query, since a facet is counted without the filter on its own values
    speaking = replace(parse(""), tree=Values("speaker", (name,)))
    articles = engine.search(
        SearchRequest(speaking, limit=0, facets=("speaker",), facet_limit=MOST + 1, at=said.generation)
    )
    latest = told_once(said.hits)[:LISTED]
    return Portrait(
        name=name,
        kind=next((each.type for hit in said.hits for each in _speakers(hit) if each.name == name), "person"),
        spellings=notes(engine).persons.spellings(name),
        statements=said.total,
        articles=articles.total,
        latest=tuple(first for first, *_ in latest),
        retold={first.statement.id: tuple(others) for first, *others in latest if first.statement and others},
        earliest=earliest,
        acts=tuple(each for each in said.facets["act"].values if each.value not in ("", _PLAIN_ACT)),
        topics=topics(engine, name, said.hits),
        roles=tuple(_roles(name, (*earliest, *reversed(said.hits)))),
        years=tuple(Year(each.value, each.count, of_all.get(each.value, 0)) for each in said.facets["year"].values),
        days=said.days or DayCounts({}, {}),
        sources=tuple(each for each in said.facets["source"].values if each.value),
        companions=tuple(each for each in articles.facets["speaker"].values if each.value not in ("", name))[:MOST],
        generation=said.generation,
    )


def saying(engine: Engine, wanted: SearchRequest) -> Saying:
    """Return when what a search for statements finds was said first and last."""
    last = engine.search(replace(wanted, sort="newest", limit=1, facets=()))
    first = engine.search(replace(wanted, sort="oldest", limit=1, facets=(), at=last.generation))
    return Saying(wanted, last.total, *(hit for found in (first, last) for hit in found.hits[:1] or (None,)))


def _speakers(hit: Hit) -> tuple[Speaker, ...]:
    return hit.statement.speakers if hit.statement else ()


def _roles(name: str, hits: Iterable[Hit]) -> Iterator[Role]:
    """Yield the roles of a speaker in statements from the oldest to the newest; the one that was borne last comes
    first."""
    borne: dict[str, Role] = {}
    for hit in hits:
        day = hit.article.published
        for speaker in _speakers(hit):
            if speaker.name == name and speaker.role:
                before = borne.pop(role := " ".join(terms(speaker.role)), None)
                borne[role] = Role(speaker.role, before.first if before else day, day)
    yield from reversed(borne.values())
