"""What kind of word each English word can be, and which verbs report speech and how.

The words themselves are data, one file a kind, in ``english``. ``tag(word)`` gives all kinds of a word as
bits, ``described(bits)`` puts bits into words, and ``cue(word)`` tells whether a word can report speech, and how.
"""

from collections.abc import Callable, Iterable
from typing import cast

from searchapp.analysis import fold
from searchapp.article import Act
from searchapp.ingest.attribution.english import lines, pairs, rows, words
from searchapp.ingest.attribution.given_names import given_names
from searchapp.ingest.attribution.verbs import CUES as CUES
from searchapp.ingest.attribution.verbs import Cue as Cue
from searchapp.ingest.attribution.verbs import cue as cue
from searchapp.ingest.words import word_levels

# The kinds of a word, a bit each; plain numbers, since rules test them for every word of every article.
CAPITAL = 1 << 0  # begins with a capital letter
ACRONYM = 1 << 1  # has capital letters only
POSSESSIVE = 1 << 2  # ends in 's; set by the reader of sentences, as are OPEN and CLOSE
NUMBER = 1 << 3  # begins with a digit
PREPOSITION = 1 << 4
DETERMINER = 1 << 5
AUXILIARY = 1 << 6
BE = 1 << 7
ADVERB = 1 << 8
CONJUNCTION = 1 << 9
SUBORDINATOR = 1 << 10
PRONOUN = 1 << 11
TITLE = 1 << 12  # stands before a person's name
ROLE = 1 << 13  # a noun for persons
GROUP = 1 << 14  # a noun for a group that speaks
PLACE = 1 << 15
NATION = 1 << 16  # of a country or its people
TIME = 1 << 17
PARTICLE = 1 << 18  # stands inside a person's name
GIVEN = 1 << 19  # a given name
COMMON = 1 << 20  # often bears a capital letter without beginning a person's name
CUE = 1 << 21  # a form of a reporting verb
DOMAIN = 1 << 22  # stands within a title ("foreign")
ABBREVIATION = 1 << 23  # its dot ends no sentence
SUFFIX = 1 << 24  # follows a person's name
MALE = 1 << 25
FEMALE = 1 << 26
NAMED = 1 << 27  # makes a name one of no person
STOP = 1 << 28  # ends a sentence
OPEN = 1 << 29  # opens a quotation
CLOSE = 1 << 30  # closes a quotation
QUOTE = 1 << 31  # a quotation mark
PLURAL = 1 << 32
VERB = 1 << 33  # a verb that does not report
THING = 1 << 34  # makes a name one of nobody who speaks
DOCUMENT = 1 << 35  # says something without being anybody
STARTER = 1 << 36  # bears a capital letter because it begins a sentence
LISTED = 1 << 37  # a given name of the long list, and nothing else that is known
TAGS = {name: value for name, value in globals().copy().items() if name.isupper() and isinstance(value, int)}
FUNCTION = PREPOSITION | DETERMINER | AUXILIARY | BE | CONJUNCTION | SUBORDINATOR | PRONOUN

_UTTERANCES = list(rows("utterances.tsv"))
UTTERED = {row["noun"]: frozenset(row["followed_by"].split()) for row in _UTTERANCES}
"""What persons utter, as nouns ("Lee's claim that"), with the words of which one must follow."""
UTTERED_ACTS = {row["noun"]: cast(Act, row["act"]) for row in _UTTERANCES if row["act"]}
"""What is done by uttering such a noun, where that is more than said."""
CONTROLS = words("verbs_before_to")
"""Forms of verbs whose "to" goes on to report: "used the occasion to thank"."""
KEEPING = words("verbs_before_ing")
"""Forms of verbs with which somebody goes on saying: "kept asking"."""
WILLING = words("adjectives_before_to")
"""Adjectives whose "to" goes on to report: "was quick to point out"."""
MOVING = words("verbs_that_move")
"""Forms of verbs by which somebody is brought to speak: "it led the mayor to admit"."""
SIDES: dict[str, Act] = {row["noun"]: cast(Act, row["act"]) for row in rows("sides.tsv")}
"""Who speaks for or against something, with what is done by it ("is a critic of")."""
PIECES = words("pieces")
"""What somebody makes and speaks by: "released an ad calling it dangerous"."""
TIME_LEADS = words("words_before_times")
"""Words that lead to one that tells a time ("last Tuesday")."""

HONORIFICS = words("honorifics")
"""Titles that tell nothing of an office ("Mr")."""
REGNAL = words("regnal_titles")
"""Titles that stand before a given name alone ("Pope Francis")."""
PEERAGES = words("peerages")
"""Titles that name a person together with a place ("the Marquess of Salbury")."""
PERSON_ENDINGS = tuple(lines("endings_of_persons.txt"))
"""How words for persons end ("midfielder")."""
SUFFIXES = words("name_suffixes")
"""What follows a person's name and belongs to it ("Jr")."""
POST_NOMINALS = words("post_nominals")
"""What stands behind a person's name and is no part of it, as written."""
FAMILY_NAMES = words("family_names_first")
"""Vietnamese, Chinese and Korean family names, which stand first."""
MEN, WOMEN = words("given_names_men"), words("given_names_women")
"""Given names."""
TITLE_WORDS = words("titles") - MEN - WOMEN
"""Titles that are no given names too."""
SPELLINGS = {name: group.split(" ")[0] for group in lines("transliterations.txt") for name in group.split(" ")}
"""Names that have several spellings no rule of letters joins -> the one they are read as."""


def _groups(name: str) -> dict[str, frozenset[int]]:
    groups: dict[str, frozenset[int]] = {}
    for number, line in enumerate(lines(name)):
        for word in line.split(" "):
            groups[word] = groups.get(word, frozenset()) | {number}
    return groups


