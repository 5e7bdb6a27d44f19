"""A hundred queries of our own about what was said, and by whom: one to three words, half of them with a speaker."""

import random
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Literal

from benchmarks.archive import Wanted, articles
from searchapp.analysis import FUNCTION_WORDS, terms
from searchapp.query import parse
from searchapp.search import SearchRequest

NUMBER = 100
WARMING = 10
LONE_COMMON = 10  # of them ask for nothing but one of the commonest words
SAMPLE = 20_000  # articles that words and speakers are taken from
SEED = 11


def joins(archive: Path) -> list[Wanted]:
    """Return requests for articles one of whose statements satisfies all that is asked for, some to warm up first."""
    return [
        _wanted(f"said:({words}){speaker and f' speaker:{speaker}'}", "articles", number)
        for number, (words, speaker) in enumerate(_asked(archive))
    ]


def statements(archive: Path) -> list[Wanted]:
    """Return the same requests for the statements themselves."""
    return [
        _wanted(f"{words}{speaker and f' speaker:{speaker}'}", "statements", number)
        for number, (words, speaker) in enumerate(_asked(archive))
    ]


def _wanted(text: str, view: Literal["articles", "statements"], number: int) -> Wanted:
    return Wanted(view, number >= WARMING, SearchRequest(parse(text, view=view), view=view))


def _asked(archive: Path) -> Iterator[tuple[str, str]]:
    """Yield words and a quoted speaker or nothing. The words of one query stand in one statement, and half of the
    speakers are its own, so that some queries find much, some little and some nothing."""
    rng = random.Random(SEED)
    said = [
        (_words(article.body[statement.start : statement.end]), statement.speakers[0].name)
        for article in islice(articles(archive), SAMPLE)
        for statement in article.statements
    ]
    often = Counter(word for words, _ in said for word in set(words))
    common = [word for word, _ in often.most_common(60)]
    for number in range(WARMING + NUMBER):
        words, speaker = rng.choice([each for each in rng.sample(said, 50) if len(each[0]) >= 3])
        if rng.random() < 0.5:
            speaker = rng.choice(said)[1]
        chosen = rng.sample(words, 1 + number % 3)
        if number >= WARMING + NUMBER - LONE_COMMON:
            yield rng.choice(common), ""
        else:
            yield " ".join(chosen), f'"{speaker}"' if number // 3 % 2 else ""


def _words(text: str) -> list[str]:
    return sorted({word for word in terms(text) if len(word) > 2 and word.isalpha()} - FUNCTION_WORDS)
