"""A passage is a true piece of its article, shows why it was found, and marks exactly the query's words."""

import random
from dataclasses import replace

import pytest
import timing
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from web_articles import ARTICLES, BRASK, VELA, said, written

from searchapp import query
from searchapp.analysis import Span, fold, tokens
from searchapp.answers import snippets
from searchapp.article import Article
from searchapp.fields import View
from searchapp.search import Choice, Filters, Hit, SearchRequest

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


@given(
    words,
    st.sampled_from(
        [
            "ferry",
            "ferry harbour",
            "ferry w/4 harbour",
            "fee /s mole",
            '"harbour fee"',
            "ferr*",
            "mole~",
            "COVID-19",
            "son",
        ]
    ),
)
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
        ("ferry w/3 mole", "a ferry, the mole, and only then another ferry", ["ferry", "mole"]),
        ("ferry pre/3 mole", "the mole by the ferry, then a mole", ["ferry", "mole"]),
        ("fer! /s mole", "A ferry. The mole has no ferries. Ferry", ["mole", "ferries"]),
        ("ferry /p mole", "A mole.\n\nThe ferry of Mr. Oda is late. The mole", ["ferry", "mole"]),
        ("ferry w/1 mole pre/1 quay", "mole ferry quay ferry mole quay ferry", ["ferry", "mole", "quay"]),
        (
            '"harbour fee"~2 boat',
            "fee for harbour, a boat, a fee, harbour",
            ["fee", "harbour", "boat", "fee", "harbour"],
        ),
        ("-(ferry w/3 mole) boat", "ferry mole boat", ["boat"]),
        ("title:ferry", "a ferry", []),
        ("body:ferry", "a ferry", ["ferry"]),
    ],
)
def test_words_are_marked_as_the_query_means_them(asked: str, text: str, marks: list[str]) -> None:
    found = snippets.marks(text, tree(asked), ("text", "body"))
    assert [text[start:end] for start, end in found] == marks


def plainly(text: str, asked: query.Node) -> list[Span]:
    """What ``marks`` promises, slowly: each token by itself, and what overlaps as one."""
    words, spans = tokens(text), []
    for leaf in query.leaves(asked, positive=True):
        if isinstance(leaf, query.Word):
            tests = query.accepts(leaf)
            for at in range(len(words) - len(tests) + 1):
                stand = words[at : at + len(tests)]
                if all(accept(word.term) for accept, word in zip(tests, stand, strict=True)):
                    spans.append(Span(stand[0].start, stand[-1].end))
    merged: list[Span] = []
    for start, end in sorted(spans):
        overlap = bool(merged) and start < merged[-1].end
        merged[-1:] = (
            [Span(merged[-1].start, max(end, merged[-1].end))] if overlap else [*merged[-1:], Span(start, end)]
        )
    return merged


ROOTS = """ferr di d ly l sk sky cit tie mak hop plann generat univers rel val stab vi use a x o 1 covid sơn
    straß æg Æ Ŀ İs ΣΑ ｆｅ ½ 港 Ꭰ ferryferry""".split()
ENDINGS = """y ie ies ied ying yings ing ings ed edly e es s er ly li al ation ational ency enci bility bly ability
    ization ize iveness fulness ousness ity ment tion ogist""".split()
letters = st.text(st.characters(whitelist_categories=("L", "N", "P")), min_size=1, max_size=4)
written_words = st.one_of(
    st.builds(
        "".join, st.tuples(st.sampled_from(ROOTS), st.sampled_from(["", *ENDINGS]), st.sampled_from(["", *ENDINGS]))
    ),
    letters,
)
any_case = st.builds(
    lambda word, change: change(word), written_words, st.sampled_from([str, str.upper, str.title, str.casefold])
)
long_runs = st.builds(
    lambda word, times, rest: word * times + rest, any_case, st.sampled_from([1, 25, 60, 100]), any_case
)
texts = st.lists(
    st.tuples(
        st.one_of(any_case, any_case, any_case, long_runs), st.sampled_from([" ", " ", "’", " — ", "\n", "_", ", Ⓐ"])
    ),
    max_size=30,
).map(lambda pairs: "".join(word + gap for word, gap in pairs))


@examples(150)
@given(texts, st.data())
def test_marks_are_the_tokens_that_the_query_accepts(text: str, data: st.DataObject) -> None:
    in_text = [each.term for each in tokens(text)] or ["ferry"]
    terms = st.one_of(st.sampled_from(in_text), st.sampled_from(ENDINGS))
    leaves = st.one_of(
        st.builds(query.Words, st.just("text"), st.lists(terms, min_size=1, max_size=2).map(tuple)),
        st.builds(query.Prefix, st.just("text"), terms.map(lambda term: term[:3])),
        st.builds(query.Fuzzy, st.just("text"), terms, st.sampled_from([1, 2])),
    )
    few, many = st.lists(leaves, min_size=1, max_size=3), st.lists(leaves, min_size=30, max_size=30)
    asked = query.Or(tuple(data.draw(st.one_of(few, few, many))))
    assert snippets.marks(text, asked, ["text"]) == plainly(text, asked)


