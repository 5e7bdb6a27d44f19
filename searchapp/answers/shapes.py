"""The objects of JSON that the site and the command line answer: each with all of its keys, which are always there.

docs/api.md says what each key means; ``openapi`` describes them to programs. Offsets are code points, half-open.
"""

from typing import Generic, Literal, TypedDict, TypeVar

from searchapp.article import Act, Polarity, StatementKind
from searchapp.fields import Day, Facet, Match, Sort, View

Pair = tuple[int, int]
Found = TypeVar("Found")


class Date(TypedDict):
    """A date as exactly as it is known; ``day`` only where the day is. All three are written as in 2021-04-27."""

    day: str | None
    first: str
    last: str
    precision: Literal["day", "month", "year"]
    origin: str


class Speaker(TypedDict):
    """Somebody who speaks."""

    name: str | None
    role: str | None
    type: str


class Passage(TypedDict):
    """Where words were found: a stretch of title or body, and the marks in it."""

    field: str
    text: str
    start: int
    end: int
    marks: list[Pair]


class _Found(TypedDict):
    id: str
    title: str | None
    published: Date | None
    updated: Date | None
    source: str | None
    place: str | None
    url: str | None
    speakers: list[Speaker]
    link: str
    passages: list[Passage]


class ArticleHit(_Found):
    """An article that was found."""


class _SaidBy(TypedDict):
    speakers: list[Speaker]


class Said(TypedDict):
    """What was said, but for who said it."""

    verb: str
    kind: StatementKind
    polarity: Polarity
    act: Act
    day: Date | None
    start: int
    end: int
    text: str
    content: list[Pair]
    subject: Pair | None
    cue: Pair | None


class StatementHit(_Found, Said):
    """A statement that was found."""

    article: str


class ArticleStatement(_SaidBy, Said):
    """A statement of an article."""

    confidence: float


class Correction(TypedDict):
    """What an archivist corrected of an article, or of a statement."""

    statement: str | None
    field: str
    was: str | None
    by: str | None
    on: str | None
    why: str | None


class IdentifiedStatement(ArticleStatement):
    """A statement of an article, with its id."""

    id: str


class Statement(IdentifiedStatement):
    """A statement, and in which article it stands."""

    article: str
    title: str | None
    published: Date | None
    source: str | None
    place: str | None
    url: str | None
    corrected: list[Correction]
    link: str


class Cut(TypedDict):
    """What was cut from an article."""

    text: str
    reason: str


class Notice(TypedDict):
    """A field of an article's metadata that could not be used."""

    field: str
    reason: str


class Version(TypedDict):
    """An article as it was before."""

    id: str
    title: str | None
    seen: str | None
    path: str
    line: int | None


class SameStory(TypedDict):
    """Another article that tells the same story."""

    id: str
    title: str | None
    source: str | None
    published: Date | None
    link: str


class IngestedArticle(TypedDict):
    """An article with all that was found in it and cut from it."""

    id: str
    path: str
    title: str | None
    body: str
    published: Date | None
    updated: Date | None
    added: str | None
    source: str | None
    place: str | None
    url: str | None
    language: str
    authors: list[str]
    speakers: list[Speaker]
    statements: list[IdentifiedStatement]
    removed: list[Cut]
    noticed: list[Notice]
    past: list[Version]
    corrected: list[Correction]


class Article(IngestedArticle):
    """An article of an archive, among the others that tell its story."""

    same: list[SameStory]


class Spelling(TypedDict):
    """Another spelling of a name in the query."""

    spelling: str
    total: int
    link: str


class Meant(TypedDict):
    """A search that may be meant."""

    query: str
    total: int
    link: str


class OfName(TypedDict):
    """A search for what is said by, with or about the bearer of a name in the query."""

    name: str
    how: str
    total: int
    link: str


class Period(TypedDict):
    """A day, week, month or year: how many are found in it, of how many the archive holds."""

    first: str
    last: str
    found: int
    held: int
    link: str


class Timeline(TypedDict):
    """What is found over time, and stretches of which the archive holds nothing, in words."""

    unit: str
    periods: list[Period]
    undated: int
    gaps: list[str]


class Value(TypedDict):
    """A value of a facet."""

    value: str
    label: str
    count: int
    selected: bool
    excluded: bool
    link: str


class Search(TypedDict, Generic[Found]):
    """A page of what a search found: articles, or statements."""

    query: str
    understood: str
    view: View
    match: Match
    sort: Sort
    day: Day
    engine: str
    generation: str
    total: int
    also: list[Spelling]
    of_name: list[OfName]
    cut: list[str]
    meant: list[Meant]
    offset: int
    limit: int
    hits: list[Found]
    facets: dict[Facet, list[Value]]
    more: dict[Facet, str | None]
    timeline: Timeline | None
    next: str | None


class FacetPage(TypedDict):
    """A page of a facet's values."""

    facet: Facet
    query: str
    understood: str
    view: View
    match: Match
    generation: str
    total: int
    cut: list[str]
    values: list[Value]
    next: str | None


class Completion(TypedDict):
    """How a query may go on."""

    query: str
    text: str
    kind: str
    articles: int


class Completions(TypedDict):
    """How a query that was typed may go on."""

    query: str
    suggestions: list[Completion]


class Place(TypedDict):
    """Where in a query something is wrong."""

    start: int
    end: int


class Problem(TypedDict):
    """What is wrong, as RFC 9457 has it; ``mended`` leads to what was probably meant."""

    type: str
    title: str
    status: int
    detail: str
    fault: Place | None
    mended: str | None


class Health(TypedDict):
    """That the process answers."""

    status: str


class Ready(Health):
    """That the site answers, and from what."""

    engine: str
    generation: str
    articles: int
    damaged: bool
