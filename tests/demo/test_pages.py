"""Every page has something to show, to everybody it is for."""

import pytest
from sqlalchemy import select

from accounts.models import Membership, Person, Role
from catalog.offers.models import Module, Offering
from catalog.values import Semester, Term
from demo.people import LEADS
from tests import factories


def lead(db, key: str) -> Person:
    name = next(lead.name for lead in LEADS if lead.key == key)
    return db.session.scalars(select(Person).where(Person.name == name, Person.story.is_not(None))).one()


OPEN_TO_ALL = [
    ("/", "made up"),
    ("/search", "SX-"),
    ("/search?q=algebra&region=vest", "Tal, algebra og funksjonar"),
    ("/modules/UiT/SX-MAT1", "Full, 9 waiting"),
    ("/modules/UiB/MAT601", "made up"),
    ("/courses/HVL/matematikk-for-5-10-trinn", "Matematikkdidaktikk: elevtenking og vurdering"),
    ("/institutions/HVL", "Matematikk for 5.–10. trinn"),
    ("/regions/nord", "UiT"),
    ("/coverage", "Partly"),
]


@pytest.mark.parametrize(("address", "words"), OPEN_TO_ALL)
def test_a_stranger_finds_something_on_every_open_page(demonstration, client, address, words):
    page = client.get(address)

    assert page.status_code == 200
    assert words in page.text


THEIR_OWN = [
    ("ingrid", "/me/progress", "You have 0 of 60"),
    ("amina", "/me/progress", "You have 30 of 60"),
    ("lars", "/me/progress", "Norsk 2, påbygging"),
    ("marit", "/me/enrolments", "number 3 of 9"),
    ("henrik", "/me/enrolments", "27 November 2026"),
    ("henrik", "/me/messages", "You are offered a seat"),
    ("solveig", "/me/messages", "has been cancelled: Avlyst: faglærer har permisjon"),
    ("torunn", "/publish?q=SX-SAF1", "11/14"),
    ("torunn", "/publish/starts", "Gruppe 2"),
    ("mikkel", "/publish", "SX-MAT1"),
    ("bjorn", "/owner", "Norsk 2, påbygging"),
    ("anne", "/owner", "skole"),
    ("randi", "/region", "Region West"),
    ("ole", "/region", "Region North"),
    ("eva", "/coverage", "Partly"),
    ("eva", "/national/mail", "No e-mail address"),
]


@pytest.mark.parametrize(("key", "address", "words"), THEIR_OWN)
def test_each_person_finds_their_story_on_their_pages(demonstration, db, client, key, address, words):
    page = factories.signed_in(client, lead(db, key)).get(address, follow_redirects=True)

    assert page.status_code == 200
    assert words in page.text


def test_an_editor_finds_participants_who_wait_for_their_result(demonstration, db, client):
    over = select(Offering).join(Module).where(Module.code == "SX-ENG1", Offering.semester == Semester(2026, Term.SPRING))
    run = db.session.scalars(over).one()

    page = factories.signed_in(client, lead(db, "kristin")).get(f"/publish/offerings/{run.uuid}/participants")

    assert page.status_code == 200
    assert page.text.count("<select") == run.seats_taken >= 4


def test_somebody_with_two_hats_may_change_between_them(demonstration, db, client):
    kristin = lead(db, "kristin")
    hats = db.session.scalars(select(Membership).where(Membership.person_id == kristin.id)).all()
    teacher = next(hat.uuid for hat in hats if hat.role is Role.TEACHER)
    visitor = factories.signed_in(client, kristin)

    assert {hat.role for hat in hats} == {Role.TEACHER, Role.EDITOR}
    assert "Publish" in visitor.get("/").text
    visitor.post(f"/me/hat/{teacher}")
    assert "My way to 60" in visitor.get("/").text
