"""Who has something left to do is reminded before the day, once for each rule, and not when it is done."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Membership, Message, Role
from catalog.values import Semester, Strand, Term
from config.languages import in_language
from enrolment.applications.lifecycle import Case, Employer
from enrolment.board.models import ListLock, ListRemark, OwnerList
from enrolment.participation.models import ParticipationStep
from enrolment.participation.values import Event
from enrolment.rounds.models import Cycle, ReminderRule
from enrolment.rounds.reminding import remind
from enrolment.rounds.reminding.values import Duty
from enrolment.rounds.values import Step
from enrolment.rounds.words import day_near
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories
from tests.enrolment.money.scene import granted_elsewhere
from tests.factories import DATES, db


@pytest.fixture(autouse=True)
def rules(db):
    rows = [("apply-7", Step.APPLY, 7), ("apply-1", Step.APPLY, 1), ("head-3", Step.HEAD, 3), ("reply-2", Step.REPLY, 2), ("union-2", Step.UNION, 2), ("autumn-7", Step.AUTUMN, 7), ("spring-7", Step.SPRING, 7)]
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


def test_the_unions_representative_is_reminded_until_something_is_said_of_the_list_or_it_is_locked(db):
    case = factories.application(factories.teacher(), factories.cycle())
    says, silent = (factories.member(case.owner_id, Role.UNION, name) for name in ("Says", "Silent"))
    elsewhere = factories.member(factories.owner(factories.municipality("4601", "Bergen")).organisation_id, Role.UNION, "Elsewhere")
    about = {"owner_id": case.owner_id, "cycle_id": case.cycle_id, "strand": case.strand}
    db.session.add(ListRemark(person_id=says.id, at=noon(DATES[Step.APPLY]), words="Fine.", **about))
    db.session.commit()

    remind(before(Step.UNION, 2))
    assert [reminded(one) for one in (says, silent, elsewhere)] == [0, 1, 0]
    later = factories.member(case.owner_id, Role.UNION, "Later")
    db.session.add(OwnerList(**about, locks=[ListLock(locked_at=noon(DATES[Step.UNION]), rows=[], digest="x")]))
    db.session.commit()
    remind(before(Step.UNION, 1))
    assert reminded(later) == 0


def taking_part(name: str, round_: Cycle, **facts):
    """Somebody with a seat that a round gave, in the autumn of its study year."""
    run = factories.offering(factories.module(factories.course(factories.institution(name), factories.subject(name))), semester=Semester(2027, Term.AUTUMN), **facts)
    teacher = factories.teacher(name=name)
    case = factories.application(teacher, round_, [run])
    case.choices[0].runs[0].enrolment = Enrolment(person_id=teacher.id, offering_id=run.id, module_id=run.module_id, state=Seat.PLACED, ticket=1, entered_at=noon(DATES[Step.ANSWER]))
    db.session.commit()
    return case


def step(case, event: Event, semester: Semester | None = None) -> None:
    seat = case.choices[0].runs[0].enrolment_id
    db.session.add(ParticipationStep(enrolment_id=seat, event=event, semester=semester, at=noon(DATES[Step.REPLY])))
    db.session.commit()


def test_who_takes_part_is_reminded_to_confirm_and_the_owner_to_countersign_until_it_is_done(db):
    round_, autumn = factories.cycle(), Semester(2027, Term.AUTUMN)
    silent, said, off, spring = (taking_part(name, round_) for name in ("Silent", "Said", "Off", "Spring"))
    spring.choices[0].runs[0].offering.semester = Semester(2028, Term.SPRING)
    step(said, Event.CONFIRM, autumn)
    step(off, Event.DEFER)
    asked = factories.member(said.owner_id, Role.OWNER, "Asked")
    at_peace = factories.member(factories.owner(factories.municipality("4601", "Bergen")).organisation_id, Role.OWNER, "Peace")

    remind(before(Step.AUTUMN, 7))
    assert [reminded(one) for one in (silent.person, said.person, off.person, spring.person, asked, at_peace)] == [1, 0, 0, 0, 1, 0]

    for event in (Event.CONFIRM, Event.COUNTERSIGN):
        step(silent, event, autumn)
    step(said, Event.COUNTERSIGN, autumn)
    assert remind(before(Step.AUTUMN, 1)) == 0
    told = sorted(db.session.scalars(db.select(Message.address).where(Message.kind == "round-day-near")))
    assert told == ["/me/participation", "/owner/participation"]


def test_who_has_money_for_a_study_elsewhere_is_reminded_as_those_with_a_seat_are_also_to_say_when_it_is_given(db):
    autumn = Semester(2027, Term.AUTUMN)
    silent = granted_elsewhere("Silent", semester=autumn, semesters=1)
    said, off, over, spring, undated = (
        granted_elsewhere(name, like=silent, semester=first, semesters=1)
        for name, first in (("Said", autumn), ("Off", autumn), ("Over", autumn), ("Spring", Semester(2028, Term.SPRING)), ("Undated", None))
    )
    for case, event, semester in ((said, Event.CONFIRM, autumn), (off, Event.DEFER, None), (over, Event.INTERRUPT, None)):
        db.session.add(ParticipationStep(choice_id=case.choices[0].id, event=event, semester=semester, at=noon(DATES[Step.REPLY])))
    asked = factories.member(said.owner_id, Role.OWNER, "Asked")
    db.session.commit()

    remind(before(Step.AUTUMN, 7))
    assert [reminded(one) for one in (silent.person, said.person, off.person, over.person, spring.person, undated.person, asked)] == [1, 0, 0, 0, 0, 1, 1]


def test_a_study_of_two_terms_is_confirmed_in_each(db):
    case = taking_part("Anna", factories.cycle(), semesters=2)
    step(case, Event.CONFIRM, Semester(2027, Term.AUTUMN))

    remind(before(Step.SPRING, 7))

    assert reminded(case.person) == 1


def test_every_duty_has_its_sentence_and_a_message_of_an_older_time_its_own(app):
    with app.test_request_context(), in_language("en"):
        told = {duty: day_near({"duty": str(duty), "step": "union", "day": "2027-01-31"}) for duty in Duty}
        old = day_near({"step": "head", "day": "2027-01-31"})
    assert len(set(told.values())) == len(Duty) and all("31 January 2027" in one for one in told.values())
    assert old == told[Duty.RECOMMEND]
