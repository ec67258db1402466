"""Who has something left to do by a day of a round. Each duty has its own question here; what the owner's day reminds of is the board's."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlalchemy import CompoundSelect, Integer, Select, exists, func, or_, select, type_coerce, union
from sqlalchemy.orm import aliased

from accounts.models import Membership, Role
from catalog.offers.models import Offering
from catalog.values import Semester
from config.clock import end_of
from config.database import db
from enrolment.applications.lifecycle import Case, Employer
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.board.models import ListLock, ListRemark, OwnerList
from enrolment.participation.models import ParticipationStep
from enrolment.participation.queries import granted_elsewhere
from enrolment.participation.rules import semester_of
from enrolment.participation.values import Event
from enrolment.rounds.models import Cycle, CycleDate, Reminded, ReminderRule
from enrolment.rounds.reminding.values import Duty
from enrolment.rounds.values import Step
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

_STEP = aliased(ParticipationStep)
_OF_SEAT, _OF_CHOICE = _STEP.enrolment_id == Enrolment.id, _STEP.choice_id == Choice.id


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


def _acting(day: CycleDate, role: Role, bodies: Select | CompoundSelect) -> Select:
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


def _not_confirmed(day: CycleDate) -> CompoundSelect:
    """Those who take part in the semester of the day, have not put it off, and have not said so; of a study elsewhere also who has not said when it is given."""
    semester, begins = semester_of(day.day), type_coerce(Offering.semester, Integer)
    seated = _seats(day, Application.person_id).join(ChoiceRun.offering).where(Enrolment.state == Seat.PLACED, begins <= semester.number, begins + Offering.semesters > semester.number)
    first = type_coerce(Choice.semester, Integer)
    goes_on = (first <= semester.number) & (first + func.coalesce(Choice.semesters, 1) > semester.number)
    away = _elsewhere(day, Application.person_id).where(or_(Choice.semester.is_(None), goes_on), _times(_OF_CHOICE, Event.INTERRUPT) == 0)
    return union(*(one.where(~_said(of, Event.CONFIRM, semester), _times(of, Event.DEFER) <= _times(of, Event.RESUME)) for one, of in ((seated, _OF_SEAT), (away, _OF_CHOICE))))


def _elsewhere(day: CycleDate, wanted) -> Select:
    """The studies elsewhere that a round gave money for."""
    return granted_elsewhere(_cases(day, wanted).join(Application.choices))


def _said(of, event: Event, semester: Semester):
    return select(_STEP.id).where(of, _STEP.event == event, _STEP.semester == semester).correlate(Enrolment, Choice).exists()


def _times(of, event: Event):
    return select(func.count(_STEP.id)).where(of, _STEP.event == event).correlate(Enrolment, Choice).scalar_subquery()


def _not_countersigned(day: CycleDate) -> Select:
    """Those who act for an owner whose teachers have confirmed the semester of the day while it has not said the same."""
    semester = semester_of(day.day)
    asked = ((_seats(day, Application.owner_id), _OF_SEAT), (_elsewhere(day, Application.owner_id), _OF_CHOICE))
    return _acting(day, Role.OWNER, union(*(one.where(_said(of, Event.CONFIRM, semester), ~_said(of, Event.COUNTERSIGN, semester)) for one, of in asked)))


QUESTIONS: dict[Duty, Callable[[CycleDate], Select | CompoundSelect]] = {
    Duty.SEND: _not_sent, Duty.RECOMMEND: _not_recommended, Duty.REMARK: _not_remarked, Duty.ANSWER: _not_answered, Duty.CONFIRM: _not_confirmed,
    Duty.COUNTERSIGN: _not_countersigned,
}  # fmt: skip


def reminded(day: CycleDate, rules: Iterable[ReminderRule]) -> set[int]:
    """Who has been reminded of the day, as it is now, by one of some rules."""
    return set(db.session.scalars(_reminded(day, rules)))


def _reminded(day: CycleDate, rules: Iterable[ReminderRule]) -> Select:
    return select(Reminded.person_id).where(Reminded.cycle_date_id == day.id, Reminded.rule_id.in_([one.id for one in rules]), Reminded.day == day.day)
