"""Words as a text writes them: with their marks, and names with their capital.

Texts are searched by folded words. Beside them an index holds *forms*, by which what is written as it was typed comes
first, or alone: a form begins with a sign that no folded word has.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from searchapp.analysis import FUNCTION_WORDS, MAX_TOKEN, SIGN, fold, word_pattern

MARKED = "="  # begins the form of a word that has marks: "=đường"
CAPITAL = "^"  # begins the form of a name, with its marks if it has any: "^manning", "^dương"
MOST_PLACES = 8  # of a word, at which a capital may show that it is a name
LOOKED_AT = 20_000  # code points of a body in which these are looked for
_POINTED = re.compile(r"[A-Z](?:\.[A-Z]){1,5}(?![^\W_])")  # U.S.
_BEFORE_A_NAME = re.compile(
    r"(?:[^\W_](?:['’]s?|[,;:)]|s['’])?[ \u00a0-]|\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Col|Prof)\. )$"
)
_SMALL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_PARTED = str.maketrans({code: chr(code) if chr(code).isalnum() else " " for code in range(128)})


@lru_cache(maxsize=1 << 16)
def written(word: str) -> str:
    """Return a word without its case only: ``Đường`` -> ``đường``."""
    return word.lower().replace("ς", "σ")


def forms_of(word: str) -> tuple[str, ...]:
    """Return the forms that ``word``, a name if it begins with a capital, has as it is typed."""
    small = written(word)
    marked = (MARKED + small,) if _has_marks(word) else ()
    return (*marked, CAPITAL + small) if word[:1].isupper() else marked


def is_form(term: str) -> bool:
    """Tell whether a term is a form, and not a folded word."""
    return term.startswith((MARKED, CAPITAL))


def plain(term: str) -> str:
    """Return the folded word of a term, which may be a form."""
    return fold(term[1:]) if is_form(term) else term


def bears(word: str, term: str) -> bool:
    """Tell whether a word of a text, as written, is what ``term``, a form or a folded word, stands for."""
    return term in forms_of(word) if is_form(term) else fold(word) == term


def names_in(title: str, body: str) -> frozenset[str]:
    """Return the words that an article writes as names: with a capital inside a sentence, or wherever they stand.

    A title may have many capitals, and tells nothing of words that the body has without. Where most words are in
    capitals, as in the headlines of wires, these tell nothing.
    """
    words, in_title = _words(body), _words(title)
    if _in_capitals(in_title):
        in_title = ()
    if _in_capitals(words):
        return frozenset(written(word) for word in in_title if word[0].isupper())
    body = body[:LOOKED_AT]
    names = (word for word in words if word[0] not in _SMALL and word[0].isupper() and _is_name(word, words, body))
    others = (word for word in in_title if word[0].isupper() and word.lower() not in words)
    return frozenset(map(written, (*names, *others)))


def forms(text: str, names: Collection[str]) -> frozenset[str]:
    """Return the forms of the words in ``text``, which stands in an article whose names are ``names_in``.

    Of letters with points (``U.S.``) the form is that of the word they make.
    """
    words = _words(text)
    capitals = (small for word in words if word[0].isupper() and (small := written(word)) in names)
    pointed = (written(found.replace(".", "")) for found in _POINTED.findall(text))
    marked = () if text.isascii() else (MARKED + written(word) for word in words if _has_marks(word))
    return frozenset((*(CAPITAL + name for name in (*capitals, *pointed)), *marked))


def _words(text: str) -> Collection[str]:
    if not text.isascii():
        return set(word_pattern(text).findall(text))
    words = set(text.translate(_PARTED).split())
    return words if max(map(len, words), default=0) <= MAX_TOKEN else {word[:MAX_TOKEN] for word in words}


def _in_capitals(words: Collection[str]) -> bool:
    return sum(map(str.isupper, words)) > sum(map(str.islower, words))


def _is_name(word: str, words: Collection[str], body: str) -> bool:
    small = word.lower()
    if (small not in words and not _has_singular(small, words)) or (word.isupper() and len(word) > 1):
        return True
    return small not in FUNCTION_WORDS and _is_inside(body, word)


def _has_singular(small: str, words: Collection[str]) -> bool:
    """Tell whether a word is the plural of one that stands in small letters: Banks close, and a bank stays open."""
    return small.endswith("s") and (small[:-1] in words or small.removesuffix("es") in words)


def _is_inside(text: str, word: str) -> bool:
    """Tell whether a sentence goes on with ``word`` where it stands among its first places in ``text``."""
    at = -1
    for _ in range(MOST_PLACES):
        at = text.find(word, at + 1)
        if at < 0:
            return False
        if _BEFORE_A_NAME.search(text, max(0, at - 6), at):
            return True
    return False


@lru_cache(maxsize=1 << 16)
def _has_marks(word: str) -> bool:
    return not word.isascii() and not SIGN.match(word) and written(word) != fold(word)
