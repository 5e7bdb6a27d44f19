"""Given names of the world's languages, and what they and titles tell of a person: a man or a woman.

The names stand in ``given_names.txt.gz``, a line each for men (m), for women (f) and for both (x). It is made from the
names of children born in the United States that their Social Security Administration counts (19 of 20 or more of one
sex) and from the lists of some fifty languages in the library Faker. The hand lists in ``english`` come first.
"""

import gzip
from functools import cache
from importlib.resources import files

from searchapp.ingest.attribution.lexicon import FEMALE, MALE, MEN, WOMEN

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
    """Return MALE or FEMALE where a folded given name is one's only, else 0."""
    man, woman = name in MEN, name in WOMEN
    if man or woman:
        return 0 if man and woman else MALE if man else FEMALE
    listed = _listed()
    return listed.get(name, listed.get(name.split("-")[0], 0))


@cache
def _listed() -> dict[str, int]:
    packed = files("searchapp.ingest.attribution").joinpath("given_names.txt.gz").read_bytes()
    genders: dict[str, int] = {}
    for line in gzip.decompress(packed).decode().splitlines():
        kind, *names = line.split(" ")
        genders.update(dict.fromkeys(names, {"m": MALE, "f": FEMALE, "x": 0}[kind]))
    return genders
