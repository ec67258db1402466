"""Keeping the ledger up to date, as the clock does it: one transaction a person, found by query, the same however often it is done."""

from datetime import datetime, timedelta

from accounts import audit
from config.clock import day_of
from config.database import db
from enrolment.money import booking, queries
from enrolment.money.models import MoneyTurn
from enrolment.rounds.pricing import Prices

MARGIN = timedelta(minutes=10)  # longer than any request takes to commit what it says happened


def book_due(at: datetime) -> int:
    """Writes what follows from what has happened since each person's last turn, and looks at everybody once a day, since a rate may have become known.

    A person whom another node is at is left to it. Returns how many entries it wrote.
    """
    due = queries.people_due(day_of(at))
    db.session.commit()
    if not due:
        return 0
    prices, claims = Prices(), booking.repayment_rules()
    return sum(_book(person, prices, claims, at) for person in due)


def _book(person: int, prices: Prices, claims, at: datetime) -> int:
    studies = queries.paid_studies(person)
    if not queries.lock_studies(studies):
        db.session.rollback()
        return 0
    made = booking.entries(studies, prices, claims, at)
    db.session.add_all(made)
    for entry in made:
        facts = {"oere": str(entry.oere), "semester": entry.semester.code, "because": str(entry.what)}
        audit.record("money", entry.application, str(entry.reason), by=None, at=at, organisation_id=entry.owner_id, facts=facts)
    db.session.merge(MoneyTurn(person_id=person, seen_until=at - MARGIN, settled_on=day_of(at)))
    db.session.commit()
    return len(made)
