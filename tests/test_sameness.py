"""Copies of one story are known again; takes of one report, and others, are not taken for them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.article import Article
from searchapp.sameness import KEPT, alike, same, sketch

SENTENCES = """
The harbour council of Brackwater voted on Monday to close the old salt dock for repairs that will take 14 months.
Its chairman, Oddmund Skarre, said that the timber piles had been eaten hollow and that a lorry sank there in May.
About 230 fishermen who land their herring there will be sent to the coal pier, which has two cranes and no ice house.
“Nobody has asked the herring,” the skipper Petra Lindholt told the meeting, and was asked to sit down.
The work will cost 8.6 million crowns, of which the province pays 1,750,000 and the council borrows the rest.
A study in the spring had found three other docks in the same state, but left them out of the estimate.
The pilots' guild warned that ships of more than 90 metres could no longer turn in the inner basin after dark.
Skarre promised a lamp on the eastern mole before the first frost, and a second one if the first is stolen again.
""".strip().split("\n")
OTHERS = """
The museum of Upper Lenn has bought a glass organ that was played only once, at the wedding of a miller.
Its keeper said the instrument arrived in eleven crates and that one of them held nothing except a letter of apology.
Snow fell on the passes for the ninth day, and the post was carried over them by a man with a very old dog.
The choir of the railway school sang for the guests until the heating failed and the conductor asked for their coats.
""".strip().split("\n")
STORY = " ".join(SENTENCES)
WORDS = STORY.split()
TAKE = (
    "The Bank of Tarn lent {} million crowns to the money market on {} morning, against bills that fall due within {} "
    "days. It had put the day's shortage at {} million. Dealers said that the overnight rate opened at {} per cent and "
    "that taxes would drain a further {} million by the close."
)
TAKES = [TAKE.format(45, "Monday", 14, 210, "5.25", 80), TAKE.format(120, "Thursday", 28, 305, "6.1", 15)]
texts = st.text(st.characters(codec="utf8"), max_size=400) | st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def told(one: str, other: str) -> bool:
    """Whether one leads to the other in an archive: by the sketch, then by the closer look."""
    first, second = (Article(text, None, text, sketch=sketch(text)) for text in (one, other))
    return list(alike(first, [second])) == [second]


@pytest.mark.parametrize(
    "variant",
    [
        " ".join(WORDS[: len(WORDS) * 2 // 5]),
        " ".join(WORDS[:40] + WORDS[90:]),
        STORY.upper().replace(" ", "\n"),
        STORY.replace(",", "").replace("“", '"').replace("”", '"').replace(". ", " - "),
        " ".join([*OTHERS[:2], *SENTENCES[1:]]),
        " ".join(OTHERS[n // 2] if n % 2 else each for n, each in enumerate(SENTENCES)),
    ],
    ids=["truncated", "cut in the middle", "re-wrapped and re-cased", "other marks", "new lead", "half replaced"],
)
def test_a_copy_is_known_again(variant: str) -> None:
    assert told(STORY, variant)
    assert told(variant, STORY)


def test_takes_of_one_report_are_told_apart_by_their_numbers() -> None:
    assert set(sketch(TAKES[0])) & set(sketch(TAKE.format(45, "Monday", 14, 210, "5.25", 90)))
    assert not same(*TAKES)
    assert not told(*TAKES)


def test_other_stories_are_not_it() -> None:
    assert not same(STORY, " ".join(OTHERS))
    assert not same(STORY, " ".join([*OTHERS, SENTENCES[3]]))  # that quotes one sentence of it


def test_marks_within_numbers_do_not_count() -> None:
    assert sketch(STORY.replace("1,750,000", "1750000")) == sketch(STORY)
    assert sketch(STORY.replace("1,750,000", "1,760,000")) != sketch(STORY)


def test_a_text_too_short_to_be_told_from_others_has_no_sketch() -> None:
    assert sketch("Quarterly dividend 15 cents, against 15 cents before, payable on the first of June.") == ()
    assert sketch("") == ()


def test_the_sketch_is_fixed() -> None:
    """Indexes hold it: to change it is to count SCHEMA up."""
    assert sketch(" ".join(WORDS[:24]))[:3] == (23999013, 40235653, 271341679)


@given(texts)
def test_a_sketch_is_bounded_ascending_and_of_words_alone(text: str) -> None:
    made = sketch(text)
    assert made == tuple(sorted(set(made)))
    assert len(made) <= KEPT
    assert all(0 <= value < 2**31 for value in made)
    assert sketch(f"\n{text}  ") == made


@given(st.permutations(WORDS[:50]), st.randoms())
def test_white_space_and_case_do_not_count(words: list[str], rng: random.Random) -> None:
    dressed = "".join(rng.choice((word.upper(), word)) + rng.choice((" ", "\n", "\t ")) for word in words)
    assert sketch(dressed) == sketch(" ".join(words))
    assert same(dressed, " ".join(words))


@given(texts, texts)
def test_to_be_the_same_is_mutual(one: str, other: str) -> None:
    assert same(one, other) == same(other, one)


@given(st.text(max_size=50), st.sampled_from(WORDS))
def test_a_text_with_a_word_is_the_same_as_itself(text: str, word: str) -> None:
    assert same(f"{text} {word}", f"{text} {word}")


def test_alike_keeps_the_order_and_leaves_out_what_shares_too_little() -> None:
    def article(name: str, text: str) -> Article:
        return Article(name, None, text, sketch=sketch(text))

    copies = [article("b", " ".join(WORDS[:60])), article("a", STORY.lower())]
    unsketched = Article("c", None, STORY)
    assert (
        list(alike(article("x", STORY), [copies[0], article("o", " ".join(OTHERS)), unsketched, copies[1]])) == copies
    )
