"""The query language: what each query means, what each fault says, and what holds for any text at all."""

import re
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import timing
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from searchapp.analysis import FUNCTION_WORDS, STOP_WORDS, Span, terms
from searchapp.answers.wording import understood
from searchapp.errors import QueryFault
from searchapp.query import (
    And,
    Dates,
    Everything,
    Exact,
    Fuzzy,
    InStatement,
    Link,
    Name,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Query,
    Values,
    Words,
    accepts,
    conjoined,
    conjunction,
    disjunction,
    grammar,
    in_statement,
    leaves,
    parse,
    scores,
)
from searchapp.query import parser as reading
from searchapp.query.grammar import MAX_WORDS
from searchapp.query.proximity import PARAGRAPH, SENTENCE
from searchapp.search import SearchRequest

GOLDEN = tomllib.loads((Path(__file__).parent / "golden" / "query.toml").read_text(encoding="utf-8"))
MANUAL = (Path(__file__).parent.parent / "docs" / "query-language.md").read_text(encoding="utf-8")


def compact(node: Node) -> str:
    """A tree in the notation of golden/query.toml: ``&  |  !``, ``{in one statement}``, ``[first..last]``."""
    match node:
        case And(parts=parts):
            return f"({' & '.join(map(compact, parts))})"
        case Or(parts=parts):
            return f"({' | '.join(map(compact, parts))})"
        case Not(part=part):
            return f"!{compact(part)}"
        case InStatement(part=part):
            return f"{{{compact(part)}}}"
        case Exact(field=field, term=term):
            return f'{field}="{term}"'.removeprefix("text=")
        case Words(field=field, terms=terms) | Name(field=field, terms=terms):
            return f"{field}={'+'.join(terms)}".removeprefix("text=")
        case Prefix(field=field, prefix=prefix):
            return f"{field}={prefix}*".removeprefix("text=")
        case Fuzzy(field=field, term=term, distance=distance):
            return f"{field}={term}~{distance}".removeprefix("text=")
        case Dates(first=first, last=last):
            return f"[{first or ''}..{last or ''}]"
        case Near(parts=parts, links=links):
            first, *others = (" or ".join(map(compact, part)) for part in parts)
            return (
                f"<{first}{''.join(f' {connector(link)} {other}' for link, other in zip(links, others, strict=True))}>"
            )
        case Everything():
            return "everything"
    raise AssertionError(node)


def connector(link: Link) -> str:
    """What may be typed for a link."""
    within = {"sentence": "s", "paragraph": "p"}.get(link.unit, str(link.words))
    return f"{'pre' if link.after else 'w'}/{within}"


def settings_of(case: dict[str, Any]) -> dict[str, Any]:
    return {key: case[key] for key in ("match", "view") if key in case}


@pytest.mark.parametrize("case", GOLDEN["query"], ids=lambda case: case["text"])
def test_a_query_means_what_the_golden_file_says(case: dict[str, Any]) -> None:
    query = parse(case["text"], **settings_of(case))
    assert compact(query.tree) == case["tree"]
    assert understood(SearchRequest(query)) == case["understood"]
    assert list(query.left_out) == case.get("left_out", [])


@pytest.mark.parametrize("case", GOLDEN["fault"], ids=lambda case: case["text"])
def test_a_fault_is_named_with_its_place_and_mended(case: dict[str, Any]) -> None:
    with pytest.raises(QueryFault) as caught:
        parse(case["text"], **settings_of(case))
    assert case["says"] in str(caught.value)
    assert case["text"][caught.value.start : caught.value.end] == case["at"]
    assert caught.value.mended == case.get("mended")


# Any text

PIECES = (
    '( ) " “ ” « w/5 /s pre/p | "a ~5 hard! OR '
    "AND NOT - * ~ : title: said: speaker: date: body: speker: 2021 2021-02-30 .. > a Sơn !!!"
)
SPACES = [" ", "  ", "\n"]
TEXTS = st.text(max_size=80) | st.lists(st.sampled_from([*PIECES.split(), *SPACES]), max_size=40).map("".join)
MATCHES = st.sampled_from(["all", "any"])
VIEWS = st.sampled_from(["articles", "statements"])


