"""Every select on plans."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Select, bindparam, select

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Module, Offering
from catalog.plans.models import PlannedSemester
from catalog.values import Semester
from config.database import db


def planned_semesters(module_ids: Iterable[int]) -> dict[int, list[Semester]]:
    """By module, the semesters its institution means to run it in, in order; past ones too, and no matter whether a run is announced by now.

    A mark is no promise. Modules that nobody has planned are left out.
    """
    found: dict[int, list[Semester]] = {}
    for module, semester in db.session.execute(_marks(), {"modules": list(module_ids)}):
        found.setdefault(module, []).append(semester)
    return found


@cache
def _marks() -> Select:
    marks = select(PlannedSemester.module_id, PlannedSemester.semester).where(PlannedSemester.module_id.in_(bindparam("modules", expanding=True)))
    return marks.order_by(PlannedSemester.semester, PlannedSemester.id)


def runs_ahead(module_ids: Iterable[int], semesters: Iterable[Semester], *, drafts: bool = False) -> dict[tuple[int, Semester], list[Offering]]:
    """The runs of some modules that begin in some semesters, by both; cancelled ones too, one's own drafts where they are asked for."""
    states = (Run.PUBLISHED, Run.PLANNED, Run.CANCELLED, *((Run.DRAFT,) if drafts else ()))
    runs = select(Offering).where(Offering.module_id.in_(list(module_ids)), Offering.semester.in_(list(semesters)), Offering.state.in_(states))
    found: dict[tuple[int, Semester], list[Offering]] = {}
    for run in db.session.scalars(runs.order_by(Offering.id)):
        found.setdefault((run.module_id, run.semester), []).append(run)
    return found


def marks_of_course(course_id: int) -> list[PlannedSemester]:
    marks = select(PlannedSemester).join(Module, Module.id == PlannedSemester.module_id).where(Module.course_id == course_id)
    return list(db.session.scalars(marks.order_by(PlannedSemester.semester, PlannedSemester.id)))


def published_modules(course_id: int) -> list[Module]:
    seen = select(Module).where(Module.course_id == course_id, Module.state == Publication.PUBLISHED)
    return list(db.session.scalars(seen.order_by(Module.position, Module.id)))
