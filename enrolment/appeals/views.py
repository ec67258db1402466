"""Appealing a mark, and the institution's pages to answer."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from config.clock import day_of, now, today
from config.forms import Form, blank_form, read_form
from config.languages import _
from enrolment.appeals import queries, rules, services, words
from enrolment.appeals.lifecycle import OPEN
from enrolment.appeals.models import Appeal
from enrolment.appeals.schemas import AnswerSchema, AppealSchema
from enrolment.results import queries as result_queries
from enrolment.results import words as result_words
from enrolment.seats.models import Enrolment, Result

pages = Blueprint("appeals", __name__)


@pages.get("/me/enrolments/<uuid:enrolment>/appeal")
@acting_as(Role.TEACHER)
def appeal(enrolment):
    return _appeal_page(queries.own_result(current_actor(), enrolment), blank_form())


@pages.post("/me/enrolments/<uuid:enrolment>/appeal")
@acting_as(Role.TEACHER)
def send(enrolment):
    result, form = queries.own_result(current_actor(), enrolment), read_form(AppealSchema())
    if not form.ok:
        return _appeal_page(result, form), 422
    services.send(enrolment, form.values["reason"], actor=current_actor(), at=now())
    flash(_("Your appeal is sent. You are told when the institution has answered."), "good")
    return redirect(url_for("seats.enrolment", enrolment=enrolment))


def _appeal_page(result: Result, form: Form) -> str:
    return render_template("appeals/appeal.html", result=result, form=form, last_day=_last_day(result), mark=result_words.mark, open_now=_can_appeal(result))


def _last_day(result: Result):
    recorded_on = day_of(result.recorded_at)
    days = queries.days(recorded_on)
    return rules.last_day(recorded_on, days) if days is not None else None


def _can_appeal(result: Result) -> bool:
    last = _last_day(result)
    return queries.appeal_of(result.id) is None and (last is None or today() <= last)


@pages.post("/me/enrolments/<uuid:enrolment>/appeal/withdrawal")
@acting_as(Role.TEACHER)
def withdraw(enrolment):
    services.withdraw(enrolment, actor=current_actor(), at=now())
    flash(_("The appeal is taken back."), "good")
    return redirect(url_for("seats.enrolment", enrolment=enrolment))


@pages.get("/publish/appeals")
@acting_as(Role.EDITOR)
def received():
    return render_template("appeals/received.html", appeals=queries.received(current_actor()), words=words, mark=result_words.mark, offer_words=offer_words)


@pages.get("/publish/appeals/<uuid:appeal>")
@acting_as(Role.EDITOR)
def show(appeal):
    found = queries.received_one(current_actor(), appeal)
    return _answer_page(found, blank_form(mark=found.result.mark))


@pages.post("/publish/appeals/<uuid:appeal>/in-hand")
@acting_as(Role.EDITOR)
def take_in_hand(appeal):
    services.take_in_hand(appeal, actor=current_actor(), at=now())
    flash(_("The participant is told that you are looking at it."), "good")
    return redirect(url_for(".show", appeal=appeal))


@pages.post("/publish/appeals/<uuid:appeal>/answer")
@acting_as(Role.EDITOR)
def answer(appeal):
    found, form = queries.received_one(current_actor(), appeal), read_form(AnswerSchema())
    if not form.ok:
        return _answer_page(found, form), 422
    services.answer(appeal, form.values["mark"], form.values["why"], actor=current_actor(), at=now())
    flash(_("The appeal is answered, and the participant is told."), "good")
    return redirect(url_for(".received"))


def _answer_page(found: Appeal, form: Form) -> str:
    history = result_queries.history(found.result.uuid)
    return render_template(
        "appeals/show.html", appeal=found, form=form, words=words, mark=result_words.mark, marks=result_words.choices(), is_open=found.state in OPEN,
        history=history, offer_words=offer_words,
    )  # fmt: skip


def result_of(enrolment: Enrolment, **_known) -> str:
    """The panel of an enrolment with a result: the mark, what it was before, and the appeal."""
    result = enrolment.result
    if result is None:
        return ""
    return render_template(
        "appeals/result.html", enrolment=enrolment, result=result, appeal=queries.appeal_of(result.id), history=result_queries.history(result.uuid),
        can_appeal=_can_appeal(result), last_day=_last_day(result), mark=result_words.mark, words=words, open_states=OPEN,
    )  # fmt: skip


def appeals_line(institution_id: int, **_known) -> str:
    """The panel of an editor's work list: how many appeals wait."""
    return render_template("appeals/line.html", number=queries.to_answer(institution_id))
