"""Nouns that report: "Lee's claim that", "the minister's announcement of", "an appeal from the mayor"."""

from searchapp.ingest.attribution.clauses import Report
from searchapp.ingest.attribution.lexicon import (
    AUXILIARY,
    BE,
    CONJUNCTION,
    DETERMINER,
    GROUP,
    OPEN,
    PIECES,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    ROLE,
    SUBORDINATOR,
    TITLE,
    UTTERED,
    UTTERED_ACTS,
)
from searchapp.ingest.attribution.noun_phrases import BY, OWNING, Subject, SubjectKind
from searchapp.ingest.attribution.subjects import Subjects
from searchapp.ingest.attribution.text import Sentence, Text

_APOSTROPHES = frozenset("'’")
_VIEWS = frozenset((("in", "view"), ("in", "opinion"), ("in", "words"), ("by", "account"), ("by", "admission")))
_SUPPORT = frozenset("endorsement endorsements backing".split())
_RECEIVING = frozenset(
    """draw drawing drawn draws drew earned earns face faced faces facing get gets got landed lands receive received
    receives secure secured secures up win winning wins won""".split()
)
_LEADING = frozenset((*UTTERED, *PIECES))
_LOOK_BACK = 14  # words from the colon that leads to a text
WEIGHT = 0.75
LEADING_WEIGHT = 0.9


