"""What the catalogue shows to programs. Null: nobody has stated it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import g, url_for
from marshmallow import fields

from catalog.api import words  # noqa: F401  (what the names mean)
from catalog.offers.lifecycle import Run
from catalog.offers.rules import Stage, days_there, stage
from catalog.publishing.fields import Credits
from catalog.search import snapshot
from catalog.values import Delivery, EnrolmentMode, Selection, Strand, Tag
from config.api.shapes import Moment, Names, Shown
from config.clock import today


def text(**options) -> fields.String:
    return fields.String(**options)


def maybe(**options) -> fields.String:
    """A text that may not be stated; also one that stands in another row, which may not be there."""
    return fields.String(allow_none=True, dump_default=None, **options)


def day() -> fields.Date:
    return fields.Date(allow_none=True)


def whole(**options) -> fields.Integer:
    return fields.Integer(**options)


def one_of(kind, **options) -> fields.Enum:
    return fields.Enum(kind, by_value=True, **options)


def grades() -> fields.List:
    return fields.List(fields.Integer())


def told(how: Callable[[Any], Any], **words: Any) -> fields.Function:
    """What is worked out from a row; `words` of JSON Schema say what it looks like."""
    return fields.Function(how, metadata={"type": "string"} | words)


class InOrder(fields.List):
    """Rows in the order in which they were written, or by a key."""

    def __init__(self, inner: fields.Field, by: Callable[[Any], Any] = lambda row: row.id):
        super().__init__(inner)
        self.by = by

    def _serialize(self, value: Sequence[Any], attr, obj, **known) -> list:
        return super()._serialize(sorted(value, key=self.by), attr, obj, **known)


class IfShown(fields.Nested):
    """Another row, where it is published."""

    def _serialize(self, value, attr, obj, **known):
        return super()._serialize(value if value is not None and value.visible else None, attr, obj, **known)


class InstitutionNamed(Shown):
    uuid = fields.UUID(attribute="organisation.uuid")
    code = text()
    name = Names()


class CourseNamed(Shown):
    uuid = fields.UUID()
    title = text()
    made_up = fields.Boolean()


class ModuleNamed(Shown):
    """A module where another thing speaks of it."""

    uuid = fields.UUID()
    institution = text(attribute="institution.code")
    code = maybe()
    title = maybe()
    credits = Credits()
    published = told(lambda module: module.visible, type="boolean")
    made_up = fields.Boolean()


class RunNamed(Shown):
    """A run where its module speaks of it."""

    uuid = fields.UUID()
    semester = maybe(attribute="semester.code")
    semesters = whole()
    group_name = maybe()
    state = one_of(Run)
    delivery = one_of(Delivery, allow_none=True)
    starts_on = day()
    made_up = fields.Boolean()


class Sourced(Shown):
    """Where it was read, and what of it was not understood. Named first among the bases, its fields stand last."""

    made_up = fields.Boolean()
    source_url = maybe()
    evidence = maybe()
    note = maybe()
    stated = fields.Dict(keys=fields.String(), values=fields.String(allow_none=True))


class Offered(Shown):
    """What courses and modules have in common."""

    uuid = fields.UUID()
    institution = fields.Nested(InstitutionNamed)
    code = maybe()
    title = maybe()
    language = maybe()
    subject = maybe(attribute="subject.code")
    grades = grades()
    strand = one_of(Strand)
    credits = Credits()
    summary = maybe()
    published_at = Moment(allow_none=True)


class _Course(Offered):
    title = text()
    for_whom = maybe()
    modules = fields.List(fields.Nested(ModuleNamed))
    address = told(lambda course: url_for("catalog.course", institution=course.institution.code, slug=course.slug))


class Course(Sourced, _Course):
    """A study in one subject for one level. Without modules it is a whole programme."""


class Contained(Shown):
    """That a module contains something, and the sentence that says so."""

    tag = one_of(Tag)
    sentence = text()
    address = maybe()
    credits = Credits()


class Before(Shown):
    """What one must or should have before: a module, or credits in a subject."""

    required = fields.Boolean()
    module = fields.Nested(ModuleNamed, attribute="required_module", allow_none=True)
    subject = maybe(attribute="subject.code")
    credits = Credits()


class Bonus(Shown):
    """What gives an applicant points beside what is required."""

    reason = text()
    points = whole()


class Overlap(Shown):
    """Modules that share content, this one among them."""

    uuid = fields.UUID()
    credits = Credits()
    source = maybe()
    modules = InOrder(fields.Nested(ModuleNamed))


class _Module(Offered):
    course = IfShown(CourseNamed, allow_none=True)
    position = whole()
    short_reason = maybe()
    knowledge = maybe()
    skills = maybe()
    competence = maybe()
    admission = maybe()
    assessment_form = maybe()
    selection = one_of(Selection, allow_none=True)
    must_teach = fields.Boolean(allow_none=True)
    attendance = whole(allow_none=True)
    in_master = fields.Boolean(allow_none=True)
    bonus_points = InOrder(fields.Nested(Bonus))
    tags = InOrder(fields.Nested(Contained))
    prerequisites = InOrder(fields.Nested(Before))
    overlaps = InOrder(fields.Nested(Overlap))
    offerings = fields.List(fields.Nested(RunNamed))
    address = told(lambda module: url_for("catalog.module", institution=module.institution.code, slug=module.slug))


class Module(Sourced, _Module):
    """A unit with its own code and credits."""


class Gathering(Shown):
    """One meeting of a run: dated, or in a week where that is all that is said."""

    uuid = fields.UUID()
    starts_on = day()
    ends_on = day()
    week = told(lambda row: f"{row.iso_year}-{row.iso_week}" if row.iso_week and not row.starts_on else None, type=["string", "null"])
    place = maybe()
    municipality = maybe(attribute="municipality.code")
    online = fields.Boolean()


class LastYear(Shown):
    """How it went with the runs of the same module a year before."""

    applied = whole(allow_none=True)
    seats = whole()


class OfLastYear(fields.Nested):
    """As the search knows it, looked up once for an answer, so that a page of runs asks the database for nothing more."""

    def get_value(self, obj, attr, accessor=None, default=None):
        if "last_year" not in g:
            g.last_year = snapshot.now().index.last_year
        return g.last_year.get(obj.id)


class _Offering(Shown):
    uuid = fields.UUID()
    module = fields.Nested(ModuleNamed)
    semester = maybe(attribute="semester.code")
    semesters = whole()
    group_name = maybe()
    state = one_of(Run)
    stage = told(lambda run: stage_of(run).value, enum=[one.value for one in Stage])
    mode = one_of(EnrolmentMode)
    delivery = one_of(Delivery, allow_none=True)
    part_time = fields.Boolean(allow_none=True)
    place = maybe()
    municipality = maybe(attribute="municipality.code")
    gatherings = InOrder(fields.Nested(Gathering), by=lambda row: (row.starts_on or date.max, row.iso_year or 0, row.iso_week or 0, row.id))
    gatherings_text = maybe()
    gathering_days = whole(allow_none=True)
    days_away = told(lambda run: days_there(run.delivery, run.gathering_days, run.semesters, run.gatherings), type=["integer", "null"])
    last_year = OfLastYear(LastYear, allow_none=True)
    language = maybe()
    fee_text = maybe()
    fee_oere = whole(allow_none=True)
    seats = whole(allow_none=True)
    minimum = whole(allow_none=True)
    seats_taken = whole()
    waiting = whole()
    opens_on = day()
    apply_by = day()
    queue_closes_on = day()
    starts_on = day()
    ends_on = day()
    cancelled_reason = maybe()
    address = told(lambda run: url_for("catalog.offering", offering=run.uuid))


class Offering(Sourced, _Offering):
    """One run of a module. The counts of its seats are those of this moment."""


def stage_of(run) -> Stage:
    return stage(
        state=run.state, semester=run.semester, semesters=run.semesters, opens_on=run.opens_on, apply_by=run.apply_by, starts_on=run.starts_on,
        ends_on=run.ends_on, on=today(), told_over=run.told_over,
    )  # fmt: skip
