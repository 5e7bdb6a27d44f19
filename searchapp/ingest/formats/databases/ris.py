"""RIS, the format of reference managers, in which ProQuest and others export articles."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from searchapp.errors import Rejected
from searchapp.ingest.formats.databases.paragraphs import in_one_line, paragraphs_of
from searchapp.ingest.formats.databases.pieces import LINE, articles, pieces
from searchapp.ingest.formats.databases.record import Cuttings, day_in, filled
from searchapp.ingest.formats.decoding import beginning, decode, in_utf8, tidy
from searchapp.ingest.formats.text import numbered
from searchapp.ingest.raw import MAX_ID, Item, Raw
from searchapp.ingest.reasons import Reason

_BEGIN = re.compile(LINE + rb"TY {1,3}- ?")
_FIRST = re.compile(
    r"\s{0,99}(?:Provider:[^\n]{0,99}\s{1,9}|Database:[^\n]{0,99}\s{1,9}|Content:[^\n]{0,99}\s{1,9}){0,3}TY {1,3}- ?\w"
)
_TAG = re.compile(r"(?<![^\n])([A-Z][A-Z0-9]) {1,3}-(?: |(?![^\n]))")
_NUMBER = re.compile(LINE + rb"(?:AN|ID|UR) {1,3}- [^\r\n]{0,300}?(?:docview/)?(\d{6,20})(?!\d)")
_NOTE = re.compile(r"[^\W\d_][^\n:–-]{2,30} [-–] |.{0,99}\bcopyright\b", re.IGNORECASE)
# Tags by what they say, the surest first.
_TITLES, _SOURCES, _DAYS = ("T1", "TI"), ("JF", "T2", "JO", "J2", "JA", "T3"), ("DA", "Y1", "PY")
_TEXTS: Final = ("FT", "TX", "N2", "AB", "N1")
_REASONS: Final = {
    "AU": Reason.BYLINE, "A1": Reason.BYLINE, "A2": Reason.BYLINE, "DA": Reason.DATE_LINE, "Y1": Reason.DATE_LINE,
    "PY": Reason.DATE_LINE, "SE": Reason.SECTION_NAME, "SP": Reason.SECTION_NAME, "EP": Reason.SECTION_NAME,
    "KW": Reason.INDEX_TERMS, "AB": Reason.ABSTRACT, "N2": Reason.ABSTRACT,
}  # fmt: skip


class Ris:
    """Files of any number of references; those are articles whose text, or at least abstract, stands in them."""

    called = "references that hold texts (RIS)"
    suffixes = (".ris",)

    def sniff(self, head: bytes) -> bool:
        """Say whether a reference begins so."""
        return bool(_FIRST.match(beginning(head)))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield its references."""
        cut = articles(pieces(in_utf8(stream), _BEGIN), _BEGIN.search)
        for number, piece in enumerate(cut, 1):
            yield Item(path, number, piece)

    def identify(self, item: Item) -> str:
        """Return the number that ProQuest gives an article, else the file's path and the reference's number."""
        found = _NUMBER.search(item.data) if b"roquest" in item.data.lower() else None
        return f"proquest-{found[1].decode('ascii')}"[:MAX_ID] if found else numbered(item)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in what the tags say. The longest of text, abstract and notes is the text."""
        text = tidy(decode(item.data))
        tags = list(_TAG.finditer(text))
        ends = (*(tag.start() for tag in tags[1:]), len(text))
        fields = [(tag[1], text[tag.end() : end].strip()) for tag, end in zip(tags, ends, strict=False)]
        texts = [value for tag, value in fields if tag in _TEXTS and not (tag == "N1" and _NOTE.match(value))]
        if not texts:
            raise Rejected("The reference has neither a text nor an abstract: export the full text with it.")
        body = max(texts, key=len)
        removed = Cuttings()
        removed.cut(text[: tags[0].start()], Reason.COVER_PAGE)
        for tag, value in fields:
            if value is not body and tag not in (*_TITLES, "TY", "ER"):
                removed.cut(value, _copyright_of(tag, value))
        return filled(
            raw,
            title=_first(fields, _TITLES),
            source=_first(fields, _SOURCES),
            published=next(
                (day for tag in _DAYS for name, value in fields if name == tag and (day := day_in(value))), None
            ),
            url=_first(fields, ("UR", "L2")),
            body=paragraphs_of(body),
            removed=removed,
        )


def _first(fields: list[tuple[str, str]], tags: tuple[str, ...]) -> str | None:
    return next((in_one_line(value) for tag in tags for name, value in fields if name == tag and value), None)


def _copyright_of(tag: str, value: str) -> Reason:
    return Reason.COPYRIGHT if "copyright" in value.lower()[:200] else _REASONS.get(tag, Reason.RECORD)
