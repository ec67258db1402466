"""Every select of plans by hand. A plan and its studies are looked up through the teacher."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from accounts.acting import Actor
from catalog.equivalence.models import EquivalenceSet
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Module, Offering, Prerequisite
from catalog.plans.models import PlannedSemester
from catalog.subjects.models import Subject
from catalog.values import Strand
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from enrolment.byhand.models import PlannedStudy, StudyPlan, WorkloadRule


def own_plans(actor: Actor) -> Sequence[StudyPlan]:
    """All of a teacher's, the one changed last first, with everything their pages show."""
    return plans_where(StudyPlan.person_id == actor.person_id)


def plans_where(*where) -> Sequence[StudyPlan]:
    """The one changed last first, with everything their pages show."""
    wanted = select(StudyPlan).where(*where).options(joinedload(StudyPlan.person), joinedload(StudyPlan.subject), _studies())
    return db.session.scalars(wanted.order_by(StudyPlan.changed_at.desc(), StudyPlan.id.desc())).unique().all()


def _studies():
    module = selectinload(StudyPlan.studies).joinedload(PlannedStudy.module)
    return module.options(
        joinedload(Module.institution), joinedload(Module.subject), selectinload(Module.tags),
        selectinload(Module.prerequisites).options(joinedload(Prerequisite.required_module), joinedload(Prerequisite.subject)),
    )  # fmt: skip


def own_plan(actor: Actor, plan: UUID) -> StudyPlan:
    """Raises NotFound for another person's."""
    mine = select(StudyPlan).where(StudyPlan.person_id == actor.person_id, StudyPlan.uuid == plan).options(joinedload(StudyPlan.person), joinedload(StudyPlan.subject), _studies())
    return _found(db.session.scalar(mine))


def locked_plan(actor: Actor, plan: UUID) -> StudyPlan:
    """The same, and nobody else changes it meanwhile. Raises NotFound."""
    mine = select(StudyPlan).where(StudyPlan.person_id == actor.person_id, StudyPlan.uuid == plan)
    return _found(db.session.scalar(mine.with_for_update()))


def _found(plan: StudyPlan | None) -> StudyPlan:
    if plan is None:
        raise NotFound(_("You have no such plan."))
    return plan


def subject(code: str) -> Subject | None:
    return db.session.scalar(select(Subject).where(Subject.code == code))


def module_to_plan(uuid: UUID) -> Module | None:
    """A published module that carries credits in a subject."""
    wanted = select(Module).where(Module.uuid == uuid, Module.state == Publication.PUBLISHED, Module.credits > 0, Module.subject_id.is_not(None))
    return db.session.scalar(wanted.where(Module.strand != Strand.IN_SERVICE))


def runs_to_plan(uuids: Iterable[UUID]) -> Sequence[Offering]:
    """Runs of published modules that are published or planned, in the order of their terms."""
    wanted = select(Offering).join(Offering.module).options(joinedload(Offering.module)).where(Offering.uuid.in_(list(uuids)))
    shown = wanted.where(Offering.state.in_((Run.PUBLISHED, Run.PLANNED)), Offering.semester.is_not(None), Module.state == Publication.PUBLISHED, Module.credits > 0)
    return db.session.scalars(shown.order_by(Offering.semester, Offering.id)).all()


def planned_terms(modules: Iterable[int]) -> Sequence[PlannedSemester]:
    """The semesters that modules are meant to run in."""
    return db.session.scalars(select(PlannedSemester).where(PlannedSemester.module_id.in_(list(modules)))).all()


def same_content(modules: Iterable[int]) -> dict[int, list[Module]]:
    """By module, the published modules that are the same content, in the order of their keys."""
    ids = set(modules)
    rows = select(EquivalenceSet).options(selectinload(EquivalenceSet.modules)).where(EquivalenceSet.modules.any(Module.id.in_(ids)))
    found: dict[int, list[Module]] = {number: [] for number in ids}
    for row in db.session.scalars(rows.order_by(EquivalenceSet.id)):
        for one in row.modules:
            if one.id in found:
                found[one.id] += [other for other in row.modules if other.id != one.id and other.state is Publication.PUBLISHED and other.credits]
    return found


def still_there(table: type, ids: Iterable[int | None]) -> set[int]:
    return set(db.session.scalars(select(table.id).where(table.id.in_([number for number in ids if number]))))


def workload(on: date) -> WorkloadRule | None:
    """The rule that holds on a day; the latest one where several do."""
    return db.session.scalar(select(WorkloadRule).where(holds(WorkloadRule, on)).order_by(WorkloadRule.valid_from.desc(), WorkloadRule.id.desc()).limit(1))
