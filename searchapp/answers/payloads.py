"""What /search.json, /facets/<name>.json, /articles/<id>.json, ``search --json`` and ``inspect --json`` answer, as
plain dicts.

Links in them are paths below ``root`` (the path prefix of the site, "" for none): to a hit's page as people read
it; to other searches in the form that was asked for, which is JSON.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from searchapp.answers import shapes, snippets
from searchapp.answers.address import Address, article_path, facet_path, statement_path
from searchapp.answers.changes import with_choice
from searchapp.answers.timeline import Timeline
from searchapp.answers.wording import label, understood
from searchapp.article import Article, Corrected, Dated, Speaker, Statement
from searchapp.fields import FACETS, Facet
from searchapp.query import Node
from searchapp.search import Choice, FacetValue, Hit, Results, SearchRequest

_SEARCH = "/search.json"


class Listed(NamedTuple):
    """Those of a facet's values that a page lists, and whether there are more."""

    values: list[FacetValue]
    more: bool


def search(
    request: SearchRequest,
    results: Results,
    *,
    engine: str,
    root: str = "",
    also: Iterable[tuple[str, SearchRequest, int]] = (),
    meant: Iterable[tuple[SearchRequest, int]] = (),
    of_name: Iterable[tuple[str, str, SearchRequest, int]] = (),
    timeline: Timeline | None = None,
) -> shapes.Search[Any]:
    """Return a page of results as /search.json has it. ``also`` are searches for other spellings of a name in the
    query, each with the spelling and how much it finds; ``meant`` are searches that may be meant, with their totals;
    ``of_name`` those by, with and about a name that is asked for: the name, how, the search, how much it finds;
    ``timeline`` is what was found over time, if that was asked for."""
    address, tree = Address(request, root + _SEARCH), request.tree()
    counted = {facet: results.facets[facet] for facet in FACETS if facet in results.facets}
    return {
        "query": request.query.text,
        "understood": understood(request),
        "view": request.view,
        "match": request.match,
        "sort": request.sort,
        "day": request.day_counted,
        "engine": engine,
        "generation": results.generation,
        "total": results.total,
        "also": [
            {"spelling": spelling, "total": total, "link": Address(wanted, root + _SEARCH).page(0)}
            for spelling, wanted, total in also
        ],
        "of_name": [
            {"name": name, "how": how, "total": total, "link": str(Address(wanted, root + _SEARCH))}
            for name, how, wanted, total in of_name
        ],
        "cut": list(results.cut),
        "meant": [
            {
                "query": other.query.text,
                "total": total,
                "link": str(Address(other, root + _SEARCH)),
            }
            for other, total in meant
        ],
        "offset": request.offset,
        "limit": request.limit,
        "hits": [hit_of(hit, tree, root) for hit in results.hits],
        "facets": {facet: facet_values(address, facet, counts.values) for facet, counts in counted.items()},
        "more": {
            facet: address.page(0, path=f"{root}{facet_path(facet, '.json')}") if counts.more else None
            for facet, counts in counted.items()
        },
        "timeline": over_time(timeline, address) if timeline else None,
        "next": following(address, results),
    }


def completions(typed: str, found: Iterable[Any]) -> shapes.Completions:
    """Return how a query may go on as /suggestions.json has it."""
    return {
        "query": typed,
        "suggestions": [
            {"query": each.query, "text": each.text, "kind": each.kind, "articles": each.articles} for each in found
        ],
    }


def facet(
    address: Address, results: Results, facet: Facet, values: Iterable[FacetValue], following: str | None
) -> shapes.FacetPage:
    """Return a page of a facet's values as /facets/<name>.json has it, with the URL of the page after it."""
    request = address.request
    return {
        "facet": facet,
        "query": request.query.text,
        "understood": understood(with_choice(request, facet, Choice())),
        "view": request.view,
        "match": request.match,
        "generation": results.generation,
        "total": len(results.facets[facet].values),
        "cut": list(results.cut),
        "values": facet_values(address, facet, values),
        "next": following,
    }


def following(address: Address, results: Results, reach: int | None = None) -> str | None:
    """Return the URL of as many hits more, which names the generation these were found in; None after the last, or
    the last within ``reach``."""
    limit, end = address.request.limit, address.request.offset + address.request.limit
    if not limit or end >= min(results.total, reach or results.total):
        return None
    return address.page(end, limit=limit, at=results.generation)


def listed(request: SearchRequest, results: Results, facet: Facet, *, first: int = 0, limit: int = 10) -> Listed:
    """Return a facet's chosen values and ``limit`` others from the ``first`` on, in the order of the results."""
    choice, counts = request.filters.choice(facet), results.facets[facet]
    chosen = [each for each in counts.values if each.value in choice.values]
    others = [each for each in counts.values if each.value not in choice.values]
    return Listed(chosen + others[first : first + limit], counts.more or len(others) > first + limit)


def facet_values(address: Address, facet: Facet, values: Iterable[FacetValue]) -> list[shapes.Value]:
    """Return counted values of a facet; each one's link leads to the search with it selected, or no longer."""
    choice = address.request.filters.choice(facet)
    return [
        {
            "value": each.value,
            "label": label(facet, each.value),
            "count": each.count,
            "selected": each.value in choice.wanted,
            "excluded": each.value in choice.unwanted,
            "link": address.toggled(facet, each.value),
        }
        for each in values
    ]


