"""Queues as people are told of them: who stands where, and how many came in a year ago."""

from collections.abc import Iterable

from sqlalchemy import Integer, exists, func, select, type_coerce
from sqlalchemy.orm import aliased, joinedload

from catalog.offers.models import Offering
from config.database import db
from enrolment.awarding.models import QueueDecision
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment, EnrolmentStep

CAME_IN = (Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED)


def line(offering_id: int) -> list[Enrolment]:
    """Those who wait, in their order."""
    waiting = select(Enrolment).where(Enrolment.offering_id == offering_id, Enrolment.state == Seat.WAITING)
    return list(db.session.scalars(waiting.options(joinedload(Enrolment.person), joinedload(Enrolment.module)).order_by(Enrolment.ticket, Enrolment.id)))


def came_in_last_year(offerings: Iterable[int]) -> dict[int, int]:
    """By run, how many got a seat out of the queue in the runs of its module a year before; a run whose module did not run then is not there."""
    now, before = aliased(Offering), aliased(Offering)
    waited = exists().where(EnrolmentStep.enrolment_id == Enrolment.id, EnrolmentStep.from_state == Seat.WAITING, EnrolmentStep.to_state == Seat.OFFERED)
    got = select(Enrolment.id, Enrolment.offering_id).where(Enrolment.state.in_(CAME_IN), waited).subquery()
    counted = (
        select(now.id, func.count(got.c.id))
        .join(before, (before.module_id == now.module_id) & (type_coerce(before.semester, Integer) == type_coerce(now.semester, Integer) - 2))
        .outerjoin(got, got.c.offering_id == before.id)
        .where(now.id.in_(list(offerings)))
        .group_by(now.id)
    )
    return dict(db.session.execute(counted).all())


def decisions(offering_id: int) -> list[QueueDecision]:
    """The decisions that have moved somebody here, the latest first."""
    made = select(QueueDecision).join(QueueDecision.enrolment).where(Enrolment.offering_id == offering_id)
    return list(db.session.scalars(made.options(joinedload(QueueDecision.by), joinedload(QueueDecision.enrolment).joinedload(Enrolment.person)).order_by(QueueDecision.id.desc())))
