"""What flows through the program: frozen dataclasses, without behaviour beyond what follows from their fields."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal, get_args

from searchapp.analysis import Span, terms
from searchapp.query import Dates, Node, Not, Query, Values, conjoined

Precision = Literal["day", "month", "year"]
SpeakerType = Literal["person", "organisation", "unnamed"]
StatementKind = Literal["direct", "indirect", "mixed"]
View = Literal["articles", "statements"]
Match = Literal["all", "any"]
Sort = Literal["relevance", "newest", "oldest"]
Facet = Literal["speaker", "source", "place", "year"]
VIEWS: tuple[View, ...] = get_args(View)
FACETS: tuple[Facet, ...] = ("speaker", "source", "place", "year")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as exactly as it is known: the days from ``first`` to ``last``, both included."""

    first: date
    last: date
    precision: Precision
    origin: str  # where it was found: "dateline", "prefix", "metadata", "path", ...


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said something. ``role`` is as written ("Foreign Minister"); an unnamed one is "a spokesman"."""

    name: str
    role: str | None = None
    type: SpeakerType = "person"


@dataclass(frozen=True, slots=True)
class Statement:
    """Words attributed to one speaker, or to several at once when joint.

    ``start`` and ``end`` bound the sentence(s) that hold cue and content, in ``Article.body``; ``content`` is
    what was said without the attribution, and is what ``said:`` searches. The evidence: ``subject`` is where the
    words stand that name the source ("the minister"), ``cue`` where the reporting verb stands.
    """

    speakers: tuple[Speaker, ...]
    verb: str
    kind: StatementKind
    day: Dated | None
    confidence: float
    start: int
    end: int
    content: tuple[Span, ...]
    id: str = ""  # set by with_statement_ids
    subject: Span | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of the raw text that was cut, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned, dated, attributed article. ``body`` is NFC; paragraphs are parted by an empty line."""

    id: str
    title: str | None
    body: str
    published: Dated | None = None
    updated: Dated | None = None
    source: str | None = None
    place: str | None = None
    url: str | None = None
    language: str = "en"
    speakers: tuple[Speaker, ...] = ()  # those of the statements, and those its metadata names
    statements: tuple[Statement, ...] = ()
    removed: tuple[Removed, ...] = ()
    path: str = ""  # below the corpus
    digest: str = ""  # of the path and the raw bytes
    sketch: tuple[int, ...] = ()  # see sameness.py: articles that share none of these cannot be the same story

    @property
    def year(self) -> str:
        """The year it is listed under, "" if it is undated."""
        return str(self.published.first.year) if self.published else ""


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
    """What narrows a search beside its query. ``first`` and ``last`` are days, both included."""

    speaker: Choice = Choice()
    source: Choice = Choice()
    place: Choice = Choice()
    year: Choice = Choice()
    first: date | None = None
    last: date | None = None

    def choice(self, facet: Facet) -> Choice:
        """Return what is chosen of ``facet``."""
        chosen: Choice = getattr(self, facet)
        return chosen


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """All that determines a page of results. ``query`` was parsed for the same ``match`` and ``view``.

    ``facets`` names the facets to count, ``facet_limit`` how many values of each to return at most (None: all; of years
    all are returned). ``at`` names the generation to answer from as long as it is held, so that pages do not shift;
    ``Results.generation`` tells which one did.
    """

    query: Query
    match: Match = "all"
    view: View = "articles"
    filters: Filters = Filters()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    facets: tuple[Facet, ...] = FACETS
    facet_limit: int | None = 10
    at: str = ""

    def tree(self, without: Facet | None = None) -> Node:
        """Return query and filters as one tree, leaving out what is chosen of the facet ``without``.

        A speaker wanted by filter joins ``said:`` in one statement, as ``speaker:`` does.
        """
        narrowing: list[Node] = []
        for facet in FACETS:
            if facet == without:
                continue
            choice = self.filters.choice(facet)
            if choice.wanted:
                narrowing.append(Values(facet, choice.wanted))
            if choice.unwanted:
                narrowing.append(Not(Values(facet, choice.unwanted)))
        if self.filters.first or self.filters.last:
            narrowing.append(Dates(self.filters.first, self.filters.last))
        return conjoined(self.query.tree, narrowing)


@dataclass(frozen=True, slots=True)
class Hit:
    """One found article, or one found statement of an article."""

    article: Article
    statement: Statement | None
    score: float


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
class Results:
    """A page of hits. ``cut`` has a sentence for each thing that was bounded (an expansion, say)."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, FacetCounts]
    generation: str
    cut: tuple[str, ...] = ()


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
    notes: Mapping[str, str] = field(default_factory=dict)


def named(speakers: Iterable[Speaker]) -> list[str]:
    """Return the distinct names under which speakers are listed and found: all but "a spokesman" and the like."""
    return list(dict.fromkeys(speaker.name for speaker in speakers if speaker.type != "unnamed"))


def with_statement_ids(article: Article) -> Article:
    """Return ``article`` with an id for each statement that stays the same as long as its text and the names of its
    speakers do.

    16 hex digits of SHA-256 over article id, speakers and folded text; an equal one gets ``-2``, ``-3``, ...
    """
    seen: Counter[str] = Counter()
    statements = []
    for statement in article.statements:
        names = "\n".join(speaker.name for speaker in statement.speakers)
        text = " ".join(terms(article.body[statement.start : statement.end]))
        identity = hashlib.sha256("\0".join((article.id, names, text)).encode()).hexdigest()[:16]
        seen[identity] += 1
        suffix = "" if seen[identity] == 1 else f"-{seen[identity]}"
        statements.append(replace(statement, id=identity + suffix))
    return replace(article, statements=tuple(statements))
