"""What is read for a region's statement: its owners, and what the ledger says of each person in it."""

from collections.abc import Iterable

from sqlalchemy import select

from accounts.models import Organisation
from catalog.places.models import Municipality
from config.database import db
from enrolment.applications.lifecycle import Money
from enrolment.applications.models import Application
from enrolment.money.models import MoneyEntry
from enrolment.money.queries import BACK, PAID
from enrolment.rounds.models import Cycle
from enrolment.schools.models import School
from regions.granted.rules import Moved


def years() -> list[int]:
    """Study years in which somebody has state money, the latest first."""
    funded = select(Application.id).where(Application.cycle_id == Cycle.id, Application.money == Money.FUNDED).exists()
    return sorted(db.session.scalars(select(Cycle.study_year).where(funded).distinct()), reverse=True)


def moved(study_year: int, counties: Iterable[int]) -> list[Moved]:
    """By owner and person at schools in these counties; who is erased is in no county any more."""
    kind = MoneyEntry
    wanted = (
        select(kind.owner_id, Application.person_id, PAID, BACK)
        .join(Application, Application.uuid == kind.application)
        .join(School, School.organisation_id == Application.school_id)
        .join(Municipality, Municipality.id == School.municipality_id)
        .where(kind.study_year == study_year, Municipality.county_id.in_(list(counties)))
        .group_by(kind.owner_id, Application.person_id)
    )
    return [Moved(owner, person, int(plus), int(minus)) for owner, person, plus, minus in db.session.execute(wanted)]


def names(owners: Iterable[int]) -> dict[int, str]:
    """By key, with the number of the organisation added where two have the same name."""
    found = db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(list(owners)))).all()
    twice = [name for _key, name in found]
    return {key: f"{name} ({key})" if twice.count(name) > 1 else name for key, name in found}


def any_made_up(study_year: int) -> bool:
    wanted = select(Application.id).join(Application.cycle).where(Cycle.study_year == study_year, Application.made_up).limit(1)
    return db.session.scalar(wanted) is not None
