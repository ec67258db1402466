"""Signing in and out, and one's own account."""

from accounts.models import Membership, Person, Role
from config.database import db
from tests import factories
from tests.access.policy import EVERYBODY, SIGNED_IN, Rule


def _hat(half, me: Person) -> dict:
    if not me.memberships:
        me.memberships.append(Membership(organisation_id=half.school.organisation_id, role=Role.TEACHER))
        db.session.commit()
    return {"membership": me.memberships[0].uuid}


def _made_up(half, me: Person) -> dict:
    return {"person": factories.person("Made Up", made_up=True).uuid}


POLICY = {
    "accounts.sign_in_page": Rule(EVERYBODY),
    "accounts.sign_in_as_made_up": Rule(EVERYBODY, address=_made_up),
    "accounts.sign_out": Rule(SIGNED_IN),
    "accounts.wear_hat": Rule(SIGNED_IN, address=_hat),
    "accounts.choose_language": Rule(EVERYBODY, address=lambda half, me: {"code": "nn"}, own=302),
}
