"""In-service training before the owner: approved without a scheme, free of any rate, and given its seat by the round."""

from datetime import timedelta

import pytest

from accounts.models import OrganisationKind, Role
from catalog.values import EnrolmentMode, Strand
from config.errors import BadInput
from enrolment.applications.lifecycle import Employer, Money
from enrolment.applications.models import ChoiceRun
from enrolment.awarding.services import publishing, running
from enrolment.board import gathering
from enrolment.board.services import deciding, ranking
from enrolment.rounds.models import CycleDate
from enrolment.seats.lifecycle import Seat
from tests import factories
from tests.enrolment.board.scenes import WITH_OWNER, visiting

TRAINING = Strand.IN_SERVICE


@pytest.fixture
def asked(scene, db):
    """A school of 14 that asks for in-service training, in a round that gives it."""
    scene.cycle.dates += [CycleDate(strand=TRAINING, step=step, day=day, source="test") for step, day in factories.DATES.items()]
    course = factories.course(scene.run.module.institution, None, "Vurdering for læring", strand=TRAINING)
    scene.run = factories.offering(factories.module(course, credits=None), mode=EnrolmentMode.ROUND)
    case = scene.case("Jonas", strand=TRAINING, people=14, money=Money.NOT_ELIGIBLE)
    case.choices[0].scheme_id = None
    db.session.commit()
    return case


def test_it_is_approved_ranked_and_locked_with_no_scheme_and_at_no_cost(scene, asked):
    [case] = deciding.approve(asked.uuid, version=asked.version, scheme=None, actor=scene.bjorn, at=WITH_OWNER)
    known = ranking.rank_as_suggested("2027", TRAINING, whole=True, version=1, actor=scene.bjorn, at=WITH_OWNER)
    kept = ranking.lock("2027", TRAINING, version=known.version, actor=scene.bjorn, at=WITH_OWNER)
    [row] = gathering.board(scene.owner.organisation_id, scene.cycle, TRAINING, on=WITH_OWNER.date(), at=WITH_OWNER).rows

    assert (case.employer, case.scheme_id, case.rank) == (Employer.APPROVED, None, 1)
    assert (row.money.ours, row.money.state, row.choice.release) == (0, 0, 0)
    assert [(one["scheme"], one["decision"], one["owner_oere"]) for one in kept.rows] == [(None, "approved", 0)]


def test_the_pages_say_how_many_take_part_and_need_no_scheme(client, scene, asked):
    uuid, version = asked.uuid, asked.version
    visitor = visiting(client, scene.bjorn)
    page, ask = visitor.get(f"/owner/applications/{uuid}").text, visitor.post(f"/owner/rounds/2027/{TRAINING}/decisions/preview", data={"case": f"{uuid}:{version}", "action": "approve"}).text
    done = visitor.post(f"/owner/applications/{uuid}/approval", data={"version": version}, follow_redirects=True)

    assert ("The school, 14 people" in page, "No scheme and no state money follow in-service training." in page, "Left as it is" in ask) == (True, True, False)
    assert (done.status_code, "Jonas is told that you approve." in done.text) == (200, True)


def test_many_are_approved_at_once_and_further_education_still_needs_its_scheme(scene, asked):
    [outcome] = deciding.approve_many({asked.uuid: asked.version}, actor=scene.bjorn, at=WITH_OWNER)
    with pytest.raises(BadInput):
        deciding.approve((other := scene.case()).uuid, version=other.version, scheme=None, actor=scene.bjorn, at=WITH_OWNER)

    assert (outcome.why, outcome.case.employer) == (None, Employer.APPROVED)


def test_what_is_approved_is_given_a_seat_by_the_round_and_nothing_is_said_of_money(client, scene, asked, db):
    deciding.approve(asked.uuid, version=asked.version, scheme=None, actor=scene.bjorn, at=WITH_OWNER)
    at = WITH_OWNER + timedelta(days=20)
    nation = factories.organisation(OrganisationKind.AUTHORITY, "The directorate")
    eva, per = (factories.acting(factories.member(nation.id, Role.AUTHORITY, name)) for name in ("Eva", "Per"))
    run = running.try_out("2027", TRAINING, rule_set="owner-bands", seed="s", grants=None, actor=eva, at=at)
    for one in (eva, per):
        running.approve(run.uuid, actor=one, at=at)
    running.set_time(run.uuid, at, actor=eva, at=at)
    publishing.make_known(at)

    assert [one.enrolment.state for one in db.session.scalars(db.select(ChoiceRun))] == [Seat.OFFERED]
    assert asked.money is Money.NOT_ELIGIBLE
    page = factories.signed_in(client, asked.person, at=at).get(f"/me/applications/{asked.uuid}/seats").text
    assert ("Accept the seat" in page, "money" in page.lower()) == (True, False)