class Utterances:
    """The reports of an article that a noun makes; words are meant by their places in it."""

    def __init__(self, text: Text, subjects: Subjects) -> None:
        self.text, self.subjects, self.cast, self.phrases = text, subjects, subjects.cast, subjects.phrases
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted

    def of(self, at: int, owner: Subject | None, sentence: Sentence) -> Report | None:
        """Return the report of the noun at word ``at``, whose ``owner`` stands before it, or whom it is by behind it.

        Shows: Nobody doubts Mia Torv’s claim that the ferry sank. -> Mia Torv
        """
        behind = at + 1
        if self.quoted[at] or behind >= sentence.last:
            return None
        subject, end = owner, behind
        support = self.words[behind] == "of" and self.words[at] in _SUPPORT and self._is_received(at)
        by = self.words[behind] in BY or support
        if owner is None and by and behind + 1 < sentence.last:
            subject = self._agent(behind + 1, sentence)
            end = subject.last if subject else behind
        if owner and self._is_view(at, owner, sentence):
            weight = WEIGHT * owner.certainty
            return Report(at, at + 1, owner, owner.first - 1, at + 1, at > sentence.first + 4, True, False, weight)
        if subject and owner is None and self._is_given(at, subject):
            act = UTTERED_ACTS[self.words[at]]
            return Report(at, at + 1, subject, at, end, False, True, False, WEIGHT * subject.certainty, act=act)
        if subject is None or end + 1 >= sentence.last:
            return None
        end = self._behind_copula(end, sentence) if owner else end
        led = self.words[end] == ":" and self.tags[end + 1] & OPEN
        led = led or (self.words[end] == "that" and "that" in UTTERED[self.words[at]])
        if not led and (subject.kind == "pronoun" or self.words[end] not in UTTERED[self.words[at]]):
            return None
        first = min(subject.first, at)
        weight, act = WEIGHT * subject.certainty, UTTERED_ACTS.get(self.words[at], "said")
        report = Report(at, at + 1, subject, first, max(end, at + 1), False, True, False, weight, act=act)
        if act == "denied":
            report.polarity = "denied"
        return report

    def _is_given(self, at: int, giver: Subject) -> bool:
        """Tell whether the noun at word ``at`` is what somebody gets from a person: "drew sharp criticism from Lee".

        Shows: The plan drew sharp criticism from Mia Torv. -> Mia Torv
        """
        if giver.kind != "person" or self.words[at] not in UTTERED_ACTS or not self._is_received(at):
            return False
        return self.words[at + 1] == "from" or (self.words[at + 1] == "of" and self.words[at] in _SUPPORT)

    def _is_received(self, at: int) -> bool:
        """Tell whether somebody gets what word ``at`` names ("won the coveted endorsement")."""
        return not _RECEIVING.isdisjoint(self.words[max(at - 4, 0) : at])

    def leading(self, colon: int, sentence: Sentence) -> Report | None:
        """Return the report of the noun that leads, by the colon that ends its paragraph, to a text of its owner's.

        Shows: Mia Torv’s farewell letter read: “The ferry is old.” -> Mia Torv
        """
        if colon + 1 < sentence.last and not self.tags[colon + 1] & OPEN:
            return None
        for at in range(max(sentence.first, colon - _LOOK_BACK), colon):
            if self.words[at].lower() in _LEADING and not self.quoted[at]:
                owner = self.owner(at, sentence)
                if owner:
                    weight = LEADING_WEIGHT * owner.certainty
                    return Report(at, at + 1, owner, sentence.first, colon + 1, False, True, True, weight)
        return None

    def _is_view(self, at: int, owner: Subject, sentence: Sentence) -> bool:
        """Tell whether the noun at word ``at`` is that of "in Lee's view" or "by her own account", beside a clause.

        Shows: In Mia Torv’s view, the ferry sank. -> Mia Torv
        """
        lead = self.words[owner.first - 1].lower() if owner.first > sentence.first else ""
        if (lead, self.words[at]) not in _VIEWS:
            return False
        comma = owner.first - 2
        return self.words[at + 1] == "," or (comma > sentence.first and self.words[comma] == ",")

    def _behind_copula(self, at: int, sentence: Sentence) -> int:
        """Return the "that" or colon to which "on Sunday was" at word ``at`` leads ("Lee's point was that"), or ``at``.

        Shows: Mia Torv’s answer on Sunday was that the ferry sank. -> Mia Torv
        """
        for end in range(at, min(at + 6, sentence.last - 2)):
            if self.tags[end] & BE:
                return end + 1 if self.words[end + 1] in ("that", ":") else at
            if self.tags[end] & (AUXILIARY | CONJUNCTION | SUBORDINATOR | PRONOUN) or not self.words[end][0].isalnum():
                return at
        return at

    def owner(self, at: int, sentence: Sentence) -> Subject | None:
        """Return whose the noun at word ``at`` is ("Lee's repeated claim", "the minister's claim", "her claim").

        Shows: Nobody doubts Mia Torv’s repeated claim that the ferry sank. -> Mia Torv
        """
        for before in range(at - 1, max(sentence.first - 1, at - 4), -1):
            mention, bits, word = self.cast.ending.get(before), self.tags[before], self.words[before]
            if mention:
                return self.phrases.named(mention) if mention.person and bits & POSSESSIVE else None
            if bits & POSSESSIVE and bits & (ROLE | TITLE | GROUP):
                start = self.phrases.start(before, sentence.first)
                kind: SubjectKind = "group" if bits & GROUP and not bits & ROLE else "noun"
                return Subject(start, before + 1, kind, certainty=0.9)
            if word.lower() in OWNING:
                return Subject(before, before + 1, "pronoun", certainty=0.85)
            if not word[0].isalpha() and word not in _APOSTROPHES:
                return None
            if bits & (PREPOSITION | CONJUNCTION | DETERMINER | AUXILIARY | PRONOUN):
                return None
        return None

    def _agent(self, at: int, sentence: Sentence) -> Subject | None:
        """Return whom an utterance is by: a person or somebody with a role ("from the mayor, Ann Lee,").

        Shows: An appeal from Mia Torv for calm was heard. -> Mia Torv
        """
        mention = self.subjects.starts.first_named(at, sentence)
        if mention and not self.tags[mention.last - 1] & POSSESSIVE:
            return None if self.phrases.is_noun(mention.last, sentence) else self.phrases.named(mention)
        subject = self.subjects.starts.starting(at, sentence)
        return subject if subject and subject.kind != "unnamed" else None
