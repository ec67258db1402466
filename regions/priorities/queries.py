"""Every select on versions of the priorities."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from catalog.offers.lifecycle import Run
from catalog.offers.models import Module, Offering
from catalog.places.models import Region, RegionInstitution
from catalog.subjects.models import PriorityGroup, SubjectPriority
from catalog.values import Band, Semester, Term
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from regions.priorities.models import Commission, PriorityVersion, VersionGroup, VersionSubject
from regions.versions import queries as kinds

_WHOLE = (
    selectinload(PriorityVersion.groups).joinedload(VersionGroup.group),
    selectinload(PriorityVersion.subjects).joinedload(VersionSubject.subject),
    selectinload(PriorityVersion.commissions).options(joinedload(Commission.region), joinedload(Commission.subject)),
)


def versions(*, hidden_too: bool) -> Sequence[PriorityVersion]:
    """The latest first."""
    return db.session.scalars(kinds.seen(PriorityVersion, hidden_too=hidden_too).order_by(PriorityVersion.number.desc())).all()


def version(number: int, *, hidden_too: bool) -> PriorityVersion:
    """With all that it says. Raises NotFound."""
    return kinds.one(PriorityVersion, number, *_WHOLE, hidden_too=hidden_too)


def targets(on: date) -> dict[int, int]:
    """By group, the seats a study year that the version in force aims at; groups without a target are left out."""
    released = kinds.seen(PriorityVersion, hidden_too=False).where(PriorityVersion.holds_from <= on)
    held = db.session.scalar(released.options(selectinload(PriorityVersion.groups)).order_by(PriorityVersion.number.desc()).limit(1))
    return {row.group_id: row.seats for row in held.groups if row.seats is not None} if held else {}


def groups() -> Sequence[PriorityGroup]:
    return db.session.scalars(select(PriorityGroup).order_by(PriorityGroup.number)).all()


def regions() -> Sequence[Region]:
    return db.session.scalars(select(Region).order_by(Region.name_nb)).all()


def priorities(on: date) -> Sequence[SubjectPriority]:
    """Those that hold on a day."""
    return db.session.scalars(select(SubjectPriority).where(holds(SubjectPriority, on)).order_by(SubjectPriority.id)).all()


def priorities_from(day: date) -> Sequence[SubjectPriority]:
    """Those that hold on a day or begin after it."""
    going_on = SubjectPriority.valid_to.is_(None) | (SubjectPriority.valid_to >= day)
    return db.session.scalars(select(SubjectPriority).where(going_on).order_by(SubjectPriority.id)).all()


def commission(whose: PriorityVersion, uuid: UUID) -> Commission:
    found = next((one for one in whose.commissions if one.uuid == uuid), None)
    if found is None:
        raise NotFound(_("The version has no such commission."))
    return found


def offered(subject_ids: Sequence[int], years: Sequence[int], on: date) -> dict[tuple[int, int, Band, int], int]:
    """By region, subject, band and study year: the stated seats in published and planned runs of the region's institutions, for the bands the modules serve."""
    semesters = [Semester(year, Term.AUTUMN) for year in years] + [Semester(year + 1, Term.SPRING) for year in years]
    wanted = (
        select(RegionInstitution.region_id, Module.subject_id, Module.grades, Offering.semester, func.sum(Offering.seats))
        .join(Module, Module.institution_id == RegionInstitution.institution_id)
        .join(Offering, Offering.module_id == Module.id)
        .where(holds(RegionInstitution, on), Module.subject_id.in_(subject_ids), Offering.semester.in_(semesters))
        .where(Offering.state.in_((Run.PUBLISHED, Run.PLANNED)), ~Offering.told_over, Offering.seats.is_not(None))
        .group_by(RegionInstitution.region_id, Module.subject_id, Module.grades, Offering.semester)
    )
    found: dict[tuple[int, int, Band, int], int] = {}
    for region, subject, grades, semester, seats in db.session.execute(wanted):
        for band in grades.bands:
            key = (region, subject, band, semester.study_year)
            found[key] = found.get(key, 0) + int(seats)
    return found
