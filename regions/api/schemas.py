"""What coverage is asked, and what it shows: the matrix of the page, with the path behind each cell."""

from marshmallow import fields, validate

from catalog.api.asking import CHOOSE
from catalog.api.schemas import ModuleNamed, maybe, one_of, text
from catalog.publishing.fields import Credits
from catalog.values import Band
from config.api import glossary
from config.api.shapes import Name, Shown
from config.forms import Schema
from config.forms import text as line
from config.languages import _l
from regions.coverage.missing import Hindrance
from regions.coverage.rules import Content, Status
from regions.coverage.views import EARLIEST

LAST_YEAR = 2100

glossary.explain(
    {
        "CoverageAsked.year": ("The year in which the first of four study years begins; this study year where it is left out.", 2026),
        "CoverageAsked.level": ("The band of grades.", "1-7"),
        "CoverageAsked.distance": ("0 to leave out what is taken from afar.", "1"),
        "CoverageAsked.region": ("One region alone, by its code.", "vest"),
        "CoverageAsked.subject": ("One subject alone, by its code.", "matematikk"),
        "year": ("The year in which the first of the four study years begins.", 2026),
        "Coverage.level": ("The band of grades it is judged for.", "1-7"),
        "distance": ("Whether what is taken from afar counts.", True),
        "rows": ("The priority subjects, in the order of the strategy.", None),
        "cells": ("The subject in each region; none where it is not taught in the band.", None),
        "CoverageRow.group": ("The number of the priority group; null for principal education.", 1),
        "CoverageRow.confirmed": ("Whether a source confirms that it is a priority.", True),
        "target": ("The credits a complete path gives: 60, or what is said or required for the subject; null: not taught in the band.", 60),
        "Cell.status": ("Whether somebody living there can reach the target: a complete path, one only at a distance, a part of it, or none.", "complete"),
        "Cell.reached": ("How many credits the best path reaches.", 60),
        "proven": ("Whether it is known that nothing better is possible.", True),
        "Cell.made_up": ("Whether runs invented for the demonstration are among those within reach.", False),
        "Cell.institutions": ("How many institutions offer something within reach that counts.", 2),
        "Cell.seats": ("The seats of all runs within reach that state them.", 60),
        "path": ("The modules of the best path, in the order in which they are finished.", None),
        "Step.offering": ("The run to take, by its UUID.", None),
        "in_place": ("Whether it is taken at its place in the region.", True),
        "counts": ("How many credits it adds to those before it.", 15),
        "Cell.missing": ("The next step that is missing; null where the path is complete.", None),
        "MissingStep.credits": ("How many credits are missing.", 15),
        "MissingStep.why": ("What stands in the way of the module.", "no-run"),
        "MissingStep.module": ("The module that stands in the way; null: none that is published helps.", None),
        "content": ("Whether the modules within reach contain this; `not-stated` where an institution says nothing.", None),
        "Contents.didactics": ("Subject didactics.", "covered"),
        "Contents.ict": ("ICT in the subject.", "covered"),
        "Contents.assessment": ("Assessment.", "not-stated"),
    }
)


class CoverageAsked(Schema):
    """The words of the page's address, and one region or subject alone."""

    year = fields.Integer(load_default=None, validate=validate.Range(EARLIEST, LAST_YEAR, error=_l("Write a whole number between {min} and {max}.")))
    level = fields.Enum(Band, by_value=True, load_default=Band.PRIMARY, error_messages={"unknown": CHOOSE})
    distance = fields.String(load_default="1", validate=validate.OneOf(("0", "1"), error=CHOOSE))
    region = line(40, load_default=None)
    subject = line(100, load_default=None)


class Step(Shown):
    """One module of a path."""

    module = fields.Nested(ModuleNamed)
    offering = fields.UUID()
    semester = maybe()
    in_place = fields.Boolean()
    counts = Credits()
    made_up = fields.Boolean()


class MissingStep(Shown):
    """What would have to come for the path to go on."""

    credits = Credits()
    module = fields.Nested(ModuleNamed, allow_none=True)
    why = one_of(Hindrance, allow_none=True)


class Contents(Shown):
    didactics = one_of(Content)
    ict = one_of(Content)
    assessment = one_of(Content)


class Cell(Shown):
    """One subject in one region, for somebody who lives there."""

    region = text()
    status = one_of(Status)
    reached = Credits()
    proven = fields.Boolean()
    institutions = fields.Integer()
    seats = fields.Integer(allow_none=True)
    content = fields.Nested(Contents)
    path = fields.List(fields.Nested(Step))
    missing = fields.Nested(MissingStep, allow_none=True)
    made_up = fields.Boolean()


class CoverageRow(Shown):
    """One priority subject in every region."""

    subject = text(attribute="subject.code")
    name = fields.Nested(Name, attribute="subject")
    group = fields.Integer(allow_none=True)
    confirmed = fields.Boolean()
    target = Credits()
    cells = fields.List(fields.Nested(Cell))


class Coverage(Shown):
    """The matrix region × priority subject, for a study year and the three after it."""

    year = fields.Integer()
    level = one_of(Band)
    distance = fields.Boolean()
    rows = fields.List(fields.Nested(CoverageRow))
