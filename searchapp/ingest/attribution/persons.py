"""Mentions become persons: who is one, of which role, and who is the same."""

from bisect import bisect_left
from itertools import pairwise

from searchapp.analysis import fold
from searchapp.ingest.attribution.cast import Cast, Entity, Mention
from searchapp.ingest.attribution.descriptions import describe, ends_quotation, gender_of_title, has_age
from searchapp.ingest.attribution.genders import gender_of_name, gender_of_word
from searchapp.ingest.attribution.lexicon import (
    ACRONYM,
    CAPITAL,
    COMMON,
    MEN,
    NAMED,
    NATION,
    PARTICLE,
    PLACE,
    POSSESSIVE,
    REGNAL,
    WOMEN,
)
from searchapp.ingest.attribution.mentions import headline_mentions, is_headline, sentence_mentions
from searchapp.ingest.attribution.names import GENERATIONS, generation_of, name_words
from searchapp.ingest.attribution.people import People
from searchapp.ingest.attribution.register import Register
from searchapp.ingest.attribution.surnames import is_turn, one_of
from searchapp.ingest.attribution.text import Text, written
from searchapp.ingest.attribution.titles import begins, name_at

_IN_A_PLACE = frozenset(("in", "near", "outside", "around"))


def find(text: Text, people: People) -> Cast:
    """Return who is named in ``text``."""
    mentions: list[Mention] = []
    tags, words = text.tags, text.words
    capitals = [at for at, bits in enumerate(tags) if bits & CAPITAL]
    inside = {words[at] for before, at in pairwise(capitals) if at - before == 1}
    behind = 0
    for sentence in text.sentences:
        begin, behind = behind, bisect_left(capitals, sentence.last, behind)
        if is_headline(text, sentence, behind - begin):
            mentions += headline_mentions(text, sentence)
        else:
            mentions += sentence_mentions(text, sentence, capitals[begin:behind], inside)
    _tell_places(text, mentions)
    for each in mentions:
        called = not each.person and 1 < each.last - each.first < 5
        each.person = each.person or (called and has_age(text, each.last))
    entities = _merge(text, mentions, people)
    return Cast(
        entities,
        mentions,
        {mention.lead: mention for mention in mentions},
        {mention.last - 1: mention for mention in mentions},
    )


def _tell_places(text: Text, mentions: list[Mention]) -> None:
    """Take an unknown name, or one that begins like a rare given name, for a place where the article writes "in" before
    it, or "in Hanoi and"."""
    unsure = [
        each
        for each in mentions
        if each.person and not each.titled and each.last - each.first > 1 and (each.weak or _is_rare(text, each))
    ]
    names = {id(each): tuple(text.words[each.first : each.last]) for each in unsure}
    places = {names[id(each)] for each in unsure if _is_in(text, each.lead - 1)}
    for each in unsure:
        each.person = names[id(each)] not in places


def _is_rare(text: Text, mention: Mention) -> bool:
    given = fold(text.words[mention.first])
    return given not in MEN and given not in WOMEN


def _is_in(text: Text, before: int) -> bool:
    if before > 1 and text.words[before] == "and" and text.tags[before - 1] & PLACE:
        before -= 2
    return before >= 0 and text.words[before].lower() in _IN_A_PLACE


def _words_inside(text: Text, mentions: list[Mention]) -> set[str]:
    """Return the folded words of the names that stand inside sentences, where only names have capitals."""
    return {fold(text.words[n]) for m in mentions if not begins(text, m.first) for n in range(m.first, m.last)}


def _merge(text: Text, mentions: list[Mention], people: People) -> list[Entity]:
    """Give each person's mention its entity, and return the entities."""
    register = Register()
    _merge_full(text, mentions, register)
    singles = _words_inside(text, mentions)
    owners = {m.last - 1 for m in mentions if m.person and m.last - m.first > 1 and text.tags[m.last - 1] & POSSESSIVE}
    for mention in mentions:
        words = name_words(written(text, mention.first, mention.last))
        if not words:  # a sign that counts as a capital: "🅐"
            mention.person = False
            continue
        one = len(words) == 1 and text.words[mention.last - 1].lower() not in GENERATIONS  # "King Torv III"
        if mention.entity is None and not one and len(words) == 1:
            mention.entity = _son_or_father(text, mention, words, register)
        if mention.entity is None and (one or mention.last - mention.first == 1 or text.tags[mention.first] & PARTICLE):
            mention.entity = _known_by_one_word(text, mention, words, register)
            if mention.entity is not None:
                mention.person = True
            elif mention.person and _owes_capital(text, mention, words[-1], singles):
                mention.person = False
            elif mention.person and _is_owned(text, mention, owners):
                mention.person, mention.first = False, mention.lead  # "U.S. Minerals", "Ann Lee's Torvex"
            elif mention.person:
                mention.entity = register.add(Entity(words, _called(text, mention), mention.first, mention.titled))
        if mention.entity:
            if register.is_shared(mention.entity) and is_turn(text, mention):
                mention.entity.turn = mention.lead
            if not mention.entity.unknown:
                describe(text, mention, mention.entity)
    for entity in register.entities:
        if len(entity.words) == 1 and not entity.sure and not entity.given:
            entity.group = True  # one word that nothing calls a person is more often a paper or a firm
    _resolve_by_people(register.entities, people)
    return register.entities


