"""Which verb is meant by a form of it: "warn" by *warned*, "say" by *said*."""

import re
from collections.abc import Iterator

_LONGEST = 40  # letters of a verb
# Forms that no rule gives, of verbs that report: those of ``verbs.tsv`` that are common.
_IRREGULAR = {
    "said": "say", "told": "tell", "thought": "think", "wrote": "write", "written": "write", "spoke": "speak",
    "spoken": "speak", "gave": "give", "given": "give", "made": "make", "swore": "swear", "sworn": "swear",
    "held": "hold", "paid": "pay", "put": "put", "felt": "feel", "found": "find", "took": "take", "taken": "take",
    "went": "go", "gone": "go", "foresaw": "foresee", "foreseen": "foresee", "forswore": "forswear", "sent": "send",
    "threw": "throw", "thrown": "throw", "laid": "lay", "besought": "beseech", "broke": "break", "brought": "bring",
}  # fmt: skip
_ENDINGS = re.compile(r"(?P<stem>\w+?)(?P<ending>ies|ied|ing|es|ed|s|d)")


def base_forms(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return what folded words may be whose first is a form of a verb, with the base form in its place: *warned of* is
    "warn of". There may be several, and some are no words; of a base form there may be none."""
    first, *others = words
    return tuple(dict.fromkeys((base, *others) for base in _bases(first) if base != first))


def _bases(word: str) -> Iterator[str]:
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
        return
    found = _ENDINGS.fullmatch(word) if len(word) <= _LONGEST else None
    if not found:
        return
    stem = found["stem"]
    for ending in ("y",) if found["ending"] in ("ies", "ied") else ("", "e"):
        yield stem + ending
    if found["ending"] in ("ed", "ing") and stem[-2:-1] == stem[-1]:  # admitted, quarrelling
        yield stem[:-1]
