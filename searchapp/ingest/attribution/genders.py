"""What names, titles and nouns tell of a person: a man or a woman."""

from searchapp.ingest.attribution.given_names import given_names
from searchapp.ingest.attribution.lexicon import FAMILY_NAMES, FEMALE, MALE, MEN, WOMEN

_LISTED = {"m": MALE, "f": FEMALE, "x": 0}
_MEN = frozenset(
    """mr messrs sir lord king prince father brother congressman chairman spokesman councilman pope shri herr
    senor husband son uncle nephew grandfather grandson widower stepfather stepson man boy businessman monsignor
    duke marquess marquis earl viscount baron count emperor actor policeman fireman salesman waiter monsieur signor
    assemblyman alderman fisherman gentleman""".split()
)
_WOMEN = frozenset(
    """mrs ms miss mme mlle lady dame queen princess sister congresswoman chairwoman spokeswoman smt frau
    senora wife daughter aunt niece mother grandmother granddaughter widow stepmother stepdaughter woman girl
    businesswoman duchess marchioness countess viscountess baroness empress actress policewoman saleswoman waitress
    madame signora assemblywoman""".split()
)


def gender_of_word(word: str) -> int:
    """Return MALE or FEMALE where a folded title or noun tells it ("mrs", "husband"), else 0."""
    return MALE if word in _MEN else FEMALE if word in _WOMEN else 0


def gender_of_name(name: str) -> int:
    """Return MALE or FEMALE where a folded given name is one's only, else 0. The hand lists come first.

    What may be a family name ("Wang Lihong") tells nothing.
    """
    if name in FAMILY_NAMES:
        return 0
    man, woman = name in MEN, name in WOMEN
    if man or woman:
        return 0 if man and woman else MALE if man else FEMALE
    listed = given_names()
    return _LISTED[listed.get(name) or listed.get(name.split("-")[0], "x")]
