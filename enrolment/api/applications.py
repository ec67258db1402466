"""A teacher's own applications in the rounds. What is another's does not exist."""

from collections.abc import Sequence
from uuid import UUID

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from config.api.blueprint import Blueprint
from config.api.shapes import Page, Paging, page_of, pages_of
from config.clock import now, today
from enrolment.api import schemas
from enrolment.applications import queries, told
from enrolment.applications.models import Application
from enrolment.applications.services import cases
from enrolment.applications.told import Told

api = Blueprint("applications_api", __name__, tag="Me")
teachers_only = acting_as(Role.TEACHER)


def _told(found: Sequence[Application]) -> list[Told]:
    return told.each(found, now(), today())


@api.get("/me/applications")
@teachers_only
@api.arguments(Paging, location="query")
@api.response(200, pages_of(schemas.Application))
def list_applications(asked) -> Page:
    """Your applications, the latest round first"""
    return page_of(queries.own_cases(current_actor()), asked, _told)


@api.get("/me/applications/<uuid:case>")
@teachers_only
@api.response(200, schemas.Application)
def read_application(case):
    """One application of yours"""
    return _own(case)


def _own(case: UUID) -> Told:
    return _told([queries.own_case(current_actor(), case)])[0]


@api.post("/me/applications/<uuid:case>/sending")
@teachers_only
@api.refuses(409)
@api.response(200, schemas.Application)
def send(case):
    """Send an application that lacks nothing

    What is sent already stays as it is.
    """
    cases.send(case, actor=current_actor(), at=now())
    return _own(case)


@api.post("/me/applications/<uuid:case>/withdrawal")
@teachers_only
@api.refuses(409)
@api.response(200, schemas.Application)
def withdraw(case):
    """Take an application back

    It can be sent again until the same date.
    """
    cases.withdraw(case, actor=current_actor(), at=now())
    return _own(case)
