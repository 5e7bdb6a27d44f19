"""Who speaks on his own account, and who only in what somebody else, a letter or a record says."""

from searchapp.ingest.attribution.clauses import BREAKS, OPENINGS, Report
from searchapp.ingest.attribution.lexicon import CLOSE
from searchapp.ingest.attribution.noun_phrases import DASHES
from searchapp.ingest.attribution.text import Sentence, Text

_PARTING = DASHES | {","}
_ACCORDING = frozenset(("according", "According"))


class Scopes:
    """Tells which reports of an article stand inside what others said; words are meant by their places in it."""

    def __init__(self, text: Text) -> None:
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted

    def is_nested(self, report: Report, found: list[Report], sentence: Sentence) -> bool:
        """Tell whether a report is part of what another speaker of its sentence said.

        Shows: Mia Torv said that Tom Beld warned of the ferry. -> Mia Torv
        """
        if not report.explicit or not found:
            return False
        outer = found[-1]
        opening = self.words[sentence.first].lower()
        before = self.words[outer.first - 1].lower() if outer.first > sentence.first else ""
        parted = outer.first < report.first and self.words[report.first - 1] in _PARTING
        if parted and outer.verb < outer.subject.first and not outer.after:
            return False  # "Asked by Lee about it, Torv said"
        if parted and (OPENINGS.intersection((opening, before)) or opening.endswith("ing")):
            return False  # "While Lee says it will, Torv warned"; "Saying it will, Torv"
        if self.words[report.first - 1] == "with" and self.words[report.first - 2] == ",":
            return False
        if not outer.clausal or outer.after or outer.subject.same(report.subject):
            return False
        between = range(outer.verb + 1, report.first)
        for at in between:
            word = self.words[at]
            if word == ";" or (self.tags[at] & CLOSE):
                return False
            if word == "and":
                if self.words[at - 1] == "," and at + 1 == report.first:
                    return False
            elif word in BREAKS and (self.words[at - 1] == "," or word in ("while", "whereas", "although", "though")):
                return False
        return not report.after

    def outermost(self, found: list[Report], sentence: Sentence) -> list[Report]:
        """Return reports without those that stand inside what somebody or something else tells.

        Shows: According to the Oldbay Post, Mia Torv said the ferry sank. -> the Oldbay Post
        Shows: “The ferry sank,” Mia Torv said, according to a letter. -> a letter
        """
        for at in range(sentence.first, sentence.last - 1):
            if self.words[at] in _ACCORDING and self.words[at + 1] == "to" and not self.quoted[at]:
                found = [report for report in found if not self._is_inside(report, at, sentence)]
        return found

    def _is_inside(self, report: Report, at: int, sentence: Sentence) -> bool:
        """Tell whether a report stands in the clause to which "according to" at word ``at`` belongs."""
        if report.verb == at:
            return False
        if report.verb < at:
            ends = (self.words[at - 1] == "," and self.words[at - 2] != "that") or self.tags[at - 1] & CLOSE
            return bool(ends) and not any(self._parts(n) for n in range(report.last, at))
        return at == sentence.first and not any(self._parts(n) for n in range(at, report.first))

    def _parts(self, at: int) -> bool:
        """Tell whether word ``at`` begins another clause: "but", "while", a semicolon, ", and"."""
        word = self.words[at]
        return word == ";" or (word in BREAKS and word != "as") or (word == "and" and self.words[at - 1] == ",")
