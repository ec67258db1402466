"""Answering: one use case, one commit. The answer is added to the sums and is then nowhere."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from accounts.acting import Actor
from accounts.models import Role
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from enrolment.evaluation import queries, rules
from enrolment.evaluation.models import Answered, Tally, Turnout
from enrolment.evaluation.values import SCALE
from enrolment.seats.queries import locked_offering


class AnsweredAlready(Refusal):
    code = "answered-already"


def answer(enrolment: UUID, values: Mapping[str, int], *, actor: Actor, at: datetime) -> None:
    """Adds one's answers, one for each question, to the sums of the run. Neither who, when nor in which order is kept with them.

    Raises NotFound for a run one has not completed, AnsweredAlready, and BadInput for a question left out, another one, or a value off the scale.
    """
    actor.require(Role.TEACHER)
    mine = queries.own_completed(actor, enrolment)
    asked = {question.code: question.id for question in queries.questions(day_of(at))}
    if not asked or values.keys() != asked.keys() or not set(values.values()) <= set(SCALE):
        raise BadInput(_("Answer each of the questions."))
    locked_offering(mine.offering_id)  # one answer at a time, so that no sum is lost
    db.session.add(Answered(enrolment_id=mine.id))
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise AnsweredAlready(_("You have answered already, and your answer cannot be found again to be changed.")) from None
    _add(mine.offering_id, {asked[code]: value for code, value in values.items()})
    db.session.commit()


def _add(offering_id: int, values: Mapping[int, int]) -> None:
    known = queries.tallies(offering_id)
    for question, value in values.items():
        tally = known.get((question, value))
        if tally is None:
            tally = known[question, value] = Tally(offering_id=offering_id, question_id=question, value=value, number=0, shown=0)
            db.session.add(tally)
        tally.number += 1
    turnout = queries.turnout(offering_id)
    if turnout is None:
        turnout = Turnout(offering_id=offering_id, answers=0, shown=0)
        db.session.add(turnout)
    turnout.answers += 1
    if rules.is_step(turnout.answers):
        turnout.shown = turnout.answers
        for tally in known.values():
            tally.shown = tally.number
