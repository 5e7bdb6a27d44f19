"""What a person types, as a tree with source spans; and that tree in words.

Two steps: the grammar reads the text into nodes, ``scoped`` then settles what each node is about in the view
asked for. Engines, snippets and pages see only the settled tree.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from searchapp.analysis import Span

TextField = Literal["text", "title", "body", "said"]  # "text": title and body as one combined field
NameField = Literal["speaker", "source", "place"]
ValueField = Literal["speaker", "source", "place", "year"]


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that stand next to each other. Folded; compared by their stems."""

    field: TextField
    terms: tuple[str, ...]
    span: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin like this: folded, not stemmed."""

    field: TextField
    prefix: str
    span: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words that are written nearly like this: folded, not stemmed; at most ``distance`` edits away
    (insertions, deletions, substitutions, swaps of neighbours: optimal string alignment)."""

    field: TextField
    term: str
    distance: int
    span: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Name:
    """A speaker, source or place whose name holds these folded words next to each other; not stemmed."""

    field: NameField
    terms: tuple[str, ...]
    span: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Values:
    """A facet whose value is exactly one of these (years as "2021"); the empty value stands for "none"."""

    field: ValueField
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """Published in these days: its own first and last day overlap them (both included; None: open)."""

    first: date | None
    last: date | None
    span: Span = Span(0, 0)


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
    part: "Node"


@dataclass(frozen=True, slots=True)
class InStatement:
    """Article view only: an article one of whose statements satisfies the whole of ``part``
    (made of ``said`` words, speakers, And, Or, Not). It filters, and has no score."""

    part: "Node"


Node = Words | Prefix | Fuzzy | Name | Values | Dates | Everything | And | Or | Not | InStatement


@dataclass(frozen=True, slots=True)
class Query:
    """A query as typed, and its settled tree."""

    text: str
    tree: Node
