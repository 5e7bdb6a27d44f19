"""What was not said: denials, refusals, conditions and what only might be; what was asked; the polarity of a report.

What is denied ("did not say whether") is a report of its own kind: who did not say it is known, but nothing was said;
what only might be ("would have said", "if Lee said so", "what Lee said") is none.
"""

from searchapp.article import Polarity
from searchapp.ingest.attribution.clauses import Clauses, Report
from searchapp.ingest.attribution.lexicon import (
    ADVERB,
    AUXILIARY,
    Cue,
    cue,
)
from searchapp.ingest.attribution.text import Sentence, Text

_CONDITIONS = frozenset("if unless whether".split())
_MODALS = frozenset("would could might should may must".split())
_MAYBE = frozenset("could might may can cannot can’t can't".split())
_NOT_ONLY = frozenset("only just merely simply".split())
_NOBODY = frozenset("no none".split())
_NEITHER = frozenset("neither nor".split())
_SILENT = frozenset("respond reply answer elaborate".split())
_DENIALS = frozenset("deny dispute reject refute".split())
_REFUSALS = frozenset("decline refuse".split())
_NAMELESS = frozenset("named identified anonymous anonymity".split())
_NOT_YET = _MODALS | {"will", "shall", "’ll", "'ll"}
_QUESTIONS = frozenset("whether if why how what who where when which".split())
DENIED = 0.69  # greatest weight of what was not said: of such reports seven in ten were right (training articles)


class Denials:
    """Tells which reports of an article report nothing."""

    def __init__(self, text: Text, clauses: Clauses) -> None:
        self.clauses = clauses
        self.words, self.tags = text.words, text.tags

    def unless_unsaid(self, report: Report, verb: Cue, sentence: Sentence) -> Report | None:
        """Return a report marked as unsaid if it says "did not say", and None if it says that nobody spoke.

        Shows: Mia Torv would have said that. Tom Beld did not say when the ferry sank. -> Tom Beld
        """
        at, subject = report.verb, report.subject
        if self.words[subject.first].lower() in _NOBODY:
            return None
        first = self.clauses.before_verb(at, sentence.first)[0] + 1
        helping = self.words[first:at]
        if "have" in helping and not _MODALS.isdisjoint(helping):
            return None  # "would have said"
        if not verb.clausal and not _MAYBE.isdisjoint(helping):
            return None  # "might support it"
        denial = self._denial(first, at)
        report.polarity = self._polarity(first, verb, report, sentence)
        neither = any(word.lower() in _NEITHER for word in self.words[max(subject.first - 1, 0) : subject.first + 1])
        if denial < at and verb.base in _SILENT | _DENIALS:
            return None  # "did not respond to a request for comment"
        nothing = verb.clausal and self.words[at + 1 : at + 2] == ["nothing"]
        refused = self._refused(at, verb, sentence) if denial == at else 0
        if denial == at and not (nothing or neither or refused):
            return report
        report.verb = denial
        report.verb_end = max(report.verb_end, at + 1 + nothing, refused)
        report.weight, report.polarity = min(report.weight, DENIED), "declined"
        report.unsaid = bool(refused) or (verb.clausal and verb.base != "agree")
        return report

    def _polarity(self, first: int, verb: Cue, report: Report, sentence: Sentence) -> Polarity:
        """Return the polarity of a report, the auxiliaries of its verb from word ``first`` on, but for negations.

        Shows: Mia Torv will announce the plan. Tom Beld asked whether the ferry sank. -> Mia Torv; Tom Beld
        """
        at, act = report.verb, report.act
        if act in ("denied", "declined"):
            return act
        if verb.form == "base" and any(word in _NOT_YET for word in self.words[first:at]):
            return "conditional"
        if act == "asked" and not _QUESTIONS.isdisjoint(self.words[at + 1 : min(at + 5, sentence.last)]):
            return "asked"
        return "affirmed"

    def _refused(self, at: int, verb: Cue, sentence: Sentence) -> int:
        """Return the word behind "declined to say" at word ``at``, or 0 if no word was refused.

        Shows: Mia Torv declined to say when the ferry sank. -> Mia Torv
        """
        if verb.base not in _REFUSALS or self.words[at + 1 : at + 2] != ["to"]:
            return 0
        said = at + 2
        while said < sentence.last and self.tags[said] & ADVERB:
            said += 1
        refused = cue(self.words[said]) if said < sentence.last else None
        unsaid = refused and refused.clausal and not refused.partners and refused.base != "agree"
        return said + 1 if unsaid else 0

    def _denial(self, first: int, last: int) -> int:
        """Return where "did not" or "never" begins among words ``first`` to ``last``, or ``last``.

        Shows: Mia Torv never said the ferry sank. -> Mia Torv
        """
        for at in range(first, last):
            word = self.words[at]
            if word in ("not", "never") and self.words[at + 1] not in _NOT_ONLY:
                return at - 1 if at > first and self.tags[at - 1] & AUXILIARY else at
            if word == "cannot" or word.endswith(("n't", "n’t")):
                return at
        return last

    def is_nameless(self, at: int, verb: Cue, sentence: Sentence) -> bool:
        """Tell whether a source only "asked not to be named"."""
        if verb.base not in ("ask", "decline", "request", "refuse", "demand"):
            return False
        return not _NAMELESS.isdisjoint(self.words[at + 1 : min(at + 6, sentence.last)])

    def still_denied(self, found: list[Report], report: Report) -> list[Report]:
        """Return reports without "did not say when" where the same person goes on "but said that".

        Shows: Mia Torv did not say when, but said that the ferry would sail. -> Mia Torv
        """
        if report.unsaid or not report.clausal:
            return found
        overtaken = [r for r in found if r.unsaid and r.subject.same(report.subject)]
        if not overtaken:
            return found
        report.weight = max([report.weight, *(r.weight for r in overtaken)])
        return [r for r in found if r not in overtaken]

    def is_condition(self, at: int, end: int, verb: Cue, sentence: Sentence) -> bool:
        """Tell whether a clause only says on what terms, recalls or asks: "if Lee agrees", "what Lee said".

        The clause begins at word ``at``, and ``end`` is the word behind its verb.

        Shows: If Mia Torv agrees to the plan, the ferry will be raised, Tom Beld said. -> Tom Beld
        """
        before = self.words[at - 1].lower() if at > sentence.first else ""
        if before == "as":
            return verb.base in ("agree", "promise", "pledge")
        if before == "what":
            return verb.clausal and self.clauses.is_over(end, sentence)
        return before in _CONDITIONS or (before == "how" and not verb.clausal)
