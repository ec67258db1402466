"""Shapes that every answer is built of: what is shown, a page of a list, a problem."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import request
from marshmallow import INCLUDE, fields, missing, validate

from config.api import glossary
from config.forms import Schema
from config.languages import _l

glossary.explain(
    {
        "page": ("Which page of the list, counted from 1.", 1),
        "page_size": ("How many things on a page, at most 100.", 20),
        "total": ("How many there are in all.", 1),
        "pages": ("How many pages there are.", 1),
        "next": ("The address of the next page.", None),
        "previous": ("The address of the page before.", None),
        "items": ("The things on this page.", None),
        "name": ("What it is called.", None),
        "nb": ("In bokmål.", "Matematikk"),
        "nn": ("In nynorsk.", "Matematikk"),
        "en": ("In English.", "Mathematics"),
        "se": ("In North Sámi.", "Matematihkka"),
        "Problem.type": ("What kind of refusal it is; stays the same in every language.", "/problems/bad-input"),
        "Problem.title": ("The reason, as a sentence in the reader’s language.", "What you sent is not well formed."),
        "Problem.status": ("The status of the answer.", 422),
        "Problem.instance": ("The request, by its reference in the log.", "0b0c6a7f4d1b4f0c9d7d3c0f5f4e3d2c"),
        "Problem.errors": ("Each thing that is wrong with what was sent.", None),
        "Rejected.detail": ("What is wrong, as a sentence.", "There is no such field."),
        "Rejected.pointer": ("Where in the JSON that was sent (RFC 6901).", "#/credits"),
        "Rejected.parameter": ("Which part of the address’s query.", None),
    }
)

MOST_ON_A_PAGE = 100
LAST_PAGE = 100_000


class Shown(Schema):
    """What is only ever shown: every field stands in the answer, and what is not stated is null."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field) -> None:
        field_obj.required, field_obj.load_default = True, missing


class Moment(fields.AwareDateTime):
    """A moment in UTC, written with a Z (RFC 3339)."""

    def _serialize(self, value: datetime | None, attr, obj, **known) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class Name(Shown):
    """A name in bokmål, nynorsk, English and North Sámi; null where there is none in that language."""

    nb = fields.String(attribute="name_nb")
    nn = fields.String(attribute="name_nn", allow_none=True)
    en = fields.String(attribute="name_en", allow_none=True)
    se = fields.String(attribute="name_se", allow_none=True)


class Names(fields.Nested):
    """The name of a row that has one in several languages: the columns name_nb, name_nn … of the row itself."""

    def __init__(self, **options):
        super().__init__(Name, **options)

    def serialize(self, attr, obj, accessor=None, **known) -> dict[str, str | None]:
        return self.schema.dump(obj)


class Paging(Schema):
    """Which stretch of a list is asked for."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, LAST_PAGE, error=_l("Write a whole number between {min} and {max}.")))
    page_size = fields.Integer(load_default=20, validate=validate.Range(1, MOST_ON_A_PAGE, error=_l("Write a whole number between {min} and {max}.")))


@dataclass(frozen=True)
class Page:
    """A stretch of a list: its items, how many there are in all, and which page of how many it is."""

    items: Sequence[Any]
    total: int
    page: int
    page_size: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.page_size))

    @property
    def next(self) -> str | None:
        return _address(self.page + 1) if self.page < self.pages else None

    @property
    def previous(self) -> str | None:
        return _address(min(self.page - 1, self.pages)) if self.page > 1 else None


def _address(page: int) -> str:
    """The address asked for, at another page."""
    others = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    return f"{request.path}?{urlencode([*others, ('page', page)])}"


def page_of(everything: Sequence[Any], asked: dict[str, Any], load: Callable[[Sequence[Any]], Sequence[Any]] = lambda stretch: stretch) -> Page:
    """The stretch asked for, of all there is; `load` makes the things shown of what stands in the stretch."""
    start = (asked["page"] - 1) * asked["page_size"]
    return Page(load(everything[start : start + asked["page_size"]]), len(everything), asked["page"], asked["page_size"])


def pages_of(kind: type[Schema]) -> type[Schema]:
    """The schema of a page of things of a kind."""
    shape = {
        "total": fields.Integer(),
        "page": fields.Integer(),
        "pages": fields.Integer(),
        "next": fields.String(allow_none=True),
        "previous": fields.String(allow_none=True),
        "items": fields.List(fields.Nested(kind)),
    }
    return type(f"{kind.__name__}Page", (Shown,), shape)


class Rejected(Schema):
    """One thing that is wrong with what was sent."""

    detail = fields.String(required=True)
    pointer = fields.String()
    parameter = fields.String()


class Problem(Schema):
    """What is answered instead, and why (RFC 9457)."""

    class Meta:
        unknown = INCLUDE

    type = fields.String(required=True, metadata={"format": "uri-reference"})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    instance = fields.String(required=True, metadata={"format": "uri-reference"})
    errors = fields.List(fields.Nested(Rejected))
