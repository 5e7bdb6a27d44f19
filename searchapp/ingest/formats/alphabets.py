"""Which of the encodings of one byte a character a text in Latin letters is in: the one in which its letters beyond
ASCII are those of one language. Guessers confuse these (charset-normalizer 3.4 reads Polish as Latvian)."""

import re
from collections import Counter

# By encoding, those first that count when it makes no difference; of each the languages written in it.
_WEST = {
    "de": "äöüß", "fr": "àâçéèêëîïôùûüœ", "es": "áéíóúüñ", "pt": "àáâãçéêíóôõúü", "it": "àèéìíîòóùú", "nl": "áéëïíóöüè",
    "sv": "åäöéü", "da": "æøåé", "fi": "äöåšž", "is": "áéíóúýðþæö", "ca": "àçèéíïòóúü·", "et": "äöõüšž", "eu": "ñçü",
}  # fmt: skip
_CENTRE = {
    "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "ro": "ăâîşţ",
    "hr": "čćđšž", "sl": "čšž", "sq": "çë",
}  # fmt: skip
_BALTIC = {"lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž"}
_TURKISH = {"tr": "çğıöşüâîû", "az": "çəğıöşü"}
_LANGUAGES = {
    "cp1252": _WEST | {"": "".join(_WEST.values())},
    "cp1250": _CENTRE,
    "iso8859_2": _CENTRE,
    "cp1254": _TURKISH,
    "cp1257": _BALTIC,
    "cp850": _WEST,
    "mac_roman": _WEST,
    "cp852": _CENTRE,
}
_SEVERAL = 0.95  # what letters count that are of several languages: a name among others
_SURE = 0.9  # the least share of letters that are of the language
_LATIN = re.compile(rb"[A-Za-z]")
_BEYOND = re.compile(rb"[\x80-\xff]")
_PRINT = frozenset("–—‘’“”„‚…€«»‹›°§©®™·•¡¿ºª£´\u00a0\u00ad†½¼¾×ºª²³")
_IN_A_WORD = re.compile(r"(?<=[^\W\d_])[^\x00-\x7f](?=[^\W\d_])|[^\x00-\x7f](?=[a-zß-ÿ])")


def latin_encoding(sample: bytes) -> str | None:
    """Return the encoding of a text in Latin letters that is no UTF-8; None if it is in other letters or none fits."""
    if len(_LATIN.findall(sample)) < len(_BEYOND.findall(sample)):
        return None
    best, found = _SURE, None
    for encoding, languages in _LANGUAGES.items():
        text = sample.decode(encoding, "replace")
        score = max(_share(text, letters) * (1 if name else _SEVERAL) for name, letters in languages.items())
        if score > best:
            best, found = score, encoding
    return found


def _share(text: str, letters: str) -> float:
    """Return which share of the characters beyond ASCII are of an alphabet; marks of print count only within words."""
    within = set(_IN_A_WORD.findall(text)) - set("’‘´·\u00ad")
    counted = Counter(each for each in text if each > "\x7f" and (each not in _PRINT or each in within))
    own = set(letters + letters.upper())
    return sum(count for each, count in counted.items() if each in own) / counted.total() if counted else 1.0
