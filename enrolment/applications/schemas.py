"""What is sent about an application: shape only."""

from marshmallow import ValidationError, fields, validate, validates_schema

from catalog.values import Semester, Strand
from config.forms import Schema, text, web_address
from config.languages import _l
from enrolment.applications.values import MOST_CHOICES, MOST_FELLOWS, MOST_PEOPLE, MOST_RUNS, MOST_SEMESTERS, Answer, Together
from enrolment.progress.schemas import CreditsField, more_than_none, sane_day

_FEW = _l("Choose at most {max}.")
_FROM_LIST = _l("Choose from the list.")


def _runs(most: int) -> fields.List:
    return fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=most, error=_FEW))


class ChangeSchema(Schema):
    """What changes something of a case. `confirmed` stands in it once the effect on what is sent has been shown."""

    confirmed = fields.Boolean(load_default=False)


class StartSchema(Schema):
    """A round and strand, or runs of one."""

    cycle = text(40, load_default=None)
    strand = fields.Enum(Strand, by_value=True, load_default=None)
    offering = _runs(MOST_CHOICES * MOST_RUNS)


class EmployerSchema(ChangeSchema):
    workplace = fields.UUID(required=True, error_messages={"required": _l("Choose a school of the list.")})


class WhySchema(Schema):
    why = text(2000, load_default=None)


class FundingSchema(ChangeSchema):
    employed = fields.Enum(Answer, by_value=True)
    approved = fields.Enum(Answer, by_value=True)
    supported = fields.Enum(Answer, by_value=True)


class ReviewSchema(Schema):
    """What the authority says of a funding check; a no is explained."""

    version = fields.Integer(required=True)
    answer = fields.String(required=True, validate=validate.OneOf(("yes", "no"), error=_FROM_LIST), error_messages={"required": _FROM_LIST})
    why = text(1000, load_default=None)

    @validates_schema
    def check(self, sent: dict, **_options) -> None:
        if sent.get("answer") == "no" and not sent.get("why"):
            raise ValidationError({"why": [str(_l("Say why: the teacher and the employer read it."))]})


class PeopleSchema(ChangeSchema):
    """Who takes part in in-service training: the teacher, or the school with so many."""

    form = fields.String(required=True, validate=validate.OneOf(("alone", "school"), error=_FROM_LIST))
    people = fields.Integer(load_default=None, validate=validate.Range(min=2, max=MOST_PEOPLE, error=_l("Write how many, from {min} to {max}.")))

    @validates_schema
    def check(self, sent: dict, **_options) -> None:
        if sent.get("form") == "school" and not sent.get("people"):
            raise ValidationError({"people": [str(_l("Write how many of the school take part."))]})


class GroupSchema(Schema):
    mode = fields.Enum(Together, by_value=True, required=True, error_messages={"required": _FROM_LIST})
    least = fields.Integer(load_default=2, validate=validate.Range(min=2, max=MOST_FELLOWS, error=_l("Write a number from {min} to {max}.")))
    colleague = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_FELLOWS, error=_FEW))


class AskingSchema(GroupSchema):
    """`study`: one of its runs."""

    study = fields.UUID(required=True, error_messages={"required": _FROM_LIST, "invalid_uuid": _FROM_LIST})


class InvitationSchema(Schema):
    colleague = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_FELLOWS, error=_FEW))


class TalkedSchema(Schema):
    talked = fields.Boolean(required=True, validate=validate.Equal(True, error=_l("Talk with your head before you send.")))
    talked_on = fields.Date(required=True, validate=sane_day)


class PackageSchema(ChangeSchema):
    offering = fields.List(
        fields.UUID(), required=True, error_messages={"required": _l("Choose at least one run.")}, validate=validate.Length(min=1, max=MOST_RUNS, error=_l("Choose at least one run, and at most four."))
    )


class ChoiceSchema(ChangeSchema):
    offering = _runs(MOST_RUNS)
    scheme = text(40, load_default=None)
    also_part = fields.Boolean(load_default=False)


class SemesterField(fields.Field):
    """As in an address: `2027h`."""

    def _deserialize(self, value, attr, data, **kwargs) -> Semester:
        try:
            return Semester.from_code(str(value))
        except ValueError:
            raise ValidationError(str(_FROM_LIST)) from None


def semester_count() -> fields.Integer:
    """How many semesters a study elsewhere takes."""
    return fields.Integer(load_default=1, validate=validate.Range(min=1, max=MOST_SEMESTERS, error=_l("Write a number from {min} to {max}.")))


class ElsewhereSchema(ChangeSchema):
    """A study that is not given here."""

    institution = text(200, required=True)
    title = text(200, required=True)
    credits = CreditsField(required=True, validate=more_than_none)
    subject = text(40, required=True)
    link = web_address(load_default=None)
    semester = SemesterField(required=True, error_messages={"required": _l("Choose when the study begins.")})
    semesters = semester_count()
    scheme = text(40, required=True, error_messages={"required": _l("Choose how the study is paid.")})


class PositionSchema(ChangeSchema):
    position = fields.Integer(required=True, validate=validate.Range(min=1, max=MOST_CHOICES, error=_FROM_LIST))


class OrderSchema(ChangeSchema):
    """A number for each choice, in the same order."""

    choice = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_CHOICES, error=_FEW))
    position = fields.List(fields.Integer(validate=validate.Range(min=1, max=99, error=_l("Write a number from 1."))), load_default=list, validate=validate.Length(max=MOST_CHOICES, error=_FEW))


class ConfirmSchema(ChangeSchema):
    """A change that needs no more than to be confirmed."""
