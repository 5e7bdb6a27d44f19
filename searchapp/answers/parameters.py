"""URL <-> SearchRequest. A request has one canonical URL: a fixed order, names in it, and no defaults.

An empty ``q``, ``from``, ``to``, ``day``, ``view``, ``match`` or ``sort`` is the same as none (forms send them); an
empty facet value stands for "none".
Pages have ten hits; programs may ask for another ``limit``, for what comes after an ``offset``, and for a ``timeline``:
only then these stand in a URL.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any, Protocol, TypeVar, get_args

from searchapp import query
from searchapp.answers.address import DEFAULTS, PAGE, canonical
from searchapp.answers.changes import default_sort
from searchapp.errors import BadRequest
from searchapp.fields import DAYS, FACETS, FIELDS, VIEWS, Day, Facet, Match, Sort, View
from searchapp.search import Choice, Filters, SearchRequest

MAX_PAGE = 1000  # a page past it is not shown
REACH = MAX_PAGE * PAGE  # hits that a person can page through; a program, all
MAX_LIMIT = 1000  # hits that a program may ask for at once
MAX_VALUES = 50  # of one parameter
MAX_VALUE = 1000  # code points
MATCHES: tuple[Match, ...] = get_args(Match)
SORTS: tuple[Sort, ...] = get_args(Sort)
_REPEATABLE = (*FACETS, *(f"not_{facet}" for facet in FACETS))
SWITCH = ("on", "off")
KNOWN = ("q", "view", "match", "synonyms", *_REPEATABLE, "from", "to", "day", "sort", "page", "at")
_SIZED = (*KNOWN, "limit", "offset", "timeline")
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


def taken(args: Args, names: Iterable[str]) -> Given:
    """Return those of ``args`` that a page takes: what forms, trackers and others add to a link is passed over."""
    return Given({name: args.getlist(name) for name in names if args.getlist(name)})


def readable(args: Args, *, sized: bool = False) -> Given:
    """Return those of ``args`` that ``parse`` takes: without the unknown and the malformed ones."""
    kept = Given()
    for name in sorted(_SIZED if sized else KNOWN, key="q".__eq__):  # q last: how it is read depends on the others
        more = Given({**kept, name: args.getlist(name)})
        with suppress(BadRequest):
            parse(more, sized=sized)
            kept = more
    return Given({name: values for name, values in kept.items() if values})


def parse(args: Args, *, sized: bool = False) -> SearchRequest:
    """Return what the parameters of a search URL ask for; ``sized`` allows ``limit``, ``offset`` and ``timeline``.

    Raises BadRequest for an unknown, repeated or malformed parameter, QueryFault for a query that cannot be read.
    """
    refuse_unknown(args, _SIZED if sized else KNOWN)
    text = _one(args, "q")
    match, view = _option(args, "match", MATCHES, DEFAULTS["match"]), _option(args, "view", VIEWS, DEFAULTS["view"])
    since, until = _days(args, "from"), _days(args, "to")
    filters = Filters(
        **{facet: _choice(args, facet) for facet in FACETS},
        first=since[0] if since else None,
        last=until[1] if until else None,
        typed=(_typed(args, "from"), _typed(args, "to")),
    )
    if filters.first and filters.last and filters.first > filters.last:
        raise BadRequest(f"from ({filters.first}) is later than to ({filters.last}): swap the two.")
    offset, limit = _window(args)
    sort = _option(args, "sort", SORTS, None)
    parsed = query.parse(text, match=match, view=view)
    return SearchRequest(
        parsed,
        match=match,
        view=view,
        filters=filters,
        sort=sort or default_sort(parsed),
        day=_day(args, view),
        offset=offset,
        limit=limit,
        at=_one(args, "at")[:MAX_VALUE],
        synonyms=_option(args, "synonyms", SWITCH, "on") == "on",
        days=_option(args, "timeline", SWITCH, "off") == "on",
    )


def refuse_unknown(args: Args, names: Sequence[str]) -> None:
    """Raise BadRequest when ``args`` hold a parameter that is none of ``names``."""
    for name in args:
        if name not in names:
            others = f". The parameters are: {', '.join(names)}." if names else ": this page takes none."
            raise BadRequest(f'There is no parameter "{name[:80]}"{others}')


def mended(args: Args, text: str, path: str = "/search") -> str:
    """Return the URL of the search that ``args`` ask for, as far as they can be read, with ``text`` as its query.

    It finds something else, so it begins at its first page.
    """
    meant = Given({**{name: args.getlist(name) for name in args}, "q": [text]})
    return canonical(replace(parse(readable(meant, sized=True), sized=True), offset=0), path)


def _window(args: Args) -> tuple[int, int]:
    """Return the offset and the limit: of a page, or as a program wants them."""
    limit, page = _whole(args, "limit", PAGE, 0, MAX_LIMIT), _whole(args, "page", 1, 1)
    if args.getlist("page") and args.getlist("offset"):
        raise BadRequest("page and offset mean the same thing: give only one of them.")
    return _whole(args, "offset", (page - 1) * limit, 0), limit


def _whole(args: Args, name: str, default: int, least: int, most: int | None = None) -> int:
    written = _one(args, name, str(default))
    number = int(written) if re.fullmatch(r"0|[1-9][0-9]{0,11}", written) else -1
    if number >= least and (most is None or number <= most):
        return number
    bounds = f"of {least} or more" if most is None else f"from {least} to {most:,}"
    raise BadRequest(f'{name} is "{written[:80]}": it must be a whole number {bounds}.')


def _one(args: Args, name: str, default: str = "") -> str:
    values = args.getlist(name)
    if len(values) > 1:
        raise BadRequest(f"{name} is given {len(values)} times: give it once.")
    return values[0] if values else default


def _option(args: Args, name: str, options: Sequence[Option], default: Any) -> Any:
    value = _one(args, name)
    if not value:
        return default
    if value not in options:
        raise BadRequest(f'{name} is "{value[:80]}": it must be {" or ".join(options)}.')
    return value


def _choice(args: Args, facet: Facet) -> Choice:
    return Choice(_values(args, facet, facet), _values(args, f"not_{facet}", facet))


def _values(args: Args, name: str, facet: Facet) -> tuple[str, ...]:
    values, field = args.getlist(name), FIELDS[facet]
    if len(values) > MAX_VALUES:
        raise BadRequest(f"{name} is given {len(values)} times: at most {MAX_VALUES} are allowed.")
    for value in values:
        if len(value) > MAX_VALUE:
            raise BadRequest(f"A value of {name} has {len(value):,} characters: at most {MAX_VALUE:,} are allowed.")
        if field.form and value and not field.form.fullmatch(value):
            raise BadRequest(f'{name} is "{value[:80]}": write {field.example}, or leave it empty for {field.none}.')
    return tuple(sorted(set(values)))


def _days(args: Args, name: str) -> tuple[date, date] | None:
    """Return the first and the last day of what is typed, as ``date:`` reads it."""
    text = _typed(args, name)
    meant = query.period(text) if text else None
    if text and not meant:
        raise BadRequest(
            f'{name} is "{text[:80]}": write a date that exists, such as 2021-04-27, 2021-04, 2021, 27 April 2021 or '
            "last week."
        )
    return meant


def _day(args: Args, view: View) -> Day:
    """Return which day counts."""
    day: Day = _option(args, "day", DAYS, DEFAULTS["day"])
    if day == "said" and view == "articles":
        raise BadRequest('day is "said", and only statements have such a day: add view=statements, or leave day out.')
    return day


def _typed(args: Args, name: str) -> str:
    return " ".join(_one(args, name)[:MAX_VALUE].split())
