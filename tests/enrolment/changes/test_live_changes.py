"""Those who have planned by a run are told what changed, may leave for it without consequence, and the editor sees beforehand whom it concerns."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import Message
from catalog.publishing import services
from config.database import db as database
from config.languages import in_language
from enrolment.changes import queries, words
from enrolment.changes.models import FreeWithdrawalRule, RunChange
from enrolment.seats import services as seats
from tests import factories as f
from tests.catalog.publishing.conftest import boxes, edit
from tests.catalog.publishing.test_pages import at

LATER = f.MONDAY + timedelta(hours=1)
FREE_UNTIL = date(2026, 12, 7)  # fourteen days after Monday 23 November


def enrolled(run, name="Lars Lærer", when=f.MONDAY):
    teacher = f.teacher(name=name)
    return teacher, seats.enrol(run.uuid, actor=f.acting(teacher), at=when)


def messages(person) -> list[tuple]:
    return [(one.kind, one.facts) for one in database.session.query(Message).filter_by(person_id=person.id).order_by(Message.id)]


def change(desk, run, section="dates", at=LATER, **said):
    return services.edit_offering(run.uuid, edit(run, section, True, **said), actor=desk.editor, at=at)


def test_everybody_with_a_seat_or_in_line_is_told_once_of_another_date(desk):
    run = desk.published_run(seats=1, minimum=0)
    (placed, _one), (waits, _two) = enrolled(run), enrolled(run, "Vera Venter")

    change(desk, run, starts_on=date(2027, 2, 8))

    told = ("offering-changed", {"module": run.module.title, "free_until": "2026-12-07", "changes": '{"starts_on": ["2027-02-01", "2027-02-08"]}'})
    assert [messages(placed), messages(waits)] == [[told], [told]]
    kept = database.session.query(RunChange).one()
    assert (kept.free_until, kept.changes) == (FREE_UNTIL, {"starts_on": ["2027-02-01", "2027-02-08"]})


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("dates", {"ends_on": date(2027, 6, 1)}),
        ("dates", {"semesters": 2}),
        ("delivery", {"place": "Bergen"}),
        ("dates", {"apply_by": date(2027, 1, 14)}),
        ("delivery", {"fee": 500}),
        ("seats", {"seats": 30}),
    ],
)
def test_only_date_and_place_are_worth_a_message(desk, section, said):
    run = desk.published_run(minimum=0)
    placed, _seat = enrolled(run)

    change(desk, run, section, **said)

    assert len(messages(placed)) == (set(said) <= {"ends_on", "semesters", "place"})


def test_other_credits_are_told_to_those_in_the_runs_of_the_module(desk):
    module = desk.published_module(credits="15")
    placed, _seat = enrolled(desk.published_run(module))
    over = desk.published_run(module, semester=None, starts_on=None, ends_on=None, told_over=True)
    of_old, _old = enrolled(over, "Gunn Gammel")

    services.edit_module(module.uuid, edit(module, "basics", True, credits=Decimal(20)), actor=desk.editor, at=LATER)

    assert messages(placed) == [("credits-changed", {"module": module.title, "free_until": "2026-12-07", "before": "15", "after": "20"})]
    assert messages(of_old) == []


def test_a_draft_and_a_change_without_people_leave_no_trace(desk):
    empty = desk.published_run()

    change(desk, empty, "delivery", place="Bergen")

    assert database.session.query(RunChange).count() == 0


def test_withdrawing_after_a_change_is_recorded_as_without_consequence(desk):
    run = desk.published_run()
    teacher, seat = enrolled(run)
    change(desk, run, starts_on=date(2027, 2, 8))

    seats.withdraw(seat.uuid, actor=f.acting(teacher), at=f.MONDAY + timedelta(days=14, hours=13))  # 7 December, 23:00 at home

    assert seat.steps[-1].free_by_id == database.session.query(RunChange).one().id


def test_the_day_after_and_for_those_who_came_after_the_change_it_is_an_ordinary_withdrawal(desk):
    run = desk.published_run()
    before, early = enrolled(run)
    change(desk, run, starts_on=date(2027, 2, 8))
    after, late = enrolled(run, "Siv Sein", f.MONDAY + timedelta(days=1))

    seats.withdraw(late.uuid, actor=f.acting(after), at=f.MONDAY + timedelta(days=2))
    seats.withdraw(early.uuid, actor=f.acting(before), at=f.MONDAY + timedelta(days=14, hours=14))  # 8 December, 00:00 at home

    assert [early.steps[-1].free_by_id, late.steps[-1].free_by_id] == [None, None]


def test_the_enrolments_page_tells_field_by_field_what_changed_and_until_when_one_may_leave(desk, app):
    run = desk.published_run()
    teacher, seat = enrolled(run)
    change(desk, run, starts_on=date(2027, 2, 8))
    mine = f.signed_in(app.test_client(), teacher)

    page = mine.get(f"/me/enrolments/{seat.uuid}").text
    asked = mine.get(f"/me/enrolments/{seat.uuid}/withdrawal").text
    mine.post(f"/me/enrolments/{seat.uuid}/withdrawal")

    assert "You may withdraw without consequence until 7 December 2026 at 23:59." in page
    assert [day in page for day in ("First day", "1 February 2027", "8 February 2027")] == [True, True, True]
    assert "has no consequence for you, and is recorded so." in asked
    assert "Without consequence, because the study had been changed." in mine.get(f"/me/enrolments/{seat.uuid}").text


def test_an_enrolment_in_a_run_that_never_changed_says_nothing_of_it(desk, app):
    teacher, seat = enrolled(desk.published_run())
    mine = f.signed_in(app.test_client(), teacher)

    assert "Changed since you enrolled" not in mine.get(f"/me/enrolments/{seat.uuid}").text
    assert "has no consequence" not in mine.get(f"/me/enrolments/{seat.uuid}/withdrawal").text


def test_the_confirm_page_counts_the_applicants_from_the_enrolments(desk):
    run = desk.published_run(seats=2, minimum=0)
    for name in ("Anne", "Berit", "Carl"):
        enrolled(run, name)

    ask = desk.browser.post(at(run, "delivery"), data=boxes(run, "delivery", place="Bergen"))
    of_fee = desk.browser.post(at(run, "delivery"), data=boxes(run, "delivery", fee="500"))

    assert "3 applicants see this: 2 have a seat and 1 waits in line." in ask.text
    assert "Each of these 3 people is sent a message, and may withdraw without consequence until 7 December 2026." in ask.text
    assert "3 applicants see this" in of_fee.text
    assert "sent a message" not in of_fee.text


def test_the_message_itself_tells_the_days_and_places_before_and_now(desk, app):
    run = desk.published_run()
    teacher, _seat = enrolled(run)
    change(desk, run, starts_on=date(2027, 2, 8), gatherings=())
    change(desk, run, "delivery", place="Bergen")

    page = f.signed_in(app.test_client(), teacher).get("/me/messages").text

    assert f"{run.module.title} has been changed. First day: from 1 February 2027 to 8 February 2027. You may withdraw" in page
    assert f"{run.module.title} has been changed. Place: from not stated to Bergen. You may withdraw" in page


def test_a_message_of_an_older_time_leads_to_the_page(app):
    with app.test_request_context(), in_language("en"):
        told = words.offering_changed({"module": "Tall", "free_until": "2026-12-07"})
        torn = words.offering_changed({"module": "Tall", "changes": "[changes]"})
    assert [one.startswith("Dates, place or delivery of Tall have changed. See what it says now.") for one in (told, torn)] == [True, True]


def test_the_days_of_free_withdrawal_are_those_of_the_rule_that_holds(db):
    db.session.query(FreeWithdrawalRule).one().valid_to = date(2026, 11, 22)
    db.session.add(FreeWithdrawalRule(days=21, valid_from=date(2026, 11, 23), source="test"))
    db.session.commit()

    assert [queries.free_until(date(2026, 11, day)) for day in (22, 23)] == [date(2026, 12, 6), date(2026, 12, 14)]
    assert queries.free_until(date(2011, 11, 23)) == date(2011, 11, 23), "where no rule holds, the day of the change alone"


def test_the_message_says_what_changed_in_words(desk, app):
    module = desk.published_module(credits="15")
    teacher, _seat = enrolled(desk.published_run(module))

    services.edit_module(module.uuid, edit(module, "basics", True, credits=Decimal(20)), actor=desk.editor, at=LATER)

    page = f.signed_in(app.test_client(), teacher).get("/me/messages").text
    assert f"The credits of {module.title} have changed: from 15 credits to 20 credits." in page
    assert "You may withdraw without consequence until 7 December 2026 at 23:59." in page
