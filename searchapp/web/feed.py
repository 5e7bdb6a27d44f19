"""Hits as entries of a feed: who said what, when, in which outlet, under ids that stay.

A feed is Atom (RFC 4287), RSS 2.0 or JSON Feed 1.1. feedgen, the library for the first two, would bring more code than
their templates have, and knows neither days that are only known to the month nor the third.
"""

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, time
from textwrap import shorten
from typing import Any

from searchapp.answers import citations, snippets
from searchapp.answers.address import article_path, statement_path
from searchapp.article import Article, named
from searchapp.query import Node
from searchapp.search import Hit
from searchapp.web.layout import opening

ENTRIES = 50  # of a feed
TITLE = 140  # code points of the words of a statement that its title shows
_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "tag:searchapp,2026:feeds")
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNDATED = "1970-01-01"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: ``updated`` is a day, ``day`` that of publication as exactly as it is known, "" if it is not;
    ``published`` is its beginning where it is known to the day."""

    id: str
    title: str
    link: str
    updated: str
    day: str
    published: datetime | None
    authors: tuple[str, ...]
    speakers: tuple[str, ...]
    outlet: str
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: ``itself`` and ``page`` are the addresses of it and of the search, ``built`` is when the index was."""

    id: str
    title: str
    itself: str
    page: str
    built: datetime | None
    entries: list[Entry]


def as_json(feed: Feed, archive: str) -> dict[str, Any]:
    """Return a feed of ``archive`` as JSON Feed (https://www.jsonfeed.org/version/1.1/); what that has no name for
    stands under ``_searchapp``."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{archive}: {feed.title}",
        "home_page_url": feed.page,
        "feed_url": feed.itself,
        "items": list(map(_item, feed.entries)),
    }


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "content_text": entry.summary,
        **({"date_published": entry.published.isoformat()} if entry.published else {}),
        "date_modified": f"{entry.updated}T00:00:00+00:00",
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.speakers),
        "_searchapp": {"published": entry.day, "source": entry.outlet},
    }


def stable_id(kind: str, name: str) -> str:
    """Return the id of what is called so, wherever the site is."""
    return uuid.uuid5(_IDS, f"{kind} {name}").urn


def entry(hit: Hit, tree: Node, root: str) -> Entry:
    """Return a hit of ``tree`` as an entry; its link begins with ``root``."""
    article, said = hit.article, hit.statement
    published = article.published if article.published and article.published.precision == "day" else None
    speakers = tuple(map(in_xml, named(said.speakers if said else article.speakers)))
    passages = [each.text for each in snippets.passages(hit, tree) if each.field == "body"]
    if said:
        sentence = " ".join(article.body[said.start : said.end].split())
        title = f"{' and '.join(each.name for each in said.speakers)}: {shorten(sentence, TITLE, placeholder=' …')}"
    return Entry(
        id=stable_id("statement", said.id) if said else stable_id("article", article.id),
        title=in_xml(title if said else article.title or opening(article)),
        link=root + (statement_path(said.id) if said else article_path(article.id)),
        updated=last_changed(article) or _UNDATED,
        day=citations.exactly(article.published),
        published=datetime.combine(published.first, time(), UTC) if published else None,
        authors=speakers if said else tuple(map(in_xml, article.authors)),
        speakers=speakers,
        outlet=in_xml(article.source or ""),
        summary=in_xml(sentence if said else " … ".join(passages)),
    )


def in_xml(text: str) -> str:
    """Return ``text`` without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def last_changed(article: Article) -> str:
    """Return the latest day that is known of it: of its intake, its last change or its publication; "" for none."""
    known = (article.added, *(each.first for each in (article.updated, article.published) if each))
    return max((each.isoformat() for each in known if each), default="")
