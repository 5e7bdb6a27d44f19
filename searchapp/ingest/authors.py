"""Who wrote an article: the names in its bylines, as formats state them and cleaning finds them."""

import re
from collections.abc import Iterable
from typing import Final

_MAX_BYLINE, _MAX_AUTHORS = 500, 20  # code points of one that names authors; how many are kept
_LABEL = re.compile(r"\s{0,9}[^\W\d_]{2,16}\s{0,2}:\s{1,9}")  # "BYLINE: By Ada Lenn"
_LEAD = re.compile(
    r"\s{0,9}(?:(?:written|posted|published|reported|story|words|text|compiled|reporting) by|by|from|von|par|por|door"
    r"|oleh|tác giả|автор|текст)\b\s{0,9}:?\s{0,9}",
    re.IGNORECASE,
)
_NO_WRITER = re.compile(
    r"\s{0,9}(?:edit(?:ed|ing)|translat(?:ed|ion)|photo\w*|pictures?|graphics?|bild|foto\w*)\b", re.IGNORECASE
)
_LAST_FIRST = re.compile(r"([^\W\d_][\w'’.-]{1,30}), ([^\W\d_][\w'’.-]{0,30}(?: [^\W\d_][\w'’.-]{0,30})?)")  # in RIS
_LIST = re.compile(r"\s{0,9};\s{0,9}")
_PARTS = re.compile(r"\s{0,9}(?:[;,/|&\n•·]|\b(?:and|und|et|y|e|en|und|with)\b(?=\s))\s{0,9}")
_PLACED = re.compile(r"\sin\s[^;,/|&\n]{1,40}?(?=[;,/|&\n]|\sand\s|\Z)")  # "Ada Lenn in Velm"
_WORD = re.compile(r"[^\W\d_][\w'’.-]{0,30}")
_PARTICLES: Final = frozenset(
    "al bin da das de del den der di do dos du el ibn la las le los ten ter van von y zu zur".split()
)
# Words of offices, agencies and rubrics, which no name of a person has.
_NO_NAME: Final = frozenset(
    "agence agencies agency analyst associated bureau business chief columnist contributing contributor correspondent "
    "courier critic desk dispatch editor editorial editors foreign freelance gazette guest herald journal journalist "
    "letters magazine mail media network news newspaper newsroom office online photographer political post press "
    "producer redaktion rédaction report reporter reporters reuters review science senior service services special "
    "sport sports staff star team telegraph the times tribune wire writer writers".split()
)


def authors_in(bylines: Iterable[str]) -> tuple[str, ...]:
    """Return the names of persons in ``bylines``, each once: "By ADA LENN and Tom Reed, Staff Writers" names two.

    A name has two to five words, all but its particles with a capital; what has none in it is left out. Time is linear
    in the bylines, of which each counts only up to 500 code points.
    """
    found: dict[str, None] = {}
    for byline in bylines:
        line = _LABEL.sub("", byline, count=1) if _LABEL.match(byline) else byline
        if len(line) > _MAX_BYLINE or _NO_WRITER.match(line):
            continue
        listed = (
            _LAST_FIRST.sub(r"\2 \1", each) if _LAST_FIRST.fullmatch(each) else each for each in _LIST.split(line)
        )
        for part in _PARTS.split(_PLACED.sub("", ";".join(listed))):
            if name := _name(_LEAD.sub("", part, count=1) if _LEAD.match(part) else part):
                found.setdefault(name)
    return tuple(found)[:_MAX_AUTHORS]


def _name(text: str) -> str | None:
    """Return a text as the name of a person, None if it is none."""
    words = text.split("(")[0].strip(" .-–—*").split()
    told = [word for word in words if word.lower() not in _PARTICLES]
    if not 2 <= len(words) <= 5 or not told or not _NO_NAME.isdisjoint(word.lower() for word in words):
        return None
    if not all(_WORD.fullmatch(word) for word in words) or not all(word[0].isupper() for word in told):
        return None
    in_capitals = all(word.isupper() for word in told)
    return " ".join(word.title() if in_capitals and len(word) > 2 else word for word in words)
