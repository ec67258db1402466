"""A teacher's seats: enrolling, the list, one enrolment with its history, and the answers one can give."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from accounts.guard import acting_as, current_actor, has_role
from accounts.models import Role
from catalog.offers.lifecycle import Run
from catalog.offers.models import EnrolmentMode, Offering
from config.clock import now, today
from config.languages import _
from enrolment.progress import completed
from enrolment.seats import queries, rules, services, words
from enrolment.seats.lifecycle import ACTIVE, Seat

pages = Blueprint("seats", __name__)


@pages.post("/offerings/<uuid:offering>/enrolment")
@acting_as(Role.TEACHER)
def enrol(offering):
    enrolment = services.enrol(offering, actor=current_actor(), at=now())
    return redirect(url_for(".enrolment", enrolment=enrolment.uuid))


@pages.get("/me/enrolments")
@acting_as(Role.TEACHER)
def enrolments():
    """Every enrolment of mine; what needs an answer stands first."""
    mine = queries.own_enrolments(current_actor())
    lines = queries.places_in_line(mine)
    active = [one for one in mine if one.state in ACTIVE]
    past = [one for one in mine if one.state not in ACTIVE]
    return render_template("seats/enrolments.html", active=active, past=past, lines=lines, gave=completed.told(past, today()), words=words)


@pages.get("/me/enrolments/<uuid:enrolment>")
@acting_as(Role.TEACHER)
def enrolment(enrolment):
    mine = queries.own_enrolment(current_actor(), enrolment)
    line = queries.places_in_line([mine]).get(mine.id)
    return render_template("seats/enrolment.html", enrolment=mine, line=line, gave=completed.told([mine], today()).get(mine.id), words=words, Seat=Seat, in_time=_in_time(mine))


def _in_time(mine) -> bool:
    return mine.state is Seat.OFFERED and now() < mine.reply_by


@pages.get("/me/enrolments/<uuid:enrolment>/withdrawal")
@acting_as(Role.TEACHER)
def confirm_withdrawal(enrolment):
    """Says what giving up means before it is done."""
    mine = queries.own_enrolment(current_actor(), enrolment)
    return render_template("seats/withdrawal.html", enrolment=mine, words=words, Seat=Seat)


@pages.post("/me/enrolments/<uuid:enrolment>/withdrawal")
@acting_as(Role.TEACHER)
def withdraw(enrolment):
    services.withdraw(enrolment, actor=current_actor(), at=now())
    flash(_("You have withdrawn."), "good")
    return redirect(url_for(".enrolment", enrolment=enrolment))


@pages.post("/me/enrolments/<uuid:enrolment>/acceptance")
@acting_as(Role.TEACHER)
def accept(enrolment):
    services.accept(enrolment, actor=current_actor(), at=now())
    flash(_("The seat is yours."), "good")
    return redirect(url_for(".enrolment", enrolment=enrolment))


@pages.post("/me/enrolments/<uuid:enrolment>/refusal")
@acting_as(Role.TEACHER)
def decline(enrolment):
    services.decline(enrolment, actor=current_actor(), at=now())
    flash(_("You have declined the seat."), "good")
    return redirect(url_for(".enrolment", enrolment=enrolment))


def offering_actions(offering: Offering, **_known) -> str:
    """The panel of an offering: my seat if I have one, else the way to one. The same for every stranger, so that the page can be kept."""
    if offering.mode is not EnrolmentMode.DIRECT or offering.state is not Run.PUBLISHED or offering.seats is None:
        return ""
    mine = _mine(offering)
    is_open = rules.is_open(today(), opens_on=offering.opens_on, apply_by=offering.apply_by)
    if mine is None and not is_open:
        return ""
    line = queries.places_in_line([mine]).get(mine.id) if mine else None
    return render_template(
        "seats/offering_actions.html", offering=offering, mine=mine, line=line, words=words, is_teacher=has_role(Role.TEACHER),
        stranger=g.get("actor") is None, back=request.full_path.rstrip("?"),
    )  # fmt: skip


def _mine(offering: Offering):
    return queries.active_enrolment(g.actor.person_id, offering.id) if has_role(Role.TEACHER) else None
