"""The documentation as pages read it: the OpenAPI document in the reader's language, with an example and a line to try it by."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from config.languages import _, _l

METHODS = ("get", "post", "patch", "put", "delete")
SOME_ID = "1f0c8f0e-6a4e-4d0c-9f0b-2c6f6d1b7a51"
TAGS = {"Start": _l("Start"), "Catalogue": _l("Catalogue"), "Coverage": _l("Coverage"), "Statistics": _l("Statistics"), "Me": _l("What is yours"), "Publishing": _l("Publishing")}
TYPES = {
    "string": _l("text"), "integer": _l("whole number"), "number": _l("number"), "boolean": _l("true or false"), "object": _l("object"),
    "date": _l("day"), "date-time": _l("moment"), "uuid": _l("UUID"),
}  # fmt: skip
SHOWN_IN_A_LINE = ("q", "level", "year")  # of a query, so that the line is short
ROLES = {"signed-in": _l("Anybody signed in"), "teacher": _l("Teachers"), "editor": _l("Editors of the institution")}
REFUSALS = {
    304: _l("What you have, by its ETag, is still so: ask with If-None-Match."),
    400: _l("The token is missing or too old, or what was sent is no JSON."),
    401: _l("Nobody is signed in."),
    403: _l("The person signed in acts in another role."),
    404: _l("There is no such thing, or none that you may see."),
    409: _l("It cannot be done now; the problem says why."),
    412: _l("Somebody else has changed it since the version you name."),
    413: _l("What you sent is too large."),
    415: _l("What you sent is not said to be JSON."),
    422: _l("Something that was sent is not well formed; `errors` names it."),
    428: _l("If-Match is missing."),
}


@dataclass(frozen=True)
class Field:
    """A name in the address, in what is sent or in the answer. `shape` names the shape it holds, where it holds one."""

    name: str
    kind: str
    shape: str | None
    choices: tuple[str, ...]
    required: bool
    sentence: str


@dataclass(frozen=True)
class Shape:
    name: str
    fields: tuple[Field, ...]


def said(text: str | None) -> str:
    """A sentence of the document in the reader's language."""
    whole = " ".join((text or "").split())
    return _(whole) if whole else ""


def a_question(host: str) -> str:
    """A first line to type; `host` ends with a slash."""
    return f"curl '{host}api/v1/modules?q=algebra&level=8-10'"


def a_refusal() -> str:
    """What a problem looks like."""
    wrong = {"pointer": "#/credits", "detail": _("Credits are whole or halves, such as 15 or 7.5, and at most 300.")}
    reference = "0b0c6a7f4d1b4f0c9d7d3c0f5f4e3d2c"
    return written({"type": "/problems/bad-input", "title": _("What you sent is not well formed."), "status": 422, "instance": reference, "errors": [wrong]})


def written(value: Any) -> str:
    """As JSON, to be read by people."""
    return json.dumps(value, indent=2, ensure_ascii=False)


