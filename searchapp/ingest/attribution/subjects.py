"""The subjects of verbs: which noun phrase ends or begins at a word, by rules over words.

Every search is bounded by the sentence or by a number of words, so that a long text stays linear.
"""

from dataclasses import dataclass, field

from searchapp.ingest.attribution.cast import Cast, Entity, Mention
from searchapp.ingest.attribution.lexicon import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    CLOSE,
    COMMON,
    CONJUNCTION,
    CUE,
    DETERMINER,
    DOCUMENT,
    DOMAIN,
    FUNCTION,
    GIVEN,
    GROUP,
    NAMED,
    NATION,
    NUMBER,
    OPEN,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    ROLE,
    STARTER,
    STOP,
    SUBORDINATOR,
    SUFFIX,
    THING,
    TIME,
    TITLE,
    VERB,
    cue,
)
from searchapp.ingest.attribution.text import Sentence, Text

_LOOK_BACK = 45  # words across which an apposition may part a subject from its verb
_CLAUSE_PREPOSITIONS = frozenset("after before since until as than".split())
_ARTICLES = frozenset("the a an his her their its our my".split())
_DASHES = frozenset("—–-")
_BY = frozenset(("by", "from"))
_BEHIND_NOUNS = frozenset("familiar close aware privy".split())
_POINTING = frozenset("this that these those".split())
_APOSTROPHES = frozenset("'’")


@dataclass(slots=True)
class Subject:
    """Who a verb belongs to: words ``first`` to ``last`` (half-open), and the persons named there."""

    first: int
    last: int
    kind: str  # "person", "group", "noun", "unnamed" or "pronoun"
    people: list[Entity] = field(default_factory=list)
    certainty: float = 1.0
    parts: list[tuple[int, int]] = field(default_factory=list)  # the words of each of several groups

    def same(self, other: "Subject") -> bool:
        """Tell whether both are the same persons, or the same words where no person is named."""
        if self.people or other.people:
            return self.people == other.people
        return self.first == other.first


