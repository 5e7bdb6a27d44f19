"""What every engine can do, and the form of what generations hold."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date
from math import inf
from typing import Protocol

from searchapp.analysis import this_analysis
from searchapp.article import Article, Statement
from searchapp.engines.vocabulary import Known
from searchapp.errors import UnsupportedQuery
from searchapp.fields import TextField
from searchapp.search import IndexInfo, Results, SearchRequest, Walk

SCHEMA = 9  # counted up when what generations hold changes its form


class Engine(Protocol):
    """What every engine can do. Each method raises EngineUnavailable when the engine cannot be reached, and
    (but for ``reindex`` and ``lock``) IndexMissing while nothing has been published."""

    def search(self, request: SearchRequest) -> Results:
        """Return a page of hits. Raises UnsupportedQuery rather than approximate."""

    def walk(self, request: SearchRequest, *, brief: bool = False) -> Walk:
        """Return all hits after the request's offset, whatever its limit and facets are, in the order of ``search``.

        They stay those of one generation though others are published meanwhile; where it cannot be read to its end,
        asking for a hit raises EngineUnavailable. ``brief`` allows articles (as hits, not of statements) to come
        without what ``engines/stored.py`` leaves out, which takes a fifth of the time. Raises what ``search`` does.
        """

    def get(self, ids: Iterable[str]) -> Mapping[str, Article]:
        """Return those of the articles that exist, by id."""

    def article_of(self, statement_id: str) -> str | None:
        """Return the id of the article in which a statement stands, or once stood; None if that is not known. An id of
        the form that went by names of speakers is known as long as its statement stands there."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield (article id, digest of its path and raw bytes) of every article, in no order."""

    def profile(self) -> bytes:
        """Return the profile that was published with the articles."""

    def lock(self) -> AbstractContextManager[None]:
        """Keep other writers out meanwhile. Raises IndexBusy when another one is at work."""

    def reindex(
        self, articles: Iterable[Article], *, profile: bytes = b"", corpus: str = "", count: int = 0
    ) -> IndexInfo:
        """Build a new generation and switch to it when it is whole. The old one serves until then, and stays
        as it is if ``articles`` raises or the process dies. Call it inside ``lock()``.

        ``count`` tells how many articles to expect, as far as that is known.
        """

    def update(
        self,
        articles: Iterable[Article],
        *,
        deleted: Iterable[str] = (),
        profile: bytes | None = None,
        corpus: str | None = None,
    ) -> None:
        """Publish the next generation: the current one with these articles added or replaced, those deleted.

        Profile and corpus stay as they are unless others are given.
        """

    def words(self) -> Known:
        """Return the words of the current generation."""

    def info(self) -> IndexInfo:
        """Return what the current generation holds. Where it is damaged, and another one answers, its notes have
        "damage"."""

    def damage(self, pace: float = inf) -> Iterator[str]:
        """Yield a sentence for each part of the index that is damaged, having read it whole: ``pace`` bytes a second at
        most. What is found is not served from then on. Raises IndexFault."""


def runs(field: TextField, article: Article, statement: Statement | None) -> list[str]:
    """Return the texts in one of which words asked for near each other have to stand."""
    title, body = [article.title or ""], [article.body]
    if field == "said":
        return [article.body[start:end] for start, end in statement.content] if statement else []
    return title if field == "title" else body if field == "body" else title + body


def too_many(near: int, most: int) -> UnsupportedQuery:
    """Say that there are more texts than can be looked through for words that stand near each other."""
    return UnsupportedQuery(
        f"The words asked for near each other stand in {near:,} texts or more, and only {most:,} can be looked through "
        "for sentences, paragraphs, phrases and beginnings of words: ask for whole words near each other, as in w/25, "
        "or for rarer ones."
    )


def day(ordinal: int) -> date | None:
    """Return the day of an ordinal, 0 being no day."""
    return date.fromordinal(ordinal) if ordinal else None


def other_terms(info: IndexInfo) -> str:
    """Say what is wrong with an index whose words became other terms than they would here; "" if they did not."""
    here = this_analysis()
    if info.analysis.fingerprint == here.fingerprint:
        return ""
    return f"was written with {info.analysis.versions}, but {here.versions} would index some words differently"
