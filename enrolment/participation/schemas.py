"""What is sent about taking part: shape only."""

from uuid import UUID

from marshmallow import ValidationError, fields, validate

from catalog.values import Semester
from config.forms import Schema, text
from config.languages import _, _l
from enrolment.applications.schemas import SemesterField, semester_count
from enrolment.participation.values import Cause


class StopSchema(Schema):
    """Why a study is put off or interrupted."""

    how = fields.String(required=True, validate=validate.OneOf(("defer", "interrupt"), error=_l("Choose from the list.")))
    cause = fields.Enum(Cause, by_value=True, required=True)
    why = text(500, load_default=None)


class WhenSchema(Schema):
    """When a study elsewhere is given."""

    semester = SemesterField(required=True, error_messages={"required": _l("Choose when the study begins.")})
    semesters = semester_count()


class RetractSchema(Schema):
    """Why an owner takes its word back."""

    why = text(500, required=True)


class SaidField(fields.Field):
    """One enrolment, or choice of a study elsewhere, and semester: `uuid:2027h`."""

    def _deserialize(self, value, attr, data, **kwargs) -> tuple[UUID, Semester]:
        enrolment, _mark, semester = str(value).partition(":")
        try:
            return UUID(enrolment), Semester.from_code(semester)
        except ValueError:
            raise ValidationError(_("Choose from the list.")) from None


class CountersignSchema(Schema):
    said = fields.List(SaidField(), load_default=list, validate=validate.Length(max=2000, error=_l("Choose at most {max}.")))
