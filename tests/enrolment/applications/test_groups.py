"""Colleagues who apply together: asked, joined, the same choices for all, and read by an allocation as one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Message, Role
from catalog.offers.lifecycle import Run
from catalog.values import Strand
from config.errors import BadInput, NotAllowed, NotFound
from enrolment.allocation.values import Group
from enrolment.applications import groups
from enrolment.applications.errors import RoundClosed
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


@pytest.fixture
def head(world):
    return f.member(world.school.organisation_id, Role.HEAD, "Hege Rektor")


def asks(world, head, people, package=0, least=2, mode=Together.WHOLE, at=f.MONDAY) -> ApplicationGroup:
    study, wanted = world.packages[package][1].uuid, [one.uuid for one in people]
    return services.ask(world.cycle.code, Strand.FURTHER, study=study, mode=mode, least=least, colleagues=wanted, actor=f.acting(head), at=at)


def test_a_head_asks_teachers_and_is_no_member_and_the_first_who_says_yes_has_the_study_first_and_changes_the_choices(world, colleagues, head, db):
    own = cases.start(cycle=world.cycle.code, strand=Strand.FURTHER, actor=f.acting(colleagues[0]), at=f.MONDAY)
    choices.add_package(own.uuid, [run.uuid for run in world.packages[1]], actor=f.acting(colleagues[0]), at=f.MONDAY)
    group = asks(world, head, colleagues)
    assert [(one.person_id, one.facts["name"]) for one in db.session.query(Message).filter_by(kind="group-invitation").order_by(Message.person_id)] == [
        (one.id, "Hege Rektor") for one in colleagues
    ]  # fmt: skip

    [first, second] = joins(group, *colleagues[:2])
    services.decline(group.uuid, actor=f.acting(colleagues[2]), at=f.MONDAY)

    assert first == own
    assert [{run.offering_id for run in one.runs} for one in first.ranked_choices] == [{run.id for run in package} for package in world.packages]
    assert alike(first, second)
    assert (group.founder_id, [one.state for one in group.fellows]) == (colleagues[0].id, [Fellow.JOINED, Fellow.JOINED, Fellow.DECLINED])
    told = db.session.query(Message).filter_by(kind="group-answered").order_by(Message.id)
    assert [(one.person_id, one.facts["answer"]) for one in told] == [
        (head.id, "joined"), (colleagues[0].id, "joined"), (head.id, "joined"), (colleagues[0].id, "declined"), (head.id, "declined"),
    ]  # fmt: skip
    assert {one.address for one in told if one.person_id == head.id} == {f"/school/together/{world.cycle.code}/further"}


def test_whoever_has_sent_an_application_may_say_yes_first_and_has_the_study_paid_as_their_first_choice(world, colleagues, head, db):
    sent = world.sent(packages=(1,))
    group = asks(world, head, [world.teacher, *colleagues])

    [first] = joins(group, world.teacher)

    assert (first, first.state, first.employer) == (sent, Case.SENT, Employer.WITH_HEAD)
    assert [(one.runs[0].offering_id, one.scheme.code) for one in first.ranked_choices] == [(package[0].id, "substitute") for package in world.packages]
    assert "change" in [step.event for step in first.steps]


def test_a_group_that_a_head_has_begun_is_read_by_an_allocation_as_any_other(world, colleagues, head):
    group = asks(world, head, colleagues)
    joined = joins(group, *colleagues[:2])
    choices.change(
        joined[0].uuid, joined[0].ranked_choices[0].uuid, runs=[run.uuid for run in world.packages[0]], scheme="substitute", also_part=False, actor=f.acting(colleagues[0]), at=f.MONDAY
    )
    for case, who in zip(joined, colleagues, strict=False):
        sends(world, case, who)
    keys = tuple(str(one.uuid) for one in joined)

    assert groups.for_allocation(world.cycle.id, Strand.FURTHER, set(keys)) == (Group(str(group.uuid), keys, True, 2),)


def test_asking_for_the_same_study_again_asks_more_to_the_same_group_and_nobody_twice(world, colleagues, head, db):
    group = asks(world, head, colleagues[:2])
    again = asks(world, head, colleagues[1:])
    other = asks(world, head, colleagues[:2], package=1)

    assert (again, other == group) == (group, False)
    assert [one.person_id for one in group.fellows] == [one.id for one in colleagues]
    assert db.session.query(Message).filter_by(kind="group-invitation").count() == 5


def test_an_answer_before_anybody_has_said_yes_is_told_to_the_head_alone_and_leaves_the_group(world, colleagues, head, db):
    group = asks(world, head, colleagues)
    services.decline(group.uuid, actor=f.acting(colleagues[0]), at=f.MONDAY)

    assert [one.person_id for one in db.session.query(Message).filter_by(kind="group-answered")] == [head.id]
    assert groups.for_allocation(world.cycle.id, Strand.FURTHER, set()) == ()
    assert groups.fellow_cases(group) == []


def test_a_head_asks_only_at_their_own_school_two_or_more_and_while_the_round_is_open(world, colleagues, head, db):
    place = f.municipality("1108", "Sandnes", world.school.municipality.county)
    stranger = f.teacher(f.school(f.owner(place), place, "Ganddal skole"), name="Elsewhere")
    for people in ([*colleagues, stranger], colleagues[:1], []):
        with pytest.raises(BadInput, match="at least two teachers of your school"):
            asks(world, head, people)
    with pytest.raises(BadInput, match="You ask 3 teachers, so at least 4 is too many"):
        asks(world, head, colleagues, least=4)
    with pytest.raises(RoundClosed):
        asks(world, head, colleagues, at=f.MONDAY + timedelta(days=30))
    with pytest.raises(NotAllowed):
        asks(world, world.teacher, colleagues)
    db.session.rollback()
    assert db.session.query(ApplicationGroup).count() == 0


def test_what_is_no_longer_given_is_not_chosen_for_the_first_who_says_yes(world, colleagues, head, db):
    group = asks(world, head, colleagues)
    for run in world.packages[0]:
        run.state = Run.CANCELLED
    db.session.commit()

    [first] = joins(group, colleagues[0])

    assert (first.ranked_choices, group.founder_id) == ([], colleagues[0].id)


def test_somebody_with_another_employer_is_not_the_first_to_say_yes_either(world, colleagues, head, db):
    group = asks(world, head, colleagues)
    place = f.municipality("1108", "Sandnes", world.school.municipality.county)
    elsewhere = f.school(f.owner(place), place, "Ganddal skole")
    own = cases.start(cycle=world.cycle.code, strand=Strand.FURTHER, actor=f.acting(colleagues[0]), at=f.MONDAY)
    cases.choose_employer(own.uuid, elsewhere.organisation.uuid, actor=f.acting(colleagues[0]), at=f.MONDAY)

    with pytest.raises(BadInput, match="one employer, and yours is another"):
        joins(group, colleagues[0])


def test_the_pages_from_the_head_who_asks_to_the_answer(client, world, colleagues, head, db):
    address = f"/school/together/{world.cycle.code}/further"
    page = f.signed_in(client, head).get("/school").text
    assert f'href="{address}"' in page
    page = client.get(address).text
    assert all(word in page for word in ("Matematikk 1", "Høgskulen på Vestlandet", *(one.name for one in colleagues)))
    sent = {"study": str(world.packages[0][0].uuid), "mode": "all-or-nothing", "least": "2", "colleague": [str(one.uuid) for one in colleagues[:2]]}
    wrong = client.post(address, data=sent | {"study": "", "least": "7"})
    assert (wrong.status_code, "Choose from the list" in wrong.text, 'value="7"' in wrong.text, wrong.text.count(" checked")) == (422, True, True, 3)
    client.post(address, data=sent)
    assert client.get(address).text.count("Invited") == 2
    group = db.session.query(ApplicationGroup).one()

    asked = f.signed_in(client, colleagues[0])
    assert "Hege Rektor asks you to apply for a study together." in asked.get("/me/applications").text
    page = asked.get(f"/me/applications/groups/{group.uuid}").text
    assert all(word in page for word in ("Matematikk 1, HVL", "Nobody has said yes yet", "Whoever says yes first", "Hege Rektor asks you"))
    asked.post(f"/me/applications/groups/{group.uuid}/acceptance")
    page = f.signed_in(client, colleagues[1]).get(f"/me/applications/groups/{group.uuid}").text
    assert "Colleague 1 changes the choices for all of you." in page
    assert f.signed_in(client, head).get(address).text.count("Applies too") == 1
    assert "Colleague 1 applies together with colleagues, as you have asked." in client.get("/me/messages").text


@pytest.mark.parametrize("number", [1, 3])
def test_the_heads_page_asks_the_same_however_many_groups_and_teachers(client, world, head, count_queries, number):
    for package in range(2 if number > 1 else 1):
        asks(world, head, [f.teacher(world.school, name=f"Of {package} {one}") for one in range(number + 1)], package)
    visitor = f.signed_in(client, head)

    with count_queries() as seen:
        visitor.get(f"/school/together/{world.cycle.code}/further")

    assert len([one for one in seen if "FROM group_fellows" in one or "FROM group_asked_runs" in one]) <= 2
    assert len([one for one in seen if "FROM people" in one]) <= 4


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
