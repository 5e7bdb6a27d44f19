"""What newsrooms state of an article in their formats: its id, days, authors, and whether it may be shown yet."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from searchapp.article import Dated, Noticed, Removed
from searchapp.calendar import EPOCH
from searchapp.errors import Rejected, RejectedForNow, Withdrawn
from searchapp.ingest.dating.bounds import disbelief
from searchapp.ingest.dating.dates import find_dates
from searchapp.ingest.dating.metadata import parse_date
from searchapp.ingest.formats.text import numbered, one_line
from searchapp.ingest.notices import Notice
from searchapp.ingest.raw import MAX_ID, MAX_NAME, Item, Raw
from searchapp.ingest.reasons import Reason

_LAST_ZONE = timezone(-timedelta(hours=12))  # where an hour comes last on earth
_MAX_TIME = 40  # characters of a point in time
_MAX_FOOTER = 1_000  # characters of the line that a feed adds
_MAX_APART = 100_000  # characters of what is set apart in one piece
# Where a text breaks off, in the words of feeds.
_BREAKS_OFF = re.compile(
    r"(?:\[?(?:…|\.\.\.|&hellip;)\]?|(?:read|see|view) (?:more|the (?:full|whole|rest)[^\n]{0,60})"
    r"|continue reading[^\n]{0,200}"
    r"|weiterlesen|mehr lesen|lire la suite|leer más|leia mais|leggi tutto|читать далее)[\s»›→>.…:]{0,9}\Z",
    re.IGNORECASE,
)
_FOOTER = re.compile(r"\n\s{0,9}((?:The post|Der Beitrag|L’article|La entrada|O post)\s[^\n]{1,600}"
                     r"(?:first|zuerst|abord|primero|primeiro)\s[^\n]{1,300})\s{0,99}\Z")  # fmt: skip
_PLACE = re.compile(r"[^\W\d](?:[^\d(,/–—-]|-(?=[^\W\d])){1,80}")
_SUMMARY_WORDS = 150  # what a description alone must have to be the whole text, unless it has several paragraphs
_WITHDRAWN: Final = frozenset({"canceled", "cancelled", "killed", "kill"})


def identity(item: Item, *names: str | None, within: str = "") -> str:
    """Return the first of ``names`` that can be an article's id, else that of its place: its path and number.

    A number alone is told from those of others by ``within``: whose number it is (an agency, a site).
    """
    for name in names:
        line = " ".join((name or "").split())
        line = f"{within}:{line}" if line.isdecimal() and within else line
        if line and len(line) <= MAX_ID and line.isprintable() and {".", ".."}.isdisjoint(line.split("/")):
            return line
    return numbered(item)


def host_of(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def day(*texts: str | None) -> tuple[Dated | None, Notice | None]:
    """Return the first day that can be read and believed, of what a field or its stand-ins say; else why there is none,
    if they say anything."""
    told: Notice | None = None
    for text in texts:
        if not text or not text.strip():
            continue
        dated = parse_date(text, origin="metadata")
        why = Notice.NO_DAY if dated is None or dated.first == EPOCH else disbelief(dated)
        if why is None:
            return dated, None
        told = told or why
    return None, told


def dated(raw: Raw, published: Iterable[str | None], updated: Iterable[str | None]) -> Raw:
    """Return ``raw`` with the first readable of each; what cannot be read is noticed. ``updated`` is a later day, or
    none."""
    first, last = list(published), list(updated)
    (issued, why), (changed, why_not) = day(*first), day(*last)
    told = [Noticed(field, each) for field, each in (("published", why), ("updated", why_not)) if each]
    is_later = issued is None or (changed is not None and changed.first > issued.last)
    times = [_in_utc(text) for text in (*first, *last)]
    return replace(
        raw,
        published=issued,
        updated=changed if is_later else None,
        noticed=(*raw.noticed, *told),
        seen=max([raw.seen, *times]),
    )


def _in_utc(text: str | None) -> str:
    """Return a point in time as ``Raw.seen`` has it, "" if it is none."""
    time = moment(text, UTC)
    return time.astimezone(UTC).isoformat() if time else ""


def moment(text: str | None, zone: timezone = _LAST_ZONE) -> datetime | None:
    """Return a point in time as ISO 8601 or RFC 822 write it; of ``zone`` if it names none."""
    text = (text or "").strip()
    if not text or len(text) > _MAX_TIME:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        try:
            time = parsedate_to_datetime(text)
        except (ValueError, IndexError, TypeError):
            return None
    return time if time.tzinfo else time.replace(tzinfo=zone)


def refuse_unreleased(status: str | None, until: str | None, *times: str | None) -> None:
    """Raise Rejected for what its agency has withdrawn, holds back, or holds back until a time that is still to come.

    ``status`` may have a scheme before it (``stat:usable``). ``until`` is None where no embargo is named; one that
    names no end does not end. ``times`` are those of which the latest is that of the item.
    """
    name = (status or "").rpartition(":")[2].rpartition("/")[2].strip().lower()
    if name in _WITHDRAWN:
        raise Withdrawn("The agency has withdrawn it.", max((_in_utc(text) for text in times), default=""))
    if name == "withheld":
        raise Rejected("The agency holds it back, and does not say until when.")
    if until is None and name != "embargoed":
        return
    ends = moment(until)
    if ends is None:
        when = f" ({until.strip()[:40]!r})" if until and until.strip() else ""
        raise Rejected(f"It is under an embargo of which no end can be read{when}.")
    if ends > datetime.now(UTC):
        raise RejectedForNow(
            f"It is under an embargo until {ends:%Y-%m-%d %H:%M} ({ends:%Z}): update the index after that."
        )


def place_of(dateline: str) -> str | None:
    """Return the place that a dateline begins with: "STOCKHOLM, Aug 29, 2014 (AFP) -" is Stockholm's."""
    dates = find_dates(dateline[:_MAX_TIME])
    found = _PLACE.match(dateline[: dates[0].start] if dates else dateline)
    name = found[0].strip(" ,.-–—") if found else ""
    return (name.title() if name.isupper() else name) or None


