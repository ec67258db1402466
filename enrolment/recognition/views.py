"""The teacher's page of recognitions, and the owner's decisions."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _, ngettext, number
from enrolment.progress import queries as progress
from enrolment.recognition import queries, services, words
from enrolment.recognition.models import Recognition
from enrolment.recognition.schemas import AskSchema, DecideSchema, EndSchema

pages = Blueprint("recognition", __name__)


@pages.get("/me/recognitions")
@acting_as(Role.TEACHER)
def mine():
    """What I have asked for, and a form to ask for more."""
    return _mine(blank_form())


def _mine(form: Form) -> str:
    earned = progress.history(current_actor().person_id, today())
    names = {one.code: one.name for one in progress.subjects()}
    own = [(row.credit.key, f"{row.credit.title} ({number(row.credit.credits)}, {names.get(row.credit.subject, '')})") for row in earned if row.recognition is None]
    return render_template("recognition/mine.html", form=form, recognitions=queries.own(current_actor()), credits=own, subjects=list(names.items()), words=words)


@pages.post("/me/recognitions")
@acting_as(Role.TEACHER)
def ask():
    form = read_form(AskSchema())
    form.attempt(lambda: services.ask(**form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _mine(form), 422
    flash(_("Your school owner has been asked. It counts when they have recognised it."), "good")
    return redirect(url_for(".mine"))


@pages.post("/me/recognitions/<uuid:recognition>/withdrawal")
@acting_as(Role.TEACHER)
def withdraw(recognition):
    services.withdraw(recognition, actor=current_actor(), at=now())
    flash(_("It is taken back."), "good")
    return redirect(url_for(".mine"))


@pages.get("/owner/recognitions")
@acting_as(Role.OWNER)
def laid():
    """What teachers have asked for: what waits, then what is decided."""
    return render_template("recognition/laid.html", recognitions=queries.laid_before(current_actor()), words=words)


@pages.get("/owner/recognitions/<uuid:recognition>")
@acting_as(Role.OWNER)
def decision(recognition):
    one = queries.laid_one(current_actor(), recognition)
    return _decision(one, blank_form(credits=number(services.awarded_of(one))))


def _decision(one: Recognition, form: Form) -> str:
    schools = progress.school_names([one.person_id])
    return render_template("recognition/decision.html", one=one, form=form, words=words, school=schools.get(one.person_id))


@pages.post("/owner/recognitions/<uuid:recognition>/decision")
@acting_as(Role.OWNER)
def decide(recognition):
    one, form = queries.laid_one(current_actor(), recognition), read_form(DecideSchema())
    recognise = form.values.pop("decision", None) == "recognise"
    form.attempt(lambda: services.decide(recognition, **form.values, recognise=recognise, actor=current_actor(), at=now()))
    if not form.ok:
        return _decision(one, form), 422
    flash(_("The decision is kept, and the teacher is told."), "good")
    return redirect(url_for(".laid"))


@pages.post("/owner/recognitions/<uuid:recognition>/ending")
@acting_as(Role.OWNER)
def end(recognition):
    one, form = queries.laid_one(current_actor(), recognition), read_form(EndSchema())
    if not form.ok:
        return _decision(one, form), 422
    services.end(recognition, **form.values, actor=current_actor(), at=now())
    flash(_("It does not count any more, and the teacher is told why."), "good")
    return redirect(url_for(".laid"))


def owner_work() -> str:
    """On the owner's own page: what teachers have asked to have recognised."""
    waiting = queries.waiting(current_actor())
    says = ngettext("%(num)d recognition to decide", "%(num)d recognitions to decide", waiting)
    return render_template("components/work_line.html", says=says, address=url_for("recognition.laid"), by=None) if waiting else ""
