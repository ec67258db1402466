"""What is sent of a reading: shape only."""

from marshmallow import fields, validate

from catalog.publishing.fields import Paragraphs
from config.forms import Schema
from config.languages import _l
from regions.readings.rules import PLACES

PARAGRAPHS = 2_000


class OpeningSchema(Schema):
    """What the institution asks the regions."""

    asked = Paragraphs(PARAGRAPHS)


class RemarkSchema(Schema):
    section = fields.String(required=True, validate=validate.OneOf(PLACES, error=_l("Choose one of those shown.")))
    text = Paragraphs(PARAGRAPHS, required=True, error_messages={"required": _l("Write what you want to say.")})


class AnswerSchema(Schema):
    answer = Paragraphs(PARAGRAPHS)
