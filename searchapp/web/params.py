"""URL <-> SearchRequest. A request has one canonical URL: a fixed order, names in it, and no defaults.

An empty ``q``, ``from``, ``to``, ``view``, ``match`` or ``sort`` is the same as none (forms send them); an empty facet
value stands for "none".
Pages have ten hits; programs may ask for another ``limit``, and for what comes after an ``offset``: only then these
stand in a URL.
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal, Protocol, TypeVar, get_args
from urllib.parse import quote

from searchapp import query
from searchapp.errors import BadRequest, QueryFault
from searchapp.fields import FACETS, VIEWS, Facet, Match, Sort
from searchapp.search import Choice, Filters, SearchRequest

PAGE = 10  # hits
MAX_PAGE = 1000  # a page past it is not shown
REACH = MAX_PAGE * PAGE  # hits that can be paged through
MAX_LIMIT = 1000  # hits that a program may ask for at once
MAX_VALUES = 50  # of one parameter
MAX_VALUE = 1000  # code points
MATCHES: tuple[Match, ...] = get_args(Match)
SORTS: tuple[Sort, ...] = get_args(Sort)
_DEFAULTS = {"view": "articles", "match": "all"}
_REPEATABLE = (*FACETS, *(f"not_{facet}" for facet in FACETS))
_KNOWN = ("q", "view", "match", *_REPEATABLE, "from", "to", "sort", "page", "at")
_SIZED = (*_KNOWN, "limit", "offset")
_PLACE = ("page", "offset")  # which hits of the search: a link to another search leaves them out
_FIRST = dict.fromkeys(_PLACE, "")
# What others add to the links that people share, to see who follows them: how the names of such parameters begin.
TRACKERS = ("utm_", "fbclid", "gclid", "gbraid", "wbraid", "dclid", "msclkid", "twclid", "igsh", "mc_cid", "mc_eid")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
Option = TypeVar("Option", bound=str)


class Args(Protocol):
    """Parameters that may stand several times, as werkzeug's MultiDict holds them."""

    def __iter__(self) -> Iterator[str]: ...
    def getlist(self, key: str) -> list[str]: ...


class Given(dict[str, list[str]]):
    """Parameters as plain lists."""

    def getlist(self, key: str) -> list[str]:
        """Return the values of a parameter; none of one that is not given."""
        return self.get(key, [])


def untracked(args: Args) -> Given:
    """Return ``args`` without what trackers added."""
    return Given({name: args.getlist(name) for name in args if not name.startswith(TRACKERS)})


def readable(args: Args, *, sized: bool = False) -> Given:
    """Return those of ``args`` that ``parse`` takes: without the unknown and the malformed ones."""
    kept = Given()
    for name in sorted(_SIZED if sized else _KNOWN, key="q".__eq__):  # q last: how it is read depends on the others
        more = Given({**kept, name: args.getlist(name)})
        with suppress(BadRequest):
            parse(more, sized=sized)
            kept = more
    return Given({name: values for name, values in kept.items() if values})


def parse(args: Args, *, sized: bool = False) -> SearchRequest:
    """Return what the parameters of a search URL ask for; ``sized`` allows ``limit`` and ``offset`` among them.

    Raises BadRequest for an unknown, repeated or malformed parameter, QueryFault for a query that cannot be read.
    """
    known(args, _SIZED if sized else _KNOWN)
    text = _one(args, "q")
    match, view = _option(args, "match", MATCHES, _DEFAULTS["match"]), _option(args, "view", VIEWS, _DEFAULTS["view"])
    filters = Filters(
        **{facet: _choice(args, facet) for facet in FACETS},
        first=_day(args, "from", last=False),
        last=_day(args, "to", last=True),
    )
    if filters.first and filters.last and filters.first > filters.last:
        raise BadRequest(f"from ({filters.first}) is later than to ({filters.last}): exchange the two.")
    offset, limit = _window(args)
    sort = _option(args, "sort", SORTS, None)
    parsed = query.parse(text, match=match, view=view)
    return SearchRequest(
        parsed,
        match=match,
        view=view,
        filters=filters,
        sort=sort or default_sort(parsed),
        offset=offset,
        limit=limit,
        at=_one(args, "at")[:MAX_VALUE],
    )


def known(args: Args, names: Sequence[str]) -> None:
    """Raise BadRequest when ``args`` hold a parameter that is none of ``names``."""
    for name in args:
        if name not in names:
            others = f". There are: {', '.join(names)}." if names else ": this page takes none."
            raise BadRequest(f'There is no parameter "{name[:80]}"{others}')


def default_sort(parsed: query.Query) -> Sort:
    """Return the order a query asks for by itself: by relevance when words are scored, else newest first."""
    return "relevance" if query.scores(parsed.tree) else "newest"


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

    def without(self, *names: str) -> str:
        """Return the URL without the parameters ``names``."""
        return self._with(dict.fromkeys(names, ()))

    def ordered(self, sort: Sort) -> str:
        """Return the URL of the same hits in another order."""
        return self._with({"sort": _sort(sort, self.request.query)})

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
    """Return the one URL of ``request``, below the site's root."""
    return str(Address(request, path))


def with_choice(request: SearchRequest, facet: Facet, choice: Choice) -> SearchRequest:
    """Return the request with ``choice`` as what is chosen of ``facet``, from its first page."""
    changes: dict[str, Any] = {facet: choice}
    return replace(request, filters=replace(request.filters, **changes), offset=0)


