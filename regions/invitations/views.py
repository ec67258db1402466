"""The coordinator's invitations, and the institution's answers."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.institutions import queries as institution_queries
from catalog.offers import words as offer_words
from catalog.places.models import Region
from catalog.subjects import queries as subject_queries
from catalog.values import Band, Semester, Term
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _, ngettext
from regions.coverage.queries import region_of
from regions.invitations import queries, services, words
from regions.invitations.schemas import InvitationSchema, ReasonSchema

pages = Blueprint("invitations", __name__)
PREFILLED = {"subject": 60, "level": 60, "credits": 8, "wanted": 2000}  # with how much of each is taken from the address


@pages.get("/region/invitations")
@acting_as(Role.COORDINATOR)
def sent():
    """What the region has asked for, and the answers."""
    region = region_of(current_actor())
    return render_template("invitations/sent.html", region=region, invitations=queries.of_region(region.organisation_id), words=words, on=today())


@pages.get("/region/invitations/new")
@acting_as(Role.COORDINATOR)
def new():
    """The form, with the subject and level of the gap that one comes from, and what is missing there."""
    region = region_of(current_actor())
    own = [member.institution.code for member in region.institutions if member.holds(today())]
    known = {name: request.args.get(name, "")[:most] for name, most in PREFILLED.items()}
    return _form(blank_form(**known, institutions=own))


@pages.post("/region/invitations")
@acting_as(Role.COORDINATOR)
def invite():
    form = read_form(InvitationSchema())
    made = form.attempt(lambda: services.invite(form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _form(form), 422
    flash(_("The invitation is sent. You see the answers here."), "good")
    return redirect(url_for(".show", invitation=made.uuid))


def _form(form: Form) -> str:
    choices = {
        "subjects": [(one.code, one.name) for one in subject_queries.in_order()],
        "levels": [(band.value, offer_words.band(band)) for band in Band],
        "semesters": [(one.code, offer_words.semester(one)) for one in _semesters()],
        "institutions": [(one.code, one.name) for one in institution_queries.of_today()],
    }
    return render_template("invitations/new.html", form=form, **choices)


def _semesters() -> list[Semester]:
    """The eight that come next."""
    first = Semester(today().year, Term.AUTUMN if today().month >= 8 else Term.SPRING).number
    return [Semester.from_number(number) for number in range(first + 1, first + 9)]


@pages.get("/region/invitations/<uuid:invitation>")
@acting_as(Role.COORDINATOR)
def show(invitation):
    found = queries.own(region_of(current_actor()).organisation_id, invitation)
    return render_template("invitations/show.html", invitation=found, words=words, on=today())


@pages.post("/region/invitations/<uuid:invitation>/withdrawal")
@acting_as(Role.COORDINATOR)
def take_back(invitation):
    services.take_back(invitation, actor=current_actor(), at=now())
    flash(_("The invitation is taken back. Answers that were given stand."), "good")
    return redirect(url_for(".show", invitation=invitation))


@pages.get("/publish/invitations")
@acting_as(Role.EDITOR)
def received():
    """What one's institution is asked to offer."""
    return _received(blank_form())


def _received(form: Form, refused=None) -> str:
    replies = queries.asked_of(current_actor().organisation_id)
    return render_template("invitations/received.html", replies=replies, form=form, empty_form=blank_form(), refused=refused, words=words, on=today())


@pages.post("/publish/invitations/<uuid:reply>/acceptance")
@acting_as(Role.EDITOR)
def accept(reply):
    made = services.accept(reply, actor=current_actor(), at=now())
    flash(_("Thank you. A draft of the module and of its run is made; fill it in and publish it."), "good")
    return redirect(url_for("publishing.show_module", module=made.offering.module.uuid))


@pages.post("/publish/invitations/<uuid:reply>/refusal")
@acting_as(Role.EDITOR)
def decline(reply):
    form = read_form(ReasonSchema())
    if not form.ok:
        return _received(form, reply), 422
    services.decline(reply, form.values["reason"], actor=current_actor(), at=now())
    flash(_("The region is told that you decline."), "good")
    return redirect(url_for(".received"))


def asked(institution_id: int, **_known) -> str:
    """The panel of an editor's work list: how many invitations await an answer."""
    waiting = queries.waiting(institution_id, today())
    return render_template("invitations/asked_line.html", waiting=waiting) if waiting else ""


def region_work(region: Region, **_known) -> str:
    """The panel of the coordinator's page: those who have not answered in time."""
    late = queries.unanswered(region.organisation_id, today())
    says = ngettext("%(num)d institution has not answered an invitation in time", "%(num)d institutions have not answered an invitation in time", late)
    return render_template("components/work_line.html", says=says, address=url_for("invitations.sent"), by=None) if late else ""


def way_to_invitations(**_known) -> str:
    """The panel of the coordinator's page: the way to what the region has asked for."""
    return render_template("invitations/region_link.html")
