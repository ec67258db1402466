"""The document, and its pages for people."""

from flask import Blueprint as PagesBlueprint
from flask import Response, current_app, make_response, render_template, request, url_for
from marshmallow import fields

from config import page_cache
from config.api import document, glossary, manual
from config.api.blueprint import Blueprint
from config.api.caching import open_to_other_sites
from config.api.shapes import Shown
from config.errors import NotFound
from config.languages import _

glossary.explain(
    {
        "openapi": ("The document of all that can be asked (OpenAPI 3.1).", "/api/v1/openapi.json"),
        "documentation": ("The same for people.", "/api/docs"),
        "version": ("The version of the API.", document.VERSION),
        "Begin.resources": ("What there is, by name.", {"modules": "/api/v1/modules"}),
    }
)

pages = PagesBlueprint("api", __name__)
api = Blueprint("start_api", __name__, tag="Start")
open_to_other_sites(api)


class Begin(Shown):
    """Where to begin."""

    version = fields.String()
    openapi = fields.String()
    documentation = fields.String()
    resources = fields.Dict(keys=fields.String(), values=fields.String())


@api.get("")
@api.response(200, Begin)
def begin():
    """Where to begin: the addresses of what there is"""
    paths = [path for path in document.of(current_app).whole["paths"] if "{" not in path and path != document.PREFIX]
    resources = {path.removeprefix(f"{document.PREFIX}/"): path for path in paths}
    known = {"openapi": url_for("api.openapi"), "documentation": url_for("api.docs"), "version": document.VERSION}
    return known | {"resources": resources}


@pages.get("/api/v1/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    answer = make_response(document.of(current_app).text)
    answer.mimetype = "application/json"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = "no-cache"
    answer.set_etag(document.of(current_app).digest)
    return answer.make_conditional(request)


@pages.get("/api/docs")
def docs() -> str:
    """What can be asked, and the rules that hold for all of it."""
    page_cache.keep()
    question, refusal = manual.a_question(request.host_url), manual.a_refusal()
    return render_template("api/docs.html", manual=_manual(), question=question, refusal=refusal)


@pages.get("/api/docs/<operation>")
def operation(operation) -> str:
    """One thing that can be asked."""
    found = _manual().operations.get(operation)
    if found is None:
        raise NotFound(_("There is no such operation."))
    page_cache.keep()
    return render_template("api/operation.html", operation=found, manual=_manual(), host=request.host_url, written=manual.written)


def _manual() -> manual.Manual:
    return manual.Manual(document.of(current_app).whole)