def outcome(text: str, **how: Any) -> Query | QueryFault:
    try:
        return parse(text, **how)
    except QueryFault as fault:
        return fault


def typed(query: Query) -> list[str]:
    """What the leaves of the tree stand for in the query's text."""
    spans = [leaf.span for leaf in leaves(query.tree) if not isinstance(leaf, Everything | Values)]
    assert all(0 <= span.start < span.end <= len(query.text) for span in spans)
    return [query.text[span.start : span.end] for span in spans]


@examples(1000)
@given(TEXTS, MATCHES, VIEWS)
def test_any_text_is_read_or_has_a_fault_whose_mended_query_is_read(text: str, match: Any, view: Any) -> None:
    found = outcome(text, match=match, view=view)
    if isinstance(found, Query):
        kinds = {type(node) for node in every_node(found.tree)}
        assert view == "articles" or InStatement not in kinds
        assert Values not in kinds
        assert bool(understood(SearchRequest(found))) == bool(typed(found)) == (found.tree != Everything())
    else:
        assert 0 <= found.start <= found.end <= len(text)
        assert str(found).endswith((".", "?"))
        assert found.mended is None or parse(found.mended, match=match, view=view).tree != Everything()


@given(TEXTS)
def test_nothing_is_dropped_silently(text: str) -> None:
    """Every word typed stands in the tree, or among what was left out; marks without a word need not."""
    query = outcome(text)
    if isinstance(query, QueryFault):
        return
    rest = text
    for leaf in leaves(query.tree):
        if not isinstance(leaf, Everything | Values):
            rest = rest[: leaf.span.start] + " " * (leaf.span.end - leaf.span.start) + rest[leaf.span.end :]
    pieces = re.split(r"[\s()]+", rest.strip("() \t\n"))
    for piece in query.left_out:
        pieces.remove(piece)
    pieces = [part for piece in pieces for part in piece.split("|")]
    syntax = re.compile(rf"-?(?:{'|'.join(grammar.FIELDS)}):|-|OR|AND|NOT|", re.IGNORECASE)
    assert all(syntax.fullmatch(piece) or not terms(piece) for piece in pieces)
    assert all(map(terms, query.left_out))


def every_node(node: Node) -> list[Node]:
    parts = node.parts if isinstance(node, And | Or) else [node.part] if isinstance(node, Not | InStatement) else []
    return [node, *(inner for part in parts for inner in every_node(part))]


HOSTILE = [
    "(",
    ")",
    '"',
    "a ",
    "OR ",
    "NOT ",
    "a:",
    "-",
    "- ",
    "a's!",
    "’s ",
    "*",
    "a* ",
    "~",
    "a~",
    "(-",
    "date:",
    "date:1 .. ",
    "date:2020 .. (",
    "date: - to ",
    "title:(",
    "\u0301",
    "a w/5 ",
    "w/5 ",
    '"a b"~5 ',
    "a|",
]


@pytest.mark.parametrize("piece", [*HOSTILE, "date:2021..", '"a"b', "x", "9", ">", " ", "said:(a OR "])
def test_hostile_queries_of_full_length_take_no_time(piece: str) -> None:
    text = (piece * 1000)[:1000]
    parse("grain")  # builds the parser
    outcomes = []
    assert timing.seconds(lambda: outcomes.append(outcome(text))) < 0.5
    (found,) = outcomes
    assert isinstance(found, Query) or found.end <= len(text)


def test_sizes_are_bounded() -> None:
    for text in ("x" * 1001, "x " * 65, "(" * 21 + "x" + ")" * 21, "NOT " * 21 + "x"):
        with pytest.raises(QueryFault, match=r"The query has|nested more than"):
            parse(text)
    parse("(" * 20 + "x" + ")" * 20)
    assert len(list(leaves(parse("x " * 64).tree))) == 64


