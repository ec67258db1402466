"""The OpenAPI document (3.1), written from the views and schemas themselves, so that it cannot say anything else than they do."""

import hashlib
from functools import cached_property
from http import HTTPStatus
from threading import Lock
from typing import Any

import flask_smorest
from apispec.ext.marshmallow import MarshmallowPlugin, OpenAPIConverter
from flask import Flask, json
from flask_smorest.spec.plugins import FlaskPlugin
from marshmallow import fields

from config.api import glossary
from config.api.shapes import Problem

VERSION = "1.0.0"
PREFIX = "/api/v1"
PROBLEM = "application/problem+json"
SESSION, TOKEN = "session", "csrf"  # names of the ways to say who is asking
INTRODUCTION = (
    "Further education for teachers: what is on offer, where it meets the need, and what is one's own. The catalogue, the coverage and the statistics are open "
    "to everybody and from every site; what is personal needs the cookie of a signed-in browser. Null means that nobody has stated it. "
    "`made_up: true` marks what is invented for the demonstration, and `confirmed: false` what no source confirms. "
    "Credits are numbers in halves, semesters are written 2026h (autumn) and 2027v (spring), days are ISO 8601, moments end with Z."
)


class Document(flask_smorest.Api):
    """What can be asked, and how. Refusals are answered by config.http, so nothing of the library's own is said."""

    ERROR_SCHEMA = Problem
    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, app: Flask, **options):
        self._blueprints: list[flask_smorest.Blueprint] = []
        self._writing = Lock()
        super().__init__(app, **options)

    def _register_error_handlers(self) -> None:
        pass

    def _register_responses(self) -> None:
        """A problem for each status that can be refused with; only those that are used stand in the document."""
        content = {PROBLEM: {"schema": self.ERROR_SCHEMA}}
        for status in (one for one in HTTPStatus if one >= 400):
            self.spec.components.response(status.name, {"description": status.phrase, "content": content}, lazy=True)
        unchanged = HTTPStatus.NOT_MODIFIED
        self.spec.components.response(unchanged.name, {"description": "What you have, by its ETag, is still so."}, lazy=True)

    def register_blueprint(self, blp: flask_smorest.Blueprint, **_options) -> None:
        """The views are there at once; they are documented when the document is first asked for, which costs the start of the app nothing."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp)
        self._blueprints.append(blp)

    @cached_property
    def whole(self) -> dict[str, Any]:
        """The document; written once."""
        with self._writing:
            while self._blueprints:
                blueprint = self._blueprints.pop(0)
                blueprint.register_views_in_doc(self, self._app, self.spec, name=blueprint.name, parameters=None)
            return self.spec.to_dict()

    @cached_property
    def text(self) -> str:
        return json.dumps(self.whole, indent=1)

    @cached_property
    def digest(self) -> str:
        """Another text as soon as anything in the document is another: the shape of answers is part of what makes them new."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:8]


class Paths(FlaskPlugin):
    """Paths, with what each part of them means."""

    def rule_to_params(self, rule) -> list[dict[str, Any]]:
        said = super().rule_to_params(rule)
        return [part | {"description": meaning.sentence} if (meaning := glossary.meaning(f"path.{part['name']}")) else part for part in said]


class Explaining(OpenAPIConverter):
    """From a field to its words of JSON Schema, among them what the glossary says of it."""

    def init_attribute_functions(self) -> None:
        super().init_attribute_functions()
        self.attribute_functions.append(self.explained)

    def explained(self, field: fields.Field, **_known) -> dict[str, Any]:
        """What the glossary says of a field, and that a number is one."""
        told: dict[str, Any] = {}
        if limits := glossary.as_number(field):
            told |= limits | ({"type": ["number", "null"]} if field.allow_none else {})
        if meaning := glossary.meaning_of(field):
            told["description"] = meaning.sentence
            if meaning.example is not None:
                told["examples"] = [meaning.example]
        return told


class Shapes(MarshmallowPlugin):
    Converter = Explaining


def init_app(app: Flask) -> None:
    app.json.sort_keys = False  # in the order of the schemas
    app.config.update(API_TITLE="Seksti", API_VERSION=VERSION, OPENAPI_VERSION="3.1.0")
    shapes = Shapes(schema_name_resolver=_name_of)
    options = {"flask_plugin": Paths(), "marshmallow_plugin": shapes, "info": {"description": INTRODUCTION}, "servers": [{"url": "/"}]}
    document = Document(app, spec_kwargs=options)
    _add_security(document, app)
    app.extensions["api"] = document


def of(app: Flask) -> Document:
    return app.extensions["api"]


def _name_of(schema) -> str:
    """A schema by its class; one that reads changes, where nothing must be there, by its own name."""
    name = (schema if isinstance(schema, type) else type(schema)).__name__.removesuffix("Schema")
    return f"{name}Changes" if getattr(schema, "partial", None) else name


def _add_security(document: Document, app: Flask) -> None:
    cookie = "__Host-seksti" if app.config["SETTINGS"].production else "seksti"
    said = "The cookie of a browser that has signed in."
    document.spec.components.security_scheme(SESSION, {"type": "apiKey", "in": "cookie", "name": cookie, "description": said})
    said = "Shows that the request comes from a page of ours. GET /api/v1/me tells it; send it with whatever changes something."
    document.spec.components.security_scheme(TOKEN, {"type": "apiKey", "in": "header", "name": "X-CSRFToken", "description": said})
