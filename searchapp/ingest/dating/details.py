"""Lines of details, as they stand around an article: dates and nothing else, labels, bylines, prefixes of scrapers."""

import re
from typing import Final

from searchapp.ingest.dating.dates import find_dates
from searchapp.ingest.dating.dialects import DATE_LABEL, LABEL, TIME
from searchapp.ingest.dating.surroundings import blanked

MAX_DETAILS: Final = 200  # code points of a line, or of a field of metadata, that holds a date and nothing else
_PREFIX = re.compile(
    rf"\s{{0,20}}(?:{DATE_LABEL}|published)\s?:?\s{{1,5}}\d{{4}}-\d\d-\d\d"
    r"(?:[T ]\d\d:\d\d(?::\d\d)?)?(?!\w)[ \t]*",
    re.IGNORECASE,
)
_PREFIXES = re.compile(rf"^{_PREFIX.pattern}", re.IGNORECASE | re.MULTILINE)
# A line that names who wrote an article; its date is often in the same line.
BYLINE: Final = re.compile(
    r"(?i:by|(?:written|posted|published|reported|story|words|text|compiled|translated|edited) by|author"
    r"|(?:reporting|editing|writing|additional reporting|translation) by|von|par|por|oleh|di|автор|текст"
    r"|tác giả)\b"
    r"(?: ?:)? ?(?=[A-ZÀ-ÞĐА-Я@#])|(?:[^@\n]{2,40}[,|( ] ?)?@\w{2,30}\)?$",
)


def date_prefix(text: str) -> int:
    """Return the length of a leading `` date 2021-04-27 `` that a scraper left before the text, else 0."""
    found = _PREFIX.match(text)
    return found.end() if found else 0


def without_date_prefixes(text: str) -> str:
    """Return ``text`` without the prefixes (see ``date_prefix``) that its lines begin with."""
    return _PREFIXES.sub("", text)


def is_date_line(line: str) -> bool:
    """Say whether a line holds a date or a time of day, and nothing else but labels, weekdays and zones."""
    if len(line) > MAX_DETAILS:
        return False
    dates = find_dates(line)
    if not dates and not TIME.search(line):
        return False
    return not re.search(r"\w", blanked(line, dates))


def is_date_label(line: str) -> bool:
    """Say whether a line holds a label ("Last updated:") and no date."""
    return len(line) <= 40 and LABEL.match(line) is not None and not re.search(r"\w", blanked(line, ()))
