"""Every select on what regions decide of distance."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from catalog.places.models import County, DistanceRule, RegionCounty, TravelTime
from config.database import db, holds


def rule(region_id: int, on: date) -> tuple[DistanceRule | None, DistanceRule | None]:
    """The region's own rule on a day, and the one for regions without their own."""
    wanted = select(DistanceRule).where(or_(DistanceRule.region_id == region_id, DistanceRule.region_id.is_(None)), holds(DistanceRule, on))
    rows = {row.region_id: row for row in db.session.scalars(wanted.order_by(DistanceRule.id))}
    return rows.get(region_id), rows.get(None)


def counties_elsewhere(region_id: int, on: date) -> Sequence[County]:
    """Today's counties that do not belong to a region, by number."""
    mine = select(RegionCounty.county_id).where(RegionCounty.region_id == region_id, holds(RegionCounty, on))
    return db.session.scalars(select(County).where(holds(County, on), County.id.not_in(mine)).order_by(County.code)).all()


def travel_times(region_id: int) -> dict[int, TravelTime]:
    """By county."""
    return {row.county_id: row for row in db.session.scalars(select(TravelTime).where(TravelTime.region_id == region_id))}
