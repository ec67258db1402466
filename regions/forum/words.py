"""A forum in words."""

from collections.abc import Mapping
from datetime import date as Date

from catalog.offers import words as offer_words
from config.languages import _, _l, date, ngettext
from regions.forum.lifecycle import Meeting
from regions.forum.models import DecisionKind, ForumDecision, ForumMeeting, PartyKind

PARTIES = {
    PartyKind.OWNER: _l("School owner"), PartyKind.INSTITUTION: _l("Institution"), PartyKind.UNION: _l("Union"), PartyKind.KS: _l("KS"),
    PartyKind.GOVERNOR: _l("County governor"), PartyKind.OTHER: _l("Other"),
}  # fmt: skip
DECISIONS = {DecisionKind.PRIORITY: _l("Priority"), DecisionKind.LABOUR: _l("Division of labour"), DecisionKind.OTHER: _l("Other decision")}


def status(one: ForumMeeting, on: Date) -> tuple[str, str]:
    """Where it stands, and the kind of its tag."""
    if one.state is Meeting.HELD:
        return _("Minutes published"), "good"
    if one.state is Meeting.CALLED_OFF:
        return _("Called off"), "stop"
    return (_("Planned"), "plain") if one.held_on >= on else (_("Minutes to be written"), "wait")


def about(one: ForumDecision) -> str:
    """«Samisk · Grades 1–7», or nothing."""
    return offer_words.subject_and_level(one.subject, one.band)


def meeting_awaits(meeting: ForumMeeting, on: Date) -> str:
    """What a coordinator is to do with a meeting whose minutes are not published."""
    said = _("Write the minutes of %(title)s") if meeting.held_on <= on else _("Prepare %(title)s")
    return said % {"title": meeting.title}


def decisions_await(many: int) -> str:
    return ngettext("%(num)d decision of the forum to see done", "%(num)d decisions of the forum to see done", many)


def due(one: ForumDecision, on: Date) -> tuple[str, str] | None:
    """Whether it is done, is late, or by when; nothing where no date is set."""
    if one.done_on:
        return _("Done %(date)s", date=date(one.done_on)), "good"
    if one.due_on is None:
        return None
    return _("By %(date)s", date=date(one.due_on)), "wait" if one.due_on >= on else "stop"


def forum_called(facts: Mapping[str, str]) -> str:
    return _("The region's forum is called to “%(meeting)s” %(day)s.", meeting=facts.get("meeting", ""), day=_day(facts))


def forum_called_off(facts: Mapping[str, str]) -> str:
    return _("The forum meeting “%(meeting)s” %(day)s is called off.", meeting=facts.get("meeting", ""), day=_day(facts))


def forum_minutes(facts: Mapping[str, str]) -> str:
    return _("The minutes of “%(meeting)s” are published.", meeting=facts.get("meeting", ""))


def _day(facts: Mapping[str, str]) -> str:
    return date(Date.fromisoformat(facts["day"])) if facts.get("day") else ""
