"""The figures of a report, counted in the database, and the rows that a figure is made of."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select, text
from sqlalchemy.orm import contains_eager, joinedload, selectinload

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
from regions.coverage.queries import region_of_county, region_of_institution
from regions.reporting.bounds import studies_within, within
from regions.reporting.models import KeptReport, ReportFile
from regions.reporting.values import HAS_SEATS, Asked, Behind, By, Every, Figures, State

TOOK_PART = (Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED)
PAGE = 100  # rows shown at once
NOT_STATED = "none"  # the cause that is not stated, in an address
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
    if with_seats and asked.by in HAS_SEATS:
        for value, seats, taken in db.session.execute(_seats(asked, actor, on)):
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


def _seats(asked: Asked, actor: Actor, on: date) -> Select:
    """Seats and those taken, of the published runs that have begun and state their seats."""
    key, wanted = _of_studies(asked, actor, on)
    return wanted(key.label(TOLD_BY), func.sum(Offering.seats), func.sum(Offering.seats_taken)).group_by(text(TOLD_BY))


def _of_studies(asked: Asked, actor: Actor, on: date) -> tuple[ColumnElement, Callable[..., Select]]:
    """What a report is told by, of studies rather than of teachers: a run's region is that of the county where it is held, else that of its institution. And a
    select of something of the runs whose seats are told."""
    of_county, of_institution = region_of_county(on), region_of_institution(on)
    key = case((County.id.is_(None), of_institution.c.region), else_=of_county.c.region) if asked.by is By.REGION else _key(asked.by)
    counted = (Offering.state == Run.PUBLISHED) & Offering.seats.is_not(None) & (Offering.starts_on <= on)

    def wanted(*columns) -> Select:
        joined = (
            select(*columns)
            .select_from(Offering)
            .join(Module, Module.id == Offering.module_id)
            .join(Institution, Institution.organisation_id == Module.institution_id)
            .outerjoin(Subject, Subject.id == Module.subject_id)
            .outerjoin(Municipality, Municipality.id == Offering.municipality_id)
            .outerjoin(County, County.id == Municipality.county_id)
        )
        if asked.by is By.REGION:
            joined = joined.outerjoin(of_county, of_county.c.county_id == County.id).outerjoin(of_institution, of_institution.c.institution_id == Institution.organisation_id)
        return _asked_for(joined.where(counted, studies_within(actor, on)), asked)

    return key, wanted


def seat_runs(asked: Asked, behind: Behind, actor: Actor, on: date) -> list[Offering]:
    """The runs that the seats of a line are of, those with most unused first. Raises NotAllowed."""
    key, wanted = _of_studies(asked, actor, on)
    found = wanted(Offering)
    if not behind.whole:
        found = found.where(_equals(asked.by, key, behind.key))
    whole = contains_eager(Offering.module).contains_eager(Module.institution)
    return list(db.session.scalars(found.options(whole).order_by((Offering.seats - Offering.seats_taken).desc(), Offering.id)))


def names(by: By, keys: Iterable[str | None]) -> dict[str, str]:
    """What lines are called, by their keys. Years and levels are named by words."""
    wanted = [key for key in keys if key is not None]
    if by in (By.OWNER, By.SCHOOL):
        return {str(key): name for key, name in db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(map(int, wanted))))}
    if by is By.REGION:
        return {str(one.organisation_id): one.name for one in db.session.scalars(select(Region))}
    model = {By.SUBJECT: Subject, By.INSTITUTION: Institution, By.COUNTY: County}[by]
    return {one.code: one.name for one in db.session.scalars(select(model).where(model.code.in_(wanted)))}


def rows(asked: Asked, behind: Behind, actor: Actor, on: date, page: int) -> list[tuple[Enrolment, Cause | None]]:
    """The seats that a figure counts, one page of them and one more, each with why it was interrupted: the latest runs first, then by name."""
    wanted = _within(select(Enrolment, ParticipationStep.cause), asked, actor, on).join(Person, Person.id == Enrolment.person_id).outerjoin(ParticipationStep, _SAID)
    loaded = wanted.where(*_behind(asked.by, behind, on)).options(
        contains_eager(Enrolment.person), contains_eager(Enrolment.offering), contains_eager(Enrolment.module).contains_eager(Module.institution)
    )
    ordered = loaded.order_by(Offering.semester.desc(), Person.name, Enrolment.id)
    return [tuple(row) for row in db.session.execute(ordered.offset((page - 1) * PAGE).limit(PAGE + 1))]


_SAID = (ParticipationStep.enrolment_id == Enrolment.id) & (ParticipationStep.event == Event.INTERRUPT)


def _behind(by: By, behind: Behind, on: date) -> list[ColumnElement[bool]]:
    """The conditions that keep those that a figure counts."""
    found = [] if behind.whole else [_is(by, behind.key, on)]
    if behind.state is not None:
        found.append(Enrolment.state == _STATES[behind.state])
    if behind.cause is not None:
        found.append(ParticipationStep.cause.is_(None) if behind.cause == NOT_STATED else ParticipationStep.cause == Cause(behind.cause))
    return found


_STATES = {State.COMPLETED: Seat.COMPLETED, State.INTERRUPTED: Seat.INTERRUPTED, State.GOING_ON: Seat.PLACED}


def _is(by: By, key: str | None, on: date):
    return _in_region(None if key is None else number(key), on) if by is By.REGION else _equals(by, _key(by), key)


def _equals(by: By, column, key: str | None):
    if key is None:
        return or_(column.is_(None), column == 0) if by is By.LEVEL else column.is_(None)
    if by is By.YEAR:
        return column.between(Semester(number(key), Term.AUTUMN), Semester(number(key) + 1, Term.SPRING))
    if by is By.LEVEL:
        return column == Grades(number(key))
    return column == (number(key) if by in (By.REGION, By.OWNER, By.SCHOOL) else key)


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


def runs(asked: Asked, behind: Behind, actor: Actor, on: date) -> list[tuple[Offering, Figures]]:
    """The runs that a figure counts somebody in, each with all its own figures: for those who know nobody by name."""
    inside = [] if behind.whole else [_is(asked.by, behind.key, on)]
    counted_by_run = _within(select(Enrolment.offering_id, *_counts()), asked, actor, on).where(*inside).group_by(Enrolment.offering_id)
    every = {run: Figures(*counts) for run, *counts in db.session.execute(counted_by_run)}
    figures = {run: one for run, one in every.items() if one.of(behind.state)}
    wanted = select(Offering).where(Offering.id.in_(figures)).options(joinedload(Offering.module).joinedload(Module.institution))
    return [(run, figures[run.id]) for run in db.session.scalars(wanted.order_by(Offering.semester.desc(), Offering.id))]


def causes(asked: Asked, actor: Actor, on: date) -> list[tuple[int, Cause | None, int]]:
    """Study year, cause (none = not stated) and how many interrupted."""
    wanted = _within(select(Offering.semester, ParticipationStep.cause, func.count()), asked, actor, on).outerjoin(ParticipationStep, _SAID)
    rows = wanted.where(Enrolment.state == Seat.INTERRUPTED).group_by(Offering.semester, ParticipationStep.cause)
    return [(semester.study_year, cause, number) for semester, cause, number in db.session.execute(rows)]


def causes_by(asked: Asked, actor: Actor, on: date) -> list[tuple[str | None, Cause | None, int]]:
    """The same by the key of what the report is told by."""
    key = _key(asked.by).label(TOLD_BY)
    wanted = _within(select(key, ParticipationStep.cause, func.count()), asked, actor, on).outerjoin(ParticipationStep, _SAID)
    regions = _regions(on) if asked.by is By.REGION else {}
    found: dict[tuple[str | None, Cause | None], int] = {}
    for value, cause, number in db.session.execute(wanted.where(Enrolment.state == Seat.INTERRUPTED).group_by(text(TOLD_BY), ParticipationStep.cause)):
        place = _named(asked.by, regions.get(value) if asked.by is By.REGION else value), cause
        found[place] = found.get(place, 0) + number
    return [(name, cause, number) for (name, cause), number in found.items()]


def any_made_up(actor: Actor, on: date) -> bool:
    everything = Asked(By.YEAR, 2000, 2100)
    return db.session.scalar(_within(select(Enrolment.id), everything, actor, on).where(Enrolment.made_up).limit(1)) is not None


def kept(membership_id: int) -> list[KeptReport]:
    return list(db.session.scalars(select(KeptReport).filter_by(membership_id=membership_id).options(selectinload(KeptReport.files)).order_by(KeptReport.name)))


def own(membership_id: int, uuid: UUID) -> KeptReport:
    """Raises NotFound for somebody else's."""
    found = db.session.scalar(select(KeptReport).filter_by(membership_id=membership_id, uuid=uuid))
    if found is None:
        raise NotFound(_("You keep no such report."))
    return found


def own_file(membership_id: int, report: UUID, file: UUID) -> ReportFile:
    """Raises NotFound for somebody else's."""
    found = next((one for one in own(membership_id, report).files if one.uuid == file), None)
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
