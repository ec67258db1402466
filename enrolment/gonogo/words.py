"""Go or no-go in words."""

from collections.abc import Mapping
from datetime import date as Date

from catalog.offers import words as offer_words
from catalog.offers.models import Offering
from catalog.values import Semester
from config.languages import _, date, ngettext
from enrolment.gonogo.consequences import Concerned, Option
from enrolment.gonogo.values import Changed, Reach
from enrolment.seats import words as seat_words
from enrolment.seats.lifecycle import Seat


def lacks(run: Offering) -> str:
    """«5 are missing»; that it has enough where none are."""
    missing = max((run.minimum or 0) - run.seats_taken, 0)
    return ngettext("%(num)d is missing", "%(num)d are missing", missing) if missing else _("Enough")


def name(run: Offering) -> str:
    """«Tall og algebra, autumn 2026, Bergen»: enough to tell parallel runs apart."""
    parts = [run.module.name, offer_words.semesters(run.semester, run.semesters), run.group_name, offer_words.place(run)]
    return ", ".join(part for part in parts if part)


def holds(one: Concerned) -> str:
    """«Has a seat», «Offered a seat», «Number 2 of 4 on the waiting list»."""
    if one.enrolment.state is Seat.PLACED:
        return _("Has a seat")
    if one.enrolment.state is Seat.OFFERED:
        return _("Has been offered a seat")
    return _("Number %(place)d of %(waiting)d on the waiting list", place=one.line.place, waiting=one.line.waiting) if one.line else _("Waits for a seat")


def loses(one: Concerned) -> str:
    """What cancelling means for somebody, in a sentence."""
    return {
        Seat.PLACED: _("Loses the seat."),
        Seat.OFFERED: _("The offer of a seat lapses."),
        Seat.WAITING: _("Loses the place in the queue."),
    }[one.enrolment.state]


def reach(value: Reach | None) -> str:
    return {Reach.REGION: _("in their own region"), Reach.DISTANCE: _("at a distance"), None: _("not within reach")}[value]


def option(one: Option) -> tuple[str, str]:
    """A run to choose, and what one should know of it."""
    run = one.run
    free = ngettext("%(num)d seat free", "%(num)d seats free", run.seats - run.seats_taken)
    starts = _("starts %(day)s", day=date(run.starts_on)) if run.starts_on else ""
    return name(run), " · ".join(part for part in (free, starts, reach(one.reach), offer_words.delivery(run.delivery)) if part)


def changed(value: Changed, names: Mapping[str, str], runs: Mapping[str, str]) -> list[str]:
    """What is no longer as it was seen, a sentence each. `names` and `runs`: what people and runs are called, where that is known."""
    return [
        *(_("%(name)s has come.", name=names.get(key, _("Somebody"))) for key in value.came),
        *(_("%(name)s has left.", name=names.get(key, _("Somebody"))) for key in value.left),
        *(_("%(name)s holds something else now.", name=names.get(key, _("Somebody"))) for key in value.moved),
        *(_("%(run)s can be offered now.", run=runs.get(key, _("Another run"))) for key in value.opened),
        *(_("%(run)s can no longer be offered.", run=runs.get(key, _("Another run"))) for key in value.closed),
    ]


def offering_cancelled(facts: Mapping[str, str]) -> str:
    """The message of a cancelled run, with what one can take instead."""
    told, instead = seat_words.offering_cancelled(facts), [_instead(line) for line in facts.get("instead", "").split("\n") if line]
    if not instead:
        return told
    return _("%(told)s What you can take instead, with free seats today: %(runs)s.", told=told, runs="; ".join(instead))


def _instead(line: str) -> str:
    """A line of a message's facts: module, semester and institution."""
    module, semester, institution = line.split("\t")
    when = offer_words.semester_inside(Semester.from_code(semester)) if semester else ""
    return ", ".join(part for part in (module, when, institution) if part)


def offering_merged(facts: Mapping[str, str]) -> str:
    """The message to somebody who was moved into another run of the module."""
    starts = date(Date.fromisoformat(facts["starts"])) if facts.get("starts") else ""
    where = ", ".join(part for part in (starts, facts.get("place", "")) if part)
    return _(
        "Your run of %(module)s is joined with another one, and your place is there now: %(run)s. The reason: %(why)s Withdraw if it does not suit you.",
        module=facts.get("module", ""), run=where or _("see the page"), why=_sentence(facts.get("why", "")),
    )  # fmt: skip


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) or not text else f"{text}."
