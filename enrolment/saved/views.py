"""The page «Saved»: studies with notes, searches with alerts, the latest searches; and what of it stands on the pages of the catalogue."""

from urllib.parse import parse_qsl

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from accounts.guard import current_actor, signed_in
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Module, Offering
from catalog.offers.queries import SHOWN
from catalog.search import snapshot
from catalog.search.asked import LEVEL, SUBJECT
from config.clock import now
from config.forms import Form, blank_form, read_form
from config.languages import _
from enrolment.saved import queries, replay, services, words
from enrolment.saved.models import SavedStudy
from enrolment.saved.schemas import AlertSchema, NoteSchema, SearchSchema

pages = Blueprint("saved", __name__)


@pages.get("/me/saved")
@signed_in
def saved():
    """Everything that is saved, and the latest searches."""
    actor, catalogue = current_actor(), snapshot.now()
    studies = queries.own_studies(actor)
    searches, made = queries.own_searches(actor), queries.searches_made(actor.person_id)
    kept = {search.digest for search in searches}
    return render_template(
        "saved/saved.html",
        studies=[(one, words.title(one), _address(one)) for one in studies],
        comparable=[one.offering.uuid for one in studies if one.offering and _address(one)],
        searches=[(search, words.of_query(search.query, catalogue)) for search in searches],
        made=[(search, words.of_query(search.query, catalogue), search.digest in kept) for search in made],
        words=words,
    )


def _address(one: SavedStudy) -> str | None:
    """The page of what is saved, while anybody may see it."""
    if one.module.state is not Publication.PUBLISHED or (one.offering and one.offering.state not in SHOWN):
        return None
    if one.offering:
        return url_for("catalog.offering", offering=one.offering.uuid)
    return url_for("catalog.module", institution=one.module.institution.code, slug=one.module.slug)


@pages.post("/me/saved/modules/<uuid:module>")
@signed_in
def save_module(module):
    return _saved(services.save_module(module, actor=current_actor(), at=now()))


@pages.post("/me/saved/runs/<uuid:offering>")
@signed_in
def save_run(offering):
    return _saved(services.save_run(offering, actor=current_actor(), at=now()))


def _saved(one: SavedStudy):
    """On to the note, which is what one most often wants to write then."""
    flash(_("It is saved. Here you can write a note to yourself."), "good")
    return redirect(url_for(".note", saved=one.uuid))


@pages.get("/me/saved/<uuid:saved>/note")
@signed_in
def note(saved):
    one = queries.own_study(current_actor(), saved)
    return _note_page(one, blank_form(note=one.note))


@pages.post("/me/saved/<uuid:saved>/note")
@signed_in
def write_note(saved):
    one, form = queries.own_study(current_actor(), saved), read_form(NoteSchema())
    if not form.ok:
        return _note_page(one, form), 422
    services.write_note(saved, form.values["note"], actor=current_actor())
    flash(_("The note is saved."), "good")
    return redirect(url_for(".saved"))


def _note_page(one: SavedStudy, form: Form) -> str:
    return render_template("saved/note.html", saved=one, title=words.title(one), address=_address(one), form=form)


@pages.post("/me/saved/<uuid:saved>/removal")
@signed_in
def remove_study(saved):
    services.remove_study(saved, actor=current_actor())
    flash(_("It is removed."), "good")
    return redirect(url_for(".saved"))


@pages.get("/me/saved/searches/new")
@signed_in
def new_search():
    """Asks how a search is to be kept. The search stands in the address, as on the search page."""
    return _search_page(replay.canonical(request.args.items(multi=True), snapshot.now()), blank_form(weekly="true"))


@pages.post("/me/saved/searches")
@signed_in
def save_search():
    catalogue, form = snapshot.now(), read_form(SearchSchema())
    query = replay.canonical(parse_qsl(form.typed("query")), catalogue)
    if form.ok and not query:
        form.refuse("query", _("Search for something first."))
    if not form.ok:
        return _search_page(query, form), 422
    services.save_search(query, name=form.values["name"], weekly=form.values["weekly"], now=catalogue, actor=current_actor(), at=now())
    flash(_("The search is saved."), "good")
    return redirect(url_for(".saved"))


def _search_page(query: str, form: Form) -> str:
    return render_template("saved/search.html", query=query, told=words.of_query(query, snapshot.now()), form=form)


@pages.post("/me/saved/searches/<uuid:search>/alert")
@signed_in
def change_alert(search):
    queries.own_search(current_actor(), search)
    form = read_form(AlertSchema())
    if not form.ok:
        flash(_("Choose what to do with the alert."), "stop")
        return redirect(url_for(".saved"))
    services.change_alert(search, form.values["event"], now=snapshot.now(), actor=current_actor(), at=now())
    flash(_("The alert is changed."), "good")
    return redirect(url_for(".saved"))


@pages.post("/me/saved/searches/<uuid:search>/removal")
@signed_in
def remove_search(search):
    services.remove_search(search, actor=current_actor())
    flash(_("It is removed."), "good")
    return redirect(url_for(".saved"))


@pages.post("/me/saved/latest/<uuid:search>/removal")
@signed_in
def forget_search(search):
    services.forget_search(search, actor=current_actor())
    return redirect(url_for(".saved"))


@pages.post("/me/saved/latest/removal")
@signed_in
def forget_searches():
    services.forget_searches(actor=current_actor())
    return redirect(url_for(".saved"))


@pages.get("/me/saved/news/<uuid:news>")
@signed_in
def news(news):
    """What one was told was new, with links."""
    told, catalogue = queries.own_news(current_actor(), news), snapshot.now()
    found = [(search, links, gone, words.of_query(search["query"], catalogue)) for search, links, gone in words.new_studies(told.found)]
    return render_template("saved/news.html", told=told, found=found)


def module_actions(module: Module, **_known) -> str:
    """The panel of a module: keeping it, and being told of what is like it. Nothing for strangers."""
    if g.get("actor") is None:
        return ""
    alike = {SUBJECT: module.subject.code if module.subject else None, LEVEL: [band.value for band in module.grades.bands]}
    return render_template("saved/module_actions.html", module=module, is_saved=(module.id, None) in _things(), alike=alike if module.subject else None)


def search_actions() -> str:
    """The panel of an answer: keeping what was asked. Nothing for strangers, nor where nothing was asked."""
    asked = replay.canonical(request.args.items(multi=True), snapshot.now()) if g.get("actor") else ""
    return render_template("saved/search_actions.html", asked=asked) if asked else ""


def run_actions(offering: Offering, **_known) -> str:
    """The panel of a run: comparing it, and for those who are signed in keeping it."""
    if offering.state is Run.DRAFT:
        return ""
    is_saved = (offering.module_id, offering.id) in _things() if g.get("actor") else False
    return render_template("saved/run_actions.html", offering=offering, is_saved=is_saved, signed_in=g.get("actor") is not None)


def _things() -> set:
    """What the reader has saved; read once for all the runs of a page."""
    if "saved_things" not in g:
        g.saved_things = queries.saved_things(current_actor().person_id)
    return g.saved_things
