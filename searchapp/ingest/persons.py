"""Who is named in an article: the mentions of persons and groups in its words, and which of them are one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from searchapp.analysis import fold
from searchapp.ingest.lexicon import (
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
    FEMALE,
    FUNCTION,
    GIVEN,
    GROUP,
    HONORIFICS,
    MALE,
    NAMED,
    NATION,
    NUMBER,
    PARTICLE,
    PERSON_ENDINGS,
    PLACE,
    PLURAL,
    POSSESSIVE,
    POST_NOMINALS,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    REGNAL,
    ROLE,
    STARTER,
    STOP,
    SUBORDINATOR,
    SUFFIX,
    TIME,
    TITLE,
    VERB,
    country_of,
    cue,
    tag,
    word_levels,
)
from searchapp.ingest.names import People, compatible, name_words
from searchapp.ingest.sentences import Sentence, Text, written

LONGEST_NAME = 12  # words of a title and a name together
LONGEST_ROLE = 8
MOST_NAMESAKES = 20  # of one last name in an article who are compared

_MALE_TITLES = frozenset(
    """mr messrs sir lord king prince father brother congressman chairman spokesman councilman pope shri herr
    senor""".split()
)
_FEMALE_TITLES = frozenset(
    """mrs ms miss mme mlle lady dame queen princess sister congresswoman chairwoman spokeswoman smt frau
    senora""".split()
)
_ONCE = frozenset(("former", "acting", "retired", "outgoing", "incoming"))
_BEGIN_PLACES = frozenset("san santa los las fort port mount lake cape st saint new".split())
_GENERATIONS = frozenset(("jr", "sr"))
_RELATIVES = frozenset(("whose", "which"))
# What ends the names of groups and places, and is a surname too.
_SURNAMES = frozenset(
    """park hall hill day church bay beach sun star street lake river rivers mountain valley war guard house court law
    bill post press express standard mirror award week apple justice english french christian god""".split()
)
_JOINS = frozenset(("of", "for", "and", "&"))
_IN_A_PLACE = frozenset(("in", "near", "outside", "around"))
_SAME_ROLE = {"pm": ("prime", "minister"), "fm": ("foreign", "minister"), "vp": ("vice", "president"),
              "sen": ("senator",), "rep": ("representative",), "gov": ("governor",), "prof": ("professor",),
              "gen": ("general",), "premier": ("prime", "minister"), "pres": ("president",), "dr": ("doctor",),
              "nominee": ("candidate",), "frontrunner": ("candidate",), "front-runner": ("candidate",),
              "contender": ("candidate",), "congressman": ("representative",), "hopeful": ("candidate",),
              "congresswoman": ("representative",), "lawmaker": ("representative", "senator")}  # fmt: skip
_NOT_A_COUNTRY = TITLE | DOMAIN | ROLE | GROUP | NAMED | COMMON | GIVEN | TIME | ADVERB
_NOT_IN_ROLE = PREPOSITION | DETERMINER | CONJUNCTION | SUBORDINATOR | PRONOUN | AUXILIARY | ADVERB | VERB | TIME


@dataclass(slots=True, eq=False)
class Entity:
    """A person, or what may be one, as this article names it."""

    words: tuple[str, ...]  # folded
    name: str
    order: int
    sure: bool
    given: bool = False
    role: str | None = None
    roles: set[str] = field(default_factory=set)  # words of its roles, folded
    countries: set[str] = field(default_factory=set)
    gender: int = 0  # MALE, FEMALE or 0
    full: int = 0  # how often the whole name stands in the article
    group: bool = False  # an organisation after all, as an apposition tells


@dataclass(slots=True, eq=False)
class Mention:
    """A place where a person, a group or a place is named.

    Words ``lead`` to ``first`` are the title, ``first`` to ``last`` (half-open) the name.
    """

    lead: int
    first: int
    last: int
    person: bool
    titled: bool
    weak: bool
    entity: Entity | None = None


@dataclass(slots=True)
class Cast:
    """All mentions of an article, by their first word (the title's) and by their last."""

    entities: list[Entity]
    mentions: list[Mention]
    starting: dict[int, Mention]
    ending: dict[int, Mention]


def role_words(words: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the folded words of a role, abbreviations spelt out, and the countries it names."""
    found: set[str] = set()
    countries: set[str] = set()
    for word in words:
        folded = fold(word)
        country = "vietnam" if folded == "viet" else country_of(folded) or _unknown_country(word, folded)
        if country:
            countries.add(country)
        else:
            found.update(_SAME_ROLE.get(folded, (folded,)))
    return found, countries


def _unknown_country(word: str, folded: str) -> str | None:
    """Return what the names of a country and of its people have in common (``Torvia``, ``Torvian`` -> ``torv``)."""
    if not word[0].isupper() or len(word) < 5 or tag(word) & _NOT_A_COUNTRY:
        return None
    for ending in ("ese", "an", "i", "a"):
        if folded.endswith(ending):
            return folded.removesuffix(ending).rstrip("aeiou")
    return None


def find(text: Text, people: People) -> Cast:
    """Return who is named in ``text``."""
    mentions: list[Mention] = []
    tags, words = text.tags, text.words
    inside = {words[n] for n in range(1, len(words)) if tags[n] & CAPITAL and tags[n - 1] & CAPITAL}
    for sentence in text.sentences:
        if is_headline(text, sentence):
            mentions += _headline_mentions(text, sentence)
        else:
            mentions += _sentence_mentions(text, sentence, inside)
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


def is_headline(text: Text, sentence: Sentence) -> bool:
    """Tell whether a sentence writes most of its words with capitals."""
    if sentence.last - sentence.first > 30:
        return False
    capitals = lower = 0
    for at in range(sentence.first, sentence.last):
        bits = text.tags[at]
        if bits & CAPITAL:
            capitals += 1
        elif text.words[at][0].isalpha() and not bits & FUNCTION:
            lower += 1
    return capitals >= 4 and lower <= 1


def _sentence_mentions(text: Text, sentence: Sentence, inside: set[str]) -> list[Mention]:
    tags, found = text.tags, []
    at = sentence.first
    while at < sentence.last:
        if not tags[at] & CAPITAL:
            at += 1
            continue
        parts = _sequence(text, at, sentence, inside)
        if not parts:
            at += 1
            continue
        mention = _officer(text, parts, sentence) or _parse(text, parts, sentence)
        if mention:
            found.append(mention)
        at = parts[-1] + 1
    return found


def _headline_mentions(text: Text, sentence: Sentence) -> list[Mention]:
    """In a headline every word has a capital: a verb or a small word ends a name there."""
    found = []
    parts: list[int] = []
    for at in range(sentence.first, sentence.last + 1):
        inside = at < sentence.last and text.tags[at] & CAPITAL
        bits = text.tags[at] | tag(text.words[at].lower()) if inside else 0
        if inside and (not bits & (CUE | FUNCTION | VERB | ADVERB | TIME) or bits & GIVEN):
            parts.append(at)
            if not text.tags[at] & POSSESSIVE and len(parts) < LONGEST_NAME:
                continue
        if parts:
            mention = _parse(text, parts, sentence)
            if mention:
                mention.weak = not mention.titled and not text.tags[mention.first] & GIVEN
                found.append(mention)
            parts = []
    return found


def _sequence(text: Text, at: int, sentence: Sentence, inside: set[str]) -> list[int]:
    """Return the words of the name that may begin at ``at``, titles included, or nothing.

    ``inside`` holds the words that follow another word with a capital somewhere, as last names do.
    """
    words, tags = text.words, text.tags
    bits = tags[at]
    follows = at + 1 < sentence.last and tags[at + 1] & CAPITAL and not tags[at + 1] & FUNCTION
    if bits & FUNCTION and not (bits & PARTICLE and follows) and not (bits & GIVEN and follows):
        return []
    if bits & TIME and not (bits & GIVEN and follows and not bits & POSSESSIVE):
        return []
    begins = at == sentence.first or (at and not words[at - 1][0].isalnum() and words[at - 1] not in ",(—–-")
    if begins and words[at] not in inside:  # its capital may be that of the sentence
        known = GIVEN | TITLE | PLACE | NATION | NAMED | (DOMAIN if follows else 0)
        if bits & (COMMON | ADVERB | CUE | VERB) and not bits & known and not _begins_group(text, at, sentence):
            return []
        if not bits & (known | ROLE | ACRONYM) and _is_before_name(text, at, sentence):
            return []
        if not follows and (bits & PLURAL or (not bits & (known | ACRONYM) and _is_plain_noun(words[at]))):
            return []
    parts = [at]
    while len(parts) < LONGEST_NAME and not tags[parts[-1]] & POSSESSIVE:
        last = parts[-1]
        nxt = last + 1
        if (
            nxt < sentence.last
            and words[nxt] == "."
            and (len(words[last]) == 1 or tags[last] & TITLE or words[last].lower() in ("jr", "sr", "st"))
        ):
            nxt += 1
        if nxt >= sentence.last:
            break
        bits = tags[nxt]
        initial = len(words[nxt]) == 1 and nxt + 1 < sentence.last and words[nxt + 1] == "."
        if bits & CAPITAL and (not bits & FUNCTION or bits & PARTICLE or initial):
            if bits & TIME and not (
                tags[last] & (GIVEN | TITLE) and words[nxt].lower() in ("may", "march", "june", "april")
            ):
                break
            parts.append(nxt)
            continue
        if bits & PARTICLE and nxt + 1 < sentence.last:
            if tags[nxt + 1] & CAPITAL and not tags[nxt + 1] & FUNCTION:
                parts += (nxt, nxt + 1)
                continue
            if nxt + 2 < sentence.last and tags[nxt + 1] & PARTICLE and tags[nxt + 2] & CAPITAL:
                parts += (nxt, nxt + 1, nxt + 2)
                continue
        if words[nxt] in ("of", "for", "and", "&") and nxt + 1 < sentence.last and tags[nxt + 1] & CAPITAL:
            joined = (
                tags[last] & (TITLE | NAMED | ROLE)
                if words[nxt] in ("of", "for")
                else (
                    words[nxt] == "&"
                    or (any(words[p] in ("of", "for") for p in parts) and not tags[nxt + 1] & GIVEN)
                    or (tags[last] & (TITLE | DOMAIN) and tags[nxt + 1] & (TITLE | DOMAIN))
                )
            )
            if joined and not tags[nxt + 1] & (FUNCTION | TIME):
                parts += (nxt, nxt + 1)
                continue
        if words[nxt] == "," and nxt + 1 < sentence.last and tags[nxt + 1] & SUFFIX:
            parts.append(nxt + 1)
        break
    return parts


def _is_plain_noun(word: str) -> bool:
    """Tell whether a word with a capital needs no article, so that it may be no name: a plural or a gerund."""
    word, levels = word.lower(), word_levels()
    plural = word[-1] == "s" and (word[:-1] in levels or (word.endswith("ies") and word[:-3] + "y" in levels))
    return word in levels and (plural or (word.endswith("ing") and word[:-3] in levels))


def _is_before_name(text: Text, at: int, sentence: Sentence) -> bool:
    """Tell whether a plain word stands before a whole name ("Midfielder Ann Lee", "Suddenly Ann Lee")."""
    if at + 2 >= sentence.last or not text.tags[at + 1] & GIVEN or text.words[at].lower() not in word_levels():
        return False
    last = text.tags[at + 2]
    return bool(last & CAPITAL) and (not last & (NAMED | TIME) or text.words[at + 2].lower() in _SURNAMES)


def _begins_group(text: Text, at: int, sentence: Sentence) -> bool:
    """Tell whether a common word begins a longer name here ("Red Harbour Lines", "Social Affairs Minister Ann Lee")."""
    bits = text.tags[at]
    if not bits & COMMON or bits & (STARTER | CUE):
        return False
    last = at
    while last + 1 < sentence.last and last - at < LONGEST_NAME and text.tags[last + 1] & CAPITAL:
        last += 1
    if last == at or text.tags[at + 1] & GIVEN:
        return False
    whole = text.tags[last] & (NAMED | GROUP) and not any(text.tags[n] & (GIVEN | TITLE) for n in range(at, last))
    return bool(whole or text.tags[at + 1] & (NAMED | GROUP | DOMAIN))


def _officer(text: Text, parts: list[int], sentence: Sentence) -> Mention | None:
    """Return the person in "head of the Department of Trade Ann Lee", ``parts`` beginning with the department."""
    if len(parts) < 3:
        return None
    words, tags = text.words, text.tags
    joined = max((n for n, part in enumerate(parts) if words[part] in _JOINS), default=-1)
    for n in range(max(joined + 2, 1), len(parts) - 1):
        part = parts[n]
        if tags[part] & GIVEN or (fold(words[part]) in FAMILY_NAMES and len(parts) - n > 2):
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


def _parse(text: Text, parts: list[int], sentence: Sentence) -> Mention | None:
    """Tell title and name of a capitalised sequence apart, and a person from a group or a place."""
    words, tags = text.words, text.tags
    name_at = 0 if _is_group(text, parts) else _after_title(text, parts)
    titled = any(tags[p] & TITLE for p in parts[:name_at])
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


def _name_end(text: Text, first: int, last: int) -> int:
    """Return where the name of words ``first`` to ``last`` ends, without the letters behind it ("Ann Lee MP")."""
    while last - first > 2 and text.words[last - 1] in POST_NOMINALS:
        last -= 1
    return last


def _name(text: Text, mention: Mention) -> str:
    """Return a mention's name as written, without the letters behind it."""
    return written(text, mention.first, _name_end(text, mention.first, mention.last))


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
            tags[part] & GIVEN
            and not tags[parts[0]] & GIVEN
            and any(tags[p] & (NAMED | PLACE | DOMAIN | COMMON | ACRONYM | NATION) for p in parts[:index])
        ):
            return index
    while (
        at < len(parts) - 1
        and not tags[parts[at]] & GIVEN
        and (tags[parts[at]] & (NATION | ROLE | PLACE) or (tags[parts[at]] & ACRONYM and len(words[parts[at]]) > 1))
    ):
        at += 1
    return at


def _is_occupation(text: Text, at: int, sentence: Sentence) -> bool:
    """Tell whether a plain word before a whole name says what somebody is ("Midfielder Ann Lee")."""
    plain = not text.tags[at] & (FUNCTION | ADVERB | VERB | CUE | TIME | GIVEN | POSSESSIVE)
    return plain and text.words[at].lower().endswith(PERSON_ENDINGS) and _is_before_name(text, at, sentence)


def _lower_case_role(text: Text, at: int, sentence: Sentence) -> int:
    """Return where a role before a name begins ("campaign spokeswoman Ann Lee"), in small letters or one plain word."""
    words, tags = text.words, text.tags
    before = at - 1
    if before >= sentence.first and _begins(text, before) and _is_occupation(text, before, sentence):
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


def _is_person(text: Text, name: list[int], titled: bool, lead: int, sentence: Sentence) -> tuple[bool, bool, bool]:
    """Return whether a name is a person's, whether it has a title, and whether that is but a guess."""
    words, tags = text.words, text.tags
    bits = [tags[p] for p in name]
    first = bits[0]
    alone = len(name) == 1
    if any(words[p] in ("of", "for", "and", "&") for p in name):
        return False, titled, False
    if alone:
        plain = not first & (NAMED | PLACE | NATION | COMMON | ROLE | TIME | ABBREVIATION | NUMBER)
        called = lead == name[0] and plain and not first & ACRONYM  # "actress Torv"
        if titled and (called or any(tags[p] & TITLE for p in range(lead, name[0]))):
            return True, True, False
        if lead > sentence.first and words[lead - 1].lower() == "the":
            return False, False, False
        return plain and not (first & ACRONYM), False, True
    if titled:
        group = bits[-1] & NAMED and not first & GIVEN and (len(name) > 2 or bits[-1] & GROUP)
        return not group, True, False
    if words[name[0]].lower() in _BEGIN_PLACES:
        return False, False, False
    if first & PLACE and bits[-1] & ROLE and bits[-1] & DOMAIN:
        return False, False, False  # "an Orlando Republican"
    if first & GIVEN and not (bits[-1] & NAMED and len(name) > 2):
        return not first & ACRONYM or all(b & ACRONYM for b in bits), False, False
    if any(b & (NAMED | NATION) for b in bits) or first & (COMMON | DOMAIN | PLACE) or bits[-1] & (PLACE | ROLE | TIME):
        return False, False, False
    if any(b & ACRONYM and len(words[p]) > 1 for b, p in zip(bits, name, strict=True)) or len(name) > 5:
        return False, False, False
    if any(b & NUMBER for b in bits):
        return False, False, False
    if any(len(words[p]) == 1 for p in name[:-1]) or any(b & (SUFFIX | PARTICLE) for b in bits[1:]):
        return True, False, False
    if lead > sentence.first and words[lead - 1].lower() == "the":
        return False, False, False
    common = word_levels()
    said = cue(words[lead - 1]) if lead - 1 > sentence.first and tags[lead - 2] & CLOSE else None
    if words[name[0]].lower() in common and words[name[-1]].lower() in common and not (said and said.inverts):
        return False, False, False  # "Concrete Economics"
    return True, False, True


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


def _begins(text: Text, at: int) -> bool:
    """Tell whether word ``at`` owes its capital to the beginning of a sentence or quotation."""
    return at == 0 or (not text.words[at - 1][0].isalnum() and text.words[at - 1] != ",")


def _words_inside(text: Text, mentions: list[Mention]) -> set[str]:
    """Return the folded words of the names that stand inside sentences, where only names have capitals."""
    return {fold(text.words[n]) for m in mentions if not _begins(text, m.first) for n in range(m.first, m.last)}


def _merge(text: Text, mentions: list[Mention], people: People) -> list[Entity]:
    """Give each person's mention its entity, and return the entities."""
    register = _Register()
    named = [(mention, name_words(_name(text, mention))) for mention in mentions if mention.person]
    for mention, words in sorted(named, key=lambda pair: -len(pair[1])):
        if mention.last - mention.first > 1 and len(words) > 1:
            entity = register.full(words)
            if entity is None:
                entity = register.add(Entity(words, _name(text, mention), mention.first, not mention.weak))
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
            gender = _gender(text, mention)
            preceded = mention.lead and text.words[mention.lead - 1].lower() == "the" and not mention.titled
            doubtful = not mention.person and bool(
                text.tags[mention.first] & (PLACE | NATION | NAMED | COMMON | ACRONYM)
            )
            entity = None if preceded else register.short(words, gender, doubtful)
            if entity:
                mention.person = True
            elif not mention.person or (
                mention.weak
                and _begins(text, mention.first)
                and words[-1] not in singles
                and not _ends_quotation(text, mention)
            ):
                mention.person = False
                continue
            elif not mention.titled and (mention.lead - 1 in owners or _is_of_a_nation(text, mention)):
                mention.person, mention.first = False, mention.lead  # "U.S. Minerals", "Ann Lee's Torvex"
                continue
            else:
                name = written(text, mention.first, mention.last)
                title = text.words[mention.first - 1] if mention.lead < mention.first else ""
                if title.lower() in REGNAL:
                    name = f"{title} {name}"
                entity = register.add(Entity(words, name, mention.first, mention.titled))
            mention.entity = entity
        if mention.entity:
            _describe(text, mention, mention.entity)
    for entity in register.entities:
        if len(entity.words) == 1 and not entity.sure and not entity.given:
            entity.group = True  # one word that nothing calls a person is more often a paper or a firm
    _resolve_by_people(register.entities, people)
    return register.entities


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
    found, countries = role_words(words[begin:end])
    entity.roles |= found
    entity.countries |= countries
    entity.sure = True
    if entity.role is None:
        begin += words[begin].lower() in ("a", "an", "the", "its", "his", "her", "their")
        entity.role = " ".join(text.body[text.starts[begin] : text.ends[end - 1]].split())


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
    found, countries = role_words(words[begin:end])
    entity.roles |= found
    entity.countries |= countries
    entity.sure = True
    if entity.role is None:
        if tags[begin] & DETERMINER and words[begin].lower() in ("a", "an", "the"):
            begin += 1
        entity.role = " ".join(text.body[text.starts[begin] : text.ends[end - 1]].split())


def _resolve_by_people(entities: list[Entity], people: People) -> None:
    for entity in entities:
        name = people.name_of(entity.name)
        if name:
            entity.name, entity.sure = name, True
