"""Titles and names told apart: what of a run of capitals is a title, and whether the rest names a person."""

from searchapp.analysis import fold
from searchapp.ingest.attribution.cast import Mention
from searchapp.ingest.attribution.lexicon import (
    ABBREVIATION,
    ACRONYM,
    ADVERB,
    AUXILIARY,
    CAPITAL,
    CLOSE,
    COMMON,
    CONJUNCTION,
    CUE,
    DETERMINER,
    DOCUMENT,
    DOMAIN,
    FAMILY_NAMES,
    FUNCTION,
    GIVEN,
    GROUP,
    HONORIFICS,
    LISTED,
    NAMED,
    NATION,
    NUMBER,
    PARTICLE,
    PEERAGES,
    PERSON_ENDINGS,
    PLACE,
    PLURAL,
    POSSESSIVE,
    POST_NOMINALS,
    PREPOSITION,
    PRONOUN,
    ROLE,
    SUBORDINATOR,
    SUFFIX,
    THING,
    TIME,
    TITLE,
    VERB,
    cue,
    tag,
)
from searchapp.ingest.attribution.text import Sentence, Text, written
from searchapp.ingest.words import word_levels

LONGEST_ROLE = 8
_ONCE = frozenset(("former", "acting", "retired", "outgoing", "incoming"))
_BEGIN_PLACES = frozenset("san santa los las fort port mount lake cape st saint new".split())
# What ends the names of groups and places, and is a surname too.
_SURNAMES = frozenset(
    """park hall hill day church bay beach sun star street lake river rivers mountain valley war guard house court law
    bill post press express standard mirror award week apple justice english french christian god west
    bloomberg""".split()
)
_RATHER_SURNAMES = frozenset("hill hall day park law rivers english french apple beach".split())
_JOINS = frozenset(("of", "for", "and", "&"))
_NO_NAME = NAMED | PLACE | NATION | COMMON | ROLE | TIME | ABBREVIATION | NUMBER
_NOT_IN_ROLE = PREPOSITION | DETERMINER | CONJUNCTION | SUBORDINATOR | PRONOUN | AUXILIARY | ADVERB | VERB | TIME


def parse(text: Text, parts: list[int], sentence: Sentence) -> Mention | None:
    """Tell title and name of a capitalised sequence apart, and a person from a group or a place."""
    words, tags = text.words, text.tags
    several = len(parts) > 1
    if several and (peer := _peer(text, parts)):
        return peer
    name_at = _after_title(text, parts) if several and not _is_group(text, parts) else 0
    titled = name_at > 0 and any(tags[p] & TITLE for p in parts[:name_at])
    name = parts[name_at:]
    if not name:  # a title alone ("the Prime Minister"), or a nation
        last = parts[-1]
        return Mention(parts[0], parts[0], last + 1, False, titled, False) if not tags[last] & TITLE else None
    if (
        len(name) == 1
        and tags[name[0]] & TITLE
        and not tags[name[0]] & GIVEN
        and (name_at == 0 or (words[name[0] - 1].lower() not in HONORIFICS and words[name[0] - 1] != "."))
    ):
        return None  # "the Deputy PM": a role
    first, last = name[0], name[-1] + 1
    lead = _lower_case_role(text, parts[0], sentence)
    titled = titled or lead < parts[0]
    end = _name_end(text, first, last)
    called = name if end == last else [part for part in name if part < end]
    return Mention(lead, first, last, *_is_person(text, called, titled, parts[0], sentence))


def _peer(text: Text, parts: list[int]) -> Mention | None:
    """Return the person in "the Marquess of Salbury", a title that is a name."""
    for at, part in enumerate(parts[:-1]):
        if text.words[part].lower() in PEERAGES and text.words[part + 1] == "of" and parts[at + 1] <= part + 2:
            whole = text.tags[parts[-1]] & (NAMED | GROUP) or "and" in (text.words[n] for n in parts)
            return None if whole else Mention(parts[0], part, parts[-1] + 1, True, True, False)
    return None


def officer(text: Text, parts: list[int], sentence: Sentence) -> Mention | None:
    """Return the person in "head of the Department of Trade Ann Lee", ``parts`` beginning with the department."""
    if len(parts) < 3:
        return None
    words, tags = text.words, text.tags
    joined = max((n for n, part in enumerate(parts) if words[part] in _JOINS), default=-1)
    for n in range(max(joined + 2, 1), len(parts) - 1):
        part = parts[n]
        if tags[part] & (GIVEN | LISTED) or (fold(words[part]) in FAMILY_NAMES and len(parts) - n > 2):
            named = any(tags[p] & NAMED for p in parts[:n]) and not tags[parts[-1]] & NAMED
            lead = _office(text, parts[0], sentence) if named else parts[0]
            if lead == parts[0] or any(tags[p] & TITLE for p in parts[:n]):
                return None  # "the aide of House Speaker Ann Lee"
            return Mention(lead, part, parts[-1] + 1, True, True, False)
    return None


