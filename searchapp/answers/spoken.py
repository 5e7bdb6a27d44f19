"""What /speakers.json, /speakers/<name>.json, /compare.json and ``speaker --json`` answer, as plain dicts.

Links in them are as in ``payloads``: to pages of what is listed, and to searches as JSON.
"""

from collections.abc import Iterable

from searchapp.analysis import Span
from searchapp.answers import payloads
from searchapp.answers import person_shapes as shapes
from searchapp.answers.address import Address, speaker_path, statement_path
from searchapp.answers.changes import reread
from searchapp.answers.comparison import Comparison
from searchapp.article import Article, Statement
from searchapp.query import Everything
from searchapp.search import Heard, Known, Portrait, Saying, SearchRequest

_SEARCH = "/search.json"


def speakers(
    generation: str, total: int, rows: Iterable[tuple[Known, Heard]], following: str | None, *, root: str = ""
) -> shapes.Speakers:
    """Return a page of those who speak as /speakers.json has it, with the URL of the page after it."""
    return {
        "generation": generation,
        "total": total,
        "listed": [
            {
                "name": known.name,
                "kind": heard.kind,
                "statements": known.statements,
                "articles": known.articles,
                "first": payloads.dated(heard.first),
                "last": payloads.dated(heard.last),
                "link": root + speaker_path(known.name),
            }
            for known, heard in rows
        ],
        "next": following,
    }


def speaker(portrait: Portrait, asked: SearchRequest, said: Saying | None = None, *, root: str = "") -> shapes.Portrait:
    """Return what the archive knows of a speaker as /speakers/<name>.json has it. ``asked`` is the search for all
    statements, ``said`` those with the words that were asked for."""
    tree, address = Everything(), Address(asked, root + _SEARCH)
    return {
        "name": portrait.name,
        "kind": portrait.kind,
        "spellings": list(portrait.spellings),
        "statements": portrait.statements,
        "articles": portrait.articles,
        "acts": [
            {"act": each.value, "statements": each.count, "link": address.toggled("act", each.value)}
            for each in portrait.acts
        ],
        "topics": [
            {"word": word, "link": str(Address(reread(asked, text=word), root + _SEARCH))} for word in portrait.topics
        ],
        "roles": [
            {"role": each.role, "first": payloads.dated(each.first), "last": payloads.dated(each.last)}
            for each in portrait.roles
        ],
        "years": [
            {"year": each.year or None, "statements": each.said, "of": each.statements} for each in portrait.years
        ],
        "sources": [{"source": each.value, "statements": each.count} for each in portrait.sources],
        "companions": [{"name": each.value, "articles": each.count} for each in portrait.companions],
        "latest": [payloads.statement_hit(hit, tree, root) for hit in portrait.latest],
        "retold": [
            {
                "of": first,
                "id": hit.statement.id,
                "source": hit.article.source,
                "published": payloads.dated(hit.article.published),
                "link": root + statement_path(hit.statement.id),
            }
            for first, others in portrait.retold.items()
            for hit in others
            if hit.statement
        ],
        "earliest": [payloads.statement_hit(hit, tree, root) for hit in portrait.earliest],
        "said": _said(said, root) if said else None,
        "link": root + speaker_path(portrait.name),
    }


def _said(said: Saying, root: str) -> shapes.WordsSaid:
    tree = said.request.tree()
    first, last = (payloads.statement_hit(hit, tree, root) if hit else None for hit in (said.first, said.last))
    return {
        "query": said.request.query.text,
        "total": said.total,
        "first": first,
        "last": last,
        "link": str(Address(said.request, root + _SEARCH)),
    }


def comparison(
    found: Comparison, statements: Iterable[tuple[Article, Statement, Iterable[Span]]] = (), *, root: str = ""
) -> shapes.Compared:
    """Return what is compared as /compare.json has it: searches over time, or ``statements``, each with the words that
    only it has."""
    return {
        "unit": found.unit,
        "series": [
            {
                "name": each.name,
                "total": each.total,
                "undated": each.timeline.undated if each.timeline else each.total,
                "gaps": list(each.timeline.gaps) if each.timeline else [],
                "link": str(Address(each.request, root + _SEARCH)),
            }
            for each in found.series
        ],
        "periods": [
            {
                "first": first.first.isoformat(),
                "last": first.last.isoformat(),
                "held": first.held,
                "found": [each.found for each in (first, *others)],
            }
            for first, *others in found.periods
        ],
        "sides": [
            {"statement": payloads.statement(article, said, root=root), "only": list(only)}
            for article, said, only in statements
        ],
    }
