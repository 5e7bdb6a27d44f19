"""A request changed: other filters, words or view. Nothing here knows of URLs."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from searchapp import query
from searchapp.errors import QueryFault
from searchapp.fields import NAME_FIELDS, Facet, Sort
from searchapp.search import Choice, Filters, SearchRequest


def default_sort(parsed: query.Query) -> Sort:
    """Return the order a query asks for by itself: by relevance when words are scored, else newest first."""
    return "relevance" if query.scores(parsed.tree) else "newest"


def with_choice(request: SearchRequest, facet: Facet, choice: Choice) -> SearchRequest:
    """Return the request with ``choice`` as what is chosen of ``facet``, from its first page."""
    changes: dict[str, Any] = {facet: choice}
    return replace(request, filters=replace(request.filters, **changes), offset=0)


def without_dates(request: SearchRequest) -> SearchRequest:
    """Return the request without its first and last day."""
    return replace(request, filters=replace(request.filters, first=None, last=None, typed=("", "")), offset=0)


def cleared(request: SearchRequest) -> SearchRequest:
    """Return the request without any filter."""
    return replace(request, filters=Filters(), offset=0)


def by_words(request: SearchRequest, facet: Facet) -> SearchRequest | None:
    """Return the request with the value wanted of ``facet`` looked for in names, of which it may be a part
    (``speaker:velikanov``); None when not exactly one name is wanted, or when it cannot be written so."""
    choice = request.filters.choice(facet)
    name, text = choice.wanted[0] if choice.wanted else "", request.query.text
    if facet not in NAME_FIELDS or not name or choice != Choice((name,)):
        return None
    words = f"({text})" if "OR" in text else text
    with suppress(QueryFault):
        return reread(with_choice(request, facet, Choice()), text=f"{words} {named(facet, name)}".strip())
    return None


def named(facet: Facet, name: str) -> str:
    """Return the query that finds a speaker, source or place by words of its name."""
    return f"{facet}:{name}" if name.isalnum() else f'{facet}:"{name}"'


def reread(request: SearchRequest, *, text: str | None = None, **changes: Any) -> SearchRequest:
    """Return the request with other words, match or view, its query parsed anew. Raises QueryFault."""
    words = request.query.text if text is None else text
    changed = replace(request, offset=0, **changes)
    parsed = query.parse(words, match=changed.match, view=changed.view)
    natural = request.sort == default_sort(request.query)
    sort = default_sort(parsed) if natural else request.sort
    return replace(changed, query=parsed, sort=sort, day=changed.day_counted)
