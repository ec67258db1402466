"""Every select on seats. What is a person's own is looked up through the person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, Row, and_, bindparam, exists, func, or_, select, type_coerce
from sqlalchemy.orm import aliased, joinedload

from accounts.acting import Actor
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Module, Offering
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.seats.lifecycle import ACTIVE, HELD, Seat
from enrolment.seats.models import Enrolment, EnrolmentStep

CAME_IN = (Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED)
_RUNS, _MODULES, _ENROLMENTS = Offering.__table__.c, Module.__table__.c, Enrolment.__table__.c
_MINE = and_(_ENROLMENTS.offering_id == _RUNS.id, _ENROLMENTS.person_id == bindparam("person"), _ENROLMENTS.state.in_(ACTIVE))
# Made once, as it is asked at every enrolment.
_FACTS = (
    select(_RUNS.id, _RUNS.module_id, _RUNS.state, _RUNS.mode, _RUNS.seats, _RUNS.opens_on, _RUNS.apply_by, _ENROLMENTS.uuid.label("mine"))
    .select_from(Offering.__table__.join(Module.__table__, _MODULES.id == _RUNS.module_id).outerjoin(Enrolment.__table__, _MINE))
    .where(_RUNS.uuid == bindparam("run"), _RUNS.state.in_((Run.PUBLISHED, Run.CANCELLED)), _MODULES.state == Publication.PUBLISHED)
)


def offering_facts(offering: UUID, person_id: int) -> Row:
    """What decides whether a person may enrol, and their active enrolment (`mine`) if they have one. Raises NotFound for a run that is not public."""
    facts = db.session.connection().execute(_FACTS, {"run": offering, "person": person_id}).first()
    if facts is None:
        raise NotFound(_("There is no such run, or it is not published."))
    return facts


def active_enrolment(person_id: int, offering_id: int) -> Enrolment | None:
    mine = select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.offering_id == offering_id, Enrolment.state.in_(ACTIVE))
    return db.session.scalar(mine)


def held_in_module(person_id: int, module_id: int) -> Enrolment | None:
    """The seat a person holds in any run of a module."""
    mine = select(Enrolment).where(Enrolment.person_id == person_id, Enrolment.module_id == module_id, Enrolment.state.in_(HELD))
    return db.session.scalar(mine)


def own_enrolment(actor: Actor, enrolment: UUID) -> Enrolment:
    """Raises NotFound for another person's."""
    mine = select(Enrolment).options(*_with_offering()).where(Enrolment.uuid == enrolment, Enrolment.person_id == actor.person_id)
    found = db.session.scalar(mine)
    if found is None:
        raise NotFound(_("You have no such enrolment."))
    return found


def own_enrolments(actor: Actor) -> list[Enrolment]:
    """Every enrolment of a person, the ones that need an answer first, then by when they were entered, newest first."""
    mine = select(Enrolment).options(*_with_offering()).where(Enrolment.person_id == actor.person_id)
    order = (Enrolment.state != Seat.OFFERED, Enrolment.state.not_in(ACTIVE), Enrolment.entered_at.desc(), Enrolment.id.desc())
    return list(db.session.scalars(mine.order_by(*order)).unique())


def _with_offering():
    offering = joinedload(Enrolment.offering)
    return (
        offering.joinedload(Offering.module).joinedload(Module.institution),
        offering.selectinload(Offering.gatherings),
        joinedload(Enrolment.result),
    )


@dataclass(frozen=True)
class Line:
    """A place in a queue, counted from one; and how many came in from the queue a year before, where the module ran then."""

    place: int
    waiting: int
    came_in: int | None = field(default=None, compare=False)


def places_in_line(enrolments: list[Enrolment]) -> dict[int, Line]:
    """By id, where each of the waiting among these stands."""
    runs = {enrolment.id: enrolment.offering_id for enrolment in enrolments if enrolment.state is Seat.WAITING}
    ids = list(runs)
    if not ids:
        return {}
    other = aliased(Enrolment)
    same_queue = and_(other.offering_id == Enrolment.offering_id, other.state == Seat.WAITING)
    counted = (
        select(Enrolment.id, func.count(other.id).filter(other.ticket <= Enrolment.ticket), func.count(other.id))
        .join(other, same_queue)
        .where(Enrolment.id.in_(ids))
        .group_by(Enrolment.id)
    )
    came_in = came_in_last_year(runs.values())
    return {key: Line(place, waiting, came_in.get(runs[key])) for key, place, waiting in db.session.execute(counted)}


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


def locked_offering(offering_id: int) -> Offering:
    """The row that every decision about its seats waits for. SQLite has its one write lock already."""
    return db.session.scalars(select(Offering).where(Offering.id == offering_id).with_for_update().execution_options(populate_existing=True)).one()


def locked_if_free(offering_id: int) -> Offering | None:
    """The same, or None where another node is at it."""
    row = select(Offering).where(Offering.id == offering_id).with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return db.session.scalar(row)


def overdue(offering_id: int, at: datetime) -> list[Enrolment]:
    late = select(Enrolment).where(Enrolment.offering_id == offering_id, Enrolment.state == Seat.OFFERED, Enrolment.reply_by <= at)
    return list(db.session.scalars(late.order_by(Enrolment.ticket)))


def offerings_to_tend(at: datetime) -> list[int]:
    """Offerings where an answer is overdue, or where somebody waits while a seat is free."""
    late = exists().where(Enrolment.offering_id == Offering.id, Enrolment.state == Seat.OFFERED, Enrolment.reply_by <= at)
    free = and_(Offering.state == Run.PUBLISHED, Offering.waiting > 0, Offering.seats_taken < Offering.seats)
    return list(db.session.scalars(select(Offering.id).where(or_(late, free)).order_by(Offering.id)))


def active_in(offering_id: int) -> list[Enrolment]:
    active = select(Enrolment).where(Enrolment.offering_id == offering_id, Enrolment.state.in_(ACTIVE))
    return list(db.session.scalars(active.order_by(Enrolment.ticket)))


def movable(source_id: int, target_id: int) -> list[Enrolment]:
    """Those in a run who may be moved to another of its module: not those who are in it, or hold a seat in a third one, already."""
    other = aliased(Enrolment)
    elsewhere = and_(other.offering_id != source_id, other.module_id == Enrolment.module_id, other.state.in_(HELD))
    there = and_(other.offering_id == target_id, other.state.in_(ACTIVE))
    in_the_way = exists().where(other.person_id == Enrolment.person_id, or_(elsewhere, there))
    active = select(Enrolment).options(joinedload(Enrolment.module)).where(Enrolment.offering_id == source_id, Enrolment.state.in_(ACTIVE), ~in_the_way)
    return list(db.session.scalars(active.order_by(Enrolment.ticket)))
