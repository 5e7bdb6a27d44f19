"""Feeds, an entry an article: RSS of all versions, Atom, and what WordPress exports of a site (WXR)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final
from urllib.parse import urljoin

from searchapp.errors import Rejected
from searchapp.ingest.formats.newsrooms.elements import (
    Element,
    children,
    cut,
    element_of,
    find,
    local,
    markup_in,
    namespace_of,
    root_of,
    words,
)
from searchapp.ingest.formats.newsrooms.field_html import from_markup
from searchapp.ingest.formats.newsrooms.nitf import from_nitf
from searchapp.ingest.formats.newsrooms.stated import (
    apart,
    byline,
    dated,
    host_of,
    identity,
    language_of_tag,
    trimmed,
)
from searchapp.ingest.formats.text import from_text, one_line, web_address
from searchapp.ingest.raw import MAX_NAME, MAX_TITLE, Item, Raw
from searchapp.ingest.reasons import Reason

_ATOM: Final = "http://www.w3.org/2005/Atom"
_ATOMS: Final = (_ATOM, "http://purl.org/atom/ns#")
_RDF: Final = (
    "http://purl.org/rss/1.0",
    "http://my.netscape.com/",
    "http://purl.org/net/rss1.1",
    "http://channel.netscape.com/",
)
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content"
_DC: Final = "http://purl.org/dc/"
_YANDEX: Final = "http://news.yandex.ru"  # the full text, in feeds of Russian papers
_KIND: Final = "http://schemas.google.com/g/2005#kind"  # what Blogger exports
_THREAD: Final = "http://purl.org/syndication/thread/1.0"
_COMMENT = re.compile(r"#comment-\d{1,12}\Z")
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_WP: Final = "http://wordpress.org/export/"
_NAMES: Final = ("item", "entry")
_KEPT: Final = ("title", "link", "language", "author")
_NAMESPACE: Final = (
    r"http://(?:www\.w3\.org/2005/Atom|purl\.org/(?:atom|rss|net/rss)|my\.netscape|channel\.netscape|backend\.userland)"
)
# An author with an address: that before the name in brackets, or behind it in angles.
_ADDRESSED = re.compile(
    r"\S{1,99}@\S{1,99}\s{1,9}\((?P<behind>[^()]{1,200})\)|(?P<before>[^<>@]{1,200}?)\s{0,9}<[^<>]{1,200}>"
)
# Kinds of posts that sites add for themselves; attachments, menus and styles have fixed names.
_POSTS = re.compile(
    r"\A(?!.*(?:nav|menu|block|template|style|font))(?:page|.*(?:post|article|news|stor|report|press|opinion))",
    re.IGNORECASE,
)
# What WordPress puts in the place of when it shows a post: its own codes, and those with a value or an end.
_CAPTION = re.compile(r"\[caption\b[^\]\[]{0,500}\]((?:[^\[]|\[(?!/?caption)){0,5000})\[/caption\]")
_SHORTCODE = re.compile(
    r"\[/?(?:gallery|embed|audio|video|playlist|dropcap|vc_\w{1,40}|et_pb_\w{1,40})\b[^\]\[]{0,2000}\]"
    r"|\[[a-z][\w-]{1,40}(?:\s{1,9}[\w-]{1,40}=(?:\"[^\"\[\]]{0,500}\"|'[^'\[\]]{0,500}'|[^\s\[\]\"'][^\s\[\]]{0,199})){1,40}+\s{0,9}/?\]"
    r"|\[/[a-z][\w-]{1,40}\]"
)
_UNPUBLISHED: Final = {
    "draft": "It is a draft.",
    "pending": "It waits for its editor's consent.",
    "future": "It is not published yet.",
    "private": "It is private.",
    "trash": "It was thrown away.",
    "auto-draft": "It is a draft.",
    "inherit": "It is no post: a file, or an earlier version of one.",
}


class Feeds:
    """The files that sites publish for readers of feeds, and WordPress for its own import."""

    called = "feeds (RSS, Atom), exports of WordPress"
    suffixes = (".rss", ".atom", ".xml", ".rdf", ".wxr")

    def sniff(self, head: bytes) -> bool:
        """Say whether a feed begins so: its root and, where others have such a root, its namespace."""
        root, tag = root_of(head)
        if root == "RDF":
            return any(namespace in tag for namespace in _RDF)
        return root == "rss" or (root in ("feed", "entry") and any(namespace in tag for namespace in _ATOMS))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the entries, each with the feed's title, address, language and base."""
        return cut(stream, path, _NAMES, _NAMESPACE, _KEPT, self.sniff)

    def identify(self, item: Item) -> str:
        """Return the entry's guid or id, else its address, else its place."""
        entry = element_of(item, _NAMES)
        link = _link(entry)
        about = entry.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
        named = [words(each) for name in ("guid", "id") for each in children(entry, name)]
        return identity(item, *named, about, link, within=host_of(link or _shell(entry).get("link")))

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what the entry holds. Raises Rejected for what WordPress exports and does not publish."""
        entry = element_of(item, _NAMES)
        _refuse_unpublished(entry)
        _refuse_comment(entry)
        feed = _shell(entry)
        source = next(iter(children(entry, "source")), None)
        name = words(find(source, "title")) or words(source) or _dc(entry, "publisher") or feed.get("title")
        raw = replace(
            raw,
            title=one_line(_title(entry).removesuffix(f" - {name}"), MAX_TITLE),  # as Google News writes it
            url=web_address(_link(entry)),
            source=one_line(name, MAX_NAME),
            language=_language(entry, feed),
            removed=apart({Reason.BYLINE: byline(_authors(entry, source, feed))}),
        )
        published, updated = _times(entry)
        return _with_text(dated(raw, published, updated), entry)


def _shell(entry: Element) -> dict[str, str]:
    """Return what is known of the feed."""
    root = entry.getroottree().getroot()
    return {str(name): str(value) for name, value in root.attrib.items()} if local(root) == "shell" else {}


def _refuse_unpublished(entry: Element) -> None:
    """Raise Rejected for what WordPress exports beside posts and pages, and for those that its readers do not see."""
    kind, status = _wp(entry, "post_type"), _wp(entry, "status")
    if kind and not _POSTS.search(kind):
        raise Rejected(f"It is neither a post nor a page: WordPress calls it {kind[:40]!r}.")
    if status and status != "publish":
        raise Rejected(_UNPUBLISHED.get(status, f"It is not published: its status is {status[:40]!r}."))
    if _wp(entry, "post_password"):
        raise Rejected("It is not public: WordPress asks for a password.")


def _refuse_comment(entry: Element) -> None:
    """Raise Rejected for comments, and for what Blogger exports beside posts and pages."""
    kinds = [each.get("term", "") for each in children(entry, "category") if each.get("scheme") == _KIND]
    if kinds and not any(kind.endswith(("#post", "#page")) for kind in kinds):
        raise Rejected(f"It is neither a post nor a page: Blogger calls it {kinds[0].rpartition('#')[2][:40]!r}.")
    if words(find(entry, "control", "draft")) == "yes":
        raise Rejected("It is a draft.")
    places = [words(each) for name in ("guid", "link") for each in children(entry, name)]
    if children(entry, "in-reply-to", _THREAD) or any(map(_COMMENT.search, places)):
        raise Rejected("It is a reader's comment.")


def _wp(entry: Element, name: str) -> str:
    return next((words(each) for each in children(entry, name, _WP)), "")


def _dc(entry: Element, name: str) -> str:
    return next((words(each) for each in children(entry, name, _DC)), "")


def _title(entry: Element) -> str:
    title = next(iter(children(entry, "title")), None)
    if title is None:
        return _dc(entry, "title")
    return words(title)


def _link(entry: Element) -> str | None:
    """Return the address of the entry's page, made whole by the base that the feed gives."""
    links = [each for each in children(entry, "link") if each.get("rel", "alternate") == "alternate"]
    origin = children(entry, "origLink", "http://rssnamespace.org/feedburner")
    atom = [each for each in children(entry, "link", _ATOM) if each.get("rel", "alternate") == "alternate"]
    permanent = [each for each in children(entry, "guid") if each.get("isPermaLink", "true").lower() != "false"]
    for each in (*origin, *links, *atom, *permanent):
        written = (each.get("href") or words(each)).strip()
        base = each.base or _shell(entry).get("link") or ""
        try:
            whole = urljoin(base, written) if written else ""
        except ValueError:
            continue
        if web_address(whole):
            return whole
    return None


