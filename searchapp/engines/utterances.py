"""The same utterance in other articles: what somebody said once, as other outlets quote or report it.

Candidates are statements of the archive that share words with one; a closer look decides. Quoted or reported, cut or
turned round, an utterance keeps the words that mean something, so these are compared, by their stems and in no order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from searchapp.analysis import FUNCTION_WORDS, stem, terms
from searchapp.article import Article, Polarity, Statement, named
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
    return _Told.of(article, statement).is_as(_Told.of(other, said))


def told_once(hits: Iterable[Hit]) -> list[tuple[Hit, ...]]:
    """Return statements in their order, those of different articles that tell one utterance within two weeks as one,
    the oldest first. Each is compared with the first of every other: few are expected."""
    utterances: list[tuple[_Told, list[Hit]]] = []
    for hit in hits:
        if not hit.statement:
            continue
        told = _Told.of(hit.article, hit.statement)
        for first, same in utterances:
            if _may_be_told_again(same, hit) and first.is_as(told):
                same.append(hit)
                break
        else:
            utterances.append((told, [hit]))
    return [tuple(sorted(same, key=_day)) for _, same in utterances]


@dataclass(frozen=True, slots=True)
class _Told:
    """What of a statement is compared: the stems of its words that mean something, and the surnames of its speakers."""

    words: frozenset[str]
    surnames: frozenset[str]
    is_named: bool
    polarity: Polarity
    is_denied: bool

    @classmethod
    def of(cls, article: Article, statement: Statement) -> "_Told":
        named_ = named(statement.speakers)
        surnames = frozenset(words[-1] for name in named_ if (words := terms(name)))
        return cls(
            _words(article, statement), surnames, bool(named_), statement.polarity, _is_denied(article, statement)
        )

    def is_as(self, other: "_Told") -> bool:
        """Say whether both tell one utterance."""
        one, two = self.words, other.words
        fewest = min(len(one), len(two))
        if fewest < LEAST or len(one & two) < PART * fewest or self.polarity != other.polarity:
            return False
        if self.is_denied != other.is_denied and len(one ^ two) < 4:
            return False  # but where the denying clause may have been cut
        numbers = [{word for word in words if any(map(str.isdigit, word))} for words in (one, two)]
        if not (numbers[0] <= numbers[1] or numbers[1] <= numbers[0]):
            return False
        return not self.surnames.isdisjoint(other.surnames) or not (self.is_named and other.is_named)


def _may_be_told_again(same: Sequence[Hit], hit: Hit) -> bool:
    """Say whether a statement of another article than those of an utterance is near enough in time to be it."""
    first, published = same[0].article.published, hit.article.published
    if not first or not published or any(each.article.id == hit.article.id for each in same):
        return False
    return abs(first.first - published.first) <= APART


def _is_denied(article: Article, statement: Statement) -> bool:
    return any(not _DENYING.isdisjoint(terms(article.body[start:end])) for start, end in statement.content)


def _words(article: Article, statement: Statement) -> frozenset[str]:
    """Return the stems of the words of a statement that mean something."""
    texts = (article.body[start:end] for start, end in statement.content)
    return frozenset(stem(word) for text in texts for word in terms(text) if word not in FUNCTION_WORDS)


def _day(hit: Hit) -> tuple[int, str]:
    published = hit.article.published
    return published.first.toordinal() if published else 0, hit.article.id
