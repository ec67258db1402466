"""How many teachers an owner has, as it states itself: what money that is shared in a round is split by."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _
from enrolment.awarding import queries, words
from enrolment.awarding.schemas import TeachersSchema
from enrolment.awarding.services import stating
from enrolment.uploads.queries import owner_of

pages = Blueprint("stating", __name__, url_prefix="/owner/teachers")
owners_only = acting_as(Role.OWNER)


@pages.get("")
@owners_only
def teachers():
    return _page(blank_form(valid_from=today().isoformat()))


def _page(form: Form) -> str:
    owner = owner_of(current_actor())
    posts, counted = queries.teachers_by_owner([owner], today())
    return render_template("awarding/teachers.html", stated=queries.stated_teachers(owner), posts=posts[owner], counted=bool(counted), form=form, words=words)


@pages.post("")
@owners_only
def state():
    form = read_form(TeachersSchema())
    form.attempt(lambda: stating.state_teachers(form.values["posts"], form.values["valid_from"], actor=current_actor(), at=now()))
    if not form.ok:
        return _page(form), 422
    flash(_("The number of teachers is saved."), "good")
    return redirect(url_for(".teachers"))
