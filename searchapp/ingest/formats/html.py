"""HTML pages, a file an article: main text, metadata, and what the page shows beside."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import Any, BinaryIO

from lxml.etree import LxmlError, iterwalk
from lxml.html import HtmlElement
from trafilatura import bare_extraction, load_html
from trafilatura.metadata import examine_meta, extract_meta_json, extract_title
from trafilatura.settings import Document

from searchapp.analysis import letters
from searchapp.article import Dated, Removed
from searchapp.calendar import EPOCH
from searchapp.errors import Rejected
from searchapp.ingest.dating.bounds import believed
from searchapp.ingest.dating.dates import find_dates
from searchapp.ingest.dating.details import MAX_DETAILS
from searchapp.ingest.dating.metadata import parse_date
from searchapp.ingest.dating.stamps import Stamped
from searchapp.ingest.formats.decoding import beginning, decode, tidy
from searchapp.ingest.formats.markup import LINE, blocks_of, left_out, speaking, without_toolbars
from searchapp.ingest.formats.text import bare, from_text, one_line, original, web_address, whole
from searchapp.ingest.raw import MAX_NAME, MAX_TITLE, MAX_URL, Item, Raw
from searchapp.ingest.reasons import Reason
from searchapp.sanitize import plain

_PAGE = re.compile(
    r"\s{0,99}(?:<!--(?:(?!-->).){0,500}-->\s{0,99}|<\?xml[^>]{0,200}\?>\s{0,99}){0,5}"
    r"<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published",
    "publishdate", "publish_date", "pubdate", "publication_date", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "date", "datecreated",
    "article.published", "cxenseparse:recs:publishtime",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "lastmod", "article.updated",
)  # fmt: skip
_ARTICLE_TYPES = ("Article", "Posting", "Report", "Review")
_RULE = re.compile(r"\|[|\s:-]*")  # what extraction draws below the head of a table
_MAX_NODES = 1_000  # of one script of JSON-LD
# What stands around JSON-LD, and in it, that is no JSON: comments, marks of CDATA, a comma before a bracket.
_WRAPPING = re.compile(
    r"\A[\s;]{0,99}(?:(?://|/\*)?\s{0,9}<!(?:--|\[CDATA\[)\s{0,9}(?:\*/)?\s{0,99})+"
    r"|\s{0,99}(?:(?://|/\*)?\s{0,9}(?:-->|\]\]>)\s{0,9}(?:\*/)?\s{0,99}|;)[\s;]{0,99}\Z"
)
_COMMA_TOO_MANY = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s{0,99}[\]}])', re.DOTALL)
# What is not the article's own, and what is not shown.
_BESIDE = frozenset("aside nav figcaption script style noscript template iframe svg select button".split())
_COMMENTS = re.compile(r"(?<![a-z])comments?(?:list|area|section)?(?![a-z])|disqus")
_SNAPSHOT = re.compile(r"https?://archive\.(?:today|ph|is|li|vn|md|fo)/")  # whose addresses do not name the page
_BLANKS = re.compile(r"\s+")
_WITHIN_A_WORD = frozenset("b em font i strong sub sup u wbr".split())
_WITHIN_A_LINE = frozenset("a abbr label small span time".split())


class Html:
    """Pages as browsers and scrapers save them."""

    called = "web pages (HTML)"
    suffixes = (".html", ".htm")

    def sniff(self, head: bytes) -> bool:
        """Say whether a page begins so."""
        return is_page(beginning(head))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the file as its one item."""
        yield whole(stream, path)

    def identify(self, item: Item) -> str:
        """Return the path without what tells its type."""
        return bare(item.path, (*self.suffixes, ".txt"))

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in the main text and what the page says of itself."""
        return from_html(raw, decode(item.data, html=True))


def is_page(text: str) -> bool:
    """Say whether a text is an HTML page, by how it begins."""
    return bool(_PAGE.match(text))


def from_html(raw: Raw, page: str) -> Raw:
    """Fill in what an HTML page says of itself, and its main text. What is none but text is read as text."""
    tree = _tree(page)
    if tree is None:
        return from_text(raw, page)
    copied = without_toolbars(tree)
    meta = _meta_tags(tree)
    published = _first_date(map(meta.get, _PUBLISHED))
    updated = _first_date(map(meta.get, _MODIFIED))
    shown = "" if _is_settled(published, updated) else tidy(_shown(tree, stamped=_is_stamped(tree, published)))
    struck = speaking(tree)
    blocks = blocks_of(tree)
    document = _document(tree, raw.url)
    main = (document.text if document else None) or ""
    lines = (line for line in main.split("\n") if line.strip() and not _RULE.fullmatch(line))
    text = "\n\n".join(lines).replace(LINE, "\n")
    if not text.strip():
        text = plain(page)
    title = one_line(document.title if document else None, MAX_TITLE)
    linked = _linked_data(tree, title or "")
    source = one_line(
        meta.get("og:site_name") or linked.get("publisher") or meta.get("publisher") or meta.get("application-name"),
        MAX_NAME,
    )
    published = _first_date([linked.get("datePublished")]) or published
    updated = _first_date([linked.get("dateModified")]) or updated
    url = web_address(original(_canonical(tree))) or web_address(original(meta.get("og:url")))
    return replace(
        raw,
        text=tidy(text),
        is_html=True,
        title=_without_site(title, source),
        url=raw.url or (web_address(copied) if url is None or _SNAPSHOT.match(url) else None) or url,
        published=published,
        updated=updated if updated and (published is None or updated.first > published.first) else None,
        source=source,
        language=_language(tree, meta),
        page="" if _is_settled(published, updated) else shown,
        removed=(
            *raw.removed,
            *(Removed(tidy(each), Reason.STRUCK) for each in struck),
            *(Removed(each, Reason.LEFT_OUT) for each in tidy("\n".join(left_out(blocks, text))).split("\n") if each),
        ),
    )


def _is_settled(published: Dated | None, updated: Dated | None) -> bool:
    """Tell whether metadata give the outlet's day of publication, so that the page need not be asked: a stamp is in
    whatever zone, and a day that is also that of the last change may be that alone."""
    return published not in (None, updated) and bool(believed(published)) and not isinstance(published, Stamped)


def _is_stamped(tree: HtmlElement, published: Dated | None) -> bool:
    """Tell whether metadata give a stamp: meta tags, by which it is ``published``, or JSON-LD."""
    return isinstance(_first_date([_linked_data(tree, "").get("datePublished")]) or published, Stamped)


def _tree(page: str) -> HtmlElement | None:
    """Return the elements of a page, None if it is not one."""
    try:
        return load_html(page)
    except (LxmlError, ValueError, RecursionError):
        return None


def _document(tree: HtmlElement, url: str | None) -> Document | None:
    try:
        found = bare_extraction(tree, url=url, fast=True, include_comments=False)
        if not isinstance(found, Document):
            return None
        found.title = _title(tree)
    except RecursionError as fault:
        raise Rejected("The HTML cannot be read: its elements are nested too deeply.") from fault
    return found


def _title(tree: HtmlElement) -> str | None:
    """Return the title of a page as ``trafilatura.extract_metadata`` does, which takes four times as long since it
    looks for an author, a date, tags and a license besides."""
    known = examine_meta(tree)
    with suppress(Exception):  # as there, for what JSON-LD can hold
        known = extract_meta_json(tree, known)
    known.title = known.title or extract_title(tree)
    known.clean_and_trim()
    return known.title


def _meta_tags(tree: HtmlElement) -> dict[str, str]:
    """Return the content of meta tags (and of elements with an itemprop) by lower-cased name, the first of each: of
    the article under the headline before that of others."""
    found: dict[str, str] = {}
    headline = next(tree.iter("h1"), tree)
    article = next(headline.iterancestors("article", "main"), tree)
    own = [each for event, each in _walked(tree) if event == "start" and each.tag in ("meta", "time")]
    under_headline = set(article.iter("meta", "time"))
    for element in sorted(own, key=lambda each: each not in under_headline):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = (element.get("content") or element.get("datetime") or "").strip()
        key = (name or "").strip().lower()
        if key and content:
            found.setdefault(key, content[:MAX_URL])
    return found


def _canonical(tree: HtmlElement) -> str | None:
    return next(
        (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"),
        None,
    )


def _language(tree: HtmlElement, meta: Mapping[str, str]) -> str | None:
    root = next(tree.iter("html"), tree)
    named = root.get("lang") or meta.get("og:locale") or meta.get("content-language") or ""
    code = re.match(r"[a-zA-Z]{2,3}(?=[-_,]|\Z)", named.strip())
    return code[0].lower() if code else None


def _linked_data(tree: HtmlElement, title: str) -> dict[str, str]:
    """Return the dates and the publisher that JSON-LD gives the article: the one of this title, else the first, else
    the page as a whole."""
    nodes = list(_nodes(tree))
    articles = [node for node in nodes if _is_a(node, _ARTICLE_TYPES)]
    named = [node for node in articles if _is_headed(node, letters(title))]
    pages = [node for node in nodes if _is_a(node, ("WebPage",))]
    likely = (*(named or articles), *pages)
    best = next((node for node in likely if isinstance(node.get("datePublished"), str)), None)
    if best is None:
        return {}
    publisher = best.get("publisher")
    best = best | {"publisher": publisher.get("name") if isinstance(publisher, dict) else publisher}
    found = {key: best.get(key) for key in ("datePublished", "dateModified", "publisher")}
    return {key: value for key, value in found.items() if isinstance(value, str)}


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the objects of a page's JSON-LD, those in lists and in @graph."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower().partition(";")[0].strip() != "application/ld+json" or not script.text:
            continue
        yield from _parts(script.text)


@lru_cache(maxsize=4)  # a page is asked for its JSON-LD twice, before and after its elements are changed
def _parts(script: str) -> tuple[dict[str, Any], ...]:
    try:
        data = json.loads(_COMMA_TOO_MANY.sub(r"\1", _WRAPPING.sub("", script)), strict=False)
    except (ValueError, RecursionError):
        return ()
    parts = _objects(data if isinstance(data, list) else [data])
    return tuple(each for part in parts for each in (part, *_objects(part.get("@graph"))))


def _objects(data: object) -> list[dict[str, Any]]:
    return [part for part in data[:_MAX_NODES] if isinstance(part, dict)] if isinstance(data, list) else []


def _is_a(node: Mapping[str, Any], kinds: tuple[str, ...]) -> bool:
    own = node.get("@type")
    return any(str(kind).endswith(kinds) for kind in (own if isinstance(own, list) else [own]))


def _is_headed(node: Mapping[str, Any], title: str) -> bool:
    """Tell whether the headline of an object is the page's ``title`` (letters alone), to which sites add their name."""
    headline = letters(str(node.get("headline") or node.get("name") or "")[:MAX_TITLE])
    return bool(headline) and (headline in title or (title != "" and title in headline))