def language_of_tag(tag: str | None) -> str | None:
    """Return the language of a tag such as ``de-AT``, as ISO 639 has it."""
    code = re.match(r"[a-zA-Z]{2,3}(?=[-_]|\Z)", (tag or "").strip())
    return code[0].lower() if code else None


def apart(pieces: Mapping[Reason, str | None]) -> tuple[Removed, ...]:
    """Return what a format sets apart from the text, by its reason."""
    lines = ((reason, one_line(text, _MAX_APART)) for reason, text in pieces.items())
    return tuple(Removed(line, reason) for reason, line in lines if line)


def byline(names: Iterable[str | None]) -> str | None:
    """Return the authors as one line, each once."""
    lines = dict.fromkeys(line for name in names if (line := one_line(name, MAX_NAME)))
    return "; ".join(lines) or None


def trimmed(raw: Raw, *, is_summary: bool) -> Raw:
    """Return ``raw`` without the line that a feed adds to each of its texts, and with a notice where it is no more than
    a summary: the format says so (unless it is as long as an article), or it breaks off."""
    text, removed = raw.text.rstrip(), raw.removed
    if footer := _FOOTER.search(text, max(0, len(text) - _MAX_FOOTER)):
        removed = (*removed, Removed(footer[1], Reason.BOILERPLATE))
        text = text[: footer.start()].rstrip()
    is_short = len(text.split()) < _SUMMARY_WORDS and text.count("\n\n") < 3
    is_cut = _BREAKS_OFF.search(text, max(0, len(text) - 300))
    why = Notice.ONLY_SUMMARY if is_summary and is_short else Notice.CUT_OFF if is_cut else None
    noticed = (*raw.noticed, Noticed("text", why)) if why else raw.noticed
    return replace(raw, text=text, removed=removed, noticed=noticed)
