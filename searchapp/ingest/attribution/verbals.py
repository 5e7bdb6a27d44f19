"""Verbs without a finite form: infinitives ("went on to warn"), gerunds ("left, saying"), whose subject
stands with another verb, and verbs that share the subject of the one before.
"""

from typing import NamedTuple

from searchapp.article import Act
from searchapp.ingest.attribution.cast import Cast
from searchapp.ingest.attribution.clauses import Clauses, Report
from searchapp.ingest.attribution.lexicon import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    CONJUNCTION,
    CONTROLS,
    CUE,
    GROUP,
    KEEPING,
    MOVING,
    PIECES,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    ROLE,
    SUBORDINATOR,
    TIME,
    VERB,
    WILLING,
    Cue,
)
from searchapp.ingest.attribution.noun_phrases import ARTICLES, Subject
from searchapp.ingest.attribution.subjects import Subjects
from searchapp.ingest.attribution.text import Sentence, Text

_OTHERS_GERUND = frozenset("of for from about against at with on to over".split())
_RECORDINGS = frozenset("audio clip clips film footage recording recordings tape tapes video videos".split())
_FIRST = frozenset("first second last latest only".split())
_GERUND_LEADS = frozenset("by while in when before after since without".split())


class VerbPhrase(NamedTuple):
    """A reporting verb: words ``at`` to ``end`` (half-open), and the word ``before`` its adverbs and auxiliaries."""

    at: int
    end: int
    cue: Cue
    before: int
    previous: str  # the word before, in small letters
    helped: bool  # by an auxiliary
    act: Act

    def report(
        self, subject: Subject, first: int, last: int, certainty: float, after: bool = False, explicit: bool = True
    ) -> Report:
        """Return what the verb reports, attributed by words ``first`` to ``last`` and the verb's own."""
        first, last = min(first, self.at), max(last, self.end)
        weight = self.cue.weight * certainty
        return Report(self.at, self.end, subject, first, last, after, explicit, self.cue.clausal, weight, act=self.act)


