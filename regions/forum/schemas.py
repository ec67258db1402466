"""What is sent about a forum: shape only."""

from marshmallow import fields

from catalog.publishing.fields import Day, Line, OneOf, Paragraphs
from catalog.values import Band
from config.forms import Schema
from config.languages import _l
from regions.forum.models import DecisionKind, PartyKind

CHOOSE = {"invalid_uuid": _l("Choose from the list.")}


class MeetingSchema(Schema):
    title = Line(160, required=True)
    held_on = Day(required=True)
    place = Line(160)
    agenda = Paragraphs(8000)


class MinutesSchema(MeetingSchema):
    minutes = Paragraphs(40_000)
    present = fields.List(fields.UUID(error_messages=CHOOSE), load_default=list)


class DecisionSchema(Schema):
    kind = OneOf(DecisionKind, required=True)
    text = Paragraphs(2000, required=True)
    subject = Line(60)
    level = OneOf(Band)
    party = fields.UUID(load_default=None, error_messages=CHOOSE)
    due_on = Day()


class PartySchema(Schema):
    kind = OneOf(PartyKind, required=True)
    organisation = fields.UUID(load_default=None, error_messages=CHOOSE)
    name = Line(160)


class NoteSchema(Schema):
    county = Line(4, required=True)
    text = Paragraphs(4000, required=True)
