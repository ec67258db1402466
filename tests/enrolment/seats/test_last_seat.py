"""The last seat under real concurrency: many browsers at once, through gunicorn, on the database of the run."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from sqlalchemy import select

from catalog.offers.models import Offering
from enrolment.seats import services
from enrolment.seats.lifecycle import HELD, Seat
from enrolment.seats.models import Enrolment
from tests import factories as f
from tests.enrolment.seats.browsers import Browser, signed_in
from tests.server import serving

CLIENTS = 200
SEATS = 10
ALWAYS = {"opens_on": None, "apply_by": None, "starts_on": date(2040, 1, 1), "ends_on": None, "queue_closes_on": None}


def at_once(address: str, tokens: list[str], send) -> list[int]:
    """Each browser opens a page with a form, waits for the others, and all send at the same moment."""
    together = Barrier(len(tokens))

    def one(token: str) -> int:
        browser = Browser(address, token)
        form = browser.form_token("/me/enrolments")
        together.wait()
        return send(browser, form)

    with ThreadPoolExecutor(len(tokens)) as pool:
        return list(pool.map(one, tokens))


def test_200_teachers_at_once_take_10_seats_and_190_places_in_line_without_a_gap(db, database_url, tmp_path):
    place = f.offering(f.module(f.course(f.institution(), f.subject())), seats=SEATS, **ALWAYS)
    tokens = signed_in([f.teacher(name=f"Teacher {number}") for number in range(CLIENTS)])
    path = f"/offerings/{place.uuid}/enrolment"
    db.session.rollback()

    with serving(database_url, tmp_path) as address:
        statuses = at_once(address, tokens, lambda browser, form: browser.ask("POST", path, f"csrf_token={form}").status)

    assert set(statuses) == {302}
    enrolments = db.session.scalars(select(Enrolment).where(Enrolment.offering_id == place.id).order_by(Enrolment.ticket)).all()
    assert [row.ticket for row in enrolments] == list(range(1, CLIENTS + 1))
    assert [row.state for row in enrolments] == [Seat.PLACED] * SEATS + [Seat.WAITING] * (CLIENTS - SEATS)
    counted = db.session.get(Offering, place.id)
    assert (counted.seats_taken, counted.waiting) == (SEATS, CLIENTS - SEATS)


def test_the_same_teacher_pressing_the_button_20_times_at_once_is_enrolled_once(db, database_url, tmp_path):
    place = f.offering(f.module(f.course(f.institution(), f.subject())), seats=SEATS, **ALWAYS)
    tokens = signed_in([f.teacher()] * 20)
    path = f"/offerings/{place.uuid}/enrolment"
    db.session.rollback()

    with serving(database_url, tmp_path) as address:
        statuses = at_once(address, tokens, lambda browser, form: browser.ask("POST", path, f"csrf_token={form}").status)

    assert set(statuses) == {302}
    assert len(db.session.scalars(select(Enrolment).where(Enrolment.offering_id == place.id)).all()) == 1
    assert db.session.get(Offering, place.id).seats_taken == 1


def test_seats_given_up_all_at_once_go_down_the_line_and_none_is_given_twice(db, database_url, tmp_path):
    place = f.offering(f.module(f.course(f.institution(), f.subject())), seats=SEATS, **ALWAYS)
    people = [f.teacher(name=f"Teacher {number}") for number in range(3 * SEATS)]
    held = [services.enrol(place.uuid, actor=f.acting(person), at=f.MONDAY).uuid for person in people][:SEATS]
    tokens = signed_in(people[:SEATS])
    ways = dict(zip(tokens, held, strict=True))
    db.session.rollback()

    with serving(database_url, tmp_path) as address:
        statuses = at_once(
            address,
            tokens,
            lambda browser, form: browser.ask("POST", f"/me/enrolments/{ways[browser.cookies['seksti']]}/withdrawal", f"csrf_token={form}").status,
        )

    assert set(statuses) == {302}
    enrolments = db.session.scalars(select(Enrolment).where(Enrolment.offering_id == place.id).order_by(Enrolment.ticket)).all()
    assert [row.state for row in enrolments] == [Seat.WITHDRAWN] * SEATS + [Seat.OFFERED] * SEATS + [Seat.WAITING] * SEATS
    assert sum(row.state in HELD for row in enrolments) == db.session.get(Offering, place.id).seats_taken == SEATS
