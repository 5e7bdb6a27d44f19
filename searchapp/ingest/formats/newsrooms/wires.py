"""What news wires carried before XML, one story after the other: IPTC 7901, and ANPA 1312 of American agencies.

Both are text with control characters: SOH begins a story, STX its text, ETX ends that, EOT the story.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from searchapp.ingest.formats.decoding import decode
from searchapp.ingest.formats.newsrooms.stated import apart, day, identity, place_of
from searchapp.ingest.formats.text import from_text, one_line
from searchapp.ingest.raw import MAX_ARTICLE, MAX_NAME, MAX_TITLE, Item, Raw
from searchapp.ingest.reasons import Reason

_CHUNK = 2**16  # bytes that are read at once
_SOH, _STX, _ETX = b"\x01", b"\x02", b"\x03"
_IPTC = re.compile(rb"[\s\0\x16\x7f]{0,99}\x01\s{0,2}[A-Za-z]{2,9}\d{1,6}\s{1,3}\S{1,3}\s{1,3}[A-Za-z]{1,5}\s")
_ANPA = re.compile(rb"[\s\0\x16\x7f]{0,99}\x01\s{0,2}[A-Za-z]\d{3,4}[\x1c-\x1f]")
# In tables of ANPA BS begins a line; what parts their columns becomes a space, and nothing else stands for anything.
_PLAIN = bytes.maketrans(b"\x08\x10\x1c\x1d\x1e\x1f", b"\t     ")
_DROPPED = bytes(set(range(32)) - {8, 9, 10, 13, 16, 28, 29, 30, 31}) + b"\x7f"
# "212101 GMT Nov 18": day, hour and minute, zone, month, year
_IPTC_TIME = re.compile(r"(?<!\d)(\d\d)\d{4}\s{1,3}(?:[A-Z]{2,5}\s{1,3})?([^\W\d]{3,9})\.?\s{1,3}(\d\d(?:\d\d)?)(?!\d)")
# "AP-WF-11-13-13 1509GMT": agency, service, month, day, year
_ANPA_TIME = re.compile(r"([A-Z]{2,8})-[A-Z]{2,3}-(\d\d)-(\d\d)-(\d\d(?:\d\d)?)\s{1,3}\d{4}")
_PRIVATE = re.compile(
    r"\n[#*\s]{0,20}(?:(?:dpa )?notebook|dpa[- ]notizblock"
    r"|the following information is not (?:intended )?for publication)\b",
    re.IGNORECASE,
)
_TAKE = re.compile(
    r"(?:\d{1,2}(?:ST|ND|RD|TH) )?"
    r"(?:LEAD|ADD|SUB|REFILE|EXTRA|URGENT|CORRECTION|WRITETHRU|ROUNDUP|PREVIEW|FEATURE|KILL)\b.{0,80}"
)
_DATELINE = re.compile(r"\s{0,99}([^\W\d][^\n(]{1,60})\s\([\w/ -]{2,20}\)\s{1,3}[-–—]")
_OFFICE = re.compile(r"\b(?:Associated Press|Press|Writers?|Editors?|Correspondents?|Service|News|Staff)\Z")
_BY: Final = ("By ", "by ", "Von ", "Par ", "Por ", "Di ")


class Iptc7901:
    """Stories with the header of IPTC 7901: source and number, priority, category, words; keywords above the text."""

    called = "stories of agencies (IPTC 7901)"
    suffixes = (".iptc",)

    def sniff(self, head: bytes) -> bool:
        """Say whether a story's header begins so."""
        return bool(_IPTC.match(head))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the stories."""
        return _stories(stream, path)

    def identify(self, item: Item) -> str:
        """Return the source's number of the story with its day, since it counts anew each day; else the place."""
        header, _, end = _parts(item)
        number, date = header.split(" ")[0], _iptc_day(end)
        return identity(item, f"{number} {date}" if number and date else None)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in headline, text and day; what is for editors alone is removed."""
        header, text, end = _parts(item)
        first, _, slug = header.partition("\n")
        source = re.search(r"([^\W\d][\w-]{1,12})\s{1,9}\d{1,6}\s{0,9}\Z", first)
        top, text = _headed(text)
        headline, others = _headline(top)
        private = _PRIVATE.search(text)
        notes = text[private.start() :] if private else ""
        raw = replace(
            raw,
            title=one_line(headline, MAX_TITLE),
            source=one_line(source[1] if source else None, MAX_NAME),
            published=day(_iptc_day(end))[0],
            place=_place(text),
            removed=apart(
                {
                    Reason.BYLINE: "; ".join(line for line in others if line.startswith(_BY)),
                    Reason.TAKE: " ".join(line for line in others if not line.startswith(_BY)),
                    Reason.SLUG: slug.strip().strip("/"),
                    Reason.NOTICE: notes,
                }
            ),
        )
        return from_text(raw, text[: private.start()] if private else text)


class Anpa:
    """Stories with the header of ANPA 1312: service and number, selectors; keywords in the line above the text."""

    called = "stories of agencies (ANPA 1312)"
    suffixes = (".tst", ".anpa")

    def sniff(self, head: bytes) -> bool:
        """Say whether a story's header begins so."""
        return bool(_ANPA.match(head))

    def split(self, stream: BinaryIO, path: str) -> Iterator[Item]:
        """Yield the stories."""
        return _stories(stream, path)

    def identify(self, item: Item) -> str:
        """Return the agency's number of the story with its day, since it counts anew each day; else the place."""
        header, text, end = _parts(item)
        number, (source, date) = re.match(r"[A-Za-z]\d{3,4}", header), _anpa_stamp(f"{text}\n{end}")
        return identity(item, f"{source} {number[0]} {date}" if number and date else None)

    def parse(self, item: Item, raw: Raw) -> Raw:
        """Fill in headline, text and day; notes for editors and lists of pictures are removed."""
        _, text, end = _parts(item)
        source, date = _anpa_stamp(f"{text}\n{end}")
        head, body = _anpa_lines(text)
        slug, head = (head[0], head[1:]) if head else ("", [])
        notes = [line for line in head if re.match(r"\(?(?:Eds|Editors|EDITOR)\b", line)]
        pictures = [line for line in head if re.match(r"[A-Z]{2,8} (?:\w{1,12} )?(?:Photo|Graphic|Video)s?\b", line)]
        names = [line for line in head if line.startswith(_BY)]
        names += [line for line in head[head.index(names[-1]) + 1 :][:1] if _OFFICE.search(line)] if names else []
        others = {*notes, *pictures, *names}
        rest = [line for line in head if line not in others]
        raw = replace(
            raw,
            title=one_line(rest[0] if rest else None, MAX_TITLE),
            source=source or None,
            published=day(date)[0],
            place=_place(body[0] if body else ""),
            removed=apart(
                {
                    Reason.BYLINE: "; ".join(names),
                    Reason.STANDFIRST: " ".join(rest[1:]) if body else "",
                    Reason.SLUG: slug,
                    Reason.NOTICE: " ".join(notes),
                    Reason.PHOTO_CREDIT: " ".join(pictures),
                }
            ),
        )
        return from_text(raw, "\n\n".join(body or rest[1:]))


