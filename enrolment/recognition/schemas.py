"""What a teacher and an owner send of a recognition: shape only."""

from marshmallow import fields, validate

from config.forms import Schema, text
from config.languages import _l
from enrolment.progress.schemas import CreditsField


class AskSchema(Schema):
    credit = fields.UUID(required=True)
    subject = text(40, required=True)
    words = text(1000, load_default=None)


class DecideSchema(Schema):
    decision = fields.String(required=True, validate=validate.OneOf(("recognise", "refuse"), error=_l("Choose recognise or refuse.")))
    credits = CreditsField(load_default=None)
    module = text(100, load_default=None)
    why = text(1000, required=True)


class EndSchema(Schema):
    why = text(1000, required=True)
