"""The made-up applications, as their teachers, their employers and their heads find them."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select

from accounts.models import Person
from catalog.values import Strand
from config.clock import end_of
from demo.taken import RUNNING
from demo import rounds
from demo.seed import seed
from enrolment.applications import facts, groups
from enrolment.applications.following import alike
from enrolment.applications.lifecycle import CASE_LIFE, EMPLOYER_LIFE, MONEY_LIFE, Case, Employer, Fellow, Money
from enrolment.applications.models import Application, ApplicationGroup
from enrolment.applications.values import Track
from enrolment.progress.queries import teacher_of
from enrolment.rounds.models import Cycle
from enrolment.rounds.values import Step
from enrolment.schools.models import SchoolOwner
from tests.demo.conftest import TODAY

LIVES = {Track.CASE: CASE_LIFE, Track.EMPLOYER: EMPLOYER_LIFE, Track.MONEY: MONEY_LIFE}


def cases_in(db, cycle: str, owner: str | None = None) -> list[Application]:
    wanted = select(Application).join(Application.cycle).where(Cycle.code == cycle)
    if owner:
        wanted = wanted.join(SchoolOwner, SchoolOwner.organisation_id == Application.owner_id).where(SchoolOwner.key == owner)
    return list(db.session.scalars(wanted.order_by(Application.id)))


def test_stavanger_has_a_board_to_rank_and_a_head_with_something_to_say(demonstration, db):
    cases = cases_in(db, rounds.WITH_OWNERS, "municipality:1103")
    with_head = [case for case in cases if case.employer is Employer.WITH_HEAD]

    assert Counter(case.employer for case in cases) == {Employer.WITH_OWNER: 11, Employer.APPROVED: 9, Employer.REFUSED: 1, Employer.WITH_HEAD: 4}
    assert any(case.school.organisation.number == "874735582" for case in with_head)
    assert len({case.choices[0].subject_id for case in cases}) > 2
    assert len({len(case.ranked_choices) for case in cases}) > 1


def test_amina_waits_in_one_round_and_has_been_answered_in_another(demonstration, db):
    mine = {case.cycle.code: case for case in db.session.scalars(select(Application).join(Application.person).where(Person.name == "Amina Hassan"))}

    assert {code: (case.employer, case.money) for code, case in mine.items()} == {
        rounds.OPEN: (Employer.WITH_HEAD, Money.ELIGIBLE), rounds.ANSWERED: (Employer.APPROVED, Money.FUNDED),
        RUNNING: (Employer.APPROVED, Money.FUNDED),
    }  # fmt: skip


def test_every_strand_is_applied_for_and_every_outcome_is_there(demonstration, db):
    every = db.session.scalars(select(Application)).all()

    assert {case.strand for case in every} == set(Strand)
    assert {case.employer for case in every} == set(Employer)
    assert {case.money for case in every} >= {Money.FUNDED, Money.UNFUNDED, Money.ELIGIBLE, Money.NOT_ELIGIBLE, Money.OPEN}
    assert all(case.made_up for case in every)


@pytest.mark.parametrize("today", [TODAY, date(2027, 3, 25), date(2027, 7, 31), date(2027, 8, 1)], ids=str)
def test_what_is_sent_lacked_nothing_was_sent_in_time_and_went_by_the_lifecycles(registers, db, today):
    seed("s", today)

    for case in db.session.scalars(select(Application)):
        assert [one.position for one in case.ranked_choices] == list(range(1, len(case.choices) + 1))
        if case.state is Case.SENT:
            assert facts.gaps(case, teacher_of(case.person_id)) == []
            assert case.sent_at < end_of(facts.dates(case).on(Step.APPLY))
        for track, life in LIVES.items():
            steps = [step for step in case.steps if step.track is track and step.to_state]  # a remark moves nothing
            assert all(life.after(step.from_state, step.event) == step.to_state for step in steps)
    ranks = Counter((case.owner_id, case.cycle_id, case.rank) for case in db.session.scalars(select(Application)) if case.rank)
    assert set(ranks.values()) == {1}


def test_colleagues_apply_together_for_the_same_and_amina_is_asked(demonstration, db):
    found = {group.cycle.code: group for group in db.session.scalars(select(ApplicationGroup).where(~ApplicationGroup.asking.has()))}
    asked = {code: [(one.person.name == "Amina Hassan", one.state) for one in group.fellows] for code, group in found.items()}

    joined = [(False, Fellow.JOINED), (False, Fellow.JOINED)]
    assert asked == {rounds.OPEN: [*joined, (True, Fellow.INVITED)], rounds.WITH_OWNERS: joined}
    for group in found.values():
        [first, second] = groups.fellow_cases(group)
        assert alike(first, second)
        assert first.owner_id == second.owner_id
