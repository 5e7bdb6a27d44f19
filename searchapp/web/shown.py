"""What pages show of a search, as the templates take it: hits, facets, years, chips, and ways out of no hits.

All links are made here; they lie below the path prefix of the site and need a request under way.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from flask import request

from searchapp import query, snippets
from searchapp.analysis import Span, tokens
from searchapp.article import Article, Statement
from searchapp.engines.protocol import Engine
from searchapp.errors import QueryFault
from searchapp.fields import FACETS, VIEWS, Facet, View
from searchapp.search import Choice, Filters, Hit, Results, SearchRequest
from searchapp.web import params, payloads, reading

SPEAKERS = 3  # named below a hit
TRIED = 8  # filters and words that a page without hits tries to do without
YEARS_DRAWN = 60
Narrow = Callable[[Facet, str], str]  # from a facet's value to the URL of the search narrowed to it
HEADINGS = {"speaker": "Speaker", "source": "Source", "place": "Place", "year": "Year"}


@dataclass(frozen=True, slots=True)
class Link:
    """Something to follow: what it says, where it leads, and how much is there (None: not counted)."""

    text: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One of a few ways to look at the same search; ``why`` there is no ``url``: its words cannot be read so."""

    text: str
    current: bool
    url: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A value of a facet, and where selecting and excluding it (or no longer) lead."""

    label: str
    count: int
    selected: bool
    excluded: bool
    toggle: str
    exclude: str


@dataclass(frozen=True, slots=True)
class FacetBox:
    """A facet beside the results: its rows, the chosen ones first; ``more`` leads to all of its values."""

    name: Facet
    heading: str
    rows: tuple[Row, ...]
    more: str | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A year of the histogram; ``height`` in percent of the highest. One in which nothing was found has no ``url``."""

    label: str
    count: int
    height: int
    selected: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class Extract:
    """A passage as marked pieces, and whether it begins and ends in the middle of a sentence."""

    pieces: list[reading.Piece]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as a page shows it. ``heading`` is the title, or the first words of an untitled article; ``in_article``
    leads to where a statement stands."""

    article: Article
    statement: Statement | None
    url: str
    in_article: str
    heading: list[reading.Piece]
    extracts: list[Extract]
    quotation: list[reading.Piece]
    narrow: Narrow
    speakers: list[Link]
    more_speakers: int
    source: Link | None
    place: Link | None


def here(path: str) -> str:
    """Return the URL of a path of the site, below its prefix if it has one."""
    return params.quoted(request.script_root) + path


def address(wanted: SearchRequest) -> params.Address:
    """Return where a search is, for the links to its neighbours."""
    return params.Address(wanted, here("/search"))


def search_link(wanted: SearchRequest) -> str:
    """Return the URL of a search."""
    return str(address(wanted))


# Hits


def hits(address: params.Address, results: Results) -> list[Found]:
    """Return the hits of a search as a page shows them; their links narrow that search."""
    tree = address.request.tree()
    words = to_mark(address.request)
    return [_found(hit, tree, words, address.only) for hit in results.hits]


def to_mark(wanted: SearchRequest) -> str:
    """Return what the link to an article or statement ends with, so that the words of a search are marked there."""
    if not has_words(wanted):
        return ""
    return f"?q={params.quoted(wanted.query.text)}{'&match=any' if wanted.match == 'any' else ''}"


def has_words(wanted: SearchRequest) -> bool:
    """Tell whether a search asks for words of a text, which can be marked in it."""
    return any(isinstance(leaf, query.Text) for leaf in query.leaves(wanted.query.tree, positive=True))


def _found(hit: Hit, tree: query.Node, words: str, narrow: Narrow) -> Found:
    article, said = hit.article, hit.statement
    article_url = here(params.article_path(article.id)) + words
    speakers = said.speakers if said else tuple(each for each in article.speakers if each.type != "unnamed")
    return Found(
        article=article,
        statement=said,
        url=here(params.statement_path(said.id)) + words if said else article_url,
        in_article=f"{article_url}#s-{said.id}" if said else article_url,
        heading=reading.pieces(article.title or "", snippets.title_marks(article, tree))
        or reading.pieces(reading.opening(article), ()),
        extracts=[_extract(article, each) for each in _body_passages(hit, tree)] if not said else [],
        quotation=_quoted(hit, tree),
        narrow=narrow,
        speakers=[Link(each.name, narrow("speaker", each.name)) for each in speakers[:SPEAKERS]],
        more_speakers=max(0, len(speakers) - SPEAKERS),
        source=Link(article.source, narrow("source", article.source)) if article.source else None,
        place=Link(article.place, narrow("place", article.place)) if article.place else None,
    )


def _quoted(hit: Hit, tree: query.Node) -> list[reading.Piece]:
    if hit.statement is None:
        return []
    marked = snippets.statement_marks(hit.article, hit.statement, tree)
    return reading.quotation(hit.article, hit.statement, marked)


def _body_passages(hit: Hit, tree: query.Node) -> Iterable[snippets.Passage]:
    return (each for each in snippets.passages(hit, tree) if each.field == "body")


def _extract(article: Article, passage: snippets.Passage) -> Extract:
    cut_before, cut_after = snippets.cut_ends(article.body, Span(passage.start, passage.end))
    return Extract(reading.pieces(passage.text, passage.marks), cut_before, cut_after)


def everything(view: View = "articles") -> params.Address:
    """Return the address of the search that finds all articles or statements."""
    return address(SearchRequest(query.parse("", view=view), view=view, sort="newest"))


# What stands around the hits


def box(address: params.Address, facet: Facet, listed: payloads.Listed) -> FacetBox:
    """Return a facet with its values as rows."""
    choice = address.request.filters.choice(facet)
    rows = tuple(
        Row(
            label=payloads.label(facet, each.value),
            count=each.count,
            selected=each.value in choice.wanted,
            excluded=each.value in choice.unwanted,
            toggle=address.toggled(facet, each.value),
            exclude=address.excluded(facet, each.value),
        )
        for each in listed.values
    )
    more = address.page(0, path=here(params.facet_path(facet))) if listed.more else None
    return FacetBox(facet, HEADINGS[facet], rows, more)


def bars(address: params.Address, results: Results) -> list[Bar]:
    """Return a bar for each year from the first to the last found, or none when it would show nothing."""
    counts = {int(each.value): each.count for each in results.facets["year"].values if each.value}
    if len(counts) < 2 or max(counts) - min(counts) >= YEARS_DRAWN:
        return []
    highest, chosen = max(counts.values()) or 1, address.request.filters.year.wanted
    return [
        Bar(
            label=str(year),
            count=counts.get(year, 0),
            height=max(2, round(100 * counts[year] / highest)) if counts.get(year) else 0,
            selected=str(year) in chosen,
            url=address.toggled("year", str(year)) if counts.get(year) or str(year) in chosen else None,
        )
        for year in range(min(counts), max(counts) + 1)
    ]


def chips(address: params.Address) -> list[Link]:
    """Return what narrows the search beside its words, each leading to the search without it."""
    filters = address.request.filters
    chips = []
    for facet in FACETS:
        choice = filters.choice(facet)
        for value in choice.wanted:
            text = f"{facet} {value}" if value else payloads.NONE[facet]
            chips.append(Link(text, address.toggled(facet, value)))
        for value in choice.unwanted:
            text = f"not {facet} {value}" if value else f"not {payloads.NONE[facet]}"
            chips.append(Link(text, address.excluded(facet, value)))
    if filters.first:
        chips.append(Link(f"from {payloads.written(filters.first)}", address.without("from")))
    if filters.last:
        chips.append(Link(f"to {payloads.written(filters.last)}", address.without("to")))
    return chips


def views(address: params.Address) -> list[Way]:
    """Return articles and statements to choose from."""
    return [_way(address, "view", view, view.capitalize()) for view in VIEWS]


def matches(address: params.Address) -> list[Way]:
    """Return "all words" and "any word" to choose from, when there are several words."""
    if len(address.request.query.text.split()) < 2:
        return []
    return [_way(address, "match", "all", "all words"), _way(address, "match", "any", "any word")]


def sorts(address: params.Address) -> list[Way]:
    """Return the orders to choose from, as what comes first."""
    current = address.request.sort
    return [
        Way("best" if sort == "relevance" else sort, sort == current, address.ordered(sort)) for sort in params.SORTS
    ]


def _way(address: params.Address, name: Literal["view", "match"], value: str, text: str) -> Way:
    current = value == getattr(address.request, name)
    try:
        return Way(text, current, address.page(0) if current else address.reread(name, value))
    except QueryFault as fault:
        return Way(text, current, None, str(fault))


def otherwise(engine: Engine, wanted: SearchRequest) -> list[Link]:
    """Return what would be found with any of the words, without each filter and all of them, with less of both, and
    without each word, counted."""
    tried: dict[str, SearchRequest] = {}
    filters, several = wanted.filters, wanted.match == "all" and len(wanted.query.text.split()) > 1
    if several:
        _try(tried, "With any of the words", wanted, match="any")
    for facet in FACETS:
        choice = filters.choice(facet)
        if choice != Choice():
            named = " and ".join(payloads.label(facet, each) for each in dict.fromkeys(choice.values))
            if by_words := params.by_words(wanted, facet):
                part = params.named(facet, choice.wanted[0])
                tried[f"With {part}, which may be a part of a name"] = by_words
            said = f"Without the filter {facet} {named}" if choice.wanted else f"With {facet} {named} too"
            tried[said] = params.with_choice(wanted, facet, Choice())
    if filters.first or filters.last:
        tried["Without the dates"] = params.without_dates(wanted)
    if filters != Filters():
        tried["Without any filter"] = params.cleared(wanted)
        if several:
            _try(tried, "With any of the words and without any filter", params.cleared(wanted), match="any")
    text = wanted.query.text
    for leaf in query.leaves(wanted.query.tree):
        part, rest = _parted(text, leaf)
        if part and rest:
            _try(tried, f"Without {'the word ' if part.isalnum() else ''}{part}", wanted, text=rest)
    counted = [
        Link(said, search_link(each), engine.search(replace(each, limit=0, facets=())).total)
        for said, each in list(tried.items())[:TRIED]
    ]
    return [link for link in counted if link.count]


def _parted(text: str, leaf: query.Leaf) -> tuple[str, str]:
    """Return a word or phrase of the query ``text`` with what belongs to it alone (its field, its NOT or -, brackets
    around nothing else), and what is left without it."""
    span = getattr(leaf, "span", Span(0, 0))
    before, part, after = text[: span.start], text[span.start : span.end], text[span.end :]
    its_own = re.compile(rf"(?:(?i:{getattr(leaf, 'field', 'date')}):|(?<![^\s():])(?:NOT|-))\Z")
    while True:
        left, right = before.rstrip(), after.lstrip()
        if own := its_own.search(left):
            start, end = own.start(), 0
        elif left.endswith("(") and right.startswith(")"):
            start, end = len(left) - 1, len(after) - len(right) + 1
        else:
            return part, " ".join((before + after).split())
        before, part, after = before[:start], before[start:] + part + after[:end], after[end:]


def _try(tried: dict[str, SearchRequest], said: str, wanted: SearchRequest, **changes: Any) -> None:
    try:
        tried[said] = params.reread(wanted, **changes)
    except QueryFault as fault:
        if "text" in changes and fault.mended:  # an OR or AND is left that stands between nothing now
            tried[said] = params.reread(wanted, text=fault.mended)


def examples(engine: Engine, results: Results) -> Iterable[Link]:
    """Return three searches that find something in this archive, made from what it holds."""
    titles = (hit.article.title for hit in results.hits if hit.article.title)
    word = _telling_word(next(titles, ""))
    if word:
        yield Link(word, search_link(SearchRequest(query.parse(word))))
    names = [each.value for each in results.facets["speaker"].values if each.value]
    for name in names[:1]:
        by_name = Filters(speaker=Choice((name,)))
        said = SearchRequest(query.parse("", view="statements"), view="statements", sort="newest", filters=by_name)
        yield Link(f"what {name} said", search_link(said))
        for hit in engine.search(replace(said, limit=1, facets=())).hits:
            word = _telling_word("".join(each.text for each in _quoted(hit, said.query.tree)))
            text = f'said:{word} speaker:"{name}"'
            if word and '"' not in name:
                yield Link(text, search_link(SearchRequest(query.parse(text))))


def _telling_word(text: str) -> str:
    words = [each.term for each in tokens(text) if each.term.isalpha() and len(each.term) > 4]
    return max(words, key=len, default="")
