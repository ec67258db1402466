"""A teacher's own page of what a round gave: why, the offer with its consequences and the answer, and the queues one stands in."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor, has_role
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.offers.models import Offering
from config.clock import now
from config.errors import NotFound
from config.languages import _
from enrolment.applications.models import Application, Choice
from enrolment.awarding import queries, words
from enrolment.awarding.services import queueing
from enrolment.seats import queries as seat_queries
from enrolment.seats import services as seats
from enrolment.seats import words as seat_words
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

pages = Blueprint("given", __name__)
teachers_only = acting_as(Role.TEACHER)


@dataclass(frozen=True)
class Given:
    """One choice with the enrolments that came of it."""

    choice: Choice
    enrolments: list[Enrolment]

    def are(self, state: Seat) -> bool:
        return any(one.state is state for one in self.enrolments)


@pages.get("/me/applications/<uuid:application>/seats")
@teachers_only
def given(application):
    """What the round gave, and what one answers."""
    case = queries.own_case(current_actor(), application)
    outcome = queries.outcome_of(case.id)
    if outcome is None:
        raise NotFound(_("The round of this application is not decided yet."))
    choices = [_given(one) for one in case.ranked_choices]
    waiting = [one for each in choices for one in each.enrolments if one.state is Seat.WAITING]
    return render_template(
        "awarding/given.html", case=case, outcome=outcome, choices=choices, lines=seat_queries.places_in_line(waiting), words=words, seat_words=seat_words,
        Seat=Seat, at=now(), sentence=words.sentence(outcome.line), offer_words=offer_words,
        effects={one.choice.id: _effects(one, choices) for one in choices if one.are(Seat.OFFERED)}, titles={one.choice.id: title(one.choice) for one in choices},
    )  # fmt: skip


def _given(choice: Choice) -> Given:
    return Given(choice, [run.enrolment for run in choice.runs if run.enrolment])


def title(choice: Choice) -> str:
    """The course of a package, or the modules in it, or the study elsewhere."""
    modules = [run.offering.module for run in choice.runs]
    courses = {module.course.title for module in modules if module.course}
    if len(courses) == 1 and len(modules) > 1:
        return f"{courses.pop()}: {', '.join(module.title or module.code or '' for module in modules)}"
    return ", ".join(module.title or module.code or "" for module in modules) or choice.title or _("A study elsewhere")


def _effects(offered: Given, choices: list[Given]) -> list[str]:
    """What accepting means, in sentences."""
    effects = []
    if len(offered.enrolments) > 1 and not offered.choice.also_part:
        effects.append(_("The parts of the package are accepted or declined together."))
    lower = [one for one in choices if one.choice.position > offered.choice.position]
    effects += [_("You give up choice %(number)s, which you have a seat in.", number=one.choice.position) for one in lower if one.are(Seat.PLACED) or one.are(Seat.OFFERED)]
    effects += [_("You leave the queue for choice %(number)s.", number=one.choice.position) for one in lower if one.are(Seat.WAITING)]
    higher = [one for one in choices if one.choice.position < offered.choice.position and one.are(Seat.WAITING)]
    effects += [_("You stay in the queue for choice %(number)s, and may change if a seat frees there.", number=one.choice.position) for one in higher]
    return effects


@pages.post("/me/applications/<uuid:application>/seats/<int:choice>/acceptance")
@teachers_only
def accept(application, choice):
    seats.accept(_offered(application, choice).uuid, actor=current_actor(), at=now())
    flash(_("The seat is yours."), "good")
    return _back(application)


@pages.post("/me/applications/<uuid:application>/seats/<int:choice>/refusal")
@teachers_only
def decline(application, choice):
    seats.decline(_offered(application, choice).uuid, actor=current_actor(), at=now())
    flash(_("You have declined the seat. It goes to the next in line."), "good")
    return _back(application)


def _offered(application, number: int) -> Enrolment:
    """The offer of a choice: one enrolment of its package stands for all. One that has been answered is answered again, and refused as it should be."""
    case = queries.own_case(current_actor(), application)
    found = [run.enrolment for one in case.ranked_choices if one.position == number for run in one.runs if run.enrolment]
    if not found:
        raise NotFound(_("You have no such offer."))
    return next((one for one in found if one.state is Seat.OFFERED), found[0])


def _back(application):
    return redirect(url_for(".given", application=application), 303)


@pages.post("/offerings/<uuid:offering>/queue")
@teachers_only
def join(offering):
    mine = queueing.join(offering, actor=current_actor(), at=now())
    return redirect(url_for("seats.enrolment", enrolment=mine.uuid), 303)


def offering_queue(offering: Offering, **_known) -> str:
    """On the page of a run whose seats a round has given: my seat, or the way into its queue."""
    if not has_role(Role.TEACHER) or not queueing.may_join(offering, now()):
        return ""
    mine = seat_queries.active_enrolment(current_actor().person_id, offering.id)
    line = seat_queries.places_in_line([mine]).get(mine.id) if mine else None
    came_in = seat_queries.came_in_last_year([offering.id]).get(offering.id)
    return render_template("awarding/offering_queue.html", offering=offering, mine=mine, line=line, came_in=came_in, seat_words=seat_words)


def my_rounds(**_known) -> str:
    """On the page of my enrolments: the rounds that have given me something."""
    cases = queries.told_cases(current_actor().person_id)
    return render_template("awarding/my_rounds.html", cases=cases) if cases else ""


def of_case(application: Application, **_known) -> str:
    """On the page of a case: the way to what the round gave."""
    return render_template("awarding/my_rounds.html", cases=[application]) if queries.outcome_of(application.id) else ""
