"""The blueprint of a package's part of the API: it documents who may ask, and every refusal that follows from how one asks."""

from collections.abc import Callable
from copy import deepcopy
from http import HTTPStatus
from typing import Any

import flask_smorest
from flask_smorest.utils import deepupdate

from config.api.document import PREFIX, SESSION, TOKEN
from config.api.reading import Reader
from config.http import READS

View = Callable[..., Any]


class Blueprint(flask_smorest.Blueprint):
    """Views under /api/v1. The docstring of a view is its documentation; what its guard asks for is documented with it."""

    ARGUMENTS_PARSER = Reader()

    def __init__(self, name: str, import_name: str, *, tag: str):
        """`tag`: the heading under which the documentation lists the views."""
        super().__init__(name, import_name, url_prefix=PREFIX)
        self.tag = tag

    def add_url_rule(self, rule: str, endpoint: str | None = None, view_func: View | None = None, *arguments, tags=None, **options) -> None:
        (method,) = options.get("methods", ("GET",))
        view_func._apidoc = _documented(view_func, rule, method, endpoint or view_func.__name__)
        super().add_url_rule(rule, endpoint, view_func, *arguments, tags=tags or [self.tag], **options)

    def asks(self, parameter: dict[str, Any]) -> Callable[[View], View]:
        """A parameter beside those of a schema, such as a header."""

        def wrap(view: View) -> View:
            view._apidoc = deepcopy(getattr(view, "_apidoc", {}))
            view._apidoc.setdefault("arguments", {}).setdefault("parameters", []).append(parameter)
            return view

        return wrap

    def refuses(self, *codes: int) -> Callable[[View], View]:
        """What a view refuses for reasons of its own."""
        return self.doc(responses=_responses(codes))


def _documented(view: View, rule: str, method: str, endpoint: str) -> dict[str, Any]:
    known = getattr(view, "_apidoc", {})
    guard = getattr(view, "guard", None)
    answers = [HTTPStatus.NOT_MODIFIED] if hasattr(view, "has_tag") else []
    own: dict[str, Any] = {"operationId": endpoint.replace("_", "-"), "responses": _responses([*answers, *_refused(rule, method, guard, known)])}
    if guard:
        own["security"] = [{SESSION: []} if method in READS else {SESSION: [], TOKEN: []}]
        own["x-roles"] = [guard] if isinstance(guard, str) else [str(role) for role in guard]
    return known | {"manual_doc": deepupdate(own, known.get("manual_doc", {}))}


def _refused(rule: str, method: str, guard: Any, known: dict[str, Any]) -> list[int]:
    """The refusals that follow from how one asks: a malformed address or body, no sign-in, another hat, no such thing, no token."""
    reads = method in READS
    sends = any(part["in"] == "json" for part in known.get("arguments", {}).get("parameters", ()))
    answers = {
        HTTPStatus.BAD_REQUEST: not reads,
        HTTPStatus.UNAUTHORIZED: guard,
        HTTPStatus.FORBIDDEN: isinstance(guard, tuple),
        HTTPStatus.NOT_FOUND: "<" in rule,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: sends,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: sends,
        HTTPStatus.UNPROCESSABLE_ENTITY: True,
    }
    return [code.value for code, given in answers.items() if given]


def _responses(codes) -> dict[int, str]:
    """By status, the name of its response in the document."""
    return {int(code): HTTPStatus(code).name for code in codes}
