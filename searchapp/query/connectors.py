"""The connectors of press databases, which people bring along: read where they can be, else named."""

import re
from typing import NamedTuple

from searchapp.query.nodes import Link
from searchapp.query.proximity import PARAGRAPH, SENTENCE

MOST_APART = 500  # words: those farther apart have little to do with each other
_EITHER_WAY, _IN_ORDER = "w|near|n|within", "pre|p|onear|adj"
# w/5, pre/5 of Nexis; near/5, n/5, p/5 of ProQuest; near5, adj5 of Factiva; /5, /s, /p of Westlaw; onear/5 of Bing
CONNECTOR = (
    rf"(?:(?:{_EITHER_WAY}|{_IN_ORDER})/(?:[0-9]{{1,9}}|s|p|seg|sent|para|doc)"
    r"|(?:near|onear|adj)[0-9]{1,9}|/(?:n?[0-9]{1,9}|s|p))(?![^\s()])"
)
_PARTS = re.compile(r"(?P<name>[a-z]*?)/?(?:(?P<words>[0-9]+)|(?<=/)(?P<unit>s|p|sent|para))")
_OFTEN = re.compile(r"atl(?:east)?/?[0-9]{1,9}", re.IGNORECASE)
_WITHOUT_NUMBER = re.compile("NEAR|ADJ|SAME|ONEAR|WITHIN")  # in capitals: in small letters they are words
_SHORTENED = re.compile(r"[^\W\d_]{3,}!")
_ANY_LETTER = re.compile(r"([^\W\d_]{1,40})\?{1,9}[^\W\d_]{1,40}")  # wom?n
# Parts of an article, as Nexis names them before a bracket and Factiva before "=", and our fields for them.
_SEGMENTS = {
    "headline": "title", "hd": "title", "ti": "title", "title": "title", "hlead": "", "hlp": "", "lead": "", "lp": "",
    "body": "body", "byline": "", "au": "", "publication": "source", "pub": "source", "sn": "source", "rst": "",
    "la": "", "sc": "", "section": "",
}  # fmt: skip
_SEGMENT = re.compile(rf"({'|'.join(_SEGMENTS)})(?:=(.{{1,200}})|\()", re.IGNORECASE)


class Advice(NamedTuple):
    """What is to be said of a word, and what may stand in its place."""

    sentence: str
    instead: str


def link(connector: str) -> Link | Advice:
    """Return what stands for a connector between two words, or what is to be said of one that cannot be read."""
    found = _PARTS.fullmatch(connector.lower())
    if not found:
        return Advice(f'In which part of an article words stand cannot be asked with "{connector}": leave it out.', "")
    after = found["name"] in _IN_ORDER.split("|")
    if found["unit"]:
        sentence = found["unit"].startswith("s")
        return Link(SENTENCE, after, "sentence") if sentence else Link(PARAGRAPH, after, "paragraph")
    words = int(found["words"])
    if 0 < words <= MOST_APART:
        return Link(words, after)
    nearest = "1" if not words else str(MOST_APART)
    sentence = (
        f'"{connector}" needs a number from 1 to {MOST_APART}: at most so many words apart are what is asked for.'
    )
    return Advice(sentence, re.sub("[0-9]+", nearest, connector))


def advice(word: str, following: str = "") -> Advice | None:
    """Return what to say if ``word``, as typed with the letter ``following``, is a connector that cannot be read; else
    None."""
    if found := _SEGMENT.fullmatch(word + following if following == "(" else word):
        field, value = _SEGMENTS[found[1].lower()], found[2] or ""
        instead = f"{field}:{value}" if field else value
        told = f"write {field}:{value or '( )'}" if field else "leave it out"
        return Advice(f'In which part of an article words stand cannot be asked with "{word}": {told}.', instead)
    if found := _ANY_LETTER.fullmatch(word):
        return Advice(
            f"A ? cannot stand for a letter: write {found[1]}*, which finds whatever begins so.", f"{found[1]}*"
        )
    if _OFTEN.fullmatch(word):
        return Advice(f'How often a word stands cannot be asked with "{word}": leave it out.', "")
    if _WITHOUT_NUMBER.fullmatch(word):
        mended = "/s" if word == "SAME" else "near/5"
        sentence = f'"{word}" joins words only with a number, as in near/5; within a sentence is /s.'
        return Advice(sentence, mended)
    return None


def is_shortened(word: str) -> bool:
    """Tell whether a word as typed is one of which the beginning will do (``hard!``), and no cry (``Hard!``)."""
    return word.islower() and _SHORTENED.fullmatch(word) is not None
