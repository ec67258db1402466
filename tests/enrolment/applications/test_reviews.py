"""What a teacher did not know of the money is settled by the national authority, once, in words that are read."""

import pytest

from accounts.models import Message, OrganisationKind, Role
from config.errors import NotAllowed, StaleEdit
from enrolment.applications.lifecycle import Money
from enrolment.applications.services import cases, choices
from enrolment.applications.services.reviewing import NothingToReview, review
from enrolment.applications.values import Reason
from tests import factories as f


@pytest.fixture
def eva(db):
    return f.member(f.organisation(OrganisationKind.AUTHORITY, "The directorate").id, Role.AUTHORITY, "Eva Strand")


@pytest.fixture
def case(world):
    """A case that is sent with an answer that the teacher did not know."""
    found = world.complete()
    cases.answer_funding(found.uuid, {"employed": "yes", "supported": "unsure"}, actor=world.actor, at=f.MONDAY)
    return cases.send(found.uuid, actor=world.actor, at=f.MONDAY)


def settled(case, eva, yes: bool, **known):
    return review(case.uuid, **{"yes": yes, "why": "The other study ends in spring.", "version": case.version, "actor": f.acting(eva), "at": f.MONDAY} | known)


@pytest.mark.parametrize(("yes", "money", "reason"), [(True, Money.ELIGIBLE, Reason.REVIEWED_FOR), (False, Money.NOT_ELIGIBLE, Reason.REVIEWED_AGAINST)])
def test_it_is_settled_once_with_a_line_of_the_timeline_and_a_message(db, case, eva, yes, money, reason):
    assert (case.money, case.funding_reason) == (Money.OPEN, Reason.TO_REVIEW)
    settled(case, eva, yes)

    assert (case.money, case.funding_reason, case.steps[-1].why) == (money, reason, "The other study ends in spring.")
    assert [one.facts["reason"] for one in db.session.query(Message).filter_by(kind="funding-reviewed")] == [reason]
    with pytest.raises(NothingToReview):
        settled(case, eva, yes)


def test_it_holds_through_other_changes_until_the_teacher_answers_otherwise(world, case, eva):
    settled(case, eva, True)
    choices.move(case.uuid, case.ranked_choices[-1].uuid, 1, actor=world.actor, at=f.MONDAY)
    cases.answer_funding(case.uuid, {"employed": "yes", "supported": "unsure"}, actor=world.actor, at=f.MONDAY)
    assert (case.money, case.funding_reason) == (Money.ELIGIBLE, Reason.REVIEWED_FOR)

    cases.answer_funding(case.uuid, {"employed": "unsure", "supported": "unsure"}, actor=world.actor, at=f.MONDAY)
    assert (case.money, case.funding_reason) == (Money.OPEN, Reason.TO_REVIEW)


def test_only_the_authority_settles_and_not_on_a_stale_page(world, case, eva):
    with pytest.raises(NotAllowed):
        settled(case, eva, True, actor=world.actor)
    with pytest.raises(StaleEdit):
        settled(case, eva, True, version=case.version - 1)


def test_the_pages_from_the_round_to_the_decision(client, world, case, eva):
    code, uuid, version, name = case.cycle.code, case.uuid, case.version, case.person.name
    mine = f.signed_in(client, world.teacher).get(f"/me/applications/{uuid}").text
    assert "The authority must look at this" in mine and "Waiting for the national authority, answer by" in mine
    visitor = f.signed_in(client, eva)
    address = f"/national/applications/{uuid}/funding"

    assert "Funding checks to settle (1)" in visitor.get(f"/national/rounds/{code}").text
    allocation = visitor.get(f"/national/rounds/{code}/allocation").text
    assert ("1 funding check is not settled" in allocation, f"/national/rounds/{code}/funding" in allocation) == (True, True)
    listed = visitor.get(f"/national/rounds/{code}/funding").text
    assert (name in listed, address in listed, "state money in the same study year?" in listed) == (True, True, True)
    bare = visitor.post(address, data={"version": version, "answer": "no"})
    assert (bare.status_code, "Say why: the teacher and the employer read it." in bare.text) == (422, True)
    assert visitor.post(address, data={"version": version}).status_code == 422
    done = visitor.post(address, data={"version": version, "answer": "no", "why": "It is paid already."}, follow_redirects=True)
    assert (f"It is settled, and {name} is told." in done.text, "Nothing to settle" in done.text) == (True, True)
    assert "not settled" not in visitor.get(f"/national/rounds/{code}/allocation").text
    assert "The authority has looked at it: the state does not pay." in f.signed_in(client, world.teacher).get(f"/me/applications/{uuid}").text


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(client, world, eva, count_queries):
    read = []
    for number in (1, 2):
        for _number in range(number):
            f.application(f.teacher(world.school, name="Somebody"), world.cycle, world.packages[0], money=Money.OPEN, funding_reason=Reason.TO_REVIEW, funding={"supported": "unsure"})
        visitor = f.signed_in(client, eva)
        visitor.get(f"/national/rounds/{world.cycle.code}/funding")
        with count_queries() as seen:
            assert visitor.get(f"/national/rounds/{world.cycle.code}/funding").text.count("Somebody") >= number
        read.append(len(seen))

    assert read[0] == read[1]
