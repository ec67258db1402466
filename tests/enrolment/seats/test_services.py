"""Seats and queues: who is placed, who waits, who is offered a seat, and that no seat is given twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from accounts.models import Event, Message
from catalog.offers.lifecycle import Run
from catalog.offers.models import EnrolmentMode, Offering
from config.clock import end_of
from config.errors import NotAllowed, NotFound, StepRefused
from enrolment.seats import queries, services
from enrolment.seats.errors import AnotherRunHeld, NotOpen, TooLate
from enrolment.seats.lifecycle import HELD, Seat
from enrolment.seats.models import Enrolment, EnrolmentStep
from tests import factories as f
from tests.factories import MONDAY


@pytest.fixture
def module(db):
    return f.module(f.course(f.institution(), f.subject()))


def teacher(name: str = "Lars Lærer"):
    return f.acting(f.teacher(name=name))


def enrol(offering: Offering, who=None, at: datetime = MONDAY) -> Enrolment:
    return services.enrol(offering.uuid, actor=who or teacher(), at=at)


def counts(db, offering: Offering) -> tuple[int, int]:
    """(taken, waiting) as the offering says, having been counted among the enrolments too."""
    db.session.refresh(offering)
    in_state = lambda *states: db.session.scalar(select(func.count()).where(Enrolment.offering_id == offering.id, Enrolment.state.in_(states)))  # noqa: E731
    assert (offering.seats_taken, offering.waiting) == (in_state(*HELD), in_state(Seat.WAITING))
    return offering.seats_taken, offering.waiting


def test_the_last_place_is_taken_and_the_next_learner_waits(db, module):
    one_place = f.offering(module, seats=1)

    first, second = enrol(one_place), enrol(one_place)

    assert [first.state, second.state] == [Seat.PLACED, Seat.WAITING]
    assert counts(db, one_place) == (1, 1)


def test_enrolling_twice_is_one_enrolment(db, module):
    place, lars = f.offering(module), teacher()

    first, again = enrol(place, lars), enrol(place, lars)

    assert first.uuid == again.uuid
    assert counts(db, place) == (1, 0)


def test_a_seat_in_another_run_of_the_module_must_be_given_up_first(db, module):
    spring, autumn, lars = f.offering(module), f.offering(module, semester=f.AUTUMN), teacher()
    enrol(spring, lars)

    with pytest.raises(AnotherRunHeld):
        enrol(autumn, lars)

    assert counts(db, autumn) == (0, 0)


def test_one_may_wait_in_one_run_while_holding_a_seat_in_another_but_is_passed_over(db, module):
    full, other, lars = f.offering(module, seats=1), f.offering(module, semester=f.AUTUMN), teacher()
    holder = teacher()
    seat = enrol(full, holder)
    waiting, last = enrol(full, lars), enrol(full)
    enrol(other, lars)

    services.withdraw(seat.uuid, actor=holder, at=MONDAY)

    assert [row.state for row in (waiting, last)] == [Seat.WAITING, Seat.OFFERED]
    assert counts(db, full) == (1, 1)


@pytest.mark.parametrize(
    "facts",
    [
        {"apply_by": date(2026, 11, 22)},
        {"opens_on": date(2026, 11, 24)},
        {"mode": EnrolmentMode.ROUND},
        {"mode": EnrolmentMode.ELSEWHERE},
        {"state": Run.CANCELLED},
        {"seats": None},
    ],
)
def test_what_is_not_open_is_refused_and_takes_no_seat(db, module, facts):
    closed = f.offering(module, **facts)

    with pytest.raises(NotOpen):
        enrol(closed)

    assert counts(db, closed) == (0, 0)


def test_a_run_cancelled_between_reading_and_enrolling_takes_nobody(db, module, monkeypatch):
    place, lars = f.offering(module), teacher()
    read = queries.offering_facts(place.uuid, lars.person_id)
    place.state = Run.CANCELLED
    db.session.commit()
    monkeypatch.setattr(queries, "offering_facts", lambda *_: read)

    with pytest.raises(NotOpen):
        enrol(place, lars)

    assert counts(db, place) == (0, 0)


def test_what_enrolling_gives_back_is_what_was_written(db, module):
    given = enrol(f.offering(module))
    told = {name: getattr(given, name) for name in Enrolment.__table__.c.keys()}

    db.session.expire_all()

    assert {name: getattr(given, name) for name in told} == told


def test_the_deadline_ends_at_midnight_at_home(db, module):
    place = f.offering(module, apply_by=date(2026, 4, 15), opens_on=None)
    last_second, too_late = datetime(2026, 4, 15, 21, 59, 59, tzinfo=UTC), datetime(2026, 4, 15, 22, 0, tzinfo=UTC)

    assert enrol(place, at=last_second).state is Seat.PLACED
    with pytest.raises(NotOpen):
        enrol(place, at=too_late)


@pytest.mark.parametrize("state", [Run.DRAFT, Run.PLANNED])
def test_a_run_that_is_not_published_does_not_exist_for_a_teacher(db, module, state):
    with pytest.raises(NotFound):
        enrol(f.offering(module, state=state))


def test_only_a_teacher_enrols(db, module):
    place = f.offering(module)

    with pytest.raises(NotAllowed):
        services.enrol(place.uuid, actor=f.acting(f.editor(module.institution)), at=MONDAY)


def test_a_withdrawn_seat_is_offered_to_the_next_in_line_with_a_date(db, module):
    place, holder = f.offering(module, seats=1), teacher()
    seat, second, third = enrol(place, holder), enrol(place), enrol(place)

    services.withdraw(seat.uuid, actor=holder, at=MONDAY)

    assert [row.state for row in (seat, second, third)] == [Seat.WITHDRAWN, Seat.OFFERED, Seat.WAITING]
    assert second.reply_by == end_of(date(2026, 11, 30))
    assert counts(db, place) == (1, 1)
    told = db.session.scalars(select(Message).where(Message.person_id == second.person_id)).one()
    assert (told.kind, told.facts["module"]) == ("seat-offered", module.title)


def test_a_place_in_line_is_counted_from_the_front(db, module):
    place = f.offering(module, seats=1)
    enrol(place)
    line = [enrol(place) for _ in range(3)]

    places = queries.places_in_line(line)

    assert [(places[row.id].place, places[row.id].waiting) for row in line] == [(1, 3), (2, 3), (3, 3)]


def test_leaving_the_line_moves_the_others_up_and_joining_again_is_joining_last(db, module):
    place, lars = f.offering(module, seats=1), teacher()
    enrol(place)
    first, second = enrol(place, lars), enrol(place)

    services.withdraw(first.uuid, actor=lars, at=MONDAY)
    again = enrol(place, lars)

    places = queries.places_in_line([second, again])
    assert [places[second.id].place, places[again.id].place] == [1, 2]
    assert counts(db, place) == (1, 2)


def test_an_offer_is_accepted_until_the_midnight_and_refused_from_it(db, module):
    place, holder = f.offering(module, seats=1), teacher()
    late, lars = teacher("Late"), teacher()
    seat = enrol(place, holder)
    offered = enrol(place, lars)
    services.withdraw(seat.uuid, actor=holder, at=MONDAY)

    with pytest.raises(TooLate):
        services.accept(offered.uuid, actor=lars, at=offered.reply_by)
    db.session.rollback()
    services.accept(offered.uuid, actor=lars, at=offered.reply_by - timedelta(seconds=1))

    assert offered.state is Seat.PLACED
    assert counts(db, place) == (1, 0)
    with pytest.raises(NotFound):
        services.accept(offered.uuid, actor=late, at=MONDAY)


def test_a_declined_seat_goes_on_down_the_line(db, module):
    place, holder, lars = f.offering(module, seats=1), teacher(), teacher()
    seat, second, third = enrol(place, holder), enrol(place, lars), enrol(place)
    services.withdraw(seat.uuid, actor=holder, at=MONDAY)

    services.decline(second.uuid, actor=lars, at=MONDAY)

    assert [row.state for row in (second, third)] == [Seat.DECLINED, Seat.OFFERED]
    assert counts(db, place) == (1, 0)


def test_the_tick_lets_an_unanswered_offer_lapse_and_the_seat_cascades(db, module):
    place, holder = f.offering(module, seats=1), teacher()
    seat, second, third = enrol(place, holder), enrol(place), enrol(place)
    services.withdraw(seat.uuid, actor=holder, at=MONDAY)
    midnight = second.reply_by

    assert services.tend(midnight - timedelta(seconds=1)) == 0
    assert services.tend(midnight) == 2

    assert [row.state for row in (second, third)] == [Seat.LAPSED, Seat.OFFERED]
    assert third.reply_by > midnight
    assert services.tend(midnight) == 0
    assert counts(db, place) == (1, 0)


def test_seats_added_by_the_institution_reach_the_line_at_the_next_tick(db, module):
    place = f.offering(module, seats=1)
    enrol(place)
    line = [enrol(place) for _ in range(3)]
    place.seats = 3
    db.session.commit()

    services.tend(MONDAY)

    assert [row.state for row in line] == [Seat.OFFERED, Seat.OFFERED, Seat.WAITING]
    assert counts(db, place) == (3, 1)


def test_close_to_the_start_no_offer_is_made(db, module):
    place, holder = f.offering(module, seats=1, starts_on=date(2026, 11, 27), apply_by=None, queue_closes_on=None), teacher()
    seat, second = enrol(place, holder), enrol(place)

    services.withdraw(seat.uuid, actor=holder, at=MONDAY)

    assert second.state is Seat.WAITING
    assert counts(db, place) == (0, 1)


def test_after_the_queue_has_closed_a_freed_seat_stays_free(db, module):
    place, holder = f.offering(module, seats=1, queue_closes_on=date(2026, 11, 23)), teacher()
    seat, second = enrol(place, holder), enrol(place)

    services.withdraw(seat.uuid, actor=holder, at=MONDAY + timedelta(days=1))

    assert second.state is Seat.WAITING


def test_a_step_that_the_table_does_not_have_is_refused_and_changes_nothing(db, module):
    place, lars = f.offering(module), teacher()
    seat = enrol(place, lars)
    services.withdraw(seat.uuid, actor=lars, at=MONDAY)

    for step in (services.withdraw, services.decline, services.accept):
        with pytest.raises(StepRefused):
            step(seat.uuid, actor=lars, at=MONDAY)
        db.session.rollback()

    assert counts(db, place) == (0, 0)


def test_every_step_leaves_a_row_and_an_event(db, module):
    place, holder, lars = f.offering(module, seats=1), teacher(), teacher()
    seat, offered = enrol(place, holder), enrol(place, lars)
    services.withdraw(seat.uuid, actor=holder, at=MONDAY)
    services.accept(offered.uuid, actor=lars, at=MONDAY)

    steps = db.session.scalars(select(EnrolmentStep).where(EnrolmentStep.enrolment_id == offered.id).order_by(EnrolmentStep.id)).all()
    events = db.session.scalars(select(Event).where(Event.subject_uuid == offered.uuid).order_by(Event.id)).all()

    assert [(row.event, row.from_state, row.to_state) for row in steps] == [
        ("enrol", None, Seat.WAITING),
        ("offer", Seat.WAITING, Seat.OFFERED),
        ("accept", Seat.OFFERED, Seat.PLACED),
    ]
    assert [row.event for row in events] == ["enrol", "offer", "accept"]
    assert [row.person_uuid for row in events] == [lars.person_uuid, None, lars.person_uuid]


def test_a_cancelled_run_lets_everybody_go_and_tells_each_of_them_once(db, module):
    place = f.offering(module, seats=1)
    all_of_them = [enrol(place) for _ in range(3)]

    released = services.release_all(place, by=None, at=MONDAY, why="Too few participants")
    db.session.commit()

    assert released == 3
    assert {row.state for row in all_of_them} == {Seat.WITHDRAWN}
    assert counts(db, place) == (0, 0)
    assert db.session.scalar(select(func.count()).where(Message.kind == "offering-cancelled")) == 3


def test_taking_a_seat_does_not_make_the_kept_pages_of_the_catalogue_stale(db, module):
    from catalog import version

    place = f.offering(module)
    before = version.current()

    enrol(place)

    assert version.current() == before
