"""Every select of what is shared. What is read is looked up through the reader's school or schools, and only where a consent stands."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from accounts.acting import Actor
from accounts.models import Organisation, Person, Role
from config.database import db
from config.errors import NotAllowed, NotFound
from config.languages import _
from enrolment.byhand import queries as plans
from enrolment.byhand.models import StudyPlan
from enrolment.schools.models import School, Teacher
from enrolment.sharing.models import PlanShare, ProgressShare, Reader

READER_OF = {Role.HEAD: Reader.HEAD, Role.OWNER: Reader.OWNER}


def own_shares(actor: Actor) -> dict[Reader, ProgressShare]:
    """The consents that stand, by who reads."""
    mine = select(ProgressShare).where(ProgressShare.person_id == actor.person_id, ProgressShare.ended_at.is_(None))
    return {share.reader: share for share in db.session.scalars(mine)}


def shares_of_plan(plan: StudyPlan) -> Sequence[PlanShare]:
    """Those that stand, the one with the head first."""
    standing = select(PlanShare).where(PlanShare.plan_id == plan.id, PlanShare.ended_at.is_(None))
    return db.session.scalars(standing.order_by(PlanShare.token_digest.is_not(None), PlanShare.id)).all()


def own_plan_share(actor: Actor, share: UUID) -> PlanShare:
    """One that stands of a plan of one's own. Raises NotFound."""
    mine = select(PlanShare).join(PlanShare.plan).options(joinedload(PlanShare.plan)).where(StudyPlan.person_id == actor.person_id, PlanShare.uuid == share)
    found = db.session.scalar(mine.where(PlanShare.ended_at.is_(None)))
    if found is None:
        raise NotFound(_("You share no such plan."))
    return found


def share_with(digest: str) -> PlanShare | None:
    return db.session.scalar(select(PlanShare).options(joinedload(PlanShare.plan).joinedload(StudyPlan.person)).where(PlanShare.token_digest == digest))


def shared_plan(share: PlanShare) -> StudyPlan:
    """The plan with everything its page shows."""
    return plans.plans_where(StudyPlan.id == share.plan_id)[0]


def _reader(actor: Actor) -> Reader:
    if actor.role not in READER_OF:
        raise NotAllowed("You must act in another role to do this.")
    return READER_OF[actor.role]


def _teachers(actor: Actor):
    """The teachers at the reader's school or schools who share something with that kind of reader, with the name of the school."""
    reader, own = _reader(actor), School.organisation_id if actor.role is Role.HEAD else School.owner_id
    progress = exists().where(ProgressShare.person_id == Person.id, ProgressShare.reader == reader, ProgressShare.ended_at.is_(None))
    plan = exists().where(
        PlanShare.plan_id == StudyPlan.id, StudyPlan.person_id == Person.id, PlanShare.token_digest.is_(None), PlanShare.ended_at.is_(None)
    )
    return (
        select(Person, Organisation.name, progress.label("progress"))
        .join(Teacher, Teacher.person_id == Person.id)
        .join(School, School.organisation_id == Teacher.school_id)
        .join(Organisation, Organisation.id == School.organisation_id)
        .where(own == actor.organisation_id, Person.disabled_at.is_(None), or_(progress, plan) if reader is Reader.HEAD else progress)
    )


def teachers(actor: Actor) -> list[tuple[Person, str, bool]]:
    """Who shares something with this reader: the person, the school, and whether it is progress; by name."""
    return [tuple(row) for row in db.session.execute(_teachers(actor).order_by(Person.name, Person.id))]


def teacher(actor: Actor, person: UUID) -> tuple[Person, str, bool]:
    """Raises NotFound where nothing is shared with this reader."""
    found = db.session.execute(_teachers(actor).where(Person.uuid == person)).first()
    if found is None:
        raise NotFound(_("No teacher at your school shares this with you."))
    return tuple(found)


def plans_with_head(actor: Actor, person: Person) -> Sequence[StudyPlan]:
    """The plans that a teacher shares with the head, the one changed last first. An owner is shown none."""
    return _with_head(StudyPlan.person_id == person.id) if actor.role is Role.HEAD else []


def plan_with_head(actor: Actor, plan: UUID) -> StudyPlan:
    """Raises NotFound for a plan that is not shared, or of a teacher elsewhere."""
    actor.require(Role.HEAD)
    here = exists().where(Teacher.person_id == StudyPlan.person_id, Teacher.school_id == actor.organisation_id)
    still_here = StudyPlan.person.has(Person.disabled_at.is_(None))
    found = _with_head(StudyPlan.uuid == plan, here, still_here)
    if not found:
        raise NotFound(_("No teacher at your school shares this with you."))
    return found[0]


def _with_head(*where) -> Sequence[StudyPlan]:
    shared = exists().where(PlanShare.plan_id == StudyPlan.id, PlanShare.token_digest.is_(None), PlanShare.ended_at.is_(None))
    return plans.plans_where(shared, *where)
