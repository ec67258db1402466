"""How often one may fail at the door."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from accounts import door
from accounts.models import Attempt


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(door, "MOST_FROM_ONE_ADDRESS", 3)


def fail(client, address: str = "127.0.0.1"):
    return client.get("/sign-in/with/honest/callback?code=x&state=x", environ_overrides={"REMOTE_ADDR": address})


def test_after_too_many_failures_one_waits(client, bad_providers, few):
    statuses = [fail(client).status_code for _ in range(5)]
    answer = fail(client)

    assert statuses == [400, 400, 400, 429, 429]
    assert answer.headers["Retry-After"] == "900"
    assert "Wait a quarter of an hour and try again." in answer.text


def test_the_counting_is_in_the_database_so_it_holds_for_every_worker(client, bad_providers, few, db):
    for _ in range(10):
        fail(client)

    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 6  # three failures, each counted for the address and for all


def test_another_address_is_not_held_up(client, bad_providers, few):
    for _ in range(4):
        fail(client)

    assert [fail(client, "10.0.0.2").status_code, fail(client).status_code] == [400, 429]


def test_there_is_a_limit_for_all_addresses_together(client, bad_providers, monkeypatch):
    monkeypatch.setattr(door, "MOST_FROM_EVERYWHERE", 3)

    assert [fail(client, f"10.0.0.{number}").status_code for number in range(5)] == [400, 400, 400, 429, 429]


def test_after_a_quarter_of_an_hour_one_may_try_again_and_the_old_tries_are_forgotten(app, client, bad_providers, few, db):
    for _ in range(4):
        fail(client)
    later = datetime.now(UTC) + timedelta(minutes=15, seconds=5)
    app.config["CLOCK"] = lambda: later

    assert fail(client).status_code == 400
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 2


def test_signing_in_well_counts_for_nothing(browser, bad_providers, few, db):
    for _ in range(5):
        assert browser.sign_in("honest").status_code == 302
        browser.client.post("/sign-out")

    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_words_from_afar_that_prove_nothing_count_too(app, bad_providers, few):
    tell = lambda: app.test_client().post("/sign-in/with/honest/backchannel-logout", data={"logout_token": "x"})  # noqa: E731

    assert [tell().status_code for _ in range(4)] == [400, 400, 400, 429]


def test_no_address_is_kept(client, bad_providers, db):
    fail(client, "203.0.113.77")

    assert "203.0.113.77" not in str(db.session.execute(select(Attempt.__table__)).all())


def test_a_whole_municipality_behind_one_address_is_not_held_up():
    assert door.MOST_FROM_ONE_ADDRESS >= 100 * 5
