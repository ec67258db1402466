"""An owner's statements are its own."""

from accounts.models import Role
from enrolment.money import services
from enrolment.participation import services as participation
from tests.access import awarding
from tests.access import participation as seats
from tests.access.policy import Rule
from tests.factories import MONDAY, acting

OWNERS = {Role.OWNER}


def vouched_for(half, me):
    """A seat that teacher and owner have both confirmed."""
    seat = seats._seat(half, me)
    participation.confirm(seat.uuid, seat.offering.semester, actor=acting(seat.person), at=MONDAY)
    participation.countersign([(seat.uuid, seat.offering.semester)], actor=acting(half.people[Role.OWNER]), at=MONDAY)
    services.book_due(MONDAY)
    return seat


def _year(half, me) -> dict:
    vouched_for(half, me)
    return {"year": 2026}


def _vouched(half, me) -> dict:
    return {"enrolment": vouched_for(half, me).uuid, "semester": "2026h"}


def _retracted(half, me) -> dict:
    seat = vouched_for(half, me)
    participation.retract(seat.uuid, seat.offering.semester, "x", actor=acting(half.people[Role.OWNER]), at=MONDAY)
    return {"enrolment": seat.uuid, "semester": "2026h"}


POLICY = {
    "money.run_by_owner": Rule({Role.AUTHORITY}, address=awarding._run, whose=None),
    "money.years": Rule(OWNERS),
    "money.of_owner": Rule(OWNERS, address=_year, whose=None),
    "money.as_csv": Rule(OWNERS, address=_year, whose=None),
    "money.as_workbook": Rule(OWNERS, address=_year, whose=None),
    "money.on_paper": Rule(OWNERS, address=_year, whose=None),
    "participation.ask_to_retract": Rule(OWNERS, address=_vouched),
    "participation.retract": Rule(OWNERS, address=_vouched, form=lambda half, me: {"why": "Never began."}),
    "participation.restore": Rule(OWNERS, address=_retracted),
}
