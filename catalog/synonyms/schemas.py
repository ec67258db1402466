"""What is sent about a synonym: shape only."""

from marshmallow import fields

from config.forms import Schema, text

LONGEST = 100  # signs


class ChangeSchema(Schema):
    why = text(200, load_default=None)
    source = text(500, required=True)
    valid_from = fields.Date(load_default=None)
    valid_to = fields.Date(load_default=None)


class SynonymSchema(ChangeSchema):
    asked = text(LONGEST, required=True)
    meant = text(LONGEST, required=True)


class ListedSchema(Schema):
    q = text(LONGEST, load_default="")
