"""One table of fields: types, filters, addresses, options and manuals have its rows, and no others.

That every engine stores, finds and counts each of them stands in test_engines.py.
"""

import dataclasses
import re
from pathlib import Path
from typing import get_args

import pytest
from werkzeug.datastructures import MultiDict

from searchapp.answers import parameters
from searchapp.cli import main
from searchapp.errors import BadRequest
from searchapp.fields import FACETS, FIELDS, NAME_FIELDS, SAID_OF, VALUE_OF, Facet, Field
from searchapp.query import grammar
from searchapp.search import Filters

ROOT = Path(__file__).parent.parent
API, LANGUAGE, README = (
    (ROOT / name).read_text("utf8") for name in ("docs/api.md", "docs/query-language.md", "README.md")
)
fields = pytest.mark.parametrize("field", FIELDS.values(), ids=FACETS)


def test_the_types_have_the_rows_of_the_table() -> None:
    assert get_args(Facet) == FACETS
    assert set(NAME_FIELDS) <= set(FACETS)
    assert [each.name for each in dataclasses.fields(Filters)] == [*FACETS, "first", "last", "typed"]
    assert set(FACETS) - set(VALUE_OF) - set(SAID_OF) == {"speaker"}  # the only one with several values
    assert not set(VALUE_OF) & set(SAID_OF)


def test_a_query_has_the_fields_of_the_table() -> None:
    assert [name for name in grammar.FIELDS if name in FACETS] == list(NAME_FIELDS)


@fields
def test_a_value_in_another_form_is_refused_in_words(field: Field) -> None:
    for name in (field.name, f"not_{field.name}"):
        assert getattr(parameters.parse(MultiDict({name: ""})).filters, field.name).values == ("",)
        if field.form:
            with pytest.raises(
                BadRequest, match=f"^{name} is .* write {field.example}, or leave it empty for {field.none}"
            ):
                parameters.parse(MultiDict({name: "27th"}))


@fields
def test_the_command_line_has_two_options_for_each(field: Field) -> None:
    options = {option: each for each in main.commands["search"].params for option in each.opts}
    wanted, denied = options[f"--{field.name}"], options[f"--not-{field.name}"]
    assert wanted.multiple
    assert denied.multiple
    assert (wanted.metavar, denied.metavar) == (field.metavar, field.metavar)  # type: ignore[attr-defined]


@fields
def test_the_manuals_tell_of_each(field: Field) -> None:
    assert f"| `{field.name}` | | only {field.before} this {field.name}" in API
    assert f"| `not_{field.name}` | | {field.denied} this {field.name} |" in API
    for name in NAME_FIELDS:
        assert re.search(rf"^\| `{name}:\w+` \|", LANGUAGE, re.M)


def test_the_manuals_list_them_all() -> None:
    first, *others = (f"`{name}`" for name in FACETS)
    assert f"`/facets/{FACETS[0]}.json` | all values of one facet under a search; also {', '.join(others)} |" in API
    assert f"| `facets` | object | {', '.join((first, *others))}: a list each" in API
    assert f"`{FACETS[0]}` to `not_{FACETS[-1]}` may be given several times" in API
    assert f"**Names** ({', '.join(f'`{name}:`' for name in NAME_FIELDS)})" in LANGUAGE
    assert f"Facets narrow by {', '.join(FACETS[:-1])} and {FACETS[-1]}" in README
