"""Deputies with dates, and owners that see each other's lists."""

from datetime import date, datetime
from uuid import UUID

from accounts import audit, giving
from accounts import queries as account_queries
from accounts.acting import Actor
from accounts.models import Organisation, Role
from config.clock import day_of
from config.database import db
from config.errors import BadInput, NotAllowed, Refusal
from config.languages import _
from enrolment.board import queries
from enrolment.board.models import Deputy, OwnersTogether


def give_deputy(person: UUID, *, first: date, last: date, actor: Actor, at: datetime) -> Deputy:
    """Lets a colleague step in for the owner between two days, both included. Raises BadInput for days that make no sense or another's colleague,
    NotAllowed where one is a deputy oneself."""
    actor.require(Role.OWNER)
    _require_owner_in_own_right(actor)
    if last < first or last < day_of(at):
        raise BadInput(_("The last day is before the first, or over."), {"last": [_("The last day is before the first, or over.")]})
    if person not in {uuid for uuid, _name, _where in queries.may_step_in(actor.organisation_id, day_of(at))}:
        raise BadInput(_("Choose a colleague of the list."), {"person": [_("Choose a colleague of the list.")]})
    somebody, body = account_queries.person_identified(person), db.session.get(Organisation, actor.organisation_id)
    if any(hat.role is Role.OWNER and hat.organisation_id == body.id and hat.holds(day_of(at)) for hat in somebody.memberships):
        raise Refusal(_("They act for the owner already."))
    hat = giving.put_on(somebody, Role.OWNER, body, until=last, at=at)
    hat.valid_from = first
    known = next((one for one in queries.deputies(body.id) if one.membership_id == hat.id), None) or Deputy(owner_id=body.id, membership_id=hat.id)
    known.given_at, known.given_by_id = at, actor.person_id
    db.session.add(known)
    audit.tell(somebody.id, "deputy-given", at=at, address="/owner/rounds", owner=body.name, first=first.isoformat(), last=last.isoformat())
    db.session.commit()
    return known


def _require_owner_in_own_right(actor: Actor) -> None:
    if any(one.hat.person_id == actor.person_id for one in queries.deputies(actor.organisation_id)):
        raise NotAllowed(_("A deputy cannot give the role on to others."))


def end_deputy(deputy: UUID, *, actor: Actor, at: datetime) -> Deputy:
    """At once. Raises NotFound, and NotAllowed where one is a deputy oneself."""
    found = queries.own_deputy(actor, deputy)
    if found.hat.person_id != actor.person_id:
        _require_owner_in_own_right(actor)
    giving.take_off(found.hat, at=at)
    db.session.commit()
    return found


def ask_to_cooperate(other: UUID, *, actor: Actor, at: datetime) -> OwnersTogether:
    """Asks another owner to see each other's lists. Asking twice is once; where the other has asked already, this is the yes."""
    actor.require(Role.OWNER)
    found = next((key for uuid, _name, key in queries.owners() if uuid == other and key != actor.organisation_id), None)
    if found is None:
        raise BadInput(_("Choose another school owner of the list."), {"other": [_("Choose another school owner of the list.")]})
    known = next((one for one in queries.together(actor.organisation_id) if found in (one.owner_id, one.other_id)), None)
    if known is None:
        known = OwnersTogether(owner_id=actor.organisation_id, other_id=found, asked_at=at)
        db.session.add(known)
        db.session.flush()
        audit.record("owners-together", known.uuid, "ask", by=actor, at=at, organisation_id=actor.organisation_id)
        for person in account_queries.people_with(Role.OWNER, found, day_of(at)):
            audit.tell(person.id, "owners-asked", at=at, address="/owner/together", owner=actor.organisation_name)
    elif known.owner_id == found:
        _accept(known, actor, at)
    db.session.commit()
    return known


def accept_to_cooperate(agreement: UUID, *, actor: Actor, at: datetime) -> OwnersTogether:
    """Only the one who was asked can say yes."""
    found = queries.own_together(actor, agreement)
    if found.other_id != actor.organisation_id:
        raise NotAllowed(_("The other owner must say yes."))
    _accept(found, actor, at)
    db.session.commit()
    return found


def _accept(found: OwnersTogether, actor: Actor, at: datetime) -> None:
    if found.accepted_at is None:
        found.accepted_at = at
        audit.record("owners-together", found.uuid, "accept", by=actor, at=at, organisation_id=actor.organisation_id)


def end_cooperation(agreement: UUID, *, actor: Actor, at: datetime) -> OwnersTogether:
    """Either may end it, at once."""
    found = queries.own_together(actor, agreement)
    found.ended_at = at
    audit.record("owners-together", found.uuid, "end", by=actor, at=at, organisation_id=actor.organisation_id)
    db.session.commit()
    return found
