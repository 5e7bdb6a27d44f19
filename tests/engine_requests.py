"""What the engines are asked in the tests: random requests for the invented articles, and how they are put."""

from datetime import date

from engine_articles import WORDS, invented
from hypothesis import strategies as st

from searchapp.analysis import terms as terms_of
from searchapp.engines.protocol import Engine
from searchapp.fields import FACETS, FIELDS, SAID_OF, VALUE_OF, View
from searchapp.query import (
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
    Prefix,
    Query,
    Values,
    Word,
    Words,
    conjunction,
    disjunction,
)
from searchapp.search import Choice, Filters, Results, SearchRequest
from searchapp.written import forms_of


def search(engine: Engine, tree: Node, **others: object) -> Results:
    """Ask for a tree."""
    return engine.search(SearchRequest(Query("", tree), **others))  # type: ignore[arg-type]


def found(results: Results) -> list[str]:
    """Return the ids of the hits."""
    return [hit.statement.id if hit.statement else hit.article.id for hit in results.hits]


folded = sorted({term for word in WORDS for term in terms_of(word)})
forms = sorted({form for word in WORDS for form in forms_of(word)} | {"^sailor", "=cafe"})
terms = st.lists(st.sampled_from(folded), min_size=1, max_size=3).map(tuple)
intakes = st.dates(date(2026, 10, 30), date(2026, 11, 6))
days = st.dates(date(2018, 12, 1), date(2022, 9, 1))
values: dict[str, list[str]] = {  # those of the articles, none, and one that no article has
    facet: sorted(
        {"", "1850" if field.form else "Nobody", *(value for each in invented(60) for value in field.values(each))}
    )
    for facet, field in FIELDS.items()
}
names = st.sampled_from([("oda",), ("oda", "brisk"), ("brisk", "larn"), ("van", "ferrow"), ("of",), ("spokesman",)])


def texts(*fields: str) -> st.SearchStrategy[Node]:
    return st.sampled_from(fields).flatmap(lambda field: words(st.just(field)) | nears(field))


def nears(field: str) -> st.SearchStrategy[Node]:
    """Words near each other, mostly two of them."""
    links = st.builds(Link, st.integers(1, 6), st.booleans(), st.sampled_from(["", "", "", "sentence", "paragraph"]))
    part = st.lists(words(st.just(field)), min_size=1, max_size=2).map(tuple)
    single = st.builds(Words, st.just(field), st.sampled_from(folded).map(lambda term: (term,))).map(lambda one: (one,))

    def chain(parts: list[tuple[Word, ...]]) -> st.SearchStrategy[Node]:
        size = len(parts) - 1
        return st.lists(links, min_size=size, max_size=size).map(lambda each: Near(field, tuple(parts), tuple(each)))  # type: ignore[arg-type]

    return (st.lists(single, min_size=2, max_size=2) | st.lists(part, min_size=2, max_size=3)).flatmap(chain)


def words(field: st.SearchStrategy[str]) -> st.SearchStrategy[Word]:
    return st.one_of(
        st.builds(Words, field, terms),
        st.builds(Exact, field, st.sampled_from(folded + forms)),
        st.builds(Prefix, field, st.sampled_from(["g", "gr", "vot", "harbours", "x"])),
        st.builds(Fuzzy, field, st.sampled_from(["gran", "ovte", "tallow", "zzz"]), st.integers(1, 2)),
    )


def chosen(facet: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values[facet]), min_size=1, max_size=3, unique=True).map(tuple)


def combined(leaves: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    def nodes(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        # as the parser builds them, so that what concerns statements stands at the top
        several = st.lists(parts, min_size=1, max_size=3).map(tuple)
        return st.one_of(st.builds(conjunction, several), st.builds(disjunction, several), st.builds(Not, parts))

    return st.recursive(leaves, nodes, max_leaves=6)


speakers = st.one_of(
    st.builds(Name, st.just("speaker"), names), st.builds(Values, st.just("speaker"), chosen("speaker"))
)
of_articles = st.one_of(
    st.builds(Name, st.sampled_from(["source", "place"]), st.sampled_from([("quay",), ("old", "ferrow"), ("the",)])),
    st.builds(Name, st.just("language"), st.sampled_from([("en",), ("de",), ("xx",)])),
    *(st.builds(Values, st.just(facet), chosen(facet)) for facet in VALUE_OF),
    st.builds(Dates, days | st.none(), days | st.none()),
    st.builds(Dates, intakes | st.none(), intakes | st.none(), of=st.just("added")),
    st.just(Everything()),
)
of_statements = st.one_of(
    st.builds(Name, st.just("act"), st.sampled_from([("denied",), ("promised",), ("pro",)])),
    st.builds(Name, st.just("kind"), st.sampled_from([("direct",), ("mixed",)])),
    st.builds(Name, st.just("confidence"), st.just(("high",))),
    st.builds(Name, st.just("speakerkind"), st.sampled_from([("joint",), ("unnamed",), ("person",)])),
    st.builds(Name, st.just("verb"), st.sampled_from([("say",), ("decline", "to"), ("comment",)])),
    *(st.builds(Values, st.just(facet), chosen(facet)) for facet in SAID_OF),
)
in_statements = combined(st.one_of(texts("said"), texts("said"), speakers, of_statements)).map(InStatement)
trees: dict[View, st.SearchStrategy[Node]] = {
    "articles": combined(st.one_of(texts("text", "title", "body"), speakers, of_articles, in_statements)),
    "statements": combined(st.one_of(texts("said"), texts("title"), speakers, of_articles, of_statements)),
}
choices = {
    facet: st.builds(Choice, chosen(facet) | st.just(()), st.just(()) | st.just(()) | chosen(facet)) | st.just(Choice())
    for facet in FACETS
}
filters = st.just(Filters()) | st.builds(
    Filters,
    **choices,
    first=st.none() | days,
    last=st.none() | days,  # type: ignore[arg-type]
)


asked: dict[View, st.SearchStrategy[Node]] = {
    "articles": trees["articles"] | st.builds(lambda *parts: conjunction(parts), in_statements, trees["articles"]),
    "statements": trees["statements"],
}


def requests(limit: int = 1000) -> st.SearchStrategy[SearchRequest]:
    """Return requests in both views, with and without filters."""
    return st.one_of(
        *(
            st.builds(
                SearchRequest,
                st.builds(Query, st.just(""), tree),
                view=st.just(view),
                filters=filters,
                sort=st.sampled_from(["newest", "oldest", "relevance", "added"]),
                day=st.sampled_from(["published", "said"]),
                limit=st.just(limit),
                facet_limit=st.sampled_from([0, 1, 2, 100, None]),
            )
            for view, tree in asked.items()
        )
    )
