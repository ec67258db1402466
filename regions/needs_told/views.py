"""Telling one's region what one needs, one's own needs, and the coordinator's page of counts."""

from urllib.parse import parse_qsl

from flask import Blueprint, flash, redirect, render_template, request, url_for

from accounts.guard import acting_as, current_actor, has_role
from accounts.models import Role
from catalog.search import snapshot
from config.clock import now, today
from config.forms import Form, read_form
from config.languages import _
from enrolment.progress import queries as progress
from regions.coverage.queries import region_of
from regions.needs_told import queries, rules, services, words
from regions.needs_told.schemas import NeedSchema

pages = Blueprint("needs_told", __name__)


@pages.get("/me/needs/new")
@acting_as(Role.TEACHER)
def new_need():
    """Says what the region will be told, before it is. The need stands in the address, as on the search page."""
    return _need_page(words.query_of(request.args.items(multi=True), snapshot.now()))


def _need_page(query: str, form: Form | None = None) -> str:
    return render_template("needs_told/new.html", form=form, query=query, texts=words.texts(query, snapshot.now()), regions=_own_regions(), fewest=rules.FEWEST)


def _own_regions() -> list:
    codes, _counties = progress.own_regions(progress.teacher_of(current_actor().person_id), today())
    return list(queries.regions(codes))


@pages.post("/me/needs")
@acting_as(Role.TEACHER)
def tell_need():
    form = read_form(NeedSchema())
    query = words.query_of(parse_qsl(form.typed("query")), snapshot.now())
    if not query:
        form.refuse("form", _("Search for something first."))
    if not form.ok:
        return _need_page(query, form), 422
    services.tell(query, actor=current_actor(), at=now())
    flash(_("Your region has been told. It sees how many teachers need the same, never who."), "good")
    return redirect(url_for(".needs"))


@pages.get("/me/needs")
@acting_as(Role.TEACHER)
def needs():
    """What I have told my region that I need."""
    catalogue = snapshot.now()
    mine = [(one, " · ".join(words.texts(one.query, catalogue)), words.address(one.query, catalogue)) for one in queries.own_needs(current_actor())]
    return render_template("needs_told/needs.html", needs=mine, regions=_own_regions(), fewest=rules.FEWEST)


@pages.post("/me/needs/<uuid:need>/withdrawal")
@acting_as(Role.TEACHER)
def take_back(need):
    services.take_back(need, actor=current_actor())
    flash(_("The need is taken back."), "good")
    return redirect(url_for(".needs"))


@pages.get("/region/needs")
@acting_as(Role.COORDINATOR)
def told():
    """What the teachers of the coordinator's region have told that they need, as counts."""
    region, catalogue = region_of(current_actor()), snapshot.now()
    known = [words.need_of(person, query, catalogue) for person, query in queries.told_to(region.organisation_id, today())]
    pairs, texts = rules.by_subject_and_level(known), rules.by_words(known)
    said = [(words.subject(one.what[0], catalogue), words.level(one.what[1]), one.teachers) for one in pairs.shown]
    return render_template("needs_told/told.html", region=region, pairs=said, texts=texts, fewer=pairs.fewer or texts.fewer, fewest=rules.FEWEST, any=bool(known))


def tell_my_region(query: str, **_known) -> str:
    """The panel of an empty answer: the same for everybody, so that the page can be kept; a stranger is led through sign-in and back."""
    return render_template("needs_told/link.html", query=query)


def my_needs(**_known) -> str:
    """The panel of what one has saved: the way to what one has told."""
    return render_template("needs_told/saved_link.html") if has_role(Role.TEACHER) else ""


def needs_of_my_region(**_known) -> str:
    """The panel of the coordinator's page: the way to what teachers need."""
    return render_template("needs_told/region_link.html")
