"""Signing in and out, and one's own account."""

from accounts import queries
from accounts.models import Membership, Message, Person, Role, SignIn
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


def _sign_in(half, me: Person) -> dict:
    return {"sign_in": _kept(SignIn(token_digest=f"digest of {me.uuid}", person_id=me.id, provider="test", began_at=factories.MONDAY, seen_at=factories.MONDAY))}


def _message(half, me: Person) -> dict:
    return {"message": _kept(Message(person_id=me.id, at=factories.MONDAY, kind="seat-offered", facts={}))}


def _kept(row):
    kind = type(row)
    known = db.session.query(kind).filter_by(person_id=row.person_id).order_by(kind.id).first()
    if known is None:
        db.session.add(row)
        db.session.commit()
    return (known or row).uuid


def _nameless(half, me: Person) -> dict:
    queries.person(me.id).name_is_own = True
    db.session.commit()
    return {"name": "Kari Nordmann"}


POLICY = {
    "accounts.sign_in_page": Rule(EVERYBODY),
    "accounts.sign_in_as_made_up": Rule(EVERYBODY, address=_made_up),
    "accounts.sign_in_with": Rule(EVERYBODY, address=lambda half, me: {"key": "nobody"}, own=404),
    "accounts.come_back": Rule(EVERYBODY, address=lambda half, me: {"key": "nobody"}, own=404),
    "accounts.leave_from_afar": Rule(EVERYBODY, address=lambda half, me: {"key": "nobody"}, own=404, csrf=False),
    "accounts.leave_in_a_frame": Rule(EVERYBODY, address=lambda half, me: {"key": "nobody"}, own=404),
    "accounts.sign_out": Rule(SIGNED_IN),
    "accounts.signed_out": Rule(EVERYBODY),
    "accounts.choose_language": Rule(EVERYBODY, address=lambda half, me: {"code": "nn"}, own=302),
    "accounts.keep_language": Rule(SIGNED_IN, form=lambda half, me: {"language": "nn"}),
    "accounts.account": Rule(SIGNED_IN),
    "accounts.wear_hat": Rule(SIGNED_IN, address=_hat),
    "accounts.name_page": Rule(SIGNED_IN, query=_nameless),
    "accounts.take_name": Rule(SIGNED_IN, form=_nameless),
    "accounts.messages": Rule(SIGNED_IN),
    "accounts.read_messages": Rule(SIGNED_IN),
    "accounts.read_message": Rule(SIGNED_IN, address=_message),
    "accounts.privacy": Rule(SIGNED_IN),
    "accounts.end_sign_in": Rule(SIGNED_IN, address=_sign_in),
    "accounts.end_other_sign_ins": Rule(SIGNED_IN),
}
