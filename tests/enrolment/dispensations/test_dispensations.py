"""A dispensation from the owner's page to the teacher's: for its days, with its reason, and without a credit."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from accounts.models import Event, Message, Role
from catalog.values import Band
from config.errors import BadInput, NotFound
from enrolment.dispensations import services
from enrolment.dispensations.models import Dispensation
from enrolment.dispensations.services import AlreadyEnded
from enrolment.progress import account
from tests import factories as f
from tests.factories import MONDAY

FORM = {"subject": "matematikk", "band": "8-10", "credits": "0", "valid_from": "2026-08-01", "valid_to": "2027-07-31", "why": "Takes the last module in spring"}


@pytest.fixture
def maths(db):
    return f.subject(requires={Band.LOWER: 60})


@pytest.fixture
def lars(maths):
    return f.teacher(teaches=((maths, Band.LOWER),))


@pytest.fixture
def owner(lars):
    return f.member(f.db.session.query(f.School).first().owner_id, Role.OWNER, "Olav Eier")


def asked(somebody, on: date) -> list:
    return [(one.asked, one.reached) for one in account.of(somebody.id, on).progress("matematikk").thresholds]


def test_an_owner_gives_one_and_the_teacher_reads_it_on_their_page(client, db, lars, owner):
    answer = f.signed_in(client, owner).post("/owner/dispensations", data=FORM | {"teacher": str(lars.uuid)}, follow_redirects=True)

    assert "Lars Lærer" in answer.text and "Holds now" in answer.text
    assert [asked(lars, on) for on in (date(2026, 7, 31), date(2026, 8, 1), date(2027, 7, 31), date(2027, 8, 1))] == [
        [(60, False)], [(0, True)], [(0, True)], [(60, False)],
    ]  # fmt: skip
    page = f.signed_in(client, lars).get("/me/progress").text
    assert "Grades 8–10: nothing is required of you now, by a dispensation." in page
    assert "until 31 July 2027, given by Stavanger kommune: Takes the last module in spring" in page
    assert "You have 0 of 60 credits" in page
    assert db.session.scalars(select(Message.kind)).all() == ["dispensation-given"]


def test_it_is_ended_once_and_the_requirement_stands_again(client, db, lars, owner):
    f.signed_in(client, owner).post("/owner/dispensations", data=FORM | {"teacher": str(lars.uuid)})
    given = db.session.scalars(select(Dispensation)).one()

    client.post(f"/owner/dispensations/{given.uuid}/ending")

    assert asked(lars, date(2026, 11, 23)) == [(60, False)]
    assert db.session.scalars(select(Event.event).where(Event.kind == "dispensation").order_by(Event.id)).all() == ["give", "end"]
    with pytest.raises(AlreadyEnded):
        services.end(given.uuid, actor=f.acting(owner), at=MONDAY)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("credits", "7.3", "Credits are whole or halves"),
        ("valid_to", "2026-07-31", "The last day is before the first."),
        ("valid_from", "2026-02-30", "This is not a date."),
        ("why", "", "Fill this in."),
        ("subject", "alkymi", "Choose a subject of the list."),
        ("band", "14", "Choose from the list."),
        ("teacher", "00000000-0000-4000-8000-000000000000", "Choose a teacher at one of your schools."),
    ],
)
def test_what_is_not_well_formed_comes_back_with_what_was_typed(client, lars, owner, name, typed, sentence):
    answer = f.signed_in(client, owner).post("/owner/dispensations", data=FORM | {"teacher": str(lars.uuid), "source": "Case 26/123"} | {name: typed})

    assert answer.status_code == 422
    assert sentence in answer.text and "Case 26/123" in answer.text


def test_a_teacher_elsewhere_is_not_ones_own_to_dispense_nor_another_owners_dispensation_to_end(db, maths, lars, owner):
    place = f.municipality("1804", "Bodø")
    elsewhere = f.owner(place)
    f.school(elsewhere, place)
    other = f.acting(f.member(elsewhere.organisation_id, Role.OWNER))
    said = {"subject": "matematikk", "band": None, "credits": Decimal(0), "valid_from": date(2026, 8, 1), "valid_to": None, "why": "So", "source": None}

    with pytest.raises(BadInput):
        services.give(teacher=lars.uuid, **said, actor=other, at=MONDAY)
    given = services.give(teacher=lars.uuid, **said, actor=f.acting(owner), at=MONDAY)
    with pytest.raises(NotFound):
        services.end(given.uuid, actor=other, at=MONDAY)


def test_the_page_costs_the_same_queries_at_one_and_at_three(client, maths, owner, lars, count_queries):
    counts = []
    f.signed_in(client, owner)
    for number in range(3):
        client.post("/owner/dispensations", data=FORM | {"teacher": str(lars.uuid), "why": f"Reason {number}"})
        with count_queries() as asked_for:
            client.get("/owner/dispensations")
        counts.append(len(asked_for))

    assert counts[0] == counts[2]
