"""The same utterance in other articles: what somebody said once, as other outlets quote or report it.

Candidates are statements of the archive that share words with one; a closer look decides. Quoted or reported, cut or
turned round, an utterance keeps the words that mean something, so these are compared, by their stems and in no order.
"""

from datetime import timedelta

from searchapp.analysis import FUNCTION_WORDS, stem, terms
from searchapp.article import Article, Statement, named
from searchapp.engines.protocol import Engine
from searchapp.query import Query, Words, disjunction
from searchapp.search import Filters, Hit, SearchRequest

MOST = 50  # candidates that are looked at, those that share the rarest words
ASKED = 24  # words by which they are found
LEAST = 4  # words that mean something: fewer are such phrases ("no comment at this time")
PART = 0.7  # of the words of the shorter one that stand in the other
APART = timedelta(14)  # between publications: later it is mostly said again
_DENYING = frozenset({"not", "no", "never", "cannot", "nobody", "nothing", "t"})  # as in "won't"


def elsewhere_said(engine: Engine, article: Article, statement: Statement) -> tuple[Hit, ...]:
    """Return the statements of other articles that tell what a statement tells, the oldest first: at most one of each
    article."""
    words = _words(article, statement)
    if len(words) < LEAST or not article.published:
        return ()
    tree = disjunction([Words("said", (word,)) for word in sorted(words, key=len, reverse=True)[:ASKED]])
    days = Filters(first=article.published.first - APART, last=article.published.last + APART)
    asked = SearchRequest(Query("", tree), view="statements", filters=days, limit=MOST, facets=())
    found: dict[str, Hit] = {}
    for hit in engine.search(asked).hits:
        if hit.article.id != article.id and hit.statement and is_same(article, statement, hit.article, hit.statement):
            found.setdefault(hit.article.id, hit)
    return tuple(sorted(found.values(), key=_day))


def is_same(article: Article, statement: Statement, other: Article, said: Statement) -> bool:
    """Say whether two statements tell one utterance: by somebody of the same surname, mostly in the same words, with
    the same numbers, and both as said or both as not."""
    one, two = _words(article, statement), _words(other, said)
    fewest = min(len(one), len(two))
    if fewest < LEAST or len(one & two) < PART * fewest or statement.polarity != said.polarity:
        return False
    if _is_denied(article, statement) != _is_denied(other, said) and len(one ^ two) < 4:
        return False  # but where the denying clause may have been cut
    numbers = [{word for word in words if any(map(str.isdigit, word))} for words in (one, two)]
    if not (numbers[0] <= numbers[1] or numbers[1] <= numbers[0]):
        return False
    return not _surnames(statement).isdisjoint(_surnames(said)) or not (
        named(statement.speakers) and named(said.speakers)
    )


def _is_denied(article: Article, statement: Statement) -> bool:
    return any(not _DENYING.isdisjoint(terms(article.body[start:end])) for start, end in statement.content)


def _words(article: Article, statement: Statement) -> frozenset[str]:
    """Return the stems of the words of a statement that mean something."""
    texts = (article.body[start:end] for start, end in statement.content)
    return frozenset(stem(word) for text in texts for word in terms(text) if word not in FUNCTION_WORDS)


def _surnames(statement: Statement) -> set[str]:
    return {words[-1] for name in named(statement.speakers) if (words := terms(name))}


def _day(hit: Hit) -> tuple[int, str]:
    published = hit.article.published
    return published.first.toordinal() if published else 0, hit.article.id
