"""The tree of a query: its nodes, how trees are built, and what is asked of them.

A tree is settled: each leaf says which field it is about. Engines, snippets and pages see nothing else. Spans
are code points of the query as typed, half-open.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice, pairwise
from typing import Literal

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from searchapp.analysis import Span, stem
from searchapp.fields import Facet, NameField, TextField
from searchapp.written import plain

NOWHERE = Span(0, 0)  # of a node that nobody typed
MOST_NEIGHBOURS = 32  # of one query: those of most questions, and a bound to what they cost


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that stand next to each other. Folded; compared by their stems. ``typed`` are those typed
    with a capital, as names are, or with marks, as written (``searchapp.written``): of what is found, that which has
    them so comes first."""

    field: TextField
    terms: tuple[str, ...]
    span: Span = dataclasses.field(default=NOWHERE, compare=False)
    typed: tuple[str, ...] = dataclasses.field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Exact:
    """One word as it is typed: folded, not stemmed; or a form of it, with its marks or as a name
    (``searchapp.written``)."""

    field: TextField
    term: str
    span: Span = dataclasses.field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin like this: folded, not stemmed."""

    field: TextField
    prefix: str
    span: Span = dataclasses.field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words that are written nearly like this: folded, not stemmed; at most ``distance`` edits away
    (insertions, deletions, substitutions, swaps of neighbours: optimal string alignment)."""

    field: TextField
    term: str
    distance: int
    span: Span = dataclasses.field(default=NOWHERE, compare=False)


Word = Words | Exact | Prefix | Fuzzy


@dataclass(frozen=True, slots=True)
class Link:
    """How two words or phrases stand that are asked for near each other: at most so many ``words`` apart (side by side:
    1), the second ``after`` the first or either way round, and, if a ``unit`` is named, both in the same one."""

    words: int
    after: bool = False
    unit: Literal["", "sentence", "paragraph"] = ""


@dataclass(frozen=True, slots=True)
class Near:
    """Words or phrases that stand near each other, all in one title, body or stretch of what was said. Of each of the
    ``parts`` one alternative will do; a link says how each stands to the one before it."""

    field: TextField
    parts: tuple[tuple[Word, ...], ...]
    links: tuple[Link, ...]
    span: Span = dataclasses.field(default=NOWHERE, compare=False)

    @property
    def all_words(self) -> Iterator[Word]:
        """Every word and phrase, alternatives included."""
        return (word for part in self.parts for word in part)

    @property
    def words(self) -> "Node":
        """What must be found in any case: all parts, wherever they stand."""
        return And(tuple(part[0] if len(part) == 1 else Or(part) for part in self.parts))


@dataclass(frozen=True, slots=True)
class Name:
    """A speaker, source or place whose name holds these folded words next to each other; not stemmed."""

    field: NameField
    terms: tuple[str, ...]
    span: Span = dataclasses.field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Values:
    """A facet whose value is exactly one of these (years as "2021"); the empty value stands for "none"."""

    field: Facet
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """Published in these days: its own first and last day overlap them (both included; None: open). Or added to the
    archive in them, or (statement view only) ``said`` in them (see ``article.said_on``)."""

    first: date | None
    last: date | None
    span: Span = dataclasses.field(default=NOWHERE, compare=False)
    of: Literal["published", "added", "said"] = "published"


@dataclass(frozen=True, slots=True)
class Alike:
    """Article view only: articles that share at least one value with this sketch. It filters, and has no score."""

    sketch: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """All of them."""


@dataclass(frozen=True, slots=True)
class And:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """All but these. It may stand anywhere, also alone."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class InStatement:
    """Article view only: an article one of whose statements satisfies the whole of ``part``
    (made of ``said`` words, speakers, And, Or, Not). It filters, and has no score."""

    part: "Node"


Text = Word | Near
Leaf = Text | Name | Values | Dates | Alike | Everything
Node = Leaf | And | Or | Not | InStatement


@dataclass(frozen=True, slots=True)
class Query:
    """A query as typed, its settled tree, and the words and marks that were left out of it, as typed."""

    text: str
    tree: Node
    left_out: tuple[str, ...] = ()


# Building trees


def conjunction(parts: Iterable[Node]) -> Node:
    """Return the And of ``parts``, flat; of none: Everything. What is asked again asks for nothing more, but words,
    which then count more.

    Beside an InStatement the other parts that concern statements (InStatement; speakers wanted) join it, so
    that all hold in one and the same statement. What is negated stays by itself.
    """
    flat = [part for whole in parts for part in (whole.parts if isinstance(whole, And) else (whole,))]
    flat = [
        part
        for place, part in enumerate(flat)
        if not isinstance(part, Everything) and (isinstance(part, Text) or part not in flat[:place])
    ]
    if any(isinstance(part, InStatement) for part in flat):
        about = [part for part in flat if concerns_statements(part)]
        one = InStatement(conjunction(part.part if isinstance(part, InStatement) else part for part in about))
        flat = [*(part for part in flat if part not in about), one]
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def disjunction(parts: Iterable[Node]) -> Node:
    """Return the Or of ``parts`` (at least one), flat.

    If each asks for a statement, one statement that satisfies either is asked for: it means the same.
    """
    flat = [part for whole in parts for part in (whole.parts if isinstance(whole, Or) else (whole,))]
    inner = [part.part for part in flat if isinstance(part, InStatement)]
    if len(flat) == 1:
        return flat[0]
    return InStatement(disjunction(inner)) if len(inner) == len(flat) else Or(tuple(flat))


def conjoined(tree: Node, narrowing: Sequence[Node]) -> Node:
    """Return a query's tree narrowed by filters. Wanted speakers join an InStatement of the tree."""
    return conjunction([tree, *narrowing])


