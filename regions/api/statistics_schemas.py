"""What the open statistics are asked, and what they show."""

from marshmallow import fields, validate

from catalog.api.asking import CHOOSE
from catalog.api.schemas import maybe, one_of, text
from config.api import glossary
from config.api.shapes import Shown
from config.forms import Schema
from config.languages import _l
from regions.reports.queries import By

glossary.explain(
    {
        "StatisticsAsked.year": ("The year in which the study year begins; this study year where it is left out.", 2026),
        "StatisticsAsked.by": ("What the figures are told by: subject, institution or region.", "subject"),
        "Statistics.year": ("The year in which the study year begins.", 2026),
        "Statistics.by": ("What the figures are told by.", "subject"),
        "fewest": ("The smallest figure that is told, beside nought.", 5),
        "Statistics.made_up": ("Whether people invented for the demonstration are counted.", False),
        "lines": ("The figures of the study year, the largest first; empty where they would tell of too few.", None),
        "Statistics.total": ("All of the study year together.", None),
        "years": ("Each study year by itself.", None),
        "Line.code": ("The code of the subject, institution or region; null: not stated.", "matematikk"),
        "Line.name": ("Its name in the reader’s language.", "Matematikk"),
        "YearLine.year": ("The year in which the study year begins.", 2026),
        "participants": ("How many have, or have had, a seat in what begins then; null: fewer than may be told, or hidden beside such a figure.", 120),
        "completed": ("How many of them have completed; null: not told.", 80),
        "interrupted": ("How many of them have interrupted; null: not told.", 10),
    }
)


class StatisticsAsked(Schema):
    """The words of the page's address."""

    year = fields.Integer(load_default=None, validate=validate.Range(2000, 2100, error=_l("Write a whole number between {min} and {max}.")))
    by = fields.Enum(By, by_value=True, load_default=By.SUBJECT, error_messages={"unknown": CHOOSE})


class Figures(Shown):
    """What may be told of a number of people."""

    participants = fields.Integer(allow_none=True)
    completed = fields.Integer(allow_none=True)
    interrupted = fields.Integer(allow_none=True)


class Line(Figures):
    """One subject, institution or region."""

    code = maybe()
    name = text()


class YearLine(Figures):
    """One study year."""

    year = fields.Integer()


class Statistics(Shown):
    """Who takes part, and what comes of it."""

    year = fields.Integer()
    by = one_of(By)
    fewest = fields.Integer()
    made_up = fields.Boolean()
    lines = fields.List(fields.Nested(Line))
    total = fields.Nested(Figures)
    years = fields.List(fields.Nested(YearLine))
