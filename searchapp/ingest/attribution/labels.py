"""The labels of transcripts: what before a colon at the beginning of a paragraph may name a speaker.

"LEE:", "ANN LEE, HOST:", "Mr. McCALLUM (during the reading):", "The Minister (Ann Lee):", "Q:", "A.", "[12:04] Lee:",
"- LEE:", "Mr. LEE. I object". Each search ends after a few words.
"""

from dataclasses import dataclass
from typing import Literal

from searchapp.ingest.attribution.cast import Cast, Mention
from searchapp.ingest.attribution.lexicon import (
    ABBREVIATION,
    AUXILIARY,
    CAPITAL,
    CUE,
    DOMAIN,
    GIVEN,
    GROUP,
    NAMED,
    NUMBER,
    PARTICLE,
    POSSESSIVE,
    ROLE,
    TITLE,
    tag,
)
from searchapp.ingest.attribution.text import Text
from searchapp.ingest.words import word_levels

_LONGEST = 24  # words of a label with its notes
_LONGEST_NAME = 7
_DASHES = frozenset("-–—")
_BULLETS = _DASHES | frozenset("•*")
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_NOTES = _OPENING | _DASHES | {","}  # what parts a name from a note or a role behind it
_QUESTION = frozenset("q question interviewer".split())
_ANSWER = frozenset("a answer interviewee".split())
_QUESTIONING = _QUESTION | _ANSWER
_PREFIXES = ("Mc", "Mac", "O'", "O’", "D'", "D’", "Fitz", "De", "Di", "La", "Le", "Van", "Von")
_OFFICES = frozenset(
    """witness court chair chairman chairwoman chairperson clerk speaker president moderator host anchor announcer
    narrator operator reporter interviewer questioner judge defendant prosecutor counsel audience crowd applicant
    commentator correspondent presenter caller""".split()
)
_SOME = frozenset("several some unidentified unknown".split())
Kind = Literal["name", "office", "question", "answer", "other"]


@dataclass(frozen=True, slots=True)
class Label:
    """A label: it begins at word ``at``; its name, words ``first`` to ``last``; what was said begins at ``behind``.

    ``sure`` tells that it can hardly be anything but a speaker.
    """

    at: int
    first: int
    last: int
    behind: int
    kind: Kind
    sure: bool
    capitals: bool
    role: tuple[int, int] = (0, 0)  # the words of a role behind the name
    mention: Mention | None = None
    questioner: bool = False  # "BY MR. LEE:" tells who asks from here on


