"""The site describes itself to programs, and keeps to what it says."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from searchapp.engines.protocol import Engine
from searchapp.indexing.report import Report
from searchapp.web import create_app


@pytest.fixture(scope="module")
def client(demo: tuple[Engine, Report]) -> FlaskClient:
    return create_app(engine=demo[0]).test_client()


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    told = client.get("/openapi.json").json
    assert isinstance(told, dict)
    return told


def closed(schema: Any) -> Any:
    """Return a schema in which objects may have no keys but those it names."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    shut = {"additionalProperties": False} if "properties" in schema else {}
    return {name: closed(value) for name, value in schema.items()} | shut


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    validate(document)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/search.json", "/search.json?q=vaccine"),
        ("/search.json", "/search.json?q=speker:velikanov&limit=0"),
        ("/search.json", "/search.json?view=statements&q=vacine&limit=100&timeline=on"),
        ("/facets/{facet}.json", "/facets/speaker.json?find=ve"),
        ("/suggestions.json", "/suggestions.json?q=veli"),
        ("/articles/{id}.json", "/articles/MNA/2021/04/27/foreign-ministers-hold-phone-talks.json"),
        ("/articles/{id}.json", "/articles/nowhere.json"),
        ("/speakers.json", "/speakers.json?letter=v&order=name"),
        ("/speakers/{name}.json", "/speakers/Andrei%20Velikanov.json?said=vaccine"),
        ("/compare.json", "/compare.json?speaker=Andrei%20Velikanov&speaker=Tran%20Quoc%20Lam"),
        ("/healthz", "/healthz"),
        ("/readyz", "/readyz"),
    ],
)
def test_answers_have_the_keys_and_types_that_it_tells(
    client: FlaskClient, document: dict[str, Any], path: str, address: str
) -> None:
    answer = client.get(address)
    content = document["paths"][path]["get"]["responses"][str(answer.status_code)]["content"]
    schema = content[answer.mimetype]["schema"]
    Draft202012Validator(closed({**schema, "components": document["components"]})).validate(answer.json)


def test_a_statement_is_as_it_tells(client: FlaskClient, document: dict[str, Any]) -> None:
    said = client.get("/search.json?view=statements&limit=1").json["hits"][0]["id"]  # type: ignore[index]
    schema = {"$ref": "#/components/schemas/Statement", "components": document["components"]}
    Draft202012Validator(closed(schema)).validate(client.get(f"/statements/{said}.json").json)


def test_it_names_every_parameter_and_no_other(client: FlaskClient, document: dict[str, Any]) -> None:
    refused = client.get("/search.json?colour=red").json["detail"]  # type: ignore[index]
    known = refused.partition("The parameters are: ")[2].rstrip(".").split(", ")
    told = [each["name"] for each in document["paths"]["/search.json"]["get"]["parameters"]]
    assert sorted(told) == sorted({*known} - {"page"})  # of which limit and offset are the other way of saying
