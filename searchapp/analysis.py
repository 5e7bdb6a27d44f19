"""Text to tokens: the one analysis that every engine, the snippets and the query language share."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from itertools import product
from typing import NamedTuple

import Stemmer

MAX_TOKEN = 100
STOP_WORDS = frozenset("the a an of and in".split())  # indexed, but dropped from bare lower-case words
FUNCTION_WORDS = STOP_WORDS | frozenset(
    """
    about above across after again against all along also although am among amongst any are around as at be because
    been before being below between both but by can cannot could did do does doing down during each either ever
    every few for from further had has have having he her here hers herself him himself his how i if into is it its
    itself just many me might more most much must my myself neither no nor not off on once only or other our ours
    ourselves out over own per same shall she should since so some someone something such than that their theirs
    them themselves then there these they this those through to too under until up upon very via was we were what
    whatever when where whether which while whom whose why with within without would yet you your yours yourself
    """.split()
)  # match nothing by themselves under match=any. Without "may", "us", "who", "will": a month, a country, WHO, Will


class Span(NamedTuple):
    """A stretch of text: offsets in code points, half-open."""

    start: int
    end: int


class Token(NamedTuple):
    """A word of a text: the word folded, and where it stands in the text as written (code points, half-open)."""

    term: str
    start: int
    end: int


# Of scripts that put no spaces between words, or let endings cling to them, each sign is a token, and a word a phrase
# of them: Thai, Lao, Burmese, Khmer (vowels and tones are signs, too); kana, Chinese characters, Hangul.
_VOWELS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b6-\u17d3"
_SIGNS = (
    "\u0e01-\u0e4e\u0e81-\u0ecd\u1000-\u103f\u1780-\u17d3\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
SIGN = re.compile(rf"[{_SIGNS}](?:(?<=\w)|(?<=[{_VOWELS}]))")
# What stands within a word and is no letter by itself: marks without a composed form with their letter, the vowels of
# Arabic, Hebrew and India, the lengthening stroke of Arabic, and joiners (those of other scripts ingest takes out).
_MARKS = "\u0640\u200c\u200d" + "".join(
    chr(code)
    for code in (*range(0x300, 0x2000), *range(0x20D0, 0x20F1), 0xFB1E, *range(0xFE20, 0xFE30))
    if unicodedata.category(chr(code))[0] == "M" and not re.match(f"[{_SIGNS}]", chr(code))
)
_MARK = re.compile(f"[{_MARKS}]")
_LETTER = rf"[^\W_{_SIGNS}\u0640]"
_PLAIN_WORD = re.compile(rf"{_LETTER}{{1,{MAX_TOKEN}}}|{SIGN.pattern}")
WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|[{_MARKS}]){{0,{MAX_TOKEN - 1}}}|{SIGN.pattern}")
_ALPHANUMERIC = re.compile(r"[^\W_]+")
_LETTERS = {
    "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "þ": "th", "ħ": "h", "ı": "i",
    "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه",
}  # fmt: skip
_WITH_THEIR_MARK = frozenset("йїў")  # letters of their own, to those who write them
_ASCII = str.maketrans({code: chr(code).lower() if WORD.match(chr(code)) else " " for code in range(128)})
_PUNCTUATION = "’“”‘–—…\xa0"  # often all that keeps a text from being ASCII
_snowball = Stemmer.Stemmer("english", 0)
# Words of these scripts are stemmed by the language that news in the script mostly is in; docs/languages.md.
_OF_SCRIPT = {
    name: (re.compile(f"[{letters}]"), Stemmer.Stemmer(name, 0))
    for name, letters in {
        "russian": "\u0400-\u052f", "greek": "\u0370-\u03ff\u1f00-\u1fff", "armenian": "\u0530-\u058f",
        "hindi": "\u0900-\u097f", "tamil": "\u0b80-\u0bff",
    }.items()
}  # fmt: skip
# "the", also behind "and", and "with", "as", "so" or "to": Larkey, Ballesteros and Connell, "Improving Stemming for
# Arabic Information Retrieval" (2002)
_ARABIC_ARTICLE = re.compile("و?(?:[بكف]?ال|لل)(?=.{3})")
_VIRAMA = 9  # the combining class of what takes a letter of India its vowel: no accent
# What the fingerprint is taken of: beginnings with and without a syllable, a double letter or an e, and those that
# Snowball makes exceptions for; all endings of its rules (https://snowballstem.org/algorithms/english/stemmer.html);
# the words that it lists; and the blocks of letters that Unicode has filled, or nearly.
_BEGINNINGS = """
    a add arsen at beauti biolog care commun cr decid do egg emerg enjoy err even fluen form gener geolog hop hopp inter
    internation internat interv later log nation off organ past pol possib press rat relat say sens show sk tri univers
    use vietnam
""".split()
_ENDINGS = """
    able ably al alism ality alize ally ance ancy ant ate ated ates ating ation ational ative ator bility ble bly
    e ed edly eed eedly ely ement ence ency ent ently er es ess ful fully fulness ian ible ic ical icate icity ied
    ies ing ingly ion ions ish ism ist ists itive ity ive iveness ivity ization ize izer less lessly logist logy
    ly ment ments ness ogist ogists our ous ously ousness s sion ss sses tion tional us y ying
