"""The pages of a course."""

from flask import flash, redirect, render_template, url_for

from accounts.guard import current_actor
from catalog.offers.readiness import NotReadyToPublish
from catalog.offers.views import course_page
from catalog.publishing import queries, services
from catalog.publishing.views import addresses, sections, showing
from catalog.publishing.views.blueprint import editors_only, mine, pages
from config.clock import now
from config.forms import blank_form
from config.languages import _

SECTIONS = "<any(basics, description):section>"


@pages.get("/courses/new")
@editors_only
def new_course():
    return sections.page(
        "course", "basics", blank_form(strand="further"), action=url_for(".create_course"), back=url_for(".show_work_list")
    )


@pages.post("/courses")
@editors_only
def create_course():
    form = sections.read("course", "basics")
    back = url_for(".show_work_list")
    return sections.create(
        "course", "basics", form, lambda values: services.create_course(values, actor=current_actor(), at=now()), back=back
    )


@pages.get("/courses/<uuid:course>")
@editors_only
def show_course(course):
    return showing.thing_page(queries.own_course(mine(), course))


@pages.get(f"/courses/<uuid:course>/{SECTIONS}")
@editors_only
def edit_course(course, section):
    return sections.section_page(queries.own_course(mine(), course), section)


@pages.post(f"/courses/<uuid:course>/{SECTIONS}")
@editors_only
def save_course(course, section):
    return sections.save("course", course, section, queries.own_course, services.edit_course)


@pages.get("/courses/<uuid:course>/preview")
@editors_only
def preview_course(course):
    """The page that teachers would see."""
    draft = queries.own_course(mine(), course)
    showing.say_preview(draft)
    return course_page(draft)


@pages.post("/courses/<uuid:course>/publication")
@editors_only
def publish_course(course):
    try:
        published = services.publish_course(course, actor=current_actor(), at=now())
    except NotReadyToPublish as refusal:
        return showing.thing_page(queries.own_course(mine(), course), refusal), 422
    flash(_("“%(title)s” is published. Teachers can see it now.", title=published.title), "good")
    return redirect(addresses.own_page(published), 303)


@pages.get("/courses/<uuid:course>/withdrawal")
@editors_only
def ask_to_withdraw_course(course):
    thing = queries.own_course(mine(), course)
    return render_template(
        "publishing/withdraw.html",
        thing=thing,
        kind="course",
        name=thing.title,
        action=url_for(".withdraw_course", course=course),
        back=addresses.own_page(thing),
    )


@pages.post("/courses/<uuid:course>/withdrawal")
@editors_only
def withdraw_course(course):
    withdrawn = services.withdraw_course(course, actor=current_actor(), at=now())
    flash(_("“%(title)s” is withdrawn. Teachers cannot see it any more.", title=withdrawn.title), "good")
    return redirect(addresses.own_page(withdrawn), 303)
