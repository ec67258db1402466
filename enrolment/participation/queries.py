"""Who takes part in what after a round, with the steps of each. Looked up through the teacher, the owner or the institution; a study elsewhere has none."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, union
from sqlalchemy.orm import aliased, contains_eager, joinedload

from accounts.acting import Actor
from accounts.models import Membership, Role
from catalog.offers.models import Module, Offering
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.applications.lifecycle import Money
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.awarding.models import Outcome
from enrolment.participation.models import ParticipationStep
from enrolment.participation.studies import Key, Study
from enrolment.participation.values import Event
from enrolment.rounds.models import Cycle, Scheme
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

TAKING_PART = (Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED)


def seats() -> Select:
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


def _taken() -> Select:
    """Those that somebody takes, or took, part in."""
    return seats().where(Enrolment.state.in_(TAKING_PART))


def elsewhere() -> Select:
    """Every choice that is money for a study elsewhere, with its case."""
    case = contains_eager(Choice.application)
    return granted_elsewhere(select(Choice).join(Choice.application)).options(
        joinedload(Choice.subject), joinedload(Choice.scheme).selectinload(Scheme.rates), case.joinedload(Application.scheme).selectinload(Scheme.rates),
        case.joinedload(Application.cycle).selectinload(Cycle.dates), case.joinedload(Application.person),
    )  # fmt: skip


def granted_elsewhere(wanted: Select) -> Select:
    """Of choices and their cases, those of a study that is not in the catalogue and for which money was given: no seat of ours comes of it."""
    given = and_(Outcome.application_id == Choice.application_id, Outcome.choice == Choice.position, Outcome.money)
    return wanted.join(Outcome, given).where(Application.money == Money.FUNDED, ~select(ChoiceRun.id).where(ChoiceRun.choice_id == Choice.id).exists())


def studies(seated: Select, away: Select) -> list[Study]:
    """What two of the questions above find: the latest round first, and in it by case and place in the package."""
    found = [Study(run.choice, run) for run in db.session.scalars(seated).unique()] + [Study(choice) for choice in db.session.scalars(away).unique()]
    return sorted(found, key=lambda one: (-one.case.cycle_id, one.case.id, one.run.position if one.run else 0))


def own(actor: Actor) -> list[Study]:
    return studies(_taken().where(Enrolment.person_id == actor.person_id), elsewhere().where(Application.person_id == actor.person_id))


def takes_part(actor: Actor) -> bool:
    """Whether a round has given them a seat that they take, or took, part with, or money for a study elsewhere."""
    mine = select(ChoiceRun.id).join(ChoiceRun.enrolment).where(Enrolment.person_id == actor.person_id, Enrolment.state.in_(TAKING_PART))
    away = granted_elsewhere(select(Choice.id).join(Choice.application)).where(Application.person_id == actor.person_id)
    return any(db.session.scalar(asked.limit(1)) is not None for asked in (mine, away))


def own_study(actor: Actor, uuid: UUID) -> Study:
    """Raises NotFound for another's, and for a seat that no round gave."""
    return _found(_taken().where(Enrolment.person_id == actor.person_id, Enrolment.uuid == uuid), elsewhere().where(Application.person_id == actor.person_id, Choice.uuid == uuid))


def own_elsewhere(actor: Actor, case_id: int) -> list[Study]:
    """The study elsewhere that one of the teacher's own cases has money for."""
    mine = elsewhere().where(Application.person_id == actor.person_id, Application.id == case_id)
    return [Study(choice) for choice in db.session.scalars(mine).unique()]


def of_owner(actor: Actor) -> list[Study]:
    """Those whom an owner approved. Raises NotAllowed for another role."""
    actor.require(Role.OWNER)
    theirs = Application.owner_id == actor.organisation_id
    return studies(_taken().where(theirs), elsewhere().where(theirs))


def owners_study(actor: Actor, uuid: UUID) -> Study:
    """Raises NotFound for another owner's."""
    actor.require(Role.OWNER)
    theirs = Application.owner_id == actor.organisation_id
    return _found(_taken().where(theirs, Enrolment.uuid == uuid), elsewhere().where(theirs, Choice.uuid == uuid))


def to_countersign(owner_id: int | None) -> int:
    """How many confirmations of an owner's teachers it has not countersigned."""
    said, step = aliased(ParticipationStep), ParticipationStep
    same = (said.semester == step.semester, said.event == Event.COUNTERSIGN)
    seated = select(step.id).join(Enrolment, Enrolment.id == step.enrolment_id).join(ChoiceRun, ChoiceRun.enrolment_id == Enrolment.id).join(ChoiceRun.choice).join(Choice.application)
    seated = seated.where(Enrolment.state.in_(TAKING_PART), ~select(said.id).where(said.enrolment_id == step.enrolment_id, *same).exists())
    away = granted_elsewhere(select(step.id).join(Choice, Choice.id == step.choice_id).join(Choice.application))
    away = away.where(~select(said.id).where(said.choice_id == step.choice_id, *same).exists())
    waiting = union(*(asked.where(Application.owner_id == owner_id, step.event == Event.CONFIRM) for asked in (seated, away))).subquery()
    return db.session.scalar(select(func.count()).select_from(waiting)) or 0


def of_offering(offering_id: int) -> list[Study]:
    return [Study(run.choice, run) for run in db.session.scalars(_taken().where(ChoiceRun.offering_id == offering_id)).unique()]


def _found(seated: Select, away: Select) -> Study:
    found = studies(seated, away)
    if not found:
        raise NotFound(_("You take part in no such study."))
    return found[0]


def lock(wanted: Iterable[Study]) -> None:
    """The steps of each place are written one after the other, and no seat changes meanwhile; the places in the order of their numbers."""
    keys = [one.key for one in wanted]
    for kind, numbers in ((Enrolment, [seat for seat, _choice in keys if seat]), (Choice, [choice for _seat, choice in keys if choice])):
        if numbers:
            rows = select(kind).where(kind.id.in_(numbers)).order_by(kind.id).with_for_update().execution_options(populate_existing=True)
            db.session.scalars(rows).all()


def steps(wanted: Iterable[Study]) -> dict[Key, list[ParticipationStep]]:
    """By what they belong to, the steps in their order."""
    keys, step = [one.key for one in wanted], ParticipationStep
    found: defaultdict[Key, list[ParticipationStep]] = defaultdict(list)
    theirs = or_(step.enrolment_id.in_([seat for seat, _choice in keys if seat]), step.choice_id.in_([choice for _seat, choice in keys if choice]))
    for row in db.session.scalars(select(step).where(theirs).options(joinedload(step.by)).order_by(step.id)):
        found[row.key].append(row)
    return found


def advisers(owner_id: int | None, on: date) -> list[int]:
    """The people who act for an owner on a day, its deputies among them."""
    theirs = select(Membership.person_id).where(Membership.organisation_id == owner_id, Membership.role == Role.OWNER, Membership.held(on))
    return list(db.session.scalars(theirs.order_by(Membership.person_id)))