class Verbals:
    """The reports of infinitives and gerunds of an article, and of verbs that share a subject."""

    def __init__(self, text: Text, cast: Cast, subjects: Subjects, clauses: Clauses) -> None:
        self.cast, self.subjects, self.phrases, self.clauses = cast, subjects, subjects.phrases, clauses
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted

    def controlled(self, verb: VerbPhrase, sentence: Sentence, found: list[Report]) -> Report | None:
        """Return the report in "Lee went on to warn"; before the verb stands "to".

        Shows: Mia Torv went on to warn that the ferry would sink. -> Mia Torv
        """
        moved = self._moved(verb, sentence) or self._first_to(verb, sentence)
        if moved:
            return moved
        for control in range(verb.before - 1, max(sentence.first, verb.before - 7) - 1, -1):
            willing = self.words[control] in WILLING and control == verb.before - 1
            if self.words[control] in CONTROLS or (willing and self.tags[control - 1] & (BE | ADVERB)):
                subject = self.subjects.ending(self.clauses.before_verb(control, sentence.first)[0], sentence.first)
                if subject:
                    return verb.report(subject, subject.first, verb.end, 0.85 * subject.certainty)
                return self.shared(verb, sentence, found, 0.72)
        return None

    def _moved(self, verb: VerbPhrase, sentence: Sentence) -> Report | None:
        """Return the report of whom something brought to speak; before the verb stands "to".

        Shows: The storm led Mia Torv to admit that the ferry sank. -> Mia Torv
        """
        mention = self.cast.ending.get(verb.before - 1)
        if mention is None or not mention.person or self.tags[mention.last - 1] & POSSESSIVE:
            return None
        if mention.lead == sentence.first and verb.cue.weight > 0.6:
            return verb.report(self.phrases.named(mention), mention.lead, verb.end, 0.85)  # "Lee to back Torv"
        for at in range(mention.lead - 1, max(sentence.first, mention.lead - 7), -1):
            if self.words[at] in MOVING:
                return verb.report(self.phrases.named(mention), mention.lead, verb.end, 0.85)
            if self.tags[at] & (AUXILIARY | PREPOSITION | SUBORDINATOR) or not self.words[at][0].isalnum():
                return None
        return None

    def _first_to(self, verb: VerbPhrase, sentence: Sentence) -> Report | None:
        """Return the report of who was the first, or one of few, to say something; before the verb stands "to".

        Shows: Mia Torv was the first captain on the coast to praise the ferry. -> Mia Torv
        """
        for at in range(verb.before - 1, max(sentence.first, verb.before - 9), -1):
            if self.words[at] in _FIRST and self.words[at - 1] == "the":
                be = at - 2 - 2 * (self.words[at - 3 : at - 1] == ["one", "of"])
                before = self.clauses.before_verb(be + 1, sentence.first)[0]
                subject = self.subjects.ending(before, sentence.first) if self.tags[be] & BE else None
                return verb.report(subject, subject.first, verb.end, 0.85 * subject.certainty) if subject else None
            acts = self.tags[at] & (CUE | VERB) and not self.tags[at] & (CAPITAL | GROUP | ROLE)
            if acts or self.tags[at] & (SUBORDINATOR | PRONOUN | AUXILIARY) or not self.words[at][0].isalnum():
                return None
        return None

    def gerund(self, verb: VerbPhrase, sentence: Sentence, found: list[Report]) -> Report | None:
        """Return the report in "with Lee saying", or that of whoever goes on ("Lee left, saying").

        Shows: The meeting ended, with Mia Torv saying the ferry would sink. -> Mia Torv
        """
        before, previous = verb.before, verb.previous
        mention = self.cast.ending.get(before)
        if mention and mention.person and not self.tags[before] & POSSESSIVE:
            lead = mention.lead - (self.words[mention.lead - 1].lower() in ARTICLES)  # "with its leader Lee saying"
            if lead > sentence.first and self.words[lead - 1].lower() == "with":
                return verb.report(self.phrases.named(mention), mention.lead, verb.end, 0.85)
            if self._is_recorded(mention.lead - 1, sentence.first):
                return verb.report(self.phrases.named(mention), mention.lead, verb.end, 0.85)
            subject = self.subjects.ending(before, sentence.first)
            if subject:
                return verb.report(subject, subject.first, verb.end, 0.6)
        if previous == "in" and verb.cue.base == "write":
            return None  # "in writing"
        if found and found[-1].last > verb.at:
            return None  # "quoted as saying"
        if verb.at - sentence.first < 4 and not found and (opening := self._opening(verb, sentence)):
            return opening
        if previous in KEEPING:
            subject = self.subjects.ending(self.clauses.before_verb(before, sentence.first)[0], sentence.first)
            return verb.report(subject, subject.first, verb.end, 0.85 * subject.certainty) if subject else None
        if previous in PIECES and not verb.helped:
            return self.by_piece(verb, sentence)
        if not self._goes_on(before) and previous not in _GERUND_LEADS:
            return None  # "an advertisement attacking"
        if previous in _OTHERS_GERUND or self.tags[before] & (ROLE | GROUP) or before in self.cast.ending:
            return None
        return self.shared(verb, sentence, found, 0.75)

    def _is_recorded(self, at: int, first: int) -> bool:
        """Tell whether "footage of" ends at word ``at``.

        Shows: The film ends with old footage of Mia Torv saying the ferry would sink. -> Mia Torv
        """
        return at - 1 > first and self.words[at] == "of" and self.words[at - 1].lower() in _RECORDINGS

    def _opening(self, verb: VerbPhrase, sentence: Sentence) -> Report | None:
        """Return the report of a gerund that opens a sentence, of who follows a comma behind it.

        Shows: After praising the crew, Mia Torv left the quay. -> Mia Torv
        """
        for at in range(verb.end, min(verb.end + 40, sentence.last - 2)):
            if self.words[at] != "," or self.quoted[at]:
                continue
            subject = self.subjects.starts.starting(at + 1, sentence)
            if subject and subject.kind in ("person", "pronoun") and self.subjects.has_verb(subject.last, sentence):
                return verb.report(subject, verb.at, verb.end, 0.85 * subject.certainty, explicit=False)
        return None

    def by_piece(self, verb: VerbPhrase, sentence: Sentence) -> Report | None:
        """Return the report of who made what speaks: "Lee released an ad calling it dangerous".

        Shows: Mia Torv released an ad accusing the council of neglect. -> Mia Torv
        """
        piece = verb.before - (verb.cue.form != "gerund")
        begin = self.phrases.start(piece, sentence.first)
        owned = any(self.tags[n] & POSSESSIVE for n in range(begin, piece))  # "the Post's editorial telling her"
        subject = None if owned else self.subjects.main(sentence, begin)
        if subject is None or subject.kind not in ("person", "pronoun") or subject.last >= begin:
            return None
        return verb.report(subject, verb.at, verb.end, 0.85 * subject.certainty, explicit=False)

    def _goes_on(self, before: int) -> bool:
        """Tell whether a clause may go on behind word ``before``: a comma, a dash, "and", an adverb."""
        return not self.words[before][0].isalnum() or bool(self.tags[before] & (CONJUNCTION | ADVERB | TIME))

    def shared(self, verb: VerbPhrase, sentence: Sentence, found: list[Report], certainty: float) -> Report | None:
        """Return the report of a verb that shares the subject of a verb before."""
        subject = found[-1].subject if found else self.subjects.main(sentence, verb.at, last=True)
        if subject is None:
            return None
        return verb.report(subject, verb.at, verb.end, certainty * subject.certainty, explicit=False)
