"""Every select of dispensations. An owner's are looked up through the owner, a teacher's through the teacher."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.acting import Actor
from accounts.models import Organisation, Person, Role
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.dispensations.models import Dispensation
from enrolment.progress import asked
from enrolment.schools.models import School, SchoolOwner, Teacher


def of_person(person_id: int) -> dict[str, tuple[asked.Dispensation, ...]]:
    """By subject code, those that nobody has ended; the rule looks at their days."""
    owner = joinedload(Dispensation.owner).joinedload(SchoolOwner.organisation)
    rows = select(Dispensation).options(joinedload(Dispensation.subject), owner).where(Dispensation.person_id == person_id, Dispensation.ended_at.is_(None))
    found: dict[str, list[asked.Dispensation]] = defaultdict(list)
    for row in db.session.scalars(rows.order_by(Dispensation.id)):
        by = row.owner.organisation.name
        found[row.subject.code].append(asked.Dispensation(row.credits, row.band, row.why, by, first=row.valid_from, last=row.valid_to))
    return {code: tuple(each) for code, each in found.items()}


def of_owner(actor: Actor) -> Sequence[Dispensation]:
    """All that an owner has given, those that were given last first."""
    actor.require(Role.OWNER)
    given = select(Dispensation).options(joinedload(Dispensation.person), joinedload(Dispensation.subject))
    return db.session.scalars(given.where(Dispensation.owner_id == actor.organisation_id).order_by(Dispensation.decided_at.desc(), Dispensation.id.desc())).all()


def own(actor: Actor, dispensation: UUID) -> Dispensation:
    """One that this owner has given. Raises NotFound."""
    actor.require(Role.OWNER)
    found = db.session.scalar(select(Dispensation).where(Dispensation.uuid == dispensation, Dispensation.owner_id == actor.organisation_id))
    if found is None:
        raise NotFound(_("You have given no such dispensation."))
    return found


def teachers(actor: Actor) -> list[tuple[Person, str]]:
    """Those who work at the schools of an owner, with the name of the school, by name."""
    actor.require(Role.OWNER)
    employed = (
        select(Person, Organisation.name)
        .join(Teacher, Teacher.person_id == Person.id)
        .join(School, School.organisation_id == Teacher.school_id)
        .join(Organisation, Organisation.id == School.organisation_id)
        .where(School.owner_id == actor.organisation_id, Person.disabled_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    return [(person, school) for person, school in db.session.execute(employed)]
