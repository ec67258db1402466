"""Whom a day of a round concerns: counted before it is changed, and told when it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, distinct, func, select, update

from accounts.models import Membership, Role
from config.database import db
from enrolment.applications.lifecycle import Case, Employer
from enrolment.applications.models import Application
from enrolment.board.models import OwnerList
from enrolment.rounds.models import CycleDate
from enrolment.rounds.values import Step


@dataclass(frozen=True)
class Affected:
    """How many teachers have begun or sent an application, how many cases await the head, the owner, and how many owners have one."""

    drafts: int
    sent: int
    with_head: int
    with_owner: int
    owners: int


def count(day: CycleDate) -> Affected:
    """In the round and strand of a day, whichever step it is."""
    states: dict[tuple[Case, Employer], int] = {(state, employer): number for state, employer, number in db.session.execute(_by_state(day))}
    owners = db.session.scalar(_cases(day, func.count(distinct(Application.owner_id))).where(Application.state == Case.SENT))

    def having(state: Case, *employers: Employer) -> int:
        return sum(number for (one, employer), number in states.items() if one is state and (not employers or employer in employers))

    return Affected(
        drafts=having(Case.DRAFT), sent=having(Case.SENT), with_head=having(Case.SENT, Employer.WITH_HEAD),
        with_owner=having(Case.SENT, Employer.WITH_HEAD, Employer.WITH_OWNER), owners=owners or 0,
    )  # fmt: skip


def _cases(day: CycleDate, *wanted: Any) -> Select:
    return select(*wanted).where(Application.cycle_id == day.cycle_id, Application.strand == day.strand)


def _by_state(day: CycleDate) -> Select:
    return _cases(day, Application.state, Application.employer, func.count()).group_by(Application.state, Application.employer)


def remind_anew(day: CycleDate) -> None:
    """A day that is moved is another day: an owner that was reminded of the former one is reminded of it too."""
    if day.step is Step.OWNER:
        lists = update(OwnerList).where(OwnerList.cycle_id == day.cycle_id, OwnerList.strand == day.strand)
        db.session.execute(lists.values(reminded_at=None, deputies_told_at=None))


def people(day: CycleDate, on: date) -> list[int]:
    """Whom a change of the day is told: applicants, and for the days of heads, unions and owners those who act there on the day `on`. Each once."""
    told = set(db.session.scalars(_cases(day, Application.person_id).where(Application.state != Case.WITHDRAWN)))
    acting = {Step.HEAD: (Role.HEAD, Application.school_id), Step.UNION: (Role.UNION, Application.owner_id)}
    role, body = acting.get(day.step, (Role.OWNER, Application.owner_id))
    bodies = _cases(day, body).where(Application.state == Case.SENT, body.is_not(None))
    told |= set(db.session.scalars(select(Membership.person_id).where(Membership.role == role, Membership.organisation_id.in_(bodies), Membership.held(on))))
    return sorted(told)
