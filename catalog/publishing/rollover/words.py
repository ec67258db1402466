"""What an editor reads of rolling over: the fates and the reasons in words, and what to look at before a copy is published."""

from collections.abc import Mapping
from typing import Any

from catalog.offers import words
from catalog.publishing import rules as publishing_rules
from catalog.publishing import words as publishing_words
from catalog.publishing.rollover.values import Collision, Dates, Fate, Line, Span, Why
from config.languages import _, _l

FATES: Mapping[Fate, Any] = {Fate.COPIED: _l("To copy"), Fate.THERE: _l("Already there"), Fate.LEFT: _l("Not copied")}
REASONS: Mapping[Why, Any] = {
    Why.CANCELLED: _l("the run was cancelled"),
    Why.DRAFT: _l("the run is itself still a draft"),
    Why.WITHDRAWN: _l("the module is withdrawn"),
    Why.NO_DATES: _l("the run states no dates"),
}
HOLIDAYS: Mapping[str, Any] = {
    "New Year's Day": _l("New Year’s Day"),
    "Maundy Thursday": _l("Maundy Thursday"),
    "Good Friday": _l("Good Friday"),
    "Easter Sunday": _l("Easter Sunday"),
    "Easter Monday": _l("Easter Monday"),
    "Labor Day": _l("Labour Day"),
    "Constitution Day": _l("Constitution Day"),
    "Ascension Day": _l("Ascension Day"),
    "Pentecost": _l("Whit Sunday"),
    "Pentecost Monday": _l("Whit Monday"),
    "Christmas Day": _l("Christmas Day"),
    "Second Day of Christmas": _l("Second Day of Christmas"),
}


def span(value: Span) -> str:
    """«Autumn 2026», «Study year 2026/2027»."""
    if len(value.semesters) == 1:
        return words.semester(value.semesters[0])
    return _("Study year %(years)s", years=words.study_year(value.year))


def to_look_at(line: Line) -> list[str]:
    """What an editor should look at before the copy is published: holidays, dates outside the semester, another run of the module then."""
    told = [collision(one) for one in line.collisions] + _wrong_dates(line)
    return told + ([_("The module has another run in the same semester.")] if line.beside else [])


def collision(one: Collision) -> str:
    """«Gatherings: 25 March 2027 is a public holiday, Maundy Thursday.»"""
    known = {"field": publishing_words.LABELS[one.field], "day": words.dates(one.day), "holiday": HOLIDAYS[one.holiday]}
    return _("%(field)s: %(day)s is a public holiday, %(holiday)s.", **known)


def _wrong_dates(line: Line) -> list[str]:
    """What is wrong with the dates of a copy, in the sentences of its form."""
    dates = line.dates
    problems = publishing_rules.date_problems(
        semester=line.later, semesters=line.run.semesters, starts_on=dates.starts_on, ends_on=dates.ends_on, opens_on=dates.opens_on,
        apply_by=dates.apply_by, queue_closes_on=dates.queue_closes_on, gatherings=dates.gatherings,
    )  # fmt: skip
    return [sentence for sentences in publishing_words.sentences(problems).values() for sentence in sentences]


def period(dates: Dates) -> str:
    """From the first day to the last, or the one that is known."""
    if dates.starts_on:
        return words.dates(dates.starts_on, dates.ends_on)
    return words.dates(dates.ends_on) if dates.ends_on else ""


def gatherings(dates: Dates) -> list[str]:
    return [publishing_words.meeting(meeting) for meeting in dates.gatherings]
