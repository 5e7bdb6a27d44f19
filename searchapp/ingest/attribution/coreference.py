"""Who is meant: pronouns, roles ("the Russian minister") and pairs ("the two ministers") as the article's persons."""

from collections.abc import Iterator

from searchapp.article import Speaker
from searchapp.ingest.attribution import cast
from searchapp.ingest.attribution.cast import Cast, Entity, Mention
from searchapp.ingest.attribution.lexicon import FEMALE, MALE, NATION, PLURAL, POSSESSIVE, PREPOSITION, ROLE, TITLE
from searchapp.ingest.attribution.noun_phrases import Subject
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.subjects import Subjects
from searchapp.ingest.attribution.text import Sentence, Text, written

_DESCRIBING = frozenset("retired veteran former new outgoing incoming".split())


class Resolution:
    """Reads an article from its beginning, sentence by sentence, and keeps in mind who was spoken of."""

    def __init__(self, text: Text, cast: Cast, people: People, subjects: Subjects) -> None:
        self.text, self.cast, self.people = text, cast, people
        self.subjects, self.phrases = subjects, subjects.phrases
        self.words, self.tags, self.quoted = text.words, text.tags, text.quoted
        self.speakers: dict[int, Speaker] = {}
        self.recent: list[Entity] = []  # the subjects of the sentences so far
        self.plural: tuple[Speaker, ...] = ()  # the latest subject of several
        self.plural_at = 0  # its sentence
        self.group: Speaker | None = None  # the latest organisation that spoke or began a sentence
        self.group_at = -9  # its sentence
        self.number = 0  # of the sentence being read
        self.mention_at = 0  # the next mention not yet passed
        self.reporting: Entity | None = None  # who a verb of this sentence belongs to
        self.named_at = -9  # the last sentence that names somebody
        self.previous = self.here = 0  # the first words of the sentence before and of the one being read
        self.named: set[Entity] = set()  # who speaks by name somewhere in the article

    def who(self, subject: Subject, sentence: Sentence) -> tuple[Speaker, ...]:
        """Return the speakers a subject stands for, or nothing if that is unknown."""
        if len(subject.people) == 1:
            self.reporting = subject.people[0]
        if subject.people:
            speakers = tuple(dict.fromkeys(self._speaker(entity) for entity in subject.people))
        elif subject.kind == "pronoun":
            return self._meant_by_pronoun(subject, sentence)
        elif subject.kind == "group":
            parts = [*subject.parts[:-1], ((subject.parts or [(subject.first, 0)])[-1][0], subject.last)]
            speakers = tuple(dict.fromkeys(Speaker(self._phrase(*part), None, "organisation") for part in parts))
            self._note_group(speakers)
            return speakers
        elif subject.kind == "unnamed":
            return (self._unnamed(subject),)
        else:
            return self._meant_by_role(subject)
        self._note_group(speakers)
        if len(speakers) > 1:
            self.plural_at, self.plural = self.number, speakers
        return speakers

    def _note_group(self, speakers: tuple[Speaker, ...]) -> None:
        """Remember the one organisation that speaks in a sentence for the "it" of the next."""
        groups = [each for each in speakers if each.type == "organisation"]
        if groups:
            other = self.group_at == self.number and self.group != groups[0]
            self.group = groups[0] if len(groups) == 1 and not other else None
            self.group_at = self.number

    def _unnamed(self, subject: Subject) -> Speaker:
        return Speaker(self._phrase(subject.first, subject.last), None, "unnamed")

    def _phrase(self, first: int, last: int) -> str:
        phrase = written(self.text, first, min(last, first + 12))
        for article in ("The ", "A ", "An "):
            if phrase.startswith(article):
                phrase = phrase[0].lower() + phrase[1:]
        return phrase

    def _speaker(self, entity: Entity) -> Speaker:
        speaker = self.speakers.get(id(entity))
        if speaker is None:
            known = self.people.known(entity.name)
            speaker = Speaker(entity.name, entity.role, "organisation" if entity.group else "person")
            if known:
                speaker = Speaker(known.name, known.role or entity.role, known.type)
            self.speakers[id(entity)] = speaker
        return speaker

    def _meant_by_pronoun(self, subject: Subject, sentence: Sentence) -> tuple[Speaker, ...]:
        word = self.words[subject.first].lower()
        if word == "it":  # the organisation that spoke last, unless that is long ago
            return (self.group,) if self.group and self.number - self.group_at <= 2 else ()
        if word in ("they", "them", "both"):
            return self._lately() or (self._pair(set()) if word == "both" else ())
        gender = MALE if word in ("he", "him") else FEMALE
        entity = self._antecedent(gender, subject, sentence)
        return (self._speaker(entity),) if entity else ()

    def _antecedent(self, gender: int, subject: Subject, sentence: Sentence) -> Entity | None:
        """Return whom "he" means: of the two nearest subjects the one who speaks by name in the article.

        Else the nearest, if still fresh and either known to be of that gender or the only one; else the last
        one named who speaks by name.
        """
        here = [m.entity for m in self._mentions_before(sentence.first, subject.first) if m.entity]
        near = [each for each in dict.fromkeys([*here, *reversed(self.recent[-8:])]) if self._fits(each, gender)]
        new = near and near[0] in (*here, *self.recent[-1:]) and near[0].sure and near[0].order >= self.previous
        for entity in near[: 1 if new else 2]:
            if new or entity in self.named:
                entity.gender = gender
                return entity
        if near and near[0] in (*here, *self.recent[-2:]) and (near[0].gender == gender or len(near) == 1):
            near[0].gender = gender
            return near[0]
        known = self._known(subject.first)
        fitting = [each for each in reversed(known) if each.gender == gender]
        of_two = fitting[0] if len(fitting) == 1 and len(known) == 2 else None
        return next((each for each in fitting if each in self.named), of_two)

    def _lately(self) -> tuple[Speaker, ...]:
        """Return the speakers of the last subject of several, if that was in this sentence or the one before."""
        return self.plural if self.number - self.plural_at <= 1 else ()

    def _mentions_before(self, first: int, last: int) -> Iterator[Mention]:
        for at in range(first, last):
            mention = self.cast.starting.get(at)
            if mention is None or not mention.person or mention.last > last or self.quoted[at]:
                continue
            if not self.tags[mention.last - 1] & POSSESSIVE and not self.phrases.is_object(mention.lead, first):
                yield mention

    def _fits(self, entity: Entity, gender: int) -> bool:
        return entity.gender in (0, gender) and (entity.sure or entity.gender == gender)

    def _meant_by_role(self, subject: Subject) -> tuple[Speaker, ...]:
        """Resolve "the Russian minister", "the two ministers", "the deputy PM"; others stay unnamed."""
        words = self.words[subject.first : subject.last]
        lowered = [word.lower() for word in words]
        unnamed = (self._unnamed(subject),)
        plural = self.phrases.is_plural(subject) or lowered[-1] in ("pair", "duo")
        if plural:
            if lowered[0] in ("the", "both", "two") and "sides" not in lowered:
                roles, _ = cast.role_words(lowered[-1:])
                pair = self._pair({role.removesuffix("s") for role in roles} - {"official", "pair", "duo", "diplomat"})
                self.plural_at, self.plural = self.number, pair or unnamed
                return self.plural
            self.plural_at, self.plural = self.number, unnamed
            return unnamed
        possessed = lowered[0] in ("his", "her") and lowered[-1] == "counterpart"
        if lowered[0] != "the" and not possessed and not self.tags[subject.first] & (TITLE | NATION):
            return unnamed
        if any(self.tags[n] & (PREPOSITION | POSSESSIVE) for n in range(subject.first, subject.last)):
            return unnamed
        entity = self._by_role(subject) or self._by_description(subject)
        return (self._speaker(entity),) if entity else unnamed

    def _by_role(self, subject: Subject) -> Entity | None:
        words, countries = cast.role_words(
            word for word in self.words[subject.first + 1 : subject.last] if word.lower() not in ("the", "former")
        )
        head = self.words[subject.last - 1].lower()
        heads, _ = cast.role_words([head])
        best: Entity | None = None
        best_score = 0.0
        for entity in self._known(subject.first)[-40:]:
            if countries and entity.countries and not countries & entity.countries:
                continue
            score = 0.0
            if heads & entity.roles or (head == "counterpart" and "minister" in entity.roles):
                score = 1 + len(words & entity.roles) + 2 * bool(countries & entity.countries)
            elif "counterpart" in entity.roles and countries & entity.countries:
                score = 3
            if score and score >= best_score:
                best, best_score = entity, score
        return best

    def _by_description(self, subject: Subject) -> Entity | None:
        """Return who is newly described ("the retired judge"): the last one named, if no role is known of them."""
        describing = _DESCRIBING.intersection(self.words[subject.first + 1 : subject.last])
        if not describing or self.number - self.named_at > 1:
            return None
        known = self._known(subject.first)[-1:]
        return known[0] if known and known[0].sure and not known[0].roles else None

    def _known(self, before: int) -> list[Entity]:
        """Return the persons named so far, in the order they were last named."""
        known = {m.entity: None for m in self._named_before(before)}
        return [entity for entity in reversed(known) if entity]

    def _named_before(self, before: int) -> Iterator[Mention]:
        mentions = self.cast.mentions
        while self.mention_at < len(mentions) and mentions[self.mention_at].last <= before:
            self.mention_at += 1
        for mention in reversed(mentions[max(0, self.mention_at - 80) : self.mention_at]):
            if mention.person and mention.entity:
                yield mention

    def _pair(self, roles: set[str]) -> tuple[Speaker, ...]:
        """Return the two persons who fit a role in the plural, if exactly two do."""
        known = [e for e in self._known(self.here) if e.sure and (e.roles or not roles)]
        if roles:
            known = [e for e in known if roles & e.roles or "counterpart" in e.roles]
        if len(known) != 2:
            return ()
        pair = tuple(self._speaker(entity) for entity in sorted(known, key=lambda e: e.order))
        self.plural_at, self.plural = self.number, pair
        return pair

    def _read_office(self, entity: Entity, first: int, last: int) -> None:
        """Read the role in "Lee took the oath as president", "Lee became mayor of Oldbay"."""
        for at in range(first, min(last, first + 20)):
            if self.words[at] in ("as", "became", "elected", "appointed") and not self.quoted[at]:
                end = at + 1
                while end < last and end - at < 5 and not self.tags[end] & ROLE:
                    end += 1
                if end < last and self.tags[end] & ROLE and not self.tags[end] & PLURAL:
                    entity.roles |= cast.role_words(self.words[at + 1 : end + 1])[0]
                    return

    def note(self, sentence: Sentence) -> None:
        """Remember the subject of a sentence for the pronouns of the next."""
        opening = self.subjects.starts.starting(sentence.first, sentence)
        if opening and opening.kind == "group" and self.group_at < self.number:
            self.who(opening, sentence)
        subject = self.subjects.main(sentence, sentence.last)
        if subject and subject.people:
            self.recent.append(subject.people[0])
            if len(subject.people) == 1:
                self._read_office(subject.people[0], subject.last, sentence.last)
        elif self.reporting:
            self.recent.append(self.reporting)
        elif subject and subject.kind == "noun":
            speakers = self._meant_by_role(subject)
            for entity in self.cast.entities[:200]:
                if self.speakers.get(id(entity)) in speakers:
                    self.recent.append(entity)
        self.reporting = None
        if any(at in self.cast.starting for at in range(sentence.first, sentence.last)):
            self.named_at = self.number
        if subject is None or subject.kind != "pronoun":  # "He has a boat" leaves who is new as new
            self.previous = sentence.first
        self.here = sentence.last
