"""An appeal is its sender's, and the institution's whose module it is."""

from accounts.models import Role
from enrolment.appeals import services
from enrolment.appeals.models import Appeal
from tests.access import statements
from tests.access.policy import Rule
from tests.factories import MONDAY, acting

TEACHER, EDITOR = {Role.TEACHER}, {Role.EDITOR}


def _seat(half, me) -> dict:
    return {"enrolment": statements._passed(half, me).uuid}


def _appealed(half, me) -> Appeal:
    seat = statements._passed(half, me)
    kept = Appeal.query.filter_by(result_id=seat.result.id).first()
    return kept or services.send(seat.uuid, "x", actor=acting(seat.person), at=MONDAY)


POLICY = {
    "appeals.appeal": Rule(TEACHER, address=_seat),
    "appeals.send": Rule(TEACHER, address=_seat, form=lambda half, me: {"reason": "Oppgave 3"}),
    "appeals.withdraw": Rule(TEACHER, address=lambda half, me: {"enrolment": _appealed(half, me).result.enrolment.uuid}),
    "appeals.received": Rule(EDITOR),
    "appeals.show": Rule(EDITOR, address=lambda half, me: {"appeal": _appealed(half, me).uuid}),
    "appeals.take_in_hand": Rule(EDITOR, address=lambda half, me: {"appeal": _appealed(half, me).uuid}),
    "appeals.answer": Rule(EDITOR, address=lambda half, me: {"appeal": _appealed(half, me).uuid}, form=lambda half, me: {"mark": "A", "why": "Ja."}),
}
