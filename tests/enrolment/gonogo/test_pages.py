"""The pages of go or no-go, as the editor and the teacher meet them."""

from datetime import date

import pytest

from accounts.models import Message
from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from tests import factories as f
from tests.bad_input.forms import forms_of
from tests.enrolment.gonogo.conftest import LATER

TODAY = date(2026, 11, 23)


def form(page, ending: str):
    return next(one for one in forms_of(page.text) if one.action.endswith(ending))


def test_what_is_at_risk_stands_with_what_is_missing(office):
    run = office.run()
    office.join(run, "Anna")

    page = office.browser.get("/publish/starts")

    assert "Runs that begin by 21 December 2026" in page.text
    assert "4 are missing" in page.text
    assert f"/publish/offerings/{run.uuid}/ending" in page.text
    assert "1 run begins soon and lacks participants" in office.browser.get("/publish").text


def test_without_a_rule_nothing_is_at_risk_and_the_page_says_why(db, office):
    from enrolment.gonogo.models import RiskRule

    db.session.query(RiskRule).delete()
    db.session.commit()
    office.run()

    page = office.browser.get("/publish/starts")

    assert "No rule says from when a run is at risk." in page.text
    assert "Nothing is at risk" in page.text


def test_a_decision_is_noted_and_shown_with_its_day(office):
    run = office.run()

    office.browser.post(f"/publish/offerings/{run.uuid}/start")

    page = office.browser.get("/publish/starts").text
    assert "Decided on 23 November 2026 10:00, Edda Redaktør" in page
    assert "Decided that it will be held" in office.browser.get(f"/publish/offerings/{run.uuid}").text


def test_the_wizard_shows_each_person_and_is_carried_out_as_it_stands(db, office):
    run, instead = office.run(seats=1, minimum=1), office.run(starts_on=LATER)
    anna, _waits = office.join(run, "Anna", "Bjarne")

    page = office.browser.get(f"/publish/offerings/{run.uuid}/ending")
    assert "Has a seat. Loses the seat." in page.text
    assert "Number 1 of 1 on the waiting list. Loses the place in the queue." in page.text
    sent = form(page, "/ending").fields(reason="Too few.")
    done = office.browser.post(f"/publish/offerings/{run.uuid}/ending", data=sent, follow_redirects=True)

    assert "The run is cancelled, and everybody in it has been told." in done.text
    assert "Who was told of what" in done.text
    teacher = f.signed_in(office.browser.application.test_client(), anna.person)
    told = teacher.get(f"/me/enrolments/{anna.uuid}").text
    assert "What you can take instead" in told
    assert f'href="/offerings/{instead.uuid}"' in told
    assert "What you can take instead, with free seats today: Module MAT1, spring 2027, HVL." in teacher.get("/me/messages").text


def test_sent_twice_it_says_so_and_tells_nobody_again(db, office):
    run = office.run()
    office.join(run, "Anna")
    sent = form(office.browser.get(f"/publish/offerings/{run.uuid}/ending"), "/ending").fields(reason="Too few.")
    office.browser.post(f"/publish/offerings/{run.uuid}/ending", data=sent)

    again = office.browser.post(f"/publish/offerings/{run.uuid}/ending", data=sent, follow_redirects=True)

    assert "The run was cancelled already. Nobody was told again." in again.text
    assert db.session.query(Message).count() == 1


def test_a_page_that_is_no_longer_true_is_refused_with_what_has_changed(db, office):
    run, instead = office.run(), office.run(starts_on=LATER)
    office.join(run, "Anna")
    sent = form(office.browser.get(f"/publish/offerings/{run.uuid}/ending"), "/ending").fields(reason="Too few, we think.")
    office.join(run, "Late Larsen")
    instead.seats = 0
    instead.minimum = 0
    db.session.commit()

    page = office.browser.post(f"/publish/offerings/{run.uuid}/ending", data=sent)

    assert page.status_code == 409
    assert "Late Larsen has come." in page.text
    assert "Module MAT1, Spring 2027, Stavanger can no longer be offered." in page.text
    assert "Too few, we think." in page.text
    assert db.session.get(Offering, run.id).state is Run.PUBLISHED


def test_a_reason_is_asked_for_and_the_choices_are_kept(office):
    run, instead = office.run(), office.run(starts_on=LATER)
    office.join(run, "Anna")
    sent = form(office.browser.get(f"/publish/offerings/{run.uuid}/ending"), "/ending").fields()

    page = office.browser.post(f"/publish/offerings/{run.uuid}/ending", data=sent)

    assert page.status_code == 422
    assert "Say why. Those who have a seat read it." in page.text
    assert f'value="{instead.uuid}" checked' in page.text


@pytest.mark.parametrize("typed", [{"instead-nobody": "1"}, {"shown": "not a run"}, {"anything": "1"}])
def test_what_the_form_does_not_have_is_refused(office, typed):
    run = office.run()

    assert office.browser.post(f"/publish/offerings/{run.uuid}/ending", data={"reason": "Few."} | typed).status_code == 422


def test_two_runs_are_shown_beside_each_other_and_joined(db, office):
    source, target = office.run(), office.run(minimum=2, starts_on=LATER, group_name="Group B")
    office.join(source, "Anna")
    office.join(target, "C", "D")
    address = f"/publish/offerings/{source.uuid}/joining/{target.uuid}"

    assert address in office.browser.get("/publish/starts").text
    sent = form(office.browser.get(address), f"/joining/{target.uuid}").fields(reason="Better together")
    done = office.browser.post(address, data=sent, follow_redirects=True)

    assert "1 person is moved and has been told." in done.text
    assert "Moved to Module MAT1, Spring 2027, Group B, Stavanger" in done.text
    anna = db.session.query(Message).one()
    teacher = f.signed_in(office.browser.application.test_client(), db.session.get(f.Person, anna.person_id))
    assert "Your run of Module MAT1 is joined with another one, and your place is there now: 1 February 2027. The reason: Better together." in (
        teacher.get("/me/messages").text
    )
    assert "Moved here from another run of the module" in teacher.get(anna.address).text


def test_joining_is_refused_where_somebody_has_come_or_there_is_no_room(db, office):
    source, target = office.run(), office.run(seats=1, minimum=1, starts_on=LATER)
    office.join(source, "Anna")
    address = f"/publish/offerings/{source.uuid}/joining/{target.uuid}"
    sent = form(office.browser.get(address), f"/joining/{target.uuid}").fields(reason="Together")
    office.join(source, "Late Larsen")

    stale = office.browser.post(address, data=sent)
    fresh = form(office.browser.get(address), f"/joining/{target.uuid}").fields(reason="Together")
    full = office.browser.post(address, data=fresh)

    assert (stale.status_code, "Late Larsen has come." in stale.text) == (409, True)
    assert (full.status_code, "The other run does not have seats for all of them." in full.text) == (409, True)
    assert db.session.query(Message).count() == 0


def test_the_wizard_asks_as_much_of_one_as_of_three(office, count_queries):
    run, asked = office.run(), []
    office.run(starts_on=LATER)
    for people in (["Anna"], ["Berit", "Cecilie"]):
        office.join(run, *people)
        office.browser.get(f"/publish/offerings/{run.uuid}/ending")
        with count_queries() as seen:
            office.browser.get(f"/publish/offerings/{run.uuid}/ending")
        asked.append(len(seen))

    assert asked[0] == asked[1]
