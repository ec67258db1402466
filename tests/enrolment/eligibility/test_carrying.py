"""What was answered before signing in is offered as claims; the teacher confirms, and the school owner verifies."""

from decimal import Decimal

import pytest

from config.database import db as database
from enrolment.eligibility.rules import Done, Proposal, proposals
from enrolment.progress.models import PriorCredit
from tests import factories
from tests.catalog.test_pages import words_of
from tests.factories import MONDAY

FIFTEEN = Decimal(15)
DONE = Done("a", "Tall", "HVL", "matematikk", FIFTEEN)


@pytest.fixture
def module(db, app):
    app.config["CLOCK"] = lambda: MONDAY
    return factories.module(factories.course(factories.institution(), factories.subject()), "A", title="Tall")


@pytest.fixture
def teacher(module, client):
    somebody = factories.teacher()
    factories.signed_in(client, somebody)
    return somebody


def claims() -> list[tuple]:
    return [(one.title, one.credits, one.state, one.module_id) for one in database.session.query(PriorCredit).order_by(PriorCredit.id)]


def line(row: int, **changed) -> dict:
    said = {"take": "yes", "title": "Matematikk 1", "institution": "HiB", "subject": "matematikk", "credits": "30"} | changed
    return {f"{box}-{row}": value for box, value in said.items()}


def test_a_credit_is_proposed_once():
    found = proposals({"matematikk": Decimal(45)}, [DONE], held_modules=[], held={"matematikk": FIFTEEN})
    assert found == [Proposal("matematikk", FIFTEEN, "Tall", "HVL", "a"), Proposal("matematikk", FIFTEEN)]


def test_what_is_known_already_is_not_proposed():
    assert proposals({"matematikk": FIFTEEN}, [DONE], held_modules=["a"], held={"matematikk": FIFTEEN}) == []


def test_a_stranger_is_sent_to_sign_in_and_comes_back_with_the_answers(client, module):
    page = client.get(f"/modules/HVL/A/entry?credits-matematikk=15&education=teacher")
    assert 'href="/me/entry?credits-matematikk=15"' in page.text
    sent = client.get("/me/entry?credits-matematikk=15")
    assert sent.headers["Location"] == "/sign-in?next=/me/entry?credits-matematikk%3D15"


def test_the_answers_are_shown_and_nothing_is_saved(client, teacher, module):
    said = words_of(client.get(f"/me/entry?credits-matematikk=30&done={module.uuid}&done=nonsense"))
    assert "Nothing is saved yet." in said
    assert said.count("Send this") == 2
    assert claims() == []


def test_what_is_ticked_is_laid_as_claimed_and_never_as_verified(client, teacher, module):
    answer = client.post("/me/entry", data=line(1, module=str(module.uuid), title="Tall", credits="15") | line(2) | line(3, take=""))
    assert answer.headers["Location"] == "/me/progress"
    assert claims() == [("Tall", 15, "claimed", module.id), ("Matematikk 1", 30, "claimed", None)]


def test_one_wrong_line_lays_nothing_and_keeps_what_was_typed(client, teacher):
    page = client.post("/me/entry", data=line(1) | line(2, institution="", title="Geometri"))
    assert (page.status_code, claims()) == (422, [])
    assert 'value="Geometri"' in page.text
    assert 'href="#institution-2"' in page.text


def test_an_unknown_subject_lays_nothing(client, teacher):
    page = client.post("/me/entry", data=line(1) | line(2, subject="alkymi"))
    assert (page.status_code, claims()) == (422, [])


def test_nothing_ticked_is_said_so(client, teacher):
    page = client.post("/me/entry", data=line(1, take=""))
    assert page.status_code == 422
    assert "Tick what you want to send, or go back without sending." in words_of(page)


def test_with_nothing_to_claim_there_is_nothing_to_send(client, teacher):
    assert "There is nothing to take along" in words_of(client.get("/me/entry"))
