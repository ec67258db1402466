"""What does not fit in a plan by hand, and what mends it."""

from datetime import date
from decimal import Decimal

import pytest

from enrolment.byhand.rules import load_of, warnings
from enrolment.byhand.values import Problem, Study, Workload

LIMITS = Workload(Decimal(15), Decimal(30))
DAY = date(2027, 2, 8)


def study(key: str, term: int | None = 10, credits: int = 15, **known) -> Study:
    return Study(key, key, Decimal(credits), **({"module": key, "term": term, "offered": (8, 9, 10, 11, 12)} | known))


def told(*studies: Study, held=(), load=None, busy=()) -> list[tuple]:
    return [(one.problem, one.study.key, one.to) for one in warnings(studies, held=held, workload=LIMITS, load=load or {}, busy=busy)]


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
    assert told(study("b", needs=(("a", "a"),)), held={"a"}) == []
    assert told(study("b"), load={10: Decimal("7.5")}) == [(Problem.MUCH, "b", 11)]
    assert told(study("b", dates=frozenset({DAY})), busy={DAY}) == [(Problem.CLASH, "b", 11)]


def test_a_study_of_two_terms_weighs_half_in_each():
    assert load_of([study("a", 10, terms=2)]) == {10: Decimal("7.5"), 11: Decimal("7.5")}
