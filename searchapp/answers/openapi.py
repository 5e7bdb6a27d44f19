"""What programs can ask of the site, as a document of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1), made from the
parameters that the site reads and the objects that it answers."""

import re
from typing import Any

import msgspec

from searchapp import __version__
from searchapp.answers import parameters, person_shapes, shapes
from searchapp.answers.address import DEFAULTS, PAGE
from searchapp.answers.comparison import MOST
from searchapp.answers.files import FEEDS, FORMS
from searchapp.fields import DAYS, FACETS, FIELDS, VIEWS, Field
from searchapp.query.parser import MAX_LENGTH

_ANSWERS: tuple[Any, ...] = (
    shapes.Search[shapes.ArticleHit],
    shapes.Search[shapes.StatementHit],
    shapes.FacetPage,
    shapes.Article,
    shapes.Statement,
    person_shapes.Portrait,
    person_shapes.Speakers,
    person_shapes.Compared,
    shapes.Completions,
    shapes.Health,
    shapes.Ready,
    shapes.Problem,
)
_JSON, _PROBLEM = "application/json", "application/problem+json"
_FOUND = "articles or statements that are found"
_REFUSALS = {
    400: "A parameter or the query cannot be read.",
    404: "It does not exist.",
    410: "What a link or an id meant is no longer held.",
    414: "The address is too long.",
    503: "The archive cannot be searched just now: ask again later.",
}


def document(server: str = "") -> dict[str, Any]:
    """Return the document. ``server`` is the address of the site without a slash at its end, or its path prefix."""
    _, components = msgspec.json.schema_components(_ANSWERS, ref_template="#/components/schemas/{name}")
    searching = _search_parameters()
    whole = [each for each in searching if each["name"] not in ("limit", "timeline")]
    filters = [each for each in whole if each["name"] != "offset"]
    of_facet = [_within("facet", "Which facet.", {"enum": [*FACETS]}), *filters, *_looking_parameters()]
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "searchapp",
            "version": __version__,
            "description": "A news archive: who said what, and when. All is read with GET, and nothing can be changed.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server or "/"}],
        "paths": {
            "/search.json": _read(
                "search",
                "Articles or statements that are found.",
                searching,
                shapes.Search[shapes.ArticleHit],
                shapes.Search[shapes.StatementHit],
            ),
            "/facets/{facet}.json": _read(
                "values",
                "Values of a facet under a search.",
                of_facet,
                shapes.FacetPage,
            ),
            "/suggestions.json": _read(
                "suggestions",
                "How a query may go on that is still being typed.",
                [_asked("q", "The query as far as it goes.", {"type": "string"})],
                shapes.Completions,
            ),
            "/articles/{id}.json": _read(
                "article",
                "An article.",
                [_within("id", "Its id; slashes in it may stand as they are.")],
                shapes.Article,
            ),
            "/statements/{id}.json": _read("statement", "A statement.", [_within("id", "Its id.")], shapes.Statement),
            "/speakers.json": _read(
                "speakers",
                "All who speak.",
                [
                    *_looking_parameters(),
                    _asked("speakerkind", "Which of them.", {"enum": ["person", "organisation"]}),
                    _asked("page", "Which page of them.", {"type": "integer", "minimum": 1}),
                ],
                person_shapes.Speakers,
                person_shapes.Compared,
            ),
            "/speakers/{name}.json": _read(
                "speaker",
                "What the archive knows of a speaker.",
                [
                    _within("name", "The whole name, in any spelling that the archive knows."),
                    _asked("said", "Words (a query) that were said first and last when.", {"type": "string"}),
                ],
                person_shapes.Portrait,
                person_shapes.Speakers,
                person_shapes.Compared,
            ),
            "/compare.json": _read(
                "compare",
                "Speakers or words over time, beside each other; or two statements.",
                _compare_parameters(),
                person_shapes.Compared,
            ),
            "/healthz": _read("health", "Whether the process answers.", [], shapes.Health),
            "/readyz": _read("ready", "Whether the site can answer, and from what.", [], shapes.Ready),
            **{
                f"/search{ending}": _file(f"take {form.called}", f"All {_FOUND}: {form.called}.", form.kind, whole)
                for ending, form in FORMS.items()
            },
            **{
                f"/search{ending}": _file(
                    f"follow {ending}", f"The newest {_FOUND}: {form.called}.", form.kind, filters
                )
                for ending, form in FEEDS.items()
            },
            "/facets/{facet}.csv": _file(
                "take values", "Values of a facet as a table: CSV.", FORMS[".csv"].kind, of_facet
            ),
        },
        "components": {"schemas": components},
    }


