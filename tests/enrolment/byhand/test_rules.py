"""What does not fit in a plan by hand, and what mends it."""

from datetime import date
from decimal import Decimal

import pytest

from enrolment.byhand.rules import load_of, spans, warnings
from enrolment.byhand.values import Mine, Problem, Study, Workload
from enrolment.progress.values import Credit, CreditsNeeded, Kind

LIMITS = Workload(Decimal(15), Decimal(30))
DAY = date(2027, 2, 8)


def study(key: str, term: int | None = 10, credits: int = 15, **known) -> Study:
    return Study(key, key, Decimal(credits), **({"module": key, "term": term, "offered": (8, 9, 10, 11, 12)} | known))


def told(*studies: Study, **mine) -> list[tuple]:
    return [(one.problem, one.study.key, one.to) for one in warnings(studies, mine=Mine(**mine), workload=LIMITS)]


def credit(amount: str, subject: str = "maths", module: str | None = None) -> Credit:
    return Credit(key=f"{subject}-{amount}", subject=subject, credits=Decimal(amount), kind=Kind.VERIFIED, module=module)


THIRTY = ((CreditsNeeded("maths", Decimal(30)), "Maths"),)


@pytest.mark.parametrize(
    ("studies", "expected"),
    [
        ([study("a")], []),
        ([study("a", module=None)], [(Problem.GONE, "a", None)]),
        ([study("a", offered=(12,))], [(Problem.NOT_OFFERED, "a", 12)]),
        ([study("a", offered=(8,))], [(Problem.NOT_OFFERED, "a", None)]),
        ([study("a", 11), study("b", 10, needs=(("a", "a"),))], [(Problem.TOO_EARLY, "b", 12)]),
        ([study("a", 9), study("b", 10, needs=(("a", "a"),))], []),
        ([study("a", None, held=True), study("b", 10, needs=(("a", "a"),))], []),
        ([study("b", needs=(("a", "a"),))], [(Problem.NEEDS, "b", None)]),
        ([study("a", 9, dates=frozenset({DAY})), study("b", 10, dates=frozenset({DAY}))], [(Problem.CLASH, "b", 11)]),
        ([study("a"), study("b")], [(Problem.MUCH, "b", 11)]),
        ([study("a"), study("b"), study("c")], [(Problem.TOO_MUCH, "c", 11)]),
    ],
)
def test_each_thing_that_does_not_fit_is_named_with_what_mends_it(studies, expected):
    assert told(*studies) == expected


def test_what_one_has_and_the_seats_one_has_are_part_of_it():
    assert told(study("b", needs=(("a", "a"),)), ready={"a": 0}) == []
    assert told(study("b", needs=(("a", "a"),)), ready={"a": 11}) == [(Problem.TOO_EARLY, "b", 11)]
    assert told(study("b"), load={10: Decimal("7.5")}) == [(Problem.MUCH, "b", 11)]
    assert told(study("b", dates=frozenset({DAY})), busy=frozenset({DAY})) == [(Problem.CLASH, "b", 11)]


def test_what_one_has_passed_is_put_among_what_one_has_and_what_one_has_a_seat_in_stands_where_the_seat_is():
    [passed] = warnings([study("a")], mine=Mine(passed=frozenset({"a"})), workload=LIMITS)

    assert (passed.problem, passed.held) == (Problem.PASSED, True)
    assert told(study("a"), study("b"), passed=frozenset({"a"})) == [(Problem.PASSED, "a", None)]  # and weighs nothing
    assert told(study("a"), seats={"a": 12}) == [(Problem.SEAT, "a", 12)]
    assert told(study("a"), seats={"a": 10}) == []


@pytest.mark.parametrize(
    ("others", "had", "expected"),
    [
        ([], (), [(Problem.CREDITS, "b", None, 30)]),
        ([], ((0, credit("15")),), [(Problem.CREDITS, "b", None, 15)]),
        ([], ((0, credit("30")),), []),
        ([], ((0, credit("30", "music")),), [(Problem.CREDITS, "b", None, 30)]),
        ([], ((12, credit("30")),), [(Problem.CREDITS, "b", 12, 30)]),  # a seat that ends before autumn
        ([study("a", 9, 30, subject="maths")], (), []),
        ([study("a", 10, 30, subject="maths")], (), [(Problem.CREDITS, "b", 11, 30)]),
        ([study("a", None, 30, subject="maths", held=True)], (), []),
        ([study("a", 9, 15, subject="maths")], ((0, credit("15", module="a")),), [(Problem.CREDITS, "b", None, 15)]),  # once, not twice
    ],
)
def test_credits_in_a_subject_that_are_asked_for_are_had_or_planned_before_it(others, had, expected):
    found = warnings([*others, study("b", asks=THIRTY)], mine=Mine(credits=had), workload=None)

    assert [(one.problem, one.study.key, one.to, one.credits) for one in found] == expected


def test_every_study_met_on_the_same_days_is_named_with_all_the_days():
    other = [DAY, date(2027, 2, 9), date(2027, 3, 1)]
    studies = [study("a", 8, dates=frozenset(other)), study("b", 9, dates=frozenset({DAY})), study("c", dates=frozenset(other))]
    clashes = [(one.study.key, one.about, one.days) for one in warnings(studies, mine=Mine(), workload=None)]

    assert clashes == [("b", "a", (DAY,)), ("c", "a", tuple(other)), ("c", "b", (DAY,))]
    assert spans(other) == [(DAY, date(2027, 2, 9)), (date(2027, 3, 1), date(2027, 3, 1))]


def test_a_study_of_two_terms_weighs_half_in_each():
    assert load_of([study("a", 10, terms=2)]) == {10: Decimal("7.5"), 11: Decimal("7.5")}
