"""What is sent about a census: shape only."""

import re

from marshmallow import ValidationError, fields

from catalog.publishing.fields import Day, Line, Number
from config.forms import Schema
from config.languages import _

MOST_TEACHERS = 999  # of one subject and level at one school


class DaysBefore(fields.Field):
    """Several whole numbers of days: «14, 3»; the largest first."""

    def _deserialize(self, value, attr, data, **known) -> list[int]:
        words = re.split(r"[,;\s]+", str(value).strip())
        if not all(re.fullmatch(r"\d{1,3}", word) for word in words) or len(words) > 6:
            raise ValidationError(_("Write whole numbers of days with commas between, such as 14, 3."))
        return sorted({int(word) for word in words}, reverse=True)


class CensusSchema(Schema):
    name = Line(120, required=True)
    period = fields.Integer(required=True)
    opens_on = Day(required=True)
    answer_by = Day(required=True)
    reminders = DaysBefore(load_default=list)


class DatesSchema(Schema):
    answer_by = Day(required=True)
    reminders = DaysBefore(load_default=list)


def number(**options) -> Number:
    return Number(0, MOST_TEACHERS, **options)
