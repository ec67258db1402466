"""The ledger: written by the clock from what was said, each entry once, and never changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from accounts.models import Message
from config.errors import NotFound
from enrolment.applications import timeline
from enrolment.applications.values import Track
from enrolment.money import booking, queries, rules, services
from enrolment.money.models import MoneyEntry
from enrolment.money.values import Reason, What
from enrolment.participation import services as participation
from enrolment.participation.errors import NotNow
from enrolment.participation.models import ParticipationStep
from enrolment.participation.values import Cause
from enrolment.rounds.models import SchemeRate
from enrolment.rounds.pricing import Prices
from enrolment.seats import services as seats
from tests import factories as f
from tests.enrolment.money import scene
from tests.enrolment.money.scene import AUTUMN, HALF, IN_AUTUMN, IN_SPRING, SPRING, adviser, both_confirm, confirm, seat_of, taking_part, teacher

SOON = timedelta(minutes=1)


@pytest.fixture
def claims(db):
    """The rules of repayment."""
    scene.repayment_rules()


@pytest.fixture
def place(claims):
    scene.work_year()
    return taking_part("Anna", scene.module())


def entries():
    f.db.session.expire_all()
    return [(one.semester, one.oere, one.reason, one.what) for one in f.db.session.scalars(select(MoneyEntry).order_by(MoneyEntry.id))]


def interrupt(case, at):
    participation.interrupt(seat_of(case).uuid, Cause.ILLNESS, None, actor=teacher(case), at=at)


def retract(case, at=IN_SPRING, semester=SPRING):
    participation.retract(seat_of(case).uuid, semester, "Never began.", actor=adviser(case), at=at)


def test_what_both_have_said_is_entered_once(place):
    confirm(place, SPRING, IN_SPRING)
    before = services.book_due(IN_SPRING + SOON)
    participation.countersign([(seat_of(place).uuid, SPRING)], actor=adviser(place), at=IN_SPRING + SOON)
    turns = [services.book_due(IN_SPRING + number * SOON) for number in (2, 3)]

    assert (before, turns) == (0, [1, 0])
    assert entries() == [(SPRING, HALF, Reason.CONFIRMED, What.COUNTERSIGN)]


def test_an_entry_points_at_the_event_and_whose_it_is(place):
    both_confirm(place)
    services.book_due(IN_SPRING + SOON)

    entry = f.db.session.scalars(select(MoneyEntry)).one()
    step = f.db.session.get(ParticipationStep, entry.source_row)
    assert (step.event, step.semester, step.enrolment_id) == ("countersign", SPRING, seat_of(place).id)
    assert (entry.owner_id, entry.study_year, entry.enrolment, entry.application, entry.position) == (place.owner_id, 2026, seat_of(place).uuid, place.uuid, 1)


def test_early_interrupted_is_claimed_back_and_late_is_not(place):
    other = taking_part("Bo", f.module(place.choices[0].runs[0].offering.module.course), like=place)
    for case in (place, other):
        both_confirm(case)
    services.book_due(IN_SPRING + SOON)
    interrupt(place, datetime(2027, 3, 31, 12, tzinfo=UTC))
    interrupt(other, datetime(2027, 4, 1, 12, tzinfo=UTC))
    services.book_due(datetime(2027, 4, 1, 13, tzinfo=UTC))

    assert [one[1:3] for one in entries()] == [(HALF, Reason.CONFIRMED), (HALF, Reason.CONFIRMED), (-HALF, Reason.INTERRUPTED)]


def test_the_owner_takes_its_word_back_and_gives_it_again_and_the_teacher_is_told(place):
    both_confirm(place)
    services.book_due(IN_SPRING + SOON)
    retract(place)
    services.book_due(IN_SPRING + 2 * SOON)
    claimed = entries()[1:]
    participation.restore(seat_of(place).uuid, SPRING, actor=adviser(place), at=IN_SPRING + 3 * SOON)
    services.book_due(IN_SPRING + 4 * SOON)

    assert claimed == [(SPRING, -HALF, Reason.NOT_TAKING_PART, What.RETRACT)]
    assert entries()[2:] == [(SPRING, HALF, Reason.RESTORED, What.RESTORE)]
    told = f.db.session.scalars(select(Message).where(Message.person_id == place.person_id).order_by(Message.id))
    assert [(one.kind, one.facts.get("why")) for one in told] == [("participation-retracted", "Never began."), ("participation-restored", None)]


def test_only_what_was_countersigned_by_oneself_is_taken_back(place):
    confirm(place, SPRING, IN_SPRING)
    with pytest.raises(NotNow):
        retract(place)
    stranger = f.acting(f.member(f.owner(f.municipality("0301", "Oslo")).organisation_id, f.Role.OWNER))
    with pytest.raises(NotFound):
        participation.retract(seat_of(place).uuid, SPRING, "No.", actor=stranger, at=IN_SPRING)


def test_whoever_leaves_the_seat_is_paid_nothing_for_the_semester(place):
    both_confirm(place)
    services.book_due(IN_SPRING + SOON)
    seats.withdraw(seat_of(place).uuid, actor=teacher(place), at=IN_SPRING + 2 * SOON)
    services.book_due(IN_SPRING + 3 * SOON)

    assert entries()[1:] == [(SPRING, -HALF, Reason.NOT_TAKING_PART, What.WITHDRAW)]


def test_another_scheme_is_settled_by_the_difference(place):
    stipend = f.scheme("stipend", kind=f.SchemeKind.STIPEND, shares=(0, 0, 100), stipend_kroner=116_000)
    both_confirm(place)
    services.book_due(IN_SPRING + SOON)
    timeline.note(place, Track.EMPLOYER, "approve", by=None, at=IN_SPRING + 2 * SOON, scheme=stipend.code)
    place.scheme_id = stipend.id
    f.db.session.commit()
    services.book_due(IN_SPRING + 3 * SOON)

    assert entries()[1:] == [(SPRING, 58_000_00 - HALF, Reason.SCHEME, What.APPROVE)]


def test_a_second_grant_in_a_semester_is_not_paid(place):
    both_confirm(place)
    run = place.choices[0].runs[0].offering
    again = f.application(
        place.person, f.cycle("another round"), [f.offering(f.module(run.module.course), mode=run.mode)], scheme=place.choices[0].scheme,
        employer=place.employer, money=place.money, rank=9,
    )  # fmt: skip
    scene.give_seat(again)
    both_confirm(again, at=IN_SPRING + SOON)
    services.book_due(IN_SPRING + 2 * SOON)
    interrupt(place, IN_SPRING + 3 * SOON)
    services.book_due(IN_SPRING + 4 * SOON)

    found = [(one.enrolment == seat_of(again).uuid, one.oere, one.reason) for one in f.db.session.scalars(select(MoneyEntry).order_by(MoneyEntry.id))]
    assert found == [(False, HALF, Reason.CONFIRMED), (False, -HALF, Reason.INTERRUPTED), (True, HALF, Reason.RESTORED)]


def test_a_rate_that_becomes_known_later_is_entered_the_next_day(claims):
    case = taking_part("Anna", scene.module())
    both_confirm(case)
    unknown = services.book_due(IN_SPRING + timedelta(hours=1))
    scene.work_year()
    services.book_due(IN_SPRING + timedelta(hours=2))
    same_day = entries()
    services.book_due(IN_SPRING + timedelta(days=1))

    assert (unknown, same_day, [one[1] for one in entries()]) == (0, [], [HALF])


def test_a_rate_that_is_changed_afterwards_is_settled_by_one_entry_with_the_difference(place):
    both_confirm(place)
    services.book_due(IN_SPRING + SOON)
    rate = f.db.session.scalars(select(SchemeRate)).one()
    rate.state_percent, rate.owner_percent = 60, 15
    f.db.session.commit()
    for days in (1, 2):
        services.book_due(IN_SPRING + timedelta(days=days))

    assert [one[1:3] for one in entries()] == [(HALF, Reason.CONFIRMED), (HALF // 5, Reason.ANEW)]


def test_the_ledger_can_be_worked_out_again_from_what_happened(place):
    both = taking_part("Bo", f.module(place.choices[0].runs[0].offering.module.course), semesters=2, like=place)
    both_confirm(both, AUTUMN, IN_AUTUMN)
    services.book_due(IN_AUTUMN + SOON)
    both_confirm(both)
    both_confirm(place)
    services.book_due(IN_SPRING + SOON)
    interrupt(both, IN_SPRING + 2 * SOON)
    retract(place, IN_SPRING + 2 * SOON)
    services.book_due(IN_SPRING + 3 * SOON)

    anew = []
    for case in (place, both):
        happened = booking.gathered(queries.paid_studies(case.person_id), Prices())
        anew += [(one.semester, one.oere, one.reason, one.because.what) for one in rules.ledger(happened.places, happened.happenings, booking.repayment_rules())]
    assert sorted(anew, key=repr) == sorted(entries(), key=repr)
    assert len(anew) == 5


@pytest.mark.parametrize("statement", [update(MoneyEntry).values(oere=1), delete(MoneyEntry)])
def test_an_entry_is_neither_changed_nor_deleted_by_any_statement(place, statement):
    both_confirm(place)
    services.book_due(IN_SPRING + SOON)
    with pytest.raises(DBAPIError, match="never changes"):
        f.db.session.execute(statement)
    f.db.session.rollback()

    assert [one[1] for one in entries()] == [HALF]


def test_a_turn_asks_as_often_for_three_places_as_for_one(place, count_queries):
    def asked() -> int:
        f.db.session.expire_all()
        runs = queries.paid_studies(place.person_id)
        with count_queries() as seen:
            booking.entries(runs, Prices(), booking.repayment_rules(), IN_SPRING)
        return len(seen)

    both_confirm(place)
    few = asked()
    run = place.choices[0].runs[0].offering
    for number in (1, 2):
        again = f.application(place.person, f.cycle(f"round {number}"), [f.offering(f.module(run.module.course), mode=run.mode)], scheme=place.choices[0].scheme, employer=place.employer, money=place.money)
        scene.give_seat(again)
        both_confirm(again)

    assert asked() == few


def test_rules_of_repayment_and_rates_are_read_once_for_a_turn_of_many(place, count_queries):
    course = place.choices[0].runs[0].offering.module.course
    for case in (place, *(taking_part(name, f.module(course), like=place) for name in ("Bo", "Cecilie"))):
        both_confirm(case)
    with count_queries() as seen:
        services.book_due(IN_SPRING + SOON)

    assert [sum(f"FROM {table} " in " ".join(one.split()) for one in seen) for table in ("repayment_rules", "schemes")] == [1, 1]
    assert [one[1] for one in entries()] == [HALF] * 3


def test_nobody_is_due_twice_without_news(place):
    both_confirm(place)
    services.book_due(IN_SPRING + SOON)
    day, later = date(2027, 2, 10), IN_SPRING + timedelta(hours=1)
    services.book_due(later)

    assert (queries.people_due(day), queries.people_due(day + timedelta(days=1))) == ([], [place.person_id])


@pytest.mark.parametrize("news", ["said", "left", "decided"])
def test_whoever_something_has_happened_about_is_due_again_and_nobody_else(place, news):
    other = taking_part("Bo", f.module(place.choices[0].runs[0].offering.module.course), like=place)
    for case in (place, other):
        both_confirm(case)
    services.book_due(IN_SPRING + SOON)
    day, later = date(2027, 2, 10), IN_SPRING + timedelta(hours=2)
    services.book_due(IN_SPRING + timedelta(hours=1))
    before = queries.people_due(day)
    if news == "said":
        retract(place, later)
    elif news == "left":
        seats.withdraw(seat_of(place).uuid, actor=teacher(place), at=later)
    else:
        timeline.note(place, Track.EMPLOYER, "approve", by=None, at=later, scheme=place.choices[0].scheme.code)
        f.db.session.commit()

    assert (before, queries.people_due(day)) == ([], [place.person_id])
