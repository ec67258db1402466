"""The answers of «Can I get in?», taken along into the sign-in and offered as claims. Nothing is saved before the teacher has confirmed it."""

from decimal import Decimal
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for

from accounts.guard import acting_as, current_actor, has_role
from accounts.models import Role
from catalog.eligibility import answers as answering
from catalog.eligibility.values import Answers
from config.clock import now, today
from config.errors import BadInput
from config.forms import Form, blank_form
from config.languages import ngettext
from enrolment.eligibility import queries, schemas, services
from enrolment.eligibility.rules import Done, Proposal, proposals
from enrolment.progress import account
from enrolment.progress import queries as progress

pages = Blueprint("entry", __name__)


@pages.get("/me/entry")
@acting_as(Role.TEACHER)
def carry():
    """What was answered that Seksti does not know, each as a claim to confirm."""
    lines = _proposed()
    boxes = {name: value for row, one in enumerate(lines, start=1) for name, value in _boxes(row, one).items()}
    return _page(blank_form(**boxes))


def _proposed() -> list[Proposal]:
    subjects = {one.code for one in progress.subjects()}
    found = answering.read(request.args, subjects, [word for word in request.args.getlist("done") if _is_uuid(word)]).values["answers"]
    modules = queries.modules([UUID(one) for one in sorted(found.done)[: schemas.MOST]])
    done = [Done(str(one.uuid), one.title or one.code or "", one.institution.name, one.subject.code, one.credits) for one in modules]
    mine = account.of(current_actor().person_id, today()).credits
    held = {code: sum((one.credits for one in mine if one.subject == code and one.passed), Decimal(0)) for code in found.credits}
    return proposals(found.credits, done, held_modules=[one.module for one in mine if one.module], held=held)


def _is_uuid(word: str) -> bool:
    try:
        return str(UUID(word)) == word
    except ValueError:
        return False


def _boxes(row: int, one: Proposal) -> dict[str, object]:
    said = {"take": "yes", "title": one.title, "institution": one.institution, "subject": one.subject, "credits": f"{one.credits.normalize():f}"}
    return {f"{box}-{row}": value for box, value in (said | {"module": one.module}).items() if value}


def _page(form: Form) -> str:
    names = {one.code: one.name for one in progress.subjects()}
    return render_template(
        "eligibility/carry.html", form=form, rows=schemas.numbers(form.raw), names=names, owner=progress.owner_of(current_actor().person_id)
    )


@pages.post("/me/entry")
@acting_as(Role.TEACHER)
def confirm():
    form = schemas.read(request.form)
    if form.ok:
        try:
            sent = services.carry_over(form.values["claims"], actor=current_actor(), at=now())
        except BadInput as refusal:
            form.refuse("_schema", refusal.sentence)
    if not form.ok:
        return _page(form), 422
    flash(ngettext("%(num)d claim has been sent to your school owner. It counts when they have verified it.",
                   "%(num)d claims have been sent to your school owner. They count when they have verified them.", sent), "good")  # fmt: skip
    return redirect(url_for("progress.progress"))


def take_along(answers: Answers, written: dict, **_known) -> str:
    """The panel under an answer: the way to take it along, where there is something to claim."""
    stranger = not has_role(*Role)
    if not (answers.credits or answers.done) or not (stranger or has_role(Role.TEACHER)):
        return ""
    kept = {name: value for name, value in written.items() if name == "done" or name.startswith(answering.CREDITS)}
    return render_template("eligibility/take_along.html", address=url_for("entry.carry", **kept), stranger=stranger)
