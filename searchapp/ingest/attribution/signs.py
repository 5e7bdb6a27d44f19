"""Reports without a reporting verb: "according to", a claim, a speaker's label, the signature of a quotation."""

from searchapp.ingest.attribution.cast import Cast
from searchapp.ingest.attribution.clauses import Report
from searchapp.ingest.attribution.lexicon import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    CUE,
    DETERMINER,
    OPEN,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    ROLE,
    SIDES,
    STOP,
    TIME,
    TITLE,
    VERB,
)
from searchapp.ingest.attribution.noun_phrases import BY
from searchapp.ingest.attribution.subjects import Subjects
from searchapp.ingest.attribution.text import Sentence, Text

_APOSTROPHES = frozenset("'’")
_ABOUT = frozenset("at in on to".split())
_DASHES = frozenset("—–-")
_APPOSITION = 12  # words of one that stands between a name and what is done
_ACTS = AUXILIARY | VERB | CUE


class Signs:
    """The reports of an article that a word, a colon or a dash makes."""

    def __init__(self, text: Text, cast: Cast, subjects: Subjects) -> None:
        self.text, self.cast, self.subjects, self.phrases = text, cast, subjects, subjects.phrases
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted

    def signature(self, sentence: Sentence) -> Report | None:
        """Return the report in "“We will win.” — Ann Lee, baker", the dash beginning the sentence.

        Shows: “The ferry is old.” — Mia Torv, baker -> Mia Torv
        """
        first, last, _ = sentence
        if self.words[first] not in _DASHES:
            return None
        mention = self.cast.starting.get(first + 1)
        if not mention or not mention.person or first == 0 or last - first > 30:
            return None
        if self.words[mention.last : mention.last + 2] == ["(", "@"]:
            return Report(first, first + 1, self.phrases.named(mention), first, last, True, True, False, 0.8)
        if self.tags[mention.last - 1] & POSSESSIVE or not (self.quoted[first - 1] or self._is_inline(sentence)):
            return None
        behind = range(mention.last, last)
        if mention.last < last and self.words[mention.last][0].isalnum() and not self.tags[mention.last] & TIME:
            return None
        if any(self.tags[n] & (CUE | AUXILIARY) and not (self.tags[n] & CAPITAL or self.quoted[n]) for n in behind):
            return None
        return Report(first, first + 1, self.phrases.named(mention), first, last, True, True, False, 0.8)

    def beat(self, sentence: Sentence) -> Report | None:
        """Return the report that what somebody does is, beside whose sentence stands a quotation without a verb.

        Shows: Mia Torv looked at the sea. “The ferry is old and grey.” -> Mia Torv
        """
        subject = self.subjects.main(sentence, sentence.last)
        if subject is None or subject.kind not in ("person", "pronoun", "noun") or len(subject.people) > 1:
            return None
        at = self._behind_who(subject.last, sentence)
        acts = at < sentence.last and (self.tags[at] & _ACTS or self.words[at].endswith("ed"))
        if not acts or self.tags[at] & CAPITAL or any(self.quoted[sentence.first : sentence.last]):
            return None
        return Report(at, at + 1, subject, subject.first, at + 1, False, True, False, 0.8 * subject.certainty)

    def _behind_who(self, at: int, sentence: Sentence) -> int:
        """Return the word behind what is said of a subject that ends at word ``at``, and behind adverbs.

        Shows: Mia Torv, a baker, slowly stood up: “The ferry is old.” -> Mia Torv
        """
        if at < sentence.last and self.words[at] == ",":
            ends = (n for n in range(at + 1, min(at + _APPOSITION, sentence.last)) if self.words[n] == ",")
            called = self.tags[at + 1] & (DETERMINER | ROLE | TITLE)
            at = next(ends, at) + 1 if called else at + 1  # "the mayor, Ann Lee, nodded" ends in a comma, too
        while at < sentence.last and self.tags[at] & ADVERB:
            at += 1
        return at

    def siding(self, at: int, sentence: Sentence) -> Report | None:
        """Return the report in "Lee has long been a fierce critic of it", the noun at word ``at``.

        Shows: Mia Torv has long been a fierce critic of the ferry. -> Mia Torv
        """
        if self.words[at + 1 : at + 2] != ["of"] or at + 2 >= sentence.last:
            return None
        be = at - 1
        while be > sentence.first and at - be < 8 and not self.tags[be] & (AUXILIARY | PREPOSITION | STOP):
            if not self.words[be][0].isalpha():
                return None
            be -= 1
        if not self.tags[be] & BE:
            return None
        while be > sentence.first and self.tags[be] & (AUXILIARY | ADVERB | TIME):
            be -= 1
        subject = self.subjects.ending(be, sentence.first)
        if subject is None or subject.kind not in ("person", "pronoun"):
            return None
        weight, act = 0.8 * subject.certainty, SIDES[self.words[at]]
        return Report(at, at + 2, subject, subject.first, at + 2, False, True, False, weight, act=act)

    def _is_inline(self, sentence: Sentence) -> bool:
        """Tell whether a long dash parts the sentence from the one before it in its line."""
        first = sentence.first
        between = self.text.body[self.text.ends[first - 1] : self.text.starts[first]]
        return self.words[first] == "—" and "\n" not in between

    def led(self, at: int, sentence: Sentence) -> Report | None:
        """Return the report of what a colon at word ``at`` leads to, without a reporting verb."""
        return self.colon(at, sentence) or self.before_quotation(at, sentence) or self.acting(at, sentence)

    def acting(self, at: int, sentence: Sentence) -> Report | None:
        """Return the report in "Lee went even further: “We will win”", a quotation behind what somebody does.

        Shows: On Friday, Mia Torv was blunt: “The ferry is old.” -> Mia Torv
        """
        if at + 1 >= sentence.last or not self.tags[at + 1] & OPEN or self.quoted[at]:
            return None
        subject = self.subjects.main(sentence, at)
        if subject is None or subject.kind not in ("person", "pronoun") or self.quoted[subject.first]:
            return None
        start = self._behind_who(subject.last, sentence)
        end = next((n for n in range(start, at) if self.tags[n] & _ACTS or self.words[n].endswith("ed")), 0)
        if not end or end > start + 3:
            return None
        return Report(at, at + 1, subject, subject.first, at + 1, False, True, True, 0.8 * subject.certainty)

    def colon(self, at: int, sentence: Sentence) -> Report | None:
        """Return the report in a headline or transcript: "Lee: We will win", "SEN. ANN LEE (R-OHIO): We will win".

        Shows: EXCLUSIVE – Mia Torv: We Will Sail -> Mia Torv
        """
        first = sentence.first
        announced = (
            self.words[first].isupper() and self.words[first + 1] in _DASHES
        )  # "EXCLUSIVE – Ann Lee: We will win"
        mention = self.cast.starting.get(first + 2 if announced else first)
        if mention and mention.person and self._is_label(mention.last, at) and self._is_said(at + 1, sentence):
            return Report(at, at + 1, self.phrases.named(mention), mention.lead, at + 1, False, True, True, 0.7)
        return None

    def before_quotation(self, at: int, sentence: Sentence) -> Report | None:
        """Return the report in "... - Ann Lee, Post: “We will win”", a name before a colon and a quotation.

        Shows: Wrong polls - Mia Torv, Oldbay Post: “The ferry is old.” -> Mia Torv
        """
        if at + 1 >= sentence.last or not self.tags[at + 1] & OPEN or self.quoted[at]:
            return None
        for end in range(at, max(sentence.first, at - 8), -1):
            mention = self.cast.ending.get(end - 1)
            if mention and mention.person and (end == at or self.words[end] in ",("):
                by = self.words[mention.lead - 1].lower() in BY  # "More from Lee:"
                named = self.phrases.named(mention)
                subject = named if by else self.subjects.ends.named_ending(mention, sentence.first, 0)
                if subject is None or not subject.people:
                    return None
                governed = self.phrases.is_object(subject.first, sentence.first)
                if governed and not by:
                    return None
                first = subject.first if end == at else mention.lead
                return Report(at, at + 1, subject, first, at + 1, False, True, True, 0.8)
            if self.tags[end - 1] & (AUXILIARY | VERB | CUE | PRONOUN | STOP) and not self.tags[end - 1] & CAPITAL:
                return None
        return None

    def _is_said(self, at: int, sentence: Sentence) -> bool:
        """Tell whether words from ``at`` on are a clause or a quotation, not only what somebody is ("Lee: baker, 41").

        Shows: Mia Torv: The ferry is old. -> Mia Torv Shows: Mia Torv: 41, baker, of Oldbay. -> nobody
        """
        clause = AUXILIARY | VERB | CUE | PRONOUN
        if any(self.tags[n] & clause or self.quoted[n] for n in range(at, sentence.last)):
            return True
        following = self.text.starts[sentence.last] if sentence.last < len(self.words) else len(self.text.body)
        return at < sentence.last and following - self.text.ends[sentence.last - 1] == 1

    def _is_label(self, first: int, last: int) -> bool:
        """Tell whether nothing stands between a name and its colon, or one bracket or short role.

        Shows: SEN. MIA TORV (R-Oldbay): The ferry is old. -> MIA TORV
        """
        if first == last:
            return True
        if last - first > 8 or self.tags[first - 1] & POSSESSIVE:
            return False
        if self.words[first] == "(":
            return self.words[last - 1] == ")" and ")" not in self.words[first : last - 1]
        inner = range(first + 1, last)
        if self.words[first] in _ABOUT and last - first < 6:  # "Lee on the storm: We will win"
            return not any(self.tags[n] & (AUXILIARY | PRONOUN | VERB) or not self.words[n][0].isalnum() for n in inner)
        plain = all(self.words[n][0].isalnum() and not self.tags[n] & (AUXILIARY | PRONOUN | VERB) for n in inner)
        return self.words[first] == "," and plain and any(self.tags[n] & (ROLE | TITLE) for n in inner)

    def according(self, at: int, sentence: Sentence) -> Report | None:
        """Return the report in "according to Lee" at word ``at``.

        Shows: The ferry, according to Mia Torv, sank. -> Mia Torv
        """
        if at + 2 >= sentence.last or self.words[at + 1].lower() != "to":
            return None
        subject = self.subjects.starts.objective(at + 2, sentence) or self.subjects.starts.starting(at + 2, sentence)
        if subject is None:
            return None
        inner = self.words[at - 1 : at] == ["that"] or self.words[max(at - 2, 0) : at] == ["that", ","]
        after = at > sentence.first and not inner  # but "Lee said that, according to the council, it sank"
        return Report(at, at + 2, subject, at, subject.last, after, True, False, 0.9)
