"""What is sent about a competence plan: shape only."""

from marshmallow import fields

from catalog.publishing.fields import Day, Line, Number, OneOf, Paragraphs
from catalog.values import Band, Strand
from config.forms import Schema, text
from config.languages import _l
from regions.competence.models import Funding, Stance

MOST = 99_999  # participants


class PlanSchema(Schema):
    title = Line(160, required=True)
    year = Number(2012, 2100, required=True)


class MeasureSchema(Schema):
    strand = OneOf(Strand, required=True)
    funding = OneOf(Funding, required=True)
    title = Line(200, required=True)
    subject = text(60, load_default=None)
    level = OneOf(Band)
    participants = Number(0, MOST, required=True)


class OwnerSchema(Schema):
    owner = fields.UUID(required=True, error_messages={"invalid_uuid": _l("Choose from the list.")})


class ConsultSchema(Schema):
    remarks_by = Day(required=True)


class RemarkSchema(Schema):
    stance = OneOf(Stance, required=True)
    text = Paragraphs(4000)


class AdoptSchema(Schema):
    adopted_on = Day(required=True)
    case_number = Line(60, required=True)


def completed() -> Number:
    return Number(0, MOST)


def came_of_it() -> Line:
    return Line(400)
