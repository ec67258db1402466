"""The hot path of enrolling, in statements made once: the update takes the lock, then the seat or the place in line, and the ticket.

Whoever changes the seats of a run takes its row first, so tickets follow one another without a gap. Part of the caller's transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, Integer, bindparam, case, insert, update

from accounts.acting import Actor
from accounts.models import Event
from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment, EnrolmentStep

_RUNS = Offering.__table__.c
_FREE = (_RUNS.seats_taken < _RUNS.seats) & (_RUNS.waiting == 0)
TAKE = (
    update(Offering.__table__)
    .where(_RUNS.id == bindparam("run"), _RUNS.state == Run.PUBLISHED)
    .values(
        seats_taken=_RUNS.seats_taken + case((_FREE, 1), else_=0),
        waiting=_RUNS.waiting + case((_FREE, 0), else_=1),
        next_ticket=_RUNS.next_ticket + 1,
    )
    .returning(_RUNS.next_ticket, _RUNS.waiting)
)
TAKE_ROOM = (
    update(Offering.__table__)
    .where(
        _RUNS.id == bindparam("run"), _RUNS.state == Run.PUBLISHED, _RUNS.waiting == 0, _RUNS.seats_taken + bindparam("people", type_=Integer) <= _RUNS.seats
    )
    .values(seats_taken=_RUNS.seats_taken + bindparam("people", type_=Integer), next_ticket=_RUNS.next_ticket + bindparam("people", type_=Integer))
    .returning(_RUNS.next_ticket)
)  # fmt: skip
ENTER = insert(Enrolment.__table__).returning(Enrolment.__table__.c.id)
STEP = insert(EnrolmentStep.__table__)
TELL = insert(Event.__table__)


@dataclass(frozen=True)
class Entered:
    """What was written of one enrolment; the names are those of its columns."""

    id: int
    uuid: UUID
    person_id: int
    offering_id: int
    module_id: int
    state: Seat
    ticket: int
    entered_at: datetime
    made_up: bool = False


def enter(connection: Connection, *, offering_id: int, module_id: int, actor: Actor, at: datetime) -> Entered | None:
    """A seat while one is free, else a place in line; none where the run is published no more.

    Raises IntegrityError where the person is in the run already, or would hold two seats in the module.
    """
    taken = connection.execute(TAKE, {"run": offering_id}).first()
    if taken is None:
        return None
    # Nobody is placed past a queue, so whoever comes out of it with nobody waiting has a seat.
    state, ticket = Seat.PLACED if taken.waiting == 0 else Seat.WAITING, taken.next_ticket - 1
    row = {"uuid": uuid4(), "person_id": actor.person_id, "offering_id": offering_id, "module_id": module_id, "state": state, "ticket": ticket}
    key = connection.scalar(ENTER, row | {"entered_at": at, "made_up": False})
    connection.execute(STEP, {"enrolment_id": key, "at": at, "event": "enrol", "to_state": state, "by_person_id": actor.person_id})
    connection.execute(TELL, _told(row, actor, at))
    return Entered(id=key, entered_at=at, **row)


def take_room(connection: Connection, offering_id: int, people: int) -> int | None:
    """Seats for so many at once, where there are enough and nobody waits. Returns the first of their tickets, none where there is no room."""
    following = connection.scalar(TAKE_ROOM, {"run": offering_id, "people": people})
    return None if following is None else following - people


def _told(row: dict, actor: Actor, at: datetime) -> dict:
    known = {"kind": "enrolment", "event": "enrol", "subject_uuid": row["uuid"], "to_state": row["state"], "facts": {"ticket": row["ticket"]}}
    return {"at": at, "person_uuid": actor.person_uuid, **known}
