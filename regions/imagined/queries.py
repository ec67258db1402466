"""Whom it would concern: teachers by the region of their school, or of their home by choice; and what owners have said of them."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from catalog.values import Band
from config.database import db
from enrolment.schools.models import Teaching
from regions.census import queries as census
from regions.census import telling
from regions.census.rules import Level
from regions.census.telling import Place
from regions.coverage.queries import regions_of_teachers


def teachers(subject_id: int, band: Band, on: date) -> dict[int, int]:
    """How many teach a subject in a band, by region; in two regions one counts in both."""
    place = regions_of_teachers(on)
    wanted = select(place.c.region_id, func.count(place.c.person_id.distinct())).join(Teaching, Teaching.person_id == place.c.person_id)
    wanted = wanted.where(Teaching.subject_id == subject_id, Teaching.band == band).group_by(place.c.region_id)
    return {region: count for region, count in db.session.execute(wanted)}


def lacking(subject_id: int, band: Band, regions: Iterable[int], on: date) -> dict[int, int]:
    """Of these regions, how many the latest census tells that lack credits in a subject and band; those it does not tell of are left out."""
    latest = next((one for one in census.censuses() if one.opens_on <= on), None)
    if latest is None:
        return {}
    told = {region: telling.of_place(latest.id, Place(Level.REGION, region, {Level.REGION: region}), on).get((subject_id, band)) for region in regions}
    return {region: line.counts.without for region, line in told.items() if line is not None and not line.parts_hidden}
