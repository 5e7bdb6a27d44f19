"""What a person types, as a tree; what is asked of such trees; and a tree in words."""

from typing import Literal

from searchapp.query.nodes import (
    Alike,
    And,
    Dates,
    Everything,
    Fuzzy,
    InStatement,
    Leaf,
    Name,
    NameField,
    Node,
    Not,
    Or,
    Prefix,
    Query,
    Text,
    TextField,
    ValueField,
    Values,
    Words,
    accepts,
    conjoined,
    conjunction,
    disjunction,
    in_statement,
    leaves,
    neighbours,
    scores,
)
from searchapp.query.wording import describe

__all__ = [
    "Alike",
    "And",
    "Dates",
    "Everything",
    "Fuzzy",
    "InStatement",
    "Leaf",
    "Name",
    "NameField",
    "Node",
    "Not",
    "Or",
    "Prefix",
    "Query",
    "Text",
    "TextField",
    "ValueField",
    "Values",
    "Words",
    "accepts",
    "conjoined",
    "conjunction",
    "describe",
    "disjunction",
    "in_statement",
    "leaves",
    "neighbours",
    "parse",
    "scores",
]


def parse(
    text: str,
    *,
    match: Literal["all", "any"] = "all",
    view: Literal["articles", "statements"] = "articles",
) -> Query:
    """Read a query; docs/query-language.md says what it may hold. An empty one means everything.

    ``match`` says whether bare words must all occur or any; ``view`` what they are looked for in.
    Raises QueryFault, whose ``mended`` query, where there is one, can be read.
    """
    from searchapp.query.reading import read  # here, so that lark is loaded when there is a query to read

    return read(text, match=match, view=view)
