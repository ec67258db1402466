"""An owner decides once that credits count in another subject, with who and why; from then on they count there, whoever owns the school."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from accounts.models import Event, Message, Role
from catalog.values import Band
from config.errors import StepRefused
from enrolment.planning import facts
from enrolment.progress import account
from enrolment.recognition import services
from enrolment.recognition.models import Recognition
from enrolment.recognition.services import AlreadyAsked
from enrolment.results import services as results
from enrolment.results.values import Mark
from enrolment.seats import services as seats
from tests import factories as f
from tests.factories import MONDAY

ON = date(2026, 11, 23)


@pytest.fixture
def maths(db):
    return f.subject(requires={Band.LOWER: 60})


@pytest.fixture
def reading(maths):
    return f.subject("lesing", "Lesing")


@pytest.fixture
def lars(maths, reading):
    return f.teacher(teaches=((maths, Band.LOWER),))


@pytest.fixture
def passed(lars, reading):
    """A seat in reading that is passed with a B: 15 credits."""
    run = f.offering(f.module(f.course(f.institution(), reading), "LES1", title="Lesing 1"), **f.UNDER_WAY)
    seat = seats.enrol(run.uuid, actor=f.acting(lars), at=MONDAY)
    results.record_results(run.uuid, {seat.uuid: Mark.B}, actor=f.acting(f.editor(run.module.institution)), at=MONDAY)
    return seat


@pytest.fixture
def owner(lars):
    return f.member(f.db.session.query(f.School).first().owner_id, Role.OWNER, "Olav Eier")


def asked(lars, passed) -> Recognition:
    return services.ask(credit=passed.uuid, subject="matematikk", words=None, actor=f.acting(lars), at=MONDAY)


def verified(somebody, subject: str = "matematikk") -> Decimal:
    return account.of(somebody.id, ON).progress(subject).verified


def decided(one, owner, **said) -> Recognition:
    known = {"recognise": True, "credits": None, "module": None, "why": "Numbers are read too"} | said
    return services.decide(one.uuid, **known, actor=f.acting(owner), at=MONDAY)


def test_what_is_asked_counts_only_once_the_owner_has_recognised_it(client, lars, passed, owner):
    f.signed_in(client, lars).post("/me/recognitions", data={"credit": str(passed.uuid), "subject": "matematikk", "words": "I use it"})
    before = verified(lars)
    one = f.db.session.query(Recognition).one()
    shown = f.signed_in(client, owner).get(f"/owner/recognitions/{one.uuid}").text
    client.post(f"/owner/recognitions/{one.uuid}/decision", data={"decision": "recognise", "credits": "7,5", "why": "Numbers are read too"})

    assert "I use it" in shown and "Lesing 1" in shown
    assert (before, verified(lars), verified(lars, "lesing")) == (0, Decimal("7.5"), 15)
    page = f.signed_in(client, lars).get("/me/progress").text
    assert "Recognised by Stavanger kommune: Numbers are read too" in page
    assert f.db.session.scalars(select(Message.kind).where(Message.person_id == lars.id).order_by(Message.id)).all()[-1] == "recognition-given"


def test_it_is_valid_everywhere_after_a_move_to_another_owner(db, lars, passed, owner):
    decided(asked(lars, passed), owner)
    place = f.municipality("1804", "Bodø")
    db.session.query(f.Teacher).filter_by(person_id=lars.id).one().school_id = f.school(f.owner(place), place).organisation_id
    db.session.commit()

    assert verified(lars) == 15
    with pytest.raises(AlreadyAsked):
        asked(lars, passed)


def test_it_is_decided_once_and_ended_with_a_reason_by_who_gave_it(db, lars, passed, owner):
    one = decided(asked(lars, passed), owner)
    with pytest.raises(StepRefused):
        decided(one, owner)
    db.session.rollback()
    services.end(one.uuid, why="A slip", actor=f.acting(owner), at=MONDAY)

    assert verified(lars) == 0
    trail = select(Event.event, Event.why).where(Event.kind == "recognition").order_by(Event.id)
    assert [tuple(row) for row in db.session.execute(trail)] == [("ask", None), ("recognise", "Numbers are read too"), ("end", "A slip")]
    assert asked(lars, passed).state == "asked", "after it has ended one may ask again"


def test_a_refusal_says_why_and_counts_nothing(lars, passed, owner):
    one = decided(asked(lars, passed), owner, recognise=False, why="Not relevant")

    assert (one.state, one.credits, verified(lars)) == ("refused", None, 0)


def test_credits_held_to_be_a_module_overlap_as_that_module_does(lars, maths, passed, owner):
    course = f.course(f.db.session.query(f.Institution).first(), maths)
    module, other = f.module(course, "MAT1"), f.module(course, "MAT2")
    f.overlap("10", module, other)
    run = f.offering(other, **f.UNDER_WAY)
    seat = seats.enrol(run.uuid, actor=f.acting(lars), at=MONDAY)
    results.record_results(run.uuid, {seat.uuid: Mark.A}, actor=f.acting(f.editor(other.institution)), at=MONDAY)
    one = asked(lars, passed)

    decided(one, owner, module="hvl mat1")

    assert verified(lars) == 20


def test_the_planner_sees_what_is_recognised_in_both_subjects(lars, passed, owner):
    decided(asked(lars, passed), owner)

    held = facts.held(account.of(lars.id, ON).earned, {})

    assert sorted((one.subject, one.credits) for one in held) == [("lesing", 15), ("matematikk", 15)]


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("credits", "7.3", "Credits are whole or halves"), ("credits", "30", "at most for the credits awarded"), ("credits", "0", "at most for the credits awarded"),
        ("module", "HVL NIL", "No module has this code."), ("why", "", "Fill this in."), ("decision", "perhaps", "Choose recognise or refuse."),
    ],
)  # fmt: skip
def test_a_decision_that_is_not_well_formed_comes_back_with_what_was_typed(client, lars, passed, owner, name, typed, sentence):
    one = asked(lars, passed)
    sent = {"decision": "recognise", "credits": "15", "why": "Numbers are read too"} | {name: typed}

    answer = f.signed_in(client, owner).post(f"/owner/recognitions/{one.uuid}/decision", data=sent)

    assert answer.status_code == 422
    assert sentence in answer.text and (name == "why" or "Numbers are read too" in answer.text)
    assert verified(lars) == 0


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [("subject", "lesing", "Choose another subject"), ("subject", "alkymi", "Choose another subject"), ("credit", "00000000-0000-4000-8000-000000000000", "your own credits")],
)
def test_asking_for_what_cannot_be_comes_back_with_what_was_typed(client, lars, passed, name, typed, sentence):
    sent = {"credit": str(passed.uuid), "subject": "matematikk", "words": "I use it"} | {name: typed}

    answer = f.signed_in(client, lars).post("/me/recognitions", data=sent)

    assert answer.status_code == 422
    assert sentence in answer.text and "I use it" in answer.text


def test_the_pages_cost_the_same_queries_at_one_and_at_three(client, lars, reading, passed, owner, count_queries):
    counts = []
    for number in range(3):
        f.subject(f"fag{number}", f"Fag {number}")
        services.ask(credit=passed.uuid, subject=f"fag{number}", words=None, actor=f.acting(lars), at=MONDAY)
        f.signed_in(client, owner).get("/owner/recognitions")
        with count_queries() as theirs:
            client.get("/owner/recognitions")
        f.signed_in(client, lars).get("/me/recognitions")
        with count_queries() as mine:
            client.get("/me/recognitions")
        counts.append((len(theirs), len(mine)))

    assert counts[0] == counts[2]
