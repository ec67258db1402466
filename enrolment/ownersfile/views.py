"""The owner's pages for reading in earlier education from a file."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.importing.writing import short
from config.clock import now
from config.csv_out import csv_answer
from config.forms import blank_form, sent_file
from config.languages import ngettext
from enrolment.ownersfile import queries, reading, services
from enrolment.ownersfile.models import ClaimsUpload
from enrolment.uploads.queries import own_upload, owner_of

pages = Blueprint("ownersfile", __name__, url_prefix="/owner/claims/files")
owners_only = acting_as(Role.OWNER)
SHOWN = 200


@pages.get("")
@owners_only
def files():
    return render_template("ownersfile/files.html", form=blank_form())


@pages.get("/teachers.csv")
@owners_only
def download():
    """The owner's teachers with their references, as a file to fill in."""
    rows = [(one.uuid, one.name, "", "", "", "", "", "") for one in queries.teachers(owner_of(current_actor()))]
    return csv_answer("earlier-education.csv", tuple(reading.COLUMNS), rows)


@pages.post("")
@owners_only
def upload():
    sent, form = sent_file("file")
    kept = form.attempt(lambda: services.read_file(sent.read(), short(sent.filename, 120), actor=current_actor(), at=now()), at="file")
    if not form.ok:
        return render_template("ownersfile/files.html", form=form), 422
    return redirect(url_for(".show", upload=kept.uuid))


@pages.get("/<uuid:upload>")
@owners_only
def show(upload):
    """What the file would do. Nothing is saved yet."""
    kept = own_upload(ClaimsUpload, current_actor(), upload)
    new, same = services.sorted_out(kept)
    return render_template("ownersfile/upload.html", upload=kept, new=new, same=same, SHOWN=SHOWN)


@pages.post("/<uuid:upload>/acceptance")
@owners_only
def accept(upload):
    number = services.accept(upload, actor=current_actor(), at=now())
    flash(ngettext("%(num)d row is saved as verified, and the teacher is told.", "%(num)d rows are saved as verified, and the teachers are told.", number), "good")
    return redirect(url_for("progress.owner"))
