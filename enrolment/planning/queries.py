"""Every select of the planner: modules that lead to the goal, their runs to come, and the seats one has."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Gathering, Module, Offering, Prerequisite, TermClash
from catalog.offers.rules import can_be_applied_for, first_day_of
from catalog.values import Strand
from config.database import db
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

HELD_SEATS = (Seat.PLACED, Seat.OFFERED, Seat.WAITING)


def modules_towards(subject_id: int) -> list[Module]:
    """Published modules of a subject that carry credits, and all that they ask for before them."""
    found = _modules(Module.subject_id == subject_id)
    while asked := _asked_for(found):
        found += _modules(or_(Module.id.in_(asked[0]), Module.subject_id.in_(asked[1])), without={module.id for module in found})
        if not asked[0] - {module.id for module in found} and not asked[1] - {module.subject_id for module in found}:
            break
    return found


def _asked_for(modules: list[Module]) -> tuple[set[int], set[int]] | None:
    """The modules, and the subjects by credits, that these ask for and that are not among them."""
    needs = [need for module in modules for need in module.prerequisites if need.required]
    missing = {need.required_module_id for need in needs if need.required_module_id} - {module.id for module in modules}
    subjects = {need.subject_id for need in needs if need.subject_id} - {module.subject_id for module in modules}
    return (missing, subjects) if missing or subjects else None


def _modules(which, without: Collection[int] = ()) -> list[Module]:
    wanted = (
        select(Module)
        .options(*_with_facts())
        .where(which, Module.state == Publication.PUBLISHED, Module.credits > 0, Module.subject_id.is_not(None), Module.strand != Strand.IN_SERVICE)
        .where(Module.id.not_in(list(without)))
        .order_by(Module.id)
    )
    return list(db.session.scalars(wanted))


def _with_facts():
    need = selectinload(Module.prerequisites)
    return (
        joinedload(Module.institution), joinedload(Module.subject), joinedload(Module.course), selectinload(Module.tags),
        need.joinedload(Prerequisite.subject), need.joinedload(Prerequisite.required_module),
    )  # fmt: skip


def not_together(modules: Collection[int]) -> list[tuple[int, int]]:
    """The pairs of modules, among some, that cannot be taken in the same semester."""
    among = select(TermClash.module_id, TermClash.other_id).where(TermClash.module_id.in_(modules), TermClash.other_id.in_(modules))
    return [tuple(pair) for pair in db.session.execute(among.order_by(TermClash.id))]


def content_of(uuids: Iterable[str]) -> list[Module]:
    return list(db.session.scalars(select(Module).options(selectinload(Module.tags)).where(Module.uuid.in_([UUID(key) for key in uuids]))))


def runs_to_come(modules: Iterable[int], on: date) -> list[Offering]:
    """Runs one can still get into, and planned ones that have not begun, the first first."""
    wanted = (
        select(Offering)
        .options(joinedload(Offering.municipality), selectinload(Offering.gatherings).joinedload(Gathering.municipality))
        .where(Offering.module_id.in_(list(modules)), Offering.state.in_((Run.PUBLISHED, Run.PLANNED)), Offering.semester.is_not(None), ~Offering.told_over)
        .order_by(Offering.semester, Offering.id)
    )
    return [run for run in db.session.scalars(wanted) if _is_to_come(run, on)]


def _is_to_come(run: Offering, on: date) -> bool:
    if run.state is Run.PLANNED:
        return (run.starts_on or first_day_of(run.semester)) > on
    return can_be_applied_for(semester=run.semester, apply_by=run.apply_by, starts_on=run.starts_on, on=on)


def runs_with_a_seat(person_id: int) -> Sequence[Offering]:
    """The runs a teacher has a seat or a place in line in."""
    mine = select(Enrolment.offering_id).where(Enrolment.person_id == person_id, Enrolment.state.in_(HELD_SEATS))
    return db.session.scalars(select(Offering).options(joinedload(Offering.module), selectinload(Offering.gatherings)).where(Offering.id.in_(mine))).all()
