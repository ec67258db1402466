"""The frames for everybody, and the national authority's work with them."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor, has_role
from accounts.models import Role
from catalog.offers import words as offer_words
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _
from enrolment.awarding.models import AllocationRun
from regions.coverage.views import study_year
from regions.frames import queries, services, using, words
from regions.frames.models import FrameVersion
from regions.frames.schemas import FactsSchema, FrameSchema, VersionSchema
from regions.versions.lifecycle import Version

pages = Blueprint("frames", __name__, url_prefix="/frames")
authority_only = acting_as(Role.AUTHORITY)
FACTS = ("name", "source", "release_on")


@pages.get("")
def listed():
    """The versions that are released, by study year; for the authority the hidden ones too."""
    known = queries.versions(hidden_too=has_role(Role.AUTHORITY))
    return render_template("frames/listed.html", versions=known, newest=_newest(known), mine=has_role(Role.AUTHORITY), words=words, offer_words=offer_words)


def _newest(versions) -> set[int]:
    """The numbers of those in force: of each study year the one that was released last."""
    released = sorted((one for one in versions if one.state is Version.RELEASED), key=lambda one: (one.released_at, one.number))
    return set({one.study_year: one.number for one in released}.values())


@pages.get("/<int(max=9999):number>")
def show(number):
    """One version; the authority sees what of it is used."""
    version, mine = queries.version(number, hidden_too=has_role(Role.AUTHORITY)), has_role(Role.AUTHORITY)
    held = queries.in_force(version.study_year)
    known = {"shown": using.shown(version) if mine else None, "frames": using.ordered(version), "newest": held is not None and held.number == number}
    return render_template("frames/show.html", version=version, mine=mine, words=words, offer_words=offer_words, **known)


@pages.get("/new")
@authority_only
def new():
    return _facts(None, blank_form(study_year=study_year(today()) + 1))


def _facts(version: FrameVersion | None, form: Form) -> str:
    this = study_year(today())
    years = [(year, offer_words.study_year(year)) for year in range(this - 1, this + 5)]
    return render_template("frames/facts.html", version=version, form=form, years=years)


@pages.post("")
@authority_only
def begin():
    form = read_form(VersionSchema())
    made = form.attempt(lambda: services.begin(form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _facts(None, form), 422
    flash(_("The draft is begun. Set its frames, and approve it when it is ready."), "good")
    return redirect(url_for(".show", number=made.number))


@pages.get("/<int(max=9999):number>/facts")
@authority_only
def facts(number):
    found = queries.version(number, hidden_too=True)
    return _facts(found, blank_form(**{name: getattr(found, name) for name in FACTS}))


@pages.post("/<int(max=9999):number>/facts")
@authority_only
def change(number):
    found, form = queries.version(number, hidden_too=True), read_form(FactsSchema())
    form.attempt(lambda: services.change(number, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _facts(found, form), 422
    flash(_("The version is saved."), "good")
    return redirect(url_for(".show", number=number))


@pages.get("/<int(max=9999):number>/frames/new")
@authority_only
def new_frame(number):
    return _frame(queries.version(number, hidden_too=True), blank_form())


def _frame(version: FrameVersion, form: Form) -> str:
    choices = {
        "strands": [(one.value, str(name)) for one, name in offer_words.STRANDS.items()],
        "groups": [(one.number, f"{one.number} {one.name}") for one in queries.groups()],
        "schemes": [(one.code, one.name) for one in queries.schemes()],
    }
    return render_template("frames/frame.html", version=version, form=form, **choices)


@pages.post("/<int(max=9999):number>/frames")
@authority_only
def set_frame(number):
    found, form = queries.version(number, hidden_too=True), read_form(FrameSchema())
    form.attempt(lambda: services.set_frame(number, form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _frame(found, form), 422
    flash(_("The frame is set."), "good")
    return redirect(url_for(".show", number=number))


@pages.post("/<int(max=9999):number>/frames/<uuid:frame>/removal")
@authority_only
def drop_frame(number, frame):
    services.drop_frame(number, frame, actor=current_actor(), at=now())
    flash(_("The frame is removed."), "good")
    return redirect(url_for(".show", number=number))


@pages.post("/<int(max=9999):number>/approval")
@authority_only
def approve(number):
    form = blank_form()
    form.attempt(lambda: services.approve(number, actor=current_actor(), at=now()))
    if not form.ok:
        found = queries.version(number, hidden_too=True)
        typed = blank_form(**{name: getattr(found, name) for name in FACTS})
        typed.errors = form.errors
        return _facts(found, typed), 422
    flash(_("The version is approved, and hidden until its day of release."), "good")
    return redirect(url_for(".show", number=number))


@pages.post("/<int(max=9999):number>/approval/withdrawal")
@authority_only
def take_back(number):
    services.take_back(number, actor=current_actor(), at=now())
    flash(_("The version is a draft again."), "good")
    return redirect(url_for(".show", number=number))


def room_for(run: AllocationRun, **_known) -> str:
    """On the page of an allocation run: what it would bind, and which frames that exceeds."""
    return render_template("frames/run.html", run=run, foreseen=using.foreseen(run), words=words, offer_words=offer_words)
