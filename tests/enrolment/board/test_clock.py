"""What the clock does: passes on, reminds, tells deputies, and ends what nobody answered; twice is once."""

import re
from datetime import UTC, datetime, timedelta

from accounts.models import Message
from enrolment.applications import timeline
from enrolment.applications.lifecycle import Case, Employer
from enrolment.applications.models import WAITS
from enrolment.applications.values import Track
from enrolment.board import rules
from enrolment.board.services import clock, cooperating, deciding, ranking
from enrolment.rounds import affected
from enrolment.rounds.models import ReminderRule
from enrolment.rounds.values import Step
from tests.enrolment.board import scenes
from tests.enrolment.board.scenes import FURTHER, WITH_OWNER


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 12, day, hour, 0, tzinfo=UTC)


def told(db, actor) -> list[str]:
    return list(db.session.scalars(db.select(Message.kind).where(Message.person_id == actor.person_id).order_by(Message.id)))


def test_the_heads_day_ends_at_midnight_at_home_and_the_case_is_passed_on_once(scene):
    case = scene.case(employer=Employer.WITH_HEAD)
    early = clock.tend(datetime(2026, 12, 8, 22, 59, tzinfo=UTC))
    assert (early, case.employer) == (0, Employer.WITH_HEAD)

    assert clock.tend(datetime(2026, 12, 8, 23, 0, tzinfo=UTC)) == 1
    assert clock.tend(datetime(2026, 12, 8, 23, 1, tzinfo=UTC)) == 0
    assert (case.employer, case.recommended, [step.event for step in case.steps]) == (Employer.WITH_OWNER, None, ["pass on"])
    assert case.steps[0].by_person_id is None


def test_an_owner_who_has_not_answered_is_reminded_once_then_its_deputy(scene, db):
    scene.case()
    cooperating.give_deputy(scene.head.person_uuid, first=at(1).date(), last=at(30).date(), actor=scene.bjorn, at=WITH_OWNER)
    days = {day: clock.tend(at(day)) for day in (9, 10, 11, 12, 13, 14)}

    assert days == {9: 0, 10: 2, 11: 0, 12: 0, 13: 3, 14: 0}
    assert told(db, scene.bjorn) == ["owner-reminder", "deputy-reminder"]
    assert told(db, scene.head) == ["deputy-given", "deputy-reminder"]


def test_how_long_before_is_data_and_without_a_rule_nobody_is_reminded(scene, db):
    scene.case()
    owners, deputies = db.session.scalars(db.select(ReminderRule).order_by(ReminderRule.id))
    owners.days_before, deputies.valid_to = 6, at(1).date()
    db.session.commit()

    assert [clock.tend(at(day)) for day in (9, 10, 13, 14)] == [2, 0, 0, 0]
    assert told(db, scene.bjorn) == ["owner-reminder"]


def test_an_owner_whose_day_is_moved_is_reminded_of_the_new_one(scene, db):
    scene.case()
    clock.tend(at(10))
    day = next(one for one in scene.cycle.dates if one.step is Step.OWNER)
    day.day = at(17).date()
    affected.remind_anew(day)
    db.session.commit()

    assert (clock.tend(at(11)), clock.tend(at(12))) == (0, 2)


def test_an_owner_who_has_answered_everything_is_not_reminded(scene, db):
    case = scene.case()
    deciding.approve(case.uuid, version=case.version, scheme="substitute", actor=scene.bjorn, at=WITH_OWNER)

    assert clock.tend(at(13)) == 0
    assert told(db, scene.bjorn) == []


def test_what_nobody_answered_is_not_approved_and_the_teacher_is_told_once(scene, db):
    case = scene.case()
    assert clock.tend(datetime(2026, 12, 15, 22, 59, tzinfo=UTC)) > 0  # reminders only
    assert case.employer is Employer.WITH_OWNER

    assert (clock.tend(datetime(2026, 12, 15, 23, 0, tzinfo=UTC)), clock.tend(at(17))) == (1, 0)
    assert case.employer is Employer.UNANSWERED
    assert list(db.session.scalars(db.select(Message.kind).where(Message.person_id == case.person_id))) == ["case-unanswered"]


def test_what_was_withdrawn_or_decided_is_left_alone(scene):
    scene.case(state=Case.WITHDRAWN, employer=Employer.NOT_SENT)
    scene.approved()

    assert clock.tend(at(20)) == 0


def test_an_owner_whose_list_was_opened_again_has_until_the_authoritys_day(scene):
    case = scene.approved("One", rank=1)
    ranking.lock("2027", FURTHER, version=scene.board().list.version, actor=scene.bjorn, at=WITH_OWNER)
    ranking.ask_to_unlock("2027", FURTHER, why="Why.", actor=scene.bjorn, at=at(16))
    ranking.unlock("2027", FURTHER, actor=scene.berit, at=at(16))
    deciding.reconsider(case.uuid, version=case.version, why="Why.", actor=scene.bjorn, at=at(16))

    assert (clock.tend(at(16)), case.employer) == (0, Employer.WITH_OWNER)
    assert (clock.tend(at(18) + timedelta(days=1)), case.employer) == (1, Employer.UNANSWERED)


def reading(statements: list[str]) -> int:
    return sum(one.lstrip().startswith("SELECT") for one in statements)


def test_three_cases_are_passed_on_with_as_much_read_as_for_one(scene, db, count_queries):
    read = []
    for number in (1, 3):
        for case in [scene.case(employer=Employer.WITH_HEAD) for _number in range(number)]:
            timeline.note(case, Track.CASE, "send", by=None, at=WITH_OWNER)
        db.session.commit()
        with count_queries() as seen:
            assert clock.tend(at(9)) == number
        read.append(reading(seen))

    assert read[0] == read[1]


def test_where_nobody_waits_the_clock_asks_once_and_by_the_index(scene, db, count_queries):
    scene.approved()
    db.session.commit()
    with count_queries() as seen:
        assert clock.tend(at(20)) == 0
    [asked] = [one for one in seen if one.startswith("SELECT")]

    if db.engine.dialect.name == "sqlite":
        plan = " ".join(row[-1] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("sent",)))
        assert "ix_applications_waiting" in plan


def test_an_owner_that_has_been_reminded_is_not_looked_at_again(scene, db, count_queries):
    scene.case()
    assert clock.tend(at(10)) == 2

    with count_queries() as again:
        assert clock.tend(at(10)) == 0
    assert not [one for one in again if "deputies " in one or "memberships" in one or one.startswith(("INSERT", "UPDATE"))]


def test_the_words_of_the_index_are_those_of_the_rules():
    assert {str(one) for one in rules.WAITING} == set(re.findall(r"'([^']+)'", WAITS.text))


def test_the_clock_is_one_of_the_tasks_of_the_tick(app, scene):
    case = scene.case(employer=Employer.WITH_HEAD)
    app.config["CLOCK"] = lambda: scenes.WITH_OWNER

    assert app.test_cli_runner().invoke(args=["tick"]).exit_code == 0
    scenes.factories.db.session.refresh(case)
    assert case.employer is Employer.WITH_OWNER
