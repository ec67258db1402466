"""Histories are lived in memory. The services, led through the same days, must come to the same."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from accounts.models import Message
from catalog.publishing.services.offerings import cancel_offering
from config.database import db as database
from config.errors import Refusal
from demo.seats import Line
from enrolment.results.services import record_results
from enrolment.results.values import Mark
from enrolment.seats import services
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories

OPENED = date(2026, 10, 1)
STARTS = date(2027, 2, 1)
QUEUE_CLOSES = date(2027, 1, 20)


def at(day: int, minute: int = 0) -> datetime:
    """So many days after opening, at nine in the morning or some minutes later."""
    return datetime(2026, 10, 1, 9, tzinfo=UTC) + timedelta(days=day, minutes=minute)


def line(seats: int) -> Line:
    return Line(seats=seats, starts_on=STARTS, queue_closes_on=QUEUE_CLOSES)


def states(told: Line) -> dict[str, Seat]:
    return {place.who: place.state for place in told.places}


def test_the_last_seat_is_taken_and_the_next_waits():
    told = line(1)

    told.enrol("kari", at(1))
    told.enrol("ola", at(2))

    assert states(told) == {"kari": Seat.PLACED, "ola": Seat.WAITING}
    assert (told.taken, told.waiting, told.next_ticket) == (1, 1, 3)


def test_an_offer_that_lapses_goes_to_the_next_in_line():
    told = line(1)
    for number, who in enumerate(("kari", "ola", "per")):
        told.enrol(who, at(number))

    told.withdraw("kari", at(5))
    told.let_lapse("ola")

    assert states(told) == {"kari": Seat.WITHDRAWN, "ola": Seat.LAPSED, "per": Seat.OFFERED}
    assert told.place_of("per").offered_at == told.place_of("ola").reply_by == datetime(2026, 10, 13, 22, 0, tzinfo=UTC)


@pytest.fixture
def world(db):
    """A run of one module, with an editor and six teachers."""
    institution = factories.institution()
    module = factories.module(factories.course(institution, factories.subject()))
    run = factories.offering(module, seats=2, opens_on=OPENED, starts_on=STARTS)
    people = {f"teacher-{number}": factories.teacher(name=f"Teacher {number}") for number in range(6)}
    return run, factories.acting(factories.editor(institution)), {who: factories.acting(person) for who, person in people.items()}


class Services:
    """The same words as `Line`, said to the services."""

    def __init__(self, run, people):
        self.run, self.people = run.uuid, people

    def enrol(self, who, at):
        services.enrol(self.run, actor=self.people[who], at=at)

    def withdraw(self, who, at):
        services.withdraw(self.of(who), actor=self.people[who], at=at)

    def accept(self, who, at):
        services.accept(self.of(who), actor=self.people[who], at=at)

    def decline(self, who, at):
        services.decline(self.of(who), actor=self.people[who], at=at)

    def of(self, who):
        """The latest of a person."""
        mine = select(Enrolment.uuid).where(Enrolment.person_id == self.people[who].person_id).order_by(Enrolment.id.desc())
        return database.session.scalar(mine.limit(1))


def compare(db, run, told: Line, people) -> None:
    db.session.expire_all()
    names = {actor.person_id: who for who, actor in people.items()}
    rows = db.session.scalars(select(Enrolment).order_by(Enrolment.ticket)).all()
    assert [facts(row, names[row.person_id]) for row in rows] == [facts(place, place.who) for place in told.places]
    assert (run.seats_taken, run.waiting, run.next_ticket) == (told.taken, told.waiting, told.next_ticket)
    messages = db.session.scalars(select(Message).order_by(Message.at, Message.id)).all()
    news = [(p.who, n.at, n.kind, {"module": run.module.title, **n.facts}) for p in told.places for n in p.news]
    assert sorted(((names[m.person_id], m.at, m.kind, m.facts) for m in messages), key=str) == sorted(news, key=str)


def facts(one, who: str) -> tuple:
    """Of an enrolment in memory or in the database."""
    return who, one.ticket, one.state, one.entered_at, one.offered_at, one.reply_by, [(step.event, step.to_state) for step in one.steps]


DEEDS = st.lists(st.tuples(st.sampled_from(["enrol", "withdraw", "accept", "decline"]), st.integers(0, 5)), min_size=4, max_size=14)


def is_possible(told: Line, deed: str, who: str) -> bool:
    """What a teacher could do; who is in line already does not enrol again."""
    mine = [place.state for place in told.places if place.who == who]
    active = mine[-1] if mine and mine[-1] in (Seat.WAITING, Seat.PLACED, Seat.OFFERED) else None
    may = {"enrol": (None,), "withdraw": (Seat.WAITING, Seat.PLACED), "accept": (Seat.OFFERED,), "decline": (Seat.OFFERED,)}
    return active in may[deed]


def test_the_services_come_to_the_same_whatever_teachers_do(world, db):
    run, _editor, people = world
    real = Services(run, people)

    @settings(max_examples=25)
    @given(DEEDS)
    def live(deeds):
        forget(db, run)
        told = line(2)
        for minute, (deed, number) in enumerate(deeds):
            who = f"teacher-{number}"
            if is_possible(told, deed, who):
                for each in (told, real):
                    getattr(each, deed)(who, at(1, minute))
        compare(db, run, told, people)

    live()


def forget(db, run) -> None:
    for table in (Message, Enrolment):
        db.session.execute(delete(table))
    run.seats_taken, run.waiting, run.next_ticket = 0, 0, 1
    db.session.commit()


def test_the_tick_lets_an_offer_lapse_at_the_same_moment(world, db):
    run, _editor, people = world
    told, real = line(2), Services(run, people)
    for number in range(4):
        for each in (told, real):
            each.enrol(f"teacher-{number}", at(number))
    for each in (told, real):
        each.withdraw("teacher-0", at(5))

    told.let_lapse("teacher-2")
    services.tend(told.place_of("teacher-2").reply_by - timedelta(microseconds=1))
    services.tend(told.place_of("teacher-2").reply_by)

    compare(db, run, told, people)


def test_a_result_and_a_cancelled_run_come_to_the_same(world, db):
    run, editor, people = world
    told, real = line(2), Services(run, people)
    for number in range(3):
        for each in (told, real):
            each.enrol(f"teacher-{number}", at(number))

    told.complete("teacher-0", Mark.B, at(9), "editor")
    run.starts_on = at(8).date()
    record_results(run.uuid, {real.of("teacher-0"): Mark.B}, actor=editor, at=at(9))
    told.cancel(at(10), "editor", "Avlyst")
    cancel_offering(run.uuid, "Avlyst", actor=editor, at=at(10))

    assert list(states(told).values()) == [Seat.COMPLETED, Seat.WITHDRAWN, Seat.WITHDRAWN]
    compare(db, run, told, people)


def test_what_the_lifecycle_forbids_is_refused_here_too():
    told = line(1)
    told.enrol("kari", at(1))

    with pytest.raises(Refusal):
        told.accept("kari", at(2))
