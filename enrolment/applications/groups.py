"""Every select on colleagues who apply together."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload, selectinload

from accounts.acting import Actor
from accounts.models import Person
from catalog.offers.models import Module, Offering
from catalog.values import Strand
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.allocation.values import Group
from enrolment.applications.lifecycle import Case, Fellow
from enrolment.applications.models import Application, ApplicationGroup, AskedRun, GroupFellow, HeadsAsking
from enrolment.applications.values import Together
from enrolment.schools.models import School, SchoolOwner, Teacher

_FELLOWS = selectinload(ApplicationGroup.fellows)
_ASKED_BY = joinedload(ApplicationGroup.asking).joinedload(HeadsAsking.asked_by)
_OF_MODULE = joinedload(Module.course), joinedload(Module.institution)
_STUDY = joinedload(ApplicationGroup.asking).selectinload(HeadsAsking.runs).joinedload(AskedRun.offering).joinedload(Offering.module).options(*_OF_MODULE)
_WHOLE = (
    joinedload(ApplicationGroup.founder),
    joinedload(ApplicationGroup.cycle),
    _FELLOWS.joinedload(GroupFellow.person),
    _FELLOWS.joinedload(GroupFellow.application).joinedload(Application.owner).joinedload(SchoolOwner.organisation),
)


def group_of(case: Application) -> ApplicationGroup | None:
    """The group that an application is in."""
    joined = select(ApplicationGroup).join(GroupFellow).where(GroupFellow.application_id == case.id, GroupFellow.state == Fellow.JOINED)
    return db.session.scalar(joined.options(*_WHOLE))


def invitation(actor: Actor, group: UUID) -> tuple[ApplicationGroup, GroupFellow]:
    """A group one has been invited to. Raises NotFound for one that is not."""
    found = db.session.scalar(select(ApplicationGroup).where(ApplicationGroup.uuid == group).options(*_WHOLE, _ASKED_BY, _STUDY))
    mine = next((one for one in found.fellows if one.person_id == actor.person_id), None) if found else None
    if mine is None:
        raise NotFound(_("You have no such invitation."))
    return found, mine


def lock(group: ApplicationGroup) -> None:
    """Keeps two windows from changing one group at once."""
    db.session.execute(select(ApplicationGroup.id).where(ApplicationGroup.id == group.id).with_for_update())


def open_invitations(actor: Actor) -> Sequence[ApplicationGroup]:
    """Groups that wait for one's answer."""
    asked = select(ApplicationGroup).join(GroupFellow).where(GroupFellow.person_id == actor.person_id, GroupFellow.state == Fellow.INVITED)
    return db.session.scalars(asked.options(joinedload(ApplicationGroup.founder), joinedload(ApplicationGroup.cycle), _ASKED_BY).order_by(ApplicationGroup.id)).all()


def colleagues(case: Application) -> Sequence[Person]:
    """Other teachers of the application's school, by name."""
    return [one for one in teachers(case.school_id) if one.id != case.person_id]


def teachers(school_id: int | None) -> Sequence[Person]:
    """Those of a school, by name."""
    there = select(Person).join(Teacher, Teacher.person_id == Person.id).join(School, School.organisation_id == Teacher.school_id)
    return db.session.scalars(there.where(Teacher.school_id == school_id).order_by(Person.name, Person.id)).all()


def asked_at_school(school_id: int, cycle_id: int, strand: Strand) -> Sequence[ApplicationGroup]:
    """The groups that the head of a school has begun in a round and strand, the oldest first."""
    begun = select(ApplicationGroup).join(ApplicationGroup.asking).where(HeadsAsking.school_id == school_id, ApplicationGroup.cycle_id == cycle_id)
    return db.session.scalars(begun.where(ApplicationGroup.strand == strand).options(*_WHOLE, _ASKED_BY, _STUDY).order_by(ApplicationGroup.id)).unique().all()


def fellow_cases(group: ApplicationGroup) -> list[Application]:
    """The applications of those who have joined, the founder's first."""
    joined = [one for one in group.fellows if one.state is Fellow.JOINED]
    return [one.application for one in sorted(joined, key=lambda one: (one.person_id != group.founder_id, one.id))]


def fellows(cases: Collection[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Of several applications those that are in a group, each with the others of its group that have joined."""
    mine, other, one, another = aliased(GroupFellow), aliased(GroupFellow), aliased(Application), aliased(Application)
    pairs = select(one.uuid, another.uuid).join(mine, mine.application_id == one.id).join(other, other.group_id == mine.group_id).join(another, another.id == other.application_id)
    joined = pairs.where(one.uuid.in_(cases), mine.state == Fellow.JOINED, other.state == Fellow.JOINED, one.id != another.id)
    found: dict[UUID, tuple[UUID, ...]] = {}
    for case, fellow in db.session.execute(joined.order_by(other.id)):
        found[case] = (*found.get(case, ()), fellow)
    return found


def for_allocation(cycle_id: int, strand: Strand, applicants: Collection[str]) -> tuple[Group, ...]:
    """The groups of a round and strand as an allocation reads them, keys being UUIDs of groups and of applications. Only those count who have sent their
    application and are among the applicants; with fewer than the least, or than two, they apply each by themselves."""
    wanted = select(ApplicationGroup).where(ApplicationGroup.cycle_id == cycle_id, ApplicationGroup.strand == strand).options(*_WHOLE)
    found = ((one, _members(one, applicants)) for one in db.session.scalars(wanted.order_by(ApplicationGroup.id)).unique())
    return tuple(Group(str(one.uuid), members, one.mode is Together.WHOLE, one.least) for one, members in found if len(members) >= max(one.least, 2))


def _members(group: ApplicationGroup, applicants: Collection[str]) -> tuple[str, ...]:
    """Of an all-or-nothing group all who have sent it, or nobody."""
    sent = [one for one in fellow_cases(group) if one.state is Case.SENT]
    counted = [one for one in sent if str(one.uuid) in applicants]
    if len({_packages(one) for one in counted}) > 1 or group.mode is Together.WHOLE and len(counted) < len(sent):
        return ()
    return tuple(str(one.uuid) for one in counted)


def _packages(case: Application) -> tuple[tuple[int, ...], ...]:
    ranked = sorted(case.ranked_choices, key=lambda one: one.position)
    return tuple(tuple(run.offering_id for run in choice.runs) for choice in ranked)
