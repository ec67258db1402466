"""Every select on forums. A forum is read by its own region's parties; it is written by its coordinator alone."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.acting import Actor
from accounts.models import Organisation, OrganisationKind, Role
from accounts.queries import wearing
from catalog.institutions.models import Institution
from catalog.places.models import GovernorCounty, Municipality, Region, RegionCounty, RegionInstitution
from catalog.values import Band
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from enrolment.schools.models import School, SchoolOwner
from regions.competence.lifecycle import Part
from regions.competence.models import CompetencePlan, PlanPart
from regions.coverage.queries import governed, region_of
from regions.forum.lifecycle import Meeting
from regions.forum.models import ForumDecision, ForumMeeting, ForumParty, ForumPresence, GovernorNote, PartyKind

_DECISIONS = selectinload(ForumMeeting.decisions).options(joinedload(ForumDecision.subject), joinedload(ForumDecision.party))


def regions(actor: Actor, on: date) -> Sequence[Region]:
    """The regions whose forum somebody reads: their own, their institution's, those of the counties of their schools or that they look after;
    for KS those that it is a party of; all, for the authority."""
    wanted = select(Region).order_by(Region.name_nb)
    if actor.role is Role.COORDINATOR:
        wanted = wanted.where(Region.organisation_id == actor.organisation_id)
    elif actor.role is Role.EDITOR:
        mine = select(RegionInstitution.region_id).where(RegionInstitution.institution_id == actor.organisation_id, holds(RegionInstitution, on))
        wanted = wanted.where(Region.organisation_id.in_(mine))
    elif actor.role is Role.KS:
        mine = select(ForumParty.region_id).where(ForumParty.kind == PartyKind.KS, ForumParty.organisation_id == actor.organisation_id, ForumParty.ended_on.is_(None))
        wanted = wanted.where(Region.organisation_id.in_(mine))
    elif actor.role is not Role.AUTHORITY:
        wanted = wanted.where(Region.organisation_id.in_(_of_counties(_counties_of(actor, on), on)))
    return db.session.scalars(wanted).all()


def _of_counties(counties: Select | Collection[int], on: date) -> Select:
    return select(RegionCounty.region_id).where(RegionCounty.county_id.in_(counties), holds(RegionCounty, on))


def _counties_of(actor: Actor, on: date) -> Select:
    if actor.role is Role.GOVERNOR:
        return governed(actor, on)
    return select(Municipality.county_id).join(School, School.municipality_id == Municipality.id).where(School.owner_id == actor.organisation_id)


def meetings(region_id: int) -> Sequence[ForumMeeting]:
    """The latest first, with what they decided."""
    return db.session.scalars(select(ForumMeeting).where(ForumMeeting.region_id == region_id).options(_DECISIONS).order_by(ForumMeeting.held_on.desc(), ForumMeeting.id.desc())).all()


def planned(region_id: int, until: date) -> Sequence[ForumMeeting]:
    """Those whose minutes are not published and that are held by a day, the first to be held first."""
    mine = select(ForumMeeting).where(ForumMeeting.region_id == region_id, ForumMeeting.state == Meeting.PLANNED, ForumMeeting.held_on <= until)
    return db.session.scalars(mine.order_by(ForumMeeting.held_on, ForumMeeting.id)).all()


def next_meeting(region_id: int, on: date) -> date | None:
    """The day of the next meeting that is called, today included."""
    wanted = select(func.min(ForumMeeting.held_on)).where(ForumMeeting.region_id == region_id, ForumMeeting.state == Meeting.PLANNED, ForumMeeting.held_on >= on)
    return db.session.scalar(wanted)


def undone(region_id: int) -> int:
    """How many decisions of held meetings are not done."""
    wanted = select(func.count()).select_from(ForumDecision).join(ForumDecision.meeting)
    return db.session.scalar(wanted.where(ForumMeeting.region_id == region_id, ForumMeeting.state == Meeting.HELD, ForumDecision.done_on.is_(None))) or 0


def due(region_id: int, until: date) -> tuple[int, date | None]:
    """How many decisions are to be done by a day and are not, and the first of their days."""
    held = (ForumMeeting.region_id == region_id) & (ForumMeeting.state == Meeting.HELD)
    left = select(func.count(), func.min(ForumDecision.due_on)).join(ForumDecision.meeting).where(held, ForumDecision.done_on.is_(None), ForumDecision.due_on <= until)
    many, first = db.session.execute(left).one()
    return many, first


def meeting(actor: Actor, uuid: UUID, on: date) -> ForumMeeting:
    """Raises NotFound for another region's."""
    mine = [one.organisation_id for one in regions(actor, on)]
    whole = (joinedload(ForumMeeting.region), _DECISIONS, selectinload(ForumMeeting.present).joinedload(ForumPresence.party))
    return _found(db.session.scalar(select(ForumMeeting).where(ForumMeeting.uuid == uuid, ForumMeeting.region_id.in_(mine)).options(*whole)))


def own_meeting(actor: Actor, uuid: UUID) -> ForumMeeting:
    """The coordinator's own, under a lock. Raises NotFound."""
    region = region_of(actor)
    return _found(db.session.scalar(select(ForumMeeting).where(ForumMeeting.uuid == uuid, ForumMeeting.region_id == region.organisation_id).with_for_update()))


