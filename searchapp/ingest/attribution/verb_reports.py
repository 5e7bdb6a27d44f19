"""The report of a reporting verb: whose it is, and which words attribute.

A verb looks for its subject to its left across adverbs, auxiliaries, times and appositions, to its right when inverted
("said Lee"), or it shares the subject of the verb before ("said ... and welcomed", "affirming that").
"Was quoted by the Post as saying" is one verb, its subject whom the Post quotes.
"""

from searchapp.article import Act
from searchapp.ingest.attribution import mentions
from searchapp.ingest.attribution.cast import Cast
from searchapp.ingest.attribution.clauses import Clauses, Report
from searchapp.ingest.attribution.denials import Denials
from searchapp.ingest.attribution.lexicon import (
    ABBREVIATION,
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    CLOSE,
    CUE,
    OPEN,
    PIECES,
    POSSESSIVE,
    PREPOSITION,
    QUOTE,
    STOP,
    SUBORDINATOR,
    TIME,
    VERB,
    Cue,
    cue,
)
from searchapp.ingest.attribution.noun_phrases import Subject
from searchapp.ingest.attribution.subjects import Subjects
from searchapp.ingest.attribution.text import Sentence, Text
from searchapp.ingest.attribution.verbals import Verbals, VerbPhrase

_QUOTING = frozenset("quote cite report record".split())
_NAMELESS = frozenset("named identified anonymous anonymity".split())
_ASKED_OF = frozenset("about whether if why how by what when during on".split())
_OWNERS = frozenset("his her their its".split())


