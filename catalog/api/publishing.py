"""An institution's own work by program: its modules are begun, read, changed and published by the schemas and services of the pages.

A section is changed knowingly: who sends a change says by If-Match which version of the section they have read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for
from marshmallow import fields, validate

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.api import queries as api_queries
from catalog.api.schemas import one_of
from catalog.offers.lifecycle import Publication
from catalog.offers.models import Module
from catalog.publishing import content, queries, schemas, services
from catalog.publishing.permissions import institution_of
from catalog.publishing.services.editing import Edit
from config.api.blueprint import Blueprint
from config.api.shapes import Moment, Page, Paging, Shown, pages_of
from config.clock import now
from config.errors import Refusal, StaleEdit
from config.forms import Schema
from config.languages import _, _l

api = Blueprint("publishing_api", __name__, tag="Publishing")
editors_only = acting_as(Role.EDITOR)
SECTIONS: dict[str, type[Schema]] = {
    "basics": schemas.ModuleBasics, "learning": schemas.ModuleLearning, "admission": schemas.ModuleAdmission, "selection": schemas.ModuleSelection,
}  # fmt: skip
IF_MATCH = {
    "in": "header", "name": "If-Match", "required": True, "schema": {"type": "string", "examples": ['"5f2b8c1d9e0a4b67"']},
    "description": "The version of the section you have read, as its ETag says it.",
}  # fmt: skip


class VersionNeeded(Refusal):
    """The sender does not say which version they have read (RFC 6585, 3)."""

    code = "version-needed"
    status = 428


class VersionPassed(StaleEdit):
    """Somebody else has saved since (RFC 9110, 13.1.1)."""

    status = 412


class Confirming(Schema):
    confirmed = fields.String(load_default=None, validate=validate.OneOf(("1",), error=_l("Choose from the list.")))


class ModuleWork(Shown):
    """A module of one's own, in any state: where it is in its life, what is missing, and what its sections say."""

    uuid = fields.UUID()
    state = one_of(Publication)
    published_at = Moment(allow_none=True)
    gaps = fields.List(fields.String())
    basics = fields.Nested(schemas.ModuleBasics)
    learning = fields.Nested(schemas.ModuleLearning)
    admission = fields.Nested(schemas.ModuleAdmission)
    selection = fields.Nested(schemas.ModuleSelection)


@dataclass(frozen=True)
class Work:
    """A module as its editors see it."""

    module: Module

    def __getattr__(self, name: str) -> Any:
        return content.content(self.module, name) if name in SECTIONS else getattr(self.module, name)


def _mine() -> int:
    return institution_of(current_actor())


@api.get("/publish/modules")
@editors_only
@api.arguments(Paging, location="query")
@api.response(200, pages_of(ModuleWork))
def list_own_modules(asked) -> Page:
    """Your institution’s modules, drafts among them"""
    first = (asked["page"] - 1) * asked["page_size"]
    total, found = api_queries.own_modules(_mine(), first, asked["page_size"])
    return Page([Work(module) for module in found], total, asked["page"], asked["page_size"])


@api.post("/publish/modules")
@editors_only
@api.arguments(schemas.ModuleBasics)
@api.response(201, ModuleWork)
def create_module(sent):
    """Begin a module with its basics

    A draft, which only the editors of your institution see.
    """
    module = services.create_module(sent, actor=current_actor(), at=now())
    return Work(module), 201, {"Location": url_for(".read_own_module", module=module.uuid)}


@api.get("/publish/modules/<uuid:module>")
@editors_only
@api.response(200, ModuleWork)
def read_own_module(module):
    """One module of your institution’s, in any state"""
    return Work(queries.own_module(_mine(), module))


@api.post("/publish/modules/<uuid:module>/publication")
@editors_only
@api.refuses(409)
@api.response(200, ModuleWork)
def publish_module(module):
    """Publish a module

    Refused while something is missing; `gaps` names what.
    """
    return Work(services.publish_module(module, actor=current_actor(), at=now()))


def _add_section(section: str, schema: type[Schema]) -> None:
    """A section is read with its version, and changed by who has read that version."""

    def read(module: UUID):
        return _section(queries.own_module(_mine(), module), section)

    def change(sent: dict[str, Any], asked: dict[str, Any], module: UUID):
        before = content.content(queries.own_module(_mine(), module), section)
        edit = Edit(section, before | sent, _version_read(), bool(asked["confirmed"]))
        return _section(_edited(module, edit), section)

    read.__doc__ = f"The section “{section}” of a module, with its version"
    change.__doc__ = f"Change the section “{section}” of a module\n\nOnly what is sent is changed; null takes it away."
    path = f"/publish/modules/<uuid:module>/{section}"
    api.get(path, endpoint=f"read_module_{section}")(_guarded(read, api.response(200, schema)))
    api.patch(path, endpoint=f"change_module_{section}")(
        _guarded(
            change, api.response(200, schema), api.arguments(Confirming, location="query"), api.arguments(schema(partial=True)),
            api.asks(IF_MATCH), api.refuses(409, 412, 428),
        )  # fmt: skip
    )


def _guarded(view: Callable, *wrappings: Callable) -> Callable:
    for wrap in wrappings:
        view = wrap(view)
    return editors_only(view)


def _section(module: Module, section: str) -> tuple[content.Content, dict[str, str]]:
    said = content.content(module, section)
    return said, {"ETag": f'"{content.version_of(said)}"'}


def _version_read() -> str:
    if not request.if_match:
        raise VersionNeeded(_("Say by If-Match which version you have read."))
    return next(iter(request.if_match.as_set()), "")


def _edited(module: UUID, edit: Edit) -> Module:
    try:
        return services.edit_module(module, edit, actor=current_actor(), at=now())
    except StaleEdit as refusal:
        raise VersionPassed(refusal.sentence) from None


for _name, _schema in SECTIONS.items():
    _add_section(_name, _schema)
