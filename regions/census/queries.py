"""Every select on censuses. A school's answer is looked up through those who may give it."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.acting import Actor
from accounts.models import Membership, Organisation, Role
from catalog.places.models import County, Municipality, Region
from catalog.subjects.models import Requirement, Subject
from catalog.subjects.queries import in_order
from catalog.values import Band
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from enrolment.schools.models import School
from regions.census.lifecycle import Answer
from regions.census.models import Census, CensusAnswer, CensusLine, CensusReminder
from regions.census.rules import Figures, Level
from regions.coverage.queries import region_of_county

Column = tuple[int, Band]
"""The key of a subject, and a band."""


def censuses() -> Sequence[Census]:
    """The latest first."""
    return db.session.scalars(select(Census).order_by(Census.opens_on.desc(), Census.id.desc())).all()


def census(uuid: UUID) -> Census:
    """Raises NotFound."""
    found = db.session.scalar(select(Census).where(Census.uuid == uuid))
    if found is None:
        raise NotFound(_("There is no such census."))
    return found


def before(one: Census) -> Census | None:
    """The census that was over before this one opened."""
    return db.session.scalar(select(Census).where(Census.answer_by < one.opens_on).order_by(Census.opens_on.desc(), Census.id.desc()).limit(1))


def schools(actor: Actor) -> Sequence[School]:
    """Those one answers for: an owner's, or the one school of a head; by name."""
    mine = School.organisation_id == actor.organisation_id if actor.role is Role.HEAD else School.owner_id == actor.organisation_id
    wanted = select(School).join(School.organisation).options(joinedload(School.organisation)).where(mine, School.owner_id.is_not(None))
    return db.session.scalars(wanted.order_by(Organisation.name, School.organisation_id)).all()


def own_school(actor: Actor, uuid: UUID) -> School:
    """Raises NotFound for one that one does not answer for."""
    found = next((school for school in schools(actor) if school.organisation.uuid == uuid), None)
    if found is None:
        raise NotFound(_("You do not answer for such a school."))
    return found


def answers(census_id: int, school_ids: Iterable[int]) -> dict[int, CensusAnswer]:
    """By school, with their lines."""
    wanted = select(CensusAnswer).where(CensusAnswer.census_id == census_id, CensusAnswer.school_id.in_(list(school_ids)))
    return {row.school_id: row for row in db.session.scalars(wanted.options(selectinload(CensusAnswer.lines)))}


def sent_by_census(school_ids: Iterable[int]) -> dict[int, int]:
    """How many of these schools have sent their answer, by census."""
    wanted = select(CensusAnswer.census_id, func.count()).where(CensusAnswer.school_id.in_(list(school_ids)), CensusAnswer.state == Answer.SENT)
    return {census: many for census, many in db.session.execute(wanted.group_by(CensusAnswer.census_id))}


def locked_answer(census_id: int, school_id: int) -> CensusAnswer | None:
    """Under a lock, on the school as well, so that two who begin at once make one answer."""
    db.session.execute(select(School.organisation_id).where(School.organisation_id == school_id).with_for_update())
    return db.session.scalar(select(CensusAnswer).where(CensusAnswer.census_id == census_id, CensusAnswer.school_id == school_id).with_for_update())


def required(on: date) -> list[tuple[Subject, Band]]:
    """What credits are required for on a day: subject and band, in the order of the register."""
    wanted = select(Subject, Requirement.band).join(Requirement, Requirement.subject_id == Subject.id).where(holds(Requirement, on), Requirement.credits > 0)
    rows = db.session.execute(wanted).unique().all()
    return sorted({(subject, band) for subject, band in rows}, key=lambda pair: (list(Band).index(pair[1]), pair[0].position))


def subjects() -> dict[int, Subject]:
    return {row.id: row for row in in_order()}


def figures(census_id: int, level: Level, on: date, within: tuple[Level, int | None] | None = None, column: Column | None = None) -> dict[Column, dict[int | None, Figures]]:
    """Of the answers that are sent: by subject and band, then by the key of the region, county, owner or school (none = not known)."""
    region = region_of_county(on)
    keys = {Level.REGION: region.c.region, Level.COUNTY: Municipality.county_id, Level.OWNER: CensusAnswer.owner_id, Level.SCHOOL: CensusAnswer.school_id}
    sums = [func.sum(one) for one in (CensusLine.teachers, CensusLine.without, CensusLine.unknown)]
    wanted = (
        select(CensusLine.subject_id, CensusLine.band, keys[level], *sums)
        .join(CensusAnswer, CensusAnswer.id == CensusLine.answer_id)
        .join(School, School.organisation_id == CensusAnswer.school_id)
        .outerjoin(Municipality, Municipality.id == School.municipality_id)
        .outerjoin(region, region.c.county_id == Municipality.county_id)
        .where(CensusAnswer.census_id == census_id, CensusAnswer.state == Answer.SENT)
        .group_by(CensusLine.subject_id, CensusLine.band, keys[level])
    )
    if within is not None:
        outer, key = within
        wanted = wanted.where(keys[outer].is_(None) if key is None else keys[outer] == key)
    if column is not None:
        wanted = wanted.where(CensusLine.subject_id == column[0], CensusLine.band == column[1])
    found: dict[Column, dict[int | None, Figures]] = {}
    for subject, band, unit, *counts in db.session.execute(wanted):
        found.setdefault((subject, band), {})[unit] = Figures(*map(int, counts))
    return found


