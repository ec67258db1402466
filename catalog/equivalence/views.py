"""The editor's page of what is the same content as a module, and the line on its public page."""

from collections.abc import Collection

from flask import Flask, flash, redirect, render_template, url_for

from accounts.guard import current_actor
from catalog import panels
from catalog.equivalence import queries, services
from catalog.institutions import queries as institution_queries
from catalog.offers.models import Module
from catalog.publishing import queries as publishing
from catalog.publishing.views.blueprint import editors_only, mine, pages
from config.clock import now
from config.forms import Form, Schema, blank_form, read_form, text
from config.languages import _


class EquivalentSchema(Schema):
    institution = text(40, required=True)
    code = text(60, required=True)
    source = text(300, required=True)


@pages.get("/modules/<uuid:module>/equivalents")
@editors_only
def show_equivalents(module):
    own = publishing.own_module(mine(), module)
    return _page(own, blank_form(institution=own.institution.code))


def _page(own: Module, form: Form) -> str:
    choices = [(one.code, one.name) for one in institution_queries.of_today()]
    return render_template("equivalence/equivalents.html", module=own, sets=queries.sets_of(own), institutions=choices, form=form)


@pages.post("/modules/<uuid:module>/equivalents")
@editors_only
def state_equivalent(module):
    own, form = publishing.own_module(mine(), module), read_form(EquivalentSchema())
    form.attempt(lambda: services.state_equivalent(module, **form.values, actor=current_actor(), at=now()))
    if not form.ok:
        return _page(own, form), 422
    flash(_("The two modules are the same content now: they count once, and each meets what asks for the other."), "good")
    return redirect(url_for(".show_equivalents", module=module))


@pages.post("/modules/<uuid:module>/equivalents/<uuid:equivalence>/removal")
@editors_only
def take_back_equivalent(module, equivalence):
    services.take_back(module, equivalence, actor=current_actor(), at=now())
    flash(_("They are two contents again."), "good")
    return redirect(url_for(".show_equivalents", module=module))


def init_app(app: Flask) -> None:
    panels.register(app, "module_ahead", _on_the_page)


def _on_the_page(module: Module, beside: Collection[str]) -> str:
    sets = queries.sets_of(module) if "equivalents" in beside else ()
    others = [other for one in sets for other in one.modules if other.id != module.id]
    return render_template("equivalence/line.html", others=others) if others else ""
