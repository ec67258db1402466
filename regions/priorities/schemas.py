"""What is sent about priorities: shape only."""

from marshmallow import fields

from catalog.publishing.fields import Day, Line, Number, OneOf, Paragraphs
from catalog.values import Band
from config.forms import Schema, text
from config.languages import _l
from regions.priorities.models import SeatSource

NEEDED = {"required": _l("This must be filled in."), "null": _l("This must be filled in.")}
MOST_SEATS = 99_999


class VersionSchema(Schema):
    name = Line(160, required=True, error_messages=NEEDED)
    holds_from = Day(required=True, error_messages=NEEDED)
    release_on = Day(required=True, error_messages=NEEDED)
    parties = Paragraphs(4000)
    note = Paragraphs(4000)


class CommissionSchema(Schema):
    region = text(40, required=True, error_messages=NEEDED)
    subject = text(60, required=True, error_messages=NEEDED)
    level = OneOf(Band, required=True)
    year = Number(2012, 2100, required=True)
    source = OneOf(SeatSource, required=True)
    seats = Number(1, MOST_SEATS, required=True)


def group_number() -> fields.Integer:
    return fields.Integer(load_default=None)


def seats() -> Number:
    return Number(0, MOST_SEATS)