# Trees printed and read again

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))


def text_leaves(field: Any) -> st.SearchStrategy[Node]:
    words = st.lists(st.sampled_from(["grain", "wheat", "son", "2021"]), min_size=1, max_size=3)
    word = st.one_of(
        words.map(lambda terms: Words(field, tuple(terms))),
        st.sampled_from(["grain", "wheat"]).map(lambda term: Exact(field, term)),
        st.sampled_from(["gr", "wheat"]).map(lambda prefix: Prefix(field, prefix)),
        st.sampled_from([Fuzzy(field, "grain", 1), Fuzzy(field, "harvest", 2)]),
    )
    return word | chains(field, word)


def chains(field: Any, word: st.SearchStrategy[Any]) -> st.SearchStrategy[Near]:
    """Words with connectors between them."""
    units = st.sampled_from([("sentence", SENTENCE), ("paragraph", PARAGRAPH)])
    in_unit = st.builds(lambda unit, after: Link(unit[1], after, unit[0]), units, st.booleans())
    link = st.builds(Link, st.integers(1, 500), st.booleans()) | in_unit
    part = st.lists(word, min_size=1, max_size=2).map(tuple)
    step = st.tuples(link, part)
    return st.builds(
        lambda first, steps: Near(field, (first, *(part for _, part in steps)), tuple(link for link, _ in steps)),
        part,
        st.lists(step, min_size=1, max_size=2),
    )


def name_leaves(field: Any) -> st.SearchStrategy[Node]:
    return st.lists(st.sampled_from(["olsa", "dervan"]), min_size=1, max_size=2).map(lambda t: Name(field, tuple(t)))


DATE_LEAVES = st.tuples(DAYS, DAYS).map(lambda two: Dates(min(two), max(two)))


