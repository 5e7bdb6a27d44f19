"""The cast of an article: its persons and organisations, and where each is mentioned."""

from dataclasses import dataclass, field

from searchapp.ingest.attribution.offices import Office


@dataclass(slots=True, eq=False)
class Entity:
    """A person, or what may be one, as this article names it."""

    words: tuple[str, ...]  # folded
    name: str
    order: int
    sure: bool
    given: bool = False
    role: str | None = None
    roles: set[str] = field(default_factory=set)  # words of its roles, folded
    countries: set[str] = field(default_factory=set)
    offices: list[Office] = field(default_factory=list)  # the same roles, each by itself
    gender: int = 0  # MALE, FEMALE or 0
    full: int = 0  # how often the whole name stands in the article
    unknown: bool = False  # one of several who bear the name, nobody can tell which
    turn: int = -999  # where it was last named as whom a sentence is about
    generation: str = ""  # what tells a son from his father ("jr")
    group: bool = False  # an organisation after all, as an apposition tells


@dataclass(slots=True, eq=False)
class Mention:
    """A place where a person, a group or a place is named.

    Words ``lead`` to ``first`` are the title, ``first`` to ``last`` (half-open) the name.
    """

    lead: int
    first: int
    last: int
    person: bool
    titled: bool
    weak: bool
    entity: Entity | None = None


@dataclass(slots=True)
class Cast:
    """All mentions of an article, by their first word (the title's) and by their last."""

    entities: list[Entity]
    mentions: list[Mention]
    starting: dict[int, Mention]
    ending: dict[int, Mention]
