"""Every select on the frames."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from catalog.subjects.models import PriorityGroup
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.rounds.models import Scheme
from regions.frames.models import Frame, FrameVersion
from regions.priorities.lifecycle import Version
from regions.priorities import queries as priorities

_WHOLE = selectinload(FrameVersion.frames).options(joinedload(Frame.group), joinedload(Frame.scheme))


def versions(*, hidden_too: bool) -> Sequence[FrameVersion]:
    """The latest study year first, and in it the latest version."""
    wanted = select(FrameVersion).order_by(FrameVersion.study_year.desc(), FrameVersion.number.desc())
    return db.session.scalars(wanted if hidden_too else wanted.where(FrameVersion.state == Version.RELEASED)).all()


def version(number: int, *, hidden_too: bool) -> FrameVersion:
    """Raises NotFound, for those who see no hidden ones also for one that is not released."""
    wanted = select(FrameVersion).where(FrameVersion.number == number).options(_WHOLE)
    return _found(db.session.scalar(wanted if hidden_too else wanted.where(FrameVersion.state == Version.RELEASED)))


def locked(number: int) -> FrameVersion:
    """Under a lock, for a change. Raises NotFound."""
    return _found(db.session.scalar(select(FrameVersion).where(FrameVersion.number == number).with_for_update()))


def _found(row: FrameVersion | None) -> FrameVersion:
    if row is None:
        raise NotFound(_("There is no such version of the frames."))
    return row


def in_force(study_year: int) -> FrameVersion | None:
    """The latest of those released for a year."""
    wanted = select(FrameVersion).where(FrameVersion.study_year == study_year, FrameVersion.state == Version.RELEASED).options(_WHOLE)
    return db.session.scalar(wanted.order_by(FrameVersion.released_at.desc(), FrameVersion.number.desc()).limit(1))


def last_number() -> int:
    return db.session.scalar(select(func.coalesce(func.max(FrameVersion.number), 0)))


def due(on: date) -> Sequence[FrameVersion]:
    """Approved versions whose day has come, the oldest first, under a lock; what another node is at is passed over."""
    wanted = select(FrameVersion).where(FrameVersion.state == Version.APPROVED, FrameVersion.release_on <= on).order_by(FrameVersion.number)
    return db.session.scalars(wanted.with_for_update(skip_locked=True)).all()


def frame(whose: FrameVersion, uuid: UUID) -> Frame:
    """Raises NotFound."""
    found = next((one for one in whose.frames if one.uuid == uuid), None)
    if found is None:
        raise NotFound(_("The version has no such frame."))
    return found


def groups() -> Sequence[PriorityGroup]:
    return priorities.groups()


def schemes() -> Sequence[Scheme]:
    return db.session.scalars(select(Scheme).order_by(Scheme.position)).all()


def group_of_subjects(study_year: int) -> dict[int, int]:
    """By subject, the priority group it stands in on the first day of a study year."""
    return {one.subject_id: one.group_id for one in priorities.priorities(date(study_year, 8, 1))}
