"""Who is meant: pronouns, roles ("the Russian minister") and pairs ("the two ministers") as the article's persons."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from searchapp.article import Speaker
from searchapp.ingest.attribution.cast import Cast, Entity, Mention
from searchapp.ingest.attribution.clauses import Report
from searchapp.ingest.attribution.lexicon import (
    BE,
    CAPITAL,
    FEMALE,
    MALE,
    NATION,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    ROLE,
    TITLE,
)
from searchapp.ingest.attribution.noun_phrases import Subject
from searchapp.ingest.attribution.offices import Office, fit, office_of, role_words
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.subjects import Subjects
from searchapp.ingest.attribution.text import Sentence, Text, written
from searchapp.ingest.attribution.titles import begins

MOST_OFFICES = 20  # of one person, the latest, that are looked at
_LEAVING = frozenset(
    "resigned resigns quit quits left leaves stepped retired ousted dismissed sacked fired removed".split()
)
_TAKING_ON = frozenset(("as", "became", "elected", "appointed"))
_TAKING_OVER = frozenset("succeeded succeeds replaced replaces".split())
_DESCRIBING = frozenset("retired veteran former new outgoing incoming".split())


class Meaning(NamedTuple):
    """Whom a subject means: the speakers, and the persons among them where it names none itself."""

    speakers: tuple[Speaker, ...] = ()
    people: tuple[Entity, ...] = ()
    gender: int = 0  # what "he" or "she" tells of the one person meant
    several: bool = False  # is a new subject of several, whom "they" means from here on


@dataclass(slots=True)
class _Told:
    """What the article has told up to the sentence being read."""

    number: int = 0  # of the sentence being read
    first: int = 0  # the first word of the sentence being read
    previous: int = 0  # the first word of the latest sentence with a subject that is no pronoun
    recent: list[Entity] = field(default_factory=list)  # the subjects of the sentences before
    several: tuple[Speaker, ...] = ()  # the latest subject of several
    several_at: int = 0  # its sentence
    group: Speaker | None = None  # the latest organisation that spoke or began a sentence
    group_at: int = -9  # its sentence
    named_at: int = -9  # the latest sentence that names somebody
    reporting: Entity | None = None  # who a verb of this sentence belongs to
    genders: dict[Entity, int] = field(default_factory=dict)  # told by the pronouns so far
    offices: dict[Entity, list[Office]] = field(default_factory=dict)  # taken on since


class Coreference:
    """Reads an article from its beginning, sentence by sentence, and keeps in mind who was spoken of.

    ``read`` alone changes what is kept; everything else only looks.
    """

    def __init__(self, text: Text, cast: Cast, people: People, subjects: Subjects, named: set[Entity]) -> None:
        """``named`` holds who speaks by name somewhere in the article."""
        self._text, self._cast, self._named = text, cast, named
        self._starts = sorted(cast.starting)
        self._subjects, self._phrases = subjects, subjects.phrases
        self._words, self._tags, self._quoted = text.words, text.tags, text.quoted
        self._people, self._speakers = people, dict[Entity, Speaker]()
        self._told = _Told()

    def read(self, sentence: Sentence, reports: list[Report]) -> list[tuple[Speaker, ...]]:
        """Return the speakers of each report of the next sentence, none where they are unknown."""
        self._told.first = sentence.first
        speakers = []
        for report in reports:
            meaning = self._meaning(report.subject, sentence)
            self._keep(report.subject, meaning)
            speakers.append(meaning.speakers)
        self._pass(sentence)
        return speakers

    def _keep(self, subject: Subject, meaning: Meaning) -> None:
        """Keep in mind what a subject tells of persons and groups."""
        told = self._told
        if len(subject.people) == 1:
            told.reporting = subject.people[0]
        if meaning.gender:
            told.genders |= dict.fromkeys(meaning.people, meaning.gender)
        if meaning.several:
            told.several_at, told.several = told.number, meaning.speakers
        named = meaning.speakers if subject.kind in ("person", "group") else ()
        groups = [each for each in named if each.type == "organisation" or subject.kind == "group"]
        if groups:  # the one organisation that speaks in a sentence is the "it" of the next
            other = told.group_at == told.number and told.group != groups[0]
            told.group = groups[0] if len(groups) == 1 and not other else None
            told.group_at = told.number

    def _pass(self, sentence: Sentence) -> None:
        """Keep in mind the subject of a sentence for the pronouns of the next."""
        told = self._told
        if told.group_at < told.number and not self._begins_with_person(sentence):
            opening = self._subjects.starts.starting(sentence.first, sentence)
            if opening and opening.kind == "group":
                self._keep(opening, self._meaning(opening, sentence))
        subject = self._subjects.main(sentence, sentence.last)
        if subject and subject.people:
            told.recent.append(subject.people[0])
            if len(subject.people) == 1:
                office = self._office(subject.last, sentence.last)
                if office and office not in told.offices.get(subject.people[0], ())[:MOST_OFFICES]:
                    told.offices.setdefault(subject.people[0], []).append(office)
        elif told.reporting:
            told.recent.append(told.reporting)
        elif subject and subject.kind == "noun":
            meaning = self._meant_by_role(subject)
            self._keep(subject, meaning)
            told.recent += meaning.people
        told.reporting = None
        begin, end = bisect_left(self._starts, sentence.first), bisect_left(self._starts, sentence.last)
        here = [self._cast.starting[at] for at in self._starts[begin:end]]
        for mention in here:
            if mention.entity and self._succeeds(mention):
                self._take_over(mention.entity, mention.lead)
        told.named_at = told.number if here else told.named_at
        if subject is None or subject.kind != "pronoun":  # "He has a boat" leaves who is new as new
            told.previous = sentence.first
        told.number += 1

    def _begins_with_person(self, sentence: Sentence) -> bool:
        mention = self._cast.starting.get(sentence.first)
        if mention is None or not mention.person or mention.entity is None:
            return False
        return not self._tags[mention.last - 1] & POSSESSIVE

    def _meaning(self, subject: Subject, sentence: Sentence) -> Meaning:
        """Return whom a subject means, nobody if that is unknown."""
        if subject.people:
            speakers = tuple(dict.fromkeys(map(self._speaker_of, subject.people)))
            return Meaning(speakers, several=len(speakers) > 1)
        if subject.kind == "pronoun":
            return self._meant_by_pronoun(subject, sentence)
        if subject.kind == "group":
            parts = [*subject.parts[:-1], ((subject.parts or [(subject.first, 0)])[-1][0], subject.last)]
            return Meaning(tuple(dict.fromkeys(self._group(*part) for part in parts)))
        return self._unnamed(subject) if subject.kind == "unnamed" else self._meant_by_role(subject)

    def _unnamed(self, subject: Subject) -> Meaning:
        return Meaning((Speaker(self._phrase(subject.first, subject.last), None, "unnamed"),))

    def _group(self, first: int, last: int) -> Speaker:
        """Return a group by its name, or as an unnamed one where nothing in it is a name ("the company", "P").

        Shows: The company said the ferry sank. -> the company
        """
        names = [at for at in range(first, last) if self._tags[at] & CAPITAL and len(self._words[at]) > 1]
        named = any(at in self._phrases.named_words or not begins(self._text, at) for at in names)
        return Speaker(self._phrase(first, last), None, "organisation" if named else "unnamed")

    def _phrase(self, first: int, last: int) -> str:
        phrase = written(self._text, first, min(last, first + 12))
        for article in ("The ", "A ", "An ", "His ", "Her ", "Its ", "Their "):
            if phrase.startswith(article):
                phrase = phrase[0].lower() + phrase[1:]
        return phrase

    def _of(self, *people: Entity) -> Meaning:
        return Meaning(tuple(map(self._speaker_of, people)), people)

    def _speaker_of(self, entity: Entity) -> Speaker:
        if entity not in self._speakers:
            self._speakers[entity] = _speaker(entity, self._people)
        return self._speakers[entity]

    def _meant_by_pronoun(self, subject: Subject, sentence: Sentence) -> Meaning:
        """Return whom "he", "she", "it", "they" or "both" means.

        Shows: The mayor Mia Torv left. “The ferry sank,” she said. -> Mia Torv
        """
        told, word = self._told, self._words[subject.first].lower()
        if word == "it":  # the organisation that spoke last, unless that is long ago
            return Meaning((told.group,) if told.group and told.number - told.group_at <= 2 else ())
        if word in ("they", "them", "both"):
            lately = told.several if told.number - told.several_at <= 1 else ()
            return Meaning(lately) if lately or word != "both" else self._pair(set())
        gender = MALE if word in ("he", "him", "his") else FEMALE
        entity, tells = self._antecedent(gender, subject, sentence)
        return self._of(entity)._replace(gender=gender if tells else 0) if entity else Meaning()

    def _antecedent(self, gender: int, subject: Subject, sentence: Sentence) -> tuple[Entity | None, bool]:
        """Return whom "he" means, and whether that is sure enough to tell the person's gender.

        Of the two nearest subjects it is the one who speaks by name in the article. Else the nearest, if still fresh
        and either known to be of that gender or the only one; else the last one named who speaks by name.

        Shows: Anna Torv said the ferry sank. It is old. She said it would be raised. -> Anna Torv
        """
        recent = self._told.recent
        here = [m.entity for m in self._mentions_before(sentence.first, subject.first) if m.entity]
        near = [each for each in dict.fromkeys([*here, *reversed(recent[-8:])]) if self._fits(each, gender)]
        new = near and near[0] in (*here, *recent[-1:]) and near[0].sure and near[0].order >= self._told.previous
        for entity in near[: 1 if new else 2]:
            if new or entity in self._named:
                return entity, True
        if near and near[0] in (*here, *recent[-2:]) and (self._gender(near[0]) == gender or len(near) == 1):
            return near[0], True
        known = self._known(subject.first)
        fitting = [each for each in reversed(known) if self._gender(each) == gender]
        of_two = fitting[0] if len(fitting) == 1 and len(known) == 2 else None
        possible = fitting or [each for each in known if self._fits(each, gender)]
        only = possible[0] if len(possible) == 1 and possible[0] in self._named else of_two
        return next((each for each in fitting if each in self._named), only), False

    def _gender(self, entity: Entity) -> int:
        """Return what the name or title of a person tells, or what a pronoun before has told."""
        return self._told.genders.get(entity, entity.gender)

    def _fits(self, entity: Entity, gender: int) -> bool:
        known = self._gender(entity)
        return known == gender or (not known and entity.sure)

    def _roles(self, entity: Entity) -> set[str]:
        return entity.roles.union(*(office.words for office in self._told.offices.get(entity, ())))

    def _mentions_before(self, first: int, last: int) -> Iterator[Mention]:
        for at in range(first, last):
            mention = self._cast.starting.get(at)
            if mention is None or not mention.person or mention.last > last or self._quoted[at]:
                continue
            if not self._tags[mention.last - 1] & POSSESSIVE and not self._phrases.is_object(mention.lead, first):
                yield mention

    def _meant_by_role(self, subject: Subject) -> Meaning:
        """Resolve "the Russian minister", "the two ministers", "the deputy PM"; others stay unnamed.

        Shows: Norwegian Minister Mia Torv met Tom Beld. The Norwegian minister said the ferry sank. -> Mia Torv
        """
        lowered = [word.lower() for word in self._words[subject.first : subject.last]]
        unnamed = self._unnamed(subject)
        if self._phrases.is_plural(subject) or lowered[-1] in ("pair", "duo"):
            if lowered[0] not in ("the", "both", "two") or "sides" in lowered:
                return unnamed._replace(several=True)
            roles, _ = role_words((lowered[-1],))
            pair = self._pair({role.removesuffix("s") for role in roles} - {"official", "pair", "duo", "diplomat"})
            return pair if pair.people else unnamed._replace(several=True)
        possessed = lowered[0] in ("his", "her") and lowered[-1] == "counterpart"
        if lowered[0] != "the" and not possessed and not self._tags[subject.first] & (TITLE | NATION):
            return unnamed
        if any(self._tags[n] & POSSESSIVE for n in range(subject.first, subject.last)):
            return unnamed
        entity = self._by_role(subject, self._owner(subject) if possessed else None) or self._by_description(subject)
        return self._of(entity) if entity else unnamed

    def _owner(self, subject: Subject) -> Entity | None:
        """Return whose the counterpart is, who never is "her counterpart" herself."""
        gender = MALE if self._words[subject.first].lower() == "his" else FEMALE
        return next((each for each in reversed(self._told.recent) if self._fits(each, gender)), None)

    def _by_role(self, subject: Subject, owner: Entity | None) -> Entity | None:
        """Return who of those named before has the role that a phrase names, rather of the country that it names.

        Shows: Defence Minister Mia Torv met Governor Tom Beld. The governor said the ferry sank. -> Tom Beld
        """
        first, last = subject.first + 1, subject.last
        head = next((n - 1 for n in range(first + 1, last) if self._tags[n] & PREPOSITION), last - 1)
        words = tuple(self._words[first:last])
        phrase, named = office_of(words), office_of((self._words[head],))
        _, countries = role_words(words)
        best: Entity | None = None
        best_score = 0.0
        for entity in self._known(subject.first)[-40:]:
            if entity is owner or (countries and entity.countries and not countries & entity.countries):
                continue
            same = bool(countries & entity.countries)
            score = self._fit(phrase, named.words | named.standing, entity, exact=head < last - 1)
            if "counterpart" in named.words and "minister" in entity.roles:
                score = max(score, 1)
            score = score + 2 * same if score else 3.0 * (same and "counterpart" in entity.roles)
            if score and score >= best_score:
                best, best_score = entity, score
        return best

    def _fit(self, phrase: Office, heads: frozenset[str], entity: Entity, *, exact: bool) -> float:
        """Return how well a phrase names an office of a person, one taken on in this text a little better."""
        taken = [
            fit(phrase, heads, office, exact=exact) for office in self._told.offices.get(entity, ())[-MOST_OFFICES:]
        ]
        held = [fit(phrase, heads, office, exact=exact) for office in entity.offices]
        return max(*held, *(score + 0.5 for score in taken if score), 0, 0)

    def _by_description(self, subject: Subject) -> Entity | None:
        """Return who is newly described ("the retired judge"): the last one named, if no role is known of them."""
        describing = _DESCRIBING.intersection(self._words[subject.first + 1 : subject.last])
        if not describing or self._told.number - self._told.named_at > 1:
            return None
        known = self._known(subject.first)[-1:]
        return known[0] if known and known[0].sure and not self._roles(known[0]) else None

    def _known(self, before: int) -> list[Entity]:
        """Return the persons named before a word, at most 80 mentions back, in the order they were last named."""
        behind = bisect_right(self._cast.mentions, before, key=lambda mention: mention.last)
        known = {m.entity: None for m in reversed(self._cast.mentions[max(0, behind - 80) : behind]) if m.person}
        return [entity for entity in reversed(known) if entity]

    def _pair(self, roles: set[str]) -> Meaning:
        """Return the two persons who fit a role in the plural, if exactly two do."""
        known = [e for e in self._known(self._told.first) if e.sure and (self._roles(e) or not roles)]
        if roles:
            known = [e for e in known if not self._roles(e).isdisjoint((*roles, "counterpart"))]
        if len(known) != 2:
            return Meaning()
        return self._of(*sorted(known, key=lambda e: e.order))._replace(several=True)

    def _succeeds(self, mention: Mention) -> bool:
        """Tell whether a name is that of "her successor", of whom "was replaced by" or of who "succeeded her".

        Shows: Mayor Mia Torv was replaced by Tom Beld. The mayor said the ferry sank. -> Tom Beld
        """
        if mention.entity and "successor" in mention.entity.roles:
            return True
        if _TAKING_OVER.isdisjoint(self._words[max(mention.lead - 2, 0) : mention.last + 4]):
            return False
        before = self._words[max(mention.lead - 2, 0) : mention.lead]
        behind = range(mention.last, min(mention.last + 4, len(self._words)))
        took = next((at for at in behind if self._words[at] in _TAKING_OVER), 0)
        passive = took and self._tags[took - 1] & BE
        return (len(before) == 2 and before[0] in _TAKING_OVER and before[1] == "by") or bool(took and not passive)

    def _take_over(self, entity: Entity, at: int) -> None:
        """Give a person the offices of the last one named before word ``at`` who has any."""
        holders = [each for each in self._known(at) if each is not entity and each.offices]
        if holders and entity not in self._told.offices:
            self._told.offices[entity] = [each for each in holders[-1].offices if not each.standing]

    def _office(self, first: int, last: int) -> Office | None:
        """Return the office in "Lee took the oath as president", "Lee became mayor of Oldbay".

        Shows: Mia Torv became mayor of Oldbay. The mayor said the ferry sank. -> Mia Torv
        """
        last_told = min(last, first + 20)
        if _TAKING_ON.isdisjoint(self._words[first:last_told]):
            return None
        for at in range(first, last_told):
            if self._words[at] in _LEAVING:
                return None  # "resigned as mayor"
            if self._words[at] in _TAKING_ON and not self._quoted[at]:
                end = at + 1
                while end < last and end - at < 5 and not self._tags[end] & ROLE:
                    end += 1
                if end < last and self._tags[end] & ROLE and not self._tags[end] & PLURAL:
                    return office_of(tuple(self._words[at + 1 : end + 1]))
        return None


def _speaker(entity: Entity, people: People) -> Speaker:
    known = people.known(entity.name)
    if known:
        return Speaker(known.name, known.role or entity.role, known.type)
    if entity.unknown or len(entity.name) == 1:
        return Speaker(entity.name, None, "unnamed")
    return Speaker(entity.name, entity.role, "organisation" if entity.group else "person")
