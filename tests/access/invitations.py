"""Invitations are made by coordinators for their own region, and answered by editors for their own institution."""

from datetime import date

from accounts.models import Role
from catalog.values import Band, Semester
from config.database import db
from regions.invitations.lifecycle import Reply
from regions.invitations.models import Invitation, InvitationReply
from tests.access.policy import Rule
from tests.factories import MONDAY

COORDINATORS, EDITORS = {Role.COORDINATOR}, {Role.EDITOR}


def _invitation(half) -> Invitation:
    made = Invitation(
        region_id=half.region.organisation_id, subject_id=half.subject.id, band=Band.PRIMARY, credits=15, semester=Semester.from_code("2027h"),
        wanted="More.", answer_by=date(2027, 1, 15), made_at=MONDAY,
    )  # fmt: skip
    made.replies = [InvitationReply(institution_id=half.institution.organisation_id, state=Reply.ASKED)]
    db.session.add(made)
    db.session.commit()
    return made


def _own(half, me) -> dict:
    return {"invitation": _invitation(half).uuid}


def _reply(half, me) -> dict:
    return {"reply": _invitation(half).replies[0].uuid}


def _sent(half, me) -> dict:
    known = {"subject": half.subject.code, "level": "1-7", "credits": "15", "semester": "2027h", "wanted": "More.", "answer_by": "2027-01-15"}
    return known | {"institutions": [half.institution.code]}


POLICY = {
    "invitations.sent": Rule(COORDINATORS),
    "invitations.new": Rule(COORDINATORS),
    "invitations.invite": Rule(COORDINATORS, form=_sent),
    "invitations.show": Rule(COORDINATORS, address=_own),
    "invitations.take_back": Rule(COORDINATORS, address=_own),
    "invitations.received": Rule(EDITORS),
    "invitations.accept": Rule(EDITORS, address=_reply),
    "invitations.decline": Rule(EDITORS, address=_reply, form=lambda half, me: {"reason": "No room."}),
}
