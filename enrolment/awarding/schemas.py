"""What is sent of allocation runs and queues: shape only."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from marshmallow import ValidationError, fields, validate

from catalog.values import Strand
from config.clock import HOME
from config.forms import Schema, text
from config.languages import _, _l
from enrolment.progress.schemas import sane_day


class TrySchema(Schema):
    """A dry run. `grants`: how many are shared out, where the rule set shares."""

    strand = fields.Enum(Strand, by_value=True, load_default=Strand.FURTHER)
    rule_set = text(40, required=True)
    seed = text(80, required=True)
    grants = fields.Integer(load_default=None, validate=validate.Range(0, 1_000_000, error=_l("Write a whole number from 0 to 1 000 000.")))


class ClockField(fields.Field):
    """A time of day as people write it: 09:00."""

    def _deserialize(self, value, attr, data, **kwargs):
        try:
            return datetime.strptime(str(value).replace(".", ":"), "%H:%M").time()
        except ValueError:
            raise ValidationError(_("Write a time like 09:00.")) from None


class WhenSchema(Schema):
    """When it is made known, at home."""

    day = fields.Date(required=True)
    time = ClockField(required=True)


def moment_of(values: dict) -> datetime:
    return datetime.combine(values["day"], values["time"], HOME)


class MoveSchema(Schema):
    place = fields.Integer(required=True)
    why = text(500, required=True)


class PostsField(fields.Field):
    """Full posts as people write them, with at most two decimals; kept in whole hundredths."""

    MOST = 100_000_00

    def _deserialize(self, value, attr, data, **kwargs) -> int:
        try:
            hundredths = Decimal("".join(str(value).split()).replace(",", ".")) * 100
        except InvalidOperation:
            hundredths = Decimal("NaN")
        if not hundredths.is_finite() or not 0 <= hundredths <= self.MOST or hundredths % 1:
            raise ValidationError(_("Write a number from 0 to 100 000, with at most two decimals."))
        return int(hundredths)


class TeachersSchema(Schema):
    """How many full posts of teachers an owner has, and from when."""

    posts = PostsField(required=True)
    valid_from = fields.Date(required=True, validate=sane_day)
