"""Inviting an offer, and answering: one function, one use case, one commit."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from accounts.queries import wearing
from catalog.institutions import queries as institution_queries
from catalog.publishing import queries as publishing
from catalog.publishing.permissions import institution_of
from catalog.publishing.services.modules import begin_module
from catalog.publishing.services.offerings import begin_offering
from catalog.subjects import queries as subject_queries
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import LANGUAGES, _
from regions.coverage.queries import region_of
from regions.invitations import queries
from regions.invitations.lifecycle import Reply
from regions.invitations.models import Invitation, InvitationReply


RECEIVED = "/publish/invitations"


class TooLate(Refusal):
    code = "invitation-closed"


def invite(values: dict[str, Any], *, actor: Actor, at: datetime) -> Invitation:
    """Asks some institutions for an offer, under a coordinator's hat. Raises BadInput for what is not there and for a date that is past."""
    region = region_of(actor)
    subject, asked = _named(values, day_of(at))
    facts = {"band": values["level"], "credits": values["credits"], "semester": values["semester"], "wanted": values["wanted"], "answer_by": values["answer_by"]}
    made = Invitation(uuid=uuid4(), region_id=region.organisation_id, subject=subject, made_at=at, **facts)
    made.replies = [InvitationReply(uuid=uuid4(), institution_id=one.organisation_id, state=Reply.ASKED) for one in asked]
    db.session.add(made)
    for one in asked:
        _tell([(Role.EDITOR, one.organisation_id)], "invitation-asked", RECEIVED, made, at, region=region.name_nb, answer_by=made.answer_by.isoformat())
    audit.record("invitation", made.uuid, "invite", by=actor, at=at, organisation_id=region.organisation_id)
    db.session.commit()
    return made


def _named(values: dict[str, Any], on: date) -> tuple:
    """The subject and the institutions by their codes."""
    subject = next((one for one in subject_queries.in_order() if one.code == values["subject"]), None)
    known = {one.code: one for one in institution_queries.of_today()}
    wrong = {}
    if subject is None:
        wrong["subject"] = [_("Choose from the list.")]
    if not values["institutions"] or not known.keys() >= set(values["institutions"]):
        wrong["institutions"] = [_("Choose at least one institution from the list.")]
    if values["answer_by"] <= on:
        wrong["answer_by"] = [_("The answer date must lie ahead.")]
    if wrong:
        raise BadInput(_("The invitation cannot be sent like this."), wrong)
    return subject, [known[code] for code in dict.fromkeys(values["institutions"])]


def take_back(uuid: UUID, *, actor: Actor, at: datetime) -> Invitation:
    """What has not been answered is asked no more; answers stand. Raises NotFound."""
    invitation = queries.own(region_of(actor).organisation_id, uuid)
    for reply in invitation.replies:
        if reply.state is Reply.ASKED:
            reply.take("take back", at)
            _tell([(Role.EDITOR, reply.institution_id)], "invitation-taken-back", RECEIVED, invitation, at, region=invitation.region.name_nb)
    audit.record("invitation", uuid, "take back", by=actor, at=at, organisation_id=invitation.region_id)
    db.session.commit()
    return invitation


def accept(uuid: UUID, *, actor: Actor, at: datetime) -> InvitationReply:
    """A draft of a module and of its run comes of it, for the institution to fill in. Raises NotFound, TooLate, StepRefused."""
    mine = institution_of(actor)
    publishing.lock_institution(mine)
    reply = _open(mine, uuid, at)
    reply.take("accept", at)
    asked = reply.invitation
    title = _("%(subject)s, invited by %(region)s", subject=asked.subject.name, region=asked.region.name)
    basics = {"title": title, "code": None, "credits": asked.credits, "course": None, "subject": asked.subject.code, "grades": asked.band.grades}
    module = begin_module(mine, basics, actor=actor, at=at)
    reply.offering = begin_offering(module, {"semester": asked.semester, "semesters": 1}, actor=actor, at=at)
    _remember(reply, "accept", actor, at)
    db.session.commit()
    return reply


def decline(uuid: UUID, reason: str, *, actor: Actor, at: datetime) -> InvitationReply:
    """With the reason that the region reads. Raises NotFound, TooLate, StepRefused."""
    reply = _open(institution_of(actor), uuid, at)
    reply.take("decline", at)
    reply.reason = reason
    _remember(reply, "decline", actor, at)
    db.session.commit()
    return reply


def _open(institution_id: int, uuid: UUID, at: datetime) -> InvitationReply:
    reply = queries.own_reply(institution_id, uuid)
    if reply.state is Reply.ASKED and not reply.invitation.open_on(day_of(at)):
        raise TooLate(_("The answer date has passed."))
    return reply


def _remember(reply: InvitationReply, event: str, actor: Actor, at: datetime) -> None:
    asked = reply.invitation
    facts = {"institution": reply.institution.short_name, "answer": str(reply.state)}
    _tell([(Role.COORDINATOR, asked.region_id)], "invitation-answered", f"/region/invitations/{asked.uuid}", asked, at, **facts)
    audit.record("invitation", reply.uuid, event, by=actor, at=at, organisation_id=reply.institution_id, from_state=Reply.ASKED, to_state=reply.state)


def _tell(hats: list[tuple[Role, int]], kind: str, address: str, invitation: Invitation, at: datetime, **facts: str) -> None:
    subject = invitation.subject
    names = {f"subject_{code}": getattr(subject, f"name_{code}") or subject.name_nb for code in LANGUAGES}  # a message is read in another language than it is sent in
    for person in wearing(hats, day_of(at)):
        audit.tell(person, kind, at=at, address=address, level=str(invitation.band), **names, **facts)
