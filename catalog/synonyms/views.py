"""The national authority's page of synonyms."""

from flask import Blueprint, flash, redirect, render_template, url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from catalog.synonyms import queries, services
from catalog.synonyms.schemas import ChangeSchema, ListedSchema, SynonymSchema
from config.clock import now, today
from config.forms import Form, blank_form, read_form, read_query
from config.languages import _

pages = Blueprint("synonyms", __name__)


@pages.get("/national/synonyms")
@acting_as(Role.AUTHORITY)
def synonyms():
    """Every other name that the search knows, with its validity and source."""
    text = read_query(ListedSchema())["q"]
    return render_template("synonyms/synonyms.html", synonyms=queries.listed(text), q=text, on=today(), shipped_hold=queries.is_empty())


@pages.get("/national/synonyms/new")
@acting_as(Role.AUTHORITY)
def new_synonym():
    return _new_page(blank_form())


@pages.post("/national/synonyms")
@acting_as(Role.AUTHORITY)
def add_synonym():
    form = read_form(SynonymSchema())
    made = form.attempt(lambda: services.add(**form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _new_page(form), 422
    flash(_("Who searches for “%(asked)s” now finds “%(meant)s” too.", asked=made.asked, meant=made.meant), "good")
    return redirect(url_for(".synonyms"))


def _new_page(form: Form) -> str:
    return render_template("synonyms/synonym.html", form=form, synonym=None)


@pages.get("/national/synonyms/<uuid:synonym>")
@acting_as(Role.AUTHORITY)
def synonym(synonym):
    kept = queries.synonym(synonym)
    known = {name: getattr(kept, name) for name in ("why", "source", "valid_from", "valid_to")}
    return render_template("synonyms/synonym.html", form=blank_form(**known), synonym=kept)


@pages.post("/national/synonyms/<uuid:synonym>")
@acting_as(Role.AUTHORITY)
def change_synonym(synonym):
    kept, form = queries.synonym(synonym), read_form(ChangeSchema())
    form.attempt(lambda: services.change(synonym, **form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return render_template("synonyms/synonym.html", form=form, synonym=kept), 422
    flash(_("The synonym is changed."), "good")
    return redirect(url_for(".synonyms"))


@pages.post("/national/synonyms/<uuid:synonym>/end")
@acting_as(Role.AUTHORITY)
def end_synonym(synonym):
    services.end(synonym, actor=current_actor(), at=now())
    flash(_("The synonym holds no longer."), "good")
    return redirect(url_for(".synonyms"))
