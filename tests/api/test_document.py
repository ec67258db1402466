"""The OpenAPI document: valid, complete, and of one mind with the views."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from marshmallow import fields

from config.api import document, glossary
from config.settings import ROOT
from tests.api.test_any_request import SCHEMA
from tests.conftest import make_app


@pytest.fixture(scope="module")
def whole() -> dict:
    return SCHEMA.raw_schema


def operations(whole: dict) -> dict[tuple[str, str], dict]:
    return {(method.upper(), path): told for path, methods in whole["paths"].items() for method, told in methods.items() if method != "parameters"}


def test_the_document_is_valid_openapi_3_1(whole):
    assert whole["openapi"] == "3.1.0"
    SCHEMA.validate()


def test_a_document_that_is_none_would_be_found_out(whole):
    import schemathesis

    with pytest.raises(Exception, match="responses"):
        broken = whole | {"paths": {"/api/v1": {"get": {"responses": "none"}}}}
        schemathesis.openapi.from_dict(broken).validate()


def test_the_document_is_served_to_every_site_and_not_sent_twice(client):
    first = client.get("/api/v1/openapi.json")
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, first.content_type, first.headers["Access-Control-Allow-Origin"]) == (200, "application/json", "*")
    assert (again.status_code, again.data) == (304, b"")


def test_every_view_of_the_api_stands_in_the_document(app, whole):
    rules = (rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/v1") and rule.endpoint != "api.openapi")
    views = {(method, re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", rule.rule)) for rule in rules for method in rule.methods - {"HEAD", "OPTIONS"}}

    assert set(operations(whole)) == views


def test_who_may_ask_is_what_the_guards_of_the_views_say(app, whole):
    endpoints = {rule.endpoint.rpartition(".")[2].replace("_", "-"): rule.endpoint for rule in app.url_map.iter_rules() if "_api." in rule.endpoint}
    guarded = {told["operationId"]: getattr(app.view_functions[endpoints[told["operationId"]]], "guard", None) for told in operations(whole).values()}
    needs_sign_in = {name for name, guard in guarded.items() if guard}

    assert {told["operationId"] for told in operations(whole).values() if told.get("security")} == needs_sign_in
    assert {told["operationId"] for (method, _path), told in operations(whole).items() if {"session": [], "csrf": []} in told.get("security", [])} == {
        told["operationId"] for (method, _path), told in operations(whole).items() if method != "GET"
    }


def test_every_name_in_the_document_is_explained(whole):
    shapes = whole["components"]["schemas"].items()
    silent = [f"{shape}.{name}" for shape, schema in shapes for name, part in schema.get("properties", {}).items() if not part.get("description")]
    parameters = [part for methods in whole["paths"].values() for told in methods.values() if isinstance(told, dict) for part in told.get("parameters", [])]
    parameters += [part for methods in whole["paths"].values() for part in methods.get("parameters", [])]

    assert silent == []
    assert [part["name"] for part in parameters if not (part.get("description") or part["schema"].get("description"))] == []


def test_credits_are_numbers_in_halves_and_a_claim_is_read_by_the_schema_of_the_form(whole):
    claim = whole["components"]["schemas"]["Claim"]["properties"]
    module = whole["components"]["schemas"]["Module"]["properties"]

    assert {key: claim["credits"][key] for key in ("type", "minimum", "maximum", "multipleOf")} == {"type": "number", "minimum": 0.5, "maximum": 300, "multipleOf": 0.5}
    assert (module["credits"]["type"], module["credits"]["multipleOf"]) == (["number", "null"], 0.5)
    assert set(whole["components"]["schemas"]["Claim"]["required"]) == {"title", "institution", "subject", "credits"}


def test_a_session_and_a_token_are_the_ways_to_say_who_one_is(whole):
    schemes = whole["components"]["securitySchemes"]

    assert {name: (scheme["in"], scheme["name"]) for name, scheme in schemes.items()} == {"session": ("cookie", "seksti"), "csrf": ("header", "X-CSRFToken")}


def test_in_production_the_cookie_has_its_name_of_production(database_url, tmp_path):
    app = make_app(database_url, environ={"SEKSTI_ENV": "production", "SEKSTI_HOSTS": "localhost", "SEKSTI_INSTANCE": str(tmp_path)})

    assert document.of(app).whole["components"]["securitySchemes"]["session"]["name"] == "__Host-seksti"


def test_a_name_is_not_explained_in_two_ways():
    with pytest.raises(ValueError, match="credits"):
        glossary.explain({"credits": ("Something else.", None)})


def test_a_name_that_means_something_else_in_one_schema_is_explained_with_it():
    from catalog.api.schemas import Contained, Module

    assert glossary.meaning_of(Module().fields["credits"]).sentence == "Credits (ECTS, studiepoeng), in halves."
    assert glossary.meaning_of(Contained().fields["credits"]).sentence == "How many credits it covers; null: touched, amount not stated, counts nought."
    assert glossary.meaning_of(fields.String()) is None


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_sentence_of_the_document_can_be_read_in_norwegian(whole, language):
    told = operations(whole).values()
    sentences = {one[name] for one in told for name in ("summary", "description") if one.get(name)} | glossary.sentences()
    headers = {part["description"] for one in told for part in one.get("parameters", []) if "description" in part}
    translated = {message.id for message in _messages(language) if message.id and message.string}

    assert {" ".join(sentence.split()) for sentence in sentences | headers} - translated == set()


def _messages(language: str):
    for path in sorted(Path(ROOT, "translations", language).glob("*.po")):
        with path.open("rb") as file:
            yield from read_po(file, locale=language)
