"""A passage is a true piece of its article, shows why it was found, and marks exactly the query's words."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_articles import ARTICLES, BRASK, VELA, said, written

from searchapp import query, snippets
from searchapp.analysis import Span
from searchapp.model import Article, Choice, Filters, Hit, SearchRequest, View

FERRY, PILOTS, VACCINES, FEES = ARTICLES[:4]


def tree(text: str, view: View = "articles", **filters: Choice) -> query.Node:
    return SearchRequest(query.parse(text, view=view), view=view, filters=Filters(**filters)).tree()


def found(article: Article, text: str, **filters: Choice) -> tuple[snippets.Passage, ...]:
    return snippets.passages(Hit(article, None, 1.0), tree(text, **filters))


def marked(passage: snippets.Passage) -> list[str]:
    return [passage.text[start:end] for start, end in passage.marks]


def article(body: str, title: str | None = None) -> Article:
    return Article("x", title, body)


words = st.lists(
    st.sampled_from("ferry harbour Ferries, mole. “Fee” said\n\n the of a Sơn x COVID-19 — 12 boats!".split(" ")),
    max_size=300,
)


@given(words, st.sampled_from(["ferry", "ferry harbour", '"harbour fee"', "ferr*", "mole~", "COVID-19", "son"]))
def test_passages_are_pieces_of_the_body_and_their_marks_its_words(some: list[str], asked: str) -> None:
    body = " ".join(some)
    passages = found(article(body), asked)
    assert len(passages) <= 2
    at = 0
    for passage in passages:
        assert passage.text == body[passage.start : passage.end]
        assert passage.start >= at
        assert len(passage.text) <= 2 * snippets.LENGTH
        at, last = passage.end, 0
        for start, end in passage.marks:
            assert last <= start < end <= len(passage.text)
            last = end
    all_marks = snippets.marks(body, tree(asked), ("text", "body"))
    assert bool(all_marks) == any(passage.marks for passage in passages)


@pytest.mark.parametrize(
    ("asked", "text", "marks"),
    [
        ("vaccine", "Vaccines, a vaccine and a cine", ["Vaccines", "vaccine"]),
        ("vacc*", "Vaccines and vacant vaccs", ["Vaccines", "vaccs"]),
        ("harbor~", "The harbour", ["harbour"]),
        ("son", "Sơn spoke", ["Sơn"]),
        ('"harbour fee"', "harbour fees, a fee for the harbour", ["harbour fees"]),
        ("COVID-19", "COVID 19 and COVID", ["COVID 19"]),
        ("ferry -boat", "a ferry is a boat", ["ferry"]),
        ("ferry OR boat", "a ferry is a boat", ["ferry", "boat"]),
        ("title:ferry", "a ferry", []),
        ("body:ferry", "a ferry", ["ferry"]),
    ],
)
def test_words_are_marked_as_the_query_means_them(asked: str, text: str, marks: list[str]) -> None:
    found = snippets.marks(text, tree(asked), ("text", "body"))
    assert [text[start:end] for start, end in found] == marks


def test_the_passage_with_the_most_different_words_wins() -> None:
    filler = "Nothing happened that day in the town. " * 30
    body = f"The ferry sailed. {filler}The ferry carried grain to Skarn. {filler}Grain was cheap."
    passages = found(article(body), "ferry grain")
    assert ["ferry", "grain"] in [marked(passage) for passage in passages]
    assert len(passages) == 2


def test_a_passage_begins_with_its_sentence_when_that_is_near() -> None:
    filler = "Nothing happened that day in the town. " * 30
    (passage,) = found(article(f"{filler}Once more a ferry sailed. {filler}"), "ferry")
    assert passage.text.startswith(("Once more", "Nothing happened"))
    assert passage.text.endswith(".")
    assert snippets.cut_ends(f"{filler}Once more a ferry sailed. {filler}", Span(passage.start, passage.end)) == (
        False,
        False,
    )


def test_without_a_sentence_in_reach_a_passage_is_cut_between_words() -> None:
    body = "many words and " * 100 + "ferry " + "more words and " * 100
    (passage,) = found(article(body), "ferry")
    assert body[passage.start - 1] == " "
    assert body[passage.end] == " "
    assert snippets.cut_ends(body, Span(passage.start, passage.end)) == (True, True)


def test_when_only_the_title_holds_the_words_it_is_a_passage() -> None:
    title, beginning = found(article("Nobody came. Nobody went.", "Ferry & fees"), "ferry")
    assert (title.field, marked(title)) == ("title", ["Ferry"])
    assert (beginning.field, beginning.start, beginning.marks) == ("body", 0, ())


def test_an_article_without_a_body_has_no_passage() -> None:
    assert found(article(""), "ferry") == ()
    assert found(article(""), "") == ()


def test_without_words_the_beginning_is_shown() -> None:
    (passage,) = found(FERRY, "")
    assert passage.start == 0
    assert passage.marks == ()


def test_without_words_a_speaker_asked_for_is_shown_speaking() -> None:
    (passage,) = found(FERRY, "", speaker=Choice(("Đào Thị Linh",)))
    assert passage.text.startswith("“We counted every bolt twice")
    (passage,) = found(FERRY, "speaker:okorowski")
    assert passage.text.startswith("Tomas Okorowski, the mayor")


def test_said_marks_only_what_was_said_in_a_statement_that_matches() -> None:
    body = "“The ferry sails,” said Irena Velacourt. The ferry is old. “No ferry sails,” Edvin Brask said."
    first = said(body, "“The ferry sails,” said Irena Velacourt.", "“The ferry sails,”", VELA)
    second = said(body, "“No ferry sails,” Edvin Brask said.", "“No ferry sails,”", BRASK)
    both = written("x", None, body, first, second)
    places = [at for at in range(len(body)) if body.startswith("ferry", at)]
    assert [mark.start for mark in snippets.body_marks(both, tree("ferry"))] == places
    assert [mark.start for mark in snippets.body_marks(both, tree("said:ferry"))] == [places[0], places[2]]
    by_brask = tree("said:ferry speaker:brask")
    assert [mark.start for mark in snippets.body_marks(both, by_brask)] == [places[2]]
    by_filter = tree("said:ferry", speaker=Choice(("Irena Velacourt",)))
    assert [mark.start for mark in snippets.body_marks(both, by_filter)] == [places[0]]


def test_a_statement_is_its_own_passage_and_its_attribution_is_not_marked() -> None:
    statement = VACCINES.statements[0]
    (passage,) = snippets.passages(Hit(VACCINES, statement, 1.0), tree("vaccine OR irena", "statements"))
    assert (passage.start, passage.end) == (statement.start, statement.end)
    assert marked(passage) == ["vaccine"]


def test_a_very_long_statement_is_cut_around_its_words() -> None:
    body = "“" + "many words and " * 100 + "ferry " + "more words and " * 100 + "” said Irena Velacourt."
    statement = said(body, body, body[: body.index(" said")], VELA)
    one = written("x", None, body, statement)
    (passage,) = snippets.passages(Hit(one, one.statements[0], 1.0), tree("ferry", "statements"))
    assert marked(passage) == ["ferry"]
    assert len(passage.text) < 2 * snippets.LENGTH


def test_ten_long_bodies_take_milliseconds() -> None:
    sentence = "The minister said that vaccines would reach the islands before winter, and nobody objected to it. "
    bodies = [((sentence + f"Ferry {number} sailed. ") * 50)[:5000] for number in range(10)]
    hits = [Hit(article(body), None, 1.0) for body in bodies]
    asked = tree('vaccine "before winter" ferr*')
    best = float("inf")
    for _ in range(7):
        begun = time.perf_counter()
        for hit in hits:
            assert len(snippets.passages(hit, asked)) == 2
        best = min(best, time.perf_counter() - begun)
    assert best < 0.040  # under 10 ms on an idle core


def test_article_marks_do_not_depend_on_other_articles() -> None:
    assert snippets.title_marks(FEES, tree("fee")) == [Span(8, 12)]
    assert snippets.title_marks(replace(FEES, title=None), tree("fee")) == []
    assert snippets.body_marks(PILOTS, tree("zeppelin")) == []
