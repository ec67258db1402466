"""The plan of a course, for programs."""

from marshmallow import fields

from catalog.api import queries as published
from catalog.api.reading import api, in_this_version
from catalog.api.schemas import maybe
from catalog.offers.models import Course
from catalog.plans import queries
from config.api.shapes import Shown


class PlannedModule(Shown):
    """A module of the course, with the semesters it is meant to run in."""

    uuid = fields.UUID()
    code = maybe()
    title = maybe()
    planned = fields.List(fields.String())


class CoursePlan(Shown):
    """Which module an institution means to run in which semester. No promise: a run is announced where it stands among the runs."""

    uuid = fields.UUID()
    modules = fields.List(fields.Nested(PlannedModule))


@api.get("/courses/<uuid:course>/plan")
@in_this_version
@api.response(200, CoursePlan)
def read_course_plan(course):
    """Which module of a course is planned in which semester, as its institution states it

    A mark is no promise; the runs that are announced stand in the module.
    """
    return _plan(published.course(course))


def _plan(course: Course) -> dict:
    planned = queries.planned_semesters([module.id for module in course.modules])
    modules = [
        {"uuid": module.uuid, "code": module.code, "title": module.title, "planned": [semester.code for semester in planned.get(module.id, ())]}
        for module in course.modules
    ]
    return {"uuid": course.uuid, "modules": modules}