@given(written_words.filter(str.isalnum))
def test_a_word_finds_itself_whatever_its_stem(word: str) -> None:
    for text in (word, word.upper(), f"the {word}, or the"):
        asked = query.Words("text", (fold(tokens(word)[0].term),))
        assert snippets.marks(text, asked, ["text"]) == plainly(text, asked)


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("die", "dying"),
        ("lie", "lying"),
        ("tie", "Tying"),
        ("sky", "skies"),
        ("city", "Cities"),
        ("make", "MAKING"),
        ("agency", "agencies"),
        ("ferry", "Ferries"),
        ("us", "US"),
        ("strasse", "Straße"),
    ],
)
def test_forms_of_a_word_are_found_though_their_letters_differ(asked: str, word: str) -> None:
    assert snippets.marks(f"so {word}.", tree(asked), ["text"]) == [Span(3, 3 + len(word))]


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["ferry ", "f", "ferryferry", "x" * 99 + " ", "x" * 99 + ",", "é", "Æ ", "ferry. ", "“", " "]
)
@pytest.mark.parametrize("asked", ["ferry", "ferr*", "ferry~", '"ferry fee"', "a OR f"])
def test_a_hostile_text_takes_linear_time(unit: str, asked: str) -> None:
    def seconds(length: int) -> float:
        body = unit * (length // len(unit))
        return timing.seconds(lambda: found(article(body), asked))

    small = seconds(10_000)
    assert seconds(80_000) < 12 * small + 0.3


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


def test_without_words_the_statement_asked_for_is_shown() -> None:
    promise = next(each for each in FERRY.statements if "promised" in FERRY.body[each.start : each.end])
    ferry = replace(
        FERRY, statements=tuple(replace(each, act="promised") if each is promise else each for each in FERRY.statements)
    )
    (passage,) = found(ferry, "act:promised")
    assert (passage.start, passage.end) == (promise.start, promise.end)


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
    assert all(len(snippets.passages(hit, asked)) == 2 for hit in hits)
    best = min(timing.seconds(lambda: [snippets.passages(hit, asked) for hit in hits]) for _ in range(7))
    assert best < 0.040  # under 10 ms on an idle core


def test_many_words_nearly_alike_are_chosen_at_once() -> None:
    """Each of 64 wildcards put to each of 50,000 words took seconds."""
    rng = random.Random(5)
    known = ["".join(rng.choices("abdeilmnorst", k=rng.randint(4, 9))) for _ in range(5000)]
    text = " ".join(rng.choices(known, k=50_000))
    asked = query.parse(" ".join(f"{word}~" for word in known[:64]), match="any").tree
    assert len(snippets.body_marks(article(text), asked)) > 640
    # Other work on the machine only adds to the time.
    assert min(timing.seconds(lambda: snippets.body_marks(article(text), asked)) for _ in range(3)) < 0.5


def test_article_marks_do_not_depend_on_other_articles() -> None:
    assert snippets.title_marks(FEES, tree("fee")) == [Span(8, 12)]
    assert snippets.title_marks(replace(FEES, title=None), tree("fee")) == []
    assert snippets.body_marks(PILOTS, tree("zeppelin")) == []


def test_a_long_body_is_looked_through_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snippets, "PART", 100)
    monkeypatch.setattr(snippets, "LOOKED_THROUGH", 1000)
    body = f"{'They sail. ' * 40}The harbour is quiet.\n\n{'They row. ' * 40}The harbour fee rose."
    (passage,) = found(article(body), "harbour")
    assert (marked(passage), passage.text == body[passage.start : passage.end]) == (["harbour"], True)
    assert "The harbour is quiet." in passage.text
    whole = [body[start:end] for start, end in snippets.body_marks(article(body), tree("harbour"))]
    assert whole == ["harbour", "harbour"]
    beyond = article("They sail. " * 100 + "The harbour is quiet.")
    assert found(beyond, "harbour")[0].marks == ()
    assert len(snippets.body_marks(beyond, tree("harbour"))) == 1


@given(words, st.integers(20, 60))
def test_parts_are_cut_between_words(some: list[str], part: int) -> None:
    body = " ".join(some)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snippets, "LOOKED_THROUGH", 10_000)
        wanted = snippets._words(tree("ferry harbour"), frozenset({"text", "body"}))
        in_parts = [each for found in snippets._in_parts(body, wanted, part) for each in found]
    assert in_parts == snippets._find(body, wanted)
