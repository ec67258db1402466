"""What some of the made-up teachers have told their region that they need and do not find: enough of them for a count, and too few."""

from datetime import date, timedelta

from sqlalchemy import or_, select

from accounts.models import Person
from catalog.places.models import Municipality, Region, RegionCounty
from config.clock import start_of
from config.database import db
from demo.dice import Seed
from enrolment.saved.replay import digest
from enrolment.schools.models import School, Teacher
from regions.needs_told.models import ToldNeed

# By region: the query as it is kept, and how many teachers told it.
TOLD = {
    "vest": (("subject=samisk&level=1-7", 7), ("q=programmering%20i%20sm%C3%A5skulen&level=1-7", 6), ("q=astronomi&level=vg", 3)),
    "nord": (("subject=musikk&level=8-10", 6), ("q=kvensk", 5), ("q=sjakk", 2)),
}


def add(seed: Seed, today: date) -> None:
    """Adds the needs; each was told on one of the last sixty days."""
    for region, told in TOLD.items():
        people = teachers_of(region, today)
        for query, many in told:
            dice = seed.dice("need", region, query)
            db.session.add_all(_need(seed, who, query, today - timedelta(days=dice.between(1, 60))) for who in dice.some_of(people, many))
    db.session.flush()


def _need(seed: Seed, who: Person, query: str, on: date) -> ToldNeed:
    return ToldNeed(uuid=seed.uuid("need", who.uuid, query), person_id=who.id, query=query, digest=digest(query), told_at=start_of(on) + timedelta(hours=9))


def teachers_of(region: str, on: date) -> list[Person]:
    """The made-up teachers whose school lies in a region, in an order that is the same everywhere."""
    wanted = (
        select(Person)
        .join(Teacher, Teacher.person_id == Person.id)
        .join(School, School.organisation_id == Teacher.school_id)
        .join(Municipality, Municipality.id == School.municipality_id)
        .join(RegionCounty, RegionCounty.county_id == Municipality.county_id)
        .join(Region, Region.organisation_id == RegionCounty.region_id)
        .where(Person.made_up, Region.code == region, or_(RegionCounty.valid_from.is_(None), RegionCounty.valid_from <= on))
        .where(or_(RegionCounty.valid_to.is_(None), RegionCounty.valid_to >= on))
    )
    return sorted(db.session.scalars(wanted).unique(), key=lambda who: str(who.uuid))
