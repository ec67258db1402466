"""Every select of what teachers plan, counted in the database: no person leaves it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from accounts.models import Person
from catalog.offers.lifecycle import Publication
from catalog.offers.models import Module
from catalog.places.models import Municipality, Region, RegionCounty
from catalog.subjects.models import Subject
from catalog.values import Semester
from config.database import db, holds
from enrolment.byhand.models import PlannedStudy, StudyPlan
from enrolment.planning.asking import first_term
from enrolment.schools.models import Basis, School, Teacher


def first(on: date) -> Semester:
    """The first term that plans are counted of on a day."""
    return Semester.from_number(first_term(on))


def counted(since: Semester, on: date, subject: str | None = None) -> list[tuple[str, int, str | None, int]]:
    """Subject, term, region and how many teachers, of the plans that count, from a term on; perhaps of one subject (its code). A teacher's region is
    that of the school's county, or of the home's by choice; in two regions they count in both."""
    at_school, at_home = aliased(Municipality), aliased(Municipality)
    county = case((Teacher.basis == Basis.HOME, at_home.county_id), else_=at_school.county_id)
    rows = (
        select(Subject.code, PlannedStudy.semester, Region.code, func.count(StudyPlan.person_id.distinct()))
        .select_from(PlannedStudy)
        .join(PlannedStudy.plan)
        .outerjoin(Module, Module.id == PlannedStudy.module_id)
        .join(Subject, Subject.id == case((PlannedStudy.own, StudyPlan.subject_id), else_=Module.subject_id))
        .outerjoin(Teacher, Teacher.person_id == StudyPlan.person_id)
        .outerjoin(School, School.organisation_id == Teacher.school_id)
        .outerjoin(at_school, at_school.id == School.municipality_id)
        .outerjoin(at_home, at_home.id == Teacher.home_id)
        .outerjoin(RegionCounty, and_(RegionCounty.county_id == county, holds(RegionCounty, on)))
        .outerjoin(Region, Region.organisation_id == RegionCounty.region_id)
        .where(StudyPlan.counted_at.is_not(None), PlannedStudy.semester >= since, or_(PlannedStudy.own, Module.state == Publication.PUBLISHED))
        .group_by(Subject.code, PlannedStudy.semester, Region.code)
    )
    wanted = rows if subject is None else rows.where(Subject.code == subject)
    return [(code, term.number, region, teachers) for code, term, region, teachers in db.session.execute(wanted)]


def regions() -> Sequence[Region]:
    return db.session.scalars(select(Region).order_by(Region.organisation_id)).all()


def subjects(codes: Sequence[str]) -> Sequence[Subject]:
    """In the order of the register."""
    return db.session.scalars(select(Subject).where(Subject.code.in_(codes)).order_by(Subject.position)).all()


def any_made_up() -> bool:
    return db.session.scalar(select(StudyPlan.id).join(StudyPlan.person).where(Person.made_up, StudyPlan.counted_at.is_not(None)).limit(1)) is not None
