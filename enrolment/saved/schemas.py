"""What is sent about saved things: shape only."""

from marshmallow import fields, validate

from config.forms import Schema, text
from config.languages import _l

LONGEST_QUERY = 10_000


class NoteSchema(Schema):
    note = text(2000, load_default=None)


class SearchSchema(Schema):
    """`query`: as it stands in the address of the search."""

    query = text(LONGEST_QUERY, load_default="")
    name = text(120, load_default=None)
    weekly = fields.Boolean(load_default=False)


class AlertSchema(Schema):
    event = fields.String(required=True, validate=validate.OneOf(["turn on", "pause", "resume", "turn off"], error=_l("Choose from the list.")))
