"""The reporting verbs of a sentence and whom they belong to.

Each reporting verb outside quotation marks looks for its subject: to its left across adverbs, auxiliaries,
times and appositions, to its right when inverted ("said Lee"), or it shares the subject of the verb before
("said ... and welcomed", "affirming that"). "Was quoted by the Post as saying" is one verb, its subject whom the Post
quotes. What is denied ("did not say whether") is a report of its own kind: who did not say it is known, but nothing
was said; what only might be ("would have said", "if Lee said so", "what Lee said") is none.
"""

from dataclasses import dataclass

from searchapp.ingest.attribution import mentions
from searchapp.ingest.attribution.asides import Asides
from searchapp.ingest.attribution.cast import Cast, Mention
from searchapp.ingest.attribution.lexicon import (
    ABBREVIATION,
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    CLOSE,
    CONJUNCTION,
    CONTROLS,
    CUE,
    DETERMINER,
    GROUP,
    NUMBER,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    ROLE,
    STOP,
    SUBORDINATOR,
    TIME,
    TIME_LEADS,
    TITLE,
    UTTERED,
    VERB,
    Cue,
    cue,
)
from searchapp.ingest.attribution.subjects import Subject, Subjects
from searchapp.ingest.attribution.text import Sentence, Text

_OTHERS_GERUND = frozenset("of for from about against at with on to over".split())
_CONDITIONS = frozenset("if unless whether".split())
_MODALS = frozenset("would could might should may must".split())
_NOT_ONLY = frozenset("only just merely simply".split())
_NOBODY = frozenset("no none".split())
_NEITHER = frozenset("neither nor".split())
_SILENT = frozenset("respond reply answer elaborate".split())
_DENIALS = frozenset("deny dispute reject refute".split())
_REFUSALS = frozenset("decline refuse".split())
_QUOTING = frozenset("quote cite report record".split())
_NAMELESS = frozenset("named identified anonymous anonymity".split())
DENIED = 0.69  # greatest weight of what was not said: of such reports seven in ten were right (training articles)
_ASKED_OF = frozenset("about whether if why how by what when during on".split())
_OWNERS = frozenset("his her their its".split())
_OPENINGS = frozenset("while whereas although though as after before when".split())
_HEADLINE_ADVERBS = frozenset("just again also still now once finally openly repeatedly publicly".split())
_APOSTROPHES = frozenset("'’")
_GERUND_LEADS = frozenset("by while in when before after since without".split())
_DASHES = frozenset("—–-")
_BREAKS = frozenset("but while whereas although though as".split())


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
    denied: bool = False  # "did not say whether": nothing in the sentence was said


