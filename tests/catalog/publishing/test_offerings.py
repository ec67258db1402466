"""What an editor does with a run of a module."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Message
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Gathering, Offering
from catalog.offers.readiness import NotReadyToPublish
from catalog.publishing import services, signals
from catalog.publishing.services.editing import ConfirmFirst
from catalog.publishing.services.offerings import RunCancelled
from catalog.publishing.values import Meeting
from catalog.values import Delivery, EnrolmentMode
from config.errors import BadInput, NotFound, StepRefused
from enrolment.seats import services as seats
from tests import factories as f
from tests.catalog.publishing.conftest import edit
from tests.catalog.publishing.test_courses import events
from tests.factories import AUTUMN, MONDAY, SPRING


def save(desk, run, section, **said) -> Offering:
    return services.edit_offering(run.uuid, edit(run, section, **said), actor=desk.editor, at=MONDAY)


@pytest.fixture
def news():
    """What was announced, in order: (signal, run, what was told)."""
    heard = []

    def hear(run, **told):
        heard.append((run, {name: value for name, value in told.items() if name in ("changes", "reason")}))

    with signals.offering_changed.connected_to(hear), signals.offering_cancelled.connected_to(hear):
        yield heard


def test_a_run_begins_as_a_draft_in_the_language_of_its_module(db, desk):
    module = desk.published_module()

    run = services.create_offering(module.uuid, {"semester": AUTUMN, "semesters": 2}, actor=desk.editor, at=MONDAY)

    assert (run.module, run.state, run.semester, run.semesters, run.language) == (module, Run.DRAFT, AUTUMN, 2, "nb")
    assert events(db, run) == [("offering", "create", None, None)]


def test_a_run_that_lacks_nothing_is_published(db, desk):
    run = desk.run()

    services.publish_offering(run.uuid, actor=desk.editor, at=MONDAY)

    assert (run.state, run.published_at, run.visible) == (Run.PUBLISHED, MONDAY, True)
    assert events(db, run) == [("offering", "publish", "draft", "published")]


def test_a_run_of_a_draft_module_is_not_published(desk):
    run = desk.run(desk.module())

    with pytest.raises(NotReadyToPublish) as refusal:
        services.publish_offering(run.uuid, actor=desk.editor, at=MONDAY)

    assert refusal.value.gaps == ["module"]


def test_a_run_is_announced_by_its_semester_and_published_later(db, desk):
    run = services.create_offering(desk.published_module().uuid, {"semester": AUTUMN, "semesters": 1}, actor=desk.editor, at=MONDAY)

    services.plan_offering(run.uuid, actor=desk.editor, at=MONDAY)

    assert (run.state, run.visible) == (Run.PLANNED, True)
    assert events(db, run)[-1] == ("offering", "plan", "draft", "planned")
    with pytest.raises(NotReadyToPublish):
        services.publish_offering(run.uuid, actor=desk.editor, at=MONDAY)


def test_one_run_is_cancelled_while_the_module_lives_on(db, desk, news):
    run = desk.published_run()

    services.cancel_offering(run.uuid, "Too few.", actor=desk.editor, at=MONDAY)

    assert (run.state, run.cancelled_reason, run.module.state) == (Run.CANCELLED, "Too few.", Publication.PUBLISHED)
    assert events(db, run) == [("offering", "cancel", "published", "cancelled")]
    assert news == [(run, {"reason": "Too few."})]


def test_those_in_a_cancelled_run_lose_their_seat_in_the_same_transaction(db, desk):
    run, learner = desk.published_run(seats=1), f.teacher()
    seats.enrol(run.uuid, actor=f.acting(learner), at=MONDAY)
    seats.enrol(run.uuid, actor=f.acting(f.teacher()), at=MONDAY)

    services.cancel_offering(run.uuid, "Too few.", actor=desk.editor, at=MONDAY)

    db.session.refresh(run)
    assert (run.seats_taken, run.waiting) == (0, 0)
    assert db.session.query(Message).filter_by(person_id=learner.id).count() >= 1


def test_nothing_is_cancelled_when_telling_of_it_fails(db, desk):
    run = desk.published_run()

    def stumble(_run, **_told):
        raise RuntimeError("the receiver stumbles")

    with signals.offering_cancelled.connected_to(stumble), pytest.raises(RuntimeError):
        services.cancel_offering(run.uuid, "Too few.", actor=desk.editor, at=MONDAY)
    db.session.rollback()

    assert (run.state, events(db, run)) == (Run.PUBLISHED, [])


@pytest.mark.parametrize("state", [Run.DRAFT, Run.CANCELLED])
def test_what_nobody_counts_on_is_not_cancelled(desk, state):
    run = desk.run(state=state)

    with pytest.raises(StepRefused):
        services.cancel_offering(run.uuid, "Too few.", actor=desk.editor, at=MONDAY)


def test_a_cancelled_run_is_no_longer_changed(desk):
    run = desk.run(state=Run.CANCELLED)

    with pytest.raises(RunCancelled):
        save(desk, run, "seats", seats=5)


def test_a_change_of_a_run_that_teachers_see_is_confirmed_and_announced(db, desk, news):
    run = desk.published_run()

    with pytest.raises(ConfirmFirst) as ask:
        save(desk, run, "delivery", place="Bergen")
    assert (ask.value.changes, news, run.place) == ({"place": (None, "Bergen")}, [], None)

    save(desk, run, "delivery", confirmed=True, place="Bergen")
    assert news == [(run, {"changes": {"place": (None, "Bergen")}})]


def test_a_change_of_a_draft_is_announced_to_nobody(desk, news):
    save(desk, desk.run(), "delivery", place="Bergen")

    assert news == []


def test_those_with_a_seat_are_told_of_another_first_day(db, desk):
    run, learner = desk.published_run(), f.teacher()
    seats.enrol(run.uuid, actor=f.acting(learner), at=MONDAY)
    before = db.session.query(Message).filter_by(person_id=learner.id).count()

    save(desk, run, "dates", confirmed=True, starts_on=date(2027, 2, 2))

    assert db.session.query(Message).filter_by(person_id=learner.id).count() == before + 1


def test_seats_are_not_lowered_under_those_who_have_one(db, desk):
    run = desk.published_run(seats=20)
    for _number in range(3):
        seats.enrol(run.uuid, actor=f.acting(f.teacher()), at=MONDAY)

    with pytest.raises(BadInput) as refusal:
        save(desk, run, "seats", confirmed=True, seats=2, minimum=1)
    assert refusal.value.errors == {"seats": ["3 seats are taken, so there cannot be only 2."]}

    save(desk, run, "seats", confirmed=True, seats=3, minimum=1)
    assert (run.seats, run.seats_taken) == (3, 3)


def test_the_minimum_is_not_above_the_seats(desk):
    run = desk.run(mode=EnrolmentMode.ELSEWHERE)

    with pytest.raises(BadInput) as refusal:
        save(desk, run, "seats", seats=10, minimum=11)

    assert list(refusal.value.errors) == ["minimum"]


def test_dates_out_of_order_are_refused_at_their_field_and_nothing_is_saved(db, desk):
    run = desk.run()

    with pytest.raises(BadInput) as refusal:
        save(desk, run, "dates", apply_by=date(2027, 2, 2), gatherings=(Meeting(date(2027, 7, 1), date(2027, 7, 1), row=5),))

    assert refusal.value.errors == {
        "apply_by": ["The last day to apply, 2 February 2027, is after the run begins on 1 February 2027."],
        "to-5": ["The gathering on 1 July 2027 is after the run ends on 15 June 2027."],
    }
    assert db.session.query(Gathering).count() == 0


def test_gatherings_keep_their_identity_and_those_left_out_are_gone(db, desk):
    run = desk.run()
    kept, gone = f.gathering(run, date(2027, 3, 1)), f.gathering(run, date(2027, 4, 1))
    moved = Meeting(date(2027, 3, 8), date(2027, 3, 9), "Bergen", uuid=kept.uuid, row=1)

    save(desk, run, "dates", gatherings=(moved, Meeting(date(2027, 5, 1), date(2027, 5, 1), online=True, row=2)))

    rows = db.session.query(Gathering).order_by(Gathering.starts_on).all()
    assert [(row.starts_on, row.days, row.place, row.online) for row in rows] == [
        (date(2027, 3, 8), 2, "Bergen", False),
        (date(2027, 5, 1), 1, None, True),
    ]
    assert rows[0].uuid == kept.uuid
    assert gone.uuid not in {row.uuid for row in rows}


def test_a_gathering_cannot_be_taken_from_another_run(db, desk):
    other = f.gathering(desk.run(), date(2027, 3, 1))
    run = desk.run(desk.published_module())

    save(desk, run, "dates", gatherings=(Meeting(date(2027, 3, 2), date(2027, 3, 2), uuid=other.uuid, row=1),))

    assert (other.starts_on, other.offering_id == run.id) == (date(2027, 3, 1), False)
    assert [row.uuid == other.uuid for row in run.gatherings] == [False]


def test_a_gathering_stands_in_the_municipality_of_its_name_unless_two_have_it(desk):
    bergen = f.municipality("4601", "Bergen")
    f.municipality("1515", "Herøy")
    f.municipality("1818", "Herøy")
    days = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 1)}

    run = save(desk, desk.run(), "dates", gatherings=(Meeting(**days, place="Bergen", row=1), Meeting(**days, place="Herøy", row=2)))

    assert {(row.place, row.municipality) for row in run.gatherings} == {("Bergen", bergen), ("Herøy", None)}


def test_a_gathering_known_by_its_week_only_stays_until_it_gets_a_day(desk):
    run = desk.run()
    weekly = f.gathering(run, None, iso_year=2027, iso_week=9)

    save(desk, run, "dates", semesters=1)
    assert [(row.iso_year, row.iso_week) for row in run.gatherings] == [(2027, 9)]

    save(desk, run, "dates", gatherings=(Meeting(date(2027, 3, 1), date(2027, 3, 2), uuid=weekly.uuid, row=1),))
    assert [(row.iso_week, row.starts_on, row.uuid) for row in run.gatherings] == [(None, date(2027, 3, 1), weekly.uuid)]


def test_a_fee_is_kept_in_whole_oere_and_replaces_what_was_text(desk):
    run = desk.run(fee_oere=None, fee_text="Ta kontakt")

    save(desk, run, "delivery", fee=Decimal("1250.50"))

    assert (run.fee_oere, run.fee_text) == (125050, None)


def test_a_run_that_teachers_see_keeps_what_they_need(db, desk):
    run = desk.published_run()

    with pytest.raises(BadInput) as refusal:
        save(desk, run, "delivery", confirmed=True, delivery=Delivery.BLENDED)

    assert set(refusal.value.errors) == {"place", "gatherings"}
    assert db.session.get(Offering, run.id).delivery is Delivery.ONLINE


def test_the_neighbours_run_is_not_there(desk, neighbour):
    theirs = neighbour.run()

    for attempt in (
        lambda: save(desk, theirs, "seats", seats=1),
        lambda: services.publish_offering(theirs.uuid, actor=desk.editor, at=MONDAY),
        lambda: services.plan_offering(theirs.uuid, actor=desk.editor, at=MONDAY),
        lambda: services.cancel_offering(theirs.uuid, "Mine now.", actor=desk.editor, at=MONDAY),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_run_says_the_semester_it_begins_in(desk):
    run = desk.run()

    with pytest.raises(BadInput) as refusal:
        save(desk, run, "dates", semester=AUTUMN)

    assert refusal.value.errors["starts_on"] == ["The first day, 1 February 2027, is not in the semester, autumn 2027."]
    assert run.semester == SPRING


def test_an_announced_run_may_leave_open_what_is_not_known_yet(db, desk):
    run = desk.run(state=Run.PLANNED)

    save(desk, run, "delivery", confirmed=True, delivery=Delivery.BLENDED, fee=None)
    assert (run.delivery, run.fee_oere) == (Delivery.BLENDED, None)

    with pytest.raises(BadInput) as refusal:
        save(desk, run, "dates", confirmed=True, semester=None)
    assert list(refusal.value.errors) == ["semester"]
