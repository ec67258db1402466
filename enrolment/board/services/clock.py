"""What the clock does with a round's cases: passes them on when the head's day has ended, reminds owners, tells deputies, and ends what nobody answered.
All is found by query, so a round may be run at any time, twice, or on several machines."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from accounts import audit
from accounts import queries as account_queries
from accounts.models import Role
from catalog.values import Strand
from config.clock import day_of
from config.database import db
from enrolment.applications import timeline
from enrolment.applications.lifecycle import Case, Employer
from enrolment.applications.models import Application
from enrolment.applications.values import Track
from enrolment.board import queries, rules
from enrolment.board.models import OwnerList
from enrolment.rounds import queries as round_queries
from enrolment.rounds.models import Cycle
from enrolment.rounds.reminding import queries as reminding
from enrolment.rounds.values import Dates, Step


def tend(at: datetime) -> int:
    """Returns how many steps were taken and how many owners were told. Where nobody waits for an employer, that is all that is asked."""
    waiting = queries.waited_for()
    rounds = round_queries.strands(at) if waiting else []
    due = [(cycle, strand, dates) for cycle, strand, dates in rounds if (cycle.id, strand) in waiting and dates.is_past(Step.APPLY, day_of(at))]
    return sum(_tend(*one, at) for one in due)


def _tend(cycle: Cycle, strand: Strand, dates: Dates, at: datetime) -> int:
    on, steps = day_of(at), 0
    if dates.is_past(Step.HEAD, on):
        steps += _step_all(cycle, strand, {Employer.WITH_HEAD}, "pass on", at)
    if dates.is_past(Step.OWNER, on):
        steps += _step_all(cycle, strand, rules.WAITING, "let run out", at, without=set() if dates.is_past(Step.UNLOCK, on) else _reopened(cycle, strand))
    elif (last := dates.on(Step.OWNER)) is not None:
        owners, deputies = (first is not None and (last - on).days <= first for first in reminding.before_the_owners_day(on))
        if owners or deputies:
            steps += sum(_remind(owner, cycle, strand, at, owners, deputies) for owner in queries.owners_to_remind(cycle.id, strand, owners=owners, deputies=deputies))
    return steps


def _step_all(cycle: Cycle, strand: Strand, states: Collection[Employer], event: str, at: datetime, without: set[int] = frozenset()) -> int:
    """Takes the step with each case that another node is not at, but for those of some owners."""
    waiting = select(Application).where(Application.cycle_id == cycle.id, Application.strand == strand, Application.state == Case.SENT, Application.employer.in_(states))
    found = db.session.scalars(waiting.with_for_update(skip_locked=True).order_by(Application.id)).all()
    found = [case for case in found if case.owner_id not in without]
    for case in found:
        timeline.take(case, Track.EMPLOYER, event, by=None, at=at)
        if event == "let run out":
            audit.tell(case.person_id, "case-unanswered", at=at, address="/me/applications")
    db.session.commit()
    return len(found)


def _reopened(cycle: Cycle, strand: Strand) -> set[int]:
    """The owners whose list was opened again: they may still decide until the authority's last day."""
    lists = db.session.scalars(select(OwnerList).where(OwnerList.cycle_id == cycle.id, OwnerList.strand == strand).options(selectinload(OwnerList.locks)))
    return {one.owner_id for one in lists if one.reopened}


def _remind(owner: int, cycle: Cycle, strand: Strand, at: datetime, to_owners: bool, to_deputies: bool) -> int:
    """Reminds an owner once where it is time, and its deputies once more; whoever has answered everything is not reminded."""
    known = queries.owner_list(owner, cycle.id, strand, for_update=True)
    deputies = {one.hat.person_id for one in queries.deputies(owner)}
    people = account_queries.people_with(Role.OWNER, owner, day_of(at))
    told = 0
    if to_owners and known.reminded_at is None:
        told += _tell([one.id for one in people if one.id not in deputies], "owner-reminder", known, cycle, at)
        known.reminded_at = at
    if to_deputies and known.deputies_told_at is None:
        told += _tell([one.id for one in people], "deputy-reminder", known, cycle, at)
        known.deputies_told_at = at
    db.session.commit()
    return told


def _tell(people: list[int], kind: str, known: OwnerList, cycle: Cycle, at: datetime) -> int:
    last = cycle.dates_of(known.strand).on(Step.OWNER)
    for person in people:
        audit.tell(person, kind, at=at, address=f"/owner/rounds/{cycle.code}/{known.strand}", day=last.isoformat())
    return len(people)
