"""Invented articles for the tests of the engines: few words, so that random queries find some of them."""

import random
from datetime import date, timedelta

from searchapp.analysis import Span
from searchapp.article import KINDS, Article, Dated, Polarity, Speaker, Statement, with_statement_ids

WORDS = """grain grains grained harbour harbours vote votes voted voting minister Ministers treaty sailor
sailors Sờn café cafe COVID 19 粮食协议 orchard orchards the of and Tallow tallows""".split()
SPEAKERS = (
    Speaker("Oda Brisk", "Harbour Minister"),
    Speaker("Oda Brisk-Larn"),
    Speaker("Tomas Văn Ferrow"),
    Speaker("Guild of Millers", type="organisation"),
    Speaker("a spokesman", type="unnamed"),
)
SOURCES = (None, "Quay Gazette", "The Millstone", "Lantern Wire")
PLACES = (None, "Port Amber", "Old Ferrow")
LANGUAGES = ("en", "de", "und", "vi")
POLARITIES: tuple[Polarity, ...] = ("affirmed", "denied", "affirmed", "declined", "affirmed", "conditional", "affirmed")


def article(identity: str, body: str, title: str | None = None, **others: object) -> Article:
    """Return an article with ids for its statements."""
    return with_statement_ids(Article(identity, title, body, digest=f"digest of {identity}", **others))  # type: ignore[arg-type]


def on(year: int, month: int = 6, day: int = 15) -> Dated:
    """Return a date known to the day."""
    return Dated(date(year, month, day), date(year, month, day), "day", "dateline")


def statement(body: str, *said: str, by: tuple[Speaker, ...] = SPEAKERS[:1]) -> Statement:
    """Return a statement whose content are these pieces of ``body``, in order."""
    spans, at = [], 0
    for piece in said:
        start = body.index(piece, at)
        at = start + len(piece)
        spans.append(Span(start, at))
    return Statement(by, "said", "direct", None, 0.9, spans[0].start, spans[-1].end, tuple(spans))


def invented(count: int, seed: int = 1, statements: bool = True) -> list[Article]:
    """Return ``count`` random articles, always the same for a seed, named a0, a1, ..."""
    rng = random.Random(seed)
    return [_random(rng, f"a{number}", statements) for number in range(count)]


def _random(rng: random.Random, identity: str, statements: bool) -> Article:
    words = [rng.choice(WORDS) for _ in range(rng.randint(3, 30))]
    ends = zip(words, [*words[1:], ""], strict=True)  # of sentences and paragraphs
    words = [f"{word}." if after in ("Ministers", "COVID") else word for word, after in ends]
    words = [word.replace("orchards", "\n\norchards") for word in words]
    body = " ".join(words)
    found = tuple(_random_statement(rng, words) for _ in range(rng.randint(0, 4) if statements else 0))
    named = tuple(rng.sample(SPEAKERS, rng.randint(0, 1)))
    return article(
        identity,
        body,
        None if rng.random() < 0.2 else " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 4))),
        published=_random_date(rng),
        source=rng.choice(SOURCES),
        place=rng.choice(PLACES),
        language=LANGUAGES[len(body) % len(LANGUAGES)],
        speakers=tuple(dict.fromkeys(speaker for each in found for speaker in each.speakers)) + named,
        statements=found,
        added=None if len(words) % 7 == 0 else date(2026, 11, 1 + len(words) % 4),
    )


def _random_statement(rng: random.Random, words: list[str]) -> Statement:
    cuts = sorted(rng.sample(range(len(words) + 1), min(4, len(words) + 1)))
    starts = [len(" ".join(words[:cut])) for cut in cuts]
    content = [Span(starts[0], starts[1]), Span(starts[2], starts[3])][: rng.randint(1, 2)]
    by = tuple(rng.sample(SPEAKERS, rng.randint(1, 2)))
    chance, bounds = len(words) + cuts[0], (content[0].start, content[-1].end)
    return Statement(
        by,
        "said",
        KINDS[chance % len(KINDS)],
        on(2020, 1 + cuts[-1] % 12, 1 + chance % 3) if cuts[-1] % 3 else None,
        (0.95, 0.8, 0.63)[cuts[0] % 3],
        *bounds,
        tuple(content),
        polarity=POLARITIES[chance % len(POLARITIES)],
        act=("promised", "warned", "said", "denied")[cuts[-1] % 4],  # type: ignore[arg-type]
        base=("say", "warn", "", "decline to comment")[cuts[-1] % 4],
    )


def _random_date(rng: random.Random) -> Dated | None:
    if rng.random() < 0.15:
        return None
    first = date(2019, 1, 1) + timedelta(days=31 * rng.randrange(40))
    return Dated(first, first + timedelta(days=27), "month", "path") if rng.random() < 0.3 else on(first.year, 7, 2)
