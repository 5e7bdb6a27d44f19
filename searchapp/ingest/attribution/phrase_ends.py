"""The noun phrase that ends at a word, with all that is listed before it or added to it."""

from searchapp.ingest.attribution.cast import Mention
from searchapp.ingest.attribution.lexicon import (
    ADVERB,
    AUXILIARY,
    BE,
    CAPITAL,
    CLOSE,
    CONJUNCTION,
    CUE,
    GROUP,
    NAMED,
    NUMBER,
    OPEN,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    ROLE,
    STOP,
    SUBORDINATOR,
    TIME,
    VERB,
    cue,
)
from searchapp.ingest.attribution.noun_phrases import (
    ARTICLES,
    BEHIND_NOUNS,
    BY,
    CLAUSE_PREPOSITIONS,
    DASHES,
    OWNING,
    NounPhrases,
    Subject,
)


class PhraseEnds:
    """Reads the noun phrases in front of the verbs of an article."""

    def __init__(self, phrases: NounPhrases) -> None:
        self.phrases, self.cast = phrases, phrases.cast
        self.words, self.tags, self.quoted = phrases.words, phrases.tags, phrases.quoted

    def ending(self, at: int, first: int, depth: int) -> Subject | None:
        """Return the noun phrase that ends at word ``at``, or the one it only adds to ("a spokesman for Lee").

        Shows: A spokesman for Mia Torv said the ferry sank. -> a spokesman for Mia Torv
        """
        if at < first or depth > 4:
            return None
        tags, words = self.tags, self.words
        mention = self.cast.ending.get(at)
        if mention and mention.first >= first:
            return self.named_ending(mention, first, depth)
        bits = tags[at]
        if self.quoted[at]:
            return None
        if bits & PRONOUN:
            return self._pronoun(at, first)
        if words[at] == "which" and at - 2 >= first and words[at - 1] == ",":
            start = self.phrases.group_start(at - 2, first)
            return Subject(start, at - 1, "group", certainty=0.72) if start >= 0 else None
        if bits & (PREPOSITION | CONJUNCTION | SUBORDINATOR | AUXILIARY | QUOTE | STOP) or not words[at][0].isalnum():
            return None
        start = self.phrases.start(at, first)
        before = start - 1
        bare = start == at and not bits & (CAPITAL | ROLE | GROUP)
        if bits & NUMBER or (bare and before >= first and words[before] == "to"):
            return None  # "by 300", "to build"
        if before >= first and tags[before] & PREPOSITION:
            if words[before].lower() in CLAUSE_PREPOSITIONS and tags[at] & (ROLE | GROUP):
                return self.phrases.noun(start, at)
            head = self.ending(before - 1, first, depth + 1)
            return self._added(head, before, self.phrases.noun(start, at), at)
        if words[at] in BEHIND_NOUNS and tags[at - 1] & ROLE:
            return self._climbed(self.ending(at - 1, first, depth + 1), at)
        return self._with_others(start, at, first) or self._with_groups(self.phrases.noun(start, at), first)

    def _pronoun(self, at: int, first: int) -> Subject | None:
        """Return the pronoun at word ``at`` as a subject, unless it begins a relative clause ("papers she cited").

        Shows: Mia Torv left. The documents she cited were old, Tom Beld said. -> Tom Beld
        """
        word = self.words[at].lower()
        if word == "who":
            return self._before_who(at, first)
        if word in ("they", "both") and at > first and self.words[at - 1] != ",":
            return None
        if word == "it":
            return Subject(at, at + 1, "pronoun", certainty=0.85) if self._can_it_speak(at, first) else None
        if word in ("he", "she", "they", "both"):
            own = self.words[first].lower() in ("in", "from") and self.words[first + 1].lower() in OWNING
            if at > first and self.phrases.is_plain_noun(at - 1) and not own and not self._is_occasion(first, at):
                return None  # "the documents she cited", but "in his letter of resignation he wrote"
            return Subject(at, at + 1, "pronoun", certainty=0.85)
        return None

    def _is_occasion(self, first: int, at: int) -> bool:
        """Tell whether words ``first`` to the pronoun at word ``at`` only tell where or when something was said.

        A colon, "that" or a quotation follows at once: "In the letter she cited, the mayor" goes on otherwise.

        Shows: Mia Torv left. In a short message she said: “The ferry is old.” -> Mia Torv
        """
        tags, words = self.tags, self.words
        if not tags[first] & PREPOSITION or any(bits & (VERB | AUXILIARY) for bits in tags[first:at]):
            return False
        behind = range(at + 2, min(at + 4, len(words)))
        return any(words[n] in (":", "that") or tags[n] & OPEN for n in behind)

    def _before_who(self, at: int, first: int) -> Subject | None:
        """Return the person in "Lee, who said" and in "the mayor who said", word ``at`` being "who".

        Shows: Mia Torv, who said the ferry sank, left. -> Mia Torv
        """
        end = at - 1
        if end >= first and (self.words[end] == "," or self.words[end] in DASHES):
            end -= 1
        if end >= first and self.words[end] == ")":
            while end > first and self.words[end] != "(":
                end -= 1
            end -= 1
        mention = self.cast.ending.get(end)
        if mention and mention.person and not self.tags[end] & POSSESSIVE:
            subject = self.phrases.named(mention)
            subject.last = at + 1
            subject.certainty *= 0.72
            return subject
        if end < first or not self.tags[end] & ROLE:
            return None
        start = self.phrases.start(end, first)
        named = self.cast.ending.get(start - 2) if start - 1 > first and self.words[start - 1] == "," else None
        if named and named.person:
            return self.phrases.named(named)
        return Subject(start, end + 1, "noun", certainty=0.7)

    def _can_it_speak(self, at: int, first: int) -> bool:
        """Tell whether "it" at word ``at`` can be an organisation that spoke before and is quoted on here.

        Shows: The Oldbay Council said the ferry sank. It said the wreck was old. -> the Oldbay Council
        """
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

    def named_ending(self, mention: Mention, first: int, depth: int) -> Subject | None:
        """Return the subject of which a name is the last: with those listed before it, or what it is only added to.

        Shows: Mia Torv and Tom Beld said the ferry sank. -> Mia Torv; Tom Beld
        """
        tags, words = self.tags, self.words
        if tags[mention.last - 1] & POSSESSIVE:
            return None
        begin = self.phrases.name_start(mention, first)
        before = begin - 1
        while before >= first and words[before].lower() in ARTICLES:
            before -= 1
        if before >= first and tags[before] & PREPOSITION and words[before].lower() not in CLAUSE_PREPOSITIONS:
            own = self.phrases.named(mention) if mention.person else Subject(before + 1, mention.last, "group")
            return self._added(self.ending(before - 1, first, depth + 1), before, own, mention.last - 1)
        if before >= first and tags[before] & CUE and not tags[before] & (CAPITAL | ROLE | GROUP):
            return None  # what the verb before is about
        other = self.cast.ending.get(before - 1) if before > first and words[before] in ("and", "&") else None
        group = not mention.person or (mention.entity and mention.entity.group)
        if group and other and other.lead > first and tags[other.lead - 1] & PREPOSITION:
            return self._climbed(self.named_ending(other, first, depth + 1), mention.last - 1)  # "of Oldbay and Beld"
        if mention.person:
            subject = self.phrases.named(mention)
            if before > first and words[before] == "or" and self.phrases.is_person(before - 1):
                return None  # one of them, nobody knows which
            if before >= first and words[before] in ("and", "nor", "&"):
                self.join(subject, before - 1, first)
            elif before - 2 > first and words[before - 2 : before + 1] == ["as", "well", "as"]:
                head = self.ending(before - 3, first, depth + 1)
                if head and head.people:
                    subject.people, subject.first = [*head.people, *subject.people], head.first
            return subject
        if not self.phrases.can_speak(mention):
            return None
        if before - 1 >= first and words[before] in ("and", "&"):
            other = self.cast.ending.get(before - 1)
            if other and not other.person and self.phrases.listed_start(before - 1, first) < 0:
                return self._climbed(self.named_ending(other, first, depth + 1), mention.last - 1)
            if (
                other
                and other.person
                and other.lead >= first
                and not tags[other.last - 1] & POSSESSIVE
                and not self.phrases.is_object(other.lead, first)
            ):
                return self._climbed(self.phrases.named(other), mention.last - 1)  # "Lee and the Oldbay Council"
        return self._with_groups(Subject(max(before + 1, first), mention.last, self.phrases.kind(mention)), first)

    def _with_others(self, start: int, at: int, first: int) -> Subject | None:
        """Return the person in "Lee and her supporters", words ``start`` to ``at`` being the others.

        Shows: Mia Torv and her supporters said the ferry sank. -> Mia Torv
        """
        mention = self.cast.ending.get(start - 2)
        if not mention or not mention.person or start - 1 <= first or self.words[start - 1] != "and":
            return None
        others = self.words[start] in ("other", "others")
        own = others or (self.words[start] in OWNING and self.tags[at] & (ROLE | GROUP))
        if not own or self.tags[start - 2] & POSSESSIVE or self.phrases.is_object(mention.lead, first):
            return None
        subject = self.phrases.named(mention)
        if others and self.words[mention.lead - 1] == ",":
            self.join(subject, mention.lead - 1, first)
        return self._climbed(subject, at)

    def _with_groups(self, subject: Subject | None, first: int) -> Subject | None:
        """Return a group with those listed before it ("the navy, Torv Ltd and the council").

        Shows: The navy and the Oldbay Council said the ferry sank. -> the navy; the Oldbay Council
        """
        if subject is None or subject.kind != "group":
            return subject
        parts = [(subject.first, subject.last)]
        joins = ["and", "&"]
        while subject.first - 2 >= first and self.words[subject.first - 1] in joins and len(parts) < 9:
            end = subject.first - 1 - (self.words[subject.first - 2] == ",")
            start = self.phrases.listed_start(end - 1, first)
            if start < 0:
                whole = self.ending(end - 1, first, 1) if end - 1 in self.cast.ending else None
                return self._climbed(whole, subject.last - 1) if whole and whole.kind == "noun" else subject
            if self._is_cut_off(parts[0][0], end):
                parts[0] = (start, parts[0][1])  # "Standard and Poor's Corp"
            else:
                parts.insert(0, (start, end))
            subject.first, subject.parts, joins = start, parts, ["and", "&", ","]
        return subject

    def _is_cut_off(self, at: int, before: int) -> bool:
        """Tell whether a name at word ``at`` begins with an owner, right behind "and" and another name.

        Shows: Torvex and Beld’s Corp said the ferry sank. -> Torvex and Beld’s Corp
        """
        owner = self.tags[at] & CAPITAL and self.tags[at] & POSSESSIVE
        return bool(owner) and before == at - 1 and bool(self.tags[before - 1] & CAPITAL)

    def join(self, subject: Subject, end: int, first: int) -> None:
        """Add the persons before an "and" to a subject, the last of them at word ``end``.

        Shows: Mia Torv, Tom Beld and Anna Quill said the ferry sank. -> Mia Torv; Tom Beld; Anna Quill
        """
        others: list[Mention] = []
        while end >= first and len(others) < 9:
            end = self.phrases.before_bracket(end, first)
            if end > first and self.words[end] == ",":
                end -= 1
            other = self.cast.ending.get(self.phrases.before_place(end, first))
            if other is None or not other.person or other.entity is None or self.tags[other.last - 1] & POSSESSIVE:
                break
            others.append(other)
            end = self.phrases.name_start(other, first) - 1
            if end > first and self.words[end].lower() in ARTICLES:
                end -= 1  # "Lee, his deputy Tom Beld and"
            if self.words[end] != ",":
                break
            end -= 1
        if not others or (
            self.phrases.is_object(others[-1].lead, first) and self.words[others[-1].lead - 1] != "including"
        ):
            others = others[:1] if others and not self.phrases.is_object(others[0].lead, first) else []
        for other in others:
            if other.entity and other.entity not in subject.people:
                subject.people.insert(0, other.entity)
                subject.first = other.lead

    def _added(self, head: Subject | None, preposition: int, own: Subject | None, at: int) -> Subject | None:
        """Return the phrase ``head`` stretched to word ``at``, or ``own`` if that wrote it ("a report by Lee")."""
        if head and head.kind == "unnamed" and self.words[preposition] in BY:
            return own
        return self._climbed(head, at)

    def _climbed(self, head: Subject | None, at: int) -> Subject | None:
        """Stretch the phrase ``head`` to the end of what was added to it."""
        if head and head.kind != "pronoun":
            head.last = at + 1
            return head
        return None
