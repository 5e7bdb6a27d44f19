"""What the words around a name tell of its bearer: the office, the gender, and whether it is a person's at all."""

from searchapp.analysis import fold
from searchapp.ingest.attribution.cast import Entity, Mention
from searchapp.ingest.attribution.genders import gender_of_word
from searchapp.ingest.attribution.lexicon import (
    AUXILIARY,
    CAPITAL,
    CLOSE,
    CONJUNCTION,
    CUE,
    DETERMINER,
    DOMAIN,
    GIVEN,
    GROUP,
    HONORIFICS,
    NATION,
    PLACE,
    PLURAL,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    ROLE,
    STOP,
    SUBORDINATOR,
    TIME,
    TITLE,
)
from searchapp.ingest.attribution.offices import STANDINGS, office_of, role_words
from searchapp.ingest.attribution.text import Text

MOST_OFFICES = 20  # of one person that are kept, so that looking for one stays bounded
LONGEST_DESCRIPTION = 14  # words before a name that say what somebody is ("The head of the bank of Oldbay, Ann Lee")
_RELATIVES = frozenset(("whose", "which"))


def describe(text: Text, mention: Mention, entity: Entity) -> None:
    """Add to an entity what this mention tells of it."""
    entity.sure = entity.sure or not mention.weak or mention.titled
    entity.gender = entity.gender or gender_of_title(text, mention)
    role = _role(text, mention)
    if role and fold(role) != entity.words[0]:  # "Hunter James Lee", at the beginning of a sentence
        entity.role = entity.role or role
        begin = mention.lead
        while begin and mention.lead - begin < 2 and text.words[begin - 1].lower() in STANDINGS:
            begin -= 1  # "then Mayor Ann Lee"
        _note_office(text, entity, begin, mention.first)
    if mention.titled and text.words[mention.first + 1 : mention.first + 2] == ["of"]:
        _note_office(text, entity, mention.first, mention.first + 1)  # "the Marquess of Salbury"
    entity.given = entity.given or bool(text.tags[mention.first] & GIVEN)
    entity.sure = entity.sure or has_age(text, mention.last)
    _read_apposition(text, mention, entity)
    _read_role_before(text, mention, entity)
    if not entity.sure and not text.tags[mention.last - 1] & POSSESSIVE:
        told = _is_followed_by_who(text, mention) or _has_pronoun(text, mention)
        entity.sure = told or ends_quotation(text, mention)


def has_age(text: Text, at: int) -> bool:
    """Tell whether somebody's age stands at word ``at``, behind a name (", 43,")."""
    words = text.words
    if at + 2 >= len(words) or words[at] != "," or words[at + 2] not in (",", "."):
        return False
    return words[at + 1].isdigit() and len(words[at + 1]) < 4 and 5 < int(words[at + 1]) < 120


def _is_followed_by_who(text: Text, mention: Mention) -> bool:
    at = mention.last
    if at < len(text.words) and text.words[at] == ",":
        at += 1
    return at < len(text.words) and text.words[at] == "who" and mention.last - mention.first > 1


def ends_quotation(text: Text, mention: Mention) -> bool:
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
    while begin and end - begin < LONGEST_DESCRIPTION and words[begin - 1][0].isalnum():
        if tags[begin - 1] & (CONJUNCTION | SUBORDINATOR | PRONOUN | AUXILIARY | TIME):
            return
        begin -= 1
        if words[begin] in _RELATIVES:
            return
        owner = begin and words[begin - 1] in ("of", "for")  # "the head of the bank"
        if (tags[begin] & DETERMINER and not owner) or (tags[begin] & POSSESSIVE and tags[begin] & CAPITAL):
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
    _note_office(text, entity, begin, end)
    entity.sure = True
    if entity.role is None:
        begin += text.words[begin].lower() in ("a", "an", "the", "its", "his", "her", "their")
        entity.role = " ".join(text.body[text.starts[begin] : text.ends[end - 1]].split())


def _role(text: Text, mention: Mention) -> str | None:
    if mention.lead >= mention.first:
        return None
    words = [text.words[at] for at in range(mention.lead, mention.first) if text.words[at] != "."]
    if all(fold(word) in HONORIFICS for word in words):
        return None
    return " ".join(text.body[text.starts[mention.lead] : text.starts[mention.first]].split())


def gender_of_title(text: Text, mention: Mention) -> int:
    """Return what titles and nouns before a name tell ("Mrs", "his wife")."""
    told = (gender_of_word(fold(text.words[at])) for at in range(mention.lead, mention.first))
    return next((gender for gender in told if gender), 0)


def _note_office(text: Text, entity: Entity, begin: int, end: int) -> None:
    """Note the office that words ``begin`` to ``end`` (half-open) name, and the gender that they tell ("his wife")."""
    words = tuple(text.words[begin:end])
    found, countries = role_words(words)
    entity.roles |= found
    entity.countries |= countries
    office = office_of(words)
    if office not in entity.offices[:MOST_OFFICES] and len(entity.offices) < MOST_OFFICES:
        entity.offices.append(office)
    head = next((n for n in range(begin, end) if text.tags[n] & PREPOSITION), end)
    told = [gender_of_word(word) for word in text.words[begin:head] if word.islower()]
    entity.gender = next((gender for gender in reversed(told) if gender), entity.gender)
