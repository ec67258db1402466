"""The figures of a report, counted in the database, and the rows that a figure is made of."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select, text
from sqlalchemy.orm import contains_eager, joinedload

from accounts.acting import Actor
from accounts.models import Membership, Organisation, Person
from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Run
from catalog.offers.models import Module, Offering
from catalog.places.models import County, Municipality, Region
from catalog.subjects.models import Subject
from catalog.values import Grades, Semester, Term
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.participation.models import ParticipationStep
from enrolment.participation.values import Cause, Event
from enrolment.schools.models import School, Teacher
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from regions.coverage.queries import region_of_county
from regions.reporting.bounds import within
from regions.reporting.models import KeptReport
from regions.reporting.values import OF_THE_STUDY, Asked, By, Every, Figures

TOOK_PART = (Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED)
PAGE = 100  # rows shown at once
TOLD_BY = "told_by"  # grouped by its name, since an expression with values in it is not known to be the same twice


def counted(asked: Asked, actor: Actor, on: date, *, with_seats: bool) -> dict[str | None, Figures]:
    """By the key of what the report is told by."""
    key = _key(asked.by).label(TOLD_BY)
    people = _within(select(key, *_counts()), asked, actor, on).group_by(text(TOLD_BY))
    regions = _regions(on) if asked.by is By.REGION else {}
    found: dict[str | None, Figures] = {}
    for value, *counts in db.session.execute(people):
        name = _named(asked.by, regions.get(value) if asked.by is By.REGION else value)
        found[name] = found.get(name, Figures()) + Figures(*counts)
    if with_seats and asked.by in OF_THE_STUDY:
        for value, seats, taken in db.session.execute(_seats(key, asked, actor, on)):
            name = _named(asked.by, value)
            found[name] = found.get(name, Figures()) + Figures(seats=seats, unused=seats - taken)
    return found


def _counts() -> list:
    return [func.count(), *(func.sum(case((Enrolment.state == state, 1), else_=0)) for state in (Seat.COMPLETED, Seat.INTERRUPTED))]


def _key(by: By):
    """The column that a report is grouped by. A teacher's place is that of the school where they work now, and a region is added up of its counties."""
    return {
        By.YEAR: Offering.semester, By.SUBJECT: Subject.code, By.INSTITUTION: Institution.code, By.LEVEL: Module.grades, By.REGION: County.id,
        By.COUNTY: County.code, By.OWNER: School.owner_id, By.SCHOOL: School.organisation_id,
    }[by]  # fmt: skip


def _regions(on: date) -> dict[int, int]:
    """The region of each county on a day."""
    of_county = region_of_county(on)
    return {county: region for county, region in db.session.execute(select(of_county.c.county_id, of_county.c.region))}


def _named(by: By, value) -> str | None:
    """The key of a line as it stands in addresses."""
    if value is None or (by is By.LEVEL and not value):
        return None
    return str(value.study_year) if by is By.YEAR else str(value.mask) if by is By.LEVEL else str(value)


def _within(wanted: Select, asked: Asked, actor: Actor, on: date) -> Select:
    joined = (
        wanted.select_from(Enrolment)
        .join(Offering, Offering.id == Enrolment.offering_id)
        .join(Module, Module.id == Enrolment.module_id)
        .join(Institution, Institution.organisation_id == Module.institution_id)
        .outerjoin(Subject, Subject.id == Module.subject_id)
        .outerjoin(Teacher, Teacher.person_id == Enrolment.person_id)
        .outerjoin(School, School.organisation_id == Teacher.school_id)
        .outerjoin(Municipality, Municipality.id == School.municipality_id)
        .outerjoin(County, County.id == Municipality.county_id)
    )
    return _asked_for(joined.where(Enrolment.state.in_(TOOK_PART), within(actor, on)), asked)


def _asked_for(wanted: Select, asked: Asked) -> Select:
    span = Offering.semester.between(Semester(asked.first, Term.AUTUMN), Semester(asked.last + 1, Term.SPRING))
    return wanted.where(span, *([Subject.code == asked.subject] if asked.subject else []))


def _seats(key, asked: Asked, actor: Actor, on: date) -> Select:
    """Seats and those taken, of the published runs that have begun and state their seats."""
    begun = (
        select(key, func.sum(Offering.seats), func.sum(Offering.seats_taken))
        .select_from(Offering)
        .join(Module, Module.id == Offering.module_id)
        .join(Institution, Institution.organisation_id == Module.institution_id)
        .outerjoin(Subject, Subject.id == Module.subject_id)
        .where(Offering.state == Run.PUBLISHED, Offering.seats.is_not(None), Offering.starts_on <= on, within(actor, on))
    )
    return _asked_for(begun, asked).group_by(text(TOLD_BY))


def names(by: By, keys: Iterable[str | None]) -> dict[str, str]:
    """What lines are called, by their keys. Years and levels are named by words."""
    wanted = [key for key in keys if key is not None]
    if by in (By.OWNER, By.SCHOOL):
        return {str(key): name for key, name in db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(map(int, wanted))))}
    if by is By.REGION:
        return {str(one.organisation_id): one.name for one in db.session.scalars(select(Region))}
    model = {By.SUBJECT: Subject, By.INSTITUTION: Institution, By.COUNTY: County}[by]
    return {one.code: one.name for one in db.session.scalars(select(model).where(model.code.in_(wanted)))}


