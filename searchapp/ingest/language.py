"""The language of a text: English by its words, any other by the letters that follow one another in it.

The second way is that of Lui and Baldwin, "langid.py" (2012), as the library py3langid does it. It takes most of a
second and 100 MB to begin with, so that it is asked only of texts that are not clearly English.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from searchapp.ingest.words import word_levels

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN: Final = "und"  # ISO 639-2
_MAX_SAMPLE = 2_000  # code points that show a text's language
_LEAST_SURE = 0.5  # probability from which a language is believed
_LEAST_DECLARED = 0.02  # the same for the one that a page declares
# Function words that no other language with Latin letters writes so; English newswire has 30 of 100 words from here.
_ENGLISH: Final = frozenset(
    "the of and that with has have had said will would which this from were been their are by it its they".split()
)
_LEAST_ENGLISH = 3  # different ones, and one word in so many
_ENGLISH_ONE_IN = 7
_CLEARLY, _RATHER = 2 / 3, 1 / 2  # share of English words; of other languages' at most a third are English words too
_DEAD_OR_MADE = frozenset(("la", "eo", "vo"))  # taken for lists of numbers and firms rather than met in news
_OFTENER: Final = {"id": 4}  # in a sentence or two Malay hardly differs from it, and is written less by far
_SAME: Final = {"nb": "no", "iw": "he", "fil": "tl"}  # codes for what the library calls otherwise
WORD = re.compile(r"[^\W\d_]+")
_SPACED: Final = {code: " " for code in range(128) if not chr(code).isalpha()}  # parts ASCII into words sooner


def language_of(text: str, declared: str | None = None) -> str:
    """Return the language of ``text`` (ISO 639-1), "und" if it cannot be told.

    ``declared``, what the text's page says, is returned where the text does not contradict it.
    """
    sample = text[:_MAX_SAMPLE]
    words = sample.translate(_SPACED).split() if sample.isascii() else WORD.findall(sample)
    folded = [word.lower() for word in words]
    if _has_function_words(folded):
        return "en"
    small = [word for word in words if not word[0].isupper()]
    if small and _english_share(small) >= _CLEARLY:
        return "en"
    likely = _likely(" ".join(folded)) if words else {}
    if declared and likely.get(_SAME.get(declared, declared), 1) >= _LEAST_DECLARED:
        return declared
    best = max(likely, key=likely.__getitem__, default=UNKNOWN)
    if likely.get(best, 0) >= _LEAST_SURE:
        return best
    return declared or ("en" if words and _english_share(folded) >= _RATHER else UNKNOWN)


def _has_function_words(words: list[str]) -> bool:
    found = [word for word in words if word in _ENGLISH]
    return len(found) * _ENGLISH_ONE_IN >= len(words) and len(set(found)) >= _LEAST_ENGLISH


def _english_share(words: list[str]) -> float:
    """Return the share of the words that stand in the general word list."""
    return sum(word in word_levels() for word in words) / len(words)


def _likely(text: str) -> dict[str, float]:
    """Return how probably ``text`` is of each language."""
    weighed = {language: float(share) * _OFTENER.get(language, 1) for language, share in _identifier().rank(text)}
    whole = sum(weighed.values())
    return {language: weight / whole for language, weight in weighed.items()}


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if len(code) == 2 and code not in _DEAD_OR_MADE])
    return identifier
