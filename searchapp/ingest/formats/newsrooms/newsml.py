"""NewsML-G2 and NewsML 1 of the IPTC: the items of a message, of which those with a text are articles."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from searchapp.article import Removed
from searchapp.errors import Rejected
from searchapp.ingest.formats.newsrooms.elements import (
    Element,
    children,
    cut,
    element_of,
    find,
    find_all,
    holds,
    local,
    markup_in,
    words,
)
from searchapp.ingest.formats.newsrooms.field_html import from_markup
from searchapp.ingest.formats.newsrooms.nitf import from_nitf
from searchapp.ingest.formats.newsrooms.stated import (
    apart,
    byline,
    dated,
    identity,
    language_of_tag,
    place_of,
    refuse_unreleased,
)
from searchapp.ingest.formats.text import one_line
from searchapp.ingest.raw import MAX_NAME, MAX_TITLE, Item, Raw
from searchapp.ingest.reasons import Reason

_G2: Final = ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem")
_FIRST: Final = ("NewsItem",)
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_BESIDE: Final = frozenset(("header", "nav"))
_OTHERS: Final = {
    "packageItem": "a package, which refers to articles",
    "conceptItem": "a concept of a vocabulary",
    "knowledgeItem": "a vocabulary",
    "planningItem": "a plan of coverage",
}
_NOT_TEXT = re.compile(r"picture|photo|graphic|video|audio|image|animation|composite", re.IGNORECASE)


class NewsmlG2:
    """Messages of news items, and news items by themselves."""

    called = "news items (NewsML-G2)"
    suffixes = (".g2", ".newsml")

    def sniff(self, head: bytes) -> bool:
        """Say whether a message or an item begins so."""
        return holds(head, ("newsMessage", *_G2))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the items, those too that are no articles, for ``parse`` to say so."""
        return cut(stream, path, _G2, "http://iptc.org/std/nar")

    def identify(self, item: Item) -> str:
        """Return the item's guid, else its place."""
        return identity(item, element_of(item, _G2).get("guid"))

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in the text and its metadata. Raises Rejected if there is none, or it may not be shown (yet)."""
        news = element_of(item, _G2)
        if local(news) in _OTHERS:
            raise Rejected(f"It is no article, but {_OTHERS[local(news)]}.")
        about, content = find(news, "itemMeta"), find(news, "contentMeta")
        embargo = find(about, "embargoed")
        refuse_unreleased(
            _coded(find(about, "pubStatus")),
            None if embargo is None else words(embargo),
            words(find(about, "versionCreated")),
        )
        kind = _coded(find(about, "itemClass"))
        if _NOT_TEXT.search(kind):
            raise Rejected(f"It is no article: its class is {kind[:40]!r}.")
        raw = replace(
            raw,
            title=one_line(_headline(content), MAX_TITLE),
            source=one_line(_named(find(about, "provider")) or _named(find(content, "infoSource")), MAX_NAME),
            place=one_line(place_of(_named(find(content, "located")) or words(find(content, "dateline"))), MAX_NAME),
            language=language_of_tag(_coded(find(content, "language"), "tag") or news.get(_LANG)),
            removed=_set_apart(about, content),
        )
        first = [
            words(find(about, "firstPublished")),
            words(find(about, "firstCreated")),
            words(find(content, "contentCreated")),
        ]
        version = words(find(about, "versionCreated"))
        raw = dated(raw, [*first, version], [words(find(content, "contentModified")), version])
        return _with_text(raw, find(news, "contentSet"))


def _with_text(raw: Raw, contents: Element | None) -> Raw:
    """Fill in the first of the forms of its content that has a text in it."""
    for each in [] if contents is None else contents:
        kind = (each.get("contenttype") or "").lower()
        if local(each) not in ("inlineXML", "inlineData") or _NOT_TEXT.search(kind):
            continue
        story = find(each, "nitf")
        if story is not None:
            filled = from_nitf(raw, story)
        elif len(each):
            filled = from_markup(raw, markup_in(_body(each)), _BESIDE)
        else:
            filled = from_markup(raw, "".join(each.itertext()).strip())
        if any(letter.isalnum() for letter in filled.text):
            return filled
    raise Rejected("There is no text in it: its content stands elsewhere, or is none.")


def _body(content: Element) -> Element:
    """Return what stands in the body of a page, or all there is."""
    body = find(content, "body")
    return content if body is None else body


def _headline(content: Element | None) -> str:
    lines = find_all(content, "headline")
    main = (each for each in lines if not re.search("sub", each.get("role") or "", re.IGNORECASE))
    return words(next(main, lines[0] if lines else None))


def _set_apart(about: Element | None, content: Element | None) -> tuple[Removed, ...]:
    writers = [words(find(content, "by"))]
    writers = writers if writers[0] else [_named(each) for each in children(content, "creator")]
    lines = find_all(content, "headline")
    return apart(
        {
            Reason.BYLINE: byline(writers),
            Reason.DATELINE: words(find(content, "dateline")),
            Reason.SUBHEADLINE: "; ".join(words(each) for each in lines if words(each) != _headline(content)),
            Reason.SLUG: words(find(content, "slugline")),
            Reason.STANDFIRST: words(find(content, "description")),
            Reason.NOTICE: words(find(about, "edNote")),
        }
    )


def _coded(element: Element | None, *names: str) -> str:
    """Return the value of a property that is a code: of its attributes, else its words."""
    if element is None:
        return ""
    return next((value for name in (*names, "qcode", "uri", "literal") if (value := element.get(name))), words(element))


def _named(element: Element | None) -> str:
    """Return the name of what a property means, else what its code says behind its scheme."""
    if element is None:
        return ""
    code = element.get("literal") or (element.get("qcode") or "").rpartition(":")[2]
    return words(find(element, "name")) or code or words(element)


class Newsml1:
    """Messages of the first NewsML, with stories in NITF, XHTML or as words."""

    called = "news items (NewsML 1)"
    suffixes = ()

    def sniff(self, head: bytes) -> bool:
        """Say whether a message begins so."""
        return holds(head, ("NewsML",))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the items."""
        return cut(stream, path, _FIRST, "http://iptc.org")

    def identify(self, item: Item) -> str:
        """Return the public identifier that all revisions share, else its place."""
        news = find(element_of(item, _FIRST), "NewsIdentifier")
        parts = [words(find(news, name)) for name in ("ProviderId", "DateId", "NewsItemId")]
        public = words(find(news, "PublicIdentifier"))
        return identity(item, f"urn:newsml:{':'.join(parts)}" if all(parts) else None, public)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in the text and its metadata. Raises Rejected if there is none, or it may not be shown (yet)."""
        news = element_of(item, _FIRST)
        managed = find(news, "NewsManagement")
        _refuse_held(managed)
        lines = find(news, "NewsLines")
        about = find(news, "AdministrativeMetadata")
        dateline = words(find(lines, "DateLine"))
        where = {each.get("FormalName"): each.get("Value") for each in find_all(find(news, "Location"), "Property")}
        source = next((_party(find(about, name)) for name in ("Provider", "Source") if _party(find(about, name))), "")
        raw = replace(
            raw,
            title=one_line(words(find(lines, "HeadLine")), MAX_TITLE),
            source=one_line(source or words(find(lines, "CreditLine")) or words(find(news, "ProviderId")), MAX_NAME),
            place=one_line(where.get("City") or place_of(dateline), MAX_NAME),
            language=language_of_tag(_formal(find(news, "Language")) or news.get(_LANG)),
            removed=apart(
                {
                    Reason.BYLINE: byline([words(each) for each in find_all(lines, "ByLine")]),
                    Reason.DATELINE: dateline,
                    Reason.SUBHEADLINE: words(find(lines, "SubHeadLine")),
                    Reason.SLUG: words(find(lines, "SlugLine")),
                    Reason.NOTICE: words(find(lines, "CopyrightLine")),
                }
            ),
        )
        first, last = words(find(managed, "FirstCreated")), words(find(managed, "ThisRevisionCreated"))
        raw = dated(raw, [first, words(find(news, "DateId")), last], [last])
        return _with_data(raw, news)


def _refuse_held(managed: Element | None) -> None:
    status = _formal(find(managed, "Status"))
    change = find(managed, "StatusWillChange")
    is_freed = _formal(find(change, "FutureStatus")).lower() == "usable"
    until = words(find(change, "DateAndTime")) if is_freed else None
    if until is not None and status.lower() in ("embargoed", "withheld"):
        refuse_unreleased(None, until)
    else:
        refuse_unreleased(status, None, words(find(managed, "ThisRevisionCreated")))


def _with_data(raw: Raw, news: Element) -> Raw:
    """Fill in the main text of an item. Others, such as those of its pictures, are set apart."""
    kinds: set[str] = set()
    told: list[tuple[bool, Raw]] = []
    for each in find_all(news, "ContentItem"):
        kind = _formal(find(each, "MediaType"))
        kinds.add(kind)
        data = find(each, "DataContent")
        if data is None or _NOT_TEXT.search(kind):
            continue
        filled = _data(raw, data)
        if any(letter.isalnum() for letter in filled.text):
            above = each.getparent()
            role = _formal(next(iter(children(above, "Role")), None))
            told.append((role.lower() == "main", filled))
    if not told:
        raise Rejected(
            f"There is no text in it: its content is {', '.join(sorted(filter(None, kinds))) or 'elsewhere'}."
        )
    main = next((filled for is_main, filled in told if is_main), told[0][1])
    others = [filled.text for _, filled in told if filled is not main and filled.text != main.text]
    return replace(main, removed=(*main.removed, *(cut for text in others for cut in apart({Reason.BELOW: text}))))


def _data(raw: Raw, data: Element) -> Raw:
    story = find(data, "nitf")
    if story is not None:
        return from_nitf(raw, story)
    if len(data):
        return from_markup(raw, markup_in(_body(data)), frozenset({"media"}))
    return from_markup(raw, "".join(data.itertext()).strip())


def _formal(element: Element | None) -> str:
    return "" if element is None else element.get("FormalName") or words(element)


def _party(element: Element | None) -> str:
    return _formal(find(element, "Party")) if element is not None else ""
