"""What a person does with their own account: one function, one use case, one commit."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from accounts import arrivals, audit, giving, queries
from accounts.acting import Actor
from accounts.claims import Known
from accounts.models import Attempt, Membership, Person, Role, SignIn
from accounts.sealing import seal, unseal
from config.clock import day_of
from config.database import db
from config.errors import NotFound, Refusal, TooManyTries
from config.languages import LANGUAGES, _
from config.secret import digest

DEMO = "demo"  # the provider of the made-up people


def sign_in(
    person: Person, *, provider: str, at: datetime, id_token: str | None = None, provider_session: str | None = None, browser: str | None = None
) -> str:
    """Opens a new sign-in, under the hat worn last or else the first, and returns its token (256 bits), which is kept nowhere here."""
    token = secrets.token_urlsafe(32)
    opened = SignIn(
        token_digest=digest(token),
        person_id=person.id,
        membership_id=_hat_for(person, at),
        provider=provider,
        provider_session=provider_session,
        id_token=seal(id_token, token) if id_token else None,
        browser=browser,
        began_at=at,
        seen_at=at,
    )
    db.session.add(opened)
    db.session.flush()
    audit.record("sign-in", opened.uuid, "begin", by=actor_of(opened, at=at), at=at)
    db.session.commit()
    return token


def _hat_for(person: Person, at: datetime) -> int | None:
    held = [hat.id for hat in queries.hats(person.id, day_of(at))]
    last = queries.last_worn(person.id)
    return last if last in held else next(iter(held), None)


def sign_in_from(known: Known, *, provider: str, at: datetime, id_token: str, provider_session: str | None, browser: str) -> str:
    """Signs in whom a provider has named, with a new account where it is their first time. Raises NotAllowed for a closed account."""
    person = arrivals.arrive(known, at=at)
    return sign_in(person, provider=provider, at=at, id_token=id_token, provider_session=provider_session, browser=browser)


def sign_out(token: str, *, at: datetime) -> tuple[str, str | None] | None:
    """Ends the sign-in for every worker at once. Returns its provider and ID token, for the provider's own sign-out."""
    ended = queries.live_sign_in(token, at)
    if ended is None:
        return None
    farewell = ended.provider, unseal(ended.id_token, token) if ended.id_token else None
    _end(ended, by=actor_of(ended, at=at), at=at)
    db.session.commit()
    return farewell


def end_sign_in(uuid: UUID, *, actor: Actor, at: datetime) -> None:
    """Ends one of one's own sign-ins. Raises NotFound."""
    _end(queries.own_sign_in(actor.person_id, uuid, at), by=actor, at=at)
    db.session.commit()


def end_other_sign_ins(token: str, *, actor: Actor, at: datetime) -> int:
    """Ends all of one's own sign-ins but the one in use. Returns how many."""
    others = [one for one in queries.open_sign_ins(actor.person_id, at) if one.token_digest != digest(token)]
    for other in others:
        _end(other, by=actor, at=at)
    db.session.commit()
    return len(others)


def end_told(sign_ins: list[SignIn], *, at: datetime) -> None:
    """Ends the sign-ins whose session has ended at their provider."""
    for ended in sign_ins:
        _end(ended, by=None, at=at)
    db.session.commit()


def _end(sign_in: SignIn, *, by: Actor | None, at: datetime) -> None:
    sign_in.end(at)
    audit.record("sign-in", sign_in.uuid, "end", by=by, at=at)


def wear_hat(token: str, membership_uuid: UUID, *, at: datetime) -> Actor:
    """Changes the role one acts in. Raises NotFound for a hat that is not one's own today."""
    current = queries.live_sign_in(token, at)
    mine = {hat.uuid: hat for hat in queries.hats(current.person_id, day_of(at))} if current else {}
    if membership_uuid not in mine:
        raise NotFound(_("You have no such role."))
    current.membership = mine[membership_uuid]
    db.session.commit()
    return actor_of(current, at=at)