def _office(text: Text, at: int, sentence: Sentence) -> int:
    """Return where "deputy head of the" begins before the name of an organisation at word ``at``, or ``at``."""
    words, tags = text.words, text.tags
    for head in range(at - 1, max(sentence.first, at - LONGEST_ROLE) - 1, -1):
        if tags[head] & (ROLE | TITLE) and words[head + 1] == "of":
            before = head - 1  # "deputy"
            calls = before >= sentence.first and tags[before] & (TITLE | DOMAIN) and not tags[before] & POSSESSIVE
            return at if tags[head] & PLURAL else before if calls else head
        if not tags[head] & CAPITAL and words[head] not in ("of", "for", "the"):
            return at
    return at


def name_at(text: Text, mention: Mention) -> str:
    """Return a mention's name as written, without the letters behind it."""
    return written(text, mention.first, _name_end(text, mention.first, mention.last))


def _name_end(text: Text, first: int, last: int) -> int:
    """Return where the name of words ``first`` to ``last`` ends, without the letters behind it ("Ann Lee MP")."""
    given = text.tags[first] & (GIVEN | LISTED) and not text.tags[first] & ACRONYM
    while last - first > 2 and (text.words[last - 1] in POST_NOMINALS or (given and _is_order(text, last - 1))):
        last -= 1
    return last


def _is_order(text: Text, at: int) -> bool:
    """Tell whether a word is in capitals as the letters of an order or a party are ("Ann Lee SAN")."""
    plain = not text.tags[at] & (NAMED | GROUP | SUFFIX)
    return bool(text.tags[at] & ACRONYM) and plain and 2 < len(text.words[at]) < 5


def _is_group(text: Text, parts: list[int]) -> bool:
    """Tell whether an organisation's name begins with what may be a rank ("General Motors", "Prince Torv Hospital")."""
    words, tags = text.words, text.tags
    first, last = parts[0], parts[-1]
    if not tags[first] & TITLE or words[first].lower() in HONORIFICS or words[first + 1 : first + 2] == ["."]:
        return False
    if not tags[last] & (NAMED | GROUP) or tags[last] & GIVEN or words[last].lower() in _SURNAMES:
        return False
    return not any(words[part] in ("of", "for", "and") or tags[part] & POSSESSIVE for part in parts[:-1])


def _after_title(text: Text, parts: list[int]) -> int:
    """Return how many of ``parts`` are title, nation, party or place in front of a name."""
    words, tags = text.words, text.tags
    at = 0
    for index, part in enumerate(parts[:-1]):
        if tags[part] & TITLE and not tags[parts[index + 1]] & SUFFIX and not tags[part] & POSSESSIVE:
            named = index and (len(words[parts[index - 1]]) == 1 or tags[parts[index - 1]] & GIVEN)
            if named and (len(parts) == 2 or words[parts[index + 1]] in ("of", "for")):
                continue  # "Ann Judge", "Ann T. King of Oldbay"
            at = index + 1
    if at:
        while at < len(parts) and (
            words[parts[at]] in ("of", "for", "and", "&")
            or (
                (tags[parts[at]] & (DOMAIN | NATION | PLACE | TITLE) and not tags[parts[at]] & GIVEN)
                or words[parts[at - 1]] in ("of", "for")
            )
        ):
            if (
                at == len(parts) - 1
                and words[parts[at - 1]] not in ("of", "for")
                and not tags[parts[at]] & (NATION | DOMAIN)
            ):
                break
            at += 1
        return at
    for index, part in enumerate(parts[1:-1], 1):  # "Lake County Recorder Ann Lee"
        if (
            tags[part] & (GIVEN | LISTED)
            and not tags[parts[0]] & (GIVEN | LISTED)
            and any(tags[p] & (NAMED | PLACE | DOMAIN | COMMON | ACRONYM | NATION) for p in parts[:index])
        ):
            return index
    while (
        at < len(parts) - 1
        and not tags[parts[at]] & (GIVEN | LISTED)
        and (tags[parts[at]] & (NATION | ROLE | PLACE) or (tags[parts[at]] & ACRONYM and len(words[parts[at]]) > 1))
    ):
        at += 1
    return at


def _lower_case_role(text: Text, at: int, sentence: Sentence) -> int:
    """Return where a role before a name begins ("campaign spokeswoman Ann Lee"), in small letters or one plain word."""
    words, tags = text.words, text.tags
    before = at - 1
    if before >= sentence.first and begins(text, before) and _is_occupation(text, before, sentence):
        return before
    if before >= sentence.first and words[before] in _ONCE and tags[at] & (TITLE | ROLE | PLACE | NATION | DOMAIN):
        return before
    if before < sentence.first or not tags[before] & (ROLE | TITLE) or tags[before] & (CAPITAL | POSSESSIVE):
        return at
    if tags[before] & PLURAL:
        return at
    lead = before
    while lead > sentence.first and at - lead < LONGEST_ROLE:
        bits = tags[lead - 1]
        if bits & (_NOT_IN_ROLE | POSSESSIVE) or not words[lead - 1][0].isalnum():
            break
        if bits & CUE and not bits & (ROLE | GROUP | DOCUMENT | CAPITAL | DOMAIN):
            break
        lead -= 1
    return lead


