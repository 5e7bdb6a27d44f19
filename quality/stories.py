"""Are copies of one story told from takes of one report? Variants made of Reuters articles, and their neighbours."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from benchmarks.archive import REUTERS
from quality.floors import Measured
from quality.measures import Bench, read
from searchapp.article import Article
from searchapp.sameness import alike, sketch

WHAT = "the same story"
SEED = 42
ORIGINALS = 1_500  # articles of which variants are made
LONG = 60  # words of an original: of a shorter one half would be a sentence or two
PAIRS = 8  # at most, of articles under one headline
APART = 3  # days at least: a story is often sent again on the next
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z\"<(])")
_MARK = re.compile(r"[,;:\"'()]")


@dataclass(frozen=True, slots=True)
class Stranger:
    """What variants take from elsewhere: sentences of other articles, and their words."""

    sentences: Sequence[str]
    words: Sequence[str]


Variant = Callable[[str, Stranger, random.Random], str]


def sameness(bench: Bench) -> Iterator[Measured]:
    """Measure how many variants are found to be their original's story, by kind and on the whole; and how many of all
    pairs that are found are such, where each original also meets others under the same headline on other days, and
    its variants meet them too."""
    rows = [row for row in read(bench.shared / "bench" / REUTERS.name) if len(row["text"].split()) >= LONG]
    rng = random.Random(SEED)
    stranger = _stranger(rng.sample(rows, ORIGINALS))
    originals = {row["id"]: row["text"] for row in rng.sample(rows, ORIGINALS)}
    right = 0
    for kind, vary in VARIANTS.items():
        found = sum(_found(text, vary(text, stranger, rng)) for text in originals.values())
        right += found
        yield Measured(WHAT, f"recall, {kind}", found / len(originals))
    wrong = pairs = 0
    for one, other in _takes(rows, rng):
        texts = [one, *(vary(one, stranger, rng) for vary in VARIANTS.values())]
        pairs += len(texts)
        wrong += sum(_found(text, other) for text in texts)
    yield Measured(WHAT, "recall", right / (len(VARIANTS) * len(originals)))
    yield Measured(WHAT, f"of {pairs:,} pairs of takes called the same", wrong / pairs)
    yield Measured(WHAT, "precision", right / (right + wrong))


def _found(one: str, other: str) -> bool:
    """Say whether one text leads to the other as it does in an archive: by the sketch, then by the closer look."""
    article, candidate = (Article(name, None, text, sketch=sketch(text)) for name, text in (("a", one), ("b", other)))
    return any(alike(article, [candidate]))


def _takes(rows: Sequence[dict[str, str]], rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield texts under headlines that begin with the same three words, some days apart."""
    families = defaultdict(list)
    for row in rows:
        words = re.findall(r"[A-Za-z.&]+", row["title"] or "")
        if len(words) >= 3:
            families[" ".join(words[:3]).lower()].append((date.fromisoformat(row["date"]), row["text"]))
    for family in families.values():
        pairs = [(a, b) for (day, a), (other, b) in combinations(family[:40], 2) if abs((day - other).days) >= APART]
        yield from rng.sample(pairs, min(PAIRS, len(pairs)))


def _stranger(rows: Sequence[dict[str, str]]) -> Stranger:
    sentences = [each for row in rows for each in _sentences(row["text"]) if 60 < len(each) < 300]
    return Stranger(sentences, [word for each in sentences[:300] for word in each.split()])


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(" ".join(text.split()))


def _truncated(text: str, _stranger: Stranger, rng: random.Random) -> str:
    words = text.split()
    return " ".join(words[: int(len(words) * rng.uniform(0.4, 0.7))])


def _rewrapped(text: str, _stranger: Stranger, rng: random.Random) -> str:
    words = [_MARK.sub("", word) for word in text.split()]
    words = [word.upper() if rng.random() < 0.3 else word.lower() for word in words]
    return "\n".join(" ".join(words[start : start + 9]) for start in range(0, len(words), 9))


def _cut(text: str, _stranger: Stranger, rng: random.Random) -> str:
    words = text.split()
    start, length = (int(len(words) * rng.uniform(0.2, 0.4)) for _ in range(2))
    return " ".join(words[:start] + words[start + length :])


def _with_new_lead(text: str, stranger: Stranger, rng: random.Random) -> str:
    sentences = _sentences(text)
    kept = sentences[1:] if len(sentences) > 2 and rng.random() < 0.5 else sentences
    return " ".join(rng.sample(stranger.sentences, rng.choice((1, 2))) + kept)


def _half_replaced(text: str, stranger: Stranger, rng: random.Random) -> str:
    return " ".join(rng.choice(stranger.sentences) if n % 2 else each for n, each in enumerate(_sentences(text)))


def _half_reworded(text: str, stranger: Stranger, rng: random.Random) -> str:
    def reworded(sentence: str) -> str:
        return " ".join(rng.choice(stranger.words) if rng.random() < 0.5 else word for word in sentence.split())

    return " ".join(reworded(each) if n % 2 else each for n, each in enumerate(_sentences(text)))


VARIANTS: dict[str, Variant] = {
    "truncated": _truncated,
    "re-wrapped": _rewrapped,
    "cut in the middle": _cut,
    "with a new lead": _with_new_lead,
    "half of its sentences replaced": _half_replaced,
    "half of its sentences reworded": _half_reworded,
}