def _language(entry: Element, feed: dict[str, str]) -> str | None:
    space = "{http://www.w3.org/XML/1998/namespace}lang"
    own = next((value for each in (*children(entry, "content"), entry) if (value := each.get(space))), None)
    named = own or _dc(entry, "language") or feed.get(space) or feed.get("language") or ""
    return language_of_tag(named)


def _authors(entry: Element, source: Element | None, feed: dict[str, str]) -> list[str]:
    """Return who wrote the entry; of Atom whom its source or the feed name, if it names nobody itself."""
    found = [
        words(name) if (name := find(each, "name")) is not None else words(each)
        for each in (*children(entry, "author"), *children(entry, "creator", _DC), *children(entry, "contributor", _DC))
    ]
    if not found and local(entry) == "entry":
        found = [words(find(each, "name")) for each in children(source, "author")] or [feed.get("author", "")]
    return [(m["behind"] or m["before"]) if (m := _ADDRESSED.fullmatch(name)) else name for name in found]


def _times(entry: Element) -> tuple[list[str], list[str]]:
    """Return when an entry says that it was published and updated, the surest first.

    WordPress writes ``pubDate`` in UTC, and the day of the newsroom in ``post_date``; that of a draft is year 0.
    """

    def said(name: str, namespace: str | None = None) -> list[str]:
        return [words(each) for each in children(entry, name, namespace)]

    newsroom = [
        [time for time in [_wp(entry, name)] if not time.startswith("0000")] for name in ("post_date", "post_modified")
    ]
    published = [
        *newsroom[0], *said("pubDate"), *said("published"), *said("published", _ATOM), *said("issued"),
        *said("issued", _DC), *said("date", _DC), *said("created"), *said("created", _DC),
    ]  # fmt: skip
    updated = [*newsroom[1], *said("updated"), *said("updated", _ATOM), *said("modified"), *said("modified", _DC)]
    return published, updated


