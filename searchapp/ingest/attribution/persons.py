"""Mentions become persons: who is one, of which role, and who is the same."""

from searchapp.analysis import fold
from searchapp.ingest.attribution.cast import Cast, Entity, Mention, role_words
from searchapp.ingest.attribution.lexicon import (
    ACRONYM,
    AUXILIARY,
    CAPITAL,
    CLOSE,
    COMMON,
    CONJUNCTION,
    CUE,
    DETERMINER,
    DOMAIN,
    FEMALE,
    GIVEN,
    GROUP,
    HONORIFICS,
    MALE,
    NAMED,
    NATION,
    PLACE,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    REGNAL,
    ROLE,
    STOP,
    SUBORDINATOR,
    TIME,
    TITLE,
    tag,
)
from searchapp.ingest.attribution.mentions import headline_mentions, is_headline, sentence_mentions
from searchapp.ingest.attribution.names import compatible, name_words
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.text import Text, written
from searchapp.ingest.attribution.titles import LONGEST_ROLE, begins, name_at

MOST_NAMESAKES = 20  # of one last name in an article who are compared
_MALE_TITLES = frozenset(
    """mr messrs sir lord king prince father brother congressman chairman spokesman councilman pope shri herr
    senor""".split()
)
_FEMALE_TITLES = frozenset(
    """mrs ms miss mme mlle lady dame queen princess sister congresswoman chairwoman spokeswoman smt frau
    senora""".split()
)
_GENERATIONS = frozenset(("jr", "sr"))
_RELATIVES = frozenset(("whose", "which"))
_IN_A_PLACE = frozenset(("in", "near", "outside", "around"))


def find(text: Text, people: People) -> Cast:
    """Return who is named in ``text``."""
    mentions: list[Mention] = []
    tags, words = text.tags, text.words
    inside = {words[n] for n in range(1, len(words)) if tags[n] & CAPITAL and tags[n - 1] & CAPITAL}
    for sentence in text.sentences:
        if is_headline(text, sentence):
            mentions += headline_mentions(text, sentence)
        else:
            mentions += sentence_mentions(text, sentence, inside)
    _tell_places(text, mentions)
    entities = _merge(text, mentions, people)
    return Cast(
        entities,
        mentions,
        {mention.lead: mention for mention in mentions},
        {mention.last - 1: mention for mention in mentions},
    )


def _tell_places(text: Text, mentions: list[Mention]) -> None:
    """Take an unknown name for a place where the article writes "in" before it, or "in Hanoi and"."""
    unsure = [each for each in mentions if each.weak and each.person and each.last - each.first > 1]
    names = {id(each): tuple(text.words[each.first : each.last]) for each in unsure}
    places = {names[id(each)] for each in unsure if _is_in(text, each.lead - 1)}
    for each in unsure:
        each.person = names[id(each)] not in places


def _is_in(text: Text, before: int) -> bool:
    if before > 1 and text.words[before] == "and" and text.tags[before - 1] & PLACE:
        before -= 2
    return before >= 0 and text.words[before].lower() in _IN_A_PLACE


def _role(text: Text, mention: Mention) -> str | None:
    if mention.lead >= mention.first:
        return None
    words = [text.words[at] for at in range(mention.lead, mention.first) if text.words[at] != "."]
    if all(fold(word) in HONORIFICS for word in words):
        return None
    return " ".join(text.body[text.starts[mention.lead] : text.starts[mention.first]].split())


def _gender(text: Text, mention: Mention) -> int:
    for at in range(mention.lead, mention.first):
        title = fold(text.words[at])
        if title in _MALE_TITLES:
            return MALE
        if title in _FEMALE_TITLES:
            return FEMALE
    if mention.last - mention.first > 1:
        bits = text.tags[mention.first] & (MALE | FEMALE)
        return 0 if bits == MALE | FEMALE else bits
    return 0


