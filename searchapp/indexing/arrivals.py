"""When articles came: the day of their first intake stays theirs, however often they change or are indexed anew."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, date, datetime

from searchapp.article import Article
from searchapp.engines.protocol import Engine
from searchapp.query import Everything, Query
from searchapp.search import SearchRequest

Arrived = Callable[[Article], Article]  # returns an article with its day of intake


def arrived_anew(engine: Engine, held: Collection[str]) -> Arrived:
    """Return what gives the articles of a new generation their days: those of the one before, where that ``held``
    articles that can be read. Reads all of them, in brief."""
    known: dict[str, date | None] = {}
    if held:
        everything = SearchRequest(Query("", Everything()), sort="newest", facets=())
        known = {hit.article.id: hit.article.added for hit in engine.walk(everything, brief=True).hits}
    return _with_day(lambda article: known.get(article.id))


def arrived_since(engine: Engine, held: Collection[str]) -> Arrived:
    """Return what gives the articles of an update their days: it looks up those that the generation before ``held``."""

    def known(article: Article) -> date | None:
        before = engine.get([article.id]).get(article.id) if article.id in held else None
        return before.added if before else None

    return _with_day(known)


def _with_day(known: Callable[[Article], date | None]) -> Arrived:
    today = datetime.now(UTC).date()
    return lambda article: replace(article, added=known(article) or today)
