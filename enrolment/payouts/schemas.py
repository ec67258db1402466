"""What is sent about batches: shape only."""

from marshmallow import fields

from catalog.publishing.fields import Day, Line, OneOf
from catalog.values import Strand
from config.forms import Schema, text


class BatchSchema(Schema):
    name = Line(120, required=True)
    voucher_on = Day(required=True)


class ClosingSchema(Schema):
    """What stood on the page when closing was asked for: how many entries, and their sum in øre."""

    entries = fields.Integer(required=True)
    oere = fields.Integer(required=True)


class CodingSchema(Schema):
    strand = OneOf(Strand)
    scheme = text(40, load_default=None)
    account = Line(20, required=True)
    counter_account = Line(20, required=True)
    cost_centre = Line(20)
    project = Line(20)
    vat_code = Line(10)
    valid_from = Day(required=True)
    valid_to = Day()
    source = Line(400, required=True)
