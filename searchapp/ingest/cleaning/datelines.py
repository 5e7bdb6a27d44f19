"""The dateline that an article begins with: "HANOI, April 27 (VNA) –"."""

import re
from functools import lru_cache

from searchapp.ingest.cleaning import marks

_SIGN = re.compile(r"[(/:–—-]")  # every dateline has one
_SIGNS = {0: "(/", 2: "/", 3: "0123456789", 5: "(/", 6: "–—-"}  # of these a pattern needs one besides


@lru_cache(maxsize=64)  # several rooms ask about the same few lines
def dateline_of(text: str) -> re.Match[str] | None:
    """Return the match of the dateline that ``text`` begins with, if one does.

    Of its groups ``place``, ``when`` and ``agency`` each pattern has some; the match ends where the sentence begins.
    """
    start = text[:200]
    if not _SIGN.search(start):
        return None
    ornament = marks.ORNAMENT.match(text)
    for number, pattern in enumerate(marks.DATELINES):
        if number in _SIGNS and not any(sign in start for sign in _SIGNS[number]):
            continue
        found = pattern.match(start, ornament.end() if ornament else 0)
        if found and _is_dateline(number, found, text[found.end() : found.end() + marks.MAX_LINE]):
            return found
    return None


def _is_dateline(number: int, found: re.Match[str], following: str) -> bool:
    parts = found.groupdict()
    place, agency = (parts.get("place") or "").strip(" ,."), parts.get("agency") or ""
    known_place, known_agency = (
        place.casefold() in marks.PLACES,
        bool(re.fullmatch(marks.AGENCIES, agency.strip())),
    )
    if not following or (following[0].islower() and not known_agency) or (place and not place[0].isupper()):
        return False
    if following.count(" ") < 3 or marks.DATE.match(following):  # "ZURICH GOLD - APRIL 7": the heading of a table
        return False
    if marks.WEB_NAME.fullmatch(place) or marks.NO_PLACE & set(re.findall(r"[a-z&]+", place.casefold())):
        return False
    colon = ":" in found["dash"] or not found["dash"].strip()
    prose = following.count(" ") >= 8 and not following.isupper()
    if number == 0:
        short = "".join(word[0] for word in place.split() if word[0].isupper())
        sure = known_place or place.isupper() or bool(parts.get("when")) or (prose and agency.isupper())
        return known_agency or ((not colon or bool(parts.get("when"))) and sure and agency != short)
    if number in (1, 2):
        sure = known_place or bool(parts.get("when"))
        return place.isupper() and (sure or (not colon and prose and len(place) > 3 and place.count(" ") < 3))
    if number == 3:
        return not colon or known_place
    initials = prose and ((agency.isupper() and 2 <= len(agency) <= 8) or bool(marks.WEB_NAME.fullmatch(agency)))
    return known_agency or initials if number in (4, 5) else known_place
