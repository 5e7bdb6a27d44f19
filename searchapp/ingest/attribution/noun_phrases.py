"""Noun phrases: where one begins, what goes on behind it, and what kind of source it names.

Every search is bounded by the sentence or by a number of words, so that a long text stays linear.
"""

from dataclasses import dataclass, field
from typing import Literal

from searchapp.ingest.attribution.cast import Cast, Entity, Mention
from searchapp.ingest.attribution.lexicon import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    COMMON,
    CONJUNCTION,
    CUE,
    DETERMINER,
    DOCUMENT,
    GIVEN,
    GROUP,
    NAMED,
    NATION,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    ROLE,
    STARTER,
    STOP,
    SUBORDINATOR,
    THING,
    TIME,
    TITLE,
    VERB,
)
from searchapp.ingest.attribution.text import Sentence, Text

CLAUSE_PREPOSITIONS = frozenset("after before since until as than".split())
ARTICLES = frozenset("the a an his her their its our my".split())
DASHES = frozenset("—–-")
OWNING = frozenset("his her".split())
BY = frozenset(("by", "from"))
BEHIND_NOUNS = frozenset("familiar close aware privy".split())
_NAMING = frozenset(("named", "called"))
_POINTING = frozenset("this that these those".split())
APOSTROPHES = frozenset("'’")
_NEVER_INSIDE = PREPOSITION | CONJUNCTION | SUBORDINATOR | PRONOUN | AUXILIARY | STOP | QUOTE
_VERBS = CUE | VERB
_NOUNS = ROLE | GROUP | DOCUMENT | CAPITAL | NATION
_NO_VERBS = CAPITAL | ROLE | GROUP | DOCUMENT | TIME
_NO_NOUNS = PREPOSITION | CONJUNCTION | SUBORDINATOR | AUXILIARY | ADVERB | PRONOUN | DETERMINER | CUE | VERB | TIME
SubjectKind = Literal["person", "group", "noun", "unnamed", "pronoun"]


@dataclass(slots=True)
class Subject:
    """Who a verb belongs to: words ``first`` to ``last`` (half-open), and the persons named there."""

    first: int
    last: int
    kind: SubjectKind
    people: list[Entity] = field(default_factory=list)
    certainty: float = 1.0
    parts: list[tuple[int, int]] = field(default_factory=list)  # the words of each of several groups

    def same(self, other: "Subject") -> bool:
        """Tell whether both are the same persons, or the same words where no person is named."""
        if self.people or other.people:
            return self.people == other.people
        return self.first == other.first


