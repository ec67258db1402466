"""What a teacher asks the planner: shape only."""

from decimal import Decimal

from marshmallow import fields, validate

from catalog.values import Semester
from config.forms import Schema, text
from config.languages import _l
from enrolment.planning.values import DEFAULT_CAPACITY, Reach
from enrolment.progress.schemas import CreditsField

GOALS = ("30", "60")
WITHIN = {"online": Reach.ONLINE, "region": Reach.REGION, "anywhere": Reach.ANYWHERE}


class SemesterField(fields.Field):
    """A semester as it stands in addresses: 2027v."""

    default_error_messages = {"invalid": _l("Choose a semester of the list.")}

    def _deserialize(self, value, attr, data, **kwargs) -> Semester:
        try:
            return Semester.from_code(str(value))
        except ValueError:
            raise self.make_error("invalid") from None


def _between(least, most) -> validate.Range:
    return validate.Range(least, most, error=_l("Write a number between {min} and {max}."))


def _one_of(choices) -> validate.OneOf:
    return validate.OneOf(list(choices), error=_l("Choose from the list."))


class QuestionSchema(Schema):
    subject = text(40, load_default=None)
    goal = fields.String(load_default="60", validate=_one_of(GOALS))
    capacity = CreditsField(load_default=DEFAULT_CAPACITY, validate=_between(Decimal("2.5"), 60))
    days = fields.Integer(load_default=None, validate=_between(0, 200))
    within = fields.String(load_default="anywhere", validate=_one_of(WITHIN))
    last = SemesterField(load_default=None)
    content = fields.String(load_default="asked", validate=_one_of(("asked", "any")))
