"""Principal education and in-service training run by their own rules: their own dates, no substitute, no credits, alone or by school."""

from datetime import UTC, date, datetime

import pytest

from catalog.values import EnrolmentMode, Strand
from config.errors import BadInput
from enrolment.applications import facts, told
from enrolment.applications.errors import RoundClosed
from enrolment.applications.lifecycle import Case, Money
from enrolment.applications.services import cases, choices
from enrolment.applications.values import Reason, Task
from enrolment.rounds.models import CycleDate, SchemeRate
from enrolment.rounds.values import SchemeKind, Step
from enrolment.seats.models import Enrolment
from tests import factories as f


@pytest.fixture
def principal(world, db):
    """A run of principal education, with the one scheme there is for it, in a round that closes for it two days later than for further education."""
    owner = f.scheme("owner", SchemeKind.OWNER, (0, 75, 25))
    owner.rates.append(
        SchemeRate(
            code="principal", strand=Strand.PRINCIPAL, state_percent=0, owner_percent=0, own_percent=100, source="test", released_at=datetime(2020, 1, 1, tzinfo=UTC)
        )
    )
    own_dates(world, db, Strand.PRINCIPAL, date(2026, 12, 3))
    return run_of(world, Strand.PRINCIPAL, "30", semesters=3)


@pytest.fixture
def in_service(world, db):
    own_dates(world, db, Strand.IN_SERVICE, date(2026, 12, 10))
    return run_of(world, Strand.IN_SERVICE, None)


def own_dates(world, db, strand, last: date) -> None:
    days = f.DATES | {Step.APPLY: last}
    world.cycle.dates += [CycleDate(strand=strand, step=step, day=day, source="test") for step, day in days.items()]
    db.session.commit()


def run_of(world, strand, credits, **facts_of_run):
    course = f.course(world.course.institution, None, "A course", strand=strand)
    return f.offering(f.module(course, credits=credits), mode=EnrolmentMode.ROUND, **facts_of_run)


def begun(world, run):
    return cases.start(runs=[run.uuid], actor=world.actor, at=f.MONDAY)


def test_principal_education_is_open_to_teachers_with_one_scheme_and_no_substitute(world, principal):
    case = begun(world, principal)

    assert (case.strand, case.choices[0].scheme.code) == (Strand.PRINCIPAL, "owner"), "the only one there is, so nobody is asked"
    assert [one.code for one, _rate in facts.schemes(case, "", f.MONDAY)] == ["owner"]
    cases.answer_funding(case.uuid, {"employed": "yes", "supported": "no"}, actor=world.actor, at=f.MONDAY)
    cases.say_talked(case.uuid, date(2026, 11, 20), actor=world.actor, at=f.MONDAY)
    sent = cases.send(case.uuid, actor=world.actor, at=f.MONDAY)
    assert (sent.state, sent.money, sent.funding_reason) == (Case.SENT, Money.ELIGIBLE, Reason.PRINCIPAL)


def test_each_strand_closes_by_its_own_date(world, principal):
    after_further = datetime(2026, 12, 2, 9, tzinfo=UTC)
    case = begun(world, principal)

    assert cases.say_why(case.uuid, "In time", actor=world.actor, at=after_further).why == "In time"
    with pytest.raises(RoundClosed):
        cases.start(cycle=world.cycle.code, strand=Strand.FURTHER, actor=world.actor, at=after_further)
    with pytest.raises(RoundClosed, match="3 December 2026"):
        cases.say_why(case.uuid, "Late", actor=world.actor, at=datetime(2026, 12, 3, 23, tzinfo=UTC))


def test_the_strands_are_cases_of_their_own_beside_each_other(world, principal, in_service):
    made = [begun(world, principal), begun(world, in_service), world.begin()]

    assert {case.strand for case in made} == set(Strand)
    with pytest.raises(BadInput, match="another kind of study"):
        choices.add_package(made[2].uuid, [principal.uuid], actor=world.actor, at=f.MONDAY)


def test_in_service_training_asks_nothing_of_money_and_gives_no_credits(world, in_service):
    case = begun(world, in_service)

    assert told.TASKS_OF[case.strand] == (Task.SCHOOL, Task.CHOICES, Task.PEOPLE, Task.HEAD)
    cases.say_talked(case.uuid, date(2026, 11, 20), actor=world.actor, at=f.MONDAY)
    sent = cases.send(case.uuid, actor=world.actor, at=f.MONDAY)
    assert (sent.state, sent.money, sent.funding_reason, sent.choices[0].scheme) == (Case.SENT, Money.NOT_ELIGIBLE, Reason.IN_SERVICE, None)


def test_a_school_takes_part_as_a_whole_and_a_number_is_asked_for(client, world, in_service, db):
    case = begun(world, in_service)
    teacher = f.signed_in(client, world.teacher)
    address = f"/me/applications/{case.uuid}"

    refused = teacher.post(f"{address}/people", data={"form": "school"})
    assert (refused.status_code, "Write how many of the school take part." in refused.text) == (422, True)
    assert teacher.post(f"{address}/people", data={"form": "school", "people": "100000"}).status_code == 422
    teacher.post(f"{address}/people", data={"form": "school", "people": "14"})
    db.session.expire_all()
    assert case.people == 14
    teacher.post(f"{address}/people", data={"form": "alone", "people": "14"})
    db.session.expire_all()
    assert (case.people, db.session.query(Enrolment).count()) == (None, 0)


def test_only_in_service_training_is_taken_by_a_school(world):
    with pytest.raises(BadInput):
        cases.say_people(world.begin().uuid, 10, actor=world.actor, at=f.MONDAY)