def _first_date(values: Iterable[str | None]) -> Dated | None:
    dates = (parse_date(value, origin="metadata") for value in values if value)
    known = [dated for dated in dates if dated and dated.first != EPOCH]
    return next(filter(believed, known), next(iter(known), None))


def _shown(tree: HtmlElement, *, stamped: bool) -> str:
    """Return what a page shows of its article and around it, line by line; a ``time`` as its ``datetime`` has it.

    ``stamped``: it is looked for what tells the outlet's day of a stamp, which another stamp does not.
    """
    body = tree.find("body")
    parts: list[str] = []
    for event, element in _walked(tree if body is None else body):
        parts.append("" if element.tag in _WITHIN_A_WORD else " " if element.tag in _WITHIN_A_LINE else "\n")
        words = (
            element.tail
            if event == "end"
            else _time(element, stamped=stamped)
            if element.tag == "time"
            else element.text
        )
        if words:
            parts.append(_BLANKS.sub(" ", words))
    return "\n".join(line.strip() for line in "".join(parts).split("\n") if line.strip())


def _time(element: HtmlElement, *, stamped: bool) -> str:
    """Return the text of a ``time`` with the day that its ``datetime`` gives in the place of its own.

    Its own stays where it is a whole day, of the outlet's zone, and where it gives several: those of publication and
    of the last change.
    """
    text = " ".join(element.text_content().split())[:MAX_DETAILS]
    dated = _first_date([element.get("datetime")])
    if dated is None or dated.precision != "day" or (stamped and isinstance(dated, Stamped)):
        return text
    found = find_dates(text)
    if len(found) > 1 or any(each.on() for each in found):
        return text
    start, end = (found[0].start, found[0].end) if found else (len(text), len(text))
    return f"{text[:start]} {dated.first} {text[end:]}"


