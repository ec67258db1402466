"""A teacher's own enrolments; anybody's open offering may be enrolled in by any teacher."""

from accounts.models import Role
from catalog.values import EnrolmentMode
from config.database import db
from enrolment.seats import services
from tests import factories
from tests.access.policy import Rule
from tests.factories import MONDAY, acting

TEACHER = {Role.TEACHER}


def _enrolled(half, me) -> dict:
    half.offering.mode = EnrolmentMode.DIRECT  # also where another rule has laid it in a round
    db.session.commit()
    enrolment = services.enrol(half.offering.uuid, actor=acting(half.people[Role.TEACHER]), at=MONDAY)
    return {"enrolment": enrolment.uuid}


def _offered(half, me) -> dict:
    """An enrolment to which a seat is offered: the only seat was given up by another teacher."""
    half.offering.seats, half.offering.mode = 1, EnrolmentMode.DIRECT
    db.session.commit()
    first = acting(factories.teacher(half.school, name="First"))
    seat = services.enrol(half.offering.uuid, actor=first, at=MONDAY)
    waiting = _enrolled(half, me)
    services.withdraw(seat.uuid, actor=first, at=MONDAY)
    return waiting


POLICY = {
    "seats.enrol": Rule(TEACHER, address=lambda half, me: {"offering": half.offering.uuid}, whose=None),
    "seats.enrolments": Rule(TEACHER),
    "seats.enrolment": Rule(TEACHER, address=_enrolled),
    "seats.confirm_withdrawal": Rule(TEACHER, address=_enrolled),
    "seats.withdraw": Rule(TEACHER, address=_enrolled),
    "seats.accept": Rule(TEACHER, address=_offered),
    "seats.decline": Rule(TEACHER, address=_offered),
}
