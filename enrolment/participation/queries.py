"""Who takes part in what after a round, with the steps of each. Looked up through the teacher, the owner or the institution."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from accounts.acting import Actor
from accounts.models import Membership, Role
from catalog.offers.models import Module, Offering
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.participation.models import ParticipationStep
from enrolment.participation.values import Event
from enrolment.rounds.models import Cycle, Scheme
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

TAKING_PART = (Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED)


def places() -> Select:
    """Every run of a choice that has led to an enrolment, with its case and study."""
    case = contains_eager(ChoiceRun.choice).contains_eager(Choice.application)
    seat = contains_eager(ChoiceRun.enrolment)
    module = joinedload(Offering.module)
    return (
        select(ChoiceRun)
        .join(ChoiceRun.choice)
        .join(Choice.application)
        .join(ChoiceRun.enrolment)
        .options(
            contains_eager(ChoiceRun.choice).joinedload(Choice.scheme).selectinload(Scheme.rates),
            case.joinedload(Application.scheme).selectinload(Scheme.rates), case.joinedload(Application.cycle).selectinload(Cycle.dates), case.joinedload(Application.person),
            seat, joinedload(ChoiceRun.offering).options(module.joinedload(Module.institution), module.joinedload(Module.subject)),
        )
        .order_by(Application.cycle_id.desc(), Application.id, ChoiceRun.position)
    )  # fmt: skip


def _places() -> Select:
    """Those that somebody takes, or took, part in."""
    return places().where(Enrolment.state.in_(TAKING_PART))


def own(actor: Actor) -> list[ChoiceRun]:
    return list(db.session.scalars(_places().where(Enrolment.person_id == actor.person_id)).unique())


def takes_part(actor: Actor) -> bool:
    """Whether a round has given them a seat that they take, or took, part with."""
    mine = select(ChoiceRun.id).join(ChoiceRun.enrolment).where(Enrolment.person_id == actor.person_id, Enrolment.state.in_(TAKING_PART))
    return db.session.scalar(mine.limit(1)) is not None


def own_place(actor: Actor, enrolment: UUID) -> ChoiceRun:
    """Raises NotFound for another's, and for a seat that no round gave."""
    return _found(db.session.scalar(_places().where(Enrolment.person_id == actor.person_id, Enrolment.uuid == enrolment)))


def of_owner(actor: Actor) -> list[ChoiceRun]:
    """Those whom an owner approved. Raises NotAllowed for another role."""
    actor.require(Role.OWNER)
    return list(db.session.scalars(_places().where(Application.owner_id == actor.organisation_id)).unique())


def owners_place(actor: Actor, enrolment: UUID) -> ChoiceRun:
    """Raises NotFound for another owner's."""
    actor.require(Role.OWNER)
    return _found(db.session.scalar(_places().where(Application.owner_id == actor.organisation_id, Enrolment.uuid == enrolment)))


def to_countersign(owner_id: int | None) -> int:
    """How many confirmations of an owner's teachers it has not countersigned."""
    said = aliased(ParticipationStep)
    same = (said.enrolment_id == ParticipationStep.enrolment_id) & (said.semester == ParticipationStep.semester) & (said.event == Event.COUNTERSIGN)
    waiting = (
        select(func.count(distinct(ParticipationStep.id)))
        .join(Enrolment, Enrolment.id == ParticipationStep.enrolment_id)
        .join(ChoiceRun, ChoiceRun.enrolment_id == Enrolment.id)
        .join(ChoiceRun.choice)
        .join(Choice.application)
        .where(Application.owner_id == owner_id, Enrolment.state.in_(TAKING_PART), ParticipationStep.event == Event.CONFIRM)
    )
    return db.session.scalar(waiting.where(~select(said.id).where(same).exists())) or 0


def of_offering(offering_id: int) -> list[ChoiceRun]:
    return list(db.session.scalars(_places().where(ChoiceRun.offering_id == offering_id)).unique())


def _found(place: ChoiceRun | None) -> ChoiceRun:
    if place is None:
        raise NotFound(_("You take part in no such study."))
    return place


def lock(enrolments: Iterable[int]) -> None:
    """The steps of each place are written one after the other, and no seat changes meanwhile; the places in the order of their numbers."""
    rows = select(Enrolment).where(Enrolment.id.in_(list(enrolments))).order_by(Enrolment.id).with_for_update().execution_options(populate_existing=True)
    db.session.scalars(rows).all()


def steps(enrolments: Iterable[int]) -> dict[int, list[ParticipationStep]]:
    """By enrolment, the steps in their order."""
    found: defaultdict[int, list[ParticipationStep]] = defaultdict(list)
    rows = select(ParticipationStep).where(ParticipationStep.enrolment_id.in_(list(enrolments))).options(joinedload(ParticipationStep.by))
    for step in db.session.scalars(rows.order_by(ParticipationStep.id)):
        found[step.enrolment_id].append(step)
    return found


def advisers(owner_id: int | None, on: date) -> list[int]:
    """The people who act for an owner on a day, its deputies among them."""
    theirs = select(Membership.person_id).where(Membership.organisation_id == owner_id, Membership.role == Role.OWNER, Membership.held(on))
    return list(db.session.scalars(theirs.order_by(Membership.person_id)))
