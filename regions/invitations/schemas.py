"""What is sent about an invitation: shape only."""

from marshmallow import fields, validate

from catalog.publishing.fields import Credits, Day, SemesterCode
from catalog.values import Band
from config.forms import Schema, text
from config.languages import _l


class InvitationSchema(Schema):
    """`institutions`: their codes."""

    subject = text(60, required=True, validate=[validate.Length(min=1, error=_l("Fill this in."))])
    level = fields.Enum(Band, by_value=True, required=True)
    credits = Credits(required=True, allow_none=False)
    semester = SemesterCode(required=True, allow_none=False)
    wanted = text(2000, required=True, validate=[validate.Length(min=1, error=_l("Fill this in."))])
    answer_by = Day(required=True, allow_none=False)
    institutions = fields.List(text(40), load_default=list)


class ReasonSchema(Schema):
    reason = text(1000, required=True, validate=[validate.Length(min=1, error=_l("Fill this in."))])
