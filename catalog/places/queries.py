"""Every select of the public pages on regions and places."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload, selectinload

from catalog.places.models import County, Region, RegionCounty, RegionInstitution
from config.database import db, holds


def regions() -> Sequence[Region]:
    """All regions with their dated counties and institutions."""
    return db.session.scalars(_with_members(select(Region)).order_by(Region.name_nb)).all()


def region_by_code(code: str) -> Region | None:
    return db.session.scalar(_with_members(select(Region).where(Region.code == code)))


def _with_members(wanted):
    return wanted.options(
        selectinload(Region.counties).joinedload(RegionCounty.county),
        selectinload(Region.institutions).joinedload(RegionInstitution.institution),
    )


def regions_of_institution(institution_id: int) -> Sequence[RegionInstitution]:
    """The dated memberships of an institution, with their regions."""
    wanted = select(RegionInstitution).options(joinedload(RegionInstitution.region)).where(RegionInstitution.institution_id == institution_id)
    return db.session.scalars(wanted.join(RegionInstitution.region).order_by(Region.name_nb, RegionInstitution.valid_from)).all()


def memberships_of_institutions() -> Sequence[RegionInstitution]:
    """Every dated membership of an institution, with its region."""
    wanted = select(RegionInstitution).options(joinedload(RegionInstitution.region)).join(RegionInstitution.region)
    return db.session.scalars(wanted.order_by(Region.name_nb, RegionInstitution.valid_from)).all()


def name_rows() -> Sequence[Row]:
    """Key, code, and name in each language, of every region."""
    wanted = select(Region.organisation_id, Region.code, Region.name_nb, Region.name_nn, Region.name_en, Region.name_se)
    return db.session.execute(wanted.order_by(Region.name_nb)).all()


def institution_memberships() -> Sequence[Row]:
    """Region, institution, first and last day, whether confirmed."""
    kind = RegionInstitution
    return db.session.execute(select(kind.region_id, kind.institution_id, kind.valid_from, kind.valid_to, kind.confirmed)).all()


def county_memberships() -> Sequence[Row]:
    """Region, county, first and last day, whether confirmed."""
    kind = RegionCounty
    return db.session.execute(select(kind.region_id, kind.county_id, kind.valid_from, kind.valid_to, kind.confirmed)).all()


def counties_of(region_id: int, on: date) -> list[int]:
    """The keys of a region's counties on a day."""
    return list(db.session.scalars(select(RegionCounty.county_id).where(RegionCounty.region_id == region_id, holds(RegionCounty, on))))


def counties() -> Sequence[County]:
    return db.session.scalars(select(County).order_by(County.code)).all()
