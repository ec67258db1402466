"""Several editors, and learners too, at the very same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from catalog.offers.models import Module, Offering, Prerequisite
from catalog.publishing import services
from catalog.publishing.values import Before
from config.database import db as database
from config.errors import BadInput, Refusal, StaleEdit
from enrolment.seats import services as seats
from tests import factories as f
from tests.catalog.publishing.conftest import edit
from tests.catalog.publishing.test_modules import BASICS
from tests.factories import MONDAY


def at_once(app, *attempts: Callable) -> list:
    """What came of each attempt when all begin together: its result's type, or its refusal's."""
    database.session.rollback()
    start = Barrier(len(attempts))

    def attempt(do: Callable):
        with app.app_context():
            start.wait(10)
            try:
                return type(do())
            except Refusal as refusal:
                return type(refusal)
            finally:
                database.session.remove()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(attempt, attempts))


def test_one_of_many_takes_a_code_however_it_is_written(app, db, desk):
    codes = ["råd1", "RÅD1", "Råd1", "rÅd1"]

    came = at_once(
        app, *(lambda code=code: services.create_module(BASICS | {"code": code}, actor=desk.editor, at=MONDAY) for code in codes)
    )

    assert sorted(kind.__name__ for kind in came) == ["BadInput"] * 3 + ["Module"]
    assert db.session.query(Module).count() == 1


def test_of_two_who_close_one_circle_from_both_ends_one_is_refused(app, db, desk):
    one, two = desk.module("MAT1"), desk.module("MAT2")
    first = edit(one, "prerequisites", prerequisites=(Before(True, "MAT2", row=1),))
    second = edit(two, "prerequisites", prerequisites=(Before(True, "MAT1", row=1),))
    uuids = one.uuid, two.uuid

    came = at_once(
        app,
        lambda: services.edit_module(uuids[0], first, actor=desk.editor, at=MONDAY),
        lambda: services.edit_module(uuids[1], second, actor=desk.editor, at=MONDAY),
    )

    assert set(came) == {Module, BadInput}
    assert db.session.query(Prerequisite).count() == 1


def test_of_two_who_save_one_section_one_is_shown_both_versions(app, db, desk):
    course = desk.course()
    edits, uuid = [edit(course, "description", summary=words) for words in ("One.", "Two.", "Three.")], course.uuid

    came = at_once(app, *(lambda sent=sent: services.edit_course(uuid, sent, actor=desk.editor, at=MONDAY) for sent in edits))

    assert [came.count(StaleEdit), len(set(came))] == [2, 2]


def test_seats_are_not_lowered_while_somebody_takes_one(app, db, desk):
    run = desk.published_run(seats=3, minimum=0)
    learners, uuid = [f.acting(f.teacher()) for _number in range(3)], run.uuid
    lower = edit(run, "seats", confirmed=True, seats=1)

    at_once(
        app,
        lambda: services.edit_offering(uuid, lower, actor=desk.editor, at=MONDAY),
        *(lambda who=who: seats.enrol(uuid, actor=who, at=MONDAY) for who in learners),
    )

    run = db.session.query(Offering).one()
    assert run.seats_taken <= run.seats
    assert run.seats_taken + run.waiting == 3
