"""Every select on competence plans. A plan is looked up through those whose plan it is, or who may read it."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.acting import Actor
from accounts.models import Organisation, Role
from catalog.offers.models import Module, Offering
from catalog.places.models import Municipality
from catalog.values import Semester, Term
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.schools.models import School, SchoolOwner, Teacher
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from regions.competence.lifecycle import Part, Plan
from regions.competence.models import CompetencePlan, Measure, PlanPart, PlanRemark
from regions.coverage.queries import governed

_OWNER = joinedload(PlanPart.owner).joinedload(SchoolOwner.organisation)
_WHOLE = (
    selectinload(CompetencePlan.parts).options(_OWNER),
    selectinload(CompetencePlan.measures).options(joinedload(Measure.subject), joinedload(Measure.owner).joinedload(SchoolOwner.organisation)),
    selectinload(CompetencePlan.remarks).options(joinedload(PlanRemark.person), joinedload(PlanRemark.owner).joinedload(SchoolOwner.organisation)),
)


def readable(actor: Actor, on: date) -> Sequence[CompetencePlan]:
    """The plans somebody may read, the latest year first."""
    wanted = select(CompetencePlan).where(_may_read(actor, on)).options(selectinload(CompetencePlan.parts).options(_OWNER))
    return db.session.scalars(wanted.order_by(CompetencePlan.study_year.desc(), CompetencePlan.id.desc())).all()


def _may_read(actor: Actor, on: date):
    """An owner's own and those it is invited to; a union's once they are sent for remarks; a governor's once an owner in its counties has adopted them."""
    part = select(PlanPart.plan_id)
    if actor.role is Role.OWNER:
        return CompetencePlan.id.in_(part.where(PlanPart.owner_id == actor.organisation_id, PlanPart.state != Part.DECLINED))
    if actor.role is Role.UNION:
        mine = part.where(PlanPart.owner_id == actor.organisation_id, PlanPart.state.in_((Part.JOINED, Part.ADOPTED)))
        return CompetencePlan.id.in_(mine) & (CompetencePlan.state == Plan.CONSULTED)
    return CompetencePlan.id.in_(part.where(PlanPart.state == Part.ADOPTED, PlanPart.owner_id.in_(_owners_in(governed(actor, on)))))


def _owners_in(counties: Select | Collection[int]) -> Select:
    """The owners with a school in these counties."""
    return select(School.owner_id).join(Municipality, Municipality.id == School.municipality_id).where(Municipality.county_id.in_(counties), School.owner_id.is_not(None))


def plan(actor: Actor, uuid: UUID, on: date) -> CompetencePlan:
    """Raises NotFound for one that is not for this hat."""
    return _found(select(CompetencePlan).where(CompetencePlan.uuid == uuid, _may_read(actor, on)).options(*_WHOLE))


def invitations(actor: Actor) -> int:
    """How many plans an owner is invited to and has not answered."""
    asked = select(func.count()).select_from(PlanPart).where(PlanPart.owner_id == actor.organisation_id, PlanPart.state == Part.INVITED)
    return db.session.scalar(asked) or 0


def own(actor: Actor, uuid: UUID) -> CompetencePlan:
    """One that the owner takes part in, under a lock. Raises NotFound for another's."""
    actor.require(Role.OWNER)
    mine = select(PlanPart.plan_id).where(PlanPart.owner_id == actor.organisation_id, PlanPart.state.in_((Part.JOINED, Part.ADOPTED)))
    return _found(select(CompetencePlan).where(CompetencePlan.uuid == uuid, CompetencePlan.id.in_(mine)).with_for_update())


def invited(actor: Actor, uuid: UUID) -> CompetencePlan:
    """One that the owner is invited to, or was. Raises NotFound."""
    actor.require(Role.OWNER)
    mine = select(PlanPart.plan_id).where(PlanPart.owner_id == actor.organisation_id)
    return _found(select(CompetencePlan).where(CompetencePlan.uuid == uuid, CompetencePlan.id.in_(mine)).with_for_update())


def _found(wanted: Select) -> CompetencePlan:
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound(_("There is no such plan for you."))
    return found


def measure_of(whose: CompetencePlan, owner_id: int, uuid: UUID) -> Measure:
    """An owner's own measure. Raises NotFound for another's."""
    found = next((one for one in whose.measures if one.uuid == uuid and one.owner_id == owner_id), None)
    if found is None:
        raise NotFound(_("The plan has no such measure of yours."))
    return found


def neighbours(owner_id: int) -> Sequence[SchoolOwner]:
    """The other owners with schools in the same counties, by name."""
    mine = select(Municipality.county_id).join(School, School.municipality_id == Municipality.id).where(School.owner_id == owner_id)
    wanted = select(SchoolOwner).join(SchoolOwner.organisation).options(joinedload(SchoolOwner.organisation))
    return db.session.scalars(wanted.where(SchoolOwner.organisation_id.in_(_owners_in(mine)), SchoolOwner.organisation_id != owner_id).order_by(Organisation.name)).all()


def recorded(owner_id: int, study_year: int) -> dict[int, int]:
    """By subject, how many seats in the runs that begin in a study year the owner's teachers have completed here."""
    wanted = (
        select(Module.subject_id, func.count())
        .join(Offering, Offering.module_id == Module.id)
        .join(Enrolment, Enrolment.offering_id == Offering.id)
        .join(Teacher, Teacher.person_id == Enrolment.person_id)
        .join(School, School.organisation_id == Teacher.school_id)
        .where(School.owner_id == owner_id, Enrolment.state == Seat.COMPLETED)
        .where(Offering.semester.in_((Semester(study_year, Term.AUTUMN), Semester(study_year + 1, Term.SPRING))))
        .group_by(Module.subject_id)
    )
    return {subject: many for subject, many in db.session.execute(wanted)}
