"""An article and what stands in it: statements, speakers, days; frozen dataclasses."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Literal, get_args

from searchapp.analysis import Span, terms

Precision = Literal["day", "month", "year"]
SpeakerType = Literal["person", "organisation", "unnamed"]
SpeakerKind = Literal[SpeakerType, "joint"]  # of all who say something together
SPEAKER_KINDS: tuple[SpeakerKind, ...] = (*get_args(SpeakerType), "joint")
StatementKind = Literal["direct", "indirect", "mixed"]
Polarity = Literal["affirmed", "denied", "declined", "asked", "conditional"]
"""Whether what is told in a statement was said: that it is so, or that it is not; not at all ("declined to say", "did
not say"); as a question; or as something that would, could or will be said."""
Act = Literal[
    "said", "asked", "demanded", "proposed", "promised", "warned", "praised", "criticised", "agreed", "denied",
    "declined", "thanked", "apologised", "sympathised", "greeted", "thought",
]  # fmt: skip
"""What somebody does by saying something; ``english/verbs.tsv`` tells it of each verb."""
SpeechAct = Act | Literal["conditional"]
SPEECH_ACTS: tuple[SpeechAct, ...] = (*get_args(Act), "conditional")
KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
Confidence = Literal["high", "medium", "low"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
HIGH, MEDIUM = (
    0.9,
    0.75,
)  # from which on confidence is called so: of ten such statements nine are right, or three of four


class Pickled:
    """A base of frozen dataclasses with two fields or more: pickles of them are their type and values alone, which are
    written and read in half the time."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        kind: Any = type(self)
        return kind, _values_of(kind)(self)


@cache
def _values_of(kind: Any) -> "attrgetter[tuple[Any, ...]]":
    return attrgetter(*kind.__match_args__)


@dataclass(frozen=True, slots=True)
class Dated(Pickled):
    """A date as exactly as it is known: the days from ``first`` to ``last``, both included."""

    first: date
    last: date
    precision: Precision
    origin: str  # where it was found: "dateline", "prefix", "metadata", "path", ...


@dataclass(frozen=True, slots=True)
class Speaker(Pickled):
    """Who said something. ``role`` is as written ("Foreign Minister"); an unnamed one is "a spokesman"."""

    name: str
    role: str | None = None
    type: SpeakerType = "person"


@dataclass(frozen=True, slots=True)
class Statement(Pickled):
    """Words attributed to one speaker, or to several at once when joint.

    ``start`` and ``end`` bound the sentence(s) that hold cue and content, in ``Article.body``; ``content`` is
    what was said without the attribution, and is what ``said:`` searches. The evidence: ``subject`` is where the
    words stand that name the source ("the minister"), ``cue`` where the reporting verb stands. ``content`` is empty
    only where nothing was said (``polarity`` "declined"); ``polarity`` keeps a denial from being shown as a claim.
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
    polarity: Polarity = "affirmed"
    act: Act = "said"
    former: tuple[str, ...] = ()  # ids that it had in earlier releases
    base: str = ""  # the verb as dictionaries have it, folded: "say" of "Said"; "" where none tells of it

    @property
    def speaker_kind(self) -> SpeakerKind | Literal[""]:
        """Of what kind the one is who said it, or that several did; "" where nobody is named as the speaker."""
        if len(self.speakers) > 1:
            return "joint"
        return self.speakers[0].type if self.speakers else ""

    @property
    def sureness(self) -> Confidence:
        """Its confidence as one of three steps."""
        return "high" if self.confidence >= HIGH else "medium" if self.confidence >= MEDIUM else "low"

    @property
    def speech_act(self) -> SpeechAct:
        """Polarity and act as one: what is told as denied, declined, asked or conditional is that, whatever the verb
        ("did not promise" is denied), and all else what the verb does."""
        return self.act if self.polarity == "affirmed" else self.polarity


@dataclass(frozen=True, slots=True)
class Removed(Pickled):
    """A piece of the raw text that was cut, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Noticed(Pickled):
    """A field of the raw article that was left out, or believed only in part, and why; the article was kept."""

    field: str  # by the name that the article's JSON has for it
    reason: str


@dataclass(frozen=True, slots=True)
class Corrected(Pickled):
    """What an archivist corrected: a field of the article, or of one of its statements, and what it ``was``."""

    field: str  # by the name that JSON has for it; "speakers" of a statement that is left out where nobody said so
    was: str  # in words, "" if there was none
    by: str = ""  # who says so, when and why, as far as it is told
    on: date | None = None
    why: str = ""
    statement: str = ""  # the id of the statement, "" for the article


@dataclass(frozen=True, slots=True)
class PastVersion(Pickled):
    """A version of an article before the one that counts: what it was called, the time that it tells of itself, as
    ``Article.seen`` has it, and where it lies."""

    id: str
    title: str | None
    seen: str
    path: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Article(Pickled):
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
    noticed: tuple[Noticed, ...] = ()  # of what its metadata say
    number: int | None = None  # which one of its file it is, None where that is one article
    seen: str = ""  # the latest time that it tells of itself (published, updated, fetched), as ISO 8601 writes it
    authors: tuple[str, ...] = ()  # who wrote it, as its byline has them
    past: tuple[PastVersion, ...] = ()  # its versions before this one, the latest first
    corrected: tuple[Corrected, ...] = ()  # by the archivist
    added: date | None = None  # when the archive first took it in (UTC), however often it changed since

    @property
    def year(self) -> str:
        """The year it is listed under, "" if it is undated."""
        return str(self.published.first.year) if self.published else ""


def said_on(article: Article, statement: Statement) -> Dated | None:
    """Return the day on which a statement was made, as far as its sentence tells, else that of its article."""
    return statement.day or article.published


def named(speakers: Iterable[Speaker]) -> list[str]:
    """Return the distinct names under which speakers are listed and found: all but "a spokesman" and the like."""
    return list(dict.fromkeys(speaker.name for speaker in speakers if speaker.type != "unnamed"))


def with_statement_ids(article: Article) -> Article:
    """Return ``article`` with an id for each statement, which stays the same as long as the words of its sentences do,
    whoever is named as the speaker.

    12 hex digits of SHA-256 over the article's id, then 8 over the folded words; an equal one gets ``-2``, ``-3``, ...
    """
    own = _of_article(article.id)
    ids = _numbered(own + _hashed(_words(article, each))[:_WORDS_DIGITS] for each in article.statements)
    statements = (replace(each, id=name) for each, name in zip(article.statements, ids, strict=True))
    return with_former_ids(replace(article, statements=tuple(statements)))


def with_former_ids(article: Article) -> Article:
    """Return ``article`` with the ids that its statements would have had when ids went by the names of speakers, beside
    those that they were given under other names.

    16 hex digits of SHA-256 over article id, speakers and folded text; an equal one has ``-2``, ``-3``, ...
    """
    ids = _numbered(
        _hashed(article.id, "\n".join(speaker.name for speaker in each.speakers), _words(article, each))[
            :_FORMER_DIGITS
        ]
        for each in article.statements
    )
    statements = (
        each if own in each.former else replace(each, former=(*each.former, own))
        for each, own in zip(article.statements, ids, strict=True)
    )
    return replace(article, statements=tuple(statements))


def cited_key(statement_id: str) -> str:
    """Return by which key the article of a statement is found: what the statement's id begins with; an id of the
    earlier form, which tells nothing of the article, is one itself."""
    digits = len(statement_id.split("-")[0])
    return statement_id[:_ARTICLE_DIGITS] if digits == _ARTICLE_DIGITS + _WORDS_DIGITS else statement_id


def cited_keys(article: Article) -> list[str]:
    """Return the keys by which ``article`` is found for the ids of statements that stand in it, or once did."""
    ids = (name for each in article.statements for name in (each.id, *each.former))
    return list(dict.fromkeys((_of_article(article.id), *map(cited_key, ids))))


_ARTICLE_DIGITS, _WORDS_DIGITS, _FORMER_DIGITS = 12, 8, 16  # 12: of a million articles hardly two have one key


def _of_article(article_id: str) -> str:
    return _hashed(article_id)[:_ARTICLE_DIGITS]


def _words(article: Article, statement: Statement) -> str:
    return " ".join(terms(article.body[statement.start : statement.end]))


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _numbered(ids: Iterable[str]) -> Iterator[str]:
    """Yield ids, those that came before with a number."""
    seen: Counter[str] = Counter()
    for each in ids:
        seen[each] += 1
        yield each if seen[each] == 1 else f"{each}-{seen[each]}"
