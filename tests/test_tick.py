"""The tick: every task once, whatever becomes of the others."""

from datetime import UTC, datetime

import pytest
import structlog
from sqlalchemy import select

from accounts.models import Organisation, OrganisationKind
from config import logs, tick
from tests import factories

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def tick_of(app, monkeypatch):
    """Runs `flask tick` with these tasks and no others."""
    app.config["CLOCK"] = lambda: MONDAY

    def run(*arguments, **tasks):
        monkeypatch.setitem(app.extensions, "tick", {})
        for name, task in tasks.items():
            tick.add(app, name, task)
        return app.test_cli_runner().invoke(args=["tick", *arguments])

    return run


def failing(_at):
    factories.db.session.add(Organisation(kind=OrganisationKind.OWNER, name="Half done"))
    factories.db.session.flush()
    raise ValueError("kari@example.no")


def test_every_task_is_told_the_time(tick_of):
    told = []

    assert tick_of(seats=lambda at: told.append(at) or 0).exit_code == 0
    assert told == [MONDAY]


def test_a_task_that_fails_leaves_nothing_half_done_and_the_next_one_is_run(tick_of, db):
    def succeeding(_at):
        factories.organisation(OrganisationKind.OWNER, "Whole")
        return 1

    answer = tick_of(first=failing, second=succeeding)

    assert answer.exit_code == 1
    assert "These tasks failed, and the log says why: first." in answer.output
    assert db.session.scalars(select(Organisation.name)).all() == ["Whole"]


@pytest.fixture
def log_to_stderr(app):
    """Starts the log again, on the test's own standard error, until the test ends."""
    before = structlog.get_config()
    yield lambda: logs.init("text")
    structlog.configure(**before)


def test_the_log_of_a_failed_task_says_where_and_not_whom(tick_of, log_to_stderr, capfd):
    log_to_stderr()

    answer = tick_of(mail=failing)

    told = capfd.readouterr().err + answer.output
    assert "task=mail" in told
    assert "example.no" not in told


def test_a_tick_that_goes_on_takes_its_next_round_in_spite_of_a_failure(tick_of, monkeypatch):
    rounds = []

    def stop_after_two(seconds):
        rounds.append(seconds)
        if len(rounds) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(tick.time, "sleep", stop_after_two)

    assert tick_of("--every", "30", mail=failing).exit_code == 1
    assert rounds == [30, 30]


def test_the_product_has_something_to_do_when_the_clock_has_moved(app):
    assert "seats" in app.extensions["tick"]