def _stories(stream: BinaryIO, path: str) -> Iterator[Item]:
    """Yield what each SOH begins. Where there is only the one story, its item has no number."""
    pieces = _pieces(stream)
    first, second = next(pieces, None), next(pieces, None)
    if first is not None:
        yield Item(path, None if second is None else 1, first)
    if second is not None:
        yield Item(path, 2, second)
    for number, piece in enumerate(pieces, 3):
        yield Item(path, number, piece)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    piece = bytearray()
    while chunk := stream.read(_CHUNK):
        before, *others = chunk.split(_SOH)
        piece += before[: max(0, MAX_ARTICLE + 1 - len(piece))]
        for other in others:
            if piece.startswith(_SOH):
                yield bytes(piece)
            piece = bytearray(_SOH + other[:MAX_ARTICLE])
    if piece.startswith(_SOH):
        yield bytes(piece)


def _parts(item: Item) -> tuple[str, str, str]:
    """Return (header, text, end) of a story. What has no text of its own is all header, and taken for text."""
    header, begun, text = item.data.lstrip(b"\x16\0 \r\n\x7f").lstrip(_SOH).partition(_STX)
    if not begun:
        header, _, text = header.partition(b"\n")
    text, _, end = text.partition(_ETX)
    return _read(header).strip(), _read(text), _read(end)


def _read(data: bytes) -> str:
    data = data.replace(b"\x1e_\x1f", b" ").translate(_PLAIN, _DROPPED)
    return decode(data).replace("\r\n", "\n").replace("\r", "\n") if data.strip() else ""


def _headed(text: str) -> tuple[list[str], str]:
    """Return (the lines above a text, which end in "=", and the text): without that sign the first line alone."""
    lines = text.lstrip("\n").split("\n")
    end = next((number for number, line in enumerate(lines[:8]) if line.rstrip().endswith("=")), 0)
    top = [line.rstrip("= ").strip() for line in lines[: end + 1]]
    return [line for line in top if line], "\n".join(lines[end + 1 :])


def _headline(top: list[str]) -> tuple[str, list[str]]:
    """Return (the headline, the lines beside it: who wrote the story, and which take of it this is)."""
    candidates = [line for line in top if not line.startswith(_BY) and not _TAKE.fullmatch(line)] or top
    headline = candidates[-1] if candidates else ""
    return headline, [line for line in top if line != headline]


def _place(text: str) -> str | None:
    dateline = _DATELINE.match(text)
    return one_line(place_of(dateline[1]), MAX_NAME) if dateline else None


def _iptc_day(end: str) -> str:
    """Return the day of the line that ends a story, as ISO 8601 writes it; empty if it has none."""
    found = _IPTC_TIME.search(end[:200])
    year = found[3] if found and len(found[3]) == 4 else _year(found[3]) if found else ""
    dated, _ = day(f"{found[1]} {found[2]} {year}" if found else None)
    return dated.first.isoformat() if dated else ""


def _anpa_stamp(text: str) -> tuple[str, str]:
    """Return (the agency, the day) of the line that ends a story, as ISO 8601 writes it; empty if it has none."""
    found = list(_ANPA_TIME.finditer(text[-300:]))
    if not found:
        return "", ""
    agency, month, number, year = found[-1].groups()
    return agency, f"{year if len(year) == 4 else _year(year)}-{month}-{number}"


def _year(short: str) -> str:
    """Return a year of two digits as one of four: the wires had computers from 1970 on."""
    return f"{19 if int(short) >= 70 else 20}{short}"


def _anpa_lines(text: str) -> tuple[list[str], list[str]]:
    """Return (the lines above a text, its paragraphs). Those above begin with "^"; paragraphs with a tab."""
    text = text.replace("``", "“").replace("''", "”").replace(" _ ", " — ")
    head: list[list[str]] = []  # the lines of each
    body: list[list[str]] = []
    for line in text.split("\n"):
        words = line.strip(" \t^<=")
        if not words or _ANPA_TIME.match(words):
            continue
        if line.startswith("^") and not body:
            head.append([words])
        elif line.startswith(("\t", "^", "   ")) or not (body or head):
            body.append([words])
        else:
            (body or head)[-1].append(words)
    return [" ".join(lines) for lines in head], [" ".join(lines) for lines in body]
