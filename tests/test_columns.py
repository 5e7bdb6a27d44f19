"""Columns that grew by updates are those that are built at once, and come back from the disk as they were."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from engine_articles import SOURCES, SPEAKERS, article, on, statement
from hypothesis import given
from hypothesis import strategies as st

from searchapp.article import Article
from searchapp.engines.whoosh.columns import Columns, ColumnsBuilder

BODY = "The harbour is open, and the grain has come."

articles = st.lists(
    st.builds(
        lambda identity, years, source, said, sketch: article(
            identity,
            BODY,
            published=on(years[0]) if years else None,
            source=source,
            speakers=said,
            statements=tuple(statement(BODY, "harbour", by=(speaker,)) for speaker in said),
            sketch=sketch,
        ),
        st.sampled_from("edcba"),
        st.lists(st.integers(2019, 2021), max_size=1),
        st.sampled_from(SOURCES),
        st.lists(st.sampled_from(SPEAKERS), max_size=2).map(tuple),
        st.lists(st.integers(-3, 3), unique=True).map(tuple),
    ),
    max_size=12,
)


def grown(parts: Sequence[Sequence[Article]], deleted: set[str]) -> tuple[Columns, list[Article]]:
    """Return the columns of articles that come in several parts, and the articles of their rows."""
    columns = Columns.empty()
    so_far: list[Article] = []
    for number, part in enumerate(parts, 1):
        builder = ColumnsBuilder(columns, [each.id for each in so_far], [s.id for a in so_far for s in a.statements])
        for each in part:
            builder.add(each, 9, 2, [1] * len(each.statements))
        so_far += part
        columns = builder.build(deleted if number == len(parts) else ())
    return columns, so_far


def same(one: Columns, other: Columns) -> bool:
    ones, others = one.arrays(), other.arrays()
    return one.values == other.values and all(np.array_equal(ones[name], others[name]) for name in ones)


@given(articles, st.integers(0, 12), st.integers(0, 12), st.sets(st.sampled_from("abc")))
def test_columns_in_parts_are_those_at_once(made: list[Article], cut: int, other: int, deleted: set[str]) -> None:
    first, second = sorted((cut, other))
    whole, rows = grown([made], deleted)
    assert same(whole, grown([made[:first], made[first:second], made[second:]], deleted)[0])
    last = {each.id: row for row, each in enumerate(rows) if each.id not in deleted}
    assert np.flatnonzero(whole.alive).tolist() == sorted(last.values())
    assert np.argsort(whole.newest).tolist() == sorted(
        range(len(rows)), key=lambda row: (-whole.first[row], rows[row].id, row)
    )


@given(articles, st.integers(0, 12))
def test_their_head_is_what_they_were_before(made: list[Article], cut: int) -> None:
    whole, first = grown([made], set())[0], grown([made[:cut]], set())[0]
    again = ColumnsBuilder(
        whole.head(len(first.length)),
        [each.id for each in made[:cut]],
        [each.id for one in made[:cut] for each in one.statements],
    ).build()
    for name in ("newest", "oldest", "said_newest", "said_oldest", "sketch", "sketch_row", "speaker", "said_speaker"):
        assert np.array_equal(getattr(again, name), getattr(first, name)), name


@given(articles)
def test_saved_columns_come_back(made: list[Article]) -> None:
    columns, _ = grown([made], {"a"})
    with TemporaryDirectory() as folder:
        columns.save(Path(folder))
        assert same(Columns.load(Path(folder)), columns)
