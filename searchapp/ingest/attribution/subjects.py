"""The subjects of verbs: whom the words before a verb name, across appositions, brackets and adverbs."""

from searchapp.ingest.attribution.cast import Cast, Mention
from searchapp.ingest.attribution.lexicon import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    CLOSE,
    CONJUNCTION,
    CUE,
    DOMAIN,
    GROUP,
    OPEN,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    ROLE,
    SUBORDINATOR,
    SUFFIX,
    TIME,
    TITLE,
    VERB,
)
from searchapp.ingest.attribution.noun_phrases import ARTICLES, DASHES, NounPhrases, Subject
from searchapp.ingest.attribution.phrase_ends import PhraseEnds
from searchapp.ingest.attribution.phrase_starts import PhraseStarts
from searchapp.ingest.attribution.text import Sentence, Text

_SUBJECTS = ROLE | PRONOUN  # one of which each "he", "both" and "minister" has
_ASIDES = frozenset(("where", "while"))  # begin what only describes, between two commas
_LOOK_BACK = 45  # words across which an apposition may part a subject from its verb


class Subjects:
    """The noun phrases of an article that can be subjects."""

    def __init__(self, text: Text, cast: Cast) -> None:
        self.phrases = NounPhrases(text, cast)
        self.ends, self.starts = PhraseEnds(self.phrases), PhraseStarts(self.phrases)
        self.cast, self.words, self.tags, self.quoted = cast, text.words, text.tags, text.quoted

    def ending(self, at: int, first: int) -> Subject | None:
        """Return the subject that ends at word ``at``, or whose apposition does.

        Shows: Tom Beld Jr., said the ferry sank. -> Tom Beld Jr
        """
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
        if word == "," or word in DASHES:
            subject = self._across_apposition(at, first)
        else:
            subject = self.ends.ending(at, first, 0)
            subject = self._before_role(subject, first) if subject and not subject.people else subject
        return self._with_described(subject, first) if subject else None

    def _with_described(self, subject: Subject, first: int) -> Subject:
        """Add who stands before a subject in "Lee, the mayor of Oldbay, and Ann Torv said", with an apposition.

        Shows: Mia Torv, the mayor of Oldbay, and Tom Beld, a baker, said the ferry sank. -> Mia Torv; Tom Beld
        """
        comma = subject.first - 2
        if subject.kind != "person" or comma <= first or self.words[comma : comma + 2] != [",", "and"]:
            return subject
        other = None if self.phrases.is_person(comma - 1) else self._across_apposition(comma, first)
        if other and other.kind == "person" and not self.phrases.is_object(other.first, first):
            subject.people = list(dict.fromkeys((*other.people, *subject.people)))
            subject.first = other.first
        return subject

    def _before_role(self, subject: Subject, first: int) -> Subject:
        """Return the person in "Lee, president and owner of the yard said", where no comma ends the apposition.

        Shows: Mia Torv, president and owner of the yard said the ferry sank. -> Mia Torv
        """
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
        if not called or self.phrases.is_object(mention.lead, first):
            return subject
        named = self.phrases.named(mention)
        named.last = subject.last
        return named

    def _across_apposition(self, at: int, first: int) -> Subject | None:
        """Return the subject in "Lee, the governor of Ohio, said", ``at`` being the second comma.

        Shows: Another pollster, Mia Torv of Oldbay State, said the ferry sank. -> Mia Torv
        """
        words, tags = self.words, self.tags
        inner = self.cast.ending.get(at - 1)
        if inner and inner.person:
            subject = self._introduced(inner, at, first)
        else:
            subject = self.ends.ending(at - 1, first, 0)
            named = subject and subject.people and not subject.people[-1].group
            if subject and not (named and subject.first > first and words[subject.first - 1] == words[at]):
                subject = None  # but "Another pollster, Ann Lee of Ohio State, said"
        if subject:
            return subject
        short = self._opening(at, first) or len(words)  # where a quotation of a few words begins in the apposition
        for opened in range(at - 1, max(first, at - _LOOK_BACK), -1):
            if words[opened] in ";:" or (tags[opened] & (OPEN | CLOSE) and opened < short):
                return None
            if words[opened] == words[at] and (subject := self._described(opened, at, first)):
                return subject
        return self._before_adjunct(at, first)

    def _introduced(self, name: Mention, at: int, first: int) -> Subject | None:
        """Return the person in "The governor of Ohio, Ann Lee, said", ``at`` being the second comma.

        Shows: The governor of Oldbay, Mia Torv, said the ferry sank. -> Mia Torv
        """
        words, tags = self.words, self.tags
        if tags[at - 1] & POSSESSIVE:
            return None
        subject = self.phrases.named(name)
        if name.lead - 2 > first and words[name.lead - 1] == "and":
            self.ends.join(subject, name.lead - 2, first)
        if subject.first > first and words[subject.first - 1] == "including":
            return subject
        begin = subject.first
        while begin > first and subject.first - begin < 8 and words[begin - 1][0].isalnum():
            begin -= 1
        if begin < subject.first and self.phrases.apposed(begin, at) is not name:
            return None
        role = begin - 2
        known = name.entity and (name.entity.sure or len(name.entity.words) > 1)
        called = role >= first and (tags[role] & (ROLE | TITLE) or (known and not self.phrases.is_person(role)))
        if not called or words[role + 1] != words[at]:
            return None
        begin = self.phrases.start_with_head(role, first)
        own = self.cast.ending.get(begin - 2) if begin - 1 > first and words[begin - 1] == words[at] else None
        if own and self.phrases.is_person(begin - 2) and not self.phrases.is_object(own.lead, first):
            return self.phrases.named(own)  # "Lee, the editor of the paper, Torvo, said"
        if begin - 2 >= first and words[begin - 1] == "and":
            self.ends.join(subject, begin - 2, first)
        return subject

    def _described(self, opened: int, at: int, first: int) -> Subject | None:
        """Return the subject before the mark ``opened``, if what stands from there to ``at`` only describes it.

        Shows: Mia Torv, the governor of Oldbay, said the ferry sank. -> Mia Torv
        """
        words, tags = self.words, self.tags
        end, following = opened - 1, tags[opened + 1]
        if words[end] == ")":
            while end > first and words[end] != "(":
                end -= 1
            end -= 1
        aside = words[opened + 1] in _ASIDES or words[opened] in DASHES
        if end < first or (following & (CONJUNCTION | SUBORDINATOR) and not aside):
            return None
        if (following & PRONOUN and words[opened + 1] not in ("who", "both")) or self._is_owned(end, first):
            return None
        mention = self.cast.ending.get(end)
        if mention and self.phrases.is_object(mention.lead, first):
            return self._described_owner(end, opened, first)
        if self.phrases.is_person(end) or (not mention and tags[end] & (ROLE | PRONOUN)):
            return self._described_person(end, opened, at, first)
        if not mention and not tags[end] & GROUP:
            return None
        group = self.ends.ending(end, first, 0)
        if group is None or group.kind not in ("group", "person") or not self._begins_clause(group, first):
            return None
        group.certainty *= 0.95
        return group

    def _described_owner(self, end: int, opened: int, first: int) -> Subject | None:
        """Return the person in "Lee of Oldbay, a banker, said", the place ending at ``end``.

        Shows: Mia Torv of Oldbay, a lifelong banker, said the ferry sank. -> Mia Torv
        """
        begin = self.tags[opened + 1]
        article = self.words[opened + 1].lower() in ARTICLES or begin & CUE  # "Lee of Oldbay, asked about it, said"
        owner = self.ends.ending(end, first, 0) if article or self.words[opened + 1] == "who" else None
        if owner is None or not owner.people or self.phrases.is_object(owner.first, first):
            return None
        return owner if article or owner.first == first else None

    def _described_person(self, end: int, opened: int, at: int, first: int) -> Subject | None:
        """Return who is described from the mark ``opened`` to ``at``, the person's name or role ending at ``end``.

        Shows: Mia Torv, the lawyer, treasurer and spokesman, said the ferry sank. -> Mia Torv
        """
        words, mark = self.words, self.words[at]
        subject = self.ends.ending(end, first, 0)
        if subject is None or self.phrases.is_object(subject.first, first):
            return None
        if subject.kind == "noun":
            listed = self._between_dashes(opened, at) if mark in DASHES else None
            if listed:
                return listed
            before = self.cast.ending.get(subject.first - 2) if words[subject.first - 1] == mark else None
            if before and before.person and not self.phrases.is_object(before.lead, first):
                return self.phrases.named(before)  # "Lee, the lawyer, treasurer and spokesman, said"
        subject.certainty *= 0.95
        return subject

    def _opening(self, at: int, first: int) -> int:
        """Return the first word of a quotation of a few words in which word ``at`` stands, or 0."""
        opened = at
        while opened > first and self.quoted[opened] and at - opened < 6:
            if self.tags[opened] & OPEN:
                return opened
            opened -= 1
        return 0

    def _is_owned(self, at: int, first: int) -> bool:
        """Tell whether what ends at word ``at`` belongs to a "whose" ("Lee, whose wife, Ann Lee, left, said").

        Shows: Mia Torv, whose brother, Tom Beld, left, said the ferry sank. -> Mia Torv
        """
        mention = self.cast.ending.get(at)
        before = mention.lead - 1 if mention else at
        before -= before > first and self.words[before] == ","
        while before >= first and at - before < _LOOK_BACK and self.words[before][0].isalnum():
            if self.words[before] == "whose":
                return True
            before -= 1
        return False

    def _begins_clause(self, group: Subject, first: int) -> bool:
        """Tell whether nothing in front of a group governs it, nor is it the "Ohio" of a place.

        Shows: The Bridge Party, which lost, said the ferry sank. -> the Bridge Party
        """
        before = group.first - 1
        if before > first and self.words[before - 1].lower() in ARTICLES:
            before -= 2  # "the opposition Bridge Party"
        if before < first:
            return True
        if not self.words[before][0].isalnum():
            return before - 1 not in self.cast.ending
        bits = self.tags[before]
        return bool(bits & (CONJUNCTION | SUBORDINATOR | TIME)) or (bool(bits & ADVERB) and not bits & VERB)

    def _between_dashes(self, opened: int, closed: int) -> Subject | None:
        """Return the persons of the list in "two pilots -- Ann Lee of Oldbay and Tom Beld of Torv -- said".

        Shows: Two pilots -- Mia Torv of Oldbay and Tom Beld of Norvik -- said the ferry sank. -> Mia Torv; Tom Beld
        """
        listed = [
            mention
            for n in range(opened + 1, closed)
            if (mention := self.cast.starting.get(n))
            and mention.person
            and (n == opened + 1 or self.words[n - 1] in (",", "and"))
        ]
        if not listed or listed[0].lead != opened + 1:
            return None
        subject = self.phrases.named(listed[0])
        subject.people = list(dict.fromkeys(m.entity for m in listed if m.entity))
        if not self.tags[opened - 1] & PLURAL and len(listed) > 1:
            subject.people = subject.people[:1]
        subject.last = listed[-1].last
        return subject

    def _before_adjunct(self, at: int, first: int) -> Subject | None:
        """Return the subject in "Lee on the other hand, praised".

        Shows: Mia Torv on the other hand, praised the ferry. -> Mia Torv
        """
        for back in range(at - 1, max(first, at - 8), -1):
            if self.tags[back] & PREPOSITION and back - 1 in self.cast.ending:
                mention = self.cast.ending[back - 1]
                if mention.person and (mention.lead == first or not self.phrases.is_object(mention.lead, first)):
                    return self.phrases.named(mention)
            if not self.words[back][0].isalnum() or self.tags[back] & (CUE | VERB):
                return None
        return None

    def main(self, sentence: Sentence, before: int, last: bool = False) -> Subject | None:
        """Return the first noun phrase in front of word ``before`` that can be a subject (or the last with a verb).

        Shows: Mia Torv left the room, warning that the ferry would sink. -> Mia Torv
        """
        found: Subject | None = None
        named, behind = self.cast.starting, sentence.first
        for at, bits in enumerate(self.tags[sentence.first : before], sentence.first):
            if at < behind or not (bits & _SUBJECTS or at in named):
                continue
            subject = self._can_be_subject(at, before, sentence)
            if subject and not last:
                return subject
            if subject and (found is None or self.has_verb(subject.last, sentence)):
                found = subject
            behind = named[at].last if at in named else at
        return found

    def has_verb(self, at: int, sentence: Sentence) -> bool:
        while at < sentence.last and self.tags[at] & ADVERB and not self.tags[at] & CAPITAL:
            at += 1
        if at >= sentence.last or self.tags[at] & CAPITAL:
            return False
        return bool(self.tags[at] & (VERB | CUE | AUXILIARY)) or self.words[at].endswith("ed")

    def _can_be_subject(self, at: int, before: int, sentence: Sentence) -> Subject | None:
        """Return the subject that begins at word ``at`` in front of word ``before``, if none governs it.

        Shows: The finance minister, Mia Torv, was angry and said the ferry sank. -> Mia Torv
        """
        tags, words = self.tags, self.words
        mention = self.cast.starting.get(at)
        if mention:
            end = mention.last
            if (
                mention.person
                and end <= before
                and not tags[end - 1] & POSSESSIVE
                and not self.phrases.is_object(at, sentence.first)
                and not self.phrases.is_noun(end, sentence)
            ):
                return self.ends.named_ending(mention, sentence.first, 0)
            return None
        if words[at].lower() in ("he", "she", "they", "both") and not self.quoted[at]:
            if not self.phrases.is_object(at, sentence.first):
                return Subject(at, at + 1, "pronoun", certainty=0.8)
            return None
        if tags[at] & ROLE and not tags[at] & (CAPITAL | POSSESSIVE) and at + 1 not in self.cast.starting:
            start = self.phrases.start(at, sentence.first)
            if not self.phrases.is_noun(at + 1, sentence) and not self.phrases.is_object(start, sentence.first):
                return self._apposed(at, sentence) or self.phrases.noun(start, at)
        return None

    def _apposed(self, at: int, sentence: Sentence) -> Subject | None:
        """Return the person in "the finance minister, Ann Lee, was angry", word ``at`` being the role."""
        mention = self.phrases.apposed(at + 2, sentence.last) if self.words[at + 1 : at + 2] == [","] else None
        if mention is None or not mention.person or self.tags[mention.last - 1] & POSSESSIVE:
            return None
        closed = mention.last < sentence.last and self.words[mention.last] == ","
        return self.phrases.named(mention) if closed else None
