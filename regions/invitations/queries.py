"""Every select on invitations: a region's through the region, an institution's through the institution."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from config.database import db
from config.errors import NotFound
from config.languages import _
from regions.invitations.lifecycle import Reply
from regions.invitations.models import Invitation, InvitationReply

_WHOLE = (joinedload(Invitation.subject), joinedload(Invitation.region), selectinload(Invitation.replies).options(joinedload(InvitationReply.institution), joinedload(InvitationReply.offering)))


def of_region(region_id: int) -> Sequence[Invitation]:
    """The latest first."""
    mine = select(Invitation).where(Invitation.region_id == region_id).options(*_WHOLE)
    return db.session.scalars(mine.order_by(Invitation.made_at.desc(), Invitation.id.desc())).all()


def own(region_id: int, uuid: UUID) -> Invitation:
    """Raises NotFound for another region's."""
    found = db.session.scalar(select(Invitation).where(Invitation.uuid == uuid, Invitation.region_id == region_id).options(*_WHOLE))
    if found is None:
        raise NotFound(_("Your region has made no such invitation."))
    return found


def asked_of(institution_id: int) -> Sequence[InvitationReply]:
    """What an institution is and has been asked, the first to be answered first."""
    whole = joinedload(InvitationReply.invitation).options(joinedload(Invitation.subject), joinedload(Invitation.region))
    wanted = select(InvitationReply).join(Invitation).where(InvitationReply.institution_id == institution_id, InvitationReply.state != Reply.TAKEN_BACK)
    return db.session.scalars(wanted.options(whole, joinedload(InvitationReply.offering)).order_by(Invitation.answer_by.desc(), Invitation.id)).all()


def own_reply(institution_id: int, uuid: UUID) -> InvitationReply:
    """The reply, under a lock. Raises NotFound for another institution's, and for what was taken back."""
    mine = select(InvitationReply).where(InvitationReply.uuid == uuid, InvitationReply.institution_id == institution_id)
    found = db.session.scalar(mine.where(InvitationReply.state != Reply.TAKEN_BACK).with_for_update())
    if found is None:
        raise NotFound(_("Your institution has no such invitation."))
    return found


def waiting(institution_id: int, on: date) -> int:
    """How many an institution can still answer."""
    wanted = select(func.count()).select_from(InvitationReply).join(Invitation)
    mine = (InvitationReply.institution_id == institution_id) & (InvitationReply.state == Reply.ASKED)
    return db.session.scalar(wanted.where(mine, Invitation.answer_by >= on)) or 0


def unanswered(region_id: int, on: date) -> int:
    """How many institutions have let the day of a region's invitation pass without an answer, where none has accepted it."""
    accepted = select(InvitationReply.id).where(InvitationReply.invitation_id == Invitation.id, InvitationReply.state == Reply.ACCEPTED).correlate(Invitation)
    late = select(func.count()).select_from(InvitationReply).join(Invitation).where(Invitation.region_id == region_id, Invitation.answer_by < on)
    return db.session.scalar(late.where(InvitationReply.state == Reply.ASKED, ~accepted.exists())) or 0