def _merge_full(text: Text, mentions: list[Mention], register: Register) -> None:
    """Give each mention of a whole name its entity, the longest names first, and each entity its gender."""
    named = [(each, name_at(text, each)) for each in mentions if each.person and each.last - each.first > 1]
    for mention, name in sorted(named, key=lambda pair: -len(name_words(pair[1]))):
        words = name_words(name)
        if len(words) > 1:
            generation = generation_of(name)
            if text.tags[mention.first] & PARTICLE and len(register.short(words, 0, generation, doubtful=True)) > 1:
                continue  # "Ms Van der Lee", where two are called so
            entity = register.full(words, generation)
            if entity is None:
                entity = register.add(Entity(words, name, mention.first, not mention.weak))
            mention.entity = entity
            entity.generation = entity.generation or generation
            entity.order = min(entity.order, mention.first)
            entity.full += 1
            entity.gender = entity.gender or gender_of_title(text, mention)
    for entity in register.entities:
        entity.gender = entity.gender or gender_of_word(entity.words[0]) or gender_of_name(entity.words[0])


def _known_by_one_word(text: Text, mention: Mention, words: tuple[str, ...], register: Register) -> Entity | None:
    """Return who of those named in full is meant by one word of the name."""
    if not register.holds(words[-1]) or (
        mention.lead and text.words[mention.lead - 1].lower() == "the" and not mention.titled
    ):
        return None
    unclear = PLACE | NATION | NAMED | COMMON | ACRONYM
    doubtful = not mention.person and bool(text.tags[mention.first] & unclear)
    gender = gender_of_title(text, mention)
    fitting = register.short(words, gender, generation_of(name_at(text, mention)), doubtful)
    lordly = fold(text.words[mention.lead]) in ("lord", "lady")
    fitting = [each for each in fitting if each.words[1:2] != ("of",) or (lordly and "bishop" not in each.words[0])]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    called = written(text, mention.lead, mention.last)
    return one_of(text, mention, fitting, gender) or register.unknown(called, gender)


def _son_or_father(text: Text, mention: Mention, words: tuple[str, ...], register: Register) -> Entity | None:
    """Return who is meant by "Lee Jr.", where one of that name is."""
    fitting = register.short(words, 0, generation_of(name_at(text, mention)), doubtful=True)
    return fitting[0] if len(fitting) == 1 else None


def _owes_capital(text: Text, mention: Mention, last: str, singles: set[str]) -> bool:
    """Tell whether one word, ``last`` when folded, may owe its capital to the beginning of its sentence only."""
    if not mention.weak or not begins(text, mention.first):
        return False
    return last not in singles and not ends_quotation(text, mention)


def _called(text: Text, mention: Mention) -> str:
    """Return the one word of a name, with a title that belongs to it ("Pope Francis")."""
    title = text.words[mention.first - 1] if mention.lead < mention.first else ""
    name = written(text, mention.first, mention.last)
    return f"{title} {name}" if title.lower() in REGNAL else name


def _is_owned(text: Text, mention: Mention, owners: set[int]) -> bool:
    """Tell whether a name without a title belongs to somebody, or only nations stand before it, as before a firm's
    ("U.S. Torvex")."""
    before = text.tags[mention.lead : mention.first]
    of_a_nation = bool(before) and all(bits & NATION for bits in before)
    return not mention.titled and (mention.lead - 1 in owners or of_a_nation)


def _resolve_by_people(entities: list[Entity], people: People) -> None:
    for entity in entities:
        name = people.name_of(entity.name)
        if name:
            entity.name, entity.sure = name, True
