"""What steps come to: a pure function of them, and what is paid."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalog.values import Semester
from enrolment.participation import rules
from enrolment.participation.values import Event, Part, Step

START = datetime(2027, 8, 1, tzinfo=UTC)
AUTUMN, SPRING = Semester.from_code("2027h"), Semester.from_code("2028v")
SAID = st.tuples(st.sampled_from([Event.CONFIRM, Event.COUNTERSIGN]), st.sampled_from([AUTUMN, SPRING]))
MOVED = st.tuples(st.sampled_from([Event.DEFER, Event.RESUME, Event.INTERRUPT]), st.none())
steps = st.lists(SAID | MOVED, max_size=12).map(lambda many: [Step(event, semester, START + timedelta(days=number)) for number, (event, semester) in enumerate(many)])


def of(*said) -> Part:
    return rules.part(Step(event, semester, START) for event, semester in said)


@given(steps, st.integers(0, 12))
def test_what_they_came_to_at_a_moment_is_told_by_the_steps_until_then(many, days):
    until = START + timedelta(days=days)

    assert rules.part(many, until) == rules.part([one for one in many if one.at <= until])


@given(steps)
def test_only_what_was_confirmed_is_countersigned_and_paid(many):
    found = rules.part(many)

    assert found.countersigned <= found.confirmed
    assert found.payable == found.countersigned


@given(steps, steps)
def test_what_is_once_payable_stays_so_whatever_follows(before, after):
    assert rules.part(before).payable <= rules.part([*before, *after]).payable


@given(steps)
def test_a_step_said_twice_changes_nothing(many):
    assert rules.part([two for one in many for two in (one, one)]) == rules.part(many)


@given(st.integers(0, 10**9), st.integers(1, 6))
def test_the_parts_of_an_amount_are_even_and_make_the_whole_to_the_last_oere(oere, semesters):
    parts = rules.parts_of(oere, semesters)

    assert (sum(parts), len(parts)) == (oere, semesters)
    assert max(parts) - min(parts) < semesters


@given(steps, st.integers(0, 10**8))
def test_never_more_is_paid_than_the_whole(many, oere):
    assert sum(rules.basis(rules.part(many), [AUTUMN, SPRING], oere).values()) <= oere


def test_after_an_interruption_nothing_is_confirmed_but_what_was_said_before_is_countersigned():
    ended = of((Event.CONFIRM, AUTUMN), (Event.INTERRUPT, None), (Event.CONFIRM, SPRING), (Event.COUNTERSIGN, AUTUMN))

    assert (ended.payable, ended.confirmed) == ({AUTUMN}, {AUTUMN})


def test_while_it_is_put_off_nothing_is_confirmed_until_it_is_taken_up_again():
    assert of((Event.DEFER, None), (Event.CONFIRM, AUTUMN)).confirmed == frozenset()
    assert of((Event.DEFER, None), (Event.RESUME, None), (Event.CONFIRM, AUTUMN)).confirmed == {AUTUMN}


def test_why_a_step_cannot_follow():
    assert rules.why_not(of((Event.INTERRUPT, None)), Event.DEFER, None) == "ended"
    assert rules.why_not(of((Event.DEFER, None)), Event.CONFIRM, AUTUMN) == "put-off"
    assert rules.why_not(Part(), Event.RESUME, None) == "not-put-off"
    assert rules.why_not(Part(), Event.COUNTERSIGN, AUTUMN) == "not-confirmed"
