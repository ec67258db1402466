"""Every select on changes of runs, and on whom one concerns."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from catalog.offers.lifecycle import Run
from catalog.offers.models import Course, Module, Offering
from config.database import db, holds
from enrolment.changes import rules
from enrolment.changes.models import FreeWithdrawalRule, RunChange
from enrolment.seats.lifecycle import ACTIVE, Seat
from enrolment.seats.models import Enrolment


def free_until(on: date) -> date:
    """The last day to withdraw without consequence after a change on a day, by the rule that holds then; the day itself where none does."""
    rule = select(FreeWithdrawalRule.days).where(holds(FreeWithdrawalRule, on)).order_by(FreeWithdrawalRule.valid_from.desc(), FreeWithdrawalRule.id.desc())
    return rules.free_until(on, db.session.scalar(rule.limit(1)) or 0)


def changes_since(enrolment: Enrolment) -> list[RunChange]:
    """What changed in the run after somebody entered it, the latest first."""
    later = select(RunChange).where(RunChange.offering_id == enrolment.offering_id, RunChange.at > enrolment.entered_at)
    return list(db.session.scalars(later.order_by(RunChange.at.desc(), RunChange.id.desc())))


def opening(enrolment: Enrolment, on: date) -> RunChange | None:
    """The change that lets somebody withdraw without consequence on a day: the one that does so longest."""
    free = [change for change in changes_since(enrolment) if on <= change.free_until]
    return max(free, key=lambda change: change.free_until, default=None)


def applicants(runs: Iterable[Offering]) -> dict[Seat, int]:
    """How many have a seat in runs, are offered one, and wait for one."""
    of_these = select(Enrolment.state, func.count()).where(Enrolment.offering_id.in_([run.id for run in runs]), Enrolment.state.in_(ACTIVE))
    return {state: number for state, number in db.session.execute(of_these.group_by(Enrolment.state))}


def runs_of(thing: Course | Module | Offering, on: date) -> list[Offering]:
    """The runs that a change of the thing is a change of."""
    if isinstance(thing, Offering):
        return still_to_be_held([thing], on)
    modules = thing.modules if isinstance(thing, Course) else [thing]
    return still_to_be_held([run for module in modules for run in module.offerings], on)


def still_to_be_held(runs: Iterable[Offering], on: date) -> list[Offering]:
    """Those that teachers can see and that are not over."""
    return [run for run in runs if run.state in (Run.PLANNED, Run.PUBLISHED) and not run.ended(on)]
