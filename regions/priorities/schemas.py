"""What is sent about priorities: shape only."""

from marshmallow import fields

from catalog.publishing.fields import Day, Line, Number, OneOf, Paragraphs
from catalog.values import Band, VolumeRule
from config.forms import Schema, text

MOST_SEATS = 99_999


class VersionSchema(Schema):
    name = Line(160, required=True)
    holds_from = Day(required=True)
    release_on = Day(required=True)
    parties = Paragraphs(4000)
    note = Paragraphs(4000)


class GroupSchema(Schema):
    """`quotation`: the strategy's own words."""

    name_nb = Line(160, required=True)
    name_nn = Line(160)
    name_en = Line(160)
    quotation = Line(400)
    rule = OneOf(VolumeRule, required=True)
    seats = Number(0, MOST_SEATS)


class CommissionSchema(Schema):
    region = text(40, required=True)
    subject = text(60, required=True)
    level = OneOf(Band, required=True)
    year = Number(2012, 2100, required=True)
    source = text(40, required=True)
    seats = Number(1, MOST_SEATS, required=True)


def group_number() -> fields.Integer:
    return fields.Integer(load_default=None)


def seats() -> Number:
    return Number(0, MOST_SEATS)