class VerbReports:
    """The reports of the verbs of an article."""

    def __init__(self, text: Text, cast: Cast, subjects: Subjects, clauses: Clauses, denials: Denials) -> None:
        self.text, self.cast, self.subjects, self.phrases = text, cast, subjects, subjects.phrases
        self.clauses, self.denials, self.asides = clauses, denials, clauses.asides
        self.verbals = Verbals(text, cast, subjects, clauses)
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted

    def of(self, at: int, known: Cue, sentence: Sentence, found: list[Report]) -> Report | None:
        """Return the report of the verb at word ``at``, if it is one and its subject is known.

        Shows: Asked by Tom Beld about it, Mia Torv said the ferry sank. -> Mia Torv
        """
        if self.tags[at] & CAPITAL and at > sentence.first and not mentions.is_headline(self.text, sentence):
            return None
        end = self._phrase_end(at, known, sentence)
        if not end or (known.beside_quote and end == at + 1 and not self._is_beside_quote(at, sentence)):
            return None
        before, be, had, helped = self.clauses.before_verb(at, sentence.first)
        previous = self.words[before].lower() if before >= sentence.first else ""
        verb = VerbPhrase(at, end, known, before, previous, helped, self._act(at, end, known, sentence))
        if (known.form == "base" and (be or had)) or (known.form == "adjective" and not be):
            return None  # "had reason": a noun
        agent = self._agent(at, known, sentence)
        if agent and known.base == "ask" and not be:
            return None  # "Asked by Lee about it, Torv said"
        if agent and (be or known.base != "write"):  # "the report, written by Lee, said"
            return verb.report(agent, at, agent.last, 0.85 if be else 0.72)
        if self._is_passive(verb, be, sentence):
            return None
        inverted = self._inverted(at, known, sentence)
        if inverted:
            last = self.asides.behind_place(self.asides.behind_apposition(inverted.last, sentence), sentence)
            return verb.report(inverted, at, last, 1, after=True)
        if known.form == "gerund" and not be:
            return self.verbals.gerund(verb, sentence, found)
        if previous == "to" and known.form == "base":
            return self.verbals.controlled(verb, sentence, found)
        if previous in ("that", "which") and self.words[before - 1] in PIECES:
            return self.verbals.by_piece(verb, sentence)
        subject = self.subjects.ending(before, sentence.first)
        return self._with_subject(verb, subject, sentence) if subject else self._going_on(verb, sentence, found)

    def _act(self, at: int, end: int, verb: Cue, sentence: Sentence) -> Act:
        """Return what is done by the verb and its partner, words ``at`` to ``end`` (half-open).

        A verb that reports without a partner, too, has it behind ("called again for", but "called it the best").

        Shows: Mia Torv called again for the harbour to be closed. -> Mia Torv
        """
        if verb.acts and not verb.partners:
            behind = next((n for n in range(end, sentence.last) if not self.tags[n] & ADVERB), end)
            return verb.acts.get(self.words[behind].lower(), verb.act) if behind < sentence.last else verb.act
        return verb.acts.get(self.words[end - 1].lower(), verb.act) if verb.acts and end > at + 1 else verb.act

    def _is_passive(self, verb: VerbPhrase, be: bool, sentence: Sentence) -> bool:
        """Tell whether the subject of a verb is spoken to or of: "Lee was told", "Lee, asked about it, said"."""
        if verb.cue.form == "participle" and not verb.helped:
            return True
        if be and verb.cue.form in ("past", "participle"):
            return True
        asked = verb.cue.base == "ask" and verb.at > sentence.first and self.words[verb.at - 1] == ","
        return asked and verb.end < sentence.last and self.words[verb.end] in _ASKED_OF

    def _with_subject(self, verb: VerbPhrase, subject: Subject, sentence: Sentence) -> Report | None:
        """Return the report of a verb behind its subject ("Lee told the press on Friday that it rained").

        Shows: Mia Torv told the press on Friday that the ferry sank. -> Mia Torv
        """
        at, end, known = verb.at, verb.end, verb.cue
        if known.form == "base" and not verb.helped and not self.phrases.is_plural(subject):
            return None
        if self.denials.is_condition(subject.first, end, known, sentence):
            return None
        first = self.asides.before_role(subject.first, sentence) if subject.people else subject.first
        heard = self.asides.behind_addressee(at + 1, sentence) if known.base in ("tell", "ask") else end
        after = self.clauses.is_behind(first, heard, known, sentence)
        last = self.asides.behind_told(end, sentence) if known.base == "tell" else end
        if after and (known.clausal or known.beside_quote):
            last = self.asides.behind_place(last, sentence)
        elif known.clausal:
            last = self.asides.behind_circumstances(last, sentence)
        return verb.report(subject, first, last, subject.certainty, after=after)

    def _going_on(self, verb: VerbPhrase, sentence: Sentence, found: list[Report]) -> Report | None:
        """Return the report of a verb without a subject of its own ("Lee left and said", "who asked not to be named
        said").

        Shows: Mia Torv left and said the ferry sank. -> Mia Torv
        """
        if verb.cue.form == "base" and not verb.helped:
            return None
        if verb.previous in _NAMELESS:
            return self.verbals.shared(verb, sentence, found, 0.85)
        if verb.previous in ("and", "but", ",", "then"):
            return self.verbals.shared(verb, sentence, found, 0.76)
        if verb.previous == "or" or self.tags[max(verb.before, 0)] & ADVERB:
            return self.verbals.shared(verb, sentence, found, 0.72)
        return None

    def _is_beside_quote(self, at: int, sentence: Sentence) -> bool:
        """Tell whether the verb at word ``at`` has a quotation beside it, with no other reporting verb between.

        "Lee laughed and said, “No”" is no report of a laugh.

        Shows: Mia Torv sighed. “It sank,” Tom Beld sighed. -> Tom Beld
        """
        if self.words[sentence.last - 1] == ":" and self._opens_behind(sentence):
            return True
        for way in (range(at + 1, sentence.last), range(at - 1, sentence.first - 1, -1)):
            for n in way:
                if self.quoted[n]:
                    return True
                other = cue(self.words[n])
                if other and other.form == "past" and not self.tags[n] & CAPITAL:
                    break
        return False

    def _opens_behind(self, sentence: Sentence) -> bool:
        """Tell whether a quotation begins right behind a sentence, as behind "Lee continued:"."""
        return sentence.last < len(self.words) and bool(self.tags[sentence.last] & OPEN)

    def _phrase_end(self, at: int, verb: Cue, sentence: Sentence) -> int:
        """Return the word behind the verb and its partner, or 0 if the partner is missing.

        Shows: Mia Torv paid tribute to the crew. Tom Beld paid the crew. -> Mia Torv
        """
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

    def _agent(self, at: int, verb: Cue, sentence: Sentence) -> Subject | None:
        """Return who stands in "praised by Lee".

        Shows: The crew was praised by Mia Torv. -> Mia Torv
        """
        if verb.form not in ("past", "participle") or "by" not in self.words[at + 1 : at + 3]:
            return None
        for ahead in range(at + 1, min(at + 3, sentence.last - 1)):
            if self.words[ahead] == "by":
                mention = self.subjects.starts.first_named(ahead + 1, sentence)
                if mention and mention.person and not self.tags[mention.last - 1] & POSSESSIVE:
                    if self.phrases.is_noun(mention.last, sentence):
                        return None
                    return self.phrases.named(mention)
        return None

    def _inverted(self, at: int, verb: Cue, sentence: Sentence) -> Subject | None:
        """Return who stands in '"...," said Lee'.

        Shows: The ferry sank, said Mia Torv. -> Mia Torv
        """
        before = at - 1
        quote = before >= sentence.first and self.tags[before] & (CLOSE | QUOTE)
        inverts = verb.inverts or (quote and verb.form == "past" and not verb.partners)
        if not inverts or verb.form not in ("past", "present", "base") or at + 1 >= sentence.last:
            return None
        comma = before >= sentence.first and self.words[before] in (",", "—", "–", "-")
        if not (quote or comma or before < sentence.first or self.words[before] in ("as", "so", "!", "?")):
            return None
        if verb.base in ("ask", "tell") and not quote and self.words[at + 1].lower() in _OWNERS:
            return None  # "Lee, the mayor, asked her partners"
        subject = self.subjects.starts.starting(at + 1, sentence)
        if subject is None or (not verb.inverts and not subject.people):
            return None
        if subject.last >= sentence.last:
            return subject
        end, bits = subject.last, self.tags[subject.last]
        if self.phrases.is_noun(end, sentence) and not bits & (PREPOSITION | SUBORDINATOR | TIME):
            return None
        if quote:
            return subject
        ends = self.words[end] in (",", ".", ";", ":", "—", "–", "-") or bits & (STOP | TIME)
        if not ends and not (bits & PREPOSITION and self._is_last_clause(end, sentence)):
            return None
        left = self.subjects.ending(before, sentence.first) if before > sentence.first else None
        return None if left and (self.words[end] == "," or (left.people and not subject.people)) else subject

    def _is_last_clause(self, at: int, sentence: Sentence) -> bool:
        return not any(self.tags[n] & (CUE | VERB | BE | AUXILIARY) for n in range(at, min(at + 12, sentence.last)))

    def quoted_as_saying(self, at: int, verb: Cue, sentence: Sentence) -> Report | None:
        """Return the report in "Lee was quoted by the Post as saying" or "the Post quoted Lee as saying".

        Shows: Mia Torv was quoted by the Oldbay Post as saying the ferry sank. -> Mia Torv
        """
        if verb.base not in _QUOTING:
            return None
        saying = next((n + 1 for n in range(at + 1, min(at + 14, sentence.last - 1)) if self.words[n] == "as"), 0)
        says = cue(self.words[saying]) if saying else None
        if says is None or not says.clausal or says.form != "gerund" or any(self.quoted[at:saying]):
            return None
        before, be, _, _ = self.clauses.before_verb(at, sentence.first)
        outlet = self.subjects.ending(before, sentence.first)
        subject = outlet if be else self._between(at + 1, saying - 1, sentence)
        if subject is None or (not be and verb.form == "participle"):
            return None
        first = min(subject.first, outlet.first if outlet else at)
        last = self._behind_outlet(saying + 1, sentence)
        after = self.clauses.is_over(last, sentence) and self.clauses.clause_before(first, sentence)
        spoken = VerbPhrase(at if be else saying, saying + 1, says, before, "as", True, says.act)
        return spoken.report(subject, first, last, 0.9 * subject.certainty, after=after)

    def _between(self, first: int, last: int, sentence: Sentence) -> Subject | None:
        """Return the subject that words ``first`` to ``last`` (half-open) are."""
        subject = self.subjects.starts.starting(first, sentence)
        if subject and subject.last == last:
            return subject
        mention = self.cast.ending.get(last - 1)
        return self.phrases.named(mention) if mention and mention.person and mention.first >= first else None

    def _behind_outlet(self, at: int, sentence: Sentence) -> int:
        """Return the word behind "by the Oldbay Post", if it stands at word ``at``."""
        if at >= sentence.last or self.words[at] != "by":
            return at
        while at < sentence.last and not self.tags[at] & (STOP | QUOTE | SUBORDINATOR) and self.words[at] not in ",;:":
            at += 1
        return at
