"""The strategy's priority groups with their subjects, and what owners have said that they need."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from catalog.subjects.models import PriorityGroup, Subject, SubjectPriority
from catalog.values import Band
from config.database import db, holds
from regions.census import queries as census
from regions.census import telling
from regions.census.rules import Level
from regions.census.telling import Place


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


def subjects(keys: Collection[int]) -> Sequence[Subject]:
    """In the order of the register."""
    return db.session.scalars(select(Subject).where(Subject.id.in_(keys)).order_by(Subject.position)).all()


def lacking(region: int | None, band: Band, on: date) -> set[int] | None:
    """The subjects in which the latest census tells that teachers of a band lack credits, in a region (none = in the whole country); None where it tells of none.
    What is too small to be told is not known here either."""
    latest = next((one for one in census.censuses() if one.opens_on <= on), None)
    if latest is None:
        return None
    place = Place() if region is None else Place(Level.REGION, region, {Level.REGION: region})
    told = [(subject, line) for (subject, of), line in telling.of_place(latest.id, place, on).items() if of is band and not line.parts_hidden]
    return {subject for subject, line in told if line.counts.without} if told else None
