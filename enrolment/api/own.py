"""A teacher's own enrolments, progress and claims. What is another's does not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from accounts.guard import acting_as, current_actor
from accounts.models import Role
from config.api.blueprint import Blueprint
from config.api.shapes import Page, Paging, page_of, pages_of
from config.clock import now, today
from enrolment.api import schemas
from enrolment.progress import account, words
from enrolment.progress import queries as progress_queries
from enrolment.progress import services as progress_services
from enrolment.progress.schemas import ClaimSchema
from enrolment.progress.values import Progress
from enrolment.seats import queries, services
from enrolment.seats.models import Enrolment
from enrolment.seats.queries import Line

api = Blueprint("enrolment_api", __name__, tag="Me")
teachers_only = acting_as(Role.TEACHER)


@dataclass(frozen=True)
class Mine:
    """An enrolment with its place in line, where it waits."""

    enrolment: Enrolment
    line: Line | None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.enrolment, name)

    @property
    def place_in_line(self) -> int | None:
        return self.line.place if self.line else None

    @property
    def waiting_in_line(self) -> int | None:
        return self.line.waiting if self.line else None


def _with_lines(enrolments: Sequence[Enrolment]) -> list[Mine]:
    lines = queries.places_in_line(list(enrolments))
    return [Mine(one, lines.get(one.id)) for one in enrolments]


@api.get("/me/enrolments")
@teachers_only
@api.arguments(Paging, location="query")
@api.response(200, pages_of(schemas.Enrolment))
def list_enrolments(asked) -> Page:
    """Your enrolments, those that wait for your answer first"""
    return page_of(queries.own_enrolments(current_actor()), asked, _with_lines)


@api.get("/me/enrolments/<uuid:enrolment>")
@teachers_only
@api.response(200, schemas.Enrolment)
def read_enrolment(enrolment):
    """One enrolment of yours"""
    return _shown(queries.own_enrolment(current_actor(), enrolment))


def _shown(enrolment: Enrolment) -> Mine:
    return _with_lines([enrolment])[0]


@api.post("/offerings/<uuid:offering>/enrolment")
@teachers_only
@api.refuses(409)
@api.response(200, schemas.Enrolment)
def enrol(offering):
    """Enrol in a run

    A seat while one is free, else a place in the queue. Enrolling twice is one enrolment.
    """
    return _shown(services.enrol(offering, actor=current_actor(), at=now()))


@api.post("/me/enrolments/<uuid:enrolment>/withdrawal")
@teachers_only
@api.refuses(409)
@api.response(200, schemas.Enrolment)
def withdraw(enrolment):
    """Give up a seat or a place in the queue

    A seat goes to the next in line at once.
    """
    return _shown(services.withdraw(enrolment, actor=current_actor(), at=now()))


@api.post("/me/enrolments/<uuid:enrolment>/acceptance")
@teachers_only
@api.refuses(409)
@api.response(200, schemas.Enrolment)
def accept(enrolment):
    """Take a seat that is offered to you"""
    return _shown(services.accept(enrolment, actor=current_actor(), at=now()))


@api.post("/me/enrolments/<uuid:enrolment>/refusal")
@teachers_only
@api.refuses(409)
@api.response(200, schemas.Enrolment)
def decline(enrolment):
    """Say no to a seat that is offered to you

    It goes to the next in line at once.
    """
    return _shown(services.decline(enrolment, actor=current_actor(), at=now()))


@dataclass(frozen=True)
class Told:
    """Progress in a subject, with its sentence."""

    progress: Progress

    def __getattr__(self, name: str) -> Any:
        return getattr(self.progress, name)

    @property
    def sentence(self) -> str:
        return words.sentence(self.progress)


@dataclass(frozen=True)
class Way:
    """A teacher's way to 60 on a day."""

    on: date
    subjects: list[Told]


@api.get("/me/progress")
@teachers_only
@api.response(200, schemas.Progress)
def read_progress() -> Way:
    """Your way to 60 in each subject you teach or hold credits in, with every credit and what it counts"""
    mine = account.of(current_actor().person_id, today())
    subjects = mine.taught_or_held(progress_queries.subjects())
    return Way(mine.on, [Told(mine.progress(subject.code)) for subject in subjects])


@api.get("/me/claims")
@teachers_only
@api.arguments(Paging, location="query")
@api.response(200, pages_of(schemas.ClaimShown))
def list_claims(asked) -> Page:
    """Your claims of earlier education, the latest first"""
    return page_of(progress_queries.own_claims(current_actor()), asked)


@api.post("/me/claims")
@teachers_only
@api.arguments(ClaimSchema)
@api.response(201, schemas.ClaimShown)
def claim(sent):
    """Claim earlier education

    It is laid before your school owner, and counts when they have verified it.
    """
    claimed = progress_services.claim(**sent, actor=current_actor(), at=now())
    return claimed, 201, {"Location": url_for(".read_claim", claim=claimed.uuid)}


@api.get("/me/claims/<uuid:claim>")
@teachers_only
@api.response(200, schemas.ClaimShown)
def read_claim(claim):
    """One claim of yours"""
    return progress_queries.own_claim(current_actor(), claim)


@api.post("/me/claims/<uuid:claim>/withdrawal")
@teachers_only
@api.refuses(409)
@api.response(200, schemas.ClaimShown)
def withdraw_claim(claim):
    """Take back a claim that nobody has decided on"""
    progress_services.withdraw_claim(claim, actor=current_actor(), at=now())
    return progress_queries.own_claim(current_actor(), claim)
