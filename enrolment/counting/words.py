"""What a study means for the reader, in sentences; each with its kind: good, wait, stop or plain."""

from collections.abc import Iterator
from datetime import date as Date

from sqlalchemy import Row

from catalog.offers import words as offer_words
from catalog.offers.models import Offering
from catalog.offers.rules import FEWEST
from catalog.offers.sentences import inside
from catalog.values import EnrolmentMode, Strand
from config.languages import _, date, language, ngettext, number
from enrolment.counting.reckoning import ForMe
from enrolment.counting.rules import Adds, Demand
from enrolment.seats.lifecycle import Seat

Line = tuple[str, str]


def lines(one: ForMe, on: Date) -> list[Line]:
    """All of it, what decides first."""
    return [*of_module(one), *of_run(one, on)]


def of_module(one: ForMe) -> Iterator[Line]:
    if one.held:
        yield _("You have this module already, or are on your way."), "plain"
    elif one.module.strand is Strand.IN_SERVICE:
        yield _("It gives no credits towards 60."), "plain"
    elif one.adds:
        yield _adds(one.adds, inside(one.module.subject.name)), "good" if one.adds.credits else "plain"
    elif one.module.credits is not None and one.module.subject is not None:
        yield _("You lack no credits in %(subject)s.", subject=inside(one.module.subject.name)), "plain"
    if one.adds and one.module.strand is not Strand.IN_SERVICE and one.adds.credits < min(one.module.credits, one.adds.missing):
        yield _("The rest overlaps with what you have or have planned."), "plain"
    if one.other_grades:
        yield _("It is for other grades than those you teach."), "plain"
    yield from _requirements(one)


def _adds(adds: Adds, subject: str) -> str:
    known = {"adds": number(adds.credits), "missing": number(adds.missing), "subject": subject}
    if adds.band is None:
        return _("Counts %(adds)s of the %(missing)s credits you lack in %(subject)s.", **known)
    return _("Counts %(adds)s of the %(missing)s credits you lack in %(subject)s for %(grades)s.", **known, grades=inside(offer_words.band(adds.band)))


def _requirements(one: ForMe) -> Iterator[Line]:
    if one.held:
        return
    if one.lacking:
        yield _("You lack what is required: %(what)s.", what=offer_words.listed([_needed(row) for row in one.lacking])), "stop"
    if one.must_teach:
        yield _("You must be teaching the subject, and you have not said that you do."), "stop"
    if one.later and not one.lacking:
        yield _("You meet the requirements once you have passed %(what)s.", what=offer_words.listed([_needed(row) for row in one.later])), "wait"
    if one.requires and not (one.lacking or one.later or one.must_teach):
        yield _("You meet the requirements."), "good"


def _needed(row: Row) -> str:
    if row.uuid:
        return row.title or row.code or ""
    name = getattr(row, f"name_{language()}", None) or row.name_nb
    return _("%(credits)s in %(subject)s", credits=offer_words.credits(row.credits), subject=inside(name))


def of_run(one: ForMe, on: Date) -> Iterator[Line]:
    yield from _seat(one)
    if one.run is None or (one.held and not one.seat):
        return
    if one.clash:
        yield _("Clashes with %(study)s on %(day)s.", study=one.clash[1], day=date(one.clash[0])), "stop"
    elif one.clash_free:
        yield _("Clashes with nothing of yours."), "good"
    if one.days_away:
        yield ngettext("%(num)d day away at most in a semester.", "%(num)d days away at most in a semester.", one.days_away), "plain"
    if one.demand:
        yield _last_time(one.demand), "plain"
    yield from _time(one.run, one, on)


def _seat(one: ForMe) -> Iterator[Line]:
    if one.line:
        yield _("You are number %(place)s of %(waiting)s waiting.", place=one.line.place, waiting=one.line.waiting), "wait"
    elif one.seat and one.seat.state is Seat.OFFERED:
        yield _("You have been offered a seat."), "wait"
    elif one.seat:
        yield _("You have a seat."), "good"


def _last_time(demand: Demand) -> str:
    if demand.applicants < FEWEST:
        return _("Last time fewer than %(fewest)s applied.", fewest=FEWEST)
    if demand.seats is None:
        return ngettext("Last time %(num)d applied.", "Last time %(num)d applied.", demand.applicants)
    known = {"applicants": number(demand.applicants), "seats": number(demand.seats)}
    if demand.last is None or demand.last >= demand.applicants:
        return _("Last time %(applicants)s applied for %(seats)s seats, and all in line got one.", **known)
    return _("Last time %(applicants)s applied for %(seats)s seats; the last to get one was number %(last)s.", **known, last=number(demand.last))


def _time(run: Offering, one: ForMe, on: Date) -> Iterator[Line]:
    if run.apply_by and run.apply_by >= on and not one.seat and run.state == "published":
        left = (run.apply_by - on).days
        yield _("Last day to apply is today.") if not left else ngettext("%(num)d day left to apply.", "%(num)d days left to apply.", left), "wait" if left <= 7 else "plain"
    if one.may_not_start and run.mode is not EnrolmentMode.ELSEWHERE:
        yield ngettext(
            "May not start: %(num)d participant is missing, and it begins on %(day)s.", "May not start: %(num)d participants are missing, and it begins on %(day)s.",
            run.minimum - run.seats_taken, day=date(run.starts_on),
        ), "stop"  # fmt: skip
