"""The owner's page of dispensations: those given, and a form for another."""

from flask import Blueprint, Flask, flash, redirect, render_template, url_for

from accounts import wording
from accounts.guard import acting_as, current_actor, has_role
from accounts.mail.topics import add as add_topic
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.values import Band
from config import menu
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _, _l
from enrolment.dispensations import queries, services, words
from enrolment.dispensations.schemas import DispensationSchema
from enrolment.progress.queries import subjects
from enrolment.topics import CREDITS

pages = Blueprint("dispensations", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
    wording.add(app, "dispensation-given", words.told_given)
    wording.add(app, "dispensation-ended", words.told_ended)
    add_topic(app, CREDITS, "dispensation-given", "dispensation-ended")
    menu.add(app, _l("Dispensations"), "dispensations.given", order=23, shown=lambda: has_role(Role.OWNER))


@pages.get("/owner/dispensations")
@acting_as(Role.OWNER)
def given():
    return _page(blank_form(credits="0", valid_from=today().isoformat()))


def _page(form: Form) -> str:
    return render_template(
        "dispensations/given.html", given=queries.of_owner(current_actor()), form=form, words=words, on=today(),
        teachers=[(str(person.uuid), f"{person.name}, {school}") for person, school in queries.teachers(current_actor())],
        subjects=[(one.code, one.name) for one in subjects()], bands=[(band.value, offer_words.band(band)) for band in Band],
    )  # fmt: skip


@pages.post("/owner/dispensations")
@acting_as(Role.OWNER)
def give():
    form = read_form(DispensationSchema())
    form.attempt(lambda: services.give(**form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _page(form), 422
    flash(_("The dispensation is given, and the teacher is told."), "good")
    return redirect(url_for(".given"))


@pages.post("/owner/dispensations/<uuid:dispensation>/ending")
@acting_as(Role.OWNER)
def end(dispensation):
    services.end(dispensation, actor=current_actor(), at=now())
    flash(_("The dispensation has ended, and the teacher is told."), "good")
    return redirect(url_for(".given"))