def trees(leaf: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def grown(some: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        several = st.lists(some, min_size=2, max_size=4)
        return st.one_of(several.map(conjunction), several.map(disjunction), some.map(Not))

    return st.recursive(leaf, grown, max_leaves=10)


IN_STATEMENT = trees(text_leaves("said") | name_leaves("speaker")).map(InStatement)
NARROW = st.one_of(text_leaves("title"), *map(name_leaves, ("speaker", "source", "place")), DATE_LEAVES)
ARTICLE_TREES = trees(text_leaves("text") | text_leaves("body") | NARROW | IN_STATEMENT)
STATEMENT_TREES = trees(text_leaves("said") | NARROW)


def printed(node: Node, bare: str) -> str:
    """A tree as a query; words of the field ``bare`` need no field there."""
    match node:
        case And(parts=parts):
            numbered = any(isinstance(part, Words) and part.terms[-1].isdecimal() for part in parts)  # grain 2021: one
            return f"({(' AND ' if numbered else ' ').join(printed(part, bare) for part in parts)})"
        case Or(parts=parts):
            return f"({' OR '.join(printed(part, bare) for part in parts)})"
        case Not(part=part):
            return f"NOT {printed(part, bare)}"
        case InStatement(part=part):
            return f"said:({printed(part, 'said')})"
        case Words(field=field, terms=(term,)):
            return f"{field}:{term}".removeprefix(f"{bare}:")
        case Exact(field=field, term=term):
            return f'{field}:"{term}"'.removeprefix(f"{bare}:")
        case Words(field=field, terms=terms) | Name(field=field, terms=terms):
            return f'{field}:"{" ".join(terms)}"'.removeprefix(f"{bare}:")
        case Prefix(field=field, prefix=prefix):
            return f"{field}:{prefix}*".removeprefix(f"{bare}:")
        case Fuzzy(field=field, term=term):
            return f"{field}:{term}~".removeprefix(f"{bare}:")
        case Near(field=field, parts=parts, links=links):
            first, *others = (printed(disjunction(part), field) for part in parts)
            chain = "".join(f" {connector(link)} {other}" for link, other in zip(links, others, strict=True))
            return f"{field}:({first}{chain})".removeprefix(f"{bare}:")
        case Dates(first=first, last=last):
            return f"date:{first}..{last}"
    raise AssertionError(node)


def unplaced(node: Node) -> Node:
    """The tree without its spans."""
    match node:
        case And(parts=parts):
            return And(tuple(map(unplaced, parts)))
        case Or(parts=parts):
            return Or(tuple(map(unplaced, parts)))
        case Not(part=part):
            return Not(unplaced(part))
        case InStatement(part=part):
            return InStatement(unplaced(part))
        case Near(parts=parts):
            bare = tuple(tuple(replace(word, span=Span(0, 0)) for word in part) for part in parts)
            return replace(node, parts=bare, span=Span(0, 0))
        case Words() | Exact() | Prefix() | Fuzzy() | Name() | Dates():
            return replace(node, span=Span(0, 0))
    return node


@given(ARTICLE_TREES)
def test_a_tree_of_the_article_view_printed_is_read_as_itself(tree: Node) -> None:
    assert unplaced(parse(printed(tree, "text")).tree) == tree


@given(STATEMENT_TREES)
def test_a_tree_of_the_statement_view_printed_is_read_as_itself(tree: Node) -> None:
    assert unplaced(parse(printed(tree, "said"), view="statements").tree) == tree


@given(ARTICLE_TREES)
def test_the_description_mentions_every_word(tree: Node) -> None:
    text = printed(tree, "text")
    described = understood(SearchRequest(parse(text)))
    for leaf in leaves(tree):
        if isinstance(leaf, Words | Name):
            assert " ".join(leaf.terms) in described
        elif isinstance(leaf, Dates) and leaf.first:
            assert str(leaf.first.year) in described


# What is asked of trees


def test_a_span_is_the_word_as_typed() -> None:
    text = 'title:grain “wheat  deal” date:"April 2021" vacc*'
    assert typed(parse(text)) == ["grain", "“wheat  deal”", '"April 2021"', "vacc*"]


def test_letters_typed_in_two_code_points_are_the_same_word() -> None:
    assert unplaced(parse("So\u031bn").tree) == Words("text", ("son",))


SPEAKER = Values("speaker", ("Olsa Dervan",))


def test_a_wanted_speaker_joins_what_is_said() -> None:
    tree = parse("grain said:oil").tree
    narrowed = conjoined(tree, [SPEAKER, Not(SPEAKER)])
    inner = in_statement(narrowed)
    assert inner is not None
    assert unplaced(inner.part) == And((Words("said", ("oil",)), SPEAKER))
    assert isinstance(narrowed, And)
    assert Not(SPEAKER) in narrowed.parts


def test_what_is_asked_of_a_statement_holds_in_one() -> None:
    denied, by_lam, oil = Name("act", ("denied",)), Name("speaker", ("lam",)), Words("said", ("oil",))
    for typed, tree in {
        "act:denied": InStatement(denied),
        "said:oil act:Denied": InStatement(And((oil, denied))),
        "act:denied speaker:lam": InStatement(And((denied, by_lam))),
        "said:(oil -act:denied)": InStatement(And((oil, Not(denied)))),
        "said:oil -act:denied": And((Not(InStatement(denied)), InStatement(oil))),
        "act:(denied OR declined)": InStatement(Or((denied, Name("act", ("declined",))))),
        "verb:denied": InStatement(Or((Name("verb", ("denied",)), Name("verb", ("deny",))))),
        "verb:say speakerkind:joint": InStatement(And((Name("verb", ("say",)), Name("speakerkind", ("joint",))))),
        "act:denied OR kind:direct": InStatement(Or((denied, Name("kind", ("direct",))))),
    }.items():
        assert parse(typed).tree == tree
    assert parse("act:denied oil", view="statements").tree == And((denied, oil))


@pytest.mark.parametrize(
    ("typed", "sentence", "mended"),
    [
        ("act:denial grain", 'There is no act "denial": write said, asked, ', "act:denied grain"),
        ("grain kind:quoted", 'There is no kind "quoted": write direct, indirect or mixed.', "grain kind:mixed"),
        ('act:"said so"', 'There is no act "said so"', "act:said"),
    ],
)
def test_a_value_that_a_field_cannot_have_is_a_fault(typed: str, sentence: str, mended: str) -> None:
    with pytest.raises(QueryFault, match=sentence) as raised:
        parse(typed)
    assert raised.value.mended == mended


def test_what_is_about_somebody_is_said_by_others() -> None:
    lam, by_lam = Words("said", ("lam",)), Name("speaker", ("lam",))
    assert parse("about:lam").tree == InStatement(And((lam, Not(by_lam))))
    assert parse("about:lam", view="statements").tree == And((lam, Not(by_lam)))
    assert parse("about:lam speaker:torv").tree == InStatement(And((lam, Not(by_lam), Name("speaker", ("torv",)))))
    assert parse('about:"Mia Torv"', view="statements").tree == And(
        (Words("said", ("mia", "torv")), Not(Name("speaker", ("mia", "torv"))))
    )
    assert parse("about:(lam of)", view="statements").left_out == ("of",)
    assert parse("about: lam").tree == parse("about lam").tree


def test_an_act_of_parliament_is_text() -> None:
    assert parse("Clean Air Act: a history").tree == parse("Clean Air Act a history").tree
    assert parse("act: what").tree == parse("act what").tree
    assert parse("Act: promised").tree == parse("act:promised").tree


def test_a_wanted_speaker_joins_either_of_two_sayings() -> None:
    """Or else a speaker's facet count would differ from what choosing that speaker finds."""
    inner = in_statement(conjoined(parse("said:oil OR (said:gas speaker:olsa)").tree, [SPEAKER]))
    assert inner is not None
    assert isinstance(inner.part, And)
    assert SPEAKER in inner.part.parts


def test_filters_alone_need_no_query() -> None:
    assert conjoined(Everything(), []) == Everything()
    assert conjoined(Everything(), [SPEAKER]) == SPEAKER
    assert conjoined(parse("-oil").tree, [SPEAKER]) == And((parse("-oil").tree, SPEAKER))
    assert in_statement(parse("grain speaker:olsa").tree) is None
    assert in_statement(parse("grain -said:oil").tree) is None


def test_leaves_that_may_be_marked_are_those_not_negated() -> None:
    tree = parse("grain said:(oil -gas) -wheat").tree
    assert [compact(leaf) for leaf in leaves(tree)] == ["grain", "wheat", "said=oil", "said=gas"]
    assert [compact(leaf) for leaf in leaves(tree, positive=True)] == ["grain", "said=oil"]


@pytest.mark.parametrize("text", ["grain", "gr* OR source:tdw", "grain said:oil", "title:oil -gas", "oil~"])
def test_words_score(text: str) -> None:
    assert scores(parse(text).tree)


@pytest.mark.parametrize("text", ["", "-grain", "said:oil", "speaker:olsa date:2021"])
def test_what_only_filters_does_not_score(text: str) -> None:
    assert not scores(parse(text).tree)


def accepted(text: str, tokens: str) -> list[str]:
    """The tokens that the first predicate of a one-leaf query accepts."""
    leaf = parse(text).tree
    assert isinstance(leaf, Words | Exact | Prefix | Fuzzy)
    return [token for token in tokens.split() if accepts(leaf)[0](token)]


def test_words_match_by_stem_prefixes_and_fuzzy_as_written() -> None:
    assert accepted("exports", "export exported expo port") == ["export", "exported"]
    assert accepted("export*", "export exporters expo reexport") == ["export", "exporters"]
    assert accepted("wheat~", "wheat whaet wheats heat wheast wheatss eat") == "wheat whaet wheats heat wheast".split()
    assert accepted("harvest~", "harvest harvset harve arvest hravset harvesters") == (
        "harvest harvset harve arvest hravset".split()
    )


def test_a_phrase_has_a_predicate_for_each_of_its_words() -> None:
    grain, exports = accepts(Words("text", ("grain", "exports")))
    assert [grain("grains"), grain("export"), exports("grains"), exports("export")] == [
        True,
        False,
        False,
        True,
    ]


# The manual


def test_the_manual_names_every_field_word_and_bound() -> None:
    for field in grammar.FIELDS:
        assert f"`{field}:" in MANUAL
    listed = set(MANUAL.split("<!-- function words -->")[1].split())
    assert listed == FUNCTION_WORDS
    assert all(f"`{word}`" in MANUAL for word in STOP_WORDS)
    for bound in (reading.MAX_LENGTH, MAX_WORDS, reading.MAX_DEPTH):
        assert f"{bound:,}" in MANUAL


def test_the_manuals_examples_are_read() -> None:
    examples = [line.split("`")[1] for line in MANUAL.splitlines() if line.startswith("| `")]
    assert len(examples) > 20
    for example in examples:
        parse(example)


def test_what_is_asked_again_is_asked_once_but_words_count_again() -> None:
    once = parse("said:grain speaker:vellan").tree
    assert parse("said:grain" + " speaker:vellan" * 60).tree == once
    assert parse("grain source:gazette grain source:gazette").tree == parse("grain source:gazette grain").tree
    assert parse("grain grain").tree != parse("grain").tree


@pytest.mark.parametrize(("word", "instead"), [("NEAR", "near/5"), ("ADJ", "near/5"), ("SAME", "/s")])
def test_a_connector_without_its_number_is_named_and_mended(word: str, instead: str) -> None:
    fault = outcome(f"ferry {word} quay")
    assert isinstance(fault, QueryFault)
    assert fault.mended == f"ferry {instead} quay"
    assert not isinstance(outcome(f"ferry {word.lower()} quay"), QueryFault)


@pytest.mark.parametrize(
    ("query", "mended"),
    [
        ("quay ANDNOT ferry", "quay NOT ferry"),
        ("quay BUT NOT ferry", "quay NOT ferry"),
        ("HEADLINE(ferry) quay", "title:(ferry) quay"),
        ("ti(ferry OR quay)", "title:(ferry OR quay)"),
        ('hd="ferry quay"', 'title:"ferry quay"'),
        ("sn=gazette ferry", "source:gazette ferry"),
        ("hlp=ferry", "ferry"),
        ("wom?n", "wom*"),
        ("!ferry quay", "-ferry quay"),
        ("ferry^2 quay", "ferry quay"),
        ("ferry not w/5 quay", "ferry NOT (ferry w/5 quay)"),
    ],
)
def test_what_other_search_engines_read_is_named_and_mended(query: str, mended: str) -> None:
    fault = outcome(query)
    assert isinstance(fault, QueryFault)
    assert fault.mended == mended
    assert not isinstance(outcome(query, match="any"), QueryFault)


@pytest.mark.parametrize("text", ["the date(s) of the ferry", "title(s)", "Why? Because", "50% up!", "company(ies)"])
def test_what_only_looks_like_a_sign_is_text(text: str) -> None:
    assert not isinstance(outcome(text), QueryFault)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("cooperation", ("co", "operation")),
        ("email", ("e", "mail")),
        ("nonprofit", ("non", "profit")),
        ("ceasefire", ("cease", "fire")),
        ("cease-fire", ("ceasefire",)),
        ("Sana'a", ("sanaa",)),
        ("O’Brien", ("obrien",)),
        ("OBrien", ("o", "brien")),
        ("Jørgensen", ("joergensen",)),
        ("Aarhus", ("arhus",)),
    ],
)
def test_other_spellings_of_a_word_are_found_too(typed: str, other: tuple[str, ...]) -> None:
    assert other in [leaf.terms for leaf in leaves(parse(typed).tree) if isinstance(leaf, Words)]


@pytest.mark.parametrize("typed", ["report", "election", "complete", "postal", "Isaac", "minister's"])
def test_a_word_that_only_begins_like_two_is_one(typed: str) -> None:
    assert len(list(leaves(parse(typed).tree))) == 1