class NounPhrases:
    """The edges and the kinds of an article's noun phrases; words are meant by their places in it."""

    def __init__(self, text: Text, cast: Cast) -> None:
        self.text, self.cast = text, cast
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted
        self.named_words = {n for mention in cast.mentions for n in range(mention.first, mention.last)}

    def named(self, mention: Mention) -> Subject:
        people = [mention.entity] if mention.entity else []
        certainty = 1.0 if mention.entity and mention.entity.sure else 0.85
        if mention.entity and mention.entity.unknown:
            certainty = 0.7
        return Subject(mention.lead, mention.last, "person" if people else "group", people, certainty)

    def noun(self, start: int, at: int) -> Subject | None:
        """Return the phrase of a noun in small letters as a subject, if persons or groups are called so."""
        bits = self.tags[at]
        plural = bool(bits & GROUP) and self.words[at][-1] == "s" and start == at
        if bits & CAPITAL and not bits & (ROLE | TITLE) and not plural:
            return None
        if start == at and at and self.tags[at - 1] & AUXILIARY and not self.tags[at - 1] & BE:
            return None  # "which will judge"
        if bits & (ROLE | TITLE):
            return Subject(start, at + 1, "noun", certainty=0.9)
        if bits & GROUP:
            unnamed = plural or self.words[start].lower() in _POINTING  # "unions", "this newspaper"
            kind: SubjectKind = "unnamed" if unnamed else "group"
            return Subject(start, at + 1, kind, certainty=0.9)
        return self.author(start, at) if bits & DOCUMENT else None

    def author(self, start: int, at: int) -> Subject:
        """Return whose document words ``start`` to ``at`` (included) name ("the council's report"), or the document."""
        for owner in range(at - 1, start - 1, -1):
            if self.tags[owner] & POSSESSIVE:
                mention = self.cast.ending.get(owner)
                if mention and mention.person:
                    return self.named(mention)
                if mention or self.tags[owner] & (ROLE | GROUP | TITLE):
                    kind: SubjectKind = "group" if mention or self.tags[owner] & GROUP else "noun"
                    return Subject(start, owner + 1, kind, certainty=0.9)
        return Subject(start, at + 1, "unnamed", certainty=0.9)

    def apposed(self, at: int, last: int) -> Mention | None:
        """Return the person whom the phrase at word ``at`` calls by name ("the banker Ann Lee", "Ann Lee")."""
        introduced = self.tags[at] & (DETERMINER | ROLE | TITLE | POSSESSIVE | NATION) if at < last else 0
        for ahead in range(at, min(at + 9, last)):
            mention, bits = self.cast.starting.get(ahead), self.tags[ahead]
            if mention and mention.person:
                owner = self.tags[mention.last - 1] & POSSESSIVE
                return mention if (introduced or ahead == at) and not owner else None
            verb = bits & CUE and not bits & (ROLE | GROUP | DOCUMENT | CAPITAL) and self.words[ahead] not in _NAMING
            governs = bits & (SUBORDINATOR | PRONOUN | AUXILIARY) or (bits & PREPOSITION and self.words[ahead] != "of")
            if not self.words[ahead][0].isalnum() or ((verb or governs) and not bits & DETERMINER):
                return None
        return None

    def start(self, at: int, first: int) -> int:
        """Return where the noun phrase with its last word at ``at`` begins."""
        start = at
        while start > first and at - start < 7:
            if self.words[start - 1] in APOSTROPHES and start - 2 >= first and self.tags[start - 2] & POSSESSIVE:
                start -= 1
            bits = self.tags[start - 1]
            if bits & DETERMINER:
                return start - (self.words[start - 1] != "that" or self.words[at][-1] != "s")  # "said that pilots"
            if bits & _NEVER_INSIDE:
                break
            if not self.words[start - 1][0].isalnum():
                break
            verb = bits & _VERBS and not bits & _NOUNS
            if verb and (start - 2 < first or self.words[start - 2].lower() not in ARTICLES):
                break  # but "the fire service"
            start -= 1
        return start

    def start_with_head(self, at: int, first: int) -> int:
        """Return where the noun phrase that ends at word ``at`` begins, with its head ("the head of the bank")."""
        start = self.start(at, first)
        while start - 2 >= first and self.words[start - 1] == "of" and at - start < 12:
            start = self.start(start - 2, first)
        return start

    def name_start(self, mention: Mention, first: int) -> int:
        """Return where a name begins, with the owners before it ("the Delta Growers' Association")."""
        before = mention.lead - 1
        if before >= first and self.words[before] in APOSTROPHES:
            before -= 1
        if before < first or not self.tags[before] & POSSESSIVE:
            return mention.lead
        if mention.person and not self.tags[before] & CAPITAL:
            return mention.lead
        start = self.start(mention.lead, first)
        other = start - 3  # the first owner in "the Bakers' and Millers' Guild"
        two = other >= first and self.words[start - 2] in APOSTROPHES and self.words[start - 1] in ("and", "&")
        return self.start(other, first) if two and self.tags[other] & POSSESSIVE and not mention.person else start

    def group_start(self, at: int, first: int) -> int:
        """Return where the group that ends at word ``at`` begins, or -1 if none does."""
        mention = self.cast.ending.get(at)
        if at < first or self.tags[at] & POSSESSIVE or self.quoted[at]:
            return -1
        if mention:
            if self.is_person(at) or not self.can_speak(mention) or self.kind(mention) != "group":
                return -1
            start = self.name_start(mention, first)
            while start > first and self.words[start - 1].lower() in ARTICLES:
                start -= 1
        elif self.tags[at] & GROUP and not self.tags[at] & CAPITAL:
            start = self.start(at, first)
        else:
            return -1
        return start

    def listed_start(self, at: int, first: int) -> int:
        """Return where the group that ends at word ``at`` begins, or -1 if none does or it is added to something."""
        start = self.group_start(at, first)
        governed = start > first and (self.tags[start - 1] & PREPOSITION or self.is_object(start, first))
        return -1 if governed else start

    def is_object(self, at: int, first: int) -> bool:
        """Tell whether the words from ``at`` on are the object of a preposition or verb before them."""
        before = at - 1
        if before < first:
            return False
        bits = self.tags[before]
        if bits & PREPOSITION and self.words[before].lower() not in CLAUSE_PREPOSITIONS:
            return True
        if bits & _NO_VERBS or before in self.named_words:
            return False
        return bool(bits & _VERBS) or self.words[before].endswith("ing")

    def is_noun(self, at: int, sentence: Sentence) -> bool:
        """Tell whether word ``at`` goes on with a noun, so that the name before it is but its modifier."""
        if at >= sentence.last:
            return False
        bits = self.tags[at]
        if not self.words[at][0].isalpha() or bits & CAPITAL or self.words[at] in BEHIND_NOUNS:
            return False
        if (bits & (ROLE | GROUP) and not bits & CUE) or (
            bits & ROLE and self.words[at - 1][0].isupper() and self.words[at].endswith("ocate")
        ):
            return True
        return not bits & _NO_NOUNS

    def is_plain_noun(self, at: int) -> bool:
        """Tell whether a word is in none of the lists, as most nouns in small letters are not."""
        return not self.tags[at] and self.words[at][0].isalpha()

    def is_person(self, at: int) -> bool:
        """Tell whether a person's name ends at word ``at``."""
        mention = self.cast.ending.get(at)
        return mention is not None and mention.person and not (mention.entity and mention.entity.group)

    def can_speak(self, mention: Mention) -> bool:
        """Tell whether a name that is no person's may be that of a source: not "the Bridge Act", nor "Friday"."""
        first, last = self.tags[mention.first], self.tags[mention.last - 1]
        if last & THING and not last & DOCUMENT:
            return False
        return bool(first & NAMED) or not first & (TIME | (COMMON if mention.last - mention.first == 1 else STARTER))

    def kind(self, mention: Mention) -> SubjectKind:
        """Return what a name that is no person's stands for: an office ("the Secretary of State") is a noun."""
        if self.tags[mention.last - 1] & DOCUMENT:
            return "unnamed"
        heads = (n - 1 for n in range(mention.first + 1, mention.last) if self.words[n] in ("of", "for"))
        head = self.tags[next(heads, mention.last - 1)]
        return "noun" if head & TITLE and not head & (GROUP | NAMED | GIVEN) else "group"

    def is_plural(self, subject: Subject) -> bool:
        if subject.kind == "pronoun":
            return self.words[subject.first].lower() in ("they", "them", "both")
        head = self.words[subject.last - 1]
        groups = subject.kind == "group" and self.tags[subject.last - 1] & GROUP and head[-1] == "s" != head[-2]
        return (
            len(subject.people) > 1
            or bool(groups)
            or bool(self.tags[subject.last - 1] & PLURAL)
            or (subject.kind == "noun" and any(self.tags[n] & PLURAL for n in range(subject.first, subject.last)))
        )

    def before_place(self, at: int, first: int) -> int:
        """Return the word before "of Oldbay", if that is what ends at word ``at``, else ``at``."""
        mention = self.cast.ending.get(at)
        if mention is None or self.is_person(at) or mention.lead - 2 < first or self.words[mention.lead - 1] != "of":
            return at
        return mention.lead - 2

    def before_bracket(self, at: int, first: int) -> int:
        """Return the word before the bracket that closes at word ``at``, or ``at`` if none does."""
        if self.words[at] != ")":
            return at
        opened = at
        while opened > first and self.words[opened] != "(" and at - opened < 20:
            opened -= 1
        return opened - 1

    def behind_noun(self, at: int, sentence: Sentence) -> int:
        """Return where "familiar with the matter" ends, if that begins at word ``at``, else ``at``."""
        if at >= sentence.last or self.words[at] not in BEHIND_NOUNS:
            return at
        end = at + 1
        while end < sentence.last and end - at < 8 and self.words[end][0].isalnum():
            if self.tags[end] & (TIME | CUE | AUXILIARY | PRONOUN | SUBORDINATOR):
                break
            end += 1
        return end
