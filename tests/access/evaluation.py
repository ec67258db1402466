"""A questionnaire is for who has completed the run; its sums are for the institution and its region."""

from datetime import date

from accounts.models import Role
from config.database import db
from enrolment.evaluation.models import Question
from tests.access import statements
from tests.access.policy import Rule

TEACHER, EDITOR, COORDINATOR = {Role.TEACHER}, {Role.EDITOR}, {Role.COORDINATOR}


def _completed(half, me) -> dict:
    if Question.query.first() is None:
        db.session.add(Question(code="useful", position=1, name_nb="Nyttig", valid_from=date(2026, 1, 1), source="test", confirmed=False))
        db.session.commit()
    return {"enrolment": statements._passed(half, me).uuid}


def _run(half, me) -> dict:
    return {"offering": half.offering.uuid}


POLICY = {
    "evaluation.questionnaire": Rule(TEACHER, address=_completed),
    "evaluation.answer": Rule(TEACHER, address=_completed, form=lambda half, me: {"useful": "4"}),
    "evaluation.of_institution": Rule(EDITOR),
    "evaluation.of_run": Rule(EDITOR, address=_run),
    "evaluation.of_region": Rule(COORDINATOR),
    "evaluation.of_region_run": Rule(COORDINATOR, address=_run),
}
