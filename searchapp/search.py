"""A search and its answer: request, filters, hits, facets, portraits, what an index holds; frozen dataclasses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from searchapp.analysis import Analysis
from searchapp.article import Article, Dated, SpeakerType, Statement, said_on
from searchapp.fields import FACETS, SAID_OF, Day, Facet, Match, Sort, View
from searchapp.query import Dates, InStatement, Leaf, Node, Not, Query, Values, conjoined, mapped


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted and what is not of one facet's values. The empty value stands for "none"."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """All that are chosen, wanted or not."""
        return (*self.wanted, *self.unwanted)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search beside its query. ``first`` and ``last`` are days, both included; ``typed`` are the two
    as they were typed, if they were."""

    speaker: Choice = Choice()
    speakerkind: Choice = Choice()
    act: Choice = Choice()
    verb: Choice = Choice()
    kind: Choice = Choice()
    confidence: Choice = Choice()
    source: Choice = Choice()
    place: Choice = Choice()
    year: Choice = Choice()
    language: Choice = Choice()
    first: date | None = None
    last: date | None = None
    typed: tuple[str, str] = field(default=("", ""), compare=False)

    def choice(self, facet: Facet) -> Choice:
        """Return what is chosen of ``facet``."""
        chosen: Choice = getattr(self, facet)
        return chosen


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """All that determines a page of results. ``query`` was parsed for the same ``match`` and ``view``.

    ``facets`` names the facets to count (see ``counted``), ``facet_limit`` how many values of each to return at most
    (None: all; of years all are returned); ``days`` asks for a count of each day. ``day`` tells which one of a
    statement counts where it is sorted, narrowed and counted by day (but as a year). ``at`` names the generation to
    answer from as long as it is held, so that pages do not shift; ``Results.generation`` tells which one did.
    """

    query: Query
    match: Match = "all"
    view: View = "articles"
    filters: Filters = Filters()
    sort: Sort = "relevance"
    day: Day = "published"
    offset: int = 0
    limit: int = 10
    facets: tuple[Facet, ...] = FACETS
    facet_limit: int | None = 10
    days: bool = False
    at: str = ""
    synonyms: bool = True  # whether those of words.toml are found, too

    @property
    def day_counted(self) -> Day:
        """Which day counts: articles have only one."""
        return self.day if self.view == "statements" else "published"

    @property
    def counted(self) -> tuple[Facet, ...]:
        """Those of ``facets`` that the hits of the view have: what is told of a statement only statements have."""
        return self.facets if self.view == "statements" else tuple(each for each in self.facets if each not in SAID_OF)

    def tree(self, without: Facet | None = None) -> Node:
        """Return query and filters as one tree, leaving out what is chosen of the facet ``without``.

        A speaker wanted by filter joins ``said:`` in one statement, as ``speaker:`` does; so does what is wanted of a
        statement, such as its act.
        """
        narrowing: list[Node] = []
        for facet in FACETS:
            if facet == without:
                continue
            choice = self.filters.choice(facet)
            if choice.wanted:
                narrowing.append(self._having(facet, choice.wanted))
            if choice.unwanted:
                narrowing.append(Not(self._having(facet, choice.unwanted)))
        if self.filters.first or self.filters.last:
            narrowing.append(Dates(self.filters.first, self.filters.last))
        tree = conjoined(self.query.tree, narrowing)
        return mapped(tree, _of_saying) if self.day_counted == "said" else tree

    def _having(self, facet: Facet, values: tuple[str, ...]) -> Node:
        having = Values(facet, values)
        return InStatement(having) if facet in SAID_OF and self.view == "articles" else having


def _of_saying(leaf: Leaf) -> Node:
    return replace(leaf, of="said") if isinstance(leaf, Dates) and leaf.of == "published" else leaf


