"""What an institution has, read at once; and its uploads and publications, looked up through it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload

from catalog.bulk.models import BulkPublication, BulkUpload
from catalog.importing.known import Registers
from catalog.importing.vocabulary import Vocabulary
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, Module, Offering, OverlapSet, Prerequisite, TermClash
from config.database import db
from config.errors import NotFound
from config.languages import _

KEPT = timedelta(days=7)  # that long a report and a publication can be looked up again


def vocabulary() -> Vocabulary:
    return Registers().vocabulary


def everything(institution_id: int) -> tuple[list[Course], list[Module], list[Offering]]:
    """The courses, modules and runs of an institution with their parts, in the order of the work list."""
    courses = select(Course).where(Course.institution_id == institution_id).options(joinedload(Course.institution), joinedload(Course.subject))
    modules = select(Module).where(Module.institution_id == institution_id).options(
        joinedload(Module.institution), joinedload(Module.course), joinedload(Module.subject), selectinload(Module.tags),
        selectinload(Module.overlaps).selectinload(OverlapSet.modules), selectinload(Module.apart).joinedload(TermClash.other).joinedload(Module.institution), selectinload(Module.bonus_points), selectinload(Module.prerequisites).joinedload(Prerequisite.required_module),
    )  # fmt: skip
    runs = select(Offering).join(Offering.module).where(Module.institution_id == institution_id).options(
        joinedload(Offering.module), joinedload(Offering.municipality), selectinload(Offering.gatherings)
    )
    return (
        list(db.session.scalars(courses.order_by(Course.title, Course.id))),
        list(db.session.scalars(modules.order_by(Module.course_id, Module.position, Module.id))),
        list(db.session.scalars(runs.order_by(Offering.semester, Offering.id))),
    )


def hold_runs(runs: Iterable[Offering]) -> None:
    """Holds runs against anybody taking a seat meanwhile, and reads the seats that are taken now."""
    keys = [run.id for run in runs]
    if keys:
        held = select(Offering).where(Offering.id.in_(keys)).order_by(Offering.id).with_for_update()
        db.session.scalars(held.execution_options(populate_existing=True)).all()


def own_upload(institution_id: int, uuid: UUID) -> BulkUpload:
    """Raises NotFound."""
    return _found(db.session.scalar(select(BulkUpload).where(BulkUpload.institution_id == institution_id, BulkUpload.uuid == uuid)))


def own_publication(institution_id: int, uuid: UUID) -> BulkPublication:
    """Raises NotFound."""
    mine = select(BulkPublication).where(BulkPublication.institution_id == institution_id, BulkPublication.uuid == uuid)
    return _found(db.session.scalar(mine.with_for_update()))


def _found(thing):
    if thing is None:
        raise NotFound(_("Your institution has no such thing."))
    return thing


def things(institution_id: int, named: Iterable[tuple[str, str]]) -> list[Course | Module | Offering]:
    """Those of (kind, public id) that are there, one's own; courses first, then modules, then runs."""
    wanted = set(named)
    found = [thing for things in everything(institution_id) for thing in things]
    return [thing for thing in found if (type(thing).__name__.lower(), str(thing.uuid)) in wanted]


def drafts(institution_id: int) -> list[Course | Module | Offering]:
    """Everything that is written and was never shown."""
    return [thing for things in everything(institution_id) for thing in things if thing.state in (Publication.DRAFT, Run.DRAFT)]


def forget(at: datetime) -> int:
    """Takes away uploads and publications that nobody looks up any more. Returns how many."""
    return sum(db.session.execute(delete(table).where(table.at < at - KEPT)).rowcount for table in (BulkUpload, BulkPublication))
