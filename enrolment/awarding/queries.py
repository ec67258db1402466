"""Every select of allocation runs, of what goes into them, and of what comes of them."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from accounts.acting import Actor
from accounts.models import Organisation
from catalog.offers.models import Module, Offering
from catalog.values import Strand
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.applications.lifecycle import Case, Employer
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.awarding.lifecycle import OUT, Run
from enrolment.awarding.models import AllocationRun, Approval, Outcome, OwnerTeachers
from enrolment.rounds.models import Cycle
from enrolment.schools.models import School, SchoolOwner, Teacher
from enrolment.seats.lifecycle import ACTIVE, HELD
from enrolment.seats.models import Enrolment
from enrolment.staff.models import StaffMember


TAKES_PART = (Application.state == Case.SENT) & (Application.employer == Employer.APPROVED)


def approved(cycle_id: int, strand: Strand) -> list[Application]:
    """The applications that take part: sent, and approved by their owner; with all that the allocation looks at."""
    taking_part = select(Application).where(Application.cycle_id == cycle_id, Application.strand == strand, TAKES_PART)
    runs = selectinload(Application.choices).selectinload(Choice.runs).joinedload(ChoiceRun.offering).joinedload(Offering.module).joinedload(Module.subject)
    choices = selectinload(Application.choices)
    own = (joinedload(Application.owner), joinedload(Application.scheme), choices.joinedload(Choice.scheme), choices.joinedload(Choice.subject), runs)
    return list(db.session.scalars(taking_part.options(*own).order_by(Application.id)))


def how_many_approved(cycle_id: int) -> dict[Strand, int]:
    """By strand, how many applications take part."""
    counted = select(Application.strand, func.count()).where(Application.cycle_id == cycle_id, TAKES_PART).group_by(Application.strand)
    return dict(db.session.execute(counted).all())


def homes(cycle_id: int, strand: Strand) -> dict[int, Teacher]:
    """The teachers of a round by person, with the places that decide their regions."""
    theirs = select(Application.person_id).where(Application.cycle_id == cycle_id, Application.strand == strand)
    known = select(Teacher).options(joinedload(Teacher.home), joinedload(Teacher.school).joinedload(School.municipality))
    return {one.person_id: one for one in db.session.scalars(known.where(Teacher.person_id.in_(theirs)))}


def teachers_by_owner(owners: Iterable[int], on: date) -> tuple[dict[int, int], set[int]]:
    """Hundredths of full posts by owner; and the owners that have stated none, for whom the registered staff are counted, or else the teachers here."""
    keys = list(owners)
    stated = select(OwnerTeachers).where(OwnerTeachers.owner_id.in_(keys)).order_by(OwnerTeachers.valid_from)
    known = {one.owner_id: one.hundredths for one in db.session.scalars(stated) if one.holds(on)}
    others = [key for key in keys if key not in known]
    staff = dict(db.session.execute(select(StaffMember.owner_id, func.count()).where(StaffMember.owner_id.in_(others)).group_by(StaffMember.owner_id)).all())
    here = select(School.owner_id, func.count()).join(Teacher, Teacher.school_id == School.organisation_id)
    teachers = dict(db.session.execute(here.where(School.owner_id.in_(others)).group_by(School.owner_id)).all())
    counted = {key: 100 * max(staff.get(key, 0), teachers.get(key, 0)) for key in others}
    return known | counted, set(others)


def stated_teachers(owner_id: int) -> list[OwnerTeachers]:
    """What an owner has stated, the latest first."""
    mine = select(OwnerTeachers).where(OwnerTeachers.owner_id == owner_id)
    return list(db.session.scalars(mine.order_by(OwnerTeachers.valid_from.desc(), OwnerTeachers.id.desc())))


def body(owner_id: int) -> UUID:
    """Who an owner is to the trail."""
    return db.session.scalar(select(Organisation.uuid).where(Organisation.id == owner_id))


def owners_by_key(keys: Iterable[str]) -> dict[str, SchoolOwner]:
    found = select(SchoolOwner).options(joinedload(SchoolOwner.organisation)).where(SchoolOwner.key.in_(list(keys)))
    return {one.key: one for one in db.session.scalars(found)}


def runs_of(cycle_id: int) -> list[AllocationRun]:
    """All runs of a round, the latest first, without their inputs and results."""
    found = select(AllocationRun).where(AllocationRun.cycle_id == cycle_id).options(joinedload(AllocationRun.made_by), selectinload(AllocationRun.approvals))
    return list(db.session.scalars(found.order_by(AllocationRun.made_at.desc(), AllocationRun.id.desc())).unique())


def run(cycle: str, uuid: UUID) -> AllocationRun:
    """Raises NotFound."""
    people = selectinload(AllocationRun.approvals).joinedload(Approval.person)
    found = select(AllocationRun).join(AllocationRun.cycle).where(Cycle.code == cycle, AllocationRun.uuid == uuid)
    return _found(db.session.scalar(found.options(contains_eager(AllocationRun.cycle).selectinload(Cycle.dates), joinedload(AllocationRun.made_by), people)))


def run_by_uuid(uuid: UUID) -> AllocationRun:
    """Raises NotFound."""
    return _found(db.session.scalar(select(AllocationRun).where(AllocationRun.uuid == uuid)))


def locked_run(uuid: UUID) -> AllocationRun:
    """The same, and nobody else changes it meanwhile. Raises NotFound."""
    found = select(AllocationRun).where(AllocationRun.uuid == uuid).with_for_update().execution_options(populate_existing=True)
    return _found(db.session.scalar(found))


def _found(run: AllocationRun | None) -> AllocationRun:
    if run is None:
        raise NotFound(_("There is no such allocation run."))
    return run


def out(cycle_id: int, strand: Strand) -> AllocationRun | None:
    """The run of a round that is made known, or is being so."""
    return db.session.scalar(select(AllocationRun).where(AllocationRun.cycle_id == cycle_id, AllocationRun.strand == strand, AllocationRun.state.in_(OUT)))


def due(at: datetime) -> list[int]:
    """Runs whose hour has come, or that were being told when something stopped."""
    ready = (AllocationRun.state == Run.APPROVED) & (AllocationRun.publish_at <= at)
    return list(db.session.scalars(select(AllocationRun.id).where(or_(ready, AllocationRun.state == Run.TELLING)).order_by(AllocationRun.id)))


def free_run(key: int, state: Run) -> AllocationRun | None:
    """A run in a state, locked; none where another node is at it, or it has gone on."""
    found = select(AllocationRun).where(AllocationRun.id == key, AllocationRun.state == state)
    return db.session.scalar(found.with_for_update(skip_locked=True).execution_options(populate_existing=True))


def lock_offerings(ids: Iterable[int]) -> dict[int, Offering]:
    """The rows of the runs, by number, locked in the order of their numbers."""
    rows = select(Offering).where(Offering.id.in_(list(ids))).order_by(Offering.id).with_for_update().execution_options(populate_existing=True)
    return {one.id: one for one in db.session.scalars(rows)}


def cases(cycle_id: int, strand: Strand) -> dict[str, Application]:
    """By identity, every application of a round with its choices and runs."""
    runs = selectinload(Application.choices).selectinload(Choice.runs).joinedload(ChoiceRun.offering)
    found = select(Application).where(Application.cycle_id == cycle_id, Application.strand == strand).options(runs, joinedload(Application.scheme))
    return {str(one.uuid): one for one in db.session.scalars(found)}


def active(offerings: Iterable[int]) -> dict[tuple[int, int], Enrolment]:
    """By person and run, the enrolments that are active."""
    found = select(Enrolment).where(Enrolment.offering_id.in_(list(offerings)), Enrolment.state.in_(ACTIVE))
    return {(one.person_id, one.offering_id): one for one in db.session.scalars(found)}


def holding(modules: Iterable[int]) -> dict[tuple[int, int], int]:
    """By person and module, the run in which a seat is held."""
    found = select(Enrolment.person_id, Enrolment.module_id, Enrolment.offering_id)
    found = found.where(Enrolment.module_id.in_(list(modules)), Enrolment.state.in_(HELD))
    return {(person, module): offering for person, module, offering in db.session.execute(found)}


def to_tell(run_id: int, most: int) -> list[Outcome]:
    """Outcomes that nobody has been told of, locked; those that another node is at are left to it."""
    runs = selectinload(Outcome.application).selectinload(Application.choices).selectinload(Choice.runs).selectinload(ChoiceRun.enrolment)
    found = select(Outcome).where(Outcome.run_id == run_id, Outcome.told_at.is_(None)).order_by(Outcome.id).limit(most)
    return list(db.session.scalars(found.options(runs).with_for_update(skip_locked=True, of=Outcome)))


def anybody_left(run_id: int) -> bool:
    return db.session.scalar(select(Outcome.id).where(Outcome.run_id == run_id, Outcome.told_at.is_(None)).limit(1)) is not None


def offerings(uuids: Iterable[str]) -> dict[str, Offering]:
    """By identity, the runs with their modules and institutions."""
    keys = [UUID(one) for one in uuids]
    found = select(Offering).join(Offering.module).options(contains_eager(Offering.module).joinedload(Module.institution)).where(Offering.uuid.in_(keys))
    return {str(one.uuid): one for one in db.session.scalars(found)}


def applicants(uuids: Iterable[str]) -> dict[str, Application]:
    """By identity, the applications with their people, owners and choices."""
    titled = selectinload(Application.choices).selectinload(Choice.runs).joinedload(ChoiceRun.offering).joinedload(Offering.module)
    found = select(Application).where(Application.uuid.in_([UUID(one) for one in uuids]))
    found = found.options(joinedload(Application.person), joinedload(Application.owner).joinedload(SchoolOwner.organisation), titled.joinedload(Module.institution))
    return {str(one.uuid): one for one in db.session.scalars(found)}


def own_case(actor: Actor, application: UUID) -> Application:
    """A teacher's own, with its choices, runs and enrolments. Raises NotFound for another's."""
    runs = selectinload(Application.choices).selectinload(Choice.runs)
    offering = runs.joinedload(ChoiceRun.offering)
    module = offering.joinedload(Offering.module)
    mine = select(Application).where(Application.uuid == application, Application.person_id == actor.person_id).options(
        joinedload(Application.cycle).selectinload(Cycle.dates), runs.joinedload(ChoiceRun.enrolment), module.joinedload(Module.institution),
        module.joinedload(Module.course), offering.selectinload(Offering.gatherings),
    )  # fmt: skip
    found = db.session.scalar(mine)
    if found is None:
        raise NotFound(_("You have no such application."))
    return found


def outcome_of(application_id: int) -> Outcome | None:
    """What a case has been given, once its round's run is made known to it."""
    told = select(Outcome).join(Outcome.run).where(Outcome.application_id == application_id, Outcome.told_at.is_not(None))
    return db.session.scalar(told.options(contains_eager(Outcome.run)).order_by(Outcome.id.desc()).limit(1))


def told_cases(person_id: int) -> list[Application]:
    """A person's cases of which the outcome has been told, the latest first."""
    told = select(Outcome.id).where(Outcome.application_id == Application.id, Outcome.told_at.is_not(None)).exists()
    mine = select(Application).where(Application.person_id == person_id, told).options(joinedload(Application.cycle))
    return list(db.session.scalars(mine.order_by(Application.id.desc())))


def is_in_a_round_made_known(offering_id: int) -> bool:
    """Whether a round in which this run was chosen has been made known, so that later entrants may queue for it."""
    chosen = select(ChoiceRun.id).join(Choice, Choice.id == ChoiceRun.choice_id).join(Application, Application.id == Choice.application_id)
    chosen = chosen.join(AllocationRun, (AllocationRun.cycle_id == Application.cycle_id) & (AllocationRun.strand == Application.strand))
    return db.session.scalar(chosen.where(ChoiceRun.offering_id == offering_id, AllocationRun.state == Run.PUBLISHED).limit(1)) is not None