NICKNAME_GROUPS = _groups("nicknames.txt")
"""Given names -> the numbers of the groups whose members can be one name ("Robert", "Bob")."""

_PEOPLES = dict(pairs("countries.tsv"))
_DEMONYMS = {people: country for country, peoples in _PEOPLES.items() for people in peoples}
COUNTRY_NAMES = frozenset(_PEOPLES)
"""Countries, one word each."""


def country_of(word: str) -> str | None:
    """Return the country of a folded word: of its name, or of its people (``russian`` -> ``russia``)."""
    return word if word in COUNTRY_NAMES else _DEMONYMS.get(word)


_BITS = {  # file -> what its words are
    "abbreviations": ABBREVIATION,
    "adverbs": ADVERB,
    "auxiliaries": AUXILIARY,
    "common_capitals": COMMON,
    "conjunctions": CONJUNCTION,
    "determiners": DETERMINER,
    "documents": DOCUMENT,
    "forms_of_be": BE | AUXILIARY,
    "given_names_men": GIVEN | MALE,
    "given_names_women": GIVEN | FEMALE,
    "groups": GROUP,
    "name_particles": PARTICLE,
    "name_suffixes": SUFFIX,
    "named_groups": NAMED,
    "other_verbs": VERB,
    "parts_of_group_names": NAMED,
    "parts_of_thing_names": NAMED | THING,
    "parts_of_titles": DOMAIN,
    "people_of_states": NATION,
    "places": PLACE,
    "prepositions": PREPOSITION,
    "pronouns": PRONOUN,
    "roles": ROLE,
    "sentence_starters": COMMON | STARTER,
    "subordinators": SUBORDINATOR,
    "times": TIME,
    "titles": TITLE,
}
_MOST_WORDS = 1 << 16  # whose kinds are kept
_STOPS = (".", "..", "...", "…", "!", "?")
_QUOTES = ("“", "”", '"', "''", "``", "«", "»", "„", "‘", "’", "'")


def _tags() -> dict[str, int]:
    table: dict[str, int] = {}
    kinds: list[tuple[Iterable[str], int]] = [(words(kind), bits) for kind, bits in _BITS.items()]
    kinds += [(CUES, CUE), (COUNTRY_NAMES, PLACE), (_DEMONYMS, NATION), (_STOPS, STOP), (_QUOTES, QUOTE)]
    for members, bits in kinds:
        for word in members:
            table[word] = table.get(word, 0) | bits
    return table


_TABLE = _tags()
_CONTRACTED = frozenset("i you he she it we they that there here what who where how let".split())
_ADJECTIVE_TAILS = words("adjective_tails")
_NOT_ADVERBS = words("not_adverbs")
_ROLE_PLURALS = frozenset(word for word in words("roles") if word.endswith("s") or word in ("men", "women", "people"))


def _kinds(word: str) -> int:
    folded = fold(word).replace("’", "'")
    bits = _TABLE.get(folded, 0)
    if word[0].isupper():
        bits |= CAPITAL
        if len(word) > 1 and word.isupper():
            bits |= ACRONYM
    elif word[0].isdigit():
        bits |= NUMBER
    elif word.endswith("ly") and len(word) > 4 and folded not in _NOT_ADVERBS:
        bits |= ADVERB
    elif len(word) > 4 and word.endswith("ed") and not bits:
        bits |= VERB
    unknown = bits == CAPITAL or (bits == CAPITAL | ACRONYM and len(word) > 3)
    if unknown and folded in given_names() and folded not in word_levels():
        bits |= LISTED
    if folded in _ROLE_PLURALS:
        bits |= PLURAL
    if "-" in word:
        bits |= _of_office(folded)
    if bits & CAPITAL and "-" in word and _TABLE.get(folded.split("-")[0], 0) & GIVEN:
        bits |= _TABLE[folded.split("-")[0]] & (GIVEN | MALE | FEMALE)
    if "-" in word and folded.split("-")[0] in ("al", "el", "ul", "bin", "ibn") and word.split("-")[1][:1].isupper():
        return (bits | CAPITAL) & ~ADVERB
    if bits & CAPITAL and "-" in folded:
        if folded.split("-")[1] in _ADJECTIVE_TAILS:
            return COMMON
        if not word.split("-")[1][:1].isupper():
            bits |= COMMON
        for part in folded.split("-"):
            bits |= _TABLE.get(part, 0) & (PLACE | NATION | NAMED) | (COMMON if part in ("pro", "anti", "non") else 0)
    if "'" in folded and folded.split("'")[0] in _CONTRACTED:
        bits |= PRONOUN | AUXILIARY
    return bits


class _Kinds(dict[str, int]):
    """The kinds of each word, found when it is first asked for; of more words than are kept, each time."""

    def __missing__(self, word: str) -> int:
        bits = _kinds(word)
        if len(self) < _MOST_WORDS:
            self[word] = bits
        return bits


tag: Callable[[str], int] = _Kinds().__getitem__
"""Returns the kinds of a word (as written, without possessive ending) as bits."""


def _of_office(folded: str) -> int:
    """Return TITLE or ROLE for an office that somebody held or will hold ("ex-mayor", "president-elect")."""
    first, _, last = folded.partition("-")
    office = last if first in ("ex", "then", "vice") else first if last in ("elect", "designate") else ""
    return _TABLE.get(office, 0) & (TITLE | ROLE)


def described(bits: int) -> str:
    """Return the names of the kinds that ``bits`` stand for: "CAPITAL GIVEN MALE"."""
    return " ".join(name for name, bit in TAGS.items() if bits & bit)
