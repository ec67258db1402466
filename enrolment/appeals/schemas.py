"""What is sent of an appeal: shape only."""

from marshmallow import fields

from config.forms import Schema, text
from enrolment.results.values import Mark


class AppealSchema(Schema):
    reason = text(4000, required=True)


class AnswerSchema(Schema):
    mark = fields.Enum(Mark, by_value=True, required=True)
    why = text(4000, required=True)
