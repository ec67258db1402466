"""The editor's page of a course's plan, and the panels that show it to everybody."""

from collections.abc import Collection, Iterable
from uuid import UUID

from flask import Flask, flash, redirect, render_template, url_for
from marshmallow import ValidationError, fields

from accounts.guard import current_actor
from catalog import panels
from catalog.offers.models import Course, Module
from catalog.offers.queries import SHOWN
from catalog.plans import queries, rules, services
from catalog.plans.table import table
from catalog.publishing import queries as publishing
from catalog.publishing.views.blueprint import editors_only, mine, pages
from catalog.values import Semester
from config.clock import now, today
from config.errors import BadInput
from config.forms import Form, Schema, blank_form, read_form
from config.languages import _


class Mark(fields.String):
    """A module and a semester: `<uuid>:2027h`."""

    def _deserialize(self, value, attr, data, **known):
        module, _colon, code = super()._deserialize(value, attr, data, **known).partition(":")
        try:
            return UUID(module), Semester.from_code(code)
        except ValueError:
            raise ValidationError(_("This is not a mark of a plan.")) from None


class Plan(Schema):
    """What is ticked, and what was ticked when the page was made."""

    ticked = fields.List(Mark(), load_default=list)
    seen = fields.List(Mark(), load_default=list)


@pages.get("/courses/<uuid:course>/plan")
@editors_only
def show_plan(course):
    """Which module is meant to run in which semester, beside the runs there are."""
    plan = publishing.own_course(mine(), course)
    return _page(plan, blank_form())


def _page(plan: Course, form: Form) -> str:
    shown = table(plan.modules, today(), drafts=True)
    marks = [_name(module, semester) for module, cells in shown.rows for semester, cell in zip(shown.semesters, cells, strict=True) if cell.planned]
    return render_template("plans/plan.html", course=plan, table=shown, form=form, seen=marks, mark=_name)


def _name(module: Module, semester: Semester) -> str:
    return f"{module.uuid}:{semester.code}"


@pages.post("/courses/<uuid:course>/plan")
@editors_only
def state_plan(course):
    form = read_form(Plan())
    if form.ok:
        try:
            services.state_plan(course, **form.values, actor=current_actor(), at=now())
        except BadInput as refusal:
            form.refuse("ticked", refusal.sentence)
    if not form.ok:
        form.errors = {"ticked": _told_once(form.errors.values())}
        return _page(publishing.own_course(mine(), course), form), 422
    flash(_("The plan is saved. Everybody can see it on the page of the course."), "good")
    return redirect(url_for(".show_plan", course=course), 303)


def _told_once(errors: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(str(sentence) for sentences in errors for sentence in sentences))


def course_ahead(course: Course, **_known) -> str:
    """The panel of a course: the plan for the years ahead, where the institution has stated one."""
    if not course.modules:
        return ""
    shown = table(course.modules, today())
    return render_template("plans/course_ahead.html", table=shown) if shown.has_marks else ""


def module_ahead(module: Module, beside: Collection[str], **_known) -> str:
    """The panel of a module: the semesters it is planned in without a run yet."""
    if "planned" not in beside:
        return ""
    ahead, announced = rules.ahead(today()), {run.semester for run in module.offerings if run.state in SHOWN}
    planned = [one for one in queries.planned_semesters([module.id]).get(module.id, ()) if one in ahead and one not in announced]
    return render_template("plans/module_ahead.html", planned=planned) if planned else ""


def init_app(app: Flask) -> None:
    panels.register(app, "course_ahead", course_ahead)
    panels.register(app, "module_ahead", module_ahead)
