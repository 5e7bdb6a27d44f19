"""What comes first, and that what only ranks changes nothing of what is found."""

from collections.abc import Callable
from math import log1p
from pathlib import Path

import pytest

from searchapp.analysis import terms
from searchapp.engines import open_engine
from searchapp.engines.protocol import Engine
from searchapp.engines.ranking import K1, PHRASE, TITLE, B
from searchapp.query import And, InStatement, Or, neighbours, parse
from searchapp.query.nodes import MOST_NEIGHBOURS
from searchapp.search import SearchRequest
from tests.engine_articles import article, on

Asking = Callable[..., list[tuple[str, float]]]


def _pairs(text: str, **how: str) -> list[tuple[str, ...]]:
    return [words.terms for words in neighbours(parse(text, **how).tree)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quay", []),
        ("quay toll rise", [("quay", "toll"), ("toll", "rise")]),
        ("quay rise -toll", [("quay", "rise")]),
        ("tolls of the quay", [("tolls", "quay")]),
        ("what is the toll which quay barges pay", [("toll", "quay"), ("quay", "barges"), ("barges", "pay")]),
        ("deep-water quay", [("deep",), ("water",), ("water", "quay")]),
        ('"toll of quay" barge', [("toll",), ("of",), ("quay",), ("quay", "barge")]),
        ("quay tol* barge rise", [("barge", "rise")]),
        ("title:quay title:toll", []),
    ],
)
def test_neighbours_are_bare_words_typed_side_by_side(text: str, expected: list[tuple[str, ...]]) -> None:
    assert _pairs(text, match="any") == expected


def test_neighbours_are_told_in_either_view_and_match() -> None:
    assert _pairs("quay toll") == _pairs("quay toll", view="statements") == [("quay", "toll")]
    assert _pairs("quay toll source:gazette date:2021", match="any") == [("quay", "toll")]
    assert {words.field for words in neighbours(parse("quay toll", view="statements").tree)} == {"said"}
    assert not neighbours(InStatement(parse("quay toll", view="statements").tree))


def test_neighbours_of_a_long_query_are_bounded() -> None:
    text = " ".join(f"w{number}" for number in range(60))
    assert len(_pairs(text, match="any")) == MOST_NEIGHBOURS


FILLER = " ".join(f"filler{number}" for number in range(12))
ARTICLES = [
    article("apart", f"harbour {FILLER} orchard", "Notes", published=on(2021)),
    article("beside", f"{FILLER} harbour orchard", "Notes", published=on(2019)),
    article("turned", f"{FILLER} orchard harbour", "Notes", published=on(2020)),
    article("other", f"{FILLER} millstone lantern", "Notes", published=on(2021)),
    article("parts", f"{FILLER} tallow vote treaty", "Notes", published=on(2020)),
    article("none", f"{FILLER} vote treaty sailor", "Notes", published=on(2021)),
]


@pytest.fixture(params=["whoosh", "tantivy"])
def ask(request: pytest.FixtureRequest, tmp_path: Path) -> Asking:
    engine: Engine = open_engine(f"{request.param}:{tmp_path / 'index'}")
    with engine.lock():
        engine.reindex(ARTICLES)

    def asked(text: str, match: str = "all") -> list[tuple[str, float]]:
        query = parse(text, match=match)  # type: ignore[arg-type]
        return [(hit.article.id, hit.score) for hit in engine.search(SearchRequest(query)).hits]

    return asked


@pytest.mark.parametrize("match", ["all", "any"])
def test_words_side_by_side_are_worth_more_and_find_no_more(ask: Asking, match: str) -> None:
    hits = ask("harbour orchard", match)
    assert [identity for identity, _ in hits] == ["beside", "apart", "turned"]
    assert hits[1][1] == pytest.approx(hits[2][1])
    assert hits[0][1] == pytest.approx(hits[1][1] * (1 + PHRASE), rel=1e-3)  # a phrase has its words' idf


def test_a_part_of_a_word_counts_where_something_else_matches(ask: Asking) -> None:
    assert [identity for identity, _ in ask("tallow-light vote treaty", "any")] == ["parts", "none"]
    assert ask("tallow-light", "any") == []


def test_a_word_is_worth_its_bm25(ask: Asking) -> None:
    lengths = [TITLE * len(terms(each.title or "")) + len(terms(each.body)) for each in ARTICLES]
    damping = K1 * (1 - B + B * lengths[0] / (sum(lengths) / len(lengths)))
    ((_, once),) = ask("millstone")
    ((_, titled), *_) = ask("notes")
    assert titled / once == pytest.approx(_idf(6) * _grown(TITLE, damping) / (_idf(1) * _grown(1, damping)), rel=1e-3)


def test_a_word_that_is_typed_twice_is_worth_what_it_is_worth_once(ask: Asking) -> None:
    once = ask("sailor lantern", "any")
    assert sorted(identity for identity, _ in once) == ["none", "other"]
    assert ask("sailor lantern sailors", "any") == once
    assert ask("sailor sailors", "all") == ask("sailor", "all")


def _idf(rows: int) -> float:
    return log1p((len(ARTICLES) - rows + 0.5) / (rows + 0.5))


def _grown(often: int, damping: float) -> float:
    return often * (K1 + 1) / (often + damping)


def test_a_headline_in_capitals_is_read_as_words() -> None:
    query = parse("GRAIN AND GAS TOLLS NOT RAISED", match="any")
    assert query.left_out == ("and", "not")
    assert isinstance(query.tree, Or)
    assert [getattr(part, "terms", None) for part in query.tree.parts] == [
        ("grain",), ("gas",), ("tolls",), ("raised",)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("GRAIN AND GAS TOLLS NOT RAISED", "all"),
        ("GRAIN AND GAS", "any"),
        ("Grain AND gas", "any"),
    ],
)
def test_operators_elsewhere_stay_operators(text: str, match: str) -> None:
    query = parse(text, match=match)  # type: ignore[arg-type]
    assert query.left_out == ()
    assert isinstance(query.tree, And)
