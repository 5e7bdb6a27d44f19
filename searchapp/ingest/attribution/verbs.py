"""The verbs that report speech, and how: one row a verb in ``english/verbs.tsv``."""

import re
from collections.abc import Mapping
from itertools import chain
from typing import Literal, NamedTuple, cast

from searchapp.article import Act
from searchapp.ingest.attribution.english import rows

Form = Literal["base", "present", "past", "participle", "gerund", "adjective"]
_DOUBLING = re.compile(r"(?:be(?=[^aeiou]))?(?:qu|[^aeiou])*[aeiou][^aeiouwxy]")


class Kind(NamedTuple):
    """What verbs of one kind have in common."""

    weight: float  # how surely they report speech, 0..1
    clausal: bool = False  # take what was said as a clause ("said that"), so that other speakers in it are nested
    beside_quote: bool = False  # report only in a sentence with a quotation, and can stand before their subject


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
    plain: bool  # is so common a word for speech that its past form tells a sentence in which something was said
    partners: frozenset[str]  # words one of which must be among the next few, or nothing
    beside_quote: bool  # reports only in a sentence with a quotation, or with a partner
    excluded: frozenset[str]  # words that must not follow
    act: Act  # what is done by saying it
    acts: Mapping[str, Act]  # the same with a certain partner


def inflected(base: str, past: str = "", participle: str = "") -> dict[str, Form]:
    """Return the forms of a verb; ``past`` and ``participle`` (words) where no rule gives them.

    A past form that is also the participle counts as past. "nod" doubles its last letter, as do all verbs of one
    syllable that end in one vowel and one consonant ("begin" too); of longer ones ("regret") the past tells.
    """
    consonant_y = base.endswith("y") and base[-2] not in "aeiou"
    stem = base + base[-1] if _DOUBLING.fullmatch(base) else base
    regular = base + "d" if base.endswith("e") else (base[:-1] + "i" if consonant_y else stem) + "ed"
    pasts = past.split() or [regular]
    forms: dict[str, Form] = {base: "base"}
    forms |= dict.fromkeys(participle.split(), "participle")
    forms |= dict.fromkeys(pasts, "past")
    if consonant_y:
        forms[base[:-1] + "ies"] = "present"
    elif base.endswith(("s", "sh", "ch", "x", "z")) or base == "go":
        forms[(stem if base.endswith("z") else base) + "es"] = "present"
    else:
        forms[base + "s"] = "present"
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")):
        forms[base[:-1] + "ing"] = "gerund"
    else:
        stems = [form[:-2] for form in pasts if form.endswith("ed") and form[:-2].startswith(base)] or [stem]
        forms |= dict.fromkeys((stem + "ing" for stem in stems), "gerund")
    return forms


def _acts(cell: str) -> tuple[Act, Mapping[str, Act]]:
    """Return the act that a cell of the table names, and those it names for partners ("out:denied")."""
    acts = {partner: cast(Act, act) for partner, _, act in (word.rpartition(":") for word in cell.split())}
    return acts.pop("", "said"), acts


def _adjective(row: dict[str, str]) -> Cue:
    """Return what somebody is who says something ("was critical of")."""
    act, acts = _acts(row["act"])
    partners = frozenset(row["partners"].split())
    return Cue(
        base=row["adjective"],
        form="adjective",
        weight=KINDS["act"].weight,
        clausal=False,
        inverts=False,
        it_says=False,
        plain=False,
        partners=partners,
        beside_quote=False,
        excluded=frozenset(),
        act=act,
        acts=acts,
    )


def _cues() -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    by_kind: dict[str, list[dict[str, str]]] = {kind: [] for kind in KINDS}
    for row in rows("verbs.tsv"):
        by_kind[row["kind"]].append(row)
    for row in chain.from_iterable(by_kind.values()):
        weight, clausal, beside_quote = KINDS[row["kind"]]
        known = (
            weight,
            clausal,
            row["inverts"] == "yes" or beside_quote,
            row["it_says"] == "yes",
            row["plain"] == "yes",
            frozenset(row["partners"].split()),
            beside_quote,
            frozenset(row["not_before"].split()),
            *_acts(row["act"]),
        )
        for form, name in inflected(row["verb"], row["past"], row["participle"]).items():
            if form not in found:
                found[form] = Cue(row["verb"], name, *known)
    for row in rows("adjectives.tsv"):
        found.setdefault(row["adjective"], _adjective(row))
    return found


CUES = _cues()
"""Each form of each reporting verb."""
PLAIN = sorted(form for form, verb in CUES.items() if verb.plain and verb.form == "past")
"""The past forms of the commonest words for speech ("said")."""


def cue(word: str) -> Cue | None:
    """Return the reporting verb a word can be a form of."""
    return CUES.get(word.lower())
