"""Participants of a run, looked up through an institution that owns its module."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.acting import Actor
from accounts.models import Event, Person
from catalog.joint.queries import owned_by
from catalog.offers.lifecycle import Run
from catalog.offers.models import Module, Offering
from catalog.offers.rules import first_day_of
from catalog.publishing.permissions import institution_of
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.results.values import Mark
from enrolment.schools.models import School, Teacher
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

TAKING_PART = (Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED)


def own_offering(actor: Actor, offering: UUID) -> Offering:
    """Raises NotFound for a run of another institution."""
    mine = (
        select(Offering)
        .join(Offering.module)
        .options(contains_eager(Offering.module).joinedload(Module.institution))
        .where(Offering.uuid == offering, owned_by(institution_of(actor)))
    )
    found = db.session.scalar(mine)
    if found is None:
        raise NotFound(_("Your institution has no such run."))
    return found


def begins(run: Offering) -> date | None:
    """The first day of a run, that of its semester where it states none; none where it states neither."""
    return run.starts_on or (first_day_of(run.semester) if run.semester else None)


def unmarked(institution_id: int, on: date, most: int = 5) -> list[tuple[Offering, int]]:
    """The runs of an institution that are over while participants still lack a result, with how many; the one that ended first stands first."""
    number = func.count(Enrolment.id)
    found = (
        select(Offering, number)
        .join(Offering.module)
        .join(Enrolment, Enrolment.offering_id == Offering.id)
        .options(contains_eager(Offering.module))
        .where(owned_by(institution_id), Offering.state == Run.PUBLISHED, Offering.ends_on < on, Enrolment.state == Seat.PLACED)
        .group_by(Offering.id, Module.id)
        .order_by(Offering.ends_on, Offering.id)
        .limit(most)
    )
    return [(run, count) for run, count in db.session.execute(found)]


def participants(offering_id: int) -> list[tuple[Enrolment, str | None]]:
    """Those who hold or held a seat, with their school, by name."""
    found = (
        select(Enrolment, School)
        .join(Enrolment.person)
        .outerjoin(Teacher, Teacher.person_id == Enrolment.person_id)
        .outerjoin(School, School.organisation_id == Teacher.school_id)
        .options(contains_eager(Enrolment.person), joinedload(Enrolment.result), joinedload(School.organisation))
        .where(Enrolment.offering_id == offering_id, Enrolment.state.in_(TAKING_PART))
        .order_by(Person.name, Enrolment.id)
    )
    return [(enrolment, school.organisation.name if school else None) for enrolment, school in db.session.execute(found)]


@dataclass(frozen=True)
class Recorded:
    """One recording of a result: the first has no mark before it."""

    at: datetime
    before: Mark | None
    after: Mark
    why: str | None


def histories(results: Iterable[UUID]) -> dict[UUID, list[Recorded]]:
    """By result, everything that has been recorded, the first one first."""
    asked = select(Event).where(Event.kind == "result", Event.subject_uuid.in_(list(results)), Event.event.in_(("record", "correct")))
    found: dict[UUID, list[Recorded]] = {}
    for event in db.session.scalars(asked.order_by(Event.id)):
        before = Mark(event.from_state) if event.from_state else None
        found.setdefault(event.subject_uuid, []).append(Recorded(event.at, before, Mark(event.to_state), event.why))
    return found


def history(result: UUID) -> list[Recorded]:
    """Of one result."""
    return histories([result]).get(result, [])
