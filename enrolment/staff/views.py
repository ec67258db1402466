"""The owner's pages of who teaches what with which credits: the gaps, a school, and files to read in."""

from decimal import Decimal
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.importing.writing import short
from catalog.offers import words as offer_words
from catalog.values import Band
from config.clock import now, today
from config.csv_out import csv_answer
from config.forms import Form, Schema, blank_form, read_form, sent_file
from config.languages import _, ngettext
from enrolment.staff import queries, reading, reckoning, rules, services, words
from enrolment.staff.models import StaffUpload
from enrolment.staff.schemas import AcceptSchema, Held, TeachesSchema
from enrolment.uploads.queries import own_upload, owner_of

pages = Blueprint("staff", __name__, url_prefix="/owner/staff")
owners_only = acting_as(Role.OWNER)
PREFIX = "credits-"
SHOWN = 200  # refused rows on a page


@pages.get("")
@owners_only
def overview():
    """Where credits are lacking, most first: by subject and level, and by school."""
    owner = owner_of(current_actor())
    gaps = reckoning.of_owner(owner, today())
    subjects = {one.id: one for one in queries.subjects()}
    taught = sorted(gaps.taught.items(), key=lambda pair: (-pair[1].without, subjects[pair[0][0]].position, pair[0][1]))
    schools = sorted(queries.schools(owner), key=lambda one: (-gaps.schools[one.organisation_id].without if one.organisation_id in gaps.schools else 1))
    known = {"gaps": gaps, "taught": taught, "subjects": subjects, "schools": schools, "words": words, "offer_words": offer_words, "invented": queries.any_made_up(owner)}
    return render_template("staff/overview.html", **known)


@pages.get("/schools/<uuid:school>")
@owners_only
def show_school(school):
    place = queries.own_school(current_actor(), school)
    return _school(place, blank_form(**_held(place)))


def _held(place) -> dict:
    return {f"{PREFIX}{row.uuid}": _written(row.credits) for one in queries.staff_at(place) for row in one.teaching}


def _written(credits: Decimal | None) -> str | None:
    return None if credits is None else f"{credits.normalize():f}"


def _school(place, form: Form, adding: Form | None = None) -> str:
    staff, required = queries.staff_at(place), queries.requirements(today())
    here = [(one, [row for row in one.teaching if row.school_id == place.organisation_id]) for one in staff]
    standing = {row.uuid: rules.standing(row.credits, required.get((row.subject_id, row.band))) for _one, rows in here for row in rows}
    gap = rules.gaps((None, stands) for stands in standing.values()).get(None)
    choices = {"subjects": [(one.code, one.name) for one in queries.subjects()], "levels": [(band.value, offer_words.band(band)) for band in Band]}
    known = {"staff": here, "required": required, "standing": standing, "gap": gap, "form": form, "adding": adding or blank_form(), "words": words}
    return render_template("staff/school.html", school=place, PREFIX=PREFIX, offer_words=offer_words, **known, **choices)


@pages.post("/schools/<uuid:school>/staff")
@owners_only
def add(school):
    place = queries.own_school(current_actor(), school)
    form = read_form(TeachesSchema())
    made = form.attempt(lambda: services.add(school, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _school(place, blank_form(**_held(place)), form), 422
    flash(_("%(name)s is added.", name=made.name), "good")
    return redirect(url_for(".show_school", school=school))


@pages.post("/schools/<uuid:school>/credits")
@owners_only
def set_credits(school):
    """All the boxes of the page at once; an empty one is «not known»."""
    place = queries.own_school(current_actor(), school)
    boxes = {name: Held(load_default=None) for name in _held(place)}
    form = read_form(Schema.from_dict(boxes)())
    if not form.ok:
        return _school(place, form), 422
    sent = {UUID(name.removeprefix(PREFIX)): credits for name, credits in form.values.items() if name in form.raw}
    changed = services.set_credits(school, sent, actor=current_actor(), at=now())
    flash(ngettext("%(num)d row is changed.", "%(num)d rows are changed.", changed), "good")
    return redirect(url_for(".show_school", school=school))


@pages.post("/rows/<uuid:row>/removal")
@owners_only
def remove(row):
    gone = services.remove(row, actor=current_actor(), at=now())
    flash(_("The row is removed."), "good")
    return redirect(url_for(".show_school", school=gone.school.organisation.uuid))


@pages.post("/people/<uuid:member>/removal")
@owners_only
def let_go(member):
    place = queries.own_member(current_actor(), member).school.organisation.uuid
    services.let_go(member, actor=current_actor(), at=now())
    flash(_("Nothing of this person is kept in the register any more."), "good")
    return redirect(url_for(".show_school", school=place))


@pages.get("/files")
@owners_only
def files():
    return render_template("staff/files.html", form=blank_form())


@pages.post("/files")
@owners_only
def upload():
    return _upload("file", oneroster=False)


@pages.post("/files/oneroster")
@owners_only
def upload_oneroster():
    return _upload("archive", oneroster=True)


def _upload(name: str, *, oneroster: bool):
    sent, form = sent_file(name)
    kept = form.attempt(lambda: services.read_file(sent.read(), short(sent.filename, 120), oneroster=oneroster, actor=current_actor(), at=now()), at=name)
    if not form.ok:
        return render_template("staff/files.html", form=form), 422
    return redirect(url_for(".show_upload", upload=kept.uuid), 303)


@pages.get("/files/<uuid:upload>")
@owners_only
def show_upload(upload):
    """What the file would do. Nothing is saved yet."""
    kept = own_upload(StaffUpload, current_actor(), upload)
    told, changes = services.compared(kept)
    return render_template("staff/upload.html", upload=kept, told=told, changes=changes, SHOWN=SHOWN, empty_form=blank_form())


@pages.post("/files/<uuid:upload>/acceptance")
@owners_only
def accept(upload):
    form = read_form(AcceptSchema())
    changes = services.accept(upload, end_absent=form.values.get("end_absent", False), actor=current_actor(), at=now())
    flash(_("The register is saved: %(new)s new, %(changed)s changed.", new=len(changes.new), changed=len(changes.changed)), "good")
    return redirect(url_for(".overview"))


@pages.get("/register.csv")
@owners_only
def download():
    """The whole register, as a file that can be filled in and read in again."""
    rows = [
        (row.reference, row.name, row.number or row.school, row.Subject.code if row.Subject else "", row.band or "", _written(row.credits) or "")
        for row in queries.whole_register(owner_of(current_actor()))
    ]
    return csv_answer("staff-register.csv", tuple(reading.COLUMNS), rows)
