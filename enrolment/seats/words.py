"""What a seat is called and what its holder reads: who must act, and by when."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from catalog.offers import words as offer_words
from catalog.offers.lifecycle import Run
from config.clock import day_of, today
from config.languages import _, date, ngettext
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from enrolment.seats.queries import Line

TAGS = {
    Seat.WAITING: "wait",
    Seat.OFFERED: "wait",
    Seat.PLACED: "good",
    Seat.COMPLETED: "good",
}


def tag(state: Seat) -> tuple[str, str]:
    """One or two words, and the kind of tag."""
    words = {
        Seat.WAITING: _("Waiting list"),
        Seat.OFFERED: _("Seat offered"),
        Seat.PLACED: _("Seat confirmed"),
        Seat.DECLINED: _("Declined"),
        Seat.LAPSED: _("Lapsed"),
        Seat.WITHDRAWN: _("Enrolment ended"),
        Seat.COMPLETED: _("Completed"),
        Seat.INTERRUPTED: _("Interrupted"),
    }
    return words[state], TAGS.get(state, "plain")


def last_day(enrolment: Enrolment) -> str:
    """The last day to answer, as people say it: the deadline is the midnight that ends it."""
    return date(day_of(enrolment.reply_by - timedelta(seconds=1)))


def sentence(enrolment: Enrolment, line: Line | None = None) -> str:
    """The state in a sentence that says what comes next."""
    state = enrolment.state
    if state is Seat.WAITING:
        return in_line(line)
    if state is Seat.OFFERED:
        return _("A seat is yours if you answer by %(day)s at 23:59. After that it goes to the next in line.", day=last_day(enrolment))
    if state is Seat.PLACED:
        return _placed(enrolment)
    return _past(enrolment)


def in_line(line: Line | None) -> str:
    if line is None:
        return _("You are on the waiting list.")
    told = _("You are number %(place)d of %(waiting)d on the waiting list. When a seat frees, the next in line is offered it.", place=line.place, waiting=line.waiting)
    return told if line.came_in is None else f"{told} {came_in(line.came_in)}"


def came_in(number: int) -> str:
    return ngettext("Last year %(num)d came in from the queue.", "Last year %(num)d came in from the queue.", number)


def _placed(enrolment: Enrolment) -> str:
    starts = enrolment.offering.starts_on
    if starts and starts < today():
        return _("You have a seat. The study began on %(day)s.", day=date(starts))
    if starts:
        return _("You have a seat. The study starts on %(day)s.", day=date(starts))
    return _("You have a seat. The institution has not stated when the study starts.")


def _past(enrolment: Enrolment) -> str:
    return {
        Seat.DECLINED: _("You declined the seat, and it went to the next in line."),
        Seat.LAPSED: _("The offer of a seat lapsed."),
        Seat.WITHDRAWN: _withdrawn(enrolment),
        Seat.COMPLETED: _("You have completed this run."),
        Seat.INTERRUPTED: _("You interrupted this run."),
    }[enrolment.state]


def _withdrawn(enrolment: Enrolment) -> str:
    """Whether the teacher withdrew or the run was cancelled: both end the enrolment the same way."""
    return _("This run has been cancelled.") if enrolment.offering.state is Run.CANCELLED else _("You are no longer enrolled.")


def step(event: str, to: Seat) -> str:
    """An event of the life of a seat, in the past tense."""
    return {
        "enrol": _("Joined the waiting list") if to is Seat.WAITING else _("Enrolled"),
        "offer": _("Seat offered"),
        "accept": _("Seat accepted"),
        "decline": _("Seat declined"),
        "let lapse": _("Offer lapsed"),
        "withdraw": _("Enrolment ended"),
        "complete": _("Completed"),
        "interrupt": _("Interrupted"),
        "move": _("Moved here from another run of the module"),
    }.get(event, event)


def title(enrolment: Enrolment) -> str:
    module = enrolment.module
    return module.title or module.code or ""


def run(enrolment: Enrolment) -> str:
    """Institution, code and semester on one line."""
    module = enrolment.offering.module
    parts = [module.institution.short_name, module.code, offer_words.semesters(enrolment.offering.semester, enrolment.offering.semesters)]
    return " · ".join(part for part in parts if part)


def seat_offered(facts: Mapping[str, str]) -> str:
    return _("You are offered a seat in %(module)s.", module=facts.get("module", ""))


def group_split(facts: Mapping[str, str]) -> str:
    """To those who are left of colleagues who applied together for all or nothing."""
    told = _("A colleague you applied together with does not take %(module)s. You all wanted it or nobody, so think again.", module=facts.get("module", ""))
    day = facts.get("reply_by")
    if not day:
        return f"{told} " + _("Your seat stands, and you can withdraw from it.")
    return f"{told} " + _("Your offer stands: answer by %(day)s.", day=date(day_of(datetime.fromisoformat(day) - timedelta(seconds=1))))


def seat_lapsed(facts: Mapping[str, str]) -> str:
    return _("Your offer of a seat in %(module)s lapsed, because no answer came in time.", module=facts.get("module", ""))


def offering_cancelled(facts: Mapping[str, str]) -> str:
    return _("%(module)s has been cancelled: %(why)s", module=facts.get("module", ""), why=facts.get("why", ""))
