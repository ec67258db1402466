"""Invitations in words."""

from datetime import date as Date

from catalog.offers import words as offer_words
from config.languages import _, _l, date
from regions.invitations.lifecycle import Reply
from regions.invitations.models import Invitation, InvitationReply

REPLIES = {Reply.ACCEPTED: (_l("Accepted"), "good"), Reply.DECLINED: (_l("Declined"), "stop"), Reply.TAKEN_BACK: (_l("Taken back"), "plain")}


def reply(one: InvitationReply, on: Date) -> tuple[str, str]:
    """Where it stands, and the kind of its tag."""
    if one.state is not Reply.ASKED:
        return REPLIES[one.state]
    return (_("Awaits an answer"), "wait") if one.invitation.open_on(on) else (_("Not answered"), "stop")


def title(one: Invitation) -> str:
    """«Matematikk, grades 1–7, 15 credits»."""
    return ", ".join([one.subject.name, offer_words.band(one.band), offer_words.credits(one.credits)])


def facts(one: Invitation) -> list[tuple[str, str]]:
    return [(_("Region"), one.region.name), (_("Begins"), offer_words.semester(one.semester)), (_("Answer by"), date(one.answer_by)), (_("What is missing"), one.wanted)]
