"""What a person does with their own account: one function, one use case, one commit."""

import secrets
from datetime import datetime

from accounts import audit, queries
from accounts.acting import Actor
from accounts.models import Person, SignIn
from config.clock import day_of
from config.database import db
from config.errors import NotFound
from config.languages import _


def sign_in(person: Person, *, provider: str, at: datetime, id_token: str | None = None, browser: str | None = None) -> str:
    """Opens a new sign-in under the person's first hat and returns its token (256 bits), which is kept nowhere here."""
    token = secrets.token_urlsafe(32)
    hats = queries.hats(person.id, day_of(at))
    opened = SignIn(
        token_digest=queries.digest(token),
        person_id=person.id,
        membership_id=hats[0].id if hats else None,
        provider=provider,
        id_token=id_token,
        browser=browser,
        began_at=at,
        seen_at=at,
    )
    db.session.add(opened)
    db.session.flush()
    audit.record("sign-in", opened.uuid, "begin", by=actor_of(opened), at=at)
    db.session.commit()
    return token


def sign_out(token: str, *, at: datetime) -> SignIn | None:
    """Ends the sign-in for every worker at once. Returns what was ended, for the provider's own sign-out."""
    ended = queries.live_sign_in(token, at)
    if ended:
        ended.ended_at = at
        audit.record("sign-in", ended.uuid, "end", by=actor_of(ended), at=at)
        db.session.commit()
    return ended


def wear_hat(token: str, membership_uuid, *, at: datetime) -> None:
    """Changes the role one acts in. Raises NotFound for a hat that is not one's own today."""
    current = queries.live_sign_in(token, at)
    mine = {hat.uuid: hat for hat in queries.hats(current.person_id, day_of(at))} if current else {}
    if membership_uuid not in mine:
        raise NotFound(_("You have no such role."))
    current.membership_id = mine[membership_uuid].id
    db.session.commit()


def note_sighting(sign_in: SignIn, *, at: datetime) -> None:
    """Keeps a sign-in from going idle; called at most once a minute."""
    queries.note_sighting(sign_in, at)
    db.session.commit()


def actor_of(sign_in: SignIn) -> Actor:
    """The person of a sign-in under the hat they wear."""
    hat = sign_in.membership
    return Actor(
        person_id=sign_in.person_id,
        person_uuid=sign_in.person.uuid if sign_in.person else db.session.get(Person, sign_in.person_id).uuid,
        name=sign_in.person.name if sign_in.person else "",
        role=hat.role if hat else None,
        organisation_id=hat.organisation_id if hat else None,
        organisation_name=hat.organisation.name if hat else "",
    )
