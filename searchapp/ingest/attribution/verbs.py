"""The verbs that report speech, and how: one row a verb in ``english/verbs.tsv``."""

from itertools import chain
from typing import Literal, NamedTuple

from searchapp.ingest.attribution.english import rows

Form = Literal["base", "present", "past", "participle", "gerund"]


class Kind(NamedTuple):
    """What verbs of one kind have in common."""

    weight: float  # how surely they report speech, 0..1
    clausal: bool = False  # take what was said as a clause ("said that"), so that other speakers in it are nested
    beside_quote: bool = False  # report only in a sentence with a quotation, and stand before or behind their subject


# A form that two verbs share is of the verb whose kind comes first.
KINDS = {
    "say": Kind(0.95, clausal=True),
    "say-phrase": Kind(0.8, clausal=True),  # says so with a certain word behind it: "made clear that"
    "phrase": Kind(0.8),  # the same without a clause: "paid tribute"
    "act": Kind(0.8),  # says something by being done: "praised", "accused", "invited"
    "inner": Kind(0.55),  # a state of mind: too weak a sign to make a statement, but its subject can be shared
    "manner": Kind(0.8, beside_quote=True),  # how something was said: "sighed"
}


class Cue(NamedTuple):
    """A form of a reporting verb."""

    base: str
    form: Form
    weight: float  # how surely it reports speech, 0..1
    clausal: bool  # takes what was said as a clause, so that other speakers in it are nested
    inverts: bool  # stands before its subject ("said Lee")
    it_says: bool  # reports with "it" as its subject too; with others that may be an event ("it suggests that")
    partners: frozenset[str]  # words one of which must be among the next few, or nothing
    beside_quote: bool  # reports only in a sentence with a quotation
    excluded: frozenset[str]  # words that must not follow


def inflected(base: str, past: str = "", participle: str = "") -> dict[str, Form]:
    """Return the forms of a verb; ``past`` and ``participle`` where no rule gives them.

    A past form that is also the participle counts as past.
    """
    forms: dict[str, Form] = {base: "base"}
    consonant_y = base.endswith("y") and base[-2] not in "aeiou"
    doubled = base
    if past:
        forms[participle or past], forms[past] = "participle", "past"
        if past.endswith("ed") and past[:-2] != base and past[:-2].startswith(base):
            doubled = past[:-2]
        elif base in ("put", "set", "hit", "beg", "dig", "shed"):
            doubled = base + base[-1]
    elif base.endswith("e"):
        forms[base + "d"] = "past"
    else:
        forms[base[:-1] + "ied" if consonant_y else base + "ed"] = "past"
    if consonant_y:
        forms[base[:-1] + "ies"] = "present"
    else:
        forms[base + ("es" if base == "go" or base.endswith(("s", "sh", "ch", "x", "z")) else "s")] = "present"
    silent_e = base.endswith("e") and not base.endswith(("ee", "ye", "oe"))
    forms[(base[:-1] if silent_e else doubled) + "ing"] = "gerund"
    return forms


def _cues() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    by_kind: dict[str, list[dict[str, str]]] = {kind: [] for kind in KINDS}
    for row in rows("verbs.tsv"):
        by_kind[row["kind"]].append(row)
    for row in chain.from_iterable(by_kind.values()):
        weight, clausal, beside_quote = KINDS[row["kind"]]
        inverts, it_says = row["inverts"] == "yes" or beside_quote, row["it_says"] == "yes"
        partners, excluded = frozenset(row["partners"].split()), frozenset(row["not_before"].split())
        for form, name in inflected(row["verb"], row["past"], row["participle"]).items():
            if form not in found:
                found[form] = Cue(
                    row["verb"], name, weight, clausal, inverts, it_says, partners, beside_quote, excluded
                )
    return found


CUES = _cues()
"""Each form of each reporting verb."""


def cue(word: str) -> Cue | None:
    """Return the reporting verb a word can be a form of."""
    return CUES.get(word.lower())