def _read(identity: str, summary: str, takes: list[dict[str, Any]], *answers: Any) -> dict[str, Any]:
    schemas = msgspec.json.schema_components(answers, ref_template="#/components/schemas/{name}")[0]
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": list(schemas)}
    return {"get": _operation(identity, summary, takes, {_JSON: {"schema": schema}})}


def _file(called: str, summary: str, kind: str, takes: list[dict[str, Any]]) -> dict[str, Any]:
    content = {kind: {"schema": {"type": "object" if kind.endswith("json") else "string"}}}
    return {"get": _operation(re.sub("[^A-Za-z]", "", called), summary, takes, content)}


def _operation(identity: str, summary: str, takes: list[dict[str, Any]], content: dict[str, Any]) -> dict[str, Any]:
    problem = {_PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    refused = {
        str(status): {"description": told} | ({} if status == 414 else {"content": problem})
        for status, told in _REFUSALS.items()
    }
    return {
        "operationId": identity,
        "summary": summary,
        "parameters": takes,
        "responses": {"200": {"description": summary, "content": content}, **refused},
    }


def _search_parameters() -> list[dict[str, Any]]:
    day = {"type": "string", "maxLength": parameters.MAX_VALUE, "examples": ["2021-04-27", "2021-04", "2021"]}
    count = {"type": "integer", "minimum": 0}
    return [
        _asked("q", "The query; an empty one finds everything.", {"type": "string", "maxLength": MAX_LENGTH}),
        _asked("view", "What to find.", {"enum": [*VIEWS], "default": DEFAULTS["view"]}),
        _asked("match", "Which bare words must occur.", {"enum": [*parameters.MATCHES], "default": DEFAULTS["match"]}),
        _asked("synonyms", "Whether to find synonyms, too.", {"enum": [*parameters.SWITCH], "default": "on"}),
        *(_chosen(field.name, f"Only {field.before} this {field.name}.", field) for field in FIELDS.values()),
        *(
            _chosen(f"not_{field.name}", f"{field.denied.capitalize()} this {field.name}.", field)
            for field in FIELDS.values()
        ),
        _asked("from", "Published on this day or later.", day),
        _asked("to", "Published on this day or earlier.", day),
        _asked("day", "Which day of a statement counts.", {"enum": [*DAYS], "default": DEFAULTS["day"]}),
        _asked("sort", "What comes first.", {"enum": [*parameters.SORTS]}),
        _asked("limit", "How many hits.", count | {"maximum": parameters.MAX_LIMIT, "default": PAGE}),
        _asked("offset", "How many hits to pass over.", count | {"default": 0}),
        _asked(
            "timeline", "Whether to count what is found over time.", {"enum": [*parameters.SWITCH], "default": "off"}
        ),
        _asked("at", "The generation in which the hits before were found, as links have it.", {"type": "string"}),
    ]


def _looking_parameters() -> list[dict[str, Any]]:
    return [
        _asked("find", "Beginnings of words of the names that are looked for.", {"type": "string", "maxLength": 100}),
        _asked("letter", "With which a word of them begins.", {"type": "string", "pattern": "^[A-Za-z]$"}),
        _asked("order", "The order of the values.", {"enum": ["count", "name"], "default": "count"}),
    ]


def _compare_parameters() -> list[dict[str, Any]]:
    several = {"type": "array", "items": {"type": "string"}, "maxItems": MOST}
    days = [each for each in _search_parameters() if each["name"] in ("view", "from", "to")]
    return [
        _asked("speaker", "The whole name of each speaker.", several),
        _asked("q", "Each of the words (queries) that are compared; or one, said by each speaker.", several),
        _asked("statement", "The ids of two statements; nothing else is read then.", several),
        *days,
    ]


def _asked(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _chosen(name: str, description: str, field: Field) -> dict[str, Any]:
    form = {"pattern": f"^({field.form.pattern})?$"} if field.form else {"maxLength": parameters.MAX_VALUE}
    values = {"type": "array", "items": {"type": "string", **form}, "maxItems": parameters.MAX_VALUES}
    return _asked(name, f"{description} Empty for {field.none}.", values)


def _within(name: str, description: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    given = {"type": "string", **(schema or {})}
    return {"name": name, "in": "path", "required": True, "description": description, "schema": given}