def take_name(name: str, *, actor: Actor) -> None:
    """Says what one is called, where the provider does not tell. Raises Refusal where the name is the provider's."""
    person = queries.person(actor.person_id)
    if not person.name_is_own:
        raise Refusal(_("Your name is told by the way you sign in. Change it there."))
    person.name = name
    db.session.commit()


def choose_language(code: str, *, actor: Actor) -> None:
    """Remembers the language one reads. Raises NotFound."""
    if code not in LANGUAGES:
        raise NotFound(_("Seksti does not speak that language."))
    queries.person(actor.person_id).language = code
    db.session.commit()


def read_message(uuid: UUID, *, actor: Actor, at: datetime) -> None:
    """Marks a message of one's own as read. Raises NotFound."""
    message = queries.own_message(actor.person_id, uuid)
    message.read_at = message.read_at or at
    db.session.commit()


def read_messages(*, actor: Actor, at: datetime) -> None:
    """Marks all of one's own messages as read."""
    queries.mark_read(actor.person_id, at)
    db.session.commit()


def give_role(person_uuid: UUID, role: Role, organisation: str, *, until: date | None, at: datetime) -> Membership:
    """Gives somebody a role in a body named by number, identifier or exact name. Raises NotFound, RoleDoesNotFit."""
    hat = giving.put_on(queries.person_identified(person_uuid), role, queries.organisation_named(organisation), until=until, at=at)
    db.session.commit()
    return hat


def end_role(person_uuid: UUID, role: Role, organisation: str, *, at: datetime) -> Membership:
    """Ends a role at once. Raises NotFound where it is not held."""
    person, body = queries.person_identified(person_uuid), queries.organisation_named(organisation)
    held = [hat for hat in person.memberships if hat.role is role and hat.organisation_id == body.id and hat.holds(day_of(at))]
    if not held:
        raise NotFound(_("They hold no such role."))
    giving.take_off(held[0], at=at)
    db.session.commit()
    return held[0]


def close_account(person_uuid: UUID, *, at: datetime) -> None:
    """Lets somebody in no more, and ends all their sign-ins. Raises NotFound."""
    person = queries.person_identified(person_uuid)
    person.disabled_at = person.disabled_at or at
    audit.record("person", person.uuid, "close", by=None, at=at)
    for open_one in queries.open_sign_ins(person.id, at):
        _end(open_one, by=None, at=at)
    db.session.commit()


def forget_old_sign_ins(at: datetime) -> int:
    """What the clock does: a sign-in that opens nothing any more keeps no ID token, and after a while no row. Returns how many changed."""
    forgotten = queries.forget_old_sign_ins(at)
    db.session.commit()
    return forgotten


def note_sighting(sign_in_id: int, *, at: datetime) -> None:
    """Keeps a sign-in from going idle; called at most once a minute."""
    queries.note_sighting(sign_in_id, at)
    db.session.commit()


def check_tries(limits: Mapping[str, int], *, at: datetime) -> None:
    """Raises TooManyTries where one of those who try has failed as often as its limit within the window."""
    for whose, most in limits.items():
        if queries.tries(whose, at) >= most:
            sentence = _("There have been too many failed sign-ins from where you are. Wait a quarter of an hour and try again.")
            raise TooManyTries(sentence, wait=int(queries.WINDOW.total_seconds()))


def note_failed_try(limits: Mapping[str, int], *, at: datetime) -> None:
    """Counts a failed sign-in for each of those it is counted for, and forgets what is too old to count."""
    queries.forget_tries(at)
    db.session.add_all(Attempt(whose=whose, at=at) for whose in limits)
    db.session.commit()


def actor_of(sign_in: SignIn, *, at: datetime) -> Actor:
    """The person of a sign-in under the hat they wear, if it still is theirs today."""
    hat = sign_in.membership if sign_in.membership and sign_in.membership.holds(day_of(at)) else None
    person = sign_in.person or db.session.get(Person, sign_in.person_id)
    return Actor(
        person_id=sign_in.person_id,
        person_uuid=person.uuid,
        name=person.name,
        role=hat.role if hat else None,
        organisation_id=hat.organisation_id if hat else None,
        organisation_name=hat.organisation.name if hat else "",
    )