def without_dates(request: SearchRequest) -> SearchRequest:
    """Return the request without its first and last day."""
    return replace(request, filters=replace(request.filters, first=None, last=None), offset=0)


def cleared(request: SearchRequest) -> SearchRequest:
    """Return the request without any filter."""
    return replace(request, filters=Filters(), offset=0)


def by_words(request: SearchRequest, facet: Facet) -> SearchRequest | None:
    """Return the request with the value wanted of ``facet`` looked for in names, of which it may be a part
    (``speaker:velikanov``); None when not exactly one name is wanted, or when it cannot be written so."""
    choice = request.filters.choice(facet)
    name, text = choice.wanted[0] if choice.wanted else "", request.query.text
    if facet == "year" or not name or choice != Choice((name,)):
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
    return replace(changed, query=parsed, sort=default_sort(parsed) if natural else request.sort)


def mended(args: Args, text: str, path: str = "/search") -> str:
    """Return the URL of the search that ``args`` ask for, as far as they can be read, with ``text`` as its query.

    It finds something else, so it begins at its first page.
    """
    meant = Given({**{name: args.getlist(name) for name in args}, "q": [text]})
    return canonical(replace(parse(readable(meant, sized=True), sized=True), offset=0), path)


@lru_cache(maxsize=1 << 12)
def quoted(value: str) -> str:
    """Return ``value`` as it stands in a URL: / stays, all else is percent-encoded."""
    return quote(value, safe="/")


def article_path(identity: str, suffix: str = "") -> str:
    """Return the path of an article below the site's root: / stays, all else is percent-encoded."""
    return f"/articles/{quoted(identity)}{suffix}"


def facet_path(facet: Facet, suffix: str = "") -> str:
    """Return the path of all values of a facet below the site's root."""
    return f"/facets/{facet}{suffix}"


def statement_path(identity: str, suffix: str = "") -> str:
    """Return the path of a statement below the site's root."""
    return f"/statements/{quoted(identity)}{suffix}"


def _values_of(request: SearchRequest) -> dict[str, Sequence[str]]:
    """Return the values of all parameters in their fixed order; a default has none."""
    filters = request.filters
    return {
        "q": (request.query.text,) if request.query.text else (),
        "view": _unless_default("view", request.view),
        "match": _unless_default("match", request.match),
        **{facet: filters.choice(facet).wanted for facet in FACETS},
        **{f"not_{facet}": filters.choice(facet).unwanted for facet in FACETS},
        "from": (filters.first.isoformat(),) if filters.first else (),
        "to": (filters.last.isoformat(),) if filters.last else (),
        "sort": _sort(request.sort, request.query),
        **_window_of(request.offset, request.limit),
        "at": (),
    }


def _unless_default(name: Literal["view", "match"], value: str) -> Sequence[str]:
    return () if value == _DEFAULTS[name] else (value,)


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


def _window(args: Args) -> tuple[int, int]:
    """Return the offset and the limit: of a page, or as a program wants them."""
    limit, page = _whole(args, "limit", PAGE, 0, MAX_LIMIT), _whole(args, "page", 1, 1)
    if args.getlist("page") and args.getlist("offset"):
        raise BadRequest("page and offset say the same: leave one of them out.")
    return _whole(args, "offset", (page - 1) * limit, 0), limit


def _whole(args: Args, name: str, default: int, least: int, most: int | None = None) -> int:
    written = _one(args, name, str(default))
    number = int(written) if re.fullmatch(r"0|[1-9][0-9]{0,11}", written) else -1
    if number >= least and (most is None or number <= most):
        return number
    bounds = f"from {least} on" if most is None else f"from {least} to {most:,}"
    raise BadRequest(f'{name} is "{written[:80]}": it must be a whole number {bounds}.')


def _one(args: Args, name: str, default: str = "") -> str:
    values = args.getlist(name)
    if len(values) > 1:
        raise BadRequest(f"{name} stands {len(values)} times: it may stand once.")
    return values[0] if values else default


def _option(args: Args, name: str, options: Sequence[Option], default: Any) -> Any:
    value = _one(args, name)
    if not value:
        return default
    if value not in options:
        raise BadRequest(f'{name} is "{value[:80]}": it must be {" or ".join(options)}.')
    return value


def _choice(args: Args, facet: Facet) -> Choice:
    return Choice(_values(args, facet), _values(args, f"not_{facet}"))


def _values(args: Args, name: str) -> tuple[str, ...]:
    values = args.getlist(name)
    if len(values) > MAX_VALUES:
        raise BadRequest(f"{name} stands {len(values)} times: {MAX_VALUES} are the most.")
    for value in values:
        if len(value) > MAX_VALUE:
            raise BadRequest(f"A {name} is {len(value):,} characters long: {MAX_VALUE:,} are the most.")
        if name.endswith("year") and value and not re.fullmatch("[0-9]{4}", value):
            raise BadRequest(f'{name} is "{value[:80]}": write a year such as 2021, or nothing for undated.')
    return tuple(sorted(set(values)))


def _day(args: Args, name: str, *, last: bool) -> date | None:
    text = _one(args, name).strip()
    if not text:
        return None
    written = _DAY.fullmatch(text)
    try:
        if not written:
            raise ValueError
        year, month, day = (int(part) if part else None for part in written.groups())
        assert year is not None
        month = month if month is not None else 12 if last else 1
        if day is None:
            day = calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, day)
    except ValueError:
        raise BadRequest(
            f'{name} is "{text[:80]}": write a day that exists, such as 2021-04-27, or 2021-04, or 2021.'
        ) from None
