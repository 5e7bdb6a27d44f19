"""Which words a text writes as names, and which with marks. All names are invented."""

import pytest
import timing

from searchapp.written import bears, forms, forms_of, names_in


@pytest.mark.parametrize(
    ("title", "body", "names"),
    [
        ("", "Ore rose, said Ann Price. The price of ore fell.", {"ann", "price"}),
        ("", "Price rises hit all. The price rose.", set()),
        ("", "Ore rose and, Mr. Price said, the price of ore rose.", {"mr", "price"}),
        ("PRICE OF ORE RISES", "The ore and its price rose.", set()),
        ("Price Of Ore Rises", "The ore and its price rose, and that rises.", set()),
        ("Quayle to go", "The mayor is to go.", {"quayle"}),
        ("", "US troops told us so. IT", {"us", "it"}),
        ("", "Một con đường ở Việt Nam.", {"một", "việt", "nam"}),
    ],
)
def test_a_name_has_a_capital_inside_a_sentence_or_everywhere(title: str, body: str, names: set[str]) -> None:
    assert names_in(title, body) - {"of", "ore", "the"} == names


def test_forms_tell_marks_and_names_apart() -> None:
    body = "Con đường của ông Dương ở U.S. và NAM"
    assert forms(body, names_in("", body)) >= {"=đường", "=dương", "^dương", "^us", "^nam"}
    assert forms("đường", frozenset()) == {"=đường"}
    assert forms("no name", names_in("", body)) == frozenset()


def test_a_word_bears_the_form_that_it_has() -> None:
    assert forms_of("Dương") == ("=dương", "^dương")
    assert bears("Dương", "^dương")
    assert not bears("dương", "^dương")
    assert bears("ĐƯỜNG", "=đường")
    assert not bears("Dương", "=đường")
    assert bears("Dương", "duong")


@pytest.mark.parametrize("piece", ["Price price ", "A", "é ", "U.", "Mr. ", "Ab ab ", "aB"])
def test_long_text_takes_linear_time(piece: str) -> None:
    text = (piece * 400_000)[:400_000]
    assert timing.seconds(lambda: forms(text, names_in(text, text))) < 3


def test_many_different_words_take_linear_time() -> None:
    text = " ".join(f"Word{number} word{number}" for number in range(30_000))
    assert timing.seconds(lambda: forms(text, names_in("", text))) < 3
