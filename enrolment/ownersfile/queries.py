"""Every select of owners' files of earlier education. Teachers are those of the owner's own schools."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Delete, Row, delete, select
from sqlalchemy.orm import joinedload

from accounts.acting import Actor
from accounts.models import Organisation, Person, Role
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.ownersfile.models import ClaimsUpload
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit
from enrolment.schools.models import School, Teacher


def owner_of(actor: Actor) -> int:
    actor.require(Role.OWNER)
    return actor.organisation_id


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


def own_upload(actor: Actor, upload: UUID) -> ClaimsUpload:
    """Raises NotFound for another owner's."""
    found = db.session.scalar(select(ClaimsUpload).where(ClaimsUpload.owner_id == owner_of(actor), ClaimsUpload.uuid == upload).with_for_update())
    if found is None:
        raise NotFound(_("You have no such file. It was saved already, or more than a day ago."))
    return found


def uploads_before(at: datetime) -> Delete:
    return delete(ClaimsUpload).where(ClaimsUpload.at < at)
