"""Who has something left to do by a day of a round. Each step that reminds has its own question here."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlalchemy import Select, select

from accounts.models import Membership, Role
from config.clock import end_of
from config.database import db
from enrolment.applications.lifecycle import Case, Employer
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.rounds.models import Cycle, CycleDate, Reminded, ReminderRule
from enrolment.rounds.values import Step
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment


def rules(on: date) -> list[ReminderRule]:
    return [one for one in db.session.scalars(select(ReminderRule).order_by(ReminderRule.days_before, ReminderRule.id)) if one.holds(on)]


def days(step: Step, at: datetime, first: date, last: date) -> list[CycleDate]:
    """The days of a step between two days, both included, in the rounds that have been let out."""
    near = select(CycleDate).join(CycleDate.cycle).where(CycleDate.step == step, CycleDate.day.between(first, last), Cycle.released_at <= at)
    return list(db.session.scalars(near.order_by(CycleDate.id)))


def to_remind(day: CycleDate, rule: ReminderRule) -> list[int]:
    """The people who have something left to do by a day, and have not been reminded of it by a rule."""
    left = QUESTIONS[day.step](day).subquery()
    return list(db.session.scalars(select(left.c.person_id).where(left.c.person_id.not_in(_reminded(day, [rule]))).distinct().order_by(left.c.person_id)))


def _not_sent(day: CycleDate) -> Select:
    return _cases(day, Application.person_id).where(Application.state == Case.DRAFT)


def _cases(day: CycleDate, wanted) -> Select:
    return select(wanted).where(Application.cycle_id == day.cycle_id, Application.strand == day.strand)


def _not_recommended(day: CycleDate) -> Select:
    """The heads of the schools where a case waits for them."""
    schools = _cases(day, Application.school_id).where(Application.state == Case.SENT, Application.employer == Employer.WITH_HEAD)
    heads = select(Membership.person_id).where(Membership.role == Role.HEAD, Membership.organisation_id.in_(schools))
    return heads.where(Membership.held(day.day))


def _not_answered(day: CycleDate) -> Select:
    offered = _cases(day, Application.person_id).join(Application.choices).join(Choice.runs).join(ChoiceRun.enrolment)
    return offered.where(Enrolment.state == Seat.OFFERED, Enrolment.reply_by <= end_of(day.day))


QUESTIONS: dict[Step, Callable[[CycleDate], Select]] = {Step.APPLY: _not_sent, Step.HEAD: _not_recommended, Step.REPLY: _not_answered}


def reminded(day: CycleDate, rules: Iterable[ReminderRule]) -> set[int]:
    """Who has been reminded of the day, as it is now, by one of some rules."""
    return set(db.session.scalars(_reminded(day, rules)))


def _reminded(day: CycleDate, rules: Iterable[ReminderRule]) -> Select:
    return select(Reminded.person_id).where(Reminded.cycle_date_id == day.id, Reminded.rule_id.in_([one.id for one in rules]), Reminded.day == day.day)
