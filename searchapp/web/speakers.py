"""A speaker's page: what it shows of a portrait, and where its links lead."""

from dataclasses import dataclass

from searchapp.answers.address import speaker_path, statement_path
from searchapp.answers.changes import reread
from searchapp.answers.timeline import timeline
from searchapp.answers.wording import label, when
from searchapp.engines.portraits import said_by
from searchapp.search import DayCounts, Hit, Portrait, Role, Saying
from searchapp.web import taking
from searchapp.web.hits import ShownHit, hits
from searchapp.web.links import Link, address_of, here, search_link
from searchapp.web.strips import Strip, strip


@dataclass(frozen=True, slots=True)
class ShownSaying:
    """When some words were said first and last; ``last`` is None where they were said once, both where never."""

    words: str
    all: Link
    first: ShownHit | None
    last: ShownHit | None


@dataclass(frozen=True, slots=True)
class ShownSpeaker:
    """A speaker as a page shows it: ``all`` leads to all statements, each row of years to those of a year. ``latest``
    are statements with the other reports of each."""

    portrait: Portrait
    all: str
    latest: list[tuple[ShownHit, list[Link]]]
    first: ShownHit
    said: ShownSaying | None
    acts: list[Link]
    topics: list[Link]
    roles: list[str]
    strip: Strip | None
    years: list[tuple[Link, str, str]]  # of a year: its statements, how many the archive has, and the share
    sources: list[Link]
    companions: list[Link]
    take: list[Link]


def shown(portrait: Portrait, held: DayCounts, said: Saying | None = None) -> ShownSpeaker:
    """Return a portrait as its page shows it, beside the statements that the archive has ``held`` of each day, and what
    was ``said`` with the words that were asked for."""
    asked = said_by(portrait.name)
    address, over_time = address_of(asked), timeline(asked, portrait.statements, portrait.days, held)
    return ShownSpeaker(
        portrait=portrait,
        all=str(address),
        latest=[
            (each, list(map(_report, portrait.retold.get(each.statement.id, ()))))
            for each in hits(address, portrait.latest)
            if each.statement
        ],
        first=hits(address, portrait.earliest[:1])[0],
        said=_saying(said) if said else None,
        acts=[Link(label("act", each.value), address.toggled("act", each.value), each.count) for each in portrait.acts],
        topics=[Link(word, search_link(reread(asked, text=word))) for word in portrait.topics],
        roles=list(map(_role, portrait.roles)),
        strip=strip(address, over_time, "statement", by_thousand=True),
        years=[
            (
                Link(label("year", each.year), address.toggled("year", each.year), each.said),
                f"{each.statements:,}",
                f"{each.in_a_thousand:.1f}",
            )
            for each in portrait.years
        ],
        sources=[Link(each.value, address.toggled("source", each.value), each.count) for each in portrait.sources],
        companions=[Link(each.value, here(speaker_path(each.value)), each.count) for each in portrait.companions],
        take=[*taking.ways(address), Link("Page as JSON", here(speaker_path(portrait.name, ".json")))],
    )


def _saying(said: Saying) -> ShownSaying:
    address = address_of(said.request)
    ends = hits(address, dict.fromkeys(filter(None, (said.first, said.last))))
    first, last = [*ends, None, None][:2]
    return ShownSaying(said.request.query.text, Link("", str(address), said.total), first, last)


def _report(hit: Hit) -> Link:
    assert hit.statement
    return Link(hit.article.source or "another article", here(statement_path(hit.statement.id)))


def _role(role: Role) -> str:
    first, last = when(role.first), when(role.last)
    return f"{role.role}, {first}" if first == last else f"{role.role}, {first} to {last}"
