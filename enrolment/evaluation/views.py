"""The questionnaire, and what is shown of its sums to institutions and regions."""

from flask import Blueprint, flash, redirect, render_template, url_for
from marshmallow import fields, validate

from accounts.guard import acting_as, current_actor, has_role
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from catalog.publishing.permissions import institution_of
from config.clock import now, today
from config.forms import Form, Schema, blank_form, read_form
from config.languages import _, _l
from enrolment.evaluation import queries, services, words
from enrolment.evaluation.values import SCALE, STEP
from enrolment.results.queries import own_offering
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

pages = Blueprint("evaluation", __name__)


@pages.get("/me/enrolments/<uuid:enrolment>/evaluation")
@acting_as(Role.TEACHER)
def questionnaire(enrolment):
    return _page(queries.own_completed(current_actor(), enrolment), blank_form())


@pages.post("/me/enrolments/<uuid:enrolment>/evaluation")
@acting_as(Role.TEACHER)
def answer(enrolment):
    mine = queries.own_completed(current_actor(), enrolment)
    form = read_form(Schema.from_dict({question.code: _value() for question in queries.questions(today())})())
    form.attempt(lambda: services.answer(enrolment, form.values, actor=current_actor(), at=now()), at="form")
    if not form.ok:
        return _page(mine, form), 422
    flash(_("Thank you. Your answer is counted, and nobody can find it again."), "good")
    return redirect(url_for("seats.enrolment", enrolment=enrolment))


def _value() -> fields.Integer:
    return fields.Integer(required=True, validate=validate.OneOf(SCALE, error=_l("Choose from the list.")), error_messages={"required": _l("Choose an answer.")})


def _page(mine: Enrolment, form: Form) -> str:
    return render_template(
        "evaluation/questionnaire.html", enrolment=mine, questions=queries.questions(today()), form=form, choices=words.choices(),
        answered=queries.has_answered(mine.id), how=words.how_anonymous(),
    )  # fmt: skip


@pages.get("/publish/evaluations")
@acting_as(Role.EDITOR)
def of_institution():
    lines = queries.of_institutions([institution_of(current_actor())])
    return _list(lines, ".of_run")


@pages.get("/publish/offerings/<uuid:offering>/evaluation")
@acting_as(Role.EDITOR)
def of_run(offering):
    return _results(own_offering(current_actor(), offering), (_("Evaluations"), url_for(".of_institution")))


@pages.get("/region/evaluations")
@acting_as(Role.COORDINATOR)
def of_region():
    """Of the institutions that belong to the region today."""
    lines = queries.of_institutions(queries.institutions_of(current_actor().organisation_id, today()))
    return _list(lines, ".of_region_run")


@pages.get("/region/evaluations/<uuid:offering>")
@acting_as(Role.COORDINATOR)
def of_region_run(offering):
    return _results(queries.run_of_region(current_actor(), offering, today()), (_("Evaluations"), url_for(".of_region")))


def _list(lines: list, endpoint: str) -> str:
    known = {"lines": lines, "endpoint": endpoint, "offer_words": offer_words, "step": STEP}
    return render_template("evaluation/list.html", **known, how=words.how_anonymous())


def _results(run: Offering, above: tuple[str, str]) -> str:
    turnout = queries.turnout(run.id)
    return render_template(
        "evaluation/results.html", offering=run, rows=queries.shown(run.id), answers=turnout.shown if turnout else 0, completed=queries.completed(run.id),
        above=above, scale=SCALE, step=STEP, offer_words=offer_words, how=words.how_anonymous(),
    )  # fmt: skip


def asked(enrolment: Enrolment, **_known) -> str:
    """The panel of a completed enrolment: the way to its questionnaire."""
    if enrolment.state is not Seat.COMPLETED or not has_role(Role.TEACHER):
        return ""
    return render_template("evaluation/asked.html", enrolment=enrolment, answered=queries.has_answered(enrolment.id))


def unanswered(**_known) -> str:
    """The panel of one's enrolments: the completed runs that one has not told of."""
    return render_template("evaluation/unanswered.html", enrolments=queries.to_answer(current_actor().person_id))


def results_link(offering: Offering, **_known) -> str:
    """The panel of a run on its editors' page."""
    return "" if offering.state is Run.DRAFT else render_template("evaluation/link.html", offering=offering)


def region_link(**_known) -> str:
    return render_template("evaluation/region_link.html") if has_role(Role.COORDINATOR) else ""
