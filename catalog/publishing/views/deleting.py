"""The pages that ask before a draft is deleted, and delete it."""

from flask import flash, redirect, render_template, url_for

from accounts.guard import current_actor
from catalog.publishing import queries
from catalog.publishing.content import kind_of
from catalog.publishing.services import deleting
from catalog.publishing.services.editing import Thing
from catalog.publishing.views import addresses
from catalog.publishing.views.blueprint import editors_only, mine, pages
from config.clock import now
from config.languages import _


@pages.get("/courses/<uuid:course>/deletion")
@editors_only
def ask_to_delete_course(course):
    return _ask(queries.own_course(mine(), course))


@pages.post("/courses/<uuid:course>/deletion")
@editors_only
def delete_course(course):
    deleting.delete_course(course, actor=current_actor(), at=now())
    return _gone(url_for(".show_work_list"))


@pages.get("/modules/<uuid:module>/deletion")
@editors_only
def ask_to_delete_module(module):
    return _ask(queries.own_module(mine(), module))


@pages.post("/modules/<uuid:module>/deletion")
@editors_only
def delete_module(module):
    course = deleting.delete_module(module, actor=current_actor(), at=now())
    return _gone(addresses.own_page(course) if course else url_for(".show_work_list"))


@pages.get("/offerings/<uuid:offering>/deletion")
@editors_only
def ask_to_delete_offering(offering):
    return _ask(queries.own_offering(mine(), offering))


@pages.post("/offerings/<uuid:offering>/deletion")
@editors_only
def delete_offering(offering):
    return _gone(addresses.own_page(deleting.delete_offering(offering, actor=current_actor(), at=now())))


def _ask(thing: Thing) -> str:
    kind = kind_of(thing)
    action = url_for(f".delete_{kind}", **{kind: thing.uuid})
    return render_template(
        "publishing/delete.html", thing=thing, kind=kind, action=action, back=addresses.own_page(thing), hindrance=deleting.why_kept(thing)
    )


def _gone(back: str):
    flash(_("The draft is deleted."), "good")
    return redirect(back, 303)
