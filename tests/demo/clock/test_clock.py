"""The demonstration's clock: kept in the database, seen by every process, and not there in production."""

from datetime import UTC, datetime, timedelta

import pytest

from config.clock import HOME, now
from tests import factories
from tests.factories import MONDAY

SECOND = timedelta(seconds=5)


@pytest.fixture
def site(db, another_app, instance):
    """The product with its own clock, as it is outside the tests."""
    return another_app(CLOCK=None, environ={"SEKSTI_INSTANCE": str(instance)})


@pytest.fixture
def visitor(site):
    client = site.test_client()
    return factories.signed_in(client, factories.teacher(), at=datetime.now(UTC))


def time_in(app) -> datetime:
    with app.app_context():
        return now()


def to_home(at: datetime) -> dict[str, str]:
    at = at.astimezone(HOME)
    return {"day": at.date().isoformat(), "time": f"{at:%H:%M}"}


def test_it_is_the_time_until_it_is_moved(site):
    assert abs(time_in(site) - datetime.now(UTC)) < SECOND


def test_a_moved_clock_is_seen_by_every_process_and_nobody_is_signed_out(site, visitor, another_app):
    to = datetime.now(UTC) + timedelta(days=40)

    moved = visitor.post("/demo-clock", data=to_home(to))
    other = another_app(CLOCK=None)

    assert moved.status_code == 302
    assert [abs(time_in(app) - to) < timedelta(minutes=1, seconds=5) for app in (site, other)] == [True, True]
    page = visitor.get("/me")
    assert page.status_code == 200
    assert "has been moved: here it is" in page.text


def test_it_can_be_set_back_to_the_real_time(site, visitor):
    visitor.post("/demo-clock", data=to_home(datetime.now(UTC) + timedelta(days=40)))

    visitor.post("/demo-clock/return")

    assert abs(time_in(site) - datetime.now(UTC)) < SECOND
    assert "has been moved: here" not in visitor.get("/me").text


@pytest.mark.parametrize(("day", "time"), [("tomorrow", "08:00"), ("2026-11-30", "25:99"), ("", ""), ("2199-01-01", "08:00"), ("1026-01-01", "08:00")])
def test_what_is_no_moment_within_five_years_is_said_and_moves_nothing(site, visitor, day, time):
    page = visitor.post("/demo-clock", data={"day": day, "time": time})

    assert page.status_code == 422
    assert abs(time_in(site) - datetime.now(UTC)) < SECOND


def test_a_clock_that_a_test_has_put_there_stays(app):
    assert time_in(app) == MONDAY


def test_in_production_there_is_no_such_clock(another_app, tmp_path):
    environ = {"SEKSTI_ENV": "production", "SEKSTI_HOSTS": "seksti.example.no", "SEKSTI_INSTANCE": str(tmp_path)}
    made = another_app(CLOCK=None, environ=environ)

    assert "clock.clock" not in made.view_functions
    assert made.config["CLOCK"] is None
