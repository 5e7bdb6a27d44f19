"""A speaker's page: what it shows of a portrait, and where its links lead."""

from dataclasses import dataclass

from searchapp.answers.address import speaker_path
from searchapp.answers.wording import label, when
from searchapp.engines.portraits import said_by
from searchapp.search import FacetValue, Portrait, Role
from searchapp.web import narrowing
from searchapp.web.hits import ShownHit, hits
from searchapp.web.links import Link, address_of, here


@dataclass(frozen=True, slots=True)
class ShownSpeaker:
    """A speaker as a page shows it: ``all`` leads to all statements, each bar and row of years to those of a year."""

    portrait: Portrait
    all: str
    latest: list[ShownHit]
    first: ShownHit
    roles: list[str]
    bars: list[narrowing.Bar]
    years: list[tuple[Link, str, str]]  # of a year: its statements, how many the archive has, and the share
    sources: list[Link]
    companions: list[Link]


def shown(portrait: Portrait) -> ShownSpeaker:
    """Return a portrait as its page shows it."""
    address = address_of(said_by(portrait.name))
    return ShownSpeaker(
        portrait=portrait,
        all=str(address),
        latest=hits(address, portrait.latest),
        first=hits(address, portrait.earliest[:1])[0],
        roles=list(map(_role, portrait.roles)),
        bars=narrowing.bars(address, (FacetValue(each.year, each.said) for each in portrait.years)),
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
    )


def _role(role: Role) -> str:
    first, last = when(role.first), when(role.last)
    return f"{role.role}, {first}" if first == last else f"{role.role}, {first} to {last}"
