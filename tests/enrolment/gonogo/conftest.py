"""A module at an institution in Stavanger, a rule of 28 days, and runs that begin within them."""

from dataclasses import dataclass
from datetime import date

import pytest

from accounts.acting import Actor
from catalog.institutions.models import Institution
from catalog.offers.models import Module, Offering
from catalog.places.models import Municipality
from config.database import db as database
from enrolment.gonogo.models import RiskRule
from enrolment.schools.models import School
from enrolment.seats import services as seats
from enrolment.seats.models import Enrolment
from tests import factories as f
from tests.conftest import Visitor

SOON, LATER = date(2026, 12, 14), date(2027, 2, 1)


@dataclass
class Office:
    """Where an editor decides: the institution, the editor and their browser, a module, and a school nearby and one far away."""

    institution: Institution
    editor: Actor
    browser: Visitor
    module: Module
    near: Municipality
    school: School
    far: School

    def run(self, of: Module | None = None, **facts) -> Offering:
        """A run in Stavanger that begins in three weeks and needs five."""
        known = {"starts_on": SOON, "minimum": 5, "seats": 10, "apply_by": date(2026, 12, 10), "queue_closes_on": date(2026, 12, 12)}
        return f.offering(of or self.module, **(known | {"delivery": "campus", "municipality_id": self.near.id} | facts))

    def join(self, run: Offering, *names: str, at: School | None = None) -> list[Enrolment]:
        """Teachers who enrol in a run."""
        return [seats.enrol(run.uuid, actor=f.acting(f.teacher(at or self.school, name=name)), at=f.MONDAY) for name in names]


@pytest.fixture
def office(db, client) -> Office:
    place = f.institution()
    near, far = f.municipality(), f.municipality("1804", "Bodø")
    f.region("vest", [near.county], [place])
    f.region("nord", [far.county])
    editor = f.editor(place)
    module = f.module(f.course(place, f.subject()), "MAT1")
    database.session.add(RiskRule(days_before=28, valid_from=date(2026, 1, 1), source="test"))
    database.session.commit()
    owner = f.owner(near)
    schools = f.school(owner, near, "Near school"), f.school(owner, far, "Far school")
    return Office(place, f.acting(editor), f.signed_in(client, editor), module, near, *schools)
