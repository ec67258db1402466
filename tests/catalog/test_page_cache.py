"""Pages of strangers are kept: not past a change, not past their time, not for somebody who is known, and in the right language."""

import gzip
from datetime import timedelta

import pytest
from sqlalchemy import update

from catalog.offers.models import Offering
from tests import factories
from tests.factories import MONDAY


class Clock:
    def __init__(self):
        self.at = MONDAY

    def __call__(self):
        return self.at


@pytest.fixture
def clock(app):
    app.config["CLOCK"] = clock = Clock()
    app.config["PAGES_KEPT_FOR"] = timedelta(seconds=5)
    return clock


@pytest.fixture
def run(db, clock) -> Offering:
    return factories.offering(factories.module(factories.course(factories.institution()), "MAT1", title="Algebra"), 20)


def take_a_seat(db, run: Offering) -> None:
    db.session.execute(update(Offering).where(Offering.id == run.id).values(seats_taken=Offering.seats_taken + 1))
    db.session.commit()


@pytest.mark.parametrize("address", ["/", "/search", "/search?q=algebra", "/modules/HVL/MAT1", "/institutions", "/institutions/HVL", "/regions"])
def test_a_second_stranger_costs_no_statement(client, run, count_queries, address):
    first = client.get(address)
    with count_queries() as seen:
        second = client.get(address)
    assert (second.status_code, second.data, seen) == (200, first.data, [])


def test_seats_are_at_most_five_seconds_old(client, run, clock, db):
    client.get("/search")
    take_a_seat(db, run)
    clock.at += timedelta(seconds=4)
    assert "20 seats free" in client.get("/search").text
    clock.at += timedelta(seconds=1)
    assert "19 seats free" in client.get("/search").text


def test_a_change_of_the_catalogue_is_seen_at_once(client, run, db):
    assert "Algebra" in client.get("/search").text
    run.module.title = "Geometri"
    db.session.commit()
    assert "Geometri" in client.get("/search").text


def test_each_language_has_its_own_page(client, run):
    assert "1 study" in client.get("/search", headers={"Accept-Language": "en"}).text
    assert "1 studietilbud" in client.get("/search", headers={"Accept-Language": "nb"}).text
    client.set_cookie("language", "nn")
    assert "1 studietilbod" in client.get("/search", headers={"Accept-Language": "nb"}).text


def test_somebody_signed_in_is_never_shown_a_kept_page_and_leaves_none(client, run, app, clock):
    known = factories.signed_in(app.test_client(), factories.person("Kari Nordmann"), at=MONDAY)
    own = known.get("/search")
    assert "Kari Nordmann" in own.text
    assert own.headers["Cache-Control"] == "no-store"
    assert "Kari Nordmann" not in client.get("/search").text
    assert "Kari Nordmann" in known.get("/search").text


def test_what_was_flashed_to_one_visitor_is_not_kept_for_the_next(client, run, app):
    visitor = app.test_client()
    with visitor.session_transaction() as session:
        session["_flashes"] = [("good", "Only for you.")]
    assert "Only for you." in visitor.get("/search").text
    assert "Only for you." not in client.get("/search").text


def test_a_browser_that_has_the_page_is_told_so(client, run):
    page = client.get("/search")
    again = client.get("/search", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert page.headers["Cache-Control"] == "no-cache"
    assert page.headers["Vary"] == "Cookie, Accept-Language, Accept-Encoding"


def test_it_is_packed_for_browsers_that_read_it_so(client, run):
    plain = client.get("/search")
    packed = client.get("/search", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) * 3 < len(plain.data)


def test_empty_boxes_of_the_form_are_the_same_question(client, run, count_queries):
    client.get("/search?q=algebra")
    with count_queries() as seen:
        client.get("/search?q=algebra&region=&sort=")
    assert seen == []


def test_a_refusal_is_not_kept(client, run, db):
    assert client.get("/modules/HVL/MAT2").status_code == 404
    factories.module(run.module.course, "MAT2")
    assert client.get("/modules/HVL/MAT2").status_code == 200


def test_pages_that_outgrow_the_shelf_push_out_the_oldest(client, run, app, monkeypatch):
    shelf = app.extensions["page_cache"]
    client.get("/search?q=a0")
    monkeypatch.setattr("config.page_cache.MOST_BYTES", shelf.size * 7 // 2)
    for number in range(8):
        client.get(f"/search?q=a{number}")
    assert [key[1] for key in shelf._pages] == ["q=a5", "q=a6", "q=a7"]
