"""Roles given by hand: which role fits which body, and what is added when one is given or ended. The use cases in services.py commit."""

from datetime import date, datetime, timedelta

from accounts import audit, signals
from accounts.models import Membership, Organisation, OrganisationKind, Person, Role
from config.clock import day_of
from config.database import db
from config.errors import Refusal
from config.languages import _

FITS = {
    Role.TEACHER: OrganisationKind.SCHOOL,
    Role.HEAD: OrganisationKind.SCHOOL,
    Role.EDITOR: OrganisationKind.INSTITUTION,
    Role.OWNER: OrganisationKind.OWNER,
    Role.UNION: OrganisationKind.OWNER,
    Role.COORDINATOR: OrganisationKind.REGION,
    Role.GOVERNOR: OrganisationKind.GOVERNOR,
    Role.KS: OrganisationKind.ASSOCIATION,
    Role.AUTHORITY: OrganisationKind.AUTHORITY,
}


class RoleDoesNotFit(Refusal):
    code = "role-does-not-fit"


def put_on(person: Person, role: Role, body: Organisation, *, until: date | None, at: datetime) -> Membership:
    """The hat, from today. Giving it again changes its last day. Raises RoleDoesNotFit."""
    if body.kind is not FITS[role]:
        raise RoleDoesNotFit(_("“%(name)s” is no body that this role can be held for.", name=body.name))
    hat = next((one for one in person.memberships if one.role is role and one.organisation_id == body.id), None)
    hat = hat or Membership(person=person, organisation_id=body.id, role=role)
    if hat.id is None or not hat.holds(day_of(at)):
        hat.valid_from = day_of(at)
    hat.valid_to, hat.told_by = until, None
    db.session.add(hat)
    db.session.flush()
    audit.record("membership", hat.uuid, "begin", by=None, at=at, organisation_id=body.id)
    signals.hat_given.send(hat, at=at)
    return hat


def take_off(hat: Membership, *, at: datetime) -> None:
    """Ends a hat with yesterday, so that the next page is already without it."""
    hat.valid_to = day_of(at) - timedelta(days=1)
    audit.record("membership", hat.uuid, "end", by=None, at=at, organisation_id=hat.organisation_id)
