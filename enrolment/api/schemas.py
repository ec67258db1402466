"""What a teacher is shown of their own."""

from marshmallow import fields

from catalog.api.schemas import ModuleNamed, RunNamed, one_of, told
from catalog.publishing.fields import Credits
from catalog.values import Band, Strand, Tag
from config.api.shapes import Moment, Shown
from config.forms import text
from enrolment.api import words  # noqa: F401  (what the names mean)
from enrolment.applications import words as application_words
from enrolment.applications.lifecycle import Case, Employer, Money
from enrolment.progress.lifecycle import Claim
from enrolment.progress.schemas import ClaimSchema
from enrolment.progress.values import Kind, Reason
from enrolment.results.values import Mark
from enrolment.seats.lifecycle import Seat


class RunEnrolledIn(RunNamed):
    """A run, with its module."""

    module = fields.Nested(ModuleNamed)


class Result(Shown):
    """What the institution recorded."""

    mark = one_of(Mark)
    recorded_at = Moment()


class Enrolment(Shown):
    """Your seat, or your place in the queue, in one run."""

    uuid = fields.UUID()
    offering = fields.Nested(RunEnrolledIn)
    state = one_of(Seat)
    entered_at = Moment()
    offered_at = Moment(allow_none=True)
    reply_by = Moment(allow_none=True)
    place_in_line = fields.Integer(allow_none=True)
    waiting_in_line = fields.Integer(allow_none=True)
    result = fields.Nested(Result, allow_none=True)
    made_up = fields.Boolean()
    address = told(lambda mine: f"/me/enrolments/{mine.uuid}")


class Content(Shown):
    """Content that must be among the credits: so many of it, or 0 where it must only be there."""

    content = one_of(Tag, attribute="block.tag")
    credits = Credits(attribute="block.credits")
    verified = Credits()
    coming = Credits()
    missing = Credits()
    reached = fields.Boolean()


class Threshold(Shown):
    """What is required to teach the subject in a band."""

    band = one_of(Band, attribute="target.band")
    credits = Credits(attribute="target.credits")
    source = fields.String(attribute="target.source")
    asked = Credits()
    reached = fields.Boolean()
    missing = Credits()
    contents = fields.List(fields.Nested(Content), attribute="blocks")


class Counted(Shown):
    """One credit, what it counts, and why not all of it."""

    title = fields.String(attribute="credit.title")
    source = fields.String(attribute="credit.source")
    module = fields.UUID(attribute="credit.module", allow_none=True)
    credits = Credits(attribute="credit.credits")
    counted = Credits()
    deducted = Credits()
    unused = Credits()
    kind = one_of(Kind, attribute="credit.kind")
    reason = one_of(Reason)
    grade = fields.String(attribute="credit.grade", allow_none=True)
    finished_on = fields.Date(attribute="credit.finished_on", allow_none=True)


class SubjectProgress(Shown):
    """The way to the goal in one subject: verified, running, planned and missing are together the goal."""

    subject = fields.String()
    sentence = fields.String()
    goal = Credits()
    verified = Credits()
    running = Credits()
    planned = Credits()
    claimed = Credits()
    missing = Credits()
    missing_if_verified = Credits()
    beyond = Credits(attribute="surplus")
    thresholds = fields.List(fields.Nested(Threshold))
    contents = fields.List(fields.Nested(Content), attribute="blocks")
    credits = fields.List(fields.Nested(Counted), attribute="counted")


class Progress(Shown):
    """Your way to 60, by subject."""

    on = fields.Date()
    subjects = fields.List(fields.Nested(SubjectProgress))


class ClaimShown(ClaimSchema):
    """A claim as it was sent, with what has become of it."""

    subject = text(40, required=True, attribute="subject.code")
    uuid = fields.UUID(required=True)
    state = one_of(Claim, required=True)
    claimed_at = Moment(required=True)
    decided_at = Moment(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True)


class ChosenRun(Shown):
    """A run of a package."""

    offering = fields.Nested(RunEnrolledIn)


class Chosen(Shown):
    """One ranked choice: a package of runs, or a study elsewhere."""

    uuid = fields.UUID()
    position = fields.Integer()
    title = told(application_words.choice_title)
    scheme = fields.String(attribute="scheme.code", allow_none=True, dump_default=None)
    also_part = fields.Boolean()
    runs = fields.List(fields.Nested(ChosenRun))


class Application(Shown):
    """Your application in one round, with who must act and by when."""

    uuid = fields.UUID(attribute="case.uuid")
    round = fields.String(attribute="case.cycle.code")
    strand = one_of(Strand, attribute="case.strand")
    state = one_of(Case, attribute="case.state")
    employer = one_of(Employer, attribute="case.employer")
    money = one_of(Money, attribute="case.money")
    headline = fields.String()
    can_be_changed = fields.Boolean(attribute="open")
    sent_at = Moment(attribute="case.sent_at", allow_none=True)
    choices = fields.List(fields.Nested(Chosen), attribute="case.ranked_choices")
    made_up = fields.Boolean(attribute="case.made_up")
    address = told(lambda mine: f"/me/applications/{mine.case.uuid}")
