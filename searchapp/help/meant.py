"""What may be meant by words that find nothing, or next to nothing: *did you mean*.

Words nearly like them, and words that were parted or joined by mistake, are taken from the archive itself; a mended
query is tried before it is offered.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from searchapp import query
from searchapp.analysis import Span
from searchapp.answers.changes import reread
from searchapp.engines.protocol import Engine
from searchapp.engines.vocabulary import Known, Vocabulary
from searchapp.errors import BadRequest, IndexFault, UnsupportedQuery
from searchapp.help.names import NAMED, names_of
from searchapp.search import Results, SearchRequest

FEW = 20  # articles in which a word stands that may be mistyped: of the Reuters articles 9 have "goverment"
MANY = 20  # hits with which nothing is missed where all words must be there
MORE = 5  # times as common as what is typed a word must be to be meant, and the more the oftener that stands
FEWEST = 2  # articles in which the parts of a word stand that is parted
SHORTEST = 3  # letters of a word that is looked at, and 2 of the parts of one that is parted
MOST_WORDS = 8  # of a query that are looked at
TRIED = 6  # mended queries
OFFERED = 3


class Meant(NamedTuple):
    """A search that may be meant, and how many hits it has."""

    request: SearchRequest
    total: int


@dataclass(frozen=True, slots=True)
class _Typed:
    """A word of the query: its place in it, its folded form, and what it may be instead, the likeliest first."""

    span: Span
    term: str
    others: tuple[str, ...]


def meant(engine: Engine, request: SearchRequest, results: Results) -> list[Meant]:
    """Return searches that find more than ``request`` did, each with its rare words written otherwise; of several
    such words all at once, if that finds something, else one after the other."""
    if request.match == "all" and results.total > MANY:
        return []
    doubtful = [each for each in _typed(engine, request) if each.others]
    found: dict[str, Meant] = {}
    for text in list(dict.fromkeys(_mended(request.query.text, doubtful)))[:TRIED]:
        with suppress(
            BadRequest, IndexFault, UnsupportedQuery
        ):  # a mended query that cannot be read, or answered, is not offered
            changed = reread(request, text=text)
            total = engine.search(replace(changed, limit=0, facets=())).total
            if total > results.total:
                found[text] = Meant(changed, total)
        if len(found) == OFFERED or (found and len(doubtful) > 1):
            break
    return list(found.values())


def _mended(text: str, doubtful: list[_Typed]) -> Iterator[str]:
    """Yield queries with what may be meant: for all doubtful words at once, then for one after the other."""
    if len(doubtful) > 1:
        yield _replaced(text, [(each.span, each.others[0]) for each in doubtful])
    for rank in range(OFFERED):
        for each in doubtful:
            if rank < len(each.others):
                yield _replaced(text, [(each.span, each.others[rank])])


def _replaced(text: str, changes: list[tuple[Span, str]]) -> str:
    for span, other in sorted(changes, reverse=True):
        typed = text[span.start : span.end]
        text = text[: span.start] + (other.title() if typed[:1].isupper() else other) + text[span.end :]
    return text


def _typed(engine: Engine, request: SearchRequest) -> Iterator[_Typed]:
    """Yield the words of a query that stand in few articles, or names; also two that may be one."""
    text, known = request.query.text, engine.words()
    leaves = {leaf.span: leaf for leaf in _single(request.query.tree) if any(leaf.span)}
    words = [each for each in leaves.values() if isinstance(each, query.Words | query.Exact)][:MOST_WORDS]
    counts = known.count(map(_term, words))
    for leaf in words:
        term = _term(leaf)
        if len(term) >= SHORTEST and counts[term] <= FEW:
            total = max(counts[term], _total(engine, request, leaf)) if isinstance(leaf, query.Words) else counts[term]
            if total <= FEW:
                yield _Typed(leaf.span, term, _alternatives(known, term, total))
    for one, other in pairwise(words):
        joined = _term(one) + _term(other)
        rare = min(counts[_term(one)], counts[_term(other)]) <= FEWEST
        if rare and not text[one.span.end : other.span.start].strip(" -") and known.count([joined])[joined]:
            yield _Typed(Span(one.span.start, other.span.end), joined, (joined,))
    for name in leaves.values():
        if isinstance(name, query.Name) and len(name.terms) == 1 and name.field in NAMED:
            of_names = names_of(engine).words(name.field)
            if not of_names.count(name.terms)[name.terms[0]]:
                yield _Typed(name.span, name.terms[0], _alternatives(of_names, name.terms[0], 0))


def _single(tree: query.Node) -> Iterator[query.Words | query.Exact | query.Name]:
    """Yield the wanted words that are one word, and names."""
    for leaf in query.leaves(tree, positive=True):
        if isinstance(leaf, query.Exact | query.Name) or (isinstance(leaf, query.Words) and len(leaf.terms) == 1):
            yield leaf


def _term(leaf: query.Words | query.Exact) -> str:
    return leaf.term if isinstance(leaf, query.Exact) else leaf.terms[0]


def _total(engine: Engine, request: SearchRequest, leaf: query.Words) -> int:
    """Return how many hits a word by itself has, in any of its forms."""
    tree: query.Node = leaf
    if leaf.field == "said" and request.view == "articles":
        tree = query.InStatement(leaf)
    alone = SearchRequest(query.Query("", tree), view=request.view, limit=0, facets=())
    return engine.search(alone).total


def _alternatives(known: Known | Vocabulary, term: str, total: int) -> tuple[str, ...]:
    """Return words nearly like ``term`` that are more common by far, and the two that it may be made of; the
    likeliest first."""
    if not term.isalpha():
        return ()
    near = [word for word, count in known.near(term, 2 * OFFERED) if count >= MORE * total * max(1, total // 2)]
    near = [word for word in near if word.isalpha() and len(word) >= SHORTEST]
    parts = [(term[:at], term[at:]) for at in range(2, len(term) - 1)]
    counts = known.count({part for pair in parts for part in pair}) if len(term) >= 2 * SHORTEST else {}
    parted = sorted(parts, key=lambda pair: min(counts.get(pair[0], 0), counts.get(pair[1], 0)), reverse=True)[:1]
    both = [f"{one} {other}" for one, other in parted if min(counts.get(one, 0), counts.get(other, 0)) > FEWEST]
    return tuple(dict.fromkeys([*near[:1], *both, *near[1:]]))[: OFFERED + 1]