def _walked(tree: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Yield ("start", element) and ("end", element) for those of a page, in their order; of what stands beside the
    article only the end."""
    headed = _headed(tree)
    articles = 0  # that are open: a footer of theirs is their own
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        articles += (element.tag == "article") * (1 if event == "start" else -1)
        if event == "start":
            beside = element not in headed and _is_beside(element, within=articles > 0)
            if beside or element.tag == "time":
                walk.skip_subtree()
            if beside:
                continue
        yield event, element


def _headed(tree: HtmlElement) -> set[HtmlElement]:
    """Return the elements that hold a headline: whatever they are called, the article may be in them."""
    return {above for headline in tree.iter("h1") for above in headline.iterancestors()}


def _is_beside(element: HtmlElement, *, within: bool) -> bool:
    """Tell whether an element holds other stories, comments or what is not shown; ``within``: it is in an article."""
    if element.tag in _BESIDE or (element.tag == "footer" and not within):
        return True
    named = f"{element.get('class', '')} {element.get('id', '')}".lower()
    if "comment" not in named and "disqus" not in named:
        return False
    return element.tag not in ("html", "body", "main") and _COMMENTS.search(named) is not None


def _without_site(title: str | None, site: str | None) -> str | None:
    """Drop the name of the site that many pages put behind (or before) their title."""
    if not title or not site:
        return title
    name = re.escape(site)
    return re.sub(rf"\s+[|–—·•»-]\s+{name}\Z|\A{name}\s+[|–—·•»:-]\s+", "", title, flags=re.IGNORECASE) or title
