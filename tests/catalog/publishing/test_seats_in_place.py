"""Seats and minimum of several runs, edited in the work list."""

from html import unescape

import pytest

from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from catalog.publishing import content, signals
from catalog.publishing.services.seating import Seating, set_seats
from config.errors import BadInput, NotFound
from enrolment.seats import services as enrolment
from tests import factories as f
from tests.catalog.publishing.test_courses import events
from tests.factories import MONDAY


def typed(run: Offering, seats: int | None, minimum: int | None = 10, version: str | None = None) -> Seating:
    return Seating(run.uuid, seats, minimum, version or content.version_of(content.content(run, "seats")))


def save(desk, *lines: Seating) -> int:
    return set_seats(lines, actor=desk.editor, at=MONDAY)


def boxes(run: Offering, seats: str, minimum: str = "10") -> dict[str, str]:
    sent = {"seats": seats, "minimum": minimum, "version": content.version_of(content.content(run, "seats"))}
    return {f"{name}-{run.uuid}": value for name, value in sent.items()}


def test_the_seats_of_several_runs_are_saved_at_once_and_only_what_changed_leaves_an_event(db, desk):
    first, second, same = desk.published_run(seats=20), desk.run(seats=20), desk.run(seats=20)

    assert save(desk, typed(first, 25), typed(second, 30, 15), typed(same, 20)) == 2

    assert [(run.seats, run.minimum) for run in (first, second, same)] == [(25, 10), (30, 15), (20, 10)]
    assert [events(db, run) for run in (first, second, same)] == [[("offering", "edit", None, None)]] * 2 + [[]]


def test_seats_are_not_set_under_those_taken_and_then_nothing_is_saved(db, desk):
    full, other = desk.published_run(seats=5, minimum=1), desk.published_run(seats=20)
    for _number in range(3):
        enrolment.enrol(full.uuid, actor=f.acting(f.teacher()), at=MONDAY)

    with pytest.raises(BadInput) as refusal:
        save(desk, typed(full, 2, 1), typed(other, 25))

    assert refusal.value.errors == {f"seats-{full.uuid}": ["3 seats are taken, so there cannot be only 2."]}
    assert [db.session.get(Offering, run.id).seats for run in (full, other)] == [5, 20]


def test_the_minimum_is_not_above_the_seats(desk):
    run = desk.run(seats=20)

    with pytest.raises(BadInput) as refusal:
        save(desk, typed(run, 20, 21))

    assert list(refusal.value.errors) == [f"minimum-{run.uuid}"]


def test_what_somebody_else_has_saved_meanwhile_is_told_and_not_overwritten(db, desk):
    run = desk.run(seats=20)
    read = content.version_of(content.content(run, "seats"))
    save(desk, typed(run, 25))

    with pytest.raises(BadInput) as refusal:
        save(desk, typed(run, 30, version=read))

    assert "Somebody else has saved 25 seats and at least 10 meanwhile." in refusal.value.errors[f"seats-{run.uuid}"][0]
    assert db.session.get(Offering, run.id).seats == 25


def test_what_one_has_not_touched_does_not_stand_in_the_way_of_somebody_elses_change(desk):
    run, other = desk.run(seats=20), desk.run(seats=20)
    read = content.version_of(content.content(run, "seats"))
    save(desk, typed(run, 25))

    assert save(desk, typed(run, 25, version=read), typed(other, 30)) == 1


def test_what_teachers_need_is_not_taken_away(desk):
    run = desk.published_run(seats=20)

    with pytest.raises(BadInput) as refusal:
        save(desk, typed(run, 20, None))

    assert list(refusal.value.errors) == [f"minimum-{run.uuid}"]


def test_a_cancelled_run_is_not_changed_and_the_neighbours_is_not_there(desk, neighbour):
    with pytest.raises(BadInput):
        save(desk, typed(desk.run(state=Run.CANCELLED, seats=20), 21))
    with pytest.raises(NotFound):
        save(desk, typed(desk.run(seats=20), 21), typed(neighbour.run(seats=20), 21))


def test_a_change_in_sight_is_announced(desk):
    run, draft, heard = desk.published_run(seats=20), desk.run(seats=20), []

    def hear(changed, changes, **_told):
        heard.append((changed, changes))

    with signals.offering_changed.connected_to(hear):
        save(desk, typed(run, 25), typed(draft, 25))

    assert heard == [(run, {"seats": (20, 25)})]


def test_the_list_saves_seats_and_comes_back_as_it_was_narrowed(db, desk):
    run = desk.published_run(seats=20)

    answer = desk.browser.post("/publish/seats?kind=offering&page=1", data=boxes(run, "25"))

    assert (answer.status_code, answer.location) == (303, "/publish?kind=offering&page=1")
    assert db.session.get(Offering, run.id).seats == 25
    assert "The seats of 1 run are saved." in desk.browser.get(answer.location).text


@pytest.mark.parametrize("seats", ["many", "-1", "1_0", "10001"])
def test_what_is_no_number_of_seats_stays_in_its_box_with_a_sentence(db, desk, seats):
    run = desk.published_run(seats=20)

    answer = desk.browser.post("/publish/seats", data=boxes(run, seats))

    page = unescape(answer.text)
    assert answer.status_code == 422
    assert f'value="{seats}"' in page
    assert f'href="#seats-{run.uuid}"' in page
    assert db.session.get(Offering, run.id).seats == 20


def test_ended_and_cancelled_runs_have_no_boxes(desk):
    desk.run(state=Run.CANCELLED, seats=20, published_at=MONDAY)

    assert 'name="seats-' not in desk.browser.get("/publish").text
