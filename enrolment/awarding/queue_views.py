"""The institution's page of the queue of a run, and the decision that moves somebody in it."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.offers.models import Offering
from catalog.values import EnrolmentMode
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _
from enrolment.awarding import queues
from enrolment.awarding.schemas import MoveSchema
from enrolment.awarding.services import queueing
from enrolment.results.queries import own_offering
from enrolment.seats import queries as seat_queries
from enrolment.seats import words as seat_words

pages = Blueprint("queue", __name__, url_prefix="/publish")
editors_only = acting_as(Role.EDITOR)


@pages.get("/offerings/<uuid:offering>/queue")
@editors_only
def queue(offering):
    """Who waits, in which order, and what decisions have moved anybody."""
    return _page(own_offering(current_actor(), offering), None, blank_form())


def _page(run: Offering, moving, form: Form) -> str:
    came_in = seat_queries.came_in_last_year([run.id]).get(run.id)
    return render_template(
        "awarding/queue.html", run=run, line=queues.line(run.id), decisions=queues.decisions(run.id), came_in=came_in, moving=moving, form=form,
        offer_words=offer_words, seat_words=seat_words, closed=run.queue_closes_on is not None and today() > run.queue_closes_on,
    )  # fmt: skip


@pages.post("/offerings/<uuid:offering>/queue/<uuid:enrolment>/place")
@editors_only
def move(offering, enrolment):
    """A place further ahead, by a decision with its reason."""
    run, form = own_offering(current_actor(), offering), read_form(MoveSchema())
    form.attempt(lambda: queueing.move(offering, enrolment, form.values["place"], form.values["why"], actor=current_actor(), at=now()))
    if not form.ok:
        return _page(run, enrolment, form), 422
    flash(_("The decision is kept, and those who were passed are told."), "good")
    return redirect(url_for(".queue", offering=offering), 303)


def way_to_queue(offering: Offering, **_known) -> str:
    """On the institution's page of a run that somebody waits for."""
    shown = offering.waiting or offering.mode is EnrolmentMode.ROUND
    return render_template("awarding/queue_link.html", offering=offering) if shown else ""
