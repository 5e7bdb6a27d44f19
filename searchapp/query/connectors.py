"""The connectors of press databases, and other signs that people bring along: read where they can be, else named."""

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
_NOT_TOO = re.compile("AND_?NOT|BUT_?NOT")
# Of what other search engines read, and what would be searched for as words here.
_UNWANTED = re.compile(r"!(?=[^\W_])")
_ONE_LETTER = re.compile(r"([^\W_]{1,40})\?[^\W_]")
_WEIGHT = re.compile(r"\^[0-9.]{1,9}\Z")
# Parts of an article, as Nexis (HEADLINE(grain)), ProQuest (TI(grain)) and Factiva (hd=grain) name them, and the field
# that stands for each here; "" for those that none does.
_SEGMENTS = {
    **dict.fromkeys(("headline", "hlead", "title", "ti", "hd"), "title:"),
    **dict.fromkeys(("body", "tx", "td", "ft"), "body:"),
    **dict.fromkeys(("publication", "pub", "source", "sn"), "source:"),
    **dict.fromkeys(("language", "la"), "language:"),
    **dict.fromkeys(("date", "pd"), "date:"),
    **dict.fromkeys("lead lp hlp byline by section terms subject company co person geographic".split(), ""),
    **dict.fromkeys("allcaps caps nocaps singular plural ab au su per org".split(), ""),
}
_SEGMENT = re.compile(rf"({'|'.join(_SEGMENTS)})(?:=(\S*))?", re.IGNORECASE)
_ENDING = re.compile(r"\([a-z]{1,3}\)")  # of one or several: date(s)


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


def advice(word: str, behind: str) -> Advice | None:
    """Return what to say if ``word``, as typed, is a connector that cannot be read, or another sign of other search
    engines; else None. ``behind`` is what is typed behind it."""
    if _OFTEN.fullmatch(word):
        return Advice(f'How often a word stands cannot be asked with "{word}": leave it out.', "")
    if _WITHOUT_NUMBER.fullmatch(word):
        mended = "/s" if word == "SAME" else "near/5"
        sentence = f'"{word}" joins words only with a number, as in near/5; within a sentence is /s.'
        return Advice(sentence, mended)
    if _NOT_TOO.fullmatch(word) or (word == "BUT" and behind.split(maxsplit=1)[:1] == ["NOT"]):
        return Advice(f'To leave something out, write NOT, without "{word}" before it.', "" if word == "BUT" else "NOT")
    return _segment(word, behind) or _sign(word)


def _segment(word: str, behind: str) -> Advice | None:
    """Return what to say of a part of articles that is asked for as a press database has it."""
    found = _SEGMENT.fullmatch(word)
    if not found or not (found[2] is not None or (behind.startswith("(") and not _ENDING.match(behind))):
        return None
    asked = "=" if found[2] is not None else "("
    field = _SEGMENTS[found[1].lower()]
    if not field:
        return Advice(f'There is no part of articles for "{found[1]}{asked}": leave it out.', found[2] or "")
    return Advice(f'Instead of "{found[1]}{asked}" write {field}', f"{field}{found[2] or ''}")


def _sign(word: str) -> Advice | None:
    """Return what to say of a sign in a word that other search engines read."""
    if _UNWANTED.match(word):
        return Advice(f'To leave a word out, write a - before it: "{word}" has no meaning here.', f"-{word[1:]}")
    if found := _ONE_LETTER.match(word):
        sentence = f'A ? cannot stand for a letter, as in "{word}": end the beginning of a word with a * instead.'
        return Advice(sentence, f"{found[1]}*" if len(found[1]) > 1 else "")
    if found := _WEIGHT.search(word):
        return Advice(f'How much a word counts cannot be asked with "{found[0]}": leave it out.', word[: found.start()])
    return None


def is_shortened(word: str) -> bool:
    """Tell whether a word as typed is one of which the beginning will do (``hard!``), and no cry (``Hard!``)."""
    return word.islower() and _SHORTENED.fullmatch(word) is not None