def article(made: Article) -> shapes.IngestedArticle:
    """Return an article with all that ingest found in it and cut from it."""
    return {
        "id": made.id,
        "path": made.path,
        "title": made.title,
        "body": made.body,
        "published": dated(made.published),
        "updated": dated(made.updated),
        "added": made.added.isoformat() if made.added else None,
        "source": made.source,
        "place": made.place,
        "url": made.url,
        "language": made.language,
        "authors": list(made.authors),
        "speakers": speakers(made.speakers),
        "statements": [{"id": each.id, **_of_article(made, each)} for each in made.statements],
        "removed": [{"text": each.text, "reason": each.reason} for each in made.removed],
        "noticed": [{"field": each.field, "reason": each.reason} for each in made.noticed],
        "past": [
            {"id": each.id, "title": each.title, "seen": each.seen or None, "path": each.path, "line": each.number}
            for each in made.past
        ],
        "corrected": corrected(made.corrected),
    }


def same(articles: Iterable[Article], *, root: str = "") -> list[shapes.SameStory]:
    """Return the other articles that tell the story of one."""
    return [
        {
            "id": each.id,
            "title": each.title,
            "source": each.source,
            "published": dated(each.published),
            "link": root + article_path(each.id),
        }
        for each in articles
    ]


def statement(article: Article, said: Statement, *, root: str = "") -> shapes.Statement:
    """Return one statement, with the article it stands in."""
    return {
        "id": said.id,
        "article": article.id,
        "title": article.title,
        "published": dated(article.published),
        "source": article.source,
        "place": article.place,
        "url": article.url,
        **_of_article(article, said),
        "corrected": corrected(each for each in article.corrected if each.statement in ("", said.id)),
        "link": root + statement_path(said.id),
    }


def problem(
    status: int, title: str, detail: str, *, fault: tuple[int, int] | None = None, mended: str | None = None
) -> shapes.Problem:
    """Return an error as application/problem+json has it (RFC 9457): where in the query, and a link to what is
    probably meant."""
    return {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "fault": {"start": fault[0], "end": fault[1]} if fault else None,
        "mended": mended,
    }


def dated(date: Dated | None) -> shapes.Date | None:
    """Return a date as exactly as it is known; ``day`` only where the day is."""
    if date is None:
        return None
    return {
        "day": date.first.isoformat() if date.precision == "day" else None,
        "first": date.first.isoformat(),
        "last": date.last.isoformat(),
        "precision": date.precision,
        "origin": date.origin,
    }


def speakers(people: Iterable[Speaker]) -> list[shapes.Speaker]:
    """Return speakers as name, role and type."""
    return [{"name": each.name, "role": each.role, "type": each.type} for each in people]


def corrected(some: Iterable[Corrected]) -> list[shapes.Correction]:
    """Return what an archivist corrected."""
    return [
        {
            "statement": each.statement or None,
            "field": each.field,
            "was": each.was or None,
            "by": each.by or None,
            "on": each.on.isoformat() if each.on else None,
            "why": each.why or None,
        }
        for each in some
    ]


def hit_of(hit: Hit, tree: Node, root: str) -> shapes.ArticleHit | shapes.StatementHit:
    """Return a hit of ``tree`` as /search.json has it."""
    return statement_hit(hit, tree, root) if hit.statement else _article_hit(hit, tree, root)


def _article_hit(hit: Hit, tree: Node, root: str) -> shapes.ArticleHit:
    article = hit.article
    return {
        "id": article.id,
        "title": article.title,
        "published": dated(article.published),
        "updated": dated(article.updated),
        "source": article.source,
        "place": article.place,
        "url": article.url,
        "speakers": speakers(article.speakers),
        "link": root + article_path(article.id),
        "passages": _passages(hit, tree),
    }


def statement_hit(hit: Hit, tree: Node, root: str) -> shapes.StatementHit:
    """Return a statement that ``tree`` finds as /search.json has it."""
    assert hit.statement
    article, said = hit.article, hit.statement
    return {
        "id": said.id,
        "article": article.id,
        "title": article.title,
        "published": dated(article.published),
        "updated": dated(article.updated),
        "source": article.source,
        "place": article.place,
        "url": article.url,
        "speakers": speakers(said.speakers),
        **_said(article, said),
        "link": root + statement_path(said.id),
        "passages": _passages(hit, tree),
    }


def _passages(hit: Hit, tree: Node) -> list[shapes.Passage]:
    return [_passage(each) for each in snippets.passages(hit, tree)]


def over_time(timeline: Timeline, address: Address) -> shapes.Timeline:
    """Return what the search at ``address`` finds over time."""
    return {
        "unit": timeline.unit,
        "periods": [
            {
                "first": each.first.isoformat(),
                "last": each.last.isoformat(),
                "found": each.found,
                "held": each.held,
                "link": address.between(each.first, each.last),
            }
            for each in timeline.periods
        ],
        "undated": timeline.undated,
        "gaps": list(timeline.gaps),
    }


def _passage(passage: snippets.Passage) -> shapes.Passage:
    return {
        "field": passage.field,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "marks": list(passage.marks),
    }


def _of_article(article: Article, statement: Statement) -> shapes.ArticleStatement:
    return {
        "speakers": speakers(statement.speakers),
        **_said(article, statement),
        "confidence": statement.confidence,
    }


def _said(article: Article, statement: Statement) -> shapes.Said:
    return {
        "verb": statement.verb,
        "kind": statement.kind,
        "polarity": statement.polarity,
        "act": statement.act,
        "day": dated(statement.day),
        "start": statement.start,
        "end": statement.end,
        "text": article.body[statement.start : statement.end],
        "content": list(statement.content),
        "subject": statement.subject,
        "cue": statement.cue,
    }