def rows(asked: Asked, key: str | None, actor: Actor, on: date, page: int) -> list[Enrolment]:
    """The seats that a line counts, one page of them and one more: the latest runs first, then by name."""
    wanted = _within(select(Enrolment), asked, actor, on).join(Person, Person.id == Enrolment.person_id).where(_is(asked.by, key, on))
    loaded = wanted.options(
        contains_eager(Enrolment.person), contains_eager(Enrolment.offering), contains_eager(Enrolment.module).contains_eager(Module.institution)
    )
    ordered = loaded.order_by(Offering.semester.desc(), Person.name, Enrolment.id)
    return list(db.session.scalars(ordered.offset((page - 1) * PAGE).limit(PAGE + 1)))


def _is(by: By, key: str | None, on: date):
    column = _key(by)
    if by is By.REGION:
        return _in_region(None if key is None else number(key), on)
    if key is None:
        return or_(column.is_(None), column == 0) if by is By.LEVEL else column.is_(None)
    if by is By.YEAR:
        return column.between(Semester(number(key), Term.AUTUMN), Semester(number(key) + 1, Term.SPRING))
    if by is By.LEVEL:
        return column == Grades(number(key))
    return column == (number(key) if by in (By.OWNER, By.SCHOOL) else key)


def _in_region(region_id: int | None, on: date):
    regions = _regions(on)
    if region_id is None:
        return County.id.is_(None) | County.id.not_in(regions)
    return County.id.in_([county for county, region in regions.items() if region == region_id])


def number(key: str) -> int:
    """Raises NotFound for a key that no line can have."""
    if not key.isdecimal() or len(key) > 8:
        raise NotFound(_("There is no such line in the report."))
    return int(key)


def runs(asked: Asked, key: str | None, actor: Actor, on: date) -> list[tuple[Offering, Figures]]:
    """The runs that a line counts, each with its own figures: for those who know nobody by name."""
    counted_by_run = _within(select(Enrolment.offering_id, *_counts()), asked, actor, on).where(_is(asked.by, key, on)).group_by(Enrolment.offering_id)
    figures = {run: Figures(*counts) for run, *counts in db.session.execute(counted_by_run)}
    wanted = select(Offering).where(Offering.id.in_(figures)).options(joinedload(Offering.module).joinedload(Module.institution))
    return [(run, figures[run.id]) for run in db.session.scalars(wanted.order_by(Offering.semester.desc(), Offering.id))]


def causes(asked: Asked, actor: Actor, on: date) -> list[tuple[int, Cause | None, int]]:
    """Study year, cause (none = not stated) and how many interrupted."""
    said = (ParticipationStep.enrolment_id == Enrolment.id) & (ParticipationStep.event == Event.INTERRUPT)
    wanted = _within(select(Offering.semester, ParticipationStep.cause, func.count()), asked, actor, on).outerjoin(ParticipationStep, said)
    rows = wanted.where(Enrolment.state == Seat.INTERRUPTED).group_by(Offering.semester, ParticipationStep.cause)
    return [(semester.study_year, cause, number) for semester, cause, number in db.session.execute(rows)]


def any_made_up(actor: Actor, on: date) -> bool:
    everything = Asked(By.YEAR, 2000, 2100)
    return db.session.scalar(_within(select(Enrolment.id), everything, actor, on).where(Enrolment.made_up).limit(1)) is not None


def kept(membership_id: int) -> list[KeptReport]:
    return list(db.session.scalars(select(KeptReport).filter_by(membership_id=membership_id).order_by(KeptReport.name)))


def own(membership_id: int, uuid: UUID) -> KeptReport:
    """Raises NotFound for somebody else's."""
    found = db.session.scalar(select(KeptReport).filter_by(membership_id=membership_id, uuid=uuid))
    if found is None:
        raise NotFound(_("You keep no such report."))
    return found


def hat_of(actor: Actor) -> int:
    """The key of the hat that is worn."""
    return db.session.scalars(_worn(actor)).one()


def hold_hat(actor: Actor) -> int:
    """The same under a lock, so that two who keep a report at once keep no name twice."""
    return db.session.scalars(_worn(actor).with_for_update()).one()


def _worn(actor: Actor) -> Select:
    return select(Membership.id).filter_by(person_id=actor.person_id, organisation_id=actor.organisation_id, role=actor.role)


def due(on: date) -> list[int]:
    """Kept reports to be sent by a day."""
    return list(db.session.scalars(select(KeptReport.id).where(KeptReport.every != Every.NEVER, KeptReport.next_on <= on).order_by(KeptReport.id)))


def locked(report: int) -> KeptReport | None:
    """None where another node is at it."""
    return db.session.scalar(select(KeptReport).filter_by(id=report).with_for_update(skip_locked=True))
