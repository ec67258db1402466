"""Taking part as the teacher, the owner and the institution see it."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.offers.models import Offering
from catalog.values import EnrolmentMode, Semester
from config.clock import now, today
from config.csv_out import csv_answer
from config.errors import BadInput, NotFound
from config.forms import Form, blank_form, read_form
from config.languages import _, ngettext
from enrolment.applications import words as application_words
from enrolment.applications.models import Application
from enrolment.participation import places, queries, services, words
from enrolment.participation.places import Place
from enrolment.participation.schemas import CountersignSchema, RetractSchema, StopSchema, WhenSchema
from enrolment.participation.values import Cause
from enrolment.results.queries import own_offering

pages = Blueprint("participation", __name__)


@pages.get("/me/participation")
@acting_as(Role.TEACHER)
def mine():
    """The studies that a round gave me a seat in or money for, semester by semester."""
    found = places.places(queries.own(current_actor()))
    return render_template("participation/mine.html", places=found, on=today(), words=words, offer_words=offer_words)


@pages.get("/me/studies-elsewhere/<uuid:choice>/semesters")
@acting_as(Role.TEACHER)
def ask_when(choice):
    """When a study elsewhere is given, if its choice does not say it or says it wrongly."""
    study = queries.own_study(current_actor(), choice)
    return _when(choice, blank_form(semester=study.first.code if study.first else "", semesters=study.choice.semesters or 1))


def _when(choice, form: Form) -> str:
    [place] = places.places([queries.own_study(current_actor(), choice)])
    if not place.may_be_dated:
        raise NotFound(_("You have confirmed a semester already, so when the study is given stands as it is."))
    return render_template("participation/when.html", place=place, form=form, semesters=application_words.semesters_of_year(place.study.case), words=words)


@pages.post("/me/studies-elsewhere/<uuid:choice>/semesters")
@acting_as(Role.TEACHER)
def date_study(choice):
    form = read_form(WhenSchema())
    if form.ok:
        try:
            services.date_study(choice, form.values["semester"], form.values["semesters"], actor=current_actor(), at=now())
        except BadInput as refusal:
            form.errors |= refusal.errors
    if not form.ok:
        return _when(choice, form), 422
    flash(_("It is noted when the study is given."), "good")
    return redirect(url_for(".mine"), 303)


@pages.post("/me/enrolments/<uuid:enrolment>/participation/<semester>")
@acting_as(Role.TEACHER)
def confirm(enrolment, semester):
    services.confirm(enrolment, _semester(semester), actor=current_actor(), at=now())
    flash(_("You have confirmed that you take part. Your school owner countersigns."), "good")
    return redirect(url_for(".mine"), 303)


def _semester(code: str) -> Semester:
    try:
        return Semester.from_code(code)
    except ValueError:
        raise NotFound(_("You take part in no such study.")) from None


@pages.get("/me/enrolments/<uuid:enrolment>/pause")
@acting_as(Role.TEACHER)
def ask_to_stop(enrolment):
    """What putting off and interrupting mean, before it is done."""
    return _stop(enrolment, blank_form(how="defer"))


def _stop(enrolment, form: Form) -> str:
    [place] = places.places([queries.own_study(current_actor(), enrolment)])
    causes = [(one.value, words.cause(one)) for one in Cause]
    return render_template("participation/stop.html", place=place, form=form, causes=causes, words=words)


@pages.post("/me/enrolments/<uuid:enrolment>/pause")
@acting_as(Role.TEACHER)
def stop(enrolment):
    form = read_form(StopSchema())
    if not form.ok:
        return _stop(enrolment, form), 422
    do = services.defer if form.values["how"] == "defer" else services.interrupt
    do(enrolment, form.values["cause"], form.values["why"], actor=current_actor(), at=now())
    flash(_("It is noted, and your school owner is told."), "good")
    return redirect(url_for(".mine"), 303)


@pages.post("/me/enrolments/<uuid:enrolment>/resumption")
@acting_as(Role.TEACHER)
def resume(enrolment):
    services.resume(enrolment, actor=current_actor(), at=now())
    flash(_("You have taken the study up again."), "good")
    return redirect(url_for(".mine"), 303)


@pages.get("/owner/participation")
@acting_as(Role.OWNER)
def of_owner():
    """Who takes part, and what waits to be countersigned."""
    found = places.places(queries.of_owner(current_actor()))
    waiting = [(place, semester) for place in found for semester in place.to_countersign()]
    semesters = sorted({one for place in found for one in place.part.payable}, reverse=True)
    return render_template("participation/owner.html", places=found, waiting=waiting, semesters=semesters, words=words, offer_words=offer_words)


@pages.post("/owner/participation")
@acting_as(Role.OWNER)
def countersign():
    form = read_form(CountersignSchema())
    count = services.countersign(form.values["said"], actor=current_actor(), at=now()) if form.ok else 0
    flash(ngettext("%(num)d confirmation is countersigned.", "%(num)d confirmations are countersigned.", count), "good" if count else "wait")
    return redirect(url_for(".of_owner"), 303)


@pages.get("/owner/participation/<uuid:enrolment>/<semester>/retraction")
@acting_as(Role.OWNER)
def ask_to_retract(enrolment, semester):
    """What it means to take one's word back."""
    return _retract(enrolment, semester, blank_form())


