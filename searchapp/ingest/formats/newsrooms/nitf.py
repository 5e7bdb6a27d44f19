"""NITF 3, the News Industry Text Format of the IPTC: a story an element, of which a file may hold many."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from searchapp.errors import Rejected
from searchapp.ingest.formats.newsrooms.elements import Element, cut, element_of, find, find_all, holds, shown, words
from searchapp.ingest.formats.newsrooms.stated import (
    apart,
    byline,
    dated,
    identity,
    place_of,
    refuse_unreleased,
)
from searchapp.ingest.formats.text import from_text, one_line, web_address
from searchapp.ingest.raw import MAX_NAME, MAX_TITLE, Item, Raw
from searchapp.ingest.reasons import Reason

_NAMES: Final = ("nitf",)
_NOT_TOLD: Final = frozenset(("media", "media-caption", "note", "distributor", "byline", "dateline", "hedline"))


class Nitf:
    """Stories as agencies send them."""

    called = "stories of agencies (NITF)"
    suffixes = (".nitf",)

    def sniff(self, head: bytes) -> bool:
        """Say whether a story, or a file that wraps some, begins so."""
        return holds(head, _NAMES)

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the stories."""
        return cut(stream, path, _NAMES, "http://iptc.org/std/NITF")

    def identify(self, item: Item) -> str:
        """Return the key that all versions of the story share, else the id of this document, else its place."""
        story = element_of(item, _NAMES)
        data = find(story, "docdata")
        key, name = find(data, "du-key"), find(data, "doc-id")
        shared = key.get("key") if key is not None and (key.get("version") or key.get("generation")) else None
        issuer = _value(name, "regsrc") or _agency(data) or _value(find(story, "pubdata"), "name")
        return identity(item, shared, _value(name, "id-string"), within=issuer)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in the story. Raises Rejected if its agency does not let it out (yet)."""
        return from_nitf(raw, element_of(item, _NAMES))


def from_nitf(raw: Raw, story: Element) -> Raw:
    """Fill in what a story says of itself; what ``raw`` knows already counts before that."""
    head, top, content = find(story, "head"), find(story, "body.head"), find(story, "body.content")
    data = find(head, "docdata")
    release = find(data, "date.release")
    changed = [time for each in find_all(head, "revision-history") if (time := _norm(each))]
    status = data.get("management-status") if data is not None else None
    refuse_unreleased(status, _norm(release), _norm(find(data, "date.issue")), *changed)
    language = story.get("baselang") or story.get("{http://www.w3.org/XML/1998/namespace}lang")
    place = place_of(words(find(top, "dateline", "location")) or words(find(top, "dateline")))
    pubdata = find(head, "pubdata")
    title = words(find(top, "hedline", "hl1")) or words(find(top, "hedline")) or words(find(head, "title"))
    raw = replace(
        raw,
        title=raw.title or one_line(title, MAX_TITLE),
        url=raw.url or web_address(_value(pubdata, "ex-ref")),
        source=raw.source or one_line(_distributor(top) or _agency(data) or _value(pubdata, "name"), MAX_NAME),
        place=raw.place or one_line(place, MAX_NAME),
        language=raw.language or (language or "").partition("-")[0].lower() or None,
    )
    issued = [_norm(find(data, "date.issue")), _value(pubdata, "date.publication"), _norm(find(top, "story.date"))]
    raw = dated(raw, issued, changed[-1:]) if raw.published is None else raw
    set_apart = apart(
        {
            Reason.BYLINE: byline([words(find(top, "byline"), " ")]),
            Reason.DATELINE: words(find(top, "dateline")),
            Reason.STANDFIRST: words(find(top, "abstract")),
            Reason.SUBHEADLINE: words(find(top, "hedline", "hl2")),
            Reason.SLUG: _slug(data),
            Reason.NOTICE: f"{_value(find(data, 'ed-msg'), 'info')} {_value(find(data, 'correction'), 'info')}",
            Reason.CAPTION: " ".join(words(each) for each in story.iter("{*}media-caption")),
            Reason.END_MARK: words(find(story, "body.end")),
        }
    )
    if content is None:
        raise Rejected("There is no text in it: its body has no content.")
    # What stands beside a block of the full text repeats its beginning, as in the archive of The New York Times.
    full = next((each for each in find_all(content, "block") if each.get("class") == "full_text"), content)
    return replace(from_text(raw, shown(full, _NOT_TOLD)), is_html=True, removed=(*raw.removed, *set_apart))


def _value(element: Element | None, name: str) -> str:
    return (element.get(name) or "").strip() if element is not None else ""


def _norm(element: Element | None) -> str | None:
    """Return the time that an element gives in the form of the standard, else as words; None if there is none."""
    return None if element is None else element.get("norm") or words(element)


def _slug(data: Element | None) -> str:
    return _value(find(data, "fixture"), "fix-id") or _value(find(data, "keyword"), "key")


def _agency(data: Element | None) -> str:
    return _value(find(data, "from-src"), "src-name") or _value(find(data, "doc.rights"), "owner")


def _distributor(top: Element | None) -> str:
    return words(find(top, "distributor", "org")) or words(find(top, "distributor"))
