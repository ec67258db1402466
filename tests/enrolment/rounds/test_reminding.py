"""Who has something left to do is reminded before the day, once for each rule, and not when it is done."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Membership, Message, Role
from catalog.values import Strand
from enrolment.applications.lifecycle import Case, Employer
from enrolment.rounds.models import Cycle, ReminderRule
from enrolment.rounds.reminding import remind
from enrolment.rounds.values import Step
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories
from tests.factories import DATES, db


@pytest.fixture(autouse=True)
def rules(db):
    rows = [("apply-7", Step.APPLY, 7), ("apply-1", Step.APPLY, 1), ("head-3", Step.HEAD, 3), ("reply-2", Step.REPLY, 2)]
    db.session.add_all(ReminderRule(code=code, step=step, days_before=days, source="test") for code, step, days in rows)
    db.session.commit()


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def before(step: Step, days: int) -> datetime:
    return noon(DATES[step] - timedelta(days=days))


def reminded(person) -> int:
    return db.session.query(Message).filter_by(person_id=person.id, kind="round-day-near").count()


def draft(**facts):
    teacher = factories.teacher(name="Slow")
    return teacher, factories.application(teacher, factories.cycle(), **{"state": Case.DRAFT, "employer": Employer.NOT_SENT} | facts)


def test_a_teacher_who_has_not_sent_is_reminded_a_week_and_a_day_before_and_once_each(db):
    teacher, _case = draft()

    counted = []
    for days in (9, 8, 7, 6, 2, 1, 1, 0, -1):
        remind(before(Step.APPLY, days))
        counted.append(reminded(teacher))

    assert counted == [0, 0, 1, 1, 1, 2, 2, 2, 2]


def test_who_begins_on_the_last_evening_is_reminded_once_not_twice(db):
    teacher, _case = draft()

    remind(before(Step.APPLY, 0))
    remind(before(Step.APPLY, 0))

    assert reminded(teacher) == 1


@pytest.mark.parametrize("state", [Case.SENT, Case.WITHDRAWN])
def test_who_has_sent_or_withdrawn_is_left_in_peace(db, state):
    teacher, _case = draft(state=state)

    remind(before(Step.APPLY, 1))

    assert reminded(teacher) == 0


def test_of_many_who_have_been_reminded_none_is_read_again(db, count_queries):
    read = []
    for number in (1, 3):
        for _number in range(number):
            factories.application(factories.teacher(name="Slow"), _round(), state=Case.DRAFT, employer=Employer.NOT_SENT)
        assert remind(before(Step.APPLY, 1)) == number
        with count_queries() as seen:
            assert remind(before(Step.APPLY, 1)) == 0
        read.append(len(seen))

    assert read[0] == read[1]


def _round() -> Cycle:
    return db.session.scalar(db.select(Cycle)) or factories.cycle()


def test_a_day_that_is_moved_reminds_anew_before_the_new_one(db):
    teacher, case = draft()
    remind(before(Step.APPLY, 7))
    day = next(one for one in case.cycle.dates if one.step is Step.APPLY)
    day.day = DATES[Step.APPLY] + timedelta(days=3)
    db.session.commit()

    remind(before(Step.APPLY, 4))

    assert reminded(teacher) == 2


def test_a_round_that_nobody_sees_reminds_nobody(db):
    teacher, case = draft()
    case.cycle.released_at = None
    db.session.commit()

    remind(before(Step.APPLY, 1))

    assert reminded(teacher) == 0


def test_a_head_is_reminded_while_a_case_waits_there_and_heads_of_other_schools_are_not(db):
    teacher = factories.teacher()
    case = factories.application(teacher, factories.cycle(), employer=Employer.WITH_HEAD)
    head = factories.member(case.school_id, Role.HEAD, "Head")
    former = factories.member(case.school_id, Role.HEAD, "Former", valid_to=date(2026, 1, 1))
    elsewhere = factories.member(factories.school(case.owner, case.school.municipality, "Another").organisation_id, Role.HEAD, "Elsewhere")

    remind(before(Step.HEAD, 3))

    assert [reminded(one) for one in (head, former, elsewhere, teacher)] == [1, 0, 0, 0]
    assert db.session.query(Membership).filter_by(role=Role.HEAD).count() == 3


def test_who_must_answer_an_offer_is_reminded_and_who_has_answered_is_not(db):
    subject = factories.subject()
    run = factories.offering(factories.module(factories.course(factories.institution(), subject)))
    round_ = factories.cycle()
    waiting, done = factories.teacher(name="Waiting"), factories.teacher(name="Done")
    for teacher, state in ((waiting, Seat.OFFERED), (done, Seat.PLACED)):
        case = factories.application(teacher, round_, [run])
        seat = Enrolment(person_id=teacher.id, offering_id=run.id, module_id=run.module_id, state=state, ticket=teacher.id, entered_at=noon(DATES[Step.ANSWER]), reply_by=noon(DATES[Step.REPLY]))
        case.choices[0].runs[0].enrolment = seat
    db.session.commit()

    remind(before(Step.REPLY, 2))

    assert [reminded(waiting), reminded(done)] == [1, 0]
    assert round_.dates_of(Strand.FURTHER).on(Step.REPLY) == DATES[Step.REPLY]
