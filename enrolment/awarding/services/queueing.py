"""The queue after a round is made known: joining it late, and the one way in which somebody's place may be moved."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from catalog.values import EnrolmentMode
from config.clock import day_of
from config.database import db
from config.errors import BadInput, NotFound
from config.languages import _
from enrolment.awarding import queries, queues
from enrolment.awarding.models import QueueDecision
from enrolment.results.queries import own_offering
from enrolment.seats import queries as seats
from enrolment.seats.errors import NotOpen
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment, EnrolmentStep
from enrolment.seats.services import offer_free_seats


def join(offering: UUID, *, actor: Actor, at: datetime) -> Enrolment:
    """A place last in line in a run whose seats a round has given, until its queue closes. A free seat is offered at once. Joining twice is once.

    Raises NotFound, NotOpen.
    """
    actor.require(Role.TEACHER)
    facts = seats.offering_facts(offering, actor.person_id)
    if facts.mine is not None:
        return seats.own_enrolment(actor, facts.mine)
    run = seats.locked_offering(facts.id)
    require_open(run, at)
    mine = Enrolment(uuid=uuid4(), person_id=actor.person_id, offering_id=run.id, module_id=run.module_id, state=Seat.WAITING, ticket=run.next_ticket, entered_at=at)
    mine.steps.append(EnrolmentStep(at=at, event="enrol", to_state=Seat.WAITING, by_person_id=actor.person_id))
    db.session.add(mine)
    try:
        db.session.flush()
    except IntegrityError:  # the same person was faster in another window
        db.session.rollback()
        return seats.active_enrolment(actor.person_id, facts.id)
    _count_in(run)
    audit.record("enrolment", mine.uuid, "enrol", by=actor, at=at, to_state=Seat.WAITING, facts={"ticket": mine.ticket})
    offer_free_seats(run, at)
    db.session.commit()
    return mine


def require_open(run: Offering, at: datetime) -> None:
    """Raises NotOpen unless one may join the queue of this run now."""
    if not may_join(run, at):
        raise NotOpen(_("One cannot join the queue of this run today."))


def may_join(run: Offering, at: datetime) -> bool:
    closed = run.queue_closes_on is not None and day_of(at) > run.queue_closes_on
    begun = run.starts_on is not None and day_of(at) >= run.starts_on
    return run.mode is EnrolmentMode.ROUND and run.state is Run.PUBLISHED and not closed and not begun and queries.is_in_a_round_made_known(run.id)


def _count_in(run: Offering) -> None:
    counted = update(Offering).where(Offering.id == run.id).values(waiting=Offering.waiting + 1, next_ticket=Offering.next_ticket + 1)
    db.session.execute(counted.execution_options(synchronize_session=False))
    db.session.refresh(run, ["waiting", "next_ticket"])


def move(offering: UUID, enrolment: UUID, place: int, why: str, *, actor: Actor, at: datetime) -> QueueDecision:
    """Moves somebody forward in line by a decision that is kept with its reason; those passed stand one further back, and are told.

    By an editor of the run's institution. Raises NotFound, and BadInput for a place that is not before their own.
    """
    run = seats.locked_offering(own_offering(actor, offering).id)
    line = queues.line(run.id)
    mine = next((one for one in line if one.uuid == enrolment), None)
    if mine is None:
        raise NotFound(_("Nobody waits here by that name."))
    before = line.index(mine) + 1
    if not 1 <= place < before:
        raise BadInput(_("The place must be before the one they have."), {"place": [_("Write a number from 1 to %(most)s.", most=before - 1)]})
    _shift(line, before, place)
    made = QueueDecision(uuid=uuid4(), enrolment_id=mine.id, at=at, by_person_id=actor.person_id, from_place=before, to_place=place, why=why)
    db.session.add(made)
    facts = {"from": before, "to": place}
    audit.record("queue", mine.uuid, "move", by=actor, at=at, organisation_id=actor.organisation_id, why=why, facts=facts)
    for one in line[place - 1 : before - 1]:
        audit.tell(one.person_id, "queue-moved", at=at, address=f"/me/enrolments/{one.uuid}", module=one.module.title or one.module.code or "", why=why)
    db.session.commit()
    return made


def _shift(line: list[Enrolment], before: int, place: int) -> None:
    """The tickets of those between stay the same numbers, each handed on by one."""
    concerned = line[place - 1 : before]
    tickets = [one.ticket for one in concerned]
    for one, ticket in zip([concerned[-1], *concerned[:-1]], tickets, strict=True):
        one.ticket = ticket
