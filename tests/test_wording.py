"""A search in words: a condition reads alike, whether it was typed or chosen."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from engine_requests import requests
from hypothesis import given
from werkzeug.datastructures import MultiDict

from searchapp.answers import parameters
from searchapp.answers.wording import label, understood
from searchapp.fields import FACETS, FIELDS, SAID_OF, VIEWS
from searchapp.query import Everything, Query
from searchapp.search import Choice, Filters, SearchRequest


def of(address: str) -> str:
    return understood(parameters.parse(MultiDict(parse_qsl(address, keep_blank_values=True))))


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("q=date:2021-04", "from=2021-04&to=2021-04"),
        ("q=date:2020-02-29", "from=2020-02-29&to=2020-02-29"),
        ("q=date:2020..2021", "from=2020&to=2021"),
        ("q=date:>=2021-04", "from=2021-04"),
        ("q=date:<=2021-04", "to=2021-04"),
        ("q=date:2021", "year=2021"),
        ("q=-date:2021", "not_year=2021"),
        ("q=speaker:dervan", "speaker=dervan"),
        ("q=-speaker:dervan", "not_speaker=dervan"),
        ("q=said:oil+speaker:dervan", "q=said:oil&speaker=dervan"),
        ("q=source:tidewater+oil", "q=oil&source=tidewater"),
    ],
)
def test_what_is_typed_and_what_is_chosen_read_alike(typed: str, chosen: str) -> None:
    assert sorted(of(typed).split(", ")) == sorted(of(chosen).split(", "))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", ""),
        ("from=2021-04&to=2021-04", "published in April 2021"),
        ("q=said:oil&speaker=Olsa&speaker=Mia+Torv", "with a statement by Mia Torv or Olsa that says oil"),
        ("q=said:oil&not_speaker=Mia+Torv", "without the speaker Mia Torv, with a statement that says oil"),
        ("q=said:oil&act=denied&speaker=Olsa", "with a statement by Olsa told as denied that says oil"),
        ("act=denied&kind=direct", "with a statement told as denied in direct speech"),
        ("view=statements&verb=warn&speakerkind=unnamed", "by somebody unnamed, told by the verb warn"),
        ("view=statements&confidence=high", "attributed with high confidence"),
        ("view=statements&not_act=said&q=kind:mixed", "in mixed speech, not told as said"),
        ("q=said:oil&speaker=", "with a statement without a speaker that says oil"),
        ("q=oil+OR+gas&source=A&source=B&source=C", "with oil or gas, from the source A, B or C"),
        ("source=&source=A", "from the source A or without a source"),
        ("not_year=&not_year=2021", "not published in 2021 and dated"),
    ],
)  # fmt: skip
def test_filters_are_told(address: str, words: str) -> None:
    assert of(address) == words


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("view", VIEWS)
def test_every_field_has_its_words(facet: str, view: str) -> None:
    field = FIELDS[facet]  # type: ignore[index]
    expected = {
        Choice(("",)): field.without,
        Choice((), ("",)): field.some,
        Choice(("2021",)): field.before,
        Choice((), ("2021",)): field.denied,
    }
    if facet in SAID_OF and view == "articles":
        having, without = f"with a statement {field.before} ", f"without any statement {field.before} "
        expected = {Choice(("2021",)): having, Choice((), ("2021",)): without}
    for choice, words in expected.items():
        request = SearchRequest(Query("", Everything()), view=view, filters=Filters(**{facet: choice}))  # type: ignore[arg-type]
        assert understood(request).startswith(words)


@given(requests())
def test_every_value_chosen_is_told(request: SearchRequest) -> None:
    told = understood(replace(request, query=Query("", Everything())))
    for facet in FACETS:
        for value in request.filters.choice(facet).values:
            assert (label(facet, value) if value else "") in told
