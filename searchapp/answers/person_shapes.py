"""The objects of JSON that tell of those who speak: all of them, one, and several beside each other."""

from typing import TypedDict

from searchapp.answers.shapes import Date, Statement, StatementHit
from searchapp.article import SpeakerType


class Listed(TypedDict):
    """A speaker among all."""

    name: str
    kind: SpeakerType
    statements: int
    articles: int
    first: Date | None
    last: Date | None
    link: str


class Speakers(TypedDict):
    """A page of those who speak."""

    generation: str
    total: int
    listed: list[Listed]
    next: str | None


class ActCount(TypedDict):
    """What a speaker does in statements, and in how many."""

    act: str
    statements: int
    link: str


class Topic(TypedDict):
    """A word that a speaker has more often than the archive."""

    word: str
    link: str


class Role(TypedDict):
    """A role of a speaker, and the first and last day on which it was borne."""

    role: str
    first: Date | None
    last: Date | None


class Year(TypedDict):
    """What a speaker said in a year, and how much the archive holds of it."""

    year: str | None
    statements: int
    of: int


class Outlet(TypedDict):
    """A source, and how much a speaker said there."""

    source: str
    statements: int


class Companion(TypedDict):
    """Who else speaks in articles."""

    name: str
    articles: int


class Retold(TypedDict):
    """A statement that tells what another one, ``of``, tells first."""

    of: str
    id: str
    source: str | None
    published: Date | None
    link: str


class WordsSaid(TypedDict):
    """How many statements have some words, and the first and the last of them."""

    query: str
    total: int
    first: StatementHit | None
    last: StatementHit | None
    link: str


class Portrait(TypedDict):
    """What an archive knows of a speaker."""

    name: str
    kind: SpeakerType
    spellings: list[str]
    statements: int
    articles: int
    acts: list[ActCount]
    topics: list[Topic]
    roles: list[Role]
    years: list[Year]
    sources: list[Outlet]
    companions: list[Companion]
    latest: list[StatementHit]
    retold: list[Retold]
    earliest: list[StatementHit]
    said: WordsSaid | None
    link: str


class Series(TypedDict):
    """One of the searches that are compared."""

    name: str
    total: int
    undated: int
    gaps: list[str]
    link: str


class SharedPeriod(TypedDict):
    """The days from ``first`` to ``last``: what the archive holds of them, and what each search finds."""

    first: str
    last: str
    held: int
    found: list[int]


class Side(TypedDict):
    """A statement beside another one, and where words stand that only it has."""

    statement: Statement
    only: list[tuple[int, int]]


class Compared(TypedDict):
    """Searches over time beside each other, or two statements."""

    unit: str | None
    series: list[Series]
    periods: list[SharedPeriod]
    sides: list[Side]
