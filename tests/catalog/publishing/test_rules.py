"""What must hold between the facts of a module and of a run."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.publishing.rules import chain_back, credit_problems, date_problems, seat_problems
from catalog.publishing.values import Meeting
from tests.factories import AUTUMN, SPRING

GOOD = {
    "semester": SPRING, "semesters": 1, "opens_on": date(2026, 10, 1), "apply_by": date(2027, 1, 15), "queue_closes_on": date(2027, 1, 20),
    "starts_on": date(2027, 2, 1), "ends_on": date(2027, 6, 15), "gatherings": (Meeting(date(2027, 2, 3), date(2027, 2, 4), row=1),),
}  # fmt: skip


def found(**changed) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in date_problems(**(GOOD | changed))]


def test_dates_in_their_order_are_in_order():
    assert found() == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"ends_on": date(2027, 2, 1), "gatherings": ()}, ("ends_on", "ends-before-start")),
        ({"apply_by": date(2027, 2, 2)}, ("apply_by", "starts-before-deadline")),
        ({"apply_by": date(2026, 9, 30)}, ("apply_by", "deadline-before-opening")),
        ({"queue_closes_on": date(2027, 2, 2)}, ("queue_closes_on", "starts-before-queue-closes")),
        ({"queue_closes_on": date(2026, 9, 30)}, ("queue_closes_on", "queue-closes-before-opening")),
        ({"semester": AUTUMN}, ("starts_on", "starts-outside-semester")),
        ({"ends_on": date(2027, 9, 1)}, ("ends_on", "ends-after-semester")),
        ({"gatherings": (Meeting(date(2027, 1, 31), date(2027, 2, 2), row=3),)}, ("from-3", "gathering-before-start")),
        ({"gatherings": (Meeting(date(2027, 6, 15), date(2027, 6, 16), row=2),)}, ("to-2", "gathering-after-end")),
        ({"gatherings": (Meeting(date(2027, 3, 5), date(2027, 3, 4), row=1),)}, ("to-1", "gathering-backwards")),
    ],
)
def test_a_date_out_of_order_is_named_at_its_field(changed, problem):
    assert found(**changed) == [problem]


def test_the_last_day_to_apply_may_be_the_first_day():
    assert found(apply_by=GOOD["starts_on"], queue_closes_on=GOOD["starts_on"]) == []


def test_a_run_of_two_semesters_ends_in_the_second():
    year = {"starts_on": date(2027, 8, 16), "ends_on": date(2028, 6, 15), "semester": AUTUMN, "gatherings": ()}

    assert found(**year, semesters=2) == []
    assert found(**year, semesters=1) == [("ends_on", "ends-after-semester")]


@given(st.lists(st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31)), min_size=5, max_size=5))
def test_dates_are_refused_exactly_when_two_stand_in_the_wrong_order(days):
    opens_on, apply_by, queue_closes_on, starts_on, ends_on = days
    pairs = [(opens_on, apply_by), (opens_on, queue_closes_on), (apply_by, starts_on), (queue_closes_on, starts_on)]
    wrong = any(first and second and first > second for first, second in pairs) or bool(starts_on and ends_on and starts_on >= ends_on)

    problems = date_problems(
        semester=None,
        semesters=1,
        opens_on=opens_on,
        apply_by=apply_by,
        queue_closes_on=queue_closes_on,
        starts_on=starts_on,
        ends_on=ends_on,
        gatherings=(),
    )

    assert bool(problems) is wrong


@given(st.dates(date(2027, 1, 1), date(2027, 7, 1)), st.integers(0, 5))
def test_a_gathering_inside_the_run_is_never_refused(first, days):
    last = first + timedelta(days=days)
    around = {"starts_on": first - timedelta(days=1), "ends_on": last + timedelta(days=1), "semester": None}

    problems = date_problems(
        **(GOOD | around | {"opens_on": None, "apply_by": None, "queue_closes_on": None, "gatherings": (Meeting(first, last),)})
    )

    assert problems == []


@pytest.mark.parametrize(
    ("seats", "minimum", "taken", "codes"),
    [
        (20, 10, 20, []), (None, None, 0, []), (20, None, 0, []), (20, 20, 0, []),
        (19, 10, 20, ["fewer-seats-than-taken"]), (None, 5, 3, ["seats-not-stated"]), (10, 11, 0, ["minimum-above-seats"]),
    ],
)  # fmt: skip
def test_seats_hold_those_who_have_one_and_the_minimum(seats, minimum, taken, codes):
    assert [problem.code for problem in seat_problems(seats=seats, minimum=minimum, taken=taken)] == codes


def test_a_module_has_at_least_the_credits_of_each_of_its_parts_and_overlaps():
    five, ten = Decimal(5), Decimal(10)

    assert credit_problems(credits=ten, in_service=False, tags=[five, None, ten], overlaps=[(ten, [ten])]) == []
    assert [one.code for one in credit_problems(credits=five, in_service=False, tags=[ten])] == ["fewer-credits-than-content"]
    assert [one.code for one in credit_problems(credits=five, in_service=False, overlaps=[(ten, [ten])])] == ["fewer-credits-than-overlap"]


def test_in_service_training_has_no_credits():
    assert [one.code for one in credit_problems(credits=Decimal(5), in_service=True)] == ["in-service-credits"]
    assert credit_problems(credits=None, in_service=True) == []


def test_the_way_round_a_circle_is_told_from_end_to_end():
    assert chain_back(1, [2], {2: [3], 3: [1]}) == [1, 2, 3, 1]
    assert chain_back(1, [1], {}) == [1, 1]
    assert chain_back(1, [2], {2: [3], 3: [2]}) == []


@given(
    st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=4), max_size=7),
    st.lists(st.integers(0, 6), min_size=1, max_size=3),
)
def test_a_way_that_is_told_is_a_way_that_is_there(asks, asked):
    way = chain_back(0, asked, asks)
    steps = {**asks, 0: asked}

    assert all(after in steps.get(before, []) for before, after in zip(way, way[1:], strict=False))
    assert way == [] or way[0] == way[-1] == 0