class Subjects:
    """The noun phrases of an article that can be subjects."""

    def __init__(self, text: Text, cast: Cast) -> None:
        self.text, self.cast = text, cast
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted
        self.named_words = {n for mention in cast.mentions for n in range(mention.first, mention.last)}

    def ending(self, at: int, first: int) -> Subject | None:
        """Return the subject that ends at word ``at``, or whose apposition does."""
        if at < first:
            return None
        if self.tags[at] & CLOSE and self.words[at - 1] == "," and self._opening(at, first):
            at -= 1  # "Lee, who sang ''Dawn,'' said"
        word = self.words[at]
        if word == "," and at - 1 > first and self.words[at - 1] == "." and self.tags[at - 2] & SUFFIX:
            return self.ending(at - 2, first)  # "Lee Jr., said"
        if word == "." and at - 1 > first and self.tags[at - 1] & SUFFIX:
            return self.ending(at - 1, first)
        if word == ")":
            opened = at
            while opened > first and self.words[opened] != "(" and at - opened < 20:
                opened -= 1
            return self.ending(opened - 1, first) if self.words[opened] == "(" else None
        if word == "," or word in _DASHES:
            return self._across_apposition(at, first)
        subject = self._np_ending(at, first, 0)
        return self._before_role(subject, first) if subject and not subject.people else subject

    def _opening(self, at: int, first: int) -> int:
        """Return the first word of a quotation of a few words in which word ``at`` stands, or 0."""
        opened = at
        while opened > first and self.quoted[opened] and at - opened < 6:
            if self.tags[opened] & OPEN:
                return opened
            opened -= 1
        return 0

    def _before_role(self, subject: Subject, first: int) -> Subject:
        """Return the person in "Lee, president and owner of the yard said", where no comma ends the apposition."""
        begin = subject.first
        calling = ROLE | TITLE | CONJUNCTION | DOMAIN
        while begin > first and subject.first - begin < 6 and self.tags[begin - 1] & calling:
            begin -= 1
        relative = begin - 4 >= first and self.words[begin - 2] == "who" and self.tags[begin - 1] & BE
        comma = begin - 3 if relative else begin - 1
        mention = self.cast.ending.get(comma - 1) if comma - 1 >= first and self.words[comma] == "," else None
        if mention is None or not mention.person or self.tags[mention.last - 1] & POSSESSIVE:
            return subject
        called = self.tags[begin] & (ROLE | TITLE | DOMAIN) and any(
            self.tags[n] & (ROLE | TITLE) and not self.tags[n] & PLURAL for n in range(begin, subject.last)
        )
        if not called or self.is_object(mention.lead, first):
            return subject
        named = self.named(mention)
        named.last = subject.last
        return named

    def _across_apposition(self, at: int, first: int) -> Subject | None:
        """Return the subject in "Lee, the governor of Ohio, said", ``at`` being the second comma."""
        words, tags = self.words, self.tags
        mark = words[at]
        inner = self.cast.ending.get(at - 1)
        direct = self._np_ending(at - 1, first, 0) if not (inner and inner.person) else None
        if direct and direct.people and direct.first > first and words[direct.first - 1] == mark:
            return direct  # "Another pollster, Ann Lee of Ohio State, said"
        if inner and inner.person and not tags[at - 1] & POSSESSIVE:
            named = self.named(inner)
            if inner.lead - 2 > first and words[inner.lead - 1] == "and":
                self._join(named, inner.lead - 2, first)
            if named.first > first and words[named.first - 1] == "including":
                return named
            role = named.first - 2
            known = inner.entity and (inner.entity.sure or len(inner.entity.words) > 1)
            called = role >= first and (tags[role] & (ROLE | TITLE) or (known and not self._is_person(role)))
            if called and words[role + 1] == mark:
                begin = self._phrase_start(role, first)
                if begin - 2 >= first and words[begin - 1] == "and":
                    self._join(named, begin - 2, first)
                return named
        short = self._opening(at, first) or len(words)  # where a quotation of a few words begins in the apposition
        for opened in range(at - 1, max(first, at - _LOOK_BACK), -1):
            if words[opened] in ";:" or (tags[opened] & (OPEN | CLOSE) and opened < short):
                return None
            if words[opened] != mark:
                continue
            end = opened - 1
            if words[end] == ")":
                while end > first and words[end] != "(":
                    end -= 1
                end -= 1
            if end < first or (tags[opened + 1] & (CONJUNCTION | SUBORDINATOR) and words[opened + 1] != "where"):
                continue
            if tags[opened + 1] & PRONOUN and words[opened + 1] not in ("who", "both"):
                continue
            if self._is_owned(end, first):
                continue
            mention = self.cast.ending.get(end)
            if mention and self.is_object(mention.lead, first):
                asked = tags[opened + 1] & CUE  # "Lee of Oldbay, asked about it, said"
                owner = self._np_ending(end, first, 0) if asked else None
                if owner and owner.people and not self.is_object(owner.first, first):
                    return owner
                continue
            if self._is_person(end) or (not mention and tags[end] & (ROLE | PRONOUN)):
                subject = self._np_ending(end, first, 0)
                if subject and not self.is_object(subject.first, first):
                    listed = self._between_dashes(opened, at) if subject.kind == "noun" and mark in _DASHES else None
                    if listed:
                        return listed
                    before = self.cast.ending.get(subject.first - 2) if words[subject.first - 1] == mark else None
                    if subject.kind == "noun" and before and before.person and not self.is_object(before.lead, first):
                        return self.named(before)  # "Lee, the lawyer, treasurer and spokesman, said"
                    subject.certainty *= 0.95
                    return subject
            elif mention or tags[end] & GROUP:
                group = self._np_ending(end, first, 0)
                if group and group.kind in ("group", "person") and self._begins_clause(group, first):
                    group.certainty *= 0.95
                    return group
        return self._before_adjunct(at, first)

    def _is_owned(self, at: int, first: int) -> bool:
        """Tell whether what ends at word ``at`` belongs to a "whose" ("Lee, whose wife, Ann Lee, left, said")."""
        mention = self.cast.ending.get(at)
        before = mention.lead - 1 if mention else at
        before -= before > first and self.words[before] == ","
        while before >= first and at - before < _LOOK_BACK and self.words[before][0].isalnum():
            if self.words[before] == "whose":
                return True
            before -= 1
        return False

    def _begins_clause(self, group: Subject, first: int) -> bool:
        """Tell whether nothing in front of a group governs it, nor is it the "Ohio" of a place."""
        before = group.first - 1
        if before > first and self.words[before - 1].lower() in _ARTICLES:
            before -= 2  # "the opposition Bridge Party"
        if before < first:
            return True
        if not self.words[before][0].isalnum():
            return before - 1 not in self.cast.ending
        bits = self.tags[before]
        return bool(bits & (CONJUNCTION | SUBORDINATOR | TIME)) or (bool(bits & ADVERB) and not bits & VERB)

    def _phrase_start(self, at: int, first: int) -> int:
        """Return where the noun phrase that ends at word ``at`` begins, with its head ("the head of the bank")."""
        start = self._np_start(at, first)
        while start - 2 >= first and self.words[start - 1] == "of" and at - start < 12:
            start = self._np_start(start - 2, first)
        return start

    def _between_dashes(self, opened: int, closed: int) -> Subject | None:
        """Return the persons of the list in "two pilots -- Ann Lee of Oldbay and Tom Beld of Torv -- said"."""
        listed = [
            mention
            for n in range(opened + 1, closed)
            if (mention := self.cast.starting.get(n))
            and mention.person
            and (n == opened + 1 or self.words[n - 1] in (",", "and"))
        ]
        if not listed or listed[0].lead != opened + 1:
            return None
        subject = self.named(listed[0])
        subject.people = list(dict.fromkeys(m.entity for m in listed if m.entity))
        if not self.tags[opened - 1] & PLURAL and len(listed) > 1:
            subject.people = subject.people[:1]
        subject.last = listed[-1].last
        return subject

    def _is_person(self, at: int) -> bool:
        """Tell whether a person's name ends at word ``at``."""
        mention = self.cast.ending.get(at)
        return mention is not None and mention.person and not (mention.entity and mention.entity.group)

    def _before_adjunct(self, at: int, first: int) -> Subject | None:
        """Return the subject in "Lee on the other hand, praised"."""
        for back in range(at - 1, max(first, at - 8), -1):
            if self.tags[back] & PREPOSITION and back - 1 in self.cast.ending:
                mention = self.cast.ending[back - 1]
                if mention.person and (mention.lead == first or not self.is_object(mention.lead, first)):
                    return self.named(mention)
            if not self.words[back][0].isalnum() or self.tags[back] & (CUE | VERB):
                return None
        return None

    def is_object(self, at: int, first: int) -> bool:
        """Tell whether the words from ``at`` on are the object of a preposition or verb before them."""
        before = at - 1
        if before < first:
            return False
        bits = self.tags[before]
        if bits & PREPOSITION and self.words[before].lower() not in _CLAUSE_PREPOSITIONS:
            return True
        if bits & (CAPITAL | ROLE | GROUP | DOCUMENT | TIME) or before in self.named_words:
            return False
        return bool(bits & (CUE | VERB)) or self.words[before].endswith("ing")

    def _np_ending(self, at: int, first: int, depth: int) -> Subject | None:
        """Return the noun phrase that ends at word ``at``, or the one it only adds to ("a spokesman for Lee")."""
        if at < first or depth > 4:
            return None
        tags, words = self.tags, self.words
        mention = self.cast.ending.get(at)
        if mention and mention.first >= first:
            return self._named_ending(mention, first, depth)
        bits = tags[at]
        if self.quoted[at]:
            return None
        if bits & PRONOUN:
            return self._pronoun(at, first)
        if words[at] == "which" and at - 2 >= first and words[at - 1] == ",":
            start = self._group_start(at - 2, first)
            return Subject(start, at - 1, "group", certainty=0.72) if start >= 0 else None
        if bits & (PREPOSITION | CONJUNCTION | SUBORDINATOR | AUXILIARY | QUOTE | STOP) or not words[at][0].isalnum():
            return None
        start = self._np_start(at, first)
        before = start - 1
        bare = start == at and not bits & (CAPITAL | ROLE | GROUP)
        if bits & NUMBER or (bare and before >= first and words[before] == "to"):
            return None  # "by 300", "to build"
        if before >= first and tags[before] & PREPOSITION:
            if words[before].lower() in _CLAUSE_PREPOSITIONS and tags[at] & (ROLE | GROUP):
                return self._noun(start, at)
            head = self._np_ending(before - 1, first, depth + 1)
            return self._added(head, before, self._noun(start, at), at)
        if words[at] in _BEHIND_NOUNS and tags[at - 1] & ROLE:
            return self._climbed(self._np_ending(at - 1, first, depth + 1), at)
        return self._with_others(start, at, first) or self._with_groups(self._noun(start, at), first)

    def _with_others(self, start: int, at: int, first: int) -> Subject | None:
        """Return the person in "Lee and her supporters", words ``start`` to ``at`` being the others."""
        mention = self.cast.ending.get(start - 2)
        if not mention or not mention.person or start - 1 <= first or self.words[start - 1] != "and":
            return None
        own = self.words[start] in ("his", "her", "other", "others") and self.tags[at] & (ROLE | GROUP)
        if not own or self.tags[start - 2] & POSSESSIVE or self.is_object(mention.lead, first):
            return None
        return self._climbed(self.named(mention), at)

    def _added(self, head: Subject | None, preposition: int, own: Subject | None, at: int) -> Subject | None:
        """Return the phrase ``head`` stretched to word ``at``, or ``own`` if that wrote it ("a report by Lee")."""
        if head and head.kind == "unnamed" and self.words[preposition] in _BY:
            return own
        return self._climbed(head, at)

    def _climbed(self, head: Subject | None, at: int) -> Subject | None:
        """Stretch the phrase ``head`` to the end of what was added to it."""
        if head and head.kind != "pronoun":
            head.last = at + 1
            return head
        return None

    def _named_ending(self, mention: Mention, first: int, depth: int) -> Subject | None:
        tags, words = self.tags, self.words
        if tags[mention.last - 1] & POSSESSIVE:
            return None
        begin = self._whole_name(mention, first)
        before = begin - 1
        while before >= first and words[before].lower() in _ARTICLES:
            before -= 1
        if before >= first and tags[before] & PREPOSITION and words[before].lower() not in _CLAUSE_PREPOSITIONS:
            own = self.named(mention) if mention.person else Subject(before + 1, mention.last, "group")
            return self._added(self._np_ending(before - 1, first, depth + 1), before, own, mention.last - 1)
        if before >= first and tags[before] & CUE and not tags[before] & (CAPITAL | ROLE | GROUP):
            return None  # what the verb before is about
        other = self.cast.ending.get(before - 1) if before > first and words[before] in ("and", "&") else None
        group = not mention.person or (mention.entity and mention.entity.group)
        if group and other and other.lead > first and tags[other.lead - 1] & PREPOSITION:
            return self._climbed(self._named_ending(other, first, depth + 1), mention.last - 1)  # "of Oldbay and Beld"
        if mention.person:
            subject = self.named(mention)
            if before >= first and words[before] in ("and", "or", "nor", "&"):
                self._join(subject, before - 1, first)
            return subject
        if not self._can_speak(mention):
            return None
        if before - 1 >= first and words[before] in ("and", "&"):
            other = self.cast.ending.get(before - 1)
            if other and not other.person and self._listed_start(before - 1, first) < 0:
                return self._climbed(self._named_ending(other, first, depth + 1), mention.last - 1)
            if (
                other
                and other.person
                and other.lead >= first
                and not tags[other.last - 1] & POSSESSIVE
                and not self.is_object(other.lead, first)
            ):
                return self._climbed(self.named(other), mention.last - 1)  # "Lee and the Oldbay Council"
        return self._with_groups(Subject(max(before + 1, first), mention.last, self._kind(mention)), first)

    def _with_groups(self, subject: Subject | None, first: int) -> Subject | None:
        """Return a group with those listed before it ("the navy, Torv Ltd and the council")."""
        if subject is None or subject.kind != "group":
            return subject
        parts = [(subject.first, subject.last)]
        joins = ["and", "&"]
        while subject.first - 2 >= first and self.words[subject.first - 1] in joins and len(parts) < 9:
            end = subject.first - 1 - (self.words[subject.first - 2] == ",")
            start = self._listed_start(end - 1, first)
            if start < 0:
                whole = self._np_ending(end - 1, first, 1) if end - 1 in self.cast.ending else None
                return self._climbed(whole, subject.last - 1) if whole and whole.kind == "noun" else subject
            parts.insert(0, (start, end))
            subject.first, subject.parts, joins = start, parts, ["and", "&", ","]
        return subject

    def _listed_start(self, at: int, first: int) -> int:
        """Return where the group that ends at word ``at`` begins, or -1 if none does or it is added to something."""
        start = self._group_start(at, first)
        governed = start > first and (self.tags[start - 1] & PREPOSITION or self.is_object(start, first))
        return -1 if governed else start

    def _group_start(self, at: int, first: int) -> int:
        """Return where the group that ends at word ``at`` begins, or -1 if none does."""
        mention = self.cast.ending.get(at)
        if at < first or self.tags[at] & POSSESSIVE or self.quoted[at]:
            return -1
        if mention:
            if self._is_person(at) or not self._can_speak(mention) or self._kind(mention) != "group":
                return -1
            start = self._whole_name(mention, first)
            while start > first and self.words[start - 1].lower() in _ARTICLES:
                start -= 1
        elif self.tags[at] & GROUP and not self.tags[at] & CAPITAL:
            start = self._np_start(at, first)
        else:
            return -1
        return start

    def _can_speak(self, mention: Mention) -> bool:
        """Tell whether a name that is no person's may be that of a source: not "the Bridge Act", nor "Friday"."""
        first, last = self.tags[mention.first], self.tags[mention.last - 1]
        if last & THING and not last & DOCUMENT:
            return False
        return bool(first & NAMED) or not first & (TIME | (COMMON if mention.last - mention.first == 1 else STARTER))

    def _kind(self, mention: Mention) -> str:
        """Return what a name that is no person's stands for: an office ("the Secretary of State") is a noun."""
        if self.tags[mention.last - 1] & DOCUMENT:
            return "unnamed"
        heads = (n - 1 for n in range(mention.first + 1, mention.last) if self.words[n] in ("of", "for"))
        head = self.tags[next(heads, mention.last - 1)]
        return "noun" if head & TITLE and not head & (GROUP | NAMED | GIVEN) else "group"

    def _whole_name(self, mention: Mention, first: int) -> int:
        """Return where a name begins, with the owners before it ("the Delta Growers' Association")."""
        before = mention.lead - 1
        if before >= first and self.words[before] in _APOSTROPHES:
            before -= 1
        if before >= first and self.tags[before] & POSSESSIVE and (self.tags[before] & CAPITAL or not mention.person):
            return self._np_start(mention.lead, first)
        return mention.lead

    def _join(self, subject: Subject, end: int, first: int) -> None:
        """Add the persons before an "and" to a subject, the last of them at word ``end``."""
        others: list[Mention] = []
        while end >= first and len(others) < 9:
            end = self._before_bracket(end, first)
            if end > first and self.words[end] == ",":
                end -= 1
            other = self.cast.ending.get(self._before_place(end, first))
            if other is None or not other.person or other.entity is None or self.tags[other.last - 1] & POSSESSIVE:
                break
            others.append(other)
            end = self._whole_name(other, first) - 1
            if end > first and self.words[end].lower() in _ARTICLES:
                end -= 1  # "Lee, his deputy Tom Beld and"
            if self.words[end] != ",":
                break
            end -= 1
        if not others or (self.is_object(others[-1].lead, first) and self.words[others[-1].lead - 1] != "including"):
            others = others[:1] if others and not self.is_object(others[0].lead, first) else []
        for other in others:
            if other.entity and other.entity not in subject.people:
                subject.people.insert(0, other.entity)
                subject.first = other.lead

    def _before_place(self, at: int, first: int) -> int:
        """Return the word before "of Oldbay", if that is what ends at word ``at``, else ``at``."""
        mention = self.cast.ending.get(at)
        if mention is None or self._is_person(at) or mention.lead - 2 < first or self.words[mention.lead - 1] != "of":
            return at
        return mention.lead - 2

    def _before_bracket(self, at: int, first: int) -> int:
        """Return the word before the bracket that closes at word ``at``, or ``at`` if none does."""
        if self.words[at] != ")":
            return at
        opened = at
        while opened > first and self.words[opened] != "(" and at - opened < 20:
            opened -= 1
        return opened - 1

    def _np_start(self, at: int, first: int) -> int:
        """Return where the noun phrase with its last word at ``at`` begins."""
        start = at
        while start > first and at - start < 7:
            if self.words[start - 1] in _APOSTROPHES and start - 2 >= first and self.tags[start - 2] & POSSESSIVE:
                start -= 1
            bits = self.tags[start - 1]
            if bits & DETERMINER:
                return start - (self.words[start - 1] != "that" or self.words[at][-1] != "s")  # "said that pilots"
            if bits & (PREPOSITION | CONJUNCTION | SUBORDINATOR | PRONOUN | AUXILIARY | STOP | QUOTE):
                break
            if not self.words[start - 1][0].isalnum():
                break
            verb = bits & (CUE | VERB) and not bits & (ROLE | GROUP | DOCUMENT | CAPITAL | NATION)
            if verb and (start - 2 < first or self.words[start - 2].lower() not in _ARTICLES):
                break  # but "the fire service"
            start -= 1
        return start

    def _noun(self, start: int, at: int) -> Subject | None:
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
            kind = "unnamed" if unnamed else "group"
            return Subject(start, at + 1, kind, certainty=0.9)
        return self._author(start, at) if bits & DOCUMENT else None

    def _author(self, start: int, at: int) -> Subject:
        """Return whose document words ``start`` to ``at`` (included) name ("the council's report"), or the document."""
        for owner in range(at - 1, start - 1, -1):
            if self.tags[owner] & POSSESSIVE:
                mention = self.cast.ending.get(owner)
                if mention and mention.person:
                    return self.named(mention)
                if mention or self.tags[owner] & (ROLE | GROUP | TITLE):
                    kind = "group" if mention or self.tags[owner] & GROUP else "noun"
                    return Subject(start, owner + 1, kind, certainty=0.9)
        return Subject(start, at + 1, "unnamed", certainty=0.9)

    def named(self, mention: Mention) -> Subject:
        people = [mention.entity] if mention.entity else []
        certainty = 1.0 if mention.entity and mention.entity.sure else 0.85
        return Subject(mention.lead, mention.last, "person" if people else "group", people, certainty)

    def _pronoun(self, at: int, first: int) -> Subject | None:
        word = self.words[at].lower()
        if word == "who":
            end = at - 1
            if end >= first and (self.words[end] == "," or self.words[end] in _DASHES):
                end -= 1
            if end >= first and self.words[end] == ")":
                while end > first and self.words[end] != "(":
                    end -= 1
                end -= 1
            mention = self.cast.ending.get(end)
            if mention and mention.person and not self.tags[end] & POSSESSIVE:
                subject = self.named(mention)
                subject.last = at + 1
                subject.certainty *= 0.72
                return subject
            if end >= first and self.tags[end] & ROLE:
                subject = Subject(self._np_start(end, first), end + 1, "noun", certainty=0.7)
                before = subject.first - 1
                if before > first and self.words[before] == "," and before - 1 in self.cast.ending:
                    named = self.cast.ending[before - 1]
                    return self.named(named) if named.person else subject
                return subject
            return None
        if word in ("they", "both") and at > first and self.words[at - 1] != ",":
            return None
        if word == "it":
            return Subject(at, at + 1, "pronoun", certainty=0.85) if self._can_it_speak(at, first) else None
        if word in ("he", "she", "they", "both"):
            if at > first and self.is_plain_noun(at - 1):
                return None  # "the documents she cited"
            return Subject(at, at + 1, "pronoun", certainty=0.85)
        return None

    def _can_it_speak(self, at: int, first: int) -> bool:
        """Tell whether "it" at word ``at`` can be an organisation that spoke before and is quoted on here."""
        if at > first and not (self.words[at - 1] == "," or self.tags[at - 1] & (CLOSE | QUOTE)):
            return False
        before = (n for n in range(first, at) if not self.quoted[n])
        if any(self.tags[n] & (GROUP | NAMED) or n in self.cast.starting for n in before):
            return False  # that may be meant, and has not spoken
        for ahead in range(at + 1, min(at + 5, len(self.words))):
            if self.tags[ahead] & CUE:
                verb = cue(self.words[ahead])
                return verb is not None and verb.it_says and (verb.inverts or at == first)
            if self.tags[ahead] & BE or not self.tags[ahead] & (ADVERB | AUXILIARY | TIME | PREPOSITION):
                return False
        return False

    def is_plain_noun(self, at: int) -> bool:
        """Tell whether a word is in none of the lists, as most nouns in small letters are not."""
        return not self.tags[at] and self.words[at][0].isalpha()

    def starting(self, at: int, sentence: Sentence) -> Subject | None:
        """Return the noun phrase that begins at word ``at``."""
        tags, words = self.tags, self.words
        if at >= sentence.last:
            return None
        mention = self.cast.starting.get(at)
        if mention and mention.person and not tags[mention.last - 1] & POSSESSIVE:
            if self.is_noun(mention.last, sentence):
                return None
            subject = self.named(mention)
            self._add_following(subject, mention, sentence)
            return subject
        if tags[at] & PRONOUN and words[at] in ("he", "she", "they"):
            return Subject(at, at + 1, "pronoun", certainty=0.85)
        end = mention.last if mention else at
        while end < sentence.last and end - at < 10:
            inner = self.cast.starting.get(end)
            if inner and inner.person and tags[inner.last - 1] & POSSESSIVE:
                end = inner.last
                continue
            if inner and inner.person and end > at and not tags[inner.last - 1] & POSSESSIVE:
                return None if self.is_noun(inner.last, sentence) else self.named(inner)
            bits = tags[end]
            if (
                bits & (ROLE | TITLE)
                and not bits & POSSESSIVE
                and not ((end + 1 < sentence.last and self.is_noun(end + 1, sentence)) or end + 1 in self.cast.starting)
            ):
                for name in (end + 2, end + 3) if words[end + 1 : end + 2] in ([","], ["of"]) else ():
                    inner = self.cast.starting.get(name)
                    mark = "," if name == end + 2 else "of"
                    if (
                        inner
                        and inner.person
                        and words[end + 1] == mark
                        and name < sentence.last
                        and not tags[inner.last - 1] & POSSESSIVE
                    ):
                        return self.named(inner)
                inner = self._named_behind(end + 1, sentence)
                if inner:
                    return self.named(inner)
                if words[end + 1 : end + 2] == ["and"]:
                    inner = self.first_named(end + 2, sentence)
                    if inner and not tags[inner.last - 1] & POSSESSIVE:
                        return self.named(inner)
                return Subject(at, self._behind_noun(end + 1, sentence), "noun", certainty=0.9)
            group = self.cast.ending.get(end)
            if (
                ((group and not group.person) or bits & (GROUP | DOCUMENT))
                and not bits & POSSESSIVE
                and not (end + 1 < sentence.last and self.is_noun(end + 1, sentence))
            ):
                if bits & DOCUMENT:
                    by = words[end + 1] in _BY if end + 1 < sentence.last else False
                    return (self.starting(end + 2, sentence) if by else None) or self._author(at, end)
                if group and not self._can_speak(group):
                    return None
                return Subject(at, end + 1, self._kind(group) if group else "group", certainty=0.9)
            if bits & (PREPOSITION | CONJUNCTION | SUBORDINATOR | AUXILIARY | QUOTE | STOP | PRONOUN) and (
                end == at or words[end] != "of"
            ):
                return None
            if not words[end][0].isalnum() and words[end] != ".":
                return None
            end += 1
        return None

    def objective(self, at: int, sentence: Sentence) -> Subject | None:
        """Return the pronoun at word ``at`` as one who speaks: "according to her", but not "to her lawyer"."""
        if self.words[at] not in ("him", "her", "them"):
            return None
        following = at + 1 if at + 1 < sentence.last else at
        speaks = self.tags[following] & (FUNCTION | STOP) or self.words[following] in ",;:)—"
        if self.words[at] == "her" and not speaks:
            return None
        return Subject(at, at + 1, "pronoun", certainty=0.85)

    def _behind_noun(self, at: int, sentence: Sentence) -> int:
        """Return where "familiar with the matter" ends, if that begins at word ``at``, else ``at``."""
        if at >= sentence.last or self.words[at] not in _BEHIND_NOUNS:
            return at
        end = at + 1
        while end < sentence.last and end - at < 8 and self.words[end][0].isalnum():
            if self.tags[end] & (TIME | CUE | AUXILIARY | PRONOUN | SUBORDINATOR):
                break
            end += 1
        return end

    def _named_behind(self, at: int, sentence: Sentence) -> Mention | None:
        """Return the person in "said the head of the Oldbay Council, Ann Lee", word ``at`` being "of"."""
        if at >= sentence.last or self.words[at] not in ("of", "for", "at", "in", "to", "with"):
            return None
        for ahead in range(at + 1, min(at + 12, sentence.last - 1)):
            if self.words[ahead] == ",":
                mention = self.cast.starting.get(ahead + 1)
                if mention and mention.person and not self.tags[mention.last - 1] & POSSESSIVE:
                    return mention
                return None
            if self.tags[ahead] & (VERB | AUXILIARY | PRONOUN | SUBORDINATOR | QUOTE | STOP):
                return None
        return None

    def first_named(self, at: int, sentence: Sentence) -> Mention | None:
        """Return whom words from ``at`` on name, behind a role ("the candidate and former senator Ann Lee")."""
        for ahead in range(at, min(at + 9, sentence.last)):
            mention = self.cast.starting.get(ahead)
            if mention and mention.person:
                return mention
            if self.words[ahead] == "," and ahead > at and self.tags[ahead - 1] & (ROLE | TITLE):
                mention = self.cast.starting.get(ahead + 1)
                return mention if mention and mention.person else None
            called = self.tags[ahead] & (ROLE | TITLE | DOMAIN | NATION | CAPITAL | DETERMINER)
            if not called and self.words[ahead] not in ("and", "of") and not self.is_plain_noun(ahead):
                return None
        return None

    def _add_following(self, subject: Subject, mention: Mention, sentence: Sentence) -> None:
        """Add the persons of a list ("said Lee, Ann Torv and Tom Beld") that begins with ``mention``."""
        listed: list[Mention] = []
        end = mention.last
        while end + 1 < sentence.last and self.words[end] in (",", "and") and len(listed) < 9:
            final = self.words[end] == "and"
            if final and self.words[end + 1] == "others":
                subject.last = end + 2
                return
            other = self.cast.starting.get(end + 1 + (not final and self.words[end + 1] == "and"))
            if other is None or not other.person or other.entity is None:
                return
            listed.append(other)
            end = other.last
            if final or self.words[other.lead - 1] == "and":
                subject.people += [each.entity for each in listed if each.entity and each.entity not in subject.people]
                subject.last = end
                return

    def is_noun(self, at: int, sentence: Sentence) -> bool:
        """Tell whether word ``at`` goes on with a noun, so that the name before it is but its modifier."""
        if at >= sentence.last:
            return False
        bits = self.tags[at]
        if not self.words[at][0].isalpha() or bits & CAPITAL or self.words[at] in _BEHIND_NOUNS:
            return False
        if (bits & (ROLE | GROUP) and not bits & CUE) or (
            bits & ROLE and self.words[at - 1][0].isupper() and self.words[at].endswith("ocate")
        ):
            return True
        return not bits & (
            PREPOSITION | CONJUNCTION | SUBORDINATOR | AUXILIARY | ADVERB | PRONOUN | DETERMINER | CUE | VERB | TIME
        )

    def main(self, sentence: Sentence, before: int, last: bool = False) -> Subject | None:
        """Return the first noun phrase in front of word ``before`` that can be a subject (or the last with a verb)."""
        found: Subject | None = None
        at = sentence.first
        while at < before:
            subject = self._can_be_subject(at, before, sentence)
            if subject and not last:
                return subject
            if subject and (found is None or self._has_verb(subject.last, sentence)):
                found = subject
            mention = self.cast.starting.get(at)
            at = max(mention.last, at + 1) if mention else at + 1
        return found

    def _has_verb(self, at: int, sentence: Sentence) -> bool:
        while at < sentence.last and self.tags[at] & ADVERB and not self.tags[at] & CAPITAL:
            at += 1
        if at >= sentence.last or self.tags[at] & CAPITAL:
            return False
        return bool(self.tags[at] & (VERB | CUE | AUXILIARY)) or self.words[at].endswith("ed")

    def _can_be_subject(self, at: int, before: int, sentence: Sentence) -> Subject | None:
        tags, words = self.tags, self.words
        mention = self.cast.starting.get(at)
        if mention:
            end = mention.last
            if (
                mention.person
                and end <= before
                and not tags[end - 1] & POSSESSIVE
                and not self.is_object(at, sentence.first)
                and not self.is_noun(end, sentence)
            ):
                return self._named_ending(mention, sentence.first, 0)
            return None
        if words[at].lower() in ("he", "she", "they", "both") and not self.quoted[at]:
            if not self.is_object(at, sentence.first):
                return Subject(at, at + 1, "pronoun", certainty=0.8)
            return None
        if tags[at] & ROLE and not tags[at] & (CAPITAL | POSSESSIVE) and at + 1 not in self.cast.starting:
            start = self._np_start(at, sentence.first)
            if not self.is_noun(at + 1, sentence) and not self.is_object(start, sentence.first):
                return self._apposed(at, sentence) or self._noun(start, at)
        return None

    def _apposed(self, at: int, sentence: Sentence) -> Subject | None:
        """Return the person in "the finance minister, Ann Lee, was angry", word ``at`` being the role."""
        mention = self.cast.starting.get(at + 2) if self.words[at + 1 : at + 2] == [","] else None
        if mention is None or not mention.person or self.tags[mention.last - 1] & POSSESSIVE:
            return None
        closed = mention.last < sentence.last and self.words[mention.last] == ","
        return self.named(mention) if closed else None

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