class Labels:
    """Reads the labels of an article's paragraphs."""

    def __init__(self, text: Text, cast: Cast) -> None:
        self.text, self.cast = text, cast
        self.words, self.tags = text.words, text.tags

    def of(self, begin: int, last: int) -> Label | None:
        """Return the label with which words ``begin`` to ``last`` (half-open), a paragraph, begin."""
        limit = min(last, begin + _LONGEST)
        first = self._behind_bullet(begin, limit)
        if first >= limit or not self.tags[first] & (CAPITAL | PARTICLE):
            return None
        if self.words[first].lower() in _QUESTIONING:
            return self._question(begin, first, limit)
        colon = self._colon(first, limit)
        if colon:
            return self._named(begin, first, colon)
        return self._stopped(begin, first, limit) or self._alone(begin, first, last)

    def dashed(self, begin: int, last: int) -> Label | None:
        """Return the label that a dash is in a talk without names ("– Why do you stand? – I like it.")."""
        if self.words[begin] not in _DASHES or last - begin < 3:
            return None
        kind: Kind = "question" if self.words[last - 1] == "?" else "answer"
        return Label(begin, begin, begin + 1, begin + 1, kind, True, False)

    def _alone(self, begin: int, first: int, last: int) -> Label | None:
        """Return the label that is a line of its own: "Ann Lee -- Chief Executive"."""
        mention = self._person(first)
        if mention is None or mention.last + 1 >= last or self.words[mention.last] not in _DASHES or last - first > 16:
            return None
        plain = all(self.words[n][0].isalpha() or self.words[n] in ",&" for n in range(mention.last + 1, last))
        role = (mention.last + 1, last)
        return Label(begin, first, mention.last, last, "name", True, False, role, mention) if plain else None

    def _behind_bullet(self, begin: int, limit: int) -> int:
        """Return the first word behind a dash or bullet and a time ("- [12:04] LEE:")."""
        first = begin
        if self.words[first] in _BULLETS and first + 1 < limit:
            first += 1
        bracket = self.words[first] in _OPENING and first + 2 < limit and self.words[first + 2] in _CLOSING
        timed = first + bracket
        if timed + 1 < limit and self.tags[timed] & NUMBER and ":" in self.words[timed]:
            first = timed + 1 + bracket
        return first

    def _question(self, begin: int, first: int, limit: int) -> Label | None:
        """Return the label "Q:", "A.", "Question:"."""
        word = self.words[first].lower()
        if first + 1 >= limit or self.words[first + 1] not in (":", ".") or (self.words[first + 1] == "." and word[1:]):
            return None
        kind: Kind = "question" if word in _QUESTION else "answer"
        return Label(begin, first, first + 1, first + 2, kind, True, self.words[first].isupper())

    def _colon(self, first: int, limit: int) -> int:
        """Return the colon that ends a label, none inside brackets and no sentence before it, or 0."""
        if ":" not in self.words[first:limit]:
            return 0
        depth = 0
        for at in range(first, limit):
            word = self.words[at]
            depth += (word in _OPENING) - (word in _CLOSING)
            if word == ":" and not depth:
                return at if at > first else 0
            ends = word in "?!;" or (word == "." and not self._is_short(at - 1))
            if not depth and (ends or word in '“”"«»' or (self.tags[at] & (AUXILIARY | CUE) and word[0].islower())):
                return 0
        return 0

    def _is_short(self, at: int) -> bool:
        """Tell whether a dot may follow word ``at`` within a name: an initial, "Mr", "Sen"."""
        return len(self.words[at]) == 1 or bool(self.tags[at] & (ABBREVIATION | TITLE))

    def _named(self, begin: int, first: int, colon: int) -> Label | None:
        """Return the label that ends in the colon at word ``colon``: a name, an office, or what else is written so."""
        questioner = self.words[first] == "BY" and first + 1 < colon
        first += questioner
        note = next((n for n in range(first, colon) if self.words[n] in _NOTES), colon)
        role = (note + 1, colon) if note < colon and self.words[note] not in _OPENING else (0, 0)
        bracketed = next(
            (m for n in range(note, colon) if (m := self._person(n)) and self.words[n - 1] in _OPENING), None
        )
        mention = self._person(first)
        if mention and mention.last > note:
            mention = None
        last = self._name_end(first, note)
        if not last:
            return None
        if bracketed and not mention and any(self.tags[n] & (TITLE | ROLE) for n in range(first, note)):
            return Label(
                begin, bracketed.lead, bracketed.last, colon + 1, "name", True, False, (first, note), bracketed
            )
        capitals = self._is_in_capitals(first, note)
        if self._is_office(first, note):
            named = self.words[first].lower() in ("the", *_SOME) or capitals or self.tags[first] & TITLE
            return Label(begin, first, note, colon + 1, "office", bool(named), capitals, questioner=questioner)
        if note < colon and not mention and not capitals:
            return None
        known = mention is not None and not (last - first == 1 and self._is_common(first) and not mention.titled)
        named = known or (capitals and self._is_name(first, note, note < colon))
        kind: Kind = "name" if named else "other"
        return Label(begin, first, note, colon + 1, kind, named, capitals, role, mention, questioner)

    def _stopped(self, begin: int, first: int, limit: int) -> Label | None:
        """Return the label in "Mr. LEE. I object." or "Ms LEE—I object.": a title and a name in capitals."""
        if not self.tags[first] & TITLE or self.words[first].isupper():
            return None
        at = first + 1
        at += at < limit and self.words[at] == "."
        end = at
        while end < min(limit, at + 3) and self.words[end][0].isalpha() and _upper(self.words[end]):
            end += 1
        if end == at or end + 1 >= limit or self.words[end] not in (".", "—", "–", "-"):
            return None
        return Label(begin, first, end, end + 1, "name", True, True)

    def _person(self, at: int) -> Mention | None:
        mention = self.cast.starting.get(at)
        named = mention and mention.person and not self.tags[mention.last - 1] & POSSESSIVE
        return mention if named else None

    def _name_end(self, first: int, last: int) -> int:
        """Return ``last`` if words ``first`` to it can be a label: few, each with a capital or a name's particle."""
        if not 0 < last - first <= _LONGEST_NAME + 2 * sum(self.words[n] == "." for n in range(first, last)):
            return 0
        for at in range(first, last):
            word, bits = self.words[at], self.tags[at]
            if word == "." or word in ("of", "for", "and", "the", "&"):
                continue
            if not word[0].isalpha() or not (bits & (CAPITAL | PARTICLE) or (at > first and bits & (ROLE | GROUP))):
                return 0
        return last

    def _letters(self, first: int, last: int) -> list[int]:
        """Return the words that are no titles, particles, initials or articles."""
        return [
            n
            for n in range(first, last)
            if len(self.words[n]) > 1
            and not (self.tags[n] & (TITLE | PARTICLE) and not self.words[n].isupper())
            and self.words[n].lower() not in ("the", "of", "for", "and")
            and self.words[n] not in _PREFIXES
        ]

    def _is_in_capitals(self, first: int, last: int) -> bool:
        names = self._letters(first, last)
        return bool(names) and all(_upper(self.words[n]) for n in names)

    def _is_office(self, first: int, last: int) -> bool:
        """Tell whether a label names only an office ("THE WITNESS", "Several members", "UNIDENTIFIED MALE")."""
        names = [n for n in range(first, last) if self.words[n].lower() not in ("the", "of", "for", "and", ".")]
        if not names or any(tag(self.words[n].capitalize()) & GIVEN for n in names):
            return False
        calling = any(self.words[n].lower() in _OFFICES or self.tags[n] & (ROLE | TITLE) for n in names[-1:])
        plain = all(
            self.words[n].lower() in _OFFICES or self.tags[n] & (ROLE | TITLE | DOMAIN) or self._is_common(n)
            for n in names
        )
        if self.words[first].lower() in _SOME:
            return True
        return calling and plain

    def _is_common(self, at: int) -> bool:
        return word_levels().get(self.words[at].lower(), 99) <= 50

    def _is_name(self, first: int, last: int, noted: bool) -> bool:
        """Tell whether words in capitals are a name and no heading ("BACKGROUND")."""
        names = self._letters(first, last)
        known = [tag(self.words[n].capitalize()) for n in names]
        if any(bits & (NAMED | GROUP) for bits in known):
            return False
        if noted or any(self.tags[n] & TITLE for n in range(first, last)) or any(bits & GIVEN for bits in known):
            return True
        return any(not self.words[n].isupper() or "-" in self.words[n] or not self._is_common(n) for n in names)


def _upper(word: str) -> bool:
    """Tell whether a word is in capitals, but for "Mc" or "de" in front ("McCALLUM")."""
    if word.isupper():
        return len(word) > 1
    behind = next((word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix)), "")
    return len(behind) > 1 and behind.isupper()
