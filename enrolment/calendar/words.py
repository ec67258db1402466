"""What a day, a clash and a week are called."""

from datetime import date as Date
from uuid import UUID

from config.languages import _, date, language, ngettext
from enrolment.calendar import rules
from enrolment.calendar.rules import Week
from enrolment.calendar.values import Absence, Deadline, Due, Meeting, RoundDay
from enrolment.rounds import words as round_words
from enrolment.rounds.values import Step


def week(number: Week) -> str:
    """The week and the Monday it begins on."""
    return _("Week %(number)d, from %(day)s", number=number[1], day=date(Date.fromisocalendar(*number, 1)))


def days(starts: Date, ends: Date) -> str:
    """One day, or from which to which."""
    first, last = _with_weekday(starts), _with_weekday(ends)
    return first if starts == ends else _("%(first)s to %(last)s", first=first, last=last)


def _with_weekday(day: Date) -> str:
    return date(day, "EEEE d MMMM y" if language() == "en" else "full")


def clash(one: Meeting, other: Meeting) -> str:
    """With what a gathering clashes, and when."""
    first, last = rules.shared_days(one, other)
    return _("Clashes with %(module)s: %(days)s.", module=other.title, days=days(first, last))


def away_together(one: Absence, many: dict[tuple[UUID, Date], int]) -> str:
    """How many of a school are away at once; empty where it is one alone."""
    most = max(many.get((one.school, day), 0) for day in rules.days_of(one.meeting.starts_on, one.meeting.ends_on))
    return ngettext("%(num)d away from the school at once", "%(num)d away from the school at once", most) if most else ""


def deadline(one: Deadline) -> str:
    """What a day ends, as it stands in a calendar of one's own."""
    return {
        Due.REPLY: lambda: _("Answer the offer of a seat in %(module)s", module=one.title),
        Due.APPLY: lambda: _("Last day to apply for %(module)s", module=one.title),
        Due.APPEAL: lambda: _("Last day to appeal the mark in %(module)s", module=one.title),
        Due.LEAVE: lambda: _("Last day to leave %(module)s without consequence, since it was changed", module=one.title),
    }[one.due]()


def last_day(one: Deadline) -> str:
    """The same where the study is named beside it."""
    return {
        Due.REPLY: lambda: _("Last day to answer, until 23:59."),
        Due.APPLY: lambda: _("Last day to apply, until 23:59."),
        Due.APPEAL: lambda: _("Last day to appeal the mark, until 23:59."),
        Due.LEAVE: lambda: _("Last day to leave without consequence, since it was changed, until 23:59."),
    }[one.due]()


def round_day(one: RoundDay) -> str:
    """«Last day to apply, change or withdraw: further education, Round 2027»."""
    return _("%(step)s: %(strand)s, %(round)s", step=round_words.step(one.step), strand=round_words.within(round_words.strand(one.strand)), round=one.name)


def until(one: RoundDay) -> str:
    """A day ends at its midnight; what opens or is made known begins with its day."""
    return "" if one.step in (Step.OPENS, Step.ANSWER) else _("Until 23:59.")


def meaning(one: RoundDay) -> str:
    return f"{round_words.meaning(one.step)}."
