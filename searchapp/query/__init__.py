"""What a person types, as a tree, and what is asked of such trees."""

from datetime import date
from functools import lru_cache

from searchapp.fields import Match, View
from searchapp.query.dates import period
from searchapp.query.nodes import (
    Alike,
    And,
    Dates,
    Everything,
    Exact,
    Fuzzy,
    InStatement,
    Leaf,
    Link,
    Name,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Query,
    Text,
    Values,
    Word,
    Words,
    accepts,
    chooses,
    concerns_statements,
    conjoined,
    conjunction,
    disjunction,
    in_statement,
    leaves,
    mapped,
    neighbours,
    preferred,
    scores,
)
from searchapp.query.proximity import found_near

__all__ = [
    "Alike",
    "And",
    "Dates",
    "Everything",
    "Exact",
    "Fuzzy",
    "InStatement",
    "Leaf",
    "Link",
    "Name",
    "Near",
    "Node",
    "Not",
    "Or",
    "Prefix",
    "Query",
    "Text",
    "Values",
    "Word",
    "Words",
    "accepts",
    "chooses",
    "concerns_statements",
    "conjoined",
    "conjunction",
    "disjunction",
    "found_near",
    "in_statement",
    "leaves",
    "mapped",
    "neighbours",
    "parse",
    "period",
    "preferred",
    "scores",
]


def parse(text: str, *, match: Match = "all", view: View = "articles") -> Query:
    """Read a query; docs/query-language.md says what it may hold. An empty one means everything.

    ``match`` says whether bare words must all occur or any; ``view`` what they are looked for in.
    Raises QueryFault, whose ``mended`` query, where there is one, can be read.
    """
    return _read(text, match, view, date.today())


@lru_cache(maxsize=256)  # a page reads its query anew for links to other views, and the next pages ask it again
def _read(text: str, match: Match, view: View, today: date) -> Query:  # noqa: ARG001 (last week is another tomorrow)
    from searchapp.query.parser import read  # here, so that lark is loaded when there is a query to read

    return read(text, match=match, view=view)
