"""Queues as the institution sees them: who stands where, and what has moved anybody."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from config.database import db
from enrolment.awarding.models import QueueDecision
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

def line(offering_id: int) -> list[Enrolment]:
    """Those who wait, in their order."""
    waiting = select(Enrolment).where(Enrolment.offering_id == offering_id, Enrolment.state == Seat.WAITING)
    return list(db.session.scalars(waiting.options(joinedload(Enrolment.person), joinedload(Enrolment.module)).order_by(Enrolment.ticket, Enrolment.id)))


def decisions(offering_id: int) -> list[QueueDecision]:
    """The decisions that have moved somebody here, the latest first."""
    made = select(QueueDecision).join(QueueDecision.enrolment).where(Enrolment.offering_id == offering_id)
    return list(db.session.scalars(made.options(joinedload(QueueDecision.by), joinedload(QueueDecision.enrolment).joinedload(Enrolment.person)).order_by(QueueDecision.id.desc())))
