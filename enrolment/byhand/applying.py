"""Applying for all of a term of a plan in one step: what can be enrolled in here, and what each of the others waits for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from accounts.acting import Actor
from catalog.offers.lifecycle import Run
from catalog.values import EnrolmentMode
from config.errors import Refusal
from enrolment.byhand.board import Placed
from enrolment.seats import queries as seats
from enrolment.seats import rules as seat_rules
from enrolment.seats.lifecycle import ACTIVE
from enrolment.seats.models import Enrolment
from enrolment.seats.services import enrol


class Way(StrEnum):
    """How one gets into a run on a day."""

    MINE = "mine"  # one has a seat, or a place in the queue
    SEAT = "seat"
    QUEUE = "queue"
    LATER = "later"
    ROUND = "round"
    ELSEWHERE = "elsewhere"
    NOTHING = "nothing"  # no run is announced, or it is closed


@dataclass(frozen=True)
class Asked:
    """A study of a column, and how one gets into it. `refused`: why the run said no when it was asked just now."""

    placed: Placed
    way: Way
    mine: Enrolment | None = None
    refused: str = ""

    @property
    def can_be_asked(self) -> bool:
        return self.way in (Way.SEAT, Way.QUEUE)


def column(placed: Iterable[Placed], actor: Actor, on: date) -> list[Asked]:
    """Every study of a column, in its order."""
    mine = {one.offering_id: one for one in seats.own_enrolments(actor) if one.state in ACTIVE}
    return [_asked(one, mine.get(one.run.id) if one.run else None, on) for one in placed]


def _asked(one: Placed, mine: Enrolment | None, on: date) -> Asked:
    return Asked(one, Way.MINE, mine) if mine else Asked(one, _way(one, on))


def _way(one: Placed, on: date) -> Way:
    run = one.run
    if run is None or run.state is not Run.PUBLISHED:
        return Way.NOTHING
    if run.mode is not EnrolmentMode.DIRECT:
        return Way.ROUND if run.mode is EnrolmentMode.ROUND else Way.ELSEWHERE
    if not seat_rules.is_open(on, opens_on=run.opens_on, apply_by=run.apply_by) or run.seats is None:
        return Way.LATER if run.opens_on and run.opens_on > on else Way.NOTHING
    return Way.SEAT if run.seats_taken < run.seats and not run.waiting else Way.QUEUE


def ask(asked: Iterable[Asked], *, actor: Actor, at: datetime) -> list[Asked]:
    """Enrols in each that can be enrolled in. Each seat stands by itself: what one run refuses, another does not undo."""
    return [_ask(one, actor, at) if one.can_be_asked else one for one in asked]


def _ask(one: Asked, actor: Actor, at: datetime) -> Asked:
    try:
        return Asked(one.placed, Way.MINE, enrol(one.placed.run.uuid, actor=actor, at=at))
    except Refusal as refusal:
        return Asked(one.placed, one.way, refused=refusal.sentence)
