"""Sending, withdrawing and answering an appeal: one function, one use case, one commit."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from config.clock import day_of
from config.database import db
from config.errors import BadInput, NotFound, Refusal
from config.languages import _
from enrolment.appeals import queries, rules
from enrolment.appeals.lifecycle import APPEAL_LIFE, AppealState
from enrolment.appeals.models import Appeal
from enrolment.results.services import correct
from enrolment.results.values import Mark


class TooLate(Refusal):
    code = "too-late-to-appeal"


class AppealedAlready(Refusal):
    code = "appealed-already"


def send(enrolment: UUID, reason: str, *, actor: Actor, at: datetime) -> Appeal:
    """Asks for one's mark to be judged anew. Raises NotFound, TooLate, AppealedAlready."""
    actor.require(Role.TEACHER)
    result = queries.own_result(actor, enrolment)
    if queries.appeal_of(result.id):
        raise AppealedAlready(_("This mark has been appealed already, and a mark is appealed once."))
    recorded_on = day_of(result.recorded_at)
    if not rules.in_time(day_of(at), recorded_on=recorded_on, days=queries.days(recorded_on)):
        raise TooLate(_("The time to appeal is over. Ask the institution if you think that something is wrong."))
    made = Appeal(uuid=uuid4(), result_id=result.id, state=AppealState.SENT, mark=result.mark, reason=reason, sent_at=at)
    db.session.add(made)
    audit.record("appeal", made.uuid, "send", by=actor, at=at, organisation_id=result.enrolment.module.institution_id, to_state=made.state)
    _commit()
    return made


def _commit() -> None:
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise AppealedAlready(_("This mark has been appealed already, and a mark is appealed once.")) from None


def withdraw(enrolment: UUID, *, actor: Actor, at: datetime) -> None:
    """Takes one's appeal back before it is answered. Raises NotFound, StepRefused."""
    result = queries.own_result(actor, enrolment)
    mine = queries.appeal_of(result.id)
    if mine is None:
        raise NotFound(_("You have not appealed this mark."))
    _step(mine, "withdraw", result.enrolment.module.institution_id, actor, at)
    db.session.commit()


def take_in_hand(appeal: UUID, *, actor: Actor, at: datetime) -> Appeal:
    """The institution has begun to look at it, which the participant is told. Raises NotFound, StepRefused."""
    found = queries.received_one(actor, appeal)
    _step(found, "take in hand", actor.organisation_id, actor, at)
    _tell(found, "appeal-in-hand", at)
    db.session.commit()
    return found


def answer(appeal: UUID, mark: Mark, why: str, *, actor: Actor, at: datetime) -> Appeal:
    """The institution keeps the mark or gives another, and says why. Raises NotFound, StepRefused, and BadInput without a reason."""
    found = queries.received_one(actor, appeal)
    if not why:
        raise BadInput(_("Say why, so that the participant understands the answer."), {"why": [_("Say why, so that the participant understands the answer.")]})
    changed = mark is not found.result.mark
    _step(found, "change the mark" if changed else "keep the mark", actor.organisation_id, actor, at, why)
    found.answered_at, found.answer = at, why
    if changed:
        correct(found.result, mark, why, actor=actor, at=at)
    _tell(found, "appeal-answered", at)
    db.session.commit()
    return found


def _step(appeal: Appeal, event: str, institution_id: int | None, actor: Actor, at: datetime, why: str | None = None) -> None:
    before, appeal.state = appeal.state, APPEAL_LIFE.after(appeal.state, event)
    audit.record("appeal", appeal.uuid, event, by=actor, at=at, organisation_id=institution_id, from_state=before, to_state=appeal.state, why=why)


def _tell(appeal: Appeal, kind: str, at: datetime) -> None:
    enrolment = appeal.result.enrolment
    title = enrolment.module.title or enrolment.module.code or ""
    audit.tell(enrolment.person_id, kind, at=at, address=f"/me/enrolments/{enrolment.uuid}", module=title)
