"""A SearchRequest as a URL: a fixed order, names in it, and no defaults, so that each has one canonical address."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

from searchapp import query
from searchapp.answers.changes import default_sort, reread
from searchapp.fields import FACETS, Day, Facet, Sort
from searchapp.search import SearchRequest

PAGE = 10  # hits
DEFAULTS = {"view": "articles", "match": "all", "day": "published"}
_PLACE = ("page", "offset")  # which hits of the search: a link to another search leaves them out
_PLAIN = re.compile(r"[A-Za-z0-9_.~/-]*")  # what stands in a URL as it is
_FIRST = dict.fromkeys(_PLACE, "")


class Address:
    """The canonical URL of a search as its parameters, each quoted once, from which the URLs of its neighbours are
    written: a page has a hundred links, and each differs from it in one or two parameters.

    All neighbours but ``page`` are first pages, of as many hits. ``path`` is where the site searches, its prefix
    included. The query of ``request`` need not have been parsed for its view and match: only its text goes into URLs.
    """

    __slots__ = ("_around", "_values", "_written", "path", "request")

    def __init__(self, request: SearchRequest, path: str = "/search") -> None:
        self.request, self.path = request, path
        self._values = _values_of(request)
        self._written = {name: _written(name, values) for name, values in self._values.items()}
        self._around: dict[Facet, list[str]] = {}

    def __str__(self) -> str:
        return _url(self.path, self._written.values())

    def page(self, offset: int, *, limit: int = PAGE, path: str = "", at: str = "") -> str:
        """Return the URL of the ``limit`` hits after the first ``offset``, answered from the generation ``at``."""
        return self._with({**_window_of(offset, limit), "at": (at,) if at else ()}, path)

    def toggled(self, facet: Facet, value: str) -> str:
        """Return the URL with ``value`` wanted, or no longer when it was.

        When it becomes wanted, what is left out of its facet no longer is: so as many are found as are counted.
        """
        choice = self.request.filters.choice(facet)
        if value in choice.wanted:
            return self._chosen(facet, _without(choice.wanted, value), choice.unwanted)
        return self._chosen(facet, (*choice.wanted, value), ())

    def excluded(self, facet: Facet, value: str) -> str:
        """Return the URL with ``value`` not wanted, or no longer excluded when it was."""
        choice = self.request.filters.choice(facet)
        others = _without(choice.unwanted, value)
        unwanted = others if value in choice.unwanted else (*others, value)
        return self._chosen(facet, _without(choice.wanted, value), unwanted)

    def only(self, facet: Facet, value: str) -> str:
        """Return the URL with ``value`` as the only one chosen of ``facet``."""
        return self._chosen(facet, (value,), ())

    def between(self, first: date, last: date) -> str:
        """Return the URL with only what is or may be of the days from ``first`` to ``last``."""
        return self._with({"from": (first.isoformat(),), "to": (last.isoformat(),)})

    def without(self, *names: str) -> str:
        """Return the URL without the parameters ``names``."""
        return self._with(dict.fromkeys(names, ()))

    def ordered(self, sort: Sort) -> str:
        """Return the URL of the same hits in another order."""
        return self._with({"sort": _sort(sort, self.request.query)})

    def counting(self, day: Day) -> str:
        """Return the URL of the same search where ``day`` is the one of a statement that counts."""
        return self._with({"day": _unless_default("day", day)})

    def reread(self, name: Literal["view", "match"], value: str) -> str:
        """Return the URL of the same words in another view or match. Raises QueryFault if they cannot be read there."""
        return str(Address(reread(self.request, **{name: value}), self.path))

    def fields(self, *without: str) -> list[tuple[str, str]]:
        """Return what a form has to carry along, as (name, value): all of the first page but the names ``without``."""
        left_out = {*_PLACE, *without}
        return [(name, value) for name, values in self._values.items() if name not in left_out for value in values]

    def _chosen(self, facet: Facet, wanted: Sequence[str], unwanted: Sequence[str]) -> str:
        if facet not in self._around:
            self._around[facet] = self._parted(facet, f"not_{facet}")
        before, between, after = self._around[facet]
        chosen, left_out = _written(facet, wanted), _written(f"not_{facet}", unwanted)
        return _url(self.path, (before, chosen, between, left_out, after))

    def _parted(self, *names: str) -> list[str]:
        """Return what is written of the first page before, between and after the parameters ``names``."""
        stretches: list[list[str]] = [[]]
        for name, written in self._written.items():
            if name in names:
                stretches.append([])
            elif name not in _PLACE:
                stretches[-1].append(written)
        return [_joined(parts) for parts in stretches]

    def _with(self, changes: Mapping[str, Sequence[str]], path: str = "") -> str:
        parts = self._written | _FIRST
        for name, values in changes.items():
            parts[name] = _written(name, values)
        return _url(path or self.path, parts.values())


def canonical(request: SearchRequest, path: str = "/search") -> str:
    """Return the one URL of ``request``, below the site's root: days that were typed in words stand in it as days."""
    return str(Address(replace(request, filters=replace(request.filters, typed=("", ""))), path))