class _Register:
    """The entities found so far, by their last and by their other words."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.by_words: dict[tuple[str, ...], Entity] = {}
        self.by_last: dict[str, list[Entity]] = {}
        self.by_other: dict[str, list[Entity]] = {}

    def add(self, entity: Entity) -> Entity:
        self.entities.append(entity)
        self.by_words[entity.words] = entity
        self.by_last.setdefault(entity.words[-1], []).append(entity)
        for word in dict.fromkeys(entity.words[:-1]):
            self.by_other.setdefault(word, []).append(entity)
        return entity

    def full(self, words: tuple[str, ...]) -> Entity | None:
        """Return whose full name is another form of ``words``, or begins with them ("Sri Torva" Lindi)."""
        if words in self.by_words:
            return self.by_words[words]
        for entity in self.by_last.get(words[-1], ())[:MOST_NAMESAKES]:
            if compatible(words, entity.words):
                return entity
        if tag(words[0]) & GIVEN:
            return None  # "Ann Lee" and "Ann Lee Beld" may be two, or the second none
        longer = [e for e in self.by_other.get(words[-1], ())[:MOST_NAMESAKES] if e.words[: len(words)] == words]
        return longer[0] if len(longer) == 1 else None

    def short(self, words: tuple[str, ...], gender: int, doubtful: bool) -> Entity | None:
        """Return who is meant by one word, by the last name rather than by another.

        Of several of that name it is the one whose whole name stands more often, then the first.
        """
        for table in (self.by_last,) if doubtful else (self.by_last, self.by_other):
            fitting = [
                e
                for e in table.get(words[-1], ())[:MOST_NAMESAKES]
                if (
                    (not gender or not e.gender or e.gender == gender)
                    and e.words[-len(words) :] == words[-len(e.words) :]
                )
                or (table is self.by_other and len(words) == 1 and (not gender or not e.gender or e.gender == gender))
            ]
            if table is self.by_other:
                fitting = [e for e in fitting if e.words[0] == words[0] or (len(e.words) > 2 and len(words[0]) > 2)]
            if fitting:
                return max(fitting, key=lambda e: (e.full, -e.order))
        return None


def _words_inside(text: Text, mentions: list[Mention]) -> set[str]:
    """Return the folded words of the names that stand inside sentences, where only names have capitals."""
    return {fold(text.words[n]) for m in mentions if not begins(text, m.first) for n in range(m.first, m.last)}


def _merge(text: Text, mentions: list[Mention], people: People) -> list[Entity]:
    """Give each person's mention its entity, and return the entities."""
    register = _Register()
    named = [(mention, name_words(name_at(text, mention))) for mention in mentions if mention.person]
    for mention, words in sorted(named, key=lambda pair: -len(pair[1])):
        if mention.last - mention.first > 1 and len(words) > 1:
            entity = register.full(words)
            if entity is None:
                entity = register.add(Entity(words, name_at(text, mention), mention.first, not mention.weak))
            mention.entity = entity
            entity.order = min(entity.order, mention.first)
            entity.full += 1
    singles = _words_inside(text, mentions)
    owners = {m.last - 1 for m in mentions if m.person and m.last - m.first > 1 and text.tags[m.last - 1] & POSSESSIVE}
    for mention in mentions:
        words = name_words(written(text, mention.first, mention.last))
        if not words:  # a sign that counts as a capital: "🅐"
            mention.person = False
            continue
        one = len(words) == 1 and text.words[mention.last - 1].lower() not in _GENERATIONS  # "King Torv III"
        if mention.entity is None and (one or mention.last - mention.first == 1):
            mention.entity = _known_by_one_word(text, mention, words, register)
            if mention.entity is None and _owes_capital(text, mention, words[-1], singles):
                mention.person = False
            owned = not mention.titled and (mention.lead - 1 in owners or _is_of_a_nation(text, mention))
            if mention.entity is None and mention.person and owned:
                mention.person, mention.first = False, mention.lead  # "U.S. Minerals", "Ann Lee's Torvex"
            mention.person = mention.person or mention.entity is not None
            if mention.entity is None and mention.person:
                mention.entity = register.add(Entity(words, _called(text, mention), mention.first, mention.titled))
        if mention.entity:
            _describe(text, mention, mention.entity)
    for entity in register.entities:
        if len(entity.words) == 1 and not entity.sure and not entity.given:
            entity.group = True  # one word that nothing calls a person is more often a paper or a firm
    _resolve_by_people(register.entities, people)
    return register.entities


def _known_by_one_word(text: Text, mention: Mention, words: tuple[str, ...], register: _Register) -> Entity | None:
    """Return who of those named in full is meant by one word of the name."""
    if mention.lead and text.words[mention.lead - 1].lower() == "the" and not mention.titled:
        return None
    unclear = PLACE | NATION | NAMED | COMMON | ACRONYM
    doubtful = not mention.person and bool(text.tags[mention.first] & unclear)
    return register.short(words, _gender(text, mention), doubtful)


def _owes_capital(text: Text, mention: Mention, last: str, singles: set[str]) -> bool:
    """Tell whether one word, ``last`` when folded, may owe its capital to the beginning of its sentence only."""
    if not mention.weak or not begins(text, mention.first):
        return False
    return last not in singles and not _ends_quotation(text, mention)


def _called(text: Text, mention: Mention) -> str:
    """Return the one word of a name, with a title that belongs to it ("Pope Francis")."""
    title = text.words[mention.first - 1] if mention.lead < mention.first else ""
    name = written(text, mention.first, mention.last)
    return f"{title} {name}" if title.lower() in REGNAL else name


def _is_of_a_nation(text: Text, mention: Mention) -> bool:
    """Tell whether only nations stand before a name, as before a firm's ("U.S. Torvex")."""
    before = text.tags[mention.lead : mention.first]
    return bool(before) and all(bits & NATION for bits in before)


def _describe(text: Text, mention: Mention, entity: Entity) -> None:
    """Add to an entity what this mention tells of it."""
    entity.sure = entity.sure or not mention.weak or mention.titled
    entity.gender = entity.gender or _gender(text, mention)
    role = _role(text, mention)
    if role and fold(role) != entity.words[0]:  # "Hunter James Lee", at the beginning of a sentence
        entity.role = entity.role or role
        words, countries = role_words(text.words[mention.lead : mention.first])
        entity.roles |= words
        entity.countries |= countries
    entity.given = entity.given or bool(text.tags[mention.first] & GIVEN)
    _read_apposition(text, mention, entity)
    _read_role_before(text, mention, entity)
    if not entity.sure and not text.tags[mention.last - 1] & POSSESSIVE:
        told = _is_followed_by_who(text, mention) or _has_pronoun(text, mention)
        entity.sure = told or _ends_quotation(text, mention)


