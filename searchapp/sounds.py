"""What spellings of one name have in common: letters of other scripts in Latin ones, and what stands for a sound."""

from functools import lru_cache

# Spellings that transliterations of one name differ by; a word of three letters or fewer is taken as it stands.
_SOUNDS = (("tch", "ch"), ("sch", "sh"), ("ck", "k"), ("dh", "d"), ("x", "ks"), ("ou", "u"), ("oo", "u"), ("oe", "o"),
           ("ue", "u"), ("iy", "i"), ("yi", "i"), ("y", "i"))  # fmt: skip
_INNER_SOUNDS = (("kh", "h"), ("ph", "f"))
_ELSEWHERE = (("tsch", "ch"), ("w", "v"), ("j", "i"), ("y", "i"))  # as German, Polish and French newspapers write
# Cyrillic (Russian, Ukrainian, Bulgarian, Serbian) as English newspapers write it, and Greek; folded letters.
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфъыьэіїєґђјљњћџ", [
        "a", "b", "v", "g", "d", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "", "y", "",
        "e", "i", "i", "ye", "g", "dj", "j", "lj", "nj", "c", "dz",
    ], strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
    | dict(zip("αβγδεζηικλμνξοπρστυφχω", "a v g d e z i i k l m n x o p r s t y f ch o".split(), strict=True))
    | {"θ": "th", "ψ": "ps"}
)  # fmt: skip


def by_sound(word: str) -> str:
    """Return a key that the spellings of one folded name share (``sergei`` and ``sergey``)."""
    if len(word) < 4:
        return word
    for written, spoken in _SOUNDS:
        word = word.replace(written, spoken)
    for written, spoken in _INNER_SOUNDS:
        word = word[0] + word[1:].replace(written, spoken)
    return _single(word)


@lru_cache(maxsize=1 << 16)
def transliterated(word: str) -> str:
    """Return a wider key, which spellings in other languages and scripts share (``lawrow``, ``лавров``)."""
    word = word.translate(_LATIN)
    for written, spoken in _ELSEWHERE:
        word = word.replace(written, spoken)
    return by_sound(word)


def _single(word: str) -> str:
    return "".join(letter for letter, before in zip(word, " " + word, strict=False) if letter != before)
