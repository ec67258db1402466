"""Whom a day of a round concerns: counted before it is changed, and told when it is. The same people, by the step that the day is of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, or_, select, update

from accounts.models import Membership, Role
from config.database import db
from enrolment.applications.lifecycle import Case, Employer
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.awarding.models import Outcome
from enrolment.board.models import OwnerList
from enrolment.rounds.models import CycleDate
from enrolment.rounds.values import Step
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

REFUSED = (Employer.REFUSED, Employer.UNANSWERED)
WAITING = (Employer.WITH_HEAD, Employer.WITH_OWNER)
# Who acts by the day of a step for which body of a case; the owner, where nothing else is said.
ACTING = {Step.HEAD: (Role.HEAD, Application.school_id), Step.UNION: (Role.UNION, Application.owner_id)}


@dataclass(frozen=True)
class Affected:
    """Of those a day concerns: how many teachers have begun or sent an application, how many cases await the employer, how many owners have one, and how
    many people act for heads, unions or owners by it."""

    drafts: int
    sent: int
    with_owner: int
    owners: int
    acting: int


def count(day: CycleDate, on: date) -> Affected:
    """In the round and strand of a day, as it would be told on the day `on`."""
    states: dict[tuple[Case, Employer], int] = {(state, employer): number for state, employer, number in db.session.execute(_by_state(day))}
    owners = db.session.scalar(_concerned(day, func.count(distinct(Application.owner_id))).where(Application.state == Case.SENT))
    sent = {employer: number for (state, employer), number in states.items() if state is Case.SENT}
    return Affected(
        drafts=sum(number for (state, _employer), number in states.items() if state is Case.DRAFT), sent=sum(sent.values()),
        with_owner=sum(sent.get(one, 0) for one in WAITING), owners=owners or 0, acting=len(_acting(day, on)),
    )  # fmt: skip


def _by_state(day: CycleDate) -> Select:
    return _concerned(day, Application.state, Application.employer, func.count()).group_by(Application.state, Application.employer)


def _concerned(day: CycleDate, *wanted: Any) -> Select:
    """The cases that something is still to happen with by the day."""
    here = select(*wanted).where(Application.cycle_id == day.cycle_id, Application.strand == day.strand)
    return here.where(*_still_to_come(day.step))


def _still_to_come(step: Step) -> list[ColumnElement[bool]]:
    """A draft until the last day to apply; what is sent until it is answered; afterwards those whom the employer has not refused, and of those who have been
    told what they got the ones who have an offer to answer, or a seat to confirm."""
    if step in (Step.OPENS, Step.APPLY):
        return [Application.state != Case.WITHDRAWN]
    if step in (Step.HEAD, Step.UNION, Step.OWNER, Step.UNLOCK):
        return [Application.state == Case.SENT]
    approved = [Application.state == Case.SENT, Application.employer.not_in(REFUSED)]
    held = {Step.REPLY: Seat.OFFERED, Step.AUTUMN: Seat.PLACED, Step.SPRING: Seat.PLACED}.get(step)
    return approved if held is None else [*approved, or_(~_told(), _has(held))]


def _told() -> ColumnElement[bool]:
    return select(Outcome.id).where(Outcome.application_id == Application.id).exists()


def _has(state: Seat) -> ColumnElement[bool]:
    came = select(ChoiceRun.id).join(Choice, Choice.id == ChoiceRun.choice_id).join(Enrolment, Enrolment.id == ChoiceRun.enrolment_id)
    return came.where(Choice.application_id == Application.id, Enrolment.state == state).exists()


def _acting(day: CycleDate, on: date) -> set[int]:
    role, body = ACTING.get(day.step, (Role.OWNER, Application.owner_id))
    bodies = _concerned(day, body).where(Application.state == Case.SENT, body.is_not(None))
    return set(db.session.scalars(select(Membership.person_id).where(Membership.role == role, Membership.organisation_id.in_(bodies), Membership.held(on))))


def remind_anew(day: CycleDate) -> None:
    """A day that is moved is another day: an owner that was reminded of the former one is reminded of it too."""
    if day.step is Step.OWNER:
        lists = update(OwnerList).where(OwnerList.cycle_id == day.cycle_id, OwnerList.strand == day.strand)
        db.session.execute(lists.values(reminded_at=None, deputies_told_at=None))


def people(day: CycleDate, on: date) -> list[int]:
    """Whom a change of the day is told: the applicants it concerns, and for the days of heads, unions and owners those who act there on the day `on`. Each once."""
    return sorted(set(db.session.scalars(_concerned(day, Application.person_id))) | _acting(day, on))
