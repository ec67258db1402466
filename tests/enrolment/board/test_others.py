"""The head's word with the school's cover, the union's remarks, deputies, owners together, and sharing what is learnt."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Message, Role
from config.errors import NotAllowed, NotFound, Refusal, StaleEdit
from config.working_days import is_working_day
from enrolment.applications.lifecycle import Employer
from enrolment.applications.models import Choice, ChoiceRun
from enrolment.board import cover, gates, queries
from enrolment.board.cover import Away
from enrolment.board.models import CoverRate
from enrolment.board.services import advising, cooperating, deciding, ranking
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests import factories
from tests.enrolment.board.scenes import FURTHER, WITH_OWNER, visiting
from tests.factories import MONDAY, _kept, acting

BEFORE = datetime(2026, 12, 7, 9, 0, tzinfo=UTC)  # the head's day is the eighth, the union's the eleventh


def say(scene, case, yes: bool, **known):
    return advising.recommend(case.uuid, **{"version": case.version, "yes": yes, "words": "My words.", "actor": scene.head, "at": BEFORE} | known)


def test_the_head_recommends_and_the_case_goes_to_the_owner(scene):
    case = say(scene, scene.case(employer=Employer.WITH_HEAD), True)

    assert (case.employer, case.recommended, case.head_words, case.steps[-1].event) == (Employer.WITH_OWNER, True, "My words.", "recommend")


def test_the_head_advises_against_and_the_owner_still_decides(scene):
    case = say(scene, scene.case(employer=Employer.WITH_HEAD), False)

    [decided] = deciding.approve(case.uuid, version=case.version, scheme="substitute", actor=scene.bjorn, at=WITH_OWNER)
    assert (decided, case.recommended, case.employer) == (case, False, Employer.APPROVED)


def test_the_head_is_too_late_stale_or_of_another_school(scene):
    case = scene.case(employer=Employer.WITH_HEAD)
    with pytest.raises(gates.NotNow):
        say(scene, case, True, at=WITH_OWNER)
    with pytest.raises(StaleEdit):
        say(scene, case, True, version=case.version + 1)
    other = factories.school(scene.owner, factories.municipality("4601", "Bergen"), "Other school")
    with pytest.raises(NotFound):
        say(scene, case, True, actor=acting(factories.member(other.organisation_id, Role.HEAD, "Another")))


def test_advice_against_needs_words_and_what_was_chosen_is_kept(app, client, scene):
    app.config["CLOCK"] = lambda: BEFORE
    case = scene.case(employer=Employer.WITH_HEAD)
    answer = visiting(client, scene.head, BEFORE).post(f"/school/applications/{case.uuid}/recommendation", data={"version": case.version, "answer": "no"})

    assert answer.status_code == 422
    assert "Say why you advise against it" in answer.text and 'value="no" checked' in answer.text


def rate() -> None:
    _kept(CoverRate(code="rate", hours_a_day=Decimal(6), oere_an_hour=450_00, most_away=1, valid_from=date(2020, 1, 1), source="test"))


def test_the_head_sees_who_would_be_away_which_week_and_what_a_substitute_costs(app, client, scene):
    app.config["CLOCK"] = lambda: BEFORE
    rate()
    factories.gathering(scene.run, date(2027, 2, 1), date(2027, 2, 3))  # Monday to Wednesday
    applies, seated = scene.case("Applies", employer=Employer.WITH_HEAD), factories.teacher(scene.school, name="Seated")
    _kept(Enrolment(person_id=seated.id, offering_id=scene.run.id, module_id=scene.run.module_id, state=Seat.PLACED, ticket=1, entered_at=MONDAY))

    visitor = visiting(client, scene.head, BEFORE)
    page = visitor.get("/school/cover").text
    case = visitor.get(f"/school/applications/{applies.uuid}").text

    assert "Week 5, from 1 February 2027" in page and "Seated" in page and "applied for" in page
    assert "kr 16,200" in page  # two people, three days of six hours at 450 kroner
    assert "2 in one subject away at once" in page
    assert "kr 16,200" in case


def test_refused_cases_and_runs_that_are_cancelled_take_nobody_away(scene):
    factories.gathering(scene.run, date(2027, 2, 1))
    scene.case("Refused", employer=Employer.REFUSED)

    assert queries.away_from_school(scene.school.organisation_id, BEFORE.date()) == []


@given(st.lists(st.builds(Away, st.integers(1, 3), st.just("N"), st.sampled_from(["a", "b"]), st.just("T"), st.dates(date(2027, 1, 1), date(2027, 3, 1)), st.just(date(2027, 3, 1)), st.booleans()), max_size=6))
def test_each_day_of_school_is_covered_once_a_person_however_many_gatherings_it_has(absences):
    days = {(one.person_id, day) for one in absences for day in one.days(is_working_day)}
    weeks = cover.weeks(absences, is_working_day, hours_a_day=Decimal(6), oere_an_hour=100, most=1)

    assert sum(week.days for week in weeks) == len(days)
    assert sum(week.oere for week in weeks) == len(days) * 600
    assert all(day.weekday() < 5 for _person, day in days)


def test_the_union_comments_until_its_day_and_the_owner_reads_it(client, scene):
    case = scene.case("Amina")
    visitor = visiting(client, scene.union)
    assert "You may comment until 11 December 2026." in visitor.get("/union/rounds/2027/further").text

    visitor.post("/union/rounds/2027/further/remarks", data={"words": "She should go first.", "case": str(case.uuid)})
    visitor.post("/union/rounds/2027/further/remarks", data={"words": "Well done."})

    board = scene.board()
    assert ([one.words for one in board.rows[0].remarks], [one.words for one in board.remarks]) == (["She should go first."], ["Well done."])
    assert "She should go first." in visiting(client, scene.bjorn).get(f"/owner/applications/{case.uuid}").text
    with pytest.raises(gates.NotNow):
        advising.remark("2027", FURTHER, words="Late.", case=None, actor=scene.union, at=WITH_OWNER + timedelta(days=3))


def test_the_union_reads_first_of_the_round_where_it_can_comment_now(client, scene):
    days = {step: day + timedelta(days=365) for step, day in factories.DATES.items()}
    later = factories.cycle("2028", dates=days, study_year=2027)
    page = visiting(client, scene.union).get("/union").text

    assert page.index(f"/union/rounds/{scene.cycle.code}/further") < page.index(f"/union/rounds/{later.code}/")


def test_the_teacher_does_not_read_the_unions_remarks(scene):
    case = scene.case()
    advising.remark("2027", FURTHER, words="Between us.", case=case.uuid, actor=scene.union, at=WITH_OWNER)

    assert "teacher" not in case.steps[-1].read_by


def test_a_deputy_acts_between_two_days_and_gives_the_role_to_nobody(scene):
    first, last = WITH_OWNER.date() + timedelta(days=1), WITH_OWNER.date() + timedelta(days=3)
    given = cooperating.give_deputy(scene.head.person_uuid, first=first, last=last, actor=scene.bjorn, at=WITH_OWNER)

    assert [given.hat.holds(first + timedelta(days=days)) for days in (-1, 0, 2, 3)] == [False, True, True, False]
    deputy = acting(given.hat.person, Role.OWNER)
    with pytest.raises(NotAllowed):
        cooperating.give_deputy(scene.berit.person_uuid, first=first, last=last, actor=deputy, at=WITH_OWNER + timedelta(days=1))
    cooperating.end_deputy(given.uuid, actor=scene.bjorn, at=WITH_OWNER + timedelta(days=1))
    assert not given.hat.holds(first)


def test_only_a_colleague_steps_in_and_days_must_make_sense(client, scene):
    stranger, today = factories.person("Stranger"), WITH_OWNER.date()
    visitor = visiting(client, scene.bjorn)
    bad = [
        {"person": str(stranger.uuid), "first": today.isoformat(), "last": today.isoformat()},
        {"person": str(scene.head.person_uuid), "first": today.isoformat(), "last": (today - timedelta(days=1)).isoformat()},
        {"person": str(scene.head.person_uuid), "first": "tomorrow", "last": today.isoformat()},
    ]
    answers = [visitor.post("/owner/deputies", data=sent) for sent in bad]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert queries.deputies(scene.owner.organisation_id) == []


def test_two_owners_see_each_others_lists_without_names_once_both_have_said_yes(client, scene):
    scene.case("Amina Hassan")
    town = factories.municipality("4601", "Bergen")
    other = factories.owner(town)
    anne = acting(factories.member(other.organisation_id, Role.OWNER, "Anne"))
    kept = cooperating.ask_to_cooperate(other.organisation.uuid, actor=scene.bjorn, at=WITH_OWNER)
    uuid = kept.uuid
    visitor = visiting(client, anne)
    path = f"/owner/together/{uuid}/2027/further"

    assert visitor.get(path).status_code == 404
    with pytest.raises(NotAllowed):
        cooperating.accept_to_cooperate(uuid, actor=scene.bjorn, at=WITH_OWNER)
    assert visitor.post(f"/owner/together/{uuid}/acceptance").status_code == 302
    page = visitor.get(path).text
    assert "Kampen skole" in page and "Amina" not in page
    visitor.post(f"/owner/together/{uuid}/ending")
    assert visitor.get(path).status_code == 404


def shared(scene, words="Takes part in the network."):
    ranking.set_sharing("2027", FURTHER, words=words, how="Tuesdays at Kampen.", actor=scene.bjorn, at=WITH_OWNER)
    case = scene.case("Amina")
    deciding.approve(case.uuid, version=case.version, scheme="substitute", actor=scene.bjorn, at=WITH_OWNER)
    return case, queries.answers([case.id])[case.id]


def test_whoever_is_approved_is_asked_to_share_in_the_words_of_that_day_and_accepts_once(client, scene, db):
    case, answer = shared(scene)
    ranking.set_sharing("2027", FURTHER, words="Other words.", how=None, actor=scene.bjorn, at=WITH_OWNER)
    message = db.session.scalar(db.select(Message).where(Message.person_id == case.person_id))
    teacher = acting(case.person)
    visitor, uuid = visiting(client, teacher), answer.uuid

    assert message.address == f"/me/conditions/{uuid}"
    assert "Takes part in the network." in visitor.get(f"/me/conditions/{uuid}").text
    assert [visitor.post(f"/me/conditions/{uuid}/acceptance").status_code for _time in range(2)] == [302, 302]
    assert [step.event for step in case.steps] == ["approve", "accept sharing"]
    with pytest.raises(NotFound):
        queries.own_answer(acting(factories.teacher(scene.school, name="Somebody else")), uuid)


def test_the_page_of_the_case_leads_to_the_condition_before_and_after_it_is_accepted(client, scene):
    case, answer = shared(scene)
    visitor, uuid, page = visiting(client, acting(case.person)), answer.uuid, f"/me/applications/{case.uuid}"
    way = f'href="/me/conditions/{uuid}"'

    before = visitor.get(page).text
    visitor.post(f"/me/conditions/{uuid}/acceptance")
    after = visitor.get(page).text

    assert (way in before, "asks you to share what you learn" in before) == (True, True)
    assert (way in after, "asks you to share what you learn" in after, "The condition of sharing that you have accepted" in after) == (True, False, True)
    assert f'href="{page}"' in visitor.get(f"/me/conditions/{uuid}").text


def test_a_case_without_a_condition_says_nothing_of_one(client, scene):
    case = scene.case("Amina")
    deciding.approve(case.uuid, version=case.version, scheme="substitute", actor=scene.bjorn, at=WITH_OWNER)

    assert "/me/conditions/" not in visiting(client, acting(case.person)).get(f"/me/applications/{case.uuid}").text


def test_what_was_accepted_is_followed_up_when_the_study_is_over(client, scene, db):
    case, answer = shared(scene)
    with pytest.raises(Refusal):
        advising.follow_up(answer.uuid, words="Too soon.", actor=scene.bjorn, at=WITH_OWNER)
    advising.accept_sharing(answer.uuid, actor=acting(case.person), at=WITH_OWNER)
    seat = _kept(Enrolment(person_id=case.person_id, offering_id=scene.run.id, module_id=scene.run.module_id, state=Seat.PLACED, ticket=1, entered_at=MONDAY))
    db.session.scalar(db.select(ChoiceRun)).enrolment_id = seat.id
    db.session.commit()
    [asked] = queries.sharing_of_owner(scene.owner.organisation_id)
    assert not asked.is_due

    seat.state = Seat.COMPLETED
    db.session.commit()
    assert asked.is_due
    other = factories.offering(factories.module(scene.run.module.course), seats=1)
    not_taken = _kept(Enrolment(person_id=case.person_id, offering_id=other.id, module_id=other.module_id, state=Seat.WAITING, ticket=1, entered_at=MONDAY))
    _kept(Choice(application_id=case.id, position=2, runs=[ChoiceRun(offering_id=other.id, enrolment_id=not_taken.id)]))
    db.session.expire_all()
    assert asked.is_due, "a queue that was left has nothing to finish"
    not_taken.state = Seat.PLACED
    db.session.commit()
    assert not asked.is_due, "the other part of it is still going on"
    not_taken.state = Seat.LAPSED
    db.session.commit()
    db.session.expire_all()
    visitor, uuid = visiting(client, scene.bjorn), answer.uuid
    assert visitor.post(f"/owner/follow-ups/{uuid}", data={"words": "  "}).status_code == 422
    visitor.post(f"/owner/follow-ups/{uuid}", data={"words": "Held a course for the others."})
    assert (asked.is_due, asked.followed_up_words, asked.followed_up_on) == (False, "Held a course for the others.", WITH_OWNER.date())
