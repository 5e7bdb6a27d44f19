"""Hits as a page shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from searchapp import query
from searchapp.analysis import Span
from searchapp.answers import snippets
from searchapp.answers.address import Address, article_path, quoted, statement_path
from searchapp.article import Article, Statement
from searchapp.search import Hit, SearchRequest
from searchapp.web import layout
from searchapp.web.links import Link, Narrow, here

SPEAKERS = 3  # named below a hit


@dataclass(frozen=True, slots=True)
class Extract:
    """A passage as marked pieces, and whether it begins and ends in the middle of a sentence."""

    pieces: list[layout.Piece]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentences of a statement, or a part of them, as what was said and its attribution."""

    stretches: list[layout.Stretch]
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit as a page shows it. ``heading`` is the title, or the first words of an untitled article; ``in_article``
    leads to where a statement stands."""

    article: Article
    statement: Statement | None
    url: str
    in_article: str
    heading: list[layout.Piece]
    extracts: list[Extract]
    sentence: Sentence | None
    narrow: Narrow
    speakers: list[Link]
    more_speakers: int
    source: Link | None
    place: Link | None


# Hits


def hits(address_of: Address, found: Iterable[Hit], first: int = 0) -> list[ShownHit]:
    """Return hits of a search as a page shows them; their links narrow that search. Hits of a page of results, counted
    from ``first`` on, lead to the hits beside them."""
    tree = address_of.request.tree()
    words = to_mark(address_of.request)
    return [
        _shown(hit, tree, words, address_of.only, hit_url(address_of, hit, number) if first else "")
        for number, hit in enumerate(found, first)
    ]


def hit_url(address_of: Address, hit: Hit, number: int) -> str:
    """Return the URL of a hit's own page that knows the search, and which hit of it this is."""
    path = statement_path(hit.statement.id) if hit.statement else article_path(hit.article.id)
    search = address_of.page(0).partition("?")[2]
    return f"{here(path)}?{search}{'&' if search else ''}hit={number}"


def to_mark(wanted: SearchRequest) -> str:
    """Return what the link to an article or statement ends with, so that the words of a search are marked there."""
    if not has_words(wanted):
        return ""
    return f"?q={quoted(wanted.query.text)}{'&match=any' if wanted.match == 'any' else ''}"


def has_words(wanted: SearchRequest) -> bool:
    """Tell whether a search asks for words of a text, which can be marked in it."""
    return any(isinstance(leaf, query.Text) for leaf in query.leaves(wanted.query.tree, positive=True))


def _shown(hit: Hit, tree: query.Node, words: str, narrow: Narrow, url: str) -> ShownHit:
    article, said = hit.article, hit.statement
    article_url = here(article_path(article.id)) + words
    speakers = said.speakers if said else tuple(each for each in article.speakers if each.type != "unnamed")
    return ShownHit(
        article=article,
        statement=said,
        url=url or (here(statement_path(said.id)) + words if said else article_url),
        in_article=f"{article_url}#s-{said.id}" if said else article_url,
        heading=layout.pieces(article.title or "", snippets.title_marks(article, tree))
        or layout.pieces(layout.opening(article), ()),
        extracts=[_extract(article, each) for each in _body_passages(hit, tree)] if not said else [],
        sentence=sentence(article, said, snippets.statement_marks(article, said, tree)) if said else None,
        narrow=narrow,
        speakers=[Link(each.name, narrow("speaker", each.name)) for each in speakers[:SPEAKERS]],
        more_speakers=max(0, len(speakers) - SPEAKERS),
        source=Link(article.source, narrow("source", article.source)) if article.source else None,
        place=Link(article.place, narrow("place", article.place)) if article.place else None,
    )


def sentence(article: Article, statement: Statement, marks: Sequence[Span], *, whole: bool = False) -> Sentence:
    """Return a statement as its article words it, with ``marks`` (ascending and disjoint) in it; a very long one is cut
    unless the ``whole`` is wanted."""
    shown = Span(statement.start, statement.end)
    if not whole:
        shown = snippets.statement_span(article, statement, layout.touched(marks, shown))
    stretches = layout.as_said(article, statement, marks, shown)
    return Sentence(stretches, shown.start > statement.start, shown.end < statement.end)


def _body_passages(hit: Hit, tree: query.Node) -> Iterable[snippets.Passage]:
    return (each for each in snippets.passages(hit, tree) if each.field == "body")


def _extract(article: Article, passage: snippets.Passage) -> Extract:
    cut_before, cut_after = snippets.cut_ends(article.body, Span(passage.start, passage.end))
    return Extract(layout.pieces(passage.text, passage.marks), cut_before, cut_after)
