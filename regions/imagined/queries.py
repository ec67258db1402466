"""Whom it would concern: teachers by the region of their school, or of their home by choice."""

from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from catalog.places.models import Municipality, RegionCounty
from catalog.values import Band
from config.database import db, holds
from enrolment.schools.models import Basis, School, Teacher, Teaching


def teachers(subject_id: int, band: Band, on: date) -> dict[int, int]:
    """How many teach a subject in a band, by region; in two regions one counts in both."""
    at_school, at_home = aliased(Municipality), aliased(Municipality)
    county = case((Teacher.basis == Basis.HOME, at_home.county_id), else_=at_school.county_id)
    wanted = (
        select(RegionCounty.region_id, func.count(Teacher.person_id.distinct()))
        .select_from(Teacher)
        .join(Teaching, Teaching.person_id == Teacher.person_id)
        .outerjoin(School, School.organisation_id == Teacher.school_id)
        .outerjoin(at_school, at_school.id == School.municipality_id)
        .outerjoin(at_home, at_home.id == Teacher.home_id)
        .join(RegionCounty, RegionCounty.county_id == county)
        .where(Teaching.subject_id == subject_id, Teaching.band == band)
        .where(holds(RegionCounty, on))
        .group_by(RegionCounty.region_id)
    )
    return {region: count for region, count in db.session.execute(wanted)}
