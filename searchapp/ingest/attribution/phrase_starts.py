"""The noun phrase that begins at a word, as behind an inverted verb ("said Lee") or "according to"."""

from searchapp.ingest.attribution.cast import Mention
from searchapp.ingest.attribution.lexicon import (
    AUXILIARY,
    CAPITAL,
    CONJUNCTION,
    DETERMINER,
    DOCUMENT,
    DOMAIN,
    FUNCTION,
    GROUP,
    NATION,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    ROLE,
    STOP,
    SUBORDINATOR,
    TITLE,
    VERB,
)
from searchapp.ingest.attribution.noun_phrases import APOSTROPHES, BY, NounPhrases, Subject
from searchapp.ingest.attribution.text import Sentence

_NEVER_INSIDE = PREPOSITION | CONJUNCTION | SUBORDINATOR | AUXILIARY | QUOTE | STOP | PRONOUN


class PhraseStarts:
    """Reads the noun phrases behind the verbs of an article."""

    def __init__(self, phrases: NounPhrases) -> None:
        self.phrases, self.cast = phrases, phrases.cast
        self.words, self.tags = phrases.words, phrases.tags

    def starting(self, at: int, sentence: Sentence) -> Subject | None:
        """Return the noun phrase that begins at word ``at``.

        Shows: “The ferry sank,” said Mia Torv. -> Mia Torv
        """
        tags, words = self.tags, self.words
        if at >= sentence.last:
            return None
        mention = self.cast.starting.get(at)
        if mention and mention.person and not tags[mention.last - 1] & POSSESSIVE:
            if self.phrases.is_noun(mention.last, sentence):
                return None
            subject = self.phrases.named(mention)
            self.add_following(subject, mention, sentence)
            return subject
        if tags[at] & PRONOUN and words[at] in ("he", "she", "they"):
            return Subject(at, at + 1, "pronoun", certainty=0.85)
        return self._headed(at, mention.last if mention else at, sentence)

    def _headed(self, at: int, end: int, sentence: Sentence) -> Subject | None:
        """Return the phrase of words ``at`` to its head, the first word from ``end`` on that names somebody.

        Shows: “The ferry sank,” said former mayor Mia Torv. -> Mia Torv
        """
        while end < sentence.last and end - at < 10:
            if self._is_between_owners(end, at):
                end += 1
                continue
            bits, inner, group = self.tags[end], self.cast.starting.get(end), self.cast.ending.get(end)
            if inner and inner.person:
                if self.tags[inner.last - 1] & POSSESSIVE:
                    end = inner.last
                    continue
                return None if self.phrases.is_noun(inner.last, sentence) else self.phrases.named(inner)
            if not bits & POSSESSIVE and not self.phrases.is_noun(end + 1, sentence):
                if bits & (ROLE | TITLE) and end + 1 not in self.cast.starting:
                    return self._headed_by_role(at, end, sentence)
                if (group and not group.person) or bits & (GROUP | DOCUMENT):
                    return self._headed_by_group(at, end, group, sentence)
            if bits & _NEVER_INSIDE and (end == at or self.words[end] != "of"):
                return None
            if not self.words[end][0].isalnum() and self.words[end] != ".":
                return None
            end += 1
        return None

    def _is_between_owners(self, at: int, first: int) -> bool:
        """Tell whether word ``at`` is the apostrophe or the "and" in "the Nurses' and Midwives' Guild".

        Shows: The ferry sank, said the Nurses’ and Midwives’ Guild. -> the Nurses’ and Midwives’ Guild
        """
        if at <= first:
            return False
        if self.words[at] in APOSTROPHES:
            return bool(self.tags[at - 1] & POSSESSIVE)
        both = self.words[at] in ("and", "&") and self.words[at - 1] in APOSTROPHES
        return both and at + 1 < len(self.words) and bool(self.tags[at + 1] & POSSESSIVE)

    def _headed_by_role(self, at: int, head: int, sentence: Sentence) -> Subject:
        """Return the person a role introduces ("said the mayor, Ann Lee"), or the role where no name follows.

        Shows: “The ferry sank,” said the mayor, Mia Torv. -> Mia Torv
        """
        behind = self.words[head + 1 : head + 2]
        name = head + 2 if behind == [","] else head + 3
        inner = self.phrases.apposed(name, sentence.last) if behind in ([","], ["of"]) else None
        if inner is None or not inner.person or self.tags[inner.last - 1] & POSSESSIVE:
            inner = self._named_behind(head + 1, sentence)
        if inner is None and behind == ["and"]:
            inner = self.first_named(head + 2, sentence)
            inner = None if inner and self.tags[inner.last - 1] & POSSESSIVE else inner
        if inner:
            return self.phrases.named(inner)
        return Subject(at, self.phrases.behind_noun(head + 1, sentence), "noun", certainty=0.9)

    def _headed_by_group(self, at: int, head: int, group: Mention | None, sentence: Sentence) -> Subject | None:
        """Return the group, or whom a document is by ("according to a report by Ann Lee")."""
        if self.tags[head] & DOCUMENT:
            by = head + 1 < sentence.last and self.words[head + 1] in BY
            return (self.starting(head + 2, sentence) if by else None) or self.phrases.author(at, head)
        if group and not self.phrases.can_speak(group):
            return None
        return Subject(at, head + 1, self.phrases.kind(group) if group else "group", certainty=0.9)

    def _named_behind(self, at: int, sentence: Sentence) -> Mention | None:
        """Return the person in "said the head of the Oldbay Council, Ann Lee", word ``at`` being "of".

        Shows: “The ferry sank,” said the head of the Oldbay Council, Mia Torv. -> Mia Torv
        """
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
        """Return whom words from ``at`` on name, behind a role ("the candidate and former senator Ann Lee").

        Shows: The plan was praised by the candidate and former senator Mia Torv. -> Mia Torv
        """
        for ahead in range(at, min(at + 9, sentence.last)):
            mention = self.cast.starting.get(ahead)
            if mention and mention.person:
                return mention
            if self.words[ahead] == "," and ahead > at and self.tags[ahead - 1] & (ROLE | TITLE):
                mention = self.cast.starting.get(ahead + 1)
                return mention if mention and mention.person else None
            called = self.tags[ahead] & (ROLE | TITLE | DOMAIN | NATION | CAPITAL | DETERMINER)
            if not called and self.words[ahead] not in ("and", "of") and not self.phrases.is_plain_noun(ahead):
                return None
        return None

    def add_following(self, subject: Subject, mention: Mention, sentence: Sentence) -> None:
        """Add the persons of a list ("said Lee, Ann Torv and Tom Beld") that begins with ``mention``.

        Shows: “The ferry sank,” said Mia Torv, Tom Beld and Anna Quill. -> Mia Torv; Tom Beld; Anna Quill
        """
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

    def objective(self, at: int, sentence: Sentence) -> Subject | None:
        """Return the pronoun at word ``at`` as one who speaks: "according to her", but not "to her lawyer".

        Shows: Anna Torv left. According to her, the ferry sank. -> Anna Torv
        """
        if self.words[at] not in ("him", "her", "them"):
            return None
        following = at + 1 if at + 1 < sentence.last else at
        speaks = self.tags[following] & (FUNCTION | STOP) or self.words[following] in ",;:)—"
        if self.words[at] == "her" and not speaks:
            return None
        return Subject(at, at + 1, "pronoun", certainty=0.85)
