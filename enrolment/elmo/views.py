"""Bringing results as an ELMO file: choosing the file, looking at what is in it, taking what should count."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.subjects.models import Subject
from config.clock import now, today
from config.errors import BadInput
from config.forms import Form, Schema, blank_form, read_form, sent_file, text
from config.languages import _, ngettext
from enrolment.elmo import queries, services, words
from enrolment.elmo.models import ElmoFile
from enrolment.elmo.reading import MOST_BYTES
from enrolment.elmo.services import Read
from enrolment.elmo.values import Study
from enrolment.progress import queries as progress_queries
from enrolment.progress.models import PriorCredit

pages = Blueprint("elmo", __name__)
PREFIX = "subject-"


@pages.get("/me/progress/results-file")
@acting_as(Role.TEACHER)
def new():
    return render_template("elmo/new.html", form=blank_form())


@pages.post("/me/progress/results-file")
@acting_as(Role.TEACHER)
def bring():
    sent, form = sent_file("file")
    kept = form.attempt(lambda: services.bring(sent.read(MOST_BYTES + 1), sent.filename, actor=current_actor(), at=now()), at="file")
    if not form.ok:
        return render_template("elmo/new.html", form=form), 422
    return redirect(url_for(".show", file=kept.uuid))


@pages.get("/me/progress/results-file/<uuid:file>")
@acting_as(Role.TEACHER)
def show(file):
    """What the file tells. Nothing is taken yet."""
    kept = queries.own_file(current_actor(), file)
    found = services.read_kept(kept, actor=current_actor(), on=today())
    subjects = progress_queries.subjects()
    return _page(kept, found, blank_form(**{f"{PREFIX}{place}": _guess(study, subjects) for place, study in enumerate(found.content.studies)}))


def _guess(study: Study, subjects: Sequence[Subject]) -> str | None:
    """The subject whose name stands in the title, if any."""
    title = study.title.casefold()
    return next((one.code for one in subjects if one.name_nb.casefold() in title), None)


@pages.post("/me/progress/results-file/<uuid:file>")
@acting_as(Role.TEACHER)
def take(file):
    kept = queries.own_file(current_actor(), file)
    found = services.read_kept(kept, actor=current_actor(), on=today())
    studies = found.content.studies
    form = read_form(Schema.from_dict({f"{PREFIX}{place}": text(40, load_default=None) for place in range(len(studies))})())
    if form.ok:
        chosen = {study.key: subject for place, study in enumerate(studies) if (subject := form.values[f"{PREFIX}{place}"])}
        try:
            number = services.take(file, chosen, actor=current_actor(), at=now())
        except BadInput as refusal:
            form.refuse("form", refusal.sentence)
    if not form.ok:
        return _page(kept, found, form), 422
    told = ngettext("%(num)d study is taken.", "%(num)d studies are taken.", number)
    flash(told if found.verified else f"{told} {_('It counts when your school owner has verified it.')}", "good")
    return redirect(url_for("progress.progress"))


def brought(claim: PriorCredit, **_known) -> str:
    """The panel of a claim on its owner's page: that it came by a file."""
    return render_template("elmo/laid.html", claim=claim) if claim.elmo_file_id else ""


def _page(kept: ElmoFile, found: Read, form: Form) -> str:
    signer = next((one.name for one in queries.signers() if one.id == found.signer_id), "")
    subjects = [(one.code, one.name) for one in progress_queries.subjects()]
    return render_template(
        "elmo/file.html", kept=kept, content=found.content, believed=words.believed(found, signer), form=form, subjects=subjects, PREFIX=PREFIX,
        held=queries.keys_held(current_actor().person_id), why=words.why,
    )  # fmt: skip
