"""Words that hyphens part at line ends are whole again; compounds and names keep theirs."""

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from searchapp.ingest.cleaning.hyphens import WRAP, undone


def mended(text: str, archive: frozenset[str] = frozenset()) -> str:
    return " ".join(undone(text, archive.__contains__, wrapped=True).replace(WRAP, " ").split())


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("The govern-\nment said so", "The government said so"),
        ("the spokes¬\nwoman of the ap¬\npeal court", "the spokeswoman of the appeal court"),
        ("the govern-\n\nment said so", "the government said so"),
        ("a well-\nknown and long-\nterm plan", "a well-known and long-term plan"),
        ("a mother-in-\nlaw, a 19-\nyear-old, the mid-\n1990s", "a mother-in-law, a 19-year-old, the mid-1990s"),
        ("was re-\nelected by a co-\noperative", "was re-elected by a co-operative"),
        ("Kim Jong-\nun met Jean-\nPierre Torv", "Kim Jong-un met Jean-Pierre Torv"),
        ("Kestri-\nnian crews, the Kestrinian way", "Kestrinian crews, the Kestrinian way"),
        ("the on-\nline shop; on-line since May", "the on-line shop; on-line since May"),
        ("OPPOSI-\nTION LEADER RESIGNS", "OPPOSITION LEADER RESIGNS"),
        ("pre- and post-war, a two- or three-year plan", "pre- and post-war, a two- or three-year plan"),
        ("the govern- ment and the oppo- sition", "the government and the opposition"),
        ("govern-ment, opposi-tion, secre-tary, e-mail", "government, opposition, secretary, e-mail"),
        ("one govern-ment alone", "one govern-ment alone"),
        ("Die Regie-\nrung ist im Hafen und sagt es nicht", "Die Regierung ist im Hafen und sagt es nicht"),
    ],
)  # fmt: skip
def test_a_hyphen_goes_where_the_whole_word_is_known(text: str, whole: str) -> None:
    assert mended(text) == whole


def test_the_archive_knows_words() -> None:
    assert mended("the torvi-\nlade of Nesk", frozenset({"torvilade"})) == "the torvilade of Nesk"


@examples(300)
@given(st.text(alphabet="abAB -¬‐\n\tst1.", max_size=60), st.booleans())
def test_only_hyphens_and_white_space_change(text: str, wrapped: bool) -> None:
    found = undone(text, lambda _: True, wrapped=wrapped)
    assert [sign for sign in found if sign.isalnum() or sign == "."] == [
        sign for sign in text if sign.isalnum() or sign == "."
    ]
