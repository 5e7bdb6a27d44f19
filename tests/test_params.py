"""A search has one canonical URL, and a URL says exactly which search it is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from searchapp import query
from searchapp.answers import parameters as params
from searchapp.answers.address import PAGE, Address, article_path, canonical
from searchapp.answers.changes import by_words, cleared, with_choice
from searchapp.errors import BadRequest, QueryFault
from searchapp.fields import DAYS, FACETS, FIELDS, VIEWS, Facet
from searchapp.query import dates
from searchapp.query.parser import read
from searchapp.search import Choice, Filters, SearchRequest

QUERIES = (
    "",
    "ferry",
    "-ferry",
    "said:ferry",
    '"harbour fees" OR ferr*',
    "title:fees date:2021",
    "speaker:brask",
)
names = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", "Skarn & Sund Post", "a/b", "1+1=2", "50% off?", "Đào Thị Linh", "#1; x", "“quoted”", " "]
)
years = st.integers(1000, 2999).map(str) | st.just("")
codes = st.sampled_from(["en", "de", "vi", "xx", "haw", ""])


def choices(values: st.SearchStrategy[str]) -> st.SearchStrategy[Choice]:
    sets = st.sets(values, max_size=3).map(lambda some: tuple(sorted(some)))
    return st.builds(Choice, sets, sets)


bounds = st.lists(st.dates(date(1000, 1, 1)), min_size=2, max_size=2).map(sorted)
facets = {"speaker": names, "source": names, "place": names, "verb": names, "year": years, "language": codes} | {
    name: st.sampled_from(("", *field.choices)) for name, field in FIELDS.items() if field.choices
}
filters = st.builds(
    lambda days, since, until, **chosen: Filters(
        **chosen, first=days[0] if since else None, last=days[1] if until else None
    ),
    bounds,
    st.booleans(),
    st.booleans(),
    **{facet: choices(values) for facet, values in facets.items()},
)


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    view, match = draw(st.sampled_from(VIEWS)), draw(st.sampled_from(params.MATCHES))
    parsed = query.parse(draw(st.sampled_from(QUERIES)), match=match, view=view)
    sort, page = draw(st.sampled_from(params.SORTS)), draw(st.integers(1, params.MAX_PAGE))
    day = draw(st.sampled_from(DAYS)) if view == "statements" else "published"
    return SearchRequest(parsed, match, view, draw(filters), sort, day=day, offset=(page - 1) * PAGE)


def args(url: str) -> MultiDict[str, str]:
    return MultiDict(parse_qsl(urlsplit(url).query, keep_blank_values=True, strict_parsing="?" in url))


@given(requests())
def test_a_request_comes_back_from_its_url(request: SearchRequest) -> None:
    assert params.parse(args(canonical(request))) == request


@given(requests(), st.randoms())
def test_the_order_of_parameters_does_not_matter(request: SearchRequest, random: object) -> None:
    url = canonical(request)
    pairs = list(args(url).items(multi=True))
    random.shuffle(pairs)  # type: ignore[attr-defined]
    again = MultiDict([*pairs, *pairs[:0], ("from", "")] if not request.filters.first else pairs)
    assert canonical(params.parse(again)) == url


@given(requests())
def test_a_form_carries_the_whole_search_along(request: SearchRequest) -> None:
    fields = MultiDict(Address(request).fields())
    assert params.parse(fields) == replace(request, offset=0)


def test_the_canonical_url_has_a_fixed_order_and_no_defaults() -> None:
    asked = MultiDict([("sort", "relevance"), ("year", "2021"), ("source", "B & C"), ("source", "A/Ü"), ("page", "1"),
                       ("view", "articles"), ("not_place", ""), ("q", "ferry"), ("from", "2021-04")])  # fmt: skip
    assert canonical(params.parse(asked)) == (
        "/search?q=ferry&source=A/%C3%9C&source=B%20%26%20C&year=2021&not_place=&from=2021-04-01"
    )
    assert canonical(params.parse(MultiDict())) == "/search"


@pytest.mark.parametrize(("text", "sort"), [("", "newest"), ("ferry", "relevance"), ("source:mole", "newest")])
def test_only_scored_words_are_sorted_by_relevance(text: str, sort: str) -> None:
    assert params.parse(MultiDict({"q": text})).sort == sort


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-04-27", date(2021, 4, 27), date(2021, 4, 27)),
    ],
)
def test_a_day_may_be_written_as_a_month_or_a_year(written: str, first: date, last: date) -> None:
    filters = params.parse(MultiDict({"from": written, "to": written})).filters
    assert (filters.first, filters.last) == (first, last)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("colour=red", "colour"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1.5", "page"),
        ("page=01", "page"),
        ("page=٣", "page"),
        ("page=", "page"),
        ("sort=&sort=", "sort"),
        ("utm_source=x", "utm_source"),
        ("page=1&page=2", "page"),
        ("limit=3", "limit"),
        ("q=a&q=b", "q"),
        ("view=pictures", "view"),
        ("match=some", "match"),
        ("sort=best", "sort"),
        ("from=2021-02-30", "from"),
        ("to=2021-13", "to"),
        ("from=0000", "from"),
        ("from=someday", "from"),
        ("from=2020..2021", "from"),
        ("from=2022&to=2021", "from"),
        ("year=21", "year"),
        ("not_year=next", "not_year"),
        ("language=German", "language"),
        ("view=statements&day=heard", "day is .* must be published or said"),
        ("day=said", "only statements have such a day: add view=statements"),
        ("speaker=" + "x" * 1001, "speaker"),
        ("&".join(["source=x"] * 51), "source"),
    ],
)
def test_a_malformed_parameter_is_named(asked: str, named: str) -> None:
    with pytest.raises(BadRequest, match=named):
        params.parse(args(f"/search?{asked}"))


@pytest.mark.parametrize(
    ("asked", "offset", "limit"),
    [("", 0, 10), ("page=3", 20, 10), ("limit=3&offset=7", 7, 3), ("limit=0", 0, 0), ("limit=1000&page=2", 1000, 1000)],
)
def test_a_program_may_ask_for_any_stretch_of_hits(asked: str, offset: int, limit: int) -> None:
    request = params.parse(args(f"/search.json?{asked}" if asked else "/search.json"), sized=True)
    assert (request.offset, request.limit) == (offset, limit)


@pytest.mark.parametrize("asked", ["limit=1001", "limit=-1", "limit=", "offset=x", "page=2&offset=3", "offset=1e3"])
def test_a_stretch_that_cannot_be_is_named(asked: str) -> None:
    with pytest.raises(BadRequest, match=asked.split("=")[0]):
        params.parse(args(f"/search.json?{asked}"), sized=True)


@pytest.mark.parametrize("name", ["q", "view", "match", "sort", "from", "to"])
def test_an_empty_parameter_is_its_default(name: str) -> None:
    assert params.parse(MultiDict({"speaker": "x", name: ""})) == params.parse(MultiDict({"speaker": "x"}))


@given(requests(), st.sampled_from(["view=x", "from=x", "sort=x", "page=x", "colour=x", "q=x&q=y", "to=1&to=2"]))
def test_what_can_be_read_is_kept(request: SearchRequest, fault: str) -> None:
    given = args(canonical(request))
    assert params.parse(params.readable(given)) == request
    faulty = MultiDict([*((name, value) for name, value in given.items(multi=True) if name != fault.split("=")[0]),
                        *args(f"?{fault}").items(multi=True)])  # fmt: skip
    with pytest.raises(BadRequest):
        params.parse(faulty)
    kept, lost = params.readable(faulty), {fault.split("=")[0]}
    assert set(kept) == set(faulty) - (lost | {"day"} if "view" in lost else lost)  # articles have but one day
    params.parse(kept)


@given(requests())
def test_without_filters_all_else_stays(request: SearchRequest) -> None:
    bare = cleared(request)
    assert bare == replace(request, filters=Filters(), offset=0)
    assert params.parse(args(canonical(bare))) == bare


@pytest.mark.parametrize(
    ("text", "name", "meant"),
    [
        ("", "brask", "speaker:brask"),
        ("ferry", "Edvin Brask", 'ferry speaker:"Edvin Brask"'),
        ("ferry OR fees", "brask", "(ferry OR fees) speaker:brask"),
    ],
)
def test_a_name_that_is_wanted_can_be_looked_for_by_its_words(text: str, name: str, meant: str) -> None:
    request = params.parse(MultiDict({"q": text, "speaker": name, "year": "2021", "match": "any"}))
    found = by_words(request, "speaker")
    assert found is not None
    assert (found.query.text, found.match, found.filters) == (meant, "any", Filters(year=Choice(("2021",))))
    for facet in ("source", "year"):
        assert by_words(request, facet) is None
    assert by_words(params.parse(MultiDict({"speaker": 'a "b'})), "speaker") is None


def test_a_faulty_query_says_where() -> None:
    with pytest.raises(QueryFault) as caught:
        params.parse(MultiDict({"q": 'ferry "harbour'}))
    assert caught.value.start == 6
    assert caught.value.mended is not None
    assert params.mended(args("/search?q=%22a&view=statements"), '"a"') == "/search?q=%22a%22&view=statements"
    assert params.mended(args("/search?q=%22a&page=x"), '"a"') == "/search?q=%22a%22"
    assert params.mended(args("/search?q=%22a&page=x&source=B"), '"a"') == "/search?q=%22a%22&source=B"


def test_a_mended_query_begins_at_its_first_hits_and_keeps_how_many() -> None:
    assert params.mended(args("/search?q=%22a&page=3"), '"a"') == "/search?q=%22a%22"
    for place in ("limit=50&offset=100", "limit=50&page=3", "limit=50"):
        url = f"/search.json?q=%22a&{place}"
        assert params.mended(args(url), '"a"', "/search.json") == "/search.json?q=%22a%22&limit=50"


@given(requests(), st.integers(0, params.MAX_LIMIT), st.integers(0, params.REACH))
def test_any_stretch_of_hits_has_a_canonical_url(request: SearchRequest, limit: int, offset: int) -> None:
    stretch = replace(request, limit=limit, offset=offset)
    assert params.parse(args(canonical(stretch)), sized=True) == stretch
    address = Address(stretch)
    assert params.parse(args(address.page(offset, limit=limit)), sized=True) == stretch
    for url in (address.only("place", "Skarn"), address.ordered("oldest"), address.without("from", "to")):
        neighbour = params.parse(args(url), sized=True)
        assert (neighbour.offset, neighbour.limit) == (0, limit)


LEFT_OUT = Choice((), ("1999", "2001"))
values = st.sampled_from(FACETS).flatmap(lambda facet: st.tuples(st.just(facet), facets[facet]))


@given(requests(), values)
def test_selecting_and_excluding_undo_themselves(request: SearchRequest, chosen: tuple[Facet, str]) -> None:
    facet, value = chosen
    clean = with_choice(request, facet, Choice())

    def after(step: str, request: SearchRequest) -> SearchRequest:
        return params.parse(args(getattr(Address(request), step)(facet, value)))

    selected, excluded = after("toggled", clean), after("excluded", clean)
    assert selected == after("only", request) == with_choice(request, facet, Choice((value,)))
    assert excluded == after("excluded", selected) == with_choice(request, facet, Choice((), (value,)))
    assert selected == after("toggled", excluded) == after("toggled", with_choice(request, facet, LEFT_OUT))
    assert after("toggled", selected) == after("excluded", excluded) == clean


@given(requests(), values)
def test_all_neighbours_have_their_canonical_urls(request: SearchRequest, chosen: tuple[Facet, str]) -> None:
    address = Address(request)
    neighbours: list[tuple[str, Mapping[str, object]]] = [
        (address.toggled(*chosen), {}),
        (address.excluded(*chosen), {}),
        (address.without("from", "to"), {"filters": replace(request.filters, first=None, last=None)}),
        (address.page(7 * PAGE), {"offset": 7 * PAGE}),
        *((address.ordered(sort), {"sort": sort}) for sort in params.SORTS),
        *((address.reread("view", view), {"view": view}) for view in VIEWS),
        *((address.reread("match", match), {"match": match}) for match in params.MATCHES),
    ]
    for url, changes in neighbours:
        meant = params.parse(args(url))
        assert canonical(meant) == url
        assert {name: getattr(meant, name) for name in ("offset", *changes)} == {"offset": 0, **changes}


def test_another_view_keeps_what_was_asked() -> None:
    def viewed(**asked: str) -> str:
        return Address(params.parse(MultiDict(asked))).reread("view", "statements")

    assert viewed(q="ferry", speaker="Irena Velacourt", page="3") == (
        "/search?q=ferry&view=statements&speaker=Irena%20Velacourt"
    )
    assert viewed(q="ferry", sort="newest") == "/search?q=ferry&view=statements&sort=newest"
    for sort in ({}, {"sort": "newest"}):
        with pytest.raises(QueryFault, match="body: works only for articles"):
            viewed(q="body:ferry", **sort)


@pytest.mark.parametrize(
    ("identity", "path"),
    [
        ("2021/ferry night.txt", "/articles/2021/ferry%20night.txt"),
        ("a&b?c#d+ü", "/articles/a%26b%3Fc%23d%2B%C3%BC"),
    ],
)
def test_in_the_path_of_an_article_only_slashes_stay(identity: str, path: str) -> None:
    assert article_path(identity) == path


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-2", "2021-02-01", "2021-02-28"),
        ("27 April 2021", "2021-04-27", "2021-04-27"),
        (" Apr  2021 ", "2021-04-01", "2021-04-30"),
        ("last week", "2024-02-19", "2024-02-25"),
        ("today", "2024-02-29", "2024-02-29"),
        ("Last month", "2024-01-01", "2024-01-31"),
        ("last 7 days", "2024-02-23", "2024-02-29"),
        ("last Thursday", "2024-02-22", "2024-02-22"),
        ("2 years ago", "2022-01-01", "2022-12-31"),
        ("past 1 year", "2023-03-01", "2024-02-29"),
    ],
)
def test_from_and_to_read_what_date_does_and_keep_what_was_typed(
    typed: str, first: str, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OnThatDay(date):
        @classmethod
        def today(cls) -> date:
            return date(2024, 2, 29)  # a Thursday

    monkeypatch.setattr(dates, "date", OnThatDay)
    filters = params.parse(MultiDict({"from": typed, "to": typed})).filters
    assert (str(filters.first), str(filters.last)) == (first, last)
    assert filters.typed == (" ".join(typed.split()),) * 2
    assert read(f'date:"{typed}"', match="all", view="articles").tree == query.Dates(filters.first, filters.last)


def test_days_in_words_stay_words_in_links_and_are_days_in_the_canonical_url() -> None:
    request = params.parse(MultiDict({"q": "ferry", "from": "27 April 2021", "to": "2022-05"}))
    assert str(Address(request)) == "/search?q=ferry&from=27%20April%202021&to=2022-05-31"
    assert canonical(request) == "/search?q=ferry&from=2021-04-27&to=2022-05-31"
