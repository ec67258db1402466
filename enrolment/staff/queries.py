"""Every select on staff registers. What is an owner's is looked up through the owner."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.acting import Actor
from accounts.models import Organisation
from catalog.places.models import Municipality
from catalog.subjects.models import Requirement, Subject, SubjectKind
from catalog.values import Band
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from enrolment.schools.models import School, SchoolOwner
from enrolment.staff import known as words
from enrolment.staff.models import StaffMember, StaffTeaching
from enrolment.uploads.queries import owner_of


def lock_owner(owner_id: int) -> None:
    """Keeps two windows from changing one register at once."""
    db.session.execute(select(SchoolOwner.organisation_id).where(SchoolOwner.organisation_id == owner_id).with_for_update())


def schools(owner_id: int) -> Sequence[School]:
    """By name."""
    own = select(School).join(School.organisation).options(joinedload(School.organisation)).where(School.owner_id == owner_id)
    return db.session.scalars(own.order_by(Organisation.name, School.organisation_id)).all()


def own_school(actor: Actor, uuid: UUID) -> School:
    """Raises NotFound for another owner's."""
    own = select(School).join(School.organisation).options(joinedload(School.organisation), joinedload(School.municipality).joinedload(Municipality.county))
    found = db.session.scalar(own.where(Organisation.uuid == uuid, School.owner_id == owner_of(actor)))
    if found is None:
        raise NotFound(_("You have no such school."))
    return found


def known(owner_id: int) -> words.Known:
    """What the words of a file are looked up in."""
    body = Organisation.__table__.alias()
    others = select(Organisation.number, body.c.name).join(School, School.organisation_id == Organisation.id).join(body, body.c.id == School.owner_id)
    elsewhere = db.session.execute(others.where(School.owner_id != owner_id, Organisation.number.is_not(None))).all()
    return words.known(schools(owner_id), elsewhere, subjects())


def subjects() -> Sequence[Subject]:
    """What one can teach, in the order of the register."""
    taught = select(Subject).where(Subject.kind.in_((SubjectKind.SCHOOL, SubjectKind.AREA)))
    return db.session.scalars(taught.order_by(Subject.position)).all()


def requirements(on: date) -> dict[tuple[int, Band], Decimal]:
    """The credits required on a day, by subject and band."""
    rows = db.session.execute(select(Requirement.subject_id, Requirement.band, Requirement.credits).where(holds(Requirement, on)).order_by(Requirement.id))
    return {(subject, band): credits for subject, band, credits in rows}


def lines(owner_id: int) -> Sequence[Row]:
    """School, subject, band and credits of everything that the staff of an owner teach."""
    taught = select(StaffTeaching.school_id, StaffTeaching.subject_id, StaffTeaching.band, StaffTeaching.credits)
    return db.session.execute(taught.join(StaffTeaching.member).where(StaffMember.owner_id == owner_id)).all()


def staff_at(place: School) -> Sequence[StaffMember]:
    """Those of its owner who work or teach at a school, by name, with all that they teach. What an owner before has kept stays theirs."""
    here = StaffMember.school_id == place.organisation_id
    there = StaffMember.teaching.any(StaffTeaching.school_id == place.organisation_id)
    wanted = select(StaffMember).where(StaffMember.owner_id == place.owner_id, here | there).options(selectinload(StaffMember.teaching).joinedload(StaffTeaching.subject))
    return db.session.scalars(wanted.order_by(StaffMember.name, StaffMember.id)).all()


def register(owner_id: int) -> Sequence[StaffMember]:
    """Everybody an owner has, with what they teach."""
    wanted = select(StaffMember).where(StaffMember.owner_id == owner_id).options(selectinload(StaffMember.teaching))
    return db.session.scalars(wanted.order_by(StaffMember.name, StaffMember.id)).all()


def whole_register(owner_id: int) -> Sequence[Row]:
    """What is taken out as a file: a row for each thing somebody teaches, and one for who teaches nothing that is known."""
    at = Organisation.__table__.alias()
    wanted = (
        select(StaffMember.reference, StaffMember.name, at.c.number, at.c.name.label("school"), Subject, StaffTeaching.band, StaffTeaching.credits)
        .outerjoin(StaffTeaching, StaffTeaching.staff_id == StaffMember.id)
        .outerjoin(Subject, Subject.id == StaffTeaching.subject_id)
        .join(at, at.c.id == db.func.coalesce(StaffTeaching.school_id, StaffMember.school_id))
        .where(StaffMember.owner_id == owner_id)
        .order_by(at.c.name, StaffMember.name, StaffMember.id, StaffTeaching.id)
    )
    return db.session.execute(wanted).all()


def any_made_up(owner_id: int) -> bool:
    return db.session.scalar(select(StaffMember.id).where(StaffMember.owner_id == owner_id, StaffMember.made_up).limit(1)) is not None


def by_reference(owner_id: int, reference: str) -> StaffMember | None:
    return db.session.scalar(select(StaffMember).where(StaffMember.owner_id == owner_id, StaffMember.reference == reference))


def own_teaching(actor: Actor, uuid: UUID) -> StaffTeaching:
    """Raises NotFound for another owner's."""
    mine = select(StaffTeaching).join(StaffTeaching.member).where(StaffTeaching.uuid == uuid, StaffMember.owner_id == owner_of(actor))
    found = db.session.scalar(mine.options(joinedload(StaffTeaching.member), joinedload(StaffTeaching.school).joinedload(School.organisation)))
    if found is None:
        raise NotFound(_("There is no such row in your register."))
    return found


def own_member(actor: Actor, uuid: UUID) -> StaffMember:
    """Raises NotFound for another owner's."""
    found = db.session.scalar(select(StaffMember).where(StaffMember.uuid == uuid, StaffMember.owner_id == owner_of(actor)))
    if found is None:
        raise NotFound(_("There is nobody like that in your register."))
    return found