def _is_followed_by_who(text: Text, mention: Mention) -> bool:
    at = mention.last
    if at < len(text.words) and text.words[at] == ",":
        at += 1
    return at < len(text.words) and text.words[at] == "who" and mention.last - mention.first > 1


def _ends_quotation(text: Text, mention: Mention) -> bool:
    """Tell whether a name stands in '"...," Lee said', as persons mostly do."""
    before, at = mention.lead - 1, mention.last
    if before < 0 or at + 1 >= len(text.words) or not text.tags[before] & (CLOSE | QUOTE):
        return False
    if before and text.words[before - 1] == ".":
        return False
    return text.words[at] in ("said", "says", "told", "added", "recalled") and bool(text.quoted[before])


def _has_pronoun(text: Text, mention: Mention) -> bool:
    """Tell whether "his", "she" or the like follows soon, in the same sentence and before another name.

    Not if the name is but a place ("leave Oldbay, she said", "the mayor of Oldbay said he").
    """
    if mention.lead and text.tags[mention.lead - 1] & PREPOSITION:
        return False
    for at in range(mention.last, min(mention.last + 12, len(text.words) - 1)):
        word = text.words[at]
        if text.tags[at] & (CAPITAL | STOP):
            return False
        if word in ("he", "she") and text.words[at - 1] == "," and text.tags[at + 1] & CUE:
            return False
        if word in ("his", "her", "he", "she", "himself", "herself"):
            return True
    return False


def _read_role_before(text: Text, mention: Mention, entity: Entity) -> None:
    """Read the role in "The governor of Ohio, Ann Lee, said"."""
    words, tags = text.words, text.tags
    end = mention.lead - 1
    if mention.last - mention.first == 1 or end < 1 or words[end] != ",":
        return
    if mention.last >= len(words) or words[mention.last] not in (",", ".", "—", "–"):
        return
    begin = end
    while begin and end - begin < LONGEST_ROLE and words[begin - 1][0].isalnum():
        if tags[begin - 1] & (CONJUNCTION | SUBORDINATOR | PRONOUN | AUXILIARY | TIME):
            return
        begin -= 1
        if words[begin] in _RELATIVES:
            return
        if tags[begin] & DETERMINER or (tags[begin] & POSSESSIVE and tags[begin] & CAPITAL):
            break
    head = [n for n in range(begin, end) if tags[n] & (ROLE | TITLE)]
    if not head or tags[head[-1]] & (PLURAL | POSSESSIVE) or not tags[begin] & (DETERMINER | POSSESSIVE):
        return
    if head[-1] != end - 1 and not tags[head[-1] + 1] & PREPOSITION:
        return
    _take_role(text, entity, begin, end)


def _read_apposition(text: Text, mention: Mention, entity: Entity) -> None:
    """Read the role in "Ann Lee, the governor of Ohio, said"."""
    at = mention.last
    words, tags = text.words, text.tags
    if at + 2 >= len(words) or words[at] != "," or text.starts[at] > text.ends[at - 1]:
        return
    begin = at + 1
    if not tags[begin] & (DETERMINER | ROLE | TITLE | DOMAIN | NATION | PLACE) or words[begin] in _RELATIVES:
        return
    end = begin
    while (
        end < len(words)
        and end - begin < 16
        and words[end] not in (",", ".", ";", "—", "–", ")")
        and not tags[end] & PRONOUN
    ):
        end += 1
    if end == len(words) or words[end] not in (",", ".", "—", "–"):
        return
    head = [n for n in range(begin, end) if tags[n] & (ROLE | TITLE) and not tags[n] & (PLURAL | POSSESSIVE)]
    if not head and any(tags[n] & GROUP for n in range(begin, end)) and not entity.given and not entity.roles:
        entity.group = True
    if not head or any(
        tags[n] & CUE and not tags[n] & (ROLE | CAPITAL | GROUP | DOMAIN) for n in range(begin, head[0])
    ):
        return
    _take_role(text, entity, begin, end)


def _take_role(text: Text, entity: Entity, begin: int, end: int) -> None:
    """Note that words ``begin`` to ``end`` (half-open) say what somebody is: a role, without its article or owner."""
    found, countries = role_words(text.words[begin:end])
    entity.roles |= found
    entity.countries |= countries
    entity.sure = True
    if entity.role is None:
        begin += text.words[begin].lower() in ("a", "an", "the", "its", "his", "her", "their")
        entity.role = " ".join(text.body[text.starts[begin] : text.ends[end - 1]].split())


def _resolve_by_people(entities: list[Entity], people: People) -> None:
    for entity in entities:
        name = people.name_of(entity.name)
        if name:
            entity.name, entity.sure = name, True
