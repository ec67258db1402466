"""What is sent about a plan by hand: shape only."""

from marshmallow import fields, validate

from catalog.values import Semester
from config.forms import Schema, text
from config.languages import _l
from enrolment.byhand.values import Bucket
from enrolment.planning.schemas import GOALS
from enrolment.progress.schemas import CreditsField, more_than_none


class ColumnField(fields.Field):
    """A column: 2027v, held or later. Read as a bucket and a semester."""

    default_error_messages = {"invalid": _l("Choose a column of the list.")}

    def _deserialize(self, value, attr, data, **kwargs) -> tuple[Bucket, Semester | None]:
        if value in (Bucket.HELD.value, Bucket.LATER.value):
            return Bucket(value), None
        try:
            return Bucket.TERM, Semester.from_code(str(value))
        except ValueError:
            raise self.make_error("invalid") from None


class PlanSchema(Schema):
    """A new plan, perhaps with runs that the planner found."""

    name = text(80, load_default=None)
    subject = text(40, required=True)
    goal = fields.String(load_default="60", validate=validate.OneOf(GOALS, error=_l("Choose from the list.")))
    offering = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=40, error=_l("Choose at most {max}.")))


class NameSchema(Schema):
    name = text(80, required=True)


class CountSchema(Schema):
    counts = fields.Boolean(required=True)


class MoveSchema(Schema):
    column = ColumnField(required=True)


class AddSchema(Schema):
    module = fields.UUID(required=True)


class OwnSchema(Schema):
    """A placeholder: a study that no catalogue knows."""

    title = text(200, required=True)
    credits = CreditsField(required=True, validate=more_than_none)
    column = ColumnField(required=True)
