"""What is sent about rounds and rates: shape only."""

from marshmallow import fields, validate

from catalog.values import Strand
from config.forms import Schema, text
from config.languages import _l

_PERCENT = {"validate": validate.Range(0, 100, error=_l("Between 0 and 100 per cent.")), "required": True}


class DaySchema(Schema):
    """`version` is the one the page was made from."""

    day = fields.Date(required=True)
    version = fields.Integer(required=True)


class YearSchema(Schema):
    study_year = fields.Integer(required=True, validate=validate.Range(2012, 2099, error=_l("A year such as 2028.")))


class RateSchema(Schema):
    scheme = text(40, required=True)
    strand = fields.Enum(Strand, by_value=True, required=True)
    subjects = fields.List(text(40), load_default=list)
    state_percent = fields.Integer(**_PERCENT)
    owner_percent = fields.Integer(**_PERCENT)
    own_percent = fields.Integer(**_PERCENT)
    stipend_kroner = fields.Integer(load_default=0, validate=validate.Range(0, 1_000_000, error=_l("Between 0 and 1 000 000 kroner.")))
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(load_default=None)
    source = text(500, required=True)


class CriterionSchema(Schema):
    weight = fields.Integer(required=True, validate=validate.Range(0, 100, error=_l("Between 0 and 100.")))
    agreed_by = text(300, load_default=None)
    valid_from = fields.Date(required=True)
    source = text(500, required=True)
