"""The shape of what an editor sends, section by section. Only shape is judged here: what is missing is judged when it is published."""

from collections.abc import Mapping

from marshmallow import fields, validate

from catalog.offers.words import LANGUAGES_OF_TEACHING
from catalog.publishing.fields import Code, Credits, Day, GradesTaught, Kroner, Line, Number, OneOf, Paragraphs, SemesterCode, Week
from catalog.values import Delivery, EnrolmentMode, Selection, Strand, Tag
from config.forms import Schema, web_address
from config.languages import _l

LINE, PARAGRAPHS, LONG = 200, 4_000, 10_000  # characters
MOST_PEOPLE = 10_000


def teaching_language() -> Line:
    return Line(10, validate=[validate.OneOf(LANGUAGES_OF_TEACHING, error=_l("Choose from the list."))])


class CourseBasics(Schema):
    title = Line(LINE, required=True, error_messages={"required": _l("Give the course a title.")})
    code = Code()
    subject = Line(100)
    grades = GradesTaught()
    strand = OneOf(Strand, load_default=Strand.FURTHER)
    language = teaching_language()
    credits = Credits()


class CourseDescription(Schema):
    summary = Paragraphs(PARAGRAPHS)
    for_whom = Paragraphs(PARAGRAPHS)


class ModuleBasics(Schema):
    code = Code()
    title = Line(LINE)
    credits = Credits()
    short_reason = Paragraphs(1_000)
    course = fields.UUID(load_default=None)
    position = Number(0, 999, load_default=0)
    subject = Line(100)
    grades = GradesTaught()
    language = teaching_language()


class ModuleLearning(Schema):
    summary = Paragraphs(PARAGRAPHS)
    knowledge = Paragraphs(LONG)
    skills = Paragraphs(LONG)
    competence = Paragraphs(LONG)


class ModuleAdmission(Schema):
    admission = Paragraphs(PARAGRAPHS)
    assessment_form = Paragraphs(PARAGRAPHS)


class ModuleSelection(Schema):
    """Who is admitted, and what a participant must do: each in words of the field, not in free text."""

    selection = OneOf(Selection)
    must_teach = fields.Boolean(load_default=None)
    attendance = Number(0, 100)
    in_master = fields.Boolean(load_default=None)


class OfferingBegun(Schema):
    """All that a run is begun with."""

    semester = SemesterCode()
    semesters = Number(1, 8, load_default=1)


class OfferingDates(OfferingBegun):
    starts_on = Day()
    ends_on = Day()
    opens_on = Day()
    apply_by = Day()
    queue_closes_on = Day()


class OfferingDelivery(Schema):
    group_name = Line(60)
    delivery = OneOf(Delivery)
    part_time = fields.Boolean(load_default=None)
    place = Line(LINE)
    municipality = Line(4)
    language = teaching_language()
    fee = Kroner()


class OfferingSeats(Schema):
    mode = OneOf(EnrolmentMode, load_default=EnrolmentMode.ELSEWHERE)
    seats = Number(0, MOST_PEOPLE)
    minimum = Number(0, MOST_PEOPLE)


def seat_fields(uuid: str) -> Mapping[str, fields.Field]:
    """The boxes of one run in the work list."""
    return {f"seats-{uuid}": Number(0, MOST_PEOPLE), f"minimum-{uuid}": Number(0, MOST_PEOPLE), f"version-{uuid}": Line(40)}


class Cancellation(Schema):
    reason = Paragraphs(1_000, required=True, error_messages={"required": _l("Say why. Those who have a seat read it.")})


class WorkListQuery(Schema):
    """What a work list is narrowed to; stands in the address."""

    q = Line(100)
    state = Line(
        20, validate=[validate.OneOf(("draft", "planned", "published", "withdrawn", "cancelled"), error=_l("Choose from the list."))]
    )
    kind = Line(20, validate=[validate.OneOf(("course", "module", "offering"), error=_l("Choose from the list."))])
    subject = Line(100)
    course = fields.UUID(load_default=None)
    semester = SemesterCode()
    ended = fields.Boolean(load_default=False)
    page = Number(1, 100_000, load_default=1)


class HistoryQuery(Schema):
    page = Number(1, 100_000, load_default=1)


def tag_fields(tag: Tag) -> Mapping[str, fields.Field]:
    """The three boxes of one kind of content."""
    return {f"sentence-{tag}": Paragraphs(2_000), f"address-{tag}": web_address(load_default=None), f"credits-{tag}": Credits()}


def bonus_fields(row: int) -> Mapping[str, fields.Field]:
    """The boxes of one reason for bonus points."""
    return {f"reason-{row}": Line(LINE), f"points-{row}": Number(1, 100)}


def apart_fields(row: int) -> Mapping[str, fields.Field]:
    """The boxes of one module that cannot be taken in the same semester."""
    return {f"module-{row}": Line(60), f"source-{row}": Line(500)}


class ModuleJoint(Schema):
    """From which term the place rotates; beside the lines of institutions."""

    rotates_from = SemesterCode()


def owner_fields(row: int) -> Mapping[str, fields.Field]:
    """The boxes of one institution that owns the module: its code, its share of the seats, where it holds runs."""
    return {f"institution-{row}": Line(40), f"share-{row}": Number(0, 1000), f"place-{row}": Line(LINE)}


def before_fields(row: int) -> Mapping[str, fields.Field]:
    """The boxes of one prerequisite: a module's code, or a subject and credits in it."""
    strength = Line(20, validate=[validate.OneOf(("required", "recommended"), error=_l("Choose from the list."))])
    return {f"module-{row}": Line(60), f"subject-{row}": Line(100), f"credits-{row}": Credits(), f"strength-{row}": strength}


def shared_fields(row: int) -> Mapping[str, fields.Field]:
    """The boxes of one overlap: the codes of the other modules, the credits, where it is stated."""
    return {
        f"modules-{row}": Line(500),
        f"credits-{row}": Credits(),
        f"source-{row}": Line(500),
        f"uuid-{row}": fields.UUID(load_default=None),
    }


def meeting_fields(row: int) -> Mapping[str, fields.Field]:
    """The boxes of one gathering."""
    return {
        f"from-{row}": Day(), f"to-{row}": Day(), f"place-{row}": Line(LINE), f"online-{row}": fields.Boolean(load_default=False),
        f"week-{row}": Week(), f"uuid-{row}": fields.UUID(load_default=None),
    }  # fmt: skip
