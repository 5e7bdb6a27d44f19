"""What a press database says of an article, made into a raw article."""

import re
from collections.abc import Iterable
from dataclasses import replace

from searchapp.article import Dated, Removed
from searchapp.calendar import MONTH
from searchapp.errors import Rejected
from searchapp.ingest.dating.dates import find_dates
from searchapp.ingest.dating.metadata import parse_date
from searchapp.ingest.formats.databases.labels import REASONS, ROLES, is_copyright, labelled
from searchapp.ingest.formats.text import from_text, one_line, web_address
from searchapp.ingest.raw import MAX_NAME, MAX_TITLE, Raw
from searchapp.ingest.reasons import Reason

_MAX_DAY = 300  # code points of a line that tells a day
_CHINESE = re.compile(r"\s{0,3}([年月日])\s{0,3}")
_YEAR_FIRST = re.compile(rf"\b((?:19|20)\d\d)\s({MONTH})\.?\s(\d{{1,2}})\b", re.IGNORECASE)


class Cuttings:
    """What is set apart from the text of an article, in its order, each with its reason."""

    def __init__(self) -> None:
        self._cut: list[Removed] = []

    def cut(self, text: str, reason: Reason) -> None:
        """Keep ``text``, unless it is blank."""
        if text.strip():
            self._cut.append(Removed(text.strip(), reason))

    def all(self) -> tuple[Removed, ...]:
        return tuple(self._cut)


def set_apart(paragraphs: Iterable[str], removed: Cuttings) -> dict[str, str]:
    """Cut paragraphs that begin with labels, and return what the first of each role says.

    What bears no label goes with the label before it, and a notice of rights as such.
    """
    said: dict[str, str] = {}
    role = "terms"
    for paragraph in paragraphs:
        found = labelled(paragraph)
        if is_copyright(paragraph):
            removed.cut(paragraph, Reason.COPYRIGHT)
            continue
        if found:
            role = ROLES.get(found[0], "terms")
            said.setdefault(role, found[1])
        removed.cut(paragraph, REASONS[role])
    return said


def filled(
    raw: Raw,
    *,
    body: Iterable[str],
    removed: Cuttings,
    title: str | None = None,
    source: str | None = None,
    place: str | None = None,
    url: str | None = None,
    language: str | None = None,
    published: Dated | None = None,
    updated: Dated | None = None,
) -> Raw:
    """Return ``raw`` with these fields and the paragraphs of ``body``. A day of loading that is not later than that of
    publication tells nothing, and is left out. Raises Rejected when there is no text."""
    text = "\n\n".join(paragraph.strip() for paragraph in body if paragraph.strip())
    if not any(letter.isalnum() for letter in text):
        raise Rejected("The export holds no text of it, only what the database says about it.")
    return replace(
        from_text(raw, text),
        title=one_line(title, MAX_TITLE),
        source=one_line(source, MAX_NAME),
        place=_place(one_line(place, MAX_NAME)),
        url=web_address(url),
        language=language,
        published=published,
        updated=updated if updated and (published is None or updated.first > published.last) else None,
        removed=removed.all(),
    )


def day_in(text: str | None) -> Dated | None:
    """Return the first date of a short text that has a year, however much stands around it."""
    text = " ".join((text or "").split())
    if not text or len(text) > _MAX_DAY:
        return None
    text = _YEAR_FIRST.sub(r"\3 \2 \1", _CHINESE.sub(r"\1", text))
    if whole := parse_date(text, origin="metadata"):
        return whole
    dates = (candidate.dated("metadata") for candidate in find_dates(text) if candidate.year is not None)
    return next((dated for dated in dates if dated), None)


def told_if_missing(found: int, expected: int) -> None:
    """Raise Rejected when fewer articles were ``found`` than a file says it has."""
    if found < expected:
        raise Rejected(
            f"It says that it has {expected:,} articles, and {found:,} were found in it: export the others again."
        )


def _place(written: str | None) -> str | None:
    """Return the place of a dateline, without the day and what else stands behind it: "BEIRUT, March 14" is Beirut."""
    place = re.split(r"[,(/;]|\s[-–—]|\d", written or "")[0].strip(" .-")
    return (place.title() if place.isupper() and len(place) > 3 else place) or None
