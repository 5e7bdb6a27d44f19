"""The same story in other articles of the archive."""

from searchapp import budget
from searchapp.article import Article
from searchapp.engines.protocol import Engine
from searchapp.query import Alike, Query
from searchapp.sameness import alike
from searchapp.search import SearchRequest

MOST = 200  # articles that are looked at more closely


def elsewhere(engine: Engine, article: Article) -> tuple[Article, ...]:
    """Return the other articles that tell the story of one, the oldest first. Of those that share something with it the
    200 oldest are compared."""
    if not article.sketch:
        return ()
    request = SearchRequest(Query("", Alike(article.sketch)), sort="oldest", limit=MOST, facets=())
    others = (hit.article for hit in engine.search(request).hits if hit.article.id != article.id)
    return tuple(alike(article, map(_in_time, others)))


def _in_time(article: Article) -> Article:
    budget.check()
    return article