def how_many_sent(census_id: int, on: date, within: tuple[Level, int] | None = None) -> tuple[int, int]:
    """How many schools have sent their answer, and how many there are."""
    region = region_of_county(on)
    keys = {Level.REGION: region.c.region, Level.COUNTY: Municipality.county_id, Level.OWNER: School.owner_id, Level.SCHOOL: School.organisation_id}
    sent = (CensusAnswer.school_id == School.organisation_id) & (CensusAnswer.census_id == census_id) & (CensusAnswer.state == Answer.SENT)
    wanted = (
        select(func.count(CensusAnswer.id), func.count())
        .select_from(School)
        .outerjoin(CensusAnswer, sent)
        .outerjoin(Municipality, Municipality.id == School.municipality_id)
        .outerjoin(region, region.c.county_id == Municipality.county_id)
        .where(School.owner_id.is_not(None))
    )
    return tuple(db.session.execute(wanted if within is None else wanted.where(keys[within[0]] == within[1])).one())


def units(level: Level, keys: Iterable[int | None]) -> dict[int, tuple[str, str]]:
    """By key: the code that stands in an address, and the name."""
    known = [key for key in keys if key is not None]
    if level is Level.REGION:
        return {row.organisation_id: (row.code, row.name) for row in db.session.scalars(select(Region).where(Region.organisation_id.in_(known)))}
    if level is Level.COUNTY:
        return {row.id: (row.code, row.name) for row in db.session.scalars(select(County).where(County.id.in_(known)))}
    return {row.id: (str(row.uuid), row.name) for row in db.session.scalars(select(Organisation).where(Organisation.id.in_(known)))}


def unit_called(level: Level, code: str) -> int | None:
    """The key of what a code stands for."""
    if level is Level.REGION:
        return db.session.scalar(select(Region.organisation_id).where(Region.code == code))
    if level is Level.COUNTY:
        return db.session.scalar(select(County.id).where(County.code == code))
    try:
        return db.session.scalar(select(Organisation.id).where(Organisation.uuid == UUID(code)))
    except ValueError:
        return None


def chain_of(level: Level, key: int, on: date) -> dict[Level, int | None]:
    """What a region, county, owner or school lies in, itself included, on a day."""
    if level is Level.REGION:
        return {level: key}
    school = select(School).options(joinedload(School.municipality))
    if level in (Level.OWNER, Level.SCHOOL):
        found = db.session.scalar(school.where((School.owner_id if level is Level.OWNER else School.organisation_id) == key).order_by(School.organisation_id).limit(1))
        if found is None:
            raise NotFound(_("There is no such place in the census."))
        county = found.municipality.county_id if found.municipality else None
        lower = {Level.OWNER: found.owner_id} | ({Level.SCHOOL: key} if level is Level.SCHOOL else {})
    else:
        county, lower = key, {}
    region = region_of_county(on)
    return {Level.REGION: db.session.scalar(select(region.c.region).where(region.c.county_id == county)), Level.COUNTY: county} | lower


def open_censuses(on: date) -> Sequence[Census]:
    """Under a lock; what another node is at is passed over."""
    wanted = select(Census).where(Census.opens_on <= on, Census.answer_by >= on).order_by(Census.id)
    return db.session.scalars(wanted.with_for_update(skip_locked=True)).all()


def awaited(census_id: int) -> Sequence[Row]:
    """Owner and how many of its schools have not sent their answer."""
    sent = select(CensusAnswer.school_id).where(CensusAnswer.census_id == census_id, CensusAnswer.state == Answer.SENT)
    wanted = select(School.owner_id, func.count()).where(School.owner_id.is_not(None), School.organisation_id.not_in(sent))
    return db.session.execute(wanted.group_by(School.owner_id).order_by(School.owner_id)).all()


def reminded(census_id: int) -> set[tuple[int, int]]:
    """Owner and days of every reminder that was sent."""
    return {tuple(row) for row in db.session.execute(select(CensusReminder.owner_id, CensusReminder.days).where(CensusReminder.census_id == census_id))}


def who_answers(census_id: int, owner_ids: Iterable[int], on: date) -> Sequence[Row]:
    """Person and owner: those who act for the owners, and the heads of their schools that have not sent an answer."""
    sent = select(CensusAnswer.school_id).where(CensusAnswer.census_id == census_id, CensusAnswer.state == Answer.SENT)
    owners, asked = list(owner_ids), [Membership.role == Role.OWNER, Membership.organisation_id.in_(list(owner_ids))]
    acting = select(Membership.person_id, Membership.organisation_id).where(Membership.held(on), *asked)
    heads = select(Membership.person_id, School.owner_id).join(School, School.organisation_id == Membership.organisation_id)
    heads = heads.where(Membership.held(on), Membership.role == Role.HEAD, School.owner_id.in_(owners), School.organisation_id.not_in(sent))
    return db.session.execute(acting.union(heads)).all()