def _is_occupation(text: Text, at: int, sentence: Sentence) -> bool:
    """Tell whether a plain word before a whole name says what somebody is ("Midfielder Ann Lee")."""
    plain = not text.tags[at] & (FUNCTION | ADVERB | VERB | CUE | TIME | GIVEN | POSSESSIVE)
    return plain and text.words[at].lower().endswith(PERSON_ENDINGS) and is_before_name(text, at, sentence)


def is_before_name(text: Text, at: int, sentence: Sentence) -> bool:
    """Tell whether a plain word stands before a whole name ("Midfielder Ann Lee", "Suddenly Ann Lee")."""
    if (
        at + 2 >= sentence.last
        or not text.tags[at + 1] & (GIVEN | LISTED)
        or not (text.words[at].lower() in word_levels() or tag(text.words[at].lower()) & ROLE)
    ):
        return False
    last = text.tags[at + 2]
    return bool(last & CAPITAL) and (not last & (NAMED | TIME) or text.words[at + 2].lower() in _SURNAMES)


def _is_person(text: Text, name: list[int], titled: bool, lead: int, sentence: Sentence) -> tuple[bool, bool, bool]:
    """Return whether a name is a person's, whether it has a title, and whether that is but a guess."""
    words, tags = text.words, text.tags
    bits = [tags[p] for p in name]
    first = bits[0]
    alone = len(name) == 1
    if not alone and any(words[p] in _JOINS for p in name):
        return False, titled, False
    if alone:
        plain = not first & _NO_NAME
        called = lead == name[0] and plain and not first & ACRONYM  # "actress Torv"
        if titled and (called or any(tags[p] & TITLE for p in range(lead, name[0]))):
            return True, True, False
        if lead > sentence.first and words[lead - 1].lower() == "the":
            return False, False, False
        return plain and not (first & ACRONYM), False, True
    if titled:
        group = bits[-1] & NAMED and not first & GIVEN and (len(name) > 2 or bits[-1] & GROUP)
        thing = (
            bits[-1] & THING and not first & GIVEN and words[name[-1]].lower() not in _SURNAMES
        )  # "President Lee Speech"
        return not group and not thing, True, False
    if words[name[0]].lower() in _BEGIN_PLACES:
        return False, False, False
    if first & PLACE and bits[-1] & ROLE and bits[-1] & DOMAIN:
        return False, False, False  # "an Orlando Republican"
    surname = bits[-1] & THING or "-" in words[name[-1]] or words[name[-1]].lower() in _SURNAMES
    grouped = bits[-1] & NAMED and (len(name) > 2 or not surname)
    if first & GIVEN and not grouped:
        return not first & ACRONYM or all(b & ACRONYM for b in bits), False, False
    if _is_surname(text, name):
        return True, False, not first & LISTED
    if any(b & (NAMED | NATION) for b in bits) or first & (COMMON | DOMAIN | PLACE) or bits[-1] & (PLACE | ROLE | TIME):
        return False, False, False
    if first & LISTED and all(b & ACRONYM for b in bits):
        return True, False, False
    if (
        any(b & ACRONYM and len(words[p]) > 1 and not b & SUFFIX for b, p in zip(bits, name, strict=True))
        or len(name) > 5
    ):
        return False, False, False
    if any(b & NUMBER for b in bits):
        return False, False, False
    if first & LISTED or any(len(words[p]) == 1 for p in name[:-1]) or any(b & (SUFFIX | PARTICLE) for b in bits[1:]):
        return True, False, False
    if lead > sentence.first and words[lead - 1].lower() == "the":
        return False, False, False
    common = word_levels()
    said = cue(words[lead - 1]) if lead - 1 > sentence.first and tags[lead - 2] & CLOSE else None
    if words[name[0]].lower() in common and words[name[-1]].lower() in common and not (said and said.inverts):
        return False, False, False  # "Concrete Economics"
    return True, False, True


def _is_surname(text: Text, name: list[int]) -> bool:
    """Tell whether a name ends in a surname that is also part of a group's or place's ("Zarvo Hill")."""
    if len(name) != 2:
        return False
    first, last = text.words[name[0]].lower(), text.words[name[1]].lower()
    bits = text.tags[name[0]] & ~(ACRONYM if text.tags[name[-1]] & ACRONYM else 0)
    if last not in _SURNAMES or (name[0] and text.words[name[0] - 1].lower() == "the"):
        return False
    return bool(bits & LISTED) or (bits == CAPITAL and last in _RATHER_SURNAMES and first not in word_levels())


def begins(text: Text, at: int) -> bool:
    """Tell whether word ``at`` owes its capital to the beginning of a sentence or quotation."""
    if at == 0 or (not text.words[at - 1][0].isalnum() and text.words[at - 1] != ","):
        return True
    return "\n\n" in text.body[text.ends[at - 1] : text.starts[at]]  # behind a headline, which has no stop
