"""What is sent about staff: shape only."""

from decimal import Decimal

from marshmallow import ValidationError, fields, validate

from catalog import values
from catalog.publishing.fields import Line, OneOf
from catalog.values import Band
from config.forms import Schema, text
from config.languages import _


class Held(fields.Field):
    """Credits somebody holds, in halves; 0 is none at all, and an empty box is not known."""

    def _deserialize(self, value, attr, data, **known) -> Decimal:
        try:
            return values.credits(value)
        except ValueError:
            raise ValidationError(_("Credits are whole or halves between 0 and 300. Leave the box empty where they are not known.")) from None


class TeachesSchema(Schema):
    """Somebody and what they teach."""

    reference = Line(120)
    name = Line(120, required=True)
    subject = text(60, required=True)
    level = OneOf(Band, required=True)
    credits = Held(load_default=None)


class AcceptSchema(Schema):
    end_absent = fields.Boolean(load_default=False, truthy={"yes", "true", "1", "on"}, validate=validate.OneOf([True, False]))
