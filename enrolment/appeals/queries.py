"""Every select of appeals: through the participant who sends them, or the institution that answers."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from accounts.acting import Actor
from catalog.offers.models import Module, Offering
from catalog.publishing.permissions import institution_of
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from enrolment.appeals.lifecycle import OPEN, AppealState
from enrolment.appeals.models import Appeal, AppealRule
from enrolment.seats.models import Enrolment, Result


def days(on: date) -> int | None:
    """Within how many days, by the rule that holds on a day."""
    return db.session.scalar(select(AppealRule.days).where(holds(AppealRule, on)).order_by(AppealRule.valid_from.desc(), AppealRule.id.desc()).limit(1))


def own_result(actor: Actor, enrolment: UUID) -> Result:
    """Raises NotFound where one has no result."""
    mine = select(Result).join(Result.enrolment).options(*_study()).where(Enrolment.uuid == enrolment, Enrolment.person_id == actor.person_id)
    found = db.session.scalar(mine)
    if found is None:
        raise NotFound(_("You have no such result."))
    return found


def _study():
    enrolment = joinedload(Result.enrolment)
    return (
        enrolment.joinedload(Enrolment.module).joinedload(Module.institution),
        enrolment.joinedload(Enrolment.offering).joinedload(Offering.module),
        enrolment.joinedload(Enrolment.person),
    )


def appeal_of(result_id: int) -> Appeal | None:
    """The one that stands; one that was withdrawn is none."""
    return db.session.scalar(select(Appeal).where(Appeal.result_id == result_id, Appeal.state != AppealState.WITHDRAWN))


def received(actor: Actor) -> Sequence[Appeal]:
    """All of an institution's, the ones to answer first, the oldest of them first."""
    mine = _of_institution(institution_of(actor)).where(Appeal.state != AppealState.WITHDRAWN)
    return db.session.scalars(mine.order_by(Appeal.state.not_in(OPEN), Appeal.sent_at, Appeal.id)).all()


def received_one(actor: Actor, appeal: UUID) -> Appeal:
    """Raises NotFound for another institution's."""
    found = db.session.scalar(_of_institution(institution_of(actor)).where(Appeal.uuid == appeal))
    if found is None:
        raise NotFound(_("Your institution has no such appeal."))
    return found


def _of_institution(institution_id: int):
    loaded = joinedload(Appeal.result).options(*_study())
    return select(Appeal).join(Appeal.result).join(Result.enrolment).join(Enrolment.module).options(loaded).where(Module.institution_id == institution_id)


def to_answer(institution_id: int) -> int:
    asked = select(func.count(Appeal.id)).join(Appeal.result).join(Result.enrolment).join(Enrolment.module)
    return db.session.scalar(asked.where(Module.institution_id == institution_id, Appeal.state.in_(OPEN))) or 0


def open_for(results: Iterable[int]) -> set[int]:
    """Which of these results are being appealed."""
    return set(db.session.scalars(select(Appeal.result_id).where(Appeal.result_id.in_(list(results)), Appeal.state.in_(OPEN))))
