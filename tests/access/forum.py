"""A forum is read by its region's parties and written by its coordinator; a county's notes are its governor's."""

from datetime import date
from uuid import uuid4

from accounts.models import Role
from config.database import db
from regions.forum.lifecycle import Meeting
from regions.forum.models import DecisionKind, ForumDecision, ForumMeeting, ForumParty, PartyKind
from tests.access.policy import Rule
from tests.factories import MONDAY

COORDINATOR, GOVERNOR = {Role.COORDINATOR}, {Role.GOVERNOR}
READERS = {Role.COORDINATOR, Role.OWNER, Role.EDITOR, Role.UNION, Role.GOVERNOR, Role.KS, Role.AUTHORITY}
MEETING = {"title": "Winter", "held_on": "2026-11-20"}


def _meeting(half) -> ForumMeeting:
    made = ForumMeeting(region_id=half.region.organisation_id, title="Winter", held_on=date(2026, 11, 20), state=Meeting.PLANNED, made_at=MONDAY)
    made.decisions = [ForumDecision(kind=DecisionKind.OTHER, text="More.")]
    db.session.add(made)
    db.session.commit()
    return made


def _own(half, me) -> dict:
    return {"meeting": _meeting(half).uuid}


def _decision(half, me) -> dict:
    return {"decision": _meeting(half).decisions[0].uuid}


def _party(half, me) -> dict:
    made = ForumParty(region_id=half.region.organisation_id, kind=PartyKind.KS, name=f"KS {uuid4().hex[:8]}")
    db.session.add(made)
    db.session.commit()
    return {"party": made.uuid}


POLICY = {
    "forum.listed": Rule(READERS),
    "forum.show": Rule(READERS, address=_own, sees_all={Role.AUTHORITY}),
    "forum.new": Rule(COORDINATOR),
    "forum.call": Rule(COORDINATOR, form=lambda half, me: MEETING),
    "forum.minutes": Rule(COORDINATOR, address=_own),
    "forum.write": Rule(COORDINATOR, address=_own, form=lambda half, me: MEETING),
    "forum.new_decision": Rule(COORDINATOR, address=_own),
    "forum.decide": Rule(COORDINATOR, address=_own, form=lambda half, me: {"kind": "other", "text": "More."}),
    "forum.remove_decision": Rule(COORDINATOR, address=_decision),
    "forum.complete": Rule(COORDINATOR, address=_decision),
    "forum.publish": Rule(COORDINATOR, address=_own),
    "forum.call_off": Rule(COORDINATOR, address=_own),
    "forum.parties": Rule(COORDINATOR),
    "forum.add_party": Rule(COORDINATOR, form=lambda half, me: {"kind": "ks", "name": f"KS {uuid4().hex[:8]}"}),
    "forum.end_party": Rule(COORDINATOR, address=_party),
    "forum.county": Rule(GOVERNOR),
    "forum.note": Rule(GOVERNOR, form=lambda half, me: {"county": half.county.code, "text": "Seen."}),
}