class Manual:
    """Reads one document."""

    def __init__(self, document: dict[str, Any]):
        self.document = document
        self.operations = {one.id: one for one in self._operations()}

    def _operations(self) -> Iterator["Operation"]:
        for path, methods in self.document["paths"].items():
            for method in METHODS:
                if method in methods:
                    yield Operation(self, method, path, methods[method], methods.get("parameters", []))

    def by_tag(self) -> list[tuple[str, list["Operation"]]]:
        """The operations under their headings."""
        return [(str(title), [one for one in self.operations.values() if one.tag == tag]) for tag, title in TAGS.items()]

    def resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        """What a reference refers to."""
        while "$ref" in part:
            *_root, kind, name = part["$ref"].split("/")
            part = self.document["components"][kind][name]
        return part

    def shapes(self, schema: dict[str, Any]) -> list[Shape]:
        """The shape of a schema and those it holds, each once, in the order in which they are met."""
        waiting, met = [self._named(schema)], []
        while waiting:
            name, whole = waiting.pop(0)
            if name not in {shape.name for shape in met}:
                met.append(Shape(name, tuple(self.fields(whole))))
                waiting += [self._named(part) for part in whole.get("properties", {}).values() if self._named(part)[0]]
        return met

    def _named(self, schema: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The name and the schema of the object that a schema is, or holds; an empty name where it holds none."""
        held = next((part for part in (schema, schema.get("items", {}), *schema.get("anyOf", ())) if "$ref" in part), None)
        return (held["$ref"].rpartition("/")[2], self.resolved(held)) if held else ("", {})

    def fields(self, schema: dict[str, Any]) -> Iterator[Field]:
        needed = schema.get("required", ())
        for name, part in schema.get("properties", {}).items():
            yield self.field(name, part, name in needed)

    def field(self, name: str, part: dict[str, Any], required: bool, sentence: str | None = None) -> Field:
        inner = part.get("items", part)
        choices = tuple(str(choice) for choice in inner.get("enum", ()) if choice is not None)
        return Field(name, self._kind(part), self._named(part)[0] or None, choices, required, said(sentence or part.get("description")))

    def _kind(self, part: dict[str, Any]) -> str:
        if part.get("type") == "array":
            if "enum" in part["items"]:
                return _("any of")
            return _("list of") if self._named(part)[0] else _("list (%(kind)s)", kind=self._kind(part["items"]))
        if "enum" in part:
            return _("one of, or null") if None in part["enum"] else _("one of")
        types = part.get("type", "object" if self._named(part)[0] else "string")
        kinds = [one for one in ([types] if isinstance(types, str) else types) if one != "null"]
        word = str(TYPES.get(part.get("format", ""), TYPES.get(kinds[0] if kinds else "string", "")))
        return _("%(kind)s or null", kind=word) if _may_be_null(part) else word

    def example(self, schema: dict[str, Any]) -> Any:
        """What it may look like: each name with its example, a list with one thing in it."""
        if "examples" in schema:
            return schema["examples"][0]
        whole = self.resolved(schema)
        if "properties" in whole:
            return {name: self.example(part) for name, part in whole["properties"].items()}
        if _may_be_null(whole):
            return None
        return self._plain(whole)

    def _plain(self, schema: dict[str, Any]) -> Any:
        if schema.get("type") == "array":
            return [self.example(schema["items"])]
        if "enum" in schema:
            return schema["enum"][0]
        return {"boolean": True, "integer": 1, "number": 1, "object": {}}.get(schema.get("type", ""), SOME_ID if schema.get("format") == "uuid" else "…")


def _said_in_text(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a part of an address, where null cannot be said."""
    types, choices = schema.get("type"), schema.get("enum", ())
    told = schema | ({"enum": [one for one in choices if one is not None]} if choices else {})
    return told | ({"type": next(one for one in types if one != "null")} if isinstance(types, list) else {})


def _may_be_null(part: dict[str, Any]) -> bool:
    types = part.get("type", ())
    return "null" in types if not isinstance(types, str) else any(one.get("type") == "null" for one in part.get("anyOf", ()))


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    manual: Manual
    method: str
    path: str
    told: dict[str, Any]
    of_path: list[dict[str, Any]]

    @property
    def id(self) -> str:
        return self.told["operationId"]

    @property
    def tag(self) -> str:
        return self.told["tags"][0]

    @property
    def summary(self) -> str:
        return said(self.told["summary"])

    @property
    def description(self) -> str:
        return said(self.told.get("description"))

    @property
    def roles(self) -> list[str]:
        return [str(ROLES[role]) for role in self.told.get("x-roles", ())]

    @property
    def changes(self) -> bool:
        """Whether it changes something, and so needs the token."""
        return self.method != "get"

    @property
    def parameters(self) -> list[tuple[str, Field]]:
        """Where each stands (path, query, header), and what it is."""
        parts = [*self.of_path, *self.told.get("parameters", [])]
        field = self.manual.field
        return [(part["in"], field(part["name"], _said_in_text(part["schema"]), part.get("required", False), part.get("description"))) for part in parts]

    @property
    def body(self) -> dict[str, Any] | None:
        """The schema of what is sent."""
        content = self.told.get("requestBody", {}).get("content", {})
        return content["application/json"]["schema"] if content else None

    @property
    def success(self) -> int:
        return next(int(code) for code in self.told["responses"] if code.startswith("2"))

    @property
    def answer(self) -> dict[str, Any]:
        """The schema of what is answered."""
        return self.told["responses"][str(self.success)]["content"]["application/json"]["schema"]

    @property
    def refusals(self) -> list[tuple[int, str, str]]:
        """Status, its name, and what it means here."""
        others = sorted(int(code) for code in self.told["responses"] if not code.startswith("2"))
        return [(code, HTTPStatus(code).phrase, str(REFUSALS[code])) for code in others]

    def curl(self, host: str) -> str:
        """A line to try it by; `host` ends with a slash."""
        lines = [f"curl '{host.rstrip('/')}{self._address()}'"]
        if self.changes:
            lines[0] = f"curl -X {self.method.upper()} '{host.rstrip('/')}{self._address()}'"
        return " \\\n  ".join([*lines, *self._headers()])

    def _address(self) -> str:
        path = self.path
        for part in self.of_path:
            path = path.replace(f"{{{part['name']}}}", quote(str(self._example_of(part))))
        query = [(part["name"], self._example_of(part)) for part in self._query() if part["name"] in SHOWN_IN_A_LINE]
        return f"{path}?{urlencode(query)}" if query else path

    def _query(self) -> Iterable[dict[str, Any]]:
        return (part for part in self.told.get("parameters", []) if part["in"] == "query")

    def _example_of(self, part: dict[str, Any]) -> Any:
        found = self.manual.example(part["schema"])
        return found[0] if isinstance(found, list) else "matematikk" if part["name"] == "subject" else found

    def _headers(self) -> Iterator[str]:
        security = self.told.get("security", [])
        schemes = self.manual.document["components"].get("securitySchemes", {})
        for name in (name for needed in security for name in needed):
            scheme = schemes[name]
            yield f"-b '{scheme['name']}=…'" if scheme["in"] == "cookie" else f"-H '{scheme['name']}: …'"
        for part in self.told.get("parameters", []):
            if part["in"] == "header":
                yield f"-H '{part['name']}: {self._example_of(part)}'"
        if self.body:
            yield "-H 'Content-Type: application/json'"
            yield f"-d '{json.dumps(self.manual.example(self.body), ensure_ascii=False)}'"
