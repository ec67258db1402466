"""What the holder of a seat reads of its life."""

from datetime import date

import pytest

from catalog.offers.lifecycle import Run
from enrolment.seats import services, words
from enrolment.seats.lifecycle import Seat
from tests import factories as f
from tests.factories import MONDAY


@pytest.fixture
def run(db):
    return f.offering(f.module(f.course(f.institution(), f.subject())), seats=1, starts_on=date(2027, 1, 18))


def test_one_who_is_queued_reads_of_the_waiting_list_and_not_that_they_are_enrolled(app, run):
    first, second = (services.enrol(run.uuid, actor=f.acting(f.teacher(name=name)), at=MONDAY) for name in ("Kari Lærer", "Lars Lærer"))

    with app.test_request_context(headers={"Accept-Language": "nb"}):
        assert [[words.step(step.event, step.to_state) for step in one.steps] for one in (first, second)] == [["Meldt på"], ["Satt på venteliste"]]


@pytest.mark.parametrize(("state", "sentence"), [(Run.PUBLISHED, "Du er ikke lenger påmeldt."), (Run.CANCELLED, "Denne gjennomføringen er avlyst.")])
def test_an_ended_enrolment_says_whether_one_withdrew_or_the_run_was_cancelled(app, run, state, sentence):
    mine = services.enrol(run.uuid, actor=f.acting(f.teacher()), at=MONDAY)
    mine.state, run.state = Seat.WITHDRAWN, state

    with app.test_request_context(headers={"Accept-Language": "nb"}):
        assert words.sentence(mine) == sentence


@pytest.mark.parametrize(("on", "sentence"), [(18, "You have a seat. The study starts on 18 January 2027."), (19, "You have a seat. The study began on 18 January 2027.")])
def test_who_has_a_seat_reads_when_the_study_starts_and_afterwards_when_it_began(app, run, on, sentence):
    mine = services.enrol(run.uuid, actor=f.acting(f.teacher()), at=MONDAY)
    app.config["CLOCK"] = lambda: MONDAY.replace(year=2027, month=1, day=on)

    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert words.sentence(mine) == sentence
