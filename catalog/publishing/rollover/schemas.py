"""The shape of what is asked to be rolled over."""

from marshmallow import ValidationError, fields

from catalog.publishing.fields import FIRST_YEAR, LAST_YEAR
from catalog.publishing.rollover.values import Span
from config.forms import Schema
from config.languages import _, _l


class SpanCode(fields.Field):
    """A semester or a study year by its code: 2026h, 2026."""

    def _deserialize(self, value, attr, data, **known) -> Span:
        try:
            span = Span.from_code(str(value))
        except ValueError:
            raise ValidationError(_("Choose a semester or a study year from the list.")) from None
        if not FIRST_YEAR <= span.year < LAST_YEAR:
            raise ValidationError(_("Choose a semester or a study year from the list."))
        return span


class Wish(Schema):
    """What is to be rolled over."""

    of = SpanCode(required=True, error_messages={"required": _l("Choose a semester or a study year from the list.")})
    course = fields.UUID(load_default=None)


class WishInAddress(Wish):
    """The same before anything is chosen."""

    of = SpanCode(load_default=None)
