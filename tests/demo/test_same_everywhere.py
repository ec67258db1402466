"""The demonstration is the same everywhere, and made once."""

from datetime import timedelta

from sqlalchemy import func, select

from accounts.models import Person
from config import database
from demo.seed import counts, seed
from enrolment.registers.cli import load_all
from tests.conftest import make_app
from tests.demo.conftest import TODAY, import_real_catalogue
from tests.demo.digests import digest, lines


def test_the_same_number_makes_the_same_in_another_database(demonstration, db, tmp_path):
    here = digest()

    other = make_app(f"sqlite:///{tmp_path}/other.sqlite")
    database.upgrade(other)
    with other.app_context():
        load_all()
        import_real_catalogue()
        seed("s", TODAY)
        there = digest()
    database.let_go(other)

    assert there == here


def test_another_number_makes_another_demonstration(registers, db):
    seed("s", TODAY, number=61)

    assert db.session.scalar(select(func.count()).select_from(Person).where(Person.made_up)) == 105
    assert "7ac0d4ae-b018-5998-afcd-7187bca7249d" not in " ".join(lines())


def test_a_second_run_changes_nothing_and_says_that_it_is_there(demonstration, db):
    before = digest()

    made = seed("m", TODAY + timedelta(days=90), number=7)

    assert made.already
    assert made.counts == counts()
    assert digest() == before
