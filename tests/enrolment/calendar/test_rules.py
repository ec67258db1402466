"""Clashes, weeks and cover, from facts alone."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.values import Strand
from config.working_days import is_working_day
from enrolment.applications.lifecycle import Case, Employer
from enrolment.calendar import rules
from enrolment.calendar.values import Absence, Meeting, OwnCase, RoundDay
from enrolment.rounds.values import Step

RUNS = [uuid4() for _number in range(3)]


def meeting(starts: date, ends: date | None = None, run=RUNS[0], **facts) -> Meeting:
    return Meeting(uuid4(), run, "Algebra", starts, ends or starts, "Bergen", False, 0, None, **facts)


def absent(starts: date, ends: date | None = None, person: str = "Lars", school=RUNS[2]) -> Absence:
    return Absence(meeting(starts, ends), person, school, "Kampen skole")


def test_two_runs_on_one_day_clash_both_ways_and_share_that_day():
    one, other = meeting(date(2027, 3, 1), date(2027, 3, 3)), meeting(date(2027, 3, 3), date(2027, 3, 4), RUNS[1])

    assert rules.clashes([one, other]) == {one.uuid: [other], other.uuid: [one]}
    assert rules.shared_days(one, other) == (date(2027, 3, 3), date(2027, 3, 3))


def test_the_gatherings_of_one_run_and_what_is_cancelled_are_in_nobodys_way():
    day = date(2027, 3, 1)

    assert rules.clashes([meeting(day), meeting(day), meeting(day, run=RUNS[1], held=False)]) == {}


@given(st.lists(st.tuples(st.dates(date(2027, 1, 1), date(2027, 1, 20)), st.integers(0, 5), st.sampled_from(RUNS)), max_size=12))
def test_whatever_clashes_shares_a_day_and_whatever_shares_a_day_clashes(drawn):
    meetings = [meeting(starts, date.fromordinal(starts.toordinal() + more), run) for starts, more, run in drawn]
    found = {(one, other.uuid) for one, others in rules.clashes(meetings).items() for other in others}
    shared = {
        (one.uuid, other.uuid)
        for one in meetings
        for other in meetings
        if one.run != other.run and set(rules.days_of(one.starts_on, one.ends_on)) & set(rules.days_of(other.starts_on, other.ends_on))
    }

    assert found == shared


def test_a_week_belongs_to_its_own_year_round_new_year():
    late, early = meeting(date(2027, 1, 1)), meeting(date(2026, 12, 31))

    assert rules.by_week([late, early], lambda one: one.starts_on) == [((2026, 53), [early, late])]


def test_a_weekend_and_a_holiday_need_no_cover_and_a_friday_does():
    def needed(*days):
        return rules.needs_cover(absent(*days), is_working_day)

    assert [needed(date(2027, 3, 6), date(2027, 3, 7)), needed(date(2027, 5, 17)), needed(date(2027, 3, 5), date(2027, 3, 6))] == [False, False, True]


def test_several_away_from_one_school_are_counted_by_day_and_one_person_once():
    day = date(2027, 3, 1)
    together = [absent(day), absent(day), absent(day, date(2027, 3, 2), "Kari"), absent(day, person="Per", school=RUNS[1])]

    assert rules.many_away(together) == {(RUNS[2], day): 2}


ON = date(2027, 1, 1)


def of_round(step: Step, on: date = ON, strand: Strand = Strand.FURTHER, scheme: str | None = None) -> RoundDay:
    return RoundDay(uuid4(), on, step, "2027", "Runde", strand, scheme)


def concerning(days, case: OwnCase | None, on: date = ON) -> list[Step]:
    return [one.step for one in rules.days_of_teacher(days, {("2027", Strand.FURTHER): case} if case else {}, on)]


def case(state: Case = Case.SENT, employer: Employer = Employer.WITH_OWNER, **facts) -> OwnCase:
    return OwnCase(uuid4(), state, employer, **facts)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (None, {Step.OPENS, Step.APPLY}),
        (case(Case.DRAFT, Employer.NOT_SENT), {Step.OPENS, Step.APPLY}),
        (case(Case.WITHDRAWN, Employer.NOT_SENT), {Step.OPENS, Step.APPLY}),
        (case(), {Step.APPLY, Step.ANSWER, Step.REPLY}),
        (case(employer=Employer.REFUSED), {Step.APPLY}),
        (case(employer=Employer.UNANSWERED), {Step.APPLY}),
        (case(employer=Employer.APPROVED), {Step.APPLY, Step.ANSWER, Step.REPLY, Step.AUTUMN, Step.SPRING}),
    ],
)
def test_which_days_of_a_round_concern_a_teacher_is_told_by_how_far_they_have_come(own, expected):
    assert set(concerning([of_round(step) for step in Step], own)) == expected


def test_a_day_of_another_strand_or_of_a_scheme_concerns_those_alone_who_have_chosen_it():
    others = [of_round(Step.APPLY, strand=Strand.PRINCIPAL), of_round(Step.APPLY, scheme="stipend")]

    assert concerning(others, case()) == []
    assert concerning(others, case(schemes=frozenset({"stipend"}))) == [Step.APPLY]


def test_when_the_answer_is_given_the_day_to_reply_by_is_that_of_the_offer():
    days = [of_round(Step.ANSWER, date(2027, 1, 11)), of_round(Step.REPLY, date(2027, 1, 18))]

    assert concerning(days, case(), date(2027, 1, 11)) == [Step.ANSWER, Step.REPLY]
    assert concerning(days, case(), date(2027, 1, 12)) == [Step.ANSWER]


def test_a_head_has_the_heads_day_and_an_owner_the_owners():
    days = [of_round(step) for step in Step]

    assert {one.step for one in rules.days_of_body(days, is_school=True)} == {Step.APPLY, Step.HEAD}
    assert {one.step for one in rules.days_of_body(days, is_school=False)} == set(Step) - {Step.OPENS, Step.HEAD, Step.REPLY, Step.ADMISSION}