def _retract(enrolment, semester: str, form: Form) -> str:
    [place] = places.places([queries.owners_study(current_actor(), enrolment)])
    return render_template("participation/retract.html", place=place, semester=_semester(semester), form=form, words=words, offer_words=offer_words)


@pages.post("/owner/participation/<uuid:enrolment>/<semester>/retraction")
@acting_as(Role.OWNER)
def retract(enrolment, semester):
    form = read_form(RetractSchema())
    if not form.ok:
        return _retract(enrolment, semester, form), 422
    services.retract(enrolment, _semester(semester), form.values["why"], actor=current_actor(), at=now())
    flash(_("It is noted, and the teacher is told."), "good")
    return redirect(url_for(".of_owner"), 303)


@pages.post("/owner/participation/<uuid:enrolment>/<semester>/retraction/removal")
@acting_as(Role.OWNER)
def restore(enrolment, semester):
    services.restore(enrolment, _semester(semester), actor=current_actor(), at=now())
    flash(_("It is noted that the teacher took part."), "good")
    return redirect(url_for(".of_owner"), 303)


@pages.get("/owner/participation/<semester>")
@acting_as(Role.OWNER)
def payment(semester):
    """What the owner is paid for a semester, in arrears."""
    due = _due(semester)
    total = sum(one.oere or 0 for one in due)
    return render_template("participation/payment.html", due=due, total=total, semester=_semester(semester), words=words, offer_words=offer_words)


def _due(semester: str) -> list[places.Due]:
    return places.payment(places.places(queries.of_owner(current_actor())), _semester(semester))


@pages.get("/owner/participation/<semester>.csv")
@acting_as(Role.OWNER)
def payment_csv(semester):
    rows = [(one.place.study.case.person.name, words.title(one.place), _semester(semester).code, _kroner(one)) for one in _due(semester)]
    return csv_answer(f"payment-{_semester(semester).code}.csv", [_("Name"), _("Study"), _("Semester"), _("Kroner")], rows)


def _kroner(one: places.Due) -> str:
    return "" if one.oere is None else f"{one.oere / 100:.2f}"


@pages.get("/publish/offerings/<uuid:offering>/participation")
@acting_as(Role.EDITOR)
def of_run(offering):
    """Which of the participants take part, as teacher and owner have said."""
    run = own_offering(current_actor(), offering)
    found: list[Place] = places.places(queries.of_offering(run.id))
    return render_template("participation/run.html", run=run, places=found, words=words, offer_words=offer_words)


def way_to_participation(offering: Offering, **_known) -> str:
    """On the institution's page of a run whose seats a round gives."""
    return render_template("participation/link.html", offering=offering) if offering.mode is EnrolmentMode.ROUND else ""


def my_participation(**_known) -> str:
    """On the page of my enrolments, where a round has given me a seat, or money for a study elsewhere."""
    return render_template("participation/my_link.html") if queries.takes_part(current_actor()) else ""


def of_case(application: Application, **_known) -> str:
    """On the teacher's own page of a case that has money for a study elsewhere."""
    found = places.places(queries.own_elsewhere(current_actor(), application.id))
    return render_template("participation/of_case.html", places=found, on=today(), words=words, offer_words=offer_words) if found else ""


def owner_work() -> str:
    """On the owner's own page: what teachers have confirmed and the owner not countersigned."""
    waiting = queries.to_countersign(current_actor().organisation_id)
    says = ngettext("%(num)d confirmation of taking part to countersign", "%(num)d confirmations of taking part to countersign", waiting)
    return render_template("components/work_line.html", says=says, address=url_for("participation.of_owner"), by=None) if waiting else ""
