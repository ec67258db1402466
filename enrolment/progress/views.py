"""My way to 60, claims of earlier education, and the owner's page to decide on them."""

from flask import Blueprint, flash, redirect, render_template, url_for
from marshmallow import ValidationError

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.offers import words as offer_words
from catalog.offers.sentences import inside
from catalog.values import Band
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _, number
from enrolment.prior import measuring
from enrolment.prior.values import OWN
from enrolment.progress import account, queries, services, words
from enrolment.progress.schemas import ClaimFormSchema, DecisionSchema, TeachingSchema, read_teaching
from enrolment.seats import queries as seat_queries
from enrolment.seats import words as seat_words
from enrolment.seats.lifecycle import ACTIVE, Seat

pages = Blueprint("progress", __name__)


@pages.get("/me/progress")
@acting_as(Role.TEACHER)
def progress():
    """A card for each subject: the sentence, the bar, what can fill what is missing; below, every credit with its source."""
    mine = account.of(current_actor().person_id, today())
    cards = [(subject, mine.progress(subject.code)) for subject in mine.taught_or_held(queries.subjects())]
    fillings = {subject.code: account.fillings(mine, subject.code) for subject, shown in cards if shown.missing or shown.short_of}
    seats = [one for one in seat_queries.own_enrolments(current_actor()) if one.state in ACTIVE]
    offers, others = ([one for one in seats if (one.state is Seat.OFFERED) is offered] for offered in (True, False))
    return render_template(
        "progress/progress.html", mine=mine, cards=cards, fillings=fillings, claims=queries.own_claims(current_actor()), offers=offers,
        others=others, lines=seat_queries.places_in_line(others),
        words=words, offer_words=offer_words, seat_words=seat_words, inside=inside,
    )  # fmt: skip


@pages.get("/me/progress/claims/new")
@acting_as(Role.TEACHER)
def new_claim():
    return _claim_page(blank_form(unit=OWN))


@pages.post("/me/progress/claims")
@acting_as(Role.TEACHER)
def claim():
    form = read_form(ClaimFormSchema())
    measured = measuring.read(form, today()) if form.ok else None
    said = {name: value for name, value in form.values.items() if name not in ("unit", "stated", "country", "credits")}
    laid = form.attempt(lambda: services.claim(**said, credits=measured.credits, measured=measured.how, actor=current_actor(), at=now()), at="subject")
    if not form.ok:
        return _claim_page(form), 422
    flash(_("Your claim has been sent to your school owner. It counts when they have verified it. Add the diploma, so that they can see it."), "good")
    return redirect(url_for("prior.claim", claim=laid.uuid))


def _claim_page(form: Form) -> str:
    owner = queries.owner_of(current_actor().person_id)
    known = {"subjects": [(one.code, one.name) for one in queries.subjects()], "units": measuring.choices(today())}
    return render_template("progress/claim.html", form=form, owner=owner, **known)


@pages.post("/me/progress/claims/<uuid:claim>/withdrawal")
@acting_as(Role.TEACHER)
def withdraw_claim(claim):
    services.withdraw_claim(claim, actor=current_actor(), at=now())
    flash(_("The claim is withdrawn."), "good")
    return redirect(url_for(".progress"))


@pages.get("/me/teaching")
@acting_as(Role.TEACHER)
def teaching():
    teacher = queries.teacher_of(current_actor().person_id)
    chosen = [f"{row.subject.code}:{row.band}" for row in teacher.teaching] if teacher else []
    return _teaching_page(blank_form(teaching=chosen))


@pages.post("/me/teaching")
@acting_as(Role.TEACHER)
def set_teaching():
    form = read_form(TeachingSchema())
    if form.ok:
        try:
            pairs = read_teaching(form.values["teaching"], {one.code for one in queries.subjects()})
            services.set_teaching(pairs, actor=current_actor())
        except ValidationError as problem:
            form.refuse("teaching", problem.messages[0])
    if not form.ok:
        return _teaching_page(form), 422
    flash(_("What you teach is saved."), "good")
    return redirect(url_for(".progress"))


def _teaching_page(form: Form) -> str:
    taught = [one for one in queries.subjects() if one.grades]
    return render_template("progress/teaching.html", form=form, subjects=taught, bands=list(Band), offer_words=offer_words)


@pages.get("/owner")
@acting_as(Role.OWNER)
def owner():
    """The school owner's page: the claims that wait."""
    claims = queries.claims_to_decide(current_actor())
    schools = queries.school_names({claim.person_id for claim in claims})
    return render_template("progress/owner.html", claims=claims, schools=schools)


@pages.get("/owner/claims/<uuid:claim>")
@acting_as(Role.OWNER)
def laid_claim(claim):
    laid = queries.claim_to_decide(current_actor(), claim)
    return _decision_page(laid, blank_form(credits=number(laid.credits)))


@pages.post("/owner/claims/<uuid:claim>/decision")
@acting_as(Role.OWNER)
def decide(claim):
    laid = queries.claim_to_decide(current_actor(), claim)
    form = read_form(DecisionSchema())
    verify, said = form.values.get("decision") == "verify", form.values
    form.attempt(lambda: services.decide(claim, verify=verify, why=said["why"], credits=said["credits"], actor=current_actor(), at=now()))
    if not form.ok:
        return _decision_page(laid, form), 422
    flash(_("The claim is verified.") if verify else _("The claim is refused, and the teacher is told why."), "good")
    return redirect(url_for(".owner"))


def _decision_page(laid, form: Form) -> str:
    schools = queries.school_names([laid.person_id])
    return render_template("progress/decision.html", claim=laid, form=form, school=schools.get(laid.person_id))
