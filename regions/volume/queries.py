"""The strategy's priority groups with their subjects."""

from datetime import date

from sqlalchemy import select

from catalog.subjects.models import PriorityGroup, Subject, SubjectPriority
from config.database import db, holds


def groups(on: date) -> list[tuple[PriorityGroup, list[Subject]]]:
    """Each group that is carried on, in its order, with the subjects or target groups that belong to it on a day."""
    wanted = (
        select(PriorityGroup, Subject)
        .join(SubjectPriority, SubjectPriority.group_id == PriorityGroup.id)
        .join(Subject, Subject.id == SubjectPriority.subject_id)
        .where(holds(SubjectPriority, on))
        .order_by(PriorityGroup.number, Subject.position)
    )
    found: dict[PriorityGroup, list[Subject]] = {}
    for group, subject in db.session.execute(wanted):
        found.setdefault(group, []).append(subject)
    return list(found.items())