def _with_text(raw: Raw, entry: Element) -> Raw:
    """Fill in the longest form of its text that an entry has: what it calls its content, else its summary."""
    full = [
        *children(entry, "encoded", _CONTENT), *children(entry, "content"), *children(entry, "body", _XHTML),
        *children(entry, "body"), *children(entry, "fullitem"), *children(entry, "full-text", _YANDEX),
    ]  # fmt: skip
    brief = [
        *children(entry, "summary"), *children(entry, "description"), *children(entry, "encoded", _WP),
        *children(entry, "description", _DC),
    ]  # fmt: skip
    for each in (*full, *brief):
        filled = _filled(raw, each)
        if any(letter.isalnum() for letter in filled.text):
            return trimmed(filled, is_summary=each in brief)
    if raw.title:
        raise Rejected("There is no text in it, only a headline.")
    raise Rejected("There is no text in it.")


def _filled(raw: Raw, content: Element) -> Raw:
    kind = (content.get("type") or "").lower()
    story = find(content, "nitf")
    if story is not None:
        return from_nitf(raw, story)
    if kind.startswith(("image/", "video/", "audio/")) or content.get("src"):
        return raw
    if len(content):
        return from_markup(raw, markup_in(content))
    text = "".join(content.itertext())
    if namespace_of(content) == f"{_CONTENT}/" and find(content.getparent(), "post_type") is not None:
        text = _SHORTCODE.sub("", _CAPTION.sub(r"<figcaption>\1</figcaption>", text))
    is_plain = kind in ("text", "text/plain") and namespace_of(content) in _ATOMS
    return from_text(raw, text) if is_plain else from_markup(raw, text)
