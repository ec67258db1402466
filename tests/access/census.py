"""Censuses are the authority's; schools are answered for by their owner and their head; results are read within one's own."""

from datetime import date

from accounts.models import Role
from config.database import db
from regions.census.lifecycle import Answer
from regions.census.models import Census, CensusAnswer
from tests.access.policy import Rule
from tests.factories import MONDAY

AUTHORITY, OWNER, ANSWER = {Role.AUTHORITY}, {Role.OWNER}, {Role.OWNER, Role.HEAD}
READERS = {Role.AUTHORITY, Role.COORDINATOR, Role.GOVERNOR}


def _census(half, me) -> dict:
    made = Census(name="Census", period_first=2026, opens_on=date(2026, 11, 1), answer_by=date(2027, 1, 15), reminders=[3], made_at=MONDAY)
    db.session.add(made)
    db.session.commit()
    return {"census": made.uuid}


def _school(half, me) -> dict:
    return _census(half, me) | {"school": half.school.organisation.uuid}


def _taken(half, me) -> dict:
    return {"name": "Spring", "period": "2026", "opens_on": "2027-01-10", "answer_by": "2027-02-10", "reminders": "3"}


def _sendable(half, me) -> dict:
    known = _census(half, me)
    census = db.session.query(Census).filter_by(uuid=known["census"]).one()
    db.session.add(CensusAnswer(census_id=census.id, school_id=half.school.organisation_id, owner_id=half.owner.organisation_id, state=Answer.BEGUN, changed_at=MONDAY))
    db.session.commit()
    return known


POLICY = {
    "census.listed": Rule(READERS | ANSWER),
    "census.new": Rule(AUTHORITY),
    "census.take": Rule(AUTHORITY, form=_taken),
    "census.dates": Rule(AUTHORITY, address=_census, whose=None),
    "census.set_dates": Rule(AUTHORITY, address=_census, whose=None, form=lambda half, me: {"answer_by": "2027-03-01"}),
    "census.schools": Rule(OWNER, address=_census, whose=None),
    "census.fill_in": Rule(OWNER, address=_census, whose=None),
    "census.send_all": Rule(OWNER, address=_sendable, whose=None),
    "census.form": Rule(ANSWER, address=_school),
    "census.answer": Rule(ANSWER, address=_school, form=lambda half, me: {"matematikk-1-7-teachers": "9", "then": "send"}),
    "census_results.results": Rule(READERS, address=_census, whose=None),
    "census_results.results_csv": Rule(READERS, address=_census, whose=None),
}
