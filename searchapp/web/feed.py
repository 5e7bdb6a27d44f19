"""Hits as entries of a feed: who said what, when, in which outlet, under ids that stay."""

import re
import uuid
from dataclasses import dataclass
from textwrap import shorten

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
    """An entry: ``updated`` is a day, ``day`` that of publication as exactly as it is known, "" if it is not."""

    id: str
    title: str
    link: str
    updated: str
    day: str
    authors: tuple[str, ...]
    speakers: tuple[str, ...]
    outlet: str
    summary: str


def stable_id(kind: str, name: str) -> str:
    """Return the id of what is called so, wherever the site is."""
    return uuid.uuid5(_IDS, f"{kind} {name}").urn


def entry(hit: Hit, tree: Node, root: str) -> Entry:
    """Return a hit of ``tree`` as an entry; its link begins with ``root``."""
    article, said = hit.article, hit.statement
    speakers = tuple(map(in_xml, named(said.speakers if said else article.speakers)))
    passages = [each.text for each in snippets.passages(hit, tree) if each.field == "body"]
    if said:
        sentence = " ".join(article.body[said.start : said.end].split())
        title = f"{' and '.join(each.name for each in said.speakers)}: {shorten(sentence, TITLE, placeholder=' …')}"
    return Entry(
        id=stable_id("statement", said.id) if said else stable_id("article", article.id),
        title=in_xml(title if said else article.title or opening(article)),
        link=root + (statement_path(said.id) if said else article_path(article.id)),
        updated=_changed(article),
        day=citations.exactly(article.published),
        authors=speakers if said else tuple(map(in_xml, article.authors)),
        speakers=speakers,
        outlet=in_xml(article.source or ""),
        summary=in_xml(sentence if said else " … ".join(passages)),
    )


def in_xml(text: str) -> str:
    """Return ``text`` without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


def _changed(article: Article) -> str:
    known = article.updated or article.published
    return known.first.isoformat() if known else _UNDATED
