"""The pages of a course, a module and a run, and a run's calendar. What is a draft or withdrawn is not there."""

from collections.abc import Collection
from datetime import date

from flask import make_response, render_template, request, url_for

from catalog import panels
from catalog.offers import calendar, queries
from catalog.offers.lifecycle import Run
from catalog.offers.models import Course, Module, Offering
from catalog.offers.rules import LastYear
from catalog.pages import pages
from catalog.values import Strand
from catalog.way.course import Way, listed
from config import page_cache
from config.clock import now, today
from config.errors import NotFound
from config.languages import _, moment


@pages.get("/courses/<institution>/<slug>")
def course(institution, slug):
    """A course: its way to 60 credits, module by module."""
    found = queries.published_course(institution, slug)
    if found is None:
        raise NotFound(_("There is no such course, or it is not published."))
    page_cache.keep()
    return course_page(found)


@pages.get("/modules/<institution>/<slug>")
def module(institution, slug):
    """A module: what one learns, what it contains, and when it runs."""
    found = queries.published_module(institution, slug)
    if found is None:
        raise NotFound(_("There is no such module, or it is not published."))
    page_cache.keep()
    return module_page(*found)


@pages.get("/offerings/<uuid:offering>")
def offering(offering):
    """One run of a module."""
    found = _offering(offering)
    page_cache.keep()
    return render_template("catalog/offering.html", offering=found, module=found.module, on=today(), as_of=moment(now()), last_year=_last_year(found.module, today()))


@pages.get("/offerings/<uuid:offering>.ics")
def offering_calendar(offering):
    """The dated gatherings of a run, for the calendar one already uses."""
    found = _offering(offering)
    written = calendar.of_offering(found, page=url_for("catalog.offering", offering=found.uuid, _external=True), host=request.host.partition(":")[0])
    answer = make_response(written)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f'inline; filename="{found.uuid}.ics"'
    answer.headers["Cache-Control"] = "max-age=300"
    answer.add_etag()
    return answer.make_conditional(request)


def _offering(uuid) -> Offering:
    found = queries.public_offering(uuid)
    if found is None:
        raise NotFound(_("There is no such run, or it is not published."))
    return found


def _last_what_cannot_be_taken(run: Offering) -> tuple[bool, bool]:
    """Runs without a time after the others, and those that are cancelled at the end."""
    return run.state is Run.CANCELLED, run.semester is None


def course_page(course: Course, **more) -> str:
    """The page of a course as teachers see it; a preview uses it too."""
    on = today()
    way = Way(course, 30 if course.strand is Strand.PRINCIPAL else 60, on)
    return render_template("catalog/course.html", course=course, way=way, listed=listed, on=on, **more)


def module_page(module: Module, beside: Collection[str] = tuple(queries.BESIDE), **more) -> str:
    """The page of a module as teachers see it; a preview uses it too. `beside`: what else there may be about it."""
    on = today()
    return render_template(
        "catalog/module.html",
        module=module,
        on=on,
        coming=sorted((run for run in module.offerings if not run.ended(on)), key=_last_what_cannot_be_taken),
        earlier=[run for run in reversed(module.offerings) if run.ended(on)],
        beside=beside,
        afterwards=queries.needed_by(module.id) if "afterwards" in beside else (),
        apart=queries.not_together_with(module.id) if "apart" in beside else (),
        as_of=moment(now()),
        last_year=_last_year(module, on) if _has_run_yearly(module) else {},
        **more,
    )


def _has_run_yearly(module: Module) -> bool:
    """Whether any run has one a year before it: else there is nothing to ask for."""
    semesters = {run.semester for run in module.offerings if run.semester}
    return any(one.plus(-2) in semesters for one in semesters)


def _last_year(module: Module, on: date) -> dict[int, LastYear]:
    """By the key of a run, how many applied a year before, where that is known."""
    return panels.fact("last_year", modules=[module.id], on=on) or {}
