"""Stating a plan: one function, one use case, one commit."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from accounts.acting import Actor
from catalog.offers.models import Course
from catalog.plans import queries, rules
from catalog.plans.models import PlannedSemester
from catalog.publishing import queries as publishing
from catalog.publishing.permissions import institution_of
from catalog.publishing.services.editing import note
from catalog.values import Semester
from config.clock import day_of
from config.database import db
from config.errors import BadInput
from config.languages import _

Mark = tuple[UUID, Semester]  # a module and a semester


def state_plan(course: UUID, *, seen: Iterable[Mark], ticked: Iterable[Mark], actor: Actor, at: datetime) -> Course:
    """Adds the marks that were ticked and removes those that were seen and are ticked no more; a mark that another editor set meanwhile stays.

    Raises NotFound, and BadInput for a module that is not of the course or a semester that cannot be planned.
    """
    mine = institution_of(actor)
    publishing.lock_institution(mine)
    plan = publishing.own_course(mine, course)
    added, removed = rules.change(seen=seen, ticked=ticked)
    _refuse_beyond(added | removed, plan, at)
    if _write(plan, added, removed):
        note(plan, "plan-ahead", actor=actor, at=at, facts={"added": _said(added), "removed": _said(removed)})
    db.session.commit()
    return plan


def _refuse_beyond(marks: set[Mark], plan: Course, at: datetime) -> None:
    modules, semesters = {module.uuid for module in plan.modules}, set(rules.ahead(day_of(at)))
    if any(module not in modules or semester not in semesters for module, semester in marks):
        raise BadInput(_("Plan the modules of this course, in the semesters that are shown."))


def _write(plan: Course, added: set[Mark], removed: set[Mark]) -> bool:
    keys = {module.uuid: module.id for module in plan.modules}
    there = {(mark.module_id, mark.semester): mark for mark in queries.marks_of_course(plan.id)}
    new = [(keys[module], semester) for module, semester in added if (keys[module], semester) not in there]
    gone = [there[keys[module], semester] for module, semester in removed if (keys[module], semester) in there]
    db.session.add_all(PlannedSemester(module_id=module, semester=semester) for module, semester in sorted(new))
    for mark in gone:
        db.session.delete(mark)
    return bool(new or gone)


def _said(marks: set[Mark]) -> list[str]:
    return sorted(f"{module} {semester.code}" for module, semester in marks)
