"""Who has something left to do by a day of a round. Each duty has its own question here; what the owner's day reminds of is the board's."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlalchemy import Integer, Select, exists, func, select, type_coerce
from sqlalchemy.orm import aliased

from accounts.models import Membership, Role
from catalog.offers.models import Offering
from config.clock import end_of
from config.database import db
from enrolment.applications.lifecycle import Case, Employer
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.board.models import ListLock, ListRemark, OwnerList
from enrolment.participation.models import ParticipationStep
from enrolment.participation.rules import semester_of
from enrolment.participation.values import Event
from enrolment.rounds.models import Cycle, CycleDate, Reminded, ReminderRule
from enrolment.rounds.reminding.values import Duty
from enrolment.rounds.values import Step
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment


def rules(on: date) -> list[ReminderRule]:
    return [one for one in db.session.scalars(select(ReminderRule).order_by(ReminderRule.days_before, ReminderRule.id)) if one.holds(on)]


def before_the_owners_day(on: date) -> tuple[int | None, int | None]:
    """From how many days before it owners are reminded, and their deputies, by the rules that hold on a day; none where they are not."""
    holding = [one for one in rules(on) if one.step is Step.OWNER]
    owners, deputies = (max((one.days_before for one in holding if one.deputy is deputy), default=None) for deputy in (False, True))
    return owners, deputies


def days(step: Step, at: datetime, first: date, last: date) -> list[CycleDate]:
    """The days of a step between two days, both included, in the rounds that have been let out."""
    near = select(CycleDate).join(CycleDate.cycle).where(CycleDate.step == step, CycleDate.day.between(first, last), Cycle.released_at <= at)
    return list(db.session.scalars(near.order_by(CycleDate.id)))


def to_remind(day: CycleDate, rule: ReminderRule, duty: Duty) -> list[int]:
    """The people who have something left to do by a day, and have not been reminded of it by a rule."""
    left = QUESTIONS[duty](day).subquery()
    return list(db.session.scalars(select(left.c.person_id).where(left.c.person_id.not_in(_reminded(day, [rule]))).distinct().order_by(left.c.person_id)))


def _not_sent(day: CycleDate) -> Select:
    return _cases(day, Application.person_id).where(Application.state == Case.DRAFT)


def _cases(day: CycleDate, wanted) -> Select:
    return select(wanted).where(Application.cycle_id == day.cycle_id, Application.strand == day.strand)


def _not_recommended(day: CycleDate) -> Select:
    """The heads of the schools where a case waits for them."""
    schools = _cases(day, Application.school_id).where(Application.state == Case.SENT, Application.employer == Employer.WITH_HEAD)
    return _acting(day, Role.HEAD, schools)


def _acting(day: CycleDate, role: Role, bodies: Select) -> Select:
    return select(Membership.person_id).where(Membership.role == role, Membership.organisation_id.in_(bodies), Membership.held(day.day))


def _not_remarked(day: CycleDate) -> Select:
    """The union's representatives with the owners that have something on their list, which is not locked, and on which they have said nothing."""
    of_list = (OwnerList.owner_id == Application.owner_id, OwnerList.cycle_id == day.cycle_id, OwnerList.strand == day.strand)
    locked = exists().where(*of_list, ListLock.list_id == OwnerList.id, ListLock.unlocked_at.is_(None))
    owners = _cases(day, Application.owner_id).where(Application.state == Case.SENT, Application.employer != Employer.NOT_SENT, ~locked)
    said = exists().where(
        ListRemark.person_id == Membership.person_id, ListRemark.owner_id == Membership.organisation_id, ListRemark.cycle_id == day.cycle_id,
        ListRemark.strand == day.strand,
    )  # fmt: skip
    return _acting(day, Role.UNION, owners).where(~said)


def _not_answered(day: CycleDate) -> Select:
    return _seats(day, Application.person_id).where(Enrolment.state == Seat.OFFERED, Enrolment.reply_by <= end_of(day.day))


def _seats(day: CycleDate, wanted) -> Select:
    return _cases(day, wanted).join(Application.choices).join(Choice.runs).join(ChoiceRun.enrolment)


def _not_confirmed(day: CycleDate) -> Select:
    """Those who take part in the semester of the day, have not put it off, and have not said so."""
    semester, begins = semester_of(day.day), type_coerce(Offering.semester, Integer)
    running = _seats(day, Application.person_id).join(ChoiceRun.offering).where(Enrolment.state == Seat.PLACED, begins <= semester.number, begins + Offering.semesters > semester.number)
    confirmed = exists().where(ParticipationStep.enrolment_id == Enrolment.id, ParticipationStep.event == Event.CONFIRM, ParticipationStep.semester == semester)
    return running.where(~confirmed, _times(Event.DEFER) <= _times(Event.RESUME))


def _times(event: Event):
    counted = select(func.count(ParticipationStep.id)).where(ParticipationStep.enrolment_id == Enrolment.id, ParticipationStep.event == event)
    return counted.correlate(Enrolment).scalar_subquery()


def _not_countersigned(day: CycleDate) -> Select:
    """Those who act for an owner whose teachers have confirmed the semester of the day while it has not said the same."""
    semester, said, vouched = semester_of(day.day), aliased(ParticipationStep), aliased(ParticipationStep)
    confirmed = exists().where(said.enrolment_id == Enrolment.id, said.event == Event.CONFIRM, said.semester == semester)
    countersigned = exists().where(vouched.enrolment_id == Enrolment.id, vouched.event == Event.COUNTERSIGN, vouched.semester == semester)
    return _acting(day, Role.OWNER, _seats(day, Application.owner_id).where(confirmed, ~countersigned))


QUESTIONS: dict[Duty, Callable[[CycleDate], Select]] = {
    Duty.SEND: _not_sent, Duty.RECOMMEND: _not_recommended, Duty.REMARK: _not_remarked, Duty.ANSWER: _not_answered, Duty.CONFIRM: _not_confirmed,
    Duty.COUNTERSIGN: _not_countersigned,
}  # fmt: skip


def reminded(day: CycleDate, rules: Iterable[ReminderRule]) -> set[int]:
    """Who has been reminded of the day, as it is now, by one of some rules."""
    return set(db.session.scalars(_reminded(day, rules)))


def _reminded(day: CycleDate, rules: Iterable[ReminderRule]) -> Select:
    return select(Reminded.person_id).where(Reminded.cycle_date_id == day.id, Reminded.rule_id.in_([one.id for one in rules]), Reminded.day == day.day)
