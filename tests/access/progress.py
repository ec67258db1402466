"""A teacher's own progress and claims; an owner decides on the claims laid before them."""

from datetime import date
from decimal import Decimal

from accounts.models import Role
from enrolment.progress import services
from tests.access.policy import Rule
from tests.factories import MONDAY, acting

TEACHER, OWNER = {Role.TEACHER}, {Role.OWNER}
CLAIM = {"title": "Mathematics 1", "institution": "HiB", "subject": "matematikk", "credits": "15", "finished_on": "2012-06-20"}

ENTRY = {"take-1": "yes", "title-1": "Mathematics 1", "institution-1": "HiB", "subject-1": "matematikk", "credits-1": "15"}


def _claimed(half, me) -> dict:
    facts = CLAIM | {"credits": Decimal(15), "finished_on": date(2012, 6, 20)}
    claim = services.claim(**facts, actor=acting(half.people[Role.TEACHER]), at=MONDAY)
    return {"claim": claim.uuid}


POLICY = {
    "progress.progress": Rule(TEACHER),
    "planner.plan": Rule(TEACHER, query=lambda half, me: {"subject": "matematikk"}),
    "progress.new_claim": Rule(TEACHER),
    "progress.claim": Rule(TEACHER, form=lambda half, me: CLAIM),
    "progress.withdraw_claim": Rule(TEACHER, address=_claimed),
    "progress.teaching": Rule(TEACHER),
    "progress.set_teaching": Rule(TEACHER, form=lambda half, me: {"teaching": "matematikk:8-10"}),
    "entry.carry": Rule(TEACHER, query=lambda half, me: {"credits-matematikk": "15"}),
    "entry.confirm": Rule(TEACHER, form=lambda half, me: ENTRY),
    "progress.owner": Rule(OWNER),
    "progress.laid_claim": Rule(OWNER, address=_claimed),
    "progress.decide": Rule(OWNER, address=_claimed, form=lambda half, me: {"decision": "verify"}),
}
