"""Who has taken part, counted in the database."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Select, case, func, select

from catalog.institutions.models import Institution
from catalog.offers.models import Module, Offering
from catalog.places.models import Municipality, Region
from catalog.subjects.models import Subject
from catalog.values import Semester, Term
from config.database import db
from enrolment.schools.models import School, Teacher
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from regions.coverage.queries import region_of_county
from regions.reports.rules import Counts

TOOK_PART = (Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED)


class By(StrEnum):
    """What the figures are told by. No two of them lie within each other, so that none gives another away."""

    SUBJECT = "subject"
    INSTITUTION = "institution"
    REGION = "region"


def by_year() -> dict[int, Counts]:
    """By the study year a run begins in."""
    found: dict[int, Counts] = {}
    for semester, *counts in db.session.execute(_counted(Offering.semester).group_by(Offering.semester)):
        found[semester.study_year] = found.get(semester.study_year, Counts()) + Counts(*counts)
    return dict(sorted(found.items()))


def counted(by: By, study_year: int, on: date) -> list[tuple[Subject | Institution | Region | None, Counts]]:
    """The subject, institution or region (none = not known) and its counts, of the runs that begin in a study year."""
    autumn = Semester(study_year, Term.AUTUMN)
    model, identity, wanted = _WAYS[by](on)
    rows = db.session.execute(wanted.where(Offering.semester.in_((autumn, Semester(study_year + 1, Term.SPRING))))).all()
    names = {getattr(row, identity): row for row in db.session.scalars(select(model))}
    return [(names.get(key), Counts(*counts)) for key, *counts in rows]


def _by_subject(_on: date) -> tuple[type, str, Select]:
    return Subject, "id", _counted(Module.subject_id).group_by(Module.subject_id)


def _by_institution(_on: date) -> tuple[type, str, Select]:
    return Institution, "organisation_id", _counted(Module.institution_id).group_by(Module.institution_id)


def _by_region(on: date) -> tuple[type, str, Select]:
    """By the region of the teacher's school on a day; where its county belongs to two, the first of them."""
    region = region_of_county(on)
    placed = _counted(region.c.region).outerjoin(Teacher, Teacher.person_id == Enrolment.person_id)
    placed = placed.outerjoin(School, School.organisation_id == Teacher.school_id).outerjoin(Municipality, Municipality.id == School.municipality_id)
    return Region, "organisation_id", placed.outerjoin(region, region.c.county_id == Municipality.county_id).group_by(region.c.region)


def any_made_up() -> bool:
    return db.session.scalar(select(Enrolment.id).where(Enrolment.made_up).limit(1)) is not None


def _counted(key) -> Select:
    counts = [func.count(), *(func.sum(case((Enrolment.state == state, 1), else_=0)) for state in (Seat.COMPLETED, Seat.INTERRUPTED))]
    joined = select(key, *counts).select_from(Enrolment).join(Offering, Offering.id == Enrolment.offering_id).join(Module, Module.id == Offering.module_id)
    return joined.where(Enrolment.state.in_(TOOK_PART), Offering.semester.is_not(None))


_WAYS = {By.SUBJECT: _by_subject, By.INSTITUTION: _by_institution, By.REGION: _by_region}
