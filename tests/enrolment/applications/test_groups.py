"""Colleagues who apply together: asked, joined, the same choices for all, and read by an allocation as one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Message
from catalog.values import Strand
from config.errors import BadInput, NotFound
from enrolment.allocation.values import Group
from enrolment.applications import groups
from enrolment.applications.following import FounderDecides, alike
from enrolment.applications.lifecycle import FELLOW_LIFE, Case, Employer, Fellow
from enrolment.applications.models import Application, ApplicationGroup
from enrolment.applications.services import cases, choices
from enrolment.applications.services import groups as services
from enrolment.applications.services.groups import InAnotherGroup
from enrolment.applications.timeline import take
from enrolment.applications.values import Together, Track
from enrolment.awarding.gathering import gather
from enrolment.progress.services import set_teaching
from tests import factories as f
from tests.enrolment.applications.conftest import World


@pytest.fixture
def colleagues(world) -> list:
    return [f.teacher(world.school, name=f"Colleague {number}") for number in (1, 2, 3)]


def found(world: World, colleagues, case=None, mode=Together.WHOLE, least=2) -> tuple[Application, ApplicationGroup]:
    case = case or world.complete()
    return case, services.found(case.uuid, mode=mode, least=least, colleagues=[one.uuid for one in colleagues], actor=world.actor, at=f.MONDAY)


def joins(group, *people) -> list[Application]:
    return [services.join(group.uuid, actor=f.acting(one), at=f.MONDAY) for one in people]


def sends(world, case, who) -> Application:
    """Fills in what each fills in alone, and sends."""
    world.teacher, keeper = who, world.teacher
    set_teaching({("matematikk", f.Band.PRIMARY)}, actor=world.actor)
    cases.answer_funding(case.uuid, {"employed": "yes", "supported": "no"}, actor=world.actor, at=f.MONDAY)
    cases.say_talked(case.uuid, date(2026, 11, 20), actor=world.actor, at=f.MONDAY)
    sent = cases.send(case.uuid, actor=world.actor, at=f.MONDAY)
    world.teacher = keeper
    return sent


def test_colleagues_are_asked_and_whoever_joins_has_the_same_choices(world, colleagues, db):
    case, group = found(world, colleagues)
    assert [(message.kind, message.address) for message in db.session.query(Message)] == [("group-invitation", f"/me/applications/groups/{group.uuid}")] * 3

    [first] = joins(group, colleagues[0])
    again = joins(group, colleagues[0])
    services.decline(group.uuid, actor=f.acting(colleagues[1]), at=f.MONDAY)

    assert again == [first]
    assert (alike(case, first), first.state, first.owner_id) == (True, Case.DRAFT, case.owner_id)
    assert [one.state for one in group.fellows] == [Fellow.JOINED, Fellow.JOINED, Fellow.DECLINED, Fellow.INVITED]
    assert [message.facts["answer"] for message in db.session.query(Message).filter_by(kind="group-answered")] == ["joined", "declined"]


def test_what_the_founder_changes_is_changed_for_all_and_nobody_else_may(world, colleagues):
    case, group = found(world, colleagues)
    [other] = joins(group, colleagues[0])

    choices.move(case.uuid, case.ranked_choices[1].uuid, 1, actor=world.actor, at=f.MONDAY)

    assert alike(case, other)
    assert [one.position for one in other.ranked_choices] == [1, 2]
    with pytest.raises(FounderDecides, match="Lars Lærer changes the choices for all of you"):
        choices.move(other.uuid, other.ranked_choices[0].uuid, 2, actor=f.acting(colleagues[0]), at=f.MONDAY)


def test_a_change_of_what_is_sent_asks_the_heads_of_all_anew(world, colleagues):
    case, group = found(world, colleagues)
    [other] = joins(group, colleagues[0])
    for one, who in ((case, world.teacher), (other, colleagues[0])):
        sends(world, one, who)

    choices.remove(case.uuid, case.ranked_choices[0].uuid, actor=world.actor, at=f.MONDAY)

    assert alike(case, other)
    assert [(one.employer, [step.event for step in one.steps if step.track == "case" and step.event != "found group"]) for one in (case, other)] == [
        (Employer.WITH_HEAD, ["send", "change"]), (Employer.WITH_HEAD, ["join group", "send", "change"]),
    ]  # fmt: skip


def test_a_group_is_read_by_an_allocation_when_enough_have_sent(world, colleagues):
    case, group = found(world, colleagues, least=3)
    joined = joins(group, *colleagues[:2])
    keys = [str(one.uuid) for one in (case, *joined)]

    sends(world, case, world.teacher)
    sends(world, joined[0], colleagues[0])
    assert groups.for_allocation(world.cycle.id, Strand.FURTHER, set(keys)) == ()
    sends(world, joined[1], colleagues[1])

    assert groups.for_allocation(world.cycle.id, Strand.FURTHER, set(keys)) == (Group(str(group.uuid), tuple(keys), True, 3),)
    assert groups.for_allocation(world.cycle.id, Strand.FURTHER, set(keys[:2])) == (), "all or nobody"


def test_as_many_as_possible_goes_on_without_one_who_is_not_among_the_applicants(world, colleagues):
    case, group = found(world, colleagues, mode=Together.MANY)
    joined = joins(group, *colleagues[:2])
    for one, who in zip((case, *joined), (world.teacher, *colleagues[:2]), strict=True):
        sends(world, one, who)
    keys = (str(case.uuid), str(joined[0].uuid))

    [read] = groups.for_allocation(world.cycle.id, Strand.FURTHER, keys)

    assert (read.members, read.whole, read.least) == (keys, False, 2)


def test_an_approved_group_stands_in_the_inputs_of_the_allocation(world, colleagues, db):
    case, group = found(world, colleagues[:1])
    [other] = joins(group, colleagues[0])
    for one, who in ((case, world.teacher), (other, colleagues[0])):
        sends(world, one, who)
        take(one, Track.EMPLOYER, "approve", by=None, at=f.MONDAY)
    db.session.commit()

    inputs = gather(world.cycle, Strand.FURTHER, f.MONDAY.date()).inputs

    assert [one.members for one in inputs.groups] == [(str(case.uuid), str(other.uuid))]


def test_when_the_founder_leaves_the_next_takes_over_and_the_last_one_ends_it(world, colleagues, db):
    case, group = found(world, colleagues)
    [other] = joins(group, colleagues[0])

    services.leave(case.uuid, actor=world.actor, at=f.MONDAY)
    assert (group.founder_id, groups.group_of(case), len(case.ranked_choices)) == (colleagues[0].id, None, 2)
    services.leave(other.uuid, actor=f.acting(colleagues[0]), at=f.MONDAY)
    assert db.session.query(ApplicationGroup).count() == 0


@pytest.mark.parametrize("how", ["withdraw", "discard"])
def test_whoever_takes_the_application_back_leaves_the_group(world, colleagues, how, db):
    case, group = found(world, colleagues)
    [other] = joins(group, colleagues[0])
    if how == "withdraw":
        sends(world, other, colleagues[0])
        cases.withdraw(other.uuid, actor=f.acting(colleagues[0]), at=f.MONDAY)
    else:
        cases.discard(other.uuid, actor=f.acting(colleagues[0]), at=f.MONDAY)
    db.session.expire_all()

    assert groups.fellow_cases(group) == [case]


def test_one_is_in_one_group_and_colleagues_have_one_employer(world, colleagues, db):
    _case, first = found(world, colleagues)
    joins(first, colleagues[0])
    theirs = cases.start(cycle=world.cycle.code, strand=Strand.FURTHER, actor=f.acting(colleagues[1]), at=f.MONDAY)
    second = services.found(theirs.uuid, mode=Together.MANY, least=2, colleagues=[colleagues[0].uuid], actor=f.acting(colleagues[1]), at=f.MONDAY)

    with pytest.raises(InAnotherGroup):
        joins(second, colleagues[0])
    db.session.rollback()
    place = f.municipality("1108", "Sandnes", world.school.municipality.county)
    elsewhere = f.school(f.owner(place), place, "Ganddal skole")
    third = cases.start(cycle=world.cycle.code, strand=Strand.FURTHER, actor=f.acting(colleagues[2]), at=f.MONDAY)
    cases.choose_employer(third.uuid, elsewhere.organisation.uuid, actor=f.acting(colleagues[2]), at=f.MONDAY)
    with pytest.raises(BadInput, match="one employer, and yours is another"):
        joins(first, colleagues[2])
    db.session.rollback()
    with pytest.raises(BadInput, match="Leave the group first"):
        cases.choose_employer(_case.uuid, elsewhere.organisation.uuid, actor=world.actor, at=f.MONDAY)


def test_only_colleagues_of_the_school_are_asked_and_no_more_are_wanted_than_there_are(world, colleagues, db):
    stranger = f.person("Somebody Else")

    with pytest.raises(BadInput, match="colleague of your school"):
        found(world, [stranger])
    db.session.rollback()
    with pytest.raises(BadInput, match="You are 2 in all, so at least 3 is too many"):
        found(world, colleagues[:1], case=db.session.query(Application).one(), least=3)


def test_somebody_who_is_not_asked_finds_no_invitation(world, colleagues):
    _case, group = found(world, colleagues[:1])

    with pytest.raises(NotFound):
        services.join(group.uuid, actor=f.acting(colleagues[2]), at=f.MONDAY)


def test_the_pages_from_the_invitation_to_the_answer(client, world, colleagues, db):
    case = world.complete()
    founder = f.signed_in(client, world.teacher)
    page = founder.get(f"/me/applications/{case.uuid}/group").text
    assert all(one.name in page for one in colleagues)
    assert founder.post(f"/me/applications/{case.uuid}/group", data={"mode": "all-or-nothing"}).status_code == 422
    founder.post(f"/me/applications/{case.uuid}/group", data={"mode": "all-or-nothing", "least": "2", "colleague": str(colleagues[0].uuid)})
    group = db.session.query(ApplicationGroup).one()

    asked = f.signed_in(client, colleagues[0])
    assert "Lars Lærer asks you to apply for a study together." in asked.get("/me/applications").text
    assert "Matematikk 1" in asked.get(f"/me/applications/groups/{group.uuid}").text
    joined = asked.post(f"/me/applications/groups/{group.uuid}/acceptance")

    assert "All of us or nobody, at least 2: Lars Lærer and Colleague 1" in asked.get(joined.location).text
    own = joined.location.removesuffix("/tasks")
    assert "Lars Lærer changes the choices for all of you." in asked.get(f"{own}/choices").text
    assert asked.post(f"{own}/choices/order", data={}).status_code == 409


@given(st.lists(st.sampled_from(["join", "decline", "leave", "invite"]), max_size=8))
def test_nobody_is_with_the_others_without_having_said_yes(events):
    state, said_yes = Fellow.INVITED, False
    for event in events:
        if FELLOW_LIFE.allows(state, event):
            state = FELLOW_LIFE.after(state, event)
            said_yes = event == "join"
    assert (state is Fellow.JOINED) == said_yes
