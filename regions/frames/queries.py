"""Every select on the frames."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from catalog.subjects.models import PriorityGroup
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.rounds.models import Scheme
from regions.frames.models import Frame, FrameVersion
from regions.priorities import queries as priorities
from regions.versions import queries as kinds

_WHOLE = selectinload(FrameVersion.frames).options(joinedload(Frame.group), joinedload(Frame.scheme))


def versions(*, hidden_too: bool) -> Sequence[FrameVersion]:
    """The latest study year first, and in it the latest version."""
    wanted = kinds.seen(FrameVersion, hidden_too=hidden_too)
    return db.session.scalars(wanted.order_by(FrameVersion.study_year.desc(), FrameVersion.number.desc())).all()


def version(number: int, *, hidden_too: bool) -> FrameVersion:
    """With its frames. Raises NotFound."""
    return kinds.one(FrameVersion, number, _WHOLE, hidden_too=hidden_too)


def in_force(study_year: int) -> FrameVersion | None:
    """The latest of those released for a year."""
    wanted = kinds.seen(FrameVersion, hidden_too=False).where(FrameVersion.study_year == study_year).options(_WHOLE)
    return db.session.scalar(wanted.order_by(FrameVersion.released_at.desc(), FrameVersion.number.desc()).limit(1))


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
