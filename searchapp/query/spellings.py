"""Other spellings of what is typed, by which the same thing is found."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from searchapp.analysis import FUNCTION_WORDS, terms, tokens
from searchapp.query.nodes import And, Everything, Node, Words, disjunction
from searchapp.written import CAPITAL, MARKED, forms_of

MOST = 3  # of one word or phrase
_WITH_POINTS = re.compile(r"[A-Z](?:\.[A-Z]){1,5}\.?")  # U.S.
_LONGEST_ACRONYM = 5  # letters
_WORDS_TOO = FUNCTION_WORDS | {"us", "who", "may", "will", "aids"}  # in capitals they are something else
_HYPHENED = re.compile(
    r"(?i:anti|by|cease|co|counter|e|inter|micro|multi|non|off|on|post|pre|re|semi|sub)-[^\W\d_]{2,20}"
)  # e-mail
# The same in one word: short beginnings only where hardly another word begins so.
_WITHOUT_HYPHEN = re.compile(
    r"(co(?=o)|e(?=mail)|pre(?=e)|re(?=e)|(?:anti|cease|counter|micro|multi|non|post|semi)(?=[^\W\d_]{4}))([^\W\d_]{3,20})"
)
_APOSTROPHE = re.compile(r"[^\W\d_]{1,20}(?:['’ʻʼ‘`][^\W\d_]{1,20}){1,3}")  # Sana'a
_OF_IRELAND = re.compile(r"(O)([A-Z][a-z]{2,20})")  # OBrien
_LETTERS_AND_NUMBER = re.compile(r"([^\W\d_]{1,20})(\d{1,20})")  # F16
_IN_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){1,4}")  # 1,000
_UMLAUT = re.compile("[äöüøåÄÖÜØÅ]")
_WRITTEN_OUT = re.compile(
    r"(?<=[^\W\d_])([ao])e|(?<=[^aeq\W\d_])(u)e|\b(a)a(?=[^\W\d_])", re.IGNORECASE
)  # Mueller, Aarhus; not: queue
_PLAIN = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}


def spellings(typed: str, found: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return other terms that stand for what is ``typed``, which is ``found`` as terms; ``MOST`` at most.

    F-16 is also F16, 1,000 also 1000, and Müller (who is found without marks, as *muller*) also Mueller; each the other
    way, too, but that only a word with a capital is read as one with an umlaut written out. Co-operation is also
    cooperation, cooperation co-operation, and Sana'a also Sanaa.
    """
    others = dict.fromkeys((*_joined_or_parted(typed, found), *_with_other_umlauts(typed)))
    return tuple(islice((each for each in others if each != found), MOST))


def with_numbers(typed: Sequence[str], nodes: list[Node]) -> list[Node]:
    """Return the nodes of words that are typed side by side ("" for what is no word), a word and a number also as one:
    Covid 19 is also Covid19."""
    for at, (word, number) in enumerate(pairwise(typed)):
        one = nodes[at]
        if (as_one := _as_one(word, number)) and isinstance(one, Words):
            nodes[at : at + 2] = [disjunction([And((one, nodes[at + 1])), Words(one.field, as_one)]), Everything()]
    return nodes


def _as_one(word: str, number: str) -> tuple[str, ...] | None:
    term, digits = terms(word), terms(number)
    if len(term) == len(digits) == 1 and _LETTERS_AND_NUMBER.fullmatch(term[0] + digits[0]) and digits[0].isdecimal():
        return (term[0] + digits[0],) if term[0].isalpha() else None
    return None


def acronym(typed: str) -> str | None:
    """Return the form of letters in capitals, with or without points: U.S., US, NATO; None of what is none."""
    word = typed.replace(".", "") if _WITH_POINTS.fullmatch(typed) else typed
    if 1 < len(word) <= _LONGEST_ACRONYM and word.isascii() and word.isalpha() and word.isupper():
        return forms_of(word)[-1]
    return None


def is_only_acronym(typed: str) -> bool:
    """Tell whether what is typed in capitals is another word without: US is not *us*."""
    return typed.isalpha() and typed.lower() in _WORDS_TOO


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
        if word[0].isupper() and len(word) > 1:  # not the letters of U.S.
            yield token.term
            yield from (form for form in forms_of(word) if not (begins and form.startswith(CAPITAL)))
        elif not word[0].isupper():
            yield from forms_of(word)


def _joined_or_parted(typed: str, found: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if len(found) == 1:
        if parts := _LETTERS_AND_NUMBER.fullmatch(found[0]):
            yield parts.groups()
        elif parts := _WITHOUT_HYPHEN.fullmatch(found[0]) or _OF_IRELAND.fullmatch(typed):
            yield tuple(terms(" ".join(parts.groups())))
        elif found[0].isdecimal() and _is_large(found[0]):
            yield tuple(f"{int(found[0]):,}".split(","))
        return
    parted = len(found) == 2 and _LETTERS_AND_NUMBER.fullmatch(typed.replace("-", ""))
    if parted or any(pattern.fullmatch(typed) for pattern in (_IN_THOUSANDS, _HYPHENED, _APOSTROPHE)):
        yield ("".join(found),)


def _is_large(number: str) -> bool:
    """Tell whether a number may be written in groups of three: a year is not."""
    return number[0] != "0" and (4 < len(number) < 16 or (len(number) == 4 and not 1500 <= int(number) <= 2100))


def _with_other_umlauts(typed: str) -> Iterator[tuple[str, ...]]:
    typed = unicodedata.normalize("NFC", typed)
    if _UMLAUT.search(typed):
        yield tuple(terms("".join(_PLAIN.get(letter.lower(), letter) for letter in typed)))
    elif typed[:1].isupper() and not typed.isupper() and typed.isascii():
        yield tuple(terms(_WRITTEN_OUT.sub(r"\1\2\3", typed)))
