"""An owner dispenses the teachers at its own schools, and ends its own dispensations."""

from datetime import date
from decimal import Decimal

from accounts.models import Role
from enrolment.dispensations import services
from tests.access.policy import Rule
from tests.factories import MONDAY, acting

OWNER = {Role.OWNER}


def _given(half, me) -> dict:
    by = me if acting(me).role is Role.OWNER else half.people[Role.OWNER]
    teacher = half.people[Role.TEACHER]
    made = services.give(
        teacher=teacher.uuid, subject="matematikk", band=None, credits=Decimal(0), valid_from=date(2026, 8, 1), valid_to=None, why="For now", source=None,
        actor=acting(by), at=MONDAY,
    )  # fmt: skip
    return {"dispensation": made.uuid}


def _form(half, me) -> dict:
    return {"teacher": str(half.people[Role.TEACHER].uuid), "subject": "matematikk", "credits": "0", "valid_from": "2026-08-01", "why": "For now"}


POLICY = {
    "dispensations.given": Rule(OWNER),
    "dispensations.give": Rule(OWNER, form=_form),
    "dispensations.end": Rule(OWNER, address=_given),
}
