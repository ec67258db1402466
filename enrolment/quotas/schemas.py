"""What is sent of quotas: shape only."""

from marshmallow import fields, validate

from config.forms import Schema, text
from config.languages import _l

OPEN, OWNER = "open", "owner"
_SEATS = validate.Range(0, 10_000, error=_l("Write a whole number from 0 to 10 000."))


class QuotaSchema(Schema):
    """`kept_for`: open, owner, region:<code> or scheme:<code>."""

    kept_for = text(60, required=True)
    owner = text(200, load_default=None)
    seats = fields.Integer(load_default=None, validate=_SEATS)
    release_on = fields.Date(load_default=None)
    source = text(40, load_default=None)


class ChangeSchema(Schema):
    seats = fields.Integer(load_default=None, validate=_SEATS)
    release_on = fields.Date(load_default=None)