@dataclass(frozen=True, slots=True)
class Hit:
    """One found article, or one found statement of an article."""

    article: Article
    statement: Statement | None
    score: float

    def on(self, day: Day) -> Dated | None:
        """Return its day, or of a statement the one that counts."""
        if day == "said" and self.statement:
            return said_on(self.article, self.statement)
        return self.article.published


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value and how many hits would be found with it alone of its facet. The empty value stands for "none"."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The commonest values of a facet (years: all, in order), those chosen always among them; whether there are
    ``more``."""

    values: tuple[FacetValue, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many hits there are of each day, by its proleptic ordinal: by the ``first`` day that a hit may be of, and by
    the ``last``. They differ where only the month or the year is known; undated hits are in neither.

    So all that a search from one day to another finds is told by two sums: what begins up to the last of these days,
    less what ends before the first.
    """

    first: Mapping[int, int]
    last: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits. ``cut`` has a sentence for each thing that was bounded (an expansion, say); ``days`` is None
    where it was not asked for."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, FacetCounts]
    generation: str
    cut: tuple[str, ...] = ()
    days: DayCounts | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """All hits of a request from the ``generation`` that answers it, in order. They are read as they are asked for,
    some at a time, and once; ``total`` counts also those passed over by the request's offset."""

    total: int
    hits: Iterator[Hit]
    generation: str
    cut: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """How much a speaker says in a year ("" for undated), and how many ``statements`` of all the archive has of it."""

    year: str
    said: int
    statements: int

    @property
    def in_a_thousand(self) -> float:
        """So many of a thousand statements of the year are this speaker's."""
        return 1000 * self.said / self.statements if self.statements else 0.0


@dataclass(frozen=True, slots=True)
class Role:
    """A role as it is written, with the days of the first and the last statement read in which it was borne."""

    role: str
    first: Dated | None
    last: Dated | None


@dataclass(frozen=True, slots=True)
class Known:
    """A speaker: how many statements are told, in how many articles. ``words`` are those of the name, folded, and
    ``spelled`` those of its other spellings too, each with a space before it. Who only ever speaks together with others
    is taken for a person."""

    name: str
    kind: SpeakerType
    statements: int
    articles: int
    words: str
    spelled: str


@dataclass(frozen=True, slots=True)
class Heard:
    """When the first and the last statement of a speaker were published; None where that is not known."""

    first: Dated | None
    last: Dated | None


@dataclass(frozen=True, slots=True)
class Saying:
    """How much a search for statements finds, and the first and the last of it; None where it finds nothing."""

    request: SearchRequest
    total: int
    first: Hit | None
    last: Hit | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """What an archive knows of a speaker. ``latest`` and ``earliest`` are the statements at both ends, the newest and
    the oldest first; of what several articles tell ``latest`` has the first report, and ``retold`` the others, by its
    id. ``acts`` count statements that are no plain claim; ``topics`` are the words that the latest statements have more
    often than the archive; ``roles`` are those found in them, the latest first; ``days`` those of all statements.
    ``companions`` speak in the same articles."""

    name: str
    kind: SpeakerType
    spellings: tuple[str, ...]
    statements: int
    articles: int
    latest: tuple[Hit, ...]
    retold: Mapping[str, tuple[Hit, ...]]
    earliest: tuple[Hit, ...]
    acts: tuple[FacetValue, ...]
    topics: tuple[str, ...]
    roles: tuple[Role, ...]
    years: tuple[Year, ...]
    days: DayCounts
    sources: tuple[FacetValue, ...]
    companions: tuple[FacetValue, ...]
    generation: str  # that it is of


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """What a generation holds. ``first`` and ``last`` are the days of the oldest and the newest dated article."""

    engine: str
    generation: str
    articles: int
    statements: int
    speakers: int
    sources: int
    first: date | None
    last: date | None
    built: datetime | None = None
    corpus: str = ""
    schema: int = 0
    analysis: Analysis = field(default_factory=Analysis)  # that made the terms of the articles
    notes: Mapping[str, str] = field(default_factory=dict)