def own_decision(actor: Actor, uuid: UUID) -> ForumDecision:
    """Of the coordinator's own region. Raises NotFound."""
    region = region_of(actor)
    return _found(db.session.scalar(select(ForumDecision).join(ForumDecision.meeting).where(ForumDecision.uuid == uuid, ForumMeeting.region_id == region.organisation_id)))


def own_party(actor: Actor, uuid: UUID) -> ForumParty:
    """Of the coordinator's own region. Raises NotFound."""
    region = region_of(actor)
    return _found(db.session.scalar(select(ForumParty).where(ForumParty.uuid == uuid, ForumParty.region_id == region.organisation_id)))


def _found(row):
    if row is None:
        raise NotFound(_("There is nothing like that in a forum of yours."))
    return row


def parties(region_id: int) -> Sequence[ForumParty]:
    """Those that belong to it now, by kind and name."""
    wanted = select(ForumParty).where(ForumParty.region_id == region_id, ForumParty.ended_on.is_(None))
    return sorted(db.session.scalars(wanted), key=lambda one: (list(PartyKind).index(one.kind), one.name))


def bodies(region: Region, on: date) -> dict[PartyKind, list[Organisation]]:
    """Who may belong to a region's forum: the owners and governors of its counties, its institutions, and KS; by name."""
    counties = select(RegionCounty.county_id).where(RegionCounty.region_id == region.organisation_id, holds(RegionCounty, on))
    schools = select(School.owner_id).join(Municipality, Municipality.id == School.municipality_id).where(Municipality.county_id.in_(counties))
    owner = select(SchoolOwner.organisation_id).where(SchoolOwner.organisation_id.in_(schools))
    teaches = select(RegionInstitution.institution_id).where(RegionInstitution.region_id == region.organisation_id, holds(RegionInstitution, on))
    governs = select(GovernorCounty.governor_id).where(GovernorCounty.county_id.in_(counties), holds(GovernorCounty, on))
    ways = {PartyKind.OWNER: owner, PartyKind.INSTITUTION: select(Institution.organisation_id).where(Institution.organisation_id.in_(teaches)), PartyKind.GOVERNOR: governs}
    ways[PartyKind.KS] = select(Organisation.id).where(Organisation.kind == OrganisationKind.ASSOCIATION)
    return {kind: list(db.session.scalars(select(Organisation).where(Organisation.id.in_(keys)).order_by(Organisation.name))) for kind, keys in ways.items()}


def decided_of(region_id: int, subject_id: int, band: Band) -> Sequence[ForumDecision]:
    """What held meetings have decided of a cell, the latest first; a decision of the whole subject counts for each level."""
    whole = joinedload(ForumDecision.meeting), joinedload(ForumDecision.party)
    wanted = select(ForumDecision).join(ForumDecision.meeting).options(*whole).where(ForumMeeting.region_id == region_id, ForumMeeting.state == Meeting.HELD)
    ours = wanted.where(ForumDecision.subject_id == subject_id, or_(ForumDecision.band.is_(None), ForumDecision.band == band))
    return db.session.scalars(ours.order_by(ForumMeeting.held_on.desc(), ForumDecision.id)).all()


def people_of(parties: Sequence[ForumParty], on: date) -> list[int]:
    """Those who act for the parties that are known here: a union's are the union representatives at the owner it faces."""
    roles = {PartyKind.OWNER: Role.OWNER, PartyKind.INSTITUTION: Role.EDITOR, PartyKind.UNION: Role.UNION, PartyKind.GOVERNOR: Role.GOVERNOR, PartyKind.KS: Role.KS}
    return wearing({(roles[one.kind], one.organisation_id) for one in parties if one.kind in roles and one.organisation_id}, on)


def notes(county_ids: Collection[int]) -> Sequence[GovernorNote]:
    """On these counties, the latest first."""
    whole = joinedload(GovernorNote.county), joinedload(GovernorNote.governor), joinedload(GovernorNote.person)
    wanted = select(GovernorNote).where(GovernorNote.county_id.in_(county_ids)).options(*whole)
    return db.session.scalars(wanted.order_by(GovernorNote.at.desc(), GovernorNote.id.desc())).all()


def regions_of_counties(county_ids: Collection[int], on: date) -> dict[int, list[Region]]:
    """By county, every region it belongs to on a day."""
    rows = db.session.execute(select(RegionCounty.county_id, Region).join(Region, Region.organisation_id == RegionCounty.region_id).where(RegionCounty.county_id.in_(county_ids), holds(RegionCounty, on)))
    found: dict[int, list[Region]] = {}
    for county, region in rows:
        found.setdefault(county, []).append(region)
    return found


def plans_by_county(county_ids: Collection[int], study_year: int) -> dict[int, tuple[int, int]]:
    """By county: how many owners have adopted a plan of a study year, and how many owners there are."""
    adopted = select(PlanPart.owner_id).join(CompetencePlan, CompetencePlan.id == PlanPart.plan_id).where(PlanPart.state == Part.ADOPTED, CompetencePlan.study_year == study_year)
    owned = select(Municipality.county_id, School.owner_id).join(School, School.municipality_id == Municipality.id)
    owned = owned.where(Municipality.county_id.in_(county_ids), School.owner_id.is_not(None)).distinct().subquery()
    many = func.sum(case((owned.c.owner_id.in_(adopted), 1), else_=0))
    rows = db.session.execute(select(owned.c.county_id, many, func.count()).group_by(owned.c.county_id))
    return {county: (int(done), whole) for county, done, whole in rows}
