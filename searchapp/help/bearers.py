"""A name that is asked for: how much its bearer says, where it is mentioned, and how much others say about it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from typing import Literal, NamedTuple

from searchapp.analysis import terms
from searchapp.answers.changes import reread, with_choice
from searchapp.engines.notes import notes
from searchapp.engines.protocol import Engine
from searchapp.errors import QueryFault
from searchapp.fields import SAID_OF, View
from searchapp.help.names import names_of
from searchapp.query import Everything, Query
from searchapp.search import Choice, SearchRequest

How = Literal["said by", "mentioned in", "said about"]
MOST_LOOKED_AT = 200  # names with the words of one
RARE = 10  # in one of so many of the articles that have a name its bearer speaks at least, or it is mostly a mere word
_NAME = re.compile(r"""(?:speaker:\s?)?(?:"(?P<quoted>[^":()]{2,80})"|(?P<bare>[^\W\d_][^":()*~=|]{1,79}))""", re.I)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_LONGEST = 5  # words of a name
_ASKED: tuple[tuple[How, View, str], ...] = (
    ("said by", "statements", "speaker:"),
    ("mentioned in", "articles", ""),
    ("said about", "statements", "about:"),
)


class OfName(NamedTuple):
    """A search for what is said by or about the bearer of a name, or for what mentions it, and how much it finds."""

    name: str
    how: How
    request: SearchRequest
    total: int


def of_name(engine: Engine, request: SearchRequest) -> list[OfName]:
    """Return the three searches for the name that ``request`` asks for, by its words or by filter, if it is nothing but
    a name and somebody speaks who bears it; else none. They keep its other filters, but for those of statements."""
    name = "" if request.offset else _name(request)
    return list(_counted(engine, request, name)) if name and _is_borne(engine, name) else []


def _is_borne(engine: Engine, name: str) -> bool:
    """Tell whether a speaker has these words as name, or as the last words of it, in any spelling."""
    last = f" {' '.join(terms(name))}"
    named = (" ".join(terms(each.value)) for each in names_of(engine).beginning(name, MOST_LOOKED_AT))
    return any(f" {each}".endswith(last) for each in chain(named, notes(engine).persons.names))


def _counted(engine: Engine, request: SearchRequest, name: str) -> Iterator[OfName]:
    known, plain = notes(engine), replace(request, query=Query("", Everything()), sort="newest")
    for facet in ("speaker", *SAID_OF):
        plain = with_choice(plain, facet, Choice())
    found = []
    for how, view, field in _ASKED:
        with suppress(QueryFault):
            wanted = known.resolved(reread(plain, text=f'{field}"{name}"', view=view, match="all"))
            total = engine.search(replace(wanted, limit=0, facets=(), at="")).total
            if not total and how == "said by":
                return
            found.append(OfName(name, how, wanted, total))
    if len(found) == len(_ASKED) and RARE * found[0].total >= found[1].total:
        yield from found


def _name(request: SearchRequest) -> str:
    """Return the name that is all that a request asks for, "" if it asks for something else."""
    wanted, text = request.filters.speaker.wanted, request.query.text.strip()
    if not text:
        return wanted[0] if len(wanted) == 1 and '"' not in wanted[0] else ""
    typed = _NAME.fullmatch(text)
    name = " ".join((typed["quoted"] or typed["bare"]).split()) if typed and not wanted else ""
    words = name.split()
    if not all(map(_WORD.fullmatch, words)) or not 0 < len(words) <= _LONGEST or {"OR", "AND", "NOT"} & {*words}:
        return ""
    return name
