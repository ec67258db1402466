"""Batches are the authority's; the region's statement is its coordinator's."""

from datetime import date
from uuid import uuid4

from accounts.models import Role
from catalog.values import Strand
from config.database import db
from enrolment.money.models import MoneyEntry
from enrolment.money.values import Reason, Source, What
from enrolment.payouts import queries, services
from enrolment.payouts.models import AccountCoding, ExportColumn
from enrolment.payouts.values import Column
from tests.access import money
from tests.access.policy import Rule
from tests.factories import MONDAY, SPRING, acting

AUTHORITY, COORDINATORS = {Role.AUTHORITY}, {Role.COORDINATOR}
FACTS = {"name": "Autumn 2026", "voucher_on": "2026-12-15"}
ACCOUNT = {"account": "8700", "counter_account": "2400", "valid_from": "2026-01-01", "source": "The accounting office"}


def _open(half, me) -> dict:
    """A batch that is open, with something to pay out."""
    known = queries.open_batch()
    if known is None:
        _entered(half)
        _coded()
        known = services.begin({"name": "Autumn 2026", "voucher_on": date(2026, 12, 15)}, actor=acting(half.people[Role.AUTHORITY]), at=MONDAY)
    return {"number": known.number}


def _entered(half) -> None:
    known = {"owner_id": half.owner.organisation_id, "study_year": 2026, "strand": Strand.FURTHER, "reason": Reason.CONFIRMED, "what": What.COUNTERSIGN}
    db.session.add(MoneyEntry(
        application=uuid4(), enrolment=uuid4(), semester=SPRING, position=1, oere=100, source=Source.PART, source_row=1, happened_at=MONDAY, booked_at=MONDAY, **known,
    ))  # fmt: skip
    db.session.commit()


def _coded() -> None:
    if not queries.every_coding():
        db.session.add(AccountCoding(code="all", account="8700", counter_account="2400", valid_from=date(2012, 1, 1), source="test"))
        db.session.add(ExportColumn(code="amount", position=1, heading="Beløp", what=Column.AMOUNT, valid_from=date(2012, 1, 1), source="test"))
        db.session.commit()


def _closed(half, me) -> dict:
    number = _open(half, me)["number"]
    services.close(number, services.Seen(**_seen(half, me)), actor=acting(half.people[Role.AUTHORITY]), at=MONDAY)
    return {"number": number}


def _seen(half, me) -> dict:
    waiting = queries.waiting()
    return {"entries": len(waiting), "oere": sum(one.oere for one in waiting)}


def _year(half, me) -> dict:
    money.vouched_for(half, me)
    return {"year": 2026}


POLICY = {
    "payouts.listed": Rule(AUTHORITY),
    "payouts.new": Rule(AUTHORITY),
    "payouts.begin": Rule(AUTHORITY, form=lambda half, me: FACTS),
    "payouts.show": Rule(AUTHORITY, address=_open, whose=None),
    "payouts.facts": Rule(AUTHORITY, address=_open, whose=None),
    "payouts.change": Rule(AUTHORITY, address=_open, whose=None, form=lambda half, me: FACTS),
    "payouts.close": Rule(AUTHORITY, address=_open, whose=None, form=_seen),
    "payouts.as_csv": Rule(AUTHORITY, address=_closed, whose=None),
    "payouts.as_workbook": Rule(AUTHORITY, address=_closed, whose=None),
    "payouts.coding": Rule(AUTHORITY),
    "payouts.new_coding": Rule(AUTHORITY),
    "payouts.add_coding": Rule(AUTHORITY, form=lambda half, me: ACCOUNT),
    "granted.years": Rule(COORDINATORS),
    "granted.of_region": Rule(COORDINATORS, address=_year, whose=None),
    "granted.as_csv": Rule(COORDINATORS, address=_year, whose=None),
}
