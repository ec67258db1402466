"""Every select on needs that were told. A teacher's own are looked up through the teacher."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import aliased

from accounts.acting import Actor
from catalog.places.models import Municipality, Region, RegionCounty
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from enrolment.schools.models import Basis, School, Teacher
from regions.needs_told.models import ToldNeed


def own_needs(actor: Actor) -> Sequence[ToldNeed]:
    mine = select(ToldNeed).where(ToldNeed.person_id == actor.person_id)
    return db.session.scalars(mine.order_by(ToldNeed.told_at.desc(), ToldNeed.id.desc())).all()


def own_need(actor: Actor, uuid: UUID) -> ToldNeed:
    """Raises NotFound for another person's."""
    found = db.session.scalar(select(ToldNeed).where(ToldNeed.uuid == uuid, ToldNeed.person_id == actor.person_id))
    if found is None:
        raise NotFound(_("You have told no such need, or you have taken it back."))
    return found


def told(person_id: int, digest: str) -> ToldNeed | None:
    return db.session.scalar(select(ToldNeed).where(ToldNeed.person_id == person_id, ToldNeed.digest == digest))


def how_many(person_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(ToldNeed).where(ToldNeed.person_id == person_id)) or 0


def regions(codes: Sequence[str]) -> Sequence[Region]:
    return db.session.scalars(select(Region).where(Region.code.in_(codes)).order_by(Region.code)).all()


def told_to(region_id: int, on: date) -> Sequence[Row]:
    """Person and query of each need of the teachers who belong to a region on a day, by the county of their school, or of their home by choice."""
    at_school, at_home = aliased(Municipality), aliased(Municipality)
    county = case((Teacher.basis == Basis.HOME, at_home.county_id), else_=at_school.county_id)
    wanted = (
        select(ToldNeed.person_id, ToldNeed.query)
        .join(Teacher, Teacher.person_id == ToldNeed.person_id)
        .outerjoin(School, School.organisation_id == Teacher.school_id)
        .outerjoin(at_school, at_school.id == School.municipality_id)
        .outerjoin(at_home, at_home.id == Teacher.home_id)
        .join(RegionCounty, RegionCounty.county_id == county)
        .where(RegionCounty.region_id == region_id, holds(RegionCounty, on))
        .distinct()
    )
    return db.session.execute(wanted).all()