def quoted(value: str) -> str:
    """Return ``value`` as it stands in a URL: / stays, all else is percent-encoded."""
    return value if _PLAIN.fullmatch(value) else _encoded(value)


@lru_cache(maxsize=1 << 12)
def _encoded(value: str) -> str:
    return quote(value, safe="/")


def article_path(identity: str, suffix: str = "") -> str:
    """Return the path of an article below the site's root: / stays, all else is percent-encoded."""
    return f"/articles/{quoted(identity)}{suffix}"


def facet_path(facet: Facet, suffix: str = "") -> str:
    """Return the path of all values of a facet below the site's root."""
    return f"/facets/{facet}{suffix}"


def speaker_path(name: str, suffix: str = "") -> str:
    """Return the path of a speaker below the site's root: / stays, all else is percent-encoded."""
    return f"/speakers/{quoted(name)}{suffix}"


def statement_path(identity: str, suffix: str = "") -> str:
    """Return the path of a statement below the site's root."""
    return f"/statements/{quoted(identity)}{suffix}"


def correction_path(path: str) -> str:
    """Return the path of the page that helps to correct what the page at ``path`` shows."""
    return f"/correct{path}"


def _values_of(request: SearchRequest) -> dict[str, Sequence[str]]:
    """Return the values of all parameters in their fixed order; a default has none."""
    filters = request.filters
    return {
        "q": (request.query.text,) if request.query.text else (),
        "view": _unless_default("view", request.view),
        "match": _unless_default("match", request.match),
        "synonyms": () if request.synonyms else ("off",),
        **{facet: filters.choice(facet).wanted for facet in FACETS},
        **{f"not_{facet}": filters.choice(facet).unwanted for facet in FACETS},
        "from": _day(filters.first, filters.typed[0]),
        "to": _day(filters.last, filters.typed[1]),
        "day": _unless_default("day", request.day_counted),
        "sort": _sort(request.sort, request.query),
        **_window_of(request.offset, request.limit),
        "timeline": ("on",) if request.days else (),
        "at": (),
    }


def _unless_default(name: Literal["view", "match", "day"], value: str) -> Sequence[str]:
    return () if value == DEFAULTS[name] else (value,)


def _day(day: date | None, typed: str) -> Sequence[str]:
    """Return a day as it was typed if that was in words: "last week" is to be another one next week."""
    if day is None:
        return ()
    return (typed if any(map(str.isalpha, typed)) else day.isoformat(),)


def _sort(sort: Sort, parsed: query.Query) -> Sequence[str]:
    return () if sort == default_sort(parsed) else (sort,)


def _window_of(offset: int, limit: int) -> dict[str, Sequence[str]]:
    """Return the values of ``page``, ``limit`` and ``offset``: what is no page of ten hits is not called one."""
    regular = limit == PAGE and not offset % PAGE
    return {
        "page": (str(offset // PAGE + 1),) if regular and offset else (),
        "limit": (str(limit),) if limit != PAGE else (),
        "offset": (str(offset),) if offset and not regular else (),
    }


def _without(values: Sequence[str], value: str) -> Sequence[str]:
    return [each for each in values if each != value]


def _written(name: str, values: Sequence[str]) -> str:
    if len(values) == 1:
        return f"{name}={quoted(values[0])}"
    return "&".join([f"{name}={quoted(value)}" for value in sorted(set(values))])


def _joined(parts: Iterable[str]) -> str:
    return "&".join(filter(None, parts))


def _url(path: str, parts: Iterable[str]) -> str:
    written = _joined(parts)
    return f"{path}?{written}" if written else path
