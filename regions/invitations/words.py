"""Invitations in words."""

from collections.abc import Mapping
from datetime import date as Date

from catalog.offers import words as offer_words
from catalog.offers.lifecycle import Run
from catalog.offers.sentences import inside
from catalog.values import Band
from config.languages import _, _l, date, language
from regions.invitations.lifecycle import Reply
from regions.invitations.models import Invitation, InvitationReply

REPLIES = {Reply.ACCEPTED: (_l("Accepted"), "good"), Reply.DECLINED: (_l("Declined"), "stop"), Reply.TAKEN_BACK: (_l("Taken back"), "plain")}


def reply(one: InvitationReply, on: Date) -> tuple[str, str]:
    """Where it stands, and the kind of its tag."""
    if one.state is not Reply.ASKED:
        return REPLIES[one.state]
    return (_("Awaits an answer"), "wait") if one.invitation.open_on(on) else (_("Not answered"), "stop")


def came_of(one: InvitationReply) -> tuple[str, str] | None:
    """How far the draft has come that an institution has accepted to make, and the kind of its tag; nothing where there is none, or no more."""
    return (offer_words.run(one.offering.state), "good" if one.offering.state is Run.PUBLISHED else "plain") if one.offering else None


def asked(facts: Mapping[str, str]) -> str:
    """The sentence of a message to an institution."""
    day = date(Date.fromisoformat(facts["answer_by"])) if facts.get("answer_by") else ""
    return _("%(region)s invites you to offer %(what)s. Answer by %(day)s.", region=facts.get("region", ""), what=_what(facts), day=day)


def taken_back(facts: Mapping[str, str]) -> str:
    return _("%(region)s takes back its invitation to offer %(what)s.", region=facts.get("region", ""), what=_what(facts))


def answered(facts: Mapping[str, str]) -> str:
    """The sentence of a message to the region."""
    known = {"institution": facts.get("institution", ""), "what": _what(facts)}
    if facts.get("answer") == Reply.ACCEPTED:
        return _("%(institution)s accepts your invitation to offer %(what)s, and has a draft of it.", **known)
    return _("%(institution)s declines your invitation to offer %(what)s. The reason stands beside.", **known)


def _what(facts: Mapping[str, str]) -> str:
    """«matematikk, trinn 1–7»."""
    level = inside(offer_words.band(Band(facts["level"]))) if facts.get("level") in list(Band) else ""
    return ", ".join(filter(None, (inside(facts.get(f"subject_{language()}", "")), level)))


def title(one: Invitation) -> str:
    """«Matematikk, grades 1–7, 15 credits»."""
    return ", ".join([one.subject.name, offer_words.band(one.band), offer_words.credits(one.credits)])


def facts(one: Invitation) -> list[tuple[str, str]]:
    return [(_("Region"), one.region.name), (_("Begins"), offer_words.semester(one.semester)), (_("Answer by"), date(one.answer_by)), (_("What is missing"), one.wanted)]