def concerns_statements(part: Node) -> bool:
    """Say whether a wanted part is about statements only: a speaker, several to choose from, or what is said."""
    match part:
        case InStatement():
            return True
        case Name(field=field) | Values(field=field):
            return field == "speaker"
        case Or(parts=parts):
            return all(isinstance(one, Name | Values) and one.field == "speaker" for one in parts)
    return False


# Asking trees


def in_statement(tree: Node) -> InStatement | None:
    """Return what ``tree`` as a whole asks of one statement, if anything: its top-level InStatement."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return next((part for part in parts if isinstance(part, InStatement)), None)


def leaves(node: Node, *, positive: bool = False) -> Iterator[Leaf]:
    """Yield the leaves of a tree from left to right; with ``positive`` those below a Not are left out."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from leaves(part, positive=positive)
        case InStatement(part=part):
            yield from leaves(part, positive=positive)
        case Not(part=part):
            if not positive:
                yield from leaves(part)
        case _:
            yield node


def mapped(node: Node, change: Callable[[Leaf], Node]) -> Node:
    """Return a tree with each leaf as ``change`` makes it, and what concerns one statement joined again."""
    match node:
        case And(parts=parts):
            return conjunction(mapped(part, change) for part in parts)
        case Or(parts=parts):
            return disjunction(mapped(part, change) for part in parts)
        case InStatement(part=part):
            return InStatement(mapped(part, change))
        case Not(part=part):
            return Not(mapped(part, change))
    return change(node)


def scores(node: Node) -> bool:
    """Say whether hits can differ in relevance: words are wanted, and not only as a filter."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            return any(scores(part) for part in parts)
    return isinstance(node, Text)


def neighbours(tree: Node) -> tuple[Words, ...]:
    """Return what adds to the score of an article that matches ``tree``, and changes nothing of what matches:
    each word of a bare phrase by itself (the parts of ``COVID-19`` too), and bare words typed side by side as
    phrases of two.

    ``engines/ranking.py`` says what each is worth. There are no more than ``MOST_NEIGHBOURS``.
    """
    found: dict[Words, None] = {}
    for run in _runs(tree):
        found |= {Words(each.field, (term,)): None for each in run if len(each.terms) > 1 for term in each.terms}
        found |= {Words(one.field, (one.terms[-1], other.terms[0])): None for one, other in pairwise(run)}
    return tuple(islice(found, MOST_NEIGHBOURS))


def preferred(tree: Node) -> tuple[Exact, ...]:
    """Return what puts articles that match ``tree`` before the others, and changes nothing of what matches: the words
    that all of them have, typed with a capital or with marks, as they are typed. *Manning* also finds *man*, but after
    Manning, and *đường* *Dương*, but after đường.

    ``engines/ranking.py`` says what each is worth.
    """
    parts = map(_as_typed, tree.parts if isinstance(tree, And) else (tree,))
    words = [part for part in parts if isinstance(part, Words) and part.field in ("text", "said")]
    return tuple(dict.fromkeys(Exact(each.field, term) for each in words for term in each.typed))


def _runs(node: Node) -> Iterator[list[Words]]:
    """Yield the bare words asked for, each list of them as they stand beside each other."""
    run: list[Words] = []
    node = _as_typed(node)
    for part in map(_as_typed, node.parts if isinstance(node, And | Or) else (node,)):
        if isinstance(part, Words) and part.field in ("text", "said"):
            run.append(part)
            continue
        yield run
        run = []
        if isinstance(part, And | Or):
            yield from _runs(part)
    yield run


def _as_typed(node: Node) -> Node:
    """Return, of several spellings of what was typed once, the one that was typed."""
    if isinstance(node, Or) and isinstance(node.parts[0], Words) and node.parts[0].span != NOWHERE:
        one = node.parts[0]
        if all(isinstance(part, Words | Exact) and part.span in (one.span, NOWHERE) for part in node.parts):
            return one
    return node


def accepts(leaf: Word) -> tuple[Callable[[str], bool], ...]:
    """Return one predicate for each of the consecutive folded tokens that ``leaf`` matches. Of an Exact that is a form
    the predicate cannot tell whether the word has it: ``written.bears`` can."""
    match leaf:
        case Words(terms=wanted):
            return tuple(_has_stem(stem(term)) for term in wanted)
        case Exact(term=term):
            folded = plain(term)
            return (lambda token: token == folded,)
        case Prefix(prefix=prefix):
            return (lambda token: token.startswith(prefix),)
        case Fuzzy(term=term, distance=distance):
            lengths = range(len(term) - distance, len(term) + distance + 1)
            return (lambda token: len(token) in lengths and OSA.distance(token, term) <= distance,)


def chooses(leaf: Fuzzy) -> Callable[[Iterable[str]], Iterable[str]]:
    """Return what chooses those of many folded tokens that ``leaf`` accepts, in a fifth of the time."""
    within = partial(extract, leaf.term, scorer=OSA.distance, score_cutoff=leaf.distance, limit=None)
    return lambda tokens: (token for token, *_ in within(tokens))


def _has_stem(wanted: str) -> Callable[[str], bool]:
    return lambda token: stem(token) == wanted
