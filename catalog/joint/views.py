"""The modules that others ask one's institution to own with them."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.joint import queries, services, words
from catalog.publishing.permissions import institution_of
from config.clock import now
from config.languages import _l

pages = Blueprint("joint", __name__, url_prefix="/publish/joint")
editors_only = acting_as(Role.EDITOR)
SAID = {
    "accept": _l("You own it together now. It stands in your work list, and its runs are yours to edit too."),
    "decline": _l("The institution that leads it is told that you decline."),
    "leave": _l("You do not take part any more."),
}


@pages.get("")
@editors_only
def parts():
    """What is asked, and what became of it."""
    return render_template("joint/parts.html", parts=queries.parts_of(institution_of(current_actor())), joint=words)


@pages.post("/<uuid:part>/acceptance")
@editors_only
def accept(part):
    return _answered(part, "accept")


@pages.post("/<uuid:part>/refusal")
@editors_only
def decline(part):
    return _answered(part, "decline")


@pages.post("/<uuid:part>/leaving")
@editors_only
def leave(part):
    return _answered(part, "leave")


def _answered(part, event: str):
    services.answer(part, event, actor=current_actor(), at=now())
    flash(str(SAID[event]), "good")
    return redirect(url_for(".parts"), 303)


def asked(institution_id: int, **_known) -> str:
    """The panel of an editor's work list: how many parts wait for an answer."""
    waiting = queries.waiting(institution_id)
    return render_template("joint/asked_line.html", waiting=waiting) if waiting else ""
