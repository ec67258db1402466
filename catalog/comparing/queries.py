"""The runs that are compared, and those they may be compared with."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Gathering, Module, Offering, Prerequisite
from catalog.offers.queries import SHOWN
from catalog.values import Semester, Term
from config.database import db

MOST_OTHERS = 100  # rows to choose from


def public_runs(uuids: Collection[UUID]) -> dict[UUID, Offering]:
    """The runs among these that anybody may see, with all that is compared."""
    needs = selectinload(Module.prerequisites)
    of_module = (
        contains_eager(Offering.module).joinedload(Module.institution),
        contains_eager(Offering.module).joinedload(Module.course),
        contains_eager(Offering.module).options(needs.joinedload(Prerequisite.required_module), needs.joinedload(Prerequisite.subject)),
    )
    wanted = select(Offering).join(Offering.module).options(*of_module, joinedload(Offering.municipality), *_with_meetings())
    shown = wanted.where(Offering.uuid.in_(uuids), Offering.state.in_(SHOWN), Module.state == Publication.PUBLISHED)
    return {run.uuid: run for run in db.session.scalars(shown)}


def _with_meetings():
    return (selectinload(Offering.gatherings).joinedload(Gathering.municipality),)


def others(runs: Sequence[Offering], on: date) -> Sequence[Offering]:
    """Other runs of the same modules, and runs in the same subjects, that are not cancelled and may still go on; those of the same modules first."""
    modules, subjects = {run.module_id for run in runs}, {run.module.subject_id for run in runs} - {None}
    near = or_(Module.id.in_(modules), Module.subject_id.in_(subjects))
    wanted = (
        select(Offering)
        .join(Offering.module)
        .options(contains_eager(Offering.module).options(joinedload(Module.institution), joinedload(Module.course)), joinedload(Offering.municipality))
        .where(near, Offering.id.not_in([run.id for run in runs]), Offering.state.in_((Run.PLANNED, Run.PUBLISHED)))
        .where(Module.state == Publication.PUBLISHED, or_(Offering.semester.is_(None), Offering.semester >= Semester(on.year - 1, Term.SPRING)))
        .order_by(Module.id.not_in(modules), Offering.semester.is_(None), Offering.semester, Offering.id)
        .limit(MOST_OTHERS)
    )
    return db.session.scalars(wanted).all()