class Reports:
    """The reports of an article, sentence by sentence."""

    def __init__(self, text: Text, cast: Cast, subjects: Subjects) -> None:
        self.text, self.cast, self.subjects = text, cast, subjects
        self.asides = Asides(text, cast)
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted

    def of(self, sentence: Sentence) -> list[Report]:
        """Return the reports of a sentence that are not part of what somebody else said, in order."""
        signed = self._signature(sentence)
        if signed:
            return [signed]
        found: list[Report] = []
        words, tags = self.words, self.tags
        for at in range(sentence.first, sentence.last):
            report = None
            if words[at] in UTTERED and self._owner(at, sentence):
                report = self._uttered(at, sentence)
            elif tags[at] & CUE and not self.quoted[at] and at not in self.subjects.named_words:
                verb = cue(words[at])
                report = self._report(at, verb, sentence, found) if verb else None
            elif words[at] in ("according", "According") and not self.quoted[at]:
                report = self._according(at, sentence)
            elif words[at] == ":" and not found:
                report = self._colon(at, sentence)
            if report and not self._is_nested(report, found, sentence):
                if report.after and report.explicit and not any(self.quoted[sentence.first : report.first]):
                    found = [r for r in found if r.after or r.subject.same(report.subject)]
                found = [*self._still_denied(found, report), report]
        return found

    def reach(self, report: Report, others: list[Report], sentence: Sentence) -> Sentence:
        """Return the part of a sentence that may hold what ``report`` reports, without what ``others`` report."""
        first, last = sentence.first, sentence.last
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
        return sentence._replace(first=first, last=last)

    def _break_before(self, report: Report, least: int) -> int:
        """Return the "but", or the end of a quotation, that parts the clause of ``report`` from what stands before it.

        Returns the end of the sentence's words if nothing does. Words before ``least`` are not looked at.
        """
        for at in range(report.first - 1, least, -1):
            word, bits = self.words[at], self.tags[at]
            if word == ";" or (word in _BREAKS and word != "as") or (word == "and" and self.words[at - 1] == ","):
                return at
            if at == report.first - 1 and report.clausal and (bits & CLOSE or word == ","):
                return at + 1
            if bits & (CLOSE | BE | AUXILIARY | VERB | CUE | PRONOUN):
                break
        return len(self.words)

    def _is_opening(self, report: Report, sentence: Sentence) -> bool:
        """Tell whether a report stands in a clause before the main one ("While Lee praised it, Torv warned")."""
        return report.first > sentence.first and self.words[report.first - 1].lower() in _OPENINGS

    def _is_content(self, first: int, last: int) -> bool:
        """Tell whether words ``first`` to ``last`` can be what was said: a quotation or a clause."""
        return any(self.quoted[n] or self.tags[n] & (BE | AUXILIARY | VERB | CUE) for n in range(first, last))

    def _still_denied(self, found: list[Report], report: Report) -> list[Report]:
        """Return reports without "did not say when" where the same person goes on "but said that"."""
        if report.denied or not report.clausal:
            return found
        overtaken = [r for r in found if r.denied and r.subject.same(report.subject)]
        report.weight = max([report.weight, *(r.weight for r in overtaken)])
        return [r for r in found if r not in overtaken]

    def _report(self, at: int, verb: Cue, sentence: Sentence, found: list[Report]) -> Report | None:
        """Return the report of the verb at word ``at``, if something is said and its subject is known."""
        if self._is_nameless(at, verb, sentence):
            return None
        report = self._quoted_as_saying(at, verb, sentence) or self._verb_report(at, verb, sentence, found)
        return self._unless_unsaid(report, verb, sentence) if report else None

    def _unless_unsaid(self, report: Report, verb: Cue, sentence: Sentence) -> Report | None:
        """Return a report marked as denied if it says "did not say", and None if it says that nobody spoke."""
        at, subject = report.verb, report.subject
        if self.words[subject.first].lower() in _NOBODY:
            return None
        first = self._before(at, sentence.first)[0] + 1
        if any(word in _MODALS for word in self.words[first:at]) and "have" in self.words[first:at]:
            return None  # "would have said"
        denial = self._denial(first, at)
        neither = any(word.lower() in _NEITHER for word in self.words[max(subject.first - 1, 0) : subject.first + 1])
        if denial < at and verb.base in _SILENT | _DENIALS:
            return None  # "did not respond to a request for comment"
        nothing = verb.clausal and self.words[at + 1 : at + 2] == ["nothing"]
        refused = self._refused(at, verb, sentence) if denial == at else 0
        if denial == at and not (nothing or neither or refused):
            return report
        report.verb = denial
        report.verb_end = max(report.verb_end, at + 1 + nothing, refused)
        report.weight = min(report.weight, DENIED)
        report.denied = bool(refused) or (verb.clausal and verb.base != "agree")
        return report

    def _refused(self, at: int, verb: Cue, sentence: Sentence) -> int:
        """Return the word behind "declined to say" at word ``at``, or 0 if no word was refused."""
        if verb.base not in _REFUSALS or self.words[at + 1 : at + 2] != ["to"]:
            return 0
        said = at + 2
        while said < sentence.last and self.tags[said] & ADVERB:
            said += 1
        refused = cue(self.words[said]) if said < sentence.last else None
        unsaid = refused and refused.clausal and not refused.partners and refused.base != "agree"
        return said + 1 if unsaid else 0

    def _denial(self, first: int, last: int) -> int:
        """Return where "did not" or "never" begins among words ``first`` to ``last``, or ``last``."""
        for at in range(first, last):
            word = self.words[at]
            if word in ("not", "never") and self.words[at + 1] not in _NOT_ONLY:
                return at - 1 if at > first and self.tags[at - 1] & AUXILIARY else at
            if word == "cannot" or word.endswith(("n't", "n’t")):
                return at
        return last

    def _is_nameless(self, at: int, verb: Cue, sentence: Sentence) -> bool:
        """Tell whether a source only "asked not to be named"."""
        behind = self.words[at + 1 : min(at + 6, sentence.last)]
        return verb.base in ("ask", "decline", "request", "refuse", "demand") and not _NAMELESS.isdisjoint(behind)

    def _quoted_as_saying(self, at: int, verb: Cue, sentence: Sentence) -> Report | None:
        """Return the report in "Lee was quoted by the Post as saying" or "the Post quoted Lee as saying"."""
        if verb.base not in _QUOTING:
            return None
        saying = next((n + 1 for n in range(at + 1, min(at + 14, sentence.last - 1)) if self.words[n] == "as"), 0)
        says = cue(self.words[saying]) if saying else None
        if says is None or not says.clausal or says.form != "gerund" or any(self.quoted[at:saying]):
            return None
        before, be, _, _ = self._before(at, sentence.first)
        outlet = self.subjects.ending(before, sentence.first)
        subject = outlet if be else self._between(at + 1, saying - 1, sentence)
        if subject is None or (not be and verb.form == "participle"):
            return None
        first = min(subject.first, outlet.first if outlet else at)
        last = self._behind_outlet(saying + 1, sentence)
        after = self._is_over(last, sentence) and self._clause_before(first, sentence)
        verb_at = at if be else saying
        return self._made(verb_at, saying + 1, says, subject, first, last, after, True, 0.9 * subject.certainty)

    def _between(self, first: int, last: int, sentence: Sentence) -> Subject | None:
        """Return the subject that words ``first`` to ``last`` (half-open) are."""
        subject = self.subjects.starting(first, sentence)
        if subject and subject.last == last:
            return subject
        mention = self.cast.ending.get(last - 1)
        return self.subjects.named(mention) if mention and mention.person and mention.first >= first else None

    def _behind_outlet(self, at: int, sentence: Sentence) -> int:
        """Return the word behind "by the Oldbay Post", if it stands at word ``at``."""
        if at >= sentence.last or self.words[at] != "by":
            return at
        while at < sentence.last and not self.tags[at] & (STOP | QUOTE | SUBORDINATOR) and self.words[at] not in ",;:":
            at += 1
        return at

    def _is_over(self, at: int, sentence: Sentence) -> bool:
        return at >= sentence.last or self._ends_clause(at)

    def _verb_report(self, at: int, verb: Cue, sentence: Sentence, found: list[Report]) -> Report | None:
        """Return the report of the verb at word ``at``, if it is one and its subject is known."""
        end = self._phrase_end(at, verb, sentence)
        alone = verb.beside_quote and end == at + 1
        if not end or (alone and not self._is_beside_quote(at, sentence)):
            return None
        if self.tags[at] & CAPITAL and at > sentence.first and not mentions.is_headline(self.text, sentence):
            return None
        before, be, had, helped = self._before(at, sentence.first)
        if verb.form == "base" and (be or had):
            return None  # "had reason": a noun
        agent = self._agent(at, verb, sentence)
        if agent and verb.base == "ask" and not be:
            return None  # "Asked by Lee about it, Torv said"
        if agent and (be or verb.base != "write"):  # "the report, written by Lee, said"
            return self._made(at, end, verb, agent, at, agent.last, False, True, 0.85 if be else 0.72)
        if verb.form == "participle" and not helped:
            return None
        if be and verb.form in ("past", "participle"):
            return None  # passive: its subject is spoken to, or of
        asked = verb.base == "ask" and at > sentence.first and self.words[at - 1] == ","
        if asked and end < sentence.last and self.words[end] in _ASKED_OF:
            return None  # "Lee, asked about it, said"
        if verb.inverts and verb.form in ("past", "present", "base"):
            inverted = self._inverted(at, verb, sentence)
            if inverted:
                last = self.asides.behind_place(self.asides.behind_apposition(inverted.last, sentence), sentence)
                return self._made(at, end, verb, inverted, at, last, True, True, 1)
        previous = self.words[before].lower() if before >= sentence.first else ""
        if verb.form == "gerund" and not be:
            return self._gerund(at, end, verb, before, previous, sentence, found)
        if previous == "to" and verb.form == "base":
            return self._controlled(at, end, verb, before, sentence, found)
        subject = self.subjects.ending(before, sentence.first)
        if subject:
            if verb.form == "base" and not helped and not self.subjects.is_plural(subject):
                return None
            if self._is_condition(subject.first, end, verb, sentence):
                return None
            first = self.asides.before_role(subject.first, sentence) if subject.people else subject.first
            heard = self.asides.behind_addressee(at + 1, sentence) if verb.base in ("tell", "ask") else end
            after = self._is_behind(first, heard, verb, sentence)
            last = self.asides.behind_told(end, sentence) if verb.base == "tell" else end
            if after and (verb.clausal or verb.beside_quote):
                last = self.asides.behind_place(last, sentence)
            elif verb.clausal:
                last = self.asides.behind_circumstances(last, sentence)
            return self._made(at, end, verb, subject, first, last, after, True, subject.certainty)
        if verb.form == "base" and not helped:
            return None
        if previous in _NAMELESS:
            return self._shared(at, end, verb, sentence, found, 0.85)  # "who asked not to be named said"
        if previous in ("and", "or", "but", ",", "then") or self.tags[max(before, 0)] & ADVERB:
            return self._shared(at, end, verb, sentence, found, 0.72)
        return None

    def _is_beside_quote(self, at: int, sentence: Sentence) -> bool:
        """Tell whether the verb at word ``at`` has a quotation beside it, with no other reporting verb between.

        "Lee laughed and said, “No”" is no report of a laugh.
        """
        for way in (range(at + 1, sentence.last), range(at - 1, sentence.first - 1, -1)):
            for n in way:
                if self.quoted[n]:
                    return True
                other = cue(self.words[n])
                if other and other.form == "past" and not self.tags[n] & CAPITAL:
                    break
        return False

    def _controlled(
        self, at: int, end: int, verb: Cue, before: int, sentence: Sentence, found: list[Report]
    ) -> Report | None:
        """Return the report in "Lee went on to warn", word ``before`` being "to"."""
        for control in range(before - 1, max(sentence.first, before - 7) - 1, -1):
            if self.words[control] in CONTROLS:
                subject = self.subjects.ending(self._before(control, sentence.first)[0], sentence.first)
                if subject:
                    return self._made(at, end, verb, subject, subject.first, end, False, True, 0.85 * subject.certainty)
                return self._shared(at, end, verb, sentence, found, 0.72)
        return None

    def _is_condition(self, at: int, end: int, verb: Cue, sentence: Sentence) -> bool:
        """Tell whether a clause only says on what terms, recalls or asks: "if Lee agrees", "what Lee said".

        The clause begins at word ``at``, and ``end`` is the word behind its verb.
        """
        before = self.words[at - 1].lower() if at > sentence.first else ""
        if before == "as":
            return verb.base in ("agree", "promise", "pledge")
        if before == "what":
            return verb.clausal and self._is_over(end, sentence)
        return before in _CONDITIONS

    def _made(
        self, at: int, end: int, verb: Cue, subject: Subject, first: int, last: int, after: bool, explicit: bool,
        certainty: float,
    ) -> Report:  # fmt: skip
        clausal = verb.clausal
        return Report(
            at,
            end,
            subject,
            min(first, at),
            max(last, end),
            after,
            explicit,
            clausal,
            verb.weight * certainty,
        )

    def _goes_on(self, before: int) -> bool:
        """Tell whether a clause may go on behind word ``before``: a comma, a dash, "and", an adverb."""
        return not self.words[before][0].isalnum() or bool(self.tags[before] & (CONJUNCTION | ADVERB | TIME))

    def _gerund(
        self,
        at: int,
        end: int,
        verb: Cue,
        before: int,
        previous: str,
        sentence: Sentence,
        found: list[Report],
    ) -> Report | None:
        mention = self.cast.ending.get(before)
        if mention and mention.person and not self.tags[before] & POSSESSIVE:
            if mention.lead > sentence.first and self.words[mention.lead - 1].lower() == "with":
                return self._made(at, end, verb, self.subjects.named(mention), mention.lead, end, False, True, 0.85)
            subject = self.subjects.ending(before, sentence.first)
            if subject:
                return self._made(at, end, verb, subject, subject.first, end, False, True, 0.6)
        if previous == "in" and verb.base == "write":
            return None  # "in writing"
        if found and found[-1].last > at:
            return None  # "quoted as saying"
        if not self._goes_on(before) and previous not in _GERUND_LEADS:
            return None  # "an advertisement attacking"
        if previous in _OTHERS_GERUND or self.tags[before] & (ROLE | GROUP) or before in self.cast.ending:
            return None
        return self._shared(at, end, verb, sentence, found, 0.75)

    def _shared(
        self, at: int, end: int, verb: Cue, sentence: Sentence, found: list[Report], certainty: float
    ) -> Report | None:
        """Return the report of a verb that shares the subject of a verb before."""
        if found:
            subject = found[-1].subject
        else:
            main = self.subjects.main(sentence, at, last=True)
            if main is None:
                return None
            subject = main
        return self._made(at, end, verb, subject, at, end, False, False, certainty * subject.certainty)

    def _owner(self, at: int, sentence: Sentence) -> Mention | None:
        """Return the person in "Lee's repeated claim", ``at`` being the noun."""
        for before in range(at - 1, max(sentence.first - 1, at - 4), -1):
            mention = self.cast.ending.get(before)
            if mention:
                return mention if mention.person and self.tags[before] & POSSESSIVE else None
            if not self.words[before][0].isalpha() and self.words[before] not in _APOSTROPHES:
                return None
            if self.tags[before] & (PREPOSITION | CONJUNCTION | DETERMINER | AUXILIARY | PRONOUN):
                return None
        return None

    def _uttered(self, at: int, sentence: Sentence) -> Report | None:
        """Return the report in "Lee's claim that the bridge is safe"."""
        owner = self._owner(at, sentence)
        if self.quoted[at] or owner is None:
            return None
        if at + 1 >= sentence.last or self.words[at + 1] not in UTTERED[self.words[at]]:
            return None
        subject = self.subjects.named(owner)
        return Report(at, at + 1, subject, owner.lead, at + 1, False, True, False, 0.7 * subject.certainty)

    def _according(self, at: int, sentence: Sentence) -> Report | None:
        if at + 2 >= sentence.last or self.words[at + 1].lower() != "to":
            return None
        subject = self.subjects.objective(at + 2, sentence) or self.subjects.starting(at + 2, sentence)
        if subject is None:
            return None
        return Report(at, at + 2, subject, at, subject.last, at > sentence.first, True, False, 0.9)

    def _colon(self, at: int, sentence: Sentence) -> Report | None:
        """Return the report in a headline or transcript: "Lee: We will win", "SEN. ANN LEE (R-OHIO): We will win"."""
        mention = self.cast.starting.get(sentence.first)
        if mention and mention.person and self._is_label(mention.last, at) and at + 1 < sentence.last:
            return Report(at, at + 1, self.subjects.named(mention), mention.lead, at + 1, False, True, True, 0.7)
        return None

    def _is_label(self, first: int, last: int) -> bool:
        """Tell whether nothing stands between a name and its colon, or one bracket or short role."""
        if first == last:
            return True
        if last - first > 8 or self.tags[first - 1] & POSSESSIVE:
            return False
        if self.words[first] == "(":
            return self.words[last - 1] == ")" and ")" not in self.words[first : last - 1]
        inner = range(first + 1, last)
        plain = all(self.words[n][0].isalnum() and not self.tags[n] & (AUXILIARY | PRONOUN | VERB) for n in inner)
        return self.words[first] == "," and plain and any(self.tags[n] & (ROLE | TITLE) for n in inner)

    def _signature(self, sentence: Sentence) -> Report | None:
        """Return the report in "“We will win.” — Ann Lee, baker", the dash beginning the sentence."""
        first, last, _ = sentence
        mention = self.cast.starting.get(first + 1)
        if self.words[first] not in _DASHES or not mention or not mention.person or first == 0 or last - first > 30:
            return None
        if self.tags[mention.last - 1] & POSSESSIVE or not (self.quoted[first - 1] or self._is_inline(sentence)):
            return None
        behind = range(mention.last, last)
        if mention.last < last and self.words[mention.last][0].isalnum() and not self.tags[mention.last] & TIME:
            return None
        if any(self.tags[n] & (CUE | AUXILIARY) and not (self.tags[n] & CAPITAL or self.quoted[n]) for n in behind):
            return None
        return Report(first, first + 1, self.subjects.named(mention), first, last, True, True, False, 0.8)

    def _is_inline(self, sentence: Sentence) -> bool:
        """Tell whether a long dash parts the sentence from the one before it in its line."""
        first = sentence.first
        between = self.text.body[self.text.ends[first - 1] : self.text.starts[first]]
        return self.words[first] == "—" and "\n" not in between

    def _phrase_end(self, at: int, verb: Cue, sentence: Sentence) -> int:
        """Return the word behind the verb and its partner, or 0 if the partner is missing."""
        if at + 1 < sentence.last and self._is_excluded(at + 1, verb) and not self.quoted[sentence.first]:
            return 0
        if not verb.partners:
            return at + 1
        for ahead in range(at + 1, min(at + 5, sentence.last)):
            if self.words[ahead].lower() in verb.partners:
                return ahead + 1
            if not self.words[ahead][0].isalnum() and not self.tags[ahead - 1] & ABBREVIATION:
                break
        return at + 1 if verb.beside_quote else 0

    def _is_excluded(self, at: int, verb: Cue) -> bool:
        """Tell whether the word ``at`` behind a verb makes it another one: "called off", "regretted coming"."""
        word = self.words[at]
        return word in verb.excluded or ("-ing" in verb.excluded and word.endswith("ing"))

    def _before(self, at: int, first: int) -> tuple[int, bool, bool, bool]:
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
                if words[before] in ("both", "all") and not self.words[before - 1][0].isalpha():
                    break
            elif words[before].lower() in TIME_LEADS and before + 1 < at and self._is_time(before + 1):
                pass
            else:
                break
            before -= 1
        return before, be, had, helped

    def _is_time(self, at: int) -> bool:
        return bool(self.tags[at] & (TIME | ADVERB)) or self.words[at] == "past"

    def _agent(self, at: int, verb: Cue, sentence: Sentence) -> Subject | None:
        """Return who stands in "praised by Lee"."""
        if verb.form not in ("past", "participle"):
            return None
        for ahead in range(at + 1, min(at + 3, sentence.last - 1)):
            if self.words[ahead] == "by":
                mention = self.subjects.first_named(ahead + 1, sentence)
                if mention and mention.person and not self.tags[mention.last - 1] & POSSESSIVE:
                    if self.subjects.is_noun(mention.last, sentence):
                        return None
                    return self.subjects.named(mention)
        return None

    def _inverted(self, at: int, verb: Cue, sentence: Sentence) -> Subject | None:
        """Return who stands in '"...," said Lee'."""
        if at + 1 >= sentence.last:
            return None
        before = at - 1
        quote = before >= sentence.first and self.tags[before] & (CLOSE | QUOTE)
        comma = before >= sentence.first and self.words[before] in (",", "—", "–", "-")
        if not (quote or comma or before < sentence.first or self.words[before] in ("as", "so", "!", "?")):
            return None
        if verb.base in ("ask", "tell") and not quote and self.words[at + 1].lower() in _OWNERS:
            return None  # "Lee, the mayor, asked her partners"
        subject = self.subjects.starting(at + 1, sentence)
        if subject is None:
            return None
        end = subject.last
        if (
            end < sentence.last
            and self.subjects.is_noun(end, sentence)
            and not self.tags[end] & (PREPOSITION | SUBORDINATOR | TIME)
        ):
            return None
        if (
            not quote
            and end < sentence.last
            and not (
                self.words[end] in (",", ".", ";", ":", "—", "–", "-")
                or self.tags[end] & (STOP | TIME)
                or (self.tags[end] & PREPOSITION and self._is_last_clause(end, sentence))
            )
        ):
            return None
        if not quote and end < sentence.last and before > sentence.first:
            left = self.subjects.ending(before, sentence.first)
            if left and (self.words[end] == "," or (left.people and not subject.people)):
                return None
        return subject

    def _is_last_clause(self, at: int, sentence: Sentence) -> bool:
        return not any(self.tags[n] & (CUE | VERB | BE | AUXILIARY) for n in range(at, min(at + 12, sentence.last)))

    def _ends_clause(self, at: int) -> bool:
        """Tell whether nothing that was said follows the verb: the sentence ends, or a time or place does."""
        if self.tags[at] & (STOP | CLOSE) or self.words[at] in (",", ";"):
            return True
        return bool(self.tags[at] & (PREPOSITION | TIME | ADVERB)) and self.words[at].lower() not in (
            "of",
            "that",
        )

    def _is_behind(self, first: int, last: int, verb: Cue, sentence: Sentence) -> bool:
        """Tell whether words ``first`` to ``last``, an attribution, stand behind what was said."""
        if last >= sentence.last or not self._ends_clause(last):
            return False
        if self._clause_before(first, sentence):
            return True
        if not verb.clausal or not self._words_before(first, sentence):
            return False
        last = self.asides.behind_circumstances(last, sentence)
        return last >= sentence.last or bool(self.tags[last] & STOP)

    def _words_before(self, at: int, sentence: Sentence) -> bool:
        """Tell whether three words and a comma stand before word ``at``, and do not only say when, where or how."""
        first = sentence.first
        if at - first < 4 or self.words[at - 1] != "," or self.words[first].lower() in _OPENINGS:
            return False
        if any(self.tags[n] & TIME for n in range(first, first + 3)):
            return False
        return not self.tags[first] & (PREPOSITION | SUBORDINATOR | CONJUNCTION | ADVERB)

    def _clause_before(self, at: int, sentence: Sentence) -> bool:
        """Tell whether a comma or a quotation ends what was said before the attribution at word ``at``."""
        if at - 1 <= sentence.first:
            return False
        if self.tags[at - 1] & QUOTE or (self.words[at - 1] == "," and self.tags[at - 2] & CLOSE):
            return True
        if self.words[at - 1] != "," or self.words[sentence.first].lower() in _OPENINGS:
            return False
        return any(self.tags[n] & (BE | AUXILIARY | VERB | CUE) for n in range(max(sentence.first, at - 40), at - 1))

    def _is_nested(self, report: Report, found: list[Report], sentence: Sentence) -> bool:
        """Tell whether a report is part of what another speaker of its sentence said."""
        if not report.explicit or not found:
            return False
        outer = found[-1]
        opening = self.words[sentence.first].lower()
        before = self.words[outer.first - 1].lower() if outer.first > sentence.first else ""
        parted = outer.first < report.first and self.words[report.first - 1] == ","
        if parted and _OPENINGS.intersection((opening, before)):
            return False  # "While Lee says it will, Torv warned"
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
            elif word in _BREAKS and (self.words[at - 1] == "," or word in ("while", "whereas", "although", "though")):
                return False
        return not report.after
