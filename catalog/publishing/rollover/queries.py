"""Every select that rolling over needs; a constant number of them, however many runs there are."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Event, Person
from catalog.offers.lifecycle import Run
from catalog.offers.models import Course, Module, Offering, Partner
from catalog.values import Semester
from config.database import db
from config.errors import NotFound
from config.languages import _

MADE, UNDONE = "roll-over", "undo"


def semesters_with_runs(institution_id: int) -> dict[Semester, int]:
    """How many runs an institution has, by semester, the latest first."""
    counted = select(Offering.semester, func.count()).join(Offering.module).where(Module.institution_id == institution_id, Offering.semester.is_not(None))
    return {row[0]: row[1] for row in db.session.execute(counted.group_by(Offering.semester).order_by(Offering.semester.desc()))}


def runs_of(institution_id: int, semesters: Iterable[Semester], course: UUID | None) -> Sequence[Offering]:
    """An institution's runs that begin in some semesters, of one course where one is named, with their modules and gatherings."""
    mine = select(Offering).join(Offering.module).outerjoin(Module.course)
    mine = mine.where(Module.institution_id == institution_id, Offering.semester.in_(list(semesters)))
    if course:
        mine = mine.where(Course.uuid == course)
    parts = (joinedload(Offering.module).options(joinedload(Module.course), selectinload(Module.partners).joinedload(Partner.institution)), selectinload(Offering.gatherings))
    return db.session.scalars(mine.options(*parts).order_by(Course.title, Module.position, Module.id, Offering.semester, Offering.id)).all()


def copies_of(runs: Iterable[Offering]) -> dict[int, Offering]:
    """The copies that were made of some runs, by the run's id."""
    made = select(Offering).where(Offering.copied_from_id.in_([run.id for run in runs])).options(joinedload(Offering.module))
    return {copy.copied_from_id: copy for copy in db.session.scalars(made)}


def written_by_hand(runs: Iterable[Offering], semesters: Iterable[Semester]) -> Sequence[Offering]:
    """The runs in some semesters, of the same modules as some runs, that were not copied from any and are not cancelled."""
    written = select(Offering).where(
        Offering.module_id.in_({run.module_id for run in runs}), Offering.semester.in_(list(semesters)), Offering.copied_from_id.is_(None),
        Offering.state != Run.CANCELLED,
    )  # fmt: skip
    return db.session.scalars(written.options(joinedload(Offering.module)).order_by(Offering.id)).all()


def rollover(institution_id: int, uuid: UUID) -> Event:
    """What one rolling over of one's own did. Raises NotFound."""
    mine = select(Event).where(
        Event.subject_uuid == uuid, Event.kind == "rollover", Event.event == MADE, Event.organisation_id == institution_id
    )
    found = db.session.scalar(mine)
    if found is None:
        raise NotFound(_("Your institution has no such thing."))
    return found


def earlier(institution_id: int, most: int = 10) -> list[tuple[Event, str | None]]:
    """What was rolled over before, newest first, with the name of who did it where that is still known."""
    told = select(Event, Person.name).outerjoin(Person, Person.uuid == Event.person_uuid)
    mine = told.where(Event.kind == "rollover", Event.event == MADE, Event.organisation_id == institution_id)
    return [(event, name) for event, name in db.session.execute(mine.order_by(Event.at.desc(), Event.id.desc()).limit(most))]


def runs_by_uuid(institution_id: int, uuids: Iterable[UUID], *, lock: bool = False) -> dict[UUID, Offering]:
    """Those of some runs that are one's own and still there; `lock` holds them against anybody else's writing."""
    mine = select(Module.id).where(Module.institution_id == institution_id)
    found = select(Offering).where(Offering.uuid.in_(list(uuids)), Offering.module_id.in_(mine))
    found = found.options(joinedload(Offering.module), selectinload(Offering.gatherings))
    if lock:
        found = found.order_by(Offering.id).with_for_update(of=Offering).execution_options(populate_existing=True)
    return {run.uuid: run for run in db.session.scalars(found)}
