"""What is sent about frames: shape only."""

from catalog.publishing.fields import Day, Line, Number, OneOf
from catalog.values import Strand
from config.forms import Schema, text

MOST_KRONER = 100_000_000_000


class FactsSchema(Schema):
    """What a version is called, where its amounts are said, and when it is released."""

    name = Line(160, required=True)
    source = Line(400, required=True)
    release_on = Day(required=True)


class VersionSchema(FactsSchema):
    study_year = Number(2012, 2100, required=True)


class FrameSchema(Schema):
    strand = OneOf(Strand, required=True)
    group = Number(1, 99)
    scheme = text(40, load_default=None)
    kroner = Number(0, MOST_KRONER, required=True)
