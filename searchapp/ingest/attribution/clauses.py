"""Reports, and what of a sentence each covers: where its verb's words begin, where the clause of another parts it."""

from dataclasses import dataclass

from searchapp.article import Act, Polarity
from searchapp.ingest.attribution.asides import Asides
from searchapp.ingest.attribution.cast import Cast
from searchapp.ingest.attribution.lexicon import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    CLOSE,
    CONJUNCTION,
    CUE,
    DETERMINER,
    GROUP,
    NUMBER,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    ROLE,
    STOP,
    SUBORDINATOR,
    TIME,
    TIME_LEADS,
    VERB,
    Cue,
)
from searchapp.ingest.attribution.noun_phrases import Subject
from searchapp.ingest.attribution.text import Sentence, Text

OPENINGS = frozenset("while whereas although though as after before when".split())
_HEADLINE_ADVERBS = frozenset("just again also still now once finally openly repeatedly publicly".split())
_ADDRESSED = CAPITAL | DETERMINER | GROUP | PRONOUN | ROLE
BREAKS = frozenset("but while whereas although though as".split())


@dataclass(slots=True)
class Report:
    """A reporting verb with its subject; words ``first`` to ``last`` attribute, the rest of the sentence is content."""

    verb: int
    verb_end: int
    subject: Subject
    first: int
    last: int
    after: bool  # the verb stands before its subject, or ends the sentence: what was said stands before it
    explicit: bool  # has its subject beside it, not shared with another verb
    clausal: bool
    weight: float  # of the verb, times the certainty of its subject
    unsaid: bool = False  # "did not say whether": nothing in the sentence was said
    polarity: Polarity = "affirmed"
    act: Act = "said"


class Clauses:
    """Reads the clauses around the reporting verbs of an article; words are meant by their places in it."""

    def __init__(self, text: Text, cast: Cast, asides: Asides) -> None:
        self.cast, self.asides = cast, asides
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted

    def reach(self, report: Report, others: list[Report], sentence: Sentence) -> Sentence:
        """Return the part of a sentence that may hold what ``report`` reports, without what ``others`` report."""
        first, last = sentence.first, sentence.last
        if not report.explicit and report.subject.first > report.verb:
            last = report.subject.first - 1  # "Saying it would sail, Lee left"
        for other in others:
            if not other.explicit or other.subject.kind == "pronoun" or other.subject.same(report.subject):
                continue
            if other.after and other.last <= report.first:
                first = max(first, other.last)
            elif other.first >= report.last and other.after and report.after:
                last = min(last, report.last)
            elif other.first >= report.last and not other.after:
                end = self._break_before(other, report.last)
                if report.after or self._is_content(report.last, end) or self._is_opening(report, sentence):
                    last = min(last, end)
        return Sentence(first, last, sentence.paragraph)

    def _break_before(self, report: Report, least: int) -> int:
        """Return the "but", or the end of a quotation, that parts the clause of ``report`` from what stands before it.

        Returns the end of the sentence's words if nothing does. Words before ``least`` are not looked at.
        """
        for at in range(report.first - 1, least, -1):
            word, bits = self.words[at], self.tags[at]
            if word == ";" or (word in BREAKS and word != "as") or (word == "and" and self.words[at - 1] == ","):
                return at
            if at == report.first - 1 and report.clausal and (bits & CLOSE or word == ","):
                return at + 1
            if bits & (CLOSE | BE | AUXILIARY | VERB | CUE | PRONOUN):
                break
        return len(self.words)

    def _is_opening(self, report: Report, sentence: Sentence) -> bool:
        """Tell whether a report stands in a clause before the main one ("While Lee praised it, Torv warned")."""
        return report.first > sentence.first and self.words[report.first - 1].lower() in OPENINGS

    def _is_content(self, first: int, last: int) -> bool:
        """Tell whether words ``first`` to ``last`` can be what was said: a quotation or a clause."""
        return any(self.quoted[n] or self.tags[n] & (BE | AUXILIARY | VERB | CUE) for n in range(first, last))

    def is_over(self, at: int, sentence: Sentence) -> bool:
        return at >= sentence.last or self.ends_clause(at)

    def ends_clause(self, at: int) -> bool:
        """Tell whether nothing that was said follows the verb: the sentence ends, or a time or place does."""
        if self.tags[at] & (STOP | CLOSE) or self.words[at] in (",", ";"):
            return True
        if self.words[at] == "to" and at + 1 < len(self.words):  # "said to reporters", but "refused to sail"
            return bool(self.tags[at + 1] & _ADDRESSED)
        return bool(self.tags[at] & (PREPOSITION | TIME | ADVERB)) and self.words[at].lower() not in (
            "of",
            "that",
        )

    def is_behind(self, first: int, last: int, verb: Cue, sentence: Sentence) -> bool:
        """Tell whether words ``first`` to ``last``, an attribution, stand behind what was said."""
        if last >= sentence.last or not self.ends_clause(last):
            return False
        if self.clause_before(first, sentence):
            return True
        if not verb.clausal or not self._words_before(first, sentence):
            return False
        last = self.asides.behind_circumstances(last, sentence)
        return last >= sentence.last or bool(self.tags[last] & STOP)

    def _words_before(self, at: int, sentence: Sentence) -> bool:
        """Tell whether three words and a comma stand before word ``at``, and do not only say when, where or how."""
        first = sentence.first
        if at - first < 4 or self.words[at - 1] != "," or self.words[first].lower() in OPENINGS:
            return False
        if any(self.tags[n] & TIME for n in range(first, first + 3)):
            return False
        return not self.tags[first] & (PREPOSITION | SUBORDINATOR | CONJUNCTION | ADVERB)

    def clause_before(self, at: int, sentence: Sentence) -> bool:
        """Tell whether a comma or a quotation ends what was said before the attribution at word ``at``."""
        if at - 1 <= sentence.first:
            return False
        if self.tags[at - 1] & QUOTE or (self.words[at - 1] == "," and self.tags[at - 2] & CLOSE):
            return True
        if self.words[at - 1] != "," or self.words[sentence.first].lower() in OPENINGS:
            return False
        return any(self.tags[n] & (BE | AUXILIARY | VERB | CUE) for n in range(max(sentence.first, at - 40), at - 1))

    def before_verb(self, at: int, first: int) -> tuple[int, bool, bool, bool]:
        """Skip back over adverbs, auxiliaries and times.

        Returns the word reached, and whether "be", "have" and any auxiliary were among those passed.
        """
        be = had = helped = False
        before = at - 1
        tags, words = self.tags, self.words
        while before >= first:
            bits = tags[before]
            if bits & AUXILIARY:
                be = be or bool(bits & BE)
                had = had or words[before] in ("have", "has", "had")
                helped = True
            elif (
                bits & TIME
                or (bits & NUMBER and tags[before - 1] & TIME)
                or (bits & CAPITAL and before > first and words[before].lower() in _HEADLINE_ADVERBS)
            ):
                pass
            elif bits & ADVERB and not bits & CAPITAL and before not in self.cast.ending:
                if words[before] in ("both", "all") and not (
                    words[before - 1][0].isalpha() or words[before - 1] == ")"
                ):
                    break
            elif before + 1 < at and words[before].lower() in TIME_LEADS and self._is_time(before + 1):
                pass
            else:
                break
            before -= 1
        return before, be, had, helped

    def _is_time(self, at: int) -> bool:
        return bool(self.tags[at] & (TIME | ADVERB)) or self.words[at] == "past"
