"""Every select of owners' files of earlier education. Teachers are those of the owner's own schools."""

from collections.abc import Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload

from accounts.models import Organisation, Person
from config.database import db
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit
from enrolment.schools.models import School, Teacher


def teachers(owner_id: int) -> Sequence[Row]:
    """Key, UUID, name and school of those who teach at an owner's schools, by school and name."""
    found = (
        select(Person.id, Person.uuid, Person.name, Organisation.name.label("school"))
        .join(Teacher, Teacher.person_id == Person.id)
        .join(School, School.organisation_id == Teacher.school_id)
        .join(Organisation, Organisation.id == School.organisation_id)
        .where(School.owner_id == owner_id, Person.disabled_at.is_(None))
    )
    return db.session.execute(found.order_by(Organisation.name, Person.name, Person.id)).all()


def held(person_ids: set[int]) -> set[tuple]:
    """What these teachers have already, claimed or verified, by what makes it the same."""
    rows = select(PriorCredit).options(joinedload(PriorCredit.subject)).where(PriorCredit.person_id.in_(person_ids), PriorCredit.state.in_((Claim.CLAIMED, Claim.VERIFIED)))
    return {(row.person_id, row.title.casefold(), row.institution.casefold(), row.subject.code) for row in db.session.scalars(rows)}
