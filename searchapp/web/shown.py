"""What pages show of a search, as the templates take it: hits, facets, years, chips, and ways out of no hits.

All links are made here; they lie below the path prefix of the site and need a request under way.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from searchapp import query, snippets
from searchapp.analysis import Span, tokens
from searchapp.engines import Engine
from searchapp.errors import QueryFault
from searchapp.model import (
    FACETS,
    Article,
    Choice,
    Facet,
    Filters,
    Hit,
    Results,
    SearchRequest,
    Statement,
    View,
)
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
    """A year of the histogram; ``height`` in percent of the highest."""

    label: str
    count: int
    height: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class Extract:
    """A passage as marked pieces, and whether it begins and ends in the middle of a sentence."""

    pieces: list[reading.Piece]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as a page shows it. ``heading`` is the title, or the first words of an untitled article."""

    article: Article
    statement: Statement | None
    url: str
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
    words = to_mark(address.request) if _has_words(tree) else ""
    return [_found(hit, tree, words, address.only) for hit in results.hits]


def to_mark(wanted: SearchRequest) -> str:
    """Return what the link to an article or statement ends with, so that the words of a search are marked there."""
    if not wanted.query.text:
        return ""
    return f"?q={params.quoted(wanted.query.text)}{'&match=any' if wanted.match == 'any' else ''}"


def _found(hit: Hit, tree: query.Node, words: str, narrow: Narrow) -> Found:
    article, said = hit.article, hit.statement
    path = params.statement_path(said.id) if said else params.article_path(article.id)
    speakers = said.speakers if said else tuple(each for each in article.speakers if each.type != "unnamed")
    return Found(
        article=article,
        statement=said,
        url=here(path) + words,
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


def _has_words(tree: query.Node) -> bool:
    return any(isinstance(leaf, query.Text) for leaf in query.leaves(tree, positive=True))


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


def box(address: params.Address, results: Results, facet: Facet, *, first: int = 0, limit: int = 10) -> FacetBox:
    """Return a facet with its chosen values and ``limit`` others from the ``first`` on (of years the newest)."""
    choice, counts = address.request.filters.choice(facet), results.facets[facet]
    values = list(counts.values)
    if facet == "year":
        values.sort(key=lambda each: each.value, reverse=True)  # newest first, undated last
    chosen = [each for each in values if each.value in choice.values]
    others = [each for each in values if each.value not in choice.values]
    rows = tuple(
        Row(
            label=payloads.label(facet, each.value),
            count=each.count,
            selected=each.value in choice.wanted,
            excluded=each.value in choice.unwanted,
            toggle=address.toggled(facet, each.value),
            exclude=address.excluded(facet, each.value),
        )
        for each in chosen + others[first : first + limit]
    )
    more = address.page(0, path=here(f"/facets/{facet}")) if counts.more or len(others) > first + limit else None
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
            url=address.toggled("year", str(year)),
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


def matches(address: params.Address) -> list[tuple[str, str, bool]]:
    """Return "all words" and "any word" to choose from, when there are several words."""
    wanted = address.request
    if len(wanted.query.text.split()) < 2:
        return []
    return [
        (f"{match} word{'s' if match == 'all' else ''}", address.reread("match", match), wanted.match == match)
        for match in params.MATCHES
    ]


def otherwise(engine: Engine, wanted: SearchRequest) -> list[Link]:
    """Return what would be found with any of the words, and without each filter and each word, counted."""
    tried: dict[str, SearchRequest] = {}
    if wanted.match == "all" and len(wanted.query.text.split()) > 1:
        _try(tried, "With any of the words", wanted, match="any")
    filters = wanted.filters
    for facet in FACETS:
        choice = filters.choice(facet)
        if choice != Choice():
            named = " and ".join(payloads.label(facet, each) for each in choice.values)
            if by_words := params.by_words(wanted, facet):
                part = params.named(facet, choice.wanted[0])
                tried[f"With {part}, which may be a part of a name"] = by_words
            said = f"Without the filter {facet} {named}" if choice.wanted else f"With {facet} {named} too"
            tried[said] = params.with_choice(wanted, facet, Choice())
    if filters.first or filters.last:
        tried["Without the dates"] = params.without_dates(wanted)
    if filters != Filters():
        tried["Without any filter"] = params.cleared(wanted)
    text = wanted.query.text
    for leaf in query.leaves(wanted.query.tree):
        span = getattr(leaf, "span", Span(0, 0))
        rest = " ".join((text[: span.start] + text[span.end :]).split())
        if span.end > span.start and rest:
            _try(tried, f"Without the word {text[span.start : span.end]}", wanted, text=rest)
    counted = [
        Link(said, search_link(each), engine.search(replace(each, limit=0, facets=())).total)
        for said, each in list(tried.items())[:TRIED]
    ]
    return [link for link in counted if link.count]


def _try(tried: dict[str, SearchRequest], said: str, wanted: SearchRequest, **changes: Any) -> None:
    try:
        tried[said] = params.reread(wanted, **changes)
    except QueryFault:
        return  # a query that cannot do without it


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
