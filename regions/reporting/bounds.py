"""What each role's reports are about, said once for every query of a report."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select, true

from accounts.acting import Actor
from accounts.models import Role
from catalog.offers.models import Module
from catalog.places.models import Municipality, RegionCounty, RegionInstitution
from config.database import holds
from config.errors import NotAllowed
from config.languages import _
from enrolment.schools.models import School
from regions.coverage.queries import governed

REPORTS = (Role.AUTHORITY, Role.COORDINATOR, Role.GOVERNOR, Role.OWNER, Role.HEAD, Role.EDITOR)
SEES_PEOPLE = (Role.OWNER, Role.HEAD, Role.EDITOR)  # they know their own teachers and participants by name
SEES_CAUSES = (Role.OWNER, Role.EDITOR)  # who interrupts is told that these read it; the others see counts of five and more
SEES_SEATS = (Role.AUTHORITY, Role.EDITOR, Role.COORDINATOR, Role.GOVERNOR)  # who have studies within their bounds; an owner and a head have teachers alone


def within(actor: Actor, on: date) -> ColumnElement[bool]:
    """The condition that keeps a report within what one answers for; School, Municipality and Module are joined. Raises NotAllowed."""
    body = actor.organisation_id
    if actor.role is Role.AUTHORITY:
        return true()
    if actor.role is Role.EDITOR:
        return Module.institution_id == body
    if actor.role is Role.OWNER:
        return School.owner_id == body
    if actor.role is Role.HEAD:
        return School.organisation_id == body
    if actor.role is Role.COORDINATOR:
        return Municipality.county_id.in_(_counties(body, on))
    if actor.role is Role.GOVERNOR:
        return Municipality.county_id.in_(governed(actor, on))
    raise NotAllowed(_("Your role has no reports."))


def _counties(region_id: int, on: date):
    return select(RegionCounty.county_id).where(RegionCounty.region_id == region_id, holds(RegionCounty, on))


def studies_within(actor: Actor, on: date) -> ColumnElement[bool]:
    """The same for the studies themselves, of which seats are told; Municipality is where a run is held. What is held nowhere, as online, is of the regions of
    its institution and of no county. Raises NotAllowed."""
    if actor.role is Role.COORDINATOR:
        ours = select(RegionInstitution.institution_id).where(RegionInstitution.region_id == actor.organisation_id, holds(RegionInstitution, on))
        nowhere = and_(Municipality.county_id.is_(None), Module.institution_id.in_(ours))
        return or_(Municipality.county_id.in_(_counties(actor.organisation_id, on)), nowhere)
    if actor.role in SEES_SEATS:
        return within(actor, on)
    raise NotAllowed(_("Your role has no reports of seats."))
