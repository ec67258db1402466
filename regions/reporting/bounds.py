"""What each role's reports are about, said once for every query of a report."""

from datetime import date

from sqlalchemy import ColumnElement, select, true

from accounts.acting import Actor
from accounts.models import Role
from catalog.offers.models import Module
from catalog.places.models import Municipality, RegionCounty
from config.database import holds
from config.errors import NotAllowed
from config.languages import _
from enrolment.schools.models import School
from regions.coverage.queries import governed

REPORTS = (Role.AUTHORITY, Role.COORDINATOR, Role.GOVERNOR, Role.OWNER, Role.HEAD, Role.EDITOR)
SEES_PEOPLE = (Role.OWNER, Role.HEAD, Role.EDITOR)  # they know their own teachers and participants by name
SEES_CAUSES = (Role.OWNER, Role.EDITOR)  # who interrupts is told that these read it; the others see counts of five and more
SEES_SEATS = (Role.AUTHORITY, Role.EDITOR)  # whose bounds are studies, so that unused seats are theirs


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
        return Municipality.county_id.in_(select(RegionCounty.county_id).where(RegionCounty.region_id == body, holds(RegionCounty, on)))
    if actor.role is Role.GOVERNOR:
        return Municipality.county_id.in_(governed(actor, on))
    raise NotAllowed(_("Your role has no reports."))
