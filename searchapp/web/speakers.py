"""A speaker's page: what it shows of a portrait, and where its links lead."""

from dataclasses import dataclass

from searchapp.answers.address import speaker_path
from searchapp.answers.timeline import timeline
from searchapp.answers.wording import label, when
from searchapp.engines.portraits import said_by
from searchapp.search import DayCounts, Portrait, Role
from searchapp.web.hits import ShownHit, hits
from searchapp.web.links import Link, address_of, here
from searchapp.web.strips import Strip, strip


@dataclass(frozen=True, slots=True)
class ShownSpeaker:
    """A speaker as a page shows it: ``all`` leads to all statements, each row of years to those of a year."""

    portrait: Portrait
    all: str
    latest: list[ShownHit]
    first: ShownHit
    roles: list[str]
    strip: Strip | None
    years: list[tuple[Link, str, str]]  # of a year: its statements, how many the archive has, and the share
    sources: list[Link]
    companions: list[Link]


def shown(portrait: Portrait, held: DayCounts) -> ShownSpeaker:
    """Return a portrait as its page shows it, beside the statements that the archive has ``held`` of each day."""
    asked = said_by(portrait.name)
    address, over_time = address_of(asked), timeline(asked, portrait.statements, portrait.days, held)
    return ShownSpeaker(
        portrait=portrait,
        all=str(address),
        latest=hits(address, portrait.latest),
        first=hits(address, portrait.earliest[:1])[0],
        roles=list(map(_role, portrait.roles)),
        strip=strip(address, over_time, "statement"),
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
