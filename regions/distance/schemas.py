"""What is sent about distance: shape only."""

from decimal import Decimal

from marshmallow import ValidationError, fields

from catalog.publishing.fields import Number
from catalog.values import exact
from config.languages import _
from regions.distance.rules import MOST_HOURS

MOST_DAYS = 60  # gathering days in a semester


class Hours(fields.Field):
    """Hours in quarters, with comma or full stop: 3, 2.5 or 2,5."""

    def _deserialize(self, value, attr, data, **known) -> Decimal:
        try:
            number = exact(str(value).strip().replace(",", "."))
        except ValueError:
            raise ValidationError(_("Write hours, such as 3 or 2.5.")) from None
        if not number.is_finite() or not 0 < number <= MOST_HOURS or number % Decimal("0.25"):
            raise ValidationError(_("Hours are in quarters, more than nought and at most %(most)s.", most=MOST_HOURS))
        return number


def most_days() -> Number:
    return Number(0, MOST_DAYS, required=True)
