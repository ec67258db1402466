"""The pages of a module."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from accounts.guard import current_actor
from catalog.offers.readiness import NotReadyToPublish
from catalog.offers.views import module_page
from catalog.publishing import queries, services
from catalog.publishing.views import addresses, sections, showing
from catalog.publishing.views.blueprint import editors_only, mine, pages
from config.clock import now, today
from config.errors import NotFound
from config.forms import Form
from config.languages import _

SECTIONS = "<any(basics, learning, admission, selection, bonus, content, prerequisites, overlaps, apart, joint):section>"


@pages.get("/modules/new")
@editors_only
def new_module():
    """A new module, of a course when the address names one: `?course=<id>`; it begins with what the course says."""
    course = _asked_course()
    back = addresses.own_page(course) if course else url_for(".show_work_list")
    return sections.page("module", "basics", _begun(course), action=url_for(".create_module"), back=back, of=course)


def _asked_course():
    asked = request.args.get("course")
    if not asked:
        return None
    try:
        return queries.own_course(mine(), UUID(asked))
    except ValueError:
        raise NotFound(_("Your institution has no such thing.")) from None


def _begun(course) -> Form:
    if course is None:
        return sections.form_of({"position": 1})
    known = {"subject": course.subject.code if course.subject else None, "grades": course.grades, "language": course.language}
    return sections.form_of(known | {"course": course.uuid, "position": queries.next_position(course)})


@pages.post("/modules")
@editors_only
def create_module():
    form = sections.read("module", "basics")
    back = url_for(".show_work_list")
    return sections.create(
        "module", "basics", form, lambda values: services.create_module(values, actor=current_actor(), at=now()), back=back
    )


@pages.get("/modules/<uuid:module>")
@editors_only
def show_module(module):
    return showing.thing_page(queries.own_module(mine(), module))


@pages.get(f"/modules/<uuid:module>/{SECTIONS}")
@editors_only
def edit_module(module, section):
    return sections.section_page(queries.own_module(mine(), module), section)


@pages.post(f"/modules/<uuid:module>/{SECTIONS}")
@editors_only
def save_module(module, section):
    return sections.save("module", module, section, queries.own_module, services.edit_module)


@pages.get("/modules/<uuid:module>/preview")
@editors_only
def preview_module(module):
    """The page that teachers would see."""
    draft = queries.own_module(mine(), module)
    showing.say_preview(draft)
    return module_page(draft)


@pages.post("/modules/<uuid:module>/publication")
@editors_only
def publish_module(module):
    try:
        published = services.publish_module(module, actor=current_actor(), at=now())
    except NotReadyToPublish as refusal:
        return showing.thing_page(queries.own_module(mine(), module), refusal), 422
    flash(_("“%(title)s” is published. Teachers can see it now.", title=published.name), "good")
    return redirect(addresses.own_page(published), 303)


@pages.get("/modules/<uuid:module>/withdrawal")
@editors_only
def ask_to_withdraw_module(module):
    thing = queries.own_module(mine(), module)
    return render_template(
        "publishing/withdraw.html", thing=thing, kind="module", name=thing.name, action=url_for(".withdraw_module", module=module),
        runs=thing.runs_not_ended(today()), asking=queries.asking_for(thing),
        back=addresses.own_page(thing),
    )  # fmt: skip


@pages.post("/modules/<uuid:module>/withdrawal")
@editors_only
def withdraw_module(module):
    withdrawn = services.withdraw_module(module, actor=current_actor(), at=now())
    flash(_("“%(title)s” is withdrawn. Teachers cannot see it any more.", title=withdrawn.name), "good")
    return redirect(addresses.own_page(withdrawn), 303)
