"""What an owner sends of a dispensation: shape only."""

from marshmallow import ValidationError, fields, validates_schema

from catalog.values import Band
from config.forms import Schema, text
from config.languages import _
from enrolment.progress.schemas import CreditsField, sane_day


class DispensationSchema(Schema):
    teacher = fields.UUID(required=True)
    subject = text(40, required=True)
    band = fields.Enum(Band, by_value=True, load_default=None)
    credits = CreditsField(required=True)
    valid_from = fields.Date(required=True, validate=sane_day)
    valid_to = fields.Date(load_default=None, validate=sane_day)
    why = text(1000, required=True)
    source = text(300, load_default=None)

    @validates_schema
    def days_in_order(self, data, **_known) -> None:
        if data.get("valid_to") and data.get("valid_from") and data["valid_to"] < data["valid_from"]:
            raise ValidationError(_("The last day is before the first."), "valid_to")
