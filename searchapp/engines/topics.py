"""The words by which some statements are told apart from the rest of their archive: what somebody talks about.

Words are compared by log-likelihood (Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", 1993;
as "keyness" of words in Rayson and Garside, "Comparing Corpora using Frequency Profiling", 2000): which part of the
statements has a word, and which part of the archive's articles. An article has more words than a statement, so a word
that is told is told for good reason.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log

from searchapp.analysis import FUNCTION_WORDS, stem, terms, tokens
from searchapp.engines.protocol import Engine
from searchapp.search import Hit

MOST = 12  # words
WEIGHED = 80  # the commonest words that are compared: an engine that does not list its words is asked for each
LEAST, PART = 2, 20  # a word stands in so many of the statements, and in one of so many, at least
SURE = 3.84  # log-likelihood from which on a word is told: by chance one in twenty has it (chi-square, one degree)
SHORT = 3  # letters at least
# What anybody says in the news: it tells nothing of whom.
_PLAIN = frozenset(
    "also believe called can come going good know like made make may new now one said say says see take think time "
    "told two want way well will would year years".split()
)


def topics(engine: Engine, name: str, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the words that ``hits``, statements of the speaker ``name``, have more often than the archive has them,
    the most telling first, each as it is written most often. Raises what ``Engine.words`` raises."""
    own = {stem(word) for word in terms(name)}
    statements: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for hit in hits:
        found = [(stem(word), text) for word, text in _words(hit)]
        statements.update({root for root, _ in found if root not in own})
        for root, text in found:
            written[root][text] += 1
    least = max(LEAST, len(hits) // PART)
    said = {root: often for root, often in statements.most_common(WEIGHED) if often >= least}
    forms = {root: {term for text in written[root] for term in terms(text)} for root in said}
    counts = engine.words().count(sorted({form for some in forms.values() for form in some}))
    held = {root: max(1, sum(counts[form] for form in some)) for root, some in forms.items()}
    return tuple(_commonest(written[root]) for root in _telling(said, held, len(hits), engine.info().articles))


def _telling(said: Mapping[str, int], held: Mapping[str, int], statements: int, articles: int) -> list[str]:
    """Return the words that are in a larger part of the ``statements`` than of the ``articles``, the most telling
    first."""
    worth = {root: _log_likelihood(often, held[root], statements, articles) for root, often in said.items()}
    told = [root for root, each in worth.items() if each >= SURE and said[root] * articles > held[root] * statements]
    return sorted(told, key=lambda root: (-worth[root], root))[:MOST]


def _log_likelihood(here: int, there: int, all_here: int, all_there: int) -> float:
    share = (here + there) / (all_here + all_there)
    return 2 * (here * log(here / (all_here * share)) + there * log(there / (all_there * share)))


def _words(hit: Hit) -> Iterator[tuple[str, str]]:
    """Yield the words of what was said that mean something, folded and as they are written."""
    for start, end in hit.statement.content if hit.statement else ():
        text = hit.article.body[start:end]
        for token in tokens(text):
            word = token.term
            if len(word) >= SHORT and word.isalpha() and word not in FUNCTION_WORDS and word not in _PLAIN:
                yield word, text[token.start : token.end]


def _commonest(writings: Mapping[str, int]) -> str:
    """Return the commonest writing of a word, with a small letter if it is ever written so: it may begin a sentence."""
    small = {text: often for text, often in writings.items() if text[0].islower()} or writings
    return min(small, key=lambda text: (-small[text], text))
