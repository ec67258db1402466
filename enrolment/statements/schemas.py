"""What a teacher sends to make a statement: shape only."""

from marshmallow import fields, validate

from config.forms import Schema, text
from config.languages import _l


class StatementSchema(Schema):
    share = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=300, error=_l("Choose at most {max}.")))
    marks = fields.Boolean(load_default=False)
    purpose = text(120, load_default=None)


class BadgeSchema(Schema):
    mark = fields.Boolean(load_default=False)
