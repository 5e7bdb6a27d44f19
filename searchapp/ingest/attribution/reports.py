"""The reports of a sentence: who says something in it, by which word.

Each reporting verb outside quotation marks is asked for its subject, and "according to", a colon and a signature for
theirs; what is part of what somebody else said is left out.
"""

from searchapp.ingest.attribution.asides import Asides
from searchapp.ingest.attribution.cast import Cast
from searchapp.ingest.attribution.clauses import Clauses, Report
from searchapp.ingest.attribution.denials import Denials
from searchapp.ingest.attribution.lexicon import (
    CUE,
    SIDES,
    UTTERED,
    Cue,
    cue,
)
from searchapp.ingest.attribution.scopes import Scopes
from searchapp.ingest.attribution.signs import Signs
from searchapp.ingest.attribution.subjects import Subjects
from searchapp.ingest.attribution.text import Sentence, Text
from searchapp.ingest.attribution.utterances import Utterances
from searchapp.ingest.attribution.verb_reports import VerbReports

_SIGNS = frozenset((*UTTERED, *SIDES, "according", "According", ":"))
_LEAST_OVER = 0.6  # weight of a report behind its clause, in which nobody else reports: no state of mind ("Lee wants")


class Reports:
    """The reports of an article, sentence by sentence."""

    def __init__(self, text: Text, cast: Cast, subjects: Subjects, asides: Asides) -> None:
        self.phrases = subjects.phrases
        self.clauses = Clauses(text, cast, asides)
        self.utterances = Utterances(text, subjects)
        self.denials, self.signs = Denials(text, self.clauses), Signs(text, cast, subjects)
        self.verbs = VerbReports(text, cast, subjects, self.clauses, self.denials)
        self.scopes = Scopes(text)
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted

    def of(self, sentence: Sentence) -> list[Report]:
        """Return the reports of a sentence that are not part of what somebody else said, in order."""
        signed = self.signs.signature(sentence)
        if signed:
            return [signed]
        found: list[Report] = []
        words, tags = self.words, self.tags
        for at in self._signs(sentence):
            report = None
            uttered = words[at] in UTTERED
            owner = self.utterances.owner(at, sentence) if uttered else None
            if uttered and (owner or not tags[at] & CUE or words[at + 1 : at + 2] in (["by"], ["from"])):
                report = self.utterances.of(at, owner, sentence)
            elif tags[at] & CUE and not self.quoted[at] and at not in self.phrases.named_words:
                verb = cue(words[at])
                report = self._report(at, verb, sentence, found) if verb else None
            elif words[at] in ("according", "According") and not self.quoted[at]:
                report = self.signs.according(at, sentence)
            elif words[at] in SIDES and not self.quoted[at]:
                report = self.signs.siding(at, sentence)
            elif words[at] == ":" and not found:
                report = self.signs.led(at, sentence) or self.utterances.leading(at, sentence)
            if report and not self.scopes.is_nested(report, found, sentence):
                sure = report.after and report.explicit and report.weight >= _LEAST_OVER
                if sure and not any(self.quoted[sentence.first : report.first]):
                    found = [r for r in found if r.after or r.subject.same(report.subject)]
                found = [*self.denials.still_denied(found, report), report]
        return self.scopes.outermost(found, sentence) if found else found

    def _signs(self, sentence: Sentence) -> list[int]:
        """Return the words of a sentence that may make a report."""
        first, last, _ = sentence
        words, tags = self.words[first:last], self.tags[first:last]
        if _SIGNS.isdisjoint(words):
            return [at for at, bits in enumerate(tags, first) if bits & CUE]
        return [at for at, bits in enumerate(tags, first) if bits & CUE or self.words[at] in _SIGNS]

    def _report(self, at: int, verb: Cue, sentence: Sentence, found: list[Report]) -> Report | None:
        """Return the report of the verb at word ``at``, if something is said and its subject is known."""
        if self.denials.is_nameless(at, verb, sentence):
            return None
        report = self.verbs.quoted_as_saying(at, verb, sentence) or self.verbs.of(at, verb, sentence, found)
        return self.denials.unless_unsaid(report, verb, sentence) if report else None
