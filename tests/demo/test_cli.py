"""`flask seed`."""

import pytest
from sqlalchemy import select

from catalog.offers.models import Offering
from demo.seed import counts
from tests.factories import MONDAY


def test_it_says_what_was_made_and_who_can_be_signed_in_as(registers, app):
    told = app.test_cli_runner().invoke(args=["seed"])

    assert told.exit_code == 0, told.output
    assert "The demonstration is made. Everything of it is marked as made up.\n     105 people\n      35 courses\n" in told.output
    assert "Teacher:              Amina Hassan, Gautesete skole\n" in told.output


def test_a_second_time_it_says_that_nothing_was_changed(demonstration, app):
    told = app.test_cli_runner().invoke(args=["seed", "--size", "m"])

    assert told.exit_code == 0
    assert told.output.startswith("The demonstration is there already; nothing was changed.\n     105 people\n")


def test_in_production_it_is_refused_with_a_sentence(another_app, tmp_path):
    production = another_app(environ={"SEKSTI_ENV": "production", "SEKSTI_HOSTS": "localhost", "SEKSTI_INSTANCE": str(tmp_path)})

    told = production.test_cli_runner().invoke(args=["seed"])

    assert told.exit_code == 1
    assert told.output == "Error: This is production (SEKSTI_ENV): made-up people and runs have no place among real ones.\n"
    with production.app_context():
        assert set(counts().values()) == {0}


def test_without_registers_it_says_what_to_run_first(app):
    told = app.test_cli_runner().invoke(args=["seed"])

    assert told.exit_code == 1
    assert "flask --app wsgi registers load" in told.output
    assert "Traceback" not in told.output


@pytest.mark.parametrize("wrong", [["--size", "xl"], ["--number", "0"], ["--number", "sixty"]])
def test_what_is_not_understood_is_told_and_nothing_is_made(registers, db, app, wrong):
    told = app.test_cli_runner().invoke(args=["seed", *wrong])

    assert told.exit_code == 2
    assert wrong[0] in told.output
    assert set(counts().values()) == {0}


def test_the_day_it_is_seen_from_is_that_of_the_clock(registers, app, db):
    app.config["CLOCK"] = lambda: MONDAY.replace(year=2027, month=3)

    app.test_cli_runner().invoke(args=["seed"])

    assert max(db.session.scalars(select(Offering.semester))).code == "2029v"