""".split()
_LISTED = """
    andes atlas bias canning cosmos dying early earring evening exceed gently herring howe idly inning lying news only
    outing paste pasting proceed singly skies skis sky succeed tying ugly
""".split()
_OTHERS = """
    министрами выборов чайковского правительства υπουργου εκλογεσ նախարարը ընտրություններ
    मंत्रियों सरकारें அமைச்சர்கள் தேர்தலில் الوزراء وبالوزير
""".split()
_BLOCKS = ((0x00, 0x52F), (0x5D0, 0x5EA), (0x621, 0x64A), (0xE01, 0xE3A), (0x1E00, 0x1FFF), (0x3041, 0x30FF),
           (0xFB00, 0xFB06), (0xFF10, 0xFF9F))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Analysis:
    """How words become terms in some installation. Two have the same ``fingerprint`` if they make the same terms of the
    same words; ``versions`` says, for people, what they do it with."""

    fingerprint: str = ""
    versions: str = "an unknown version of the stemmer"


@cache
def this_analysis() -> Analysis:
    """Return how words become terms here: an index answers only searches whose words become terms as its own did.

    The fingerprint is a digest of the stems and folds of some thousand words and letters, which a release that changes
    nothing leaves alone, and of the major and minor version of the stemmer, since these releases change the stems of
    words that no sample foresees. Of Unicode no version counts: it does not change what it once assigned.
    """
    release = version("PyStemmer")  # which Stemmer.version() does not always tell
    words = [*_LISTED, *map("".join, product(_BEGINNINGS, _ENDINGS))]
    letters = [chr(code) for first, last in _BLOCKS for code in range(first, last + 1)]
    made = [
        ".".join(release.split(".")[:2]),
        *_snowball.stemWords(words),
        *map(stem, _OTHERS),
        *(fold(letter) if WORD.fullmatch(letter) else "" for letter in letters),
    ]
    fingerprint = blake2b("\n".join(made).encode(), digest_size=8).hexdigest()
    return Analysis(fingerprint, f"PyStemmer {release} and Unicode {unicodedata.unidata_version}")


@lru_cache(maxsize=1 << 17)
def fold(word: str) -> str:
    """Return ``word`` without case and accents, folded code point by code point (``Sơn`` -> ``son``)."""
    if word.isascii():
        return word.lower()
    return "".join(_fold_letter(letter) for letter in word)


def word_pattern(text: str) -> re.Pattern[str]:
    """Return what finds the words of ``text`` and its parts, as ``WORD`` does, but mostly in half the time."""
    return WORD if _MARK.search(text) else _PLAIN_WORD


@lru_cache(maxsize=1 << 17)
def stem(term: str) -> str:
    """Return the stem of a folded word: Snowball's, of English for words in Latin letters, for those of other scripts
    of the language that ``_OF_SCRIPT`` tells; of Arabic words what is left without the article."""
    if term.isascii():
        return str(_snowball.stemWord(term))
    for letters, stemmer in _OF_SCRIPT.values():
        if letters.match(term):
            return str(stemmer.stemWord(term))
    article = _ARABIC_ARTICLE.match(term)
    return term[article.end() :] if article else str(_snowball.stemWord(term))


def tokens(text: str) -> list[Token]:
    """Return the tokens of ``text``: runs of letters and digits (one of more than 100 code points is cut into several),
    and each sign by itself of scripts without spaces."""
    return [Token(fold(found[0]), *found.span()) for found in word_pattern(text).finditer(text)]


def terms(text: str) -> list[str]:
    """Return the folded words of ``text``, in order."""
    if not text.isascii():
        for mark in _PUNCTUATION:
            text = text.replace(mark, " ")
    if text.isascii():  # the same, in a third of the time
        words = text.translate(_ASCII).split()
        if max(map(len, words), default=0) <= MAX_TOKEN:
            return words
    return list(map(fold, word_pattern(text).findall(text)))


def _fold_letter(letter: str) -> str:
    if SIGN.match(letter):
        wide = unicodedata.normalize("NFKC", letter)
        return wide if wide.isalnum() else letter  # its marks are no accents
    if letter.lower() in _WITH_THEIR_MARK:
        return letter.lower()
    if letter in "\u0640\u200c\u200d":
        return ""
    small = unicodedata.normalize("NFKD", letter).casefold()
    parts = [part for part in unicodedata.normalize("NFKD", small) if unicodedata.combining(part) in (0, _VIRAMA)]
    folded = "".join(_LETTERS.get(part, part) for part in parts)
    return (
        folded if folded.isalnum() or not parts else letter
    )  # else a ligature of several words, or a fraction: not a term


def letters(text: str) -> str:
    """Return the letters and digits of ``text``, case folded: what copies of it have in common."""
    if text.isascii():  # the same, in a fraction of the time
        return text.translate(_ASCII).replace(" ", "")
    return "".join(_ALPHANUMERIC.findall(text.casefold()))
