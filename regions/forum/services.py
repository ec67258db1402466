"""Meeting, deciding, noting: one function, one use case, one commit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.subjects import queries as subject_queries
from config.clock import day_of
from config.database import db
from config.errors import BadInput, Refusal
from config.languages import _
from regions.coverage.queries import counties_governed, region_of
from regions.forum import queries
from regions.forum.lifecycle import Meeting
from regions.forum.models import ForumDecision, ForumMeeting, ForumParty, ForumPresence, GovernorNote, PartyKind


class MinutesStand(Refusal):
    code = "minutes-stand"


class MinutesMissing(Refusal):
    code = "minutes-missing"


def call(values: Mapping[str, Any], *, actor: Actor, at: datetime) -> ForumMeeting:
    """Calls the region's parties to a meeting; those who are known here are told."""
    region = region_of(actor)
    facts = {name: values[name] for name in ("title", "held_on", "place", "agenda")}
    made = ForumMeeting(uuid=uuid4(), region_id=region.organisation_id, state=Meeting.PLANNED, made_at=at, **facts)
    db.session.add(made)
    _tell(made, "forum-called", at, day=made.held_on.isoformat())
    _remember(made, "call", actor, at)
    db.session.commit()
    return made


def write(meeting: UUID, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> ForumMeeting:
    """The meeting's facts, minutes and who was there, before the minutes are published. Raises NotFound, MinutesStand."""
    found = _own_planned(meeting, actor)
    for name in ("title", "held_on", "place", "agenda", "minutes"):
        setattr(found, name, values[name])
    known = {one.uuid: one.id for one in queries.parties(found.region_id)}
    there = {known[uuid] for uuid in values["present"] if uuid in known}
    found.present = [row for row in found.present if row.party_id in there]
    found.present += [ForumPresence(party_id=key) for key in sorted(there - {row.party_id for row in found.present})]
    _remember(found, "write", actor, at)
    db.session.commit()
    return found


def _own_planned(meeting: UUID, actor: Actor) -> ForumMeeting:
    found = queries.own_meeting(actor, meeting)
    if found.state is not Meeting.PLANNED:
        raise MinutesStand(_("The minutes are published, or the meeting is called off; it stands as it is."))
    return found


def decide(meeting: UUID, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> ForumDecision:
    """Adds what was decided. Raises NotFound, MinutesStand, BadInput."""
    found = _own_planned(meeting, actor)
    subject = next((one for one in subject_queries.in_order() if one.code == values["subject"]), None)
    party = next((one for one in queries.parties(found.region_id) if one.uuid == values["party"]), None)
    wrong = {name: [_("Choose from the list.")] for name, thing in (("subject", subject), ("party", party)) if values[name] and thing is None}
    if values["level"] and not values["subject"]:
        wrong["subject"] = [_("Choose the subject that the level is of.")]
    if wrong:
        raise BadInput(_("The decision cannot be like this."), wrong)
    facts = {"kind": values["kind"], "text": values["text"], "band": values["level"], "due_on": values["due_on"]}
    made = ForumDecision(uuid=uuid4(), subject_id=subject.id if subject else None, party_id=party.id if party else None, **facts)
    found.decisions.append(made)
    _remember(found, "decide", actor, at)
    db.session.commit()
    return made


def remove_decision(decision: UUID, *, actor: Actor, at: datetime) -> ForumMeeting:
    """Before the minutes are published. Raises NotFound, MinutesStand."""
    one = queries.own_decision(actor, decision)
    found = _own_planned(one.meeting.uuid, actor)
    found.decisions.remove(one)
    _remember(found, "remove a decision", actor, at)
    db.session.commit()
    return found


def publish_minutes(meeting: UUID, *, actor: Actor, at: datetime) -> ForumMeeting:
    """They stand from now on, and the parties are told. Raises NotFound, StepRefused, MinutesMissing."""
    found = queries.own_meeting(actor, meeting)
    if not found.minutes and not found.decisions:
        raise MinutesMissing(_("Write the minutes, or what was decided, first."))
    if found.held_on > day_of(at):
        raise MinutesMissing(_("The meeting has not been held yet."))
    found.take("publish the minutes")
    found.published_at = at
    _tell(found, "forum-minutes", at)
    _remember(found, "publish the minutes", actor, at)
    db.session.commit()
    return found


def call_off(meeting: UUID, *, actor: Actor, at: datetime) -> ForumMeeting:
    """The parties are told. Raises NotFound, StepRefused."""
    found = queries.own_meeting(actor, meeting)
    found.take("call off")
    _tell(found, "forum-called-off", at, day=found.held_on.isoformat())
    _remember(found, "call off", actor, at)
    db.session.commit()
    return found


def complete(decision: UUID, *, actor: Actor, at: datetime) -> ForumDecision:
    """What was decided is done; a second time it is open again. Raises NotFound."""
    one = queries.own_decision(actor, decision)
    one.done_on = None if one.done_on else day_of(at)
    _remember(one.meeting, "complete" if one.done_on else "open again", actor, at)
    db.session.commit()
    return one


def add_party(values: Mapping[str, Any], *, actor: Actor, at: datetime) -> ForumParty:
    """A body that belongs to the forum from now on. Raises BadInput."""
    region = region_of(actor)
    body = _body(region, values, day_of(at))
    name = values["name"] or (body.name if body else "")
    wrong = {}
    if values["organisation"] and body is None:
        wrong["organisation"] = [_("Choose one that fits who it is: an owner, an institution or a county governor of the region.")]
    elif not name:
        wrong["name"] = [_("Write the name, or choose from the list.")]
    elif any((one.kind, one.name) == (values["kind"], name) for one in queries.parties(region.organisation_id)):
        wrong["name"] = [_("This one belongs to the forum already.")]
    if wrong:
        raise BadInput(_("This one cannot be added like this."), wrong)
    made = ForumParty(uuid=uuid4(), region_id=region.organisation_id, kind=values["kind"], name=name, organisation_id=body.id if body else None)
    db.session.add(made)
    audit.record("forum party", made.uuid, "add", by=actor, at=at, organisation_id=region.organisation_id)
    db.session.commit()
    return made


def _body(region, values: Mapping[str, Any], on):
    """The organisation that was chosen, among those that fit the kind; a union faces an owner."""
    kind = PartyKind.OWNER if values["kind"] is PartyKind.UNION else values["kind"]
    return next((one for one in queries.bodies(region, on).get(kind, []) if one.uuid == values["organisation"]), None)


def end_party(party: UUID, *, actor: Actor, at: datetime) -> ForumParty:
    """It belongs to the forum no more; where it was present it stays. Raises NotFound."""
    found = queries.own_party(actor, party)
    found.ended_on = found.ended_on or day_of(at)
    audit.record("forum party", party, "end", by=actor, at=at, organisation_id=found.region_id)
    db.session.commit()
    return found


def note(values: Mapping[str, Any], *, actor: Actor, at: datetime) -> GovernorNote:
    """What a county governor notes of a county it looks after. Raises BadInput for another county."""
    actor.require(Role.GOVERNOR)
    county = next((one for one in counties_governed(actor, day_of(at)) if one.code == values["county"]), None)
    if county is None:
        raise BadInput(_("The note cannot be kept like this."), {"county": [_("Choose from the list.")]})
    made = GovernorNote(uuid=uuid4(), county_id=county.id, governor_id=actor.organisation_id, person_id=actor.person_id, text=values["text"], at=at)
    db.session.add(made)
    audit.record("governor note", made.uuid, "note", by=actor, at=at, organisation_id=actor.organisation_id)
    db.session.commit()
    return made


def _tell(meeting: ForumMeeting, kind: str, at: datetime, **facts: str) -> None:
    for person in queries.people_of(queries.parties(meeting.region_id), day_of(at)):
        audit.tell(person, kind, at=at, address=f"/forum/meetings/{meeting.uuid}", meeting=meeting.title, **facts)


def _remember(meeting: ForumMeeting, event: str, actor: Actor, at: datetime) -> None:
    audit.record("forum meeting", meeting.uuid, event, by=actor, at=at, organisation_id=meeting.region_id, to_state=meeting.state)
