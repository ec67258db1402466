"""A teacher asks that credits count elsewhere; the owner of their school decides."""

from datetime import date
from decimal import Decimal

from accounts.models import Role
from catalog.subjects.models import Subject
from config.database import db
from enrolment.progress import services as progress
from enrolment.recognition import services
from tests import factories
from tests.access.policy import Rule
from tests.factories import MONDAY, acting

TEACHER, OWNER = {Role.TEACHER}, {Role.OWNER}


def _subject() -> str:
    known = db.session.query(Subject).filter_by(code="norsk").first()
    return (known or factories.subject("norsk", "Norsk")).code


def _claim(half):
    facts = {"title": "Mathematics 1", "institution": "HiB", "subject": "matematikk", "credits": Decimal(15), "finished_on": date(2012, 6, 20)}
    return progress.claim(**facts, actor=acting(half.people[Role.TEACHER]), at=MONDAY)


def _asked(half, me) -> dict:
    made = services.ask(credit=_claim(half).uuid, subject=_subject(), words=None, actor=acting(half.people[Role.TEACHER]), at=MONDAY)
    return {"recognition": made.uuid}


def _recognised(half, me) -> dict:
    asked = _asked(half, me)
    by = acting(half.people[Role.OWNER])
    services.decide(asked["recognition"], recognise=True, credits=None, module=None, why="Relevant", actor=by, at=MONDAY)
    return asked


POLICY = {
    "recognition.mine": Rule(TEACHER),
    "recognition.ask": Rule(TEACHER, form=lambda half, me: {"credit": str(_claim(half).uuid), "subject": _subject()}),
    "recognition.withdraw": Rule(TEACHER, address=_asked),
    "recognition.laid": Rule(OWNER),
    "recognition.decision": Rule(OWNER, address=_asked),
    "recognition.decide": Rule(OWNER, address=_asked, form=lambda half, me: {"decision": "recognise", "why": "Relevant"}),
    "recognition.end": Rule(OWNER, address=_recognised, form=lambda half, me: {"why": "A slip"}),
}
