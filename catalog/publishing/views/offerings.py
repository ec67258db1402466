"""The pages of a run of a module."""

from flask import flash, redirect, render_template, url_for

from accounts.guard import current_actor
from catalog.offers.readiness import NotReadyToPublish
from catalog.publishing import queries, schemas, services, words
from catalog.publishing.views import addresses, sections, showing
from catalog.publishing.views.blueprint import editors_only, mine, pages
from config.clock import now, today
from config.forms import Form, blank_form, read_form
from config.languages import _, moment

SECTIONS = "<any(dates, delivery, seats):section>"


@pages.get("/modules/<uuid:module>/offerings/new")
@editors_only
def new_offering(module):
    of = queries.own_module(mine(), module)
    action = url_for(".create_offering", module=module)
    return sections.page("offering", "begin", blank_form(semesters=1), action=action, back=addresses.own_page(of), of=of)


@pages.post("/modules/<uuid:module>/offerings")
@editors_only
def create_offering(module):
    of = queries.own_module(mine(), module)
    form = sections.read("offering", "begin")
    return sections.create(
        "offering",
        "begin",
        form,
        lambda values: services.create_offering(module, values, actor=current_actor(), at=now()),
        back=addresses.own_page(of),
        of=of,
    )


@pages.get("/offerings/<uuid:offering>")
@editors_only
def show_offering(offering):
    return showing.thing_page(queries.own_offering(mine(), offering))


@pages.get(f"/offerings/<uuid:offering>/{SECTIONS}")
@editors_only
def edit_offering(offering, section):
    return sections.section_page(queries.own_offering(mine(), offering), section)


@pages.post(f"/offerings/<uuid:offering>/{SECTIONS}")
@editors_only
def save_offering(offering, section):
    return sections.save("offering", offering, section, queries.own_offering, services.edit_offering)


@pages.get("/offerings/<uuid:offering>/preview")
@editors_only
def preview_offering(offering):
    """The page that teachers would see."""
    draft = queries.own_offering(mine(), offering)
    showing.say_preview(draft)
    return render_template("catalog/offering.html", offering=draft, module=draft.module, on=today(), as_of=moment(now()))


@pages.post("/offerings/<uuid:offering>/publication")
@editors_only
def publish_offering(offering):
    try:
        published = services.publish_offering(offering, actor=current_actor(), at=now())
    except NotReadyToPublish as refusal:
        return showing.thing_page(queries.own_offering(mine(), offering), refusal), 422
    flash(_("The run is published. Teachers can see it now."), "good")
    return redirect(addresses.own_page(published), 303)


@pages.post("/offerings/<uuid:offering>/announcement")
@editors_only
def plan_offering(offering):
    try:
        planned = services.plan_offering(offering, actor=current_actor(), at=now())
    except NotReadyToPublish as refusal:
        return showing.thing_page(queries.own_offering(mine(), offering), refusal), 422
    flash(_("The run is announced as planned. Teachers can plan with it, but not enrol yet."), "good")
    return redirect(addresses.own_page(planned), 303)


@pages.get("/offerings/<uuid:offering>/cancellation")
@editors_only
def ask_to_cancel_offering(offering):
    return _cancel_page(offering, blank_form())


def _cancel_page(offering, form: Form) -> str:
    run = queries.own_offering(mine(), offering)
    people = words.concerned(run.seats_taken, run.waiting)
    return render_template("publishing/cancel.html", offering=run, form=form, people=people)


@pages.post("/offerings/<uuid:offering>/cancellation")
@editors_only
def cancel_offering(offering):
    form = read_form(schemas.Cancellation())
    if not form.ok:
        return _cancel_page(offering, form), 422
    cancelled = services.cancel_offering(offering, form.values["reason"], actor=current_actor(), at=now())
    flash(_("The run is cancelled. The module lives on."), "good")
    return redirect(addresses.own_page(cancelled), 303)
