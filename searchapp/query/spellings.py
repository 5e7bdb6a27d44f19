"""Other spellings of what is typed, by which the same thing is found."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from searchapp.analysis import terms, tokens
from searchapp.written import CAPITAL, MARKED, forms_of

MOST = 3  # of one word or phrase
_LETTERS_AND_NUMBER = re.compile(r"([^\W\d_]{1,20})(\d{1,20})")  # F16
_IN_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){1,4}")  # 1,000
_UMLAUT = re.compile("[äöüÄÖÜ]")
_WRITTEN_OUT = re.compile("(?<=[^\\W\\d_])([ao])e|(?<=[^aeq\\W\\d_])(u)e", re.IGNORECASE)  # Mueller; not: queue
_PLAIN = {"ä": "ae", "ö": "oe", "ü": "ue"}


def spellings(typed: str, found: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return other terms that stand for what is ``typed``, which is ``found`` as terms; ``MOST`` at most.

    F-16 is also F16, 1,000 also 1000, and Müller (who is found without marks, as *muller*) also Mueller; each the other
    way, too, but that only a word with a capital is read as one with an umlaut written out.
    """
    others = dict.fromkeys((*_joined_or_parted(typed, found), *_with_other_umlauts(typed)))
    return tuple(islice((each for each in others if each != found), MOST))


def as_typed(typed: str) -> str:
    """Return the term of the one word that is ``typed``: folded or, if it has marks, with these."""
    (token,) = tokens(typed)
    marked = (form for form in forms_of(typed[token.start : token.end]) if form.startswith(MARKED))
    return next(marked, token.term)


def preferred_forms(typed: str, *, begins: bool = False) -> Iterator[str]:
    """Yield, of words that are ``typed`` with a capital or with marks, the terms that what comes first has. A capital
    that only ``begins`` what is typed tells no name."""
    for token in tokens(typed):
        word = typed[token.start : token.end]
        if word[0].isupper():
            yield token.term
        yield from (form for form in forms_of(word) if not (begins and form.startswith(CAPITAL)))


def _joined_or_parted(typed: str, found: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if len(found) == 1:
        if parts := _LETTERS_AND_NUMBER.fullmatch(found[0]):
            yield parts.groups()
        elif found[0].isdecimal() and _is_large(found[0]):
            yield tuple(f"{int(found[0]):,}".split(","))
    elif _IN_THOUSANDS.fullmatch(typed) or (len(found) == 2 and _LETTERS_AND_NUMBER.fullmatch(typed.replace("-", ""))):
        yield ("".join(found),)


def _is_large(number: str) -> bool:
    """Tell whether a number may be written in groups of three: a year is not."""
    return number[0] != "0" and (4 < len(number) < 16 or (len(number) == 4 and not 1500 <= int(number) <= 2100))


def _with_other_umlauts(typed: str) -> Iterator[tuple[str, ...]]:
    typed = unicodedata.normalize("NFC", typed)
    if _UMLAUT.search(typed):
        yield tuple(terms("".join(_PLAIN.get(letter.lower(), letter) for letter in typed)))
    elif typed[:1].isupper() and not typed.isupper() and typed.isascii():
        yield tuple(terms(_WRITTEN_OUT.sub(r"\1\2", typed)))
